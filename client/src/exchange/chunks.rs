//! Blobs that arrive chunk by chunk, as the openings that answer demands on the chain.

use std::{
	collections::{BTreeMap, BTreeSet},
	fs, io,
	path::{Path, PathBuf},
	time::SystemTime,
};

use codec::{Decode, Encode};
use tributary_engine::BlobStore;
use tributary_primitives::blob::{verify, Content, Opening, CHUNK_LEN, MAX_OPENING_CHUNKS};

use crate::{
	error::{Error, Result},
	files,
};

/// The chunks of a blob that is put together from openings in any case: 64 KiB.
pub const LEAST_CHUNKS: u64 = 64;
/// The most chunks of a blob that is: 16 MiB.
pub const MAX_CHUNKS: u64 = 16_384;
/// The most blobs of which a part is kept; the one that has waited longest makes room for another.
const MAX_BLOBS: usize = 1_024;

/// The folder of openings beside the plain files of a store. Each stands in a file of its own and is
/// verified again when it is read, so what is damaged is dropped and nothing else.
#[derive(Debug)]
pub struct Chunks {
	store: BlobStore,
	dir: PathBuf,
	most: u64,
}

impl Chunks {
	/// The openings of blobs of at most `most` chunks, but of [`LEAST_CHUNKS`] to [`MAX_CHUNKS`], for
	/// `store`, which is in the folder `dir`. Nothing is made before the first is kept.
	pub fn new(store: BlobStore, dir: &Path, most: u64) -> Self {
		Self { store, dir: dir.join(".chunks"), most: most.clamp(LEAST_CHUNKS, MAX_CHUNKS) }
	}

	/// Whether openings of a blob are kept: it is short enough, and not empty.
	pub fn takes(&self, content: &Content) -> bool {
		content.len > 0 && content.chunks() <= self.most
	}

	/// Keeps what `opening` shows of `content`. Puts the blob into the store where that was the last of
	/// it, and says whether it did.
	///
	/// # Errors
	/// Where the opening does not belong to the blob or the blob is too long, and where the file system
	/// refuses.
	pub fn keep(&self, content: &Content, opening: &Opening) -> Result<bool> {
		if !self.takes(content) {
			return Err(Error::refused(format!(
				"a blob of {} bytes is not put together from chunks: at most {} are kept",
				content.len, self.most
			)));
		}
		verify(content, opening).map_err(Error::refused)?;
		let count = chunks_of(opening).len() as u64;
		let folder = self.folder(content);
		let path = folder.join(format!("{}-{count}", opening.first_chunk));
		let bytes = opening.encode();
		if !fs::read(&path).is_ok_and(|kept| kept == bytes) {
			if !folder.is_dir() {
				self.make_room()?;
			}
			files::replace_private(&path, &bytes)?;
		}
		// Reading them all for each that arrives would take ever longer.
		if self.named(content)? < content.chunks() {
			return Ok(false);
		}
		self.finish(content, &self.read(content)?)
	}

	/// The number of chunks that the files of `content` are named by.
	fn named(&self, content: &Content) -> Result<u64> {
		let mut chunks = BTreeSet::new();
		for path in entries(&self.folder(content))? {
			let name = path.file_name().and_then(|name| name.to_str());
			let run = name.and_then(|name| {
				let (first, count) = name.split_once('-')?;
				Some((first.parse::<u64>().ok()?, count.parse::<u64>().ok()?))
			});
			let Some((first, count)) = run else { continue };
			let end = first.saturating_add(count.min(MAX_OPENING_CHUNKS)).min(content.chunks());
			chunks.extend(first..end);
		}
		Ok(chunks.len() as u64)
	}

	/// The indices of the chunks that are kept of `content`.
	///
	/// # Errors
	/// Where the file system refuses.
	pub fn kept(&self, content: &Content) -> Result<Vec<u64>> {
		Ok(self.read(content)?.into_keys().collect())
	}

	/// Puts the blob into the store if all of it is there.
	fn finish(&self, content: &Content, chunks: &BTreeMap<u64, Vec<u8>>) -> Result<bool> {
		if chunks.len() as u64 != content.chunks() {
			return Ok(false);
		}
		let bytes: Vec<u8> = chunks.values().flatten().copied().collect();
		// Without its last chunk's proof a length is only believed.
		if Content::of(&bytes) != *content {
			return Ok(false);
		}
		self.store.put(&bytes).map_err(Error::usage)?;
		let folder = self.folder(content);
		fs::remove_dir_all(&folder).map_err(|error| Error::file(&folder, error))?;
		Ok(true)
	}

