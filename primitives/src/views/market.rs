//! What is owned, shared and paid off chain: titles, vaults and channels (protocol 4, 8).

use codec::{Decode, Encode};
use scale_info::TypeInfo;

#[cfg(feature = "std")]
use super::{optional_planck, planck};
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
	/// is what all stakes of its shares may claim.
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
		/// What came in while no share was staked, and waits for the owner of that time.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub owed: u128,
		/// What rounding has left.
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
		/// What it may claim, in planck.
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
		/// The last block in which the server may close it.
		pub expires_at: u32,
		/// The last block in which the server may close it since the payer has asked to; `None` where it
		/// has not.
		pub closing_at: Option<u32>,
	}
}
