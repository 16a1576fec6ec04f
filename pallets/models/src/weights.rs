//! Weights of the calls.
//!
//! Estimates, made by hand: database accesses of the longest path, plus the hashing of openings.
//! `scripts/benchmark` replaces this file by what it measures.

use core::marker::PhantomData;

use frame_support::{traits::Get, weights::Weight};
use tributary_primitives::blob::{CHUNK_PICOSECONDS, SIBLING_PICOSECONDS};

use crate::{MAX_ANCESTORS, MAX_PARENTS};

/// Picoseconds for everything that is not counted apart.
const CALL: u64 = 60_000_000;
/// Picoseconds to join a parent's ancestors and corpus to those of the others.
const PARENT: u64 = 100_000_000;
/// Picoseconds to decode an ancestor.
const ANCESTOR: u64 = 2_000_000;

/// The weights of the calls.
pub trait WeightInfo {
	/// Of `register` with `p` parents and `d` pins, whose two openings carry `c` chunks and `s`
	/// siblings together.
	fn register(p: u32, d: u32, c: u32, s: u32) -> Weight;
	/// Of `set_lineage_rate`.
	fn set_lineage_rate() -> Weight;
}

/// Weights for a runtime with the database weights of `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Reads the counter, the account, its holds, every pinned dataset, and of each parent its record,
	/// ancestors and corpus; reads the most ancestors where there is a parent. Writes the counter, the
	/// account, its holds, the record, the ancestors and the corpus.
	fn register(p: u32, d: u32, c: u32, s: u32) -> Weight {
		let ancestors = if p > 0 { u64::from(MAX_ANCESTORS) } else { 0 };
		let parents = u64::from(p.min(MAX_PARENTS));
		let reads = parents
			.saturating_mul(3)
			.saturating_add(ancestors)
			.saturating_add(u64::from(d))
			.saturating_add(3);
		let time = CALL
			.saturating_add(PARENT.saturating_mul(parents))
			.saturating_add(ANCESTOR.saturating_mul(ancestors))
			.saturating_add(CHUNK_PICOSECONDS.saturating_mul(c.into()))
			.saturating_add(SIBLING_PICOSECONDS.saturating_mul(s.into()));
		Weight::from_parts(time, 0).saturating_add(T::DbWeight::get().reads_writes(reads, 6))
	}

	/// Reads and writes the record.
	fn set_lineage_rate() -> Weight {
		Weight::from_parts(CALL, 0).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
}

/// No weight, for tests.
impl WeightInfo for () {
	fn register(_: u32, _: u32, _: u32, _: u32) -> Weight {
		Weight::zero()
	}

	fn set_lineage_rate() -> Weight {
		Weight::zero()
	}
}
