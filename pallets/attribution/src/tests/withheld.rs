//! Contributions and receipts whose bytes nobody shows.

use frame_support::{assert_noop, assert_ok};
use tributary_primitives::{
	fault::{Fault, FaultError},
	report::Entry,
};

use super::{
	faults::{lies, Lie},
	fixture::*,
};
use crate::{mock::*, Error, Reports};

fn withhold_source(source: u64, at: u32) {
	Contributed::mutate(source - 1, |contribution| {
		contribution.as_mut().unwrap().withheld_at = Some(at);
	});
}

fn withhold_receipt(index: u32) {
	withhold(MODEL, EPOCH, index);
}

/// The honest report on the world with its first receipt withheld.
pub fn draft_without_first_receipt() -> Draft {
	let mut entries = Draft::of_world().entries;
	entries.retain(|entry| entry.receipt > 0);
	let amount = payments()[0].data_amount;
	entries.insert(0, Entry { amount, ..Default::default() });
	Draft::of(entries)
}

#[test]
fn a_withheld_contribution_is_in_no_corpus() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		let fault = Fault::Foreign { entry: draft.entry(0, 1) };
		assert_eq!(Attribution::check_fault(MODEL, EPOCH, &fault), Some(Err(FaultError::NoFault)));
		withhold_source(1, REPORT_BLOCK);
		assert_eq!(Attribution::check_fault(MODEL, EPOCH, &fault), Some(Ok(())));
	});
}

#[test]
fn a_report_on_a_source_that_was_withheld_since_is_voided_without_blame() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		System::set_block_number(REPORT_BLOCK + 2);
		withhold_source(1, REPORT_BLOCK + 1);
		assert_ok!(submit(0, Fault::Foreign { entry: draft.entry(0, 1) }));
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), None);
		assert_eq!(bond_of(ALICE), Bond::get());
	});
}

#[test]
fn a_report_on_a_source_that_was_withheld_a_challenge_window_before_is_to_blame() {
	let draft = Draft::of_world();
	for (withheld_at, bond) in
		[(REPORT_BLOCK - CHALLENGE_WINDOW, 1_001), (REPORT_BLOCK - CHALLENGE_WINDOW - 1, 0)]
	{
		run_closed(|| {
			withhold_source(1, withheld_at);
			assert_ok!(draft.post(ALICE));
			assert_ok!(submit(0, Fault::Foreign { entry: draft.entry(0, 1) }));
			assert_eq!(bond_of(ALICE), bond);
		});
	}
}

#[test]
fn an_excuse_is_by_the_window_that_the_report_was_posted_in() {
	let draft = Draft::of_world();
	for (withheld_at, bond) in
		[(REPORT_BLOCK - CHALLENGE_WINDOW, 1_001), (REPORT_BLOCK - CHALLENGE_WINDOW - 1, 0)]
	{
		for window in [1, 2 * CHALLENGE_WINDOW] {
			run_closed(|| {
				withhold_source(1, withheld_at);
				assert_ok!(draft.post(ALICE));
				CurrentChallengeWindow::set(window);
				assert_ok!(submit(0, Fault::Foreign { entry: draft.entry(0, 1) }));
				assert_eq!(bond_of(ALICE), bond);
			});
		}
	}
}

#[test]
fn who_names_bytes_that_differ_is_to_blame_though_they_are_withheld_since() {
	let Lie { tell, fault } = &lies()[2];
	let mut draft = Draft::of_world();
	tell(&mut draft);
	let foreign = Fault::Foreign { entry: draft.entry(0, 1) };
	run_reported(&draft, || {
		withhold_source(1, REPORT_BLOCK);
		assert_ok!(submit(0, fault(&draft)));
		assert_eq!(bond_of(ALICE), 0);
	});
	run_reported(&draft, || {
		assert_ok!(announce(BOB, 0, &fault(&draft)));
		withhold_source(1, REPORT_BLOCK);
		assert_ok!(submit(0, foreign));
		assert_eq!(bond_of(ALICE), Bond::get());
		assert_ok!(reveal(BOB, 0, &fault(&draft)));
		assert_eq!(Attribution::reward_view(0).unwrap().beneficiary, BOB);
		assert_eq!(bond_of(ALICE), 500);
	});
}

#[test]
fn a_report_has_to_know_how_many_receipts_are_withheld() {
	run_closed(|| {
		let draft = draft_without_first_receipt();
		let post =
			|withheld| draft.post_in_full(ALICE, (MODEL, EPOCH), draft.total(), &[], withheld);
		assert_noop!(post(1), Error::<Test>::ReceiptsChanged);
		withhold_receipt(0);
		assert_noop!(post(0), Error::<Test>::ReceiptsChanged);
		assert_noop!(post(2), Error::<Test>::ReceiptsChanged);
		assert_ok!(post(1));
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH).unwrap().withheld, 1);
	});
}

#[test]
fn a_withheld_receipt_is_one_entry_that_carries_all() {
	run_closed(|| {
		withhold_receipt(0);
		let mut draft = draft_without_first_receipt();
		let post = |draft: &Draft| {
			draft.post_in_full(ALICE, (MODEL, EPOCH), draft.total(), &[], 1).unwrap();
		};
		post(&draft);
		let amount = |draft: &Draft| Fault::Amount { entry: draft.entry(0, 1), item: None };
		let structure = Fault::Structure { entry: draft.entry(0, 2), item: None };
		assert_noop!(submit(0, amount(&draft)), Error::<Test>::NoFault);
		assert_noop!(submit(0, structure), Error::<Test>::NoFault);
		System::set_block_number(LAST_BLOCK + 1);
		assert_ok!(draft.claim(CHARLIE, 2));

		pay(MODEL, 1, &payments());
		withhold(MODEL, 1, 0);
		System::set_block_number(2 * EPOCH_LENGTH);
		draft.entries[0].amount -= 1;
		draft.post_in_full(ALICE, (MODEL, 1), draft.total(), &[], 1).unwrap();
		let fault = Box::new(amount(&draft));
		assert_ok!(Attribution::submit_fault(authorised(), MODEL, 1, 1, EVE, fault));
	});
}
