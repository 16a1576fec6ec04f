//! Following the chain block by block.

use std::time::Duration;

use futures::{FutureExt, Stream, StreamExt};
use subxt::{events::Phase, rpcs::client::RpcSubscription, utils::H256, SubstrateConfig};
use tokio::task::coop::unconstrained;

use super::{events::Event, BlockId, Chain};
use crate::error::{from_subxt, Error, Result};

type Header = <SubstrateConfig as subxt::Config>::Header;

/// Parts of a minute, which is longer than any pause between blocks of a chain that is alive.
const PART: Duration = Duration::from_secs(10);
/// As many as make a minute.
const PARTS: u32 = 6;

/// New best blocks, or newly finalised ones.
pub struct Heads {
	subscription: RpcSubscription<Header>,
}

impl Heads {
	/// Waits for the next block's number. Numbers may be skipped, and come again after a reorganisation.
	///
	/// # Errors
	/// Where the connection ends, or no block comes for a minute.
	pub async fn next(&mut self) -> Result<u64> {
		match next_within(&mut self.subscription, PART, PARTS).await {
			Some(Some(header)) => Ok(header?.number),
			Some(None) => Err(closed()),
			None => Err(Error::Unreachable(
				"the chain has had no new block for a minute. Look at the node's log, and try again."
					.into(),
			)),
		}
	}

	/// Waits for the next block, and gives the number of the newest one that was told of by then.
	///
	/// # Errors
	/// As [`Heads::next`].
	pub async fn newest(&mut self) -> Result<u64> {
		let next = self.next().await?;
		match last_at_hand(&mut self.subscription).ok_or_else(closed)? {
			Some(header) => Ok(header?.number),
			None => Ok(next),
		}
	}
}

fn closed() -> Error {
	Error::Unreachable("the node closed the connection. Is it running?".into())
}

/// The next item of a stream, which is `None` at its end, unless it takes longer than `parts` times `part`. A
/// machine that stands still for however long uses up one of them, as nothing arrives meanwhile.
async fn next_within<S: Stream + Unpin>(
	stream: &mut S,
	part: Duration,
	parts: u32,
) -> Option<Option<S::Item>> {
	for _ in 0..parts {
		if let Ok(next) = tokio::time::timeout(part, stream.next()).await {
			return Some(next);
		}
	}
	None
}

/// The last of the items that a stream has at hand, if it has any; `None` where it has ended.
fn last_at_hand<S: Stream + Unpin>(stream: &mut S) -> Option<Option<S::Item>> {
	let mut last = None;
	// A task's budget would leave some of many for later.
	while let Some(item) = unconstrained(stream.next()).now_or_never() {
		last = Some(item?);
	}
	Some(last)
}

impl Chain {
	/// Follows best blocks, from the present one on.
	///
	/// # Errors
	/// Where the node does not answer.
	pub async fn best_heads(&self) -> Result<Heads> {
		Ok(Heads { subscription: self.legacy.chain_subscribe_new_heads().await? })
	}

	/// Follows finalised blocks, from the present one on.
	///
	/// # Errors
	/// Where the node does not answer.
	pub async fn finalised_heads(&self) -> Result<Heads> {
		Ok(Heads { subscription: self.legacy.chain_subscribe_finalized_heads().await? })
	}

	/// Whether a block is one of the best chain.
	///
	/// # Errors
	/// Where the node does not answer.
	pub async fn stands(&self, block: BlockId) -> Result<bool> {
		let hash = self.legacy.chain_get_block_hash(Some(block.number.into())).await?;
		Ok(hash == Some(block.hash))
	}

	/// Waits until the best chain has the block `number`.
	///
	/// # Errors
	/// As [`Heads::next`].
	pub async fn wait_for_block(&self, number: u64) -> Result<()> {
		let mut heads = self.best_heads().await?;
		while heads.next().await? < number {}
		Ok(())
	}

