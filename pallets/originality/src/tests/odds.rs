//! The odds that the module's docs state are those of the draw.

use tributary_primitives::originality::sample_position;

use super::fixture::*;
use crate::{REQUIRED_HITS, SAMPLES, SAMPLE_WINDOW};

/// The probability of at least [`REQUIRED_HITS`] hits where each is one with probability `p`: the upper
/// tail of the binomial distribution.
fn upheld(p: f64) -> f64 {
	let samples = i32::from(SAMPLES);
	let of = |hits: i32| {
		let ways =
			(1..=hits).map(|k| f64::from(samples - hits + k) / f64::from(k)).product::<f64>();
		ways * p.powi(hits) * (1.0 - p).powi(samples - hits)
	};
	(REQUIRED_HITS as i32..=samples).map(of).sum()
}

#[test]
fn the_docs_state_the_odds_of_a_verdict() {
	let docs = include_str!("../lib.rs");
	let quarter = upheld(0.25);
	assert!(docs.contains(&format!("| 25 % | {quarter:.3e} | 1 - {quarter:.3e} |")));
	for part in [50, 80, 90, 95] {
		let upheld = upheld(f64::from(part) / 100.0);
		let row = format!("| {part} % | {upheld:.7} | {:.7} |", 1.0 - upheld);
		assert!(docs.contains(&row), "{row}");
	}
	assert_eq!((upheld(1.0), upheld(0.0)), (1.0, 0.0));
	let bonds = format!("{:.0}", 1.0 / upheld(0.5));
	assert_eq!(bonds, "3738");
}

#[test]
fn the_docs_state_from_where_on_an_accusation_pays() {
	let (bond, deposit) = (10.0, 1.0);
	let worth = |p: f64| upheld(p) * deposit / 2.0 - (1.0 - upheld(p)) * bond;
	assert!(worth(0.89) < 0.0 && worth(0.90) > 0.0);
	assert_eq!(bond / (bond + deposit / 2.0), 20.0 / 21.0);
}

#[test]
fn windows_are_drawn_from_a_part_as_often_as_it_has_windows() {
	let (len, quoted_from, draws) = (2_000, 700, 2_000u32);
	let windows = |len: u64| len - u64::from(SAMPLE_WINDOW) + 1;
	let positions = (0..draws).flat_map(|draw| {
		let seed: [u8; 32] = text(draw.into(), 32).try_into().unwrap();
		(0..SAMPLES).map(move |sample| sample_position(&seed, sample, len).unwrap())
	});
	let quoted = positions.filter(|position| *position >= quoted_from).count();
	let share = quoted as f64 / f64::from(draws * u32::from(SAMPLES));
	let expected = windows(len - quoted_from) as f64 / windows(len) as f64;
	assert!((share - expected).abs() < 0.01, "{share} against {expected}");
}
