//! What answers for agents.

use frame_support::{
	assert_noop, assert_ok,
	storage::with_storage_layer,
	traits::{fungible::MutateHold, tokens::Precision},
};
use sp_runtime::{DispatchResult, TokenError, TransactionalError};
use tributary_primitives::{
	agent::{Outcome, MAX_UNBONDING},
	traits::OnSlash,
};

use super::fixture::*;
use crate::{
	mock::{
		probe::pallet::{Call as ProbeCall, HoldReason as ProbeReason},
		*,
	},
	types::Unbonding,
	Error, Event, HoldReason, Stakes,
};

fn parts(id: u32) -> Vec<(u128, u32)> {
	let stake = Stakes::<Test>::get(id);
	stake.unbonding.iter().map(|Unbonding { amount, free_at }| (*amount, *free_at)).collect()
}

#[test]
fn anyone_adds_to_a_stake() {
	run(|| {
		let id = create();
		assert_ok!(Agents::bond(signed(STRANGER), id, 40));
		assert_eq!(Stakes::<Test>::get(id).bonded, STAKE + 40);
		assert_eq!(free(STRANGER), ENDOWMENT - 40);
		assert_eq!(last_event(), Event::Bonded { agent: id, who: STRANGER, amount: 40 });
	});
}

#[test]
fn what_can_not_be_added_is_refused() {
	run(|| {
		let id = create();
		assert_noop!(Agents::bond(signed(BOB), id + 1, 1), Error::<Test>::AgentNotFound);
		assert_noop!(Agents::bond(signed(BOB), id, 0), Error::<Test>::ZeroAmount);
		assert_noop!(Agents::bond(signed(BOB), id, u128::MAX), Error::<Test>::StakeTooLarge);
		let all = Agents::bond(signed(BOB), id, ENDOWMENT);
		assert_noop!(all, TokenError::FundsUnavailable);
		assert_ok!(Agents::retire(signed(ALICE), id));
		assert_noop!(Agents::bond(signed(BOB), id, 1), Error::<Test>::Retired);
	});
}

#[test]
fn a_stake_unbonds_slowly_and_anyone_has_it_paid_to_the_owner() {
	run(|| {
		let id = create();
		assert_ok!(Agents::unbond(signed(ALICE), id, 300));
		let free_at = 1 + UNBONDING_PERIOD;
		assert_eq!(last_event(), Event::Unbonded { agent: id, amount: 300, free_at });
		assert_eq!(Stakes::<Test>::get(id).bonded, STAKE - 300);
		assert_eq!(held(HoldReason::Stake, account(id)), STAKE);
		wait(UNBONDING_PERIOD - 1);
		let early = Agents::withdraw_unbonded(signed(STRANGER), id);
		assert_noop!(early, Error::<Test>::NothingUnbonded);
		wait(1);
		let before = free(ALICE);
		assert_ok!(Agents::withdraw_unbonded(signed(STRANGER), id));
		assert_eq!(free(ALICE), before + 300);
		let withdrawn = Event::UnbondedWithdrawn { agent: id, owner: ALICE, amount: 300 };
		assert_eq!(last_event(), withdrawn);
		assert_eq!(held(HoldReason::Stake, account(id)), STAKE - 300);
	});
}

#[test]
fn parts_that_unbond_in_one_block_are_one_and_those_that_are_not_free_stay() {
	run(|| {
		let id = create();
		assert_ok!(Agents::unbond(signed(ALICE), id, 100));
		assert_ok!(Agents::unbond(signed(ALICE), id, 50));
		wait(1);
		assert_ok!(Agents::unbond(signed(ALICE), id, 7));
		assert_eq!(parts(id), [(150, 1 + UNBONDING_PERIOD), (7, 2 + UNBONDING_PERIOD)]);
		wait(UNBONDING_PERIOD - 1);
		assert_ok!(Agents::withdraw_unbonded(signed(BOB), id));
		assert_eq!(parts(id), [(7, 2 + UNBONDING_PERIOD)]);
	});
}

