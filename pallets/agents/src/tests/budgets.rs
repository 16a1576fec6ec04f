//! What an act may spend.

use tributary_primitives::agent::{Breach, Budget, Currency, Mandate, Outcome, MAX_FLOWS};

use super::fixture::*;
use crate::mock::{probe::pallet::Call as ProbeCall, *};

const NATIVE: Currency = Currency::Native;

#[test]
fn a_call_spends_at_most_its_budget() {
	run(|| {
		let id = agent();
		assert_eq!(flows(id, send(BOB, 1_000)), [native(1_000, 0)]);
		let over = Breach::CallBudget { currency: NATIVE, spent: 1_001, budget: 1_000 };
		assert_eq!(breach(id, send(BOB, 1_001)), over);
	});
}

#[test]
fn the_calls_of_an_act_share_the_budget_of_the_window() {
	run(|| {
		let id = agent();
		let over = Breach::WindowBudget { currency: NATIVE, spent: 3_001, budget: 3_000 };
		let calls =
			|last| batch(vec![send(BOB, 1_000), send(BOB, 1_000), send(BOB, last), send(BOB, 1)]);
		assert_eq!(breach(id, calls(1_000)), over);
		assert_eq!(flows(id, calls(999)), [native(3_000, 0)]);
		assert_eq!(breach(id, send(BOB, 1)), over);
	});
}

#[test]
fn acts_share_the_budget_of_every_run_of_blocks() {
	run(|| {
		let id = agent();
		for _ in 0..3 {
			assert_eq!(outcome(id, send(BOB, 1_000)), Outcome::Done);
			wait(5);
		}
		// Blocks 1, 6 and 11 are in buckets of two blocks: at 16 the first still counts, at 18 no more.
		assert!(matches!(breach(id, send(BOB, 1_000)), Breach::WindowBudget { .. }));
		wait(2);
		assert_eq!(outcome(id, send(BOB, 1_000)), Outcome::Done);
		let over = Breach::WindowBudget { currency: NATIVE, spent: 3_001, budget: 3_000 };
		assert_eq!(breach(id, send(BOB, 1)), over);
	});
}

#[test]
fn what_is_put_on_hold_is_spent_and_what_is_released_is_earned() {
	run(|| {
		let id = agent();
		let over = Breach::CallBudget { currency: NATIVE, spent: 1_001, budget: 1_000 };
		assert_eq!(breach(id, probe(ProbeCall::hold { amount: 1_001 })), over);
		assert_eq!(flows(id, probe(ProbeCall::hold { amount: 900 })), [native(900, 0)]);
		assert_eq!(flows(id, probe(ProbeCall::release { amount: 400 })), [native(0, 400)]);
	});
}

#[test]
fn what_one_call_earns_does_not_lessen_what_another_spends() {
	run(|| {
		let id = agent();
		let earn = || probe(ProbeCall::earn { amount: 100_000 });
		let over = Breach::CallBudget { currency: NATIVE, spent: 1_500, budget: 1_000 };
		assert_eq!(breach(id, batch(vec![earn(), send(BOB, 1_500), earn()])), over);
		let over = Breach::WindowBudget { currency: NATIVE, spent: 3_200, budget: 3_000 };
		let sends = (0..4).flat_map(|_| [earn(), send(BOB, 800)]).collect();
		assert_eq!(breach(id, batch(sends)), over);
		let both = flows(id, batch(vec![earn(), send(BOB, 800), send(BOB, 200)]));
		assert_eq!(both, [native(1_000, 100_000)]);
	});
}

#[test]
fn assets_have_budgets_of_their_own() {
	run(|| {
		let id = agent();
		make_asset(ASSET, account(id), 1_000);
		assert_eq!(flows(id, send_asset(ASSET, BOB, 100)), [asset(ASSET, 100, 0)]);
		let currency = Currency::Asset(ASSET);
		let over = Breach::CallBudget { currency, spent: 101, budget: 100 };
		assert_eq!(breach(id, send_asset(ASSET, BOB, 101)), over);
		let two = batch(vec![send_asset(ASSET, BOB, 75), send_asset(ASSET, BOB, 76)]);
		let over = Breach::WindowBudget { currency, spent: 251, budget: 250 };
		assert_eq!(breach(id, two), over);
		let two = batch(vec![send_asset(ASSET, BOB, 75), send_asset(ASSET, BOB, 75)]);
		assert_eq!(flows(id, two), [asset(ASSET, 150, 0)]);
		assert_eq!(outcome(id, send(BOB, 1_000)), Outcome::Done);
	});
}

#[test]
fn nothing_is_spent_of_an_asset_without_a_budget() {
	run(|| {
		let id = agent();
		make_asset(OTHER_ASSET, account(id), 1_000);
		let currency = Currency::Asset(OTHER_ASSET);
		let over = Breach::CallBudget { currency, spent: 1, budget: 0 };
		assert_eq!(breach(id, send_asset(OTHER_ASSET, BOB, 1)), over);
		assert_eq!(outcome(id, send_asset(OTHER_ASSET, BOB, 0)), Outcome::Done);
	});
}

#[test]
fn what_is_not_spent_breaks_no_budget_however_low_that_is() {
	run(|| {
		let id = agent();
		assert_eq!(outcome(id, send(BOB, 1_000)), Outcome::Done);
		set_mandate(id, Mandate { native: Budget::default(), ..mandate() });
		assert_eq!(outcome(id, remark()), Outcome::Done);
		let over = Breach::CallBudget { currency: NATIVE, spent: 1, budget: 0 };
		assert_eq!(breach(id, send(BOB, 1)), over);
	});
}

#[test]
fn an_act_touches_at_most_so_many_currencies() {
	run(|| {
		let id = agent();
		let touch =
			|assets: std::ops::Range<u32>| probe(ProbeCall::touch { assets: assets.collect() });
		// The native token and the asset of the mandate are two of them.
		let most = MAX_FLOWS - 2;
		assert_eq!(outcome(id, touch(0..most)), Outcome::Done);
		assert_eq!(outcome(id, batch(vec![touch(0..3), touch(0..most)])), Outcome::Done);
		assert_eq!(breach(id, touch(0..most + 1)), Breach::TooManyCurrencies);
		let apart = batch(vec![touch(0..most), touch(most..most + 1)]);
		assert_eq!(breach(id, apart), Breach::TooManyCurrencies);
	});
}
