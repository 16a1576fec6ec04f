//! The command line.

mod agent;
mod blob;
mod channel;
mod dataset;
mod market;
mod model;
mod report;
mod watch;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use tributary_primitives::ids::AgentId;

pub use agent::{AgentAct, AgentCard, AgentCommand, AgentCreate, AgentHistory, NewCard};
pub use blob::{Blob, Trace, DEFAULT_MAX_BYTES};
pub use channel::{Channel, Gateway, GatewayAsk, GatewayServe, ANSWER_SECONDS, PROGRAMS_AT_ONCE};
pub use dataset::{Contribute, Contribution, Dataset, DatasetCreate};
pub use market::{parse_title, Market, Shares, SomeShares, TitleCommand, Trade};
pub use model::{Model, ModelRegister, Pay};
pub use report::{Attributor, Claim, ClaimMore, Period, Report};
pub use watch::{Answering, Challenge, Demand, Watch};

/// Contribute data, register models, pay for outputs, and follow every token to the bytes that earned it.
///
/// Settings are taken from flags, then the environment, then $XDG_CONFIG_HOME/tributary/config.toml.
/// Exit codes: 0 done, 1 refused by the chain, 2 bad usage, 3 node or peers not reachable.
#[derive(Debug, Parser)]
#[command(name = "tributary", version, max_term_width = 100)]
pub struct Cli {
	/// What every command takes.
	#[command(flatten)]
	pub global: Global,
	/// What to do.
	#[command(subcommand)]
	pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
	/// The node's WebSocket address [default: ws://127.0.0.1:9944]
	#[arg(long, global = true, env = "TRIBUTARY_URL", overrides_with = "url", value_name = "URL")]
	pub url: Option<String>,
	/// Who signs: a development name (alice), a derivation (//Alice), or a file with a secret phrase
	#[arg(
		long,
		global = true,
		env = "TRIBUTARY_KEY",
		overrides_with = "key",
		value_name = "KEY",
		hide_env_values = true
	)]
	pub key: Option<String>,
	/// The folder of blobs [default: $XDG_DATA_HOME/tributary/blobs]
	#[arg(
		long,
		global = true,
		env = "TRIBUTARY_STORE",
		overrides_with = "store",
		value_name = "DIR"
	)]
	pub store: Option<PathBuf>,
	/// The agent in whose name calls are made; the key is its operator's
	#[arg(long, global = true, env = "TRIBUTARY_AGENT", value_name = "ID")]
	pub agent: Option<AgentId>,
	/// Print one JSON value on standard output
	#[arg(long, global = true)]
	pub json: bool,
	/// Check and price transactions, and send none
	#[arg(long, global = true)]
	pub dry_run: bool,
	/// Do not ask before sending
	#[arg(long, short, global = true)]
	pub yes: bool,
	/// Wait until the transaction's block is final, not only the best
	#[arg(long, global = true)]
	pub finalised: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Create and look at datasets, and decide on contributions to yours
	#[command(subcommand)]
	Dataset(Dataset),
	/// Register files: commit, wait a block, reveal
	Contribute(Contribute),
	/// Look at a contribution, or take it back
	#[command(subcommand)]
	Contribution(Contribution),
	/// Register and look at models
	#[command(subcommand)]
	Model(Model),
	/// Pay for outputs that a model served
	Pay(Pay),
	/// Pay through a channel: open it, sign vouchers, and close it with one
	#[command(subcommand)]
	Channel(Channel),
	/// Sell a program's answers for vouchers, or buy them
	#[command(subcommand)]
	Gateway(Gateway),
	/// Look at, give and sell what datasets and models belong to
	#[command(subcommand)]
	Title(TitleCommand),
	/// Divide the revenue of a title among shares
	#[command(subcommand)]
	Shares(Shares),
	/// Trade shares for TRIB
	#[command(subcommand)]
	Market(Market),
	/// Create, bound, run and look at agents
	#[command(subcommand)]
	Agent(AgentCommand),
	/// Find who owns each window of an output; needs no node
	Trace(Trace),
	/// Build, post and look at reports
	#[command(subcommand)]
	Report(Report),
	/// Bond as an attributor
	#[command(subcommand)]
	Attributor(Attributor),
	/// Check every report that may still be challenged, and prove the wrong ones wrong
	Watch(Watch),
	/// Demand bytes that are withheld, and enforce demands that nobody answered
	#[command(subcommand)]
	Demand(Demand),
	/// Answer every demand for bytes that the store has; nothing is signed and no fee is paid
	Answer(Answering),
	/// Show that a contribution repeats earlier bytes
	#[command(subcommand)]
	Challenge(Challenge),
	/// Take what was earned
	Claim(Claim),
	/// Hash, open, verify, store, serve and fetch blobs; needs no node
	#[command(subcommand)]
	Blob(Blob),
	/// Ask the node a method of its attribution_ namespace
	Query(Query),
	/// Where the chain is in its epochs
	Epoch,
	/// What was paid in, claimed and is held
	Books,
	/// An account's balance; without one, the key's
	Balance {
		/// An address, a public key in hex, or a development name
		account: Option<String>,
	},
}

/// A question.
#[derive(Debug, Args)]
pub struct Query {
	/// The method, with or without `attribution_`
	pub method: String,
	/// Its parameters, each in JSON; what is not JSON is taken as text
	pub params: Vec<String>,
}

#[cfg(test)]
mod tests;
