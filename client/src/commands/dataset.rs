//! `dataset` and `contribution`.

use comfy_table::{presets::NOTHING, Table};
use serde_json::{json, Value as Json};
use subxt::utils::AccountId32;
use tributary_primitives::{
	traits::{ServedOutput, SyntheticPolicy},
	views::{ContributionView, DatasetView, SuspensionCause},
};

use super::sent;
use crate::{
	amount::{Amount, Rate},
	chain::{
		calls::{self, NewDataset},
		tx::Via,
	},
	cli::{Contribution, Dataset, DatasetCreate},
	context::{root_text, Answer, Context},
	error::Result,
	files::read,
	keys,
};

pub async fn run(context: &Context, command: Dataset) -> Result<Answer> {
	match command {
		Dataset::Create(arguments) => create(context, arguments).await,
		Dataset::List => {
			let datasets = context.chain().await?.datasets().await?;
			let mut table = Table::new();
			table.load_style(NOTHING).set_header([
				"id",
				"version",
				"admission",
				"licence",
				"owner",
			]);
			for dataset in &datasets {
				table.add_row([
					dataset.id.to_string(),
					dataset.version.to_string(),
					format!("{:?}", dataset.admission),
					String::from_utf8_lossy(&dataset.licence).into_owned(),
					dataset.owner.to_string(),
				]);
			}
			Ok(Answer::new(json!({ "datasets": datasets }), table.to_string()))
		}
		Dataset::Show { id } => {
			let dataset = context.chain().await?.dataset(id).await?;
			Ok(Answer::new(json!(dataset), describe(&dataset)))
		}
		Dataset::Accept { seq } => {
			let (chain, key) = (context.chain().await?, context.key()?);
			let outcome = context.send(&chain, &calls::accept(seq), &key, Via::Pool).await?;
			Ok(sent(&outcome, || format!("contribution {seq} is accepted")))
		}
		Dataset::Reject { seq } => {
			let (chain, key) = (context.chain().await?, context.key()?);
			let outcome = context.send(&chain, &calls::reject(seq), &key, Via::Pool).await?;
			Ok(sent(&outcome, || format!("contribution {seq} is rejected")))
		}
	}
}

pub async fn contribution(context: &Context, command: Contribution) -> Result<Answer> {
	match command {
		Contribution::Show { seq } => {
			let found = context.chain().await?.contribution(seq).await?;
			Ok(Answer::new(json!(found), describe_contribution(&found)))
		}
		Contribution::Withdraw { seq } => {
			let (chain, key) = (context.chain().await?, context.key()?);
			let outcome = context.send(&chain, &calls::withdraw(seq), &key, Via::Pool).await?;
			Ok(sent(&outcome, || format!("contribution {seq} is withdrawn")))
		}
	}
}

async fn create(context: &Context, arguments: DatasetCreate) -> Result<Answer> {
	let key = context.key()?;
	let metadata = match &arguments.metadata {
		Some(path) => read(path)?,
		None => Vec::new(),
	};
	let curators = arguments.curators.iter().map(|text| keys::account(text));
	let new = NewDataset {
		curators: curators.collect::<Result<_>>()?,
		curator_share: arguments.curator_share,
		licence: arguments.licence,
		uses: [
			arguments.data_mining,
			arguments.inference,
			arguments.training,
			arguments.generative_training,
		],
		synthetic: arguments.synthetic.into(),
		contribution_deposit: arguments.deposit.0,
		metadata: context.register(&metadata)?,
	};
	let chain = context.chain().await?;
	let outcome = context.send(&chain, &calls::create_dataset(&new), &key, Via::Pool).await?;
	Ok(sent(&outcome, || {
		let id =
			outcome.included().and_then(|tx| tx.event("Datasets", "Created")?.number("dataset"));
		format!("dataset {} is created", id.unwrap_or_default())
	}))
}

fn describe(dataset: &DatasetView<AccountId32>) -> String {
	let word = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
	let [mining, inference, training, generative] = &dataset.uses;
	let curators: Vec<_> = dataset.curators.iter().map(AccountId32::to_string).collect();
	let lines = [
		("dataset", dataset.id.to_string()),
		("owner", dataset.owner.to_string()),
		("admission", word(&dataset.admission)),
		("curators", curators.join(", ")),
		("curator share", Rate(dataset.curator_share.deconstruct()).to_string()),
		("licence", String::from_utf8_lossy(&dataset.licence).into_owned()),
		("data mining", word(mining)),
		("inference", word(inference)),
		("training", word(training)),
		("generative training", word(generative)),
		(
			"repeated outputs",
			match dataset.synthetic {
				SyntheticPolicy::Refuse => "are suspended".to_owned(),
				SyntheticPolicy::PassThrough => "pass their credit on".to_owned(),
			},
		),
		("deposit", Amount(dataset.contribution_deposit).to_string()),
		("metadata", format!("{} {}", root_text(&dataset.metadata), dataset.metadata.len)),
		("closed", dataset.closed.to_string()),
		("version", dataset.version.to_string()),
	];
	list(&lines)
}

fn describe_contribution(found: &ContributionView<AccountId32>) -> String {
	let number = |value: Option<u32>| value.map_or_else(|| "-".into(), |value| value.to_string());
	let content = found.content.map(|content| format!("{} {}", root_text(&content), content.len));
	let state = format!("{} since block {}", state_name(&json!(found)), found.since);
	let state = match found.cause {
		Some(SuspensionCause::Copy) => format!("{state}: it repeats an earlier contribution"),
		Some(SuspensionCause::Synthetic) => format!("{state}: it repeats an output of a model"),
		Some(SuspensionCause::Withheld) => format!("{state}: its bytes are withheld"),
		None => state,
	};
	let mut lines = vec![
		("contribution", found.seq.to_string()),
		("contributor", found.contributor.to_string()),
		("state", state),
		("committed", format!("block {}", found.committed_at)),
		("dataset", number(found.dataset)),
		("content", content.unwrap_or_else(|| "-".into())),
		("index", number(found.index)),
	];
	if let Some(at) = found.withheld_at {
		lines.push(("withheld", format!("since block {at}, out of every corpus")));
	}
	if let Some(served) = &found.synthetic {
		let ServedOutput { model, epoch, receipt, item, .. } = served;
		lines.push((
			"repeats",
			format!("item {item} of receipt {receipt}, epoch {epoch} of model {model}"),
		));
	}
	if found.locks > 0 {
		lines.push(("locked", format!("by {} demands and accusations", found.locks)));
	}
	list(&lines)
}

/// The `state` of a contribution's JSON.
pub fn state_name(contribution: &Json) -> &str {
	contribution["state"].as_str().unwrap_or_default()
}

/// Names and values, one a line.
pub fn list(lines: &[(&str, String)]) -> String {
	let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
	let lines = lines.iter().map(|(name, value)| format!("{name:<width$}  {value}"));
	lines.collect::<Vec<_>>().join("\n")
}
