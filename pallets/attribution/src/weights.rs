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
	/// Of `bond`.
	fn bond() -> Weight;
	/// Of `unbond`.
	fn unbond() -> Weight;
	/// Of `report`.
	fn report(c: u32, s: u32) -> Weight;
	/// Of `submit_fault`, once it is authorised.
	fn submit_fault(c: u32, s: u32) -> Weight;
	/// Of authorising `submit_fault`.
	fn authorize_submit_fault(c: u32, s: u32) -> Weight;
	/// Of `finalise`.
	fn finalise() -> Weight;
	/// Of `claim`, where it makes the report final.
	fn claim(c: u32, s: u32) -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn bond() -> Weight {
		bond(T::DbWeight::get())
	}

	fn unbond() -> Weight {
		unbond(T::DbWeight::get())
	}

	fn report(c: u32, s: u32) -> Weight {
		report(T::DbWeight::get(), c, s)
	}

	fn submit_fault(c: u32, s: u32) -> Weight {
		submit_fault(T::DbWeight::get(), c, s)
	}

	fn authorize_submit_fault(c: u32, s: u32) -> Weight {
		authorize_submit_fault(T::DbWeight::get(), c, s)
	}

	fn finalise() -> Weight {
		finalise(T::DbWeight::get())
	}

	fn claim(c: u32, s: u32) -> Weight {
		claim(T::DbWeight::get(), c, s)
	}
}

impl WeightInfo for () {
	fn bond() -> Weight {
		bond(ParityDbWeight::get())
	}

	fn unbond() -> Weight {
		unbond(ParityDbWeight::get())
	}

	fn report(c: u32, s: u32) -> Weight {
		report(ParityDbWeight::get(), c, s)
	}

	fn submit_fault(c: u32, s: u32) -> Weight {
		submit_fault(ParityDbWeight::get(), c, s)
	}

	fn authorize_submit_fault(c: u32, s: u32) -> Weight {
		authorize_submit_fault(ParityDbWeight::get(), c, s)
	}

	fn finalise() -> Weight {
		finalise(ParityDbWeight::get())
	}

	fn claim(c: u32, s: u32) -> Weight {
		claim(ParityDbWeight::get(), c, s)
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

/// Account and holds.
fn bond(db: RuntimeDbWeight) -> Weight {
	call(db, 2, 2)
}

/// Account, holds, and what is locked.
fn unbond(db: RuntimeDbWeight) -> Weight {
	call(db, 3, 2)
}

/// Account, holds, what is locked, the next id and the report; epoch, receipt count and pot.
fn report(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 8, 5).saturating_add(hashing(c, s))
}

/// Two accounts, holds, issuance, what is locked and the report; what the verifier reads.
fn submit_fault(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 6, 6).saturating_add(db.reads(VERIFIER_READS)).saturating_add(hashing(c, s))
}

/// The report and what the verifier reads.
fn authorize_submit_fault(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 1, 0).saturating_add(db.reads(VERIFIER_READS)).saturating_add(hashing(c, s))
}

/// The model, the receipt count, a receipt, two contributions and their versions in the corpus.
const VERIFIER_READS: u64 = 7;

/// The report, what is locked, account and holds; the pot, its accounts and its books.
fn finalise(db: RuntimeDbWeight) -> Weight {
	call(db, 10, 10)
}

/// As [`finalise`], with the contribution, the claim and the contributor's account.
fn claim(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	finalise(db).saturating_add(db.reads_writes(3, 2)).saturating_add(hashing(c, s))
}
