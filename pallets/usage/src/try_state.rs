//! What must hold of the storage after every block.
//!
//! Each check has a number, which its error states.

use alloc::collections::{BTreeMap, BTreeSet};

use frame_support::{
	ensure,
	traits::fungible::{Inspect, InspectHold},
};
use sp_runtime::TryRuntimeError;
use tributary_primitives::{
	ids::{EpochIndex, ModelId},
	split::entitlement,
	traits::{Models, Receipts as _},
};

use crate::{
	Claimed, Config, Deposited, Dues, HoldReason, Ledgers, LineageClaimed, Pallet, Passed, Passing,
	PotState, Pots, ReceiptCount, Receipts, WithheldCount,
};

/// Where the revenue that is not paid out belongs, in planck.
#[derive(Default)]
struct Liabilities {
	claimable: u128,
	open_pots: u128,
	residue: u128,
}

/// The receipts that are stored for one (model, epoch).
#[derive(Clone, Copy, Default)]
struct Found {
	count: u32,
	withheld: u32,
	data: u128,
}

impl Liabilities {
	fn total(&self) -> Option<u128> {
		self.claimable.checked_add(self.open_pots)?.checked_add(self.residue)
	}

	fn plus(&self, other: &Self) -> Option<Self> {
		Some(Self {
			claimable: self.claimable.checked_add(other.claimable)?,
			open_pots: self.open_pots.checked_add(other.open_pots)?,
			residue: self.residue.checked_add(other.residue)?,
		})
	}
}

