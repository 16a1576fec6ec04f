//! How money moves. The caller undoes its storage on an error.

use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{Balanced, Inspect, InspectHold, Mutate, MutateHold},
		tokens::{DepositConsequence, Fortitude, Precision, Preservation, Provenance, Restriction},
		Get, OnUnbalanced,
	},
};
use sp_runtime::{traits::AccountIdConversion, ArithmeticError, DispatchResult, TokenError};
use tributary_primitives::{ids::ModelId, title::Title, traits::Vaults};

use crate::{Claimed, Config, Dues, Error, Event, HoldReason, Ledger, Ledgers, Pallet};

impl<T: Config> Pallet<T> {
	/// The account that holds the revenue.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// The revenue that the account holds, in planck.
	pub fn held() -> u128 {
		T::Currency::balance_on_hold(&HoldReason::Revenue.into(), &Self::account_id())
	}

	/// Fills the account's free balance up to the existential deposit, without which it could not
	/// hold a payment that is smaller than that.
	pub(crate) fn endow_account() {
		let account = Self::account_id();
		let missing = T::Currency::minimum_balance().saturating_sub(T::Currency::balance(&account));
		if let Err(error) = T::Currency::mint_into(&account, missing) {
			log::error!(
				target: "runtime::usage",
				"the account for revenue has no existential deposit: {error:?}"
			);
		}
	}

	pub(crate) fn do_collect_due(beneficiary: T::AccountId) -> DispatchResult {
		let amount = Dues::<T>::take(&beneficiary);
		Self::pay_out(&beneficiary, amount)?;
		Self::deposit_event(Event::DuePaid { beneficiary, amount });
		Ok(())
	}

	/// Takes the fee of a payment as a credit for its destination, and `kept` planck into the account.
	pub(crate) fn collect(
		payer: &T::AccountId,
		fee: u128,
		kept: u128,
		fortitude: Fortitude,
	) -> DispatchResult {
		let credit =
			T::Currency::withdraw(payer, fee, Precision::Exact, Preservation::Preserve, fortitude)?;
		T::FeeDestination::on_unbalanced(credit);
		T::Currency::transfer_and_hold(
			&HoldReason::Revenue.into(),
			payer,
			&Self::account_id(),
			kept,
			Precision::Exact,
			Preservation::Preserve,
			fortitude,
		)?;
		Ok(())
	}

	/// Gives `amount` planck of the payer's to the vault of `title`, which makes them paid in and paid out
	/// at once.
	pub(crate) fn collect_for_vault(
		payer: &T::AccountId,
		title: Title,
		amount: u128,
		fortitude: Fortitude,
	) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let credit = T::Currency::withdraw(
			payer,
			amount,
			Precision::Exact,
			Preservation::Preserve,
			fortitude,
		)?;
		T::Currency::resolve(&T::Vaults::account(), credit)
			.map_err(|_| TokenError::CannotCreate)?;
		Claimed::<T>::try_mutate(|sum| add(sum, amount))?;
		T::Vaults::credit(title, amount)
	}

	/// Moves `amount` planck of revenue to `beneficiary`.
	pub(crate) fn pay_out(beneficiary: &T::AccountId, amount: u128) -> DispatchResult {
		// The currency refuses even nothing to an account that does not exist.
		if amount == 0 {
			return Ok(());
		}
		let consequence = T::Currency::can_deposit(beneficiary, amount, Provenance::Extant);
		ensure!(
			consequence != DepositConsequence::BelowMinimum,
			Error::<T>::BelowExistentialDeposit
		);
		T::Currency::transfer_on_hold(
			&HoldReason::Revenue.into(),
			&Self::account_id(),
			beneficiary,
			amount,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Polite,
		)?;
		Claimed::<T>::try_mutate(|sum| add(sum, amount))
	}

	/// Moves `amount` planck of revenue to the vault of `title`.
	pub(crate) fn pay_vault(title: Title, amount: u128) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		Self::pay_out(&T::Vaults::account(), amount)?;
		T::Vaults::credit(title, amount)
	}

	/// Pays `amount` planck and whatever was due before; what can not be paid now stays due.
	pub(crate) fn pay_or_leave_due(beneficiary: &T::AccountId, amount: u128) -> DispatchResult {
		let before = Dues::<T>::take(beneficiary);
		let due = before.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		if due == 0 {
			return Ok(());
		}
		let paid = with_storage_layer(|| Self::pay_out(beneficiary, due));
		if paid.is_err() {
			Dues::<T>::insert(beneficiary, due);
			Self::deposit_event(Event::LeftDue { beneficiary: beneficiary.clone(), due });
		} else if before > 0 {
			Self::deposit_event(Event::DuePaid {
				beneficiary: beneficiary.clone(),
				amount: before,
			});
		}
		Ok(())
	}

	/// Takes `amount` planck out of a model's books.
	pub(crate) fn note_claimed(model: ModelId, amount: u128) -> DispatchResult {
		Ledgers::<T>::try_mutate(model, |Ledger { claimed, .. }| add(claimed, amount))
	}
}

/// Adds `amount` to `sum`, which stays as it was where that overflows.
pub(crate) fn add(sum: &mut u128, amount: u128) -> DispatchResult {
	*sum = sum.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
	Ok(())
}
