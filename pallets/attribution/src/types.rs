//! What the pallet stores and takes, and how much there is to hash in it.

use alloc::boxed::Box;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::{ConstU32, Get},
	BoundedVec,
};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use tributary_primitives::{
	blob::{Content, Opening},
	fault::Fault,
	ids::{EpochIndex, ModelId, ReportId},
	report::MAX_UNSEEN,
};

use crate::Config;

/// Sources whose bytes an attributor could not get, in ascending order.
pub type Unseen = BoundedVec<u64, ConstU32<MAX_UNSEEN>>;

/// A [`Report`] of the runtime.
pub type ReportOf<T> = Report<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

/// A [`Reward`] of the runtime.
pub type RewardOf<T> = Reward<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

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
	/// The sources whose bytes its attributor could not get.
	pub unseen: Unseen,
	/// The number of withheld receipts that it knows of.
	pub withheld: u32,
	/// The block in which it was posted.
	pub posted_at: BlockNumber,
	/// The last block in which demands for its blobs, outputs and sources are heard.
	pub demand_until: BlockNumber,
	/// The last block in which a fault is heard. Demands put it off.
	pub challenge_until: BlockNumber,
	/// What it locks of its attributor's bond until it is final, or until its reward is paid, in
	/// planck.
	pub bond: u128,
	/// What is held for its storage, in planck; zero once that was returned or forfeited.
	pub deposit: u128,
	/// Where it stands.
	pub state: ReportState,
}

impl<AccountId, BlockNumber> Report<AccountId, BlockNumber> {
	/// Whether it lists `source` as unseen.
	pub fn lists(&self, source: u64) -> bool {
		self.unseen.binary_search(&source).is_ok()
	}
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

/// The hash of a fault that somebody has found and not shown.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Announcement {
	/// The model of the report.
	pub model: ModelId,
	/// Its epoch.
	pub epoch: EpochIndex,
	/// [`tributary_primitives::ids::announcement`].
	pub hash: [u8; 32],
	/// Its place in the order of all announcements: the earliest is rewarded.
	pub order: u64,
	/// What is held for its storage, in planck.
	pub deposit: u128,
}

/// A report that was voided while faults of it were announced, and what it still locks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Reward<AccountId, BlockNumber> {
	/// The model.
	pub model: ModelId,
	/// The epoch.
	pub epoch: EpochIndex,
	/// The report as it stood. Its bond is what there is to be paid.
	pub report: Report<AccountId, BlockNumber>,
	/// Whose the bond is, as things stand.
	pub beneficiary: AccountId,
	/// What makes it theirs.
	pub standing: Standing,
	/// The last block in which an announced fault may be revealed.
	pub reveal_until: BlockNumber,
}

impl<AccountId, BlockNumber> Reward<AccountId, BlockNumber> {
	/// Who is rewarded; nobody, while no fault has put the blame on the attributor.
	pub fn rewarded(&self) -> Option<&AccountId> {
		(self.standing != Standing::Blameless).then_some(&self.beneficiary)
	}
}

/// What makes a bond somebody's.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the encoding's derive casts the variant's index"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Standing {
	/// They are the attributor, and the report fell without blame: it is the whole bond.
	Blameless,
	/// They have submitted the fault that voided the report, or have demanded its bytes in vain.
	Submitted,
	/// They had announced a fault, and have revealed it.
	Announced {
		/// The announcement's place in the order.
		order: u64,
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
			Fault::Structure { entry, item } | Fault::Amount { entry, item } => {
				Self::of([&entry.opening].into_iter().chain(item))
			}
			Fault::Foreign { entry } => Self::of([&entry.opening]),
			Fault::Mismatch { entry, item, bytes, .. } => Self::of(
				[&entry.opening, item]
					.into_iter()
					.chain(bytes.iter().flat_map(|(output, source)| [output, source])),
			),
			Fault::Prior { entry, item, output, bytes, .. } => {
				Self::of([&entry.opening, item, output, bytes])
			}
			Fault::Order { payouts, .. } => Self::of([payouts]),
			Fault::Unequal { payout, entry, .. } => Self::of([payout].into_iter().chain(entry)),
			Fault::Absent { entry, payouts, .. } => {
				Self::of([&entry.opening].into_iter().chain(payouts))
			}
		}
	}
}

/// What is held for a report that lists `unseen` sources, in planck: for the bytes of its record, and of
/// what is kept of it while a reward waits.
pub fn report_deposit<T: Config>(unseen: usize) -> u128 {
	let unlisted = usize::try_from(MAX_UNSEEN).unwrap_or_default().saturating_sub(unseen);
	let bytes = RewardOf::<T>::max_encoded_len().saturating_sub(unlisted.saturating_mul(8));
	deposit::<T>(bytes)
}

/// What is held for an announcement, in planck.
pub fn announcement_deposit<T: Config>() -> u128 {
	deposit::<T>(Announcement::max_encoded_len())
}

fn deposit<T: Config>(bytes: usize) -> u128 {
	let bytes = u128::try_from(bytes).unwrap_or(u128::MAX);
	T::DepositBase::get().saturating_add(T::DepositPerByte::get().saturating_mul(bytes))
}
