//! Which blocks were read, and which are left to read.

use std::collections::{BTreeMap, VecDeque};

use subxt::utils::H256;

use super::backoff::Backoff;
use crate::{chain::BlockId, error::Result};

/// The most blocks that are remembered where none becomes final.
const LONGEST: usize = 1_024;
/// The most blocks that are read again at a time, and how often each.
const READ_AGAIN: usize = 16;
const TRIES: u32 = 5;

/// The blocks that were read, from the last final one on.
#[derive(Debug, Default)]
pub struct Trail(VecDeque<BlockId>);

impl Trail {
	/// The last block that was read.
	pub fn last(&self) -> Option<BlockId> {
		self.0.back().copied()
	}

	/// Goes on to `block`.
	pub fn push(&mut self, block: BlockId) {
		if self.0.len() == LONGEST {
			self.0.pop_front();
		}
		self.0.push_back(block);
	}

	/// The last block that was read and stands: the common ancestor, after a reorganisation.
	///
	/// # Errors
	/// As `stands`.
	pub async fn ancestor(
		&self,
		stands: impl AsyncFn(BlockId) -> Result<bool>,
	) -> Result<Option<BlockId>> {
		for block in self.0.iter().rev() {
			if stands(*block).await? {
				return Ok(Some(*block));
			}
		}
		Ok(None)
	}

	/// Forgets the blocks above `ancestor`, or all of them.
	pub fn go_back(&mut self, ancestor: Option<BlockId>) {
		let stays = |block: &BlockId| ancestor.is_some_and(|of| block.number <= of.number);
		self.0.retain(stays);
	}

	/// Forgets the blocks before the last that was read and is final by `number`.
	pub fn finalised(&mut self, number: u64) {
		while self.0.get(1).is_some_and(|second| second.number <= number) {
			self.0.pop_front();
		}
	}
}

/// Blocks before those that are followed, from the newest to the oldest. What stands is known without them: they
/// are read for the answers that they hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
	from: u64,
	to: u64,
}

impl Backlog {
	/// The blocks from `from` to `to`, and those that were left before.
	pub fn extend(&mut self, from: u64, to: u64) {
		let from = if self.is_empty() { from } else { from.min(self.from) };
		*self = Self { from, to: to.saturating_add(1) };
	}

	/// The next block to read.
	pub fn pop(&mut self) -> Option<u64> {
		if self.is_empty() {
			return None;
		}
		self.to -= 1;
		Some(self.to)
	}

	/// Leaves out the blocks before `oldest`.
	pub fn forget_before(&mut self, oldest: u64) {
		self.from = self.from.max(oldest);
	}

	/// Gives all of it up: a node that lacks a block's state lacks those before it.
	pub fn give_up(&mut self) {
		*self = Self::default();
	}

	fn is_empty(&self) -> bool {
		self.from >= self.to
	}
}

/// Blocks whose events the node did not give.
#[derive(Debug, Default)]
pub struct Unread {
	blocks: BTreeMap<u64, (H256, u32)>,
	failed: Backoff<u64>,
}

impl Unread {
	/// Notes that the events of `block` were not read in the block `now`. Says whether that was often enough:
	/// then they are not read any more.
	pub fn put_off(&mut self, block: BlockId, now: u64) -> bool {
		let (_, tries) = self.blocks.entry(block.number).or_insert((block.hash, 0));
		*tries += 1;
		if *tries == TRIES {
			self.forget(block.number);
			return true;
		}
		self.failed.failed(block.number, now);
		false
	}

	/// The blocks that are read again in the block `now`.
	pub fn due(&self, now: u64) -> Vec<BlockId> {
		let due = self.blocks.iter().filter(|(number, _)| self.failed.is_due(number, now));
		due.map(|(number, (hash, _))| BlockId { number: *number, hash: *hash })
			.take(READ_AGAIN)
			.collect()
	}

	/// Forgets a block that was read.
	pub fn forget(&mut self, number: u64) {
		self.blocks.remove(&number);
		self.failed.forget(&number);
	}

