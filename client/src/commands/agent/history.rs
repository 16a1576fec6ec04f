//! `agent history`: what an agent did, replayed from the blocks and compared with the chain's head.

use std::{
	fs::File,
	io::{BufWriter, Write},
	path::Path,
};

use serde_json::{json, Value as Json};
use tributary_primitives::{
	agent::{History, Outcome as Ended},
	ids::AgentId,
	views::ActView,
};

use crate::{
	chain::{
		agents::{amount, limit, Acted},
		written::Names,
		BlockId, Chain,
	},
	cli::AgentHistory,
	context::{Answer, Context},
	error::{Error, Result},
};

pub async fn run(context: &Context, arguments: AgentHistory) -> Result<Answer> {
	let AgentHistory { id, verify, at, from, export, last } = arguments;
	let chain = context.chain().await?;
	let end = match at {
		Some(number) => BlockId { number, hash: chain.hash_of(number).await? },
		None => chain.best().await?,
	};
	let recorded = chain.history_at(id, end.hash).await?.ok_or_else(|| {
		Error::refused(format!("there is no agent {id} in block {}. Check the number.", end.number))
	})?;
	let (first, start) = match from {
		Some(first) => {
			let before = chain.hash_of(first.saturating_sub(1)).await?;
			let before = chain.history_at(id, before).await?;
			let start = before.map_or_else(
				|| History::origin(&chain.genesis().0, id),
				|before| History { head: before.head, length: before.length },
			);
			(first, start)
		}
		None => (born(&chain, id, end.number).await?, History::origin(&chain.genesis().0, id)),
	};
	let acts = chain.acts(id, first, end.number).await?;
	if verify {
		let replayed = replay(start, &acts)?;
		if (replayed.head, replayed.length) != (recorded.head, recorded.length) {
			return Err(Error::refused(format!(
				"the history of agent {id} does not replay: the blocks {first} to {} make {} acts with the \
				 head 0x{}, and the chain has {} acts with the head 0x{} in block {}.",
				end.number,
				replayed.length,
				hex::encode(replayed.head),
				recorded.length,
				hex::encode(recorded.head),
				end.number
			)));
		}
	}
	let names = chain.names().await?;
	if let Some(path) = &export {
		write_lines(path, &acts)?;
	}
	let count =
		|wanted: fn(&Ended) -> bool| acts.iter().filter(|acted| wanted(&acted.act.outcome)).count();
	let json = json!({
		"agent": id,
		"from": first,
		"to": end.number,
		"acts": acts.len(),
		"done": count(|outcome| matches!(outcome, Ended::Done)),
		"failed": count(|outcome| matches!(outcome, Ended::Failed)),
		"breached": count(|outcome| matches!(outcome, Ended::Breached(_))),
		"length": recorded.length,
		"head": format!("0x{}", hex::encode(recorded.head)),
		"verified": verify,
	});
	let shown = acts.iter().skip(acts.len().saturating_sub(last));
	let mut lines: Vec<_> = shown.map(|acted| line(acted, &names)).collect();
	lines.push(format!(
		"{} acts in the blocks {first} to {}, {} in all; head 0x{}{}",
		acts.len(),
		end.number,
		recorded.length,
		hex::encode(recorded.head),
		if verify { ", as the chain has it" } else { "" }
	));
	Ok(Answer::new(json, lines.join("\n")))
}

/// The first block up to `last` in whose state the agent has a history.
///
/// # Errors
/// Where the node has thrown away the states in which the agent began to act.
async fn born(chain: &Chain, id: AgentId, last: u64) -> Result<u64> {
	let (mut without, mut with) = (0, last);
	let mut gone = false;
	while with.saturating_sub(without) > 1 {
		let middle = without + (with - without) / 2;
		let block = chain.hash_of(middle).await?;
		match chain.history_at(id, block).await {
			Ok(Some(_)) => with = middle,
			Ok(None) => without = middle,
			// Old states are thrown away first.
			Err(Error::Refused { .. }) => (without, gone) = (middle, true),
			Err(error) => return Err(error),
		}
	}
	if gone {
		let block = chain.hash_of(with).await?;
		let length = chain.history_at(id, block).await?.map_or(0, |history| history.length);
		let acts = chain.acts_of_block(block, None, Some(id)).await?;
		if length != acts.len() as u64 {
			return Err(Error::refused(format!(
				"agent {id} had acted before block {with}, and the node has thrown the states of earlier \
				 blocks away. Ask a node that keeps them, or give --from {}.",
				with.saturating_add(1)
			)));
		}
	}
	Ok(with)
}

