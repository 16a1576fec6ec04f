//! The contributions that an output is traced to, in order of priority.

use std::collections::BTreeSet;

use tributary_primitives::blob::Content;

/// The most bytes that a corpus may hold: a suffix array of 32-bit positions reaches no further.
pub const MAX_CORPUS_BYTES: usize = i32::MAX as usize;

/// Why a source is not taken into a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorpusError {
	/// Source 0 says that a window is unowned.
	#[error("source 0 means unowned; number sources from 1 (seq + 1)")]
	Zero,
	/// Sources are not in ascending order.
	#[error(
		"source {source_id} was added after source {last}; add sources in ascending order, each \
		 once"
	)]
	Order {
		/// The source that was refused.
		source_id: u64,
		/// The newest source of the corpus.
		last: u64,
	},
	/// The corpus would be too large.
	#[error(
		"the corpus would hold {total} bytes with source {source_id}, and this engine indexes at \
		 most {MAX_CORPUS_BYTES}; leave sources out"
	)]
	TooLarge {
		/// The source that was refused.
		source_id: u64,
		/// What the corpus would hold with it, in bytes.
		total: u64,
	},
}

/// Contributions by ascending source, which is `seq + 1` (protocol 5): earlier is first.
///
/// The bytes of all sources stand in one buffer, since that is what a suffix array is built over.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
	text: Vec<u8>,
	spans: Vec<Span>,
}

#[derive(Clone, Copy, Debug)]
struct Span {
	source: u64,
	start: usize,
}

impl Corpus {
	/// A corpus of no source.
	pub fn new() -> Self {
		Self::default()
	}

	/// Adds `bytes` as `source`. A source may be empty; no window is in it.
	///
	/// # Errors
	/// Where `source` is 0 or not above every source that was added before, or the corpus would
	/// hold more than [`MAX_CORPUS_BYTES`]. Nothing is changed then.
	pub fn push(&mut self, source: u64, bytes: &[u8]) -> Result<(), CorpusError> {
		if source == 0 {
			return Err(CorpusError::Zero);
		}
		if let Some(last) = self.spans.last().map(|span| span.source) {
			if source <= last {
				return Err(CorpusError::Order { source_id: source, last });
			}
		}
		let total = self.text.len().saturating_add(bytes.len());
		if total > MAX_CORPUS_BYTES {
			return Err(CorpusError::TooLarge { source_id: source, total: total as u64 });
		}
		self.spans.push(Span { source, start: self.text.len() });
		self.text.extend_from_slice(bytes);
		Ok(())
	}

	/// The number of sources.
	pub fn len(&self) -> usize {
		self.spans.len()
	}

	/// Whether there is no source.
	pub fn is_empty(&self) -> bool {
		self.spans.is_empty()
	}

	/// The bytes of all sources together.
	pub fn total_bytes(&self) -> usize {
		self.text.len()
	}

	/// The bytes of `source`; `None` where it is not in the corpus.
	pub fn get(&self, source: u64) -> Option<&[u8]> {
		let at = self.spans.binary_search_by_key(&source, |span| span.source).ok()?;
		Some(self.bytes_at(at))
	}

	/// The sources and their bytes, earliest first.
	pub fn iter(&self) -> impl Iterator<Item = (u64, &[u8])> {
		self.spans.iter().enumerate().map(|(at, span)| (span.source, self.bytes_at(at)))
	}

	/// The sources and the names of their bytes, earliest first. Hashes every byte.
	pub fn contents(&self) -> impl Iterator<Item = (u64, Content)> + '_ {
		self.iter().map(|(source, bytes)| (source, Content::of(bytes)))
	}

	/// The same without some sources.
	pub(crate) fn without(&self, left_out: &BTreeSet<u64>) -> Self {
		let mut corpus = Self::new();
		for (source, bytes) in self.iter().filter(|(source, _)| !left_out.contains(source)) {
			corpus.spans.push(Span { source, start: corpus.text.len() });
			corpus.text.extend_from_slice(bytes);
		}
		corpus
	}

	/// All sources in order, without anything in between.
	pub(crate) fn text(&self) -> &[u8] {
		&self.text
	}

	/// The source that the byte at `position` of the text belongs to, and its offset in it.
	pub(crate) fn locate(&self, position: usize) -> (u64, u64) {
		// Empty sources share their start with the next one, so the last of them holds the byte.
		let after = self.spans.partition_point(|span| span.start <= position);
		match self.spans.get(after.wrapping_sub(1)) {
			Some(span) => (span.source, (position - span.start) as u64),
			None => (0, 0),
		}
	}

	fn bytes_at(&self, at: usize) -> &[u8] {
		let end = self.spans.get(at + 1).map_or(self.text.len(), |next| next.start);
		&self.text[self.spans[at].start..end]
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn sources_come_in_ascending_order_from_one() {
		let mut corpus = Corpus::new();
		assert_eq!(corpus.push(0, b"a"), Err(CorpusError::Zero));
		assert_eq!(corpus.push(3, b"abc"), Ok(()));
		assert_eq!(corpus.push(3, b"a"), Err(CorpusError::Order { source_id: 3, last: 3 }));
		assert_eq!(corpus.push(2, b"a"), Err(CorpusError::Order { source_id: 2, last: 3 }));
		assert_eq!((corpus.len(), corpus.total_bytes()), (1, 3));
	}

	#[test]
	fn positions_belong_to_the_source_that_holds_the_byte() {
		let mut corpus = Corpus::new();
		for (source, bytes) in [(1, &b""[..]), (4, b"ab"), (5, b""), (6, b""), (9, b"c")] {
			corpus.push(source, bytes).unwrap();
		}
		assert_eq!(corpus.locate(0), (4, 0));
		assert_eq!(corpus.locate(1), (4, 1));
		assert_eq!(corpus.locate(2), (9, 0));
		assert_eq!(corpus.get(5), Some(&b""[..]));
		assert_eq!(corpus.get(4), Some(&b"ab"[..]));
		assert_eq!(corpus.get(2), None);
		assert_eq!(corpus.iter().map(|(source, _)| source).collect::<Vec<_>>(), [1, 4, 5, 6, 9]);
	}
}
