//! What must hold of the pallet's state after every block.

use alloc::collections::BTreeMap;

use frame_support::{ensure, traits::fungible::hold::Inspect as _};
use sp_runtime::TryRuntimeError;
use tributary_primitives::{
	availability::Demanded,
	traits::{Contributions, Receipts},
};

use crate::{
	pallet::{Config, Deadlines, Demands, HoldReason, LastAnswer, NextDemand, Pallet, Pending},
	rules::{deadline, outputs},
};

impl<T: Config> Pallet<T> {
	/// Checks the pallet's state:
	///
	/// 1. the number of a demand is given out, and below [`NextDemand`];
	/// 2. each demand is the one that pends for its chunk of its blob, and nothing else pends;
	/// 3. a demand is for a chunk that its blob has;
	/// 4. what is held of each demander is the sum of its demands' deposits, none of which is zero;
	/// 5. the demands that pend for the outputs of each epoch of a model are counted and listed by their
	///    deadlines, and none may be answered later than is noted;
	/// 6. a demand for a contribution is for its bytes, and one for a list of items for those of its
	///    receipt, as long as there is one.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut held = BTreeMap::<T::AccountId, u128>::new();
		let mut counted = BTreeMap::new();
		let mut demands = 0usize;
		let mut deadlines = 0usize;

		for (id, demand) in Demands::<T>::iter() {
			demands = demands.saturating_add(1);
			ensure!(id < NextDemand::<T>::get(), "1: a demand's number is not given out yet");
			ensure!(
				Pending::<T>::get((demand.blob, demand.chunk)) == Some(id),
				"2: another demand pends for the chunk, or none"
			);
			ensure!(
				demand.content.len > 0 && demand.chunk < demand.content.chunks(),
				"3: a demand is for a chunk that there is not"
			);
			ensure!(demand.deposit > 0, "4: a demand has no deposit");
			if let Some(place) = outputs(&demand.blob) {
				ensure!(
					Deadlines::<T>::contains_key(place, deadline::<T>(id, &demand)),
					"5: a demand for outputs is not listed by its deadline"
				);
				deadlines = deadlines.saturating_add(1);
				let (pending, until) = counted.entry(place).or_insert((0u32, demand.answer_until));
				*pending = pending.saturating_add(1);
				*until = demand.answer_until.max(*until);
			}
			let sum = held.entry(demand.demander).or_default();
			*sum = sum.saturating_add(demand.deposit);
			match demand.blob {
				Demanded::Contribution { seq } => {
					let content = T::Datasets::contribution(seq).map(|facts| facts.content);
					ensure!(content == Some(demand.content), "6: a contribution has other bytes");
				}
				Demanded::Items { model, epoch, receipt } => {
					let content = T::Usage::receipt(model, epoch, receipt, u32::MAX)
						.map_or(demand.content, |facts| facts.outputs);
					ensure!(content == demand.content, "6: a receipt has another list of items");
				}
				_ => {}
			}
		}

		ensure!(Pending::<T>::iter().count() == demands, "2: what pends is no demand");
		for (demander, deposits) in held {
			let on_hold = T::Currency::balance_on_hold(&HoldReason::Demand.into(), &demander);
			ensure!(on_hold == deposits, "4: what is held is not the deposits");
		}
		for (model, epoch, noted) in LastAnswer::<T>::iter() {
			let (pending, until) =
				counted.remove(&(model, epoch)).ok_or("5: what is counted does not pend")?;
			ensure!(pending == noted.pending, "5: demands for outputs are miscounted");
			ensure!(until <= noted.until, "5: an answer is heard later than is noted");
		}
		ensure!(counted.is_empty(), "5: demands for outputs are not counted");
		ensure!(Deadlines::<T>::iter().count() == deadlines, "5: a deadline is of no demand");
		Ok(())
	}
}
