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
	/// Measured with `r` from 1 to 32.
	fn claim_lineage(r: u32) -> Weight;
	/// Of `release_receipt`.
	fn release_receipt() -> Weight;
	/// Of `collect_due`.
	fn collect_due() -> Weight;
	/// Of `beneficiary_changes`.
	fn beneficiary_changes() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Estimated; `scripts/benchmark` measures it.
	fn pay(_c: u32, s: u32) -> Weight {
		Weight::from_parts(238_637_236, 6_470)
			// Standard error: 232_306.
			.saturating_add(Weight::from_parts(7_883_103, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(14))
	}

	// Estimated; `scripts/benchmark` measures it.
	fn claim_owner() -> Weight {
		Weight::from_parts(80_466_000, 6_196)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Estimated; `scripts/benchmark` measures it.
	fn claim_lineage(r: u32) -> Weight {
		Weight::from_parts(130_000_000, 9_000)
			.saturating_add(Weight::from_parts(3_000_000, 2_535).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().reads(r.into()))
			.saturating_add(T::DbWeight::get().writes(9))
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

	// Estimated; `scripts/benchmark` measures it.
	fn beneficiary_changes() -> Weight {
		Weight::from_parts(25_000_000, 3_600)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn pay(_c: u32, s: u32) -> Weight {
		Weight::from_parts(238_637_236, 6_470)
			.saturating_add(Weight::from_parts(7_883_103, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().writes(14))
	}

	fn claim_owner() -> Weight {
		Weight::from_parts(80_466_000, 6_196)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn claim_lineage(r: u32) -> Weight {
		Weight::from_parts(130_000_000, 9_000)
			.saturating_add(Weight::from_parts(3_000_000, 2_535).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().reads(r.into()))
			.saturating_add(ParityDbWeight::get().writes(9))
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

	fn beneficiary_changes() -> Weight {
		Weight::from_parts(25_000_000, 3_600)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
}
