//! The command line.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand};
use tributary_primitives::{
	ids::{DatasetId, EpochIndex, ModelId, Seq, Version},
	window::DEFAULT_WINDOW,
};

use crate::{
	amount::{Amount, Rate},
	chain::calls::{Relation, Use},
};

/// Contribute data, register models, pay for outputs, and follow every token to the bytes that earned it.
///
/// Settings are taken from flags, then the environment, then $XDG_CONFIG_HOME/tributary/config.toml.
/// Exit codes: 0 done, 1 refused by the chain, 2 bad usage, 3 node not reachable.
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
	/// Take what was earned
	Claim(Claim),
	/// Hash, open, verify and store blobs; needs no node
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

/// Datasets.
#[derive(Debug, Subcommand)]
pub enum Dataset {
	/// Create a dataset, owned by the key's account
	Create(DatasetCreate),
	/// List all datasets
	List,
	/// Show a dataset
	Show {
		/// The dataset
		id: DatasetId,
	},
	/// Accept a contribution, as a curator
	Accept {
		/// The contribution
		seq: Seq,
	},
	/// Turn a contribution down, as a curator
	Reject {
		/// The contribution
		seq: Seq,
	},
}

/// A new dataset.
#[derive(Debug, Args)]
pub struct DatasetCreate {
	/// An SPDX licence expression, such as CC-BY-4.0
	#[arg(long, value_name = "SPDX")]
	pub licence: String,
	/// Who decides on contributions; without any, every contribution is accepted
	#[arg(long = "curator", value_name = "ACCOUNT")]
	pub curators: Vec<String>,
	/// The curators' part of what the contributions earn
	#[arg(long, value_name = "RATE", default_value = "0%", requires = "curators")]
	pub curator_share: Rate,
	/// What a contribution must hold; the chain has a minimum of its own
	#[arg(long, value_name = "AMOUNT", default_value = "0")]
	pub deposit: Amount,
	/// A description: Croissant JSON-LD
	#[arg(long, value_name = "FILE")]
	pub metadata: Option<PathBuf>,
	/// Whether data mining is allowed
	#[arg(long, value_enum, default_value = "allowed")]
	pub data_mining: Use,
	/// Whether inference is allowed
	#[arg(long, value_enum, default_value = "allowed")]
	pub inference: Use,
	/// Whether training is allowed
	#[arg(long, value_enum, default_value = "allowed")]
	pub training: Use,
	/// Whether training of generative models is allowed
	#[arg(long, value_enum, default_value = "allowed")]
	pub generative_training: Use,
}

/// New contributions.
#[derive(Debug, Args)]
pub struct Contribute {
	/// The files, each a contribution of its own
	#[arg(required_unless_present = "resume")]
	pub files: Vec<PathBuf>,
	/// The dataset that they are for
	#[arg(long, value_name = "ID", required_unless_present = "resume")]
	pub dataset: Option<DatasetId>,
	/// Reveal what was committed and not revealed, after a crash for instance
	#[arg(long, conflicts_with_all = ["files", "dataset"])]
	pub resume: bool,
}

/// Contributions.
#[derive(Debug, Subcommand)]
pub enum Contribution {
	/// Show a contribution
	Show {
		/// The contribution
		seq: Seq,
	},
	/// Take a contribution of the key's account back
	Withdraw {
		/// The contribution
		seq: Seq,
	},
}

/// Models.
#[derive(Debug, Subcommand)]
pub enum Model {
	/// Register a model, owned by the key's account
	Register(ModelRegister),
	/// Show a model and how a payment for it is divided
	Show {
		/// The model
		id: ModelId,
	},
	/// Show a model's ancestors and what each earns
	Lineage {
		/// The model
		id: ModelId,
	},
	/// Ask another lineage rate of later descendants
	SetLineageRate {
		/// The model
		id: ModelId,
		/// The rate, such as 5%
		rate: Rate,
	},
}

