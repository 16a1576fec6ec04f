//! `demand`: bytes that somebody answers for.

use comfy_table::{presets::NOTHING, Table};
use serde_json::json;
use tributary_engine::{open_item, BlobSource};
use tributary_primitives::{
	availability::Demanded,
	blob::{Content, Opening},
	ids::{EpochIndex, ModelId},
	report::{Item, Record, RECORD_LEN},
};

use super::sent;
use crate::{
	amount::Amount,
	chain::{
		calls,
		tx::{Outcome, Via},
		Call, Chain,
	},
	cli::{Demand, Period},
	context::{root_text, Answer, Context},
	error::{Error, Result},
	keys::Signer,
	random,
};

/// A chunk that is to be demanded.
#[derive(Clone, Debug)]
pub struct Wanted {
	/// The blob, by what names it on the chain.
	pub blob: Demanded,
	/// The chunk.
	pub chunk: u64,
	/// The item that names it, in its receipt's list, where it is an output.
	pub item: Option<Opening>,
	/// The report for the sake of which a contribution is demanded.
	pub keep_open: Option<(ModelId, EpochIndex)>,
}

impl Wanted {
	/// The demand.
	pub fn call(&self) -> Call {
		calls::demand(&self.blob, self.chunk, self.item.as_ref(), self.keep_open)
	}

	/// Sends the demand.
	///
	/// # Errors
	/// As [`Context::send`].
	pub async fn send(&self, context: &Context, chain: &Chain, key: &Signer) -> Result<Outcome> {
		context.send(chain, &self.call(), key, Via::Pool).await
	}
}

/// A chunk of `content` drawn at random: the last one half of the time, as that alone shows whether the
/// length is right.
///
/// # Errors
/// Where the system has no randomness.
fn random_chunk(content: &Content) -> Result<u64> {
	match random::below(2)? {
		0 => Ok(content.last_chunk()),
		_ => random::below(content.chunks()),
	}
}

/// What names a demanded blob, for people.
pub fn describe(blob: &Demanded) -> String {
	match *blob {
		Demanded::Entries { model, epoch, report } => {
			format!("the entries of report {report} on epoch {epoch} of model {model}")
		}
		Demanded::Payouts { model, epoch, report } => {
			format!("the payouts of report {report} on epoch {epoch} of model {model}")
		}
		Demanded::Items { model, epoch, receipt } => {
			format!("the items of receipt {receipt}, epoch {epoch} of model {model}")
		}
		Demanded::Output { model, epoch, receipt, item } => {
			format!("item {item} of receipt {receipt}, epoch {epoch} of model {model}")
		}
		Demanded::Contribution { seq } => format!("contribution {seq}"),
	}
}

pub async fn run(context: &Context, command: Demand) -> Result<Answer> {
	let chain = context.chain().await?;
	let (blob, content, item, chunk, keep_open) = match command {
		Demand::List => return list(&chain).await,
		Demand::Enforce { id } => return enforce(context, &chain, id).await,
		Demand::Entries { period: Period { model, epoch }, chunk } => {
			let found = chain.report(model, epoch).await?;
			let blob = Demanded::Entries { model, epoch, report: found.id };
			(blob, found.entries, None, chunk, None)
		}
		Demand::Payouts { period: Period { model, epoch }, chunk } => {
			let found = chain.report(model, epoch).await?;
			let blob = Demanded::Payouts { model, epoch, report: found.id };
			(blob, found.payouts, None, chunk, None)
		}
		Demand::Items { period: Period { model, epoch }, receipt, chunk } => {
			let items = chain.receipt(model, epoch, receipt).await?.outputs;
			(Demanded::Items { model, epoch, receipt }, items, None, chunk, None)
		}
		Demand::Output { period, receipt, item, chunk } => {
			let Period { model, epoch } = period;
			let (output, opening) =
				named_output(context, &chain, (model, epoch, receipt, item)).await?;
			let blob = Demanded::Output { model, epoch, receipt, item };
			(blob, output, Some(opening), chunk, None)
		}
		Demand::Contribution { seq, model, epoch, chunk } => {
			let content = chain.content_of(seq).await?;
			(Demanded::Contribution { seq }, content, None, chunk, model.zip(epoch))
		}
	};
	let chunk = match chunk.chunk {
		Some(chunk) => chunk,
		None => random_chunk(&content)?,
	};
	let wanted = Wanted { blob, chunk, item, keep_open };
	let key = context.key()?;
	let deposit: u128 = chain.settings().await?.demand_deposit;
	let outcome = wanted.send(context, &chain, &key).await?;
	let event = |name| outcome.included().and_then(|tx| tx.event("Availability", name));
	let demanded = event("Demanded");
	let number = |field: &str| demanded.and_then(|event| event.number(field));
	let pends = event("Repeated").and_then(|event| event.number("demand"));
	let held = if pends.is_some() { 0 } else { deposit };
	let mut answer = sent(&outcome, || match pends {
		Some(id) => format!(
			"demand {id} pends for chunk {chunk} of {}; the report stays open for it, and nothing is held",
			describe(&wanted.blob),
		),
		None => format!(
			"demand {}: chunk {chunk} of {}; {} is held, and the answer is heard up to block {}",
			number("demand").unwrap_or_default(),
			describe(&wanted.blob),
			Amount(held),
			number("answerUntil").unwrap_or_default(),
		),
	});
	answer.json["blob"] = json!(wanted.blob);
	answer.json["chunk"] = json!(chunk);
	answer.json["deposit"] = json!(held.to_string());
	answer.json["answerUntil"] = json!(number("answerUntil"));
	Ok(answer)
}

