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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
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
	// The fastest run took 119_133 ns.
	fn create(c: u32, s: u32) -> Weight {
		Weight::from_parts(30_975_165, 4_326)
			// Standard error: 734_965.
			.saturating_add(Weight::from_parts(6_337_818, 0).saturating_mul(c.into()))
			// Standard error: 531_660.
			.saturating_add(Weight::from_parts(17_425_217, 0).saturating_mul(s.into()))
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Commitments` (r:0 w:1)
	// Proof: `Datasets::Commitments` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	// The fastest run took 59_838 ns.
	fn commit() -> Weight {
		Weight::from_parts(63_882_000, 3_856)
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:1 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:0 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Entries` (r:0 w:1)
	// Proof: `Datasets::Entries` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// The fastest run took 152_912 ns.
	fn reveal(c: u32, s: u32) -> Weight {
		Weight::from_parts(104_707_874, 4_239)
			// Standard error: 419_418.
			.saturating_add(Weight::from_parts(6_449_870, 0).saturating_mul(c.into()))
			// Standard error: 303_399.
			.saturating_add(Weight::from_parts(7_868_280, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Datasets` (r:1 w:1)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Entries` (r:0 w:1)
	// Proof: `Datasets::Entries` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// The fastest run took 24_885 ns.
	fn accept() -> Weight {
		Weight::from_parts(31_915_000, 4_239)
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// The fastest run took 65_692 ns.
	fn reject() -> Weight {
		Weight::from_parts(76_594_000, 4_239)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// The fastest run took 61_622 ns.
	fn withdraw() -> Weight {
		Weight::from_parts(71_324_000, 3_856)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Datasets::Commitments` (r:1 w:1)
	// Proof: `Datasets::Commitments` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// The fastest run took 42_592 ns.
	fn expire() -> Weight {
		Weight::from_parts(46_677_000, 3_856)
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// The fastest run took 111_382 ns.
	fn set_curators() -> Weight {
		Weight::from_parts(116_166_000, 6_722)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Datasets::Datasets` (r:1 w:1)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// The fastest run took 21_217 ns.
	fn set_closed() -> Weight {
		Weight::from_parts(24_790_000, 4_326)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn create(c: u32, s: u32) -> Weight {
		Weight::from_parts(30_975_165, 4_326)
			.saturating_add(Weight::from_parts(6_337_818, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(17_425_217, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(8))
	}

	fn commit() -> Weight {
		Weight::from_parts(63_882_000, 3_856)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn reveal(c: u32, s: u32) -> Weight {
		Weight::from_parts(104_707_874, 4_239)
			.saturating_add(Weight::from_parts(6_449_870, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(7_868_280, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn accept() -> Weight {
		Weight::from_parts(31_915_000, 4_239)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn reject() -> Weight {
		Weight::from_parts(76_594_000, 4_239)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn withdraw() -> Weight {
		Weight::from_parts(71_324_000, 3_856)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn expire() -> Weight {
		Weight::from_parts(46_677_000, 3_856)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn set_curators() -> Weight {
		Weight::from_parts(116_166_000, 6_722)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn set_closed() -> Weight {
		Weight::from_parts(24_790_000, 4_326)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
}
