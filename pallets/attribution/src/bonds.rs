//! Bonds and deposits of attributors.

use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{fungible::hold::Mutate as _, tokens::Precision},
};
use sp_runtime::DispatchError;
use tributary_primitives::traits::OnSlash as _;
use tributary_slashing::{burn, pay_or_burn, reward_of};

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
		if deposit > 0 {
			let reason = HoldReason::ReportDeposit.into();
			T::Currency::release(&reason, &report.attributor, deposit, Precision::Exact)?;
		}
		Ok(())
	}

	/// Burns what is held for the storage of `report`, whose record the caller writes or removes. Returns
	/// what that was.
	pub(crate) fn forfeit_deposit(report: &mut ReportOf<T>) -> Result<u128, DispatchError> {
		let deposit = core::mem::take(&mut report.deposit);
		burn::<T::Currency, _>(&HoldReason::ReportDeposit.into(), &report.attributor, deposit)?;
		Ok(deposit)
	}

	/// Burns half, rounded up, of what `report` locks, and leaves it with the other half. Returns what
	/// it locked, all of which the attributor has lost.
	pub(crate) fn slash(report: &mut ReportOf<T>) -> Result<u128, DispatchError> {
		let slashed = report.bond;
		let left = reward_of(slashed);
		let burned = slashed.saturating_sub(left);
		Self::unlock_part(report, burned);
		burn::<T::Currency, _>(&HoldReason::Bond.into(), &report.attributor, burned)?;
		T::OnSlash::slashed(&report.attributor, slashed);
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
		Self::unlock(&report);
		let Some(rewarded) = rewarded else { return Ok(0) };
		let reason = HoldReason::Bond.into();
		pay_or_burn::<T::Currency, _>(&reason, &report.attributor, rewarded, report.bond)
	}
}
