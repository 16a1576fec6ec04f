//! Weights of the calls.
//!
//! Estimates, made by hand from the storage that each call touches and from the hashes of the opening.
//! `scripts/benchmark` replaces this file by what it measures.

use core::marker::PhantomData;

use frame_support::{traits::Get, weights::Weight};
use tributary_primitives::blob::{CHUNK_PICOSECONDS, SIBLING_PICOSECONDS};

/// What each call costs at most.
pub trait WeightInfo {
	/// [`crate::Pallet::pay`] with a tail opening of `c` chunks and `s` siblings.
	fn pay(c: u32, s: u32) -> Weight;
	/// [`crate::Pallet::claim_owner`]
	fn claim_owner() -> Weight;
	/// [`crate::Pallet::claim_lineage`]
	fn claim_lineage() -> Weight;
	/// [`crate::Pallet::release_receipt`]
	fn release_receipt() -> Weight;
	/// [`crate::Pallet::collect_due`]
	fn collect_due() -> Weight;
}

/// Picoseconds for the rest of a call beside storage: arithmetic, encoding and events.
const CALL: u64 = 40_000_000;
/// Bytes of proof for one storage item: the item and its path in the trie.
const ITEM_PROOF: u64 = 3_500;

fn call(time: u64, items: u64) -> Weight {
	Weight::from_parts(time, ITEM_PROOF.saturating_mul(items))
}

fn pay_time(c: u32, s: u32) -> u64 {
	let chunks = CHUNK_PICOSECONDS.saturating_mul(c.into());
	let siblings = SIBLING_PICOSECONDS.saturating_mul(s.into());
	CALL.saturating_add(chunks).saturating_add(siblings)
}

/// Weights with the storage costs of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// The model, ledger, deposited, pot, receipt count and receipt; balances and holds of payer and
	// account; what the destination of the fee touches.
	fn pay(c: u32, s: u32) -> Weight {
		call(pay_time(c, s), 12).saturating_add(T::DbWeight::get().reads_writes(12, 11))
	}

	// The model, ledger and claimed; balances of owner and account, and the account's holds.
	fn claim_owner() -> Weight {
		call(CALL, 6).saturating_add(T::DbWeight::get().reads_writes(6, 5))
	}

	// As `claim_owner`, with the ancestor, its rate and what it claimed.
	fn claim_lineage() -> Weight {
		call(CALL, 9).saturating_add(T::DbWeight::get().reads_writes(9, 6))
	}

	// The receipt and pot; the payer's balance and holds.
	fn release_receipt() -> Weight {
		call(CALL, 4).saturating_add(T::DbWeight::get().reads_writes(4, 3))
	}

	// What is due, and claimed; balances of beneficiary and account, and the account's holds.
	fn collect_due() -> Weight {
		call(CALL, 5).saturating_add(T::DbWeight::get().reads_writes(5, 5))
	}
}

/// Weights without storage costs, for tests.
impl WeightInfo for () {
	fn pay(c: u32, s: u32) -> Weight {
		call(pay_time(c, s), 12)
	}

	fn claim_owner() -> Weight {
		call(CALL, 6)
	}

	fn claim_lineage() -> Weight {
		call(CALL, 9)
	}

	fn release_receipt() -> Weight {
		call(CALL, 4)
	}

	fn collect_due() -> Weight {
		call(CALL, 5)
	}
}
