//! What is read of the store: no blob that is too long, and no more sources than a corpus has room for.

use std::{
	borrow::Cow,
	collections::{BTreeMap, BTreeSet},
	fs,
};

use tributary_engine::{BlobError, BlobSource, BlobStore, Corpus};
use tributary_primitives::blob::Content;

use crate::error::{Error, Result};

/// A store of which blobs up to a length are read. Its bytes come from outside: a longer one would fill the memory.
pub struct Bounded {
	store: BlobStore,
	most: u64,
}

impl Bounded {
	/// Reads blobs of at most `most` bytes of `store`.
	pub fn new(store: BlobStore, most: u64) -> Self {
		Self { store, most }
	}

	/// The bytes of a blob, if the store has it and it is not too long. Where it has a blob of that hash and another
	/// length, no blob has that name.
	///
	/// # Errors
	/// Where what is there can not be read.
	pub fn find(&self, content: &Content) -> Result<Option<Vec<u8>>> {
		match self.get(content) {
			Ok(bytes) => Ok(Some(bytes.into_owned())),
			Err(BlobError::Missing(_) | BlobError::WrongLength { .. }) => Ok(None),
			Err(error) => Err(Error::usage(error)),
		}
	}

	/// Whether the store has a blob that is too long to be read.
	pub fn is_too_long(&self, content: &Content) -> bool {
		content.len > self.most && self.has(content)
	}

	/// Whether there is a file of that name and length.
	fn has(&self, content: &Content) -> bool {
		let meta = fs::metadata(self.store.path(&content.root));
		meta.is_ok_and(|meta| meta.is_file() && meta.len() == content.len)
	}
}

impl BlobSource for Bounded {
	fn get(&self, content: &Content) -> std::result::Result<Cow<'_, [u8]>, BlobError> {
		if content.len > self.most {
			return Err(BlobError::Missing(*content));
		}
		// Whoever names a blob may say that it is shorter than it is.
		let found = fs::metadata(self.store.path(&content.root)).map_or(0, |meta| meta.len());
		if found > self.most {
			return Err(BlobError::WrongLength { content: *content, found });
		}
		self.store.get(content)
	}
}

/// The sources that were read.
pub struct Sources {
	/// Their bytes.
	pub corpus: Corpus,
	/// The number of those that the store does not have.
	pub absent: usize,
	/// Those that it has and that are too long, or too much with the others.
	pub left_out: BTreeSet<u64>,
}

/// Reads the `sources` that the store has, earlier ones first, as far as `room` bytes hold them; calls `next` for
/// each. The length of each is looked at before its bytes are.
///
/// # Errors
/// Where what is there can not be read.
pub fn read_corpus(
	store: &Bounded,
	sources: &BTreeMap<u64, Content>,
	room: u64,
	next: impl Fn(),
) -> Result<Sources> {
	let mut read = Sources { corpus: Corpus::new(), absent: 0, left_out: BTreeSet::new() };
	for (source, content) in sources {
		next();
		if !store.has(content) {
			read.absent += 1;
			continue;
		}
		let left = room.saturating_sub(read.corpus.total_bytes() as u64);
		if content.len > left || content.len > store.most {
			read.left_out.insert(*source);
			continue;
		}
		match store.find(content)? {
			Some(bytes) => read.corpus.push(*source, &bytes).map_err(Error::usage)?,
			None => read.absent += 1,
		}
	}
	Ok(read)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_blob_that_is_too_long_is_not_read() {
		let dir = tempfile::tempdir().unwrap();
		let store = BlobStore::open(dir.path()).unwrap();
		let long = store.put(&[1; 11]).unwrap();
		let right = store.put(&[2; 10]).unwrap();
		let bounded = Bounded::new(store, 10);
		assert_eq!(bounded.find(&right).unwrap(), Some(vec![2; 10]));
		assert_eq!(bounded.find(&long).unwrap(), None);
		assert!(bounded.is_too_long(&long) && !bounded.is_too_long(&right));
		let shorter = Content { len: 5, ..long };
		assert_eq!(bounded.find(&shorter).unwrap(), None, "nor where it is said to be shorter");
		assert!(matches!(bounded.get(&shorter), Err(BlobError::WrongLength { found: 11, .. })));
		let elsewhere = Content::of(&[3; 11]);
		assert!(
			!bounded.is_too_long(&elsewhere),
			"what is not here is missing, and may be demanded"
		);
	}

	#[test]
	fn a_name_of_a_wrong_length_is_nobodys_blob_and_no_failure() {
		let dir = tempfile::tempdir().unwrap();
		let store = BlobStore::open(dir.path()).unwrap();
		let content = store.put(b"abc").unwrap();
		let bounded = Bounded::new(store, 10);
		assert_eq!(bounded.find(&Content { len: 4, ..content }).unwrap(), None);
		fs::write(dir.path().join(hex::encode(content.root)), b"abd").unwrap();
		assert!(bounded.find(&content).is_err(), "a damaged file is one");
	}

	#[test]
	fn sources_are_read_as_far_as_there_is_room_and_others_after_one_that_is_too_large() {
		let dir = tempfile::tempdir().unwrap();
		let store = BlobStore::open(dir.path()).unwrap();
		let lengths = [(1, 4), (2, 7), (3, 5), (5, 2)];
		let mut sources: BTreeMap<_, _> = lengths
			.map(|(source, len)| (source, store.put(&vec![source as u8; len]).unwrap()))
			.into();
		sources.insert(4, Content::of(b"elsewhere"));
		let read = read_corpus(&Bounded::new(store, 10), &sources, 10, || {}).unwrap();
		assert_eq!(read.corpus.iter().map(|(source, _)| source).collect::<Vec<_>>(), [1, 3]);
		assert_eq!(read.left_out, [2, 5].into());
		assert_eq!(read.absent, 1);
	}
}
