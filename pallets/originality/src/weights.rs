//! Weights of the calls of `pallet_originality`.
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
	/// Of `accuse`.
	/// Measured with `c` from 1 to 8.
	/// Measured with `s` from 0 to 8.
	fn accuse(c: u32, s: u32) -> Weight;
	/// Of `show_hits`.
	/// Measured with `c` from 16 to 112.
	/// Measured with `s` from 0 to 128.
	fn show_hits(c: u32, s: u32) -> Weight;
	/// Of `close`.
	fn close() -> Weight;
	/// Of `gather`.
	fn gather() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Originality::Accusations` (r:1 w:1)
	// Proof: `Originality::Accusations` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:0)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(741), added: 3216, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:3 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Originality::Draws` (r:1 w:1)
	// Proof: `Originality::Draws` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// Storage: `Originality::Gathered` (r:1 w:1)
	// Proof: `Originality::Gathered` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	// The fastest run took 139_641 ns.
	fn accuse(c: u32, s: u32) -> Weight {
		Weight::from_parts(154_917_941, 8_523)
			// Standard error: 442_682.
			.saturating_add(Weight::from_parts(832_113, 0).saturating_mul(c.into()))
			// Standard error: 389_529.
			.saturating_add(Weight::from_parts(7_383_624, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `Originality::Accusations` (r:1 w:1)
	// Proof: `Originality::Accusations` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Originality::Repeats` (r:1 w:1)
	// Proof: `Originality::Repeats` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	// Storage: `Originality::Draws` (r:1 w:1)
	// Proof: `Originality::Draws` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Agents::AgentOfAccount` (r:1 w:0)
	// Proof: `Agents::AgentOfAccount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// The fastest run took 406_325 ns.
	fn show_hits(c: u32, s: u32) -> Weight {
		Weight::from_parts(197_756_418, 6_722)
			// Standard error: 123_434.
			.saturating_add(Weight::from_parts(3_322_812, 0).saturating_mul(c.into()))
			// Standard error: 92_356.
			.saturating_add(Weight::from_parts(1_866_755, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(8))
	}

	// Storage: `System::Account` (r:3 w:3)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Originality::Accusations` (r:1 w:1)
	// Proof: `Originality::Accusations` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	// Storage: `Originality::Draws` (r:1 w:1)
	// Proof: `Originality::Draws` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Originality::Repeats` (r:1 w:0)
	// Proof: `Originality::Repeats` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Agents::AgentOfAccount` (r:1 w:0)
	// Proof: `Agents::AgentOfAccount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// The fastest run took 131_657 ns.
	fn close() -> Weight {
		Weight::from_parts(145_070_000, 8_799)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `Originality::Gathered` (r:1 w:1)
	// Proof: `Originality::Gathered` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	// Storage: `Babe::NextRandomness` (r:1 w:0)
	// Proof: `Babe::NextRandomness` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	// Storage: `Babe::EpochStart` (r:1 w:0)
	// Proof: `Babe::EpochStart` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Babe::AuthorVrfRandomness` (r:1 w:0)
	// Proof: `Babe::AuthorVrfRandomness` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	// Storage: `Originality::Draws` (r:1 w:1)
	// Proof: `Originality::Draws` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// The fastest run took 21_080 ns.
	fn gather() -> Weight {
		Weight::from_parts(23_498_000, 3_514)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(2))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn accuse(c: u32, s: u32) -> Weight {
		Weight::from_parts(154_917_941, 8_523)
			.saturating_add(Weight::from_parts(832_113, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(7_383_624, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn show_hits(c: u32, s: u32) -> Weight {
		Weight::from_parts(197_756_418, 6_722)
			.saturating_add(Weight::from_parts(3_322_812, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(1_866_755, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(8))
	}

	fn close() -> Weight {
		Weight::from_parts(145_070_000, 8_799)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn gather() -> Weight {
		Weight::from_parts(23_498_000, 3_514)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
}
