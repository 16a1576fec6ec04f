//! The command line.

use clap::{Parser, Subcommand};
use sc_cli::RunCmd;

use crate::sealing::Sealing;

/// The whole command line.
#[derive(Debug, Parser)]
pub struct Cli {
	/// A command other than running the node.
	#[command(subcommand)]
	pub command: Option<Command>,

	/// Seal blocks without waiting for slots; with --dev only.
	///
	/// `instant` seals a block as soon as there is a transaction, `interval=MS` one every MS
	/// milliseconds, with or without transactions. Each block is final at once, and chain time moves
	/// one slot per block whatever the clock says. Without this option --dev runs BABE and GRANDPA
	/// like any other chain.
	#[arg(long, value_name = "instant|interval=MS", requires = "dev")]
	pub sealing: Option<Sealing>,

	/// How to run the node.
	#[command(flatten)]
	pub run: RunCmd,
}

/// What the program does besides running a node.
#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant)]
pub enum Command {
	/// Make, inspect and store keys.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Write a chain specification as JSON.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Write a chain specification to the standard output; `export-chain-spec` is its successor.
	BuildSpec(sc_cli::BuildSpecCmd),

	/// Execute one block of the database again.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Write the blocks of the database to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Write the state after a block as a chain specification.
	ExportState(sc_cli::ExportStateCmd),

	/// Read blocks from a file into the database.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Remove the database.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Undo the newest blocks that are not final.
	Revert(sc_cli::RevertCmd),

	/// Say where the database's chain is.
	ChainInfo(sc_cli::ChainInfoCmd),
}

#[cfg(test)]
mod tests {
	use clap::error::ErrorKind;

	use super::*;

	fn parse(args: &[&str]) -> Result<Cli, clap::Error> {
		Cli::try_parse_from([&["tributary-node"], args].concat())
	}

	#[test]
	fn sealing_is_taken_with_dev() {
		assert_eq!(parse(&["--dev"]).unwrap().sealing, None);
		assert_eq!(
			parse(&["--dev", "--sealing", "instant"]).unwrap().sealing,
			Some(Sealing::Instant)
		);
		assert!(matches!(
			parse(&["--dev", "--sealing", "interval=200"]).unwrap().sealing,
			Some(Sealing::Interval(every)) if every.as_millis() == 200
		));
	}

	#[test]
	fn sealing_is_refused_without_dev() {
		for args in [&["--sealing", "instant"][..], &["--chain", "dev", "--sealing", "instant"]] {
			let error = parse(args).unwrap_err();
			assert_eq!(error.kind(), ErrorKind::MissingRequiredArgument);
			assert!(error.to_string().contains("--dev"), "{error}");
		}
	}

	#[test]
	fn unknown_sealing_is_refused_with_what_is_known() {
		let error = parse(&["--dev", "--sealing", "never"]).unwrap_err();
		assert_eq!(error.kind(), ErrorKind::ValueValidation);
		assert!(error.to_string().contains("interval=MS"), "{error}");
	}

	#[test]
	fn command_line_is_consistent() {
		<Cli as clap::CommandFactory>::command().debug_assert();
	}
}
