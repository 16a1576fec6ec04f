//! The report of an epoch: entries that cover every window once, and the payouts that they give
//! (protocol 6).

use std::{borrow::Cow, collections::BTreeMap};

use serde::Serialize;
use tributary_primitives::{
	blob::Content,
	report::{Entry, Payout, Record, MAX_UNSEEN},
	window::worth,
};

use crate::{
	blobs::{BlobError, BlobSource},
	epoch::{EpochInput, InputError, Place},
	index::Index,
	trace::trace,
};

/// Why a report is not built.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
	/// The epoch can not be reported on.
	#[error(transparent)]
	Input(#[from] InputError),
	/// An output is not to be had.
	#[error(transparent)]
	Output(#[from] OutputError),
	/// More sources are not to be had than a report may list.
	#[error(
		"{count} sources of the corpus are not here, and a report lists at most {MAX_UNSEEN} as unseen; \
		 fetch the others from whoever serves them"
	)]
	TooManyUnseen {
		/// The number of sources.
		count: usize,
	},
}

/// An output that is not to be had.
#[derive(Debug, thiserror::Error)]
#[error("receipt {receipt}, item {item}, output {}: {error}", hex::encode(.root))]
pub struct OutputError {
	/// The receipt.
	pub receipt: u32,
	/// The item in the receipt's blob.
	pub item: u32,
	/// The output's hash.
	pub root: [u8; 32],
	/// Why it is not to be had.
	pub error: BlobError,
}

/// A report, as it is posted: two blobs of 64-byte records and what they come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
	/// The blob of entries.
	pub entries: Vec<u8>,
	/// The blob of payouts; empty where nothing is owned.
	pub payouts: Vec<u8>,
	/// What all sources earn, in planck.
	pub total: u128,
}

/// An output that is not to be had, whose windows a partial report leaves unowned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct UnseenOutput {
	/// The receipt.
	pub receipt: u32,
	/// The item in the receipt's blob.
	pub item: u32,
	/// The output.
	pub output: Content,
	/// The number of its windows.
	pub windows: u64,
}

/// A report that was made without some of the bytes that it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialReport {
	/// The report.
	pub report: Report,
	/// The outputs that are not to be had, in order. Whoever has one of them can prove the report wrong
	/// where a source owns one of its windows.
	pub outputs: Vec<UnseenOutput>,
	/// The sources of the corpus that are not in the index and long enough to hold a window, ascending:
	/// those that the report has to list as unseen. At most [`MAX_UNSEEN`].
	pub unseen: Vec<u64>,
}

/// Reports on an epoch: finds the owner of every window of every item, and what each run is worth.
///
/// An item that has no window gets one unowned entry of no windows that carries its whole amount, and
/// so does a withheld receipt; no output is read for it. Holds one output at a time. The report does
/// not depend on anything but the arguments' bytes.
///
/// # Errors
/// Where the epoch and the index do not fit, or items or an output are not to be had.
pub fn build_report<B: BlobSource>(
	input: &EpochInput,
	index: &Index,
	blobs: &B,
) -> Result<Report, ReportError> {
	assemble(input, index, blobs, |_, error| Err(error))
}

/// Reports on an epoch as [`build_report`] does, without the bytes that are not to be had: the
/// windows of missing outputs are unowned, one entry for each such output, and those of missing
/// sources go to whoever comes next.
///
/// `sources` is the corpus as the chain knows it. A source that is shorter than the window holds
/// none, so that nothing is lost without it.
///
/// # Errors
/// Where the epoch and the index do not fit, the items of a receipt are not to be had, an output is
/// there and can not be read, or more than [`MAX_UNSEEN`] sources are missing.
pub fn build_partial_report<B: BlobSource>(
	input: &EpochInput,
	index: &Index,
	blobs: &B,
	sources: &BTreeMap<u64, Content>,
) -> Result<PartialReport, ReportError> {
	let unseen: Vec<u64> = index.lacking(sources).map(|(source, _)| source).collect();
	if unseen.len() > MAX_UNSEEN as usize {
		return Err(ReportError::TooManyUnseen { count: unseen.len() });
	}
	let mut outputs = Vec::new();
	let report = assemble(input, index, blobs, |place, error| {
		if !error.error.is_absence() {
			return Err(error);
		}
		let Place { receipt, item, output, windows, .. } = *place;
		outputs.push(UnseenOutput { receipt, item, output, windows });
		Ok(())
	})?;
	Ok(PartialReport { report, outputs, unseen })
}

/// Builds a report; `missing` says whether it may leave an output's windows unowned.
fn assemble<B: BlobSource>(
	input: &EpochInput,
	index: &Index,
	blobs: &B,
	mut missing: impl FnMut(&Place, OutputError) -> Result<(), OutputError>,
) -> Result<Report, ReportError> {
	input.check(index)?;
	input.check_items()?;
	let mut entries = Vec::new();
	let mut owned: Vec<(u64, u64, u128)> = Vec::new();
	let mut ordinal = 0u64;
	for place in input.places() {
		let entries_here = match entries_of(&place, index, blobs) {
			Ok(entries) => entries,
			Err(error) => {
				missing(&place, error)?;
				vec![unowned(&place)]
			}
		};
		for entry in entries_here {
			if entry.source != 0 {
				owned.push((entry.source, ordinal, entry.amount));
			}
			ordinal += 1;
			entries.extend_from_slice(&entry.to_bytes());
		}
	}

	owned.sort_unstable();
	let mut payouts = Vec::new();
	let mut total = 0u128;
	for (source, ordinal, amount) in owned {
		let payout = Payout { source, ordinal, amount, before: total, reserved: 0 };
		payouts.extend_from_slice(&payout.to_bytes());
		// The receipts' amounts exist on the chain, whose whole issuance is a u128.
		total = total.saturating_add(amount);
	}
	Ok(Report { entries, payouts, total })
}

/// One entry for a whole item that nobody owns.
fn unowned(place: &Place) -> Entry {
	let Place { receipt, item, amount, windows, .. } = *place;
	Entry { receipt, item, count: windows, amount, ..Entry::default() }
}

fn entries_of<B: BlobSource>(
	place: &Place,
	index: &Index,
	blobs: &B,
) -> Result<Vec<Entry>, OutputError> {
	let Place { receipt, item, amount, windows, .. } = *place;
	if windows == 0 {
		return Ok(vec![unowned(place)]);
	}
	let output = output(place, blobs)?;
	let runs = trace(index, &output).runs;
	let entries = runs.iter().map(|run| Entry {
		receipt,
		item,
		start: run.start,
		count: run.count,
		source: run.source,
		offset: run.offset,
		amount: worth(amount, windows, run.start, run.count),
		reserved: 0,
	});
	Ok(entries.collect())
}

/// The bytes of an item's output.
pub(crate) fn output<'a, B: BlobSource>(
	place: &Place,
	blobs: &'a B,
) -> Result<Cow<'a, [u8]>, OutputError> {
	let content = place.output;
	let bytes = blobs.get(&content).and_then(|bytes| match bytes.len() as u64 {
		found if found == content.len => Ok(bytes),
		found => Err(BlobError::WrongLength { content, found }),
	});
	bytes.map_err(|error| OutputError {
		receipt: place.receipt,
		item: place.item,
		root: content.root,
		error,
	})
}
