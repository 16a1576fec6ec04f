//! Following the chain block by block.

use std::time::Duration;

use futures::{FutureExt, Stream, StreamExt};
use subxt::{events::Phase, rpcs::client::RpcSubscription, utils::H256, SubstrateConfig};
use tokio::task::coop::unconstrained;

use super::{events::Event, BlockId, Chain};
use crate::error::{from_subxt, Error, Result};

type Header = <SubstrateConfig as subxt::Config>::Header;

/// Longer than any pause between blocks of a chain that is alive.
const STALLED_AFTER: Duration = Duration::from_secs(60);

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
		match tokio::time::timeout(STALLED_AFTER, self.subscription.next()).await {
			Ok(Some(header)) => Ok(header?.number),
			Ok(None) => Err(closed()),
			Err(_) => Err(Error::Unreachable(
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
	use futures::stream::poll_fn;
	use tokio::sync::mpsc;

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
