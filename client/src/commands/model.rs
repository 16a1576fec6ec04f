//! `model`.

use std::collections::BTreeMap;

use comfy_table::{presets::NOTHING, Table};
use serde_json::json;
use subxt::utils::AccountId32;
use tributary_primitives::{
	ids::ModelId,
	views::{AncestorView, ModelView, SharesView},
};

use super::{dataset::list, sent};
use crate::{
	amount::{Amount, Rate},
	chain::{
		calls::{self, NewModel},
		tx::Via,
		Chain,
	},
	cli::{Model, ModelRegister},
	context::{root_text, Answer, Context},
	error::{Error, Result},
	files::read,
};

pub async fn run(context: &Context, command: Model) -> Result<Answer> {
	match command {
		Model::Register(arguments) => register(context, arguments).await,
		Model::Show { id } => {
			let chain = context.chain().await?;
			let (model, shares) = (chain.model(id).await?, chain.shares(id).await?);
			let text = describe(&model, &shares);
			Ok(Answer::new(json!({ "model": model, "shares": shares }), text))
		}
		Model::Lineage { id } => {
			let ancestors = context.chain().await?.lineage(id).await?;
			let text = ancestor_table(&ancestors);
			Ok(Answer::new(json!({ "model": id, "ancestors": ancestors }), text))
		}
		Model::Shares { id, history } => shares(context, id, history).await,
		Model::SetLineageRate { id, rate } => {
			let (chain, key) = (context.chain().await?, context.key()?);
			let call = calls::set_lineage_rate(id, rate);
			let outcome = context.send(&chain, &call, &key, Via::Pool).await?;
			Ok(sent(&outcome, || format!("model {id} asks {rate} of descendants from now on")))
		}
	}
}

async fn register(context: &Context, arguments: ModelRegister) -> Result<Answer> {
	let key = context.key()?;
	let artifact = context.register(&read(&arguments.artifact)?)?;
	let manifest = context.register(&read(&arguments.manifest)?)?;
	let chain = context.chain().await?;
	let max_lineage = match arguments.max_lineage {
		Some(rate) => rate,
		None => most_of(lineage_of(&chain, &arguments.parents).await?),
	};
	let new = NewModel {
		relation: arguments.relation,
		parents: arguments.parents,
		pins: arguments.pins,
		generative: arguments.generative,
		lineage_rate: arguments.lineage_rate,
		data_rate: arguments.data_rate,
		window: arguments.window,
		max_lineage,
		artifact,
		manifest,
	};
	let sent_off = context.send(&chain, &calls::register_model(&new), &key, Via::Pool).await;
	let outcome = match sent_off {
		Err(error) if error.is("RatesExceedWhole") => {
			return Err(with_sum(&chain, &new, error).await)
		}
		other => other?,
	};
	Ok(sent(&outcome, || {
		let id =
			outcome.included().and_then(|tx| tx.event("Models", "Registered")?.number("model"));
		format!("model {} is registered", id.unwrap_or_default())
	}))
}

async fn shares(context: &Context, id: ModelId, history: bool) -> Result<Answer> {
	let chain = context.chain().await?;
	if !history {
		let shares = chain.shares(id).await?;
		let text = share_table(std::slice::from_ref(&shares));
		return Ok(Answer::new(json!(shares), text));
	}
	let all = chain.shares_history(id).await?;
	let text = share_table(&all);
	Ok(Answer::new(json!({ "model": id, "history": all }), text))
}

/// Adds to a refusal what the rates come to.
async fn with_sum(chain: &Chain, new: &NewModel, error: Error) -> Error {
	let Ok(parts) = parts_of(chain, new).await else { return error };
	let text = |parts: u64| {
		let (whole, rest) = (parts / 10_000_000, parts % 10_000_000);
		format!("{whole}.{rest:07}").trim_end_matches('0').trim_end_matches('.').to_owned() + "%"
	};
	let [lineage, data, fee] = parts;
	Error::Refused {
		name: error.name().map(str::to_owned),
		message: format!(
			"{} to ancestors, {} to data and {} protocol fee are {}, more than the whole. Lower the data \
			 rate, or choose other parents. (Models::RatesExceedWhole)",
			text(lineage),
			text(data),
			text(fee),
			text(lineage.saturating_add(data).saturating_add(fee))
		),
	}
}

/// The ancestors' rates, the data rate and the protocol fee, in parts per billion.
async fn parts_of(chain: &Chain, new: &NewModel) -> Result<[u64; 3]> {
	let fee = chain.settings().await?.protocol_fee.deconstruct();
	Ok([lineage_of(chain, &new.parents).await?, new.data_rate.0.into(), fee.into()])
}

