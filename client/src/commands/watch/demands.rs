//! Demands for what is missing, and what follows when nobody answers.

use serde_json::json;
use subxt::utils::AccountId32;
use tributary_primitives::{
	availability::Demanded,
	blob::{Content, Opening},
	views::ReportView,
};

use super::{
	state::{OwnDemand, Period},
	Watcher,
};
use crate::{
	amount::Amount,
	chain::{
		calls,
		tx::{Outcome, Via},
	},
	commands::{
		demand::{describe, enforced, random_chunk, Wanted},
		evidence::Missing,
	},
	context::Answer,
	error::{Error, Result},
};

/// Chunks that are drawn where others demand the one before already.
const DRAWS: u32 = 3;

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
	/// Learns of the account's demands from the chain, where no file remembers them.
	pub(super) async fn find_own_demands(&mut self) -> Result<()> {
		if self.file.existed || self.max_demands == 0 {
			return Ok(());
		}
		let demands = self.chain.demands(0).await?;
		let own = demands.into_iter().filter(|demand| demand.demander == self.account);
		self.file.state.demands = own
			.map(|demand| OwnDemand {
				id: demand.id,
				blob: demand.blob,
				answer_until: demand.answer_until,
			})
			.collect();
		self.file.save()
	}

	/// Demands a random chunk of each blob that the check of `report` lacked, within the bound, and as
	/// long as demands are heard. Bytes that a peer is giving are waited for until half of that time is
	/// over.
	pub(super) async fn demand_missing(
		&mut self,
		report: &ReportView<AccountId32>,
		period: Period,
	) -> Result<()> {
		if self.max_demands == 0 {
			return Ok(());
		}
		let Some(lacking) = self.lacking.get(&report.id).cloned() else { return Ok(()) };
		for (missing, name) in lacking.blobs {
			// What is sent now is in the next block at the earliest.
			let next = self.chain.best().await?.number.saturating_add(1);
			let half = report.posted_at.midpoint(report.demand_until);
			if next > report.demand_until.into() || lacking.coming && next < half.into() {
				return Ok(());
			}
			let Some((blob, item)) = name else { continue };
			let made = self.file.state.know(report, period).demanded;
			if made >= self.max_demands {
				return Ok(());
			}
			let pends = self.file.state.demands.iter().any(|demand| demand.blob == blob);
			if pends || self.hopeless.contains(&(report.id, blob)) {
				continue;
			}
			let keep_open = matches!(blob, Demanded::Contribution { .. }).then_some(period);
			let wanted = Wanted { blob, chunk: 0, item, keep_open };
			self.demand(report, period, wanted, &missing.content).await?;
		}
		Ok(())
	}

	async fn demand(
		&mut self,
		report: &ReportView<AccountId32>,
		period: Period,
		mut wanted: Wanted,
		content: &Content,
	) -> Result<()> {
		for _ in 0..DRAWS {
			wanted.chunk = random_chunk(content)?;
			// A refusal in a block would cost a fee.
			if self.chain.is_demanded(&wanted.blob, wanted.chunk).await? {
				continue;
			}
			match wanted.send(self.context, &self.chain, &self.key).await {
				Ok(outcome) => return self.demanded(report, period, &wanted, &outcome).await,
				// Somebody else waits for the same answer.
				Err(error) if error.is("AlreadyDemanded") => {}
				Err(Error::Refused { message, .. }) => {
					self.context.note(format!("{}: {message}", describe(&wanted.blob)));
					self.hopeless.insert((report.id, wanted.blob));
					return Ok(());
				}
				Err(error) => return Err(error),
			}
		}
		Ok(())
	}

	/// Remembers a demand that was made, and shows what it costs.
	async fn demanded(
		&mut self,
		report: &ReportView<AccountId32>,
		period: Period,
		wanted: &Wanted,
		outcome: &Outcome,
	) -> Result<()> {
		let about = format!("chunk {} of {}", wanted.chunk, describe(&wanted.blob));
		let deposit: u128 = self.chain.constant("Availability", "DemandDeposit").await?;
		let event = outcome.included().and_then(|tx| tx.event("Availability", "Demanded"));
		let number = |field: &str| event.and_then(|event| event.number(field));
		let Some(id) = number("demand") else {
			self.context.note(format!("{about} can be demanded; nothing was sent"));
			self.hopeless.insert((report.id, wanted.blob));
			return Ok(());
		};
		let until = number("answerUntil").unwrap_or_default();
		let answer_until = u32::try_from(until).unwrap_or(u32::MAX);
		self.file.state.demands.push(OwnDemand { id, blob: wanted.blob, answer_until });
		let known = self.file.state.know(report, period);
		known.demanded = known.demanded.saturating_add(1);
		self.file.save()?;
		let json = json!({
			"action": "demanded",
			"model": period.0,
			"epoch": period.1,
			"report": report.id,
			"demand": id,
			"blob": wanted.blob,
			"chunk": wanted.chunk,
			"deposit": deposit.to_string(),
			"answerUntil": until,
			"transaction": outcome.to_json(),
		});
		let text = format!(
			"demand {id}: {about}; {} is held, and the answer is heard up to block {until}",
			Amount(deposit)
		);
		self.tell_action(Answer::new(json, text));
		Ok(())
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
