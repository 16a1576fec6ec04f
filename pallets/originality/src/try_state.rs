//! What must hold of the pallet's state after every block.

use alloc::collections::BTreeMap;

use frame_support::{ensure, traits::fungible::hold::Inspect as _};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::TryRuntimeError;
use tributary_primitives::{
	originality::{REQUIRED_HITS, SAMPLE_WINDOW},
	traits::Contributions,
};

use crate::{
	pallet::{Accusations, Config, Draws, Gathered, HoldReason, Pallet, Repeats},
	types::Earlier,
};

impl<T: Config> Pallet<T> {
	/// Checks the pallet's state:
	///
	/// 1. what is accused is a contribution, of at least one window, and so is what it is said to
	///    repeat, which is earlier if it is a contribution;
	/// 2. hits may be shown after the draw, were shown only if there was one, and are too few to decide;
	/// 3. each draw counts the accusations that it draws for, and is forgotten with the last;
	/// 4. a draw has a seed only if its block is over, and what is to come is being gathered for;
	/// 5. nothing is gathered past the last draw that was asked for;
	/// 6. what is held for the accusations of each challenger is the sum of their bonds;
	/// 7. a contribution that was suspended for repeating another has ended.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = frame_system::Pallet::<T>::block_number();
		let window = u64::from(SAMPLE_WINDOW);
		let mut bonds = BTreeMap::<T::AccountId, u128>::new();
		let mut counts = BTreeMap::<BlockNumberFor<T>, u32>::new();

		for (accused, challenger, accusation) in Accusations::<T>::iter() {
			let facts = T::Datasets::contribution(accused);
			let facts = facts.ok_or("1: an accusation is against no contribution")?;
			let shorter = facts.content.len.min(accusation.earlier.content().len);
			ensure!(shorter >= window, "1: an accusation is about less than a window");
			if let Earlier::Contribution { seq, .. } = accusation.earlier {
				ensure!(seq < accused, "1: an original is not earlier than what repeats it");
			}
			ensure!(accusation.draw_at < accusation.prove_until, "2: no block is left for hits");
			ensure!(accusation.hits.count_ones() < REQUIRED_HITS, "2: an accusation is decided");
			ensure!(
				accusation.hits == 0 || Self::seed(&accusation).is_some(),
				"2: hits were shown without a draw"
			);
			let count = counts.entry(accusation.draw_at).or_default();
			*count = count.saturating_add(1);
			let bond = bonds.entry(challenger).or_default();
			*bond = bond.saturating_add(accusation.bond);
		}

		let gathering = Gathered::<T>::get();
		for (block, draw) in Draws::<T>::iter() {
			ensure!(counts.remove(&block) == Some(draw.accusations), "3: a draw counts wrong");
			ensure!(draw.seed.is_none() || block < now, "4: a seed is older than its block's end");
			let gathered = gathering.is_some_and(|gathering| gathering.until >= block);
			ensure!(block < now || gathered, "4: nothing is gathered for a draw");
		}
		ensure!(counts.is_empty(), "3: an accusation waits for no draw");
		ensure!(
			gathering.is_none_or(|gathering| gathering.until >= now),
			"5: something is gathered for draws that are over"
		);

		for (challenger, bonds) in &bonds {
			let held = T::Currency::balance_on_hold(&HoldReason::Accusation.into(), challenger);
			ensure!(held == *bonds, "6: what is held is not the bonds");
		}

		for seq in Repeats::<T>::iter_keys() {
			let ended = T::Datasets::contribution(seq).and_then(|facts| facts.ended_at);
			ensure!(ended.is_some(), "7: what repeats another stands");
		}
		Ok(())
	}
}
