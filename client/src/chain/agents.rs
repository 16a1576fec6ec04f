//! Agents: what the chain says of them, what they did block by block, and why an act was stopped.

use std::collections::BTreeMap;

use codec::Decode;
use futures::{stream, StreamExt, TryStreamExt};
use subxt::{
	events::Phase,
	ext::scale_value::{At, Value, ValueDef},
	rpcs::rpc_params,
	utils::{AccountId32, H256},
};
use tributary_primitives::{
	agent::{
		Act, Breach, CallIndex, Currency, Head, Outcome as Ended, MAX_CALLS_OF_ACT, MAX_FLOWS,
	},
	ids::AgentId,
	views::{AgentView, HistoryView, MandateView, Page, PayerView, ReputationView, MAX_PAGE},
};

use super::{refusal, tx::Included, written::Names, BlockId, Chain};
use crate::{
	amount::Amount,
	error::{from_subxt, Error, Result},
};

/// Blocks that are asked for at a time.
const AT_ONCE: usize = 32;
/// Blocks that are left out together where nothing happened in them.
const STRETCH: u64 = 64;

/// An act, as its event has it.
#[derive(Debug)]
pub struct Acted {
	/// Whose act.
	pub agent: AgentId,
	/// The act.
	pub act: Act,
	/// The head of the history after it.
	pub head: Head,
	/// Why its call failed, if it did.
	pub error: Option<Error>,
}

impl Chain {
	/// An agent.
	///
	/// # Errors
	/// Where there is none of that id, or as [`Chain::ask`]; so with everything below.
	pub async fn agent(&self, id: AgentId) -> Result<AgentView<AccountId32>> {
		let found: Option<_> = self.ask("attribution_agent", rpc_params![id]).await?;
		found.ok_or_else(|| missing(id))
	}

	/// All agents.
	pub async fn agents(&self) -> Result<Vec<AgentView<AccountId32>>> {
		let mut all = Vec::new();
		let mut from = Some(0);
		while let Some(cursor) = from {
			let page: Page<_, AgentId> =
				self.ask("attribution_agents", rpc_params![cursor, MAX_PAGE]).await?;
			all.extend(page.items);
			from = page.next;
		}
		Ok(all)
	}

	/// What an agent may do; `None` where it has no mandate.
	pub async fn mandate(&self, id: AgentId) -> Result<Option<MandateView<AccountId32>>> {
		self.ask("attribution_agentMandate", rpc_params![id]).await
	}

	/// The reputation of an agent, with the parts of all payers.
	pub async fn reputation(
		&self,
		id: AgentId,
	) -> Result<(ReputationView<AccountId32>, Vec<PayerView<AccountId32>>)> {
		let mut all = Vec::new();
		let mut from: Option<AccountId32> = None;
		loop {
			let params = rpc_params![id, from, MAX_PAGE];
			let found: Option<ReputationView<_>> =
				self.ask("attribution_agentReputation", params).await?;
			let mut found = found.ok_or_else(|| missing(id))?;
			all.append(&mut found.parts.items);
			match found.parts.next {
				Some(next) => from = Some(next),
				None => return Ok((found, all)),
			}
		}
	}

	/// The head and the length of an agent's history in the state of a block; `None` where there was no
	/// such agent.
	pub async fn history_at(&self, id: AgentId, block: H256) -> Result<Option<HistoryView>> {
		self.ask("attribution_agentHistory", rpc_params![id, block]).await
	}

	/// The number of an account's next transaction in the state of a block.
	pub async fn nonce(&self, account: &AccountId32, block: BlockId) -> Result<u64> {
		let at = self.at(block.hash).await?;
		let address = subxt::dynamic::storage::<Vec<Value>, Value>("System", "Account");
		let key = vec![Value::from_bytes(account.0)];
		let found = at.storage().try_fetch(address, key).await.map_err(from_subxt)?;
		let found: Option<Value> =
			found.map(|found| found.decode().map_err(from_subxt)).transpose()?;
		let nonce = found.and_then(|found| found.at("nonce")?.as_u128());
		Ok(nonce.and_then(|nonce| u64::try_from(nonce).ok()).unwrap_or_default())
	}

