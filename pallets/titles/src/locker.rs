//! How a change of owner is heard.

use frame_support::{dispatch::DispatchClass, ensure, traits::tokens::Locker};
use sp_runtime::DispatchResult;
use tributary_primitives::{
	title::{Beneficiary, Title, TitleKind},
	traits::OnTitleChange,
};

use crate::{Config, Error, Pallet, Vaulted, WeightInfo};

impl<T: Config> Pallet<T> {
	/// Notes that `title` is about to leave `owner`.
	fn owner_changes(title: Title, owner: T::AccountId) -> DispatchResult {
		match Vaulted::<T>::get(title) {
			Some(sold_from) => {
				let now = frame_system::Pallet::<T>::block_number();
				ensure!(now >= sold_from, Error::<T>::VaultedLately);
			}
			None => Self::end_tenure(title, Beneficiary::Owner(owner.clone()), owner.clone())?,
		}
		T::OnChange::owner_changes(title, &owner);
		Ok(())
	}
}

impl<T: Config> Locker<u32, u32> for Pallet<T> {
	/// Notes that the title is about to leave its owner, and is not locked unless that can not be noted, or its
	/// revenue went to a vault lately.
	/// Only `pallet-nfts` may ask, and only where the title leaves or the storage is rolled back.
	fn is_locked(collection: u32, item: u32) -> bool {
		let title = TitleKind::of_collection(collection).map(|kind| Title { kind, id: item });
		let Some((title, owner)) = title.and_then(|title| Some((title, Self::owner_of(title)?)))
		else {
			return false;
		};
		frame_system::Pallet::<T>::register_extra_weight_unchecked(
			T::WeightInfo::note_change(),
			DispatchClass::Normal,
		);
		Self::owner_changes(title, owner).is_err()
	}
}
