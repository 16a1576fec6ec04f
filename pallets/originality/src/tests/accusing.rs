use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use sp_runtime::{DispatchError, TokenError};
use tributary_primitives::{
	blob::{self, OpeningError},
	traits::{ServedOutput, SyntheticPolicy},
	views::{AccusationView, OriginalView},
};

use super::fixture::*;
use crate::{mock::*, Error, Event, Original};

fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

#[test]
fn an_accusation_holds_the_bond_and_locks_the_contribution() {
	run_accused(|| {
		assert_eq!(bond_of(CHARLIE), AccusationBond::get());
		assert_eq!(Balances::balance(&CHARLIE), ENDOWMENT - AccusationBond::get());
		assert_eq!(locks_of(ACCUSED), 1);
		assert_eq!(locks_of(ORIGINAL), 0);
		let accused = Event::Accused {
			accused: ACCUSED,
			challenger: CHARLIE,
			original: Original::Contribution(ORIGINAL),
			draw_at: DRAW_AT,
			prove_until: PROVE_UNTIL,
		};
		assert_eq!(events(), [accused]);
	});
}

#[test]
fn an_open_accusation_can_be_looked_up() {
	run_accused(|| {
		let expected = AccusationView {
			accused: ACCUSED,
			challenger: CHARLIE,
			original: OriginalView::Contribution(ORIGINAL),
			content: blob::Content::of(&original()),
			bond: AccusationBond::get(),
			draw_at: DRAW_AT,
			seed: None,
			hits: 0,
			prove_until: PROVE_UNTIL,
		};
		assert_eq!(view(CHARLIE, ACCUSED), Some(expected));
		assert_eq!(view(CHARLIE, ORIGINAL), None);
		assert_eq!(view(DAVE, ACCUSED), None);
		assert_ok!(accuse_loop(DAVE, ACCUSED));
		let mut all = Originality::accusations(ACCUSED);
		all.sort_by_key(|view| view.challenger);
		assert_eq!(all, [view(CHARLIE, ACCUSED).unwrap(), view(DAVE, ACCUSED).unwrap()]);
		assert!(Originality::accusations(ORIGINAL).is_empty());
	});
}

#[test]
fn accusing_showing_and_closing_need_a_signature() {
	run_accused(|| {
		let original = Original::Contribution(ORIGINAL);
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			let bad = DispatchError::BadOrigin;
			assert_noop!(Originality::accuse(origin.clone(), ACCUSED, original, None), bad);
			assert_noop!(Originality::show_hits(origin.clone(), ACCUSED, Default::default()), bad);
			assert_noop!(Originality::close(origin, ACCUSED, CHARLIE), bad);
		}
	});
}

#[test]
fn what_is_not_revealed_can_not_be_accused() {
	run_world(|| {
		assert_noop!(accuse(CHARLIE, ACCUSED + 1, ORIGINAL), Error::<Test>::NotFound);
	});
}

#[test]
fn what_has_ended_can_not_be_accused() {
	run_world(|| {
		end(ACCUSED);
		assert_noop!(accuse(CHARLIE, ACCUSED, ORIGINAL), Error::<Test>::AlreadyEnded);
	});
}

#[test]
fn a_contribution_of_one_window_can_be_accused_and_a_shorter_one_not() {
	run_world(|| {
		contribute(8, BOB, &original()[..31]);
		contribute(9, BOB, &original()[..32]);
		assert_noop!(accuse(CHARLIE, 8, ORIGINAL), Error::<Test>::TooShort);
		assert_ok!(accuse(CHARLIE, 9, ORIGINAL));
	});
}

#[test]
fn an_original_shorter_than_a_window_is_refused() {
	run_world(|| {
		contribute(5, ALICE, &original()[..31]);
		assert_noop!(accuse(CHARLIE, ACCUSED, 5), Error::<Test>::OriginalTooShort);
	});
}

#[test]
fn one_challenger_accuses_a_contribution_once_at_a_time() {
	run_accused(|| {
		assert_noop!(accuse(CHARLIE, ACCUSED, ORIGINAL), Error::<Test>::AlreadyAccused);
		assert_noop!(accuse_loop(CHARLIE, ACCUSED), Error::<Test>::AlreadyAccused);
	});
}

#[test]
fn many_challengers_may_accuse_one_contribution() {
	run_accused(|| {
		assert_ok!(accuse(DAVE, ACCUSED, ORIGINAL));
		assert_ok!(accuse_loop(EVE, ACCUSED));
		assert_eq!(locks_of(ACCUSED), 3);
	});
}

#[test]
fn one_challenger_may_accuse_many_contributions() {
	run_accused(|| {
		contribute(8, DAVE, &copy());
		assert_ok!(accuse(CHARLIE, 8, ORIGINAL));
		assert_eq!(bond_of(CHARLIE), 2 * AccusationBond::get());
	});
}

#[test]
fn an_original_has_to_be_revealed() {
	run_world(|| {
		assert_noop!(accuse(CHARLIE, ACCUSED, 0), Error::<Test>::OriginalNotFound);
	});
}

