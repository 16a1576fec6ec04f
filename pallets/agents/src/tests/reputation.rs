//! What others have burned for an agent.

use frame_support::{assert_noop, assert_ok};
use tributary_primitives::{agent::Decaying, ids::AgentId};

use super::fixture::*;
use crate::{mock::*, Error, Event, HoldReason, PayersOf, Reputations};

fn score(id: AgentId) -> u128 {
	Agents::reputation_view(id, None, 1).unwrap().score
}

fn part(id: AgentId, payer: AccountId) -> u128 {
	let standing = PayersOf::<Test>::get(id, payer);
	standing.map_or(0, |standing| standing.burned.at(Agents::epoch(), KEEP))
}

#[test]
fn what_payers_burn_is_the_agents_reputation() {
	run(|| {
		let id = create();
		assert_ok!(pay(PAYER, id, 10_000));
		assert_ok!(pay(STRANGER, id, 20_000));
		assert_ok!(pay(PAYER, id, 10_000));
		assert_eq!(score(id), 400);
		assert_eq!((part(id, PAYER), part(id, STRANGER)), (200, 200));
		assert_eq!(Reputations::<Test>::get(id).payers, 2);
		assert_eq!(held(HoldReason::Payer, PAYER), FOR_PAYER);
	});
}

#[test]
fn fees_of_payments_for_models_count_too() {
	run(|| {
		let id = create();
		let half = sp_runtime::Perbill::from_percent(50);
		assert_ok!(Agents::set_models(signed(ALICE), id, rates(&[(0, 30), (1, 70)]), half));
		assert_ok!(pay(PAYER, id, 10_000));
		assert_eq!(score(id), 100);
	});
}

#[test]
fn payments_of_those_who_make_the_agent_what_it_is_do_not_count() {
	run(|| {
		let id = agent();
		assert_ok!(sell(id, BOB));
		assert_ok!(Agents::set_operator(signed(BOB), id, Some(OPERATOR)));
		for who in [ALICE, BOB, OPERATOR] {
			assert_ok!(pay(who, id, 10_000));
			let Event::Paid { burned, .. } = last_event() else { panic!("not paid") };
			assert_eq!(burned, 0);
			assert_eq!(held(HoldReason::Payer, who), 0);
		}
		assert_eq!(score(id), 0);
		assert_noop!(pay(account(id), id, 10_000), Error::<Test>::PaysItself);
	});
}

#[test]
fn reputation_fades_by_epochs() {
	run(|| {
		let id = create();
		assert_ok!(pay(PAYER, id, 100_000));
		assert_eq!(score(id), 1_000);
		System::set_block_number(EPOCH - 1);
		assert_eq!(score(id), 1_000);
		System::set_block_number(EPOCH);
		assert_eq!((score(id), part(id, PAYER)), (900, 900));
		System::set_block_number(3 * EPOCH);
		assert_eq!(score(id), 729);
		assert_ok!(pay(PAYER, id, 100_000));
		assert_eq!((score(id), part(id, PAYER)), (1_729, 1_729));
	});
}

#[test]
fn whoever_splits_itself_gains_nothing() {
	run(|| {
		let (whole, split) = (create(), create());
		assert_ok!(pay(PAYER, whole, 30_000));
		for payer in [BOB, STRANGER, REVENUE] {
			assert_ok!(pay(payer, split, 10_000));
		}
		for _ in 0..30 {
			assert_eq!(score(whole), score(split));
			wait(EPOCH);
		}
	});
}

#[test]
fn a_payer_of_which_nothing_is_left_is_forgotten_and_has_its_deposit_back() {
	run(|| {
		let id = create();
		assert_ok!(pay(PAYER, id, 200));
		assert_eq!(part(id, PAYER), 2);
		PayerDeposit::set(FOR_PAYER + 1);
		System::set_block_number(6 * EPOCH);
		let early = Agents::forget_payer(signed(STRANGER), id, PAYER);
		assert_noop!(early, Error::<Test>::StillCounts);
		System::set_block_number(7 * EPOCH);
		assert_ok!(Agents::forget_payer(signed(STRANGER), id, PAYER));
		assert_eq!(
			last_event(),
			Event::PayerForgotten { agent: id, payer: PAYER, deposit: FOR_PAYER }
		);
		assert_eq!(held(HoldReason::Payer, PAYER), 0);
		assert_eq!(Reputations::<Test>::get(id).payers, 0);
		let again = Agents::forget_payer(signed(STRANGER), id, PAYER);
		assert_noop!(again, Error::<Test>::PayerNotFound);
	});
}

#[test]
fn a_payment_that_burns_nothing_leaves_no_standing() {
	run(|| {
		let id = create();
		assert_ok!(Agents::credit_reputation(id, &PAYER, 0));
		assert!(!PayersOf::<Test>::contains_key(id, PAYER));
	});
}

#[test]
fn what_a_payer_burned_does_not_overflow() {
	run(|| {
		let id = create();
		for _ in 0..2 {
			assert_ok!(Agents::credit_reputation(id, &PAYER, u128::MAX));
		}
		let burned = PayersOf::<Test>::get(id, PAYER).unwrap().burned;
		assert_eq!(burned, Decaying { amount: u128::MAX, epoch: 0 });
	});
}
