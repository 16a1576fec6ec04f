//! What windows are drawn by.

use frame_support::{
	traits::{Get, Randomness},
	weights::Weight,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{BlakeTwo256, Hash, One, Saturating},
	ArithmeticError, DispatchResult,
};

use crate::{
	pallet::{Config, Draws, Gathered, Pallet},
	types::Gathering,
	weights::WeightInfo,
};

/// Tells the randomness of this pallet from that of others.
const SUBJECT: &[u8] = b"originality";

impl<T: Config> Pallet<T> {
	/// Takes the randomness of the block before `now` in, and completes its draw.
	pub(crate) fn gather(now: BlockNumberFor<T>) -> Weight {
		let Some(mut gathering) = Gathered::<T>::get() else {
			return T::DbWeight::get().reads(1);
		};
		let parent = now.saturating_sub(One::one());
		let (randomness, known_since) = T::Randomness::random(SUBJECT);
		// What was known before the block says nothing new: with it, who accused in between could have
		// known the draw.
		if let Some(randomness) = randomness.filter(|_| known_since >= parent) {
			let entropy = BlakeTwo256::hash_of(&(gathering.entropy, parent, randomness));
			gathering.entropy = entropy.into();
			Draws::<T>::mutate_extant(parent, |draw| draw.seed = Some(gathering.entropy));
		}
		Gathered::<T>::set((parent < gathering.until).then_some(gathering));
		T::WeightInfo::gather()
	}

	/// Counts one more accusation for the draw of `block`, which is ahead.
	pub(crate) fn join_draw(block: BlockNumberFor<T>) -> DispatchResult {
		Draws::<T>::try_mutate(block, |draw| {
			let draw = draw.get_or_insert_default();
			draw.accusations = draw.accusations.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Ok::<_, ArithmeticError>(())
		})?;
		Gathered::<T>::mutate(|gathering| {
			let gathering =
				gathering.get_or_insert(Gathering { until: block, entropy: Default::default() });
			gathering.until = gathering.until.max(block);
		});
		Ok(())
	}

	/// Undoes one [`Self::join_draw`], and forgets the draw with its last accusation.
	pub(crate) fn leave_draw(block: BlockNumberFor<T>) {
		Draws::<T>::mutate_exists(block, |draw| {
			*draw = draw.take().and_then(|mut draw| {
				draw.accusations = draw.accusations.saturating_sub(1);
				(draw.accusations > 0).then_some(draw)
			});
		});
	}
}
