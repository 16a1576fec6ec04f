//! Every kind of fault fits one transaction where every blob is 1 TiB. No such blob is made: an
//! opening is a path, so its siblings may be anything, and they give the root.

use super::*;
use blake3::{
	hazmat::{merge_subtrees_non_root, merge_subtrees_root, ChainingValue, HasherExt, Mode},
	Hasher,
};

const TEBIBYTE: u64 = 1 << 40;
/// The byte before which the two halves of the tree meet: no two neighbouring chunks have more
/// siblings than those on its sides.
const MIDDLE: u64 = TEBIBYTE / 2;
/// The longest window that a model may choose.
const WINDOW: u32 = 1024;
/// What any fault takes, in bytes, once encoded.
const LIMIT: usize = 12 * 1024;

/// Blobs of 1 TiB of which nothing is known but a few bytes.
struct Path {
	first: u64,
	end: u64,
	run: Vec<u8>,
	siblings: Vec<ChainingValue>,
}

impl Path {
	/// A blob that has `bytes` at `at`, and an opening of the chunks that hold them.
	fn open(at: u64, bytes: &[u8]) -> (Content, Opening) {
		let (first, end) = (at / 1024, (at + bytes.len() as u64).div_ceil(1024));
		let mut run = vec![0; (end - first) as usize * 1024];
		run[(at % 1024) as usize..][..bytes.len()].copy_from_slice(bytes);
		let mut path = Self { first, end, run, siblings: Vec::new() };
		let half = TEBIBYTE / 2048;
		let (left, right) = (path.value(0, half), path.value(half, half));
		let root = merge_subtrees_root(&left, &right, Mode::Hash);
		let opening = Opening {
			first_chunk: first,
			bytes: path.run.try_into().unwrap(),
			siblings: path.siblings.try_into().unwrap(),
		};
		(Content { root: *root.as_bytes(), len: TEBIBYTE }, opening)
	}

	/// The value of the subtree of `count` chunks, a power of two, from chunk `start` on.
	fn value(&mut self, start: u64, count: u64) -> ChainingValue {
		if start + count <= self.first || start >= self.end {
			let sibling = *blake3::hash(&(start, count).encode()).as_bytes();
			self.siblings.push(sibling);
			return sibling;
		}
		if count == 1 {
			let chunk = &self.run[(start - self.first) as usize * 1024..][..1024];
			return Hasher::new().set_input_offset(start * 1024).update(chunk).finalize_non_root();
		}
		let half = count / 2;
		let (left, right) = (self.value(start, half), self.value(start + half, half));
		merge_subtrees_non_root(&left, &right, Mode::Hash)
	}
}

/// A chain with a receipt of 2^34 items and one source.
struct Chain {
	entries: Content,
	payouts: Content,
	outputs: Content,
	source: Content,
}

impl Facts for Chain {
	fn entries(&self) -> Content {
		self.entries
	}

	fn payouts(&self) -> Content {
		self.payouts
	}

	fn window(&self) -> u32 {
		WINDOW
	}

	fn receipt_count(&self) -> u32 {
		1
	}

	fn receipt(&self, index: u32) -> Option<ReceiptFacts> {
		let receipt =
			ReceiptFacts { outputs: self.outputs, data_amount: 1 << 100, withheld: false };
		(index == 0).then_some(receipt)
	}

	fn source(&self, source: u64) -> Option<Content> {
		(source == 1).then_some(self.source)
	}

	fn is_excused(&self, _: u64) -> bool {
		false
	}
}

/// The item that all entries here name: one in the middle of those that an entry can name.
const ITEM: u32 = 1 << 31;
/// The record before [`MIDDLE`].
const BORDER: u64 = MIDDLE / RECORD_LEN_U64 - 1;

/// Opens `records`, of which the first is the record `index` of its blob.
fn open_records<R: Record>(index: u64, records: &[R]) -> (Content, Opening) {
	Path::open(index * RECORD_LEN_U64, &blob(records))
}

/// The blob of items in which [`ITEM`] is `output`.
fn open_item(output: Content) -> (Content, Opening) {
	open_records(ITEM.into(), &[Item { output, reserved: [0; 24] }])
}

fn of_item(start: u64, count: u64, source: u64) -> Entry {
	run((0, ITEM, start, count), (source, 0), 7)
}

/// The size of a fault that `chain` shows.
fn size(chain: &Chain, fault: Fault) -> usize {
	assert_eq!(verify(chain, &fault), Ok(Attributor), "{fault:?}");
	fault.encoded_size()
}

