//! Claims of what a synthetic source passes on to the sources of the output that it repeats.

use frame_support::{ensure, pallet_prelude::DispatchResult};
use tributary_primitives::{
	blob::{self, Content},
	fault::EntryProof,
	report::{record_at, record_count, Entry},
	traits::{PassedCredit, PassedTo, ServedOutput},
	window::portion,
};

use crate::{
	claims::payee_of,
	facts::contribution_of,
	pallet::{Config, Error, Event, Pallet, PassedClaims, Reports},
	types::ReportState,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_claim_passed(source: u64, proof: &EntryProof) -> DispatchResult {
		let contribution = contribution_of::<T>(source).ok_or(Error::<T>::NotFound)?;
		let served = contribution.synthetic.ok_or(Error::<T>::NotSynthetic)?;
		let report = Reports::<T>::get(served.model, served.epoch).ok_or(Error::<T>::NotFound)?;
		ensure!(matches!(report.state, ReportState::Final { .. }), Error::<T>::NotFinal);
		let entry = entry_of::<T>(&report.entries, proof, &served)?;

		let ordinal = proof.index;
		let due = share(T::Usage::passed(source), &entry, &served);
		let amount = due.saturating_sub(PassedClaims::<T>::get(source, ordinal));
		let to = Self::owner_of(&entry, source);
		if amount > 0 {
			T::Usage::pay_passed(source, &to, amount)?;
			PassedClaims::<T>::insert(source, ordinal, due);
		}
		if let PassedTo::Contributor(payee) = &to {
			Self::note_earned(served.model, payee.dataset, amount);
		}
		Self::deposit_event(Event::PassedClaimed { source, ordinal, to, amount });
		Ok(())
	}

	/// Whom the part of `entry` in what `source` passes on goes to.
	fn owner_of(entry: &Entry, source: u64) -> PassedTo<T::AccountId> {
		// The sources of an output are earlier than what repeats it, so credit never comes back.
		let earlier = (entry.source < source).then_some(entry.source);
		match earlier.and_then(contribution_of::<T>) {
			None => PassedTo::Treasury,
			Some(owner) if owner.synthetic.is_some() => PassedTo::Source(entry.source),
			Some(owner) => PassedTo::Contributor(payee_of(owner)),
		}
	}
}

/// The entry that `proof` shows, if it is one of the output `served`.
///
/// Where the receipt's outputs were withheld it is the one entry of the receipt, which stands for them
/// all; that it is the only one is shown by its successor.
fn entry_of<T: Config>(
	entries: &Content,
	proof: &EntryProof,
	served: &ServedOutput,
) -> Result<Entry, Error<T>> {
	let verified = blob::verify(entries, &proof.opening)?;
	let entry: Entry = record_at(&verified, proof.index)?;
	ensure!(entry.receipt == served.receipt, Error::<T>::WrongEntry);
	if entry.item == served.item {
		return Ok(entry);
	}
	ensure!((entry.item, entry.count) == (0, 0), Error::<T>::WrongEntry);
	let next = proof.index.saturating_add(1);
	if record_count(entries.len).is_some_and(|count| next < count) {
		let next: Entry = record_at(&verified, next)?;
		ensure!(next.receipt != served.receipt, Error::<T>::WrongEntry);
	}
	Ok(entry)
}

/// What `entry` is due of the `passed` planck, rounded down: by its part of the output's windows, and all
/// where there are none. It never falls as `passed` grows, so that it does not matter when it is claimed.
fn share(passed: u128, entry: &Entry, served: &ServedOutput) -> u128 {
	if entry.count == 0 {
		passed
	} else {
		portion(passed, entry.count, served.windows)
	}
}
