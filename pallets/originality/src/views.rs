//! What others read: for the runtime API and for anyone who links the pallet.

use alloc::vec::Vec;

use sp_runtime::traits::SaturatedConversion;
use tributary_primitives::{
	ids::Seq,
	views::{AccusationView, MAX_PAGE},
};

use crate::{
	pallet::{Accusations, Config, Pallet},
	types::AccusationOf,
};

impl<T: Config> Pallet<T> {
	/// The open accusation of `challenger` against the contribution `accused`.
	pub fn accusation_view(
		accused: Seq,
		challenger: &T::AccountId,
	) -> Option<AccusationView<T::AccountId>> {
		let accusation = Accusations::<T>::get(accused, challenger)?;
		Some(Self::view(accused, challenger.clone(), accusation))
	}

	/// The open accusations against the contribution `accused`, in no particular order; where there are
	/// more than [`MAX_PAGE`], so many of them.
	pub fn accusations(accused: Seq) -> Vec<AccusationView<T::AccountId>> {
		Accusations::<T>::iter_prefix(accused)
			.take(usize::try_from(MAX_PAGE).unwrap_or(usize::MAX))
			.map(|(challenger, accusation)| Self::view(accused, challenger, accusation))
			.collect()
	}

	fn view(
		accused: Seq,
		challenger: T::AccountId,
		accusation: AccusationOf<T>,
	) -> AccusationView<T::AccountId> {
		AccusationView {
			accused,
			challenger,
			original: accusation.earlier.view(),
			content: accusation.earlier.content(),
			bond: accusation.bond,
			draw_at: accusation.draw_at.saturated_into(),
			seed: Self::seed(&accusation),
			hits: accusation.hits,
			prove_until: accusation.prove_until.saturated_into(),
		}
	}
}
