//! Reports, attributors and claims.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use tributary_primitives::ids::{DatasetId, EpochIndex, ModelId};

use crate::amount::Amount;

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
		/// Leave out sources, and outputs' windows, that the store lacks; such a report can be voided
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
		/// Leave out sources, and outputs' windows, that the store lacks. The sources are listed as
		/// unseen: chunks of them are demanded, for a deposit each, and the report may be voided without a
		/// slash
		#[arg(long, conflicts_with = "entries")]
		partial: bool,
		/// A source that the given files leave out, listed as unseen
		#[arg(long, value_name = "SOURCE", requires = "entries")]
		unseen: Vec<u64>,
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

/// Claims.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(group = ArgGroup::new("what").required(true).multiple(true).args(["all", "model", "dataset", "owner", "lineage"]))]
pub struct Claim {
	/// What else may be claimed
	#[command(subcommand)]
	pub more: Option<ClaimMore>,
	/// Everything that the key's account may claim
	#[arg(long, conflicts_with_all = ["model", "dataset", "owner", "lineage"])]
	pub all: bool,
	/// Look for what contributions earned from this epoch on; without it, since each model began
	#[arg(long, value_name = "EPOCH", conflicts_with_all = ["model", "owner", "lineage"])]
	pub from_epoch: Option<EpochIndex>,
	/// What the account's contributions earned of this model's outputs, and what contributions that
	/// pass their credit on earned
	#[arg(long, requires = "epoch", conflicts_with_all = ["owner", "lineage"])]
	pub model: Option<ModelId>,
	/// The epoch in which they earned it
	#[arg(long, requires = "model")]
	pub epoch: Option<EpochIndex>,
	/// What the contributions to this dataset earned, whoever they belong to and are paid for; of all
	/// models, unless one is named. The title of the dataset gets its share with each of these claims
	#[arg(long, value_name = "DATASET", conflicts_with_all = ["owner", "lineage"])]
	pub dataset: Option<DatasetId>,
	/// What this model earned for its owner, whoever that is; several claims share a transaction
	#[arg(long = "owner", id = "owner", value_name = "MODEL")]
	pub owners: Vec<ModelId>,
	/// What this model's revenue holds for an ancestor
	#[arg(long, value_name = "MODEL", requires = "ancestor")]
	pub lineage: Option<ModelId>,
	/// The ancestor
	#[arg(long, value_name = "MODEL", requires = "lineage")]
	pub ancestor: Option<ModelId>,
	/// Only for whom the ancestor's revenue went to in this tenure of its title; without it, for all of
	/// them that have something left
	#[arg(long, value_name = "INDEX", requires = "lineage")]
	pub tenure: Option<u32>,
}

/// Other claims.
#[derive(Debug, Subcommand)]
pub enum ClaimMore {
	/// Pay what a contribution that repeats a served output passed on, to the sources of that output;
	/// needs the entries of the report on it in the store
	Passed {
		/// The contribution, as a source: one more than its number
		source: u64,
		/// Only this entry of the report on the output; without it, all of them
		#[arg(long = "entry", value_name = "INDEX")]
		entries: Vec<u64>,
	},
}