/// A new model.
#[derive(Debug, Args)]
pub struct ModelRegister {
	/// How it came from its parents
	#[arg(long, value_enum)]
	pub relation: Relation,
	/// The models that it was made from
	#[arg(long = "parent", value_name = "MODEL")]
	pub parents: Vec<ModelId>,
	/// The datasets that it was trained on
	#[arg(long = "pin", value_name = "DATASET@VERSION", value_parser = parse_pin)]
	pub pins: Vec<(DatasetId, Version)>,
	/// What it asks of its descendants' net revenue
	#[arg(long, value_name = "RATE", default_value = "0%")]
	pub lineage_rate: Rate,
	/// The part of its net revenue that goes to the data
	#[arg(long, value_name = "RATE", default_value = "0%")]
	pub data_rate: Rate,
	/// The window in which outputs are traced, in bytes
	#[arg(long, value_name = "BYTES", default_value_t = DEFAULT_WINDOW)]
	pub window: u32,
	/// Its weights, or whatever is served
	#[arg(long, value_name = "FILE")]
	pub artifact: PathBuf,
	/// How it was trained
	#[arg(long, value_name = "FILE")]
	pub manifest: PathBuf,
}

/// A payment.
#[derive(Debug, Args)]
pub struct Pay {
	/// The model
	pub model: ModelId,
	/// The outputs that it served, which share the amount equally
	#[arg(long = "output", value_name = "FILE", required = true, num_args = 1..)]
	pub outputs: Vec<PathBuf>,
	/// How much, in TRIB (10, 0.5, 10TRIB) or planck (5000p)
	#[arg(long)]
	pub amount: Amount,
}

/// A trace.
#[derive(Debug, Args)]
pub struct Trace {
	/// The output
	pub output: PathBuf,
	/// The folder of contributions: its regular files by name are sources 1, 2, 3 ...
	#[arg(long, value_name = "DIR")]
	pub corpus: PathBuf,
	/// The window, in bytes
	#[arg(long, value_name = "BYTES", default_value_t = DEFAULT_WINDOW)]
	#[arg(value_parser = clap::value_parser!(u32).range(1..))]
	pub window: u32,
}

/// A model's epoch.
#[derive(Clone, Copy, Debug, Args)]
pub struct Period {
	/// The model
	pub model: ModelId,
	/// The epoch
	pub epoch: EpochIndex,
}

/// Reports.
#[derive(Debug, Subcommand)]
pub enum Report {
	/// Build the report on a closed epoch from the chain's receipts and the store's bytes
	Build {
		/// What to report on
		#[command(flatten)]
		period: Period,
		/// Leave out sources, and outputs' windows, that the store lacks; such a report can be proven
		/// wrong
		#[arg(long)]
		partial: bool,
		/// Where entries.bin, payouts.bin and report.json are written
		#[arg(long, value_name = "DIR")]
		out: PathBuf,
	},
	/// Post a report; without files, the one that `report build` builds
	Post {
		/// What to report on
		#[command(flatten)]
		period: Period,
		/// The blob of entries
		#[arg(long, value_name = "FILE", requires = "payouts")]
		entries: Option<PathBuf>,
		/// The blob of payouts
		#[arg(long, value_name = "FILE", requires = "entries")]
		payouts: Option<PathBuf>,
		/// Leave out sources, and outputs' windows, that the store lacks; such a report can be proven
		/// wrong
		#[arg(long, conflicts_with = "entries")]
		partial: bool,
		/// Bond first what is missing
		#[arg(long)]
		bond: bool,
	},
	/// Show the live report
	Show {
		/// What it reports on
		#[command(flatten)]
		period: Period,
	},
	/// Settle the epoch of a report that stood unchallenged
	Finalise {
		/// What it reports on
		#[command(flatten)]
		period: Period,
	},
}