	/// A constant of the best block's runtime that is a whole number.
	pub async fn constant(&self, pallet: &str, name: &str) -> Result<u128> {
		let at = self.at(self.best().await?.hash).await?;
		let address = subxt::dynamic::constant::<Value>(pallet, name);
		let value = at.constants().entry(address).map_err(from_subxt)?;
		number_of(&value)
			.ok_or_else(|| Error::refused(format!("the runtime's {pallet}.{name} is no number")))
	}

	/// The milliseconds that a block is meant to take.
	pub async fn block_time(&self) -> Result<u64> {
		let time = self.constant("Babe", "ExpectedBlockTime").await?;
		Ok(u64::try_from(time).unwrap_or(u64::MAX))
	}

	/// All acts of an agent in the blocks from `first` to `last` of the best chain, in order.
	///
	/// # Errors
	/// Where the node does not answer, or refuses because it lacks a block or its state.
	pub async fn acts(&self, id: AgentId, first: u64, last: u64) -> Result<Vec<Acted>> {
		let mut all = Vec::new();
		let mut next = first.max(1);
		while next <= last {
			// A few stretches at a time, so that little waits for what comes first.
			let end = last.min(next.saturating_add(STRETCH * AT_ONCE as u64 - 1));
			let busy = self.busy(id, next, end).await?;
			let mut blocks = stream::iter(busy)
				.map(|number| async move {
					let hash = self.hash_of(number).await?;
					match self.acts_of_block(hash, None, Some(id)).await {
						Err(error @ Error::Unreachable(_)) => {
							// Reading events, a state that is gone looks like a node that is.
							self.history_at(id, hash).await?;
							Err(error)
						}
						read => read,
					}
				})
				.buffered(AT_ONCE);
			while let Some(acts) = blocks.try_next().await? {
				all.extend(acts);
			}
			next = end.saturating_add(1);
		}
		Ok(all)
	}

	/// The blocks from `first` to `last`, but for stretches in which the history did not grow.
	async fn busy(&self, id: AgentId, first: u64, last: u64) -> Result<Vec<u64>> {
		let mut ends: Vec<u64> = vec![first.saturating_sub(1)];
		while let Some(end) = ends.last().copied().filter(|end| *end < last) {
			ends.push(last.min(end.saturating_add(STRETCH)));
		}
		let lengths: Vec<Option<u64>> = stream::iter(ends.clone())
			.map(|number| async move {
				let block = self.hash_of(number).await?;
				match self.history_at(id, block).await {
					Ok(history) => Ok(Some(history.map_or(0, |history| history.length))),
					// The state may be gone, as that of the block before the first one that is kept.
					Err(Error::Refused { .. }) => Ok(None),
					Err(error) => Err(error),
				}
			})
			.buffered(AT_ONCE)
			.try_collect()
			.await?;
		let stretches = ends.windows(2).zip(lengths.windows(2));
		let grown = stretches.filter_map(|(ends, lengths)| match (ends, lengths) {
			([_, _], [Some(was), Some(is)]) if was == is => None,
			([before, end], _) => Some(before.saturating_add(1)..=*end),
			_ => None,
		});
		Ok(grown.flatten().collect())
	}

	/// The acts in a block: of one extrinsic or all, of one agent or all.
	///
	/// # Errors
	/// Where the node lacks the block's state, or its metadata does not fit.
	pub async fn acts_of_block(
		&self,
		hash: H256,
		extrinsic: Option<u32>,
		agent: Option<AgentId>,
	) -> Result<Vec<Acted>> {
		let at = self.at(hash).await?;
		let events = at.events().fetch().await.map_err(from_subxt)?;
		let mut acts: Vec<Acted> = Vec::new();
		let mut failed = BTreeMap::new();
		for event in events.iter() {
			let event = event.map_err(from_subxt)?;
			let wanted =
				extrinsic.is_none_or(|index| event.phase() == Phase::ApplyExtrinsic(index));
			if !wanted || event.pallet_name() != "Agents" {
				continue;
			}
			let mut bytes = event.field_bytes();
			match event.event_name() {
				"Acted" => {
					let (agent, act, head) = Decode::decode(&mut bytes).map_err(misfit)?;
					acts.push(Acted { agent, act, head, error: None });
				}
				"ActFailed" => {
					// Its number among the calls of the act stands before the error.
					let (agent, index, _): (AgentId, u64, u32) =
						Decode::decode(&mut bytes).map_err(misfit)?;
					let error = refusal::dispatch_error(bytes, &at.metadata());
					failed.insert((agent, index), error);
				}
				_ => {}
			}
		}
		acts.retain(|acted| agent.is_none_or(|agent| acted.agent == agent));
		for acted in &mut acts {
			acted.error = failed.remove(&(acted.agent, acted.act.index));
		}
		Ok(acts)
	}

