//! Titles: who owns a dataset, a model or an agent, and whom its revenue went to and when (protocol 8).
//!
//! # Surface
//!
//! A title is an item of `pallet-nfts`, in one of three collections: 0 for datasets, 1 for models, 2 for
//! agents. The item has the id of what it is a title of. Owners transfer, list, sell and swap titles with
//! that pallet's own calls, and this pallet has none: it makes a title when something is registered, keeps
//! whom the revenue of each went to, and tells others when that changes.
//!
//! The revenue of a title goes to its owner, or to its vault while it is *vaulted*. A span in which it went
//! to one of them is a *tenure*. All changes of all titles are counted, and a change has the count that it
//! makes as its number. A tenure that ended keeps the numbers of the changes that began and ended it: what
//! a title earns while the count is `c` is of the tenure with `since <= c < until`. The former tenures of
//! a title follow each other without a gap, from 0 on, and that of today follows the last. A former tenure
//! is an account's: that of a vault is its heir's, who holds all shares when the vault ends.
//!
//! What is divided by epochs, not by payments, is told by blocks: of each former tenure the block of its end
//! is kept, and a block belongs to the tenure that it ends in.
//!
//! # How a change is heard
//!
//! `pallet-nfts` asks its [`Locker`](frame_support::traits::tokens::Locker) whether an item is locked before each
//! transfer, sale and swap of it, once for each item. This pallet is that locker. It takes
//! the question for the news that the item is about to leave its owner.
//!
//! - The question says nothing of the new owner. Who transfers a title to oneself ends the tenure and begins
//!   another: both are the same account's, and it loses nothing.
//! - What is refused after the question was asked leaves nothing behind: calls are dispatched in a storage
//!   layer. Whoever moves items by the traits of `pallet-nfts` must do so in one too.
//! - A change that can not be counted any more locks the title.
//! - For [`Config::VaultLock`] blocks after its revenue went to a vault a title is locked: a purchase names a
//!   price and nothing else, and one that was signed before must not get a title without its revenue.
//! - A burn asks the same question, and nothing tells it from a transfer. The runtime has to refuse burns by
//!   its call filter, and root's, whom no filter holds, by the `ForceOrigin` of `pallet-nfts`. One that is
//!   not refused ends the tenure as a transfer does, and leaves a title that is nobody's, whose revenue has
//!   no beneficiary; `try_state` finds it.
//! - What hearing costs is added to the weight of the block, not to the fee.
//!
//! # Cross-pallet contract
//!
//! [`Titles`](tributary_primitives::traits::Titles) is for those who register and those who pay,
//! [`VaultedTitles`](tributary_primitives::traits::VaultedTitles) for the pallet of the vaults. Both must be
//! called in a storage layer. [`Config::OnChange`] hears of a change when the former tenure is stored and
//! counted, and before the owner or the vault has changed: who asks for the owner then gets the former one.
//! The owner of a vaulted title may change, which ends no tenure.
//!
//! # Collections
//!
//! They belong to the pallet's account, which nobody signs for, and so does every role in them: nobody else
//! mints, freezes a title or changes the settings of a collection. Genesis creates them. A chain that gets
//! this pallet by a runtime upgrade calls [`Pallet::create_collections`] in the migration of that upgrade,
//! before anything is registered; no other collection may exist then. In both cases `pallet-nfts` is to be
//! configured so that
//!
//! - nobody creates collections;
//! - collections and items need no deposit, as the account has nothing: a title is paid for by the deposit of
//!   what it is a title of;
//! - its `ForceOrigin` is nobody, or trusted not to mint titles and not to burn them.
//!
//! # Economics
//!
//! Former tenures are kept for good, as what was earned in them can be claimed at any time. A tenure takes no
//! deposit: the question has nobody to ask one of. The fee of the transfer is what it costs.

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

mod collections;
mod locker;
mod tenures;
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
pub use weights::WeightInfo;

#[allow(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	reason = "the pallet macro writes such code here; what the pallet does is in modules of their own"
)]
#[frame_support::pallet]
pub mod pallet {
	use frame_support::{
		pallet_prelude::*,
		traits::tokens::nonfungibles_v2::{Create, Inspect, Mutate, Trading},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use pallet_nfts::{CollectionConfig, ItemConfig};
	use tributary_primitives::{
		title::{Beneficiary, Tenure, Title},
		traits::OnTitleChange,
	};

	use super::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// How a collection of this runtime is configured; prices are in planck.
	pub type CollectionConfigOf<T> = CollectionConfig<u128, BlockNumberFor<T>, u32>;

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// `pallet-nfts`, which has this pallet as its locker; prices are in planck.
		type Nfts: Inspect<Self::AccountId, CollectionId = u32, ItemId = u32>
			+ Create<Self::AccountId, CollectionConfigOf<Self>>
			+ Mutate<Self::AccountId, ItemConfig>
			+ Trading<Self::AccountId, u128>;

		/// Who hears when the owner or the beneficiary of a title changes.
		type OnChange: OnTitleChange<Self::AccountId>;

		/// What the account that owns the collections is derived from.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// For how many blocks after its revenue went to a vault a title stays with its owner. A purchase that
		/// was signed before must not buy it without its revenue, so this is the life of a usual transaction.
		#[pallet::constant]
		type VaultLock: Get<BlockNumberFor<Self>>;

		/// What making a title and hearing of a change weigh.
		type WeightInfo: WeightInfo;

		/// Sets up what other pallets know, for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// How often the beneficiary of any title has changed.
	#[pallet::storage]
	pub type Changes<T> = StorageValue<_, u64, ValueQuery>;

	/// The number of former tenures of each title: the index of that of today.
	#[pallet::storage]
	pub type TenureCount<T> = StorageMap<_, Twox64Concat, Title, u32, ValueQuery>;

	/// The former tenures, by title and index.
	#[pallet::storage]
	pub type Tenures<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Title, Twox64Concat, u32, Tenure<T::AccountId>>;

	/// The block in which each former tenure ended, by title and index.
	#[pallet::storage]
	pub type Ends<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Title, Twox64Concat, u32, BlockNumberFor<T>>;

	/// The titles whose revenue goes to their vault, and the first block in which they may be sold again.
	#[pallet::storage]
	pub type Vaulted<T: Config> = StorageMap<_, Twox64Concat, Title, BlockNumberFor<T>>;

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
			let created = Pallet::<T>::create_collections();
			assert!(created.is_ok(), "the collections of titles can not be created: {created:?}");
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A title's revenue goes to somebody else from now on, or to its owner anew.
		BeneficiaryChanged {
			/// The title.
			title: Title,
			/// The index of the tenure that ended.
			tenure: u32,
			/// Whom the revenue went to in it. What a vault's earned and was not paid is its heir's, whom
			/// the tenure names.
			from: Beneficiary<T::AccountId>,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such title: check its kind and its id.
		NotFound,
		/// The title's revenue went to its vault a moment ago: transfer it `VaultLock` blocks after that.
		VaultedLately,
		/// The number of a collection of titles is not free: create the collections before any other.
		CollectionTaken,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
