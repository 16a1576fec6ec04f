//! Revenue: how it is taken in and paid out. What a function does, it does whole or not at all, and so do
//! the calls that use it.

use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, InspectHold, Mutate, MutateHold},
		tokens::{DepositConsequence, Fortitude, Precision, Provenance, Restriction},
		Get,
	},
};
use sp_runtime::{
	traits::AccountIdConversion, ArithmeticError, DispatchError, DispatchResult, TokenError,
};
use tributary_primitives::{
	title::Title,
	traits::{Titles, Vaults as CreditVaults},
};

use crate::pallet::{Config, Error, Event, HoldReason, Owed, Pallet, VaultOf, Vaults};

impl<T: Config> Pallet<T> {
	/// The account that holds the revenue, and the staked shares.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// The revenue that the account holds, in planck.
	pub fn held() -> u128 {
		T::Currency::balance_on_hold(&HoldReason::Revenue.into(), &Self::account_id())
	}

	/// Fills the account's free balance up to the existential deposit, without which it could hold nothing.
	///
	/// # Errors
	/// Where that would be more than can exist.
	pub(crate) fn endow_account() -> DispatchResult {
		let account = Self::account_id();
		let missing = T::Currency::minimum_balance().saturating_sub(T::Currency::balance(&account));
		T::Currency::mint_into(&account, missing).map(|_| ())
	}

	/// Takes `amount` planck of the account's free balance into the books of the vault of `title`.
	fn take_in(title: Title, mut vault: VaultOf<T>, amount: u128) -> DispatchResult {
		T::Currency::hold(&HoldReason::Revenue.into(), &Self::account_id(), amount)?;
		vault.received = vault.received.checked_add(amount).ok_or(Error::<T>::TooMuchRevenue)?;
		let staked = vault.pool.shares;
		if staked > 0 {
			vault.pool.credit(amount).ok_or(Error::<T>::TooMuchRevenue)?;
			Self::deposit_event(Event::RevenueDivided { title, amount, staked });
		} else {
			let owner = T::Titles::owner(title).ok_or(Error::<T>::TitleNotFound)?;
			Self::pay(title, &mut vault, &owner, amount)?;
			Self::deposit_event(Event::RevenueToOwner { title, owner, amount });
		}
		Vaults::<T>::insert(title, vault);
		Ok(())
	}

	/// Pays `who` the `amount` planck that have become due and what the vault owes to it, and notes that in
	/// the vault's books; what it can not take stays owed. Returns what was paid.
	pub(crate) fn pay(
		title: Title,
		vault: &mut VaultOf<T>,
		who: &T::AccountId,
		amount: u128,
	) -> Result<u128, DispatchError> {
		let paid = Self::pay_or_owe(title, vault.asset, who, amount)?;
		let owed = vault.owed.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		vault.owed = owed.checked_sub(paid).ok_or(ArithmeticError::Underflow)?;
		vault.paid = vault.paid.checked_add(paid).ok_or(ArithmeticError::Overflow)?;
		Ok(paid)
	}

	/// As [`Self::pay`], without the vault's books.
	fn pay_or_owe(
		title: Title,
		asset: u32,
		who: &T::AccountId,
		amount: u128,
	) -> Result<u128, DispatchError> {
		let before = Owed::<T>::take((title, asset, who));
		let due = before.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		if due == 0 {
			return Ok(0);
		}
		if Self::pay_out(who, due).is_err() {
			Owed::<T>::insert((title, asset, who), due);
			Self::deposit_event(Event::LeftOwed { title, asset, who: who.clone(), owed: due });
			return Ok(0);
		}
		if before > 0 {
			let (who, amount) = (who.clone(), before);
			Self::deposit_event(Event::OwedPaid { title, asset, who, amount });
		}
		Ok(due)
	}

	/// Moves `amount` planck of revenue to `who`, where the account can exist with it.
	fn pay_out(who: &T::AccountId, amount: u128) -> DispatchResult {
		ensure!(
			T::Currency::can_deposit(who, amount, Provenance::Extant)
				== DepositConsequence::Success,
			TokenError::CannotCreate
		);
		with_storage_layer(|| {
			T::Currency::transfer_on_hold(
				&HoldReason::Revenue.into(),
				&Self::account_id(),
				who,
				amount,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Polite,
			)
			.map(|_| ())
		})
	}

	pub(crate) fn do_collect_owed(title: Title, asset: u32, who: T::AccountId) -> DispatchResult {
		if !Owed::<T>::contains_key((title, asset, &who)) {
			Self::deposit_event(Event::OwedPaid { title, asset, who, amount: 0 });
			return Ok(());
		}
		match Vaults::<T>::get(title).filter(|vault| vault.asset == asset) {
			Some(mut vault) => {
				Self::pay(title, &mut vault, &who, 0)?;
				Vaults::<T>::insert(title, vault);
			}
			None => {
				Self::pay_or_owe(title, asset, &who, 0)?;
			}
		}
		Ok(())
	}
}

impl<T: Config> CreditVaults<T::AccountId> for Pallet<T> {
	type Error = DispatchError;

	fn account() -> T::AccountId {
		Self::account_id()
	}

	fn credit(title: Title, amount: u128) -> DispatchResult {
		let vault = Vaults::<T>::get(title).ok_or(Error::<T>::NoVault)?;
		if amount == 0 {
			return Ok(());
		}
		with_storage_layer(|| Self::take_in(title, vault, amount))
	}
}
