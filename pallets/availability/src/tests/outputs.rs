use frame_support::{assert_noop, assert_ok};
use tributary_primitives::{
	availability::Demanded,
	blob::{Content, Opening},
	traits::Demands as _,
};

use super::fixture::*;
use crate::{mock::*, Error, LastAnswer};

fn demand_with(blob: Demanded, item: Opening) -> sp_runtime::DispatchResult {
	Availability::demand(RuntimeOrigin::signed(DAVE), blob, 0, Some(Box::new(item)), None)
}

fn last_answer() -> Option<u32> {
	Availability::last_answer(MODEL, EPOCH)
}

/// Puts one receipt for one output in place of the first.
fn serve(output: Content) -> Opening {
	let list = item(output);
	Paid::insert((MODEL, EPOCH, 0), Receipt { outputs: Content::of(&list), withheld: false });
	open(&list, 0)
}

#[test]
fn the_owner_of_the_model_answers_for_items_and_outputs() {
	run_paid(|| {
		assert_ok!(demand(DAVE, items_of(1), 1));
		assert_ok!(demand(DAVE, output_of(0, 0), 2));
		assert_eq!(stored(0).respondent, FERDIE);
		assert_eq!(stored(0).content, Content::of(&items(1)));
		assert_eq!(stored(1).respondent, FERDIE);
		assert_eq!(stored(1).content, Content::of(&served(0)[0]));
	});
}

#[test]
fn who_owned_the_model_when_it_was_demanded_stays_the_respondent() {
	run_paid(|| {
		assert_ok!(demand(DAVE, items_of(0), 0));
		Owners::insert(MODEL, EVE);
		assert_eq!(stored(0).respondent, FERDIE);
		assert_ok!(answer(0));
	});
}

#[test]
fn an_output_is_found_in_any_chunk_of_the_items() {
	run_paid(|| {
		for item in [0, 15, 16, 19] {
			assert_ok!(demand(DAVE, output_of(1, item), 0));
			let demand = stored(crate::NextDemand::<Test>::get() - 1);
			assert_eq!(demand.content, Content::of(&served(1)[item as usize]));
		}
	});
}

#[test]
fn an_output_is_demanded_by_the_item_that_names_it() {
	run_paid(|| {
		let origin = RuntimeOrigin::signed(DAVE);
		assert_noop!(
			Availability::demand(origin, output_of(1, 0), 0, None, None),
			Error::<Test>::MissingItem
		);
		assert_noop!(
			demand_with(output_of(1, 0), open_item(1, 16)),
			Error::<Test>::OpeningNotCovered
		);
		assert_noop!(
			demand_with(output_of(1, 0), open_item(0, 0)),
			Error::<Test>::OpeningBadLength
		);
		let mut forged = open_item(1, 0);
		forged.bytes[0] ^= 1;
		assert_noop!(demand_with(output_of(1, 0), forged), Error::<Test>::OpeningRootMismatch);
		assert_noop!(demand_with(output_of(1, 20), open_item(1, 19)), Error::<Test>::NotFound);
		let far = output_of(1, u32::MAX);
		assert_noop!(demand_with(far, open_item(1, 19)), Error::<Test>::NotFound);
	});
}

#[test]
fn an_output_of_no_bytes_has_nothing_to_demand() {
	run_paid(|| {
		assert_noop!(demand(DAVE, output_of(0, 2), 0), Error::<Test>::EmptyBlob);
	});
}

#[test]
fn a_receipt_that_is_not_there_is_refused() {
	run_paid(|| {
		assert_noop!(demand(DAVE, items_of(2), 0), Error::<Test>::NotFound);
		let elsewhere = Demanded::Items { model: MODEL, epoch: EPOCH + 1, receipt: 0 };
		assert_noop!(demand(DAVE, elsewhere, 0), Error::<Test>::NotFound);
	});
}

#[test]
fn outputs_that_are_withheld_or_settled_are_refused() {
	run_reported(|| {
		let outputs = Content::of(&items(0));
		Paid::insert((MODEL, EPOCH, 0), Receipt { outputs, withheld: true });
		assert_noop!(demand(DAVE, items_of(0), 0), Error::<Test>::AlreadyWithheld);
		assert_noop!(demand(DAVE, output_of(0, 1), 0), Error::<Test>::AlreadyWithheld);
		Posted::insert((MODEL, EPOCH), Report { is_final: true, ..report().unwrap() });
		assert_noop!(demand(DAVE, items_of(1), 0), Error::<Test>::PotSettled);
	});
}

#[test]
fn outputs_are_demanded_before_there_is_a_report() {
	run_paid(|| {
		assert_ok!(demand(DAVE, items_of(0), 0));
		assert_eq!(last_answer(), Some(1 + ANSWER_WINDOW));
		System::set_block_number(REPORT_BLOCK);
		assert_ok!(demand(DAVE, output_of(0, 0), 0));
		assert_eq!(last_answer(), Some(REPORT_BLOCK + ANSWER_WINDOW));
		assert_eq!(report(), None);
	});
}

#[test]
fn an_open_report_is_kept_open_by_demands_for_its_outputs() {
	run_reported(|| {
		System::set_block_number(DEMAND_UNTIL);
		assert_ok!(demand(DAVE, output_of(1, 3), 0));
		assert_eq!(report().unwrap().challenge_until, DEMAND_UNTIL + 2 * ANSWER_WINDOW);
	});
}

