//! What every command has at hand, and how it speaks.

use std::{
	io::{self, BufRead, IsTerminal, Write},
	path::Path,
	sync::atomic::{AtomicBool, Ordering},
};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::Value as Json;
use subxt::utils::AccountId32;
use subxt_signer::sr25519::Keypair;
use tributary_engine::BlobStore;
use tributary_primitives::blob::{open_tail, Content};

use crate::{
	chain::{
		calls::Registered,
		tx::{Options, Outcome, Via},
		Call, Chain,
	},
	cli::Global,
	config::{Given, Settings},
	error::{Error, Result},
	exchange::{Fetcher, Peer},
	keys,
};

/// What a command has to say: the same in JSON and in words.
#[derive(Clone, Debug)]
pub struct Answer {
	/// For `--json`.
	pub json: Json,
	/// The same with its fields in a fixed order, where one is promised.
	ordered: Option<String>,
	/// For people.
	pub text: String,
}

impl Answer {
	/// An answer.
	pub fn new(json: Json, text: impl Into<String>) -> Self {
		Self { json, ordered: None, text: text.into() }
	}

	/// An answer whose JSON has its fields in the order of `value`'s.
	///
	/// # Errors
	/// Where `value` has no JSON.
	pub fn ordered(value: &impl Serialize, text: impl Into<String>) -> Result<Self> {
		let ordered = serde_json::to_string(value).map_err(Error::usage)?;
		let json = serde_json::to_value(value).map_err(Error::usage)?;
		Ok(Self { json, ordered: Some(ordered), text: text.into() })
	}
}

/// The settings of this run.
#[derive(Debug)]
pub struct Context {
	settings: Settings,
	json: bool,
	yes: bool,
	options: Options,
	/// Whether the person at the terminal has agreed; asked once for all transactions of a run.
	agreed: AtomicBool,
}

impl Context {
	/// Resolves the settings.
	///
	/// # Errors
	/// As [`Settings::resolve`].
	pub fn new(global: Global) -> Result<Self> {
		let Global { url, key, store, json, dry_run, yes, finalised } = global;
		Ok(Self {
			settings: Settings::resolve(Given { url, key, store })?,
			json,
			yes,
			options: Options { finalised, dry_run },
			agreed: AtomicBool::new(false),
		})
	}

	/// Whether transactions are only checked.
	pub fn dry_run(&self) -> bool {
		self.options.dry_run
	}

	/// The folder of everything that must survive a crash.
	pub fn data_dir(&self) -> &Path {
		&self.settings.data
	}

	/// The folder of blobs.
	pub fn store_dir(&self) -> &Path {
		&self.settings.store
	}

	/// Fetches blobs from `peers`, and where there are none from those of the config file.
	///
	/// # Errors
	/// Where the store's folder can not be made.
	pub fn fetcher(&self, peers: &[Peer]) -> Result<Fetcher> {
		let peers = if peers.is_empty() { &self.settings.peers } else { peers };
		let store = self.store()?;
		let dir = std::fs::canonicalize(&self.settings.store)
			.map_err(|error| Error::file(&self.settings.store, error))?;
		Ok(Fetcher::new(store, dir, peers.to_vec()))
	}

	/// Connects to the node.
	///
	/// # Errors
	/// As [`Chain::connect`].
	pub async fn chain(&self) -> Result<Chain> {
		Chain::connect(&self.settings.url).await
	}

	/// Who signs.
	///
	/// # Errors
	/// Where nobody is named, or the name names nobody.
	pub fn key(&self) -> Result<Keypair> {
		let key = self.settings.key.as_deref().ok_or_else(|| {
			Error::usage("no key: name who signs with --key, TRIBUTARY_KEY or the config file")
		})?;
		keys::keypair(key)
	}

	/// Whether anybody is named who signs.
	pub fn has_key(&self) -> bool {
		self.settings.key.is_some()
	}

	/// The account that `named` names, or the key's where nobody is named.
	///
	/// # Errors
	/// Where it names none, or there is no key.
	pub fn account(&self, named: Option<&str>) -> Result<AccountId32> {
		match named {
			Some(named) => keys::account(named),
			None => Ok(keys::account_of(&self.key()?)),
		}
	}

	/// The store of blobs.
	///
	/// # Errors
	/// Where its folder can not be made.
	pub fn store(&self) -> Result<BlobStore> {
		BlobStore::open(&self.settings.store).map_err(Error::usage)
	}

	/// Puts `bytes` into the store, and opens their tail.
	///
	/// # Errors
	/// Where the file system refuses.
	pub fn register(&self, bytes: &[u8]) -> Result<Registered> {
		let content = self.store()?.put(bytes).map_err(Error::usage)?;
		let tail = open_tail(bytes).map_err(Error::usage)?;
		Ok(Registered { content, tail })
	}

	/// Signs and sends a call, after asking on a terminal.
	///
	/// # Errors
	/// As [`Chain::send`], and where the person at the terminal says no.
	pub async fn send(
		&self,
		chain: &Chain,
		call: &Call,
		key: &Keypair,
		via: Via,
	) -> Result<Outcome> {
		self.agree(&call.title(), key)?;
		chain.send(call, key, via, self.options).await
	}

	/// Sends a call that nobody signs.
	///
	/// # Errors
	/// As [`Chain::send_unsigned`].
	pub async fn send_unsigned(&self, chain: &Chain, call: &Call, via: Via) -> Result<Outcome> {
		chain.send_unsigned(call, via, self.options).await
	}

	/// Asks the person at the terminal, if there is one, whether `what` may be sent; once for all
	/// transactions of a run.
	///
	/// # Errors
	/// Where the answer is no.
	pub fn agree(&self, what: &str, key: &Keypair) -> Result<()> {
		let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
		let agreed = self.yes || self.agreed.load(Ordering::Relaxed);
		if agreed || self.options.dry_run || !asks {
			return Ok(());
		}
		eprint!("Send {what} as {}? [y/N] ", keys::account_of(key));
		let _ = io::stderr().flush();
		let mut reply = String::new();
		let _ = io::stdin().lock().read_line(&mut reply);
		match reply.trim() {
			"y" | "Y" | "yes" => {
				self.agreed.store(true, Ordering::Relaxed);
				Ok(())
			}
			_ => Err(Error::usage("not sent; say y, or give --yes")),
		}
	}

	/// Says something that is not the answer, on standard error.
	pub fn note(&self, text: impl AsRef<str>) {
		eprintln!("{}", text.as_ref());
	}

	/// Prints an answer on standard output.
	pub fn print(&self, answer: &Answer) {
		let text = match &answer.ordered {
			_ if !self.json => answer.text.clone(),
			Some(ordered) => ordered.clone(),
			None => answer.json.to_string(),
		};
		// A closed pipe is no error of the command, which is done.
		let _ = writeln!(io::stdout(), "{}", text.trim_end());
	}

	/// Reports a failure: on standard error, and with `--json` on standard output too.
	pub fn print_error(json: bool, error: &Error) {
		if json {
			let _ = writeln!(io::stdout(), "{}", error.to_json());
		}
		eprintln!("error: {error}");
	}

	/// A bar of `len` steps on a terminal, and nothing elsewhere.
	pub fn progress(&self, what: &str, len: usize) -> ProgressBar {
		if !io::stderr().is_terminal() {
			return ProgressBar::hidden();
		}
		let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
		ProgressBar::new(len as u64)
			.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
			.with_message(what.to_owned())
	}
}

/// A root as it is written everywhere: 0x and 64 hex digits.
pub fn root_text(content: &Content) -> String {
	format!("0x{}", hex::encode(content.root))
}
