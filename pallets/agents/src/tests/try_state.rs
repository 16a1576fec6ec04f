//! Every check fails where what it says does not hold.

use frame_support::{
	assert_ok,
	traits::fungible::{Mutate, MutateHold},
};
use sp_runtime::TryRuntimeError;
use tributary_primitives::{agent::AgentState, title::Title};

use super::fixture::*;
use crate::{
	mock::{world::Owners, *},
	types::Unbonding,
	Acting, AgentOfAccount, Histories, HoldReason, Mandates, PayersOf, Reputations, Spending,
	Stakes,
};

/// Checks that after `harm` to a sound state the check with this number fails.
fn fails(number: u32, harm: impl FnOnce()) {
	ext().execute_with(|| {
		let id = agent();
		agent();
		assert_ok!(Agents::unbond(signed(ALICE), id, 10));
		assert_ok!(pay(PAYER, id, 10_000));
		assert_ok!(act(id, remark()));
		assert_ok!(Agents::do_try_state());
		harm();
		match Agents::do_try_state() {
			Err(TryRuntimeError::Other(text)) => {
				assert!(text.starts_with(&format!("agents {number}:")), "{text}")
			}
			other => panic!("{other:?}"),
		}
	});
}

fn change(change: impl FnOnce(&mut crate::AgentOf<Test>)) {
	crate::Agents::<Test>::mutate(0, |agent| change(agent.as_mut().unwrap()));
}

#[test]
fn ids_are_given_in_order_and_every_agent_has_a_title() {
	fails(1, || crate::NextAgent::<Test>::put(1));
	fails(1, || crate::NextAgent::<Test>::put(3));
	fails(1, || Owners::remove(Title::agent(1)));
}

#[test]
fn every_agent_has_its_account() {
	fails(2, || change(|agent| agent.account = ALICE));
	fails(2, || AgentOfAccount::<Test>::remove(account(0)));
	fails(2, || AgentOfAccount::<Test>::insert(account(0), 1));
	fails(2, || AgentOfAccount::<Test>::insert(ALICE, 0));
}

#[test]
fn every_agent_has_a_history_that_began_at_its_origin() {
	fails(3, || Histories::<Test>::remove(1));
	fails(3, || Histories::<Test>::mutate(0, |history| history.as_mut().unwrap().length = 0));
	fails(3, || Histories::<Test>::mutate(1, |history| history.as_mut().unwrap().length = 1));
	fails(3, || {
		let history = Histories::<Test>::get(0).unwrap();
		Histories::<Test>::insert(9, history);
	});
}

#[test]
fn what_an_agent_runs_on_can_be_paid_and_what_it_says_is_short() {
	fails(4, || change(|agent| agent.models = rates(&[(0, 60), (1, 60)])));
	fails(4, || change(|agent| agent.metadata.len = u64::MAX));
}

#[test]
fn a_retired_agent_can_do_nothing() {
	fails(5, || change(|agent| agent.state = AgentState::Retired));
}

#[test]
fn every_mandate_is_sound_and_counted() {
	fails(6, || Mandates::<Test>::remove(0));
	fails(6, || Spending::<Test>::remove(0));
	fails(6, || Mandates::<Test>::mutate(0, |record| record.as_mut().unwrap().mandate.window = 0));
	fails(6, || {
		Mandates::<Test>::mutate(0, |record| record.as_mut().unwrap().mandate.assets.clear())
	});
	fails(6, || {
		let record = Mandates::<Test>::get(0).unwrap();
		Mandates::<Test>::insert(9, record);
	});
}

#[test]
fn what_is_on_hold_in_an_agents_account_is_its_stake() {
	fails(7, || Stakes::<Test>::mutate(0, |stake| stake.bonded += 1));
	fails(7, || Stakes::<Test>::mutate(9, |stake| stake.bonded += 1));
	fails(7, || {
		Stakes::<Test>::mutate(0, |stake| {
			stake.unbonding.try_push(Unbonding { amount: 0, free_at: 9 }).unwrap()
		})
	});
	fails(7, || {
		Balances::mint_into(&account(1), 100).unwrap();
		Balances::hold(&HoldReason::Stake.into(), &account(1), 100).unwrap();
	});
}

#[test]
fn deposits_are_on_hold() {
	fails(8, || change(|agent| agent.deposit += 1));
	fails(8, || Mandates::<Test>::mutate(0, |record| record.as_mut().unwrap().depositor = BOB));
}

#[test]
fn payers_are_counted_and_their_deposits_on_hold() {
	fails(9, || Reputations::<Test>::mutate(0, |reputation| reputation.payers = 0));
	fails(9, || Reputations::<Test>::mutate(9, |reputation| reputation.payers = 1));
	fails(9, || {
		PayersOf::<Test>::mutate(0, PAYER, |standing| standing.as_mut().unwrap().deposit += 1)
	});
	fails(9, || {
		let standing = PayersOf::<Test>::get(0, PAYER).unwrap();
		PayersOf::<Test>::insert(9, PAYER, standing);
	});
}

#[test]
fn no_agent_acts_between_two_calls() {
	fails(10, || Acting::<Test>::put(0));
}
