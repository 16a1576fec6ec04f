//! How many channels may owe at a time. Their payers may ask to close all of them at once, and what is not closed
//! in time is not paid.

use std::{
	collections::HashSet,
	sync::{Mutex as Locked, MutexGuard, PoisonError},
};

use tributary_primitives::ids::ChannelId;

/// The most channels that are closed in one transaction. Closing one weighs about 2 ms and takes at most 2.5 KB: so
/// many are a fifth of the weight and a tenth of the bytes that a block has for ordinary transactions.
pub const AT_ONCE: usize = 128;
/// Blocks that an agent takes for a channel: an act closes one, and the next act waits until it is final.
const BLOCKS_AN_ACT: usize = 3;

/// The channels that can be closed in half of `blocks`. The other half is for what is seen late or refused first,
/// and for the transactions of others.
pub fn capacity(blocks: u32, is_agent: bool) -> usize {
	let half = usize::try_from(blocks / 2).unwrap_or(usize::MAX);
	let closed = if is_agent { half / BLOCKS_AN_ACT } else { half.saturating_mul(AT_ONCE) };
	closed.max(1)
}

/// The channels of which vouchers were taken, and that are not closed.
#[derive(Debug)]
pub struct Places {
	most: usize,
	taken: Locked<HashSet<ChannelId>>,
}

impl Places {
	/// Places for so many channels.
	pub fn new(most: usize) -> Self {
		Self { most, taken: Locked::default() }
	}

	/// How many there are.
	pub fn most(&self) -> usize {
		self.most
	}

	/// Whether the channel has a place, or there is one for it.
	pub fn has_one_for(&self, channel: ChannelId) -> bool {
		let taken = self.taken();
		taken.len() < self.most || taken.contains(&channel)
	}

	/// Gives the channel a place, if there is one.
	pub fn take(&self, channel: ChannelId) -> bool {
		let mut taken = self.taken();
		let may = taken.len() < self.most || taken.contains(&channel);
		if may {
			taken.insert(channel);
		}
		may
	}

	/// Notes a channel that owes, whether there is a place for it or not.
	pub fn note(&self, channel: ChannelId) {
		self.taken().insert(channel);
	}

	/// The channel owes nothing any more.
	pub fn free(&self, channel: ChannelId) {
		self.taken().remove(&channel);
	}

	fn taken(&self) -> MutexGuard<'_, HashSet<ChannelId>> {
		self.taken.lock().unwrap_or_else(PoisonError::into_inner)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn all_that_owe_are_closed_in_half_of_a_window() {
		assert_eq!(capacity(20, false), 10 * AT_ONCE);
		assert_eq!(capacity(20, true), 3, "an agent closes one by each act");
		assert_eq!(capacity(600, true), 100);
		assert_eq!((capacity(1, false), capacity(0, true)), (1, 1), "something is sold");
		// Of the 1.3 s and 3.75 MiB that one transaction may take.
		let (millis, bytes) = (2, 2_500);
		assert!(AT_ONCE * millis < 1_300 / 2 && AT_ONCE * bytes < 3_932_160 / 2);
	}

	#[test]
	fn who_has_a_place_keeps_it_and_others_wait_for_one() {
		let places = Places::new(2);
		assert!(places.take(1) && places.take(2));
		assert!(places.take(1) && places.has_one_for(2));
		assert!(!places.take(3) && !places.has_one_for(3));
		places.free(1);
		assert!(places.has_one_for(3) && places.take(3));
		places.note(4);
		assert!(!places.take(1) && places.take(4), "what was taken before is counted");
	}
}
