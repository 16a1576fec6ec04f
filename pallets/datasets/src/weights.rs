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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:1)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Collection` (r:1 w:1)
	// Proof: `Nfts::Collection` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	// Storage: `Nfts::CollectionConfigOf` (r:1 w:0)
	// Proof: `Nfts::CollectionConfigOf` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Nfts::ItemConfigOf` (r:1 w:1)
	// Proof: `Nfts::ItemConfigOf` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Datasets` (r:0 w:1)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Account` (r:0 w:1)
	// Proof: `Nfts::Account` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
	// The fastest run took 123_624 ns.
	fn create(c: u32, s: u32) -> Weight {
		Weight::from_parts(33_028_761, 4_326)
			// Standard error: 2_300_006.
			.saturating_add(Weight::from_parts(9_727_675, 0).saturating_mul(c.into()))
			// Standard error: 1_686_531.
			.saturating_add(Weight::from_parts(26_941_227, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(8))
	}

	// Storage: `Datasets::NextSeq` (r:1 w:1)
	// Proof: `Datasets::NextSeq` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:1 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Commitments` (r:0 w:1)
	// Proof: `Datasets::Commitments` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	// The fastest run took 61_298 ns.
	fn commit() -> Weight {
		Weight::from_parts(89_301_000, 3_802)
			.saturating_add(T::DbWeight::get().reads(4))
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:1 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:0 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Entries` (r:0 w:1)
	// Proof: `Datasets::Entries` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// The fastest run took 195_493 ns.
	fn reveal(c: u32, s: u32) -> Weight {
		Weight::from_parts(141_970_114, 4_239)
			// Standard error: 1_524_710.
			.saturating_add(Weight::from_parts(6_578_468, 0).saturating_mul(c.into()))
			// Standard error: 1_118_027.
			.saturating_add(Weight::from_parts(12_494_162, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Datasets` (r:1 w:1)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Entries` (r:0 w:1)
	// Proof: `Datasets::Entries` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// The fastest run took 25_701 ns.
	fn accept() -> Weight {
		Weight::from_parts(45_457_000, 4_239)
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// The fastest run took 66_915 ns.
	fn reject() -> Weight {
		Weight::from_parts(97_860_000, 4_239)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// The fastest run took 61_950 ns.
	fn withdraw() -> Weight {
		Weight::from_parts(90_686_000, 3_802)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Datasets::Commitments` (r:1 w:1)
	// Proof: `Datasets::Commitments` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// The fastest run took 43_034 ns.
	fn expire() -> Weight {
		Weight::from_parts(67_212_000, 3_802)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Datasets::Datasets` (r:1 w:1)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// The fastest run took 111_377 ns.
	fn set_curators() -> Weight {
		Weight::from_parts(159_891_000, 6_614)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Datasets::Datasets` (r:1 w:1)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// The fastest run took 21_443 ns.
	fn set_closed() -> Weight {
		Weight::from_parts(39_882_000, 4_326)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn create(c: u32, s: u32) -> Weight {
		Weight::from_parts(33_028_761, 4_326)
			.saturating_add(Weight::from_parts(9_727_675, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(26_941_227, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(8))
	}

	fn commit() -> Weight {
		Weight::from_parts(89_301_000, 3_802)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn reveal(c: u32, s: u32) -> Weight {
		Weight::from_parts(141_970_114, 4_239)
			.saturating_add(Weight::from_parts(6_578_468, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(12_494_162, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn accept() -> Weight {
		Weight::from_parts(45_457_000, 4_239)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn reject() -> Weight {
		Weight::from_parts(97_860_000, 4_239)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn withdraw() -> Weight {
		Weight::from_parts(90_686_000, 3_802)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn expire() -> Weight {
		Weight::from_parts(67_212_000, 3_802)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn set_curators() -> Weight {
		Weight::from_parts(159_891_000, 6_614)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn set_closed() -> Weight {
		Weight::from_parts(39_882_000, 4_326)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
}