#[test]
fn so_many_parts_unbond_at_once_and_no_more_than_there_is() {
	run(|| {
		let id = create();
		assert_noop!(Agents::unbond(signed(ALICE), id, 0), Error::<Test>::ZeroAmount);
		let more = Agents::unbond(signed(ALICE), id, STAKE + 1);
		assert_noop!(more, Error::<Test>::InsufficientStake);
		for _ in 0..MAX_UNBONDING {
			assert_ok!(Agents::unbond(signed(ALICE), id, 1));
			wait(1);
		}
		let more = Agents::unbond(signed(ALICE), id, 1);
		assert_noop!(more, Error::<Test>::TooManyUnbonding);
	});
}

#[test]
fn what_unbonds_goes_with_the_title() {
	run(|| {
		let id = create();
		assert_ok!(Agents::unbond(signed(ALICE), id, 300));
		assert_ok!(sell(id, BOB));
		wait(UNBONDING_PERIOD);
		assert_ok!(Agents::withdraw_unbonded(signed(ALICE), id));
		assert_eq!(free(BOB), ENDOWMENT + 300);
		let none = Agents::withdraw_unbonded(signed(ALICE), id + 1);
		assert_noop!(none, Error::<Test>::AgentNotFound);
	});
}

/// Has the agent's account put so much on hold for another reason.
fn hold(id: u32, amount: u128) {
	assert_ok!(act(id, probe(ProbeCall::hold { amount })));
	assert_eq!(last_act(id).0.outcome, Outcome::Done);
}

#[test]
fn as_much_stake_stays_as_is_on_hold_beside_it() {
	run(|| {
		let id = agent();
		hold(id, 250);
		for amount in [600, 300, 100] {
			assert_ok!(Agents::unbond(signed(ALICE), id, amount));
			wait(1);
		}
		assert_eq!(Stakes::<Test>::get(id).bonded, 0);
		wait(UNBONDING_PERIOD);
		let before = free(ALICE);
		assert_ok!(Agents::withdraw_unbonded(signed(STRANGER), id));
		let withdrawn = Event::UnbondedWithdrawn { agent: id, owner: ALICE, amount: 750 };
		assert_eq!(last_event(), withdrawn);
		assert_eq!(free(ALICE), before + 750);
		assert_eq!(parts(id), [(150, 2 + UNBONDING_PERIOD), (100, 3 + UNBONDING_PERIOD)]);
		let rest = Agents::withdraw_unbonded(signed(STRANGER), id);
		assert_noop!(rest, Error::<Test>::StillAnswers);
	});
}

#[test]
fn what_stayed_is_paid_when_less_is_on_hold_or_more_is_staked() {
	run(|| {
		let id = agent();
		hold(id, STAKE);
		assert_ok!(Agents::unbond(signed(ALICE), id, 400));
		wait(UNBONDING_PERIOD);
		let early = Agents::withdraw_unbonded(signed(BOB), id);
		assert_noop!(early, Error::<Test>::StillAnswers);
		assert_ok!(Agents::bond(signed(BOB), id, 30));
		assert_ok!(Agents::withdraw_unbonded(signed(BOB), id));
		assert_eq!(parts(id), [(370, 1 + UNBONDING_PERIOD)]);
		let reason = ProbeReason::Asked.into();
		assert_ok!(Balances::release(&reason, &account(id), STAKE, Precision::Exact));
		assert_ok!(Agents::withdraw_unbonded(signed(BOB), id));
		assert_eq!(parts(id), []);
		assert_eq!(held(HoldReason::Stake, account(id)), STAKE + 30 - 400);
	});
}

