//! Several calls in one transaction, so that none waits for another's block.

use std::future::{pending, Future};

use super::Watcher;
use crate::{
	chain::{
		calls,
		events::Event,
		tx::{Outcome, Via},
		Call, Chain,
	},
	commands::race::{unless_late, with_grace, FINALITY},
	context::Context,
	error::{Error, Result},
	keys::Signer,
};

/// Sends signed calls, several in one transaction, and gives what became of each, in their order. One that is
/// refused takes no other with it: an agent, whose batches are made as a whole or not at all, sends each by
/// itself then.
///
/// # Errors
/// As [`Context::send`], but for refusals.
pub async fn send_all(
	context: &Context,
	chain: &Chain,
	key: &Signer,
	calls: &[Call],
) -> Result<Vec<Result<Outcome>>> {
	if calls.len() > 1 {
		let mut encoded = Vec::new();
		for call in calls {
			encoded.push(chain.encode(call).await?);
		}
		let sent = match key.agent() {
			Some(_) => context.send(chain, &calls::batch_all(&encoded), key, Via::Pool).await,
			None => context.send(chain, &calls::force_batch(&encoded), key, Via::Pool).await,
		};
		match sent {
			Ok(outcome) => return each(chain, outcome, calls.len()).await,
			Err(Error::Refused { .. }) if key.agent().is_some() => {}
			Err(Error::Refused { name, message }) => {
				let refused = || Error::Refused { name: name.clone(), message: message.clone() };
				return Ok(calls.iter().map(|_| Err(refused())).collect());
			}
			Err(error) => return Err(error),
		}
	}
	let mut results = Vec::new();
	for call in calls {
		match context.send(chain, call, key, Via::Pool).await {
			Err(error) if !matches!(error, Error::Refused { .. }) => return Err(error),
			sent => results.push(sent),
		}
	}
	Ok(results)
}

/// The blocks for which a transaction is waited for before the watch goes on without it.
const PATIENCE: u64 = 4;
/// The same shortly after one was waited for in vain.
const LITTLE_PATIENCE: u64 = 2;
/// The blocks for which one that was waited for in vain is remembered.
const LATE_FOR: u64 = 16;

/// How many blocks a transaction is waited for in the block `now`, after one was left in the block `late`.
fn patience(now: u64, late: Option<u64>, finalised: bool) -> u64 {
	let is_late = late.is_some_and(|late| now <= late.saturating_add(LATE_FOR));
	let blocks = if is_late { LITTLE_PATIENCE } else { PATIENCE };
	blocks * if finalised { FINALITY } else { 1 }
}

impl Watcher<'_> {
	/// Waits a few blocks for what is being sent. `None` where that stands in none of them: it may still enter
	/// another, and nothing else is to wait for it. One look waits for all that it sends.
	pub(super) async fn in_time<T>(
		&self,
		sending: impl Future<Output = Result<T>>,
	) -> Result<Option<T>> {
		let now = self.chain.best().await?.number;
		let blocks = patience(now, self.late, self.context.waits_for_finality());
		self.in_blocks(now.saturating_add(blocks), sending).await
	}

	/// The same up to the block `until`.
	pub(super) async fn in_blocks<T>(
		&self,
		until: u64,
		sending: impl Future<Output = Result<T>>,
	) -> Result<Option<T>> {
		match self.once {
			true => sending.await.map(Some),
			false => {
				let late = with_grace(self.chain.wait_for_block(until), pending());
				unless_late(Box::pin(sending), late).await
			}
		}
	}

	/// The same also where there is only one look, and not past the block `end`.
	pub(super) async fn before_block<T>(
		&self,
		until: u64,
		end: u64,
		sending: impl Future<Output = Result<T>>,
	) -> Result<Option<T>> {
		let chain = &self.chain;
		let late = with_grace(chain.wait_for_block(until), chain.wait_for_block(end));
		unless_late(Box::pin(sending), late).await
	}

	/// Remembers that something was left on its way in the block `now`, and says so: `what` is done then.
	pub(super) fn left_late(&mut self, now: u64, what: String) {
		self.late = Some(now);
		self.context.note(format!(
			"{what} in a transaction that stands in no block yet; it is looked for again"
		));
	}
}

