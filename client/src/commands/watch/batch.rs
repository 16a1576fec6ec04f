//! Several calls in one transaction, so that none waits for another's block.

use crate::{
	chain::{
		calls,
		events::Event,
		tx::{Outcome, Via},
		Call, Chain,
	},
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