#[test]
fn a_wrong_that_is_proven_after_all_was_withdrawn_that_could_be_costs_the_stake() {
	run(|| {
		let id = agent();
		hold(id, 250);
		assert_ok!(Agents::unbond(signed(ALICE), id, STAKE));
		wait(UNBONDING_PERIOD);
		assert_ok!(Agents::withdraw_unbonded(signed(ALICE), id));
		wait(1_000_000);
		let again = Agents::withdraw_unbonded(signed(ALICE), id);
		assert_noop!(again, Error::<Test>::StillAnswers);
		Agents::slashed(&account(id), 250);
		assert_eq!(last_event(), Event::StakeSlashed { agent: id, amount: 250 });
		assert_eq!(held(HoldReason::Stake, account(id)), 0);
	});
}

#[test]
fn an_owner_who_can_not_take_it_leaves_it_where_it_is() {
	run(|| {
		let id = create();
		assert_ok!(Agents::unbond(signed(ALICE), id, EXISTENTIAL_DEPOSIT - 1));
		assert_ok!(sell(id, NOBODY));
		wait(UNBONDING_PERIOD);
		assert_noop!(Agents::withdraw_unbonded(signed(BOB), id), TokenError::CannotCreate);
		endow(NOBODY, EXISTENTIAL_DEPOSIT);
		assert_ok!(Agents::withdraw_unbonded(signed(BOB), id));
	});
}

#[test]
fn a_stake_answers_for_what_the_agents_account_lost() {
	run(|| {
		let id = create();
		let issued = Balances::total_issuance();
		Agents::slashed(&account(id), 400);
		assert_eq!(last_event(), Event::StakeSlashed { agent: id, amount: 400 });
		assert_eq!(Stakes::<Test>::get(id).bonded, STAKE - 400);
		assert_eq!(Balances::total_issuance(), issued - 400);
	});
}

/// Does something in as many storage layers.
fn within_layers(layers: u32, what: &mut dyn FnMut()) -> DispatchResult {
	if layers == 0 {
		what();
		return Ok(());
	}
	with_storage_layer(|| within_layers(layers - 1, what))
}

#[test]
fn a_stake_answers_however_deep_the_call_that_decides_is_wrapped() {
	const DEEPEST: u32 = 255;
	run(|| {
		let id = create();
		let too_deep = within_layers(DEEPEST + 1, &mut || {});
		assert_eq!(too_deep, Err(TransactionalError::LimitReached.into()));
		assert_ok!(within_layers(DEEPEST, &mut || Agents::slashed(&account(id), 400)));
		assert_eq!(Stakes::<Test>::get(id).bonded, STAKE - 400);
	});
}

#[test]
fn what_unbonds_answers_after_what_is_bonded_and_no_more_than_all_of_it() {
	run(|| {
		let id = create();
		assert_ok!(Agents::unbond(signed(ALICE), id, 300));
		wait(1);
		assert_ok!(Agents::unbond(signed(ALICE), id, 200));
		Agents::slashed(&account(id), STAKE - 500 + 350);
		assert_eq!(Stakes::<Test>::get(id).bonded, 0);
		assert_eq!(parts(id), [(150, 2 + UNBONDING_PERIOD)]);
		Agents::slashed(&account(id), 1_000);
		assert_eq!(last_event(), Event::StakeSlashed { agent: id, amount: 150 });
		assert_eq!(parts(id), []);
		let before = events().len();
		Agents::slashed(&account(id), 1_000);
		assert_eq!(events().len(), before);
	});
}

#[test]
fn what_others_lose_costs_no_stake() {
	run(|| {
		let id = create();
		for who in [ALICE, OPERATOR, account(id + 1)] {
			Agents::slashed(&who, 400);
		}
		assert_eq!(Stakes::<Test>::get(id).bonded, STAKE);
	});
}

#[test]
fn an_agent_that_lost_all_of_its_stake_can_be_staked_for_again() {
	run(|| {
		let id = agent();
		Agents::slashed(&account(id), u128::MAX);
		assert_noop!(act(id, remark()), Error::<Test>::StakeTooLow);
		assert_ok!(Agents::bond(signed(BOB), id, MIN_STAKE));
		assert_ok!(act(id, remark()));
	});
}
