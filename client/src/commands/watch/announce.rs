//! Announced faults: made before the fault is submitted, revealed after the report is void, and paid when
//! all who announced were heard.

use serde_json::json;
use subxt::utils::AccountId32;
use tributary_primitives::{
	fault::Fault,
	ids::announcement,
	views::{ReportStateView, RewardView},
};

use super::{
	batch::send_all,
	order::Open,
	refusal::{ends_reveal, says_not_announced},
	state::{Announcement, Mark},
	Watcher,
};
use crate::{
	amount::Amount,
	chain::{
		calls,
		tx::{Outcome, Via},
		Call,
	},
	commands::race::FINALITY,
	context::Answer,
	error::{Error, Result},
	random,
};

/// The most faults that are announced in one transaction.
const AT_ONCE: usize = 32;
/// The most blocks for which an announcement is waited for.
const MAX_PATIENCE: u64 = 16;
/// The last blocks in which a fault is heard. No announcement is waited for in them.
const FAULT_BLOCKS: u64 = 3;

/// What became of a call that others may have made superfluous.
enum Sent {
	Made(Outcome),
	Refused(Error),
	/// It is in no block yet.
	Late,
}

impl Sent {
	fn outcome(&self) -> Option<&Outcome> {
		match self {
			Self::Made(outcome) => Some(outcome),
			Self::Refused(_) | Self::Late => None,
		}
	}
}

/// A fault that is found, and the report that it is of.
pub type Found<'a> = (&'a Open, &'a Fault);

