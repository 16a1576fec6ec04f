//! Openings against `bao-tree`, a second implementation of verified BLAKE3 slices.

use super::*;
use bao_tree::{
	io::{
		outboard::PreOrderMemOutboard,
		sync::{encode_ranges_validated, DecodeResponseIter},
		BaoContentItem,
	},
	BaoTree, BlockSize, ChunkNum, ChunkRanges,
};

const ONE_CHUNK_BLOCKS: BlockSize = BlockSize::ZERO;

/// The opening of chunks `first .. end` as a validated slice of `bao-tree` gives it.
fn opening_of_slice(content: &Content, slice: &[u8], first: u64, end: u64) -> Opening {
	let ranges = ChunkRanges::from(ChunkNum(first)..ChunkNum(end));
	let tree = BaoTree::new(content.len, ONE_CHUNK_BLOCKS);
	let (mut bytes, mut siblings) = (Vec::new(), Vec::new());
	for item in DecodeResponseIter::new(content.root.into(), tree, slice, &ranges) {
		match item.unwrap() {
			BaoContentItem::Leaf(leaf) => bytes.extend_from_slice(&leaf.data),
			BaoContentItem::Parent(parent) => {
				let (all, mid) = (parent.node.chunk_range(), parent.node.mid());
				for (start, stop, value) in
					[(all.start, mid, parent.pair.0), (mid, all.end, parent.pair.1)]
				{
					if stop.0 <= first || start.0 >= end {
						siblings.push((start.0, *value.as_bytes()));
					}
				}
			}
		}
	}
	siblings.sort();
	let siblings: Vec<_> = siblings.into_iter().map(|(_, value)| value).collect();
	Opening {
		first_chunk: first,
		bytes: bytes.try_into().unwrap(),
		siblings: siblings.try_into().unwrap(),
	}
}

proptest! {
	#[test]
	fn openings_are_the_slices_of_bao_tree((data, at, span) in blob_and_range()) {
		let content = Content::of(&data);
		let outboard = PreOrderMemOutboard::create(&data, ONE_CHUNK_BLOCKS);
		prop_assert_eq!(outboard.root.as_bytes(), &content.root);

		let ours = open(&data, at, span).unwrap();
		let first = ours.first_chunk;
		let end = first + (ours.bytes.len() as u64).div_ceil(CHUNK_LEN);
		let ranges = ChunkRanges::from(ChunkNum(first)..ChunkNum(end));
		let mut slice = Vec::new();
		encode_ranges_validated(&data[..], &outboard, &ranges, &mut slice).unwrap();

		let theirs = opening_of_slice(&content, &slice, first, end);
		prop_assert_eq!(&theirs, &ours);
		prop_assert!(verify(&content, &theirs).is_ok());
	}
}
