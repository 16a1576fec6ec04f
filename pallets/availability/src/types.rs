//! What the pallet stores.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use tributary_primitives::{availability::Demanded, blob::Content};

/// A [`Demand`] of the runtime.
pub type DemandOf<T> = Demand<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

/// A demand that was neither answered nor enforced.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Demand<AccountId, BlockNumber> {
	/// What names the blob.
	pub blob: Demanded,
	/// The blob. For an output the length is as its item says, which may be a lie: then nobody can
	/// show its last chunk.
	pub content: Content,
	/// The chunk of it.
	pub chunk: u64,
	/// Who demanded.
	pub demander: AccountId,
	/// Who answered for the bytes when they were demanded, and is paid for an answer.
	pub respondent: AccountId,
	/// What is held of the demander, in planck.
	pub deposit: u128,
	/// The last block in which it may be answered.
	pub answer_until: BlockNumber,
}

/// The demands that pend for the outputs of one epoch of one model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct OutputDemands<BlockNumber> {
	/// How many.
	pub pending: u32,
	/// The last block in which any of them, or one that pended beside them, may be answered.
	pub until: BlockNumber,
}

/// The last block in which a demand may be answered, and the demand's number, both big-endian: so they are
/// in order as the bytes of a key are.
pub type Deadline = ([u8; 8], [u8; 8]);
