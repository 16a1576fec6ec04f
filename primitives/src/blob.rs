//! Blobs and openings (protocol 1).
//!
//! A blob is named by its plain BLAKE3 hash and its length. An [`Opening`] carries a run of whole
//! 1,024-byte chunks and the chaining values of every maximal subtree outside the run, from left to
//! right; with them [`verify`] recomputes the root. One chunk of a blob of N bytes costs
//! `1024 + 32*ceil(log2(N/1024))` bytes.
//!
//! BLAKE3 binds a blob's length only in its last chunk, so whoever registers a blob shows the
//! [tail](verify_tail). A chunk's chaining value covers its index: equal bytes at two offsets have
//! two values. Compare bytes, never chaining values, and never use an opening as an identifier.

use alloc::vec::Vec;

use blake3::{
	hazmat::{merge_subtrees_non_root, merge_subtrees_root, ChainingValue, HasherExt, Mode},
	Hasher,
};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Bytes of every chunk but the last, which may be shorter.
pub const CHUNK_LEN: u64 = 1024;
/// The most chunks that an opening may cover.
pub const MAX_OPENING_CHUNKS: u64 = 8;
/// The most bytes that an opening may carry.
pub const MAX_OPENING_BYTES: u32 = 8 * 1024;
/// The most siblings that any opening has: a run inside a tree of 2^54 chunks has at most one on
/// each side at each height.
pub const MAX_SIBLINGS: u32 = 2 * 54;

/// A byte string, named by its BLAKE3 hash and its length.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub struct Content {
	/// The plain BLAKE3 hash, as `b3sum` prints it.
	#[cfg_attr(feature = "std", serde(with = "crate::views::hex32"))]
	pub root: [u8; 32],
	/// The length in bytes.
	pub len: u64,
}

impl Content {
	/// Hashes `data`.
	pub fn of(data: &[u8]) -> Self {
		Self { root: *blake3::hash(data).as_bytes(), len: len_u64(data) }
	}

	/// The number of chunks: at least one, as an empty blob is one empty chunk.
	pub fn chunks(&self) -> u64 {
		self.len.div_ceil(CHUNK_LEN).max(1)
	}

	/// The index of the last chunk.
	pub fn last_chunk(&self) -> u64 {
		self.chunks().saturating_sub(1)
	}
}

/// Consecutive chunks of a blob with what is needed to recompute its root.
#[derive(
	Clone,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Opening {
	/// The index of the first chunk of the run.
	pub first_chunk: u64,
	/// The bytes of the run: whole chunks, save the blob's last.
	pub bytes: BoundedVec<u8, ConstU32<MAX_OPENING_BYTES>>,
	/// Chaining values of the maximal subtrees outside the run, left to right.
	pub siblings: BoundedVec<ChainingValue, ConstU32<MAX_SIBLINGS>>,
}

/// Why an opening is refused.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum OpeningError {
	/// The run starts past the blob's last chunk.
	OutOfRange,
	/// The run holds no whole chunk, or more than [`MAX_OPENING_CHUNKS`], or ends inside one.
	BadLength,
	/// There are more or fewer siblings than the run needs.
	BadSiblings,
	/// The bytes and siblings give another root.
	RootMismatch,
	/// The opening is sound but does not reach the blob's last chunk.
	NotTail,
	/// The opening is sound but does not hold the bytes asked for.
	NotCovered,
}

impl core::fmt::Display for OpeningError {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.write_str(match self {
			Self::OutOfRange => "the opening starts past the end of the blob",
			Self::BadLength => "the opening is not a run of one to eight whole chunks of the blob",
			Self::BadSiblings => "the opening has too many or too few siblings",
			Self::RootMismatch => "the opening does not belong to a blob of that hash and length",
			Self::NotTail => "the opening does not reach the last chunk of the blob",
			Self::NotCovered => "the opening does not hold the bytes asked for",
		})
	}
}

