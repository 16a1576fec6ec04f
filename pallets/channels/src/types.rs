//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use tributary_primitives::ids::ModelId;

/// A channel of the runtime.
pub type ChannelOf<T> = Channel<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

/// An open channel.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Channel<AccountId, BlockNumber> {
	/// Who pays, and gets back what is left.
	pub payer: AccountId,
	/// The account of the key that signs vouchers.
	pub signer: AccountId,
	/// Who may close it with a voucher.
	pub server: AccountId,
	/// What is paid for.
	pub model: ModelId,
	/// What vouchers may take, in planck.
	pub deposit: u128,
	/// What else is held of the payer, in planck: the deposits for this record and for a receipt.
	pub reserve: u128,
	/// The last block before anyone may finish it.
	pub expires_at: BlockNumber,
	/// The number of blocks that the server has to close it once the payer asks to.
	pub close_window: BlockNumber,
	/// Where the payer has asked to close it, the last block before anyone may finish it for that.
	pub closing_at: Option<BlockNumber>,
}

impl<AccountId, BlockNumber: Copy + Ord> Channel<AccountId, BlockNumber> {
	/// The last block before anyone may finish it.
	pub fn open_until(&self) -> BlockNumber {
		self.closing_at.map_or(self.expires_at, |closing_at| closing_at.min(self.expires_at))
	}
}