impl Watcher<'_> {
	/// Announces faults, but of reports of which one is announced. Without an announcement a fault is submitted
	/// all the same, and so it is where the announcement enters no block for long.
	pub(super) async fn announce_all(&mut self, found: &[Found<'_>]) -> Result<()> {
		for found in found.chunks(self.key.at_once(AT_ONCE)) {
			self.announce(found).await?;
		}
		Ok(())
	}

	/// Announces faults in one transaction.
	async fn announce(&mut self, found: &[Found<'_>]) -> Result<()> {
		let best = self.chain.best().await?.number;
		let genesis = self.chain.genesis().0;
		let finalised = self.context.waits_for_finality();
		let (mut calls, mut made) = (Vec::new(), Vec::new());
		let mut soonest = u32::MAX;
		for (Open { period, report }, fault) in found {
			if self.file.state.announced(report).is_some() {
				continue;
			}
			let id = report.id;
			if patience(best, report.challenge_until, finalised) == 0 {
				self.context
					.note(format!("no fault of report {id} is announced: there is no time for it"));
				continue;
			}
			let salt = random::secret()?;
			let hash = announcement(&genesis, id, fault, &self.account.0, &salt);
			let announced = Announcement::new(*period, report, salt, fault);
			made.push((id, self.file.state.replace(announced)));
			calls.push(calls::announce(period.0, period.1, id, &hash));
			soonest = soonest.min(report.challenge_until);
		}
		if calls.is_empty() {
			return Ok(());
		}
		// An announcement without its salt is of no use: the salt is on the disk before it is sent.
		self.file.save()?;
		let sending = send_all(self.context, &self.chain, &self.key, &calls);
		let blocks = patience(best, soonest, finalised);
		let end = u64::from(soonest).saturating_sub(FAULT_BLOCKS);
		let sent = self.before_block(best.saturating_add(blocks), end, sending).await?;
		let Some(sent) = sent else {
			// They may still enter a block: then the deposits are taken back when the reports are void.
			self.context.note(format!(
				"{} announcements were found in none of {blocks} blocks; the faults are submitted without \
				 them",
				calls.len()
			));
			return Ok(());
		};
		for ((report, earlier), sent) in made.into_iter().zip(sent) {
			match sent {
				Ok(outcome) if outcome.included().is_some() => {
					let json = json!({
						"action": "announced",
						"report": report,
						"transaction": outcome.to_json(),
					});
					let text = format!("a fault of report {report} is announced");
					self.tell_action(Answer::new(json, text));
				}
				Ok(_) => self.put_back(report, earlier)?,
				Err(error) => {
					// What was announced of another report of that number still holds its deposit.
					self.put_back(report, earlier)?;
					self.context.note(format!("no fault of report {report} is announced: {error}"));
				}
			}
		}
		Ok(())
	}

	/// Has what was announced before in the place of what is not announced.
	fn put_back(&mut self, report: u32, earlier: Option<Announcement>) -> Result<()> {
		match earlier {
			Some(earlier) => {
				self.file.state.replace(earlier);
				self.file.save()
			}
			None => self.drop_announcement(report),
		}
	}

	/// Takes every announcement one step on, if there is one to take. Where a transaction enters no block the
	/// others are left for later, and have their turn before it then.
	pub(super) async fn follow_announcements(&mut self) -> Result<()> {
		let mut announcements = self.file.state.announcements.clone();
		announcements.sort_by_key(|announced| self.learned.late.get(&announced.report).copied());
		for announcement in announcements {
			let report = announcement.report;
			let is_late = match self.chain.find_reward(report).await? {
				Some(reward) => self.follow_reward(&announcement, &reward).await?,
				None if self.is_open(&announcement).await? => false,
				None if announcement.returned => {
					self.drop_announcement(report)?;
					false
				}
				None => self.withdraw(&announcement).await?,
			};
			if is_late {
				let now = self.chain.best().await?.number;
				self.left_late(now, format!("the announcement about report {report} is followed"));
				self.learned.late.insert(report, now);
				break;
			}
		}
		Ok(())
	}

	/// While the reward waits: reveals, and pays when the time to reveal is over. Says whether a transaction
	/// stands in no block yet.
	async fn follow_reward(
		&mut self,
		announcement: &Announcement,
		reward: &RewardView<AccountId32>,
	) -> Result<bool> {
		let report = announcement.report;
		// What is sent now is in the next block at the earliest.
		let next = self.chain.best().await?.number.saturating_add(1);
		if next <= reward.reveal_until.into() {
			if announcement.revealed {
				return Ok(false);
			}
			let fault = announcement.fault()?;
			let call = calls::reveal_announcement(report, &fault, &announcement.salt);
			let sent = self.attempt(&call, Via::Proof, report).await?;
			let made = sent.outcome();
			if let Some(outcome) = made {
				let beneficiary = outcome.included().and_then(|tx| {
					tx.event("Attribution", "AnnouncementRevealed")?.text("beneficiary")
				});
				let ours = beneficiary == Some(self.account.to_string().as_str());
				let json = json!({
					"action": "revealed",
					"report": report,
					"beneficiary": beneficiary,
					"transaction": outcome.to_json(),
				});
				let whose = if ours { "yours as things stand" } else { "an earlier announcer's" };
				let text = format!(
					"the announced fault of report {report} is revealed; the reward is {whose}"
				);
				self.tell_action(Answer::new(json, text));
			}
			// What is refused for a reason that may pass is shown again, as long as that is heard.
			let over = match &sent {
				Sent::Made(_) => true,
				Sent::Refused(error) => ends_reveal(error),
				Sent::Late => false,
			};
			if over && !self.context.dry_run() {
				// One that was left on its way has revealed it, and returned the deposit.
				let stood = match &sent {
					Sent::Refused(error) => {
						says_not_announced(error) && self.learned.late.contains_key(&report)
					}
					_ => false,
				};
				let returned = made.is_some() || stood;
				let block = match stood {
					true => Some(self.chain.best().await?),
					false => made.and_then(|outcome| Some(outcome.included()?.block)),
				};
				self.update(report, |announcement| {
					announcement.revealed = true;
					announcement.revealed_in = block.map(Mark::from);
					announcement.returned = returned;
				})?;
			}
			return Ok(matches!(sent, Sent::Late));
		}
		if reward.beneficiary != self.account {
			return Ok(false);
		}
		let sent = self.attempt(&calls::pay_reward(report), Via::Pool, report).await?;
		if let Some(outcome) = sent.outcome() {
			let paid = outcome
				.included()
				.and_then(|tx| tx.event("Attribution", "RewardPaid")?.amount("amount"));
			let json = json!({
				"action": "collected",
				"report": report,
				"amount": paid.map(|paid| paid.to_string()),
				"transaction": outcome.to_json(),
			});
			let text = format!(
				"the reward for report {report} is paid: {}",
				Amount(paid.unwrap_or_default())
			);
			self.tell_action(Answer::new(json, text));
		}
		Ok(matches!(sent, Sent::Late))
	}

	/// Whether the report that a fault was announced of may still be challenged.
	async fn is_open(&self, announcement: &Announcement) -> Result<bool> {
		let found = self.chain.find_report(announcement.model, announcement.epoch).await?;
		Ok(found.is_some_and(|report| {
			report.id == announcement.report && report.state == ReportStateView::Challengeable
		}))
	}

	/// Gets the deposit of an announcement back that can lead to nothing any more. Says whether the transaction
	/// stands in no block yet.
	async fn withdraw(&mut self, announcement: &Announcement) -> Result<bool> {
		let report = announcement.report;
		let call = calls::withdraw_announcement(report);
		match self.attempt(&call, Via::Pool, report).await? {
			Sent::Made(outcome) if outcome.included().is_none() => return Ok(false),
			Sent::Made(outcome) => {
				let json = json!({
					"action": "withdrawn",
					"report": report,
					"transaction": outcome.to_json(),
				});
				let text = format!("the announcement about report {report} is withdrawn");
				self.tell_action(Answer::new(json, text));
			}
			Sent::Refused(error) if error.is("NotAnnounced") => {}
			Sent::Refused(_) => return Ok(false),
			Sent::Late => return Ok(true),
		}
		self.drop_announcement(report)?;
		Ok(false)
	}

	/// Sends a call that others may have made superfluous.
	async fn attempt(&mut self, call: &Call, via: Via, report: u32) -> Result<Sent> {
		let sending = self.context.send(&self.chain, call, &self.key, via);
		match self.in_time(sending).await {
			Ok(sent) => Ok(sent.map_or(Sent::Late, Sent::Made)),
			Err(error @ Error::Refused { .. }) => {
				self.note_once(format!("{} for report {report}: {error}", call.title()));
				Ok(Sent::Refused(error))
			}
			Err(error) => Err(error),
		}
	}

	fn update(&mut self, report: u32, change: impl Fn(&mut Announcement)) -> Result<()> {
		let announcements = self.file.state.announcements.iter_mut();
		announcements.filter(|announcement| announcement.report == report).for_each(change);
		self.file.save()
	}

	fn drop_announcement(&mut self, report: u32) -> Result<()> {
		self.learned.late.remove(&report);
		self.file.state.announcements.retain(|announcement| announcement.report != report);
		self.file.save()
	}
}

/// How many blocks after `best` an announcement is waited for, where a fault is heard up to the block
/// `challenge_until`: a quarter of them at most, and half where it has to be final, so that time is left for the
/// fault itself. 0 where there is no time for one.
fn patience(best: u64, challenge_until: u32, finalised: bool) -> u64 {
	let left = u64::from(challenge_until).saturating_sub(best);
	let blocks = (left / 4).min(MAX_PATIENCE) * if finalised { FINALITY } else { 1 };
	blocks.min(left / 2).min(left.saturating_sub(FAULT_BLOCKS))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_announcement_leaves_time_for_its_fault() {
		assert_eq!(patience(100, 140, false), 10);
		assert_eq!(patience(100, 110, false), 2);
		assert_eq!(patience(100, 104, false), 1);
		assert_eq!(patience(100, 10_000, false), MAX_PATIENCE);
		for (best, until) in [(101, 104), (104, 104), (105, 104)] {
			for finalised in [false, true] {
				assert_eq!(patience(best, until, finalised), 0, "from {best} to {until}");
			}
		}
	}

	#[test]
	fn an_announcement_that_has_to_be_final_has_longer_and_leaves_time_too() {
		assert_eq!(patience(100, 10_000, true), MAX_PATIENCE * FINALITY);
		assert_eq!(patience(100, 140, true), 20);
		assert_eq!(patience(100, 110, true), 5);
		for until in 104..300 {
			for finalised in [false, true] {
				let blocks = patience(100, until, finalised);
				assert!(blocks > 0, "up to {until}");
				assert!(100 + blocks + FAULT_BLOCKS <= until.into(), "up to {until}");
			}
		}
	}
}
