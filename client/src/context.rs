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
use tributary_engine::BlobStore;
use tributary_primitives::{
	blob::{open_tail, Content},
	ids::AgentId,
};

use crate::{
	agent::journal::Journal,
	chain::{
		calls::Registered,
		tx::{Options, Outcome, Via},
		Call, Chain,
	},
	cli::Global,
	config::{Given, Settings},
	error::{Error, Result},
	exchange::{Fetcher, Peer},
	keys::{self, Signer},
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
	/// The agent in whose name calls are made, if any.
	agent: Option<AgentId>,
	/// Where acts are noted before they are sent, for an agent that runs by itself.
	journal: Option<Journal>,
	/// Whether the person at the terminal has agreed; asked once for all transactions of a run.
	agreed: AtomicBool,
}

impl Context {
	/// Resolves the settings.
	///
	/// # Errors
	/// As [`Settings::resolve`].
	pub fn new(global: Global) -> Result<Self> {
		let Global { url, key, store, agent, json, dry_run, yes, finalised } = global;
		Ok(Self {
			settings: Settings::resolve(Given { url, key, store })?,
			json,
			yes,
			options: Options { finalised, dry_run },
			agent,
			journal: None,
			agreed: AtomicBool::new(false),
		})
	}

	/// The same settings for an agent that runs by itself, whose acts are noted in `journal`.
	pub fn running(&self, agent: AgentId, journal: Journal) -> Self {
		Self {
			settings: self.settings.clone(),
			json: self.json,
			yes: self.yes,
			options: self.options,
			agent: Some(agent),
			journal: Some(journal),
			agreed: AtomicBool::new(self.agreed.load(Ordering::Relaxed)),
		}
	}

	/// The agent in whose name calls are made, if any.
	pub fn agent(&self) -> Option<AgentId> {
		self.agent
	}

	/// Whether transactions are only checked.
	pub fn dry_run(&self) -> bool {
		self.options.dry_run
	}

	/// Whether what is sent is waited for until its block is final.
	pub fn waits_for_finality(&self) -> bool {
		self.options.finalised || self.journal.is_some()
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

	/// Who signs, and as whom.
	///
	/// # Errors
	/// Where nobody is named, or the name names nobody.
	pub fn key(&self) -> Result<Signer> {
		let key = self.settings.key.as_deref().ok_or_else(|| {
			Error::usage("no key: name who signs with --key, TRIBUTARY_KEY or the config file")
		})?;
		Ok(Signer::new(keys::keypair(key)?, self.agent))
	}

	/// Whether [`Context::account`] knows an account without a name.
	pub fn has_key(&self) -> bool {
		self.settings.key.is_some() || self.agent.is_some()
	}

	/// The account that `named` names, or where nobody is named the agent's or the key's.
	///
	/// # Errors
	/// Where it names none, or there is no key.
	pub fn account(&self, named: Option<&str>) -> Result<AccountId32> {
		match (named, self.agent) {
			(Some(named), _) => keys::account(named),
			(None, Some(agent)) => Ok(keys::agent_account(agent)),
			(None, None) => Ok(self.key()?.account()),
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
	/// As [`Chain::send`], and where the person at the terminal says no, or what became of an earlier act
	/// of an agent that runs by itself is not known yet.
	pub async fn send(
		&self,
		chain: &Chain,
		call: &Call,
		key: &Signer,
		via: Via,
	) -> Result<Outcome> {
		self.agree(&call.title(), key)?;
		// Boxed, as the futures of those who send are large enough without it.
		match &self.journal {
			Some(journal) if !self.options.dry_run => {
				Box::pin(journal.send(chain, call, key, via, self.options)).await
			}
			_ => Box::pin(chain.send(call, key, via, self.options)).await,
		}
	}

	/// Where the acts of an agent that runs by itself are noted.
	pub fn journal(&self) -> Option<&Journal> {
		self.journal.as_ref()
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
	pub fn agree(&self, what: &str, key: &Signer) -> Result<()> {
		let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
		let agreed = self.yes || self.agreed.load(Ordering::Relaxed);
		if agreed || self.options.dry_run || !asks {
			return Ok(());
		}
		match key.agent() {
			Some(agent) => eprint!("Have agent {agent} make {what}? [y/N] "),
			None => eprint!("Send {what} as {}? [y/N] ", key.account()),
		}
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
