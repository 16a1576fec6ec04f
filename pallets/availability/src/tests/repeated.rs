//! Demands for chunks that are demanded already.

use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::Inspect};

use super::fixture::*;
use crate::{mock::*, Demands, Error, Event, NextDemand};

fn open_until() -> u32 {
	report().unwrap().challenge_until
}

/// Demands chunk 0 of contribution 0 for the report on an epoch of another model that has it too.
fn demand_elsewhere(who: AccountId) -> DispatchResult {
	let other = MODEL + 1;
	Corpora::insert((other, DATASET), 2);
	Paid::insert((other, EPOCH, 0), Paid::get((MODEL, EPOCH, 0)).unwrap());
	let place = Some((other, EPOCH));
	Availability::demand(RuntimeOrigin::signed(who), contribution(0), 0, None, place)
}

#[test]
fn a_chunk_that_a_liar_demands_for_no_report_or_another_keeps_the_right_one_open_all_the_same() {
	for elsewhere in [false, true] {
		for early in 0..=ANSWER_WINDOW {
			run_reported(|| {
				let demanded_at = DEMAND_UNTIL - early;
				System::set_block_number(demanded_at);
				let demanded = match elsewhere {
					false => demand(BOB, contribution(0), 0),
					true => demand_elsewhere(BOB),
				};
				assert_ok!(demanded);
				assert_eq!(open_until(), DEMAND_UNTIL, "it is not for this report");

				System::set_block_number(DEMAND_UNTIL);
				assert_ok!(demand_for_report(DAVE, 0));
				let answer_until = demanded_at + ANSWER_WINDOW;
				assert_eq!(open_until(), answer_until + ANSWER_WINDOW);

				System::set_block_number(answer_until + 1);
				assert_ok!(enforce(0));
				assert_eq!(Contributed::get(0).unwrap().withheld_at, Some(answer_until + 1));
				assert!(System::block_number() < open_until(), "a fault may follow");
			});
		}
	}
}

#[test]
fn a_demand_that_is_overdue_leaves_time_to_enforce_it_and_to_show_a_fault() {
	run_paid(|| {
		assert_ok!(demand(BOB, contribution(0), 0));
		System::set_block_number(REPORT_BLOCK);
		post(REPORT);
		System::set_block_number(DEMAND_UNTIL);
		assert_ok!(demand_for_report(DAVE, 0));
		assert_eq!(open_until(), DEMAND_UNTIL + ANSWER_WINDOW);
		assert_ok!(enforce(0));
		assert_eq!(Contributed::get(0).unwrap().withheld_at, Some(DEMAND_UNTIL));
	});
}

#[test]
fn to_demand_again_holds_nothing_and_is_no_second_demand() {
	run_reported(|| {
		assert_ok!(demand(BOB, contribution(0), 0));
		System::set_block_number(DEMAND_UNTIL);
		let before = Demands::<Test>::iter().collect::<Vec<_>>();
		assert_ok!(demand_for_report(DAVE, 0));
		assert_eq!(Demands::<Test>::iter().collect::<Vec<_>>(), before);
		assert_eq!((NextDemand::<Test>::get(), held(DAVE), held(BOB)), (1, 0, 100));
		assert_eq!(Contributed::get(0).unwrap().locks, 1);
		assert_eq!(Balances::balance(&DAVE), ENDOWMENT);
		let again = Event::Repeated { demand: 0, blob: contribution(0), chunk: 0, demander: DAVE };
		assert_eq!(events().last(), Some(&again));
	});
}

#[test]
fn what_keeps_no_report_open_longer_is_refused() {
	run_reported(|| {
		assert_ok!(demand_for_report(DAVE, 0));
		assert_noop!(demand_for_report(EVE, 0), Error::<Test>::AlreadyDemanded);
		assert_noop!(demand(EVE, contribution(0), 0), Error::<Test>::AlreadyDemanded);
		System::set_block_number(DEMAND_UNTIL);
		assert_noop!(demand(EVE, contribution(0), 0), Error::<Test>::AlreadyDemanded);
		assert_ok!(demand_for_report(EVE, 0));
		assert_noop!(demand_for_report(EVE, 0), Error::<Test>::AlreadyDemanded);
	});
	run_paid(|| {
		assert_ok!(demand_for_report(DAVE, 0));
		assert_noop!(demand_for_report(EVE, 0), Error::<Test>::AlreadyDemanded);
	});
}

#[test]
fn to_demand_again_is_heard_no_longer_than_to_demand_and_for_nothing_else() {
	run_reported(|| {
		assert_ok!(demand(BOB, contribution(0), 0));
		change(1, |late| late.accepted_at = Some(REPORT_BLOCK));
		assert_ok!(demand(BOB, contribution(1), 0));
		System::set_block_number(DEMAND_UNTIL);
		assert_noop!(demand_for_report(DAVE, 1), Error::<Test>::OutsideCorpus);
		assert_ok!(demand(DAVE, entries_of(REPORT), 0));
		System::set_block_number(DEMAND_UNTIL + 1);
		assert_noop!(demand_for_report(DAVE, 0), Error::<Test>::DemandsOver);
	});
}

#[test]
fn however_often_a_chunk_is_demanded_again_a_report_is_kept_open_no_longer() {
	run_reported(|| {
		assert_ok!(demand(BOB, contribution(0), 0));
		for block in REPORT_BLOCK..=DEMAND_UNTIL + CHALLENGE_WINDOW {
			System::set_block_number(block);
			let _ = demand(BOB, contribution(0), 1);
			for (who, seq) in [(DAVE, 0), (EVE, 0), (DAVE, 1)] {
				let _ = demand_for_report(who, seq);
			}
		}
		assert!(open_until() <= DEMAND_UNTIL + 2 * ANSWER_WINDOW);
	});
}
