use frame_support::{
	assert_noop, assert_ok,
	dispatch::{Pays, PostDispatchInfo},
	traits::fungible::Inspect,
};
use sp_runtime::DispatchError;

use super::fixture::*;
use crate::{mock::*, Demands, Error, Event};

const OVER: u32 = REPORT_BLOCK + ANSWER_WINDOW + 1;

#[test]
fn a_report_whose_entries_are_not_shown_is_void_and_slashed() {
	for blob in [entries_of(REPORT), payouts_of(REPORT)] {
		run_reported(|| {
			assert_ok!(demand(DAVE, blob, 0));
			System::set_block_number(OVER);
			assert_ok!(enforce(0));
			assert_eq!(report(), None);
			assert_eq!(Balances::balance(&ALICE), ENDOWMENT - BOND);
			assert_eq!(Balances::balance(&DAVE), ENDOWMENT + BOND / 2);
			assert_eq!(Balances::total_issuance(), 6 * ENDOWMENT - (BOND - BOND / 2));
			assert_eq!(
				events()[1],
				Event::Enforced { demand: 0, blob, demander: DAVE, slashed: 1_001, reward: 500 }
			);
		});
	}
}

#[test]
fn a_receipt_whose_outputs_are_not_shown_is_withheld_and_nobody_is_slashed() {
	for blob in [items_of(0), output_of(0, 1)] {
		run_reported(|| {
			assert_ok!(demand(DAVE, blob, 0));
			System::set_block_number(OVER);
			assert_ok!(enforce(0));
			assert!(Paid::get((MODEL, EPOCH, 0)).unwrap().withheld);
			assert!(!Paid::get((MODEL, EPOCH, 1)).unwrap().withheld);
			assert_eq!(report(), None);
			for who in [ALICE, DAVE, EVE, FERDIE] {
				assert_eq!(Balances::balance(&who), ENDOWMENT);
			}
			let enforced =
				Event::Enforced { demand: 0, blob, demander: DAVE, slashed: 0, reward: 0 };
			assert_eq!(events()[1], enforced);
		});
	}
}

#[test]
fn a_receipt_is_withheld_where_there_is_no_report() {
	run_paid(|| {
		assert_ok!(demand(DAVE, items_of(0), 0));
		System::set_block_number(2 + ANSWER_WINDOW);
		assert_ok!(enforce(0));
		assert!(Paid::get((MODEL, EPOCH, 0)).unwrap().withheld);
	});
}

#[test]
fn a_contribution_that_is_not_shown_is_withheld_and_slashed() {
	run_reported(|| {
		assert_ok!(demand(DAVE, contribution(0), 3));
		System::set_block_number(OVER);
		assert_ok!(enforce(0));
		let contribution = Contributed::get(0).unwrap();
		assert_eq!(contribution.withheld_at, Some(OVER));
		assert_eq!(contribution.ended_at, Some(OVER));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT - CONTRIBUTION_DEPOSIT);
		assert_eq!(Balances::balance(&DAVE), ENDOWMENT + 150);
		assert!(report().is_some());
	});
}

#[test]
fn a_demand_is_answered_through_its_last_block_and_enforced_only_after_it() {
	run_reported(|| {
		assert_ok!(demand(DAVE, entries_of(REPORT), 0));
		assert_ok!(demand(DAVE, entries_of(REPORT), 1));
		System::set_block_number(OVER - 1);
		assert_noop!(enforce(0), Error::<Test>::AnswerOpen);
		assert_ok!(answer(0));
		assert_noop!(enforce(0), Error::<Test>::NotFound);
		System::set_block_number(OVER);
		assert_noop!(answer(1), Error::<Test>::AnswerOver);
		assert_ok!(enforce(1));
		assert_noop!(enforce(1), Error::<Test>::NotFound);
	});
}

#[test]
fn who_enforces_pays_nothing_and_who_does_so_in_vain_pays() {
	run_reported(|| {
		assert_ok!(demand(DAVE, entries_of(REPORT), 0));
		let enforce = || Availability::enforce(RuntimeOrigin::signed(EVE), 0);
		assert_eq!(enforce().unwrap_err().post_info.pays_fee, Pays::Yes);
		System::set_block_number(OVER);
		let free = PostDispatchInfo { actual_weight: None, pays_fee: Pays::No };
		assert_eq!(enforce(), Ok(free));
		assert_eq!(enforce().unwrap_err().post_info.pays_fee, Pays::Yes);
		assert_noop!(Availability::enforce(RuntimeOrigin::none(), 0), DispatchError::BadOrigin);
	});
}

