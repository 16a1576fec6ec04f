//! Whether a contribution repeats earlier bytes: windows of it are drawn by lot, and each is shown
//! in the earlier blob or not (protocol 2).
//!
//! A blob of which the part p stands in the earlier one shows each drawn window with probability p.
//! With 26 of 32, a blob that repeats all of another is always found out, one that repeats half of
//! it once in 3,700 times, and one that repeats a quarter never, in any number of tries that can be
//! paid for.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::{
	availability::draw,
	blob::{self, Content, Opening, OpeningError},
	window::window_count,
};

/// The length of a drawn window, in bytes.
pub const SAMPLE_WINDOW: u32 = 32;
/// The number of windows that are drawn.
pub const SAMPLES: u8 = 32;
/// The number of drawn windows that must be shown in the earlier blob: four of five, rounded up.
pub const REQUIRED_HITS: u32 = 26;

/// A drawn window of the accused blob, and the same bytes in the earlier one.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Hit {
	/// Which drawn window: below [`SAMPLES`].
	pub sample: u8,
	/// The chunks of the accused blob that hold it.
	pub accused: Opening,
	/// Where its bytes start in the earlier blob.
	pub offset: u64,
	/// The chunks of the earlier blob that hold them.
	pub original: Opening,
}

/// Why a hit is refused.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the encoding's derive casts the variant's index"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum HitError {
	/// An opening does not verify, or does not hold the window.
	Opening(OpeningError),
	/// There is no such drawn window.
	NoSuchSample,
	/// The bytes differ.
	Different,
}

impl From<OpeningError> for HitError {
	fn from(error: OpeningError) -> Self {
		Self::Opening(error)
	}
}

impl core::fmt::Display for HitError {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		match self {
			Self::Opening(error) => write!(f, "an opening of the hit is refused: {error}"),
			Self::NoSuchSample => f.write_str("there is no such drawn window; there are 32"),
			Self::Different => f.write_str("the bytes at that offset of the earlier blob differ"),
		}
	}
}

impl core::error::Error for HitError {}

/// Where the drawn window `sample` starts in a blob of `len` bytes: the low 16 bytes of
/// `blake2_256(seed ++ sample)`, little-endian, modulo the number of windows. `None` where `sample` is
/// not below [`SAMPLES`], or the blob is shorter than a window.
pub fn sample_position(seed: &[u8; 32], sample: u8, len: u64) -> Option<u64> {
	let windows = window_count(len, SAMPLE_WINDOW);
	if sample >= SAMPLES || windows == 0 {
		return None;
	}
	Some(draw(&sp_crypto_hashing::blake2_256(&(seed, sample).encode()), windows))
}

/// Checks that `hit` shows a drawn window of `accused` in `original`.
///
/// # Errors
/// Says why it does not.
pub fn verify_hit(
	seed: &[u8; 32],
	accused: &Content,
	original: &Content,
	hit: &Hit,
) -> Result<(), HitError> {
	let position = sample_position(seed, hit.sample, accused.len).ok_or(HitError::NoSuchSample)?;
	let len = u64::from(SAMPLE_WINDOW);
	let ours = blob::verify(accused, &hit.accused)?.slice(position, len)?;
	let theirs = blob::verify(original, &hit.original)?.slice(hit.offset, len)?;
	if ours == theirs {
		Ok(())
	} else {
		Err(HitError::Different)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn hit(seed: &[u8; 32], sample: u8, accused: &[u8], original: &[u8], shift: u64) -> Hit {
		let position = sample_position(seed, sample, accused.len() as u64).unwrap();
		Hit {
			sample,
			accused: blob::open(accused, position, 32).unwrap(),
			offset: position + shift,
			original: blob::open(original, position + shift, 32).unwrap(),
		}
	}

	proptest! {
		#[test]
		fn every_drawn_window_of_a_copy_is_a_hit(
			original in proptest::collection::vec(any::<u8>(), 32..5_000),
			padding in 0usize..2_000,
			seed: [u8; 32],
			sample in 0..SAMPLES,
		) {
			let longer = [vec![0; padding], original.clone()].concat();
			let hit = hit(&seed, sample, &original, &longer, padding as u64);
			let (accused, original) = (Content::of(&original), Content::of(&longer));
			prop_assert_eq!(verify_hit(&seed, &accused, &original, &hit), Ok(()));
		}

		#[test]
		fn other_bytes_or_another_place_are_no_hit(
			original in proptest::collection::vec(any::<u8>(), 64..5_000),
			seed: [u8; 32],
			sample in 0..SAMPLES,
			flip: prop::sample::Index,
		) {
			let position = sample_position(&seed, sample, original.len() as u64).unwrap();
			let mut other = original.clone();
			other[position as usize + flip.index(32)] ^= 1;
			let different = hit(&seed, sample, &original, &other, 0);
			let accused = Content::of(&original);
			let outcome = verify_hit(&seed, &accused, &Content::of(&other), &different);
			prop_assert_eq!(outcome, Err(HitError::Different));
			let unknown = Hit { sample: SAMPLES, ..different };
			let outcome = verify_hit(&seed, &accused, &Content::of(&other), &unknown);
			prop_assert_eq!(outcome, Err(HitError::NoSuchSample));
		}

		#[test]
		fn a_position_leaves_room_for_the_window(seed: [u8; 32], sample in 0..SAMPLES, len: u64) {
			match sample_position(&seed, sample, len) {
				Some(position) => prop_assert!(position + 32 <= len),
				None => prop_assert!(len < 32),
			}
		}
	}
}
