//! Watching reports, demanding bytes and accusing copies.

use std::path::PathBuf;

use clap::{value_parser, Args, Subcommand};
use tributary_primitives::ids::{EpochIndex, ModelId, Seq};

use super::{Period, DEFAULT_MAX_BYTES};
use crate::exchange::Peer;

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
	/// Whom missing bytes are fetched from, as `blob serve` prints it; without any, the peers of the config
	/// file
	#[arg(long = "peer", value_name = "PEER")]
	pub peers: Vec<Peer>,
	/// The longest blob that is fetched or read, in bytes; of a report that rests on longer ones the rest is
	/// checked
	#[arg(long, value_name = "BYTES", default_value_t = DEFAULT_MAX_BYTES)]
	pub max_bytes: u64,
	/// Demand the bytes that no peer gives, chunk by chunk, and enforce every demand that nobody
	/// answers, whoever made it; a blob whose missing chunks all fit into --max-demands is demanded
	/// whole and put together from the answers
	#[arg(long)]
	pub demand: bool,
	/// The most demands for the sake of one report, up to 16384; each costs its deposit where it is
	/// answered
	#[arg(long, value_name = "N", default_value_t = 64, requires = "demand")]
	#[arg(value_parser = value_parser!(u32).range(..=16_384))]
	pub max_demands: u32,
	/// Announce each fault before it is submitted, so that nobody who copies it is paid
	#[arg(long)]
	pub announce: bool,
	/// Where verdicts, own demands and announcements are kept [default: below
	/// $XDG_DATA_HOME/tributary/watch, by chain and account]
	#[arg(long, value_name = "FILE")]
	pub state: Option<PathBuf>,
}

/// Answering demands.
#[derive(Debug, Args)]
pub struct Answering {
	/// Answer what is demanded now, and end
	#[arg(long)]
	pub once: bool,
}

/// The chunk of a demand.
#[derive(Clone, Copy, Debug, Args)]
pub struct Chunk {
	/// The chunk of 1,024 bytes; without it, one drawn at random
	#[arg(long, value_name = "INDEX")]
	pub chunk: Option<u64>,
}

/// Demands for bytes.
#[derive(Debug, Subcommand)]
pub enum Demand {
	/// List the demands that were neither answered nor enforced
	List,
	/// Demand a chunk of the entries of the open report; its attributor answers for them
	Entries {
		/// What it reports on
		#[command(flatten)]
		period: Period,
		/// Which
		#[command(flatten)]
		chunk: Chunk,
	},
	/// Demand a chunk of the payouts of the open report; its attributor answers for them
	Payouts {
		/// What it reports on
		#[command(flatten)]
		period: Period,
		/// Which
		#[command(flatten)]
		chunk: Chunk,
	},
	/// Demand a chunk of the list of items of a receipt; the model's owner answers for it
	Items {
		/// What was paid for
		#[command(flatten)]
		period: Period,
		/// The receipt
		receipt: u32,
		/// Which
		#[command(flatten)]
		chunk: Chunk,
	},
	/// Demand a chunk of an output; the model's owner answers for it. Needs the list of items in the store
	Output {
		/// What was paid for
		#[command(flatten)]
		period: Period,
		/// The receipt
		receipt: u32,
		/// The item
		item: u32,
		/// Which
		#[command(flatten)]
		chunk: Chunk,
	},
	/// Demand a chunk of a contribution; its contributor answers for it
	Contribution {
		/// The contribution
		seq: Seq,
		/// Keep the report on this model open until the demand is decided
		#[arg(long, requires = "epoch")]
		model: Option<ModelId>,
		/// The epoch that it reports on
		#[arg(long, requires = "model")]
		epoch: Option<EpochIndex>,
		/// Which
		#[command(flatten)]
		chunk: Chunk,
	},
	/// Draw the consequences of a demand that nobody answered in time
	Enforce {
		/// The demand
		id: u64,
	},
}

/// Accusations.
#[derive(Debug, Subcommand)]
pub enum Challenge {
	/// Accuse a contribution of repeating an earlier one, and show it; needs the bytes of both in the store
	Copy {
		/// The accused contribution
		accused: Seq,
		/// The earlier contribution
		#[arg(long, value_name = "SEQ")]
		of: Seq,
		/// Accuse also where too little of it stands in the earlier one, which forfeits the bond
		#[arg(long)]
		anyway: bool,
	},
	/// Accuse a contribution of repeating an output that was served before, and show it; needs the bytes
	/// of both, and the receipt's list of items, in the store
	Loop {
		/// The accused contribution
		accused: Seq,
		/// The model that served the output
		#[arg(long)]
		model: ModelId,
		/// The epoch of the receipt
		#[arg(long)]
		epoch: EpochIndex,
		/// The receipt
		#[arg(long)]
		receipt: u32,
		/// The item
		#[arg(long)]
		item: u32,
		/// Accuse also where too little of it stands in the output, which forfeits the bond
		#[arg(long)]
		anyway: bool,
	},
	/// Show the open accusations against a contribution
	Show {
		/// The contribution
		accused: Seq,
	},
	/// Close an accusation that was not shown in time
	Close {
		/// The contribution
		accused: Seq,
		/// Who accuses: an address, a public key in hex, or a development name
		account: String,
	},
}
