//! Demands for bytes that somebody answers for, and what answers them (protocol 6).

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::{
	blob::{self, Content, Opening, OpeningError, CHUNK_LEN},
	ids::{EpochIndex, ModelId, ReportId, Seq},
};

/// A blob whose bytes may be demanded, by what names it on the chain.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the encoding's derive casts the variant's index"
)]
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase", tag = "kind"))]
pub enum Demanded {
	/// The entries of an open report. Its attributor answers for them.
	Entries {
		/// The model.
		model: ModelId,
		/// The epoch.
		epoch: EpochIndex,
		/// The report.
		report: ReportId,
	},
	/// The payouts of an open report. Its attributor answers for them.
	Payouts {
		/// The model.
		model: ModelId,
		/// The epoch.
		epoch: EpochIndex,
		/// The report.
		report: ReportId,
	},
	/// The list of items of a receipt. The model's owner answers for it.
	Items {
		/// The model.
		model: ModelId,
		/// The epoch.
		epoch: EpochIndex,
		/// The receipt.
		receipt: u32,
	},
	/// An output that an item of a receipt names. The model's owner answers for it.
	Output {
		/// The model.
		model: ModelId,
		/// The epoch.
		epoch: EpochIndex,
		/// The receipt.
		receipt: u32,
		/// The item.
		item: u32,
	},
	/// A contribution. Its contributor answers for it.
	Contribution {
		/// The contribution.
		seq: Seq,
	},
}

/// Checks that `opening` shows chunk `chunk` of `content`.
///
/// # Errors
/// [`OpeningError::NotCovered`] where it shows other chunks, and those of [`blob::verify`].
pub fn verify_answer(content: &Content, chunk: u64, opening: &Opening) -> Result<(), OpeningError> {
	let start = chunk.checked_mul(CHUNK_LEN).ok_or(OpeningError::OutOfRange)?;
	blob::verify(content, opening)?.slice(start, 1).map(|_| ())
}

/// A chunk of `content` drawn by `seed`: one of [`Content::chunks`], each as likely as the others
/// but for 2^-64.
pub fn drawn_chunk(seed: &[u8; 32], content: &Content) -> u64 {
	draw(seed, content.chunks())
}

/// A number below `bound` drawn by `seed`; 0 where `bound` is 0.
pub(crate) fn draw(seed: &[u8; 32], bound: u64) -> u64 {
	let drawn = seed.first_chunk().map(|bytes| u128::from_le_bytes(*bytes)).unwrap_or_default();
	drawn.checked_rem(u128::from(bound)).and_then(|drawn| u64::try_from(drawn).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn an_answer_shows_the_chunk_that_was_demanded() {
		let data = [7; 5_000];
		let content = Content::of(&data);
		let opening = blob::open(&data, 2_048, 2_048).unwrap();
		for (chunk, expected) in [
			(1, Err(OpeningError::NotCovered)),
			(2, Ok(())),
			(3, Ok(())),
			(4, Err(OpeningError::NotCovered)),
			(u64::MAX, Err(OpeningError::OutOfRange)),
		] {
			assert_eq!(verify_answer(&content, chunk, &opening), expected, "chunk {chunk}");
		}
		let other = Content { root: [0; 32], ..content };
		assert_eq!(verify_answer(&other, 2, &opening), Err(OpeningError::RootMismatch));
	}

	#[test]
	fn the_one_chunk_of_a_short_blob_is_drawn() {
		assert_eq!(drawn_chunk(&[9; 32], &Content::of(b"abc")), 0);
		assert_eq!(draw(&[9; 32], 0), 0);
	}

	proptest! {
		#[test]
		fn a_drawn_chunk_exists(seed: [u8; 32], len in 1u64..) {
			let content = Content { root: [0; 32], len };
			prop_assert!(drawn_chunk(&seed, &content) < content.chunks());
		}
	}
}