#[test]
fn nothing_is_a_copy_of_itself_or_of_what_came_later() {
	run_world(|| {
		contribute(8, ALICE, &original());
		for original in [ACCUSED, 8] {
			assert_noop!(accuse(CHARLIE, ACCUSED, original), Error::<Test>::NotEarlier);
		}
	});
}

#[test]
fn nobody_copies_from_oneself() {
	run_world(|| {
		contribute(8, ALICE, &original());
		assert_noop!(accuse(CHARLIE, 8, ORIGINAL), Error::<Test>::SameContributor);
	});
}

#[test]
fn what_was_withdrawn_or_rejected_is_an_original_all_the_same() {
	run_world(|| {
		end(ORIGINAL);
		assert_ok!(accuse(CHARLIE, ACCUSED, ORIGINAL));
	});
}

#[test]
fn what_passes_its_credit_on_is_no_original() {
	run_world(|| {
		contribute_under(SyntheticPolicy::PassThrough, 5, DAVE, &copy());
		let served = ServedOutput {
			model: MODEL,
			epoch: EPOCH,
			receipt: RECEIPT,
			item: 1,
			output: blob::Content::of(&original()),
			windows: 1,
		};
		Contributed::mutate_extant(5, |contribution| contribution.synthetic = Some(served));
		assert_noop!(accuse(CHARLIE, ACCUSED, 5), Error::<Test>::OriginalRepeats);
	});
}

#[test]
fn an_item_is_opened_for_an_output_and_for_nothing_else() {
	run_world(|| {
		let item = Box::new(open_item(&outputs(), 1));
		assert_noop!(
			Originality::accuse(signed(CHARLIE), ACCUSED, LOOPED, None),
			Error::<Test>::MissingItem
		);
		let original = Original::Contribution(ORIGINAL);
		assert_noop!(
			Originality::accuse(signed(CHARLIE), ACCUSED, original, Some(item)),
			Error::<Test>::NeedlessItem
		);
	});
}

#[test]
fn an_output_is_kept_with_its_windows_by_the_models_window() {
	run_world(|| {
		assert_ok!(accuse_loop(CHARLIE, ACCUSED));
		let output = blob::Content::of(&original());
		let windows = output.len - u64::from(WINDOW) + 1;
		let served =
			ServedOutput { model: MODEL, epoch: EPOCH, receipt: RECEIPT, item: 1, output, windows };
		let view = view(CHARLIE, ACCUSED).unwrap();
		assert_eq!(view.original, OriginalView::Output(served));
		assert_eq!(view.content, output);
		assert!(matches!(last_event(), Event::Accused { original: LOOPED, .. }));
	});
}

#[test]
fn an_output_has_to_be_served_under_a_receipt_that_is_kept() {
	run_world(|| {
		Paid::remove((MODEL, EPOCH, RECEIPT));
		assert_noop!(accuse_loop(CHARLIE, ACCUSED), Error::<Test>::OriginalNotFound);
	});
}

#[test]
fn an_output_has_to_be_paid_for_in_a_block_before_the_commitment() {
	run_world(|| {
		for (at, earlier) in [(START + 1, false), (START, false), (START - 1, true)] {
			Paid::mutate_extant((MODEL, EPOCH, RECEIPT), |payment| payment.at = at);
			let outcome = accuse_loop(CHARLIE, ACCUSED);
			let expected = if earlier { Ok(()) } else { Err(Error::<Test>::NotEarlier.into()) };
			assert_eq!(outcome, expected, "{at}");
		}
	});
}

#[test]
fn the_item_has_to_be_that_of_the_receipts_list() {
	run_world(|| {
		let past = Original::Output { model: MODEL, epoch: EPOCH, receipt: RECEIPT, item: 2 };
		let item = Some(Box::new(open_item(&outputs(), 1)));
		assert_noop!(
			Originality::accuse(signed(CHARLIE), ACCUSED, past, item),
			Error::<Test>::OpeningNotCovered
		);
		let mut other = outputs();
		other[70] ^= 1;
		let item = Some(Box::new(open_item(&other, 1)));
		assert_noop!(
			Originality::accuse(signed(CHARLIE), ACCUSED, LOOPED, item),
			Error::<Test>::from(OpeningError::RootMismatch)
		);
	});
}

#[test]
fn what_passes_its_credit_on_already_is_not_marked_again() {
	run_world(|| {
		contribute_under(SyntheticPolicy::PassThrough, 8, BOB, &copy());
		assert_ok!(accuse_loop(CHARLIE, 8));
		advance_to(DRAW_AT + 1);
		let seed = view(CHARLIE, 8).unwrap().seed.unwrap();
		assert_ok!(show_all(CHARLIE, 8, &hits(&seed, &copy(), &original())));
		assert_noop!(accuse_loop(CHARLIE, 8), Error::<Test>::AlreadySynthetic);
		assert_ok!(accuse(CHARLIE, 8, ORIGINAL));
	});
}

#[test]
fn who_can_not_hold_the_bond_can_not_accuse() {
	run_world(|| {
		AccusationBond::set(ENDOWMENT + 1);
		assert_noop!(accuse(CHARLIE, ACCUSED, ORIGINAL), TokenError::FundsUnavailable);
	});
}
