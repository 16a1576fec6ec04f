//! What must hold of the pallet's state after every block.

use alloc::collections::{BTreeMap, BTreeSet};

use frame_support::{ensure, traits::fungible::hold::Inspect as _};
use sp_runtime::TryRuntimeError;
use tributary_primitives::{
	ids::{DatasetId, ModelId, ReportId},
	report::record_count,
	traits::{Models, PassedCredit, Receipts},
};

use crate::{
	facts::contribution_of,
	pallet::{
		Announcements, Claims, Config, DatasetEarned, HoldReason, Locked, NextAnnouncement,
		NextReport, Pallet, PassedClaims, Reports, Revealing, Rewards,
	},
	types::{ReportOf, ReportState, RewardOf, Standing},
};

/// Sums by account, in planck.
type Sums<T> = BTreeMap<<T as frame_system::Config>::AccountId, u128>;

/// What was seen of the reports, those that stand and those that rewards wait for.
struct Seen<T: Config> {
	ids: BTreeSet<ReportId>,
	locked: Sums<T>,
	deposits: Sums<T>,
}

fn add<AccountId: Ord>(sums: &mut BTreeMap<AccountId, u128>, who: AccountId, amount: u128) {
	if amount > 0 {
		let sum = sums.entry(who).or_default();
		*sum = sum.saturating_add(amount);
	}
}

