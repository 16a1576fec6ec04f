//! Read helpers that the runtime API is made of. None of them changes anything.

use frame_support::traits::fungibles::Inspect;
use tributary_primitives::{
	title::Title,
	traits::Titles,
	views::{StakeView, VaultView},
};

use crate::pallet::{Config, Owed, Pallet, Stakes, Vaults};

impl<T: Config> Pallet<T> {
	/// The vault of a title; `None` where it has none.
	pub fn vault_view(title: Title) -> Option<VaultView<T::AccountId>> {
		let vault = Vaults::<T>::get(title)?;
		Some(VaultView {
			title,
			owner: T::Titles::owner(title)?,
			asset: vault.asset,
			supply: T::Assets::total_issuance(vault.asset),
			staked: vault.pool.shares.into(),
			received: vault.received,
			paid: vault.paid,
			owed: vault.owed,
			residue: vault.pool.residue.planck,
		})
	}

	/// What an account has staked in the vault of a title, and may claim of it: what its stake has earned
	/// and what it is owed. `None` where it has neither.
	pub fn stake_view(title: Title, account: &T::AccountId) -> Option<StakeView<T::AccountId>> {
		let vault = Vaults::<T>::get(title)?;
		let owed = Owed::<T>::get((title, vault.asset, account));
		let (staked, earned) = match Stakes::<T>::get(title, account) {
			Some(stake) => (stake.position.shares, vault.pool.earned(&stake.position)?.planck),
			None if owed == 0 => return None,
			None => (0, 0),
		};
		Some(StakeView {
			title,
			account: account.clone(),
			staked: staked.into(),
			claimable: earned.checked_add(owed)?,
		})
	}
}
