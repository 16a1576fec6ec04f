//! The openings that each kind of fault carries.

use tributary_primitives::{
	blob::{open, Opening, OpeningError},
	fault::{EntryProof, Fault},
	report::{Entry, Item, Payout},
};

use crate::{
	corpus::Corpus,
	epoch::{EpochInput, Place},
	records::Records,
};

/// The bytes that faults open. Every function hashes the blobs that it opens, so it is called once
/// for a report.
pub(super) struct Proofs<'a> {
	pub(super) input: &'a EpochInput,
	pub(super) corpus: &'a Corpus,
	pub(super) entries: &'a [u8],
	pub(super) payouts: &'a [u8],
}

impl Proofs<'_> {
	pub(super) fn structure(&self, at: u64, place: Option<&Place>) -> Result<Fault, OpeningError> {
		let item = place.map(|place| self.item(place)).transpose()?;
		let opening = Records::<Entry>::new(self.entries).open(at, at.saturating_add(1))?;
		Ok(Fault::Structure { entry: EntryProof { index: at, opening }, item })
	}

	pub(super) fn amount(&self, at: u64, place: &Place) -> Result<Fault, OpeningError> {
		Ok(Fault::Amount { entry: self.entry(at)?, item: self.item(place)? })
	}

	pub(super) fn foreign(&self, at: u64) -> Result<Fault, OpeningError> {
		Ok(Fault::Foreign { entry: self.entry(at)? })
	}

	pub(super) fn order(&self, at: u64) -> Result<Fault, OpeningError> {
		let payouts = Records::<Payout>::new(self.payouts).open(at, at.saturating_add(1))?;
		Ok(Fault::Order { index: at, payouts })
	}

	pub(super) fn unequal(
		&self,
		at: u64,
		payout: &Payout,
		names_an_entry: bool,
	) -> Result<Fault, OpeningError> {
		let entries = Records::<Entry>::new(self.entries);
		let entry = names_an_entry.then(|| entries.open(payout.ordinal, payout.ordinal));
		let payout = Records::<Payout>::new(self.payouts).open(at, at)?;
		Ok(Fault::Unequal { index: at, payout, entry: entry.transpose()? })
	}

	/// Entry `at` is not among the payouts; it should stand before payout `gap`.
	pub(super) fn absent(&self, at: u64, gap: u64) -> Result<Fault, OpeningError> {
		let payouts = Records::<Payout>::new(self.payouts);
		let neighbours = match payouts.len() {
			0 => None,
			_ => Some(payouts.open(gap.saturating_sub(1), gap)?),
		};
		Ok(Fault::Absent { entry: self.entry(at)?, index: gap, payouts: neighbours })
	}

	/// The first `same` bytes that entry `at` covers stand in its source, and the next does not.
	pub(super) fn mismatch(
		&self,
		at: u64,
		entry: &Entry,
		place: &Place,
		output: &[u8],
		same: u64,
	) -> Result<Fault, OpeningError> {
		let position = entry.start.saturating_add(same);
		let source = self.corpus.get(entry.source).unwrap_or_default();
		let bytes = match entry.offset.checked_add(same) {
			Some(in_source) if in_source < source.len() as u64 => {
				Some((open(output, position, 1)?, open(source, in_source, 1)?))
			}
			_ => None,
		};
		let (entry, item) = (self.entry(at)?, self.item(place)?);
		Ok(Fault::Mismatch { entry, item, position, bytes })
	}

	/// The window at `position` of the output of entry `at` stands at `offset` in `source`.
	pub(super) fn prior(
		&self,
		at: u64,
		place: &Place,
		output: &[u8],
		position: u64,
		source: u64,
		offset: u64,
	) -> Result<Fault, OpeningError> {
		let window = self.input.window.into();
		let earlier = self.corpus.get(source).ok_or(OpeningError::OutOfRange)?;
		Ok(Fault::Prior {
			entry: self.entry(at)?,
			item: self.item(place)?,
			position,
			output: open(output, position, window)?,
			source,
			offset,
			bytes: open(earlier, offset, window)?,
		})
	}

	fn entry(&self, at: u64) -> Result<EntryProof, OpeningError> {
		let opening = Records::<Entry>::new(self.entries).open(at, at)?;
		Ok(EntryProof { index: at, opening })
	}

	fn item(&self, place: &Place) -> Result<Opening, OpeningError> {
		let receipt = self.input.receipts.get(place.receipt as usize);
		let items = receipt.and_then(|receipt| receipt.outputs_blob.as_deref());
		Records::<Item>::new(items.unwrap_or_default()).open(place.item.into(), place.item.into())
	}
}
