//! Weights of the calls of `pallet_usage`.
//!
//! Measured on 2026-11-21 by `scripts/benchmark`, in 20 steps of 10 runs each. Written by it:
//! change the benchmarks, and run it again.

use core::marker::PhantomData;

use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What the calls weigh. A parameter is that of the benchmark of the same name.
pub trait WeightInfo {
	/// Of `pay`.
	/// Measured with `c` from 1 to 8.
	/// Measured with `s` from 0 to 9.
	fn pay(c: u32, s: u32) -> Weight;
	/// Of `claim_owner`.
	fn claim_owner() -> Weight;
	/// Of `claim_lineage`.
	fn claim_lineage() -> Weight;
	/// Of `release_receipt`.
	fn release_receipt() -> Weight;
	/// Of `collect_due`.
	fn collect_due() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(740), added: 3215, mode: `MaxEncodedLen`)
	// Storage: `Usage::Ledgers` (r:1 w:1)
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Usage::Deposited` (r:1 w:1)
	// Proof: `Usage::Deposited` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:1)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Usage::ReceiptCount` (r:1 w:1)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:0 w:1)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	// The fastest run took 162_015 ns.
	fn pay(_c: u32, s: u32) -> Weight {
		Weight::from_parts(158_637_236, 6_470)
			// Standard error: 232_306.
			.saturating_add(Weight::from_parts(7_883_103, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(9))
	}

	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(740), added: 3215, mode: `MaxEncodedLen`)
	// Storage: `Usage::Ledgers` (r:1 w:1)
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// The fastest run took 66_241 ns.
	fn claim_owner() -> Weight {
		Weight::from_parts(70_466_000, 6_196)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Models::Models` (r:2 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(740), added: 3215, mode: `MaxEncodedLen`)
	// Storage: `Models::Ancestors` (r:1 w:0)
	// Proof: `Models::Ancestors` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Usage::Ledgers` (r:1 w:1)
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
	// Storage: `Usage::LineageClaimed` (r:1 w:1)
	// Proof: `Usage::LineageClaimed` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// The fastest run took 77_277 ns.
	fn claim_lineage() -> Weight {
		Weight::from_parts(83_895_000, 7_420)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `Usage::Receipts` (r:1 w:1)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:0)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// The fastest run took 58_385 ns.
	fn release_receipt() -> Weight {
		Weight::from_parts(61_979_000, 3_730)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Usage::Dues` (r:1 w:1)
	// Proof: `Usage::Dues` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// The fastest run took 61_251 ns.
	fn collect_due() -> Weight {
		Weight::from_parts(64_733_000, 6_196)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn pay(_c: u32, s: u32) -> Weight {
		Weight::from_parts(158_637_236, 6_470)
			.saturating_add(Weight::from_parts(7_883_103, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(9))
	}

	fn claim_owner() -> Weight {
		Weight::from_parts(70_466_000, 6_196)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn claim_lineage() -> Weight {
		Weight::from_parts(83_895_000, 7_420)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn release_receipt() -> Weight {
		Weight::from_parts(61_979_000, 3_730)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn collect_due() -> Weight {
		Weight::from_parts(64_733_000, 6_196)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
}
