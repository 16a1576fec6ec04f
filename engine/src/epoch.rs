//! What a report reports on: the receipts of one model in one epoch, and what the chain knows of
//! them.

use std::collections::{BTreeMap, BTreeSet};

use tributary_primitives::{
	blob::Content,
	fault::Facts,
	report::{record_count, Item, Record, RECORD_LEN},
	traits::ReceiptFacts,
	window::{item_amount, window_count},
};

use crate::{corpus::Corpus, index::Index};

/// One payment (protocol 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptInput {
	/// The blob of 64-byte items that the receipt names, whole; `None` where it is not to be had. A
	/// report can not be built without it, and [`find_fault`](crate::find_fault) skips what needs it.
	pub outputs_blob: Option<Vec<u8>>,
	/// What its items share, in planck.
	pub data_amount: u128,
	/// Whether a demand for its outputs went unanswered. It counts as one item without windows then,
	/// which carries all of the data amount, and its blob is not looked at.
	pub withheld: bool,
}

impl ReceiptInput {
	/// The blob of items, where one is needed and at hand.
	pub(crate) fn items(&self) -> Option<&[u8]> {
		self.outputs_blob.as_deref().filter(|_| !self.withheld)
	}

	/// Whether it is not known which items there are.
	pub(crate) fn lacks_items(&self) -> bool {
		self.outputs_blob.is_none() && !self.withheld
	}
}

/// The payments of one model in one epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochInput {
	/// The model's window, in bytes.
	pub window: u32,
	/// The receipts, by index.
	pub receipts: Vec<ReceiptInput>,
}

/// Why an epoch can not be reported on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
	/// There is nothing to report on.
	#[error("the epoch has no receipts; report on an epoch in which the model was paid for")]
	NoReceipts,
	/// A receipt's blob is no list of items.
	#[error(
		"the outputs of receipt {receipt} have {len} bytes; give the blob that the receipt names, \
		 one or more items of 64 bytes"
	)]
	Items {
		/// The receipt.
		receipt: usize,
		/// The length of its blob, in bytes.
		len: usize,
	},
	/// A receipt's blob is not to be had.
	#[error(
		"the items of receipt {receipt} are not here, and without them the lengths of its outputs are \
		 not known; fetch the blob that the receipt names"
	)]
	NoItems {
		/// The receipt.
		receipt: usize,
	},
	/// There are more receipts or items than records can count.
	#[error("the epoch has more than 2^32 receipts, or receipt {receipt} more than 2^32 items")]
	TooMany {
		/// The first receipt that is too many or too large.
		receipt: usize,
	},
	/// The index answers for windows of another length.
	#[error(
		"the model's window is {window} bytes and the index's {indexed}; build the index with the \
		 model's"
	)]
	Window {
		/// The model's window, in bytes.
		window: u32,
		/// The index's window, in bytes.
		indexed: u32,
	},
}

/// An item of an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
	pub(crate) receipt: u32,
	pub(crate) item: u32,
	pub(crate) output: Content,
	/// What the item carries, in planck.
	pub(crate) amount: u128,
	/// The number of windows of its output.
	pub(crate) windows: u64,
	/// Whether it stands for all of a withheld receipt, so that there is no output.
	pub(crate) withheld: bool,
}

impl EpochInput {
	/// Checks that the epoch can be reported on with `index`.
	pub(crate) fn check(&self, index: &Index) -> Result<(), InputError> {
		if self.window != index.window() {
			return Err(InputError::Window { window: self.window, indexed: index.window() });
		}
		if self.receipts.is_empty() {
			return Err(InputError::NoReceipts);
		}
		for (receipt, input) in self.receipts.iter().enumerate() {
			let Some(items) = input.items() else { continue };
			match record_count(items.len() as u64) {
				None | Some(0) => return Err(InputError::Items { receipt, len: items.len() }),
				Some(items) if items.max(receipt as u64) > u64::from(u32::MAX) => {
					return Err(InputError::TooMany { receipt });
				}
				Some(_) => {}
			}
		}
		Ok(())
	}

