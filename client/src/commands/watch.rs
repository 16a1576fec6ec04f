//! `watch`: check reports while they may be challenged, and prove the wrong ones wrong.

use std::{
	collections::{BTreeMap, BTreeSet},
	process::ExitCode,
	time::Duration,
};

use serde_json::{json, Value as Json};
use subxt_signer::sr25519::Keypair;
use tributary_primitives::{
	fault::Fault,
	ids::{EpochIndex, ModelId},
	views::ReportStateView,
};

use super::evidence::Evidence;
use crate::{
	amount::Amount,
	chain::{calls, tx::Via, BlockId, Chain},
	cli::Watch,
	context::{Answer, Context},
	error::{Error, Result},
	keys::account_of,
};

/// The pause before the first attempt to reconnect; each next one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause between two attempts.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

pub async fn run(context: &Context, arguments: Watch) -> Result<ExitCode> {
	let chain = context.chain().await?;
	let key = context.key()?;
	if let Some(model) = arguments.model {
		chain.model(model).await?;
	}
	let mut watch = Watcher {
		context,
		chain,
		key,
		model: arguments.model,
		last: None,
		pause: FIRST_PAUSE,
		seen: BTreeSet::new(),
		waiting: BTreeMap::new(),
	};
	if arguments.once {
		return watch.once().await;
	}
	tokio::select! {
		ended = watch.follow() => ended.map(|()| ExitCode::SUCCESS),
		_ = tokio::signal::ctrl_c() => Ok(ExitCode::SUCCESS),
	}
}

struct Watcher<'a> {
	context: &'a Context,
	chain: Chain,
	key: Keypair,
	model: Option<ModelId>,
	/// The last block whose events were read.
	last: Option<BlockId>,
	/// How long to wait before the node is tried again.
	pause: Duration,
	/// Reports that were checked. A reorganisation may give the id of one to another.
	seen: BTreeSet<(u32, [u8; 32], [u8; 32])>,
	/// What is to be checked, with the reason why it could not be before. It is tried again with each
	/// block, as bytes may arrive.
	waiting: BTreeMap<(ModelId, EpochIndex), Option<String>>,
}

