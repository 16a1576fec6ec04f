//! What demands for bytes do to open reports.

use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use tributary_primitives::{
	blob::Content,
	fault::Fault,
	traits::{OpenReports, ReportBlobs, Slash},
};

use super::{
	faults::{lies, Lie},
	fixture::*,
	withheld::draft_without_first_receipt,
};
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

/// Says whether that puts the end of the report off.
fn keep_open(until: u32) -> bool {
	Open::keep_open(MODEL, EPOCH, until)
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
		assert!(keep_open(LAST_BLOCK + 9));
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
		assert!(keep_open(LAST_BLOCK + 9));
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
		assert!(keep_open(LAST_BLOCK + 4));
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
		assert!(keep_open(LAST_BLOCK + 4));
		System::set_block_number(LAST_BLOCK + 5);
		assert_ok!(finalise());
	});
}

#[test]
fn an_earlier_end_changes_nothing() {
	run_reported(&Draft::of_world(), || {
		assert!(keep_open(LAST_BLOCK + 4));
		let before = Reports::<Test>::get(MODEL, EPOCH);
		assert!(!keep_open(LAST_BLOCK + 4));
		assert!(!keep_open(0));
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), before);
	});
}

#[test]
fn a_report_whose_window_is_over_is_not_opened_again() {
	run_reported(&Draft::of_world(), || {
		System::set_block_number(LAST_BLOCK + 1);
		let before = Reports::<Test>::get(MODEL, EPOCH);
		assert!(!keep_open(LAST_BLOCK + 4));
		assert_eq!(void_withheld(0), None);
		void_blameless();
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), before);
		assert_ok!(finalise());
		let before = Reports::<Test>::get(MODEL, EPOCH);
		assert!(!keep_open(LAST_BLOCK + 4));
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
				forfeited: 0,
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

/// A world in which Alice has posted `draft`, Bob has announced `fault`, and the report then fell since
/// the outputs of its first receipt were not shown.
fn run_outdated(draft: &Draft, fault: &Fault, test: impl FnOnce()) {
	run_reported(draft, || {
		announce(BOB, 0, fault).unwrap();
		void_blameless();
		withhold(MODEL, EPOCH, 0);
		test();
	});
}

#[test]
fn a_report_that_falls_without_blame_waits_for_announced_faults_with_all_of_its_bond() {
	let (draft, fault) = foreign();
	run_outdated(&draft, &fault, || {
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), None);
		let reveal_until = REPORT_BLOCK + REWARD_WINDOW;
		assert!(events().ends_with(&[
			Event::Outdated { report: 0, model: MODEL, epoch: EPOCH, attributor: ALICE },
			Event::RewardWaits { report: 0, amount: Bond::get(), reveal_until },
		]));
		assert_eq!((bond_of(ALICE), Attribution::locked(&ALICE)), (Bond::get(), Bond::get()));
		assert_eq!(deposit_of(ALICE), report_deposit());
		assert_noop!(
			Attribution::unbond(RuntimeOrigin::signed(ALICE), 1),
			Error::<Test>::BondLocked
		);
	});
}

#[test]
fn no_liar_escapes_an_announced_fault_by_outputs_that_nobody_shows() {
	for Lie { tell, fault } in lies() {
		let mut draft = Draft::of_world();
		tell(&mut draft);
		run_outdated(&draft, &fault(&draft), || {
			assert_ok!(reveal(BOB, 0, &fault(&draft)));
			assert!(matches!(
				events().last(),
				Some(Event::AnnouncementRevealed { beneficiary: BOB, slashed: 1_001, .. })
			));
			System::set_block_number(REPORT_BLOCK + REWARD_WINDOW + 1);
			assert_ok!(pay_reward(0));
			assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT - 1_001);
			assert_eq!(Balances::total_balance(&BOB), ENDOWMENT + 500);
		});
	}
}

