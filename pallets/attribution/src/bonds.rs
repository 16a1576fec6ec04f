//! Bonds and deposits of attributors.

use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{
		fungible::{hold::Mutate as _, Inspect as _},
		tokens::{DepositConsequence, Fortitude, Precision, Provenance, Restriction},
	},
};
use sp_runtime::DispatchError;

use crate::{
	pallet::{Config, Error, Event, HoldReason, Locked, Pallet},
	types::ReportOf,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_bond(attributor: T::AccountId, amount: u128) -> DispatchResult {
		T::Currency::hold(&HoldReason::Bond.into(), &attributor, amount)?;
		Self::deposit_event(Event::Bonded { attributor, amount });
		Ok(())
	}

	pub(crate) fn do_unbond(attributor: T::AccountId, amount: u128) -> DispatchResult {
		let free = Self::bonded(&attributor).saturating_sub(Locked::<T>::get(&attributor));
		ensure!(amount <= free, Error::<T>::BondLocked);
		T::Currency::release(&HoldReason::Bond.into(), &attributor, amount, Precision::Exact)?;
		Self::deposit_event(Event::Unbonded { attributor, amount });
		Ok(())
	}

	/// Frees what `report`, whose record the caller writes or removes, locks of its attributor's bond.
	pub(crate) fn unlock(report: &ReportOf<T>) {
		Self::unlock_part(report, report.bond);
	}

	fn unlock_part(report: &ReportOf<T>, amount: u128) {
		Locked::<T>::mutate_exists(&report.attributor, |locked| {
			*locked = locked.unwrap_or_default().checked_sub(amount).filter(|rest| *rest > 0);
		});
	}

	/// Returns what is held for the storage of `report`, whose record the caller writes or removes.
	pub(crate) fn return_deposit(report: &mut ReportOf<T>) -> DispatchResult {
		let deposit = core::mem::take(&mut report.deposit);
		let reason = HoldReason::ReportDeposit.into();
		T::Currency::release(&reason, &report.attributor, deposit, Precision::Exact)?;
		Ok(())
	}

	/// Burns half, rounded up, of what `report` locks, and leaves it with the other half. Returns what
	/// it locked, all of which the attributor has lost.
	pub(crate) fn slash(report: &mut ReportOf<T>) -> Result<u128, DispatchError> {
		let slashed = report.bond;
		let left = slashed / 2;
		Self::burn(report, slashed.saturating_sub(left))?;
		report.bond = left;
		Ok(slashed)
	}

	/// Ends what `report`, whose record is gone, holds of its attributor. The deposit is returned; what
	/// it locks goes to `rewarded`, and is free again where there is none. Returns what `rewarded` got:
	/// nothing, where its account could not exist with so little, which is burned then.
	pub(crate) fn let_go(
		mut report: ReportOf<T>,
		rewarded: Option<&T::AccountId>,
	) -> Result<u128, DispatchError> {
		Self::return_deposit(&mut report)?;
		let Some(rewarded) = rewarded else {
			Self::unlock(&report);
			return Ok(0);
		};
		let amount = report.bond;
		let possible = T::Currency::can_deposit(rewarded, amount, Provenance::Extant);
		if possible != DepositConsequence::Success {
			Self::burn(&report, amount)?;
			return Ok(0);
		}
		Self::unlock(&report);
		if amount > 0 {
			T::Currency::transfer_on_hold(
				&HoldReason::Bond.into(),
				&report.attributor,
				rewarded,
				amount,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Force,
			)?;
		}
		Ok(amount)
	}

	/// Burns `amount` of what `report` locks.
	fn burn(report: &ReportOf<T>, amount: u128) -> DispatchResult {
		Self::unlock_part(report, amount);
		T::Currency::burn_held(
			&HoldReason::Bond.into(),
			&report.attributor,
			amount,
			Precision::Exact,
			Fortitude::Force,
		)?;
		Ok(())
	}
}
