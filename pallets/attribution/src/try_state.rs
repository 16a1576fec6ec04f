//! What must hold of the pallet's state after every block.

use alloc::collections::{BTreeMap, BTreeSet};

use frame_support::{ensure, traits::fungible::hold::Inspect as _};
use sp_runtime::TryRuntimeError;
use tributary_primitives::{
	report::record_count,
	traits::{Models, Receipts},
};

use crate::{
	pallet::{Claims, Config, HoldReason, Locked, NextReport, Pallet, Reports},
	types::ReportState,
};

impl<T: Config> Pallet<T> {
	/// Checks the pallet's state:
	///
	/// 1. a report is on a closed epoch of a model that exists and has receipts in it, unless it is
	///    final;
	/// 2. ids are given out once, and below [`NextReport`];
	/// 3. the blobs are lists of records, at least one entry and no more payouts than entries;
	/// 4. an open report attributes no more than the data amount;
	/// 5. claims are of final reports, sum to what the report says was claimed, and to no more than
	///    its total;
	/// 6. no deposit is held for a final report of which nothing is left to be claimed;
	/// 7. what is locked of each bond is the sum of what open reports lock, and is no more than the
	///    bond;
	/// 8. what is held for the reports of each attributor is the sum of their deposits.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut locked = BTreeMap::<T::AccountId, u128>::new();
		let mut deposits = BTreeMap::<T::AccountId, u128>::new();
		let mut finals = BTreeMap::new();
		let mut ids = BTreeSet::new();

		for (model, epoch, report) in Reports::<T>::iter() {
			let open = report.state == ReportState::Open;
			ensure!(T::Usage::is_closed(epoch), "1: a report is on an epoch that is not closed");
			ensure!(T::Models::owner(model).is_some(), "1: a report is on no model");
			ensure!(
				!open || T::Usage::receipt_count(model, epoch) > 0,
				"1: an open report is on an epoch without receipts"
			);
			ensure!(ids.insert(report.id), "2: two reports have one id");
			ensure!(report.id < NextReport::<T>::get(), "2: a report's id is not given out yet");
			let entries = record_count(report.entries.len).ok_or("3: entries are no records")?;
			let payouts = record_count(report.payouts.len).ok_or("3: payouts are no records")?;
			ensure!(entries > 0 && payouts <= entries, "3: a report has no entries or odd payouts");
			ensure!(
				!open || report.total <= T::Usage::data_amount(model, epoch),
				"4: an open report attributes more than there is"
			);
			let unclaimed = match report.state {
				ReportState::Open => None,
				ReportState::Final { claimed } => {
					finals.insert(report.id, claimed);
					Some(
						report
							.total
							.checked_sub(claimed)
							.ok_or("5: more is claimed than there is")?,
					)
				}
			};
			ensure!(
				unclaimed != Some(0) || report.deposit == 0,
				"6: a deposit is held for a report that is wholly claimed"
			);
			let deposit = deposits.entry(report.attributor.clone()).or_default();
			*deposit = deposit.saturating_add(report.deposit);
			if open {
				let sum = locked.entry(report.attributor).or_default();
				*sum = sum.saturating_add(report.bond);
			}
		}

		for (id, _, amount) in Claims::<T>::iter() {
			let left = finals.get_mut(&id).ok_or("5: a claim is of no final report")?;
			*left = left.checked_sub(amount).ok_or("5: claims exceed what the report says")?;
		}
		ensure!(finals.values().all(|left| *left == 0), "5: a report says more than the claims");

		ensure!(
			Locked::<T>::iter().collect::<BTreeMap<_, _>>() == locked,
			"7: what is locked is not what open reports lock"
		);
		for (attributor, locked) in &locked {
			ensure!(*locked <= Self::bonded(attributor), "7: more is locked than bonded");
		}
		for (attributor, deposits) in &deposits {
			let held = T::Currency::balance_on_hold(&HoldReason::ReportDeposit.into(), attributor);
			ensure!(held == *deposits, "8: what is held is not the deposits");
		}
		Ok(())
	}
}
