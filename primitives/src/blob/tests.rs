use super::*;
use blake3::hazmat::{merge_subtrees_non_root, merge_subtrees_root, Mode};
use hex_literal::hex;
use proptest::prelude::*;

mod bao;

/// The bytes of the official BLAKE3 vectors: 0, 1, ... 250, over and over.
fn pattern(len: usize) -> Vec<u8> {
	(0..=250u8).cycle().take(len).collect()
}

/// Bytes that differ from chunk to chunk.
fn noise(len: usize, seed: u8) -> Vec<u8> {
	let mut bytes = vec![0; len];
	Hasher::new().update(&[seed]).finalize_xof().fill(&mut bytes);
	bytes
}

fn cost(opening: &Opening) -> usize {
	opening.bytes.len() + 32 * opening.siblings.len()
}

/// A blob of `1 << height` chunks of which only chunk `index` and the siblings of its path exist.
fn blob_of_height(height: u32, index: u64) -> (Content, Opening) {
	let bytes = noise(1024, 1);
	let mut value = subtree_value(&bytes, index).unwrap();
	let (mut left, mut right) = (Vec::new(), Vec::new());
	for level in 0..height {
		let sibling: ChainingValue = noise(32, 100 + level as u8).try_into().unwrap();
		let is_right = index >> level & 1 == 1;
		let (a, b) = if is_right { (sibling, value) } else { (value, sibling) };
		if is_right {
			left.push(sibling);
		} else {
			right.push(sibling);
		}
		value = match level + 1 == height {
			true => *merge_subtrees_root(&a, &b, Mode::Hash).as_bytes(),
			false => merge_subtrees_non_root(&a, &b, Mode::Hash),
		};
	}
	let siblings: Vec<_> = left.into_iter().rev().chain(right).collect();
	let opening = Opening {
		first_chunk: index,
		bytes: bytes.try_into().unwrap(),
		siblings: siblings.try_into().unwrap(),
	};
	(Content { root: value, len: 1024 << height }, opening)
}

#[test]
fn roots_are_the_plain_blake3_of_the_official_vectors() {
	let vectors = [
		(0, hex!("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262")),
		(1, hex!("2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213")),
		(1024, hex!("42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7")),
		(1025, hex!("d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444")),
		(2048, hex!("e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a")),
		(102_400, hex!("bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085")),
	];
	for (len, root) in vectors {
		let data = pattern(len);
		let content = Content { root, len: len as u64 };
		assert_eq!(Content::of(&data), content);
		let tail = open_tail(&data).unwrap();
		let proven = verify_tail(&content, &tail).unwrap();
		assert_eq!(proven.bytes, &data[proven.offset as usize..]);
	}
}

#[test]
fn one_chunk_of_a_mebibyte_costs_1344_bytes() {
	let data = noise(1 << 20, 0);
	let content = Content::of(&data);
	for chunk in [0, 1, 511, 512, 1023] {
		let opening = open(&data, chunk * CHUNK_LEN, 1).unwrap();
		assert_eq!(cost(&opening), 1_344);
		assert!(verify(&content, &opening).is_ok());
	}
}

#[test]
fn one_chunk_of_a_gibibyte_costs_1664_bytes_and_of_a_tebibyte_1984() {
	for (height, expected) in [(20, 1_664), (30, 1_984)] {
		let last = (1 << height) - 1;
		for index in [0, 1, 0x5_5555, last] {
			let (content, opening) = blob_of_height(height, index);
			assert_eq!(cost(&opening), expected);
			assert_eq!(verify(&content, &opening).unwrap().offset, index * CHUNK_LEN);
			assert_eq!(verify_tail(&content, &opening).is_ok(), index == last);
		}
	}
}

#[test]
fn the_largest_tree_is_verified_in_its_height() {
	let last = (1 << 54) - 1;
	let (mut content, mut opening) = blob_of_height(53, last >> 1);
	assert!(verify_tail(&content, &opening).is_ok());

	content.len = u64::MAX;
	opening.siblings = vec![[0; 32]; MAX_SIBLINGS as usize].try_into().unwrap();
	for first_chunk in [0, 1, last / 2, last - 1] {
		opening.first_chunk = first_chunk;
		assert_eq!(verify(&content, &opening), Err(OpeningError::BadSiblings));
		opening.siblings.truncate(54);
		assert_eq!(verify(&content, &opening), Err(OpeningError::RootMismatch));
		opening.siblings = vec![[0; 32]; MAX_SIBLINGS as usize].try_into().unwrap();
	}
	for first_chunk in [last + 1, u64::MAX / 1024 + 1, u64::MAX] {
		opening.first_chunk = first_chunk;
		assert_eq!(verify(&content, &opening), Err(OpeningError::OutOfRange));
	}
}

