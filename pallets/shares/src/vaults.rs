//! How a vault begins and ends.

use frame_support::{
	ensure,
	traits::{fungible::MutateHold, fungibles::Inspect, tokens::Precision, Get},
};
use sp_runtime::{ArithmeticError, DispatchResult};
use tributary_primitives::{
	dividend::Pool,
	title::Title,
	traits::{Titles, VaultedTitles},
};

use crate::{
	pallet::{Config, Error, Event, HoldReason, Pallet, Stakes, VaultOf, Vaults},
	types::{Text, Vault},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_issue(
		owner: T::AccountId,
		title: Title,
		supply: u64,
		name: Text,
		symbol: Text,
	) -> DispatchResult {
		let entitled = T::Titles::owner(title).ok_or(Error::<T>::TitleNotFound)?;
		ensure!(entitled == owner, Error::<T>::NotAuthorized);
		ensure!(!Vaults::<T>::contains_key(title), Error::<T>::AlreadyIssued);
		ensure!(supply > 0, Error::<T>::NoShares);

		let deposit = T::VaultDeposit::get();
		T::Currency::hold(&HoldReason::Vault.into(), &owner, deposit)?;
		let asset = Self::create_asset(&owner, supply, name, symbol)?;
		let vault = Vault {
			asset,
			depositor: owner.clone(),
			deposit,
			received: 0,
			paid: 0,
			owed: 0,
			pool: Pool::default(),
		};
		Vaults::<T>::insert(title, vault);
		T::Titles::vault(title)?;
		Self::deposit_event(Event::Issued { title, owner, asset, supply });
		Ok(())
	}

	pub(crate) fn do_dissolve(who: T::AccountId, title: Title) -> DispatchResult {
		let vault = Vaults::<T>::get(title).ok_or(Error::<T>::NoVault)?;
		let owner = T::Titles::owner(title).ok_or(Error::<T>::TitleNotFound)?;
		let staked = Stakes::<T>::get(title, &who).map_or(0, |stake| stake.position.shares);
		Self::ensure_may_dissolve(&who, &vault, staked, &owner)?;

		// Whoever hears of it may still credit the vault, so it goes afterwards.
		T::Titles::unvault(title, &who)?;
		let mut vault = Vaults::<T>::take(title).ok_or(Error::<T>::NoVault)?;
		if staked > 0 {
			Self::leave(&who, title, &mut vault, staked)?;
		}
		let residue = vault.unowed().ok_or(ArithmeticError::Underflow)?;
		Self::pay(title, &mut vault, &owner, residue)?;

		let Vault { asset, depositor, deposit, .. } = vault;
		T::Currency::release(&HoldReason::Vault.into(), &depositor, deposit, Precision::Exact)?;
		let destroyed = Self::destroy_asset(asset, &who, &depositor)?;
		Self::deposit_event(Event::Dissolved { title, who, asset, residue, destroyed });
		Ok(())
	}

	fn ensure_may_dissolve(
		who: &T::AccountId,
		vault: &VaultOf<T>,
		staked: u64,
		owner: &T::AccountId,
	) -> DispatchResult {
		ensure!(vault.pool.shares == staked, Error::<T>::SharesStaked);
		let free = T::Assets::balance(vault.asset, who);
		let staked_or_lost = T::Assets::balance(vault.asset, &Self::account_id());
		let elsewhere = T::Assets::total_issuance(vault.asset)
			.saturating_sub(free)
			.saturating_sub(staked_or_lost);
		ensure!(elsewhere == 0, Error::<T>::SharesElsewhere);
		ensure!(free > 0 || staked > 0 || who == owner, Error::<T>::NotAuthorized);
		Ok(())
	}
}
