//! `watch`: check reports while they may be challenged, and prove the wrong ones wrong.

use std::collections::{BTreeMap, BTreeSet};

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
	chain::{calls, tx::Via, Chain},
	cli::Watch,
	context::{Answer, Context},
	error::{Error, Result},
	keys::account_of,
};

pub async fn run(context: &Context, arguments: Watch) -> Result<()> {
	let chain = context.chain().await?;
	let key = context.key()?;
	let mut watch = Watcher {
		context,
		chain,
		key,
		model: arguments.model,
		seen: BTreeSet::new(),
		waiting: BTreeMap::new(),
	};
	let mut next = watch.chain.best().await?.number.saturating_add(1);
	let mut verdicts = Vec::new();
	for (model, epoch) in watch.standing().await? {
		if let Some(verdict) = watch.check(model, epoch).await? {
			if !arguments.once {
				context.print(&verdict);
			}
			verdicts.push(verdict);
		}
	}
	if arguments.once {
		context.print(&summary(&verdicts));
		return Ok(());
	}

	context.note("watching; end with Ctrl-C");
	let mut heads = watch.chain.best_heads().await?;
	loop {
		let newest = tokio::select! {
			newest = heads.next() => newest?,
			_ = tokio::signal::ctrl_c() => return Ok(()),
		};
		let mut periods: BTreeSet<_> = watch.waiting.keys().copied().collect();
		while next <= newest {
			periods.extend(watch.reported_in(next).await?);
			next = next.saturating_add(1);
		}
		for (model, epoch) in periods {
			if let Some(verdict) = watch.check(model, epoch).await? {
				context.print(&verdict);
			}
		}
	}
}

struct Watcher<'a> {
	context: &'a Context,
	chain: Chain,
	key: Keypair,
	model: Option<ModelId>,
	/// Reports that were checked. A reorganisation may give the id of one to another.
	seen: BTreeSet<(u32, [u8; 32], [u8; 32])>,
	/// What could not be checked, and why. It is tried again with each block, as bytes may arrive.
	waiting: BTreeMap<(ModelId, EpochIndex), String>,
}

impl Watcher<'_> {
	/// Every (model, epoch) that may have a report.
	async fn standing(&self) -> Result<Vec<(ModelId, EpochIndex)>> {
		let current = self.chain.epoch().await?.current;
		let models = match self.model {
			Some(model) => vec![self.chain.model(model).await?.id],
			None => self.chain.models().await?.into_iter().map(|model| model.id).collect(),
		};
		let periods =
			models.into_iter().flat_map(|model| (0..current).map(move |epoch| (model, epoch)));
		Ok(periods.collect())
	}

	/// Every (model, epoch) that was reported on in a block.
	async fn reported_in(&self, block: u64) -> Result<Vec<(ModelId, EpochIndex)>> {
		let hash = self.chain.hash_of(block).await?;
		let events = self.chain.events(hash, None).await?;
		let number = |number: Option<u64>| number.and_then(|number| u32::try_from(number).ok());
		let reported = events.iter().filter(|event| event.is("Attribution", "Reported"));
		let periods = reported.filter_map(|event| {
			Some((number(event.number("model"))?, number(event.number("epoch"))?))
		});
		Ok(periods.filter(|(model, _)| self.model.is_none_or(|wanted| wanted == *model)).collect())
	}

	/// Checks the report on (model, epoch), if there is one that was not checked and may be challenged.
	async fn check(&mut self, model: ModelId, epoch: EpochIndex) -> Result<Option<Answer>> {
		let waited = self.waiting.remove(&(model, epoch));
		let Some(report) = self.chain.find_report(model, epoch).await? else { return Ok(None) };
		let name = (report.id, report.entries.root, report.payouts.root);
		if report.state != ReportStateView::Challengeable || self.seen.contains(&name) {
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
		match json["reason"].as_str().map(str::to_owned) {
			None => {
				self.seen.insert(name);
			}
			Some(reason) => {
				let known = waited.as_ref() == Some(&reason);
				self.waiting.insert((model, epoch), reason);
				if known {
					return Ok(None);
				}
			}
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
