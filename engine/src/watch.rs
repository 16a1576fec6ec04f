//! Finds what is wrong with a report, as a fault that the chain accepts (protocol 6).
//!
//! The checks run from what needs least to what needs most, so that a watcher who lacks some
//! outputs still finds what the records alone show: how entries follow each other, their amounts,
//! the payouts among themselves and against the entries, and then outputs and sources. Each check
//! relies on those before it. All of it is linear in the report and the outputs, but for the
//! lookups of windows.
//!
//! Most faults end the search. One that blames nobody, or whose openings cross chunk borders, is
//! kept while the search goes on for a better one: the next one may take the attributor's bond, or
//! be smaller.

mod bytes;
mod missing;
mod proofs;
mod records;

use std::{cell::OnceCell, collections::BTreeSet};

use tributary_primitives::{
	blob::{Content, OpeningError},
	fault::{self, Fault, FaultError},
	report::{record_count, Entry, Payout},
};

use crate::{
	blobs::BlobSource,
	epoch::{EpochFacts, EpochInput, InputError},
	index::{Index, IndexError},
	records::Records,
	report::OutputError,
};
pub use missing::{MissingBlob, MissingBlobs, Needed};
use proofs::Proofs;

/// Why a report can not be checked.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
	/// The epoch can not be reported on.
	#[error(transparent)]
	Input(#[from] InputError),
	/// The bytes are not those that the report names.
	#[error(
		"the bytes given as the report's {blob} do not have the hash and length that the report \
		 names; fetch them again"
	)]
	Bytes {
		/// `entries` or `payouts`.
		blob: &'static str,
	},
	/// A blob of the report is no list of records; the chain takes no such report.
	#[error(
		"the report's {blob} have {len} bytes, no multiple of 64; give a report that the chain took"
	)]
	Records {
		/// `entries` or `payouts`.
		blob: &'static str,
		/// The blob's length, in bytes.
		len: usize,
	},
	/// There is no entry; the chain takes no such report.
	#[error("the report has no entries; give a report that the chain took")]
	Empty,
	/// Bytes are not to be had, and nothing is wrong as far as can be seen without them.
	#[error(transparent)]
	Missing(#[from] MissingBlobs),
	/// An output is there and can not be read.
	#[error(transparent)]
	Output(#[from] OutputError),
	/// The index over the sources that are not excused was not built.
	#[error(transparent)]
	Index(#[from] IndexError),
	/// A blob can not be opened.
	#[error("a blob can not be opened: {0}")]
	Opening(#[from] OpeningError),
	/// Something is wrong with the report, and the fault that shows it does not verify.
	#[error(
		"a fault was found and does not verify ({error}); check that corpus and receipts are those \
		 of the report's (model, epoch)"
	)]
	Refused {
		/// The fault.
		fault: Box<Fault>,
		/// Why it does not verify.
		error: FaultError,
	},
}

/// Checks a report against everything that it reports on. Returns a fault that [`fault::verify`]
/// accepts against `facts`, or `None` where the report is right.
///
/// `facts` name the report; `entries` and `payouts` are the bytes of its two blobs, which may be
/// anything at all. `index` is over the model's corpus at the epoch's last block.
///
/// Of several faults it takes one that blames the attributor rather than one that blames nobody, and
/// then, among windows that stand in earlier sources, one whose openings cross fewer chunk borders, so
/// that it is smaller.
///
/// # Errors
/// Where the arguments do not belong together; and where bytes are missing that the check needs, once
/// nothing else is found wrong: [`WatchError::Missing`] names them.
pub fn find_fault<B: BlobSource>(
	input: &EpochInput,
	index: &Index,
	blobs: &B,
	facts: &EpochFacts,
	entries: &[u8],
	payouts: &[u8],
) -> Result<Option<Fault>, WatchError> {
	check(input, index, blobs, facts, entries, Some(payouts))
}

/// Checks the entries of a report as [`find_fault`] does, where its payouts are not to be had. Returns
/// a fault that the entries alone show, or `None` where there is none.
///
/// # Errors
/// As [`find_fault`]. The payouts are not among what [`WatchError::Missing`] names.
pub fn find_entry_fault<B: BlobSource>(
	input: &EpochInput,
	index: &Index,
	blobs: &B,
	facts: &EpochFacts,
	entries: &[u8],
) -> Result<Option<Fault>, WatchError> {
	check(input, index, blobs, facts, entries, None)
}

fn check<B: BlobSource>(
	input: &EpochInput,
	index: &Index,
	blobs: &B,
	facts: &EpochFacts,
	entries: &[u8],
	payouts: Option<&[u8]>,
) -> Result<Option<Fault>, WatchError> {
	input.check(index)?;
	let given = [("entries", Some(entries), &facts.entries), ("payouts", payouts, &facts.payouts)];
	for (blob, bytes, content) in given {
		let Some(bytes) = bytes else { continue };
		if Content::of(bytes) != *content {
			return Err(WatchError::Bytes { blob });
		}
		if record_count(content.len).is_none() {
			return Err(WatchError::Records { blob, len: bytes.len() });
		}
	}
	if entries.is_empty() {
		return Err(WatchError::Empty);
	}

	let shown = payouts.unwrap_or_default();
	let proofs = Proofs { input, corpus: index.corpus(), entries, payouts: shown };
	let watch = Watch {
		proofs,
		input,
		index,
		without_excused: OnceCell::new(),
		blobs,
		facts,
		entries: Records::new(entries),
		payouts: payouts.map(Records::new),
	};
	let Some(fault) = watch.find()? else { return Ok(None) };
	match fault::verify(facts, &fault) {
		Ok(_) => Ok(Some(fault)),
		Err(error) => Err(WatchError::Refused { fault: Box::new(fault), error }),
	}
}

struct Watch<'a, B> {
	proofs: Proofs<'a>,
	input: &'a EpochInput,
	index: &'a Index,
	/// An index over the sources that are not excused, once one is needed.
	without_excused: OnceCell<Index>,
	blobs: &'a B,
	facts: &'a EpochFacts,
	entries: Records<'a, Entry>,
	/// `None` where they are not to be had.
	payouts: Option<Records<'a, Payout>>,
}

