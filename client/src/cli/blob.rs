//! Blobs and traces.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Subcommand};
use tributary_primitives::window::DEFAULT_WINDOW;

use crate::exchange::Peer;

/// The longest blob that is fetched where nothing else is said: 4 GiB.
pub const DEFAULT_MAX_BYTES: u64 = 4 << 30;

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
	/// Serve every blob of the store to whoever knows its hash, until Ctrl-C
	Serve {
		/// Where to listen: an address of this machine, and a UDP port
		#[arg(long, value_name = "IP:PORT", default_value = "0.0.0.0:9946")]
		listen: SocketAddr,
	},
	/// Fetch blobs from peers into the store; goes on where a fetch before was broken off
	Fetch {
		/// The blobs' BLAKE3 hashes
		#[arg(value_name = "ROOT", value_parser = parse_root, required = true)]
		roots: Vec<[u8; 32]>,
		/// Whom to ask, in this order, as `blob serve` prints it; without any, the peers of the config
		/// file
		#[arg(long = "peer", value_name = "PEER")]
		peers: Vec<Peer>,
		/// The longest blob that is fetched, in bytes
		#[arg(long, value_name = "BYTES", default_value_t = DEFAULT_MAX_BYTES)]
		max_bytes: u64,
	},
}

fn parse_root(text: &str) -> Result<[u8; 32], String> {
	let mut root = [0; 32];
	hex::decode_to_slice(text.strip_prefix("0x").unwrap_or(text), &mut root)
		.map(|()| root)
		.map_err(|error| format!("`{text}` is no hash of 64 hex digits: {error}"))
}
