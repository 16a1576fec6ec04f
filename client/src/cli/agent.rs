//! Agents.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use tributary_primitives::{
	ids::{AgentId, ModelId},
	title::Title,
};

use super::parse_title;
use crate::amount::{Amount, Rate};

/// Agents. What an agent does itself is any other command with `--agent ID`, signed by its operator.
#[derive(Debug, Subcommand)]
pub enum AgentCommand {
	/// Create an agent; its title is yours
	Create(AgentCreate),
	/// Show an agent: whom it belongs to, its stake, its mandate, its history and what it has
	Show {
		/// The agent
		id: AgentId,
	},
	/// List all agents
	List,
	/// Say whose key an agent acts by, as its owner
	#[command(group = ArgGroup::new("who").required(true).args(["operator", "none"]))]
	SetOperator {
		/// The agent
		id: AgentId,
		/// The operator
		#[arg(value_name = "ACCOUNT")]
		operator: Option<String>,
		/// Nobody: it does not act
		#[arg(long)]
		none: bool,
	},
	/// Say what an agent may do, as its owner
	#[command(group = ArgGroup::new("what").required(true).args(["mandate", "none"]))]
	SetMandate {
		/// The agent
		id: AgentId,
		/// The mandate, a TOML file; see docs/agents.md
		#[arg(value_name = "FILE")]
		mandate: Option<PathBuf>,
		/// Nothing: it does not act, and the deposit for the mandate is returned
		#[arg(long)]
		none: bool,
	},
	/// Give an agent another card, as its owner
	SetMetadata {
		/// The agent
		id: AgentId,
		/// The card, a JSON file
		#[arg(long, value_name = "FILE")]
		card: PathBuf,
	},
	/// Say which models an agent runs on and what it retains, as its owner
	SetModels {
		/// The agent
		id: AgentId,
		/// A model, and the part of what the agent is paid that it gets, as 1=20%
		#[arg(long = "model", value_name = "MODEL=RATE", value_parser = parse_model)]
		models: Vec<(ModelId, Rate)>,
		/// The part of its earnings that is added to its stake
		#[arg(long, value_name = "RATE")]
		retention: Rate,
	},
	/// Stop an agent, as its owner: from the same block on it does not act
	Pause {
		/// The agent
		id: AgentId,
	},
	/// Let a paused agent act again, as its owner
	Resume {
		/// The agent
		id: AgentId,
	},
	/// Stop an agent for good, as its owner
	Retire {
		/// The agent
		id: AgentId,
	},
	/// Give TRIB to an agent's account; shares are given with `shares transfer`
	Fund {
		/// The agent
		id: AgentId,
		/// How much
		amount: Amount,
	},
	/// Add to an agent's stake; anyone may
	Bond {
		/// The agent
		id: AgentId,
		/// How much
		amount: Amount,
	},
	/// Take from an agent's stake, as its owner; it is free after some time
	Unbond {
		/// The agent
		id: AgentId,
		/// How much
		amount: Amount,
	},
	/// Pay what of a stake has become free to the agent's owner; anyone may
	WithdrawUnbonded {
		/// The agent
		id: AgentId,
	},
	/// Take something out of an agent's account, as its owner
	#[command(group = ArgGroup::new("what").required(true).args(["amount", "shares", "title"]))]
	Withdraw {
		/// The agent
		id: AgentId,
		/// TRIB
		#[arg(long, value_name = "AMOUNT")]
		amount: Option<Amount>,
		/// Shares of this title
		#[arg(long, value_name = "TITLE", value_parser = parse_title, requires = "count")]
		shares: Option<Title>,
		/// How many shares
		#[arg(long, value_name = "N", requires = "shares")]
		count: Option<u64>,
		/// A title that the agent owns
		#[arg(long, value_name = "TITLE", value_parser = parse_title)]
		title: Option<Title>,
	},
	/// Pay an agent for outputs
	Pay {
		/// The agent
		id: AgentId,
		/// How much
		#[arg(long, value_name = "AMOUNT")]
		amount: Amount,
		/// What it served, in order
		#[arg(long = "output", value_name = "FILE", required = true, num_args = 1..)]
		outputs: Vec<PathBuf>,
	},
	/// Return the deposit of a payer whose payments do not count any more; anyone may
	ForgetPayer {
		/// The agent
		id: AgentId,
		/// The payer
		payer: String,
	},
	/// Show what others burned by paying an agent, and what time has left of it
	Reputation {
		/// The agent
		id: AgentId,
	},
	/// Have an agent make calls, as its operator
	Act(AgentAct),
	/// Show what an agent did, check it against the chain, or export it
	History(AgentHistory),
	/// Run an agent by a strategy, until Ctrl-C
	Run(AgentRun),
	/// Make and check the card by which an agent is known; needs no node but to name the chain
	#[command(subcommand)]
	Card(AgentCard),
}

/// A new agent.
#[derive(Debug, Args)]
pub struct AgentCreate {
	/// What it says of itself, a JSON file that `agent card new` makes
	#[arg(long, value_name = "FILE")]
	pub card: PathBuf,
	/// Its first stake
	#[arg(long, value_name = "AMOUNT")]
	pub stake: Amount,
	/// A model that it runs on, and the part of what the agent is paid that it gets, as 1=20%
	#[arg(long = "model", value_name = "MODEL=RATE", value_parser = parse_model)]
	pub models: Vec<(ModelId, Rate)>,
	/// The part of its earnings that is added to its stake
	#[arg(long, value_name = "RATE", default_value = "0%")]
	pub retention: Rate,
}