#[test]
fn only_the_first_of_several_demands_has_a_consequence() {
	for blob in [entries_of(REPORT), items_of(1), contribution(0)] {
		run_reported(|| {
			assert_ok!(demand(DAVE, blob, 0));
			assert_ok!(demand(EVE, blob, 1));
			System::set_block_number(OVER);
			assert_ok!(enforce(1));
			let balance = Balances::balance(&DAVE);
			assert_ok!(enforce(0));
			assert_eq!(Balances::balance(&DAVE), balance + 100);
			assert_eq!(held(DAVE), 0);
			assert!(matches!(events()[2], Event::Enforced { demand: 1, demander: EVE, .. }));
			assert_eq!(events()[3], Event::Lapsed { demand: 0, blob, demander: DAVE });
		});
	}
}

#[test]
fn a_demand_on_a_report_that_fell_lapses_and_meets_no_later_one() {
	run_reported(|| {
		assert_ok!(demand(DAVE, entries_of(REPORT), 0));
		assert_ok!(demand(DAVE, payouts_of(REPORT), 0));
		post(REPORT + 1);
		assert_ok!(demand(DAVE, entries_of(REPORT + 1), 0));
		System::set_block_number(OVER);
		for demand in [0, 1] {
			assert_ok!(enforce(demand));
			assert!(matches!(events().last(), Some(Event::Lapsed { demander: DAVE, .. })));
		}
		assert_eq!(report().unwrap().id, REPORT + 1);
		assert_ok!(enforce(2));
		assert_eq!(report(), None);
	});
}

#[test]
fn a_demand_on_a_settled_epoch_lapses() {
	run_reported(|| {
		assert_ok!(demand(DAVE, entries_of(REPORT), 0));
		assert_ok!(demand(DAVE, items_of(0), 0));
		assert_ok!(demand(DAVE, output_of(1, 0), 0));
		System::set_block_number(OVER + 2 * ANSWER_WINDOW);
		Posted::insert((MODEL, EPOCH), Report { is_final: true, ..report().unwrap() });
		Paid::remove((MODEL, EPOCH, 1));
		for demand in 0..3 {
			assert_ok!(enforce(demand));
			assert!(matches!(events().last(), Some(Event::Lapsed { .. })));
		}
		assert!(!Paid::get((MODEL, EPOCH, 0)).unwrap().withheld);
		assert_eq!(Balances::balance(&DAVE), ENDOWMENT);
		assert_eq!(Balances::balance(&ALICE), ENDOWMENT);
	});
}

#[test]
fn a_demand_lapses_once_its_report_can_no_longer_fall_settled_or_not() {
	for blob in [entries_of(REPORT), items_of(0), output_of(0, 1)] {
		run_reported(|| {
			assert_ok!(demand(DAVE, blob, 0));
			let standing = report();
			System::set_block_number(report().unwrap().challenge_until + 1);
			assert_ok!(enforce(0));
			assert_eq!(report(), standing);
			assert!(!Paid::get((MODEL, EPOCH, 0)).unwrap().withheld);
			assert_eq!(events()[1], Event::Lapsed { demand: 0, blob, demander: DAVE });
		});
	}
}

#[test]
fn a_contribution_that_was_suspended_while_a_demand_pends_is_only_marked() {
	run_reported(|| {
		assert_ok!(demand(DAVE, contribution(0), 0));
		change(0, |copy| copy.ended_at = Some(REPORT_BLOCK));
		System::set_block_number(OVER);
		assert_ok!(enforce(0));
		assert_eq!(Contributed::get(0).unwrap().withheld_at, Some(OVER));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT);
		assert_eq!(Balances::balance(&DAVE), ENDOWMENT);
	});
}

#[test]
fn who_keeps_silent_towards_oneself_loses_the_rest() {
	run_reported(|| {
		assert_ok!(demand(ALICE, entries_of(REPORT), 0));
		System::set_block_number(OVER);
		assert_ok!(enforce(0));
		assert_eq!(Balances::balance(&ALICE), ENDOWMENT - (BOND - BOND / 2));
		assert_eq!(Demands::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_report_is_open_long_enough_to_enforce_any_demand_on_it() {
	run_reported(|| {
		System::set_block_number(DEMAND_UNTIL);
		assert_ok!(demand(DAVE, entries_of(REPORT), 0));
		let enforceable = stored(0).answer_until + 1;
		assert!(enforceable < report().unwrap().challenge_until);
	});
}
