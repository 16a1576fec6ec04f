//! What openings prove of a report: its records, and the items that its entries name.

use super::{EntryProof, Facts, FaultError};
use crate::{
	blob::{self, Content, Opening, Verified},
	report::{record_count, record_offset, Entry, Item, Record, RECORD_LEN_U64},
	window::{item_amount, window_count},
};

/// Proven records of one blob.
pub(super) struct Records<'a> {
	verified: Verified<'a>,
	/// The number of records in the whole blob.
	pub count: u64,
}

impl<'a> Records<'a> {
	pub fn open(content: &Content, opening: &'a Opening) -> Result<Self, FaultError> {
		let count = record_count(content.len).ok_or(FaultError::NotFound)?;
		Ok(Self { verified: blob::verify(content, opening)?, count })
	}

	/// Record `index`, which must exist and stand in the opening.
	pub fn get<R: Record>(&self, index: u64) -> Result<R, FaultError> {
		let offset =
			record_offset(index).filter(|_| index < self.count).ok_or(FaultError::NotFound)?;
		R::read(self.verified.slice(offset, RECORD_LEN_U64)?, 0).ok_or(FaultError::NotFound)
	}

	/// The record after `index`, which must stand in the opening; `None` where `index` is the last.
	pub fn after<R: Record>(&self, index: u64) -> Result<Option<R>, FaultError> {
		match index.checked_add(1).filter(|next| *next < self.count) {
			Some(next) => self.get(next).map(Some),
			None => Ok(None),
		}
	}
}

/// The entry that `proof` shows.
pub(super) fn entry<F: Facts>(facts: &F, proof: &EntryProof) -> Result<Entry, FaultError> {
	Records::open(&facts.entries(), &proof.opening)?.get(proof.index)
}

/// Where an entry stands among the receipts and their items.
pub(super) struct Place {
	outputs: Content,
	data_amount: u128,
	items: u64,
	item: u64,
	/// Whether the receipt's outputs are not to be had, so that it counts as one item without windows.
	pub withheld: bool,
	/// The receipt and the item after the entry's item; `None` after the last.
	pub next: Option<(u32, u32)>,
}

/// The place that `entry` names; `None` where there is no such receipt or item.
pub(super) fn place<F: Facts>(facts: &F, entry: &Entry) -> Result<Option<Place>, FaultError> {
	let receipts = facts.receipt_count();
	if entry.receipt >= receipts {
		return Ok(None);
	}
	let receipt = facts.receipt(entry.receipt).ok_or(FaultError::NotFound)?;
	let items = receipt.items().ok_or(FaultError::NotFound)?;
	let item = u64::from(entry.item);
	if item >= items {
		return Ok(None);
	}
	let next_item = entry.item.checked_add(1).filter(|next| u64::from(*next) < items);
	let next_receipt = entry.receipt.checked_add(1).filter(|next| *next < receipts);
	Ok(Some(Place {
		outputs: receipt.outputs,
		data_amount: receipt.data_amount,
		items,
		item,
		withheld: receipt.withheld,
		next: match next_item {
			Some(next) => Some((entry.receipt, next)),
			None => next_receipt.map(|next| (next, 0)),
		},
	}))
}

/// An output that was served and is proven to be.
pub(super) struct Served {
	pub output: Content,
	/// The number of its windows.
	pub windows: u64,
	/// What it carries of its receipt's data amount, in planck.
	pub amount: u128,
}

impl Place {
	/// The item of this place. The opening is needed, unless the receipt is withheld.
	pub fn served<F: Facts>(
		&self,
		facts: &F,
		opening: Option<&Opening>,
	) -> Result<Served, FaultError> {
		if self.withheld {
			let output = Content { root: [0; 32], len: 0 };
			return Ok(Served { output, windows: 0, amount: self.data_amount });
		}
		let opening = opening.ok_or(FaultError::NotFound)?;
		let item: Item = Records::open(&self.outputs, opening)?.get(self.item)?;
		Ok(Served {
			output: item.output,
			windows: window_count(item.output.len, facts.window()),
			amount: item_amount(self.data_amount, self.items, self.item),
		})
	}
}

/// The item that `entry` names, which must exist.
pub(super) fn served<F: Facts>(
	facts: &F,
	entry: &Entry,
	item: Option<&Opening>,
) -> Result<Served, FaultError> {
	place(facts, entry)?.ok_or(FaultError::NotFound)?.served(facts, item)
}
