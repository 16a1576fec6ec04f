//! Whom the revenue of each title goes to, and went to.

use frame_support::{ensure, traits::Get};
use sp_runtime::{traits::Saturating, ArithmeticError, DispatchError, DispatchResult};
use tributary_primitives::{
	title::{Beneficiary, Tenure, Title},
	traits::{OnTitleChange, Titles, VaultedTitles},
};

use crate::{Changes, Config, Error, Event, Pallet, TenureCount, Tenures, Vaulted};

impl<T: Config> Pallet<T> {
	/// Ends the tenure of today, which is that of `from`. What it earned and was not paid is `taker`'s.
	/// Nothing is changed where it fails.
	pub(crate) fn end_tenure(
		title: Title,
		from: Beneficiary<T::AccountId>,
		taker: T::AccountId,
	) -> DispatchResult {
		let tenure = TenureCount::<T>::get(title);
		let next = tenure.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let change = Changes::<T>::get().checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let since = Self::began(title, tenure);
		let ended = Tenure { beneficiary: Beneficiary::Owner(taker), since, until: Some(change) };
		Tenures::<T>::insert(title, tenure, ended);
		TenureCount::<T>::insert(title, next);
		Changes::<T>::put(change);
		T::OnChange::beneficiary_changes(title, &from);
		Self::deposit_event(Event::BeneficiaryChanged { title, tenure, from });
		Ok(())
	}

	/// The number of changes when the tenure `index` began: when the one before it ended.
	fn began(title: Title, index: u32) -> u64 {
		let before = index.checked_sub(1).and_then(|before| Tenures::<T>::get(title, before));
		before.and_then(|tenure| tenure.until).unwrap_or(0)
	}
}

impl<T: Config> Titles<T::AccountId> for Pallet<T> {
	type Error = DispatchError;

	fn mint(title: Title, owner: &T::AccountId) -> DispatchResult {
		Self::do_mint(title, owner)
	}

	fn owner(title: Title) -> Option<T::AccountId> {
		Self::owner_of(title)
	}

	fn beneficiary(title: Title) -> Option<Beneficiary<T::AccountId>> {
		let owner = Self::owner_of(title)?;
		Some(if Vaulted::<T>::contains_key(title) {
			Beneficiary::Vault
		} else {
			Beneficiary::Owner(owner)
		})
	}

	fn changes() -> u64 {
		Changes::<T>::get()
	}

	fn current_tenure(title: Title) -> u32 {
		TenureCount::<T>::get(title)
	}

	fn tenure(title: Title, index: u32) -> Option<Tenure<T::AccountId>> {
		if index != Self::current_tenure(title) {
			return Tenures::<T>::get(title, index);
		}
		let beneficiary = Self::beneficiary(title)?;
		Some(Tenure { beneficiary, since: Self::began(title, index), until: None })
	}
}

impl<T: Config> VaultedTitles<T::AccountId> for Pallet<T> {
	type Error = DispatchError;

	fn vault(title: Title) -> DispatchResult {
		let owner = Self::owner_of(title).ok_or(Error::<T>::NotFound)?;
		if !Vaulted::<T>::contains_key(title) {
			Self::end_tenure(title, Beneficiary::Owner(owner.clone()), owner)?;
			let now = frame_system::Pallet::<T>::block_number();
			Vaulted::<T>::insert(title, now.saturating_add(T::VaultLock::get()));
		}
		Ok(())
	}

	fn unvault(title: Title, heir: &T::AccountId) -> DispatchResult {
		ensure!(Self::owner_of(title).is_some(), Error::<T>::NotFound);
		if Vaulted::<T>::contains_key(title) {
			Self::end_tenure(title, Beneficiary::Vault, heir.clone())?;
			Vaulted::<T>::remove(title);
		}
		Ok(())
	}
}
