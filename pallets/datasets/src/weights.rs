//! Weights of the calls of `pallet_datasets`.
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
	/// Of `create`.
	/// Measured with `c` from 1 to 8.
	/// Measured with `s` from 0 to 10.
	fn create(c: u32, s: u32) -> Weight;
	/// Of `commit`.
	fn commit() -> Weight;
	/// Of `reveal`.
	/// Measured with `c` from 1 to 8.
	/// Measured with `s` from 0 to 10.
	fn reveal(c: u32, s: u32) -> Weight;
	/// Of `accept`.
	fn accept() -> Weight;
	/// Of `reject`.
	fn reject() -> Weight;
	/// Of `withdraw`.
	fn withdraw() -> Weight;
	/// Of `expire`.
	fn expire() -> Weight;
	/// Of `set_curators`.
	fn set_curators() -> Weight;
	/// Of `set_closed`.
	fn set_closed() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Datasets::NextDataset` (r:1 w:1)
	// Proof: `Datasets::NextDataset` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Datasets` (r:0 w:1)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// The fastest run took 68_190 ns.
	fn create(c: u32, s: u32) -> Weight {
		Weight::from_parts(132_242_000, 20_000)
			// Standard error: 321_850.
			.saturating_add(Weight::from_parts(459_148, 0).saturating_mul(c.into()))
			// Standard error: 260_726.
			.saturating_add(Weight::from_parts(5_744_920, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(9))
	}

	// Storage: `Datasets::NextSeq` (r:1 w:1)
	// Proof: `Datasets::NextSeq` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Commitments` (r:0 w:1)
	// Proof: `Datasets::Commitments` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	// The fastest run took 50_354 ns.
	fn commit() -> Weight {
		Weight::from_parts(52_887_000, 3_730)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `Datasets::Commitments` (r:1 w:1)
	// Proof: `Datasets::Commitments` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Datasets` (r:1 w:1)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Roots` (r:1 w:1)
	// Proof: `Datasets::Roots` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:0 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Entries` (r:0 w:1)
	// Proof: `Datasets::Entries` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// The fastest run took 126_637 ns.
	fn reveal(c: u32, s: u32) -> Weight {
		Weight::from_parts(77_866_386, 4_239)
			// Standard error: 356_275.
			.saturating_add(Weight::from_parts(5_568_351, 0).saturating_mul(c.into()))
			// Standard error: 257_723.
			.saturating_add(Weight::from_parts(7_591_934, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Datasets` (r:1 w:1)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Entries` (r:0 w:1)
	// Proof: `Datasets::Entries` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// The fastest run took 21_284 ns.
	fn accept() -> Weight {
		Weight::from_parts(23_050_000, 4_239)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Datasets` (r:1 w:0)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// The fastest run took 56_261 ns.
	fn reject() -> Weight {
		Weight::from_parts(59_279_000, 4_239)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// The fastest run took 51_756 ns.
	fn withdraw() -> Weight {
		Weight::from_parts(54_832_000, 3_730)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Datasets::Commitments` (r:1 w:1)
	// Proof: `Datasets::Commitments` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// The fastest run took 36_426 ns.
	fn expire() -> Weight {
		Weight::from_parts(39_053_000, 3_730)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Datasets::Datasets` (r:1 w:1)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// The fastest run took 73_589 ns.
	fn set_curators() -> Weight {
		Weight::from_parts(118_214_000, 13_000)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Datasets::Datasets` (r:1 w:1)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// The fastest run took 12_271 ns.
	fn set_closed() -> Weight {
		Weight::from_parts(18_383_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn create(c: u32, s: u32) -> Weight {
		Weight::from_parts(132_242_000, 20_000)
			.saturating_add(Weight::from_parts(459_148, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(5_744_920, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(9))
	}

	fn commit() -> Weight {
		Weight::from_parts(52_887_000, 3_730)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn reveal(c: u32, s: u32) -> Weight {
		Weight::from_parts(77_866_386, 4_239)
			.saturating_add(Weight::from_parts(5_568_351, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(7_591_934, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn accept() -> Weight {
		Weight::from_parts(23_050_000, 4_239)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn reject() -> Weight {
		Weight::from_parts(59_279_000, 4_239)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn withdraw() -> Weight {
		Weight::from_parts(54_832_000, 3_730)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn expire() -> Weight {
		Weight::from_parts(39_053_000, 3_730)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn set_curators() -> Weight {
		Weight::from_parts(118_214_000, 13_000)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn set_closed() -> Weight {
		Weight::from_parts(18_383_000, 8_000)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
}
