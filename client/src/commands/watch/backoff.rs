//! When what failed is tried again.

use std::collections::BTreeMap;

/// The most blocks between two attempts.
const LONGEST: u64 = 64;

/// What has failed. It is tried again in the next block, and after twice as many with each failure.
#[derive(Clone, Debug)]
pub struct Backoff<K>(BTreeMap<K, Failed>);

#[derive(Clone, Copy, Debug)]
struct Failed {
	/// The block in which it failed the last time.
	last: u64,
	/// The pause after that, in blocks.
	pause: u64,
	/// The first block in which it is tried again.
	again: u64,
}

impl<K> Default for Backoff<K> {
	fn default() -> Self {
		Self(BTreeMap::new())
	}
}

impl<K: Ord> Backoff<K> {
	/// Whether `what` may be tried in the block `now`.
	pub fn is_due(&self, what: &K, now: u64) -> bool {
		self.0.get(what).is_none_or(|failed| failed.again <= now)
	}

	/// Notes that `what` has failed in the block `now`.
	pub fn failed(&mut self, what: K, now: u64) {
		let failed = self.0.entry(what).or_insert(Failed { last: now, pause: 0, again: now });
		failed.pause = failed.pause.saturating_mul(2).clamp(1, LONGEST);
		failed.last = now;
		failed.again = now.saturating_add(failed.pause);
	}

	/// Forgets that `what` has failed.
	pub fn forget(&mut self, what: &K) {
		self.0.remove(what);
	}

	/// Forgets all but what is `kept`.
	pub fn retain(&mut self, kept: impl Fn(&K) -> bool) {
		self.0.retain(|what, _| kept(what));
	}

	/// Forgets what has failed in blocks above `ancestor`, which do not stand any more.
	pub fn take_back(&mut self, ancestor: u64) {
		self.0.retain(|_, failed| failed.last <= ancestor);
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn pauses_grow_up_to_a_bound() {
		let mut tries = Backoff::default();
		let mut now = 10;
		let pauses = [1, 2, 4, 8, 16, 32, LONGEST, LONGEST].map(|pause| {
			tries.failed("block", now);
			assert!(!tries.is_due(&"block", now + pause - 1));
			now += pause;
			assert!(tries.is_due(&"block", now), "after {pause} blocks");
			pause
		});
		assert!(pauses.is_sorted());
		assert!(tries.is_due(&"another", now));
	}

	#[test]
	fn what_is_forgotten_may_be_tried_at_once() {
		let mut tries = Backoff::default();
		for what in 0..4 {
			tries.failed(what, 5);
		}
		tries.forget(&0);
		tries.failed(1, 6);
		tries.take_back(5);
		assert_eq!([0, 1, 2, 3].map(|what| tries.is_due(&what, 5)), [true, true, false, false]);
	}
}
