//! The demands of others that pend. Who keeps silent may demand its own chunks first, so that nobody else
//! does: whoever made a demand, every watcher sees that something follows from it.

use std::collections::BTreeMap;

use subxt::utils::AccountId32;
use tributary_primitives::{availability::Demanded, views::DemandView};

/// The most blocks for which a watcher leaves an overdue demand of another to its demander and to other
/// watchers: of several who enforce it in one block, all but the first pay a fee for nothing.
const MAX_TURNS: u64 = 4;

/// A demand of another account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Other {
	/// The blob.
	pub blob: Demanded,
	/// The chunk of it.
	pub chunk: u64,
	/// The last block in which it may be answered.
	pub answer_until: u32,
}

impl From<&DemandView<AccountId32>> for Other {
	fn from(demand: &DemandView<AccountId32>) -> Self {
		Self { blob: demand.blob, chunk: demand.chunk, answer_until: demand.answer_until }
	}
}

/// The demands of others that were neither answered nor enforced, as far as is known, by their numbers.
#[derive(Clone, Debug, Default)]
pub struct Others(BTreeMap<u64, Other>);

impl Others {
	/// Notes a demand.
	pub fn note(&mut self, id: u64, demand: Other) {
		self.0.insert(id, demand);
	}

	/// Forgets a demand that is decided.
	pub fn forget(&mut self, id: u64) {
		self.0.remove(&id);
	}

	/// The chunks of `blob` that are demanded, with the last block of each demand.
	pub fn chunks_of<'a>(&'a self, blob: &'a Demanded) -> impl Iterator<Item = (u64, u32)> + 'a {
		let of_blob = self.0.values().filter(move |demand| demand.blob == *blob);
		of_blob.map(|demand| (demand.chunk, demand.answer_until))
	}

	/// The demands that `account` enforces after the block `best`, where answers are heard for `window`
	/// blocks.
	pub fn due(&self, best: u64, account: &AccountId32, window: u32) -> Vec<(u64, Other)> {
		let due = self.0.iter().filter(|(id, demand)| {
			u64::from(demand.answer_until).saturating_add(turn(account, **id, window)) < best
		});
		due.map(|(id, demand)| (*id, *demand)).collect()
	}
}

/// How many blocks `account` waits before it enforces the demand `id` of another. Two thirds of the window in
/// which a report stays open for that are left in any case.
fn turn(account: &AccountId32, id: u64, window: u32) -> u64 {
	let turns = (u64::from(window) / 3).clamp(1, MAX_TURNS);
	let place = account.0.last_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
	place.wrapping_add(id) % turns
}

#[cfg(test)]
mod tests {
	use super::*;

	const ENTRIES: Demanded = Demanded::Entries { model: 1, epoch: 2, report: 3 };
	const PAYOUTS: Demanded = Demanded::Payouts { model: 1, epoch: 2, report: 3 };

	fn account(byte: u8) -> AccountId32 {
		AccountId32([byte; 32])
	}

	fn other(blob: Demanded, chunk: u64, answer_until: u32) -> Other {
		Other { blob, chunk, answer_until }
	}

	#[test]
	fn a_liar_that_demands_its_own_chunks_is_met_by_every_watcher() {
		let mut others = Others::default();
		others.note(4, other(ENTRIES, 0, 20));
		others.note(5, other(PAYOUTS, 0, 21));
		for window in [2, 6, 600] {
			for watcher in [account(1), account(2), account(3)] {
				assert_eq!(others.due(20, &watcher, window), []);
				let late = 22 + MAX_TURNS;
				let due = others.due(late, &watcher, window);
				assert_eq!(due.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [4, 5]);
			}
		}
	}

	#[test]
	fn a_demand_that_was_decided_is_not_enforced() {
		let mut others = Others::default();
		others.note(4, other(ENTRIES, 0, 20));
		others.forget(4);
		assert_eq!(others.due(1_000, &account(1), 6), []);
		assert_eq!(others.chunks_of(&ENTRIES).count(), 0);
	}

	#[test]
	fn chunks_are_told_apart_by_their_blobs() {
		let mut others = Others::default();
		others.note(4, other(ENTRIES, 0, 20));
		others.note(5, other(PAYOUTS, 1, 21));
		others.note(6, other(ENTRIES, 7, 22));
		assert_eq!(others.chunks_of(&ENTRIES).collect::<Vec<_>>(), [(0, 20), (7, 22)]);
	}

	#[test]
	fn watchers_take_turns_where_there_is_time_for_it() {
		let turns = |window| (0..200u8).map(move |byte| turn(&account(byte), 9, window));
		assert!(turns(2).all(|turn| turn == 0), "no block is to be lost");
		assert!(turns(6).all(|turn| turn < 2));
		for each in 0..MAX_TURNS {
			assert!(turns(600).any(|turn| turn == each), "nobody waits for {each} blocks");
		}
		assert!(turns(600).all(|turn| turn < MAX_TURNS));
	}
}
