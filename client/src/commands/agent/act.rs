//! `agent act`: calls in the name of an agent, one or many.

use std::{io::Read, path::Path, process::ExitCode};

use serde_json::{json, Value as Json};
use tributary_primitives::{agent::Outcome as Ended, ids::AgentId};

use crate::{
	amount::Amount,
	chain::{
		agents::{verdict, Acted},
		calls,
		tx::{Included, Outcome, Via},
		written::Names,
		Call, Chain,
	},
	cli::AgentAct,
	commands::checked,
	context::{Answer, Context},
	error::{Error, Result},
	files::read,
	keys::Signer,
};

/// A call of the chain that holds others, as one of a batch.
struct Wrapper(Vec<u8>);

pub async fn run(context: &Context, arguments: AgentAct) -> Result<ExitCode> {
	let AgentAct { id, call, calls, at_once } = arguments;
	let chain = context.chain().await?;
	let names = chain.names().await?;
	// The acts are named here, whatever --agent says.
	let operator = Signer::new(context.key()?.pair().clone(), None);
	match (call, calls) {
		(Some(call), _) => {
			let bytes = names.encode(&parse(&call, "the call")?)?;
			let outcome = one(context, &chain, &operator, id, bytes).await?;
			context.print(&outcome);
			Ok(ExitCode::SUCCESS)
		}
		(None, path) => {
			let text = lines(path.as_deref().unwrap_or(Path::new("-")))?;
			let mut encoded = Vec::new();
			for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
				let place = format!("line {}", at + 1);
				let call = parse(line, &place)?;
				let call = names.encode(&call);
				encoded.push(call.map_err(|error| Error::usage(format!("{place}: {error}")))?);
			}
			let many = Many { context, chain: &chain, operator, id, names };
			many.send(&encoded, usize::from(at_once)).await
		}
	}
}

async fn one(
	context: &Context,
	chain: &Chain,
	operator: &Signer,
	id: AgentId,
	bytes: Vec<u8>,
) -> Result<Answer> {
	if context.dry_run() {
		chain.foresee(id, &bytes, chain.best().await?).await?;
	}
	let outcome = context.send(chain, &calls::act(id, bytes), operator, Via::Pool).await?;
	let Some(included) = outcome.included() else {
		return Ok(Answer::new(outcome.to_json(), checked(&outcome)));
	};
	let mut text = String::new();
	for acted in chain.acts_of(included, id).await? {
		let index = acted.act.index;
		verdict(acted, &chain.names().await?)?;
		text = format!("act {index} of agent {id} is done (block {})", included.block.number);
	}
	Ok(Answer::new(outcome.to_json(), text))
}

struct Many<'a> {
	context: &'a Context,
	chain: &'a Chain,
	operator: Signer,
	id: AgentId,
	names: Names,
}

/// What became of many acts.
#[derive(Default)]
struct Tally {
	done: usize,
	failed: usize,
	breached: usize,
	/// Those of which there is no record: no act could be made.
	refused: usize,
	transactions: usize,
	fee: u128,
	blocks: Option<(u64, u64)>,
	/// Why the first that was not done was not.
	first: Option<String>,
}

impl Many<'_> {
	async fn send(&self, encoded: &[Vec<u8>], at_once: usize) -> Result<ExitCode> {
		let Some(first) = encoded.first() else {
			return Err(Error::usage("there is no call in the file"));
		};
		let wrapper = Wrapper::new(self.chain, self.id, first).await?;
		let mut tally = Tally::default();
		let bar = self.context.progress("acting", encoded.len());
		for calls in encoded.chunks(at_once) {
			let acts: Vec<_> = calls.iter().map(|call| wrapper.act(call)).collect();
			let batch = calls::force_batch(&acts);
			match self.send_batch(&batch).await {
				Ok(Some(included)) => self.count(&included, &mut tally).await?,
				Ok(None) => return Ok(ExitCode::SUCCESS),
				Err(error) => {
					let recorded = tally.recorded();
					self.context
						.note(format!("{recorded} acts of {} were recorded", encoded.len()));
					return Err(error);
				}
			}
			bar.inc(calls.len() as u64);
			if tally.refused > 0 {
				// It has no record because the agent may not act: so it is with those that follow.
				break;
			}
		}
		bar.finish_and_clear();
		self.context.print(&tally.answer(self.id));
		let all = tally.done == encoded.len();
		Ok(if all { ExitCode::SUCCESS } else { ExitCode::FAILURE })
	}

	/// Sends a batch. `None` after a dry run, which looks at the first alone.
	async fn send_batch(&self, batch: &Call) -> Result<Option<Included>> {
		let outcome = self.context.send(self.chain, batch, &self.operator, Via::Pool).await?;
		Ok(match outcome {
			Outcome::Included(included) => Some(included),
			Outcome::Checked { .. } => {
				self.context.print(&Answer::new(outcome.to_json(), checked(&outcome)));
				None
			}
		})
	}

	async fn count(&self, included: &Included, tally: &mut Tally) -> Result<()> {
		tally.transactions += 1;
		tally.fee = tally.fee.saturating_add(included.fee);
		let number = included.block.number;
		tally.blocks = Some((tally.blocks.map_or(number, |(first, _)| first), number));
		let acts = self.chain.acts_of(included, self.id).await?;
		tally.add(acts, &self.chain.refused_in(included).await?, &self.names);
		Ok(())
	}
}

