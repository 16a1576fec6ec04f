//! What the pallet stores and takes.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use tributary_primitives::dividend::{Pool, Position};

/// The most bytes of a name or a symbol.
pub const MAX_TEXT: u32 = 50;

/// The most empty accounts, and the most approvals, of an asset that are removed when its vault is
/// dissolved.
pub const MAX_REMOVALS: u32 = 8;

/// A name or a symbol.
pub type Text = BoundedVec<u8, ConstU32<MAX_TEXT>>;

/// The vault of a title. Amounts are planck:
/// `received == paid + owed + what all stakes have earned + residue`.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Vault<AccountId> {
	/// The asset that the shares are.
	pub asset: u32,
	/// Who issued the shares, and gets the deposits back.
	pub depositor: AccountId,
	/// What the depositor has on hold.
	pub deposit: u128,
	/// All that was credited.
	pub received: u128,
	/// All that was paid out.
	pub paid: u128,
	/// What is owed to accounts that could not take it.
	pub owed: u128,
	/// The staked shares, and what they earn.
	pub pool: Pool,
}

impl<AccountId> Vault<AccountId> {
	/// What has come in and is neither paid nor owed to an account, in planck: what the stakes have earned,
	/// and the residue. `None` where the books are wrong.
	pub fn unowed(&self) -> Option<u128> {
		self.received.checked_sub(self.paid)?.checked_sub(self.owed)
	}
}

/// What an account has staked in a vault.
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
pub struct Stake {
	/// The shares, and what they have earned.
	pub position: Position,
	/// What the account has on hold for it, in planck.
	pub deposit: u128,
}
