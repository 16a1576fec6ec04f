//! One-step proofs that a report is wrong, and their verifier (protocol 6).
//!
//! A fault carries openings alone; what the chain knows it asks of [`Facts`]. Nothing but bytes
//! that are proven to stand in a named blob is believed.

mod entries;
mod payouts;
mod proven;
mod sources;

use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;

use crate::{
	blob::{Content, Opening, OpeningError},
	traits::ReceiptFacts,
};

/// What the chain knows of a report and of what it reports on.
pub trait Facts {
	/// The blob of entries.
	fn entries(&self) -> Content;
	/// The blob of payouts.
	fn payouts(&self) -> Content;
	/// The model's window, in bytes.
	fn window(&self) -> u32;
	/// The number of receipts of the epoch, at least one.
	fn receipt_count(&self) -> u32;
	/// The receipt `index`, whose outputs are a whole number of items; `None` past the last.
	fn receipt(&self, index: u32) -> Option<ReceiptFacts>;
	/// The bytes that `source` (`seq + 1`) names; `None` where it is not in the corpus, and for 0.
	fn source(&self, source: u64) -> Option<Content>;
	/// The bytes that `source` names, whether it is in the corpus or has left it: who says that an output
	/// stands in them has to have seen them. `None` where nothing is known of it, and for 0.
	fn content(&self, source: u64) -> Option<Content> {
		self.source(source)
	}
	/// Whether the attributor is not to blame for what the report says of `source`: it listed the
	/// source as unseen, or its bytes turned out to be withheld when the report was made.
	fn is_excused(&self, source: u64) -> bool;
}

/// Who answers for a wrong report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
	/// The attributor: the report is void, and its bond is slashed.
	Attributor,
	/// Nobody, as the bytes were not to be had: the report is void, and nothing is slashed.
	Nobody,
}

/// One record of the blob of entries.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct EntryProof {
	/// The entry's index.
	pub index: u64,
	/// The chunk of the blob of entries that holds it.
	pub opening: Opening,
}

/// A wrong report, shown.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the encoding's derive casts the variant's index"
)]
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Fault {
	/// The entry is malformed, or does not start or end where it must, or its successor does not follow
	/// it. Where both matter, the opening holds the entry and the next.
	Structure {
		/// The entry.
		entry: EntryProof,
		/// The item that it names, in its receipt's blob; needed where the item's length decides,
		/// refused where it does not verify, and not looked at where there is no such item or the
		/// receipt's outputs are withheld.
		item: Option<Opening>,
	},
	/// The entry's source is not in the corpus.
	Foreign {
		/// The entry.
		entry: EntryProof,
	},
	/// Output and source, be that in the corpus or not, differ in a byte that the entry covers, or the
	/// source ends before it.
	Mismatch {
		/// The entry.
		entry: EntryProof,
		/// The item that it names, in its receipt's blob.
		item: Opening,
		/// The byte's position in the output.
		position: u64,
		/// The output's chunk with the byte, and the source's; `None`, and only then, where the source
		/// ends before it.
		bytes: Option<(Opening, Opening)>,
	},
	/// An earlier source contains a window of the entry; for an unowned entry, any source.
	Prior {
		/// The entry.
		entry: EntryProof,
		/// The item that it names, in its receipt's blob.
		item: Opening,
		/// The window's position in the output.
		position: u64,
		/// The output's chunks with the window.
		output: Opening,
		/// The earlier source.
		source: u64,
		/// The window's position in that source.
		offset: u64,
		/// The source's chunks with the window.
		bytes: Opening,
	},
	/// The entry's amount is not the formula's.
	Amount {
		/// The entry.
		entry: EntryProof,
		/// The item that it names, in its receipt's blob; needed, unless the receipt's outputs are
		/// withheld, and not looked at then.
		item: Option<Opening>,
	},
	/// A payout is malformed, the first does not start at zero, or the next is out of order or has a
	/// wrong running sum. Where both matter, the opening holds the payout and the next.
	Order {
		/// The payout's index.
		index: u64,
		/// The chunks of the blob of payouts that hold it.
		payouts: Opening,
	},
	/// A payout differs from the entry that it names, or names none.
	Unequal {
		/// The payout's index.
		index: u64,
		/// The chunk of the blob of payouts that holds it.
		payout: Opening,
		/// The chunk of the blob of entries that holds the entry; `None` where it names none.
		entry: Option<Opening>,
	},
	/// An owned entry stands nowhere in the payouts.
	Absent {
		/// The entry.
		entry: EntryProof,
		/// The index of the payout before which it should stand; the number of payouts for the end.
		index: u64,
		/// The chunks that hold the payouts on both sides of the gap, as far as there are any; `None`
		/// where there are no payouts at all.
		payouts: Option<Opening>,
	},
}