	/// The acts of an agent in a transaction.
	///
	/// # Errors
	/// As [`Chain::acts_of_block`].
	pub async fn acts_of(&self, tx: &Included, agent: AgentId) -> Result<Vec<Acted>> {
		self.acts_of_block(tx.block.hash, Some(tx.index), Some(agent)).await
	}

	/// Why calls of a batch in a transaction were refused that goes on after such calls, in order.
	///
	/// # Errors
	/// As [`Chain::acts_of_block`].
	pub async fn refused_in(&self, tx: &Included) -> Result<Vec<Error>> {
		let at = self.at(tx.block.hash).await?;
		let events = at.events().fetch().await.map_err(from_subxt)?;
		let mut refused = Vec::new();
		for event in events.iter() {
			let event = event.map_err(from_subxt)?;
			let ours = event.phase() == Phase::ApplyExtrinsic(tx.index);
			if ours && (event.pallet_name(), event.event_name()) == ("Utility", "ItemFailed") {
				refused.push(refusal::dispatch_error(event.field_bytes(), &at.metadata()));
			}
		}
		Ok(refused)
	}

	/// Checks that the acts of an agent in a transaction were done.
	///
	/// # Errors
	/// Why one was not.
	pub(super) async fn judge(&self, agent: AgentId, tx: &Included) -> Result<()> {
		let names = Names::new(self.at(tx.block.hash).await?.metadata());
		let acts = self.acts_of(tx, agent).await?;
		acts.into_iter().try_for_each(|acted| verdict(acted, &names))
	}

	/// Checks what a mandate says of a call before it is tried: an act that breaches it is no error to the
	/// chain, which records it.
	///
	/// # Errors
	/// Where the mandate does not allow the call, or not any more.
	pub async fn foresee(&self, agent: AgentId, call: &[u8], best: BlockId) -> Result<()> {
		let Some(mandate) = self.mandate(agent).await? else { return Ok(()) };
		let names = Names::new(self.at(best.hash).await?.metadata());
		let [pallet, index, ..] = *call else { return Ok(()) };
		let index = CallIndex { pallet, call: index };
		let breach = if best.number >= u64::from(mandate.expires_at) {
			Breach::Expired
		} else if !mandate.calls.contains(&index) {
			Breach::NotAllowed(index)
		} else {
			return Ok(());
		};
		Err(breached(format!("the mandate of agent {agent} would stop this"), &breach, &names))
	}
}

/// Whether an act was done.
///
/// # Errors
/// Why it was not.
pub fn verdict(acted: Acted, names: &Names) -> Result<()> {
	let Acted { agent, act, error, .. } = acted;
	let number = act.index;
	match act.outcome {
		Ended::Done => Ok(()),
		Ended::Breached(breach) => Err(breached(
			format!("the mandate of agent {agent} stopped act {number}"),
			&breach,
			names,
		)),
		Ended::Failed => {
			let name = error.as_ref().and_then(Error::name).map(str::to_owned);
			let why = error.map_or_else(|| "its call failed".to_owned(), |error| error.to_string());
			Err(Error::Refused {
				name,
				message: format!("act {number} of agent {agent} failed: {why}"),
			})
		}
	}
}

fn breached(what: String, breach: &Breach, names: &Names) -> Error {
	Error::Refused {
		name: Some("Agents::Breached".into()),
		message: format!("{what}: {}", limit(breach, |call| names.name(*call))),
	}
}

