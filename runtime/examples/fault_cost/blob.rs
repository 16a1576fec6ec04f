//! Blobs of any size of which a few chunks are known: the rest of the tree is made up.

use std::collections::BTreeMap;

use blake3::{
	hazmat::{merge_subtrees_non_root, merge_subtrees_root, ChainingValue, HasherExt, Mode},
	Hasher,
};
use tributary_primitives::{
	blob::{Content, Opening, CHUNK_LEN},
	report::{Record, RECORD_LEN},
};

/// Records in a chunk.
pub const CHUNK_RECORDS: u64 = CHUNK_LEN / RECORD_LEN as u64;

/// A blob of a whole number of chunks, at least two. Chunks that were written to are known, and the last
/// one; every subtree without any has a value that `seed` and its place alone decide, as if of bytes that
/// nobody looks at.
pub struct Blob {
	seed: u64,
	chunks: u64,
	known: BTreeMap<u64, [u8; CHUNK_LEN as usize]>,
}

impl Blob {
	/// A blob of about `len` bytes: cut to whole chunks.
	pub fn new(seed: u64, len: u64) -> Self {
		let mut blob = Self { seed, chunks: (len / CHUNK_LEN).max(2), known: BTreeMap::new() };
		blob.chunk(blob.chunks - 1);
		blob
	}

	/// Its length, in bytes.
	pub fn len(&self) -> u64 {
		self.chunks * CHUNK_LEN
	}

	/// The last chunk of the left half: a run across its end has a sibling on both sides at each height,
	/// which is the most.
	pub fn middle(&self) -> u64 {
		left_chunks(self.chunks) - 1
	}

	/// Puts `bytes` at byte `at`.
	pub fn write(&mut self, at: u64, bytes: &[u8]) {
		for (at, byte) in (at..).zip(bytes) {
			self.chunk(at / CHUNK_LEN)[(at % CHUNK_LEN) as usize] = *byte;
		}
	}

	/// Puts `record` at index `index`.
	pub fn put<R: Record>(&mut self, index: u64, record: &R) {
		self.write(index * RECORD_LEN as u64, &record.to_bytes());
	}

	/// The name of the blob.
	pub fn content(&self) -> Content {
		let left = left_chunks(self.chunks);
		let (left, right) = (self.value(0, left), self.value(left, self.chunks - left));
		let root = *merge_subtrees_root(&left, &right, Mode::Hash).as_bytes();
		Content { root, len: self.len() }
	}

	/// The chunks that hold the `len` bytes at `at`, which must be known.
	pub fn open(&self, at: u64, len: u64) -> Opening {
		let (first, end) = (at / CHUNK_LEN, (at + len).div_ceil(CHUNK_LEN));
		let bytes: Vec<u8> = (first..end).flat_map(|chunk| self.known[&chunk]).collect();
		let mut siblings = Vec::new();
		self.collect_siblings(0, self.chunks, (first, end), &mut siblings);
		Opening {
			first_chunk: first,
			bytes: bytes.try_into().expect("an opening holds a few chunks"),
			siblings: siblings.try_into().expect("a tree is not that high"),
		}
	}

	/// The chunks that hold the `count` records from `index` on, which must be known.
	pub fn open_records(&self, index: u64, count: u64) -> Opening {
		self.open(index * RECORD_LEN as u64, count * RECORD_LEN as u64)
	}

	/// The last chunk.
	pub fn tail(&self) -> Opening {
		self.open((self.chunks - 1) * CHUNK_LEN, CHUNK_LEN)
	}

	/// The bytes of a chunk, which is known from now on.
	fn chunk(&mut self, index: u64) -> &mut [u8; CHUNK_LEN as usize] {
		let seed = self.seed;
		self.known.entry(index).or_insert_with(|| {
			let mut bytes = [0; CHUNK_LEN as usize];
			made_up(seed, index, 0).fill(&mut bytes);
			bytes
		})
	}

	/// The chaining value of the subtree of `count` chunks from `start`.
	fn value(&self, start: u64, count: u64) -> ChainingValue {
		if self.known.range(start..start + count).next().is_none() {
			let mut value = ChainingValue::default();
			made_up(self.seed, start, count).fill(&mut value);
			return value;
		}
		if count == 1 {
			let mut hasher = Hasher::new();
			hasher.set_input_offset(start * CHUNK_LEN);
			hasher.update(&self.known[&start]);
			return hasher.finalize_non_root();
		}
		let left = left_chunks(count);
		let (left, right) = (self.value(start, left), self.value(start + left, count - left));
		merge_subtrees_non_root(&left, &right, Mode::Hash)
	}

	/// Pushes the values of the largest subtrees outside the run, left to right.
	fn collect_siblings(
		&self,
		start: u64,
		count: u64,
		run: (u64, u64),
		siblings: &mut Vec<ChainingValue>,
	) {
		let (first, end) = run;
		if start + count <= first || start >= end {
			siblings.push(self.value(start, count));
		} else if start < first || start + count > end {
			let left = left_chunks(count);
			self.collect_siblings(start, left, run, siblings);
			self.collect_siblings(start + left, count - left, run, siblings);
		}
	}
}

/// The chunks of the left subtree of `count`, more than one: the largest power of two below it.
fn left_chunks(count: u64) -> u64 {
	1 << (count - 1).ilog2()
}

/// Bytes that belong to a place of a blob.
fn made_up(seed: u64, start: u64, count: u64) -> blake3::OutputReader {
	let mut hasher = Hasher::new();
	for part in [seed, start, count] {
		hasher.update(&part.to_le_bytes());
	}
	hasher.finalize_xof()
}
