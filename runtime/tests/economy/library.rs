//! The bytes of all blobs, and what only those know who made them.

use std::collections::BTreeMap;

use tributary_primitives::{
	blob::{open, open_tail, Content, Opening},
	fault::Fault,
	ids::{DatasetId, ReportId, Salt, Seq},
};
use tributary_runtime::AccountId;

use crate::numbers::Numbers;

/// The bytes of a record.
pub const RECORD: usize = 64;

/// What an entry says, as far as money goes.
#[derive(Clone, Copy)]
pub struct Row {
	pub source: u64,
	/// The number of its windows.
	pub count: u64,
	pub amount: u128,
}

/// What was committed to.
#[derive(Clone)]
pub struct Secret {
	pub who: AccountId,
	pub dataset: DatasetId,
	pub content: Content,
	pub salt: Salt,
}

#[derive(Default)]
pub struct Library {
	blobs: BTreeMap<Content, Vec<u8>>,
	/// By hash, until the commitment has a number.
	pub hashed: BTreeMap<[u8; 32], Secret>,
	pub committed: BTreeMap<Seq, Secret>,
	/// What accounts have announced of reports.
	pub announced: BTreeMap<(ReportId, AccountId), (Fault, Salt)>,
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
	bytes[at..at + N].try_into().expect("it has as many bytes")
}

impl Library {
	pub fn put(&mut self, bytes: Vec<u8>) -> Content {
		let content = Content::of(&bytes);
		self.blobs.insert(content, bytes);
		content
	}

	pub fn get(&self, content: &Content) -> &[u8] {
		&self.blobs[content]
	}

	/// The last chunk of a blob.
	pub fn tail(&self, content: &Content) -> Box<Opening> {
		Box::new(open_tail(self.get(content)).expect("every blob has a last chunk"))
	}

	/// The chunks with `len` bytes from `at` on.
	pub fn open(&self, content: &Content, at: usize, len: usize) -> Opening {
		open(self.get(content), at as u64, len as u64).expect("they are there")
	}

	/// The chunks with the records `first ..= last`, as far as there are any.
	pub fn open_records(&self, content: &Content, first: usize, last: usize) -> Opening {
		let count = self.get(content).len() / RECORD;
		let last = last.min(count - 1);
		self.open(content, first * RECORD, (last + 1 - first) * RECORD)
	}

	/// The outputs that a list of items names.
	pub fn items(&self, outputs: &Content) -> Vec<Content> {
		let item = |bytes: &[u8]| Content {
			root: number(bytes, 0),
			len: u64::from_le_bytes(number(bytes, 32)),
		};
		self.get(outputs).chunks(RECORD).map(item).collect()
	}

	/// What a blob of entries says.
	pub fn rows(&self, entries: &Content) -> Vec<Row> {
		let row = |bytes: &[u8]| Row {
			count: u64::from_le_bytes(number(bytes, 16)),
			source: u64::from_le_bytes(number(bytes, 24)),
			amount: u128::from_le_bytes(number(bytes, 40)),
		};
		self.get(entries).chunks(RECORD).map(row).collect()
	}

	/// A part of a blob of at most `most` bytes.
	pub fn quote(&self, content: &Content, most: usize, numbers: &mut Numbers) -> Vec<u8> {
		let bytes = self.get(content);
		let len = most.min(bytes.len());
		let start = numbers.below(bytes.len() - len + 1);
		bytes[start..start + len].to_vec()
	}
}
