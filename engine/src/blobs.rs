//! Where bytes come from, given their name.

use std::{borrow::Cow, collections::BTreeMap, path::PathBuf};

use tributary_primitives::blob::Content;

/// Why a blob is not to be had.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
	/// It is not there.
	#[error(
		"blob {} of {} bytes is not here; fetch it from whoever serves it",
		hex::encode(.0.root), .0.len
	)]
	Missing(Content),
	/// A blob of that hash is there, and its length is another one, so no blob has this name.
	#[error(
		"blob {} has {found} bytes, not {}; whoever named it gave a wrong length",
		hex::encode(.content.root), .content.len
	)]
	WrongLength {
		/// The name that was asked for.
		content: Content,
		/// The length of the blob of that hash, in bytes.
		found: u64,
	},
	/// What is stored under that hash does not have it.
	#[error(
		"{} does not have the hash that it is named by; delete it and fetch it again",
		.path.display()
	)]
	Corrupt {
		/// The file.
		path: PathBuf,
	},
	/// The file system refused.
	#[error(
		"{}: {error}; check that the folder exists, and its rights and free space",
		.path.display()
	)]
	Io {
		/// The file or folder.
		path: PathBuf,
		/// What the system says.
		error: std::io::Error,
	},
}

impl BlobError {
	/// Whether there is no blob of that name, rather than one that can not be read.
	pub(crate) fn is_absence(&self) -> bool {
		match self {
			Self::Missing(_) | Self::WrongLength { .. } => true,
			Self::Corrupt { .. } | Self::Io { .. } => false,
		}
	}
}

/// Gives the bytes that a name stands for.
pub trait BlobSource {
	/// The bytes of `content`: exactly those that have its hash and length.
	///
	/// # Errors
	/// Where there are none, or those that there are do not have that name.
	fn get(&self, content: &Content) -> Result<Cow<'_, [u8]>, BlobError>;
}

/// Blobs in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryBlobs {
	blobs: BTreeMap<[u8; 32], Vec<u8>>,
}

impl MemoryBlobs {
	/// No blobs.
	pub fn new() -> Self {
		Self::default()
	}

	/// Adds a blob and returns its name.
	pub fn put(&mut self, bytes: Vec<u8>) -> Content {
		let content = Content::of(&bytes);
		self.blobs.insert(content.root, bytes);
		content
	}
}

impl BlobSource for MemoryBlobs {
	fn get(&self, content: &Content) -> Result<Cow<'_, [u8]>, BlobError> {
		let bytes = self.blobs.get(&content.root).ok_or(BlobError::Missing(*content))?;
		let found = bytes.len() as u64;
		if found != content.len {
			return Err(BlobError::WrongLength { content: *content, found });
		}
		Ok(Cow::Borrowed(bytes))
	}
}
