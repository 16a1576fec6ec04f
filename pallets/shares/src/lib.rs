//! Shares: the revenue of a title, divided among whoever has staked its shares (protocol 8).
//!
//! # Surface
//!
//! The owner of a title [issues](Pallet::issue) shares of it, a new asset of a fixed supply, and gets all of
//! them. From then on the title's revenue goes to its *vault*. Shares are held, sent and traded as any
//! asset; those that are [staked](Pallet::stake) in the vault earn, each the same of every payment, until
//! they are [unstaked](Pallet::unstake). What they have earned is [claimed](Pallet::claim_dividends) at any
//! time. Whoever has all shares [dissolves](Pallet::dissolve) the vault, and the title's revenue goes to its
//! owner again. [`Pallet::collect_owed`] pays what an account could not take when it was due.
//!
//! A title has at most one vault. Selling the title changes neither the shares nor what they earn; the new
//! owner gets what comes in while nothing is staked, and can issue no shares before the vault is dissolved.
//!
//! # Cross-pallet contract
//!
//! Others ask for the vaults' account, transfer revenue to it and [credit](Vaults) it, in one storage
//! layer. [`Config::Titles`] says who owns a title and is told that its revenue goes to the vault, and that
//! it does no more: what the vault has earned and was not credited with is then the dissolver's.
//!
//! [`Config::Assets`] is to be an instance of `pallet-assets` in which nobody else creates assets: ids are
//! given in order, and an asset that has the next one would keep everyone from issuing. All roles in an
//! asset are the pallet account's, which nobody signs for: nobody mints, burns others' shares, freezes
//! them or changes their name. A holder may burn shares of its own (`refund`); the supply is what is left.
//!
//! - An account needs an existential deposit of the native token to hold shares: they are not sufficient
//!   for it to exist, as one share may be worth nothing.
//! - The pallet's account holds the staked shares of all titles under deposits of its own, which the issuers
//!   pay. Else each kind would use up one of the few references that an account has, and anyone could use
//!   up the rest with assets of no worth, so that nothing could be staked.
//!
//! # Economics
//!
//! [`dividend`](tributary_primitives::dividend) has the arithmetic, which is exact. For each vault
//! `received == paid + claimable + owed + residue`, where claimable is what all stakes have earned,
//! fractions of a planck included. The pallet's account holds exactly `received - paid` of all vaults, and
//! what dissolved ones owe, under [`HoldReason::Revenue`]: what anyone else sends to the account is nobody's.
//! Its own existential deposit is endowed at genesis.
//!
//! - Revenue is divided when it is credited. What a payment leaves to a vault is credited with the payment;
//!   lineage and curator shares are credited when they are claimed, and earned by who stakes then. Anyone may
//!   claim either, of any contributor or tenure, so that nobody who stakes waits for another's claim.
//! - While nothing is staked revenue is the title owner's. It is paid at once, or owed where the owner's
//!   account would be left below the existential deposit. A call that pays dividends does the same, so none
//!   is ever stopped by it.
//! - The residue, less than a planck for each credit and each stake that has ended, is the title owner's
//!   when the vault is dissolved.
//! - An issuer deposits [`Config::VaultDeposit`], and to the assets what they ask for the name and for the
//!   vault's own entry; a staker [`Config::StakeDeposit`]. All of it is returned. What is owed takes no
//!   deposit: there is at most one such entry for each account and vault, and it costs a payment.
//! - A pool of `pallet-asset-conversion` keeps a little of its first liquidity for ever. A vault whose
//!   shares were ever pooled can not be dissolved.
//! - Shares that are sent to the pallet's account are lost. They earn nothing, and are no obstacle to the
//!   vault being dissolved; nor are those that were burned. Where nobody has any left, the title's owner
//!   dissolves it.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::cast_lossless
	)
)]

extern crate alloc;

mod assets;
mod money;
mod stakes;
pub mod types;
mod vaults;
pub mod views;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;

pub use pallet::*;
pub use types::{Stake, Text, Vault, MAX_REMOVALS, MAX_TEXT};
pub use weights::WeightInfo;

