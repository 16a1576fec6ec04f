//! Channels and gateways.

use std::{net::SocketAddr, ops::RangeInclusive, path::PathBuf};

use clap::{Args, Subcommand};
use tributary_primitives::ids::{ChannelId, ModelId};

use crate::{amount::Amount, gateway::http::Url};

/// Channels.
#[derive(Debug, Subcommand)]
pub enum Channel {
	/// Open a channel to a server, with a deposit that vouchers may take
	Open {
		/// The model that is paid for
		model: ModelId,
		/// Who may close it with a voucher
		#[arg(long, value_name = "ACCOUNT")]
		server: String,
		/// The most that vouchers may take
		#[arg(long, value_name = "AMOUNT")]
		deposit: Amount,
		/// For how many blocks the server can rely on it
		#[arg(long, value_name = "N")]
		blocks: u32,
		/// Whose key signs vouchers; without it, the payer's
		#[arg(long, value_name = "ACCOUNT")]
		signer: Option<String>,
	},
	/// Add to a channel's deposit, or put its expiry off; takes a request to close it back
	TopUp {
		/// The channel
		id: ChannelId,
		/// What is added to the deposit
		#[arg(long, value_name = "AMOUNT", default_value = "0")]
		amount: Amount,
		/// The block in which it expires from now on
		#[arg(long, value_name = "BLOCK")]
		expires_at: Option<u32>,
	},
	/// Show an open channel
	Show {
		/// The channel
		id: ChannelId,
	},
	/// List the open channels that an account pays or serves; without one, the key's
	List {
		/// An address, a public key in hex, or a development name
		account: Option<String>,
	},
	/// Sign a voucher; nothing is sent
	Voucher {
		/// The channel
		id: ChannelId,
		/// What is paid in all since the channel was opened
		#[arg(long, value_name = "AMOUNT")]
		amount: Amount,
		/// All outputs since the channel was opened, in order
		#[arg(long = "output", value_name = "FILE", required = true, num_args = 1..)]
		outputs: Vec<PathBuf>,
		/// Its number; without it, the number of outputs
		#[arg(long, value_name = "N")]
		nonce: Option<u64>,
		/// Where it is written; without it, standard output alone
		#[arg(long, value_name = "FILE")]
		out: Option<PathBuf>,
	},
	/// Close a channel with a voucher, as its server
	Close {
		/// The channel
		id: ChannelId,
		/// The voucher, the list of outputs of which is in the store; without it, the last one that
		/// `gateway serve` took
		#[arg(long, value_name = "FILE")]
		voucher: Option<PathBuf>,
		/// The gateway's folder [default: below $XDG_DATA_HOME/tributary/gateway, by chain and account]
		#[arg(long, value_name = "DIR", conflicts_with = "voucher")]
		state: Option<PathBuf>,
	},
	/// Ask to close a channel, as its payer: it can be finished once the server had time to
	RequestClose {
		/// The channel
		id: ChannelId,
	},
	/// Get the deposit of a channel back that has expired, or was asked to be closed
	Finish {
		/// The channel
		id: ChannelId,
	},
}

/// Gateways.
#[derive(Debug, Subcommand)]
pub enum Gateway {
	/// Sell a program's answers for vouchers of channels, until Ctrl-C, and close the channels in time
	Serve(GatewayServe),
	/// Ask a gateway, and pay for its answers
	Ask(GatewayAsk),
}

/// The seconds that a gateway's program may be given for an answer.
pub const ANSWER_SECONDS: RangeInclusive<u64> = 1..=3_600;
/// How many of it a gateway may be told to run at a time.
pub const PROGRAMS_AT_ONCE: RangeInclusive<i64> = 1..=1_024;

/// A gateway that sells answers.
#[derive(Debug, Args)]
pub struct GatewayServe {
	/// The model that answers are paid for
	#[arg(long)]
	pub model: ModelId,
	/// The program and its arguments, separated by blanks; it reads a prompt on standard input, and
	/// writes an answer on standard output. No shell is used
	#[arg(long, value_name = "PROGRAM ARGS")]
	pub command: String,
	/// What an answer costs
	#[arg(long, value_name = "AMOUNT")]
	pub price: Amount,
	/// Where to listen; 127.0.0.1 is this machine alone
	#[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:9950")]
	pub listen: SocketAddr,
	/// Close a channel at once when its vouchers come to this
	#[arg(long, value_name = "AMOUNT")]
	pub settle_at: Option<Amount>,
	/// The blocks before its expiry in which a channel is closed and gets no more answers
	#[arg(long, value_name = "BLOCKS", default_value_t = 20)]
	pub margin: u32,
	/// The longest prompt, in bytes
	#[arg(long, value_name = "BYTES", default_value_t = 64 * 1024)]
	pub max_prompt: u64,
	/// The longest answer, in bytes
	#[arg(long, value_name = "BYTES", default_value_t = 1024 * 1024)]
	pub max_answer: u64,
	/// How long the program may take, in seconds
	#[arg(long, value_name = "SECONDS", default_value_t = 60)]
	#[arg(value_parser = clap::value_parser!(u64).range(ANSWER_SECONDS))]
	pub timeout: u64,
	/// How many of it may run at a time
	#[arg(long, value_name = "N", default_value_t = 4)]
	#[arg(value_parser = clap::value_parser!(u32).range(PROGRAMS_AT_ONCE))]
	pub at_once: u32,
	/// Where vouchers are kept [default: below $XDG_DATA_HOME/tributary/gateway, by chain and account]
	#[arg(long, value_name = "DIR")]
	pub state: Option<PathBuf>,
}

/// Questions to a gateway.
#[derive(Debug, Args)]
pub struct GatewayAsk {
	/// Where the gateway is: http://HOST:PORT
	#[arg(id = "gateway", value_name = "URL")]
	pub url: Url,
	/// The questions, asked one after the other; `-` is standard input
	#[arg(required = true)]
	pub prompts: Vec<String>,
	/// The channel that pays; the key signs its vouchers
	#[arg(long, value_name = "ID")]
	pub channel: ChannelId,
	/// The most that one answer may cost
	#[arg(long, value_name = "AMOUNT")]
	pub max_price: Amount,
	/// The longest answer, in bytes
	#[arg(long, value_name = "BYTES", default_value_t = 16 * 1024 * 1024)]
	pub max_bytes: u64,
	/// How long an answer may take, in seconds
	#[arg(long, value_name = "SECONDS", default_value_t = 120)]
	#[arg(value_parser = clap::value_parser!(u64).range(1..=7_200))]
	pub timeout: u64,
	/// Where vouchers are kept [default: below $XDG_DATA_HOME/tributary/channels, by chain]
	#[arg(long, value_name = "DIR")]
	pub state: Option<PathBuf>,
}