impl<B: BlobSource> Watch<'_, B> {
	fn find(&self) -> Result<Option<Fault>, WatchError> {
		let mut best = Best::default();
		if let Some(fault) = self.entry_by_entry(&mut best)? {
			return Ok(Some(fault));
		}
		if let Some(payouts) = &self.payouts {
			if let Some(fault) = self.payout_by_payout(payouts)? {
				return Ok(Some(fault));
			}
		}
		let mut gaps = Gaps::default();
		if let Some(fault) = self.window_by_window(&mut best, &mut gaps)? {
			return Ok(Some(fault));
		}
		match best.fault {
			Some((_, fault)) => Ok(Some(fault)),
			None => self.close(gaps).map(|()| None),
		}
	}

	/// Says what could not be checked, where that is anything.
	fn close(&self, gaps: Gaps) -> Result<(), WatchError> {
		let receipts = (0u32..).zip(self.input.receipts.iter().zip(&self.facts.receipts));
		let mut missing: Vec<MissingBlob> = receipts
			.filter(|(_, (input, _))| input.lacks_items())
			.map(|(receipt, (_, facts))| MissingBlob {
				needed: Needed::Items { receipt },
				content: facts.outputs,
			})
			.collect();
		missing.extend(gaps.outputs);
		missing.extend(self.index.lacking(&self.facts.sources).map(|(source, content)| {
			let named = gaps.named.contains(&source);
			MissingBlob { needed: Needed::Source { source, named }, content }
		}));
		if !missing.is_empty() {
			return Err(MissingBlobs(missing).into());
		}
		gaps.unreadable.map_or(Ok(()), |error| Err(error.into()))
	}
}

/// What the check of windows had to leave out.
#[derive(Default)]
struct Gaps {
	/// Outputs that are not to be had.
	outputs: Vec<MissingBlob>,
	/// Sources that entries name and that are not in the index.
	named: BTreeSet<u64>,
	/// Why the first output that is there can not be read.
	unreadable: Option<OutputError>,
}

/// How good a fault is. The least is the best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
	/// Whether it blames nobody.
	blameless: bool,
	/// The chunk borders that its openings cross.
	borders: u64,
}

/// How often the whole corpus may be read for a better place of a window. Else a report of nothing but
/// wrong windows across chunk borders could keep its watchers busy.
const MAX_SEARCHES: u32 = 8;

/// The best of the faults that do not end the search.
#[derive(Default)]
struct Best {
	fault: Option<(Rank, Fault)>,
	searches: u32,
}

impl Best {
	/// Whether a fault of `rank` would be better.
	fn lacks(&self, rank: Rank) -> bool {
		self.fault.as_ref().is_none_or(|(best, _)| rank < *best)
	}

	/// Takes a better fault.
	fn put(&mut self, rank: Rank, fault: Fault) {
		self.fault = Some((rank, fault));
	}

	/// Whether the corpus may be read once more.
	fn may_search(&mut self) -> bool {
		self.searches = self.searches.saturating_add(1);
		self.searches <= MAX_SEARCHES
	}
}
