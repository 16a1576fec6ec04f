use frame_support::{assert_noop, assert_ok};
use tributary_primitives::{
	blob::{open, OpeningError},
	originality::{sample_position, Hit},
};

use super::fixture::*;
use crate::{mock::*, Error, Event, REQUIRED_HITS, SAMPLES};

/// As [`run_accused`], in the first block in which hits are heard.
fn run_drawn(test: impl FnOnce(Vec<Hit>)) {
	run_accused(|| {
		advance_to(DRAW_AT + 1);
		test(charlies_hits());
	});
}

fn shown() -> u32 {
	view(CHARLIE, ACCUSED).unwrap().hits
}

#[test]
fn hits_are_counted_a_bit_each_in_any_order() {
	run_drawn(|hits| {
		assert_ok!(show(CHARLIE, &[hits[31].clone(), hits[0].clone()]));
		assert_eq!(shown(), 1 << 31 | 1);
		assert_ok!(show(CHARLIE, &hits[4..6]));
		assert_eq!(shown(), 1 << 31 | 1 | 0b11_0000);
		let shown = |hits| Event::HitsShown { accused: ACCUSED, challenger: CHARLIE, hits };
		assert_eq!(events()[1..], [shown(2), shown(4)]);
	});
}

#[test]
fn a_window_counts_once() {
	run_drawn(|hits| {
		assert_ok!(show(CHARLIE, &[hits[0].clone(), hits[0].clone()]));
		assert_eq!(shown(), 1);
		assert_noop!(show(CHARLIE, &hits[..1]), Error::<Test>::NothingNew);
		assert_ok!(show(CHARLIE, &hits[..2]));
		assert_eq!(shown(), 0b11);
	});
}

#[test]
fn no_hits_are_nothing_new() {
	run_drawn(|_| {
		assert_noop!(show(CHARLIE, &[]), Error::<Test>::NothingNew);
	});
}

#[test]
fn one_hit_less_than_required_does_not_decide_and_the_next_does() {
	run_drawn(|hits| {
		let last = REQUIRED_HITS as usize - 1;
		assert_ok!(show_all(CHARLIE, ACCUSED, &hits[..last]));
		assert_eq!(shown().count_ones(), REQUIRED_HITS - 1);
		assert_eq!(ended_at(ACCUSED), None);
		assert_ok!(show(CHARLIE, &hits[last..last + 1]));
		assert_eq!(view(CHARLIE, ACCUSED), None);
		assert_eq!(ended_at(ACCUSED), Some(DRAW_AT + 1));
	});
}

#[test]
fn one_wrong_hit_refuses_all() {
	run_drawn(|hits| {
		let mut wrong = hits[7].clone();
		wrong.offset += 1;
		let hits = [hits[0].clone(), hits[1].clone(), wrong];
		assert_noop!(show(CHARLIE, &hits), Error::<Test>::Different);
	});
}

#[test]
fn a_hit_that_shows_nothing_is_refused_with_the_reason() {
	run_drawn(|hits| {
		let refuse = |change: fn(&mut Hit), error: Error<Test>| {
			let mut hit = hits[0].clone();
			change(&mut hit);
			assert_noop!(show(CHARLIE, &[hit]), error);
		};
		refuse(|hit| hit.sample = SAMPLES, Error::NoSuchSample);
		refuse(|hit| hit.sample = u8::MAX, Error::NoSuchSample);
		refuse(|hit| hit.offset = u64::MAX, OpeningError::NotCovered.into());
		refuse(|hit| hit.accused.bytes[0] ^= 1, OpeningError::RootMismatch.into());
		refuse(|hit| hit.original.bytes[0] ^= 1, OpeningError::RootMismatch.into());
		refuse(|hit| hit.original.first_chunk = 99, OpeningError::OutOfRange.into());
		refuse(|hit| hit.original = hit.accused.clone(), OpeningError::RootMismatch.into());
		refuse(|hit| hit.accused = hit.original.clone(), OpeningError::RootMismatch.into());
		refuse(|hit| hit.accused.siblings.clear(), OpeningError::BadSiblings.into());
		refuse(|hit| hit.accused.bytes.truncate(1), OpeningError::BadLength.into());
	});
}

#[test]
fn a_window_that_was_not_drawn_is_refused() {
	run_drawn(|hits| {
		let drawn = sample_position(&seed_of(CHARLIE), 0, copy().len() as u64).unwrap();
		let other = (drawn + 2_000) % 4_000;
		let hit = Hit {
			sample: 0,
			accused: open(&copy(), other, 32).unwrap(),
			offset: other + 200,
			original: open(&original(), other + 200, 32).unwrap(),
		};
		assert_noop!(show(CHARLIE, &[hit]), Error::<Test>::OpeningNotCovered);
		assert_ok!(show(CHARLIE, &hits[..1]));
	});
}

#[test]
fn who_does_not_accuse_shows_nothing() {
	run_drawn(|hits| {
		assert_noop!(show(DAVE, &hits[..8]), Error::<Test>::NotAccused);
		assert_noop!(show_of(CHARLIE, ORIGINAL, &hits[..8]), Error::<Test>::NotAccused);
	});
}

#[test]
fn hits_of_another_draw_are_refused() {
	run_accused(|| {
		advance_to(START + 1);
		assert_ok!(accuse(DAVE, ACCUSED, ORIGINAL));
		advance_to(DRAW_AT + 2);
		let hits = charlies_hits();
		let fits = hits.iter().filter(|hit| show(DAVE, &[(*hit).clone()]).is_ok()).count();
		assert_eq!(fits, 0);
		assert_ok!(show(CHARLIE, &hits[..8]));
	});
}

#[test]
fn hits_are_heard_in_the_last_block_and_not_after() {
	run_drawn(|hits| {
		advance_to(PROVE_UNTIL);
		assert_ok!(show_all(CHARLIE, ACCUSED, &hits[..24]));
		advance_to(PROVE_UNTIL + 1);
		assert_noop!(show(CHARLIE, &hits[24..]), Error::<Test>::ProofOver);
	});
}

#[test]
fn the_whole_proof_fits_into_the_last_block() {
	run_drawn(|hits| {
		advance_to(PROVE_UNTIL);
		assert_noop!(close(CHARLIE), Error::<Test>::ProofNotOver);
		assert_ok!(show_all(CHARLIE, ACCUSED, &hits));
		assert!(matches!(last_event(), Event::Upheld { .. }));
	});
}
