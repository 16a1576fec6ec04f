//! The openings that each kind of fault carries.

use tributary_primitives::{
	blob::{open, Opening, OpeningError},
	fault::{EntryProof, Fault},
	report::{Entry, Payout},
};

use crate::{
	corpus::Corpus,
	epoch::{EpochInput, Place, ReceiptInput},
	index::Occurrence,
	openings::{entry_proof, open_item},
	records::Records,
};

/// The bytes that faults open. Every function hashes the blobs that it opens, so it is called for
/// the few faults of a report that may be the one to submit.
pub(super) struct Proofs<'a> {
	pub(super) input: &'a EpochInput,
	pub(super) corpus: &'a Corpus,
	pub(super) entries: &'a [u8],
	pub(super) payouts: &'a [u8],
}

impl Proofs<'_> {
	pub(super) fn structure(&self, at: u64, place: Option<&Place>) -> Result<Fault, OpeningError> {
		let item = place.map(|place| self.item_if_served(place)).transpose()?.flatten();
		let opening = Records::<Entry>::new(self.entries).open(at, at.saturating_add(1))?;
		Ok(Fault::Structure { entry: EntryProof { index: at, opening }, item })
	}

	pub(super) fn amount(&self, at: u64, place: &Place) -> Result<Fault, OpeningError> {
		Ok(Fault::Amount { entry: self.entry(at)?, item: self.item_if_served(place)? })
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
		let entry = names_an_entry.then(|| entries.open_one(payout.ordinal));
		let payout = Records::<Payout>::new(self.payouts).open_one(at)?;
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

	/// The source of entry `at` ends before the byte that stands for byte `position` of its output.
	pub(super) fn past_the_end(
		&self,
		at: u64,
		place: &Place,
		position: u64,
	) -> Result<Fault, OpeningError> {
		let (entry, item) = (self.entry(at)?, self.item(place)?);
		Ok(Fault::Mismatch { entry, item, position, bytes: None })
	}

	/// Byte `position` of the output of entry `at` is another one than byte `in_source` of its source.
	pub(super) fn mismatch(
		&self,
		at: u64,
		place: &Place,
		(output, position): (&[u8], u64),
		(source, in_source): (&[u8], u64),
	) -> Result<Fault, OpeningError> {
		let bytes = Some((open(output, position, 1)?, open(source, in_source, 1)?));
		let (entry, item) = (self.entry(at)?, self.item(place)?);
		Ok(Fault::Mismatch { entry, item, position, bytes })
	}

	/// The window at `position` of the output of entry `at` stands in an earlier source.
	pub(super) fn prior(
		&self,
		at: u64,
		place: &Place,
		(output, position): (&[u8], u64),
		earlier: Occurrence,
	) -> Result<Fault, OpeningError> {
		let window = self.input.window.into();
		let Occurrence { source, offset } = earlier;
		let bytes = self.corpus.get(source).ok_or(OpeningError::OutOfRange)?;
		Ok(Fault::Prior {
			entry: self.entry(at)?,
			item: self.item(place)?,
			position,
			output: open(output, position, window)?,
			source,
			offset,
			bytes: open(bytes, offset, window)?,
		})
	}

	fn entry(&self, at: u64) -> Result<EntryProof, OpeningError> {
		entry_proof(self.entries, at)
	}

	fn item(&self, place: &Place) -> Result<Opening, OpeningError> {
		let receipt = self.input.receipts.get(place.receipt as usize);
		open_item(receipt.and_then(ReceiptInput::items).unwrap_or_default(), place.item)
	}

	/// The item of `place`, which a withheld receipt does not have.
	fn item_if_served(&self, place: &Place) -> Result<Option<Opening>, OpeningError> {
		(!place.withheld).then(|| self.item(place)).transpose()
	}
}
