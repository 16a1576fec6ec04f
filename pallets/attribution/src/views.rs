//! What others read: for the runtime API and for anyone who links the pallet.

use frame_support::traits::fungible::hold::Inspect as _;
use sp_runtime::traits::SaturatedConversion;
use tributary_primitives::{
	fault::{self, Fault, FaultError},
	ids::{EpochIndex, ModelId},
	views::{ReportStateView, ReportView},
};

use crate::{
	facts::ReportFacts,
	pallet::{Config, HoldReason, Locked, Pallet, Reports},
	types::ReportState,
};

impl<T: Config> Pallet<T> {
	/// The report on (`model`, `epoch`) that is open or final, as of the current block.
	pub fn report_view(model: ModelId, epoch: EpochIndex) -> Option<ReportView<T::AccountId>> {
		let report = Reports::<T>::get(model, epoch)?;
		let state = match report.state {
			ReportState::Final { .. } => ReportStateView::Final,
			ReportState::Open if Self::is_unchallenged(&report) => ReportStateView::Unchallenged,
			ReportState::Open => ReportStateView::Challengeable,
		};
		Some(ReportView {
			id: report.id,
			attributor: report.attributor,
			entries: report.entries,
			payouts: report.payouts,
			total: report.total,
			posted_at: report.posted_at.saturated_into(),
			challenge_until: report.challenge_until.saturated_into(),
			state,
		})
	}

	/// Whether `fault` shows the open report on (`model`, `epoch`) to be wrong, its window over or
	/// not. `None` where no report is open.
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
		Some(fault::verify(&facts, fault))
	}

	/// The bond of `attributor`, in planck.
	pub fn bonded(attributor: &T::AccountId) -> u128 {
		T::Currency::balance_on_hold(&HoldReason::Bond.into(), attributor)
	}

	/// What of the bond of `attributor` its open reports lock, in planck.
	pub fn locked(attributor: &T::AccountId) -> u128 {
		Locked::<T>::get(attributor)
	}
}