impl Watcher<'_> {
	/// Checks what stands now.
	async fn once(&mut self) -> Result<ExitCode> {
		let best = self.chain.best().await?.number;
		self.read_events(best).await?;
		let mut verdicts = Vec::new();
		self.check_waiting(|verdict| verdicts.push(verdict)).await?;
		self.context.print(&summary(&verdicts));
		let settled = verdicts.iter().all(|verdict| verdict.json["reason"].is_null());
		Ok(if settled { ExitCode::SUCCESS } else { ExitCode::FAILURE })
	}

	/// Checks what stands and what comes, as long as nothing but the connection fails.
	async fn follow(&mut self) -> Result<()> {
		self.context.note("watching; end with Ctrl-C");
		loop {
			match self.follow_connection().await {
				Err(Error::Unreachable(why)) => self.context.note(format!("{why} Trying again.")),
				ended => return ended,
			}
			self.reconnect().await?;
			self.context.note("connected again");
		}
	}

	/// Follows the chain until the connection fails.
	async fn follow_connection(&mut self) -> Result<()> {
		let mut heads = self.chain.best_heads().await?;
		loop {
			let newest = heads.next().await?;
			self.read_events(newest).await?;
			let context = self.context;
			self.check_waiting(|verdict| context.print(&verdict)).await?;
			self.pause = FIRST_PAUSE;
		}
	}

	async fn reconnect(&mut self) -> Result<()> {
		loop {
			tokio::time::sleep(self.pause).await;
			self.pause = LONGEST_PAUSE.min(self.pause.saturating_mul(2));
			match self.context.chain().await {
				Ok(chain) => {
					self.chain = chain;
					return Ok(());
				}
				Err(Error::Unreachable(why)) => self
					.context
					.note(format!("{why} Trying again in {} seconds.", self.pause.as_secs())),
				Err(error) => return Err(error),
			}
		}
	}

	/// Notes every (model, epoch) that was reported on in the blocks up to `newest` that were not read
	/// and in which a report that may still be challenged can stand.
	async fn read_events(&mut self, newest: u64) -> Result<()> {
		let window: u32 = self.chain.constant("Attribution", "ChallengeWindow").await?;
		let oldest = newest.saturating_sub(window.into());
		let first = match self.last {
			Some(last)
				if last.number <= newest && self.chain.hash_of(last.number).await? == last.hash =>
			{
				oldest.max(last.number.saturating_add(1))
			}
			// The first blocks of all, or others after a reorganisation.
			_ => oldest,
		};
		for number in first..=newest {
			let block = BlockId { number, hash: self.chain.hash_of(number).await? };
			for period in self.reported_in(block).await? {
				self.waiting.entry(period).or_default();
			}
			self.last = Some(block);
		}
		Ok(())
	}

	/// Every (model, epoch) that was reported on in a block.
	async fn reported_in(&self, block: BlockId) -> Result<Vec<(ModelId, EpochIndex)>> {
		let events = match self.chain.events(block.hash, None).await {
			Ok(events) => events,
			Err(error) => {
				// A node that still answers has only lost this block's state.
				self.chain.best().await?;
				let number = block.number;
				self.context.note(format!("the events of block {number} are left out: {error}"));
				return Ok(Vec::new());
			}
		};
		let number = |number: Option<u64>| number.and_then(|number| u32::try_from(number).ok());
		let reported = events.iter().filter(|event| event.is("Attribution", "Reported"));
		let periods = reported.filter_map(|event| {
			Some((number(event.number("model"))?, number(event.number("epoch"))?))
		});
		Ok(periods.filter(|(model, _)| self.model.is_none_or(|wanted| wanted == *model)).collect())
	}

	/// Checks all that is to be checked, and gives each verdict that is new.
	async fn check_waiting(&mut self, mut tell: impl FnMut(Answer)) -> Result<()> {
		let periods: Vec<_> = self.waiting.keys().copied().collect();
		for (model, epoch) in periods {
			if let Some(verdict) = self.check(model, epoch).await? {
				tell(verdict);
			}
		}
		Ok(())
	}

	/// Checks the report on (model, epoch), if there is one that was not checked and may be challenged.
	/// It goes on waiting where it stays unchecked, or the connection fails.
	async fn check(&mut self, model: ModelId, epoch: EpochIndex) -> Result<Option<Answer>> {
		let Some(report) = self.chain.find_report(model, epoch).await? else {
			self.waiting.remove(&(model, epoch));
			return Ok(None);
		};
		let name = (report.id, report.entries.root, report.payouts.root);
		if report.state != ReportStateView::Challengeable || self.seen.contains(&name) {
			self.waiting.remove(&(model, epoch));
			return Ok(None);
		}
		let about = format!("report {} on epoch {epoch} of model {model}", report.id);
		let mut json = json!({
			"model": model,
			"epoch": epoch,
			"report": report.id,
			"attributor": report.attributor,
		});
		let found = match Evidence::gather(self.context, &self.chain, model, epoch).await {
			Ok(evidence) => evidence
				.fault(&report.entries, &report.payouts)
				.map(|fault| (fault, evidence.unseen.len())),
			Err(error) => Err(error),
		};
		let text = match found {
			Ok((None, unseen)) => {
				json["verdict"] = json!("sound");
				json["unseen"] = json!(unseen);
				match unseen {
					0 => format!("{about} is right"),
					some => format!(
						"{about} is right as far as can be seen: {some} sources are not here"
					),
				}
			}
			Ok((Some(fault), _)) => {
				json["verdict"] = json!("fault");
				json["fault"] = json!(kind(&fault));
				self.prove(model, epoch, report.id, &about, &fault, &mut json).await?
			}
			// One report whose bytes are not to be had must not end the watch over the others.
			Err(error @ (Error::Usage(_) | Error::Refused { .. })) => {
				json["verdict"] = json!("unchecked");
				json["reason"] = json!(error.to_string());
				format!("{about} can not be checked: {error}")
			}
			Err(error) => return Err(error),
		};
		let Some(reason) = json["reason"].as_str().map(str::to_owned) else {
			self.waiting.remove(&(model, epoch));
			self.seen.insert(name);
			return Ok(Some(Answer::new(json, text)));
		};
		let known = self.waiting.insert((model, epoch), Some(reason.clone()));
		if known.flatten() == Some(reason) {
			return Ok(None);
		}
		Ok(Some(Answer::new(json, text)))
	}

	async fn prove(
		&self,
		model: ModelId,
		epoch: EpochIndex,
		report: u32,
		about: &str,
		fault: &Fault,
		json: &mut Json,
	) -> Result<String> {
		let kind = kind(fault);
		let challenger = account_of(&self.key);
		let call = calls::submit_fault(model, epoch, report, &challenger, fault);
		match self.context.send_unsigned(&self.chain, &call, Via::Proof).await {
			Ok(outcome) => {
				json["transaction"] = outcome.to_json();
				let reward = outcome
					.included()
					.and_then(|tx| tx.event("Attribution", "Voided")?.amount("reward"));
				Ok(match reward {
					Some(reward) => {
						json["reward"] = json!(reward.to_string());
						format!(
							"{about} is wrong ({kind}) and void now; {} is yours",
							Amount(reward)
						)
					}
					None => format!("{about} is wrong ({kind}); nothing was sent"),
				})
			}
			// Somebody else may have been faster.
			Err(error @ Error::Refused { .. }) => {
				json["reason"] = json!(error.to_string());
				Ok(format!("{about} is wrong ({kind}), but the proof was refused: {error}"))
			}
			Err(error) => Err(error),
		}
	}
}

fn kind(fault: &Fault) -> &'static str {
	match fault {
		Fault::Structure { .. } => "Structure",
		Fault::Foreign { .. } => "Foreign",
		Fault::Mismatch { .. } => "Mismatch",
		Fault::Prior { .. } => "Prior",
		Fault::Amount { .. } => "Amount",
		Fault::Order { .. } => "Order",
		Fault::Unequal { .. } => "Unequal",
		Fault::Absent { .. } => "Absent",
	}
}

fn summary(verdicts: &[Answer]) -> Answer {
	let checked: Vec<_> = verdicts.iter().map(|verdict| verdict.json.clone()).collect();
	let text = match verdicts {
		[] => "no report may be challenged now".to_owned(),
		verdicts => {
			verdicts.iter().map(|verdict| verdict.text.as_str()).collect::<Vec<_>>().join("\n")
		}
	};
	Answer::new(json!({ "checked": checked }), text)
}
