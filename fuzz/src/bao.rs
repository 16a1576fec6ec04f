//! Openings read by `bao-tree`, a second implementation of verified BLAKE3 slices.

use bao_tree::{
	io::{sync::DecodeResponseIter, BaoContentItem},
	BaoTree, BlockSize, ChunkNum, ChunkRanges,
};
use blake3::hazmat::{
	merge_subtrees_non_root, merge_subtrees_root, ChainingValue, HasherExt, Mode,
};
use tributary_primitives::blob::{Content, Opening, MAX_OPENING_CHUNKS};

const CHUNK: u64 = 1024;

/// An opening of the blob of `len` bytes as a tree over its run, with the value of each node.
struct Slice<'a> {
	len: u64,
	first: u64,
	end: u64,
	bytes: &'a [u8],
	siblings: std::slice::Iter<'a, ChainingValue>,
}

/// The number of chunks of a blob.
pub fn chunks(len: u64) -> u64 {
	len.div_ceil(CHUNK).max(1)
}

/// The bytes of chunks `first .. end` of a blob of `len` bytes; `None` where there are no such.
pub fn run_len(len: u64, first: u64, end: u64) -> Option<u64> {
	if first >= end || end > chunks(len) {
		return None;
	}
	let stop = end.checked_mul(CHUNK).map_or(len, |stop| stop.min(len));
	stop.checked_sub(first.checked_mul(CHUNK)?)
}

/// The number of siblings that the chunks `first .. end` of a blob of `len` bytes need.
pub fn sibling_count(len: u64, first: u64, end: u64) -> usize {
	fn count(start: u64, chunks: u64, first: u64, end: u64) -> usize {
		if start + chunks <= first || start >= end {
			return 1;
		}
		if chunks == 1 {
			return 0;
		}
		let left = chunks.div_ceil(2).next_power_of_two();
		count(start, left, first, end) + count(start + left, chunks - left, first, end)
	}
	count(0, chunks(len), first, end)
}

impl<'a> Slice<'a> {
	fn new(len: u64, opening: &'a Opening) -> Option<Self> {
		let first = opening.first_chunk;
		let taken = opening.bytes.len() as u64;
		let end = first.checked_add(chunks(taken))?;
		let fits = run_len(len, first, end) == Some(taken) && end - first <= MAX_OPENING_CHUNKS;
		let siblings = opening.siblings.iter();
		fits.then_some(Self { len, first, end, bytes: &opening.bytes, siblings })
	}

	/// The root, and the pairs and leaves in the order of `bao-tree`; `None` where the number of
	/// siblings is wrong.
	fn encode(mut self) -> Option<(ChainingValue, Vec<u8>)> {
		let mut encoded = Vec::new();
		let root = self.node(0, chunks(self.len), true, &mut encoded)?;
		self.siblings.next().is_none().then_some((root, encoded))
	}

	fn node(
		&mut self,
		start: u64,
		count: u64,
		root: bool,
		encoded: &mut Vec<u8>,
	) -> Option<ChainingValue> {
		if start + count <= self.first || start >= self.end {
			return self.siblings.next().copied();
		}
		if count == 1 {
			let at = ((start - self.first) * CHUNK) as usize;
			let leaf = &self.bytes[at..self.bytes.len().min(at + CHUNK as usize)];
			encoded.extend_from_slice(leaf);
			let mut hasher = blake3::Hasher::new();
			return Some(if root {
				*hasher.update(leaf).finalize().as_bytes()
			} else {
				hasher.set_input_offset(start * CHUNK).update(leaf).finalize_non_root()
			});
		}
		let at = encoded.len();
		encoded.extend([0; 64]);
		let left_count = count.div_ceil(2).next_power_of_two();
		let left = self.node(start, left_count, false, encoded)?;
		let right = self.node(start + left_count, count - left_count, false, encoded)?;
		encoded[at..at + 64].copy_from_slice([left, right].as_flattened());
		Some(if root {
			*merge_subtrees_root(&left, &right, Mode::Hash).as_bytes()
		} else {
			merge_subtrees_non_root(&left, &right, Mode::Hash)
		})
	}
}

/// The hash of the blob of `len` bytes that `opening` belongs to; `None` where no blob of that length
/// has such an opening.
pub fn root(len: u64, opening: &Opening) -> Option<ChainingValue> {
	Slice::new(len, opening)?.encode().map(|(root, _)| root)
}

/// Whether `bao-tree` reads the bytes of `opening` out of a slice of `content`.
pub fn accepts(content: &Content, opening: &Opening) -> bool {
	let Some(slice) = Slice::new(content.len, opening) else { return false };
	let ranges = ChunkRanges::from(ChunkNum(slice.first)..ChunkNum(slice.end));
	let Some((_, encoded)) = slice.encode() else { return false };
	let tree = BaoTree::new(content.len, BlockSize::ZERO);
	let mut read = Vec::new();
	for item in DecodeResponseIter::new(content.root.into(), tree, &encoded[..], &ranges) {
		match item {
			Ok(BaoContentItem::Leaf(leaf)) => read.extend_from_slice(&leaf.data),
			Ok(BaoContentItem::Parent(_)) => {}
			Err(_) => return false,
		}
	}
	read == opening.bytes[..]
}
