//! Openings that are real, and what becomes of them in wrong hands.

use tributary_primitives::blob::{self, Opening, CHUNK_LEN, MAX_OPENING_CHUNKS};

use crate::bytes::Bytes;

/// The opening of a run of `data`, wherever the bytes say.
pub fn real(data: &[u8], bytes: &mut Bytes) -> Opening {
	let (at, chunks) = (bytes.below(data.len().max(1)), bytes.below(MAX_OPENING_CHUNKS as usize));
	around(data, at, 1 + chunks)
}

/// The opening of at most `chunks` chunks of `data` from that of byte `at`, or from the last.
pub fn around(data: &[u8], at: usize, chunks: usize) -> Opening {
	let chunk = CHUNK_LEN as usize;
	let start = at.min(data.len().saturating_sub(1)) / chunk * chunk;
	let len = (data.len() - start).min(chunks * chunk);
	blob::open(data, start as u64, len as u64).expect("the run is in the blob")
}

/// Changes one thing in `opening`, which may be taken from `other`.
pub fn damage(opening: &mut Opening, other: &Opening, bytes: &mut Bytes) {
	let mut run = opening.bytes.to_vec();
	let mut siblings = opening.siblings.to_vec();
	match bytes.below(14) {
		0 => opening.first_chunk = bytes.number(),
		1 => opening.first_chunk = opening.first_chunk.wrapping_add(1),
		2 => opening.first_chunk = other.first_chunk,
		3 => {
			let (at, bit) = (bytes.below(run.len().max(1)), bytes.below(8));
			if let Some(byte) = run.get_mut(at) {
				*byte ^= 1 << bit;
			}
		}
		4 => run.truncate(bytes.below(run.len() + 1)),
		5 => run.extend_from_slice(&bytes.pattern(1024)),
		6 => run = other.bytes.to_vec(),
		7 => {
			let at = bytes.below(run.len() + 1);
			run.rotate_left(at);
		}
		8 if !siblings.is_empty() => {
			siblings.remove(bytes.below(siblings.len()));
		}
		9 => {
			let at = bytes.below(siblings.len() + 1);
			let taken = siblings.iter().chain(other.siblings.iter()).nth(bytes.below(16)).copied();
			siblings.insert(at, taken.unwrap_or_else(|| bytes.hash()));
		}
		10 if !siblings.is_empty() => {
			let (a, b) = (bytes.below(siblings.len()), bytes.below(siblings.len()));
			siblings.swap(a, b);
		}
		11 if !siblings.is_empty() => {
			let at = bytes.below(siblings.len());
			siblings[at] = bytes.hash();
		}
		12 => siblings = other.siblings.to_vec(),
		_ if !siblings.is_empty() => {
			let (at, byte, bit) = (bytes.below(siblings.len()), bytes.below(32), bytes.below(8));
			siblings[at][byte] ^= 1 << bit;
		}
		_ => {}
	}
	// What no opening can carry is left as it was.
	opening.bytes = run.try_into().unwrap_or_else(|_| opening.bytes.clone());
	opening.siblings = siblings.try_into().unwrap_or_else(|_| opening.siblings.clone());
}
