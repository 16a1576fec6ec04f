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

/// The weights of the calls. `c` is the number of chunks in the opening of a call and `s` the number of
/// siblings.
pub trait WeightInfo {
	/// Of `demand`, where it is for a part of a report or for outputs.
	fn demand(c: u32, s: u32) -> Weight;
	/// Of `demand`, where it is for a contribution.
	fn demand_contribution() -> Weight;
	/// Of `answer`, once it is authorised.
	fn answer(c: u32, s: u32) -> Weight;
	/// Of authorising `answer`.
	fn authorize_answer(c: u32, s: u32) -> Weight;
	/// Of `enforce`, where it voids a report.
	fn enforce_report() -> Weight;
	/// Of `enforce`, where a receipt is withheld.
	fn enforce_outputs() -> Weight;
	/// Of `enforce`, where a contribution is withheld.
	fn enforce_contribution() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn demand(c: u32, s: u32) -> Weight {
		demand(T::DbWeight::get(), c, s)
	}

	fn demand_contribution() -> Weight {
		demand_contribution(T::DbWeight::get())
	}

	fn answer(c: u32, s: u32) -> Weight {
		answer(T::DbWeight::get(), c, s)
	}

	fn authorize_answer(c: u32, s: u32) -> Weight {
		authorize_answer(T::DbWeight::get(), c, s)
	}

	fn enforce_report() -> Weight {
		enforce_report(T::DbWeight::get())
	}

	fn enforce_outputs() -> Weight {
		enforce_outputs(T::DbWeight::get())
	}

	fn enforce_contribution() -> Weight {
		enforce_contribution(T::DbWeight::get())
	}
}

impl WeightInfo for () {
	fn demand(c: u32, s: u32) -> Weight {
		demand(ParityDbWeight::get(), c, s)
	}

	fn demand_contribution() -> Weight {
		demand_contribution(ParityDbWeight::get())
	}

	fn answer(c: u32, s: u32) -> Weight {
		answer(ParityDbWeight::get(), c, s)
	}

	fn authorize_answer(c: u32, s: u32) -> Weight {
		authorize_answer(ParityDbWeight::get(), c, s)
	}

	fn enforce_report() -> Weight {
		enforce_report(ParityDbWeight::get())
	}

	fn enforce_outputs() -> Weight {
		enforce_outputs(ParityDbWeight::get())
	}

	fn enforce_contribution() -> Weight {
		enforce_contribution(ParityDbWeight::get())
	}
}

/// What a call costs apart from its storage, in picoseconds: decoding, checks and events.
const BASE: u64 = 20_000_000;

fn hashing(c: u32, s: u32) -> Weight {
	let chunks = CHUNK_PICOSECONDS.saturating_mul(c.into());
	let siblings = SIBLING_PICOSECONDS.saturating_mul(s.into());
	Weight::from_parts(chunks.saturating_add(siblings), 0)
}

fn call(db: RuntimeDbWeight, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(BASE, 0).saturating_add(db.reads_writes(reads, writes))
}

/// Receipt, pot, model and report; account and holds; the next number, the demand, what pends for the
/// chunk and for the epoch.
fn demand(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 10, 7).saturating_add(hashing(c, s))
}

/// Contribution, corpus, receipts and report; account and holds; the next number, the demand and what
/// pends for the chunk.
fn demand_contribution(db: RuntimeDbWeight) -> Weight {
	call(db, 10, 7)
}

/// The demand, what pends for the chunk and for the epoch or the contribution; two accounts and
/// holds.
fn answer(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 6, 6).saturating_add(hashing(c, s))
}

/// The demand.
fn authorize_answer(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 1, 0).saturating_add(hashing(c, s))
}

/// The demand and what pends for the chunk; the report, what it locks, and what is announced of it;
/// two accounts, their holds and the issuance.
fn enforce_report(db: RuntimeDbWeight) -> Weight {
	call(db, 12, 11)
}

/// As [`enforce_report`], with the receipt, the pot, and what is withheld and pends in the epoch.
fn enforce_outputs(db: RuntimeDbWeight) -> Weight {
	call(db, 15, 13)
}

/// The demand and what pends for the chunk; the contribution; two accounts, their holds and the
/// issuance.
fn enforce_contribution(db: RuntimeDbWeight) -> Weight {
	call(db, 9, 9)
}
