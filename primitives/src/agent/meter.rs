//! What the calls of one act move.

use alloc::collections::BTreeMap;

use bounded_collections::{BoundedVec, ConstU32};

use super::{Breach, Currency, Flow, Mandate, Windows, MAX_FLOWS};

/// What the calls of an act have moved so far, of each currency that they may touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<Currency, (u128, u128)>);

impl Tally {
	/// Counts currencies in that a call may touch.
	///
	/// # Errors
	/// [`Breach::TooManyCurrencies`].
	pub fn admit(&mut self, currencies: impl Iterator<Item = Currency>) -> Result<(), Breach> {
		for currency in currencies {
			self.0.entry(currency).or_default();
			if u32::try_from(self.0.len()).map_or(true, |count| count > MAX_FLOWS) {
				return Err(Breach::TooManyCurrencies);
			}
		}
		Ok(())
	}

	/// Counts a call before which the agent had `before` units of `currency`, and after it `after`.
	///
	/// # Errors
	/// [`Breach::CallBudget`] where it spent more than a call may, [`Breach::WindowBudget`] where with it
	/// the act and the window's blocks before spent more than may be. A call that spends nothing breaks no
	/// budget.
	pub fn count<AccountId: Ord>(
		&mut self,
		mandate: &Mandate<AccountId>,
		windows: &Windows,
		block: u32,
		currency: Currency,
		(before, after): (u128, u128),
	) -> Result<(), Breach> {
		let spent = before.saturating_sub(after);
		let (all_spent, all_earned) = self.0.entry(currency).or_default();
		*all_spent = all_spent.saturating_add(spent);
		*all_earned = all_earned.saturating_add(after.saturating_sub(before));
		if spent == 0 {
			return Ok(());
		}
		let budget = mandate.budget(currency);
		if spent > budget.per_call {
			return Err(Breach::CallBudget { currency, spent, budget: budget.per_call });
		}
		let in_window = windows.spent(currency, block).saturating_add(*all_spent);
		if in_window > budget.per_window {
			let budget = budget.per_window;
			return Err(Breach::WindowBudget { currency, spent: in_window, budget });
		}
		Ok(())
	}

	/// What moved, in ascending order of the currencies.
	pub fn flows(&self) -> BoundedVec<Flow, ConstU32<MAX_FLOWS>> {
		let moved = self.0.iter().filter(|(_, (spent, earned))| *spent > 0 || *earned > 0);
		let flows = moved.map(|(currency, (spent, earned))| Flow {
			currency: *currency,
			spent: *spent,
			earned: *earned,
		});
		BoundedVec::truncate_from(flows.collect())
	}
}
