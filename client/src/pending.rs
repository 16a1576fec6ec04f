//! Commitments that are not revealed yet, on disk.
//!
//! A commitment without its salt is lost, and its deposit with it. So what a reveal needs is written
//! before the commitment is sent, and removed after the reveal.

use std::{
	fs, io,
	path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use subxt::utils::{AccountId32, H256};
use tributary_primitives::{
	blob::Content,
	ids::{commitment, DatasetId, Salt, Seq},
	views::hex32,
};

use crate::{
	error::{Error, Result},
	files, random,
};

/// A commitment that waits for its reveal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
	/// The file, for messages.
	pub file: String,
	/// The dataset that it is for.
	pub dataset: DatasetId,
	/// The bytes, which are in the store.
	pub content: Content,
	/// The secret.
	#[serde(with = "hex32")]
	pub salt: Salt,
	/// The newest final block before the commitment was sent.
	pub after: u64,
	/// Its place in the order, once that is known.
	pub seq: Option<Seq>,
}

/// The commitments of one account on one chain.
#[derive(Clone, Debug)]
pub struct PendingStore {
	dir: PathBuf,
	genesis: H256,
	account: AccountId32,
}

impl Pending {
	/// A commitment with a fresh salt.
	///
	/// # Errors
	/// Where the system has no randomness.
	pub fn new(file: String, dataset: DatasetId, content: Content, after: u64) -> Result<Self> {
		Ok(Self { file, dataset, content, salt: random::secret()?, after, seq: None })
	}
}

impl PendingStore {
	/// Opens the commitments of `account` on the chain of `genesis` below `data`.
	pub fn open(data: &Path, genesis: H256, account: AccountId32) -> Self {
		let dir =
			data.join("pending").join(hex::encode(genesis.as_bytes())).join(hex::encode(account.0));
		Self { dir, genesis, account }
	}

	/// The hash that is committed to.
	pub fn hash(&self, pending: &Pending) -> [u8; 32] {
		let Pending { dataset, content, salt, .. } = pending;
		commitment(&self.genesis.0, *dataset, &self.account.0, content, salt)
	}

	/// Writes a commitment to the disk, where only its owner can read it.
	///
	/// # Errors
	/// Where the file system refuses.
	pub fn save(&self, pending: &Pending) -> Result<()> {
		let text = serde_json::to_string_pretty(pending).map_err(Error::usage)?;
		files::replace_private(&self.path(&pending.content), text.as_bytes())
	}

	/// Forgets a commitment.
	///
	/// # Errors
	/// Where the file system refuses.
	pub fn remove(&self, content: &Content) -> Result<()> {
		let path = self.path(content);
		match fs::remove_file(&path) {
			Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::file(&path, error)),
			_ => Ok(()),
		}
	}

	/// The commitment to `content`, if there is one.
	///
	/// # Errors
	/// Where the file can not be read.
	pub fn find(&self, content: &Content) -> Result<Option<Pending>> {
		let path = self.path(content);
		match fs::read_to_string(&path) {
			Ok(text) => serde_json::from_str(&text)
				.map(Some)
				.map_err(|error| Error::usage(format!("{}: {error}", path.display()))),
			Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
			Err(error) => Err(Error::file(&path, error)),
		}
	}

	/// All commitments, by file name.
	///
	/// # Errors
	/// Where one of them can not be read.
	pub fn all(&self) -> Result<Vec<Pending>> {
		let names = match fs::read_dir(&self.dir) {
			Ok(names) => names,
			Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
			Err(error) => return Err(Error::file(&self.dir, error)),
		};
		let mut all = Vec::new();
		for name in names {
			let path = name.map_err(|error| Error::file(&self.dir, error))?.path();
			if path.extension().is_some_and(|extension| extension == "json") {
				let text = fs::read_to_string(&path).map_err(|error| Error::file(&path, error))?;
				all.push(
					serde_json::from_str::<Pending>(&text)
						.map_err(|error| Error::usage(format!("{}: {error}", path.display())))?,
				);
			}
		}
		all.sort_by(|a, b| a.file.cmp(&b.file));
		Ok(all)
	}

	fn path(&self, content: &Content) -> PathBuf {
		self.dir.join(format!("{}.json", hex::encode(content.root)))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_commitment_survives_until_it_is_removed() {
		let dir = tempfile::tempdir().unwrap();
		let store = PendingStore::open(dir.path(), H256([1; 32]), AccountId32([2; 32]));
		assert_eq!(store.all().unwrap(), []);

		let mut pending = Pending::new("a.txt".into(), 3, Content::of(b"abc"), 9).unwrap();
		store.save(&pending).unwrap();
		assert_eq!(store.all().unwrap(), [pending.clone()]);
		pending.seq = Some(7);
		store.save(&pending).unwrap();
		assert_eq!(store.find(&pending.content).unwrap(), Some(pending.clone()));

		let other = PendingStore::open(dir.path(), H256([1; 32]), AccountId32([3; 32]));
		assert_eq!(other.find(&pending.content).unwrap(), None);
		store.remove(&pending.content).unwrap();
		store.remove(&pending.content).unwrap();
		assert_eq!(store.all().unwrap(), []);
	}

	#[test]
	fn salts_differ() {
		let salt = || Pending::new(String::new(), 0, Content::default(), 0).unwrap().salt;
		assert_ne!(salt(), salt());
	}
}
