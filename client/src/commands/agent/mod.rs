//! `agent`: create, bound, pay, look at and run agents.

mod act;
mod attributing;
mod balancing;
mod history;
mod run;
mod show;

use std::process::ExitCode;

use serde_json::{json, Value as Json};
use tributary_primitives::ids::AgentId;

use super::{pay::store_outputs, sent};
use crate::{
	agent::{
		card::{self, Facts},
		mandate::MandateFile,
	},
	amount::Amount,
	chain::{
		calls::{self, Holding, NewAgent},
		market::title_text,
		tx::{Outcome, Via},
		Call, Chain,
	},
	cli::{AgentCard, AgentCommand, AgentCreate, NewCard},
	context::{Answer, Context},
	error::{Error, Result},
	files::{read, write},
	keys::account,
};

pub async fn run(context: &Context, command: AgentCommand) -> Result<ExitCode> {
	let answer = match command {
		AgentCommand::Run(arguments) => {
			return Box::pin(run::run(context, &arguments.strategy)).await
		}
		AgentCommand::Act(arguments) => return act::run(context, arguments).await,
		AgentCommand::Card(AgentCard::New(new)) => new_card(context, new).await?,
		AgentCommand::Card(AgentCard::Check { file }) => {
			let bytes = read(&file)?;
			let card = parse_card(&bytes)?;
			Answer::new(json!({ "valid": true, "card": card }), "the card is valid")
		}
		AgentCommand::Show { id } => show::one(&context.chain().await?, id).await?,
		AgentCommand::List => show::all(&context.chain().await?).await?,
		AgentCommand::Reputation { id } => show::reputation(&context.chain().await?, id).await?,
		AgentCommand::History(arguments) => history::run(context, arguments).await?,
		AgentCommand::Create(arguments) => create(context, arguments).await?,
		AgentCommand::SetMetadata { id, card } => {
			let bytes = read(&card)?;
			parse_card(&bytes)?;
			let metadata = context.register(&bytes)?.content;
			let chain = context.chain().await?;
			let outcome = send(context, &chain, calls::set_agent_metadata(id, &metadata)).await?;
			sent(&outcome, || format!("agent {id} has another card"))
		}
		AgentCommand::Pay { id, amount, outputs } => {
			let blob = store_outputs(context, &outputs)?;
			let chain = context.chain().await?;
			let call = calls::pay_agent(id, &blob, amount.0);
			let outcome = send(context, &chain, call).await?;
			let mut answer = sent(&outcome, || paid(&outcome, id, amount));
			answer.json["outputs"] = json!(blob.content);
			answer
		}
		other => {
			let chain = context.chain().await?;
			let (call, done) = call_of(&chain, other).await?;
			let outcome = send(context, &chain, call).await?;
			sent(&outcome, || done)
		}
	};
	context.print(&answer);
	Ok(ExitCode::SUCCESS)
}

async fn send(context: &Context, chain: &Chain, call: Call) -> Result<Outcome> {
	context.send(chain, &call, &context.key()?, Via::Pool).await
}

