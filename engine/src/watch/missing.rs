//! What a check lacks.

use std::fmt;

use serde::Serialize;
use tributary_primitives::blob::Content;

/// What a missing blob is needed for, by what names it on the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Needed {
	/// It is the list of items of a receipt. Which outputs are missing is not known without it.
	Items {
		/// The receipt.
		receipt: u32,
	},
	/// It is an output.
	Output {
		/// The receipt.
		receipt: u32,
		/// The item in the receipt's blob.
		item: u32,
	},
	/// It is a contribution.
	Source {
		/// The source, `seq + 1`.
		source: u64,
		/// Whether an entry of the report names it. If none does, all that is open is whether
		/// windows of it were given to others.
		named: bool,
	},
}

impl fmt::Display for Needed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Items { receipt } => write!(f, "the items of receipt {receipt}"),
			Self::Output { receipt, item } => {
				write!(f, "the output of receipt {receipt}, item {item}")
			}
			Self::Source { source, .. } => write!(f, "source {source}"),
		}
	}
}

/// A blob that a check needs and that is not to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MissingBlob {
	/// What it is needed for.
	pub needed: Needed,
	/// Its name.
	pub content: Content,
}

/// Everything that a check lacks, at least one blob: items first, then outputs, then sources, each in
/// ascending order. Blobs that are needed more than once stand here more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingBlobs(pub Vec<MissingBlob>);

impl fmt::Display for MissingBlobs {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Some(MissingBlob { needed, content }) = self.0.first() else {
			return f.write_str("nothing is missing");
		};
		let root = hex::encode(content.root);
		write!(f, "{needed}, blob {root} of {} bytes", content.len)?;
		match self.0.len() {
			1 => f.write_str(", is not here; ")?,
			count => write!(f, ", and {} other blobs are not here; ", count - 1)?,
		}
		f.write_str("fetch what is missing from whoever serves it, or demand it")
	}
}

impl std::error::Error for MissingBlobs {}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_error_names_the_first_blob_and_counts_the_others() {
		let content = Content { root: [0xab; 32], len: 64 };
		let items = MissingBlob { needed: Needed::Items { receipt: 3 }, content };
		let output = MissingBlob { needed: Needed::Output { receipt: 4, item: 5 }, content };
		let blob = format!("blob {} of 64 bytes", "ab".repeat(32));
		let advice = "fetch what is missing from whoever serves it, or demand it";
		assert_eq!(
			MissingBlobs(vec![items]).to_string(),
			format!("the items of receipt 3, {blob}, is not here; {advice}")
		);
		assert_eq!(
			MissingBlobs(vec![output, items, items]).to_string(),
			format!(
				"the output of receipt 4, item 5, {blob}, and 2 other blobs are not here; {advice}"
			)
		);
	}

	#[test]
	fn json_says_what_a_blob_is_needed_for_by_its_kind() {
		let content = Content { root: [0; 32], len: 64 };
		let source = MissingBlob { needed: Needed::Source { source: 9, named: true }, content };
		let json = serde_json::to_value(source).unwrap();
		let needed = serde_json::json!({ "kind": "source", "source": 9, "named": true });
		assert_eq!((&json["needed"], &json["content"]["len"]), (&needed, &64.into()));
	}
}
