//! Who acts, and what is recorded.

use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use sp_io::hashing::blake2_256;
use sp_runtime::TokenError;
use tributary_primitives::agent::{Breach, Budget, Mandate, Outcome};

use super::fixture::*;
use crate::{
	mock::{probe::pallet::Call as ProbeCall, *},
	Error, Event, Histories,
};

#[test]
fn an_act_is_signed_by_the_agents_account() {
	run(|| {
		let id = agent();
		assert_eq!(flows(id, send(BOB, 700)), [native(700, 0)]);
		assert_eq!(free(account(id)), FUNDS - 700);
		assert_eq!(free(BOB), ENDOWMENT + 700);
		assert_eq!(free(OPERATOR), ENDOWMENT);
	});
}

#[test]
fn only_the_operator_acts_and_not_the_owner() {
	run(|| {
		let id = agent();
		for who in [ALICE, STRANGER, account(id)] {
			let call = Agents::act(signed(who), id, Box::new(remark()));
			assert_noop!(call, Error::<Test>::NotOperator);
		}
		let none = Agents::act(signed(OPERATOR), id + 1, Box::new(remark()));
		assert_noop!(none, Error::<Test>::AgentNotFound);
	});
}

#[test]
fn an_agent_with_too_low_a_stake_does_not_act() {
	run(|| {
		let id = agent();
		assert_ok!(Agents::unbond(signed(ALICE), id, STAKE - MIN_STAKE));
		assert_eq!(outcome(id, remark()), Outcome::Done);
		assert_ok!(Agents::unbond(signed(ALICE), id, 1));
		assert_noop!(act(id, remark()), Error::<Test>::StakeTooLow);
		assert_ok!(Agents::bond(signed(STRANGER), id, 1));
		assert_eq!(outcome(id, remark()), Outcome::Done);
	});
}

#[test]
fn an_agent_without_a_mandate_does_not_act() {
	run(|| {
		let id = create();
		assert_ok!(Agents::set_operator(signed(ALICE), id, Some(OPERATOR)));
		assert_noop!(act(id, remark()), Error::<Test>::NoMandate);
	});
}

#[test]
fn every_act_is_recorded_with_its_block_its_number_and_its_call() {
	run(|| {
		let id = agent();
		assert_eq!(outcome(id, remark()), Outcome::Done);
		wait(3);
		let call = send(BOB, 200);
		assert_eq!(outcome(id, call.clone()), Outcome::Done);
		let (act, head) = last_act(id);
		assert_eq!((act.block, act.index), (4, 1));
		assert_eq!(act.call_hash, blake2_256(&call.encode()));
		assert_eq!(act.flows.to_vec(), [native(200, 0)]);
		assert_eq!(last_event(), Event::Acted { agent: id, act, head });
	});
}

#[test]
fn a_call_that_fails_is_recorded_and_says_why() {
	run(|| {
		let id = agent();
		let call = batch(vec![remark(), remark(), send(BOB, FUNDS), remark()]);
		assert_eq!(outcome(id, call), Outcome::Failed);
		assert_eq!(
			last_event(),
			Event::ActFailed { agent: id, index: 0, call: 2, error: TokenError::Frozen.into() }
		);
	});
}

#[test]
fn an_act_that_is_not_done_costs_no_budget() {
	run(|| {
		let id = agent();
		for _ in 0..5 {
			let over = batch(vec![send(BOB, 900), send(BOB, 1_001)]);
			assert!(matches!(breach(id, over), Breach::CallBudget { .. }));
			let fails = batch(vec![send(BOB, 900), send(BOB, FUNDS)]);
			assert_eq!(outcome(id, fails), Outcome::Failed);
		}
		for _ in 0..3 {
			assert_eq!(outcome(id, send(BOB, 1_000)), Outcome::Done);
		}
	});
}

#[test]
fn a_history_replays_from_the_events() {
	run(|| {
		let (id, other) = (agent(), agent());
		act(id, remark()).unwrap();
		act(id, send(BOB, 5_000)).unwrap();
		act(other, remark()).unwrap();
		wait(9);
		act(id, batch(vec![send(BOB, 10), send(BOB, FUNDS)])).unwrap();
		act(id, send(BOB, 10)).unwrap();
		assert_eq!(replay(id), Histories::<Test>::get(id).unwrap());
		assert_eq!(replay(other), Histories::<Test>::get(other).unwrap());
		assert_eq!((replay(id).length, replay(other).length), (4, 1));
	});
}

#[test]
fn no_act_is_made_once_all_numbers_are_given() {
	ext().execute_with(|| {
		let id = agent();
		Histories::<Test>::mutate(id, |history| history.as_mut().unwrap().length = u64::MAX);
		assert!(act(id, send(BOB, 1))
			.is_err_and(|failure| { failure.error == Error::<Test>::TooManyActs.into() }));
	});
}

#[test]
fn the_filter_of_the_runtime_counts_for_agents_too() {
	run(|| {
		let id = agent();
		let filtered = frame_system::Call::set_heap_pages { pages: 1 };
		assert_eq!(outcome(id, filtered.into()), Outcome::Failed);
		assert_eq!(
			last_event(),
			Event::ActFailed {
				agent: id,
				index: 0,
				call: 0,
				error: frame_system::Error::<Test>::CallFiltered.into()
			}
		);
	});
}

#[test]
fn an_account_with_a_stake_is_never_emptied() {
	run(|| {
		let id = agent();
		let budget = Budget { per_call: u128::MAX, per_window: u128::MAX };
		set_mandate(id, Mandate { native: budget, ..mandate() });
		assert_eq!(outcome(id, send(BOB, FUNDS)), Outcome::Failed);
		let all = send_all(BOB);
		assert_eq!(flows(id, all), [native(FUNDS - EXISTENTIAL_DEPOSIT, 0)]);
		assert_eq!(free(account(id)), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn an_act_that_takes_the_account_below_the_existential_deposit_is_undone() {
	run(|| {
		let id = agent();
		let budget = Budget { per_call: u128::MAX, per_window: u128::MAX };
		set_mandate(id, Mandate { native: budget, ..mandate() });
		assert_eq!(outcome(id, probe(ProbeCall::drain {})), Outcome::Failed);
		assert_eq!(
			last_event(),
			Event::ActFailed {
				agent: id,
				index: 0,
				call: 1,
				error: Error::<Test>::BelowExistentialDeposit.into()
			}
		);
		assert_eq!(free(account(id)), FUNDS);
	});
}