/// The rate of `parts` per billion, and the whole for more: the chain says what is wrong with that.
fn most_of(parts: u64) -> Rate {
	let within = u32::try_from(parts).ok().filter(|parts| *parts <= Rate::WHOLE.0);
	within.map_or(Rate::WHOLE, Rate)
}

/// What all ancestors of a child of `parents` ask of it now, in parts per billion.
async fn lineage_of(chain: &Chain, parents: &[ModelId]) -> Result<u64> {
	let mut rates = BTreeMap::new();
	let mut next = parents.to_vec();
	while let Some(id) = next.pop() {
		if rates.contains_key(&id) {
			continue;
		}
		let model = chain.model(id).await?;
		rates.insert(id, u64::from(model.lineage_rate.deconstruct()));
		next.extend(model.parents);
	}
	Ok(rates.values().sum())
}

fn describe(model: &ModelView<AccountId32>, shares: &SharesView<AccountId32>) -> String {
	let rate = |rate: u32| Rate(rate).to_string();
	let pins = |pins: &[tributary_primitives::views::PinView]| {
		let pins = pins.iter().map(|pin| format!("{}@{}", pin.dataset, pin.version));
		pins.collect::<Vec<_>>().join(" ")
	};
	let parents: Vec<_> = model.parents.iter().map(u32::to_string).collect();
	let ancestors = shares.ancestors.iter();
	let lineage: u64 = ancestors.map(|ancestor| u64::from(ancestor.rate.deconstruct())).sum();
	list(&[
		("model", model.id.to_string()),
		("owner", model.owner.to_string()),
		("relation", String::from_utf8_lossy(&model.relation).into_owned()),
		("parents", parents.join(" ")),
		("pins", pins(&model.pins)),
		("generative", model.generative.to_string()),
		("corpus", pins(&model.corpus)),
		("artifact", format!("{} {}", root_text(&model.artifact), model.artifact.len)),
		("manifest", format!("{} {}", root_text(&model.manifest), model.manifest.len)),
		("window", format!("{} bytes", model.window)),
		("registered", format!("block {}", model.registered_at)),
		("asks of descendants", rate(model.lineage_rate.deconstruct())),
		("protocol fee", rate(shares.protocol_fee.deconstruct())),
		("to ancestors", rate(u32::try_from(lineage).unwrap_or(u32::MAX))),
		("to data", rate(shares.data_rate.deconstruct())),
		("of that to attributor", rate(shares.attribution_fee.deconstruct())),
		("to owner", rate(shares.owner_rate.deconstruct())),
	])
}

fn ancestor_table(ancestors: &[AncestorView<AccountId32>]) -> String {
	let mut table = Table::new();
	table.load_style(NOTHING).set_header(["model", "rate", "earned", "claimed", "owner"]);
	for ancestor in ancestors {
		table.add_row([
			ancestor.model.to_string(),
			Rate(ancestor.rate.deconstruct()).to_string(),
			Amount(ancestor.earned).to_string(),
			Amount(ancestor.claimed).to_string(),
			ancestor.owner.to_string(),
		]);
	}
	table.to_string()
}

/// Each part of a payment for each model on a line of its own.
fn share_table(all: &[SharesView<AccountId32>]) -> String {
	let mut table = Table::new();
	table.load_style(NOTHING).set_header(["model", "part", "of the net amount", "whose", "earned"]);
	for shares in all {
		let mut row = |part: String, rate: String, whose: String, earned: String| {
			table.add_row([shares.model.to_string(), part, rate, whose, earned]);
		};
		let rate = |parts: u32| Rate(parts).to_string();
		row(
			"owner".into(),
			rate(shares.owner_rate.deconstruct()),
			shares.owner.to_string(),
			String::new(),
		);
		for ancestor in &shares.ancestors {
			let part = format!("ancestor {}", ancestor.model);
			row(part, rate(ancestor.rate.deconstruct()), ancestor.owner.to_string(), String::new());
		}
		row("data".into(), rate(shares.data_rate.deconstruct()), String::new(), String::new());
		for dataset in &shares.datasets {
			let part = format!("dataset {}@{}", dataset.dataset, dataset.version);
			let curators = format!("{} of its own", rate(dataset.curator_share.deconstruct()));
			let earned = Amount(dataset.earned).to_string();
			row(part, curators, dataset.owner.to_string(), earned);
		}
	}
	table.to_string()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_ancestors_ask_is_accepted_up_to_the_whole() {
		for (parts, rate) in [
			(0, Rate(0)),
			(150_000_000, Rate(150_000_000)),
			(1_000_000_000, Rate::WHOLE),
			(1_000_000_001, Rate::WHOLE),
			(16_000_000_000, Rate::WHOLE),
		] {
			assert_eq!(most_of(parts), rate);
		}
	}
}
