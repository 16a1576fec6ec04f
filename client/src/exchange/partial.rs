//! A blob of which a part has arrived, on disk.

use std::{
	fs::{self, File},
	path::{Path, PathBuf},
	time::Duration,
};

use iroh_blobs::{
	api::blobs::{ExportMode, ExportOptions},
	store::fs::FsStore,
	Hash,
};
use tributary_engine::BlobStore;
use tributary_primitives::blob::Content;

use crate::error::{Error, Result};

/// Attempts to open a folder that a fetch before may still be closing, and the pause between two.
const ATTEMPTS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// The folder of one blob that is being fetched. What arrived stays there when a fetch is broken off.
pub struct Partial {
	dir: PathBuf,
	/// The parts that have arrived.
	pub parts: FsStore,
}

impl Partial {
	/// Opens the folder `dir`, and makes it where there is none.
	///
	/// # Errors
	/// Where another program fetches the blob, or the file system refuses.
	pub async fn open(dir: &Path) -> Result<Self> {
		let mut attempt = 1;
		loop {
			match FsStore::load(dir).await {
				Ok(parts) => return Ok(Self { dir: dir.to_owned(), parts }),
				Err(error) if attempt == ATTEMPTS => {
					return Err(Error::usage(format!(
						"{}: {error:#}. If no other program is fetching this blob, delete the folder.",
						dir.display()
					)));
				}
				Err(_) => {
					attempt += 1;
					tokio::time::sleep(PAUSE).await;
				}
			}
		}
	}

	/// Leaves what has arrived for the next time.
	pub async fn close(self) {
		// What is not written down is found again by its hashes.
		let _ = self.parts.shutdown().await;
	}

	/// Puts the blob, all of which has arrived, into the store, and removes the folder.
	///
	/// # Errors
	/// Where the file system refuses, or the bytes on the disk are not those that arrived.
	pub async fn finish(self, content: &Content, store: &BlobStore) -> Result<()> {
		let target = whole(&self.dir);
		let options = ExportOptions {
			hash: Hash::from_bytes(content.root),
			mode: ExportMode::TryReference,
			target,
		};
		let exported = self.parts.blobs().export_with_opts(options).finish().await;
		let dir = self.dir.clone();
		self.close().await;
		exported.map_err(|error| {
			let dir = dir.display();
			Error::usage(format!("{dir}: {error:#}. Delete the folder, and fetch the blob again."))
		})?;
		place(dir, *content, store.clone()).await
	}
}

/// Puts a blob that had arrived before a crash into the store. Says whether there was one.
///
/// # Errors
/// As [`Partial::finish`].
pub async fn recover(dir: &Path, content: &Content, store: &BlobStore) -> Result<bool> {
	if !whole(dir).is_file() {
		return Ok(false);
	}
	place(dir.to_owned(), *content, store.clone()).await.map(|()| true)
}

/// Where a blob stands that has arrived as a whole.
fn whole(dir: &Path) -> PathBuf {
	dir.join("whole")
}

/// Moves the whole blob in `dir` into the store, if it still has its name, and removes `dir`.
async fn place(dir: PathBuf, content: Content, store: BlobStore) -> Result<()> {
	let placing = tokio::task::spawn_blocking(move || {
		let path = whole(&dir);
		let placed = File::open(&path)
			.and_then(|file| {
				let mut hasher = blake3::Hasher::new();
				hasher.update_reader(&file)?;
				let same = *hasher.finalize().as_bytes() == content.root;
				let right = same && hasher.count() == content.len;
				if right {
					file.sync_all()?;
					fs::rename(&path, store.path(&content.root))?;
				}
				Ok(right)
			})
			.map_err(|error| Error::file(&path, error))?;
		fs::remove_dir_all(&dir).map_err(|error| Error::file(&dir, error))?;
		if placed {
			return Ok(());
		}
		Err(Error::usage(format!(
			"what had arrived of blob 0x{} was damaged on this disk and is removed. Fetch it again.",
			hex::encode(content.root)
		)))
	});
	placing.await.map_err(|error| Error::usage(format!("the blob was not placed: {error}")))?
}
