//! `tributary`: everything that a person does from a terminal.
//!
//! [`cli`] says what may be asked, [`commands`] does it, [`chain`] speaks with the node. A command returns
//! an [`Answer`](context::Answer), which is printed as JSON or as text; progress and messages go to
//! standard error. `docs/cli.md` is the reference.

mod agent;
mod amount;
mod chain;
mod cli;
mod commands;
mod config;
mod context;
mod ending;
mod error;
mod exchange;
mod files;
mod gateway;
mod keys;
mod pending;
mod random;
mod voucher;

use std::process::ExitCode;

use clap::Parser;

use cli::Cli;
use context::Context;

#[tokio::main]
async fn main() -> ExitCode {
	let Cli { global, command } = Cli::parse();
	let json = global.json;
	let done = async {
		let context = Context::new(global)?;
		commands::run(&context, command).await
	};
	match done.await {
		Ok(code) => code,
		Err(error) => {
			Context::print_error(json, &error);
			ExitCode::from(error.exit_code())
		}
	}
}