/// The output that an item of a receipt names, and the opening of that item.
///
/// # Errors
/// Where there is no such item, or the store lacks the list of items.
pub async fn named_output(
	context: &Context,
	chain: &Chain,
	(model, epoch, receipt, item): (ModelId, EpochIndex, u32, u32),
) -> Result<(Content, Opening)> {
	let content = chain.receipt(model, epoch, receipt).await?.outputs;
	let store = context.store()?;
	let items = store.get(&content).map_err(|error| {
		Error::usage(format!(
			"the list of items of receipt {receipt} names the output: {error}. Fetch {}, or demand it.",
			root_text(&content)
		))
	})?;
	let at = (item as usize).checked_mul(RECORD_LEN);
	let found = at.and_then(|at| Item::read(&items, at)).ok_or_else(|| {
		Error::refused(format!("receipt {receipt} has no item {item}. Items are counted from 0."))
	})?;
	let opening = open_item(&items, item).map_err(Error::usage)?;
	Ok((found.output, opening))
}

async fn list(chain: &Chain) -> Result<Answer> {
	let demands = chain.demands(0).await?;
	let mut table = Table::new();
	table.load_style(NOTHING).set_header([
		"id",
		"blob",
		"chunk",
		"answered until",
		"respondent",
		"demander",
	]);
	for demand in &demands {
		table.add_row([
			demand.id.to_string(),
			describe(&demand.blob),
			demand.chunk.to_string(),
			demand.answer_until.to_string(),
			demand.respondent.to_string(),
			demand.demander.to_string(),
		]);
	}
	Ok(Answer::new(json!({ "demands": demands }), table.to_string()))
}

async fn enforce(context: &Context, chain: &Chain, id: u64) -> Result<Answer> {
	let key = context.key()?;
	let outcome = context.send(chain, &calls::enforce(id), &key, Via::Pool).await?;
	let mut answer = sent(&outcome, || match enforced(&outcome) {
		Some((slashed, reward)) => format!(
			"demand {id} is enforced: {} slashed, {} of it to the demander",
			Amount(slashed),
			Amount(reward)
		),
		None => format!("demand {id} has lapsed: what it was about does not stand any more"),
	});
	let (slashed, reward) = enforced(&outcome).unzip();
	answer.json["slashed"] = json!(slashed.map(|slashed| slashed.to_string()));
	answer.json["reward"] = json!(reward.map(|reward| reward.to_string()));
	Ok(answer)
}

/// What an enforced demand took, and what of that its demander got, in planck; `None` where it lapsed.
fn enforced(outcome: &Outcome) -> Option<(u128, u128)> {
	let event = outcome.included()?.event("Availability", "Enforced")?;
	Some((event.amount("slashed")?, event.amount("reward")?))
}
