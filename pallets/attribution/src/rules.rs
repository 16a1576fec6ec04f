//! What the calls do.

use frame_support::{
	ensure,
	pallet_prelude::{
		DispatchResult, TransactionPriority, TransactionValidityWithRefund, ValidTransaction,
	},
	traits::{
		fungible::{hold::Mutate as _, Inspect as _},
		tokens::{DepositConsequence, Fortitude, Precision, Provenance, Restriction},
		Get,
	},
	weights::Weight,
};
use sp_runtime::{
	traits::{SaturatedConversion, Saturating},
	ArithmeticError,
};
use tributary_primitives::{
	blob::{self, Content, Opening, OpeningError, Verified},
	fault::{self, Fault},
	ids::{seq_of, EpochIndex, ModelId},
	report::{record_count, record_offset, Payout, Record, RECORD_LEN},
	traits::{Contributions, Pots, Receipts},
};

use crate::{
	facts::ReportFacts,
	pallet::{Claims, Config, Error, Event, HoldReason, Locked, NextReport, Pallet, Reports},
	refusal::Refusal,
	types::{report_size, PayoutProof, ReportId, ReportOf, ReportState},
};

/// The priority of a fault in the pool: the highest, so that a wrong report never outlives its
/// window for want of room, and the same for all, so that a copy does not displace the original.
pub const FAULT_PRIORITY: TransactionPriority = TransactionPriority::MAX;

