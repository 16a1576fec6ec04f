//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use tributary_primitives::blob::Content;

/// A payment for outputs of a model.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Receipt<AccountId, BlockNumber> {
	/// Who paid.
	pub payer: AccountId,
	/// The blob of 64-byte items, at least one.
	pub outputs: Content,
	/// What was paid, in planck.
	pub amount: u128,
	/// What the items share, in planck.
	pub data_amount: u128,
	/// What is on hold for the receipt in the payer's account, in planck.
	pub deposit: u128,
	/// The block of the payment.
	pub block: BlockNumber,
	/// Its place among the withheld receipts of its (model, epoch), where a demand for its outputs went
	/// unanswered while its pot was open.
	pub withheld: Option<u32>,
}

/// The money of one model, in planck.
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
pub struct Ledger {
	/// All net amounts that were ever paid for the model.
	pub gross: u128,
	/// What the owner of its title may claim; nothing while a vault takes the title's revenue.
	pub owner: u128,
	/// What has left the model's books: what its owner, its vault and its ancestors were given, what is
	/// due to former owners, payments to sources, what synthetic sources pass on, and the attribution
	/// fees and residuals of its settled pots, paid or due.
	pub claimed: u128,
	/// The number of changes of titles' beneficiaries at the newest checkpoint; 0 before the first.
	pub checkpointed: u64,
	/// The number of its checkpoints.
	pub checkpoints: u32,
}

/// What had been paid for a model before the first payment after some titles had changed.
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
pub struct Checkpoint {
	/// The number of changes of titles' beneficiaries at that payment.
	pub changes: u64,
	/// All net amounts that were paid for the model before it, in planck.
	pub gross: u128,
}

/// What a synthetic source passes on to the sources of the output that it repeats, in planck.
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
pub struct Passing {
	/// All that ever came in: what it earned, and what other sources passed on to it.
	pub credited: u128,
	/// What of that is not paid yet.
	pub left: u128,
}

/// The part of the payments of one (model, epoch) that its report divides, in planck.
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
pub struct Pot {
	/// The sum of the receipts' data amounts.
	pub data: u128,
	/// What the attributor earns.
	pub attribution_fee: u128,
	/// Whether it is settled.
	pub state: PotState,
}

/// Whether a pot is settled.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the codec derive casts the variant's index, which it has checked"
)]
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
pub enum PotState {
	/// It holds all of its data amount and attribution fee.
	#[default]
	Open,
	/// A final report has divided it.
	Settled {
		/// What is left for the sources, in planck.
		unclaimed: u128,
	},
}

impl Pot {
	/// What the pot holds now, in planck. `None` where it would overflow, which the bound on a
	/// model's gross rules out.
	pub fn held(&self) -> Option<u128> {
		match self.state {
			PotState::Open => self.data.checked_add(self.attribution_fee),
			PotState::Settled { unclaimed } => Some(unclaimed),
		}
	}
}
