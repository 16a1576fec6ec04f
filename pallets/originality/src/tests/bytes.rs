//! Whole accusations over real bytes: the challenger searches the original for each drawn window, and shows
//! all that it finds.

use frame_support::assert_ok;
use tributary_primitives::traits::SyntheticPolicy;

use super::fixture::*;
use crate::{mock::*, Event};

const LEN: usize = 20_000;

/// How many blocks pass before the accusation, and so which draw it gets.
const DRAWS: std::ops::Range<u32> = 0..12;

/// The verdict on `accused` as a repetition of `original`, over several draws.
fn verdicts(original: &[u8], accused: &[u8]) -> Vec<bool> {
	let verdict = |wait| {
		let mut upheld = None;
		run(|| {
			contribute(ORIGINAL, ALICE, original);
			advance_to(START + wait);
			contribute(ACCUSED, BOB, accused);
			assert_ok!(accuse(CHARLIE, ACCUSED, ORIGINAL));
			upheld = Some(try_accusation(original, accused));
		});
		upheld.expect("it was tried")
	};
	DRAWS.map(verdict).collect()
}

/// Shows what there is to show for Charlie's accusation of this block, and closes it if that is not
/// enough. Says whether it was upheld.
fn try_accusation(original: &[u8], accused: &[u8]) -> bool {
	let now = System::block_number();
	advance_to(now + DRAW_DELAY + 1);
	let hits = hits(&seed_of(CHARLIE), accused, original);
	assert_ok!(show_all(CHARLIE, ACCUSED, &hits));
	if view(CHARLIE, ACCUSED).is_some() {
		advance_to(now + DRAW_DELAY + PROOF_WINDOW + 1);
		assert_ok!(close(CHARLIE));
	}
	match last_event() {
		Event::Upheld { slashed: DEPOSIT, .. } => ended_at(ACCUSED).is_some(),
		Event::Failed { forfeited: 1_001, .. } => ended_at(ACCUSED).is_some(),
		other => panic!("it was neither upheld nor failed: {other:?}"),
	}
}

#[test]
fn an_exact_copy_is_always_found_out() {
	let original = text(1, LEN);
	assert_eq!(verdicts(&original, &original), [true; 12]);
}

#[test]
fn a_part_is_a_copy_wherever_it_starts() {
	let original = text(1, LEN);
	assert_eq!(verdicts(&original, &original[777..9_001]), [true; 12]);
}

#[test]
fn a_copy_of_one_window_is_a_copy() {
	let original = text(1, LEN);
	assert_eq!(verdicts(&original, &original[1_010..1_042]), [true; 12]);
}

#[test]
fn a_copy_with_a_little_padding_is_found_out() {
	let original = text(1, LEN);
	let padded = [text(2, 300), original.clone(), text(3, 300)].concat();
	assert_eq!(verdicts(&original, &padded), [true; 12]);
}

#[test]
fn a_copy_with_a_byte_changed_here_and_there_is_found_out() {
	let original = text(1, LEN);
	let mut changed = original.clone();
	for byte in changed.iter_mut().step_by(2_000) {
		*byte ^= 1;
	}
	assert_eq!(verdicts(&original, &changed), [true; 12]);
}

#[test]
fn a_quotation_of_half_is_no_copy() {
	let original = text(1, LEN);
	let half = [original[..LEN / 2].to_vec(), text(2, LEN / 2)].concat();
	assert_eq!(verdicts(&original, &half), [false; 12]);
}

#[test]
fn a_quotation_that_is_a_small_part_of_the_original_counts_by_the_accused_bytes() {
	let original = text(1, LEN);
	let mostly_quoted = [original[5_000..5_970].to_vec(), text(2, 30)].concat();
	assert_eq!(verdicts(&original, &mostly_quoted), [true; 12]);
}

#[test]
fn other_bytes_are_no_copy() {
	assert_eq!(verdicts(&text(1, LEN), &text(2, LEN)), [false; 12]);
}

#[test]
fn an_output_that_is_contributed_is_found_out_whatever_the_dataset_does_with_it() {
	let looped = original()[100..4_950].to_vec();
	for policy in [SyntheticPolicy::Refuse, SyntheticPolicy::PassThrough] {
		run_world(|| {
			contribute_under(policy, ACCUSED, BOB, &looped);
			assert_ok!(accuse_loop(CHARLIE, ACCUSED));
			advance_to(DRAW_AT + 1);
			let hits = hits(&seed_of(CHARLIE), &looped, &original());
			assert_ok!(show_all(CHARLIE, ACCUSED, &hits));
			assert!(matches!(last_event(), Event::Upheld { original: LOOPED, .. }));
			let contribution = Contributed::get(ACCUSED).unwrap();
			assert!(contribution.synthetic.is_some());
			assert_eq!(contribution.ended_at.is_some(), policy == SyntheticPolicy::Refuse);
		});
	}
}