#[test]
fn the_last_chunk_of_the_longest_blob_may_be_short() {
	let content = Content { root: [0; 32], len: u64::MAX };
	let mut opening = Opening {
		first_chunk: content.last_chunk(),
		bytes: vec![0; 1023].try_into().unwrap(),
		siblings: vec![[0; 32]; 54].try_into().unwrap(),
	};
	assert_eq!(verify_tail(&content, &opening), Err(OpeningError::RootMismatch));
	opening.bytes = vec![0; 1024].try_into().unwrap();
	assert_eq!(verify_tail(&content, &opening), Err(OpeningError::BadLength));
}

#[test]
fn an_empty_blob_is_one_empty_chunk() {
	let content = Content::of(&[]);
	let opening = open(&[], 0, 0).unwrap();
	assert_eq!(opening, Opening::default());
	assert_eq!(verify_tail(&content, &opening), Ok(Verified { offset: 0, bytes: &[] }));
	assert_eq!(open(&[], 0, 1), Err(OpeningError::OutOfRange));
	assert_eq!(open(&[], 1, 0), Err(OpeningError::OutOfRange));
}

#[test]
fn a_run_is_one_to_eight_whole_chunks() {
	let data = noise(20_000, 0);
	let content = Content::of(&data);
	assert_eq!(open(&data, 0, 8 * 1024).unwrap().bytes.len(), 8 * 1024);
	assert_eq!(open(&data, 1, 8 * 1024), Err(OpeningError::BadLength));
	assert_eq!(open(&data, 19_999, 2), Err(OpeningError::OutOfRange));
	assert_eq!(open(&data, u64::MAX, 2), Err(OpeningError::OutOfRange));
	assert_eq!(open(&data, 20_000, 0), Err(OpeningError::OutOfRange));

	let whole = open(&data, 0, 2048).unwrap();
	for len in [0, 1, 1023, 1025, 2047] {
		let bytes = data[..len].to_vec().try_into().unwrap();
		let opening = Opening { bytes, ..whole.clone() };
		assert_eq!(verify(&content, &opening), Err(OpeningError::BadLength));
	}
}

#[test]
fn only_a_run_that_reaches_the_last_chunk_is_a_tail() {
	let data = noise(5_000, 0);
	let content = Content::of(&data);
	let inner = open(&data, 0, 4096).unwrap();
	assert_eq!(verify_tail(&content, &inner), Err(OpeningError::NotTail));
	assert!(verify_tail(&content, &open(&data, 0, 5_000).unwrap()).is_ok());
	assert!(verify_tail(&content, &open_tail(&data).unwrap()).is_ok());
}

#[test]
fn equal_chunks_at_two_places_do_not_stand_in_for_each_other() {
	let data = vec![7; 4 * 1024];
	let content = Content::of(&data);
	let opening = open(&data, 0, 1).unwrap();
	assert!(verify(&content, &opening).is_ok());
	for first_chunk in 1..4 {
		let moved = Opening { first_chunk, ..opening.clone() };
		assert_eq!(verify(&content, &moved), Err(OpeningError::RootMismatch));
	}
}

#[test]
fn an_inner_node_is_not_taken_for_a_chunk() {
	let data = noise(2_048, 0);
	let values = [0, 1].map(|i| subtree_value(&data[i * 1024..][..1024], i as u64).unwrap());
	let content = Content { len: 64, ..Content::of(&data) };
	let bytes = values.concat().try_into().unwrap();
	let opening = Opening { bytes, ..Default::default() };
	assert_eq!(verify(&content, &opening), Err(OpeningError::RootMismatch));
}

#[test]
fn a_slice_is_given_only_where_the_opening_holds_all_of_it() {
	let verified = Verified { offset: 1024, bytes: &[1, 2, 3] };
	assert_eq!(verified.slice(1025, 2), Ok(&[2, 3][..]));
	assert_eq!(verified.slice(1027, 0), Ok(&[][..]));
	for (offset, len) in [(1023, 1), (1024, 4), (1027, 1), (u64::MAX, 1), (1025, u64::MAX)] {
		assert_eq!(verified.slice(offset, len), Err(OpeningError::NotCovered));
	}
}

prop_compose! {
	/// A blob, and a range of it that an opening may cover.
	fn blob_and_range()(len in 1usize..40_000, seed: u8, at: u64, span in 0u64..7_000)
		-> (Vec<u8>, u64, u64)
	{
		let at = at % len as u64;
		(noise(len, seed), at, span.min(len as u64 - at))
	}
}

