//! Calls that others may be faster with.

use std::{future::Future, time::Duration};

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
const PATIENCE: u64 = 2;
/// How long is waited after the last block, in which a transaction may stand: it is found by several questions
/// to the node.
const GRACE: Duration = Duration::from_secs(1);
/// How many times as long it takes where its block has to be final.
pub const FINALITY: u64 = 4;

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
	let patience = patience(context.waits_for_finality());
	let others = async {
		let mut heads = chain.best_heads().await?;
		decided_by_others(async || heads.next().await.map(drop), patience, &decided).await
	};
	let sent = unless_late(context.send_unsigned(chain, call, Via::Proof), others).await;
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

/// How many blocks a call may take to be found where it is decided by it.
pub fn patience(finalised: bool) -> u64 {
	if finalised {
		PATIENCE * FINALITY
	} else {
		PATIENCE
	}
}

/// What comes of `sending`, unless it is too `late` for it before: `None` then.
///
/// # Errors
/// Those of whichever ends first.
pub async fn unless_late<T>(
	sending: impl Future<Output = Result<T>>,
	late: impl Future<Output = Result<()>>,
) -> Result<Option<T>> {
	tokio::select! {
		biased;
		sent = sending => sent.map(Some),
		late = late => late.map(|()| None),
	}
}

/// Waits for the last block, and then for as long as what stands in it takes to be found, but not past `end`.
///
/// # Errors
/// Those of `last` and `end`.
pub async fn with_grace(
	last: impl Future<Output = Result<()>>,
	end: impl Future<Output = Result<()>>,
) -> Result<()> {
	last.await?;
	tokio::select! {
		biased;
		ended = end => ended,
		() = tokio::time::sleep(GRACE) => Ok(()),
	}
}

/// Waits until it is decided, and was so in each of `patience` blocks more, and for as long as this very call
/// takes to be found in them: they may all be there at once.
async fn decided_by_others<F>(
	mut next_block: impl AsyncFnMut() -> Result<()>,
	patience: u64,
	decided: impl Fn() -> F,
) -> Result<()>
where
	F: Future<Output = Result<bool>>,
{
	loop {
		let mut since = 0;
		while since <= patience {
			next_block().await?;
			since = if decided().await? { since + 1 } else { 0 };
		}
		tokio::time::sleep(GRACE).await;
		if decided().await? {
			return Ok(());
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{cell::Cell, future::pending};

	/// What comes of `sending` where all blocks are there at once, and in how many it was looked whether it is
	/// decided: it is but at the looks `undecided`.
	async fn raced(
		sending: impl Future<Output = Result<u32>>,
		finalised: bool,
		undecided: &[u32],
	) -> (Result<Option<u32>>, u32) {
		let (blocks, looks) = (Cell::new(0), Cell::new(0));
		let next_block = async || {
			blocks.set(blocks.get() + 1);
			Ok(())
		};
		let decided = || {
			looks.set(looks.get() + 1);
			let decided = !undecided.contains(&looks.get());
			async move { Ok(decided) }
		};
		let others = decided_by_others(next_block, patience(finalised), decided);
		(unless_late(sending, others).await, blocks.get())
	}

	#[tokio::test]
	async fn a_call_that_stands_in_a_block_is_nobody_elses() {
		let found = async {
			for _ in 0..8 {
				tokio::task::yield_now().await;
			}
			Ok(5)
		};
		assert_eq!(raced(found, false, &[]).await.0.unwrap(), Some(5));
		let refused = async { Err(Error::refused("it is decided")) };
		assert_eq!(raced(refused, false, &[]).await.0.unwrap_err().exit_code(), 1);
	}

	#[tokio::test]
	async fn others_were_faster_where_it_stays_decided() {
		let (ended, blocks) = raced(pending(), false, &[]).await;
		assert_eq!((ended.unwrap(), blocks), (None, 3));
		let (ended, blocks) = raced(pending(), false, &[1, 3]).await;
		assert_eq!((ended.unwrap(), blocks), (None, 6), "in blocks that were left behind");
		let (ended, blocks) = raced(pending(), false, &[4]).await;
		assert_eq!((ended.unwrap(), blocks), (None, 6), "after the last of them");
		let (ended, blocks) = raced(pending(), true, &[]).await;
		assert_eq!(
			(ended.unwrap(), blocks),
			(None, 9),
			"this call's block may not be final sooner"
		);
	}
}
