//! The asset that the shares of a title are.

use frame_support::{
	storage::with_storage_layer,
	traits::{
		fungible::Mutate as _,
		fungibles::{
			metadata::Mutate as _, roles::ResetTeam, Create, Destroy, Inspect, Mutate, Refund,
		},
		tokens::{Fortitude, Precision, Preservation},
		AccountTouch,
	},
};
use sp_runtime::{DispatchError, DispatchResult};

use crate::{
	pallet::{Config, Error, NextAsset, Pallet},
	types::{Text, MAX_REMOVALS},
};

impl<T: Config> Pallet<T> {
	/// Makes the next asset, of which `owner` gets all `supply` shares, and pays the deposits.
	pub(crate) fn create_asset(
		owner: &T::AccountId,
		supply: u64,
		name: Text,
		symbol: Text,
	) -> Result<u32, DispatchError> {
		let asset = NextAsset::<T>::get();
		NextAsset::<T>::put(asset.checked_add(1).ok_or(Error::<T>::TooManyAssets)?);
		let account = Self::account_id();
		T::Assets::create(asset, owner.clone(), false, 1)?;
		if !name.is_empty() || !symbol.is_empty() {
			// The owner of an asset deposits for its name: that is to be the issuer, for this once.
			T::Assets::set(asset, owner, name.into_inner(), symbol.into_inner(), 0)?;
		}
		Self::set_asset_owner(asset, &account)?;
		let deposit = T::Assets::deposit_required(asset);
		T::Currency::transfer(owner, &account, deposit, Preservation::Preserve)?;
		T::Assets::touch(asset, &account, &account)?;
		T::Assets::mint_into(asset, owner, supply.into())?;
		Ok(asset)
	}

	/// Burns the shares that `who` and the pallet's account have, and destroys the asset as far as
	/// [`MAX_REMOVALS`] goes. The deposits are `depositor`'s. Returns whether nothing is left of it.
	pub(crate) fn destroy_asset(
		asset: u32,
		who: &T::AccountId,
		depositor: &T::AccountId,
	) -> Result<bool, DispatchError> {
		let account = Self::account_id();
		Self::burn_all(asset, who)?;
		Self::burn_all(asset, &account)?;
		if let Some((_, deposit)) = T::Assets::deposit_held(asset, account.clone()) {
			T::Assets::refund(asset, account.clone())?;
			T::Currency::transfer(&account, depositor, deposit, Preservation::Preserve)?;
		}
		// The deposit for the name is returned to the asset's owner.
		Self::set_asset_owner(asset, depositor)?;
		T::Assets::start_destroy(asset, None)?;
		T::Assets::destroy_accounts(asset, MAX_REMOVALS)?;
		T::Assets::destroy_approvals(asset, MAX_REMOVALS)?;
		Ok(with_storage_layer(|| T::Assets::finish_destroy(asset)).is_ok())
	}

	/// Gives the asset to `owner`, and all other roles in it to the pallet's account.
	fn set_asset_owner(asset: u32, owner: &T::AccountId) -> DispatchResult {
		let account = Self::account_id();
		T::Assets::reset_team(asset, owner.clone(), account.clone(), account.clone(), account)
	}

	fn burn_all(asset: u32, who: &T::AccountId) -> DispatchResult {
		let all = T::Assets::balance(asset, who);
		if all > 0 {
			T::Assets::burn_from(
				asset,
				who,
				all,
				Preservation::Expendable,
				Precision::Exact,
				Fortitude::Polite,
			)?;
		}
		Ok(())
	}
}