/// The history after `acts`.
///
/// # Errors
/// Which act is not the next one, or makes another head than its event says.
fn replay(start: History, acts: &[Acted]) -> Result<History> {
	let mut history = start;
	for Acted { act, head, .. } in acts {
		let (index, block) = (act.index, act.block);
		history = history.followed_by(act).ok_or_else(|| {
			Error::refused(format!(
				"the history does not replay: act {index} of block {block} stands where act {} belongs.",
				history.length
			))
		})?;
		if history.head != *head {
			return Err(Error::refused(format!(
				"the history does not replay: act {index} of block {block} makes the head 0x{}, and its \
				 event says 0x{}.",
				hex::encode(history.head),
				hex::encode(head)
			)));
		}
	}
	Ok(history)
}

fn to_json(acted: &Acted) -> Json {
	let mut json = json!(ActView::from(acted.act.clone()));
	json["head"] = json!(format!("0x{}", hex::encode(acted.head)));
	if let Some(error) = &acted.error {
		json["error"] = json!({ "name": error.name(), "message": error.to_string() });
	}
	json
}

fn write_lines(path: &Path, acts: &[Acted]) -> Result<()> {
	let written = File::create(path).and_then(|file| {
		let mut file = BufWriter::new(file);
		for acted in acts {
			writeln!(file, "{}", to_json(acted))?;
		}
		file.flush()
	});
	written.map_err(|error| Error::file(path, error))
}

/// One act, for people.
fn line(acted: &Acted, names: &Names) -> String {
	let Acted { act, error, .. } = acted;
	let outcome = match &act.outcome {
		Ended::Done => "done".to_owned(),
		Ended::Failed => {
			let why = error.as_ref().map_or_else(|| "its call failed".into(), Error::to_string);
			format!("failed: {why}")
		}
		Ended::Breached(breach) => {
			format!("stopped by its mandate: {}", limit(breach, |call| names.name(*call)))
		}
	};
	let flows = act.flows.iter().map(|flow| {
		format!(
			"; spent {}, earned {}",
			amount(&flow.currency, flow.spent),
			amount(&flow.currency, flow.earned)
		)
	});
	let hash = hex::encode(&act.call_hash[..4]);
	format!(
		"{:>6}  block {}  call 0x{hash}..  {outcome}{}",
		act.index,
		act.block,
		flows.collect::<String>()
	)
}

#[cfg(test)]
mod tests {
	use super::*;
	use tributary_primitives::agent::{Act, Breach};

	const GENESIS: [u8; 32] = [9; 32];

	fn acts(count: u64) -> Vec<Acted> {
		let mut history = History::origin(&GENESIS, 3);
		(0..count)
			.map(|index| {
				let outcome =
					if index == 1 { Ended::Breached(Breach::Expired) } else { Ended::Done };
				let act =
					Act { block: 5, index, call_hash: [7; 32], outcome, flows: Default::default() };
				history = history.followed_by(&act).unwrap();
				Acted { agent: 3, act, head: history.head, error: None }
			})
			.collect()
	}

	#[test]
	fn acts_replay_to_the_head_of_the_last_one() {
		let acts = acts(5);
		let history = replay(History::origin(&GENESIS, 3), &acts).unwrap();
		assert_eq!((history.head, history.length), (acts[4].head, 5));
		let from_third = History { head: acts[1].head, length: 2 };
		assert_eq!(replay(from_third, &acts[2..]).unwrap().head, acts[4].head);
	}

	#[test]
	fn what_was_left_out_added_or_changed_is_noticed() {
		let start = || History::origin(&GENESIS, 3);
		let mut changed = acts(5);
		changed[2].act.call_hash = [8; 32];
		assert!(replay(start(), &changed).unwrap_err().to_string().contains("act 2"));
		let mut without = acts(5);
		without.remove(2);
		assert!(replay(start(), &without).unwrap_err().to_string().contains("act 3"));
		let mut excused = acts(5);
		excused[1].act.outcome = Ended::Done;
		assert!(replay(start(), &excused).is_err());
		assert!(replay(History::origin(&GENESIS, 4), &acts(1)).is_err(), "another agent");
	}

	#[test]
	fn an_act_is_one_line_of_json() {
		let acted = acts(2).remove(1);
		let json = to_json(&acted);
		assert_eq!((&json["index"], &json["block"]), (&json!(1), &json!(5)));
		assert_eq!(json["outcome"], json!({ "breached": "expired" }));
		assert_eq!(json["head"], format!("0x{}", hex::encode(acted.head)).as_str());
		assert!(!json.to_string().contains('\n'));
	}
}
