//! Demands for what is missing.

use serde_json::json;
use subxt::utils::AccountId32;
use tributary_primitives::{
	availability::Demanded,
	blob::Opening,
	views::{DemandView, ReportView},
};

use super::{
	answers::demanded,
	learned::Sake,
	others::Other,
	plan::{allot, first_demand, Plan},
	refusal::Refusal,
	state::{Asked, Known, Mark, Period},
	Watcher,
};
use crate::{
	amount::Amount,
	chain::{
		calls,
		events::Event,
		tx::{Outcome, Via},
	},
	commands::{
		demand::{describe, Wanted},
		evidence::Missing,
	},
	context::Answer,
	error::{Error, Result},
};

/// Demands that are sent at a time, in one transaction.
const AT_ONCE: usize = 16;
/// Transactions of demands for the sake of one report, before others are looked at.
const ROUNDS: usize = 4;

/// What names a blob in a demand, and the opening of its item.
type Name = (Demanded, Option<Opening>);

/// What the check of a report lacked.
#[derive(Clone, Debug, Default)]
pub struct Lacking {
	/// The blobs, those first that matter most; what names one is unknown where the list of items is
	/// missing that it stands in.
	pub blobs: Vec<(Missing, Option<Name>)>,
	/// Whether a peer is giving one of them.
	pub coming: bool,
}

impl Lacking {
	/// The blobs.
	pub fn missing(&self) -> Vec<Missing> {
		self.blobs.iter().map(|(missing, _)| *missing).collect()
	}
}