/// What became of each of the `count` calls of a batch.
async fn each(chain: &Chain, outcome: Outcome, count: usize) -> Result<Vec<Result<Outcome>>> {
	let Some(included) = outcome.included() else {
		return Ok((0..count).map(|_| Ok(outcome.clone())).collect());
	};
	let failed = failed(&included.events);
	let mut refused = match failed.contains(&true) {
		true => chain.refused_in(included).await?.into_iter(),
		false => Vec::new().into_iter(),
	};
	let mut results = Vec::new();
	for place in 0..count {
		let error = match failed.get(place) {
			Some(true) => refused.next(),
			_ => None,
		};
		results.push(error.map_or_else(|| Ok(outcome.clone()), Err));
	}
	Ok(results)
}

/// Which calls of a batch failed. None did where all had to succeed.
fn failed(events: &[Event]) -> Vec<bool> {
	let ended = events
		.iter()
		.filter(|event| event.is("Utility", "ItemCompleted") || event.is("Utility", "ItemFailed"));
	ended.map(|event| event.name == "ItemFailed").collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::Map;

	#[tokio::test]
	async fn a_transaction_that_enters_no_block_is_left_and_one_that_does_is_not() {
		let never = || std::future::pending::<Result<()>>();
		assert_eq!(unless_late(never(), async { Ok(()) }).await.unwrap(), None);
		assert_eq!(unless_late(async { Ok(5) }, never()).await.unwrap(), Some(5));
		assert_eq!(unless_late(async { Ok(5) }, async { Ok(()) }).await.unwrap(), Some(5));
		let gone = async { Err(Error::Unreachable("gone".into())) };
		assert_eq!(unless_late(never(), gone).await.unwrap_err().exit_code(), 3);
	}

	/// Where the last block is there, and `end` is what must not be waited past.
	async fn after_the_last_block(
		sending: impl Future<Output = Result<u32>>,
		end: impl Future<Output = Result<()>>,
	) -> Result<Option<u32>> {
		unless_late(sending, with_grace(async { Ok(()) }, end)).await
	}

	#[tokio::test]
	async fn the_last_block_is_looked_through_before_its_transaction_is_left() {
		let found = async {
			for _ in 0..8 {
				tokio::task::yield_now().await;
			}
			Ok(5)
		};
		assert_eq!(after_the_last_block(found, pending()).await.unwrap(), Some(5));
		assert_eq!(after_the_last_block(pending(), pending()).await.unwrap(), None);
	}

	#[tokio::test]
	async fn looking_through_the_last_block_has_an_end() {
		let gone = async { Err(Error::Unreachable("gone".into())) };
		let ended = after_the_last_block(pending(), gone).await;
		assert_eq!(ended.unwrap_err().exit_code(), 3, "the end comes before the time is over");
	}

	#[test]
	fn less_is_waited_for_after_something_was_late() {
		assert_eq!(patience(100, None, false), PATIENCE);
		assert_eq!(patience(100, Some(100 - LATE_FOR), false), LITTLE_PATIENCE);
		assert_eq!(patience(100, Some(99 - LATE_FOR), false), PATIENCE);
		assert_eq!(patience(100, Some(99), true), LITTLE_PATIENCE * FINALITY);
	}

	#[test]
	fn what_failed_of_a_batch_is_told_from_the_rest() {
		let event = |pallet: &str, name: &str| Event {
			pallet: pallet.into(),
			name: name.into(),
			fields: Map::new(),
		};
		let events = [
			event("Availability", "Enforced"),
			event("Utility", "ItemCompleted"),
			event("Utility", "ItemFailed"),
			event("Availability", "Lapsed"),
			event("Utility", "ItemCompleted"),
			event("Utility", "BatchCompletedWithErrors"),
		];
		assert_eq!(failed(&events), [false, true, false]);
	}
}