/// Why a fault is refused.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the encoding's derive casts the variant's index"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum FaultError {
	/// An opening does not verify.
	Opening(OpeningError),
	/// The fault names a receipt, item, entry, payout or source that does not exist, or leaves out an
	/// opening that it needs.
	NotFound,
	/// The fault says something about a place that the entry does not cover.
	OutOfRange,
	/// What the fault shows is as it should be.
	NoFault,
}

impl From<OpeningError> for FaultError {
	fn from(error: OpeningError) -> Self {
		Self::Opening(error)
	}
}

impl core::fmt::Display for FaultError {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		match self {
			Self::Opening(error) => write!(f, "an opening of the fault is refused: {error}"),
			Self::NotFound => f.write_str(
				"the fault names or leaves out a receipt, item, entry, payout or source that it needs",
			),
			Self::OutOfRange => f.write_str(
				"the fault is about a place that the entry does not cover; name one that it covers",
			),
			Self::NoFault => f.write_str("what the fault shows is as it should be"),
		}
	}
}

impl core::error::Error for FaultError {
	fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
		match self {
			Self::Opening(error) => Some(error),
			_ => None,
		}
	}
}

/// Checks that `fault` shows the report of `facts` to be wrong, and says who answers for it: nobody,
/// where a [`Fault::Prior`] or [`Fault::Foreign`] is about an excused source, and else the attributor.
///
/// Costs the verification of at most four openings, whatever the fault claims. Never panics and never
/// allocates. A fault is no identifier: many faults show the same thing.
///
/// # Errors
/// Says why it shows nothing.
pub fn verify<F: Facts>(facts: &F, fault: &Fault) -> Result<Blame, FaultError> {
	let source = shown(facts, fault)?;
	Ok(match source {
		Some(source) if facts.is_excused(source) => Blame::Nobody,
		_ => Blame::Attributor,
	})
}

/// The source that a proven fault is about, where it may be excused for it.
fn shown<F: Facts>(facts: &F, fault: &Fault) -> Result<Option<u64>, FaultError> {
	let mut about = None;
	let shown = match fault {
		Fault::Structure { entry, item } => entries::structure(facts, entry, item.as_ref()),
		Fault::Foreign { entry } => match entries::foreign(facts, entry)? {
			Some(source) => {
				about = Some(source);
				Ok(true)
			}
			None => Ok(false),
		},
		Fault::Mismatch { entry, item, position, bytes } => {
			sources::mismatch(facts, entry, item, *position, bytes.as_ref())
		}
		Fault::Prior { entry, item, position, output, source, offset, bytes } => {
			let window = sources::Window { position: *position, output };
			let earlier = sources::Occurrence { source: *source, offset: *offset, bytes };
			about = Some(*source);
			sources::prior(facts, entry, item, &window, &earlier)
		}
		Fault::Amount { entry, item } => entries::amount(facts, entry, item.as_ref()),
		Fault::Order { index, payouts } => payouts::order(facts, *index, payouts),
		Fault::Unequal { index, payout, entry } => {
			payouts::unequal(facts, *index, payout, entry.as_ref())
		}
		Fault::Absent { entry, index, payouts } => {
			payouts::absent(facts, entry, *index, payouts.as_ref())
		}
	}?;
	if shown {
		Ok(about)
	} else {
		Err(FaultError::NoFault)
	}
}

#[cfg(test)]
mod tests;
