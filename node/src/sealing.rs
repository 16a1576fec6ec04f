//! Development blocks that do not wait for slots: blocks are made when asked for and are final at
//! once, while the runtime sees the BABE chain that it always sees.
//!
//! Chain time is the slots': every block is one slot after its parent, so a sealed chain runs ahead of
//! the clock, or behind it. Its blocks carry no seal, so no other node takes them.

use std::{pin::Pin, str::FromStr, sync::Arc, time::Duration};

use futures::{stream, Stream, StreamExt};
use sc_client_api::BlockBackend;
use sc_consensus_babe::BabeLink;
use sc_consensus_manual_seal::{
	consensus::babe::BabeConsensusDataProvider, EngineCommand, ManualSealParams,
};
use sc_service::{error::Error, TaskManager};
use sc_transaction_pool_api::{ImportNotificationStream, TransactionPool};
use sp_blockchain::HeaderBackend;
use sp_consensus_babe::{
	inherents::{BabeCreateInherentDataProviders, InherentDataProvider as SlotProvider},
	Slot, SlotDuration,
};
use sp_keystore::KeystorePtr;
use sp_runtime::traits::{Header as _, Zero};
use sp_timestamp::{InherentDataProvider as TimestampProvider, Timestamp};

use crate::service::{
	Block, FullBabeBlockImport, FullClient, FullPool, FullSelectChain, Hash, ProposerFactory,
};

/// The longest interval, in milliseconds: an hour.
const MAX_INTERVAL_MS: u64 = 3_600_000;
/// How long the pool may take to know a new block before it is asked for what it knows without it.
const READY_WITHIN: Duration = Duration::from_secs(1);
/// How often the pool is asked for a transaction that it did not announce.
const ASK_POOL_EVERY: Duration = Duration::from_millis(100);

/// When to seal a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealing {
	/// As soon as there is a transaction.
	Instant,
	/// Every so often, with or without transactions.
	Interval(Duration),
}

impl FromStr for Sealing {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		if text == "instant" {
			return Ok(Self::Instant);
		}
		let milliseconds = text.strip_prefix("interval=").ok_or_else(|| {
			format!("`{text}` is neither `instant` nor `interval=MS`, as in interval=1000")
		})?;
		match milliseconds.parse() {
			Ok(every @ 1..=MAX_INTERVAL_MS) => Ok(Self::Interval(Duration::from_millis(every))),
			_ => Err(format!(
				"the interval `{milliseconds}` is not a number of milliseconds from 1 to \
				 {MAX_INTERVAL_MS}"
			)),
		}
	}
}

/// What the sealing task needs of the node.
pub struct Parts {
	/// Imports and finalises the blocks.
	pub block_import: FullBabeBlockImport,
	/// The BABE epochs that blocks are claimed in.
	pub babe_link: BabeLink<Block>,
	/// The chain.
	pub client: Arc<FullClient>,
	/// Chooses the parent.
	pub select_chain: FullSelectChain,
	/// Holds the authority's key.
	pub keystore: KeystorePtr,
	/// Where transactions come from.
	pub pool: Arc<FullPool>,
	/// Fills the blocks.
	pub proposer: ProposerFactory,
	/// The inherents of [`inherents`].
	pub inherents: BabeCreateInherentDataProviders<Block>,
}

/// Starts the sealing task; the node ends if it ends.
///
/// # Errors
/// Where the chain's BABE configuration can not be read or names no authority.
pub fn start(task_manager: &TaskManager, sealing: Sealing, parts: Parts) -> Result<(), Error> {
	let Parts {
		block_import,
		babe_link,
		client,
		select_chain,
		keystore,
		pool,
		proposer,
		inherents,
	} = parts;
	let consensus = BabeConsensusDataProvider::new(
		client.clone(),
		keystore,
		babe_link.epoch_changes().clone(),
		babe_link.config().authorities.clone(),
	)
	.map_err(|error| Error::Other(format!("blocks can not be sealed: {error}")))?;
	let commands_stream = commands(sealing, client.clone(), pool.clone());
	let task = sc_consensus_manual_seal::run_manual_seal(ManualSealParams {
		block_import,
		env: proposer,
		client,
		pool,
		commands_stream,
		select_chain,
		consensus_data_provider: Some(Box::new(consensus)),
		create_inherent_data_providers: inherents,
	});
	task_manager.spawn_essential_handle().spawn_blocking("sealing", Some("block-authoring"), task);
	Ok(())
}

