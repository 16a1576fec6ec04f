//! Finds what is wrong with a report, as a fault that the chain accepts (protocol 6).
//!
//! The checks run from what needs least to what needs most, so that a watcher who lacks some
//! outputs still finds what the records alone show: how entries follow each other, their amounts,
//! the payouts among themselves and against the entries, and then outputs and sources. Each check
//! relies on those before it. All of it is linear in the report and the outputs, but for the
//! lookups of windows.

mod proofs;

use tributary_primitives::{
	blob::{Content, OpeningError},
	fault::{self, Fault, FaultError},
	report::{record_count, Entry, Payout},
	window::{covered_len, worth},
};

use crate::{
	blobs::BlobSource,
	epoch::{EpochFacts, EpochInput, InputError, Place},
	index::{Index, Occurrence},
	records::Records,
	report::{output, OutputError},
};
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
	/// The items of a receipt are not to be had, so entries on it stay unchecked but for what their
	/// records show. No such error as long as there is something wrong that can be shown.
	#[error(
		"the items of receipt {receipt}, blob {} of {} bytes, are not here; fetch them from whoever \
		 serves them", hex::encode(.outputs.root), .outputs.len
	)]
	Items {
		/// The receipt.
		receipt: u32,
		/// Its blob of items.
		outputs: Content,
	},
	/// An output is not to be had.
	#[error(transparent)]
	Output(#[from] OutputError),
	/// A source that the chain knows of is not in the index, so entries that name it stay
	/// unchecked.
	#[error(
		"source {source_id} is in the chain's corpus and not in the index; fetch it and build the \
		 index again"
	)]
	Unseen {
		/// The source.
		source_id: u64,
	},
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
/// # Errors
/// Where the arguments do not belong together; and where bytes are missing that the check needs,
/// once nothing else is found wrong.
pub fn find_fault<B: BlobSource>(
	input: &EpochInput,
	index: &Index,
	blobs: &B,
	facts: &EpochFacts,
	entries: &[u8],
	payouts: &[u8],
) -> Result<Option<Fault>, WatchError> {
	input.check(index)?;
	for (blob, bytes, content) in
		[("entries", entries, &facts.entries), ("payouts", payouts, &facts.payouts)]
	{
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

	let proofs = Proofs { input, corpus: index.corpus(), entries, payouts };
	let watch = Watch {
		proofs,
		input,
		index,
		blobs,
		facts,
		entries: Records::new(entries),
		payouts: Records::new(payouts),
	};
	let found = match watch.entry_by_entry()? {
		None => match watch.payout_by_payout()? {
			None => watch.window_by_window()?,
			found => found,
		},
		found => found,
	};
	let Some(fault) = found else { return Ok(None) };
	match fault::verify(facts, &fault) {
		Ok(()) => Ok(Some(fault)),
		Err(error) => Err(WatchError::Refused { fault: Box::new(fault), error }),
	}
}

struct Watch<'a, B> {
	proofs: Proofs<'a>,
	input: &'a EpochInput,
	index: &'a Index,
	blobs: &'a B,
	facts: &'a EpochFacts,
	entries: Records<'a, Entry>,
	payouts: Records<'a, Payout>,
}

