//! The 64-byte little-endian records of the three blobs that attribution works on: the items of a
//! payment (protocol 4), and the entries and payouts of a report (protocol 6).
//!
//! A record never straddles a chunk, since 64 divides 1,024, so one chunk proves it.

use crate::blob::{Content, OpeningError, Verified};

/// Bytes of every record.
pub const RECORD_LEN: usize = 64;
pub(crate) const RECORD_LEN_U64: u64 = 64;

/// The most items that one payment may be for, and so a voucher (protocol 4).
pub const MAX_ITEMS: u32 = 1_000_000;

/// The most sources that a report may list as unseen.
pub const MAX_UNSEEN: u32 = 64;

/// The number of records in a blob of `len` bytes; `None` where `len` is no multiple of 64.
pub fn record_count(len: u64) -> Option<u64> {
	len.is_multiple_of(RECORD_LEN_U64).then_some(len / RECORD_LEN_U64)
}

/// Where record `index` starts in its blob, in bytes; `None` past the end of the address space.
pub fn record_offset(index: u64) -> Option<u64> {
	index.checked_mul(RECORD_LEN_U64)
}

/// A fixed-size record.
pub trait Record: Sized {
	/// The record in its 64 bytes. What must be zero is zero.
	fn to_bytes(&self) -> [u8; RECORD_LEN];
	/// Reads a record. Fields that must be zero are kept as they stand, so that a watcher can
	/// show that they are not.
	fn from_bytes(bytes: &[u8; RECORD_LEN]) -> Self;

	/// Reads the record that starts at byte `at` of `bytes`; `None` past the end.
	fn read(bytes: &[u8], at: usize) -> Option<Self> {
		let end = at.checked_add(RECORD_LEN)?;
		bytes.get(at..end)?.first_chunk().map(Self::from_bytes)
	}
}

/// Record `index` of the blob that `verified` is a part of.
///
/// # Errors
/// [`OpeningError::NotCovered`] where that part does not hold it.
pub fn record_at<R: Record>(verified: &Verified, index: u64) -> Result<R, OpeningError> {
	let offset = record_offset(index).ok_or(OpeningError::NotCovered)?;
	R::read(verified.slice(offset, RECORD_LEN_U64)?, 0).ok_or(OpeningError::NotCovered)
}

/// One output that was served: `{ root, len, 0 }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
	/// The output.
	pub output: Content,
	/// Must be zero.
	pub reserved: [u8; 24],
}

/// A run of windows of one item and who owns it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
	/// The receipt's index among those of (model, epoch).
	pub receipt: u32,
	/// The item's index in the receipt's blob.
	pub item: u32,
	/// The first window.
	pub start: u64,
	/// The number of windows; 0 only for the one entry of an item that has no window.
	pub count: u64,
	/// `seq + 1` of the owner, or 0 for unowned.
	pub source: u64,
	/// Where the run's bytes start in the source; 0 for unowned.
	pub offset: u64,
	/// What the run is worth, in planck.
	pub amount: u128,
	/// Must be zero.
	pub reserved: u64,
}

/// An owned entry as the payout view lists it: sorted by (source, ordinal), with running sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payout {
	/// `seq + 1` of the owner.
	pub source: u64,
	/// The index of the entry.
	pub ordinal: u64,
	/// The entry's amount, in planck.
	pub amount: u128,
	/// The sum of all earlier amounts, in planck.
	pub before: u128,
	/// Must be zero.
	pub reserved: u128,
}

/// Splits a record into consecutive little-endian fields.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
	fn take<const N: usize>(&mut self) -> [u8; N] {
		match self.0.split_first_chunk::<N>() {
			Some((field, rest)) => {
				self.0 = rest;
				*field
			}
			None => [0; N],
		}
	}
}

fn join<const N: usize>(fields: [&[u8]; N]) -> [u8; RECORD_LEN] {
	let mut record = [0; RECORD_LEN];
	for (byte, field) in record.iter_mut().zip(fields.into_iter().flatten()) {
		*byte = *field;
	}
	record
}

impl Record for Item {
	fn to_bytes(&self) -> [u8; RECORD_LEN] {
		join([&self.output.root, &self.output.len.to_le_bytes(), &self.reserved])
	}

