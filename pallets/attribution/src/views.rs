//! What others read: for the runtime API and for anyone who links the pallet.

use frame_support::traits::fungible::hold::Inspect as _;
use sp_runtime::traits::SaturatedConversion;
use tributary_primitives::{
	fault::{self, Fault, FaultError},
	ids::{DatasetId, EpochIndex, ModelId, ReportId},
	traits::DatasetEarnings,
	views::{ReportStateView, ReportView, RewardView},
};

use crate::{
	facts::ReportFacts,
	pallet::{Config, DatasetEarned, HoldReason, Locked, Pallet, Reports, Rewards},
	types::ReportState,
};

impl<T: Config> Pallet<T> {
	/// The report on (`model`, `epoch`) that is open or final, as of the current block.
	pub fn report_view(model: ModelId, epoch: EpochIndex) -> Option<ReportView<T::AccountId>> {
		let report = Reports::<T>::get(model, epoch)?;
		let state = match report.state {
			ReportState::Final { .. } => ReportStateView::Final,
			ReportState::Open if Self::is_challengeable(&report) => ReportStateView::Challengeable,
			ReportState::Open => ReportStateView::Unchallenged,
		};
		Some(ReportView {
			id: report.id,
			attributor: report.attributor,
			entries: report.entries,
			payouts: report.payouts,
			total: report.total,
			posted_at: report.posted_at.saturated_into(),
			demand_until: report.demand_until.saturated_into(),
			challenge_until: report.challenge_until.saturated_into(),
			unseen: report.unseen.into_inner(),
			state,
		})
	}

	/// The reward that waits for announced faults of the voided report `report`. While nobody has shown
	/// the attributor to blame, it is its own bond.
	pub fn reward_view(report: ReportId) -> Option<RewardView<T::AccountId>> {
		let reward = Rewards::<T>::get(report)?;
		Some(RewardView {
			report,
			model: reward.model,
			epoch: reward.epoch,
			beneficiary: reward.beneficiary,
			amount: reward.report.bond,
			reveal_until: reward.reveal_until.saturated_into(),
		})
	}

	/// Whether `fault` shows the open report on (`model`, `epoch`) to be wrong, its window over or
	/// not, and whoever is to blame. `None` where no report is open.
	pub fn check_fault(
		model: ModelId,
		epoch: EpochIndex,
		fault: &Fault,
	) -> Option<Result<(), FaultError>> {
		let report = Reports::<T>::get(model, epoch)?;
		if report.state != ReportState::Open {
			return None;
		}
		let facts = ReportFacts::<T>::new(model, epoch, &report)?;
		Some(fault::verify(&facts, fault).map(|_| ()))
	}

	/// The bond of `attributor`, in planck.
	pub fn bonded(attributor: &T::AccountId) -> u128 {
		T::Currency::balance_on_hold(&HoldReason::Bond.into(), attributor)
	}

	/// What of the bond of `attributor` its open reports and waiting rewards lock, in planck.
	pub fn locked(attributor: &T::AccountId) -> u128 {
		Locked::<T>::get(attributor)
	}

	/// What is held for the announcements of `announcer`, in planck.
	pub fn announcement_deposits(announcer: &T::AccountId) -> u128 {
		T::Currency::balance_on_hold(&HoldReason::Announcement.into(), announcer)
	}
}

impl<T: Config> DatasetEarnings for Pallet<T> {
	fn dataset_earned(model: ModelId, dataset: DatasetId) -> u128 {
		DatasetEarned::<T>::get(model, dataset)
	}
}