impl<B: BlobSource> Watch<'_, B> {
	/// Structure, Amount and Foreign: what entries and items show.
	fn entry_by_entry(&self) -> Result<Option<Fault>, WatchError> {
		for (at, entry) in self.entries.iter() {
			let place = self.input.place(entry.receipt, entry.item);
			let windows = place.map(|place| place.windows);
			if !self.has_item(entry.receipt, entry.item) || !self.stands_right(at, &entry, windows)
			{
				return Ok(Some(self.proofs.structure(at, place.as_ref())?));
			}
			if let Some(place) = &place {
				let expected = match place.windows {
					0 => place.amount,
					windows => worth(place.amount, windows, entry.start, entry.count),
				};
				if entry.amount != expected {
					return Ok(Some(self.proofs.amount(at, place)?));
				}
			}
			if entry.source != 0 && !self.facts.sources.contains_key(&entry.source) {
				return Ok(Some(self.proofs.foreign(at)?));
			}
		}
		Ok(None)
	}

	/// Whether receipt `receipt` has an item `item`. The chain knows how many it has, whether or not
	/// they are at hand.
	fn has_item(&self, receipt: u32, item: u32) -> bool {
		let at = receipt as usize;
		let Some(input) = self.input.receipts.get(at) else { return false };
		let len = match &input.outputs_blob {
			Some(items) => Some(items.len() as u64),
			None => self.facts.receipts.get(at).map(|receipt| receipt.outputs.len),
		};
		len.and_then(record_count).is_some_and(|items| u64::from(item) < items)
	}

	/// The receipt and item after `(receipt, item)`; `None` after the last.
	fn next_item(&self, receipt: u32, item: u32) -> Option<(u32, u32)> {
		let in_receipt = item.checked_add(1).map(|item| (receipt, item));
		let in_next = receipt.checked_add(1).map(|receipt| (receipt, 0));
		let mut places = [in_receipt, in_next].into_iter().flatten();
		places.find(|(receipt, item)| self.has_item(*receipt, *item))
	}

	/// Whether entry `at`, of an item of `windows` windows, is well formed, starts where a first
	/// entry must, fits into its item and is followed by what must follow. `None` where the item is
	/// not at hand: whether the entry ends it is not known then, and either is taken for right.
	fn stands_right(&self, at: u64, entry: &Entry, windows: Option<u64>) -> bool {
		let here = (entry.receipt, entry.item);
		let first = at > 0 || (here, entry.start) == ((0, 0), 0);
		let zeros = entry.reserved == 0 && (entry.source != 0 || entry.offset == 0);
		let Some(end) = entry.start.checked_add(entry.count) else { return false };
		let fits = match windows {
			None => entry.count > 0 || (entry.start, entry.source) == (0, 0),
			Some(0) => end == 0 && entry.source == 0,
			Some(windows) => entry.count > 0 && end <= windows,
		};
		let followed = match self.entries.get(at + 1) {
			Some(next) if (next.receipt, next.item) == here => {
				windows != Some(end) && entry.count > 0 && next.start == end
			}
			next => {
				let expected = self.next_item(entry.receipt, entry.item);
				windows.is_none_or(|windows| windows == end)
					&& next.is_none_or(|next| next.start == 0)
					&& next.map(|next| (next.receipt, next.item)) == expected
			}
		};
		first && zeros && fits && followed
	}

	/// Order, Unequal and Absent: what the payouts show against right entries.
	fn payout_by_payout(&self) -> Result<Option<Fault>, WatchError> {
		let mut previous: Option<Payout> = None;
		for (at, payout) in self.payouts.iter() {
			if payout.reserved != 0 || payout.source == 0 {
				return Ok(Some(self.proofs.order(at)?));
			}
			let follows = match &previous {
				None => payout.before == 0,
				Some(previous) => {
					key(previous) < key(&payout)
						&& previous.before.checked_add(previous.amount) == Some(payout.before)
				}
			};
			if !follows {
				return Ok(Some(self.proofs.order(at.saturating_sub(1))?));
			}
			previous = Some(payout);
		}

		let mut paid = vec![false; self.entries.len() as usize];
		for (at, payout) in self.payouts.iter() {
			match self.entries.get(payout.ordinal) {
				Some(entry) if (entry.source, entry.amount) == (payout.source, payout.amount) => {
					paid[payout.ordinal as usize] = true;
				}
				named => return Ok(Some(self.proofs.unequal(at, &payout, named.is_some())?)),
			}
		}
		for ((at, entry), paid) in self.entries.iter().zip(paid) {
			if entry.source != 0 && !paid {
				let gap = self.payouts.partition_point(|payout| key(payout) < (entry.source, at));
				return Ok(Some(self.proofs.absent(at, gap)?));
			}
		}
		Ok(None)
	}

	/// Mismatch and Prior: what outputs and sources show against entries that cover every window
	/// once.
	///
	/// What can not be checked for want of bytes is an error only once the rest is found right:
	/// else an entry that names a hidden source would hide every other.
	fn window_by_window(&self) -> Result<Option<Fault>, WatchError> {
		let mut unchecked = self.hidden_items();
		let mut entries = self.entries.iter().peekable();
		while let Some((_, first)) = entries.peek() {
			let here = (first.receipt, first.item);
			let place = self.input.place(here.0, here.1);
			let bytes = place.filter(|place| place.windows > 0).and_then(|place| {
				output(&place, self.blobs)
					.map_err(|error| unchecked.get_or_insert(error.into()))
					.ok()
			});
			while let Some((at, entry)) =
				entries.next_if(|(_, entry)| (entry.receipt, entry.item) == here)
			{
				let (Some(place), Some(bytes)) = (&place, &bytes) else { continue };
				if let Some(fault) = self.in_source(at, &entry, place, bytes)? {
					return Ok(Some(fault));
				}
				if let Some(fault) = self.in_earlier_sources(at, &entry, place, bytes)? {
					return Ok(Some(fault));
				}
				let source_id = entry.source;
				if source_id != 0 && self.index.corpus().get(source_id).is_none() {
					unchecked.get_or_insert(WatchError::Unseen { source_id });
				}
			}
		}
		unchecked.map_or(Ok(None), Err)
	}

	/// That the items of a receipt are not at hand, for the first such receipt.
	fn hidden_items(&self) -> Option<WatchError> {
		let mut receipts = (0u32..).zip(self.input.receipts.iter().zip(&self.facts.receipts));
		receipts.find_map(|(receipt, (input, facts))| match input.outputs_blob {
			Some(_) => None,
			None => Some(WatchError::Items { receipt, outputs: facts.outputs }),
		})
	}

	/// Mismatch: the entry's bytes against its source, where that is at hand.
	fn in_source(
		&self,
		at: u64,
		entry: &Entry,
		place: &Place,
		output: &[u8],
	) -> Result<Option<Fault>, WatchError> {
		let Some(source) = self.index.corpus().get(entry.source) else { return Ok(None) };
		let covered = self.covered(entry, output);
		let rest = source.get(usize::try_from(entry.offset).unwrap_or(usize::MAX)..);
		let rest = rest.unwrap_or_default();
		if rest.starts_with(covered) {
			return Ok(None);
		}
		let same = covered.iter().zip(rest).take_while(|(ours, theirs)| ours == theirs).count();
		Ok(Some(self.proofs.mismatch(at, entry, place, output, same as u64)?))
	}

	/// Prior: the entry's windows against all sources before its own.
	fn in_earlier_sources(
		&self,
		at: u64,
		entry: &Entry,
		place: &Place,
		output: &[u8],
	) -> Result<Option<Fault>, WatchError> {
		let windows = self.covered(entry, output).windows(self.input.window as usize);
		let earlier = (entry.start..).zip(windows).find_map(|(position, window)| {
			let owner = self.index.owner(window)?;
			(entry.source == 0 || owner.source < entry.source).then_some((position, owner))
		});
		let Some((position, Occurrence { source, offset })) = earlier else { return Ok(None) };
		Ok(Some(self.proofs.prior(at, place, output, position, source, offset)?))
	}

	/// The bytes that an entry covers, which fits into its item, whose windows fit into the output.
	fn covered<'b>(&self, entry: &Entry, output: &'b [u8]) -> &'b [u8] {
		let start = entry.start as usize;
		&output[start..start + covered_len(entry.count, self.input.window) as usize]
	}
}

fn key(payout: &Payout) -> (u64, u64) {
	(payout.source, payout.ordinal)
}
