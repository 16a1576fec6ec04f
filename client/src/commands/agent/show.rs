//! What the chain says of agents.

use comfy_table::{presets::NOTHING, Table};
use serde_json::json;
use subxt::utils::AccountId32;
use tributary_primitives::{ids::AgentId, views::AgentView};

use crate::{
	agent::mandate,
	amount::{Amount, Rate},
	chain::Chain,
	commands::dataset::list,
	context::{root_text, Answer},
	error::Result,
};

/// An agent, its mandate as a file that gives it again, its history and what it has.
pub async fn one(chain: &Chain, id: AgentId) -> Result<Answer> {
	let agent = chain.agent(id).await?;
	let (mandate, names) = (chain.mandate(id).await?, chain.names().await?);
	let history = chain.history_at(id, chain.best().await?.hash).await?;
	let balance = chain.balance(&agent.account).await?;
	let (reputation, _) = chain.reputation(id).await?;
	let mut lines = describe(&agent);
	lines.push(("has", format!("{} free", Amount(balance.free))));
	lines.push((
		"reputation",
		format!("{} burned for it by {} payers", Amount(reputation.score), reputation.payers),
	));
	if let Some(history) = &history {
		let head = hex::encode(history.head);
		lines.push(("history", format!("{} acts, head 0x{head}", history.length)));
	}
	let text = match &mandate {
		Some(mandate) => {
			format!("{}\n\nmandate\n{}", list(&lines), mandate::to_text(mandate, &names))
		}
		None => format!("{}\n\nit has no mandate, and does not act", list(&lines)),
	};
	let allowed: Vec<_> = mandate
		.iter()
		.flat_map(|mandate| mandate.calls.iter().map(|call| names.name(*call)))
		.collect();
	let json = json!({
		"agent": agent,
		"mandate": mandate,
		"calls": allowed,
		"history": history,
		"free": balance.free.to_string(),
		"reputation": reputation.score.to_string(),
	});
	Ok(Answer::new(json, text))
}

fn describe(agent: &AgentView<AccountId32>) -> Vec<(&'static str, String)> {
	let operator = agent.operator.as_ref().map_or_else(|| "nobody".into(), ToString::to_string);
	let models: Vec<_> = agent
		.models
		.iter()
		.map(|model| format!("{} gets {}", model.model, Rate(model.rate.deconstruct())))
		.collect();
	let mut lines = vec![
		("agent", agent.id.to_string()),
		("state", format!("{:?}", agent.state).to_lowercase()),
		("owner", agent.owner.to_string()),
		("account", agent.account.to_string()),
		("operator", operator),
		("models", if models.is_empty() { "none".into() } else { models.join(", ") }),
		("retains", Rate(agent.retention.deconstruct()).to_string()),
		("card", format!("{} {}", root_text(&agent.metadata), agent.metadata.len)),
		("stake", Amount(agent.bonded).to_string()),
	];
	for part in &agent.unbonding {
		lines.push(("unbonds", format!("{}, free in block {}", Amount(part.amount), part.free_at)));
	}
	lines
}

/// All agents.
pub async fn all(chain: &Chain) -> Result<Answer> {
	let agents = chain.agents().await?;
	let mut table = Table::new();
	table.load_style(NOTHING).set_header(["id", "state", "stake", "owner", "account"]);
	for agent in &agents {
		table.add_row([
			agent.id.to_string(),
			format!("{:?}", agent.state).to_lowercase(),
			Amount(agent.bonded).to_string(),
			agent.owner.to_string(),
			agent.account.to_string(),
		]);
	}
	Ok(Answer::new(json!({ "agents": agents }), table.to_string()))
}

/// What others burned by paying an agent.
pub async fn reputation(chain: &Chain, id: AgentId) -> Result<Answer> {
	let (found, parts) = chain.reputation(id).await?;
	let mut lines = vec![format!(
		"agent {id}: {} left of what {} payers burned for it",
		Amount(found.score),
		found.payers
	)];
	lines.extend(parts.iter().map(|part| format!("{}  {}", part.payer, Amount(part.amount))));
	let json = json!({
		"agent": id,
		"score": found.score.to_string(),
		"payers": found.payers,
		"parts": parts,
	});
	Ok(Answer::new(json, lines.join("\n")))
}
