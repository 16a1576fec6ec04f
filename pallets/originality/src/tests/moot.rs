use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use tributary_primitives::traits::SyntheticPolicy;

use super::fixture::*;
use crate::{mock::*, Error, Event};

fn closes_as_moot(challenger: AccountId) {
	assert_noop!(show(challenger, &[]), Error::<Test>::NothingToDecide);
	closes_with_the_bond_back(challenger);
}

fn closes_with_the_bond_back(challenger: AccountId) {
	assert_ok!(close(challenger));
	assert_eq!(last_event(), Event::Moot { accused: ACCUSED, challenger });
	assert_eq!(bond_of(challenger), 0);
	assert_eq!(Balances::balance(&challenger), ENDOWMENT);
}

#[test]
fn an_accusation_is_moot_when_the_accused_ends_before_the_draw() {
	run_accused(|| {
		end(ACCUSED);
		closes_as_moot(CHARLIE);
		advance_to(DRAW_AT + 1);
	});
}

#[test]
fn an_accusation_is_moot_when_the_accused_ends_while_hits_are_shown() {
	run_accused(|| {
		advance_to(DRAW_AT + 1);
		let hits = charlies_hits();
		assert_ok!(show(CHARLIE, &hits[..8]));
		end(ACCUSED);
		assert_noop!(show(CHARLIE, &hits[8..16]), Error::<Test>::NothingToDecide);
		closes_as_moot(CHARLIE);
	});
}

#[test]
fn an_accusation_is_moot_when_the_accused_has_ended_before_it_is_closed() {
	run_accused(|| {
		advance_to(PROVE_UNTIL + 1);
		end(ACCUSED);
		assert_noop!(show(CHARLIE, &[]), Error::<Test>::ProofOver);
		closes_with_the_bond_back(CHARLIE);
	});
}

#[test]
fn a_moot_accusation_leaves_the_draw_to_the_others() {
	run_accused(|| {
		contribute(8, DAVE, &copy());
		assert_ok!(accuse(EVE, 8, ORIGINAL));
		end(ACCUSED);
		closes_as_moot(CHARLIE);
		advance_to(DRAW_AT + 1);
		let seed = view(EVE, 8).unwrap().seed.unwrap();
		assert_ok!(show_all(EVE, 8, &hits(&seed, &copy(), &original())));
		assert!(matches!(last_event(), Event::Upheld { accused: 8, .. }));
	});
}

#[test]
fn one_mark_makes_other_loop_accusations_moot_and_copy_accusations_not() {
	run_world(|| {
		contribute_under(SyntheticPolicy::PassThrough, ACCUSED, BOB, &copy());
		assert_ok!(accuse_loop(CHARLIE, ACCUSED));
		assert_ok!(accuse_loop(DAVE, ACCUSED));
		assert_ok!(accuse(EVE, ACCUSED, ORIGINAL));
		advance_to(DRAW_AT + 1);
		let hits = charlies_hits();
		assert_ok!(show_all(CHARLIE, ACCUSED, &hits));
		assert_eq!(ended_at(ACCUSED), None);
		closes_as_moot(DAVE);
		assert_ok!(show_all(EVE, ACCUSED, &hits));
		assert_eq!(ended_at(ACCUSED), Some(DRAW_AT + 1));
	});
}

#[test]
fn an_author_whose_text_was_copied_is_safe_once_the_copy_is_suspended() {
	run_world(|| {
		let edition = [original(), text(5, 200)].concat();
		contribute(9, ALICE, &edition);
		assert_ok!(accuse(CHARLIE, ACCUSED, ORIGINAL));
		assert_ok!(accuse(BOB, 9, ACCUSED));
		advance_to(DRAW_AT + 1);
		let hits_of_bob = hits(&view(BOB, 9).unwrap().seed.unwrap(), &edition, &copy());
		assert!(hits_of_bob.len() >= 26);
		assert_ok!(show_all(CHARLIE, ACCUSED, &charlies_hits()));
		assert_noop!(show_of(BOB, 9, &hits_of_bob[..8]), Error::<Test>::NothingToDecide);
		assert_ok!(Originality::close(RuntimeOrigin::signed(EVE), 9, BOB));
		assert_eq!(last_event(), Event::Moot { accused: 9, challenger: BOB });
		assert_eq!(ended_at(9), None);
	});
}

#[test]
fn it_makes_no_difference_what_becomes_of_a_receipt_after_the_accusation() {
	let release = || Paid::remove((MODEL, EPOCH, RECEIPT));
	let withhold =
		|| Paid::mutate_extant((MODEL, EPOCH, RECEIPT), |payment| payment.withheld = true);
	for change in [&release as &dyn Fn(), &withhold] {
		run_world(|| {
			assert_ok!(accuse_loop(CHARLIE, ACCUSED));
			change();
			advance_to(DRAW_AT + 1);
			assert_ok!(show_all(CHARLIE, ACCUSED, &charlies_hits()));
			assert!(matches!(last_event(), Event::Upheld { original: LOOPED, .. }));
		});
	}
}

#[test]
fn it_makes_no_difference_whether_the_original_ends_after_the_accusation() {
	run_accused(|| {
		end(ORIGINAL);
		advance_to(DRAW_AT + 1);
		assert_ok!(show_all(CHARLIE, ACCUSED, &charlies_hits()));
		assert!(matches!(last_event(), Event::Upheld { .. }));
	});
}
