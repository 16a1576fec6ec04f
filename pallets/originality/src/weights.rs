//! What the calls weigh.
//!
//! Estimates, made by hand: their reads and writes, and the hashing of the openings that they carry.
//! `scripts/benchmark` replaces this file by what it measures.

use core::marker::PhantomData;

use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};
use tributary_primitives::blob::{CHUNK_PICOSECONDS, SIBLING_PICOSECONDS};

/// The weights of the calls. `c` is the number of chunks in all openings of a call and `s` the
/// number of siblings.
pub trait WeightInfo {
	/// Of `accuse`.
	fn accuse(c: u32, s: u32) -> Weight;
	/// Of `show_hits`, where it upholds the accusation.
	fn show_hits(c: u32, s: u32) -> Weight;
	/// Of `close`, where the bond is forfeited.
	fn close() -> Weight;
	/// Of the start of a block while a draw waits for randomness.
	fn gather() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn accuse(c: u32, s: u32) -> Weight {
		accuse(T::DbWeight::get(), c, s)
	}

	fn show_hits(c: u32, s: u32) -> Weight {
		show_hits(T::DbWeight::get(), c, s)
	}

	fn close() -> Weight {
		close(T::DbWeight::get())
	}

	fn gather() -> Weight {
		gather(T::DbWeight::get())
	}
}

impl WeightInfo for () {
	fn accuse(c: u32, s: u32) -> Weight {
		accuse(ParityDbWeight::get(), c, s)
	}

	fn show_hits(c: u32, s: u32) -> Weight {
		show_hits(ParityDbWeight::get(), c, s)
	}

	fn close() -> Weight {
		close(ParityDbWeight::get())
	}

	fn gather() -> Weight {
		gather(ParityDbWeight::get())
	}
}

/// What a call costs apart from its storage, in picoseconds: decoding, checks and events.
const BASE: u64 = 20_000_000;

fn call(db: RuntimeDbWeight, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(BASE, 0).saturating_add(db.reads_writes(reads, writes))
}

fn hashing(c: u32, s: u32) -> Weight {
	let chunks = CHUNK_PICOSECONDS.saturating_mul(c.into());
	let siblings = SIBLING_PICOSECONDS.saturating_mul(s.into());
	Weight::from_parts(chunks.saturating_add(siblings), 0)
}

/// Accusation, draw, what is gathered, account, holds and the accused contribution; receipt and model.
fn accuse(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 9, 6).saturating_add(hashing(c, s))
}

/// Accusation, draw, two accounts, their holds, issuance, the accused contribution and its dataset, and
/// whether it and its original are found to repeat others.
fn show_hits(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 11, 9).saturating_add(hashing(c, s))
}

/// Accusation, draw, two accounts, holds, issuance, the accused contribution, and whether its original
/// is found to repeat another.
fn close(db: RuntimeDbWeight) -> Weight {
	call(db, 8, 7)
}

/// What is gathered, a draw, and the runtime's two sources of randomness with the block of each.
fn gather(db: RuntimeDbWeight) -> Weight {
	call(db, 5, 2)
}
