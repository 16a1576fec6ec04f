//! `contribute`: commit, wait a block, reveal.

use std::path::{Path, PathBuf};

use serde_json::{json, Value as Json};
use tributary_engine::{BlobSource, BlobStore};
use tributary_primitives::{blob::open_tail, ids::DatasetId};

use super::{checked, dataset::state_name};
use crate::{
	chain::{
		calls::{self, Registered},
		tx::{Included, Via, MORTALITY},
		Call, Chain,
	},
	cli::Contribute,
	context::{root_text, Answer, Context},
	error::{Error, Result},
	files::read,
	keys::Signer,
	pending::{Pending, PendingStore},
};

/// Files that are committed in one transaction, and revealed in another: few enough for both to be far
/// from a block's limits, and for the reveal window to hold them.
const BATCH: usize = 16;

pub async fn run(context: &Context, arguments: Contribute) -> Result<Answer> {
	let key = context.key()?;
	let chain = context.chain().await?;
	let pending = PendingStore::open(context.data_dir(), chain.genesis(), key.account());
	let store = context.store()?;
	let run = Run { context, chain, key, pending, store, done: Vec::new(), sent: Vec::new() };
	match arguments.dataset {
		Some(dataset) => run.contribute(dataset, &arguments.files).await,
		None => run.resume().await,
	}
}

struct Run<'a> {
	context: &'a Context,
	chain: Chain,
	key: Signer,
	pending: PendingStore,
	store: BlobStore,
	/// The JSON of each contribution that is dealt with.
	done: Vec<Json>,
	/// The JSON of each transaction.
	sent: Vec<Json>,
}