impl<T: Config> Pallet<T> {
	/// Checks the pallet's state:
	///
	/// 1. a report is on a closed epoch of a model that exists and has receipts in it, unless it is
	///    final;
	/// 2. ids are given out once, and below [`NextReport`], to reports that stand and to those that
	///    rewards wait for;
	/// 3. the blobs are lists of records, at least one entry and no more payouts than entries;
	/// 4. an open report attributes no more than the data amount;
	/// 5. claims are of final reports, sum to what the report says was claimed, and to no more than
	///    its total;
	/// 6. no deposit is held for a final report of which nothing is left to be claimed;
	/// 7. what is locked of each bond is the sum of what open reports and rewards lock, and is no more
	///    than the bond;
	/// 8. what is held for the reports of each attributor is the sum of their deposits, with those that
	///    rewards wait for;
	/// 9. unseen sources ascend from 1, and a report hears demands after its own block and no longer
	///    than faults;
	/// 10. a reward is of a report that was open, and is the attributor's own while nobody is to blame;
	/// 11. announcements are of reports that were given out, and each has a place of its own below
	///     [`NextAnnouncement`], as has the one that a reward goes to;
	/// 12. what is held for the announcements of each account is the sum of their deposits;
	/// 13. what was paid of the credit that a source passes on is more than nothing for each entry, and
	///     in all no more than there was;
	/// 14. while announced faults of a voided report may be revealed, no later report on its epoch is
	///     final, nor will be;
	/// 15. a dataset earned by each model what was claimed for its sources that pass nothing on, at
	///     least, and all datasets no more than was claimed and paid of passed credit.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut seen =
			Seen::<T> { ids: BTreeSet::new(), locked: BTreeMap::new(), deposits: BTreeMap::new() };
		Self::check_reports(&mut seen)?;
		Self::check_rewards(&mut seen)?;
		ensure!(
			Locked::<T>::iter().collect::<BTreeMap<_, _>>() == seen.locked,
			"7: what is locked is not what open reports and rewards lock"
		);
		for (attributor, locked) in &seen.locked {
			ensure!(*locked <= Self::bonded(attributor), "7: more is locked than bonded");
		}
		for (attributor, deposits) in &seen.deposits {
			let held = T::Currency::balance_on_hold(&HoldReason::ReportDeposit.into(), attributor);
			ensure!(held == *deposits, "8: what is held is not the deposits");
		}
		Self::check_announcements()?;
		Self::check_passed_claims()?;
		Self::check_revealing()?;
		Self::check_dataset_earned()
	}

	fn check_reports(seen: &mut Seen<T>) -> Result<(), TryRuntimeError> {
		let mut finals = BTreeMap::new();
		for (model, epoch, report) in Reports::<T>::iter() {
			let open = report.state == ReportState::Open;
			ensure!(T::Usage::is_closed(epoch), "1: a report is on an epoch that is not closed");
			ensure!(T::Models::owner(model).is_some(), "1: a report is on no model");
			ensure!(
				!open || T::Usage::receipt_count(model, epoch) > 0,
				"1: an open report is on an epoch without receipts"
			);
			ensure!(
				!open || report.total <= T::Usage::data_amount(model, epoch),
				"4: an open report attributes more than there is"
			);
			if let ReportState::Final { claimed } = report.state {
				let unclaimed =
					report.total.checked_sub(claimed).ok_or("5: more is claimed than there is")?;
				ensure!(
					unclaimed > 0 || report.deposit == 0,
					"6: a deposit is held for a report that is wholly claimed"
				);
				finals.insert(report.id, claimed);
			}
			Self::check_record(seen, report)?;
		}

		for (id, _, amount) in Claims::<T>::iter() {
			let left = finals.get_mut(&id).ok_or("5: a claim is of no final report")?;
			*left = left.checked_sub(amount).ok_or("5: claims exceed what the report says")?;
		}
		ensure!(finals.values().all(|left| *left == 0), "5: a report says more than the claims");
		Ok(())
	}

	fn check_rewards(seen: &mut Seen<T>) -> Result<(), TryRuntimeError> {
		for (id, reward) in Rewards::<T>::iter() {
			let report = reward.report;
			ensure!(
				report.id == id && report.state == ReportState::Open,
				"10: a reward is of another report, or of a final one"
			);
			ensure!(
				reward.standing != Standing::Blameless || reward.beneficiary == report.attributor,
				"10: nobody is to blame, and yet the bond is to go to another"
			);
			if let Standing::Announced { order: earliest } = reward.standing {
				ensure!(
					earliest < NextAnnouncement::<T>::get(),
					"11: a reward goes to an announcement that was never made"
				);
			}
			Self::check_record(seen, report)?;
		}
		Ok(())
	}

	/// Checks what holds of every report that is kept.
	fn check_record(seen: &mut Seen<T>, report: ReportOf<T>) -> Result<(), TryRuntimeError> {
		ensure!(seen.ids.insert(report.id), "2: two reports have one id");
		ensure!(report.id < NextReport::<T>::get(), "2: a report's id is not given out yet");
		let entries = record_count(report.entries.len).ok_or("3: entries are no records")?;
		let payouts = record_count(report.payouts.len).ok_or("3: payouts are no records")?;
		ensure!(entries > 0 && payouts <= entries, "3: a report has no entries or odd payouts");
		ensure!(
			report.unseen.first() != Some(&0) && report.unseen.is_sorted_by(|a, b| a < b),
			"9: unseen sources are out of order"
		);
		ensure!(
			report.posted_at <= report.demand_until
				&& report.demand_until <= report.challenge_until,
			"9: a report hears demands longer than faults"
		);
		if report.state == ReportState::Open {
			add(&mut seen.locked, report.attributor.clone(), report.bond);
		}
		add(&mut seen.deposits, report.attributor, report.deposit);
		Ok(())
	}

	fn check_announcements() -> Result<(), TryRuntimeError> {
		let mut orders = BTreeSet::new();
		let mut deposits = Sums::<T>::new();
		for (id, announcer, announcement) in Announcements::<T>::iter() {
			ensure!(id < NextReport::<T>::get(), "11: a report that is not posted is announced on");
			ensure!(
				announcement.order < NextAnnouncement::<T>::get(),
				"11: an announcement's place is not given out yet"
			);
			ensure!(orders.insert(announcement.order), "11: two announcements have one place");
			add(&mut deposits, announcer, announcement.deposit);
		}
		for (announcer, deposits) in &deposits {
			ensure!(
				Self::announcement_deposits(announcer) == *deposits,
				"12: what is held is not the announcements' deposits"
			);
		}
		Ok(())
	}

	fn check_passed_claims() -> Result<(), TryRuntimeError> {
		let mut paid = BTreeMap::<u64, u128>::new();
		for (source, _, amount) in PassedClaims::<T>::iter() {
			ensure!(amount > 0, "13: nothing was paid for an entry that is listed");
			add(&mut paid, source, amount);
		}
		for (source, paid) in paid {
			ensure!(
				contribution_of::<T>(source).is_some_and(|owner| owner.synthetic.is_some()),
				"13: credit was passed on by a source that earns its own"
			);
			ensure!(
				paid <= T::Usage::passed(source),
				"13: more was paid than the source has passed on"
			);
		}
		Ok(())
	}

	fn check_revealing() -> Result<(), TryRuntimeError> {
		let now = frame_system::Pallet::<T>::block_number();
		let mut latest = BTreeMap::new();
		for reward in Rewards::<T>::iter_values() {
			let RewardOf::<T> { model, epoch, reveal_until, .. } = reward;
			let last = latest.entry((model, epoch)).or_insert(reveal_until);
			*last = reveal_until.max(*last);
		}
		for (model, epoch, last) in Revealing::<T>::iter() {
			let waits = latest.get(&(model, epoch));
			ensure!(waits.is_some_and(|latest| *latest >= last), "14: no reward waits so long");
		}
		for ((model, epoch), last) in latest.into_iter().filter(|(_, last)| *last >= now) {
			ensure!(
				Revealing::<T>::get(model, epoch).is_some_and(|noted| noted >= last),
				"14: it is not noted that faults may be revealed"
			);
			ensure!(
				Reports::<T>::get(model, epoch).is_none_or(|report| {
					report.state == ReportState::Open && report.challenge_until >= last
				}),
				"14: a report is final before the faults of an earlier one are revealed"
			);
		}
		Ok(())
	}

	fn check_dataset_earned() -> Result<(), TryRuntimeError> {
		let models: BTreeMap<ReportId, ModelId> =
			Reports::<T>::iter().map(|(model, _, report)| (report.id, model)).collect();
		let mut claimed = 0u128;
		let mut owned = BTreeMap::<(ModelId, DatasetId), u128>::new();
		for (id, source, amount) in Claims::<T>::iter() {
			claimed = claimed.saturating_add(amount);
			let model = *models.get(&id).ok_or("15: a claim is of no report")?;
			let contribution = contribution_of::<T>(source).ok_or("15: a claim is of no source")?;
			if contribution.synthetic.is_none() {
				add(&mut owned, (model, contribution.dataset), amount);
			}
		}
		let passed = PassedClaims::<T>::iter().map(|(_, _, amount)| amount);
		let most = passed.fold(claimed, u128::saturating_add);
		let mut earned = 0u128;
		for (model, dataset, amount) in DatasetEarned::<T>::iter() {
			earned = earned.saturating_add(amount);
			let least = owned.remove(&(model, dataset)).unwrap_or_default();
			ensure!(amount > 0 && amount >= least, "15: a dataset earned less than was claimed");
		}
		ensure!(owned.is_empty(), "15: a dataset earned nothing where something was claimed");
		ensure!(earned <= most, "15: datasets earned more than was claimed");
		Ok(())
	}
}
