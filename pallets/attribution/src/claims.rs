//! Claims of what sources earned by final reports.

use frame_support::{ensure, pallet_prelude::DispatchResult};
use sp_runtime::DispatchError;
use tributary_primitives::{
	ids::{DatasetId, EpochIndex, ModelId},
	run::{run_earnings, RunEnd},
	title::Payee,
	traits::{ContributionFacts, PassedCredit, Pots},
};

use crate::{
	facts::contribution_of,
	pallet::{Claims, Config, DatasetEarned, Error, Event, Pallet, Reports},
	types::{PayoutProof, ReportState},
};

impl<T: Config> Pallet<T> {
	/// Returns the curators' part of what was paid.
	pub(crate) fn do_claim(
		(model, epoch): (ModelId, EpochIndex),
		source: u64,
		first: &PayoutProof,
		last: &PayoutProof,
	) -> Result<u128, DispatchError> {
		let contribution = contribution_of::<T>(source).ok_or(Error::<T>::NotFound)?;
		let mut report = Reports::<T>::get(model, epoch).ok_or(Error::<T>::NotFound)?;
		ensure!(!Self::is_challengeable(&report), Error::<T>::NotFinal);
		let earned = run_earnings(&report.payouts, source, end_of(first), end_of(last))
			.map_err(Error::<T>::from)?;
		let amount = if Claims::<T>::contains_key(report.id, source) { 0 } else { earned };

		if report.state == ReportState::Open {
			Self::make_final(model, epoch, &mut report)?;
		}
		let curators = if contribution.synthetic.is_some() {
			Self::pass_claim_on(model, epoch, source, amount)?;
			0
		} else {
			Self::pay_claim(model, epoch, source, payee_of(contribution), amount)?
		};
		if amount > 0 {
			Claims::<T>::insert(report.id, source, amount);
		}
		if let ReportState::Final { claimed } = &mut report.state {
			*claimed = claimed.saturating_add(amount);
		}
		if report.state == (ReportState::Final { claimed: report.total }) {
			Self::return_deposit(&mut report)?;
		}
		Reports::<T>::insert(model, epoch, report);
		Ok(curators)
	}

	fn pass_claim_on(
		model: ModelId,
		epoch: EpochIndex,
		source: u64,
		amount: u128,
	) -> DispatchResult {
		if amount > 0 {
			T::Usage::pass_on(model, epoch, source, amount)?;
		}
		Self::deposit_event(Event::ClaimPassedOn { model, epoch, source, amount });
		Ok(())
	}

	fn pay_claim(
		model: ModelId,
		epoch: EpochIndex,
		source: u64,
		payee: Payee<T::AccountId>,
		amount: u128,
	) -> Result<u128, DispatchError> {
		let curators = match amount {
			0 => 0,
			_ => T::Usage::pay_source(model, epoch, &payee, amount)?,
		};
		let Payee { contributor, dataset } = payee;
		Self::note_earned(model, dataset, amount);
		Self::deposit_event(Event::Claimed {
			model,
			epoch,
			source,
			contributor,
			dataset,
			amount,
			curators,
		});
		Ok(curators)
	}

	/// Adds `amount` planck to what the contributions of `dataset` were paid by `model`.
	pub(crate) fn note_earned(model: ModelId, dataset: DatasetId, amount: u128) {
		if amount > 0 {
			DatasetEarned::<T>::mutate(model, dataset, |earned| {
				*earned = earned.saturating_add(amount);
			});
		}
	}
}

/// Whom what `contribution` earned is paid to.
pub(crate) fn payee_of<AccountId, BlockNumber>(
	contribution: ContributionFacts<AccountId, BlockNumber>,
) -> Payee<AccountId> {
	let ContributionFacts { contributor, dataset, .. } = contribution;
	Payee { contributor, dataset }
}

fn end_of(proof: &PayoutProof) -> RunEnd<'_> {
	RunEnd { index: proof.index, opening: &proof.opening }
}
