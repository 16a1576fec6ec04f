//! Weights of the calls.
//!
//! Estimates, made by hand: database accesses of the longest path, plus the hashing of openings. `c`
//! and `s` are the chunks and siblings that a call's openings carry. `scripts/benchmark` replaces
//! this file by what it measures.

use core::marker::PhantomData;

use frame_support::{traits::Get, weights::Weight};
use tributary_primitives::blob::{CHUNK_PICOSECONDS, SIBLING_PICOSECONDS};

/// Picoseconds for everything that is not counted apart.
const CALL: u64 = 30_000_000;

/// The weights of the calls.
pub trait WeightInfo {
	/// Of `create`.
	fn create(c: u32, s: u32) -> Weight;
	/// Of `commit`.
	fn commit() -> Weight;
	/// Of `reveal`.
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

/// Weights for a runtime with the database weights of `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> SubstrateWeight<T> {
	fn call(reads: u64, writes: u64) -> Weight {
		Weight::from_parts(CALL, 0).saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}

	fn opening(c: u32, s: u32) -> Weight {
		let chunks = CHUNK_PICOSECONDS.saturating_mul(c.into());
		let siblings = SIBLING_PICOSECONDS.saturating_mul(s.into());
		Weight::from_parts(chunks.saturating_add(siblings), 0)
	}
}

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Reads and writes the counter, the dataset, the account and its holds.
	fn create(c: u32, s: u32) -> Weight {
		Self::call(3, 4).saturating_add(Self::opening(c, s))
	}

	/// Reads and writes the counter, the commitment, the account and its holds.
	fn commit() -> Weight {
		Self::call(3, 4)
	}

	/// Reads the genesis hash; reads and writes the commitment, the dataset, the root, the account and
	/// its holds; writes the contribution and the entry.
	fn reveal(c: u32, s: u32) -> Weight {
		Self::call(6, 7).saturating_add(Self::opening(c, s))
	}

	/// Reads and writes the contribution and the dataset; writes the entry.
	fn accept() -> Weight {
		Self::call(2, 3)
	}

	/// Reads the dataset; reads and writes the contribution, the account and its holds.
	fn reject() -> Weight {
		Self::call(4, 3)
	}

	/// Reads and writes the contribution, the account and its holds.
	fn withdraw() -> Weight {
		Self::call(3, 3)
	}

	/// Reads and writes the commitment, the account and its holds.
	fn expire() -> Weight {
		Self::call(3, 3)
	}

	/// Reads and writes the dataset, the account and its holds.
	fn set_curators() -> Weight {
		Self::call(3, 3)
	}

	/// Reads and writes the dataset.
	fn set_closed() -> Weight {
		Self::call(1, 1)
	}
}

/// No weight, for tests.
impl WeightInfo for () {
	fn create(_: u32, _: u32) -> Weight {
		Weight::zero()
	}

	fn commit() -> Weight {
		Weight::zero()
	}

	fn reveal(_: u32, _: u32) -> Weight {
		Weight::zero()
	}

	fn accept() -> Weight {
		Weight::zero()
	}

	fn reject() -> Weight {
		Weight::zero()
	}

	fn withdraw() -> Weight {
		Weight::zero()
	}

	fn expire() -> Weight {
		Weight::zero()
	}

	fn set_curators() -> Weight {
		Weight::zero()
	}

	fn set_closed() -> Weight {
		Weight::zero()
	}
}
