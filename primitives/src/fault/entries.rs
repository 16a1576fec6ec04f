//! Faults of an entry that its own record, its neighbour and the length of its output show.

use super::{
	proven::{entry, place, served, Place, Records},
	EntryProof, Facts, FaultError,
};
use crate::{blob::Opening, report::Entry, window::worth};

/// Whether the entry is malformed or does not start, end or continue where it must.
pub(super) fn structure<F: Facts>(
	facts: &F,
	proof: &EntryProof,
	item: Option<&Opening>,
) -> Result<bool, FaultError> {
	let records = Records::open(&facts.entries(), &proof.opening)?;
	let entry: Entry = records.get(proof.index)?;
	if malformed(&entry) || (proof.index == 0 && position(&entry) != (0, 0, 0)) {
		return Ok(true);
	}
	let Some(place) = place(facts, &entry)? else { return Ok(true) };
	let windows = match item {
		None if !place.withheld => None,
		item => Some(place.served(facts, item)?.windows),
	};
	if windows.is_some_and(|windows| !fits(&entry, windows)) {
		return Ok(true);
	}
	let next = records.after(proof.index)?;
	let Some(must_end) = must_end(&entry, next.as_ref(), &place) else { return Ok(true) };
	let windows = windows.ok_or(FaultError::NotFound)?;
	Ok((end(&entry) == Some(windows)) != must_end)
}

/// The entry's source, where it is not in the corpus.
pub(super) fn foreign<F: Facts>(facts: &F, proof: &EntryProof) -> Result<Option<u64>, FaultError> {
	let source = entry(facts, proof)?.source;
	Ok((source != 0 && facts.source(source).is_none()).then_some(source))
}

/// Whether the entry's amount is not the formula's.
pub(super) fn amount<F: Facts>(
	facts: &F,
	proof: &EntryProof,
	item: Option<&Opening>,
) -> Result<bool, FaultError> {
	let entry = entry(facts, proof)?;
	let served = served(facts, &entry, item)?;
	if end(&entry).is_none_or(|end| end > served.windows) {
		return Err(FaultError::OutOfRange);
	}
	let expected = match served.windows {
		0 => served.amount,
		windows => worth(served.amount, windows, entry.start, entry.count),
	};
	Ok(entry.amount != expected)
}

/// The window after the entry's last.
fn end(entry: &Entry) -> Option<u64> {
	entry.start.checked_add(entry.count)
}

fn position(entry: &Entry) -> (u32, u32, u64) {
	(entry.receipt, entry.item, entry.start)
}

/// Whether the entry is wrong whatever it names.
fn malformed(entry: &Entry) -> bool {
	let unowned_with_offset = entry.source == 0 && entry.offset != 0;
	let empty_but_placed = entry.count == 0 && (entry.start != 0 || entry.source != 0);
	entry.reserved != 0 || unowned_with_offset || empty_but_placed || end(entry).is_none()
}

/// Whether a well-formed entry may stand in an output of `windows` windows: it covers some of them, or
/// none where there are none.
fn fits(entry: &Entry, windows: u64) -> bool {
	(entry.count == 0) == (windows == 0) && end(entry).is_some_and(|end| end <= windows)
}

/// Whether the entry must, or must not, end its item for `next` to be its successor; `None` where
/// neither helps.
fn must_end(entry: &Entry, next: Option<&Entry>, place: &Place) -> Option<bool> {
	let Some(next) = next.map(position) else {
		return place.next.is_none().then_some(true);
	};
	let continued = (entry.receipt, entry.item, end(entry)?);
	if entry.count > 0 && next == continued {
		return Some(false);
	}
	let (receipt, item) = place.next?;
	(next == (receipt, item, 0)).then_some(true)
}