	/// The chunks that are kept of `content`, by index.
	fn read(&self, content: &Content) -> Result<BTreeMap<u64, Vec<u8>>> {
		let mut chunks = BTreeMap::new();
		for path in entries(&self.folder(content))? {
			let bytes = files::read(&path)?;
			let opening = Opening::decode(&mut bytes.as_slice()).ok();
			match opening.filter(|opening| verify(content, opening).is_ok()) {
				Some(opening) => chunks.extend(chunks_of(&opening)),
				None => fs::remove_file(&path).map_err(|error| Error::file(&path, error))?,
			}
		}
		Ok(chunks)
	}

	/// Removes the folders that were not written to for longest, until there is room for another.
	fn make_room(&self) -> Result<()> {
		let mut folders: Vec<(SystemTime, PathBuf)> = Vec::new();
		for path in entries(&self.dir)? {
			let written = fs::metadata(&path).and_then(|meta| meta.modified());
			folders.push((written.unwrap_or(SystemTime::UNIX_EPOCH), path));
		}
		folders.sort();
		let spare = (folders.len() + 1).saturating_sub(MAX_BLOBS);
		for (_, path) in folders.into_iter().take(spare) {
			fs::remove_dir_all(&path).map_err(|error| Error::file(&path, error))?;
		}
		Ok(())
	}

	fn folder(&self, content: &Content) -> PathBuf {
		self.dir.join(format!("{}-{}", hex::encode(content.root), content.len))
	}
}

/// The chunks of an opening, by index.
fn chunks_of(opening: &Opening) -> Vec<(u64, Vec<u8>)> {
	let size = usize::try_from(CHUNK_LEN).unwrap_or(usize::MAX);
	let chunks = opening.bytes.chunks(size).map(<[u8]>::to_vec);
	(opening.first_chunk..).zip(chunks).collect()
}

