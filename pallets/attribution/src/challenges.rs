//! Faults against open reports.

use frame_support::{
	ensure,
	pallet_prelude::{
		DispatchResult, TransactionPriority, TransactionValidityWithRefund, ValidTransaction,
	},
	weights::Weight,
};
use sp_runtime::traits::{SaturatedConversion, Saturating};
use tributary_primitives::{
	fault::{self, Blame, Fault},
	ids::{EpochIndex, ModelId, ReportId},
	traits::Slash,
};

use crate::{
	facts::ReportFacts,
	pallet::{Config, Error, Event, Pallet, Reports},
	refusal::Refusal,
	types::{ReportOf, ReportState},
};

/// The priority of a fault in the pool: the highest, so that a wrong report never outlives its
/// window for want of room, and the same for all, so that a copy does not displace the original.
pub const FAULT_PRIORITY: TransactionPriority = TransactionPriority::MAX;

/// The most blocks that a fault waits in the pool before whoever found it has to submit it again.
pub const FAULT_LONGEVITY: u64 = 64;

impl<T: Config> Pallet<T> {
	/// The validity of a fault in the pool and at the door of a block. Whatever it depends on may
	/// change until dispatch, which therefore asks the same again.
	pub(crate) fn authorize_fault(
		model: ModelId,
		epoch: EpochIndex,
		id: ReportId,
		fault: &Fault,
	) -> TransactionValidityWithRefund {
		let (report, _) = Self::challenge(model, epoch, id, fault)?;
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
		let (mut report, blame) =
			Self::challenge(model, epoch, id, fault).map_err(Error::<T>::from)?;
		let forfeited = match fault {
			// What the attributor could not get was to be had: who lists sources to stall pays.
			Fault::Prior { source, .. } if report.lists(*source) => {
				Self::forfeit_deposit(&mut report)?
			}
			_ => 0,
		};
		let attributor = report.attributor.clone();
		let rewarded = (blame == Blame::Attributor).then_some(&challenger);
		Self::void((model, epoch), report, rewarded, |Slash { slashed, reward }| Event::Voided {
			report: id,
			model,
			epoch,
			attributor,
			challenger: challenger.clone(),
			slashed,
			reward,
			forfeited,
		})?;
		Ok(())
	}

	/// The report `id` on (`model`, `epoch`), if it can be challenged.
	pub(crate) fn challengeable(
		model: ModelId,
		epoch: EpochIndex,
		id: ReportId,
	) -> Result<ReportOf<T>, Refusal> {
		let report = Reports::<T>::get(model, epoch).ok_or(Refusal::NoReport)?;
		ensure!(report.id == id, Refusal::WrongReport);
		ensure!(report.state == ReportState::Open, Refusal::AlreadyFinal);
		ensure!(Self::is_challengeable(&report), Refusal::ChallengeOver);
		Ok(report)
	}

	/// The report `id` on (`model`, `epoch`), if it can be challenged and `fault` shows it to be wrong,
	/// and who answers for that.
	fn challenge(
		model: ModelId,
		epoch: EpochIndex,
		id: ReportId,
		fault: &Fault,
	) -> Result<(ReportOf<T>, Blame), Refusal> {
		let report = Self::challengeable(model, epoch, id)?;
		let facts = ReportFacts::<T>::new(model, epoch, &report).ok_or(Refusal::NoReport)?;
		let blame = fault::verify(&facts, fault)?;
		Ok((report, blame))
	}
}
