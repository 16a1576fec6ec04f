//! What the store has.

use tributary_engine::BlobStore;
use tributary_primitives::blob::Content;

/// Whether the store has a file of that name and length. Somebody else may have named the blob: one of another
/// length is none that a file has, and reading a long file to find that out costs more than to ask for its length.
pub fn is_here(store: &BlobStore, content: &Content) -> bool {
	let meta = std::fs::metadata(store.path(&content.root));
	meta.is_ok_and(|meta| meta.is_file() && meta.len() == content.len)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_blob_under_the_name_of_another_length_is_not_here() {
		let dir = tempfile::tempdir().unwrap();
		let store = BlobStore::open(dir.path()).unwrap();
		let content = store.put(b"a blob").unwrap();
		assert!(is_here(&store, &content));
		for len in [0, content.len - 1, content.len + 1, u64::MAX] {
			assert!(!is_here(&store, &Content { len, ..content }), "of {len} bytes");
		}
		assert!(!is_here(&store, &Content::of(b"another")));
	}
}
