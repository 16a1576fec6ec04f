//! Demands for what is missing, and what follows when nobody answers.

use serde_json::json;
use subxt::utils::AccountId32;
use tributary_primitives::{availability::Demanded, blob::Opening, views::ReportView};

use super::{
	plan::Plan,
	state::{Asked, Known, OwnDemand, Period},
	Watcher,
};
use crate::{
	amount::Amount,
	chain::{
		calls,
		tx::{Outcome, Via},
	},
	commands::{
		demand::{describe, enforced, Wanted},
		evidence::Missing,
	},
	context::Answer,
	error::{Error, Result},
	exchange::Chunks,
};

/// Demands that are sent at a time, in one transaction.
const AT_ONCE: usize = 16;

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
	/// Learns of the account's demands from the chain.
	pub(super) async fn find_own_demands(&mut self) -> Result<()> {
		if self.max_demands == 0 {
			return Ok(());
		}
		for demand in self.chain.demands(0).await? {
			let demands = &mut self.file.state.demands;
			let known = demands.iter().any(|known| known.id == demand.id);
			if demand.demander == self.account && !known {
				let (id, blob, answer_until) = (demand.id, demand.blob, demand.answer_until);
				demands.push(OwnDemand { id, blob, answer_until });
			}
		}
		self.file.save()
	}

	/// Demands chunks of the blobs that the check of `report` lacked, within the bound, and as long as
	/// demands are heard. Bytes that a peer is giving are waited for until half of that time is over.
	pub(super) async fn demand_missing(
		&mut self,
		report: &ReportView<AccountId32>,
		period: Period,
	) -> Result<()> {
		if self.max_demands == 0 {
			return Ok(());
		}
		let Some(lacking) = self.lacking.get(&report.id).cloned() else { return Ok(()) };
		let most = self.max_demands as usize;
		loop {
			// What is sent now is in the next block at the earliest.
			let next = self.chain.best().await?.number.saturating_add(1);
			let half = report.posted_at.midpoint(report.demand_until);
			if next > report.demand_until.into() || lacking.coming && next < half.into() {
				return Ok(());
			}
			let known = self.file.state.know(report, period).clone();
			let room = most.saturating_sub(known.asked.len()).min(AT_ONCE);
			let wanted = self.choose(report, &known, &lacking, room).await?;
			if wanted.is_empty() || !self.demand(report, period, wanted).await? {
				return Ok(());
			}
		}
	}

	/// The chunks that are to be demanded next, at most `room`.
	async fn choose(
		&mut self,
		report: &ReportView<AccountId32>,
		known: &Known,
		lacking: &Lacking,
		room: usize,
	) -> Result<Vec<Wanted>> {
		let mut plans = Vec::new();
		for (missing, name) in &lacking.blobs {
			let Some((blob, item)) = name else { continue };
			if self.hopeless.contains(&(report.id, *blob)) {
				continue;
			}
			let mut plan = Plan::new(&missing.content, known.asked_of(blob).collect());
			plan.pends = self.file.state.demands.iter().any(|demand| demand.blob == *blob);
			if Chunks::takes(&missing.content) {
				plan.leave(self.chunks.kept(&missing.content)?);
			}
			plans.push((plan, *blob, item));
		}
		let mut wanted = Vec::new();
		// Silence on one chunk is enough: each blob has one demanded before any has another.
		loop {
			let before = wanted.len();
			for (plan, blob, item) in &mut plans {
				while wanted.len() < room {
					let Some(chunk) = plan.draw()? else { break };
					// A refusal in a block would cost a fee, and whoever demands it shows it to all.
					if self.chain.is_demanded(blob, chunk).await? {
						continue;
					}
					let keep_open = matches!(blob, Demanded::Contribution { .. })
						.then_some((known.model, known.epoch));
					wanted.push(Wanted { blob: *blob, chunk, item: item.clone(), keep_open });
					break;
				}
			}
			if wanted.len() == before {
				return Ok(wanted);
			}
		}
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
		match sent {
			Ok(outcome) => self.demanded(report, period, &wanted, &outcome).await,
			// Which of them was refused shows when each is sent by itself.
			Err(Error::Refused { .. }) if wanted.len() > 1 => {
				for one in wanted {
					Box::pin(self.demand(report, period, vec![one])).await?;
				}
				Ok(true)
			}
			// Somebody else waits for the same answer.
			Err(error) if error.is("AlreadyDemanded") => Ok(false),
			Err(Error::Refused { message, .. }) => {
				for Wanted { blob, .. } in &wanted {
					self.context.note(format!("{}: {message}", describe(blob)));
					self.hopeless.insert((report.id, *blob));
				}
				Ok(false)
			}
			Err(error) => Err(error),
		}
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
				self.hopeless.insert((report.id, *blob));
			}
			return Ok(false);
		};
		let events = included.events.iter().filter(|event| event.is("Availability", "Demanded"));
		for (Wanted { blob, chunk, .. }, event) in wanted.iter().zip(events) {
			let number = |field: &str| event.number(field).unwrap_or_default();
			let (id, until) = (number("demand"), number("answerUntil"));
			let answer_until = u32::try_from(until).unwrap_or(u32::MAX);
			self.file.state.demands.push(OwnDemand { id, blob: *blob, answer_until });
			let known = self.file.state.know(report, period);
			known.asked.push(Asked { blob: *blob, chunk: *chunk });
			let json = json!({
				"action": "demanded",
				"model": period.0,
				"epoch": period.1,
				"report": report.id,
				"demand": id,
				"blob": blob,
				"chunk": chunk,
				"deposit": deposit.to_string(),
				"answerUntil": until,
				"transaction": outcome.to_json(),
			});
			let text = format!(
				"demand {id}: chunk {chunk} of {}; {} is held, and the answer is heard up to block {until}",
				describe(blob),
				Amount(deposit)
			);
			self.tell_action(Answer::new(json, text));
		}
		self.file.save()?;
		Ok(true)
	}

	/// Enforces the account's demands whose time is over.
	pub(super) async fn enforce_demands(&mut self) -> Result<()> {
		let best = self.chain.best().await?.number;
		let over = |demand: &&OwnDemand| u64::from(demand.answer_until) < best;
		let due: Vec<_> = self.file.state.demands.iter().filter(over).cloned().collect();
		for demand in due {
			if self.chain.find_demand(demand.id).await?.is_some() && !self.enforce(&demand).await? {
				continue;
			}
			self.file.state.demands.retain(|other| other.id != demand.id);
			self.file.save()?;
		}
		Ok(())
	}

	/// Enforces a demand. Says whether it is decided.
	async fn enforce(&mut self, demand: &OwnDemand) -> Result<bool> {
		let OwnDemand { id, blob, .. } = demand;
		let sent = self.context.send(&self.chain, &calls::enforce(*id), &self.key, Via::Pool).await;
		let outcome = match sent {
			Ok(outcome) if outcome.included().is_none() => return Ok(false),
			Ok(outcome) => outcome,
			Err(Error::Refused { message, .. }) => {
				// Somebody else may have been faster.
				let gone = self.chain.find_demand(*id).await?.is_none();
				if !gone {
					self.context.note(format!("demand {id} is not enforced: {message}"));
				}
				return Ok(gone);
			}
			Err(error) => return Err(error),
		};
		let (slashed, reward) = enforced(&outcome).unzip();
		let json = json!({
			"action": if slashed.is_some() { "enforced" } else { "lapsed" },
			"demand": id,
			"blob": blob,
			"slashed": slashed.map(|slashed: u128| slashed.to_string()),
			"reward": reward.map(|reward: u128| reward.to_string()),
			"transaction": outcome.to_json(),
		});
		let text = match reward {
			Some(reward) => format!(
				"demand {id} was not answered and is enforced ({}); {} is yours",
				describe(blob),
				Amount(reward)
			),
			None => format!("demand {id} has lapsed: what it was about does not stand any more"),
		};
		self.tell_action(Answer::new(json, text));
		Ok(true)
	}
}
