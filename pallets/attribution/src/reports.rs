//! Reports, from their posting to finality.

use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{fungible::hold::Mutate as _, Get},
};
use sp_runtime::{traits::Saturating, ArithmeticError};
use tributary_primitives::{
	blob::{self, Content, Opening},
	fault::Facts as _,
	ids::{seq_of, EpochIndex, ModelId},
	report::{record_at, record_count, Payout},
	traits::{Demands, Pots, Receipts},
};

use crate::{
	facts::ReportFacts,
	pallet::{Config, Error, Event, HoldReason, Locked, NextReport, Pallet, Reports, Revealing},
	types::{report_deposit, ReportOf, ReportState, Unseen},
};

/// A blob and its last chunk.
pub(crate) type Named<'a> = (Content, &'a Opening);

/// What an attributor says that it does not know.
pub(crate) struct Unknown {
	/// The sources whose bytes it could not get.
	pub unseen: Unseen,
	/// The number of receipts of which it takes the outputs to be withheld.
	pub withheld: u32,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_report(
		attributor: T::AccountId,
		(model, epoch): (ModelId, EpochIndex),
		(entries, entries_tail): Named<'_>,
		(payouts, payouts_tail): Named<'_>,
		total: u128,
		Unknown { unseen, withheld }: Unknown,
	) -> DispatchResult {
		ensure!(T::Usage::is_closed(epoch), Error::<T>::EpochOpen);
		ensure!(T::Usage::receipt_count(model, epoch) > 0, Error::<T>::NoReceipts);
		ensure!(!Reports::<T>::contains_key(model, epoch), Error::<T>::AlreadyReported);
		ensure!(!T::Availability::is_overdue(model, epoch), Error::<T>::DemandOverdue);
		ensure!(T::Usage::withheld_count(model, epoch) == withheld, Error::<T>::ReceiptsChanged);

		let bond = T::Bond::get();
		let locked = Locked::<T>::get(&attributor).saturating_add(bond);
		ensure!(locked <= Self::bonded(&attributor), Error::<T>::BondTooSmall);

		ensure!(total <= T::Usage::data_amount(model, epoch), Error::<T>::TotalExceedsPot);
		check_blobs::<T>((entries, entries_tail), (payouts, payouts_tail), total)?;

		let deposit = report_deposit::<T>(unseen.len());
		T::Currency::hold(&HoldReason::ReportDeposit.into(), &attributor, deposit)?;
		let id = NextReport::<T>::get();
		NextReport::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		Locked::<T>::insert(&attributor, locked);
		let posted_at = frame_system::Pallet::<T>::block_number();
		let window = T::ChallengeWindow::get();
		let demand_until = posted_at.saturating_add(window);
		let last_answer = T::Availability::last_answer(model, epoch);
		let enforced = last_answer.map(|last| last.saturating_add(window));
		// The pot is not settled, and the receipts stay, while announced faults of an earlier report may be
		// revealed, whatever the windows were then.
		let revealed = Revealing::<T>::get(model, epoch);
		let challenge_until =
			[enforced, revealed].into_iter().flatten().fold(demand_until, Ord::max);
		let report = ReportOf::<T> {
			id,
			attributor: attributor.clone(),
			entries,
			payouts,
			total,
			unseen,
			withheld,
			posted_at,
			demand_until,
			challenge_until,
			bond,
			deposit,
			state: ReportState::Open,
		};
		Self::demand_unseen((model, epoch), &report)?;
		Reports::<T>::insert(model, epoch, report);
		Self::deposit_event(Event::Reported {
			id,
			model,
			epoch,
			attributor,
			total,
			challenge_until,
		});
		Ok(())
	}

	/// Demands chunks of the sources that `report` lists as unseen, in its attributor's name.
	fn demand_unseen(
		(model, epoch): (ModelId, EpochIndex),
		report: &ReportOf<T>,
	) -> DispatchResult {
		let facts = ReportFacts::<T>::new(model, epoch, report).ok_or(Error::<T>::NotFound)?;
		let mut before = 0;
		for source in &report.unseen {
			ensure!(*source > before, Error::<T>::UnseenNotSorted);
			before = *source;
			let seq = seq_of(*source).filter(|_| facts.source(*source).is_some());
			let seq = seq.ok_or(Error::<T>::UnseenNotInCorpus)?;
			T::Availability::demand_drawn_chunks(&report.attributor, seq)?;
		}
		Ok(())
	}

	pub(crate) fn do_finalise(model: ModelId, epoch: EpochIndex) -> DispatchResult {
		let mut report = Reports::<T>::get(model, epoch).ok_or(Error::<T>::NotFound)?;
		ensure!(report.state == ReportState::Open, Error::<T>::AlreadyFinal);
		Self::make_final(model, epoch, &mut report)?;
		Reports::<T>::insert(model, epoch, report);
		Ok(())
	}

	/// Whether faults against `report` are heard.
	pub(crate) fn is_challengeable(report: &ReportOf<T>) -> bool {
		report.state == ReportState::Open
			&& frame_system::Pallet::<T>::block_number() <= report.challenge_until
	}

	/// Settles the pot by the open `report`, whose record the caller writes.
	pub(crate) fn make_final(
		model: ModelId,
		epoch: EpochIndex,
		report: &mut ReportOf<T>,
	) -> DispatchResult {
		ensure!(!Self::is_challengeable(report), Error::<T>::NotFinal);
		let residual = T::Usage::settle(model, epoch, &report.attributor, report.total)?;
		Self::unlock(report);
		report.state = ReportState::Final { claimed: 0 };
		if report.total == 0 {
			Self::return_deposit(report)?;
		}
		Self::deposit_event(Event::Finalised {
			report: report.id,
			model,
			epoch,
			attributor: report.attributor.clone(),
			total: report.total,
			residual,
		});
		Ok(())
	}
}

/// Whether the two blobs may be those of a report whose payouts sum to `total`.
fn check_blobs<T: Config>(
	(entries, entries_tail): Named<'_>,
	(payouts, payouts_tail): Named<'_>,
	total: u128,
) -> Result<(), Error<T>> {
	let entry_count = record_count(entries.len).ok_or(Error::<T>::NotRecords)?;
	let payout_count = record_count(payouts.len).ok_or(Error::<T>::NotRecords)?;
	ensure!(entry_count > 0, Error::<T>::EmptyEntries);
	ensure!(payout_count <= entry_count, Error::<T>::TooManyPayouts);
	blob::verify_tail(&entries, entries_tail)?;
	let tail = blob::verify_tail(&payouts, payouts_tail)?;
	let sum = match payout_count.checked_sub(1) {
		Some(last) => {
			let payout: Payout = record_at(&tail, last)?;
			payout.before.checked_add(payout.amount)
		}
		None => Some(0),
	};
	ensure!(sum == Some(total), Error::<T>::TotalMismatch);
	Ok(())
}