	/// Checks that the items of every receipt that is not withheld are at hand.
	pub(crate) fn check_items(&self) -> Result<(), InputError> {
		match self.receipts.iter().position(ReceiptInput::lacks_items) {
			Some(receipt) => Err(InputError::NoItems { receipt }),
			None => Ok(()),
		}
	}

	/// The item `item` of receipt `receipt`; `None` where there is none, or it is not at hand.
	pub(crate) fn place(&self, receipt: u32, item: u32) -> Option<Place> {
		let input = self.receipts.get(receipt as usize)?;
		let (amount, withheld) = (input.data_amount, input.withheld);
		if withheld {
			let output = Content::default();
			let place = Place { receipt, item, output, amount, windows: 0, withheld };
			return (item == 0).then_some(place);
		}
		let items = input.items()?;
		let output = Item::read(items, (item as usize).checked_mul(RECORD_LEN)?)?.output;
		let windows = window_count(output.len, self.window);
		let amount = item_amount(amount, record_count(items.len() as u64)?, item.into());
		Some(Place { receipt, item, output, amount, windows, withheld })
	}

	/// Every item of every receipt whose items are at hand, in order.
	pub(crate) fn places(&self) -> impl Iterator<Item = Place> + '_ {
		(0u32..)
			.zip(&self.receipts)
			.flat_map(move |(receipt, _)| (0u32..).map_while(move |item| self.place(receipt, item)))
	}
}

/// What the chain knows of a report, in memory: the [`Facts`] that a fault is checked against
/// before it is submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochFacts {
	/// The blob of entries.
	pub entries: Content,
	/// The blob of payouts.
	pub payouts: Content,
	/// The model's window, in bytes.
	pub window: u32,
	/// The receipts, by index.
	pub receipts: Vec<ReceiptFacts>,
	/// The sources of the corpus.
	pub sources: BTreeMap<u64, Content>,
	/// The sources for which the attributor is not to blame: those that the report lists as unseen, and
	/// those that are outside the corpus because their bytes turned out to be withheld.
	pub excused: BTreeSet<u64>,
}

impl EpochFacts {
	/// The facts of a report of which the bytes of all that it reports on are at hand, and of which no
	/// source is excused. Hashes all of them. A withheld receipt of no blob gets the empty name, which
	/// nothing asks for.
	///
	/// # Errors
	/// Where the items of a receipt that is not withheld are not at hand.
	pub fn new(
		input: &EpochInput,
		corpus: &Corpus,
		entries: Content,
		payouts: Content,
	) -> Result<Self, InputError> {
		input.check_items()?;
		let receipts = input.receipts.iter().map(|receipt| ReceiptFacts {
			outputs: receipt.outputs_blob.as_deref().map(Content::of).unwrap_or_default(),
			data_amount: receipt.data_amount,
			withheld: receipt.withheld,
		});
		Ok(Self {
			entries,
			payouts,
			window: input.window,
			receipts: receipts.collect(),
			sources: corpus.contents().collect(),
			excused: BTreeSet::new(),
		})
	}
}

impl Facts for EpochFacts {
	fn entries(&self) -> Content {
		self.entries
	}

	fn payouts(&self) -> Content {
		self.payouts
	}

	fn window(&self) -> u32 {
		self.window
	}

	fn receipt_count(&self) -> u32 {
		u32::try_from(self.receipts.len()).unwrap_or(u32::MAX)
	}

	fn receipt(&self, index: u32) -> Option<ReceiptFacts> {
		self.receipts.get(index as usize).copied()
	}

	fn source(&self, source: u64) -> Option<Content> {
		self.sources.get(&source).copied()
	}

	fn is_excused(&self, source: u64) -> bool {
		self.excused.contains(&source)
	}
}
