//! What each command does.

mod agent;
mod answer;
mod attributor;
mod blob;
mod challenge;
mod channel;
mod claim;
mod contribute;
mod dataset;
mod demand;
mod evidence;
mod exchange;
pub mod follow;
mod gateway;
mod market;
mod model;
mod pay;
mod query;
mod race;
mod report;
mod shares;
mod stored;
mod title;
mod trace;
mod watch;

use std::process::ExitCode;

use crate::{
	chain::tx::Outcome,
	cli::Command,
	context::{Answer, Context},
	error::Result,
};

/// Runs a command and prints its answer. Gives the exit code of a command that did what it was asked.
///
/// # Errors
/// Where the command does not end as it should.
pub async fn run(context: &Context, command: Command) -> Result<ExitCode> {
	let answer = match command {
		Command::Dataset(command) => dataset::run(context, command).await?,
		Command::Contribute(arguments) => contribute::run(context, arguments).await?,
		Command::Contribution(command) => dataset::contribution(context, command).await?,
		Command::Model(command) => model::run(context, command).await?,
		Command::Pay(arguments) => pay::run(context, arguments).await?,
		Command::Channel(command) => channel::run(context, command).await?,
		Command::Gateway(command) => return gateway::run(context, command).await,
		Command::Title(command) => title::run(context, command).await?,
		Command::Shares(command) => shares::run(context, command).await?,
		Command::Market(command) => market::run(context, command).await?,
		Command::Agent(command) => return Box::pin(agent::run(context, command)).await,
		Command::Trace(arguments) => trace::run(&arguments)?,
		Command::Report(command) => report::run(context, command).await?,
		Command::Attributor(command) => attributor::run(context, command).await?,
		Command::Watch(arguments) => return watch::run(context, arguments).await,
		Command::Demand(command) => demand::run(context, command).await?,
		Command::Answer(arguments) => return answer::run(context, &arguments).await,
		Command::Challenge(command) => return challenge::run(context, command).await,
		Command::Claim(arguments) => claim::run(context, arguments).await?,
		Command::Blob(command) => return blob::run(context, command).await,
		Command::Query(arguments) => query::run(context, arguments).await?,
		Command::Epoch => query::epoch(context).await?,
		Command::Books => query::books(context).await?,
		Command::Balance { account } => query::balance(context, account).await?,
	};
	context.print(&answer);
	Ok(ExitCode::SUCCESS)
}

/// The answer of a command that sends one transaction: `done` says what it did.
fn sent(outcome: &Outcome, done: impl FnOnce() -> String) -> Answer {
	let text = match outcome {
		Outcome::Included(included) => format!("{} (block {})", done(), included.block.number),
		Outcome::Checked { .. } => checked(outcome),
	};
	Answer::new(outcome.to_json(), text)
}

/// What a dry run says.
fn checked(outcome: &Outcome) -> String {
	match outcome {
		Outcome::Checked { call, fee } => {
			format!(
				"{call} would be accepted, for a fee of {}; nothing was sent",
				crate::amount::Amount(*fee)
			)
		}
		Outcome::Included(_) => String::new(),
	}
}
