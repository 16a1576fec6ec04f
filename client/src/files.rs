//! Files that must survive a crash, or stay secret.

use std::{
	fs::{self, File, OpenOptions},
	io::{self, Seek, SeekFrom, Write},
	path::Path,
};

use crate::error::{Error, Result};

/// Reads a file.
///
/// # Errors
/// Where the file system refuses.
pub fn read(path: &Path) -> Result<Vec<u8>> {
	fs::read(path).map_err(|error| Error::file(path, error))
}

/// Writes a file.
///
/// # Errors
/// Where the file system refuses.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
	fs::write(path, bytes).map_err(|error| Error::file(path, error))
}

/// Writes a file that its owner alone can read, and makes its folder. A reader sees all of the new bytes
/// or all of the old ones, also after a crash.
///
/// # Errors
/// Where the file system refuses.
pub fn replace_private(path: &Path, bytes: &[u8]) -> Result<()> {
	let partial = path.with_extension("partial");
	make_parent(path)?;
	let mut file = private();
	file.truncate(true)
		.create(true)
		.open(&partial)
		.and_then(|mut file| {
			file.write_all(bytes)?;
			file.sync_all()
		})
		.and_then(|()| fs::rename(&partial, path))
		.and_then(|()| sync_folder(folder_of(path)))
		.map_err(|error| Error::file(path, error))
}

/// Puts `bytes` at `offset` of a file that its owner alone can read, as the last of it. The file and its
/// folder are made where there are none.
///
/// # Errors
/// Where the file system refuses.
pub fn put_last_private(path: &Path, offset: u64, bytes: &[u8]) -> Result<()> {
	make_parent(path)?;
	let is_new = !path.exists();
	let written = private().create(true).truncate(false).open(path).and_then(|mut file| {
		file.set_len(offset)?;
		file.seek(SeekFrom::End(0))?;
		file.write_all(bytes)?;
		file.sync_all()
	});
	let written = written.and_then(|()| match is_new {
		true => sync_folder(folder_of(path)),
		false => Ok(()),
	});
	written.map_err(|error| Error::file(path, error))
}

fn make_parent(path: &Path) -> Result<()> {
	let folder = folder_of(path);
	make_folder(folder).map_err(|error| Error::file(folder, error))
}

fn make_folder(folder: &Path) -> io::Result<()> {
	let missing: Vec<_> = folder.ancestors().take_while(|folder| !exists(folder)).collect();
	fs::create_dir_all(folder)?;
	missing.into_iter().try_for_each(|made| sync_folder(folder_of(made)))
}

fn exists(folder: &Path) -> bool {
	folder.as_os_str().is_empty() || folder.exists()
}

/// The folder that a file or folder stands in.
fn folder_of(path: &Path) -> &Path {
	let named = path.parent().filter(|folder| !folder.as_os_str().is_empty());
	named.unwrap_or(Path::new("."))
}

/// Has what was put into a folder survive a loss of power: a file that is on the disk is lost with its name.
fn sync_folder(folder: &Path) -> io::Result<()> {
	// Elsewhere a folder can not be opened like a file.
	if !cfg!(unix) {
		return Ok(());
	}
	File::open(folder).and_then(|folder| folder.sync_all()).or_else(|error| match error.kind() {
		// Some file systems do not have it for folders, and some folders can be written and not read.
		io::ErrorKind::InvalidInput
		| io::ErrorKind::Unsupported
		| io::ErrorKind::PermissionDenied => Ok(()),
		_ => Err(error),
	})
}

/// Makes a file that its owner alone can read. Says whether it did: a file that is there stays as it is.
///
/// # Errors
/// Where the file system refuses.
pub fn create_private(path: &Path, bytes: &[u8]) -> Result<bool> {
	let written = private().create_new(true).open(path).and_then(|mut file| {
		file.write_all(bytes)?;
		file.sync_all()?;
		sync_folder(folder_of(path))
	});
	match written {
		Ok(()) => Ok(true),
		Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
		Err(error) => Err(Error::file(path, error)),
	}
}

/// A lock that is held until it is dropped or the process ends.
#[derive(Debug)]
pub struct Lock(File);

impl Drop for Lock {
	fn drop(&mut self) {
		// Closing the file would do, but for a child of this process that has not begun its program yet and
		// has the file open too.
		let _ = self.0.unlock();
	}
}

/// Takes the lock `path`; `None` where another process holds it.
///
/// # Errors
/// Where the file system refuses.
pub fn lock(path: &Path) -> Result<Option<Lock>> {
	make_parent(path)?;
	let opened = private().create(true).truncate(false).open(path);
	let opened = opened.map_err(|error| Error::file(path, error))?;
	match opened.try_lock() {
		Ok(()) => Ok(Some(Lock(opened))),
		Err(fs::TryLockError::WouldBlock) => Ok(None),
		Err(fs::TryLockError::Error(error)) => Err(Error::file(path, error)),
	}
}

fn private() -> OpenOptions {
	let mut options = OpenOptions::new();
	options.write(true);
	#[cfg(unix)]
	std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
	options
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_file_is_replaced_as_a_whole_and_kept_from_others() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("folder/state.json");
		replace_private(&path, b"first").unwrap();
		replace_private(&path, b"then").unwrap();
		assert_eq!(fs::read(&path).unwrap(), b"then");
		assert_eq!(fs::read_dir(dir.path().join("folder")).unwrap().count(), 1);
		#[cfg(unix)]
		{
			use std::os::unix::fs::PermissionsExt;
			assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
		}
	}

	#[test]
	fn what_stands_behind_the_offset_is_replaced() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("folder/items");
		put_last_private(&path, 0, b"first").unwrap();
		put_last_private(&path, 5, b" and second").unwrap();
		put_last_private(&path, 5, b" then").unwrap();
		assert_eq!(fs::read(&path).unwrap(), b"first then");
	}

	#[test]
	fn a_file_that_exists_is_not_made_again() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("key");
		assert!(create_private(&path, b"first").unwrap());
		assert!(!create_private(&path, b"then").unwrap());
		assert_eq!(fs::read(&path).unwrap(), b"first");
	}

	#[test]
	fn folders_are_synced_where_names_are_new() {
		for (path, folder) in [("key", "."), ("a/key", "a"), ("/key", "/"), ("/a/b/key", "/a/b")] {
			assert_eq!(folder_of(Path::new(path)), Path::new(folder));
			assert!(exists(Path::new("")) && exists(Path::new("/")));
		}
		let dir = tempfile::tempdir().unwrap();
		let folder = dir.path().join("a/b/c");
		make_folder(&folder).unwrap();
		make_folder(&folder).unwrap();
		sync_folder(&folder).unwrap();
		#[cfg(unix)]
		assert!(sync_folder(&folder.join("none")).is_err(), "it is the folder that is synced");
	}

	#[test]
	fn a_lock_is_held_once() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("lock");
		let held = lock(&path).unwrap();
		assert!(held.is_some());
		assert!(lock(&path).unwrap().is_none());
		drop(held);
		assert!(lock(&path).unwrap().is_some());
	}
}