/// Attributors.
#[derive(Debug, Subcommand)]
pub enum Attributor {
	/// Add to the bond
	Bond {
		/// How much
		amount: Amount,
	},
	/// Take from the bond what open reports do not lock
	Unbond {
		/// How much
		amount: Amount,
	},
	/// Show the bond of an account; without one, the key's
	Show {
		/// An address, a public key in hex, or a development name
		account: Option<String>,
	},
}

/// A watch.
#[derive(Debug, Args)]
pub struct Watch {
	/// Only reports on this model
	#[arg(long)]
	pub model: Option<ModelId>,
	/// Check what stands now, and end; with exit code 1 where a report could not be checked, or a
	/// proof was refused
	#[arg(long)]
	pub once: bool,
}

/// Claims.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).args(["all", "model", "owner", "lineage"]))]
pub struct Claim {
	/// Everything that the key's account may claim
	#[arg(long)]
	pub all: bool,
	/// Look for what contributions earned from this epoch on; without it, since each model began
	#[arg(long, value_name = "EPOCH", requires = "all")]
	pub from_epoch: Option<EpochIndex>,
	/// What the account's contributions earned of this model's outputs
	#[arg(long, requires = "epoch")]
	pub model: Option<ModelId>,
	/// The epoch in which they earned it
	#[arg(long, requires = "model")]
	pub epoch: Option<EpochIndex>,
	/// What this model earned for its owner
	#[arg(long, value_name = "MODEL")]
	pub owner: Option<ModelId>,
	/// What this model's revenue holds for an ancestor
	#[arg(long, value_name = "MODEL", requires = "ancestor")]
	pub lineage: Option<ModelId>,
	/// The ancestor, owned by the account
	#[arg(long, value_name = "MODEL", requires = "lineage")]
	pub ancestor: Option<ModelId>,
}

/// Blobs.
#[derive(Debug, Subcommand)]
pub enum Blob {
	/// Name a file: its BLAKE3 hash and length
	Hash {
		/// The file
		file: PathBuf,
	},
	/// Prove a run of a file's bytes
	Open {
		/// The file
		file: PathBuf,
		/// The first byte
		#[arg(long)]
		offset: u64,
		/// The number of bytes; they may touch at most 8 chunks of 1,024
		#[arg(long)]
		len: u64,
		/// Where the opening is written, SCALE-encoded
		#[arg(long, value_name = "FILE")]
		out: PathBuf,
	},
	/// Check an opening
	Verify {
		/// The blob's BLAKE3 hash
		#[arg(long, value_name = "HEX", value_parser = parse_root)]
		root: [u8; 32],
		/// The blob's length, which is believed unless the opening reaches the end
		#[arg(long)]
		len: u64,
		/// The opening, SCALE-encoded
		opening: PathBuf,
	},
	/// Put files into the store
	Put {
		/// The files
		#[arg(required = true)]
		files: Vec<PathBuf>,
	},
	/// Take a blob out of the store
	Get {
		/// The blob's BLAKE3 hash
		#[arg(value_name = "ROOT", value_parser = parse_root)]
		root: [u8; 32],
		/// Where it is written
		#[arg(long, value_name = "FILE")]
		out: PathBuf,
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

fn parse_pin(text: &str) -> Result<(DatasetId, Version), String> {
	let wrong = || format!("`{text}` is no pin: write DATASET@VERSION, such as 0@3");
	let (dataset, version) = text.split_once('@').ok_or_else(wrong)?;
	match (dataset.parse(), version.parse()) {
		(Ok(dataset), Ok(version)) => Ok((dataset, version)),
		_ => Err(wrong()),
	}
}

fn parse_root(text: &str) -> Result<[u8; 32], String> {
	let mut root = [0; 32];
	hex::decode_to_slice(text.strip_prefix("0x").unwrap_or(text), &mut root)
		.map(|()| root)
		.map_err(|error| format!("`{text}` is no hash of 64 hex digits: {error}"))
}

#[cfg(test)]
mod tests;