impl Watcher<'_> {
	/// Learns from the chain which demands pend, the account's and others'.
	pub(super) async fn find_demands(&mut self) -> Result<()> {
		for demand in self.chain.demands(0).await? {
			self.note_demand(&demand)?;
		}
		Ok(())
	}

	fn note_demand(&mut self, demand: &DemandView<AccountId32>) -> Result<()> {
		if demand.demander == self.account {
			return self.own_demand(demand.id, demand.blob, demand.answer_until);
		}
		self.other_demand(demand.id, Other::from(demand));
		Ok(())
	}

	/// Demands chunks of the blobs that the check of `report` lacked, within the bound, and as long as
	/// demands are heard. Peers are asked for some of that time before.
	pub(super) async fn demand_missing(
		&mut self,
		report: &ReportView<AccountId32>,
		period: Period,
	) -> Result<()> {
		if self.max_demands == 0 {
			return Ok(());
		}
		let Some(lacking) = self.learned.lacking.get(&report.id).cloned() else { return Ok(()) };
		let most = self.max_demands as usize;
		self.repeat(report, period, &lacking).await?;
		let rounds = if self.once { usize::MAX } else { ROUNDS };
		for _ in 0..rounds {
			// What is sent now is in the next block at the earliest.
			let next = self.chain.best().await?.number.saturating_add(1);
			// One look is the last.
			let waits = lacking.coming || self.fetcher.has_peers() && !self.once;
			let early = waits && next < first_demand(report, lacking.coming).into();
			if next > report.demand_until.into() || early {
				return Ok(());
			}
			let known = self.file.state.know(report, period).clone();
			let left = most.saturating_sub(known.asked.len());
			let wanted = self.choose(report, &known, &lacking, left, next).await?;
			if wanted.is_empty() || !self.demand(report, period, wanted).await? {
				return Ok(());
			}
		}
		Ok(())
	}

	/// The chunks that are to be demanded in the block `next`, where `left` demands are left.
	async fn choose(
		&mut self,
		report: &ReportView<AccountId32>,
		known: &Known,
		lacking: &Lacking,
		left: usize,
		next: u64,
	) -> Result<Vec<Wanted>> {
		let mut plans = Vec::new();
		let mut names = Vec::new();
		for (missing, name) in &lacking.blobs {
			let Some((blob, item)) = name else { continue };
			if !self.may_demand(&(report.id, *blob), next) {
				continue;
			}
			let mut plan = Plan::new(&missing.content, known.asked_of(blob).collect());
			plan.pends = self.file.state.demands.iter().any(|demand| demand.blob == *blob);
			plan.leave(self.learned.others.chunks_of(blob).map(|(chunk, _)| chunk));
			let takes = self.chunks.takes(&missing.content);
			if takes {
				plan.leave(self.chunks.kept(&missing.content)?);
			}
			plans.push((plan, takes));
			names.push((*blob, item));
		}
		allot(&mut plans, left as u64);
		let room = left.min(self.key.at_once(AT_ONCE));
		let mut wanted = Vec::new();
		// Silence on one chunk is enough: each blob has one demanded before any has another.
		loop {
			let before = wanted.len();
			for ((plan, _), (blob, item)) in plans.iter_mut().zip(&names) {
				while wanted.len() < room {
					let Some(chunk) = plan.draw()? else { break };
					// A refusal in a block would cost a fee, and whoever demands it shows it to all.
					if let Some(pending) = self.chain.pending_demand(blob, chunk).await? {
						if let Some(demand) = self.chain.find_demand(pending).await? {
							self.note_demand(&demand)?;
						}
						continue;
					}
					wanted.push(wanted_of(known.period(), *blob, chunk, item.as_ref()));
					break;
				}
			}
			if wanted.len() == before {
				return Ok(wanted);
			}
		}
	}

	/// Whether a demand for a blob is worth a transaction in the block `next`.
	fn may_demand(&self, sake: &Sake, next: u64) -> bool {
		!self.learned.hopeless.contains(sake) && self.learned.refused.is_due(sake, next)
	}

	/// Demands a chunk again that somebody demanded for no report, or for another one, if `report` would be
	/// final before something follows from silence on it. That keeps the report open.
	async fn repeat(
		&mut self,
		report: &ReportView<AccountId32>,
		period: Period,
		lacking: &Lacking,
	) -> Result<()> {
		let next = self.chain.best().await?.number.saturating_add(1);
		if next > report.demand_until.into() {
			return Ok(());
		}
		let window = self.chain.settings().await?.answer_window;
		let mut latest: Option<(u32, Wanted)> = None;
		for (_, name) in &lacking.blobs {
			let Some((blob, item)) = name else { continue };
			if !self.may_demand(&(report.id, *blob), next) {
				continue;
			}
			for (chunk, until) in self.learned.others.chunks_of(blob) {
				if outlasts(until, window, report)
					&& latest.as_ref().is_none_or(|(of, _)| *of < until)
				{
					latest = Some((until, wanted_of(period, *blob, chunk, item.as_ref())));
				}
			}
		}
		if let Some((_, wanted)) = latest {
			self.demand(report, period, vec![wanted]).await?;
		}
		Ok(())
	}

	/// Demands chunks. Says whether that went well, so that others may be demanded.
	async fn demand(
		&mut self,
		report: &ReportView<AccountId32>,
		period: Period,
		wanted: Vec<Wanted>,
	) -> Result<bool> {
		let sent = match wanted.as_slice() {
			[one] => one.send(self.context, &self.chain, &self.key).await,
			several => {
				let mut calls = Vec::new();
				for one in several {
					calls.push(self.chain.encode(&one.call()).await?);
				}
				let call = calls::batch_all(&calls);
				self.context.send(&self.chain, &call, &self.key, Via::Pool).await
			}
		};
		let error = match sent {
			Ok(outcome) => return self.demanded(report, period, &wanted, &outcome).await,
			Err(error @ Error::Refused { .. }) => error,
			Err(error) => return Err(error),
		};
		let verdict = Refusal::of(&error);
		if wanted.len() > 1 && verdict != Refusal::MayPass {
			// Which of them was refused shows when each is sent by itself.
			for one in wanted {
				Box::pin(self.demand(report, period, vec![one])).await?;
			}
			return Ok(true);
		}
		let now = self.chain.best().await?.number;
		for Wanted { blob, .. } in &wanted {
			let sake = (report.id, *blob);
			match verdict {
				// Somebody else waits for the same answer.
				Refusal::Pends => {}
				Refusal::Final => {
					self.context.note(format!("{}: {error}", describe(blob)));
					self.learned.hopeless.insert(sake);
				}
				Refusal::MayPass => {
					self.note_once(format!("{}: {error}", describe(blob)));
					self.learned.refused.failed(sake, now);
				}
			}
		}
		Ok(false)
	}

	/// Remembers demands that were made, and shows what they cost. Says whether any was made.
	async fn demanded(
		&mut self,
		report: &ReportView<AccountId32>,
		period: Period,
		wanted: &[Wanted],
		outcome: &Outcome,
	) -> Result<bool> {
		let deposit: u128 = self.chain.settings().await?.demand_deposit;
		let Some(included) = outcome.included() else {
			for Wanted { blob, chunk, .. } in wanted {
				let about = describe(blob);
				self.context
					.note(format!("chunk {chunk} of {about} can be demanded; nothing was sent"));
				self.learned.hopeless.insert((report.id, *blob));
			}
			return Ok(false);
		};
		for Wanted { blob, chunk, .. } in wanted {
			self.learned.refused.forget(&(report.id, *blob));
			let Some(event) = about(&included.events, blob, *chunk) else { continue };
			let number = |field: &str| event.number(field).unwrap_or_default();
			let id = number("demand");
			let mut json = json!({
				"model": period.0,
				"epoch": period.1,
				"report": report.id,
				"demand": id,
				"blob": blob,
				"chunk": chunk,
				"transaction": outcome.to_json(),
			});
			let text = if event.is("Availability", "Repeated") {
				json["action"] = json!("repeated");
				if let Some(demand) = self.chain.find_demand(id).await? {
					self.note_demand(&demand)?;
				}
				format!(
					"demand {id} pends for chunk {chunk} of {}; report {} stays open for it",
					describe(blob),
					report.id
				)
			} else {
				let until = number("answerUntil");
				self.own_demand(id, *blob, u32::try_from(until).unwrap_or(u32::MAX))?;
				let asked_in = Some(Mark::from(included.block));
				let known = self.file.state.know(report, period);
				known.asked.push(Asked { blob: *blob, chunk: *chunk, asked_in });
				json["action"] = json!("demanded");
				json["deposit"] = json!(deposit.to_string());
				json["answerUntil"] = json!(until);
				format!(
					"demand {id}: chunk {chunk} of {}; {} is held, and the answer is heard up to block \
					 {until}",
					describe(blob),
					Amount(deposit)
				)
			};
			self.tell_action(Answer::new(json, text));
		}
		self.file.save()?;
		Ok(true)
	}
}

