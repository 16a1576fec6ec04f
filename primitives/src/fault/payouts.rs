//! Faults of the payouts: among themselves, and against the entries.

use super::{
	proven::{entry, Records},
	EntryProof, Facts, FaultError,
};
use crate::{
	blob::Opening,
	report::{record_count, Entry, Payout},
};

/// Whether the payout is malformed, a first that does not start at zero, or wrongly followed.
pub(super) fn order<F: Facts>(
	facts: &F,
	index: u64,
	payouts: &Opening,
) -> Result<bool, FaultError> {
	let records = Records::open(&facts.payouts(), payouts)?;
	let payout: Payout = records.get(index)?;
	if payout.reserved != 0 || payout.source == 0 || (index == 0 && payout.before != 0) {
		return Ok(true);
	}
	let Some(next) = records.after::<Payout>(index)? else { return Ok(false) };
	let sum = payout.before.checked_add(payout.amount);
	Ok(key(&next) <= key(&payout) || sum != Some(next.before))
}

/// Whether the payout differs from the entry that it names, or names none.
pub(super) fn unequal<F: Facts>(
	facts: &F,
	index: u64,
	payout: &Opening,
	entry: Option<&Opening>,
) -> Result<bool, FaultError> {
	let payout: Payout = Records::open(&facts.payouts(), payout)?.get(index)?;
	let Some(entry) = entry else {
		let entries = record_count(facts.entries().len).ok_or(FaultError::NotFound)?;
		return Ok(payout.ordinal >= entries);
	};
	let entry: Entry = Records::open(&facts.entries(), entry)?.get(payout.ordinal)?;
	Ok((entry.source, entry.amount) != (payout.source, payout.amount))
}

/// Whether an owned entry would stand between payouts `index - 1` and `index`, so that no payout of
/// sorted ones is its own.
pub(super) fn absent<F: Facts>(
	facts: &F,
	proof: &EntryProof,
	index: u64,
	payouts: Option<&Opening>,
) -> Result<bool, FaultError> {
	let entry = entry(facts, proof)?;
	if entry.source == 0 {
		return Ok(false);
	}
	let content = facts.payouts();
	let count = record_count(content.len).filter(|count| index <= *count);
	let count = count.ok_or(FaultError::NotFound)?;
	if count == 0 {
		return Ok(true);
	}
	let records = Records::open(&content, payouts.ok_or(FaultError::NotFound)?)?;
	let missing = (entry.source, proof.index);
	if let Some(before) = index.checked_sub(1) {
		if key(&records.get(before)?) >= missing {
			return Ok(false);
		}
	}
	Ok(index == count || key(&records.get(index)?) > missing)
}

fn key(payout: &Payout) -> (u64, u64) {
	(payout.source, payout.ordinal)
}
