//! Showing hits, and deciding an accusation.

use frame_support::{
	ensure,
	traits::{fungible::hold::Mutate as _, tokens::Precision},
};
use sp_runtime::DispatchResult;
use tributary_primitives::{
	ids::Seq,
	originality::{self, Hit, HitError, REQUIRED_HITS},
	traits::{Contributions, OnSlash as _, Sanctions, Slash},
};
use tributary_slashing::slash;

use crate::{
	accusations::FactsOf,
	pallet::{Accusations, Config, Draws, Error, Event, HoldReason, Pallet, Repeats},
	types::{AccusationOf, Earlier},
};

impl<T> From<HitError> for Error<T> {
	fn from(error: HitError) -> Self {
		match error {
			HitError::Opening(error) => error.into(),
			HitError::NoSuchSample => Self::NoSuchSample,
			HitError::Different => Self::Different,
		}
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_show_hits(
		challenger: T::AccountId,
		accused: Seq,
		hits: &[Hit],
	) -> DispatchResult {
		let mut accusation =
			Accusations::<T>::get(accused, &challenger).ok_or(Error::<T>::NotAccused)?;
		let now = frame_system::Pallet::<T>::block_number();
		ensure!(now <= accusation.prove_until, Error::<T>::ProofOver);
		let facts = Self::undecided(accused, &accusation).ok_or(Error::<T>::NothingToDecide)?;
		ensure!(now > accusation.draw_at, Error::<T>::NotDrawn);
		let seed = Self::seed(&accusation).ok_or(Error::<T>::Undrawn)?;

		let before = accusation.hits;
		let original = accusation.earlier.content();
		for hit in hits {
			originality::verify_hit(&seed, &facts.content, &original, hit)
				.map_err(Error::<T>::from)?;
			accusation.hits |= 1u32.checked_shl(hit.sample.into()).unwrap_or_default();
		}
		ensure!(accusation.hits != before, Error::<T>::NothingNew);
		let shown = accusation.hits.count_ones();
		Self::deposit_event(Event::HitsShown {
			accused,
			challenger: challenger.clone(),
			hits: shown,
		});
		if shown < REQUIRED_HITS {
			Accusations::<T>::insert(accused, challenger, accusation);
			Ok(())
		} else {
			Self::uphold(accused, challenger, &accusation)
		}
	}

	pub(crate) fn do_close(accused: Seq, challenger: T::AccountId) -> DispatchResult {
		let accusation =
			Accusations::<T>::get(accused, &challenger).ok_or(Error::<T>::NotAccused)?;
		let now = frame_system::Pallet::<T>::block_number();
		let drawn = now <= accusation.draw_at || Self::seed(&accusation).is_some();
		let Some(facts) = Self::undecided(accused, &accusation).filter(|_| drawn) else {
			Self::forget(accused, &challenger, &accusation);
			Self::release_bond(&challenger, &accusation)?;
			Self::deposit_event(Event::Moot { accused, challenger });
			return Ok(());
		};
		ensure!(now > accusation.prove_until, Error::<T>::ProofNotOver);
		Self::forget(accused, &challenger, &accusation);
		let reason = HoldReason::Accusation.into();
		let Slash { slashed: forfeited, reward: compensation } =
			slash::<T::Currency, _>(&reason, &challenger, &facts.contributor, accusation.bond)?;
		T::OnSlash::slashed(&challenger, forfeited);
		Self::deposit_event(Event::Failed { accused, challenger, forfeited, compensation });
		Ok(())
	}

	/// The accused contribution, while there is something to decide: it has not ended, was not shown
	/// to repeat another output where this is about one, and the original was not shown to be none.
	fn undecided(accused: Seq, accusation: &AccusationOf<T>) -> Option<FactsOf<T>> {
		let facts = T::Datasets::contribution(accused)?;
		let stands = match &accusation.earlier {
			Earlier::Contribution { seq, .. } => !Repeats::<T>::contains_key(seq),
			Earlier::Output(_) => facts.synthetic.is_none(),
		};
		(stands && facts.ended_at.is_none()).then_some(facts)
	}

	/// What the windows of `accusation` are drawn by, once the draw is over.
	pub(crate) fn seed(accusation: &AccusationOf<T>) -> Option<[u8; 32]> {
		Draws::<T>::get(accusation.draw_at)?.seed
	}

	fn uphold(
		accused: Seq,
		challenger: T::AccountId,
		accusation: &AccusationOf<T>,
	) -> DispatchResult {
		let slash = match &accusation.earlier {
			Earlier::Contribution { .. } => T::Datasets::suspend_copy(accused, &challenger)?,
			Earlier::Output(served) => T::Datasets::mark_synthetic(accused, *served, &challenger)?,
		};
		let facts = T::Datasets::contribution(accused);
		if facts.is_some_and(|facts| facts.ended_at.is_some()) {
			Repeats::<T>::insert(accused, ());
		}
		Self::forget(accused, &challenger, accusation);
		Self::release_bond(&challenger, accusation)?;
		Self::deposit_event(Event::Upheld {
			accused,
			challenger,
			original: accusation.earlier.original(),
			slashed: slash.slashed,
			reward: slash.reward,
		});
		Ok(())
	}

	/// Removes an accusation with its lock and its part in the draw.
	fn forget(accused: Seq, challenger: &T::AccountId, accusation: &AccusationOf<T>) {
		Accusations::<T>::remove(accused, challenger);
		Self::leave_draw(accusation.draw_at);
		T::Datasets::unlock(accused);
	}

	fn release_bond(challenger: &T::AccountId, accusation: &AccusationOf<T>) -> DispatchResult {
		let reason = HoldReason::Accusation.into();
		T::Currency::release(&reason, challenger, accusation.bond, Precision::Exact)?;
		Ok(())
	}
}
