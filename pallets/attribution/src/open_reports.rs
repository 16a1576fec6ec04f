//! What demands for bytes do to open reports.

use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::DispatchError;
use tributary_primitives::{
	ids::{EpochIndex, ModelId, ReportId},
	traits::{OpenReports, ReportBlobs, Slash},
};

use crate::{
	pallet::{Config, Event, Pallet, Reports},
	types::ReportOf,
};

impl<T: Config> Pallet<T> {
	/// Whether demands on `report`, its outputs and its sources are heard.
	fn is_demandable(report: &ReportOf<T>) -> bool {
		Self::is_challengeable(report)
			&& frame_system::Pallet::<T>::block_number() <= report.demand_until
	}
}

/// A report whose challenge window is over counts as final, whether somebody has made it so or not.
impl<T: Config> OpenReports<T::AccountId, BlockNumberFor<T>> for Pallet<T> {
	type Error = DispatchError;

	fn demandable(
		model: ModelId,
		epoch: EpochIndex,
		report: ReportId,
	) -> Option<ReportBlobs<T::AccountId>> {
		Reports::<T>::get(model, epoch)
			.filter(|open| open.id == report && Self::is_demandable(open))
			.map(|open| ReportBlobs {
				attributor: open.attributor,
				entries: open.entries,
				payouts: open.payouts,
			})
	}

	fn hears_demands(model: ModelId, epoch: EpochIndex) -> bool {
		Reports::<T>::get(model, epoch).is_none_or(|report| Self::is_demandable(&report))
	}

	fn keep_open(model: ModelId, epoch: EpochIndex, until: BlockNumberFor<T>) -> bool {
		let Some(mut report) = Reports::<T>::get(model, epoch) else { return false };
		if !Self::is_challengeable(&report) || report.challenge_until >= until {
			return false;
		}
		report.challenge_until = until;
		let id = report.id;
		Reports::<T>::insert(model, epoch, report);
		Self::deposit_event(Event::KeptOpen { report: id, model, epoch, challenge_until: until });
		true
	}

	fn void_withheld(
		model: ModelId,
		epoch: EpochIndex,
		id: ReportId,
		demander: &T::AccountId,
	) -> Result<Option<Slash>, DispatchError> {
		let Ok(report) = Self::challengeable(model, epoch, id) else { return Ok(None) };
		let attributor = report.attributor.clone();
		let voided = |Slash { slashed, reward }| Event::Voided {
			report: id,
			model,
			epoch,
			attributor,
			challenger: demander.clone(),
			slashed,
			reward,
			forfeited: 0,
		};
		Self::void((model, epoch), report, Some(demander), voided).map(Some)
	}

	fn void_blameless(model: ModelId, epoch: EpochIndex) -> Result<bool, DispatchError> {
		let Some(report) = Reports::<T>::get(model, epoch) else { return Ok(true) };
		if !Self::is_challengeable(&report) {
			return Ok(false);
		}
		let (id, attributor) = (report.id, report.attributor.clone());
		let outdated = |_| Event::Outdated { report: id, model, epoch, attributor };
		Self::void((model, epoch), report, None, outdated)?;
		Ok(true)
	}
}