/// The demand for a chunk for the sake of the report on `period`.
fn wanted_of(period: Period, blob: Demanded, chunk: u64, item: Option<&Opening>) -> Wanted {
	let keep_open = matches!(blob, Demanded::Contribution { .. }).then_some(period);
	Wanted { blob, chunk, item: item.cloned(), keep_open }
}

/// Whether `report` may be final before an answer window has passed since the last block `until` of a
/// demand.
fn outlasts(until: u32, window: u32, report: &ReportView<AccountId32>) -> bool {
	until.saturating_add(window) > report.challenge_until
}

/// What became of the demand for a chunk of `blob`, among the events of its transaction.
fn about<'a>(events: &'a [Event], blob: &Demanded, chunk: u64) -> Option<&'a Event> {
	let mut made = events.iter().filter(|event| {
		event.is("Availability", "Demanded") || event.is("Availability", "Repeated")
	});
	made.find(|event| event.number("chunk") == Some(chunk) && demanded(event) == Some(*blob))
}

#[cfg(test)]
mod tests {
	use super::*;
	use tributary_primitives::{blob::Content, views::ReportStateView};

	#[test]
	fn a_report_is_kept_open_for_a_demand_that_was_made_for_no_report() {
		let content = Content { root: [0; 32], len: 64 };
		let report = ReportView {
			id: 0,
			attributor: AccountId32([1; 32]),
			entries: content,
			payouts: content,
			total: 0,
			posted_at: 10,
			demand_until: 20,
			challenge_until: 20,
			unseen: Vec::new(),
			state: ReportStateView::Challengeable,
		};
		assert!(outlasts(18, 6, &report));
		assert!(!outlasts(14, 6, &report));
		assert!(!outlasts(18, 6, &ReportView { challenge_until: 24, ..report }));
		let seq = Demanded::Contribution { seq: 4 };
		assert_eq!(wanted_of((1, 2), seq, 3, None).keep_open, Some((1, 2)));
		let entries = Demanded::Entries { model: 1, epoch: 2, report: 0 };
		assert_eq!(wanted_of((1, 2), entries, 3, None).keep_open, None);
	}

	#[test]
	fn each_demand_of_a_batch_is_found_by_its_chunk() {
		let event = |name: &str, demand: u64, chunk: u64| Event {
			pallet: "Availability".into(),
			name: name.into(),
			fields: json!({
				"demand": demand,
				"blob": { "Contribution": { "seq": 4 } },
				"chunk": chunk,
			})
			.as_object()
			.cloned()
			.unwrap_or_default(),
		};
		let events = [event("Repeated", 5, 0), event("Demanded", 9, 1), event("Answered", 2, 2)];
		let blob = Demanded::Contribution { seq: 4 };
		let of = |blob: &Demanded, chunk| about(&events, blob, chunk)?.number("demand");
		assert_eq!([0, 1, 2].map(|chunk| of(&blob, chunk)), [Some(5), Some(9), None]);
		assert_eq!(of(&Demanded::Contribution { seq: 5 }, 0), None);
	}
}
