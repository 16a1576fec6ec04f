//! Models and payments.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use tributary_primitives::{
	ids::{DatasetId, ModelId, Version},
	window::DEFAULT_WINDOW,
};

use crate::{
	amount::{Amount, Rate},
	chain::calls::Relation,
};

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
	/// Show who gets what of a payment for a model
	Shares {
		/// The model
		id: ModelId,
		/// Show it for each ancestor too, so for every version before it
		#[arg(long)]
		history: bool,
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
	/// It is generative: no dataset that it was trained on may forbid generative training
	#[arg(long)]
	pub generative: bool,
	/// What it asks of its descendants' net revenue
	#[arg(long, value_name = "RATE", default_value = "0%")]
	pub lineage_rate: Rate,
	/// The part of its net revenue that goes to the data
	#[arg(long, value_name = "RATE", default_value = "0%")]
	pub data_rate: Rate,
	/// The window in which outputs are traced, in bytes
	#[arg(long, value_name = "BYTES", default_value_t = DEFAULT_WINDOW)]
	pub window: u32,
	/// The most that its ancestors may ask of its net revenue together, where one of them raises its rate
	/// meanwhile [default: what they ask now]
	#[arg(long, value_name = "RATE")]
	pub max_lineage: Option<Rate>,
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

fn parse_pin(text: &str) -> Result<(DatasetId, Version), String> {
	let wrong = || format!("`{text}` is no pin: write DATASET@VERSION, such as 0@3");
	let (dataset, version) = text.split_once('@').ok_or_else(wrong)?;
	match (dataset.parse(), version.parse()) {
		(Ok(dataset), Ok(version)) => Ok((dataset, version)),
		_ => Err(wrong()),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn pins_are_read() {
		assert_eq!(parse_pin("0@3"), Ok((0, 3)));
		assert!(parse_pin("0").is_err());
		assert!(parse_pin("0@x").is_err());
	}
}
