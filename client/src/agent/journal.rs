//! What a running agent remembers, so that it never acts twice for one decision.
//!
//! Before an act is sent it is noted on disk, with the number that its transaction has among those of the
//! operator and the blocks that it may enter. What became of it is known once its block is final. A program
//! that ended in between finds the note, and sends nothing before it knows: the act stands in the agent's history,
//! or another transaction has taken its number, or its time is over. Where the node keeps the states of those blocks
//! no more, it can not be told which of these it was, only that nothing can come of it any more: that is enough.

use std::{
	collections::BTreeMap,
	fs, io,
	ops::RangeInclusive,
	path::{Path, PathBuf},
	sync::Mutex as Locked,
};

use serde::{Deserialize, Serialize};
use subxt::utils::{AccountId32, H256};
use tokio::sync::Mutex;
use tributary_primitives::{
	ids::{AgentId, EpochIndex, ModelId},
	views::hex32,
};

use super::rest::Rest;
use crate::{
	chain::{
		agents::Acted,
		tx::{Options, Outcome, Prepared, Via},
		BlockId, Call, Chain,
	},
	error::{Error, Result},
	files::{self, Lock},
	keys::Signer,
};

/// The longest state that is read, in bytes. What is written is far below it.
const MAX_BYTES: u64 = 64 * 1024;
/// The most models that are remembered.
const MAX_MODELS: usize = 256;
/// The most epochs that are remembered as open.
pub const MAX_OPEN: usize = 256;

/// An act that was about to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Intention {
	/// `Pallet.call`, for people.
	pub what: String,
	/// `blake2_256` of the SCALE-encoded call.
	#[serde(with = "hex32")]
	pub call_hash: [u8; 32],
	/// The number of its transaction among the operator's.
	pub nonce: u64,
	/// The block that its transaction is bound to. It may stand in any above it: another fork than the best
	/// one may have it in a block below the best one.
	pub after: u64,
	/// The last block that it may enter.
	pub until: u64,
}

impl Intention {
	/// Of what is signed.
	fn of(call: String, prepared: &Prepared) -> Self {
		Self {
			what: call,
			call_hash: sp_crypto_hashing::blake2_256(&prepared.call),
			nonce: prepared.nonce,
			after: prepared.valid_after(),
			until: prepared.valid_until(),
		}
	}

	/// The blocks that it may stand in, up to a final one.
	fn blocks(&self, final_block: u64) -> RangeInclusive<u64> {
		self.after.saturating_add(1)..=final_block.min(self.until)
	}
}

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct State {
	/// The act of which it is not known what became.
	pub pending: Option<Intention>,
	/// The block in which the last swap was decided on.
	#[serde(default)]
	pub swapped_in: Option<u64>,
	/// By model, the first epoch that was not looked at yet.
	#[serde(default)]
	pub epochs: BTreeMap<ModelId, EpochIndex>,
	/// The epochs for which something is left to do.
	#[serde(default)]
	pub open: Vec<OpenEpoch>,
}

impl State {
	/// Whether block `number` is less than `every` blocks from the one in which the last swap was decided on.
	/// One far above is of a development chain that was begun again since.
	pub fn rests_after_swap(&self, number: u64, every: u64) -> bool {
		self.swapped_in.is_some_and(|last| number.abs_diff(last) < every)
	}
}

/// An epoch that is to be reported on, or whose report is to be made final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenEpoch {
	/// The model.
	pub model: ModelId,
	/// The epoch.
	pub epoch: EpochIndex,
	/// When it is looked at again.
	pub rest: Rest,
}

/// What became of an act that was noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
	/// It stands in the history with this number.
	Done(u64),
	/// It will never be made.
	Never,
	/// Another transaction has taken its number, or it was made: the node says why it can not tell.
	Unknown(String),
	/// It may still be made.
	Open,
}

/// What is asked of a chain about an act.
trait Ledger {
	/// The newest final block.
	async fn newest_final(&self) -> Result<BlockId>;

	/// The number of the operator's next transaction in the state of a block.
	async fn next_number(&self, operator: &AccountId32, block: BlockId) -> Result<u64>;

	/// The acts in blocks; refused where the states of some are gone.
	async fn acts_in(&self, agent: AgentId, blocks: RangeInclusive<u64>) -> Result<Vec<Acted>>;
}

impl Ledger for Chain {
	async fn newest_final(&self) -> Result<BlockId> {
		self.finalised().await
	}

	async fn next_number(&self, operator: &AccountId32, block: BlockId) -> Result<u64> {
		self.nonce(operator, block).await
	}

	async fn acts_in(&self, agent: AgentId, blocks: RangeInclusive<u64>) -> Result<Vec<Acted>> {
		self.acts(agent, *blocks.start(), *blocks.end()).await
	}
}

/// The state of an agent on one chain, on disk. One program at a time uses it.
#[derive(Debug)]
pub struct Journal {
	agent: AgentId,
	path: PathBuf,
	state: Locked<State>,
	/// One act after the other.
	turn: Mutex<()>,
	_lock: Lock,
}

impl Journal {
	/// Opens the state of `agent` at `path`.
	///
	/// # Errors
	/// Where another program uses it, or it can not be read.
	pub fn open(path: PathBuf, agent: AgentId) -> Result<Self> {
		let lock = files::lock(&path.with_extension("lock"))?.ok_or_else(|| {
			Error::usage(format!(
				"agent {agent} is run by another program, which uses {}. Stop it first.",
				path.display()
			))
		})?;
		let state = read(&path)?;
		Ok(Self { agent, path, state: Locked::new(state), turn: Mutex::default(), _lock: lock })
	}