/// Which limit of a mandate an act would have passed.
pub fn limit(breach: &Breach, name: impl Fn(&CallIndex) -> String) -> String {
	match breach {
		Breach::Expired => {
			"it has expired. The owner gives the agent another one with `agent set-mandate`.".into()
		}
		Breach::NotAllowed(call) => format!(
			"it does not allow {}. The owner changes it with `agent set-mandate`.",
			name(call)
		),
		Breach::NotDelegable(call) => format!(
			"no agent may make {}, or not so: it would give rights away, or value that is not measured.",
			name(call)
		),
		Breach::TooManyCalls => format!(
			"an act has at most {MAX_CALLS_OF_ACT} calls, those that nest others included. Make two of it."
		),
		Breach::TooManyCurrencies => {
			format!("an act touches at most {MAX_FLOWS} currencies. Make two of it.")
		}
		Breach::Counterparty(call) => {
			format!("the other side of {} is none of the counterparties that it names.", name(call))
		}
		Breach::CallBudget { currency, spent, budget } => format!(
			"one call would have spent {}, and may spend {}.",
			amount(currency, *spent),
			amount(currency, *budget)
		),
		Breach::WindowBudget { currency, spent, budget } => format!(
			"{} would have been spent within its window, and {} may be.",
			amount(currency, *spent),
			amount(currency, *budget)
		),
		Breach::TitleLost => "the agent's own title would have changed hands.".into(),
	}
}

/// An amount of a currency, in TRIB or in units of the asset.
pub fn amount(currency: &Currency, amount: u128) -> String {
	match currency {
		Currency::Native => Amount(amount).to_string(),
		Currency::Asset(asset) => format!("{amount} of asset {asset}"),
	}
}

/// A whole number, however many newtypes stand around it.
fn number_of(value: &Value) -> Option<u128> {
	match &value.value {
		ValueDef::Composite(inner) if inner.len() == 1 => inner.values().next().and_then(number_of),
		_ => value.as_u128(),
	}
}

fn missing(id: AgentId) -> Error {
	Error::refused(format!("there is no agent {id} on the chain. Check the number."))
}

fn misfit(error: codec::Error) -> Error {
	Error::refused(format!(
		"the runtime's events of agents are others than this program knows: {error}. Use the program of \
		 the node's release."
	))
}

#[cfg(test)]
mod tests {
	use super::*;

	const CALL: CallIndex = CallIndex { pallet: 5, call: 3 };

	#[test]
	fn a_number_is_found_in_its_newtypes() {
		let permill = Value::unnamed_composite([Value::u128(3_000)]);
		assert_eq!(number_of(&Value::u128(7)), Some(7));
		assert_eq!(number_of(&Value::unnamed_composite([permill])), Some(3_000));
		assert_eq!(number_of(&Value::string("7")), None);
		assert_eq!(number_of(&Value::unnamed_composite([Value::u128(1), Value::u128(2)])), None);
	}

	#[test]
	fn a_breach_is_told_with_its_limit_in_amounts() {
		let text = |breach: Breach| limit(&breach, |call| format!("{}.{}", call.pallet, call.call));
		let native = Currency::Native;
		let call = Breach::CallBudget {
			currency: native,
			spent: 2_500_000_000_000,
			budget: 1_000_000_000_000,
		};
		assert_eq!(text(call), "one call would have spent 2.5 TRIB, and may spend 1 TRIB.");
		let window = Breach::WindowBudget { currency: Currency::Asset(7), spent: 12, budget: 10 };
		assert_eq!(
			text(window),
			"12 of asset 7 would have been spent within its window, and 10 of asset 7 may be."
		);
		for breach in
			[Breach::NotAllowed(CALL), Breach::NotDelegable(CALL), Breach::Counterparty(CALL)]
		{
			assert!(text(breach).contains("5.3"));
		}
		for breach in [Breach::Expired, Breach::TooManyCalls, Breach::TitleLost] {
			assert!(!text(breach).is_empty());
		}
	}
}
