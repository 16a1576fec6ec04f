//! Blobs in a folder, each in a file that is named by its hash.

use std::{
	borrow::Cow,
	fs,
	io::{self, Write},
	path::{Path, PathBuf},
	process,
	sync::atomic::{AtomicU64, Ordering},
};

use tributary_primitives::blob::Content;

use crate::blobs::{BlobError, BlobSource};

/// A folder of blobs. A file's name is its BLAKE3 hash in hex, as `b3sum` prints it.
#[derive(Clone, Debug)]
pub struct BlobStore {
	dir: PathBuf,
}

impl BlobStore {
	/// Opens the store in `dir`, and makes the folder where there is none.
	///
	/// # Errors
	/// Where the folder can not be made.
	pub fn open(dir: impl AsRef<Path>) -> Result<Self, BlobError> {
		let dir = dir.as_ref().to_path_buf();
		match fs::create_dir_all(&dir) {
			Ok(()) => Ok(Self { dir }),
			Err(error) => Err(BlobError::Io { path: dir, error }),
		}
	}

	/// Where the blob of hash `root` is, or would be.
	pub fn path(&self, root: &[u8; 32]) -> PathBuf {
		self.dir.join(hex::encode(root))
	}

	/// Stores `bytes` and returns their name. A reader sees all of them or none, also after a
	/// crash.
	///
	/// # Errors
	/// Where the file system refuses.
	pub fn put(&self, bytes: &[u8]) -> Result<Content, BlobError> {
		static WRITES: AtomicU64 = AtomicU64::new(0);
		let content = Content::of(bytes);
		let write = WRITES.fetch_add(1, Ordering::Relaxed);
		let partial = self.dir.join(format!(".partial-{}-{write}", process::id()));
		let written = write_whole(&partial, bytes)
			.and_then(|()| fs::rename(&partial, self.path(&content.root)));
		if let Err(error) = written {
			let _ = fs::remove_file(&partial);
			return Err(BlobError::Io { path: partial, error });
		}
		Ok(content)
	}

	/// Whether there is a file for the blob of hash `root`. Does not read it.
	pub fn contains(&self, root: &[u8; 32]) -> bool {
		self.path(root).is_file()
	}
}

impl BlobSource for BlobStore {
	fn get(&self, content: &Content) -> Result<Cow<'_, [u8]>, BlobError> {
		let path = self.path(&content.root);
		let bytes = match fs::read(&path) {
			Ok(bytes) => bytes,
			Err(error) if error.kind() == io::ErrorKind::NotFound => {
				return Err(BlobError::Missing(*content));
			}
			Err(error) => return Err(BlobError::Io { path, error }),
		};
		let found = Content::of(&bytes);
		if found.root != content.root {
			return Err(BlobError::Corrupt { path });
		}
		if found.len != content.len {
			return Err(BlobError::WrongLength { content: *content, found: found.len });
		}
		Ok(Cow::Owned(bytes))
	}
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
	let mut file = fs::File::create(path)?;
	file.write_all(bytes)?;
	file.sync_all()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_put_can_be_got_again() {
		let dir = tempfile::tempdir().unwrap();
		let store = BlobStore::open(dir.path().join("blobs")).unwrap();
		for bytes in [&b""[..], b"abc", &[7; 5000]] {
			let content = store.put(bytes).unwrap();
			assert_eq!(content, Content::of(bytes));
			assert_eq!(store.get(&content).unwrap(), bytes);
			assert!(store.contains(&content.root));
			assert_eq!(store.put(bytes).unwrap(), content);
		}
		let files = fs::read_dir(dir.path().join("blobs")).unwrap().count();
		assert_eq!(files, 3, "nothing partial is left behind");
	}

	#[test]
	fn a_missing_blob_is_named() {
		let dir = tempfile::tempdir().unwrap();
		let store = BlobStore::open(dir.path()).unwrap();
		let error = store.get(&Content::of(b"abc")).unwrap_err();
		assert!(matches!(error, BlobError::Missing(_)));
		assert!(error.to_string().contains(&hex::encode(Content::of(b"abc").root)));
	}

	#[test]
	fn a_changed_file_or_a_wrong_length_is_refused() {
		let dir = tempfile::tempdir().unwrap();
		let store = BlobStore::open(dir.path()).unwrap();
		let content = store.put(b"abc").unwrap();
		let longer = Content { len: 4, ..content };
		assert!(matches!(store.get(&longer), Err(BlobError::WrongLength { found: 3, .. })));
		fs::write(store.path(&content.root), b"abd").unwrap();
		assert!(matches!(store.get(&content), Err(BlobError::Corrupt { .. })));
	}
}