/// The most blocks that a fault waits in the pool before whoever found it has to submit it again.
pub const FAULT_LONGEVITY: u64 = 64;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_bond(attributor: T::AccountId, amount: u128) -> DispatchResult {
		T::Currency::hold(&HoldReason::Bond.into(), &attributor, amount)?;
		Self::deposit_event(Event::Bonded { attributor, amount });
		Ok(())
	}

	pub(crate) fn do_unbond(attributor: T::AccountId, amount: u128) -> DispatchResult {
		let free = Self::bonded(&attributor).saturating_sub(Locked::<T>::get(&attributor));
		ensure!(amount <= free, Error::<T>::BondLocked);
		T::Currency::release(&HoldReason::Bond.into(), &attributor, amount, Precision::Exact)?;
		Self::deposit_event(Event::Unbonded { attributor, amount });
		Ok(())
	}

	pub(crate) fn do_report(
		attributor: T::AccountId,
		(model, epoch): (ModelId, EpochIndex),
		(entries, entries_tail): (Content, &Opening),
		(payouts, payouts_tail): (Content, &Opening),
		total: u128,
	) -> DispatchResult {
		ensure!(T::Usage::is_closed(epoch), Error::<T>::EpochOpen);
		ensure!(T::Usage::receipt_count(model, epoch) > 0, Error::<T>::NoReceipts);
		ensure!(!Reports::<T>::contains_key(model, epoch), Error::<T>::AlreadyReported);

		let bond = T::Bond::get();
		let locked = Locked::<T>::get(&attributor).saturating_add(bond);
		ensure!(locked <= Self::bonded(&attributor), Error::<T>::BondTooSmall);

		let entry_count = record_count(entries.len).ok_or(Error::<T>::NotRecords)?;
		let payout_count = record_count(payouts.len).ok_or(Error::<T>::NotRecords)?;
		ensure!(entry_count > 0, Error::<T>::EmptyEntries);
		ensure!(payout_count <= entry_count, Error::<T>::TooManyPayouts);
		ensure!(total <= T::Usage::data_amount(model, epoch), Error::<T>::TotalExceedsPot);
		blob::verify_tail(&entries, entries_tail).map_err(Error::<T>::from)?;
		let tail = blob::verify_tail(&payouts, payouts_tail).map_err(Error::<T>::from)?;
		let sum = match payout_count.checked_sub(1) {
			Some(last) => sum_after(&payout_at::<T>(&tail, last)?),
			None => Some(0),
		};
		ensure!(sum == Some(total), Error::<T>::TotalMismatch);

		let deposit = T::DepositBase::get()
			.saturating_add(T::DepositPerByte::get().saturating_mul(report_size::<T>()));
		T::Currency::hold(&HoldReason::ReportDeposit.into(), &attributor, deposit)?;
		let id = NextReport::<T>::get();
		NextReport::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		Locked::<T>::insert(&attributor, locked);
		let posted_at = frame_system::Pallet::<T>::block_number();
		let challenge_until = posted_at.saturating_add(T::ChallengeWindow::get());
		let report = ReportOf::<T> {
			id,
			attributor: attributor.clone(),
			entries,
			payouts,
			total,
			posted_at,
			challenge_until,
			bond,
			deposit,
			state: ReportState::Open,
		};
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

	/// The validity of a fault in the pool and at the door of a block. Whatever it depends on may
	/// change until dispatch, which therefore asks the same again.
	pub(crate) fn authorize_fault(
		model: ModelId,
		epoch: EpochIndex,
		id: ReportId,
		fault: &Fault,
	) -> TransactionValidityWithRefund {
		let report = Self::challenge(model, epoch, id, fault)?;
		let now = frame_system::Pallet::<T>::block_number();
		let blocks_left: u64 = report.challenge_until.saturating_sub(now).saturated_into();
		ValidTransaction::with_tag_prefix("AttributionFault")
			.and_provides(id)
			.priority(FAULT_PRIORITY)
			.longevity(blocks_left.saturating_add(1).min(FAULT_LONGEVITY))
			.propagate(true)
			.build()
			.map(|validity| (validity, Weight::zero()))
	}

	pub(crate) fn do_submit_fault(
		(model, epoch): (ModelId, EpochIndex),
		id: ReportId,
		challenger: T::AccountId,
		fault: &Fault,
	) -> DispatchResult {
		let mut report = Self::challenge(model, epoch, id, fault).map_err(Error::<T>::from)?;
		Reports::<T>::remove(model, epoch);
		Self::unlock(&report);
		Self::return_deposit(&mut report)?;
		let slashed = report.bond;
		let reward = Self::slash(&report.attributor, &challenger, slashed)?;
		Self::deposit_event(Event::Voided {
			report: id,
			model,
			epoch,
			attributor: report.attributor,
			challenger,
			slashed,
			reward,
		});
		Ok(())
	}

	pub(crate) fn do_finalise(model: ModelId, epoch: EpochIndex) -> DispatchResult {
		let mut report = Reports::<T>::get(model, epoch).ok_or(Error::<T>::NotFound)?;
		ensure!(report.state == ReportState::Open, Error::<T>::AlreadyFinal);
		Self::make_final(model, epoch, &mut report)?;
		Reports::<T>::insert(model, epoch, report);
		Ok(())
	}

	pub(crate) fn do_claim(
		contributor: T::AccountId,
		(model, epoch): (ModelId, EpochIndex),
		source: u64,
		first: &PayoutProof,
		last: &PayoutProof,
	) -> DispatchResult {
		let contribution =
			seq_of(source).and_then(T::Datasets::contribution).ok_or(Error::<T>::NotFound)?;
		ensure!(contribution.contributor == contributor, Error::<T>::NotAuthorized);
		let mut report = Reports::<T>::get(model, epoch).ok_or(Error::<T>::NotFound)?;
		ensure!(
			report.state != ReportState::Open || Self::is_unchallenged(&report),
			Error::<T>::NotFinal
		);
		ensure!(!Claims::<T>::contains_key(report.id, source), Error::<T>::AlreadyClaimed);
		let amount = earnings::<T>(&report.payouts, source, first, last)?;
		ensure!(amount > 0, Error::<T>::NothingToClaim);

		if report.state == ReportState::Open {
			Self::make_final(model, epoch, &mut report)?;
		}
		T::Usage::pay_source(model, epoch, &contributor, amount)?;
		Claims::<T>::insert(report.id, source, amount);
		if let ReportState::Final { claimed } = &mut report.state {
			*claimed = claimed.saturating_add(amount);
		}
		if report.state == (ReportState::Final { claimed: report.total }) {
			Self::return_deposit(&mut report)?;
		}
		Reports::<T>::insert(model, epoch, report);
		Self::deposit_event(Event::Claimed { model, epoch, source, contributor, amount });
		Ok(())
	}

	/// The open report `id` on (`model`, `epoch`), if it can be challenged and `fault` shows it to
	/// be wrong.
	fn challenge(
		model: ModelId,
		epoch: EpochIndex,
		id: ReportId,
		fault: &Fault,
	) -> Result<ReportOf<T>, Refusal> {
		let report = Reports::<T>::get(model, epoch).ok_or(Refusal::NoReport)?;
		ensure!(report.id == id, Refusal::WrongReport);
		ensure!(report.state == ReportState::Open, Refusal::AlreadyFinal);
		ensure!(!Self::is_unchallenged(&report), Refusal::ChallengeOver);
		let facts = ReportFacts::<T>::new(model, epoch, &report).ok_or(Refusal::NoReport)?;
		fault::verify(&facts, fault)?;
		Ok(report)
	}

	/// Whether the challenge window of `report` is over.
	pub(crate) fn is_unchallenged(report: &ReportOf<T>) -> bool {
		frame_system::Pallet::<T>::block_number() > report.challenge_until
	}

	/// Settles the pot by `report`, whose record the caller writes.
	fn make_final(model: ModelId, epoch: EpochIndex, report: &mut ReportOf<T>) -> DispatchResult {
		ensure!(Self::is_unchallenged(report), Error::<T>::NotFinal);
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

	/// Frees what `report` locks of its attributor's bond.
	fn unlock(report: &ReportOf<T>) {
		Locked::<T>::mutate_exists(&report.attributor, |locked| {
			*locked = locked.unwrap_or_default().checked_sub(report.bond).filter(|rest| *rest > 0);
		});
	}

	/// Returns what is held for the storage of `report`, whose record the caller writes or removes.
	fn return_deposit(report: &mut ReportOf<T>) -> DispatchResult {
		let deposit = core::mem::take(&mut report.deposit);
		let reason = HoldReason::ReportDeposit.into();
		T::Currency::release(&reason, &report.attributor, deposit, Precision::Exact)?;
		Ok(())
	}

	/// Takes `amount` of the bond of `attributor`: half, rounded down, goes to `challenger`, and
	/// the rest is burned. Returns what the challenger got: nothing, where its account could not
	/// exist with so little.
	fn slash(
		attributor: &T::AccountId,
		challenger: &T::AccountId,
		amount: u128,
	) -> Result<u128, sp_runtime::DispatchError> {
		let reason = HoldReason::Bond.into();
		let half = amount / 2;
		let reward = match T::Currency::can_deposit(challenger, half, Provenance::Extant) {
			DepositConsequence::Success => half,
			_ => 0,
		};
		if reward > 0 {
			T::Currency::transfer_on_hold(
				&reason,
				attributor,
				challenger,
				reward,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Force,
			)?;
		}
		T::Currency::burn_held(
			&reason,
			attributor,
			amount.saturating_sub(reward),
			Precision::Exact,
			Fortitude::Force,
		)?;
		Ok(reward)
	}
}

/// What `source` earns by the blob of `payouts`, in planck, where `first` and `last` are the ends
/// of its run.
fn earnings<T: Config>(
	payouts: &Content,
	source: u64,
	first: &PayoutProof,
	last: &PayoutProof,
) -> Result<u128, Error<T>> {
	let count = record_count(payouts.len).unwrap_or(0);
	ensure!(first.index <= last.index && last.index < count, Error::<T>::WrongRun);
	let first_opening = blob::verify(payouts, &first.opening)?;
	let last_opening = blob::verify(payouts, &last.opening)?;
	let first_payout = payout_at(&first_opening, first.index)?;
	let last_payout = payout_at(&last_opening, last.index)?;
	ensure!(first_payout.source == source && last_payout.source == source, Error::<T>::WrongRun);
	if let Some(index) = first.index.checked_sub(1) {
		ensure!(payout_at(&first_opening, index)?.source < source, Error::<T>::WrongRun);
	}
	let next = last.index.saturating_add(1);
	if next < count {
		ensure!(payout_at(&last_opening, next)?.source > source, Error::<T>::WrongRun);
	}
	sum_after(&last_payout)
		.and_then(|sum| sum.checked_sub(first_payout.before))
		.ok_or(Error::<T>::WrongRun)
}

/// The payout `index` of the blob that `verified` is a part of.
fn payout_at<T: Config>(verified: &Verified, index: u64) -> Result<Payout, Error<T>> {
	let offset = record_offset(index).ok_or(OpeningError::OutOfRange)?;
	let bytes = verified.slice(offset, RECORD_LEN as u64)?;
	Ok(Payout::read(bytes, 0).ok_or(OpeningError::NotCovered)?)
}

/// The running sum after `payout`; `None` where it overflows.
fn sum_after(payout: &Payout) -> Option<u128> {
	payout.before.checked_add(payout.amount)
}
