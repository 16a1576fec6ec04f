//! What must hold of the storage after every block.
//!
//! Each check has a number, which its error states.

use alloc::collections::{BTreeMap, BTreeSet};

use frame_support::{
	ensure,
	traits::fungible::{Inspect, InspectHold},
};
use sp_runtime::{Perbill, TryRuntimeError};
use tributary_primitives::{
	ids::{EpochIndex, ModelId},
	split::entitlement,
	title::{Beneficiary, Title},
	traits::{Models, Receipts as _, Titles},
};

use crate::{
	Checkpoints, Claimed, Config, Deposited, Dues, HoldReason, Ledger, Ledgers, LineageClaimed,
	Pallet, Passed, Passing, PotState, Pots, ReceiptCount, Receipts, WithheldCount,
};

/// Where the revenue that is not paid out belongs, in planck.
#[derive(Default)]
struct Liabilities {
	claimable: u128,
	open_pots: u128,
	residue: u128,
}

/// The receipts that are stored for one (model, epoch).
#[derive(Clone, Default)]
struct Found {
	count: u32,
	withheld: BTreeSet<u32>,
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
		Self::check_checkpoints()?;
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
			lineage =
				lineage.saturating_add(Self::check_tenures(model, &ledger, *ancestor, *rate)?);
			earned_by_all = earned_by_all.saturating_add(entitlement(*rate, ledger.gross));
		}
		let ids = ancestors.iter().map(|(ancestor, _)| *ancestor).collect::<BTreeSet<_>>();
		ensure!(
			LineageClaimed::<T>::iter_key_prefix((model,)).all(|(ancestor, tenure)| {
				ids.contains(&ancestor) && T::Titles::tenure(Title::model(ancestor), tenure).is_some()
			}),
			"usage 9: a model that is no ancestor has claimed, or one of a tenure that there is not"
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
		let vaulted = T::Titles::beneficiary(Title::model(model)) == Some(Beneficiary::Vault);
		ensure!(
			!vaulted || ledger.owner == 0,
			"usage 18: a vault takes the revenue of a title, and its owner has earned of it"
		);
		let claimable = ledger.owner.saturating_add(lineage).saturating_add(unclaimed);
		Ok(Liabilities { claimable, open_pots, residue })
	}

	/// What the tenures of the title of `ancestor` may claim of the revenue of `model`, together.
	fn check_tenures(
		model: ModelId,
		ledger: &Ledger,
		ancestor: ModelId,
		rate: Perbill,
	) -> Result<u128, TryRuntimeError> {
		let title = Title::model(ancestor);
		let (mut earned_in_all, mut claimable) = (0u128, 0u128);
		for index in 0..=T::Titles::current_tenure(title) {
			let tenure = T::Titles::tenure(title, index)
				.ok_or("usage 19: an ancestor's title has no tenure of today")?;
			let earned = Self::earned_in(model, ledger, rate, &tenure);
			let left = earned
				.checked_sub(LineageClaimed::<T>::get((model, ancestor, index)))
				.ok_or("usage 9: a tenure has claimed more than it has earned")?;
			earned_in_all = earned_in_all.saturating_add(earned);
			claimable = claimable.saturating_add(left);
		}
		ensure!(
			earned_in_all == entitlement(rate, ledger.gross),
			"usage 19: the tenures of an ancestor's title do not divide what it has earned"
		);
		Ok(claimable)
	}

	fn check_checkpoints() -> Result<(), TryRuntimeError> {
		let mut stored: BTreeMap<ModelId, u32> = BTreeMap::new();
		for model in Checkpoints::<T>::iter_keys().map(|(model, _)| model) {
			let count = stored.entry(model).or_default();
			*count = count.saturating_add(1);
		}
		for (model, ledger) in Ledgers::<T>::iter() {
			let (mut changes, mut gross) = (0u64, 0u128);
			for index in 0..ledger.checkpoints {
				let checkpoint = Checkpoints::<T>::get(model, index)
					.ok_or("usage 20: a checkpoint of a model is missing")?;
				ensure!(
					checkpoint.changes > changes && checkpoint.gross >= gross,
					"usage 20: the checkpoints of a model are out of order"
				);
				(changes, gross) = (checkpoint.changes, checkpoint.gross);
			}
			ensure!(
				changes == ledger.checkpointed
					&& changes <= T::Titles::changes()
					&& gross <= ledger.gross,
				"usage 20: the newest checkpoint of a model is not the one that its books name"
			);
			ensure!(
				stored.remove(&model).unwrap_or_default() == ledger.checkpoints,
				"usage 20: a model has checkpoints that are not counted"
			);
		}
		ensure!(stored.is_empty(), "usage 20: checkpoints of a model that was never paid for");
		Ok(())
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
			if let Some(ordinal) = receipt.withheld {
				ensure!(
					found.withheld.insert(ordinal),
					"usage 17: two withheld receipts have one ordinal"
				);
			}
			found.data = found.data.saturating_add(receipt.data_amount);
			let deposit = deposits.entry(receipt.payer).or_default();
			*deposit = deposit.saturating_add(receipt.deposit);
		}
		for (model, epoch, written) in ReceiptCount::<T>::iter() {
			let pot = Pots::<T>::get(model, epoch).ok_or("usage 14: receipts without a pot")?;
			let Found { count, withheld, data } = found.remove(&(model, epoch)).unwrap_or_default();
			ensure!(
				match pot.state {
					PotState::Open => count == written && data == pot.data,
					PotState::Settled { .. } => count <= written && data <= pot.data,
				},
				"usage 14: the receipts of an epoch do not add up to its pot"
			);
			let counted = WithheldCount::<T>::get(model, epoch);
			ensure!(
				withheld.last().is_none_or(|ordinal| *ordinal < counted)
					&& match pot.state {
						PotState::Open => withheld.into_iter().eq(0..counted),
						PotState::Settled { .. } => counted <= written,
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