	fn from_bytes(bytes: &[u8; RECORD_LEN]) -> Self {
		let mut fields = Fields(bytes);
		Self {
			output: Content { root: fields.take(), len: u64::from_le_bytes(fields.take()) },
			reserved: fields.take(),
		}
	}
}

impl Record for Entry {
	fn to_bytes(&self) -> [u8; RECORD_LEN] {
		join([
			&self.receipt.to_le_bytes(),
			&self.item.to_le_bytes(),
			&self.start.to_le_bytes(),
			&self.count.to_le_bytes(),
			&self.source.to_le_bytes(),
			&self.offset.to_le_bytes(),
			&self.amount.to_le_bytes(),
			&self.reserved.to_le_bytes(),
		])
	}

	fn from_bytes(bytes: &[u8; RECORD_LEN]) -> Self {
		let mut fields = Fields(bytes);
		Self {
			receipt: u32::from_le_bytes(fields.take()),
			item: u32::from_le_bytes(fields.take()),
			start: u64::from_le_bytes(fields.take()),
			count: u64::from_le_bytes(fields.take()),
			source: u64::from_le_bytes(fields.take()),
			offset: u64::from_le_bytes(fields.take()),
			amount: u128::from_le_bytes(fields.take()),
			reserved: u64::from_le_bytes(fields.take()),
		}
	}
}

impl Record for Payout {
	fn to_bytes(&self) -> [u8; RECORD_LEN] {
		join([
			&self.source.to_le_bytes(),
			&self.ordinal.to_le_bytes(),
			&self.amount.to_le_bytes(),
			&self.before.to_le_bytes(),
			&self.reserved.to_le_bytes(),
		])
	}

	fn from_bytes(bytes: &[u8; RECORD_LEN]) -> Self {
		let mut fields = Fields(bytes);
		Self {
			source: u64::from_le_bytes(fields.take()),
			ordinal: u64::from_le_bytes(fields.take()),
			amount: u128::from_le_bytes(fields.take()),
			before: u128::from_le_bytes(fields.take()),
			reserved: u128::from_le_bytes(fields.take()),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn fields_stand_where_the_protocol_puts_them() {
		let entry = Entry {
			receipt: 1,
			item: 2,
			start: 3,
			count: 4,
			source: 5,
			offset: 6,
			amount: 7,
			reserved: 8,
		}
		.to_bytes();
		for (at, value) in [(0, 1), (4, 2), (8, 3), (16, 4), (24, 5), (32, 6), (40, 7), (56, 8)] {
			assert_eq!(entry[at], value);
		}
		assert_eq!(entry.iter().filter(|byte| **byte != 0).count(), 8);

		let payout = Payout { source: 1, ordinal: 2, amount: 3, before: 4, reserved: 5 }.to_bytes();
		for (at, value) in [(0, 1), (8, 2), (16, 3), (32, 4), (48, 5)] {
			assert_eq!(payout[at], value);
		}

		let item = Item { output: Content { root: [9; 32], len: 1 }, reserved: [0; 24] }.to_bytes();
		assert_eq!(item[..32], [9; 32]);
		assert_eq!(item[32..], [&[1][..], &[0; 31]].concat());
	}

	#[test]
	fn a_blob_of_records_is_a_multiple_of_64_bytes() {
		assert_eq!(record_count(0), Some(0));
		assert_eq!(record_count(128), Some(2));
		assert_eq!(record_count(127), None);
	}

	#[test]
	fn reading_past_the_end_gives_nothing() {
		assert_eq!(Payout::read(&[0; 64], 1), None);
		assert_eq!(Payout::read(&[0; 64], usize::MAX), None);
		assert_eq!(Payout::read(&[0; 64], 0), Some(Payout::default()));
	}

	proptest! {
		#[test]
		fn every_64_bytes_survive_decoding(bytes: [[u8; 32]; 2]) {
			let bytes: [u8; 64] = bytes.concat().try_into().unwrap();
			prop_assert_eq!(Entry::from_bytes(&bytes).to_bytes(), bytes);
			prop_assert_eq!(Payout::from_bytes(&bytes).to_bytes(), bytes);
			prop_assert_eq!(Item::from_bytes(&bytes).to_bytes(), bytes);
		}
	}
}
