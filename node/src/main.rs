//! A Tributary node: it produces and finalises blocks with BABE and GRANDPA, keeps the chain in
//! ParityDB, and answers JSON-RPC.
//!
//! - [`cli`]: the command line
//! - [`command`]: what each command does
//! - [`chain_spec`]: the chains that the program knows by name
//! - [`service`]: consensus, network and pool put together
//! - [`sealing`]: development blocks that do not wait for slots
//! - [`rpc`]: the JSON-RPC surface, the `attribution_` methods among it

#![allow(clippy::result_large_err, reason = "the SDK's error types are large, and are made once")]

mod chain_spec;
mod cli;
mod command;
mod rpc;
mod sealing;
mod service;

fn main() -> sc_cli::Result<()> {
	command::run()
}
