//! Weights of `pallet_titles`.
//!
//! Estimated by what is read and written. `scripts/benchmark` measures, and writes this file.

use core::marker::PhantomData;

use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What the pallet weighs. A function is that of the benchmark of the same name.
pub trait WeightInfo {
	/// Of `mint`.
	fn mint() -> Weight;
	/// Of `note_change`.
	fn note_change() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn mint() -> Weight {
		Weight::from_parts(40_000_000, 4_326)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	fn note_change() -> Weight {
		Weight::from_parts(60_000_000, 4_326)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn mint() -> Weight {
		Weight::from_parts(40_000_000, 4_326)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn note_change() -> Weight {
		Weight::from_parts(60_000_000, 4_326)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
}
