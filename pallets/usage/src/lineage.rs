//! What ancestors earn of a model's revenue, by the tenures of their titles.
//!
//! A payment reads the number of changes that all titles of the chain have had, and nothing of the
//! ancestors: where it has grown since the model's newest checkpoint, another keeps what had been paid
//! before. What had been paid when a title changed is then found by a binary search.

use frame_support::ensure;
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult, Perbill};
use tributary_primitives::{
	ids::ModelId,
	search::{digits, first},
	split::earned_between,
	title::{Beneficiary, Tenure, Title},
	traits::{Models, Titles},
};

use crate::{
	Checkpoint, Checkpoints, Config, Error, Event, Ledger, Ledgers, LineageClaimed, Pallet,
};

/// The most checkpoints that a claim reads: two searches among as many as there can be.
pub const MAX_CHECKPOINT_READS: u32 = 64;

impl<T: Config> Pallet<T> {
	/// Keeps what was paid for `model` so far, if any title has changed since that was last kept.
	pub(crate) fn note_changes(model: ModelId, ledger: &mut Ledger) -> DispatchResult {
		let changes = T::Titles::changes();
		if changes > ledger.checkpointed {
			let count = ledger.checkpoints.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			let checkpoint = Checkpoint { changes, gross: ledger.gross };
			Checkpoints::<T>::insert(model, ledger.checkpoints, checkpoint);
			ledger.checkpoints = count;
			ledger.checkpointed = changes;
		}
		Ok(())
	}

	/// All net amounts that were paid for `model` before the change `change` of all titles; the first is
	/// 1, and nothing was paid before 0.
	pub(crate) fn gross_at(model: ModelId, ledger: &Ledger, change: u64) -> u128 {
		if change == 0 {
			return 0;
		}
		let mut gross = ledger.gross;
		first(ledger.checkpoints, |index| match Checkpoints::<T>::get(model, index) {
			Some(checkpoint) if checkpoint.changes < change => false,
			Some(checkpoint) => {
				gross = checkpoint.gross;
				true
			}
			None => true,
		});
		gross
	}

	/// What an ancestor at `rate` has earned of the revenue of `model` in `tenure`.
	pub(crate) fn earned_in(
		model: ModelId,
		ledger: &Ledger,
		rate: Perbill,
		tenure: &Tenure<T::AccountId>,
	) -> u128 {
		let before = Self::gross_at(model, ledger, tenure.since);
		let after = tenure.until.map_or(ledger.gross, |until| Self::gross_at(model, ledger, until));
		earned_between(rate, before, after)
	}

	/// Pays what a tenure has earned. Returns how many checkpoints were read at most.
	pub(crate) fn do_claim_lineage(
		model: ModelId,
		ancestor: ModelId,
		index: u32,
	) -> Result<u32, DispatchError> {
		let title = Title::model(ancestor);
		let known = |title| T::Titles::owner(title).is_some();
		ensure!(known(Title::model(model)) && known(title), Error::<T>::ModelNotFound);
		let rate = T::Models::lineage_rate(model, ancestor).ok_or(Error::<T>::NotAnAncestor)?;
		let tenure = T::Titles::tenure(title, index).ok_or(Error::<T>::TenureNotFound)?;
		let ledger = Ledgers::<T>::get(model);
		let earned = Self::earned_in(model, &ledger, rate, &tenure);
		let key = (model, ancestor, index);
		let amount = earned.saturating_sub(LineageClaimed::<T>::get(key));
		if amount > 0 {
			LineageClaimed::<T>::insert(key, earned);
			Self::note_claimed(model, amount)?;
			match &tenure.beneficiary {
				Beneficiary::Owner(owner) => Self::pay_out(owner, amount)?,
				Beneficiary::Vault => Self::pay_vault(title, amount)?,
			}
		}
		let searches =
			u32::from(tenure.since > 0).saturating_add(u32::from(tenure.until.is_some()));
		let Tenure { beneficiary, .. } = tenure;
		Self::deposit_event(Event::LineageClaimed {
			model,
			ancestor,
			tenure: index,
			beneficiary,
			amount,
		});
		Ok(searches.saturating_mul(digits(ledger.checkpoints)))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn two_searches_ask_for_no_more_checkpoints_than_are_weighed() {
		assert_eq!(2 * digits(u32::MAX), MAX_CHECKPOINT_READS);
	}
}
