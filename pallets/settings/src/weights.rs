//! Weights of the calls of `pallet_settings`.
//!
//! Estimated from the storage that the calls touch: `scripts/benchmark settings` measures them, and writes
//! this file.

use core::marker::PhantomData;

use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What the calls weigh.
pub trait WeightInfo {
	/// Of `set`.
	fn set() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Parameters::Parameters` (r:1 w:1)
	fn set() -> Weight {
		Weight::from_parts(20_000_000, 3_501)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn set() -> Weight {
		Weight::from_parts(20_000_000, 3_501)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
}