/// Calls of an agent.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("given").required(true).args(["call", "calls"]))]
pub struct AgentAct {
	/// The agent
	pub id: AgentId,
	/// The call: {"call":"Pallet.call","args":{..}}, or its bytes in hex
	pub call: Option<String>,
	/// A file with one call on each line, each of which becomes an act; `-` is standard input
	#[arg(long, value_name = "FILE")]
	pub calls: Option<PathBuf>,
	/// How many acts of a file share a transaction
	#[arg(long, value_name = "N", default_value_t = 64, conflicts_with = "call")]
	#[arg(value_parser = clap::value_parser!(u16).range(1..=1_000))]
	pub at_once: u16,
}

/// What an agent did.
#[derive(Debug, Args)]
pub struct AgentHistory {
	/// The agent
	pub id: AgentId,
	/// Replay the history and compare it with the chain's; exit code 1 where they differ
	#[arg(long)]
	pub verify: bool,
	/// Up to this block; without it, the best
	#[arg(long, value_name = "BLOCK")]
	pub at: Option<u64>,
	/// From this block on, believing the chain's history before it; without it, from the agent's creation
	#[arg(long, value_name = "BLOCK")]
	pub from: Option<u64>,
	/// Write each act to a file, one JSON value on each line
	#[arg(long, value_name = "FILE")]
	pub export: Option<PathBuf>,
	/// How many of the last acts are shown
	#[arg(long, value_name = "N", default_value_t = 20)]
	pub last: usize,
}

/// An agent that runs by itself.
#[derive(Debug, Args)]
pub struct AgentRun {
	/// What it does, a TOML file; see docs/agents.md
	pub strategy: PathBuf,
}

/// Cards.
#[derive(Debug, Subcommand)]
pub enum AgentCard {
	/// Make a card: an A2A AgentCard with the fields of an ERC-8004 registration
	New(NewCard),
	/// Check a card
	Check {
		/// The card, a JSON file
		file: PathBuf,
	},
}

/// A new card.
#[derive(Debug, Args)]
pub struct NewCard {
	/// The agent's name
	#[arg(long, value_name = "TEXT")]
	pub name: String,
	/// What it does
	#[arg(long, value_name = "TEXT")]
	pub description: String,
	/// Where it is asked
	#[arg(long, value_name = "URL")]
	pub endpoint: String,
	/// Its own version
	#[arg(long = "release", value_name = "TEXT", default_value = "1.0.0")]
	pub release: String,
	/// Something that it can, as ID: DESCRIPTION
	#[arg(long = "skill", value_name = "ID: TEXT")]
	pub skills: Vec<String>,
	/// The agent's number, where it is on the chain already
	#[arg(long, value_name = "ID")]
	pub id: Option<AgentId>,
	/// Where it is written; without it, standard output alone
	#[arg(long, value_name = "FILE")]
	pub out: Option<PathBuf>,
}

fn parse_model(text: &str) -> Result<(ModelId, Rate), String> {
	let wrong = || format!("`{text}` is no model with its part: write 1=20%");
	let (model, rate) = text.split_once('=').ok_or_else(wrong)?;
	Ok((model.parse().map_err(|_| wrong())?, rate.parse()?))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::cli::{Cli, Command};
	use clap::Parser;

	fn parse(line: &str) -> Result<AgentCommand, String> {
		let parsed = Cli::try_parse_from(format!("tributary agent {line}").split(' '));
		match parsed.map_err(|error| error.to_string())?.command {
			Command::Agent(command) => Ok(command),
			_ => Err("another command".into()),
		}
	}

	#[test]
	fn an_agent_is_created_with_models_and_their_parts() {
		let create =
			parse("create --card c.json --stake 10 --model 1=20% --model 2=0 --retention 5%");
		let Ok(AgentCommand::Create(create)) = create else { panic!("a new agent") };
		assert_eq!(create.models, [(1, Rate(200_000_000)), (2, Rate(0))]);
		assert!(parse("create --card c.json --stake 10 --model 1").is_err());
		assert!(parse("create --card c.json").is_err(), "a stake is needed");
	}

	#[test]
	fn what_is_taken_away_is_said_so() {
		for right in ["set-operator 0 bob", "set-operator 0 --none", "set-mandate 0 m.toml"] {
			assert!(parse(right).is_ok(), "{right}");
		}
		for wrong in ["set-operator 0", "set-operator 0 bob --none", "set-mandate 0"] {
			assert!(parse(wrong).is_err(), "{wrong}");
		}
	}

	#[test]
	fn one_thing_is_withdrawn_at_a_time() {
		for right in ["--amount 1", "--shares model:0 --count 5", "--title model:0"] {
			assert!(parse(&format!("withdraw 0 {right}")).is_ok(), "{right}");
		}
		for wrong in ["--count 5", "--shares model:0", "--amount 1 --title model:0"] {
			assert!(parse(&format!("withdraw 0 {wrong}")).is_err(), "{wrong}");
		}
		assert!(parse("withdraw 0").is_err());
	}

	#[test]
	fn acts_are_one_call_or_a_file_of_them() {
		assert!(parse("act 0 0x0000").is_ok());
		assert!(parse("act 0 --calls calls.jsonl --at-once 100").is_ok());
		for wrong in ["act 0", "act 0 0x00 --calls f", "act 0 0x00 --at-once 5"] {
			assert!(parse(wrong).is_err(), "{wrong}");
		}
		assert!(parse("act 0 --calls f --at-once 0").is_err());
	}

	#[test]
	fn any_command_may_be_made_in_the_name_of_an_agent() {
		let parsed = Cli::try_parse_from("tributary --agent 7 claim --all".split(' ')).unwrap();
		assert_eq!(parsed.global.agent, Some(7));
		let parsed = Cli::try_parse_from("tributary agent show 3 --agent 7".split(' ')).unwrap();
		assert_eq!(parsed.global.agent, Some(7));
	}
}
