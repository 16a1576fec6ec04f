//! What demands for bytes do to open reports.

use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use tributary_primitives::{
	blob::Content,
	traits::{OpenReports, ReportBlobs, Slash},
};

use super::fixture::*;
use crate::{mock::*, Error, Event, Reports};

type Open = Attribution;

fn hears() -> bool {
	<Open as OpenReports<AccountId, u32>>::hears_demands(MODEL, EPOCH)
}

fn demandable(id: u32) -> Option<ReportBlobs<AccountId>> {
	<Open as OpenReports<AccountId, u32>>::demandable(MODEL, EPOCH, id)
}

fn void_withheld(id: u32) -> Option<Slash> {
	<Open as OpenReports<AccountId, u32>>::void_withheld(MODEL, EPOCH, id, &EVE).unwrap()
}

fn void_blameless() {
	<Open as OpenReports<AccountId, u32>>::void_blameless(MODEL, EPOCH).unwrap();
}

fn keep_open(until: u32) {
	Open::keep_open(MODEL, EPOCH, until);
}

fn finalise() -> sp_runtime::DispatchResult {
	Attribution::finalise(RuntimeOrigin::signed(BOB), MODEL, EPOCH)
}

#[test]
fn the_blobs_of_an_open_report_are_demandable_until_its_window_would_end() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		let blobs = ReportBlobs {
			attributor: ALICE,
			entries: Content::of(&draft.entries_blob()),
			payouts: Content::of(&draft.payouts_blob()),
		};
		keep_open(LAST_BLOCK + 9);
		System::set_block_number(LAST_BLOCK);
		assert_eq!(demandable(0), Some(blobs));
		assert_eq!(demandable(1), None);
		System::set_block_number(LAST_BLOCK + 1);
		assert_eq!(demandable(0), None);
	});
}

#[test]
fn demands_on_an_epoch_are_heard_before_a_report_and_while_it_hears_them() {
	run_closed(|| {
		assert!(hears());
		assert_ok!(Draft::of_world().post(ALICE));
		System::set_block_number(LAST_BLOCK);
		assert!(hears());
		keep_open(LAST_BLOCK + 9);
		System::set_block_number(LAST_BLOCK + 1);
		assert!(!hears());
		System::set_block_number(LAST_BLOCK + 10);
		assert_ok!(finalise());
		assert!(!hears());
	});
}

#[test]
fn a_report_that_is_kept_open_hears_faults_and_is_not_final() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		keep_open(LAST_BLOCK + 4);
		assert_eq!(
			events().last(),
			Some(&Event::KeptOpen {
				report: 0,
				model: MODEL,
				epoch: EPOCH,
				challenge_until: LAST_BLOCK + 4,
			})
		);
		let view = Attribution::report_view(MODEL, EPOCH).unwrap();
		assert_eq!((view.demand_until, view.challenge_until), (LAST_BLOCK, LAST_BLOCK + 4));
		System::set_block_number(LAST_BLOCK + 4);
		assert_noop!(finalise(), Error::<Test>::NotFinal);
		assert_noop!(draft.claim(BOB, 1), Error::<Test>::NotFinal);
		assert_ok!(submit(0, fault));
	});
}

#[test]
fn a_report_that_was_kept_open_is_final_afterwards() {
	run_reported(&Draft::of_world(), || {
		keep_open(LAST_BLOCK + 4);
		System::set_block_number(LAST_BLOCK + 5);
		assert_ok!(finalise());
	});
}

#[test]
fn an_earlier_end_changes_nothing() {
	run_reported(&Draft::of_world(), || {
		keep_open(LAST_BLOCK + 4);
		let before = Reports::<Test>::get(MODEL, EPOCH);
		keep_open(LAST_BLOCK + 4);
		keep_open(0);
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), before);
	});
}

#[test]
fn a_report_whose_window_is_over_is_not_opened_again() {
	run_reported(&Draft::of_world(), || {
		System::set_block_number(LAST_BLOCK + 1);
		let before = Reports::<Test>::get(MODEL, EPOCH);
		keep_open(LAST_BLOCK + 4);
		assert_eq!(void_withheld(0), None);
		void_blameless();
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), before);
		assert_ok!(finalise());
		let before = Reports::<Test>::get(MODEL, EPOCH);
		keep_open(LAST_BLOCK + 4);
		assert_eq!(void_withheld(0), None);
		void_blameless();
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), before);
	});
}

#[test]
fn demands_before_the_report_put_off_its_end() {
	run_closed(|| {
		LastAnswer::insert((MODEL, EPOCH), REPORT_BLOCK + 3);
		assert_ok!(Draft::of_world().post(ALICE));
		let view = Attribution::report_view(MODEL, EPOCH).unwrap();
		assert_eq!((view.demand_until, view.challenge_until), (LAST_BLOCK, LAST_BLOCK + 3));
		System::set_block_number(LAST_BLOCK + 3);
		assert_noop!(finalise(), Error::<Test>::NotFinal);
		System::set_block_number(LAST_BLOCK + 4);
		assert_ok!(finalise());
	});
}

#[test]
fn demands_that_were_answered_long_ago_do_not() {
	run_closed(|| {
		LastAnswer::insert((MODEL, EPOCH), REPORT_BLOCK - 3);
		assert_ok!(Draft::of_world().post(ALICE));
		let view = Attribution::report_view(MODEL, EPOCH).unwrap();
		assert_eq!(view.challenge_until, LAST_BLOCK);
	});
}

#[test]
fn a_report_whose_bytes_are_withheld_is_slashed() {
	run_reported(&Draft::of_world(), || {
		let issuance = Balances::total_issuance();
		assert_eq!(void_withheld(1), None);
		assert_eq!(void_withheld(0), Some(Slash { slashed: 1_001, reward: 500 }));
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), None);
		assert_eq!(Balances::total_issuance(), issuance - 501);
		assert_eq!(Balances::balance(&EVE), ENDOWMENT + 500);
		assert_eq!(Balances::balance(&ALICE), ENDOWMENT - 1_001);
		assert_eq!(
			events().last(),
			Some(&Event::Voided {
				report: 0,
				model: MODEL,
				epoch: EPOCH,
				attributor: ALICE,
				challenger: EVE,
				slashed: 1_001,
				reward: 500,
			})
		);
		assert_eq!(void_withheld(0), None);
	});
}

#[test]
fn a_report_on_receipts_that_were_withheld_since_is_voided_without_blame() {
	run_reported(&Draft::of_world(), || {
		void_blameless();
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), None);
		assert_eq!((bond_of(ALICE), Attribution::locked(&ALICE)), (Bond::get(), 0));
		assert_eq!(deposit_of(ALICE), 0);
		assert_eq!(
			events().last(),
			Some(&Event::Outdated { report: 0, model: MODEL, epoch: EPOCH, attributor: ALICE })
		);
		void_blameless();
		assert_ok!(Draft::of_world().post(ALICE));
	});
}

#[test]
fn what_is_voided_for_want_of_bytes_waits_for_no_announcement() {
	let (draft, fault) = foreign();
	for withheld in [true, false] {
		run_reported(&draft, || {
			assert_ok!(announce(BOB, 0, &fault));
			if withheld {
				assert_eq!(void_withheld(0), Some(Slash { slashed: 1_001, reward: 500 }));
			} else {
				void_blameless();
			}
			assert_eq!(Attribution::reward_view(0), None);
			assert_noop!(reveal(BOB, 0, &fault), Error::<Test>::NoReward);
			assert_ok!(withdraw(BOB, 0));
		});
	}
}
