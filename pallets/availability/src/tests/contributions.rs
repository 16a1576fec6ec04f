use frame_support::{assert_noop, assert_ok};
use tributary_primitives::blob::Content;

use super::fixture::*;
use crate::{mock::*, Error};

fn locks(seq: u64) -> u32 {
	Contributed::get(seq).unwrap().locks
}

fn demand_for(model: u32, epoch: u32, seq: u64) -> sp_runtime::DispatchResult {
	let place = Some((model, epoch));
	Availability::demand(RuntimeOrigin::signed(DAVE), contribution(seq), 0, None, place)
}

#[test]
fn the_contributor_answers_for_a_contribution() {
	run_paid(|| {
		assert_ok!(demand(DAVE, contribution(0), 4));
		assert_eq!(stored(0).respondent, BOB);
		assert_eq!(stored(0).content, Content::of(&source(0)));
		assert_ok!(demand(DAVE, contribution(1), 0));
		assert_eq!(stored(1).respondent, CHARLIE);
		assert_noop!(demand(DAVE, contribution(0), 5), Error::<Test>::ChunkOutOfRange);
		assert_noop!(demand(DAVE, contribution(2), 0), Error::<Test>::NotFound);
	});
}

#[test]
fn a_contribution_is_locked_as_often_as_it_is_demanded() {
	run_paid(|| {
		assert_ok!(demand(DAVE, contribution(0), 0));
		assert_ok!(demand(EVE, contribution(0), 1));
		assert_ok!(demand(EVE, contribution(1), 0));
		assert_eq!((locks(0), locks(1)), (2, 1));
		assert_ok!(answer(0));
		assert_eq!((locks(0), locks(1)), (1, 1));
		System::set_block_number(2 + ANSWER_WINDOW);
		assert_ok!(enforce(1));
		assert_eq!((locks(0), locks(1)), (0, 1));
	});
}

#[test]
fn a_contribution_that_is_not_accepted_yet_is_demanded_too() {
	run_paid(|| {
		change(0, |pending| (pending.index, pending.accepted_at) = (None, None));
		assert_ok!(demand(DAVE, contribution(0), 0));
		assert_noop!(demand_for_report(DAVE, 0), Error::<Test>::OutsideCorpus);
	});
}

#[test]
fn a_demand_keeps_no_report_open_but_the_one_that_it_names() {
	run_reported(|| {
		System::set_block_number(DEMAND_UNTIL);
		assert_ok!(demand(DAVE, contribution(0), 1));
		assert_eq!(report().unwrap().challenge_until, DEMAND_UNTIL);
		assert_ok!(demand_for_report(DAVE, 0));
		assert_eq!(report().unwrap().challenge_until, DEMAND_UNTIL + 2 * ANSWER_WINDOW);
	});
}

#[test]
fn a_report_is_kept_open_only_for_what_its_corpus_holds() {
	run_reported(|| {
		Corpora::insert((MODEL, DATASET), 1);
		assert_ok!(demand_for(MODEL, EPOCH, 0));
		assert_noop!(demand_for(MODEL, EPOCH, 1), Error::<Test>::OutsideCorpus);
		assert_noop!(demand_for(MODEL + 1, EPOCH, 0), Error::<Test>::OutsideCorpus);

		Corpora::insert((MODEL, DATASET), 2);
		change(1, |late| late.accepted_at = Some(REPORT_BLOCK));
		assert_noop!(demand_for(MODEL, EPOCH, 1), Error::<Test>::OutsideCorpus);
		change(1, |last| last.accepted_at = Some(REPORT_BLOCK - 1));
		assert_ok!(demand_for(MODEL, EPOCH, 1));
	});
}

#[test]
fn an_epoch_without_receipts_needs_no_contribution() {
	run_paid(|| {
		assert_noop!(demand_for(MODEL, EPOCH + 1, 0), Error::<Test>::OutsideCorpus);
	});
}

#[test]
fn a_contribution_that_has_ended_is_demanded_while_it_may_still_earn() {
	run_reported(|| {
		change(0, |withdrawn| withdrawn.ended_at = Some(REPORT_BLOCK));
		change(1, |withdrawn| withdrawn.ended_at = Some(REPORT_BLOCK - 1));
		assert_noop!(demand(DAVE, contribution(0), 0), Error::<Test>::ContributionEnded);
		assert_noop!(demand(DAVE, contribution(1), 0), Error::<Test>::ContributionEnded);
		assert_noop!(demand_for_report(DAVE, 1), Error::<Test>::OutsideCorpus);
		assert_ok!(demand_for_report(DAVE, 0));

		System::set_block_number(REPORT_BLOCK + ANSWER_WINDOW + 1);
		assert_ok!(enforce(0));
		let withdrawn = Contributed::get(0).unwrap();
		assert_eq!(withdrawn.withheld_at, Some(REPORT_BLOCK + ANSWER_WINDOW + 1));
		assert_eq!(withdrawn.ended_at, Some(REPORT_BLOCK));
	});
}

#[test]
fn a_contribution_that_has_ended_is_left_alone_once_the_epoch_is_settled() {
	run_reported(|| {
		change(0, |withdrawn| withdrawn.ended_at = Some(REPORT_BLOCK));
		Posted::insert((MODEL, EPOCH), Report { is_final: true, ..report().unwrap() });
		assert_noop!(demand_for_report(DAVE, 0), Error::<Test>::DemandsOver);
	});
}

#[test]
fn a_withheld_contribution_is_refused() {
	run_reported(|| {
		change(0, |withheld| withheld.withheld_at = Some(REPORT_BLOCK));
		assert_noop!(demand(DAVE, contribution(0), 0), Error::<Test>::AlreadyWithheld);
		assert_noop!(demand_for_report(DAVE, 0), Error::<Test>::AlreadyWithheld);
	});
}

#[test]
fn an_empty_contribution_has_nothing_to_demand() {
	run_paid(|| {
		change(0, |empty| empty.content = Content::of(&[]));
		assert_noop!(demand(DAVE, contribution(0), 0), Error::<Test>::EmptyBlob);
	});
}