fn commands(
	sealing: Sealing,
	client: Arc<FullClient>,
	pool: Arc<FullPool>,
) -> Pin<Box<dyn Stream<Item = EngineCommand<Hash>> + Send>> {
	// With `create_empty` unset, a block with one inherent and one transaction counts as empty: the
	// engine compares its extrinsics with the inherent data, which for BABE has one entry more.
	let seal = || EngineCommand::SealNewBlock {
		create_empty: true,
		finalize: true,
		parent_hash: None,
		sender: None,
	};
	match sealing {
		Sealing::Instant => {
			let announced = pool.import_notification_stream();
			Box::pin(stream::unfold(announced, move |mut announced| {
				let (client, pool) = (client.clone(), pool.clone());
				async move {
					wanted(&client, &pool, &mut announced).await?;
					Some((seal(), announced))
				}
			}))
		}
		Sealing::Interval(every) => Box::pin(stream::unfold((), move |()| async move {
			tokio::time::sleep(every).await;
			Some((seal(), ()))
		})),
	}
}

/// Waits until a block is wanted: until the pool announces a transaction that the best block has not, or has one
/// that it announced too early. Gives nothing where the pool announces no more.
///
/// A transaction that comes while a block is imported is announced once, for the block's parent, and the block
/// that is sealed for it may be made without it (polkadot-sdk, issue 10104): so the pool is asked as well.
async fn wanted(
	client: &FullClient,
	pool: &FullPool,
	announced: &mut ImportNotificationStream<Hash>,
) -> Option<()> {
	loop {
		let announced = tokio::time::timeout(ASK_POOL_EVERY, announced.next()).await;
		let best = client.info().best_hash;
		let wanted = match announced {
			Ok(transaction) => !holds(client, pool, best, &transaction?),
			Err(_) => pool.ready_at_with_timeout(best, READY_WITHIN).await.next().is_some(),
		};
		if wanted {
			return Some(());
		}
	}
}

fn holds(client: &FullClient, pool: &FullPool, block: Hash, transaction: &Hash) -> bool {
	let body = client.block_body(block).ok().flatten().unwrap_or_default();
	body.iter().any(|extrinsic| pool.hash_of(extrinsic) == *transaction)
}

/// Slot and timestamp of the child of a block: one slot after it, and the clock's for the first block.
///
/// Authoring and import ask alike: BABE checks on import that a block's time is not ahead of the
/// inherents given here, its own blocks included.
pub fn inherents(
	client: Arc<FullClient>,
	slot_duration: SlotDuration,
) -> BabeCreateInherentDataProviders<Block> {
	Arc::new(move |parent: Hash, (): ()| {
		let slot = next_slot(&client, parent, slot_duration);
		async move {
			let slot = slot?;
			let timestamp = Timestamp::new(slot.saturating_mul(slot_duration.as_millis()));
			Ok((SlotProvider::new(slot), TimestampProvider::new(timestamp)))
		}
	})
}

fn next_slot(
	client: &FullClient,
	parent: Hash,
	slot_duration: SlotDuration,
) -> Result<Slot, Box<dyn std::error::Error + Send + Sync>> {
	let header = client.expect_header(parent)?;
	if header.number().is_zero() {
		return Ok(Slot::from_timestamp(Timestamp::current(), slot_duration));
	}
	Ok(sc_consensus_babe::find_pre_digest::<Block>(&header)?.slot() + 1)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn instant_and_intervals_are_read() {
		assert_eq!("instant".parse(), Ok(Sealing::Instant));
		assert_eq!("interval=1".parse(), Ok(Sealing::Interval(Duration::from_millis(1))));
		assert_eq!("interval=3600000".parse(), Ok(Sealing::Interval(Duration::from_secs(3600))));
	}

	#[test]
	fn anything_else_is_refused_with_the_forms() {
		for text in ["", "Instant", "interval", "500", "manual", " instant"] {
			let error = text.parse::<Sealing>().unwrap_err();
			assert!(error.contains("neither `instant` nor `interval=MS`"), "{text}: {error}");
		}
		for text in ["interval=", "interval=0", "interval=-1", "interval=1.5", "interval=3600001"] {
			let error = text.parse::<Sealing>().unwrap_err();
			assert!(error.contains("milliseconds from 1 to 3600000"), "{text}: {error}");
		}
	}
}
