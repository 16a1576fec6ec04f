//! Calls that others may be faster with.

use std::future::Future;

use crate::{
	chain::{
		tx::{Outcome, Via},
		Call, Chain,
	},
	context::Context,
	error::{Error, Result},
};

/// Blocks that are waited for after somebody else seems to have been faster: it may have been this very
/// call.
const PATIENCE: u32 = 2;

/// Sends a call that nobody signs, unless somebody else was faster with the same: `decided` says whether
/// what the call is about is decided. `None` where it was not by this call.
///
/// # Errors
/// As [`Context::send_unsigned`].
pub async fn send_unless_decided<F>(
	context: &Context,
	chain: &Chain,
	call: &Call,
	decided: impl Fn() -> F,
) -> Result<Option<Outcome>>
where
	F: Future<Output = Result<bool>>,
{
	let others = async {
		let mut heads = chain.best_heads().await?;
		let mut since = 0;
		while since <= PATIENCE {
			heads.next().await?;
			since = if decided().await? { since + 1 } else { 0 };
		}
		Ok(None)
	};
	let sent = tokio::select! {
		biased;
		sent = context.send_unsigned(chain, call, Via::Proof) => sent.map(Some),
		others = others => others,
	};
	let Err(Error::Refused { .. }) = &sent else { return sent };
	// Somebody else's call may wait in the pool, where it keeps this one out.
	let mut heads = chain.best_heads().await?;
	for _ in 0..PATIENCE {
		if decided().await? {
			return Ok(None);
		}
		heads.next().await?;
	}
	if decided().await? {
		return Ok(None);
	}
	sent
}
