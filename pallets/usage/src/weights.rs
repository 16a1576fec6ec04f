//! Weights of the calls.
//!
//! Derived by hand from the storage that each call touches and from the hashes of the opening;
//! `benchmarking` measures the same calls with the same components.

use core::marker::PhantomData;

use frame_support::{
	traits::Get,
	weights::{constants::WEIGHT_REF_TIME_PER_MICROS, Weight},
};

/// What each call costs at most.
pub trait WeightInfo {
	/// [`crate::Pallet::pay`] with a tail opening of `chunks` chunks and `siblings` siblings.
	fn pay(chunks: u32, siblings: u32) -> Weight;
	/// [`crate::Pallet::claim_owner`]
	fn claim_owner() -> Weight;
	/// [`crate::Pallet::claim_lineage`]
	fn claim_lineage() -> Weight;
	/// [`crate::Pallet::release_receipt`]
	fn release_receipt() -> Weight;
	/// [`crate::Pallet::collect_due`]
	fn collect_due() -> Weight;
}

/// Time to hash one chunk by the BLAKE3 that is compiled into the runtime, in microseconds.
const CHUNK_MICROS: u64 = 15;
/// Time for one compression of two chaining values, in microseconds.
const SIBLING_MICROS: u64 = 2;
/// Time for the rest of a call beside storage: arithmetic, encoding and events, in microseconds.
const CALL_MICROS: u64 = 40;
/// Bytes of proof for one storage item: the item and its path in the trie.
const ITEM_PROOF: u64 = 3_500;

fn call(micros: u64, items: u64) -> Weight {
	Weight::from_parts(
		WEIGHT_REF_TIME_PER_MICROS.saturating_mul(micros),
		ITEM_PROOF.saturating_mul(items),
	)
}

fn pay_time(chunks: u32, siblings: u32) -> u64 {
	let run = CHUNK_MICROS.saturating_mul(u64::from(chunks));
	let path = SIBLING_MICROS.saturating_mul(u64::from(siblings));
	run.saturating_add(path).saturating_add(CALL_MICROS)
}

/// Weights with the storage costs of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// The model, ledger, deposited, pot, receipt count and receipt; balances and holds of payer and
	// account; what the destination of the fee touches.
	fn pay(chunks: u32, siblings: u32) -> Weight {
		call(pay_time(chunks, siblings), 12).saturating_add(T::DbWeight::get().reads_writes(12, 11))
	}

	// The model, ledger and claimed; balances of owner and account, and the account's holds.
	fn claim_owner() -> Weight {
		call(CALL_MICROS, 6).saturating_add(T::DbWeight::get().reads_writes(6, 5))
	}

	// As `claim_owner`, with the ancestor, its rate and what it claimed.
	fn claim_lineage() -> Weight {
		call(CALL_MICROS, 9).saturating_add(T::DbWeight::get().reads_writes(9, 6))
	}

	// The receipt and pot; the payer's balance and holds.
	fn release_receipt() -> Weight {
		call(CALL_MICROS, 4).saturating_add(T::DbWeight::get().reads_writes(4, 3))
	}

	// What is due, and claimed; balances of beneficiary and account, and the account's holds.
	fn collect_due() -> Weight {
		call(CALL_MICROS, 5).saturating_add(T::DbWeight::get().reads_writes(5, 5))
	}
}

/// Weights without storage costs, for tests.
impl WeightInfo for () {
	fn pay(chunks: u32, siblings: u32) -> Weight {
		call(pay_time(chunks, siblings), 12)
	}

	fn claim_owner() -> Weight {
		call(CALL_MICROS, 6)
	}

	fn claim_lineage() -> Weight {
		call(CALL_MICROS, 9)
	}

	fn release_receipt() -> Weight {
		call(CALL_MICROS, 4)
	}

	fn collect_due() -> Weight {
		call(CALL_MICROS, 5)
	}
}
