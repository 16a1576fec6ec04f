//! `do_try_state` finds what is broken.

use frame_support::traits::fungible::MutateHold;
use tributary_primitives::blob::Content;

use super::fixture::*;
use crate::{
	mock::*, Accusation, Accusations, Draw, Draws, Earlier, Gathered, Gathering, HoldReason,
	Repeats,
};

/// Breaks the state after Charlie's accusation was drawn, and expects the check `number` to say so.
fn finds(number: &str, harm: impl FnOnce()) {
	ext().execute_with(|| {
		contribute(ORIGINAL, ALICE, &original());
		advance_to(START);
		contribute(ACCUSED, BOB, &copy());
		accuse(CHARLIE, ACCUSED, ORIGINAL).unwrap();
		advance_to(DRAW_AT + 1);
		Originality::do_try_state().unwrap();
		harm();
		let found = format!("{:?}", Originality::do_try_state().unwrap_err());
		assert!(found.contains(&format!("\"{number}: ")), "{found}");
	});
}

fn change(change: impl FnOnce(&mut Accusation<u32>)) {
	let open = |it: &mut Option<_>| change(it.as_mut().expect("it is open"));
	Accusations::<Test>::mutate(ACCUSED, CHARLIE, open);
}

#[test]
fn an_accusation_against_nothing_or_about_nothing() {
	finds("1", || Contributed::remove(ACCUSED));
	finds("1", || change(|it| it.earlier = repeated(ORIGINAL, 31)));
	finds("1", || change(|it| it.earlier = repeated(ACCUSED, 32)));
}

fn repeated(seq: u64, len: u64) -> Earlier {
	Earlier::Contribution { seq, content: Content { root: [0; 32], len } }
}

#[test]
fn hits_that_are_too_many_or_too_early() {
	finds("2", || change(|it| it.prove_until = it.draw_at));
	finds("2", || change(|it| it.hits = (1 << 26) - 1));
	finds("2", || {
		change(|it| it.hits = 1);
		Draws::<Test>::insert(DRAW_AT, Draw { accusations: 1, seed: None });
	});
}

#[test]
fn draws_that_are_missing_or_miscounted() {
	finds("3", || Draws::<Test>::remove(DRAW_AT));
	finds("3", || Draws::<Test>::insert(DRAW_AT, Draw { accusations: 2, seed: None }));
	finds("3", || Draws::<Test>::insert(1, Draw { accusations: 1, seed: None }));
}

#[test]
fn draws_that_are_known_too_early_or_never() {
	finds("4", || System::set_block_number(DRAW_AT));
	finds("4", || {
		accuse(DAVE, ACCUSED, ORIGINAL).unwrap();
		Gathered::<Test>::kill();
	});
}

#[test]
fn gathering_for_nothing() {
	finds("5", || Gathered::<Test>::put(Gathering { until: DRAW_AT, entropy: [0; 32] }));
}

#[test]
fn bonds_that_are_not_what_is_held() {
	finds("6", || change(|it| it.bond += 1));
	finds("6", || Balances::hold(&HoldReason::Accusation.into(), &CHARLIE, 1).unwrap());
}

#[test]
fn a_repetition_that_stands() {
	finds("7", || Repeats::<Test>::insert(ACCUSED, ()));
	finds("7", || Repeats::<Test>::insert(99, ()));
}
