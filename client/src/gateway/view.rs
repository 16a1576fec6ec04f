//! What a gateway and a payer ask the chain.

use std::{future::Future, sync::Arc};

use subxt::utils::AccountId32;
use tokio::sync::RwLock;
use tributary_primitives::{ids::ChannelId, views::ChannelView};

use crate::{chain::Chain, error::Result};

/// The chain, as far as channels go.
pub trait ChannelSource: Send + Sync + 'static {
	/// The number of the best block, and the channel in its state; `None` where there is none.
	///
	/// # Errors
	/// Where the node does not answer.
	fn channel(
		&self,
		id: ChannelId,
	) -> impl Future<Output = Result<(u64, Option<ChannelView<AccountId32>>)>> + Send;
}

impl ChannelSource for Chain {
	async fn channel(&self, id: ChannelId) -> Result<(u64, Option<ChannelView<AccountId32>>)> {
		let best = self.best().await?.number;
		Ok((best, self.find_channel(id).await?))
	}
}

/// A connection that is replaced when it was lost.
#[derive(Clone)]
pub struct SharedChain(Arc<RwLock<Chain>>);

impl SharedChain {
	/// Shares a connection.
	pub fn new(chain: Chain) -> Self {
		Self(Arc::new(RwLock::new(chain)))
	}

	/// Replaces it.
	pub async fn replace(&self, chain: &Chain) {
		*self.0.write().await = chain.clone();
	}

	/// The connection of now.
	pub async fn get(&self) -> Chain {
		self.0.read().await.clone()
	}
}

impl ChannelSource for SharedChain {
	async fn channel(&self, id: ChannelId) -> Result<(u64, Option<ChannelView<AccountId32>>)> {
		let chain = self.get().await;
		ChannelSource::channel(&chain, id).await
	}
}
