//! Following the chain for as long as the program runs, also past a node that goes away.

use std::time::Duration;

use crate::{
	chain::Chain,
	context::Context,
	error::{Error, Result},
};

/// The pause before the first attempt to reconnect; each next one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause between two attempts.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Does something with each new block.
pub trait Follower {
	/// Called with the number of each new best block. Numbers may be skipped, and come again after a
	/// reorganisation.
	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()>;
}

/// Shows `follower` each new block until Ctrl-C, or until something but the connection fails.
///
/// # Errors
/// Those of `follower`, but for an unreachable node.
pub async fn follow(context: &Context, chain: Chain, follower: &mut impl Follower) -> Result<()> {
	tokio::select! {
		ended = follow_on(context, chain, follower) => ended,
		_ = tokio::signal::ctrl_c() => Ok(()),
	}
}

async fn follow_on(
	context: &Context,
	mut chain: Chain,
	follower: &mut impl Follower,
) -> Result<()> {
	let mut pause = FIRST_PAUSE;
	loop {
		match follow_connection(&chain, follower, &mut pause).await {
			Err(Error::Unreachable(why)) => context.note(format!("{why} Trying again.")),
			ended => return ended,
		}
		chain = reconnect(context, &mut pause).await?;
		context.note("connected again");
	}
}

/// Follows the chain until the connection fails.
async fn follow_connection(
	chain: &Chain,
	follower: &mut impl Follower,
	pause: &mut Duration,
) -> Result<()> {
	let mut heads = chain.best_heads().await?;
	loop {
		let newest = heads.next().await?;
		follower.on_block(chain, newest).await?;
		*pause = FIRST_PAUSE;
	}
}

async fn reconnect(context: &Context, pause: &mut Duration) -> Result<Chain> {
	loop {
		tokio::time::sleep(*pause).await;
		*pause = LONGEST_PAUSE.min(pause.saturating_mul(2));
		match context.chain().await {
			Err(Error::Unreachable(why)) => {
				context.note(format!("{why} Trying again in {} seconds.", pause.as_secs()));
			}
			connected => return connected,
		}
	}
}