impl core::error::Error for OpeningError {}

impl OpeningError {
	/// The code with which a transaction that carries the opening is refused before it reaches a block.
	/// Part of the interface: a code never changes its meaning.
	pub const fn code(self) -> u8 {
		match self {
			Self::OutOfRange => 16,
			Self::BadLength => 17,
			Self::BadSiblings => 18,
			Self::RootMismatch => 19,
			Self::NotTail => 20,
			Self::NotCovered => 21,
		}
	}
}

/// Bytes that are proven to stand in a blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified<'a> {
	/// Where `bytes` start in the blob.
	pub offset: u64,
	/// The proven bytes.
	pub bytes: &'a [u8],
}

impl<'a> Verified<'a> {
	/// The `len` bytes at `offset` of the blob.
	///
	/// # Errors
	/// [`OpeningError::NotCovered`] where the opening does not hold all of them.
	pub fn slice(&self, offset: u64, len: u64) -> Result<&'a [u8], OpeningError> {
		let range = || {
			let start = usize::try_from(offset.checked_sub(self.offset)?).ok()?;
			let end = start.checked_add(usize::try_from(len).ok()?)?;
			self.bytes.get(start..end)
		};
		range().ok_or(OpeningError::NotCovered)
	}
}

/// Checks that `opening` belongs to `content` and returns the proven bytes.
///
/// Costs one hash of at most 8 KiB and one compression for each sibling, whatever length `content`
/// claims. Never panics and never allocates.
///
/// Unless the run reaches the last chunk, the length is believed: it must have been fixed by a
/// [tail](verify_tail) when the blob was named.
///
/// # Errors
/// Any [`OpeningError`] but `NotTail` and `NotCovered`.
pub fn verify<'a>(content: &Content, opening: &'a Opening) -> Result<Verified<'a>, OpeningError> {
	let offset = byte_offset(opening.first_chunk).ok_or(OpeningError::OutOfRange)?;
	if opening.first_chunk >= content.chunks() {
		return Err(OpeningError::OutOfRange);
	}
	let len = len_u64(&opening.bytes);
	let chunks = len.div_ceil(CHUNK_LEN).max(1);
	let end = offset.checked_add(len).ok_or(OpeningError::BadLength)?;
	let whole = len.is_multiple_of(CHUNK_LEN) && len > 0;
	if chunks > MAX_OPENING_CHUNKS || end > content.len || (end < content.len && !whole) {
		return Err(OpeningError::BadLength);
	}

	let mut walk = Walk {
		run: &opening.bytes,
		first: opening.first_chunk,
		end: opening.first_chunk.saturating_add(chunks),
		siblings: opening.siblings.iter(),
	};
	let root = walk.root(content.len, content.chunks())?;
	if walk.siblings.next().is_some() {
		return Err(OpeningError::BadSiblings);
	}
	if root != content.root {
		return Err(OpeningError::RootMismatch);
	}
	Ok(Verified { offset, bytes: &opening.bytes })
}

/// Checks a tail opening: one that reaches the last chunk, and so proves `content.len`.
///
/// # Errors
/// As [`verify`], and [`OpeningError::NotTail`].
pub fn verify_tail<'a>(
	content: &Content,
	opening: &'a Opening,
) -> Result<Verified<'a>, OpeningError> {
	let verified = verify(content, opening)?;
	if verified.offset.saturating_add(len_u64(verified.bytes)) != content.len {
		return Err(OpeningError::NotTail);
	}
	Ok(verified)
}

