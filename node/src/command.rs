//! What each command does.

use std::path::PathBuf;

use sc_cli::SubstrateCli;
use sc_network::{config::NetworkBackendType, Litep2pNetworkBackend, NetworkWorker};
use sc_service::PartialComponents;

use crate::{
	chain_spec,
	cli::{Cli, Command},
	service::{self, Block},
};

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Tributary Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		"The Tributary authors".into()
	}

	fn support_url() -> String {
		"the issues of the repository that this program was built from".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		Ok(match id {
			"dev" | "development" => Box::new(chain_spec::development()?),
			"" | "local" | "local_testnet" => Box::new(chain_spec::local_testnet()?),
			path => Box::new(chain_spec::ChainSpec::from_json_file(PathBuf::from(path)).map_err(
				|error| {
					format!(
						"{error}; a chain is `dev`, `local` or the path of a chain specification \
						 file, and `{path}` is none of them"
					)
				},
			)?),
		})
	}
}

/// Reads the command line and does what it says.
///
/// # Errors
/// Says what went wrong; the program ends with a code that is not zero then.
pub fn run() -> sc_cli::Result<()> {
	let cli = Cli::from_args();
	match &cli.command {
		None => run_node(&cli),
		Some(Command::Key(command)) => command.run(&cli),
		Some(Command::ExportChainSpec(command)) => command.run(cli.load_spec(&command.chain)?),
		Some(Command::BuildSpec(command)) => cli
			.create_runner(command)?
			.sync_run(|config| command.run(config.chain_spec, config.network)),
		Some(Command::CheckBlock(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, task_manager, import_queue, .. } =
				service::new_partial(&config, None)?;
			Ok((command.run(client, import_queue), task_manager))
		}),
		Some(Command::ExportBlocks(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, task_manager, .. } =
				service::new_partial(&config, None)?;
			Ok((command.run(client, config.database), task_manager))
		}),
		Some(Command::ExportState(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, task_manager, .. } =
				service::new_partial(&config, None)?;
			Ok((command.run(client, config.chain_spec), task_manager))
		}),
		Some(Command::ImportBlocks(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, task_manager, import_queue, .. } =
				service::new_partial(&config, None)?;
			Ok((command.run(client, import_queue), task_manager))
		}),
		Some(Command::PurgeChain(command)) => {
			cli.create_runner(command)?.sync_run(|config| command.run(config.database))
		}
		Some(Command::Revert(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, task_manager, backend, .. } =
				service::new_partial(&config, None)?;
			Ok((command.run(client, backend, Some(Box::new(service::revert))), task_manager))
		}),
		Some(Command::ChainInfo(command)) => {
			cli.create_runner(command)?.sync_run(|config| command.run::<Block>(&config))
		}
	}
}

fn run_node(cli: &Cli) -> sc_cli::Result<()> {
	let sealing = cli.sealing;
	cli.create_runner(&cli.run)?.run_node_until_exit(|config| async move {
		match config.network.network_backend {
			NetworkBackendType::Litep2p => {
				service::new_full::<Litep2pNetworkBackend>(config, sealing)
			}
			NetworkBackendType::Libp2p => {
				service::new_full::<NetworkWorker<Block, service::Hash>>(config, sealing)
			}
		}
		.map_err(sc_cli::Error::Service)
	})
}