/// The call of a command that sends one and says that it was done.
async fn call_of(chain: &Chain, command: AgentCommand) -> Result<(Call, String)> {
	Ok(match command {
		AgentCommand::SetOperator { id, operator, .. } => {
			let operator = operator.as_deref().map(account).transpose()?;
			let done = match &operator {
				Some(operator) => format!("agent {id} acts by the key of {operator}"),
				None => format!("nobody acts for agent {id}"),
			};
			(calls::set_operator(id, operator), done)
		}
		AgentCommand::SetMandate { id, mandate: Some(file), .. } => {
			let mandate = MandateFile::read(&file)?.resolve(chain).await?;
			let done = format!(
				"agent {id} may make {} calls, up to block {}; `agent show {id}` prints them",
				mandate.calls.len(),
				mandate.expires_at
			);
			(calls::set_mandate(id, Some(&mandate)), done)
		}
		AgentCommand::SetMandate { id, .. } => {
			(calls::set_mandate(id, None), format!("agent {id} has no mandate"))
		}
		AgentCommand::SetModels { id, models, retention } => {
			let done =
				format!("agent {id} runs on {} models and retains {retention}", models.len());
			(calls::set_models(id, &models, retention), done)
		}
		AgentCommand::Pause { id } => (calls::pause_agent(id), format!("agent {id} is paused")),
		AgentCommand::Resume { id } => (calls::resume_agent(id), format!("agent {id} acts again")),
		AgentCommand::Retire { id } => (calls::retire_agent(id), format!("agent {id} is retired")),
		AgentCommand::Fund { id, amount } => {
			let account = chain.agent(id).await?.account;
			let done = format!("{amount} went to agent {id}, at {account}");
			(calls::transfer(&account, amount.0), done)
		}
		AgentCommand::Bond { id, amount } => {
			(calls::bond_agent(id, amount.0), format!("{amount} more at stake for agent {id}"))
		}
		AgentCommand::Unbond { id, amount } => {
			let done = format!("{amount} of the stake of agent {id} unbond; see `agent show {id}`");
			(calls::unbond_agent(id, amount.0), done)
		}
		AgentCommand::WithdrawUnbonded { id } => {
			let done = format!("what had become free of agent {id}'s stake went to its owner");
			(calls::withdraw_unbonded(id), done)
		}
		AgentCommand::Withdraw { id, amount, shares, count, title } => {
			let (holding, what) = match (amount, shares, title) {
				(Some(amount), _, _) => (Holding::Native(amount.0), amount.to_string()),
				(_, Some(shares), _) => {
					let (asset, count) = (chain.vault(shares).await?.asset, count.unwrap_or(0));
					let what = format!("{count} shares of {}", title_text(&shares));
					(Holding::Asset(asset, count.into()), what)
				}
				(_, _, Some(title)) => (Holding::Title(title), title_text(&title)),
				_ => return Err(Error::usage("say what is withdrawn")),
			};
			let done = format!("{what} went from agent {id} to its owner");
			(calls::withdraw_from_agent(id, &holding), done)
		}
		AgentCommand::ForgetPayer { id, payer } => {
			let payer = account(&payer)?;
			let done = format!("{payer} has its deposit for agent {id} back");
			(calls::forget_payer(id, &payer), done)
		}
		_ => return Err(Error::usage("this command sends no call")),
	})
}

async fn create(context: &Context, arguments: AgentCreate) -> Result<Answer> {
	let bytes = read(&arguments.card)?;
	parse_card(&bytes)?;
	let new = NewAgent {
		metadata: context.register(&bytes)?.content,
		models: arguments.models,
		retention: arguments.retention,
		stake: arguments.stake.0,
	};
	let chain = context.chain().await?;
	let outcome = send(context, &chain, calls::create_agent(&new)).await?;
	Ok(sent(&outcome, || {
		let created = outcome.included().and_then(|tx| tx.event("Agents", "Created"));
		let id = created.and_then(|event| event.number("agent")).unwrap_or_default();
		let account = created.and_then(|event| event.text("account")).unwrap_or_default();
		format!(
			"agent {id} is yours, with {} at stake and the account {account}; it acts once it has an \
			 operator and a mandate",
			Amount(new.stake)
		)
	}))
}

fn paid(outcome: &Outcome, id: AgentId, amount: Amount) -> String {
	let event = outcome.included().and_then(|tx| tx.event("Agents", "Paid"));
	let part = |name: &str| {
		Amount(event.and_then(|event| event.amount(name)).unwrap_or_default()).to_string()
	};
	format!(
		"{amount} paid to agent {id}: {} added to its stake, {} to whom its title belongs",
		part("retained"),
		part("rest")
	)
}

fn parse_card(bytes: &[u8]) -> Result<Json> {
	let card: Json = serde_json::from_slice(bytes)
		.map_err(|error| Error::usage(format!("the card is no JSON: {error}")))?;
	card::check(&card)?;
	card::check_length(bytes)?;
	Ok(card)
}

async fn new_card(context: &Context, new: NewCard) -> Result<Answer> {
	let registered = match new.id {
		Some(id) => Some((context.chain().await?.genesis(), id)),
		None => None,
	};
	let facts = Facts {
		name: new.name,
		description: new.description,
		url: new.endpoint,
		version: new.release,
		skills: new.skills,
		registered,
	};
	let card = card::build(&facts)?;
	let bytes = card::to_bytes(&card)?;
	if let Some(out) = &new.out {
		write(out, &bytes)?;
	}
	let text = String::from_utf8_lossy(&bytes).into_owned();
	Ok(Answer::new(card, text))
}
