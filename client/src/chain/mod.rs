//! The chain: a connection, typed questions, and transactions.

pub mod agents;
mod answers;
mod blocks;
mod call;
pub mod calls;
pub mod events;
pub mod market;
mod open_reports;
mod refusal;
pub mod rpc;
pub mod tx;
pub mod written;

use std::{sync::Arc, time::Duration};

use subxt::{
	backend::LegacyBackend,
	config::RpcConfigFor,
	rpcs::{methods::legacy::LegacyRpcMethods, RpcClient},
	utils::H256,
	OnlineClient, OnlineClientAtBlock, SubstrateConfig,
};

pub use call::Call;

use crate::error::{from_subxt, Error, Result};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection to a node.
///
/// It speaks the classic JSON-RPC methods (`chain_`, `state_`, `author_`, `system_`) and `attribution_`,
/// all of which answer for the best block, where the newer `chainHead_` methods answer for the
/// finalised one: a command that follows on another must see what that one did.
#[derive(Clone)]
pub struct Chain {
	rpc: RpcClient,
	legacy: LegacyRpcMethods<RpcConfigFor<SubstrateConfig>>,
	client: OnlineClient<SubstrateConfig>,
}

/// A block by number and hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockId {
	/// Its number.
	pub number: u64,
	/// Its hash.
	pub hash: H256,
}

impl Chain {
	/// Connects to the node at `url`.
	///
	/// # Errors
	/// Where `url` is no WebSocket address, or nobody answers there within ten seconds.
	pub async fn connect(url: &str) -> Result<Self> {
		if !url.starts_with("ws://") && !url.starts_with("wss://") {
			return Err(Error::usage(format!(
				"`{url}` is no WebSocket address: write ws://HOST:PORT"
			)));
		}
		let unreachable = |why: String| {
			// Each layer of the client repeats these words.
			let why = why.replace("RPC error: ", "").replace("client error: ", "");
			Error::Unreachable(format!(
				"no node answers at {url}: {why}. Start one, or name another with --url or TRIBUTARY_URL."
			))
		};
		let connecting = async {
			let rpc = RpcClient::from_insecure_url(url)
				.await
				.map_err(|error| unreachable(error.to_string()))?;
			let backend = Arc::new(LegacyBackend::builder().build(rpc.clone()));
			let client =
				OnlineClient::from_backend_with_config(SubstrateConfig::builder().build(), backend)
					.await
					.map_err(|error| unreachable(error.to_string()))?;
			Ok(Self { legacy: LegacyRpcMethods::new(rpc.clone()), rpc, client })
		};
		match tokio::time::timeout(CONNECT_TIMEOUT, connecting).await {
			Ok(connected) => connected,
			Err(_) => Err(unreachable("it did not answer within 10 seconds".into())),
		}
	}

	/// The hash of the chain's first block.
	pub fn genesis(&self) -> H256 {
		self.client.genesis_hash()
	}

	/// The best block.
	///
	/// # Errors
	/// Where the node does not answer.
	pub async fn best(&self) -> Result<BlockId> {
		let hash = self.legacy.chain_get_block_hash(None).await?.unwrap_or_default();
		self.block_id(hash).await
	}

	/// The newest final block.
	///
	/// # Errors
	/// Where the node does not answer.
	pub async fn finalised(&self) -> Result<BlockId> {
		let hash = self.legacy.chain_get_finalized_head().await?;
		self.block_id(hash).await
	}

	async fn block_id(&self, hash: H256) -> Result<BlockId> {
		let header = self.legacy.chain_get_header(Some(hash)).await?;
		let number = header.map(|header| header.number).unwrap_or_default();
		Ok(BlockId { number, hash })
	}

	/// The state and metadata of a block.
	///
	/// # Errors
	/// Where the node does not answer, or does not know the block.
	pub async fn at(&self, hash: H256) -> Result<OnlineClientAtBlock<SubstrateConfig>> {
		self.client.at_block(hash).await.map_err(from_subxt)
	}

	/// The hash of the block `number` of the best chain.
	///
	/// # Errors
	/// Where the node does not answer, or there is no such block yet.
	pub async fn hash_of(&self, number: u64) -> Result<H256> {
		self.legacy
			.chain_get_block_hash(Some(number.into()))
			.await?
			.ok_or_else(|| Error::refused(format!("the chain has no block {number}")))
	}
}