impl Tally {
	/// The acts that stand in the history.
	fn recorded(&self) -> usize {
		self.done + self.failed + self.breached
	}

	/// Adds the acts of a transaction, and why those were refused that are on no record.
	fn add(&mut self, acts: Vec<Acted>, refused: &[Error], names: &Names) {
		for acted in acts {
			match acted.act.outcome {
				Ended::Done => self.done += 1,
				Ended::Failed => self.failed += 1,
				Ended::Breached(_) => self.breached += 1,
			}
			if let Err(error) = verdict(acted, names) {
				self.first.get_or_insert_with(|| error.to_string());
			}
		}
		self.refused += refused.len();
		if let Some(error) = refused.first() {
			self.first.get_or_insert_with(|| error.to_string());
		}
	}

	fn answer(&self, id: AgentId) -> Answer {
		let (first, last) = self.blocks.unwrap_or_default();
		let json = json!({
			"agent": id,
			"acts": self.recorded(),
			"done": self.done,
			"failed": self.failed,
			"breached": self.breached,
			"refused": self.refused,
			"transactions": self.transactions,
			"fee": self.fee.to_string(),
			"blocks": [first, last],
			"reason": self.first,
		});
		let mut text = format!(
			"agent {id}: {} acts done, {} failed, {} stopped by its mandate, in {} transactions of the \
			 blocks {first} to {last}, for {}",
			self.done,
			self.failed,
			self.breached,
			self.transactions,
			Amount(self.fee)
		);
		if self.refused > 0 {
			text.push_str(&format!("\n{} were refused without a record", self.refused));
		}
		if let Some(reason) = &self.first {
			text.push_str(&format!("\nthe first that was not done: {reason}"));
		}
		Answer::new(json, text)
	}
}

impl Wrapper {
	/// What stands before each call of `agent`, as the chain encodes it.
	async fn new(chain: &Chain, agent: AgentId, call: &[u8]) -> Result<Self> {
		let mut whole = chain.encode(&calls::act(agent, call.to_vec())).await?;
		let before = whole.len().checked_sub(call.len()).filter(|at| whole[*at..] == *call);
		let before = before.ok_or_else(|| {
			Error::refused(
				"the runtime writes acts in another way. Use the program of the node's release.",
			)
		})?;
		whole.truncate(before);
		Ok(Self(whole))
	}

	fn act(&self, call: &[u8]) -> Vec<u8> {
		[self.0.as_slice(), call].concat()
	}
}

fn lines(path: &Path) -> Result<String> {
	if path == Path::new("-") {
		let mut text = String::new();
		std::io::stdin()
			.read_to_string(&mut text)
			.map_err(|error| Error::usage(format!("the calls on standard input: {error}")))?;
		return Ok(text);
	}
	String::from_utf8(read(path)?)
		.map_err(|_| Error::usage(format!("{} is no text", path.display())))
}

fn parse(text: &str, place: &str) -> Result<Json> {
	let text = text.trim();
	if text.starts_with("0x") {
		return Ok(json!(text));
	}
	serde_json::from_str(text).map_err(|error| Error::usage(format!("{place} is no JSON: {error}")))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::written::tests::names;
	use tributary_primitives::agent::{Act, Breach};

	fn acted(index: u64, outcome: Ended) -> Acted {
		let act = Act { block: 9, index, call_hash: [0; 32], outcome, flows: Default::default() };
		Acted { agent: 3, act, head: [0; 32], error: None }
	}

	#[test]
	fn each_act_of_a_batch_counts_by_its_own_outcome_and_those_without_a_record_apart() {
		let mut tally = Tally::default();
		let acts = vec![
			acted(0, Ended::Done),
			acted(1, Ended::Breached(Breach::Expired)),
			acted(2, Ended::Failed),
			acted(3, Ended::Done),
		];
		tally.add(acts, &[], &names());
		let paused = [Error::refused("paused"), Error::refused("paused")];
		tally.add(Vec::new(), &paused, &names());
		assert_eq!((tally.done, tally.failed, tally.breached, tally.refused), (2, 1, 1, 2));
		let Answer { json, text, .. } = tally.answer(3);
		assert_eq!((&json["acts"], &json["refused"]), (&json!(4), &json!(2)));
		let reason = json["reason"].as_str().unwrap();
		assert!(reason.contains("act 1") && reason.contains("expired"), "{reason}");
		assert!(text.contains("2 were refused without a record"), "{text}");
	}
}
