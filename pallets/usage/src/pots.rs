//! Pots: how they are settled, and what their sources are paid.

use frame_support::{ensure, storage::with_storage_layer, traits::Get};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult, SaturatedConversion};
use tributary_primitives::{
	ids::{EpochIndex, ModelId},
	title::Payee,
	traits::{Pots as SettlePots, Receipts as _, Titles},
};

use crate::{Config, Error, Event, Pallet, Pot, PotState, Pots};

impl<T: Config> Pallet<T> {
	/// Takes `amount` planck of what a settled pot holds for its sources out of it and out of the model's
	/// books. The caller undoes its storage on an error.
	pub(crate) fn take_from_pot(model: ModelId, epoch: EpochIndex, amount: u128) -> DispatchResult {
		let pot = Pots::<T>::get(model, epoch).ok_or(Error::<T>::PotNotFound)?;
		let PotState::Settled { unclaimed } = pot.state else {
			return Err(Error::<T>::PotOpen.into());
		};
		let unclaimed = unclaimed.checked_sub(amount).ok_or(Error::<T>::ExceedsPot)?;
		Pots::<T>::insert(model, epoch, Pot { state: PotState::Settled { unclaimed }, ..pot });
		Self::note_claimed(model, amount)
	}
}

impl<T: Config> SettlePots<T::AccountId> for Pallet<T> {
	type Error = DispatchError;

	fn settle(
		model: ModelId,
		epoch: EpochIndex,
		attributor: &T::AccountId,
		attributed: u128,
	) -> Result<u128, DispatchError> {
		ensure!(Self::is_closed(epoch), Error::<T>::EpochOpen);
		let pot = Pots::<T>::get(model, epoch).ok_or(Error::<T>::PotNotFound)?;
		ensure!(pot.state == PotState::Open, Error::<T>::PotSettled);
		let residual = pot.data.checked_sub(attributed).ok_or(Error::<T>::ExceedsPot)?;
		let leaving = residual.checked_add(pot.attribution_fee).ok_or(ArithmeticError::Overflow)?;
		with_storage_layer(|| {
			let state = PotState::Settled { unclaimed: attributed };
			Pots::<T>::insert(model, epoch, Pot { state, ..pot });
			Self::note_claimed(model, leaving)?;
			Self::pay_or_leave_due(attributor, pot.attribution_fee)?;
			Self::pay_or_leave_due(&T::Treasury::get(), residual)?;
			Self::deposit_event(Event::PotSettled {
				model,
				epoch,
				attributor: attributor.clone(),
				attributed,
				attribution_fee: pot.attribution_fee,
				residual,
			});
			Ok(residual)
		})
	}

	fn pay_source(
		model: ModelId,
		epoch: EpochIndex,
		payee: &Payee<T::AccountId>,
		amount: u128,
	) -> Result<u128, DispatchError> {
		if amount == 0 {
			return Ok(0);
		}
		with_storage_layer(|| {
			Self::take_from_pot(model, epoch, amount)?;
			let last = Self::last_block(epoch).saturated_into();
			let curators =
				Self::pay_payee(payee, amount, |title| T::Titles::beneficiary_as_of(title, last))?;
			Self::deposit_event(Event::SourcePaid {
				model,
				epoch,
				beneficiary: payee.contributor.clone(),
				dataset: payee.dataset,
				amount,
				curators,
			});
			Ok(curators)
		})
	}
}
