//! What the pallet stores and takes, and how much there is to hash in it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use tributary_primitives::{
	blob::{Content, Opening},
	ids::{EpochIndex, ModelId, Seq},
	originality::Hit,
	traits::ServedOutput,
	views::OriginalView,
};

/// The most hits that one call shows.
pub const MAX_HITS: u32 = 8;

/// The hits that one call shows.
pub type Hits = BoundedVec<Hit, ConstU32<MAX_HITS>>;

/// An [`Accusation`] of the runtime.
pub type AccusationOf<T> = Accusation<BlockNumberFor<T>>;

/// What a contribution is accused of repeating, by what names it on the chain.
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
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Original {
	/// An earlier contribution.
	Contribution(Seq),
	/// An output that was served before.
	Output {
		/// The model that served it.
		model: ModelId,
		/// The epoch of its receipt.
		epoch: EpochIndex,
		/// The receipt.
		receipt: u32,
		/// The item.
		item: u32,
	},
}

/// An [`Original`] with all that the chain needs to know of it, so that nothing is asked of its receipt
/// again.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the encoding's derive casts the variant's index"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Earlier {
	/// An earlier contribution.
	Contribution {
		/// Its place in the chain-wide order.
		seq: Seq,
		/// Its bytes.
		content: Content,
	},
	/// An output that was served before.
	Output(ServedOutput),
}

impl Earlier {
	/// The bytes.
	pub fn content(&self) -> Content {
		match self {
			Self::Contribution { content, .. } => *content,
			Self::Output(served) => served.output,
		}
	}

	/// What names it on the chain.
	pub fn original(&self) -> Original {
		match *self {
			Self::Contribution { seq, .. } => Original::Contribution(seq),
			Self::Output(ServedOutput { model, epoch, receipt, item, .. }) => {
				Original::Output { model, epoch, receipt, item }
			}
		}
	}

	/// As the runtime API returns it.
	pub fn view(&self) -> OriginalView {
		match *self {
			Self::Contribution { seq, .. } => OriginalView::Contribution(seq),
			Self::Output(served) => OriginalView::Output(served),
		}
	}
}

/// An accusation that is not decided.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Accusation<BlockNumber> {
	/// What the accused contribution is said to repeat.
	pub earlier: Earlier,
	/// What the challenger has on hold for it, in planck.
	pub bond: u128,
	/// The block whose randomness completes the draw.
	pub draw_at: BlockNumber,
	/// The last block in which hits may be shown.
	pub prove_until: BlockNumber,
	/// The drawn windows that were shown, a bit each.
	pub hits: u32,
}

/// The draw of one block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Draw {
	/// The number of open accusations that it draws for.
	pub accusations: u32,
	/// What the windows are drawn by: there once the block is over, if it had randomness.
	pub seed: Option<[u8; 32]>,
}

/// Randomness that is being gathered for draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Gathering<BlockNumber> {
	/// The last block whose randomness is gathered.
	pub until: BlockNumber,
	/// A hash of all that was gathered.
	pub entropy: [u8; 32],
}

/// The chunks and siblings of all openings of `hits`: calls weigh by them.
pub fn hashing(hits: &[Hit]) -> (u32, u32) {
	let sum = |count: fn(&Opening) -> u32| {
		let openings = hits.iter().flat_map(|hit| [&hit.accused, &hit.original]);
		openings.map(count).fold(0u32, u32::saturating_add)
	};
	(sum(Opening::chunk_count), sum(Opening::sibling_count))
}
