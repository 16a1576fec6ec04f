//! Who owns a window: the least source that contains it (protocol 5).
//!
//! # Layout and memory
//! The index keeps the corpus itself and one 32-bit position for each *distinct* window, in the
//! windows' lexicographic order: that of the window's first occurrence, earliest source and then
//! least offset. So a corpus of N bytes takes N bytes of text and at most 4N of positions, 5 bytes
//! for each byte of corpus and less where sources repeat each other. Building it holds a suffix
//! array and its common prefix lengths as well, at most 9 bytes for each byte of corpus. Time is
//! linear to build, and a lookup is a binary search.

use std::collections::BTreeMap;

use libsais::{LibsaisError, SuffixArrayConstruction};
use tributary_primitives::blob::Content;

use crate::corpus::Corpus;

/// Why an index is not built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
	/// A window has no bytes.
	#[error("the window is 0 bytes; give at least 1 (the chain takes 24 to 1,024)")]
	ZeroWindow,
	/// The suffix array was not built.
	#[error(
		"the suffix array of {bytes} bytes was not built ({error}); it needs 8 bytes of memory for \
		 each"
	)]
	SuffixArray {
		/// The bytes of the corpus.
		bytes: usize,
		/// What the library says.
		error: LibsaisError,
	},
}

/// Where a window stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
	/// The source, `seq + 1`.
	pub source: u64,
	/// The window's first byte in it.
	pub offset: u64,
}

/// The owner of every window of one length over one corpus.
#[derive(Clone, Debug)]
pub struct Index {
	corpus: Corpus,
	window: usize,
	/// The first occurrence of each distinct window, in the windows' lexicographic order.
	firsts: Vec<u32>,
}

/// The suffix shares a whole window with the one before it in the suffix array.
const SAME: i32 = 1;
/// The window at the position ends within its source.
const WHOLE: i32 = 2;

impl Index {
	/// Indexes all windows of `window` bytes of `corpus`.
	///
	/// # Errors
	/// Where `window` is 0, or memory does not suffice.
	pub fn build(corpus: Corpus, window: u32) -> Result<Self, IndexError> {
		let window = usize::try_from(window).unwrap_or(usize::MAX);
		if window == 0 {
			return Err(IndexError::ZeroWindow);
		}
		let firsts = first_occurrences(&corpus, window)
			.map_err(|error| IndexError::SuffixArray { bytes: corpus.total_bytes(), error })?;
		Ok(Self { corpus, window, firsts })
	}

	/// The window, in bytes.
	pub fn window(&self) -> u32 {
		// It was made from a u32.
		self.window as u32
	}

	/// What was indexed.
	pub fn corpus(&self) -> &Corpus {
		&self.corpus
	}

	/// Those of `sources` that were not indexed, though a window could stand in them.
	pub(crate) fn lacking<'a>(
		&'a self,
		sources: &'a BTreeMap<u64, Content>,
	) -> impl Iterator<Item = (u64, Content)> + 'a {
		let sources = sources.iter().map(|(source, content)| (*source, *content));
		sources.filter(|(source, content)| {
			content.len >= self.window as u64 && self.corpus.get(*source).is_none()
		})
	}

	/// The number of distinct windows.
	pub fn distinct_windows(&self) -> usize {
		self.firsts.len()
	}

	/// The owner of `window`: the least source that contains it, and the least offset there. `None`
	/// where no source does, or where it is not of the index's length.
	pub fn owner(&self, window: &[u8]) -> Option<Occurrence> {
		if window.len() != self.window {
			return None;
		}
		let text = self.corpus.text();
		let (mut low, mut high) = (0, self.firsts.len());
		// Whatever stands between two windows shares with `window` at least what both of them do.
		let (mut low_shared, mut high_shared) = (0, 0);
		while low < high {
			let middle = low + (high - low) / 2;
			let position = self.firsts[middle] as usize;
			let candidate = &text[position..position + self.window];
			let skip = low_shared.min(high_shared);
			match (skip..self.window).find(|at| candidate[*at] != window[*at]) {
				None => {
					let (source, offset) = self.corpus.locate(position);
					return Some(Occurrence { source, offset });
				}
				Some(at) if candidate[at] < window[at] => (low, low_shared) = (middle + 1, at),
				Some(at) => (high, high_shared) = (middle, at),
			}
		}
		None
	}
}

