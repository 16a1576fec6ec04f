//! What the pallet stores and takes, and how much there is to hash in it.

use alloc::boxed::Box;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use tributary_primitives::{
	blob::{Content, Opening},
	fault::Fault,
};

use crate::Config;

/// A report's place in the order of all reports.
pub type ReportId = u32;

/// A [`Report`] of the runtime.
pub type ReportOf<T> = Report<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

/// A report on one epoch of one model.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Report<AccountId, BlockNumber> {
	/// Tells it from earlier reports on the same (model, epoch).
	pub id: ReportId,
	/// Who answers for it.
	pub attributor: AccountId,
	/// The blob of entries: a positive multiple of 64 bytes.
	pub entries: Content,
	/// The blob of payouts: a multiple of 64 bytes, no longer than that of the entries.
	pub payouts: Content,
	/// What all payouts sum to, in planck.
	pub total: u128,
	/// The block in which it was posted.
	pub posted_at: BlockNumber,
	/// The last block in which a fault is heard.
	pub challenge_until: BlockNumber,
	/// What it locks of its attributor's bond while it is open, in planck.
	pub bond: u128,
	/// What is held for its storage, in planck; zero once that was returned.
	pub deposit: u128,
	/// Where it stands.
	pub state: ReportState,
}

/// Where a report stands.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the encoding's derive casts the variant's index"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum ReportState {
	/// It may be challenged, or waits to be made final.
	Open,
	/// Its sources may claim.
	Final {
		/// What they have claimed, in planck.
		claimed: u128,
	},
}

/// One end of a source's run of payouts.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct PayoutProof {
	/// The payout's index.
	pub index: u64,
	/// The chunks of the blob of payouts that hold it and its neighbour outside the run.
	pub opening: Box<Opening>,
}

/// What there is to hash in openings: calls weigh by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hashing {
	/// The chunks of all openings.
	pub chunks: u32,
	/// The siblings of all openings.
	pub siblings: u32,
}

impl Hashing {
	/// What there is to hash in `openings`.
	pub fn of<'a>(openings: impl IntoIterator<Item = &'a Opening>) -> Self {
		openings.into_iter().fold(Self::default(), |sum, opening| Self {
			chunks: sum.chunks.saturating_add(opening.chunk_count()),
			siblings: sum.siblings.saturating_add(opening.sibling_count()),
		})
	}

	/// What there is to hash in all openings of `fault`.
	pub fn of_fault(fault: &Fault) -> Self {
		match fault {
			Fault::Structure { entry, item } => Self::of([&entry.opening].into_iter().chain(item)),
			Fault::Foreign { entry } => Self::of([&entry.opening]),
			Fault::Mismatch { entry, item, bytes, .. } => Self::of(
				[&entry.opening, item]
					.into_iter()
					.chain(bytes.iter().flat_map(|(output, source)| [output, source])),
			),
			Fault::Prior { entry, item, output, bytes, .. } => {
				Self::of([&entry.opening, item, output, bytes])
			}
			Fault::Amount { entry, item } => Self::of([&entry.opening, item]),
			Fault::Order { payouts, .. } => Self::of([payouts]),
			Fault::Unequal { payout, entry, .. } => Self::of([payout].into_iter().chain(entry)),
			Fault::Absent { entry, payouts, .. } => {
				Self::of([&entry.opening].into_iter().chain(payouts))
			}
		}
	}
}

/// The bytes of a report's record, which its storage deposit is sized by.
pub fn report_size<T: Config>() -> u128 {
	u128::try_from(ReportOf::<T>::max_encoded_len()).unwrap_or(u128::MAX)
}
