//! What follows from what is proven against a contribution.

use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};
use tributary_primitives::{
	ids::Seq,
	traits::{OnSlash as _, Sanctions, ServedOutput, Slash, SyntheticPolicy},
	views::SuspensionCause,
};
use tributary_slashing::slash;

use crate::{types::*, Config, Contributions, Datasets, Error, Event, HoldReason, Pallet};

impl<T: Config> Sanctions<T::AccountId> for Pallet<T> {
	type Error = DispatchError;

	fn lock(seq: Seq) -> DispatchResult {
		Contributions::<T>::try_mutate(seq, |contribution| {
			let contribution = contribution.as_mut().ok_or(Error::<T>::NotFound)?;
			contribution.locks =
				contribution.locks.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Ok(())
		})
	}

	fn unlock(seq: Seq) {
		Contributions::<T>::mutate_extant(seq, |contribution| {
			contribution.locks = contribution.locks.saturating_sub(1);
		});
	}

	fn suspend_copy(seq: Seq, challenger: &T::AccountId) -> Result<Slash, DispatchError> {
		let mut contribution = Contributions::<T>::get(seq).ok_or(Error::<T>::NotFound)?;
		let slash = Self::suspend(seq, &mut contribution, SuspensionCause::Copy, challenger)?;
		Contributions::<T>::insert(seq, contribution);
		Ok(slash)
	}

	fn mark_synthetic(
		seq: Seq,
		served: ServedOutput,
		challenger: &T::AccountId,
	) -> Result<Slash, DispatchError> {
		let mut contribution = Contributions::<T>::get(seq).ok_or(Error::<T>::NotFound)?;
		// The first mark stands: what the contribution passes on is shared by that output.
		if contribution.ended.is_some() || contribution.synthetic.is_some() {
			return Ok(Slash::default());
		}
		let dataset = contribution.dataset;
		let policy = Datasets::<T>::get(dataset).ok_or(Error::<T>::NotFound)?.terms.synthetic;
		contribution.synthetic = Some(served);
		let ServedOutput { model, epoch, receipt, item, .. } = served;
		Self::deposit_event(Event::MarkedSynthetic { seq, dataset, model, epoch, receipt, item });
		let slash = match policy {
			SyntheticPolicy::Refuse => {
				Self::suspend(seq, &mut contribution, SuspensionCause::Synthetic, challenger)?
			}
			SyntheticPolicy::PassThrough => Slash::default(),
		};
		Contributions::<T>::insert(seq, contribution);
		Ok(slash)
	}

	fn withhold(seq: Seq, demander: &T::AccountId) -> Result<Slash, DispatchError> {
		let mut contribution = Contributions::<T>::get(seq).ok_or(Error::<T>::NotFound)?;
		if contribution.withheld.is_some() {
			return Ok(Slash::default());
		}
		contribution.withheld = Some(frame_system::Pallet::<T>::block_number());
		let slash = Self::suspend(seq, &mut contribution, SuspensionCause::Withheld, demander)?;
		Contributions::<T>::insert(seq, contribution);
		Self::deposit_event(Event::Withheld { seq });
		Ok(slash)
	}
}

impl<T: Config> Pallet<T> {
	/// Ends `contribution` in this block and takes its deposit, unless it has ended before. The caller
	/// stores it.
	fn suspend(
		seq: Seq,
		contribution: &mut ContributionOf<T>,
		cause: SuspensionCause,
		challenger: &T::AccountId,
	) -> Result<Slash, DispatchError> {
		if contribution.ended.is_some() {
			return Ok(Slash::default());
		}
		let deposit = core::mem::take(&mut contribution.deposit);
		let reason = HoldReason::Contribution.into();
		let contributor = &contribution.contributor;
		let taken = slash::<T::Currency, _>(&reason, contributor, challenger, deposit)?;
		let at = frame_system::Pallet::<T>::block_number();
		contribution.ended = Some(Ended { how: Ending::Suspended(cause), at });
		let dataset = contribution.dataset;
		let Slash { slashed, reward } = taken;
		T::OnSlash::slashed(contributor, slashed);
		Self::deposit_event(Event::Suspended { seq, dataset, cause, slashed, reward });
		Ok(taken)
	}
}
