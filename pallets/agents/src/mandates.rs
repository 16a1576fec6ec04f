//! How mandates are set and removed.

use frame_support::{
	ensure,
	traits::{fungible::MutateHold as _, tokens::Precision, Get},
};
use sp_runtime::{DispatchError, DispatchResult};
use tributary_primitives::{
	agent::{Mandate, MandateError, Windows},
	ids::AgentId,
};

use crate::pallet::{
	Config, Error, Event, HoldReason, MandateRecordOf, Mandates, Pallet, Spending,
};

impl<T> From<MandateError> for Error<T> {
	fn from(error: MandateError) -> Self {
		match error {
			MandateError::CallsNotSorted => Self::CallsNotSorted,
			MandateError::AssetsNotSorted => Self::AssetsNotSorted,
			MandateError::CounterpartiesNotSorted => Self::CounterpartiesNotSorted,
			MandateError::ZeroWindow => Self::ZeroWindow,
		}
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_mandate(
		owner: T::AccountId,
		id: AgentId,
		mandate: Option<Mandate<T::AccountId>>,
	) -> DispatchResult {
		Self::working(&owner, id)?;
		match &mandate {
			Some(mandate) => Self::put_mandate(owner, id, mandate.clone())?,
			None => ensure!(Self::remove_mandate(id)?, Error::<T>::NoMandate),
		}
		Self::deposit_event(Event::MandateSet { agent: id, mandate });
		Ok(())
	}

	fn put_mandate(
		owner: T::AccountId,
		id: AgentId,
		mandate: Mandate<T::AccountId>,
	) -> DispatchResult {
		mandate.check().map_err(Error::<T>::from)?;
		let now = Self::block();
		ensure!(mandate.expires_at >= now, Error::<T>::MandateExpired);
		let spending = Windows::of(&mandate, Spending::<T>::get(id).as_ref(), now);
		Self::remove_mandate(id)?;
		let deposit = T::MandateDeposit::get();
		T::Currency::hold(&HoldReason::Deposit.into(), &owner, deposit)?;
		Mandates::<T>::insert(id, MandateRecordOf::<T> { mandate, depositor: owner, deposit });
		Spending::<T>::insert(id, spending);
		Ok(())
	}

	/// Removes the mandate of the agent `id`, and releases the deposit for it. Returns whether there was one.
	pub(crate) fn remove_mandate(id: AgentId) -> Result<bool, DispatchError> {
		let Some(record) = Mandates::<T>::take(id) else {
			return Ok(false);
		};
		Spending::<T>::remove(id);
		let reason = HoldReason::Deposit.into();
		T::Currency::release(&reason, &record.depositor, record.deposit, Precision::Exact)?;
		Ok(true)
	}
}
