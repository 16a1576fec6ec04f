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

use std::{
	sync::Arc,
	time::{Duration, Instant},
};

use subxt::{
	backend::LegacyBackend,
	config::RpcConfigFor,
	rpcs::{methods::legacy::LegacyRpcMethods, RpcClient},
	utils::H256,
	OnlineClient, OnlineClientAtBlock, SubstrateConfig,
};

pub use call::Call;

use crate::error::{from_subxt, Error, Result};

/// How long one attempt to connect may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The attempts to connect, where each uses up its time.
const CONNECT_ATTEMPTS: u32 = 3;

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
	/// Where `url` is no WebSocket address, or nobody answers there in three attempts of ten seconds. One
	/// that fails sooner is the only one.
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
		let connect = async || {
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
		let connected = attempt(CONNECT_TIMEOUT, connect).await;
		connected.unwrap_or_else(|| {
			let seconds = CONNECT_TIMEOUT.as_secs();
			Err(unreachable(format!(
				"it did not answer in {CONNECT_ATTEMPTS} attempts of {seconds} seconds"
			)))
		})
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

/// What comes of the first attempt that does not use up its `time`; where each does, what the last of them that
/// ended says. A machine that stands still may use it up
/// where a node answers.
async fn attempt<T>(
	time: Duration,
	mut connect: impl AsyncFnMut() -> Result<T>,
) -> Option<Result<T>> {
	let mut last = None;
	for _ in 0..CONNECT_ATTEMPTS {
		let since = Instant::now();
		match tokio::time::timeout(time, connect()).await {
			// The transport's own limit is the same.
			Ok(Err(error)) if since.elapsed() >= time => last = Some(Err(error)),
			Ok(ended) => return Some(ended),
			Err(_) => {}
		}
	}
	last
}

#[cfg(test)]
mod tests {
	use super::*;

	const TIME: Duration = Duration::from_millis(100);

	/// How often it is attempted where `ends` says how each attempt goes, and what comes of it.
	async fn attempted(ends: impl AsyncFn(u32) -> Result<u32>) -> (u32, Option<Result<u32>>) {
		let mut attempts = 0;
		let ended = attempt(TIME, async || {
			attempts += 1;
			ends(attempts).await
		});
		let ended = ended.await;
		(attempts, ended)
	}

	#[tokio::test]
	async fn a_connection_that_is_refused_is_not_attempted_again() {
		let (attempts, ended) = attempted(async |_| Err(Error::usage("refused"))).await;
		assert_eq!(attempts, 1);
		assert_eq!(ended.unwrap().unwrap_err().to_string(), "refused");
	}

	#[tokio::test]
	async fn an_attempt_that_uses_up_its_time_is_made_again() {
		let (attempts, ended) = attempted(async |attempt| match attempt {
			1 => std::future::pending().await,
			2 => {
				std::thread::sleep(TIME);
				Err(Error::usage("the transport's limit"))
			}
			last => Ok(last),
		})
		.await;
		assert_eq!((attempts, ended.unwrap().unwrap()), (3, 3));
	}

	#[tokio::test]
	async fn a_node_that_never_answers_is_given_up() {
		let (attempts, ended) = attempted(async |_| std::future::pending().await).await;
		assert_eq!(attempts, CONNECT_ATTEMPTS);
		assert!(ended.is_none());

		let (attempts, ended) = attempted(async |_| {
			std::thread::sleep(TIME);
			Err(Error::usage("the transport's limit"))
		})
		.await;
		assert_eq!(attempts, CONNECT_ATTEMPTS);
		assert_eq!(ended.unwrap().unwrap_err().to_string(), "the transport's limit");
	}
}
