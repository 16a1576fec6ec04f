//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_runtime::Perbill;
use tributary_primitives::{
	agent::{AgentState, Decaying, Mandate, ModelRate, MAX_MODELS, MAX_UNBONDING},
	blob::Content,
	ids::{EpochIndex, ModelId},
	title::Title,
};

/// An agent of the runtime.
pub type AgentOf<T> = Agent<<T as frame_system::Config>::AccountId>;

/// An agent. Whom it belongs to is asked of its title.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Agent<AccountId> {
	/// Who made it.
	pub depositor: AccountId,
	/// What is held of that one for it, in planck.
	pub deposit: u128,
	/// Its own account, which nobody has a key of.
	pub account: AccountId,
	/// Who acts for it.
	pub operator: Option<AccountId>,
	/// The models that it runs on, and the part of a payment that each gets.
	pub models: BoundedVec<ModelRate, ConstU32<MAX_MODELS>>,
	/// What it says of itself.
	pub metadata: Content,
	/// The part of what it earns that is added to its stake.
	pub retention: Perbill,
	/// Whether it may act.
	pub state: AgentState,
}

/// The mandate of an agent, and the deposit for it.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct MandateRecord<AccountId> {
	/// What the agent may do.
	pub mandate: Mandate<AccountId>,
	/// Who set it.
	pub depositor: AccountId,
	/// What is held of that one for it, in planck.
	pub deposit: u128,
}

/// What answers for an agent. It is on hold in the agent's account.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Stake<BlockNumber> {
	/// What is staked, in planck.
	pub bonded: u128,
	/// What unbonds, in the order in which that was asked for.
	pub unbonding: BoundedVec<Unbonding<BlockNumber>, ConstU32<MAX_UNBONDING>>,
}

impl<BlockNumber> Default for Stake<BlockNumber> {
	fn default() -> Self {
		Self { bonded: 0, unbonding: BoundedVec::new() }
	}
}

impl<BlockNumber> Stake<BlockNumber> {
	/// All of it, in planck.
	pub fn held(&self) -> u128 {
		self.unbonding.iter().fold(self.bonded, |sum, part| sum.saturating_add(part.amount))
	}
}

/// A part of a stake that unbonds.
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
pub struct Unbonding<BlockNumber> {
	/// In planck, never 0.
	pub amount: u128,
	/// The first block in which it may be withdrawn.
	pub free_at: BlockNumber,
}

/// What others have burned for an agent.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Reputation {
	/// All of it, in planck.
	pub score: Decaying,
	/// By how many of them, of those that are not forgotten.
	pub payers: u32,
}

/// What one payer has burned for an agent.
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
pub struct Standing {
	/// What it has burned, in planck.
	pub burned: Decaying,
	/// What is held of it for this, in planck.
	pub deposit: u128,
}

/// Something that an agent's account holds.
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
pub enum Holding {
	/// So many planck of the native token.
	Native(u128),
	/// So many units of the asset with this id.
	Asset(u32, u128),
	/// A title.
	Title(Title),
}

/// What was paid for a model of an agent.
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
pub struct ModelPayment {
	/// The model.
	pub model: ModelId,
	/// What was paid, in planck.
	pub amount: u128,
	/// The epoch of the receipt.
	pub epoch: EpochIndex,
	/// The index of the receipt in (model, epoch).
	pub receipt: u32,
}