	/// Forgets the blocks above `ancestor`, which do not stand any more.
	pub fn take_back(&mut self, ancestor: u64) {
		while let Some((number, _)) = self.blocks.last_key_value() {
			let number = *number;
			if number <= ancestor {
				break;
			}
			self.forget(number);
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	fn block(number: u64, fork: u64) -> BlockId {
		BlockId { number, hash: H256::from_low_u64_be((fork << 32) | number) }
	}

	async fn ancestor(trail: &Trail, standing: &[BlockId]) -> Option<BlockId> {
		trail.ancestor(async |block| Ok(standing.contains(&block))).await.unwrap()
	}

	#[tokio::test]
	async fn a_fork_of_one_block_goes_back_by_one_block() {
		let mut trail = Trail::default();
		(10..=20).for_each(|number| trail.push(block(number, 0)));
		let standing: Vec<_> =
			(10..20).map(|number| block(number, 0)).chain([block(20, 1)]).collect();
		let found = ancestor(&trail, &standing).await;
		assert_eq!(found, Some(block(19, 0)));
		assert_eq!(trail.last(), Some(block(20, 0)), "nothing is forgotten by looking");
		trail.go_back(found);
		assert_eq!(trail.last(), Some(block(19, 0)));
		assert_eq!(ancestor(&trail, &standing).await, trail.last(), "where nothing has changed");
	}

	#[tokio::test]
	async fn no_more_is_remembered_than_may_be_left_behind() {
		let mut trail = Trail::default();
		(1..=100).for_each(|number| trail.push(block(number, 0)));
		trail.finalised(90);
		assert_eq!(ancestor(&trail, &[block(89, 0)]).await, None);
		assert_eq!(ancestor(&trail, &[block(90, 0)]).await, Some(block(90, 0)));
		trail.finalised(1_000);
		assert_eq!(trail.last(), Some(block(100, 0)), "what is final is gone on from");
		(101..5_000).for_each(|number| trail.push(block(number, 0)));
		assert_eq!(trail.0.len(), LONGEST);
		trail.go_back(None);
		assert_eq!(trail.last(), None);
	}

	#[test]
	fn what_came_before_is_read_from_the_newest_on_and_once() {
		let mut backlog = Backlog::default();
		assert_eq!(backlog.pop(), None);
		backlog.extend(5, 8);
		assert_eq!(backlog.pop(), Some(8));
		backlog.forget_before(7);
		assert_eq!((backlog.pop(), backlog.pop()), (Some(7), None));
		backlog.extend(20, 22);
		backlog.give_up();
		assert_eq!(backlog.pop(), None);
		backlog.extend(0, 0);
		assert_eq!((backlog.pop(), backlog.pop()), (Some(0), None));
	}

	#[test]
	fn what_was_left_before_a_gap_is_read_after_it() {
		let mut backlog = Backlog::default();
		backlog.extend(5, 8);
		backlog.extend(20, 22);
		let all: BTreeSet<_> = std::iter::from_fn(|| backlog.pop()).collect();
		assert!([5, 8, 20, 22].iter().all(|number| all.contains(number)));
	}

	#[test]
	fn blocks_that_were_not_read_are_read_again() {
		let mut unread = Unread::default();
		unread.put_off(block(7, 0), 10);
		unread.put_off(block(8, 0), 10);
		assert_eq!(unread.due(10), []);
		assert_eq!(unread.due(11), [block(7, 0), block(8, 0)]);
		unread.put_off(block(7, 0), 11);
		unread.forget(8);
		assert_eq!(unread.due(12), []);
		assert_eq!(unread.due(13), [block(7, 0)]);
	}

	#[test]
	fn blocks_that_are_not_to_be_had_are_given_up() {
		let mut unread = Unread::default();
		let given_up: Vec<_> = (0..TRIES).map(|_| unread.put_off(block(7, 0), 10)).collect();
		assert_eq!(given_up.iter().filter(|given_up| **given_up).count(), 1);
		assert!(given_up.ends_with(&[true]));
		assert_eq!(unread.due(10_000), []);
	}

	#[test]
	fn some_are_read_again_at_a_time_and_none_that_was_left_behind() {
		let mut unread = Unread::default();
		(0..100).for_each(|number| {
			unread.put_off(block(number, 0), 100);
		});
		assert_eq!(unread.due(101).len(), READ_AGAIN);
		unread.take_back(4);
		assert_eq!(unread.due(101), [0, 1, 2, 3, 4].map(|number| block(number, 0)));
	}
}