impl Run<'_> {
	async fn contribute(mut self, dataset: DatasetId, files: &[PathBuf]) -> Result<Answer> {
		let view = self.chain.dataset(dataset).await?;
		if view.closed {
			return Err(Error::refused(format!(
				"dataset {dataset} takes no more contributions. Choose another, or ask its owner."
			)));
		}
		let mut waiting: Vec<Pending> = Vec::new();
		let bar = self.context.progress("hashing", files.len());
		for file in files {
			bar.inc(1);
			if let Some(pending) = self.prepare(dataset, file, &waiting).await? {
				waiting.push(pending);
			}
		}
		bar.finish_and_clear();
		if self.context.dry_run() {
			return self.check(&waiting).await;
		}
		for batch in waiting.chunks(self.key.at_once(BATCH)) {
			self.commit_and_reveal(batch).await?;
		}
		Ok(self.answer())
	}

	/// Stores a file, and says whether it is to be committed.
	async fn prepare(
		&mut self,
		dataset: DatasetId,
		file: &Path,
		waiting: &[Pending],
	) -> Result<Option<Pending>> {
		let bytes = read(file)?;
		let name = file.display().to_string();
		if bytes.is_empty() {
			return Err(Error::usage(format!("{name} is empty. Contribute at least one byte.")));
		}
		let content = self.store.put(&bytes).map_err(Error::usage)?;
		if let Some(first) = self.chain.contribution_by_root(&content.root).await? {
			self.already_registered(&name, first).await?;
			return Ok(None);
		}
		if let Some(first) = waiting.iter().find(|pending| pending.content == content) {
			self.context
				.note(format!("{name} has the same bytes as {}; it is left out", first.file));
			return Ok(None);
		}
		if let Some(pending) = self.pending.find(&content)? {
			self.context.note(format!(
				"{name} was committed for dataset {} before; going on from there",
				pending.dataset
			));
			if let Some(pending) = self.recover(pending).await? {
				return Ok(Some(pending));
			}
		}
		let after = self.chain.finalised().await?.number;
		Pending::new(name, dataset, content, after).map(Some)
	}

	/// Registration is once for each root, so a second run of the same command has nothing left to do.
	async fn already_registered(&mut self, name: &str, first: u64) -> Result<()> {
		let found = self.chain.contribution(first).await?;
		self.context.note(format!(
			"{name} is registered already: contribution {first} by {}, committed in block {}",
			found.contributor, found.committed_at
		));
		let mut json = json!(found);
		json["file"] = json!(name);
		json["alreadyRegistered"] = json!(true);
		self.done.push(json);
		Ok(())
	}

	/// Commits to all of `batch` that is not committed yet, and reveals it.
	async fn commit_and_reveal(&mut self, batch: &[Pending]) -> Result<()> {
		let mut batch = batch.to_vec();
		let committed = self.commit(&mut batch).await?;
		let pending = self.pending.clone();
		// The time to reveal runs: it is not spent on the disk. What that lacks is found in the blocks.
		let saving = tokio::task::spawn_blocking(move || {
			committed.iter().try_for_each(|committed| pending.save(committed))
		});
		let revealed = self.reveal(&batch).await;
		// What is revealed is removed, and must not be written after that.
		saving.await.map_err(Error::usage)??;
		let (calls, sent) = revealed?;
		self.conclude(&batch, &calls, sent).await
	}

	/// Commits to all of `batch` that is not committed yet, and gives that with the places that it has now.
	async fn commit(&mut self, batch: &mut [Pending]) -> Result<Vec<Pending>> {
		let mut fresh = Vec::new();
		for (at, pending) in batch.iter().enumerate().filter(|(_, pending)| pending.seq.is_none()) {
			self.pending.save(pending)?;
			fresh.push((at, self.pending.hash(pending)));
		}
		if fresh.is_empty() {
			return Ok(Vec::new());
		}
		self.context.note(format!("committing to {}", count(fresh.len())));
		let calls: Vec<_> = fresh.iter().map(|(_, hash)| calls::commit(*hash)).collect();
		let included = match self.send(&calls).await {
			Ok(included) => included,
			Err(error) => {
				// A refusal is certain: nothing was committed, so there is nothing to resume.
				if matches!(error, Error::Refused { .. }) {
					for (at, _) in &fresh {
						self.pending.remove(&batch[*at].content)?;
					}
				}
				return Err(error);
			}
		};
		let mut committed = Vec::new();
		for (at, hash) in fresh {
			let hash = format!("0x{}", hex::encode(hash));
			let event = included.events.iter().find(|event| {
				event.is("Datasets", "Committed") && event.text("hash") == Some(hash.as_str())
			});
			batch[at].seq = event.and_then(|event| event.number("seq"));
			committed.push(batch[at].clone());
		}
		Ok(committed)
	}

	/// Reveals all of `batch` together. Gives the calls, and what became of them.
	async fn reveal(&mut self, batch: &[Pending]) -> Result<(Vec<Call>, Result<Included>)> {
		self.wait_until_revealable(batch).await?;
		self.context.note(format!("revealing {}", count(batch.len())));
		let calls: Vec<_> =
			batch.iter().map(|pending| self.reveal_call(pending)).collect::<Result<_>>()?;
		let sent = self.send(&calls).await;
		Ok((calls, sent))
	}

	/// Ends what is revealed. What was refused together is revealed one by one, so that one bad file does not
	/// hold up the others.
	async fn conclude(
		&mut self,
		batch: &[Pending],
		calls: &[Call],
		sent: Result<Included>,
	) -> Result<()> {
		match sent {
			Ok(_) => {
				for pending in batch {
					self.finish(pending).await?;
				}
				Ok(())
			}
			Err(Error::Refused { .. }) if batch.len() > 1 => self.reveal_each(batch, calls).await,
			Err(error) => {
				for pending in batch {
					self.forget_if_hopeless(pending, &error)?;
				}
				Err(error)
			}
		}
	}

	async fn reveal_each(&mut self, batch: &[Pending], calls: &[Call]) -> Result<()> {
		let mut refused = None;
		for (pending, call) in batch.iter().zip(calls) {
			match self.send(std::slice::from_ref(call)).await {
				Ok(_) => self.finish(pending).await?,
				Err(error @ Error::Refused { .. }) => {
					self.context.note(format!("{}: {error}", pending.file));
					self.forget_if_hopeless(pending, &error)?;
					refused = Some(error);
				}
				Err(error) => return Err(error),
			}
		}
		refused.map_or(Ok(()), Err)
	}

	/// A reveal is heard from the block after its commit on, so it may be sent once the commit's block
	/// is the best: it can only enter a later one.
	async fn wait_until_revealable(&self, batch: &[Pending]) -> Result<()> {
		let mut newest = 0;
		for pending in batch {
			let seq = known_seq(pending)?;
			let committed_at = u64::from(self.chain.contribution(seq).await?.committed_at);
			newest = newest.max(committed_at);
		}
		self.chain.wait_for_block(newest).await
	}

	fn reveal_call(&self, pending: &Pending) -> Result<Call> {
		let bytes = self.store.get(&pending.content).map_err(Error::usage)?;
		let tail = open_tail(&bytes).map_err(Error::usage)?;
		let blob = Registered { content: pending.content, tail };
		Ok(calls::reveal(known_seq(pending)?, pending.dataset, &blob, &pending.salt))
	}

	/// A commitment whose time is over, or whose bytes somebody else registered, is of no more use.
	fn forget_if_hopeless(&self, pending: &Pending, error: &Error) -> Result<()> {
		if error.is("TooLate") || error.is("AlreadyRegistered") || error.is("NotFound") {
			self.pending.remove(&pending.content)?;
		}
		Ok(())
	}

	async fn finish(&mut self, pending: &Pending) -> Result<()> {
		let seq = known_seq(pending)?;
		let mut json = json!(self.chain.contribution(seq).await?);
		json["file"] = json!(pending.file);
		json["alreadyRegistered"] = json!(false);
		self.done.push(json);
		self.pending.remove(&pending.content)
	}

	/// Goes on with everything that was committed, or was about to be, and not revealed.
	async fn resume(mut self) -> Result<Answer> {
		let mut waiting = Vec::new();
		for pending in self.pending.all()? {
			waiting.extend(self.recover(pending).await?);
		}
		if self.context.dry_run() {
			return self.check(&waiting).await;
		}
		for batch in waiting.chunks(self.key.at_once(BATCH)) {
			self.commit_and_reveal(batch).await?;
		}
		Ok(self.answer())
	}

	/// What of an earlier run's commitment is still to be done; `None` where it is revealed or gone.
	///
	/// The place that was written down counts only as long as the chain has this commitment there: a
	/// reorganisation may have given it another.
	async fn recover(&mut self, mut pending: Pending) -> Result<Option<Pending>> {
		let hash = self.pending.hash(&pending);
		let was_committed = pending.seq.is_some();
		if let Some(first) = self.chain.contribution_by_root(&pending.content.root).await? {
			if self.chain.contribution(first).await?.contributor == self.key.account() {
				pending.seq = Some(first);
				self.finish(&pending).await?;
				return Ok(None);
			}
		}
		let seq = match pending.seq {
			Some(seq) if self.chain.commitment(seq).await? == Some(hash) => Some(seq),
			_ => self.find_commitment(&hash, pending.after).await?,
		};
		match seq {
			Some(seq) if self.chain.commitment(seq).await? == Some(hash) => {
				pending.seq = Some(seq);
				self.pending.save(&pending)?;
				Ok(Some(pending))
			}
			None if !was_committed => Ok(Some(pending)),
			_ => {
				self.context.note(format!(
					"{} was not revealed in time and its commitment is gone; contribute it again",
					pending.file
				));
				self.pending.remove(&pending.content)?;
				Ok(None)
			}
		}
	}

	/// The program may have ended between sending a commitment and hearing of it. Its event says where it
	/// stands: in one of the blocks in which the transaction was valid, or, where many others were sent before
	/// it, in one of the newest. What is older can not be revealed.
	async fn find_commitment(&self, hash: &[u8; 32], after: u64) -> Result<Option<u64>> {
		let hash = format!("0x{}", hex::encode(hash));
		let best = self.chain.best().await?.number;
		let valid = |number: u64| {
			number.saturating_sub(after) <= MORTALITY || best.saturating_sub(number) <= MORTALITY
		};
		for number in (after.saturating_add(1)..=best).filter(|number| valid(*number)) {
			let block = self.chain.hash_of(number).await?;
			// Blocks of long ago have no state left to read, and no reveal window either.
			let Ok(events) = self.chain.events(block, None).await else { continue };
			let event = events.iter().find(|event| {
				event.is("Datasets", "Committed") && event.text("hash") == Some(hash.as_str())
			});
			if let Some(event) = event {
				return Ok(event.number("seq"));
			}
		}
		Ok(None)
	}

	async fn send(&mut self, calls: &[Call]) -> Result<Included> {
		let call = match calls {
			[one] => one.clone(),
			many => {
				let mut encoded = Vec::new();
				for call in many {
					encoded.push(self.chain.encode(call).await?);
				}
				calls::batch_all(&encoded)
			}
		};
		let outcome = self.context.send(&self.chain, &call, &self.key, Via::Contribution).await?;
		self.sent.push(outcome.to_json());
		outcome.included().cloned().ok_or_else(|| Error::usage("a dry run sends nothing"))
	}

	async fn check(&mut self, waiting: &[Pending]) -> Result<Answer> {
		let mut lines = Vec::new();
		for pending in waiting {
			let call = calls::commit(self.pending.hash(pending));
			let outcome =
				self.context.send(&self.chain, &call, &self.key, Via::Contribution).await?;
			let mut json = outcome.to_json();
			json["file"] = json!(pending.file);
			json["root"] = json!(root_text(&pending.content));
			lines.push(format!("{}: {}", pending.file, checked(&outcome)));
			self.sent.push(json);
		}
		let json = json!({ "contributions": self.done, "transactions": self.sent });
		Ok(Answer::new(json, lines.join("\n")))
	}

	fn answer(self) -> Answer {
		let lines = self.done.iter().map(|json| {
			format!(
				"contribution {:>4}  {:<9}  {}",
				json["seq"],
				state_name(json),
				json["file"].as_str().unwrap_or_default()
			)
		});
		let text = match self.done.len() {
			0 => "nothing was left to reveal".to_owned(),
			_ => lines.collect::<Vec<_>>().join("\n"),
		};
		Answer::new(json!({ "contributions": self.done, "transactions": self.sent }), text)
	}
}

fn known_seq(pending: &Pending) -> Result<u64> {
	pending.seq.ok_or_else(|| {
		Error::refused(format!(
			"the chain did not say where the commitment of {} stands. Run `contribute --resume`.",
			pending.file
		))
	})
}

fn count(files: usize) -> String {
	match files {
		1 => "1 file".to_owned(),
		_ => format!("{files} files"),
	}
}