	/// Waits until the block `number` is final, and returns its hash.
	///
	/// # Errors
	/// As [`Heads::next`].
	pub async fn wait_for_finality(&self, number: u64) -> Result<H256> {
		let mut heads = self.finalised_heads().await?;
		while heads.next().await? < number {}
		self.hash_of(number).await
	}

	/// The parent of a block and the block's extrinsics.
	pub(super) async fn body(&self, hash: H256) -> Result<(BlockId, Vec<Vec<u8>>)> {
		let block = self.legacy.chain_get_block(Some(hash)).await?.ok_or_else(|| {
			Error::Unreachable(format!("the node does not have the block {hash:?} that it named"))
		})?;
		let header = block.block.header;
		let parent = BlockId { number: header.number.saturating_sub(1), hash: header.parent_hash };
		Ok((parent, block.block.extrinsics.into_iter().map(|bytes| bytes.0).collect()))
	}

	/// The events of a block, those of one extrinsic or all.
	///
	/// # Errors
	/// Where the node has pruned the block's state, or its metadata does not fit.
	pub async fn events(&self, hash: H256, extrinsic: Option<u32>) -> Result<Vec<Event>> {
		let at = self.at(hash).await?;
		let metadata = at.metadata();
		let events = at.events().fetch().await.map_err(from_subxt)?;
		let mut decoded = Vec::new();
		for event in events.iter() {
			let event = event.map_err(from_subxt)?;
			let wanted =
				extrinsic.is_none_or(|index| event.phase() == Phase::ApplyExtrinsic(index));
			if !wanted {
				continue;
			}
			let (pallet, name) = (event.pallet_name(), event.event_name());
			if pallet == "System" && name == "ExtrinsicFailed" && extrinsic.is_some() {
				return Err(super::refusal::dispatch_error(event.field_bytes(), &metadata));
			}
			decoded.push(Event::decode(pallet, name, event.field_bytes(), &metadata));
		}
		Ok(decoded)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use futures::stream::{pending, poll_fn};
	use tokio::{sync::mpsc, time::Instant};

	#[tokio::test]
	async fn a_chain_stalls_after_all_parts_of_the_time() {
		let (part, since) = (Duration::from_millis(20), Instant::now());
		assert_eq!(next_within(&mut pending::<u64>(), part, 3).await, None);
		assert!(since.elapsed() >= part * 3);
		let mut ended = futures::stream::empty::<u64>();
		assert_eq!(next_within(&mut ended, part, 3).await, Some(None));
	}

	#[tokio::test]
	async fn a_machine_that_stood_still_is_no_chain_that_stalls() {
		let (part, parts) = (Duration::from_millis(100), 6);
		let (send, mut receive) = mpsc::channel(1);
		let mut heads = poll_fn(move |context| receive.poll_recv(context));
		let machine = async {
			// The test has one thread.
			std::thread::sleep(part * parts * 2);
			tokio::time::sleep(part).await;
			send.send(7).await.unwrap();
		};
		let (next, ()) = tokio::join!(next_within(&mut heads, part, parts), machine);
		assert_eq!(next, Some(Some(7)));
	}

	#[tokio::test]
	async fn blocks_that_came_during_a_look_are_skipped_up_to_the_newest() {
		let (send, mut receive) = mpsc::channel(4_096);
		let mut heads = poll_fn(move |context| receive.poll_recv(context));
		assert_eq!(last_at_hand(&mut heads), Some(None), "nothing is waited for");
		for number in 1..=1_000 {
			send.try_send(number).unwrap();
		}
		assert_eq!(last_at_hand(&mut heads), Some(Some(1_000)));
		assert_eq!(last_at_hand(&mut heads), Some(None));
		send.try_send(999).unwrap();
		assert_eq!(last_at_hand(&mut heads), Some(Some(999)), "after a reorganisation");
		drop(send);
		assert_eq!(last_at_hand(&mut heads), None);
	}
}
