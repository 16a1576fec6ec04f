//! Openings of many chunks of one blob.

use std::{
	collections::{BTreeMap, BTreeSet},
	ops::Range,
};

use blake3::{
	hazmat::{left_subtree_len, merge_subtrees_non_root, ChainingValue, HasherExt, Mode},
	Hasher,
};
use tributary_primitives::blob::{Content, Opening, CHUNK_LEN};

/// Opens each of `chunks` of `data` by itself, as [`blob::open`](tributary_primitives::blob::open) does,
/// and hashes `data` once for all of them. Chunks past the last are left out.
pub fn open_chunks(data: &[u8], chunks: &BTreeSet<u64>) -> BTreeMap<u64, Opening> {
	let end = Content { root: [0; 32], len: data.len() as u64 }.chunks();
	let chunks: Vec<u64> = chunks.range(..end).copied().collect();
	let mut paths = vec![Path::default(); chunks.len()];
	if end > 1 {
		let all = 0..chunks.len();
		Walk { chunks: &chunks, paths: &mut paths }.value(data, 0, all);
	}
	let opened = chunks.into_iter().zip(paths).filter_map(|(chunk, Path { left, right })| {
		let start = usize::try_from(chunk * CHUNK_LEN).ok()?;
		let bytes = data.get(start..)?;
		let bytes = &bytes[..bytes.len().min(CHUNK_LEN as usize)];
		let siblings: Vec<_> = left.into_iter().rev().chain(right).collect();
		let opening = Opening {
			first_chunk: chunk,
			bytes: bytes.to_vec().try_into().ok()?,
			siblings: siblings.try_into().ok()?,
		};
		Some((chunk, opening))
	});
	opened.collect()
}

/// The values of the subtrees beside the path to a chunk, innermost first.
#[derive(Clone, Default)]
struct Path {
	left: Vec<ChainingValue>,
	right: Vec<ChainingValue>,
}

struct Walk<'a> {
	/// The chunks to be opened, in order, and the path to each as far as it is known.
	chunks: &'a [u64],
	paths: &'a mut [Path],
}

impl Walk<'_> {
	/// The value of the subtree of `data`, which starts at `offset` of the blob and holds the chunks to be
	/// opened at `opened`.
	fn value(&mut self, data: &[u8], offset: u64, opened: Range<usize>) -> ChainingValue {
		let len = data.len() as u64;
		if opened.is_empty() || len <= CHUNK_LEN {
			return Hasher::new().set_input_offset(offset).update(data).finalize_non_root();
		}
		let left_len = left_subtree_len(len);
		let middle = offset + left_len;
		let before = |chunk: &u64| *chunk < middle / CHUNK_LEN;
		let split = opened.start + self.chunks[opened.clone()].partition_point(before);
		let (left, right) = data.split_at(left_len as usize);
		let left = self.value(left, offset, opened.start..split);
		let right = self.value(right, middle, split..opened.end);
		self.paths[opened.start..split].iter_mut().for_each(|path| path.right.push(right));
		self.paths[split..opened.end].iter_mut().for_each(|path| path.left.push(left));
		merge_subtrees_non_root(&left, &right, Mode::Hash)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use tributary_primitives::blob::open;

	fn blob(len: usize) -> Vec<u8> {
		(0..len).map(|at| (at * at / 7) as u8).collect()
	}

	#[test]
	fn every_chunk_is_opened_as_by_itself() {
		for len in [0, 1, 1023, 1024, 1025, 2048, 2049, 3 * 1024, 5000, 8192, 8193, 20_000] {
			let data = blob(len);
			let chunks: BTreeSet<u64> = (0..Content::of(&data).chunks()).collect();
			let opened = open_chunks(&data, &chunks);
			assert_eq!(opened.keys().copied().collect::<BTreeSet<_>>(), chunks);
			for (chunk, opening) in opened {
				let start = chunk * CHUNK_LEN;
				let alone = open(&data, start, u64::from(len > 0)).unwrap();
				assert_eq!(opening, alone, "chunk {chunk} of {len} bytes");
			}
		}
	}

	#[test]
	fn some_chunks_are_opened_as_all_are() {
		let data = blob(21 * 1024 + 17);
		let all = open_chunks(&data, &(0..22).collect());
		for seed in 1u64..200 {
			let bits = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
			let chunks: BTreeSet<u64> = (0..22).filter(|chunk| bits >> chunk & 1 == 1).collect();
			let some = open_chunks(&data, &chunks);
			assert_eq!(some.len(), chunks.len());
			assert!(some.iter().all(|(chunk, opening)| all[chunk] == *opening), "{chunks:?}");
		}
	}

	#[test]
	fn chunks_past_the_last_are_left_out() {
		let chunks = BTreeSet::from([0, 1, 2, u64::MAX]);
		let opened = open_chunks(&blob(1500), &chunks);
		assert_eq!(opened.into_keys().collect::<Vec<_>>(), [0, 1]);
	}
}