/// The paths in a folder, which may be missing.
fn entries(dir: &Path) -> Result<Vec<PathBuf>> {
	match fs::read_dir(dir) {
		Ok(entries) => entries
			.map(|entry| entry.map(|entry| entry.path()))
			.collect::<io::Result<_>>()
			.map_err(|error| Error::file(dir, error)),
		Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
		Err(error) => Err(Error::file(dir, error)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use tributary_engine::BlobSource;
	use tributary_primitives::blob::open;

	fn bytes(len: usize) -> Vec<u8> {
		(0u32..).flat_map(|word| word.wrapping_mul(2_654_435_761).to_le_bytes()).take(len).collect()
	}

	fn chunks(dir: &Path) -> Chunks {
		Chunks::new(BlobStore::open(dir).unwrap(), dir, 0)
	}

	fn chunk(data: &[u8], index: u64) -> Opening {
		open(data, index * CHUNK_LEN, 1).unwrap()
	}

	#[test]
	fn a_blob_is_put_together_from_its_chunks_in_any_order() {
		let dir = tempfile::tempdir().unwrap();
		for (len, order) in [(5, &[0][..]), (1_024, &[0]), (1_025, &[1, 0]), (4_000, &[2, 0, 3, 1])]
		{
			let data = bytes(len);
			let content = Content::of(&data);
			let (last, first) = order.split_last().unwrap();
			for index in first {
				assert!(!chunks(dir.path()).keep(&content, &chunk(&data, *index)).unwrap());
				assert!(!chunks(dir.path()).keep(&content, &chunk(&data, *index)).unwrap());
			}
			assert_eq!(chunks(dir.path()).kept(&content).unwrap().len(), first.len());
			assert!(chunks(dir.path()).keep(&content, &chunk(&data, *last)).unwrap());
			let store = BlobStore::open(dir.path()).unwrap();
			assert_eq!(store.get(&content).unwrap(), data);
			assert_eq!(fs::read_dir(dir.path().join(".chunks")).unwrap().count(), 0);
		}
	}

	#[test]
	fn an_opening_may_show_several_chunks() {
		let dir = tempfile::tempdir().unwrap();
		let data = bytes(10_000);
		let content = Content::of(&data);
		assert!(!chunks(dir.path())
			.keep(&content, &open(&data, 2_048, 8_000 - 2_048).unwrap())
			.unwrap());
		assert_eq!(chunks(dir.path()).kept(&content).unwrap(), [2, 3, 4, 5, 6, 7]);
		assert!(!chunks(dir.path()).keep(&content, &open(&data, 0, 3_000).unwrap()).unwrap());
		assert!(chunks(dir.path()).keep(&content, &open(&data, 8_192, 1_808).unwrap()).unwrap());
	}

	#[test]
	fn bytes_of_another_blob_are_refused() {
		let dir = tempfile::tempdir().unwrap();
		let data = bytes(4_000);
		let content = Content::of(&data);
		let mut changed = chunk(&data, 1);
		changed.bytes = vec![7; 1_024].try_into().unwrap();
		assert!(chunks(dir.path()).keep(&content, &changed).is_err());
		assert!(chunks(dir.path()).keep(&Content::of(b"other"), &chunk(&data, 1)).is_err());
		assert!(!dir.path().join(".chunks").exists());
	}

	#[test]
	fn a_damaged_chunk_is_dropped_and_taken_again() {
		let dir = tempfile::tempdir().unwrap();
		let data = bytes(2_000);
		let content = Content::of(&data);
		chunks(dir.path()).keep(&content, &chunk(&data, 0)).unwrap();
		let file = chunks(dir.path()).folder(&content).join("0-1");
		let mut damaged = fs::read(&file).unwrap();
		damaged[40] ^= 1;
		fs::write(&file, damaged).unwrap();
		assert_eq!(chunks(dir.path()).kept(&content).unwrap(), [0u64; 0]);
		assert!(!chunks(dir.path()).keep(&content, &chunk(&data, 1)).unwrap());
		assert!(chunks(dir.path()).keep(&content, &chunk(&data, 0)).unwrap());
	}

	#[test]
	fn long_blobs_and_empty_ones_are_not_kept() {
		let dir = tempfile::tempdir().unwrap();
		let data = bytes(64 * 1_024);
		let content = Content::of(&data);
		assert!(chunks(dir.path()).takes(&content));
		assert!(!chunks(dir.path()).keep(&content, &chunk(&data, 63)).unwrap());
		let data = bytes(64 * 1_024 + 1);
		let content = Content::of(&data);
		assert!(
			!chunks(dir.path()).takes(&content) && !chunks(dir.path()).takes(&Content::of(b""))
		);
		assert!(chunks(dir.path()).keep(&content, &chunk(&data, 64)).is_err());
	}

	#[test]
	fn longer_blobs_are_kept_where_more_chunks_are_bought() {
		let dir = tempfile::tempdir().unwrap();
		let data = bytes(100 * 1_024 - 5);
		let content = Content::of(&data);
		let longer = Chunks::new(BlobStore::open(dir.path()).unwrap(), dir.path(), 100);
		assert!(longer.takes(&content) && !longer.takes(&Content::of(&bytes(100 * 1_024 + 1))));
		for index in 0..99 {
			assert!(!longer.keep(&content, &chunk(&data, index)).unwrap());
		}
		assert!(longer.keep(&content, &chunk(&data, 99)).unwrap());
		assert_eq!(BlobStore::open(dir.path()).unwrap().get(&content).unwrap(), data);
		let bound = Content { root: [0; 32], len: (MAX_CHUNKS + 1) * CHUNK_LEN };
		assert!(
			!Chunks::new(BlobStore::open(dir.path()).unwrap(), dir.path(), u64::MAX).takes(&bound)
		);
	}

	#[test]
	fn the_number_of_parts_that_are_kept_is_bounded() {
		let dir = tempfile::tempdir().unwrap();
		let parts = chunks(dir.path());
		for index in 0..MAX_BLOBS {
			fs::create_dir_all(parts.dir.join(format!("{index}"))).unwrap();
		}
		let data = bytes(2_000);
		parts.keep(&Content::of(&data), &chunk(&data, 0)).unwrap();
		assert_eq!(fs::read_dir(&parts.dir).unwrap().count(), MAX_BLOBS);
		assert_eq!(parts.kept(&Content::of(&data)).unwrap(), [0]);
	}
}
