use tributary_primitives::fault::{Fault, FaultError};

use super::fixture::*;
use crate::mock::*;

const LAST_BLOCK_OF_EPOCH: u32 = EPOCH_LENGTH - 1;

/// Whether the contribution that owns the report's first entry is in the corpus, after `change`.
fn is_member(change: impl FnOnce(&mut Contribution)) -> bool {
	let draft = Draft::of_world();
	let mut member = false;
	run_reported(&draft, || {
		Contributed::mutate(0, |contribution| change(contribution.as_mut().unwrap()));
		let fault = Fault::Foreign { entry: draft.entry(0, 1) };
		member = match Attribution::check_fault(MODEL, EPOCH, &fault) {
			Some(Ok(())) => false,
			Some(Err(FaultError::NoFault)) => true,
			other => panic!("{other:?}"),
		};
	});
	member
}

#[test]
fn a_contribution_accepted_by_the_epochs_last_block_is_in() {
	assert!(is_member(|contribution| contribution.accepted_at = Some(LAST_BLOCK_OF_EPOCH)));
	assert!(!is_member(|contribution| contribution.accepted_at = Some(LAST_BLOCK_OF_EPOCH + 1)));
}

#[test]
fn a_contribution_that_ended_by_the_epochs_last_block_is_out() {
	assert!(!is_member(|contribution| contribution.ended_at = Some(LAST_BLOCK_OF_EPOCH)));
	assert!(is_member(|contribution| contribution.ended_at = Some(LAST_BLOCK_OF_EPOCH + 1)));
}

#[test]
fn a_contribution_that_was_never_accepted_is_out() {
	assert!(!is_member(|contribution| {
		contribution.index = None;
		contribution.accepted_at = None;
	}));
}

#[test]
fn a_contribution_after_the_pinned_version_is_out() {
	assert!(is_member(|contribution| contribution.index = Some(1)));
	assert!(!is_member(|contribution| contribution.index = Some(2)));
}

#[test]
fn a_contribution_to_a_dataset_that_is_not_pinned_is_out() {
	assert!(!is_member(|contribution| contribution.dataset = DATASET + 1));
}

#[test]
fn a_source_without_a_contribution_is_out() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_eq!(Attribution::check_fault(MODEL, EPOCH, &fault), Some(Ok(())));
	});
}

#[test]
fn the_epoch_that_is_reported_on_decides() {
	let draft = Draft::of_world();
	run_closed(|| {
		pay(MODEL, 1, &payments());
		System::set_block_number(2 * EPOCH_LENGTH);
		Attribution::bond(RuntimeOrigin::signed(ALICE), Bond::get()).unwrap();
		for epoch in [0, 1] {
			draft.post_on(ALICE, MODEL, epoch, draft.total()).unwrap();
		}
		Contributed::mutate(0, |contribution| {
			contribution.as_mut().unwrap().accepted_at = Some(EPOCH_LENGTH);
		});
		let fault = Fault::Foreign { entry: draft.entry(0, 1) };
		assert_eq!(Attribution::check_fault(MODEL, 0, &fault), Some(Ok(())));
		assert_eq!(Attribution::check_fault(MODEL, 1, &fault), Some(Err(FaultError::NoFault)));
	});
}
