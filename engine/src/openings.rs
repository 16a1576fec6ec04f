//! Openings that calls other than reports carry: of an item, for demands and accusations, and of an
//! entry, for claims on credit that was passed on.

use tributary_primitives::{
	blob::{Opening, OpeningError},
	fault::EntryProof,
	report::{Entry, Item},
};

use crate::records::Records;

/// Opens item `item` of a blob of items.
///
/// # Errors
/// [`OpeningError::OutOfRange`] where there is no such item.
pub fn open_item(items: &[u8], item: u32) -> Result<Opening, OpeningError> {
	Records::<Item>::new(items).open_one(item.into())
}

/// The entries on one item in a blob of entries, each with its ordinal, in order. Reads the whole blob.
pub fn item_entries(entries: &[u8], receipt: u32, item: u32) -> Vec<(u64, Entry)> {
	let entries = Records::<Entry>::new(entries).iter();
	entries.filter(|(_, entry)| (entry.receipt, entry.item) == (receipt, item)).collect()
}

/// Opens entry `ordinal` of a blob of entries.
///
/// # Errors
/// [`OpeningError::OutOfRange`] where there is no such entry.
pub fn entry_proof(entries: &[u8], ordinal: u64) -> Result<EntryProof, OpeningError> {
	let opening = Records::<Entry>::new(entries).open_one(ordinal)?;
	Ok(EntryProof { index: ordinal, opening })
}

#[cfg(test)]
mod tests {
	use tributary_primitives::{
		blob::{verify, Content},
		report::{Record, RECORD_LEN},
	};

	use super::*;

	fn entries() -> Vec<u8> {
		let entry = |at: u64| Entry {
			receipt: at as u32 / 20,
			item: at as u32 % 20 / 5,
			start: at % 5,
			count: 1,
			source: at % 3,
			..Entry::default()
		};
		(0..100).flat_map(|at| entry(at).to_bytes()).collect()
	}

	#[test]
	fn the_entries_of_an_item_are_found_with_their_ordinals_and_opened() {
		let blob = entries();
		let content = Content::of(&blob);
		let found = item_entries(&blob, 2, 3);
		assert_eq!(found.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [55, 56, 57, 58, 59]);
		for (ordinal, entry) in found {
			let proof = entry_proof(&blob, ordinal).unwrap();
			assert_eq!(proof.index, ordinal);
			let opened = verify(&content, &proof.opening).unwrap();
			let bytes = opened.slice(ordinal * RECORD_LEN as u64, RECORD_LEN as u64).unwrap();
			assert_eq!(bytes, entry.to_bytes());
		}
		assert_eq!(item_entries(&blob, 5, 0), []);
	}

	#[test]
	fn an_item_is_opened_in_its_blob() {
		let item = |len| Item { output: Content { root: [7; 32], len }, reserved: [0; 24] };
		let blob: Vec<u8> = (0..40).flat_map(|len| item(len).to_bytes()).collect();
		let opening = open_item(&blob, 33).unwrap();
		let opened = verify(&Content::of(&blob), &opening).unwrap();
		assert_eq!(opened.slice(33 * 64, 64).unwrap(), item(33).to_bytes());
	}

	#[test]
	fn records_past_the_last_are_refused() {
		assert_eq!(entry_proof(&entries(), 100).unwrap_err(), OpeningError::OutOfRange);
		assert_eq!(entry_proof(&entries(), u64::MAX).unwrap_err(), OpeningError::OutOfRange);
		assert_eq!(open_item(&[0; 64], 1).unwrap_err(), OpeningError::OutOfRange);
		assert_eq!(open_item(&[], 0).unwrap_err(), OpeningError::OutOfRange);
	}
}
