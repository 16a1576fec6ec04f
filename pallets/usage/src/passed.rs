//! What synthetic sources earn, on its way to the sources of the outputs that they repeat.

use frame_support::{ensure, storage::with_storage_layer, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};
use tributary_primitives::{
	ids::{EpochIndex, ModelId},
	traits::{PassedCredit, PassedTo, Titles},
};

use crate::{money::add, types::Passing, Config, Error, Event, Pallet, Passed};

impl<T: Config> PassedCredit<T::AccountId> for Pallet<T> {
	type Error = DispatchError;

	fn passed(source: u64) -> u128 {
		Passed::<T>::get(source).credited
	}

	fn pass_on(
		model: ModelId,
		epoch: EpochIndex,
		source: u64,
		amount: u128,
	) -> Result<(), DispatchError> {
		with_storage_layer(|| {
			Self::take_from_pot(model, epoch, amount)?;
			credit::<T>(source, amount)?;
			Self::deposit_event(Event::PassedOn { model, epoch, source, amount });
			Ok(())
		})
	}

	fn pay_passed(
		source: u64,
		to: &PassedTo<T::AccountId>,
		amount: u128,
	) -> Result<(), DispatchError> {
		with_storage_layer(|| {
			let left = Passed::<T>::get(source).left;
			ensure!(amount <= left, Error::<T>::ExceedsPassed);
			Passed::<T>::mutate(source, |passing| passing.left = left.saturating_sub(amount));
			let (beneficiary, dataset, curators) = match to {
				PassedTo::Source(target) => {
					credit::<T>(*target, amount)?;
					let target = *target;
					Self::deposit_event(Event::PassedAlong { source, target, amount });
					return Ok(());
				}
				PassedTo::Contributor(payee) => {
					let curators = Self::pay_payee(payee, amount, T::Titles::beneficiary)?;
					(payee.contributor.clone(), Some(payee.dataset), curators)
				}
				PassedTo::Treasury => {
					let treasury = T::Treasury::get();
					Self::pay_or_leave_due(&treasury, amount)?;
					(treasury, None, 0)
				}
			};
			Self::deposit_event(Event::PassedPaid {
				source,
				beneficiary,
				dataset,
				amount,
				curators,
			});
			Ok(())
		})
	}
}

/// Puts `amount` planck into the bucket of `source`.
fn credit<T: Config>(source: u64, amount: u128) -> DispatchResult {
	Passed::<T>::try_mutate(source, |Passing { credited, left }| {
		add(credited, amount)?;
		add(left, amount)
	})
}
