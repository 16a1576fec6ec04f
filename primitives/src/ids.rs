//! Identifiers, and the commitment that a contribution opens (protocol 2).

use codec::Encode;

use crate::blob::Content;

/// A dataset: its index in order of creation.
pub type DatasetId = u32;
/// A model: its index in order of registration, so a parent's is always less than a child's.
pub type ModelId = u32;
/// A commitment's place in the chain-wide order. Earlier is first, and first is what is paid.
pub type Seq = u64;
/// A run of [`crate::traits::Receipts::epoch_length`] blocks, counted from genesis.
pub type EpochIndex = u32;
/// A dataset's version: the number of its accepted contributions that the version holds.
pub type Version = u32;
/// A contributor's secret in a commitment.
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

/// The `source` that a record carries for the contribution `seq`: one more, as 0 says unowned.
/// `None` for the last `seq` of all, which has no source.
pub fn source_of(seq: Seq) -> Option<u64> {
	seq.checked_add(1)
}

/// The contribution that a record's `source` names; `None` where it says unowned.
pub fn seq_of(source: u64) -> Option<Seq> {
	source.checked_sub(1)
}