	/// Where the state of `agent` on the chain of `genesis` is below `data`.
	pub fn default_path(data: &Path, genesis: H256, agent: AgentId) -> PathBuf {
		let dir = data.join("agents").join(hex::encode(genesis.as_bytes()));
		dir.join(format!("{agent}.json"))
	}

	/// What is remembered.
	pub fn state(&self) -> State {
		self.state.lock().map(|state| state.clone()).unwrap_or_default()
	}

	/// Changes what is remembered, and writes it to the disk.
	///
	/// # Errors
	/// Where the file system refuses.
	pub fn change(&self, change: impl FnOnce(&mut State)) -> Result<()> {
		let mut state = self.state.lock().map_err(Error::usage)?;
		let before = state.clone();
		change(&mut state);
		while state.epochs.len() > MAX_MODELS {
			state.epochs.pop_first();
		}
		state.open.truncate(MAX_OPEN);
		if *state == before {
			return Ok(());
		}
		let text = serde_json::to_string_pretty(&*state).map_err(Error::usage)?;
		files::replace_private(&self.path, text.as_bytes())
	}

	/// Notes an act, sends it and waits until its block is final.
	///
	/// # Errors
	/// As [`Chain::send`], and where what became of an earlier act is not known yet.
	pub async fn send(
		&self,
		chain: &Chain,
		call: &Call,
		signer: &Signer,
		via: Via,
		options: Options,
	) -> Result<Outcome> {
		let _turn = self.turn.lock().await;
		self.settle(chain, signer).await?;
		let prepared = chain.prepare(call, signer).await?;
		let intention = Intention::of(call.title(), &prepared);
		self.change(|state| state.pending = Some(intention))?;
		// What a reorganisation may take back is not known to have happened.
		let options = Options { finalised: true, ..options };
		if let Err(error) = chain.hand_in(&prepared, via).await {
			if matches!(error, Error::Refused { .. }) {
				self.change(|state| state.pending = None)?;
			}
			return Err(error);
		}
		match chain.conclude(prepared, via, options).await {
			Ok(outcome) => {
				self.change(|state| state.pending = None)?;
				Ok(outcome)
			}
			Err(error) => {
				// What was stopped or failed is decided; where the node went away, the note stays.
				let _ = self.settle(chain, signer).await;
				Err(error)
			}
		}
	}

	/// Finds out what became of the act that is noted, if one is, and forgets it once that is known.
	///
	/// # Errors
	/// Where it may still be made, or the node does not answer.
	pub async fn settle(&self, chain: &Chain, signer: &Signer) -> Result<Option<Fate>> {
		self.settle_by(chain, &signer.operator()).await
	}

	async fn settle_by(
		&self,
		ledger: &impl Ledger,
		operator: &AccountId32,
	) -> Result<Option<Fate>> {
		let Some(pending) = self.state().pending else { return Ok(None) };
		match fate(ledger, self.agent, operator, &pending).await? {
			Fate::Open => Err(Error::refused(format!(
				"{} was sent before, and may still enter a block: nothing is sent before that is known, in \
				 block {} at the latest.",
				pending.what, pending.until
			))),
			known => {
				self.change(|state| state.pending = None)?;
				Ok(Some(known))
			}
		}
	}
}

/// What became of an act, by what is final.
///
/// # Errors
/// Where the node does not answer, or can not say it and the act may still be made.
async fn fate(
	ledger: &impl Ledger,
	agent: AgentId,
	operator: &AccountId32,
	pending: &Intention,
) -> Result<Fate> {
	let final_block = ledger.newest_final().await?;
	let taken = ledger.next_number(operator, final_block).await? > pending.nonce;
	let over = final_block.number >= pending.until;
	let found = match ledger.acts_in(agent, pending.blocks(final_block.number)).await {
		Ok(acts) => acts.into_iter().find(|acted| acted.act.call_hash == pending.call_hash),
		Err(Error::Refused { message, .. }) if taken => return Ok(Fate::Unknown(message)),
		Err(Error::Refused { .. }) if over => None,
		Err(error) => return Err(error),
	};
	Ok(match found {
		// While its number is free the same call was made by another transaction.
		Some(acted) if taken => Fate::Done(acted.act.index),
		_ if taken || over => Fate::Never,
		_ => Fate::Open,
	})
}

fn read(path: &Path) -> Result<State> {
	let broken = |why: String| {
		Error::usage(format!(
			"{}: {why}. It says which act may be on its way: repair it, or wait {} blocks and move it away.",
			path.display(),
			crate::chain::tx::MORTALITY
		))
	};
	match fs::metadata(path) {
		Ok(found) if found.len() > MAX_BYTES => {
			return Err(broken(format!("the state has more than {MAX_BYTES} bytes")));
		}
		Ok(_) => {}
		Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::default()),
		Err(error) => return Err(Error::file(path, error)),
	}
	let text = fs::read_to_string(path).map_err(|error| Error::file(path, error))?;
	serde_json::from_str(&text).map_err(|error| broken(error.to_string()))
}

#[cfg(test)]
mod tests;