#[allow(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	reason = "the pallet macro writes such code here; what the calls do is in modules of their own"
)]
#[frame_support::pallet]
pub mod pallet {
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{self, InspectHold, MutateHold},
			fungibles, AccountTouch,
		},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use tributary_primitives::{
		title::Title,
		traits::{Titles, VaultedTitles},
	};

	use super::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The vault of this runtime.
	pub type VaultOf<T> = Vault<<T as frame_system::Config>::AccountId>;

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// What revenue comes in, and deposits are; balances are planck.
		type Currency: fungible::Mutate<Self::AccountId>
			+ InspectHold<Self::AccountId, Reason = Self::RuntimeHoldReason, Balance = u128>
			+ MutateHold<Self::AccountId>;

		/// The runtime's reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// What shares are: assets that nobody else creates. Their deposits are planck.
		type Assets: fungibles::Create<Self::AccountId, AssetId = u32, Balance = u128>
			+ fungibles::Destroy<Self::AccountId>
			+ fungibles::Mutate<Self::AccountId>
			+ fungibles::metadata::Mutate<Self::AccountId>
			+ fungibles::roles::ResetTeam<Self::AccountId>
			+ fungibles::Refund<Self::AccountId, AssetId = u32, Balance = u128>
			+ AccountTouch<u32, Self::AccountId, Balance = u128>;

		/// Who owns a title, and where its revenue goes.
		type Titles: Titles<Self::AccountId, Error = DispatchError>
			+ VaultedTitles<Self::AccountId, Error = DispatchError>;

		/// What the pallet's account is derived from.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// What an issuer has on hold for a vault, in planck, at least 1.
		#[pallet::constant]
		type VaultDeposit: Get<u128>;

		/// What a staker has on hold for the shares staked in one vault, in planck, at least 1.
		#[pallet::constant]
		type StakeDeposit: Get<u128>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// Sets the scene of a benchmark.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// Why this pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// In the pallet's account: revenue that is not paid out yet.
		Revenue,
		/// In an issuer's account: the deposit for a vault.
		Vault,
		/// In a staker's account: the deposit for a stake.
		Stake,
	}

	/// The vaults, by title.
	#[pallet::storage]
	pub type Vaults<T: Config> = StorageMap<_, Twox64Concat, Title, VaultOf<T>>;

	/// What each account has staked of a title's shares, at least one.
	#[pallet::storage]
	pub type Stakes<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Title, Blake2_128Concat, T::AccountId, Stake>;

	/// What is owed to accounts that could not take it, in planck, never 0; by the title of the vault and its
	/// asset, as the vault may be dissolved and the title have another.
	#[pallet::storage]
	pub type Owed<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, Title>,
			NMapKey<Twox64Concat, u32>,
			NMapKey<Blake2_128Concat, T::AccountId>,
		),
		u128,
		ValueQuery,
	>;

	/// The id of the next asset. Each is given once.
	#[pallet::storage]
	pub type NextAsset<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// Endows the pallet's account with its existential deposit.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(
				Pallet::<T>::endow_account().is_ok(),
				"the account of the vaults needs its existential deposit"
			);
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Shares of a title were issued. Its revenue goes to its vault.
		Issued {
			/// The title.
			title: Title,
			/// Its owner, who has all of the shares and the deposits.
			owner: T::AccountId,
			/// The asset that the shares are.
			asset: u32,
			/// The number of shares.
			supply: u64,
		},
		/// Shares were staked.
		Staked {
			/// The title.
			title: Title,
			/// Whose they are.
			who: T::AccountId,
			/// How many were added.
			shares: u64,
			/// How many the account has staked now.
			staked: u64,
			/// What was paid out that they and what was owed before had earned, in planck.
			paid: u128,
		},
		/// Staked shares were given back.
		Unstaked {
			/// The title.
			title: Title,
			/// Whose they are.
			who: T::AccountId,
			/// How many were given back.
			shares: u64,
			/// How many the account has staked now.
			staked: u64,
			/// What was paid out that they and what was owed before had earned, in planck.
			paid: u128,
		},
		/// Dividends were claimed.
		DividendsClaimed {
			/// The title.
			title: Title,
			/// Who claimed them.
			who: T::AccountId,
			/// What was paid out, in planck: 0 where nothing was earned, or the account could not take it.
			amount: u128,
		},
		/// Revenue was divided among the staked shares.
		RevenueDivided {
			/// The title.
			title: Title,
			/// In planck.
			amount: u128,
			/// The number of shares that were staked.
			staked: u64,
		},
		/// Revenue went to the title's owner, as nothing was staked.
		RevenueToOwner {
			/// The title.
			title: Title,
			/// Its owner.
			owner: T::AccountId,
			/// In planck; owed where the account could not take it.
			amount: u128,
		},
		/// An account could not take what is due to it; it stays owed.
		LeftOwed {
			/// The title.
			title: Title,
			/// The asset of the vault.
			asset: u32,
			/// Whom it is owed to.
			who: T::AccountId,
			/// All that the vault owes to it now, in planck.
			owed: u128,
		},
		/// What was owed was paid out.
		OwedPaid {
			/// The title.
			title: Title,
			/// The asset of the vault.
			asset: u32,
			/// Who was paid.
			who: T::AccountId,
			/// In planck.
			amount: u128,
		},
		/// A vault was dissolved. The title's revenue goes to its owner.
		Dissolved {
			/// The title.
			title: Title,
			/// Who had all the shares, or the title's owner where nobody had any.
			who: T::AccountId,
			/// The asset that the shares were.
			asset: u32,
			/// What rounding had left, in planck, which is the title owner's.
			residue: u128,
			/// Whether nothing is left of the asset. Else anyone may remove the rest with the assets' own calls.
			destroyed: bool,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such title. Check its kind and its number.
		TitleNotFound,
		/// The caller does not own the title. Its owner must sign.
		NotAuthorized,
		/// Shares of the title are issued. Dissolve its vault before you issue others.
		AlreadyIssued,
		/// The number of shares is zero. Name at least one.
		NoShares,
		/// There are no ids left for assets.
		TooManyAssets,
		/// The title has no vault: its revenue is its owner's. Issue shares of it first.
		NoVault,
		/// The account has fewer shares than that. Unstaked shares alone can be staked.
		TooFewShares,
		/// The account has staked fewer shares than that.
		ExceedsStake,
		/// Others have staked shares in the vault. They must unstake them before it can be dissolved.
		SharesStaked,
		/// Others have shares of the title, or a liquidity pool has. Bring all of them into one account first.
		SharesElsewhere,
		/// The vault's books can not hold that much.
		TooMuchRevenue,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::VaultDeposit::get() > 0, "a vault is stored, and needs a deposit");
			assert!(T::StakeDeposit::get() > 0, "a stake is stored, and needs a deposit");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Issues shares of a title, and sends its revenue to its vault from now on.
		///
		/// # Dispatch Origin
		///
		/// Signed: the title's owner.
		///
		/// # Details
		///
		/// All shares are the owner's. They are an asset with an id of its own, of which the least balance
		/// is one share and nothing is smaller. The owner deposits [`Config::VaultDeposit`], and what the
		/// assets ask for the name and for the vault's entry. What the title has earned before stays the
		/// owner's.
		///
		/// # Parameters
		///
		/// - `title`: the title.
		/// - `supply`: the number of shares, at least 1.
		/// - `name`, `symbol`: what wallets show for them; both empty for nothing.
		///
		/// # Errors
		///
		/// - [`Error::TitleNotFound`], [`Error::NotAuthorized`], [`Error::AlreadyIssued`]: the caller can not
		///   issue shares of it.
		/// - [`Error::NoShares`], [`Error::TooManyAssets`].
		/// - Those of the currency and the assets, where the owner has too little for the deposits or can
		///   not hold another asset.
		///
		/// # Events
		///
		/// [`Event::Issued`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::issue())]
		pub fn issue(
			origin: OriginFor<T>,
			title: Title,
			supply: u64,
			name: Text,
			symbol: Text,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_issue(owner, title, supply, name, symbol)
		}

		/// Stakes shares of a title, so that they earn a part of its revenue.
		///
		/// # Dispatch Origin
		///
		/// Signed: whoever holds the shares.
		///
		/// # Details
		///
		/// The shares move to the pallet's account. They earn of what is credited from now on. What the
		/// account's stake has earned before is paid. The first stake of an account in a vault takes
		/// [`Config::StakeDeposit`].
		///
		/// # Parameters
		///
		/// - `title`: the title.
		/// - `shares`: how many, at least 1.
		///
		/// # Errors
		///
		/// - [`Error::NoShares`], [`Error::NoVault`], [`Error::TooFewShares`].
		/// - Those of the currency, where the account can not hold the deposit.
		///
		/// # Events
		///
		/// [`Event::Staked`]; [`Event::OwedPaid`] or [`Event::LeftOwed`] where something is owed.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::stake())]
		pub fn stake(origin: OriginFor<T>, title: Title, shares: u64) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_stake(who, title, shares)
		}

		/// Takes shares out of the vault, and pays what the account's stake has earned.
		///
		/// # Dispatch Origin
		///
		/// Signed: whoever has staked them.
		///
		/// # Details
		///
		/// With the last share the deposit is released, and what the stake has earned of a last planck stays
		/// in the vault.
		///
		/// # Parameters
		///
		/// - `title`: the title.
		/// - `shares`: how many, at least 1.
		///
		/// # Errors
		///
		/// - [`Error::NoShares`], [`Error::NoVault`], [`Error::ExceedsStake`].
		/// - Those of the assets, where the account can hold no further asset: `touch` the asset there first.
		///
		/// # Events
		///
		/// [`Event::Unstaked`]; [`Event::OwedPaid`] or [`Event::LeftOwed`] where something is owed.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::unstake())]
		pub fn unstake(origin: OriginFor<T>, title: Title, shares: u64) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_unstake(who, title, shares)
		}

		/// Pays what the caller's stake in the vault of a title has earned, and what the vault owes to it.
		///
		/// # Dispatch Origin
		///
		/// Signed: anyone. Who has nothing to claim gets nothing, and the call succeeds.
		///
		/// # Details
		///
		/// Whole planck are paid. How often one claims makes no difference: the rest of a planck stays in
		/// the stake.
		///
		/// # Parameters
		///
		/// - `title`: the title.
		///
		/// # Errors
		///
		/// [`Error::NoVault`].
		///
		/// # Events
		///
		/// [`Event::DividendsClaimed`]; [`Event::OwedPaid`] or [`Event::LeftOwed`] where something is owed.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::claim_dividends())]
		pub fn claim_dividends(origin: OriginFor<T>, title: Title) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_claim_dividends(who, title)
		}

		/// Dissolves the vault of a title: burns all its shares, and sends the title's revenue to its owner
		/// again.
		///
		/// # Dispatch Origin
		///
		/// Signed: whoever has all shares that are not burned or lost, at least one, staked or not; the
		/// title's owner where nobody has any.
		///
		/// # Details
		///
		/// The caller's own stake ends first, as by [`Pallet::unstake`]: what it has earned is paid and its
		/// deposit released. So nothing comes in between the two, which would be the title owner's.
		///
		/// What the title has earned and was not credited to the vault is the caller's. The residue is the
		/// title owner's. The deposits go back to the issuer. The asset is destroyed, with at most
		/// [`MAX_REMOVALS`] empty accounts and as many approvals; where there are more, anyone may remove
		/// the rest with the assets' own calls, and the deposit for the name is returned with the last. What
		/// is owed stays owed.
		///
		/// # Parameters
		///
		/// - `title`: the title.
		///
		/// # Errors
		///
		/// [`Error::NoVault`], [`Error::SharesStaked`], [`Error::SharesElsewhere`], [`Error::NotAuthorized`].
		///
		/// # Events
		///
		/// [`Event::Dissolved`]; [`Event::Unstaked`] where the caller had a stake; [`Event::LeftOwed`] where
		/// the owner could not take the residue, or the caller what its stake had earned.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::dissolve())]
		pub fn dissolve(origin: OriginFor<T>, title: Title) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_dissolve(who, title)
		}

		/// Pays what a vault owes to an account that could not take it when it was due.
		///
		/// # Dispatch Origin
		///
		/// Signed: anyone, as the account may have no key.
		///
		/// # Parameters
		///
		/// - `title`: the title.
		/// - `asset`: the asset of the vault, whether it is dissolved or not.
		/// - `who`: whom it is owed to. Where nothing is owed, or the account still can not take it, nothing
		///   is paid and the call succeeds.
		///
		/// # Events
		///
		/// [`Event::OwedPaid`], of 0 where nothing was owed, or [`Event::LeftOwed`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::collect_owed())]
		pub fn collect_owed(
			origin: OriginFor<T>,
			title: Title,
			asset: u32,
			who: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_collect_owed(title, asset, who)
		}
	}
}