/// Opens the chunks of `data` that hold the `len` bytes at `offset`; for no bytes, the chunk that
/// `offset` stands in.
///
/// Hashes all of `data`.
///
/// # Errors
/// [`OpeningError::OutOfRange`] where the bytes are not all in `data`, and
/// [`OpeningError::BadLength`] where they touch more than [`MAX_OPENING_CHUNKS`].
pub fn open(data: &[u8], offset: u64, len: u64) -> Result<Opening, OpeningError> {
	let total = len_u64(data);
	let last =
		offset.checked_add(len).ok_or(OpeningError::OutOfRange)?.saturating_sub(1).max(offset);
	if offset.saturating_add(len) > total || (offset >= total && total > 0) {
		return Err(OpeningError::OutOfRange);
	}
	let first_chunk = offset / CHUNK_LEN;
	let end_chunk = (last / CHUNK_LEN).saturating_add(1);
	if end_chunk.saturating_sub(first_chunk) > MAX_OPENING_CHUNKS {
		return Err(OpeningError::BadLength);
	}
	let bytes = chunk_bytes(data, first_chunk, end_chunk).ok_or(OpeningError::OutOfRange)?.to_vec();
	let mut siblings = Vec::new();
	let chunks = total.div_ceil(CHUNK_LEN).max(1);
	collect_siblings(data, 0, chunks, first_chunk, end_chunk, &mut siblings)
		.ok_or(OpeningError::OutOfRange)?;
	Ok(Opening {
		first_chunk,
		bytes: bytes.try_into().map_err(|_| OpeningError::BadLength)?,
		siblings: siblings.try_into().map_err(|_| OpeningError::BadSiblings)?,
	})
}

/// Opens the last chunk of `data`, which is what every registration carries.
///
/// # Errors
/// None for a slice that fits in memory; the type is that of [`open`].
pub fn open_tail(data: &[u8]) -> Result<Opening, OpeningError> {
	open(data, Content::of_len(data).last_chunk().saturating_mul(CHUNK_LEN), 0)
}

impl Content {
	/// A content of which only the length matters.
	fn of_len(data: &[u8]) -> Self {
		Self { root: [0; 32], len: len_u64(data) }
	}
}

/// A walk over the tree, left to right, that consumes the run's bytes and the siblings.
struct Walk<'a, Siblings> {
	run: &'a [u8],
	first: u64,
	end: u64,
	siblings: Siblings,
}

impl<'a, Siblings: Iterator<Item = &'a ChainingValue>> Walk<'a, Siblings> {
	fn root(&mut self, len: u64, chunks: u64) -> Result<ChainingValue, OpeningError> {
		if chunks == 1 {
			let bytes = usize::try_from(len).ok().and_then(|len| self.run.get(..len));
			return Ok(*blake3::hash(bytes.ok_or(OpeningError::BadLength)?).as_bytes());
		}
		let (left, right) = self.children(0, chunks)?;
		Ok(*merge_subtrees_root(&left, &right, Mode::Hash).as_bytes())
	}

	/// The values of the two subtrees of the `count` chunks from `start`, for `count > 1`.
	fn children(
		&mut self,
		start: u64,
		count: u64,
	) -> Result<(ChainingValue, ChainingValue), OpeningError> {
		let left = left_chunks(count);
		let middle = start.checked_add(left).ok_or(OpeningError::OutOfRange)?;
		let right = count.checked_sub(left).ok_or(OpeningError::OutOfRange)?;
		Ok((self.subtree(start, left)?, self.subtree(middle, right)?))
	}

	/// The value of the subtree of `count` chunks from `start`. Recursion is as deep as the tree,
	/// at most 54.
	fn subtree(&mut self, start: u64, count: u64) -> Result<ChainingValue, OpeningError> {
		let end = start.saturating_add(count);
		if end <= self.first || start >= self.end {
			return self.siblings.next().copied().ok_or(OpeningError::BadSiblings);
		}
		if count > 1 {
			let (left, right) = self.children(start, count)?;
			return Ok(merge_subtrees_non_root(&left, &right, Mode::Hash));
		}
		let skipped = start.saturating_sub(self.first);
		let bytes = chunk_bytes(self.run, skipped, skipped.saturating_add(1));
		subtree_value(bytes.ok_or(OpeningError::BadLength)?, start).ok_or(OpeningError::OutOfRange)
	}
}