#[test]
fn the_last_answer_is_noted_while_any_demand_for_outputs_pends_and_no_longer() {
	run_paid(|| {
		assert_eq!(last_answer(), None);
		assert_ok!(demand(DAVE, items_of(0), 0));
		System::set_block_number(3);
		assert_ok!(demand(DAVE, output_of(0, 0), 0));
		assert_eq!(last_answer(), Some(3 + ANSWER_WINDOW));
		assert_ok!(answer(1));
		assert_eq!(last_answer(), Some(3 + ANSWER_WINDOW));
		assert_ok!(answer(0));
		assert_eq!(last_answer(), None);
		assert_eq!(LastAnswer::<Test>::iter().count(), 0);

		assert_ok!(demand(DAVE, contribution(0), 0));
		assert_eq!(last_answer(), None);
		assert_ok!(demand(DAVE, items_of(0), 0));
		System::set_block_number(4 + ANSWER_WINDOW);
		assert_ok!(enforce(3));
		assert_eq!(LastAnswer::<Test>::iter().count(), 0);
	});
}

fn is_overdue() -> bool {
	Availability::is_overdue(MODEL, EPOCH)
}

#[test]
fn outputs_are_overdue_from_the_end_of_a_demand_until_it_is_enforced() {
	for blob in [items_of(0), output_of(0, 0)] {
		run_paid(|| {
			assert!(!is_overdue());
			assert_ok!(demand(DAVE, blob, 0));
			System::set_block_number(1 + ANSWER_WINDOW);
			assert!(!is_overdue());
			System::set_block_number(2 + ANSWER_WINDOW);
			assert!(is_overdue());
			assert!(!Availability::is_overdue(MODEL, EPOCH + 1));
			assert!(!Availability::is_overdue(MODEL + 1, EPOCH));
			assert_ok!(enforce(0));
			assert!(!is_overdue());
		});
	}
}

#[test]
fn an_overdue_demand_is_not_hidden_by_others_on_either_side() {
	run_paid(|| {
		assert_ok!(demand(DAVE, items_of(0), 0));
		assert_ok!(demand(EVE, items_of(1), 0));
		System::set_block_number(2);
		assert_ok!(demand(EVE, output_of(0, 0), 0));
		assert_ok!(demand(EVE, output_of(1, 0), 0));
		assert_ok!(answer(0));
		System::set_block_number(2 + ANSWER_WINDOW);
		assert!(is_overdue());
		assert_ok!(answer(2));
		assert!(is_overdue());
		assert_ok!(enforce(1));
		assert!(!is_overdue());
		System::set_block_number(3 + ANSWER_WINDOW);
		assert!(is_overdue());
	});
}

#[test]
fn answered_demands_and_those_for_other_bytes_are_not_overdue() {
	run_reported(|| {
		assert_ok!(demand(DAVE, items_of(0), 0));
		assert_ok!(demand(DAVE, entries_of(REPORT), 0));
		assert_ok!(demand_for_report(DAVE, 0));
		assert_ok!(answer(0));
		System::set_block_number(REPORT_BLOCK + ANSWER_WINDOW + 1);
		assert!(!is_overdue());
	});
}

#[test]
fn the_next_to_fall_due_is_found_whatever_windows_there_were() {
	run_paid(|| {
		CurrentAnswerWindow::set(255);
		assert_ok!(demand(DAVE, items_of(0), 0));
		CurrentAnswerWindow::set(254);
		assert_ok!(demand(DAVE, items_of(1), 0));
		System::set_block_number(255);
		assert!(!is_overdue());
		System::set_block_number(256);
		assert!(is_overdue());
		assert_ok!(enforce(1));
		assert!(!is_overdue());
		assert_ok!(answer(0));
	});
}

#[test]
fn an_output_that_its_item_makes_longer_cannot_be_answered() {
	let output = text(40, 3_000);
	for lie in [3_001, 3_072, 3_073, 2_999, 1_024] {
		run_paid(|| {
			let named = Content { len: lie, ..Content::of(&output) };
			let opening = serve(named);
			let last = named.last_chunk();
			let demand = Availability::demand(
				RuntimeOrigin::signed(DAVE),
				output_of(0, 0),
				last,
				Some(Box::new(opening)),
				None,
			);
			assert_ok!(demand);
			for chunk in 0..3 {
				let shown = Box::new(open(&output, chunk));
				let answer = Availability::answer(authorised(), 0, shown);
				assert!(answer.is_err(), "{lie}: {chunk}");
			}
			System::set_block_number(2 + ANSWER_WINDOW);
			assert_ok!(enforce(0));
			assert!(Paid::get((MODEL, EPOCH, 0)).unwrap().withheld);
		});
	}
}

#[test]
fn the_one_chunk_of_a_short_output_is_answered() {
	run_paid(|| {
		assert_ok!(demand(DAVE, output_of(0, 1), 0));
		assert_noop!(demand(DAVE, output_of(0, 1), 1), Error::<Test>::ChunkOutOfRange);
		assert_ok!(answer(0));
	});
}
