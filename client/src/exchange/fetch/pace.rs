//! How long a peer may take.

use std::{
	collections::HashMap,
	future::Future,
	sync::{Mutex, MutexGuard, PoisonError},
	time::Duration,
};

use tokio::time::{timeout_at, Instant};

use super::{Failure, Peer};

/// The least rate of a transfer, in bytes a second, and how long one may be behind that.
const LEAST_RATE: u64 = 32 * 1024;
const BEHIND: Duration = Duration::from_secs(30);
/// The most transfers that are remembered.
const MAX_TRANSFERS: usize = 1_024;

/// How long `len` bytes take at the least rate.
pub fn time_for(len: u64) -> Duration {
	Duration::from_millis(len.saturating_mul(1_000) / LEAST_RATE)
}

/// What a peer has left for one blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Transfer {
	/// How long it may go on without a byte. Bytes prolong it, up to [`BEHIND`]: who sent much at once may not
	/// trickle for long after.
	left: Duration,
	/// Whether some of the blob has arrived.
	begun: bool,
}

impl Transfer {
	const NEW: Self = Self { left: BEHIND, begun: false };

	fn spend(&mut self, time: Duration) {
		self.left = self.left.saturating_sub(time);
	}

	fn receive(&mut self, bytes: u64) {
		self.begun |= bytes > 0;
		self.left = BEHIND.min(self.left.saturating_add(time_for(bytes)));
	}
}

/// The time of one peer for one blob.
#[derive(Debug)]
pub struct Clock {
	transfer: Transfer,
	/// How long it has for a step.
	answer: Duration,
	/// When the time is over, whoever is asked.
	until: Instant,
}

impl Clock {
	/// Waits for `future` as long as the peer may take for it.
	pub async fn step<F: Future>(&mut self, future: F) -> Result<F::Output, Failure> {
		self.long_step(Duration::ZERO, future).await
	}

	/// The same for a step that may take `more`.
	pub async fn long_step<F: Future>(
		&mut self,
		more: Duration,
		future: F,
	) -> Result<F::Output, Failure> {
		let (now, left) = (Instant::now(), self.transfer.left);
		let answer = self.answer.saturating_add(more);
		let patience = now + answer.min(left);
		let found = timeout_at(self.until.min(patience), future).await;
		self.transfer.spend(now.elapsed());
		found.map_err(|_| {
			if self.until < patience {
				// It did not have all of its time, so it is not to blame.
				Failure::OutOfTime
			} else if left < answer {
				Failure::Unreachable("is too slow".into())
			} else {
				Failure::Unreachable(format!("does not answer within {} s", answer.as_secs_f32()))
			}
		})
	}

	/// Notes that bytes have arrived.
	pub fn received(&mut self, bytes: u64) {
		self.transfer.receive(bytes);
	}
}

/// Transfers that were broken off because the time was over. They go on with what they have left, so that no peer
/// holds a blob up for longer by being asked in turns.
#[derive(Debug, Default)]
pub struct Transfers(Mutex<HashMap<(Peer, [u8; 32]), Transfer>>);

impl Transfers {
	/// The clock of `peer` for the blob of hash `root`.
	pub fn resume(&self, peer: &Peer, root: &[u8; 32], answer: Duration, until: Instant) -> Clock {
		let transfer = self.all().remove(&(*peer, *root)).unwrap_or(Transfer::NEW);
		Clock { transfer, answer, until }
	}

	/// Remembers where a clock stands.
	pub fn put_off(&self, peer: &Peer, root: &[u8; 32], clock: &Clock) {
		let mut all = self.all();
		if all.len() >= MAX_TRANSFERS {
			all.clear();
		}
		all.insert((*peer, *root), clock.transfer);
	}

	/// Whether some of a blob has arrived, from anybody.
	pub fn has_begun(&self, root: &[u8; 32]) -> bool {
		self.all().iter().any(|((_, of), transfer)| of == root && transfer.begun)
	}

	/// Forgets a blob that is here.
	pub fn forget(&self, root: &[u8; 32]) {
		self.all().retain(|(_, of), _| of != root);
	}

	fn all(&self) -> MutexGuard<'_, HashMap<(Peer, [u8; 32]), Transfer>> {
		self.0.lock().unwrap_or_else(PoisonError::into_inner)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use iroh::SecretKey;
	use std::future::{pending, ready};

	const ANSWER: Duration = Duration::from_millis(20);
	const ROOT: [u8; 32] = [3; 32];

	fn peer() -> Peer {
		let id = SecretKey::from_bytes(&[7; 32]).public();
		Peer { id, address: "127.0.0.1:1".parse().unwrap() }
	}

	fn clock(left: Duration, turn: Duration) -> Clock {
		let transfer = Transfer { left, begun: false };
		Clock { transfer, answer: ANSWER, until: Instant::now() + turn }
	}

	#[tokio::test]
	async fn a_silent_peer_is_to_blame_where_it_had_its_time() {
		let mut full = clock(BEHIND, BEHIND);
		let silent = full.step(pending::<()>()).await;
		assert!(matches!(silent, Err(Failure::Unreachable(why)) if why.contains("0.02 s")));
		let cut = clock(BEHIND, ANSWER / 2).step(pending::<()>()).await;
		assert!(matches!(cut, Err(Failure::OutOfTime)));
		assert!(matches!(full.step(ready(5)).await, Ok(5)));
	}

	#[tokio::test]
	async fn a_trickle_is_too_slow_however_many_turns_it_is_spread_over() {
		let (peer, transfers) = (peer(), Transfers::default());
		let mut turns = 0;
		let slow = loop {
			let mut clock = transfers.resume(&peer, &ROOT, ANSWER, Instant::now());
			// A packet in each turn, of which nothing was ever enough.
			clock.received(1_000);
			clock.transfer.spend(Duration::from_secs(9));
			clock.until = Instant::now() + ANSWER / 2;
			match clock.step(pending::<()>()).await {
				Err(Failure::OutOfTime) => transfers.put_off(&peer, &ROOT, &clock),
				slow => break slow,
			}
			assert!(transfers.has_begun(&ROOT));
			turns += 1;
			assert!(turns < 10, "it holds the blob for ever");
		};
		assert!(matches!(slow, Err(Failure::Unreachable(why)) if why == "is too slow"));
		assert!(!transfers.has_begun(&ROOT), "it begins anew when it is asked again");
	}

	#[test]
	fn whoever_sends_at_the_least_rate_may_go_on() {
		let mut transfer = Transfer::NEW;
		for _ in 0..1_000 {
			transfer.spend(Duration::from_secs(9));
			transfer.receive(9 * LEAST_RATE);
		}
		assert_eq!(transfer, Transfer { left: BEHIND, begun: true });
		transfer.receive(1 << 40);
		assert_eq!(transfer.left, BEHIND, "what came fast is no credit for later");
	}

	#[test]
	fn what_is_remembered_is_bounded_and_forgotten_when_the_blob_is_here() {
		let (peer, transfers) = (peer(), Transfers::default());
		for index in 0..2 * MAX_TRANSFERS as u64 {
			let mut root = [0; 32];
			root[..8].copy_from_slice(&index.to_le_bytes());
			transfers.put_off(&peer, &root, &clock(BEHIND, BEHIND));
		}
		assert!(transfers.all().len() <= MAX_TRANSFERS);
		let mut begun = clock(BEHIND, BEHIND);
		begun.received(1);
		transfers.put_off(&peer, &ROOT, &begun);
		assert!(transfers.has_begun(&ROOT));
		transfers.forget(&ROOT);
		assert!(!transfers.has_begun(&ROOT));
	}
}
