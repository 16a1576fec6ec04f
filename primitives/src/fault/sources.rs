//! Faults of an entry that the bytes of an output and of a source show.

use super::{
	proven::{entry, served},
	EntryProof, Facts, FaultError,
};
use crate::{
	blob::{self, Opening},
	window::covered_len,
};

/// A window of an entry's output.
pub(super) struct Window<'a> {
	/// Where it starts in the output.
	pub position: u64,
	/// The output's chunks that hold it.
	pub output: &'a Opening,
}

/// A place where a source is said to contain a window.
pub(super) struct Occurrence<'a> {
	pub source: u64,
	/// Where it starts in the source.
	pub offset: u64,
	/// The source's chunks that hold it.
	pub bytes: &'a Opening,
}

/// Whether output and source differ at byte `position` of the output, or the source ends before it.
pub(super) fn mismatch<F: Facts>(
	facts: &F,
	proof: &EntryProof,
	item: &Opening,
	position: u64,
	bytes: Option<&(Opening, Opening)>,
) -> Result<bool, FaultError> {
	let entry = entry(facts, proof)?;
	let source = facts.content(entry.source).ok_or(FaultError::NotFound)?;
	let served = served(facts, &entry, Some(item))?;
	let into_run = position
		.checked_sub(entry.start)
		.filter(|into_run| *into_run < covered_len(entry.count, facts.window()))
		.filter(|_| position < served.output.len)
		.ok_or(FaultError::OutOfRange)?;
	let in_source = entry.offset.checked_add(into_run).filter(|in_source| *in_source < source.len);
	let Some((output_bytes, source_bytes)) = bytes else { return Ok(in_source.is_none()) };
	let in_source = in_source.ok_or(FaultError::OutOfRange)?;
	let ours = blob::verify(&served.output, output_bytes)?.slice(position, 1)?;
	let theirs = blob::verify(&source, source_bytes)?.slice(in_source, 1)?;
	Ok(ours != theirs)
}

/// Whether `earlier` shows a window of the entry in a source that comes before the entry's own, or in
/// any source where the entry is unowned.
pub(super) fn prior<F: Facts>(
	facts: &F,
	proof: &EntryProof,
	item: &Opening,
	window: &Window<'_>,
	earlier: &Occurrence<'_>,
) -> Result<bool, FaultError> {
	let entry = entry(facts, proof)?;
	let source = known_source(facts, earlier.source)?;
	if entry.source != 0 && earlier.source >= entry.source {
		return Ok(false);
	}
	let served = served(facts, &entry, Some(item))?;
	let covered = window.position.checked_sub(entry.start).is_some_and(|j| j < entry.count);
	if !covered || window.position >= served.windows {
		return Err(FaultError::OutOfRange);
	}
	let len = u64::from(facts.window());
	let ours = blob::verify(&served.output, window.output)?.slice(window.position, len)?;
	let theirs = blob::verify(&source, earlier.bytes)?.slice(earlier.offset, len)?;
	Ok(ours == theirs)
}

/// The bytes of a source of the corpus; 0 names none.
fn known_source<F: Facts>(facts: &F, source: u64) -> Result<blob::Content, FaultError> {
	match source {
		0 => Err(FaultError::NotFound),
		source => facts.source(source).ok_or(FaultError::NotFound),
	}
}
