//! Demands that reports make: chunks drawn by lot of what their attributors could not get.

use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{Get, Randomness},
	Hashable,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{DispatchError, SaturatedConversion};
use tributary_primitives::{
	availability::{drawn_chunk, Demanded},
	ids::{EpochIndex, ModelId, Seq},
	traits::{Contributions, Demands},
};

use crate::{
	pallet::{Config, Deadlines, Error, LastAnswer, Pallet, Pending},
	subject::Subject,
};

/// What the randomness of draws is asked for.
const SUBJECT: &[u8] = b"unseen";

impl<T: Config> Demands<T::AccountId, BlockNumberFor<T>> for Pallet<T> {
	type Error = DispatchError;

	fn demand_drawn_chunks(demander: &T::AccountId, seq: Seq) -> DispatchResult {
		let facts = T::Datasets::contribution(seq).ok_or(Error::<T>::NotFound)?;
		ensure!(facts.withheld_at.is_none(), Error::<T>::AlreadyWithheld);
		let (content, respondent) = (facts.content, facts.contributor);
		if content.len == 0 {
			return Ok(());
		}
		let blob = Demanded::Contribution { seq };
		let (random, _) = T::Randomness::random(SUBJECT);
		let random = random.unwrap_or_else(frame_system::Pallet::<T>::parent_hash);
		for draw in 0..T::DrawnChunks::get() {
			let chunk = drawn_chunk(&(random, seq, draw).blake2_256(), &content);
			if !Pending::<T>::contains_key((blob, chunk)) {
				let respondent = respondent.clone();
				Self::open(demander, blob, chunk, Subject { content, respondent, waits: None })?;
			}
		}
		Ok(())
	}

	fn last_answer(model: ModelId, epoch: EpochIndex) -> Option<BlockNumberFor<T>> {
		LastAnswer::<T>::get(model, epoch).map(|demands| demands.until)
	}

	fn is_overdue(model: ModelId, epoch: EpochIndex) -> bool {
		let now: u64 = frame_system::Pallet::<T>::block_number().saturated_into();
		let mut deadlines = Deadlines::<T>::iter_key_prefix((model, epoch));
		deadlines.next().is_some_and(|(until, _)| u64::from_be_bytes(until) < now)
	}
}