/// Pushes the values of the maximal subtrees of `data` outside `first .. end`, left to right.
fn collect_siblings(
	data: &[u8],
	start: u64,
	count: u64,
	first: u64,
	end: u64,
	siblings: &mut Vec<ChainingValue>,
) -> Option<()> {
	let stop = start.checked_add(count)?;
	if stop <= first || start >= end {
		siblings.push(subtree_value(chunk_bytes(data, start, stop)?, start)?);
		return Some(());
	}
	if count == 1 || (first <= start && stop <= end) {
		return Some(());
	}
	let left = left_chunks(count);
	let middle = start.checked_add(left)?;
	collect_siblings(data, start, left, first, end, siblings)?;
	collect_siblings(data, middle, count.checked_sub(left)?, first, end, siblings)
}

/// The chunks of the left subtree: the largest power of two that leaves at least one chunk.
fn left_chunks(count: u64) -> u64 {
	match count {
		0 | 1 => count,
		count => 1 << count.saturating_sub(1).ilog2(),
	}
}

/// The chaining value of a whole subtree that is not the root and starts at chunk `start`; `None`
/// for no bytes, as only a root may be empty.
// Kept out of line, since a hasher is 2 KB of stack and the walk recurses once for each height.
#[inline(never)]
fn subtree_value(bytes: &[u8], start: u64) -> Option<ChainingValue> {
	if bytes.is_empty() {
		return None;
	}
	let mut hasher = Hasher::new();
	hasher.set_input_offset(byte_offset(start)?);
	hasher.update(bytes);
	Some(hasher.finalize_non_root())
}

/// The bytes of chunks `first .. end` of `data`, as far as it reaches.
fn chunk_bytes(data: &[u8], first: u64, end: u64) -> Option<&[u8]> {
	let start = usize::try_from(byte_offset(first)?).ok()?;
	let stop = usize::try_from(byte_offset(end)?).ok()?.min(data.len());
	data.get(start..stop)
}

fn byte_offset(chunk: u64) -> Option<u64> {
	chunk.checked_mul(CHUNK_LEN)
}

/// A length in bytes; no slice is longer than the address space, which is at most 64 bits.
fn len_u64(bytes: &[u8]) -> u64 {
	u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

impl Opening {
	/// The number of chunks that [`verify`] hashes, for weights; at least 1.
	pub fn chunk_count(&self) -> u32 {
		u32::try_from(len_u64(&self.bytes).div_ceil(CHUNK_LEN)).unwrap_or(u32::MAX).max(1)
	}

	/// The number of siblings that [`verify`] merges, for weights.
	pub fn sibling_count(&self) -> u32 {
		u32::try_from(self.siblings.len()).unwrap_or(u32::MAX)
	}
}

/// Implements `From<OpeningError>` for the pallet's `Error<T>` that is in scope, by variants of the
/// same names after `Opening`.
///
/// A pallet that reads records names its variant for [`OpeningError::NotCovered`]; for one that takes
/// nothing but tails, which never fail so, it joins `OpeningNotTail`.
#[macro_export]
macro_rules! impl_opening_errors {
	() => {
		$crate::impl_opening_errors!(OpeningNotTail);
	};
	($not_covered:ident) => {
		impl<T> From<$crate::blob::OpeningError> for Error<T> {
			fn from(error: $crate::blob::OpeningError) -> Self {
				use $crate::blob::OpeningError;
				match error {
					OpeningError::OutOfRange => Self::OpeningOutOfRange,
					OpeningError::BadLength => Self::OpeningBadLength,
					OpeningError::BadSiblings => Self::OpeningBadSiblings,
					OpeningError::RootMismatch => Self::OpeningRootMismatch,
					OpeningError::NotTail => Self::OpeningNotTail,
					OpeningError::NotCovered => Self::$not_covered,
				}
			}
		}
	};
}

#[cfg(test)]
mod tests;