proptest! {
	#[test]
	fn every_opening_proves_the_bytes_asked_for((data, at, span) in blob_and_range()) {
		let content = Content::of(&data);
		let opening = open(&data, at, span).unwrap();
		let verified = verify(&content, &opening).unwrap();
		let (start, end) = (at as usize, (at + span) as usize);
		prop_assert_eq!(verified.slice(at, span).unwrap(), &data[start..end]);
		let reach = verified.offset as usize + verified.bytes.len();
		prop_assert_eq!(verified.bytes, &data[verified.offset as usize..reach]);
		prop_assert_eq!(verify_tail(&content, &opening).is_ok(), reach == data.len());
	}

	#[test]
	fn an_opening_with_anything_changed_is_refused(
		(data, at, span) in blob_and_range(), place: usize, bit in 0u8..8,
	) {
		let content = Content::of(&data);
		let opening = open(&data, at, span).unwrap();
		let refused = |opening: &Opening| verify(&content, opening).is_err();

		let mut flipped = opening.clone();
		flipped.bytes[place % opening.bytes.len()] ^= 1 << bit;
		prop_assert!(refused(&flipped));

		let mut shorter = opening.clone();
		shorter.bytes.pop();
		prop_assert!(refused(&shorter));
		let mut longer = opening.clone();
		if longer.bytes.try_push(0).is_ok() {
			prop_assert!(refused(&longer));
		}

		for first_chunk in [opening.first_chunk.wrapping_sub(1), opening.first_chunk + 1, place as u64] {
			if first_chunk != opening.first_chunk {
				let moved = Opening { first_chunk, ..opening.clone() };
				prop_assert!(refused(&moved));
			}
		}

		let mut added = opening.clone();
		added.siblings.try_insert(place % (opening.siblings.len() + 1), [bit; 32]).unwrap();
		prop_assert!(refused(&added));

		if !opening.siblings.is_empty() {
			let which = place % opening.siblings.len();
			let mut changed = opening.clone();
			changed.siblings[which][place % 32] ^= 1 << bit;
			prop_assert!(refused(&changed));
			let mut dropped = opening.clone();
			dropped.siblings.remove(which);
			prop_assert_eq!(verify(&content, &dropped), Err(OpeningError::BadSiblings));
		}

		let other = Content { root: *blake3::hash(&content.root).as_bytes(), ..content };
		prop_assert_eq!(verify(&other, &opening), Err(OpeningError::RootMismatch));
	}

	#[test]
	fn a_tail_fits_no_other_length((data, _, _) in blob_and_range(), other: u64, near in 0u64..5_000) {
		let content = Content::of(&data);
		let tail = open_tail(&data).unwrap();
		let len = content.len;
		for len in [len - 1, len + 1, len + 1024, len ^ 1024, near, other, u64::MAX] {
			if len != content.len {
				let claim = Content { len, ..content };
				prop_assert!(verify_tail(&claim, &tail).is_err());
				// A forger also fits the shape to the length.
				let mut shaped = Opening { first_chunk: claim.last_chunk(), ..tail.clone() };
				prop_assert!(verify_tail(&claim, &shaped).is_err());
				shaped.bytes.truncate((len - claim.last_chunk() * CHUNK_LEN) as usize);
				while !matches!(verify_tail(&claim, &shaped), Err(OpeningError::BadSiblings) | Ok(_)) {
					if shaped.siblings.pop().is_none() {
						break;
					}
				}
				prop_assert!(verify_tail(&claim, &shaped).is_err());
			}
		}
	}

	#[test]
	fn no_input_makes_verification_panic(
		root: [u8; 32],
		len in prop_oneof![any::<u64>(), 0..20_000u64],
		first_chunk in prop_oneof![any::<u64>(), 0..20u64],
		size in 0usize..=8192,
		siblings in 0usize..=108,
	) {
		let opening = Opening {
			first_chunk,
			bytes: vec![1; size].try_into().unwrap(),
			siblings: vec![[2; 32]; siblings].try_into().unwrap(),
		};
		let content = Content { root, len };
		prop_assert!(verify(&content, &opening).is_err());
	}

	#[test]
	fn an_opening_survives_its_encoding((data, at, span) in blob_and_range()) {
		let opening = open(&data, at, span).unwrap();
		let encoded = opening.encode();
		prop_assert!(encoded.len() <= Opening::max_encoded_len());
		prop_assert_eq!(Opening::decode(&mut &encoded[..]).unwrap(), opening);
	}
}
