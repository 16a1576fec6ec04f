use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use sp_runtime::{DispatchError, TokenError};
use tributary_primitives::traits::OpenReports as _;

use super::fixture::*;
use crate::{mock::*, Error, Event};

fn bond(who: AccountId, amount: u128) -> sp_runtime::DispatchResult {
	Attribution::bond(RuntimeOrigin::signed(who), amount)
}

fn unbond(who: AccountId, amount: u128) -> sp_runtime::DispatchResult {
	Attribution::unbond(RuntimeOrigin::signed(who), amount)
}

#[test]
fn bonding_holds_the_amount_and_adds_up() {
	run(|| {
		assert_ok!(bond(ALICE, 300));
		assert_ok!(bond(ALICE, 200));
		assert_eq!(bond_of(ALICE), 500);
		assert_eq!(Attribution::bonded(&ALICE), 500);
		assert_eq!(Balances::balance(&ALICE), ENDOWMENT - 500);
		assert_eq!(events(), [300, 200].map(|amount| Event::Bonded { attributor: ALICE, amount }));
	});
}

#[test]
fn bonding_more_than_there_is_is_refused() {
	run(|| {
		assert_noop!(bond(ALICE, ENDOWMENT + 1), TokenError::FundsUnavailable);
	});
}

#[test]
fn bonding_and_unbonding_need_a_signature() {
	run(|| {
		assert_noop!(Attribution::bond(RuntimeOrigin::none(), 1), DispatchError::BadOrigin);
		assert_noop!(Attribution::unbond(RuntimeOrigin::root(), 1), DispatchError::BadOrigin);
	});
}

#[test]
fn unbonding_gives_a_free_bond_back() {
	run(|| {
		assert_ok!(bond(ALICE, 300));
		assert_ok!(unbond(ALICE, 100));
		assert_eq!(bond_of(ALICE), 200);
		assert_eq!(Balances::balance(&ALICE), ENDOWMENT - 200);
		assert_eq!(events()[1], Event::Unbonded { attributor: ALICE, amount: 100 });
	});
}

#[test]
fn unbonding_more_than_is_bonded_is_refused() {
	run(|| {
		assert_ok!(bond(ALICE, 300));
		assert_noop!(unbond(ALICE, 301), Error::<Test>::BondLocked);
		assert_noop!(unbond(BOB, 1), Error::<Test>::BondLocked);
	});
}

#[test]
fn what_an_open_report_locks_stays_bonded_until_it_is_final() {
	run_closed(|| {
		assert_ok!(bond(ALICE, 7));
		assert_ok!(Draft::of_world().post(ALICE));
		assert_eq!(Attribution::locked(&ALICE), Bond::get());
		assert_noop!(unbond(ALICE, 8), Error::<Test>::BondLocked);
		assert_ok!(unbond(ALICE, 7));
		assert_noop!(unbond(ALICE, 1), Error::<Test>::BondLocked);

		System::set_block_number(LAST_BLOCK + 1);
		assert_noop!(unbond(ALICE, 1), Error::<Test>::BondLocked);
		assert_ok!(Attribution::finalise(RuntimeOrigin::signed(BOB), MODEL, EPOCH));
		assert_eq!(Attribution::locked(&ALICE), 0);
		assert_ok!(unbond(ALICE, Bond::get()));
		assert_eq!(bond_of(ALICE), 0);
	});
}

#[test]
fn a_slashed_bond_is_told_whole_whether_its_reward_waits_or_not() {
	let (draft, fault) = foreign();
	for announced in [false, true] {
		run_reported(&draft, || {
			if announced {
				assert_ok!(announce(ALICE, 0, &fault));
			}
			assert_ok!(submit(0, fault.clone()));
			assert_eq!(Slashed::get(), [(ALICE, 1_001)]);
			if announced {
				assert_ok!(reveal(ALICE, 0, &fault));
				System::set_block_number(REPORT_BLOCK + REWARD_WINDOW + 1);
				assert_ok!(pay_reward(0));
			}
			assert_eq!(Slashed::get(), [(ALICE, 1_001)], "once, whoever is rewarded");
		});
	}
}

#[test]
fn a_bond_for_bytes_that_are_not_shown_is_told() {
	run_reported(&Draft::of_world(), || {
		let slash = Attribution::void_withheld(MODEL, EPOCH, 0, &EVE).unwrap();
		assert_eq!(slash.map(|slash| slash.slashed), Some(1_001));
		assert_eq!(Slashed::get(), [(ALICE, 1_001)]);
	});
}

#[test]
fn a_report_that_falls_without_blame_tells_of_no_slash() {
	let (draft, excused) = hidden();
	run_closed(|| {
		assert_ok!(draft.post_unseen(ALICE, &[1]));
		assert_ok!(submit(0, excused));
		assert_ok!(Draft::of_world().post(ALICE));
		assert_eq!(Attribution::void_blameless(MODEL, EPOCH), Ok(true));
		assert_eq!(Slashed::get(), []);
	});
}

#[test]
fn a_report_is_slashed_by_the_bond_of_its_own_time() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		let before = Bond::get();
		Bond::set(before * 5);
		assert_ok!(submit(0, fault));
		assert_eq!(bond_of(ALICE), 0);
		assert!(
			matches!(events().last(), Some(Event::Voided { slashed, .. }) if *slashed == before)
		);
	});
}
