//! Claims of what sources earned by final reports.

use frame_support::{ensure, pallet_prelude::DispatchResult};
use tributary_primitives::{
	ids::{EpochIndex, ModelId},
	run::{run_earnings, RunEnd},
	traits::{PassedCredit, Pots},
};

use crate::{
	facts::contribution_of,
	pallet::{Claims, Config, Error, Event, Pallet, Reports},
	types::{PayoutProof, ReportState},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_claim(
		claimant: T::AccountId,
		(model, epoch): (ModelId, EpochIndex),
		source: u64,
		first: &PayoutProof,
		last: &PayoutProof,
	) -> DispatchResult {
		let contribution = contribution_of::<T>(source).ok_or(Error::<T>::NotFound)?;
		let passes_on = contribution.synthetic.is_some();
		ensure!(passes_on || contribution.contributor == claimant, Error::<T>::NotAuthorized);
		let mut report = Reports::<T>::get(model, epoch).ok_or(Error::<T>::NotFound)?;
		ensure!(!Self::is_challengeable(&report), Error::<T>::NotFinal);
		ensure!(!Claims::<T>::contains_key(report.id, source), Error::<T>::AlreadyClaimed);
		let amount = run_earnings(&report.payouts, source, end_of(first), end_of(last))
			.map_err(Error::<T>::from)?;
		ensure!(amount > 0, Error::<T>::NothingToClaim);

		if report.state == ReportState::Open {
			Self::make_final(model, epoch, &mut report)?;
		}
		if passes_on {
			T::Usage::pass_on(model, epoch, source, amount)?;
			Self::deposit_event(Event::ClaimPassedOn { model, epoch, source, amount });
		} else {
			T::Usage::pay_source(model, epoch, &claimant, amount)?;
			let contributor = claimant;
			Self::deposit_event(Event::Claimed { model, epoch, source, contributor, amount });
		}
		Claims::<T>::insert(report.id, source, amount);
		if let ReportState::Final { claimed } = &mut report.state {
			*claimed = claimed.saturating_add(amount);
		}
		if report.state == (ReportState::Final { claimed: report.total }) {
			Self::return_deposit(&mut report)?;
		}
		Reports::<T>::insert(model, epoch, report);
		Ok(())
	}
}

fn end_of(proof: &PayoutProof) -> RunEnd<'_> {
	RunEnd { index: proof.index, opening: &proof.opening }
}