impl<T: Config> Pallet<T> {
	/// Checks all of the pallet's storage.
	///
	/// # Errors
	/// The number and the wording of the first check that fails.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_money()?;
		Self::check_pots()?;
		Self::check_receipts()
	}

	fn check_money() -> Result<(), TryRuntimeError> {
		let mut all = Liabilities::default();
		let (mut deposited, mut claimed) = (0u128, 0u128);
		for (model, ledger) in Ledgers::<T>::iter() {
			let own = Self::liabilities(model)?;
			let total = own.total().and_then(|owed| owed.checked_add(ledger.claimed));
			ensure!(
				total == Some(ledger.gross),
				"usage 1: a model's deposited != claimed + claimable + open pots + residue"
			);
			all = all.plus(&own).ok_or("usage 1: the liabilities overflow")?;
			deposited = deposited.saturating_add(ledger.gross);
			claimed = claimed.saturating_add(ledger.claimed);
		}

		let mut owed = 0u128;
		for (_, amount) in Dues::<T>::iter() {
			ensure!(amount > 0, "usage 2: nothing is due to an account that is listed");
			owed = owed.saturating_add(amount);
		}
		for (_, Passing { credited, left }) in Passed::<T>::iter() {
			ensure!(left <= credited, "usage 16: a source passes on more than it has earned");
			owed = owed.saturating_add(left);
		}
		all.claimable = all.claimable.checked_add(owed).ok_or("usage 2: the dues overflow")?;

		ensure!(
			deposited == Deposited::<T>::get(),
			"usage 3: deposited is not the sum of what was paid for each model"
		);
		ensure!(
			Claimed::<T>::get().checked_add(owed) == Some(claimed),
			"usage 4: claimed, due and passed on are not the sum of what left the books of each model"
		);
		ensure!(
			all.total().and_then(|owed| owed.checked_add(Claimed::<T>::get())) == Some(deposited),
			"usage 5: deposited != claimed + claimable + open pots + residue"
		);
		ensure!(
			Claimed::<T>::get().checked_add(Self::held()) == Some(deposited),
			"usage 6: the account does not hold deposited - claimed"
		);
		ensure!(
			T::Currency::balance(&Self::account_id()) >= T::Currency::minimum_balance(),
			"usage 7: the account has lost its existential deposit"
		);
		Ok(())
	}

	/// What `model` owes to whom, each part from its own source.
	fn liabilities(model: ModelId) -> Result<Liabilities, TryRuntimeError> {
		let ledger = Ledgers::<T>::get(model);
		let rates =
			T::Models::rates(model).ok_or("usage 8: a model was paid for and is unknown")?;
		let ancestors = T::Models::ancestors(model);
		let (mut earned_by_all, mut lineage) = (0u128, 0u128);
		for (ancestor, rate) in &ancestors {
			let earned = entitlement(*rate, ledger.gross);
			let claimable = earned
				.checked_sub(LineageClaimed::<T>::get(model, ancestor))
				.ok_or("usage 9: an ancestor has claimed more than it has earned")?;
			earned_by_all = earned_by_all.saturating_add(earned);
			lineage = lineage.saturating_add(claimable);
		}
		let ids = ancestors.iter().map(|(ancestor, _)| *ancestor).collect::<BTreeSet<_>>();
		ensure!(
			LineageClaimed::<T>::iter_key_prefix(model).all(|claimant| ids.contains(&claimant)),
			"usage 9: a model that is no ancestor has claimed"
		);
		let residue = entitlement(rates.lineage, ledger.gross)
			.checked_sub(earned_by_all)
			.ok_or("usage 10: the ancestors have earned more than is set aside for them")?;
		ensure!(
			usize::try_from(residue).is_ok_and(|residue| residue < ancestors.len().max(1)),
			"usage 10: the residue is not less than one planck for each ancestor"
		);

		let (mut unclaimed, mut open_pots) = (0u128, 0u128);
		for (_, pot) in Pots::<T>::iter_prefix(model) {
			let held = pot.held().ok_or("usage 11: a pot overflows")?;
			match pot.state {
				PotState::Open => open_pots = open_pots.saturating_add(held),
				PotState::Settled { .. } => unclaimed = unclaimed.saturating_add(held),
			}
		}
		let claimable = ledger.owner.saturating_add(lineage).saturating_add(unclaimed);
		Ok(Liabilities { claimable, open_pots, residue })
	}

	fn check_pots() -> Result<(), TryRuntimeError> {
		for (model, epoch, pot) in Pots::<T>::iter() {
			ensure!(
				Ledgers::<T>::contains_key(model) && ReceiptCount::<T>::get(model, epoch) > 0,
				"usage 11: a pot belongs to no payment"
			);
			if let PotState::Settled { unclaimed } = pot.state {
				ensure!(
					Self::is_closed(epoch) && unclaimed <= pot.data,
					"usage 12: a pot was settled before its time, or for more than it holds"
				);
			}
		}
		Ok(())
	}

	fn check_receipts() -> Result<(), TryRuntimeError> {
		let mut found: BTreeMap<(ModelId, EpochIndex), Found> = BTreeMap::new();
		let mut deposits: BTreeMap<T::AccountId, u128> = BTreeMap::new();
		for ((model, epoch, index), receipt) in Receipts::<T>::iter() {
			ensure!(
				index < ReceiptCount::<T>::get(model, epoch),
				"usage 13: a receipt has an index that was never given"
			);
			let found = found.entry((model, epoch)).or_default();
			found.count = found.count.saturating_add(1);
			found.withheld = found.withheld.saturating_add(receipt.withheld.into());
			found.data = found.data.saturating_add(receipt.data_amount);
			let deposit = deposits.entry(receipt.payer).or_default();
			*deposit = deposit.saturating_add(receipt.deposit);
		}
		for (model, epoch, written) in ReceiptCount::<T>::iter() {
			let pot = Pots::<T>::get(model, epoch).ok_or("usage 14: receipts without a pot")?;
			let Found { count, withheld, data } =
				found.get(&(model, epoch)).copied().unwrap_or_default();
			ensure!(
				match pot.state {
					PotState::Open => count == written && data == pot.data,
					PotState::Settled { .. } => count <= written && data <= pot.data,
				},
				"usage 14: the receipts of an epoch do not add up to its pot"
			);
			let counted = WithheldCount::<T>::get(model, epoch);
			ensure!(
				match pot.state {
					PotState::Open => withheld == counted,
					PotState::Settled { .. } => withheld <= counted && counted <= written,
				},
				"usage 17: the withheld receipts of an epoch are counted wrongly"
			);
		}
		ensure!(
			WithheldCount::<T>::iter_keys()
				.all(|(model, epoch)| ReceiptCount::<T>::contains_key(model, epoch)),
			"usage 17: receipts are withheld of an epoch that has none"
		);
		for (payer, deposit) in deposits {
			ensure!(
				T::Currency::balance_on_hold(&HoldReason::Receipt.into(), &payer) == deposit,
				"usage 15: a payer's hold is not the sum of the deposits for its receipts"
			);
		}
		Ok(())
	}
}
