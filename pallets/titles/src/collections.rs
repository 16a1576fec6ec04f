//! The collections of titles, and how a title is made.

use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		tokens::nonfungibles_v2::{Create as _, Inspect as _, Mutate as _},
		Get,
	},
};
use pallet_nfts::{CollectionConfig, CollectionSettings, ItemConfig, ItemSettings, MintSettings};
use sp_runtime::{traits::AccountIdConversion, DispatchResult};
use tributary_primitives::title::{Title, TitleKind};

use crate::{Config, Error, Pallet};

impl<T: Config> Pallet<T> {
	/// The account that owns the collections, with all roles in them.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Creates the collections of titles. Those that exist stay as they are.
	///
	/// # Errors
	/// [`Error::CollectionTaken`] where a number of theirs is another collection's or not the next, and
	/// those of `pallet-nfts`; nothing is changed then.
	pub fn create_collections() -> DispatchResult {
		let account = Self::account_id();
		let config = CollectionConfig {
			settings: CollectionSettings::all_enabled(),
			max_supply: None,
			mint_settings: MintSettings::default(),
		};
		with_storage_layer(|| {
			for collection in TitleKind::ALL.map(TitleKind::collection) {
				if T::Nfts::collection_owner(&collection).as_ref() != Some(&account) {
					let created = T::Nfts::create_collection(&account, &account, &config)?;
					ensure!(created == collection, Error::<T>::CollectionTaken);
				}
			}
			Ok(())
		})
	}

	pub(crate) fn do_mint(title: Title, owner: &T::AccountId) -> DispatchResult {
		let config = ItemConfig { settings: ItemSettings::all_enabled() };
		T::Nfts::mint_into(&title.kind.collection(), &title.id, owner, &config, true)
	}

	pub(crate) fn owner_of(title: Title) -> Option<T::AccountId> {
		T::Nfts::owner(&title.kind.collection(), &title.id)
	}
}
