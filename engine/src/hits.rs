//! What shows that a contribution repeats earlier bytes: drawn windows of it, found in them
//! (protocol 2).

use tributary_primitives::{
	blob::{open, OpeningError},
	originality::{sample_position, Hit, SAMPLES, SAMPLE_WINDOW},
};

use crate::search;

/// Finds every window of `accused` that `seed` draws and that stands in `original`, by ascending
/// sample: each passes [`verify_hit`](tributary_primitives::originality::verify_hit). None where
/// `accused` is shorter than a window.
///
/// Reads `original` once for each sample, and hashes both blobs once for each hit.
///
/// # Errors
/// Where a blob can not be opened, which no slice that fits in memory gives.
pub fn find_hits(
	seed: &[u8; 32],
	accused: &[u8],
	original: &[u8],
) -> Result<Vec<Hit>, OpeningError> {
	let len = u64::from(SAMPLE_WINDOW);
	let mut hits = Vec::new();
	for sample in 0..SAMPLES {
		let Some(position) = sample_position(seed, sample, accused.len() as u64) else { continue };
		let start = position as usize;
		let window = &accused[start..start + SAMPLE_WINDOW as usize];
		let Some(offset) = search::find(original, window) else { continue };
		hits.push(Hit {
			sample,
			accused: open(accused, position, len)?,
			offset,
			original: open(original, offset, len)?,
		});
	}
	Ok(hits)
}

#[cfg(test)]
mod tests {
	use std::collections::BTreeSet;

	use proptest::prelude::*;
	use tributary_primitives::{
		blob::Content,
		originality::{verify_hit, REQUIRED_HITS},
	};

	use super::*;

	fn check(seed: &[u8; 32], accused: &[u8], original: &[u8]) -> Vec<Hit> {
		let hits = find_hits(seed, accused, original).unwrap();
		let names = (Content::of(accused), Content::of(original));
		for hit in &hits {
			assert_eq!(verify_hit(seed, &names.0, &names.1, hit), Ok(()));
		}
		assert!(hits.is_sorted_by_key(|hit| hit.sample));
		hits
	}

	proptest! {
		#[test]
		fn every_drawn_window_that_stands_in_the_original_is_found(
			original in prop::collection::vec(0u8..2, 0..4_000),
			own in prop::collection::vec(0u8..2, 0..200),
			from: prop::sample::Index,
			seed: [u8; 32],
		) {
			let kept = &original[from.index(original.len() + 1)..];
			let accused = [kept, &own].concat();
			let windows: BTreeSet<&[u8]> = original.windows(32).collect();
			let expected: Vec<u8> = (0..SAMPLES)
				.filter(|sample| {
					let position = sample_position(&seed, *sample, accused.len() as u64);
					position.is_some_and(|at| windows.contains(&accused[at as usize..][..32]))
				})
				.collect();
			let found = check(&seed, &accused, &original);
			prop_assert_eq!(found.iter().map(|hit| hit.sample).collect::<Vec<_>>(), expected);
		}
	}

	#[test]
	fn a_copy_is_hit_by_every_sample_and_other_bytes_by_none() {
		let original: Vec<u8> =
			(0..200_000u32).map(|at| (at.wrapping_mul(at) >> 7) as u8).collect();
		let copy = [&[9; 50], &original[..], &[9; 50]].concat();
		assert!(check(&[1; 32], &copy, &original).len() as u32 >= REQUIRED_HITS);
		assert_eq!(check(&[1; 32], &original[500..], &original).len(), usize::from(SAMPLES));
		assert_eq!(check(&[1; 32], &[7; 5_000], &original).len(), 0);
	}

	#[test]
	fn a_blob_shorter_than_a_window_is_hit_by_none() {
		assert_eq!(check(&[1; 32], &[7; 31], &[7; 500]), []);
		assert_eq!(check(&[1; 32], &[7; 500], &[7; 31]), []);
	}
}
