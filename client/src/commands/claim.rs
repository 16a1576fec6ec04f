//! `claim`: what contributions, models and ancestors earned.

mod passed;
mod revenue;

use serde_json::{json, Value as Json};
use subxt::utils::AccountId32;
use tributary_engine::{BlobSource, BlobStore, ClaimRun};
use tributary_primitives::{
	ids::{seq_of, DatasetId, EpochIndex, ModelId},
	report::{Payout, Record, RECORD_LEN},
	title::{Beneficiary, Title},
	views::{ModelView, ReportStateView, ReportView},
};

use self::revenue::Planned;
use super::checked;
use crate::{
	amount::Amount,
	chain::{
		calls::{self, PayoutProof},
		events::Event,
		tx::{Outcome, Via},
		Call, Chain,
	},
	cli::{Claim, ClaimMore},
	context::{Answer, Context},
	error::{Error, Result},
	keys::Signer,
};

pub async fn run(context: &Context, arguments: Claim) -> Result<Answer> {
	let key = context.key()?;
	let whole = arguments.all || (arguments.dataset.is_some() && arguments.model.is_none());
	let mut run = Run {
		context,
		chain: context.chain().await?,
		account: key.account(),
		key,
		store: context.store()?,
		claims: Vec::new(),
		lines: Vec::new(),
		skipped: Vec::new(),
		total: 0,
		goes_on: whole || arguments.more.is_some(),
		passes_on: !arguments.all,
		dataset: arguments.dataset,
	};
	match arguments {
		Claim { more: Some(ClaimMore::Passed { source, entries }), .. } => {
			run.passed(source, &entries).await?;
		}
		Claim { model: Some(model), epoch: Some(epoch), .. } => {
			let report = run.chain.report(model, epoch).await?;
			if report.state == ReportStateView::Challengeable {
				return Err(Error::refused(format!(
					"faults are heard against the report up to block {}. Claim after it.",
					report.challenge_until
				)));
			}
			run.sources(model, epoch, &report).await?;
		}
		Claim { from_epoch, .. } if whole => run.all(from_epoch.unwrap_or_default()).await?,
		Claim { owners, lineage, ancestor, tenure, .. } => {
			let mut planned: Vec<_> = owners.into_iter().map(Planned::owner).collect();
			if let Some((model, ancestor)) = lineage.zip(ancestor) {
				planned.extend(run.lineages(model, ancestor, tenure).await?);
			}
			run.send_planned(planned).await?;
		}
	}
	if run.claims.is_empty() && !whole {
		let why = run.skipped.first().and_then(|skipped| skipped["reason"].as_str());
		return Err(Error::refused(why.unwrap_or("there is nothing to claim for this account.")));
	}
	Ok(run.answer())
}

struct Run<'a> {
	context: &'a Context,
	chain: Chain,
	key: Signer,
	account: AccountId32,
	store: BlobStore,
	claims: Vec<Json>,
	lines: Vec<String>,
	skipped: Vec<Json>,
	total: u128,
	/// Whether a claim that is refused is left, and the others are made.
	goes_on: bool,
	/// Whether claims are made for contributions whose credit goes to others.
	passes_on: bool,
	/// The dataset for whose contributions claims are made, and nothing else, if there is one.
	dataset: Option<DatasetId>,
}

