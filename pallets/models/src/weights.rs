//! Weights of the calls of `pallet_models`.
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
	/// Of `register`.
	/// Measured with `p` from 1 to 16.
	/// Measured with `a` from 17 to 256.
	/// Measured with `d` from 0 to 64.
	/// Measured with `r` from 1 to 192.
	/// Measured with `c` from 2 to 16.
	/// Measured with `s` from 0 to 20.
	fn register(p: u32, a: u32, d: u32, r: u32, c: u32, s: u32) -> Weight;
	/// Of `set_lineage_rate`.
	fn set_lineage_rate() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Models::Models` (r:256 w:1)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(741), added: 3216, mode: `MaxEncodedLen`)
	// Storage: `Models::Ancestors` (r:16 w:1)
	// Proof: `Models::Ancestors` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Datasets` (r:256 w:0)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `Models::Corpus` (r:16 w:1)
	// Proof: `Models::Corpus` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:1 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Models::NextModel` (r:1 w:1)
	// Proof: `Models::NextModel` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
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
	// Storage: `Nfts::Account` (r:0 w:1)
	// Proof: `Nfts::Account` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
	// The fastest run took 2_030_547 ns.
	fn register(p: u32, a: u32, d: u32, r: u32, _c: u32, _s: u32) -> Weight {
		Weight::from_parts(2_065_143_000, 4_326)
			// Standard error: 2_891_830.
			.saturating_add(Weight::from_parts(4_560_465, 0).saturating_mul(p.into()))
			// Standard error: 181_016.
			.saturating_add(Weight::from_parts(4_777_738, 0).saturating_mul(a.into()))
			// Standard error: 682_019.
			.saturating_add(Weight::from_parts(5_055_075, 0).saturating_mul(d.into()))
			// Standard error: 229_681.
			.saturating_add(Weight::from_parts(1_343_548, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().writes(10))
			.saturating_add(Weight::from_parts(0, 3_216).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(0, 3_249).saturating_mul(d.into()))
			.saturating_add(Weight::from_parts(0, 4_537).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(0, 3_249).saturating_mul(r.into()))
	}

	// Storage: `Models::Models` (r:1 w:1)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(741), added: 3216, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// The fastest run took 21_693 ns.
	fn set_lineage_rate() -> Weight {
		Weight::from_parts(26_391_000, 4_326)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn register(p: u32, a: u32, d: u32, r: u32, _c: u32, _s: u32) -> Weight {
		Weight::from_parts(2_065_143_000, 4_326)
			.saturating_add(Weight::from_parts(4_560_465, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(4_777_738, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(5_055_075, 0).saturating_mul(d.into()))
			.saturating_add(Weight::from_parts(1_343_548, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().reads(2).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(1).saturating_mul(a.into()))
			.saturating_add(ParityDbWeight::get().reads(1).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(1).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().writes(10))
			.saturating_add(Weight::from_parts(0, 3_216).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(0, 3_249).saturating_mul(d.into()))
			.saturating_add(Weight::from_parts(0, 4_537).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(0, 3_249).saturating_mul(r.into()))
	}

	fn set_lineage_rate() -> Weight {
		Weight::from_parts(26_391_000, 4_326)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
}
