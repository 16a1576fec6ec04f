//! Setting mandates.

use frame_support::{assert_noop, assert_ok, BoundedVec};
use sp_runtime::TokenError;
use tributary_primitives::agent::{Breach, Budget, Currency, Mandate, Outcome};

use super::fixture::*;
use crate::{mock::*, Error, Event, HoldReason, Mandates, Spending};

#[test]
fn a_mandate_holds_a_deposit_until_it_is_removed() {
	run(|| {
		let id = create();
		assert_ok!(Agents::set_mandate(signed(ALICE), id, Some(mandate())));
		assert_eq!(last_event(), Event::MandateSet { agent: id, mandate: Some(mandate()) });
		assert_eq!(held(HoldReason::Deposit, ALICE), AGENT_DEPOSIT + FOR_MANDATE);
		assert_ok!(Agents::set_mandate(signed(ALICE), id, None));
		assert_eq!(last_event(), Event::MandateSet { agent: id, mandate: None });
		assert_eq!(held(HoldReason::Deposit, ALICE), AGENT_DEPOSIT);
		assert!(!Mandates::<Test>::contains_key(id) && !Spending::<Test>::contains_key(id));
		let again = Agents::set_mandate(signed(ALICE), id, None);
		assert_noop!(again, Error::<Test>::NoMandate);
	});
}

#[test]
fn a_mandate_that_is_replaced_holds_what_the_deposit_is_by_then() {
	run(|| {
		let id = agent();
		MandateDeposit::set(FOR_MANDATE - 100);
		set_mandate(id, mandate());
		assert_eq!(held(HoldReason::Deposit, ALICE), AGENT_DEPOSIT + FOR_MANDATE - 100);
		assert_eq!(Agents::mandate_view(id).unwrap().deposit, FOR_MANDATE - 100);
	});
}

#[test]
fn a_new_owner_pays_for_the_mandate_that_it_sets_and_the_old_one_has_its_deposit_back() {
	run(|| {
		let id = agent();
		assert_ok!(sell(id, BOB));
		assert_eq!(held(HoldReason::Deposit, ALICE), AGENT_DEPOSIT + FOR_MANDATE);
		assert_ok!(Agents::set_mandate(signed(BOB), id, Some(mandate())));
		assert_eq!(held(HoldReason::Deposit, ALICE), AGENT_DEPOSIT);
		assert_eq!(held(HoldReason::Deposit, BOB), FOR_MANDATE);
		assert_ok!(sell(id, STRANGER));
		assert_ok!(Agents::retire(signed(STRANGER), id));
		assert_eq!(held(HoldReason::Deposit, BOB), 0);
	});
}

#[test]
fn an_owner_who_can_not_hold_the_deposit_sets_no_mandate() {
	run(|| {
		let id = agent();
		endow(NOBODY, EXISTENTIAL_DEPOSIT);
		assert_ok!(sell(id, NOBODY));
		let set = Agents::set_mandate(signed(NOBODY), id, Some(mandate()));
		assert_noop!(set, TokenError::FundsUnavailable);
	});
}

#[test]
fn lists_that_are_not_in_ascending_order_are_refused() {
	run(|| {
		let id = create();
		let refused = |mandate: Mandate<AccountId>, error: Error<Test>| {
			assert_noop!(Agents::set_mandate(signed(ALICE), id, Some(mandate)), error);
		};
		let indices = mandate().calls;
		for calls in [[indices[1], indices[0]], [indices[0], indices[0]]] {
			let calls = BoundedVec::truncate_from(calls.to_vec());
			refused(Mandate { calls, ..mandate() }, Error::CallsNotSorted);
		}
		for assets in [[2, 1], [2, 2]] {
			let assets = assets.map(|asset| (asset, Budget::default())).to_vec();
			let assets = BoundedVec::truncate_from(assets);
			refused(Mandate { assets, ..mandate() }, Error::AssetsNotSorted);
		}
		for accounts in [[BOB, ALICE], [BOB, BOB]] {
			let counterparties = Some(BoundedVec::truncate_from(accounts.to_vec()));
			let mandate = Mandate { counterparties, ..mandate() };
			refused(mandate, Error::CounterpartiesNotSorted);
		}
		refused(Mandate { window: 0, ..mandate() }, Error::ZeroWindow);
	});
}

#[test]
fn a_mandate_ends_with_its_last_block() {
	run(|| {
		let id = agent();
		wait(4);
		let late = Mandate { expires_at: 4, ..mandate() };
		let set = Agents::set_mandate(signed(ALICE), id, Some(late));
		assert_noop!(set, Error::<Test>::MandateExpired);
		set_mandate(id, Mandate { expires_at: 5, ..mandate() });
		assert_eq!(outcome(id, remark()), Outcome::Done);
		wait(1);
		assert_eq!(breach(id, remark()), Breach::Expired);
	});
}

#[test]
fn a_mandate_may_let_an_agent_do_nothing() {
	run(|| {
		let id = agent();
		set_mandate(id, Mandate { calls: Default::default(), ..mandate() });
		assert_eq!(breach(id, remark()), Breach::NotAllowed(index_of(&remark())));
	});
}

#[test]
fn what_was_spent_counts_under_the_next_mandate() {
	run(|| {
		let id = agent();
		assert_eq!(outcome(id, send(BOB, 1_000)), Outcome::Done);
		for window in [16, 200, 1] {
			let native = Budget { per_call: 1_000, per_window: 1_500 };
			set_mandate(id, Mandate { window, native, ..mandate() });
			let over =
				Breach::WindowBudget { currency: Currency::Native, spent: 1_501, budget: 1_500 };
			assert_eq!(breach(id, send(BOB, 501)), over, "{window}");
			assert_eq!(outcome(id, remark()), Outcome::Done);
		}
		assert_eq!(outcome(id, send(BOB, 500)), Outcome::Done);
	});
}

#[test]
fn an_asset_that_had_no_budget_for_a_while_starts_anew() {
	run(|| {
		let id = agent();
		make_asset(ASSET, account(id), 1_000);
		for _ in 0..2 {
			assert_eq!(outcome(id, send_asset(ASSET, BOB, 100)), Outcome::Done);
			assert_eq!(outcome(id, send_asset(ASSET, BOB, 100)), Outcome::Done);
			assert!(matches!(
				breach(id, send_asset(ASSET, BOB, 100)),
				Breach::WindowBudget { currency: Currency::Asset(ASSET), .. }
			));
			set_mandate(id, Mandate { assets: Default::default(), ..mandate() });
			set_mandate(id, mandate());
		}
	});
}