/// Every kind of fault at its largest.
fn sizes() -> Vec<(&'static str, usize)> {
	let (nothing, _) = Path::open(0, b"nothing");
	let chain = || Chain { entries: nothing, payouts: nothing, outputs: nothing, source: nothing };
	let (outputs, item) = open_item(nothing);
	let item = || item.clone();
	let one = |entry: Entry| {
		let (entries, opening) = open_records(BORDER, &[entry]);
		(entries, EntryProof { index: BORDER, opening })
	};
	let mut sizes = Vec::new();

	let (entries, opening) = open_records(BORDER, &[of_item(0, 5, 1), of_item(6, 5, 1)]);
	let entry = EntryProof { index: BORDER, opening };
	let fault = Fault::Structure { entry, item: Some(item()) };
	sizes.push(("Structure", size(&Chain { entries, outputs, ..chain() }, fault)));

	let (entries, entry) = one(of_item(0, 5, 2));
	sizes.push(("Foreign", size(&Chain { entries, ..chain() }, Fault::Foreign { entry })));

	let (entries, entry) = one(of_item(0, 5, 1));
	let fault = Fault::Amount { entry: entry.clone(), item: Some(item()) };
	sizes.push(("Amount", size(&Chain { entries, outputs, ..chain() }, fault)));

	let at = MIDDLE - u64::from(WINDOW) / 2;
	let whole = Entry { offset: 1, ..of_item(0, MIDDLE, 1) };
	let (output, ours) = Path::open(at, b"a");
	let (source, theirs) = Path::open(at + 1, b"b");
	let (outputs, item) = open_item(output);
	let (entries, owned) = one(whole);
	let bytes = Some((ours, theirs));
	let fault = Fault::Mismatch { entry: owned, item, position: at, bytes };
	sizes.push(("Mismatch", size(&Chain { entries, outputs, source, ..chain() }, fault)));

	for (name, at) in [("Prior in one chunk each", 0), ("Prior across chunk borders", at)] {
		let window = [b'w'; WINDOW as usize];
		let (output, ours) = Path::open(at, &window);
		let (source, bytes) = Path::open(at, &window);
		let (outputs, item) = open_item(output);
		let (entries, entry) = one(of_item(0, MIDDLE, 0));
		let prior =
			Fault::Prior { entry, item, position: at, output: ours, source: 1, offset: at, bytes };
		sizes.push((name, size(&Chain { entries, outputs, source, ..chain() }, prior)));
	}

	let payout = |ordinal| Payout { source: 1, ordinal, amount: 7, before: 9, reserved: 0 };
	let (payouts, both) = open_records(BORDER, &[payout(8), payout(3)]);
	let fault = Fault::Order { index: BORDER, payouts: both };
	sizes.push(("Order", size(&Chain { payouts, ..chain() }, fault)));

	let (payouts, alone) = open_records(BORDER, &[payout(BORDER)]);
	let (entries, unlike) = one(of_item(0, 5, 2));
	let fault = Fault::Unequal { index: BORDER, payout: alone, entry: Some(unlike.opening) };
	sizes.push(("Unequal", size(&Chain { entries, payouts, ..chain() }, fault)));

	let (payouts, gap) = open_records(BORDER, &[payout(BORDER - 1), payout(BORDER + 1)]);
	let (entries, entry) = one(of_item(0, 5, 1));
	let fault = Fault::Absent { entry, index: BORDER + 1, payouts: Some(gap) };
	sizes.push(("Absent", size(&Chain { entries, payouts, ..chain() }, fault)));
	sizes
}

#[test]
fn every_fault_about_blobs_of_1_tib_takes_less_than_12_kib() {
	let sizes = sizes();
	for (name, size) in &sizes {
		println!("{size:>6} bytes: {name}, blobs of 1 TiB");
	}
	assert_eq!(sizes.len(), 9);
	assert!(sizes.iter().all(|(_, size)| *size < LIMIT), "{sizes:?}");
	let (largest, _) = sizes.iter().max_by_key(|(_, size)| *size).unwrap();
	assert_eq!(*largest, "Prior across chunk borders");
}

#[test]
fn an_opening_of_1_tib_has_30_siblings_and_across_its_middle_58() {
	for (at, len, chunks, siblings) in
		[(0, 1, 1, 30), (MIDDLE, 1024, 1, 30), (MIDDLE - 1, 2, 2, 58)]
	{
		let (content, opening) = Path::open(at, &vec![1; len]);
		assert_eq!((opening.chunk_count(), opening.sibling_count()), (chunks, siblings));
		let opened = crate::blob::verify(&content, &opening).unwrap();
		assert_eq!(opened.slice(at, len as u64), Ok(&vec![1; len][..]));
	}
}
