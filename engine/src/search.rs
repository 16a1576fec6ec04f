//! Where bytes stand in others.

use memchr::memmem::Finder;
use tributary_primitives::blob::CHUNK_LEN;

/// How many chunk borders the `len` bytes at `offset` of a blob cross. Each makes an opening larger
/// by a chunk.
pub(crate) fn borders(offset: u64, len: u64) -> u64 {
	match len.checked_sub(1) {
		Some(last) => offset.saturating_add(last) / CHUNK_LEN - offset / CHUNK_LEN,
		None => 0,
	}
}

/// Where `bytes` stand in `text`: the first place at which they cross no chunk border, of those
/// that do not overlap with one before, or else the first of all. `None` where they stand nowhere.
pub(crate) fn find(text: &[u8], bytes: &[u8]) -> Option<u64> {
	let finder = Finder::new(bytes);
	let mut places = finder.find_iter(text).map(|at| at as u64);
	let first = places.next()?;
	let mut places = std::iter::once(first).chain(places);
	Some(places.find(|at| borders(*at, bytes.len() as u64) == 0).unwrap_or(first))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_border_is_crossed_where_two_chunks_are_needed() {
		for (offset, len, crossed) in [
			(0, 0, 0),
			(5, 1, 0),
			(0, 1_024, 0),
			(1, 1_024, 1),
			(1_023, 1, 0),
			(1_023, 2, 1),
			(1_023, 1_026, 2),
			(u64::MAX, 2, 0),
		] {
			assert_eq!(borders(offset, len), crossed, "{len} bytes at {offset}");
		}
	}

	#[test]
	fn the_first_place_within_a_chunk_is_preferred() {
		let mut text = vec![b'.'; 4_000];
		for at in [1_020, 2_040, 2_100, 3_000] {
			text[at..at + 10].copy_from_slice(b"0123456789");
		}
		assert_eq!(find(&text, b"0123456789"), Some(2_100));
		assert_eq!(find(&text[..2_100], b"0123456789"), Some(1_020));
		assert_eq!(find(&text, b"01234567890"), None);
		assert_eq!(find(b"", b"0"), None);
	}
}
