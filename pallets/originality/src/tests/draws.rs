use frame_support::{assert_noop, assert_ok, traits::Hooks};

use super::fixture::*;
use crate::{mock::*, Draws, Error, Event, Gathered, WeightInfo};

fn seed_at(block: u32) -> Option<[u8; 32]> {
	Draws::<Test>::get(block).and_then(|draw| draw.seed)
}

#[test]
fn a_draw_is_known_in_the_block_after_its_own_and_no_earlier() {
	run_accused(|| {
		for block in START..=DRAW_AT {
			advance_to(block);
			assert_eq!(view(CHARLIE, ACCUSED).unwrap().seed, None, "{block}");
			assert_noop!(show(CHARLIE, &[]), Error::<Test>::NotDrawn);
		}
		advance_to(DRAW_AT + 1);
		let seed = seed_of(CHARLIE);
		advance_to(PROVE_UNTIL + 2);
		assert_eq!(seed_of(CHARLIE), seed);
	});
}

/// The seed of an accusation where the blocks from its own to that of the draw add `added`.
fn drawn_by(added: [u8; 3]) -> [u8; 32] {
	let mut seed = None;
	run_accused(|| {
		for added in added {
			advance(Some([added; 32]));
		}
		seed = seed_at(DRAW_AT);
	});
	seed.expect("it is drawn")
}

#[test]
fn every_block_up_to_that_of_the_draw_counts() {
	assert_eq!(DRAW_DELAY, 2);
	let seed = drawn_by([1, 2, 3]);
	assert_eq!(seed, drawn_by([1, 2, 3]));
	for other in [[9, 2, 3], [1, 9, 3], [1, 2, 9], [2, 1, 3], [1, 3, 2]] {
		assert_ne!(seed, drawn_by(other), "{other:?}");
	}
}

#[test]
fn the_block_of_the_draw_counts_and_later_ones_do_not() {
	let drawn = |later: u8| {
		let mut seed = None;
		run_accused(|| {
			advance_to(DRAW_AT + 1);
			advance(Some([later; 32]));
			seed = seed_at(DRAW_AT);
		});
		seed.unwrap()
	};
	assert_eq!(drawn(1), drawn(2));
}

#[test]
fn accusations_of_one_block_share_a_draw_and_of_two_blocks_have_two() {
	run_accused(|| {
		assert_ok!(accuse(DAVE, ACCUSED, ORIGINAL));
		advance_to(START + 1);
		assert_ok!(accuse(EVE, ACCUSED, ORIGINAL));
		advance_to(DRAW_AT + 2);
		assert_eq!(Draws::<Test>::get(DRAW_AT).unwrap().accusations, 2);
		assert_eq!(Draws::<Test>::get(DRAW_AT + 1).unwrap().accusations, 1);
		assert_eq!(seed_of(CHARLIE), seed_of(DAVE));
		assert_ne!(seed_of(CHARLIE), seed_of(EVE));
	});
}

#[test]
fn a_draw_is_forgotten_with_its_last_accusation() {
	run_accused(|| {
		assert_ok!(accuse(DAVE, ACCUSED, ORIGINAL));
		advance_to(PROVE_UNTIL + 1);
		assert_ok!(close(CHARLIE));
		assert_eq!(Draws::<Test>::get(DRAW_AT).unwrap().accusations, 1);
		assert_ok!(close(DAVE));
		assert_eq!(Draws::<Test>::iter().count(), 0);
	});
}

#[test]
fn nothing_is_gathered_while_no_draw_waits() {
	run_world(|| {
		let idle = Originality::on_initialize(START);
		assert!(idle.ref_time() < <()>::gather().ref_time());
		assert_eq!(Gathered::<Test>::get(), None);
		assert_ok!(accuse(CHARLIE, ACCUSED, ORIGINAL));
		advance_to(DRAW_AT);
		assert_eq!(Gathered::<Test>::get().unwrap().until, DRAW_AT);
		advance_to(DRAW_AT + 1);
		assert_eq!(Gathered::<Test>::get(), None);
	});
}

#[test]
fn gathering_goes_on_for_a_later_draw() {
	run_accused(|| {
		advance_to(DRAW_AT);
		assert_ok!(accuse(DAVE, ACCUSED, ORIGINAL));
		advance_to(DRAW_AT + DRAW_DELAY);
		assert!(Gathered::<Test>::get().is_some());
		advance_to(DRAW_AT + DRAW_DELAY + 1);
		assert_eq!(Gathered::<Test>::get(), None);
		assert_ne!(seed_of(CHARLIE), seed_of(DAVE));
	});
}

#[test]
fn a_draw_without_randomness_gives_the_bond_back() {
	run_accused(|| {
		advance_to(DRAW_AT);
		assert_noop!(close(CHARLIE), Error::<Test>::ProofNotOver);
		Random::set(false);
		advance_to(DRAW_AT + 1);
		assert_eq!(view(CHARLIE, ACCUSED).unwrap().seed, None);
		assert_noop!(show(CHARLIE, &[]), Error::<Test>::Undrawn);
		assert_ok!(close(CHARLIE));
		assert_eq!(last_event(), Event::Moot { accused: ACCUSED, challenger: CHARLIE });
		assert_eq!((bond_of(CHARLIE), locks_of(ACCUSED)), (0, 0));
		assert_eq!(Balances::free_balance(CHARLIE), ENDOWMENT);
	});
}

#[test]
fn a_block_without_randomness_before_that_of_the_draw_does_no_harm() {
	run_accused(|| {
		Random::set(false);
		advance_to(DRAW_AT);
		Random::set(true);
		advance_to(DRAW_AT + 1);
		assert_ok!(show(CHARLIE, &charlies_hits()[..8]));
	});
}

#[test]
fn randomness_that_is_older_than_the_block_draws_nothing() {
	run_accused(|| {
		advance_to(DRAW_AT);
		Age::set(1);
		advance_to(DRAW_AT + 1);
		assert_noop!(show(CHARLIE, &[]), Error::<Test>::Undrawn);
	});
}

#[test]
fn an_accusation_keeps_the_delay_and_the_window_of_its_own_block() {
	for (delay, window) in [(1, 1), (9, 30)] {
		run_accused(|| {
			CurrentDrawDelay::set(delay);
			CurrentProofWindow::set(window);
			assert_ok!(accuse(DAVE, ACCUSED, ORIGINAL));
			let later = view(DAVE, ACCUSED).unwrap();
			assert_eq!((later.draw_at, later.prove_until), (START + delay, START + delay + window));

			advance_to(DRAW_AT);
			assert_noop!(show(CHARLIE, &[]), Error::<Test>::NotDrawn);
			advance_to(DRAW_AT + 1);
			assert_ok!(show(CHARLIE, &charlies_hits()[..8]));
			advance_to(PROVE_UNTIL);
			assert_noop!(close(CHARLIE), Error::<Test>::ProofNotOver);
			advance_to(PROVE_UNTIL + 1);
			assert_ok!(close(CHARLIE));
			assert!(matches!(last_event(), Event::Failed { challenger: CHARLIE, .. }));
			advance_to(START + delay + 1);
			assert!(seed_at(START + delay).is_some());
		});
	}
}
