//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use sp_runtime::Perbill;
use tributary_primitives::{
	blob::Content,
	ids::{DatasetId, Version},
	traits::{ServedOutput, SyntheticPolicy},
	views::SuspensionCause,
};

use crate::Config;

/// The most bytes of a licence expression.
pub const MAX_LICENCE_BYTES: u32 = 128;

/// An SPDX licence expression.
pub type Licence = BoundedVec<u8, ConstU32<MAX_LICENCE_BYTES>>;
/// The curators of a dataset.
pub type CuratorsOf<T> =
	BoundedVec<<T as frame_system::Config>::AccountId, <T as Config>::MaxCurators>;
/// A dataset of the runtime `T`.
pub type DatasetOf<T> = Dataset<<T as frame_system::Config>::AccountId, CuratorsOf<T>>;
/// A commitment of the runtime `T`.
pub type CommitmentOf<T> = Commitment<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
/// A contribution of the runtime `T`.
pub type ContributionOf<T> =
	Contribution<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

/// Who may put contributions into a dataset.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the codec derive casts the variant's index, which it has checked"
)]
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Admission<Curators> {
	/// Every reveal is accepted.
	Open,
	/// One of these decides on each.
	Curated(Curators),
}

/// What a dataset's owner says of one use.
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
pub enum Use {
	/// Allowed.
	Allowed,
	/// Not allowed.
	NotAllowed,
	/// Allowed under the licence's conditions.
	Constrained,
}

/// What a dataset's owner says of the four uses of CAWG training-mining.
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
pub struct Uses {
	/// Data mining.
	pub data_mining: Use,
	/// Inference.
	pub inference: Use,
	/// Training of a model that is not generative.
	pub training: Use,
	/// Training of a generative model.
	pub generative_training: Use,
}

/// What is stated of a dataset when it is created.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct DatasetTerms<Curators> {
	/// Who may put contributions into it.
	pub admission: Admission<Curators>,
	/// The part of what its contributions earn that goes to its title.
	pub curator_share: Perbill,
	/// An SPDX licence expression.
	pub licence: Licence,
	/// What it may be used for.
	pub uses: Uses,
	/// What becomes of contributions that repeat a served output.
	pub synthetic: SyntheticPolicy,
	/// What a contribution must hold, in planck.
	pub contribution_deposit: u128,
	/// Its description (Croissant JSON-LD).
	pub metadata: Content,
}

/// A dataset.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Dataset<AccountId, Curators> {
	/// Who has the deposit on hold for it, which may be a former owner.
	pub depositor: AccountId,
	/// What its first owner stated.
	pub terms: DatasetTerms<Curators>,
	/// Whether it refuses reveals.
	pub closed: bool,
	/// The number of its entries, which is its newest version.
	pub version: Version,
	/// What its depositor has on hold for it, in planck.
	pub deposit: u128,
}

/// A commitment that waits for its reveal.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Commitment<AccountId, BlockNumber> {
	/// Who committed.
	pub contributor: AccountId,
	/// What was committed to.
	pub hash: [u8; 32],
	/// The block of the commitment.
	pub committed_at: BlockNumber,
	/// What its contributor has on hold for it, in planck.
	pub deposit: u128,
}

/// A contribution's place in its dataset.
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
pub struct Acceptance<BlockNumber> {
	/// The index of its entry.
	pub index: u32,
	/// The block in which it was accepted.
	pub at: BlockNumber,
}

/// How a contribution ended.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the codec derive casts the variant's index, which it has checked"
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
pub enum Ending {
	/// A curator turned it down.
	Rejected,
	/// Its contributor took it back.
	Withdrawn,
	/// Something was shown against it.
	Suspended(SuspensionCause),
}

/// When and how a contribution ended.
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
pub struct Ended<BlockNumber> {
	/// How.
	pub how: Ending,
	/// The block in which it ended.
	pub at: BlockNumber,
}

/// A contribution, from its reveal on. Every change of its state keeps its block.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Contribution<AccountId, BlockNumber> {
	/// Who is paid for it.
	pub contributor: AccountId,
	/// The dataset that it is meant for.
	pub dataset: DatasetId,
	/// The bytes.
	pub content: Content,
	/// The block of the commitment.
	pub committed_at: BlockNumber,
	/// The block of the reveal.
	pub revealed_at: BlockNumber,
	/// Its place in the dataset, once it is accepted.
	pub accepted: Option<Acceptance<BlockNumber>>,
	/// Its end, once it is rejected, withdrawn or suspended.
	pub ended: Option<Ended<BlockNumber>>,
	/// What its contributor has on hold for it, in planck; 0 once it ended.
	pub deposit: u128,
	/// The block since which it is withheld: a demand for its bytes went unanswered.
	pub withheld: Option<BlockNumber>,
	/// The served output that it was shown to repeat.
	pub synthetic: Option<ServedOutput>,
	/// Open demands for its bytes and accusations against it. While there are any it is not withdrawn
	/// or rejected.
	pub locks: u32,
}

impl<AccountId, BlockNumber> Contribution<AccountId, BlockNumber> {
	/// Whether it waits for a curator.
	pub fn is_pending(&self) -> bool {
		self.accepted.is_none() && self.ended.is_none()
	}

	/// Whether it was suspended as one that its dataset refuses.
	pub fn is_refused_as_synthetic(&self) -> bool {
		let refused = Ending::Suspended(SuspensionCause::Synthetic);
		self.ended.as_ref().is_some_and(|ended| ended.how == refused)
	}
}
