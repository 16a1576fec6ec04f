//! What is owned, shared and paid off chain: titles, vaults and channels (protocol 4, 8).

use codec::{Decode, Encode};
use scale_info::TypeInfo;

#[cfg(feature = "std")]
use super::{json::optional_planck, planck};
use crate::{
	ids::ModelId,
	title::{Beneficiary, Title},
};

view! {
	/// A title.
	pub struct TitleView<AccountId> {
		/// The title.
		pub title: Title,
		/// Whom it belongs to.
		pub owner: AccountId,
		/// Whether its revenue goes to the vault of its shares.
		pub vaulted: bool,
		/// The number of its former tenures, which is the index of the tenure of today.
		pub tenures: u32,
		/// What it is listed for, in planck; `None` where it is not for sale.
		#[cfg_attr(feature = "std", serde(with = "optional_planck"))]
		pub price: Option<u128>,
	}
}

view! {
	/// A span in which the revenue of a title went to one beneficiary, told by the number of changes of
	/// beneficiaries of all titles of the chain.
	pub struct TenureView<AccountId> {
		/// Its place among the tenures of the title.
		pub index: u32,
		/// Whom the revenue went to.
		pub beneficiary: Beneficiary<AccountId>,
		/// The number of changes when it began.
		pub since: u64,
		/// The number of changes when it ended; `None` for the tenure of today.
		pub until: Option<u64>,
	}
}

view! {
	/// The vault of a title: `received = paid + claimable + owed + residue`, in planck, where `claimable`
	/// is what all stakes of its shares have earned, fractions of a planck that they keep included.
	pub struct VaultView<AccountId> {
		/// The title.
		pub title: Title,
		/// Whom the title belongs to, and so what comes in while no share is staked.
		pub owner: AccountId,
		/// The asset that its shares are.
		pub asset: u32,
		/// All its shares.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub supply: u128,
		/// Those that are staked.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub staked: u128,
		/// What has come in.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub received: u128,
		/// What was paid out.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub paid: u128,
		/// What accounts could not take when it was due, as they would be left below the existential deposit.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub owed: u128,
		/// What rounding has left to nobody: the owner's when the vault is dissolved.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub residue: u128,
	}
}

view! {
	/// What an account has staked in a vault.
	pub struct StakeView<AccountId> {
		/// The title of the vault.
		pub title: Title,
		/// The account.
		pub account: AccountId,
		/// The shares that it has staked.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub staked: u128,
		/// What it may claim, in planck, what it is owed included.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub claimable: u128,
	}
}

view! {
	/// An open channel.
	pub struct ChannelView<AccountId> {
		/// Its number, which no other channel ever has.
		pub id: u64,
		/// Who pays, and gets what is left.
		pub payer: AccountId,
		/// The account of the key that signs vouchers.
		pub signer: AccountId,
		/// Who may close it with a voucher.
		pub server: AccountId,
		/// The model whose outputs it pays for.
		pub model: ModelId,
		/// What vouchers may add up to, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub deposit: u128,
		/// The last block before anyone may finish it, so that everything goes back to the payer.
		pub expires_at: u32,
		/// The number of blocks that the server has to close it once the payer asks to.
		pub close_window: u32,
		/// Where the payer has asked to close it, the last block before anyone may finish it for that.
		pub closing_at: Option<u32>,
	}
}
