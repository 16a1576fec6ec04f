//! Datasets and contributions.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use tributary_primitives::{
	ids::{DatasetId, Seq},
	traits::SyntheticPolicy,
};

use crate::{
	amount::{Amount, Rate},
	chain::calls::Use,
};

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
	/// What becomes of contributions that are shown to repeat an output of a model: they are suspended,
	/// or what they earn goes to the sources of that output
	#[arg(long, value_enum, default_value = "refuse")]
	pub synthetic: Synthetic,
	/// Whether data mining is allowed
	#[arg(long, value_enum, default_value = "allowed")]
	pub data_mining: Use,
	/// Whether inference is allowed
	#[arg(long, value_enum, default_value = "allowed")]
	pub inference: Use,
	/// Whether training of models that are not generative is allowed
	#[arg(long, value_enum, default_value = "allowed")]
	pub training: Use,
	/// Whether training of generative models is allowed
	#[arg(long, value_enum, default_value = "allowed")]
	pub generative_training: Use,
}

/// What a dataset does with contributions that repeat a served output.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Synthetic {
	/// They are suspended.
	Refuse,
	/// They stay, and what they earn goes to the sources of the output.
	PassThrough,
}

impl From<Synthetic> for SyntheticPolicy {
	fn from(synthetic: Synthetic) -> Self {
		match synthetic {
			Synthetic::Refuse => Self::Refuse,
			Synthetic::PassThrough => Self::PassThrough,
		}
	}
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
