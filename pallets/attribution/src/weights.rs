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
	/// Of `report` with `u` unseen sources.
	fn report(c: u32, s: u32, u: u32) -> Weight;
	/// Of `submit_fault`, once it is authorised, where the reward is paid at once.
	fn submit_fault(c: u32, s: u32) -> Weight;
	/// Of `submit_fault`, once it is authorised, where the reward waits.
	fn submit_announced_fault(c: u32, s: u32) -> Weight;
	/// Of authorising `submit_fault`.
	fn authorize_submit_fault(c: u32, s: u32) -> Weight;
	/// Of `finalise`.
	fn finalise() -> Weight;
	/// Of `claim`, where it makes the report final.
	fn claim(c: u32, s: u32) -> Weight;
	/// Of `announce`.
	fn announce() -> Weight;
	/// Of `reveal_announcement`, where it slashes the bond.
	fn reveal_announcement(c: u32, s: u32) -> Weight;
	/// Of `pay_reward`.
	fn pay_reward() -> Weight;
	/// Of `withdraw_announcement`.
	fn withdraw_announcement() -> Weight;
	/// Of `claim_passed`.
	fn claim_passed(c: u32, s: u32) -> Weight;
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

	fn report(c: u32, s: u32, u: u32) -> Weight {
		report(T::DbWeight::get(), c, s, u)
	}

	fn submit_fault(c: u32, s: u32) -> Weight {
		submit_fault(T::DbWeight::get(), c, s)
	}

	fn submit_announced_fault(c: u32, s: u32) -> Weight {
		submit_announced_fault(T::DbWeight::get(), c, s)
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

	fn announce() -> Weight {
		announce(T::DbWeight::get())
	}

	fn reveal_announcement(c: u32, s: u32) -> Weight {
		reveal_announcement(T::DbWeight::get(), c, s)
	}

	fn pay_reward() -> Weight {
		pay_reward(T::DbWeight::get())
	}

	fn withdraw_announcement() -> Weight {
		withdraw_announcement(T::DbWeight::get())
	}

	fn claim_passed(c: u32, s: u32) -> Weight {
		claim_passed(T::DbWeight::get(), c, s)
	}
}

impl WeightInfo for () {
	fn bond() -> Weight {
		bond(ParityDbWeight::get())
	}

	fn unbond() -> Weight {
		unbond(ParityDbWeight::get())
	}

	fn report(c: u32, s: u32, u: u32) -> Weight {
		report(ParityDbWeight::get(), c, s, u)
	}

	fn submit_fault(c: u32, s: u32) -> Weight {
		submit_fault(ParityDbWeight::get(), c, s)
	}

	fn submit_announced_fault(c: u32, s: u32) -> Weight {
		submit_announced_fault(ParityDbWeight::get(), c, s)
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

	fn announce() -> Weight {
		announce(ParityDbWeight::get())
	}

	fn reveal_announcement(c: u32, s: u32) -> Weight {
		reveal_announcement(ParityDbWeight::get(), c, s)
	}

	fn pay_reward() -> Weight {
		pay_reward(ParityDbWeight::get())
	}

	fn withdraw_announcement() -> Weight {
		withdraw_announcement(ParityDbWeight::get())
	}

	fn claim_passed(c: u32, s: u32) -> Weight {
		claim_passed(ParityDbWeight::get(), c, s)
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

/// Account, holds, what is locked, the next id and the report; epoch, receipt count, withheld count, pot,
/// the last answer and the model; and for each unseen source the contribution, its version in the corpus,
/// and what the demands for its chunks take.
fn report(db: RuntimeDbWeight, c: u32, s: u32, u: u32) -> Weight {
	let unseen = db.reads_writes(12, 10).saturating_add(Weight::from_parts(BASE, 0));
	call(db, 11, 5).saturating_add(hashing(c, s)).saturating_add(unseen.saturating_mul(u.into()))
}

/// Two accounts, holds, issuance, what is locked, the report and its announcements; what the verifier
/// reads.
fn submit_fault(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 7, 6).saturating_add(verifying(db, c, s))
}

/// As [`submit_fault`], with the reward in place of the challenger's account.
fn submit_announced_fault(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 6, 6).saturating_add(verifying(db, c, s))
}

/// The report and what the verifier reads.
fn authorize_submit_fault(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 1, 0).saturating_add(verifying(db, c, s))
}

/// The model, the receipt count, a receipt, the contribution that a fault is about and its version in the
/// corpus, and that contribution again for the excuse.
fn verifying(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	db.reads(6).saturating_add(hashing(c, s))
}

/// The report, what is locked, account and holds; the pot, its accounts and its books.
fn finalise(db: RuntimeDbWeight) -> Weight {
	call(db, 10, 10)
}

/// As [`finalise`], with the contribution, the claim and the contributor's account.
fn claim(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	finalise(db).saturating_add(db.reads_writes(3, 2)).saturating_add(hashing(c, s))
}

/// The report, the announcement, its place, account and holds.
fn announce(db: RuntimeDbWeight) -> Weight {
	call(db, 5, 4)
}

/// The reward, the announcement, the genesis hash, the withheld count, two accounts and their holds,
/// issuance and what is locked; what the verifier reads.
fn reveal_announcement(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 10, 8).saturating_add(verifying(db, c, s))
}

/// The reward, two accounts, holds and what is locked.
fn pay_reward(db: RuntimeDbWeight) -> Weight {
	call(db, 6, 6)
}

/// The announcement, the reward, the report, account and holds.
fn withdraw_announcement(db: RuntimeDbWeight) -> Weight {
	call(db, 5, 3)
}

/// Two contributions, the report, what was passed and claimed; the books, two accounts and holds.
fn claim_passed(db: RuntimeDbWeight, c: u32, s: u32) -> Weight {
	call(db, 10, 7).saturating_add(hashing(c, s))
}