/// The least whole position of each group of suffixes that share a window, in suffix order.
fn first_occurrences(corpus: &Corpus, window: usize) -> Result<Vec<u32>, LibsaisError> {
	let text = corpus.text();
	if text.len() < window {
		return Ok(Vec::new());
	}
	let sorted =
		SuffixArrayConstruction::for_text(text).in_owned_buffer32().single_threaded().run()?;
	let sorted = sorted.plcp_construction().single_threaded().run()?;
	let (mut suffixes, mut flags, _) = sorted.into_parts();

	for flag in &mut flags {
		*flag = if *flag as usize >= window { SAME } else { 0 };
	}
	let mut start = 0;
	for (_, bytes) in corpus.iter() {
		for flag in &mut flags[start..start + (bytes.len() + 1).saturating_sub(window)] {
			*flag |= WHOLE;
		}
		start += bytes.len();
	}

	// Groups are written over suffixes that have been read: there are never more of them.
	let mut groups = 0;
	let mut least: Option<i32> = None;
	for read in 0..suffixes.len() {
		let position = suffixes[read];
		let flag = flags[position as usize];
		if flag & SAME == 0 {
			if let Some(position) = least.take() {
				suffixes[groups] = position;
				groups += 1;
			}
		}
		if flag & WHOLE != 0 {
			least = Some(least.map_or(position, |least| least.min(position)));
		}
	}
	if let Some(position) = least {
		suffixes[groups] = position;
		groups += 1;
	}
	drop(flags);
	suffixes.truncate(groups);
	suffixes.shrink_to_fit();
	Ok(suffixes.into_iter().map(|position| position as u32).collect())
}

#[cfg(test)]
mod tests {
	use super::*;

	fn index(sources: &[&[u8]], window: u32) -> Index {
		let mut corpus = Corpus::new();
		for (source, bytes) in (1..).zip(sources) {
			corpus.push(source, bytes).unwrap();
		}
		Index::build(corpus, window).unwrap()
	}

	fn at(source: u64, offset: u64) -> Option<Occurrence> {
		Some(Occurrence { source, offset })
	}

	#[test]
	fn the_earliest_source_and_the_least_offset_win() {
		let index = index(&[b"xxabab", b"ababxx"], 2);
		assert_eq!(index.owner(b"ab"), at(1, 2));
		assert_eq!(index.owner(b"xx"), at(1, 0));
		assert_eq!(index.owner(b"bx"), at(2, 3));
		assert_eq!(index.owner(b"aa"), None);
	}

	#[test]
	fn a_window_never_crosses_the_end_of_a_source() {
		let index = index(&[b"ab", b"", b"cd", b"e"], 3);
		assert_eq!(index.distinct_windows(), 0);
		assert_eq!(index.owner(b"abc"), None);
		assert_eq!(index.owner(b"cde"), None);
	}

	#[test]
	fn a_window_of_another_length_is_unowned() {
		let index = index(&[b"abcd"], 2);
		assert_eq!(index.owner(b"a"), None);
		assert_eq!(index.owner(b"abc"), None);
		assert_eq!(index.owner(b""), None);
	}

	#[test]
	fn an_empty_corpus_owns_nothing() {
		assert_eq!(index(&[], 4).owner(b"abcd"), None);
		assert_eq!(index(&[b""], 4).owner(b"abcd"), None);
	}

	#[test]
	fn a_window_of_no_bytes_is_refused() {
		assert_eq!(Index::build(Corpus::new(), 0).unwrap_err(), IndexError::ZeroWindow);
	}

	#[test]
	fn repeated_text_is_kept_once() {
		let text = b"the quick brown fox".repeat(50);
		assert_eq!(index(&[&text, &text], 8).distinct_windows(), 19);
	}
}