#[test]
fn no_honest_report_is_wrong_by_receipts_that_were_withheld_since() {
	let draft = Draft::of_world();
	let items = payments()[0].items();
	let item = || Some(open_records(&items, 0, 1));
	for fault in [
		Fault::Structure { entry: draft.entry(0, 2), item: item() },
		Fault::Structure { entry: draft.entry(2, 2), item: item() },
		Fault::Amount { entry: draft.entry(0, 1), item: item() },
	] {
		run_outdated(&draft, &fault, || {
			assert_noop!(reveal(BOB, 0, &fault), Error::<Test>::NoFault);
			System::set_block_number(REPORT_BLOCK + REWARD_WINDOW + 1);
			assert_ok!(pay_reward(0));
			assert_eq!(events().last(), Some(&Event::BondFreed { report: 0, attributor: ALICE }));
			assert_eq!((bond_of(ALICE), Attribution::locked(&ALICE)), (Bond::get(), 0));
			assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT);
			assert_ok!(withdraw(BOB, 0));
		});
	}
}

#[test]
fn each_report_is_held_against_the_receipts_as_it_counted_them() {
	let (draft, fault) = foreign();
	run_outdated(&draft, &fault, || {
		let entries = draft_without_first_receipt().entries;
		let wrong = |amount| {
			let mut entries = entries.clone();
			entries[0].amount -= amount;
			Draft::of(entries)
		};
		assert_ok!(Attribution::bond(RuntimeOrigin::signed(DAVE), 2 * Bond::get()));
		let second = wrong(1);
		assert_ok!(second.post_in_full(DAVE, (MODEL, EPOCH), second.total(), &[], 1));
		let fault_of_second = Fault::Amount { entry: second.entry(0, 1), item: None };
		assert_ok!(announce(CHARLIE, 1, &fault_of_second));
		void_blameless();
		withhold(MODEL, EPOCH, 1);
		assert_ok!(reveal(BOB, 0, &fault));
		assert_ok!(reveal(CHARLIE, 1, &fault_of_second));
		let rewarded = |id| Attribution::reward_view(id).unwrap().beneficiary;
		assert_eq!((rewarded(0), rewarded(1)), (BOB, CHARLIE));
	});
}

#[test]
fn who_demanded_bytes_in_vain_is_paid_where_no_announced_fault_is_revealed() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_ok!(announce(BOB, 0, &fault));
		assert_eq!(void_withheld(0), Some(Slash { slashed: 1_001, reward: 0 }));
		let reveal_until = REPORT_BLOCK + REWARD_WINDOW;
		assert!(events().ends_with(&[Event::RewardWaits { report: 0, amount: 500, reveal_until }]));
		assert_eq!((bond_of(ALICE), Balances::balance(&EVE)), (500, ENDOWMENT));
		System::set_block_number(reveal_until + 1);
		assert_ok!(pay_reward(0));
		assert_eq!(Balances::balance(&EVE), ENDOWMENT + 500);
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT - 1_001);
	});
}

#[test]
fn no_liar_keeps_half_of_an_announced_bond_by_demanding_its_own_bytes() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_ok!(announce(BOB, 0, &fault));
		let voided = <Open as OpenReports<_, _>>::void_withheld(MODEL, EPOCH, 0, &ALICE);
		assert_eq!(voided, Ok(Some(Slash { slashed: 1_001, reward: 0 })));
		assert_ok!(reveal(BOB, 0, &fault));
		System::set_block_number(REPORT_BLOCK + REWARD_WINDOW + 1);
		assert_ok!(pay_reward(0));
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT - 1_001);
		assert_eq!(Balances::total_balance(&BOB), ENDOWMENT + 500);
	});
}

#[test]
fn there_is_no_report_while_an_output_is_overdue() {
	run_closed(|| {
		let draft = Draft::of_world();
		Overdue::insert((MODEL, EPOCH), ());
		assert_noop!(draft.post(ALICE), Error::<Test>::DemandOverdue);
		Overdue::remove((MODEL, EPOCH));
		Overdue::insert((MODEL, EPOCH + 1), ());
		assert_ok!(draft.post(ALICE));
	});
}
