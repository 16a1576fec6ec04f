//! Identifiers, and the commitment that a contribution opens (protocol 2).

use codec::Encode;

use crate::{blob::Content, fault::Fault};

/// A dataset: its index in order of creation.
pub type DatasetId = u32;
/// A model: its index in order of registration, so a parent's is always less than a child's.
pub type ModelId = u32;
/// A commitment's place in the chain-wide order. Earlier is first, and first is what is paid.
pub type Seq = u64;
/// A report's place in the order of all reports.
pub type ReportId = u32;
/// An agent: its index in order of creation.
pub type AgentId = u32;
/// A channel: its index in order of opening. It is never used again.
pub type ChannelId = u64;
/// A run of [`crate::traits::Receipts::epoch_length`] blocks, counted from genesis.
pub type EpochIndex = u32;
/// A dataset's version: the number of its accepted contributions that the version holds.
pub type Version = u32;
/// A secret in a commitment or an announcement.
pub type Salt = [u8; 32];

/// The commitment to a contribution:
/// `blake2_256(SCALE(genesis_hash, dataset, account, content, salt))` (protocol 2).
///
/// The genesis hash keeps a commitment from being replayed on another chain, the account from being
/// replayed by somebody else, and the salt from being guessed from public content.
pub fn commitment<Hash: Encode, AccountId: Encode>(
	genesis_hash: &Hash,
	dataset: DatasetId,
	account: &AccountId,
	content: &Content,
	salt: &Salt,
) -> [u8; 32] {
	sp_crypto_hashing::blake2_256(&(genesis_hash, dataset, account, content, salt).encode())
}

/// The announcement of a fault: `blake2_256(SCALE(genesis_hash, report, fault, account, salt))`
/// (protocol 6).
///
/// The account keeps it from being revealed by somebody else, and the salt from being guessed from the
/// report.
pub fn announcement<Hash: Encode, AccountId: Encode>(
	genesis_hash: &Hash,
	report: ReportId,
	fault: &Fault,
	account: &AccountId,
	salt: &Salt,
) -> [u8; 32] {
	sp_crypto_hashing::blake2_256(&(genesis_hash, report, fault, account, salt).encode())
}

/// The `source` that a record carries for the contribution `seq`: one more, as 0 says unowned.
/// `None` for the last `seq` of all, which has no source.
pub fn source_of(seq: Seq) -> Option<u64> {
	seq.checked_add(1)
}

/// The contribution that a record's `source` names; `None` where it says unowned.
pub fn seq_of(source: u64) -> Option<Seq> {
	source.checked_sub(1)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{blob::Opening, fault::EntryProof};
	use hex_literal::hex;

	#[test]
	fn a_commitment_is_blake2_256_over_the_plain_fields() {
		// Python: hashlib.blake2b(b"\x01"*32 + struct.pack("<I", 7) + b"\x02"*32 + b"\x03"*32
		//   + struct.pack("<Q", 1000) + b"\x04"*32, digest_size=32)
		let content = Content { root: [3; 32], len: 1_000 };
		assert_eq!(
			commitment(&[1u8; 32], 7, &[2u8; 32], &content, &[4; 32]),
			hex!("3006a1f70461d83ffc84ea0ce8e52f5dd31f215b2e567a604116d621cba93279")
		);
	}

	#[test]
	fn a_commitment_binds_every_field() {
		let content = Content { root: [3; 32], len: 1_000 };
		let longer = Content { len: 1_001, ..content };
		let other = Content { root: [5; 32], ..content };
		let all = [
			commitment(&[1u8; 32], 7, &[2u8; 32], &content, &[4; 32]),
			commitment(&[0u8; 32], 7, &[2u8; 32], &content, &[4; 32]),
			commitment(&[1u8; 32], 8, &[2u8; 32], &content, &[4; 32]),
			commitment(&[1u8; 32], 7, &[0u8; 32], &content, &[4; 32]),
			commitment(&[1u8; 32], 7, &[2u8; 32], &longer, &[4; 32]),
			commitment(&[1u8; 32], 7, &[2u8; 32], &other, &[4; 32]),
			commitment(&[1u8; 32], 7, &[2u8; 32], &content, &[0; 32]),
		];
		let distinct: std::collections::BTreeSet<_> = all.iter().collect();
		assert_eq!(distinct.len(), all.len());
	}

	fn fault(index: u64) -> Fault {
		Fault::Foreign { entry: EntryProof { index, opening: Opening::default() } }
	}

	#[test]
	fn an_announcement_is_blake2_256_over_the_plain_fields() {
		// Python: hashlib.blake2b(b"\x01"*32 + struct.pack("<I", 7)
		//   + b"\x01" + struct.pack("<Q", 9) + bytes(8) + b"\x00" + b"\x00"
		//   + b"\x02"*32 + b"\x03"*32, digest_size=32)
		assert_eq!(
			announcement(&[1u8; 32], 7, &fault(9), &[2u8; 32], &[3; 32]),
			hex!("cf1de8f657e627806c8be4d8bfcb7df189fc4df5cd029205becf0d3edbb297a9")
		);
	}

	#[test]
	fn an_announcement_binds_every_field() {
		let structure = Fault::Structure {
			entry: EntryProof { index: 9, opening: Opening::default() },
			item: None,
		};
		let all = [
			announcement(&[1u8; 32], 7, &fault(9), &[2u8; 32], &[3; 32]),
			announcement(&[0u8; 32], 7, &fault(9), &[2u8; 32], &[3; 32]),
			announcement(&[1u8; 32], 8, &fault(9), &[2u8; 32], &[3; 32]),
			announcement(&[1u8; 32], 7, &fault(8), &[2u8; 32], &[3; 32]),
			announcement(&[1u8; 32], 7, &structure, &[2u8; 32], &[3; 32]),
			announcement(&[1u8; 32], 7, &fault(9), &[0u8; 32], &[3; 32]),
			announcement(&[1u8; 32], 7, &fault(9), &[2u8; 32], &[0; 32]),
		];
		let distinct: std::collections::BTreeSet<_> = all.iter().collect();
		assert_eq!(distinct.len(), all.len());
	}

	#[test]
	fn a_source_is_one_more_than_its_seq_and_zero_is_unowned() {
		assert_eq!(source_of(0), Some(1));
		assert_eq!(seq_of(1), Some(0));
		assert_eq!(seq_of(0), None);
		assert_eq!(source_of(u64::MAX), None);
	}
}
