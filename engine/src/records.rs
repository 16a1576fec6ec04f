//! A blob read as 64-byte records.

use std::marker::PhantomData;

use tributary_primitives::{
	blob::{self, Opening, OpeningError},
	report::{Record, RECORD_LEN},
};

/// The whole records of a blob. Bytes past the last whole one are never read.
pub(crate) struct Records<'a, R> {
	bytes: &'a [u8],
	kind: PhantomData<R>,
}

impl<'a, R: Record + 'a> Records<'a, R> {
	pub(crate) fn new(bytes: &'a [u8]) -> Self {
		Self { bytes, kind: PhantomData }
	}

	pub(crate) fn len(&self) -> u64 {
		(self.bytes.len() / RECORD_LEN) as u64
	}

	pub(crate) fn get(&self, index: u64) -> Option<R> {
		let at = usize::try_from(index).ok()?.checked_mul(RECORD_LEN)?;
		R::read(self.bytes, at)
	}

	pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, R)> + 'a {
		let (records, _) = self.bytes.as_chunks::<RECORD_LEN>();
		(0..).zip(records.iter().map(R::from_bytes))
	}

	/// The first index of which `before` does not hold, given that it holds of a prefix.
	pub(crate) fn partition_point(&self, before: impl Fn(&R) -> bool) -> u64 {
		let (records, _) = self.bytes.as_chunks::<RECORD_LEN>();
		records.partition_point(|record| before(&R::from_bytes(record))) as u64
	}

	/// Opens record `index`, which must exist.
	pub(crate) fn open_one(&self, index: u64) -> Result<Opening, OpeningError> {
		match index < self.len() {
			true => self.open(index, index),
			false => Err(OpeningError::OutOfRange),
		}
	}

	/// Opens the records `first ..= last`, as far as there are any.
	pub(crate) fn open(&self, first: u64, last: u64) -> Result<Opening, OpeningError> {
		let end = last.saturating_add(1).min(self.len());
		let len = end.saturating_sub(first);
		let offset = first.checked_mul(RECORD_LEN as u64).ok_or(OpeningError::OutOfRange)?;
		blob::open(self.bytes, offset, len * RECORD_LEN as u64)
	}
}
