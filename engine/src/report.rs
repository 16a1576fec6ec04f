//! The report of an epoch: entries that cover every window once, and the payouts that they give
//! (protocol 6).

use std::borrow::Cow;

use tributary_primitives::{
	report::{Entry, Payout, Record},
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

/// Reports on an epoch: finds the owner of every window of every item, and what each run is worth.
///
/// An item that has no window gets one unowned entry of no windows that carries its whole amount;
/// its output is not read. Holds one output at a time. The report does not depend on anything but
/// the arguments' bytes.
///
/// # Errors
/// Where the epoch and the index do not fit, or an output is not to be had.
pub fn build_report<B: BlobSource>(
	input: &EpochInput,
	index: &Index,
	blobs: &B,
) -> Result<Report, ReportError> {
	input.check(index)?;
	let mut entries = Vec::new();
	let mut owned: Vec<(u64, u64, u128)> = Vec::new();
	let mut ordinal = 0u64;
	for place in input.places() {
		for entry in entries_of(&place, index, blobs)? {
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

fn entries_of<B: BlobSource>(
	place: &Place,
	index: &Index,
	blobs: &B,
) -> Result<Vec<Entry>, OutputError> {
	let Place { receipt, item, amount, windows, .. } = *place;
	if windows == 0 {
		return Ok(vec![Entry { receipt, item, amount, ..Entry::default() }]);
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
