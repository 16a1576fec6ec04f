//! Weights of the calls of `pallet_channels`.
//!
//! Estimated by hand from those of the calls that do the same; `scripts/benchmark` measures them.

use core::marker::PhantomData;

use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What the calls weigh. A parameter is that of the benchmark of the same name.
pub trait WeightInfo {
	/// Of `open`.
	fn open() -> Weight;
	/// Of `top_up`.
	fn top_up() -> Weight;
	/// Of `close`.
	/// Estimated with `c` from 1 to 8.
	/// Estimated with `s` from 0 to 9.
	fn close(c: u32, s: u32) -> Weight;
	/// Of `request_close`.
	fn request_close() -> Weight;
	/// Of `finish`.
	fn finish() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn open() -> Weight {
		Weight::from_parts(120_000_000, 6_500)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	fn top_up() -> Weight {
		Weight::from_parts(90_000_000, 4_500)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	fn close(c: u32, s: u32) -> Weight {
		Weight::from_parts(600_000_000, 12_000)
			.saturating_add(Weight::from_parts(2_500_000, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(1_600_000, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(18))
	}

	fn request_close() -> Weight {
		Weight::from_parts(30_000_000, 3_700)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	fn finish() -> Weight {
		Weight::from_parts(90_000_000, 4_500)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(5))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn open() -> Weight {
		Weight::from_parts(120_000_000, 6_500)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn top_up() -> Weight {
		Weight::from_parts(90_000_000, 4_500)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn close(c: u32, s: u32) -> Weight {
		Weight::from_parts(600_000_000, 12_000)
			.saturating_add(Weight::from_parts(2_500_000, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(1_600_000, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(18))
	}

	fn request_close() -> Weight {
		Weight::from_parts(30_000_000, 3_700)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn finish() -> Weight {
		Weight::from_parts(90_000_000, 4_500)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
}
