//! Whom the revenue of each title goes to, and went to.

use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, ArithmeticError, DispatchError, DispatchResult};
use tributary_primitives::{
	search::first,
	title::{Beneficiary, Tenure, Title},
	traits::{OnTitleChange, Titles, VaultedTitles},
};

use crate::{Changes, Config, Ends, Error, Event, Pallet, TenureCount, Tenures, Vaulted};

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
		Ends::<T>::insert(title, tenure, frame_system::Pallet::<T>::block_number());
		TenureCount::<T>::insert(title, next);
		Changes::<T>::put(change);
		T::OnChange::beneficiary_changes(title, &from);
		Self::deposit_event(Event::BeneficiaryChanged { title, tenure, from });
		Ok(())
	}

	/// The index of the tenure that the title was in at the end of `block`. The newest former tenure is asked
	/// first, as most titles have had none since.
	fn tenure_as_of(title: Title, block: BlockNumberFor<T>) -> u32 {
		let count = TenureCount::<T>::get(title);
		let later = |index| Ends::<T>::get(title, index).is_some_and(|end| end > block);
		match count.checked_sub(1) {
			Some(newest) if later(newest) => first(newest, later),
			_ => count,
		}
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

	fn beneficiary_as_of(title: Title, block: u32) -> Option<Beneficiary<T::AccountId>> {
		let index = Self::tenure_as_of(title, block.into());
		match Tenures::<T>::get(title, index) {
			Some(former) => Some(former.beneficiary),
			None => Self::beneficiary(title),
		}
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