impl Run<'_> {
	/// Everything, or all that the contributions of one dataset earned; with what sources earned from epoch
	/// `from` on.
	async fn all(&mut self, from: EpochIndex) -> Result<()> {
		let now = self.chain.epoch().await?;
		let models = self.chain.models().await?;
		let bar = self.context.progress("looking for earnings", models.len());
		for model in &models {
			let first = from.max(model.registered_at / now.length.max(1));
			for epoch in first..now.current {
				self.epoch(model, epoch).await?;
			}
			if self.dataset.is_some() {
				bar.inc(1);
				continue;
			}
			let claimable = self.chain.claimable(model.id).await?;
			if claimable.owner > 0 && model.owner == self.account {
				self.send_planned(vec![Planned::owner(model.id)]).await?;
			}
			for part in claimable.lineage.iter().filter(|part| part.amount > 0) {
				let tenure = self.chain.tenure(Title::model(part.ancestor), part.tenure).await?;
				if tenure.beneficiary == Beneficiary::Owner(self.account) {
					let planned = Planned::lineage(model.id, part.ancestor, part.tenure);
					self.send_planned(vec![planned]).await?;
				}
			}
			bar.inc(1);
		}
		bar.finish_and_clear();
		if self.dataset.is_none() && self.chain.due(&self.account).await? > 0 {
			let call = calls::collect_due(&self.account);
			let json = json!({ "kind": "due" });
			self.send(call, Via::Pool, json, "amounts that were due", ("Usage", "DuePaid")).await?;
		}
		Ok(())
	}

	/// What a final report, or one that may be made final, holds for the account.
	async fn epoch(&mut self, model: &ModelView<AccountId32>, epoch: EpochIndex) -> Result<()> {
		let Some(report) = self.chain.find_report(model.id, epoch).await? else { return Ok(()) };
		match report.state {
			ReportStateView::Challengeable => {
				self.skip(
					json!({ "kind": "source", "model": model.id, "epoch": epoch }),
					format!(
						"faults are heard against the report up to block {}",
						report.challenge_until
					),
				);
				return Ok(());
			}
			ReportStateView::Unchallenged if report.attributor == self.account => {
				let json = json!({ "kind": "attributor", "model": model.id, "epoch": epoch });
				let what = format!("attributor of epoch {epoch} of model {}", model.id);
				let call = calls::finalise(model.id, epoch);
				self.send(call, Via::Pool, json, &what, ("Usage", "PotSettled")).await?;
			}
			ReportStateView::Unchallenged | ReportStateView::Final => {}
		}
		self.sources(model.id, epoch, &report).await
	}

	/// What the account's contributions earned in an epoch, or those of the dataset.
	async fn sources(
		&mut self,
		model: ModelId,
		epoch: EpochIndex,
		report: &ReportView<AccountId32>,
	) -> Result<()> {
		if report.payouts.len == 0 {
			return Ok(());
		}
		let payouts = match self.store.get(&report.payouts) {
			Ok(payouts) => payouts.into_owned(),
			Err(error) => {
				self.skip(
					json!({ "kind": "source", "model": model, "epoch": epoch }),
					error.to_string(),
				);
				return Ok(());
			}
		};
		for source in sources_of(&payouts) {
			let Some(seq) = seq_of(source) else { continue };
			let found = self.chain.contribution(seq).await?;
			let passes_on = found.synthetic.is_some();
			let asked = match self.dataset {
				Some(dataset) => found.dataset == Some(dataset),
				None if passes_on => self.passes_on,
				None => found.contributor == self.account,
			};
			if !asked {
				continue;
			}
			let kind = if passes_on { "passedOn" } else { "source" };
			let json = json!({
				"kind": kind, "model": model, "epoch": epoch, "source": source, "seq": seq,
			});
			if self.chain.is_claimed(report.id, source).await? {
				self.skip(json, format!("what contribution {seq} earned was paid before"));
				continue;
			}
			let Some(run) = ClaimRun::find(&payouts, source).map_err(Error::usage)? else {
				continue;
			};
			let proof = |proof: tributary_engine::PayoutProof| PayoutProof {
				index: proof.index,
				opening: proof.opening,
			};
			let call = calls::claim(model, epoch, source, &proof(run.first), &proof(run.last));
			let what = format!("contribution {seq} in epoch {epoch} of model {model}");
			let (what, paid) = match passes_on {
				true => (
					format!("{what}, passed on; pay it with `claim passed {source}`"),
					"ClaimPassedOn",
				),
				false => (what, "Claimed"),
			};
			self.send(call, Via::Proof, json, &what, ("Attribution", paid)).await?;
		}
		Ok(())
	}

	/// Sends a claim; `paid` is the event that says how much it paid.
	async fn send(
		&mut self,
		call: Call,
		via: Via,
		json: Json,
		what: &str,
		paid: (&str, &str),
	) -> Result<()> {
		let outcome = match self.context.send(&self.chain, &call, &self.key, via).await {
			Ok(outcome) => outcome,
			Err(error @ Error::Refused { .. }) if self.goes_on => {
				self.skip(json, error.to_string());
				return Ok(());
			}
			Err(error) => return Err(error),
		};
		let event = outcome.included().and_then(|tx| tx.event(paid.0, paid.1));
		self.record(&outcome, event, json, what);
		Ok(())
	}

	/// Writes down a claim that was sent; `event` says what it paid.
	fn record(&mut self, outcome: &Outcome, event: Option<&Event>, mut json: Json, what: &str) {
		let amount = event
			.and_then(|event| event.amount("amount").or_else(|| event.amount("attributionFee")));
		for field in ["to", "beneficiary", "curators"] {
			if let Some(value) = event.and_then(|event| event.fields.get(field)) {
				json[field] = value.clone();
			}
		}
		let curators = event.and_then(|event| event.amount("curators")).unwrap_or_default();
		let own = amount.map(|amount| amount.saturating_sub(curators));
		self.lines.push(match outcome {
			Outcome::Checked { .. } => checked(outcome),
			Outcome::Included(_) => {
				format!("{:>24}  {what}", Amount(own.unwrap_or_default()).to_string())
			}
		});
		self.total = self.total.saturating_add(own.unwrap_or_default());
		json["amount"] = json!(amount.map(|amount| amount.to_string()));
		json["transaction"] = outcome.to_json();
		self.claims.push(json);
	}

	fn skip(&mut self, mut json: Json, reason: String) {
		json["reason"] = json!(reason);
		self.skipped.push(json);
	}

	fn answer(self) -> Answer {
		let json = json!({
			"account": self.account,
			"claims": self.claims,
			"skipped": self.skipped,
			"total": self.total.to_string(),
		});
		let mut lines = self.lines;
		if lines.is_empty() {
			lines.push("there is nothing to claim".to_owned());
		}
		for skipped in &self.skipped {
			lines.push(format!("left: {}", skipped["reason"].as_str().unwrap_or_default()));
		}
		Answer::new(json, lines.join("\n"))
	}
}

/// The sources of a blob of payouts, each once.
fn sources_of(payouts: &[u8]) -> Vec<u64> {
	let (records, _) = payouts.as_chunks::<RECORD_LEN>();
	let mut sources: Vec<_> =
		records.iter().map(|bytes| Payout::from_bytes(bytes).source).collect();
	sources.dedup();
	sources
}
