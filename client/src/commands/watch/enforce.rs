//! What follows when nobody answers a demand.

use std::collections::BTreeMap;

use serde_json::json;
use subxt::utils::AccountId32;
use tributary_primitives::{
	availability::Demanded,
	views::{DemandView, ReportStateView},
};

use super::Watcher;
use crate::{
	amount::Amount,
	chain::{calls, tx::Via},
	commands::demand::{describe, enforced},
	context::Answer,
	error::{Error, Result},
};

/// The most demands that are enforced before reports are looked at, where something follows from it, and
/// where nothing does but that the account's deposit is given back. Each takes a block.
const AT_ONCE: usize = 4;
const LAPSED_AT_ONCE: usize = 1;

impl Watcher<'_> {
	/// Enforces the demands whose time is over: the account's, and those of others from which something
	/// follows.
	pub(super) async fn enforce_demands(&mut self) -> Result<()> {
		let best = self.chain.best().await?.number;
		let own = self.file.state.demands.iter();
		let own = own.filter(|demand| u64::from(demand.answer_until) < best);
		let mut due: Vec<(u64, Demanded)> = own.map(|demand| (demand.id, demand.blob)).collect();
		if self.max_demands > 0 {
			let window = self.chain.settings().await?.answer_window;
			let others = self.learned.others.due(best, &self.account, window);
			due.extend(others.into_iter().map(|(id, demand)| (id, demand.blob)));
		}
		due.retain(|(id, _)| self.learned.not_enforced.is_due(id, best));
		put_in_order(&mut due);

		let (most, most_lapsed) = match self.once {
			true => (usize::MAX, usize::MAX),
			false => (AT_ONCE, LAPSED_AT_ONCE),
		};
		let (mut sent, mut lapsed) = (0, Vec::new());
		let mut matters = BTreeMap::new();
		for (id, blob) in due {
			if sent == most {
				break;
			}
			let Some(demand) = self.chain.find_demand(id).await? else {
				self.forget_demand(id)?;
				continue;
			};
			let follows = match matters.get(&blob) {
				Some(follows) => *follows,
				None => self.follows(&blob).await?,
			};
			matters.insert(blob, follows);
			if follows {
				self.enforce(&demand).await?;
				matters.clear();
				sent += 1;
			} else if demand.demander == self.account {
				lapsed.push(demand);
			} else {
				self.forget_demand(id)?;
			}
		}
		for demand in lapsed.into_iter().take(most_lapsed) {
			self.enforce(&demand).await?;
		}
		Ok(())
	}

	/// Whether something follows from silence on a blob, beside that a deposit is given back.
	async fn follows(&self, blob: &Demanded) -> Result<bool> {
		match *blob {
			Demanded::Entries { model, epoch, report }
			| Demanded::Payouts { model, epoch, report } => {
				let stands = self.chain.find_report(model, epoch).await?;
				Ok(stands.is_some_and(|found| {
					found.id == report && found.state == ReportStateView::Challengeable
				}))
			}
			// No report is taken while one is overdue, also of a receipt that is withheld already.
			Demanded::Items { .. } | Demanded::Output { .. } => Ok(true),
			Demanded::Contribution { seq } => {
				Ok(self.chain.contribution(seq).await?.withheld_at.is_none())
			}
		}
	}

	/// Enforces a demand, which is no error where it was decided before.
	async fn enforce(&mut self, demand: &DemandView<AccountId32>) -> Result<()> {
		let DemandView { id, blob, demander, .. } = demand;
		let sent = self.context.send(&self.chain, &calls::enforce(*id), &self.key, Via::Pool).await;
		let outcome = match sent {
			// Nothing was sent.
			Ok(outcome) if outcome.included().is_none() => return Ok(()),
			Ok(outcome) => outcome,
			Err(Error::Refused { message, .. }) => {
				// Somebody else may have been faster.
				if self.chain.find_demand(*id).await?.is_none() {
					return self.forget_demand(*id);
				}
				self.note_once(format!("demand {id} is not enforced: {message}"));
				let now = self.chain.best().await?.number;
				self.learned.not_enforced.failed(*id, now);
				return Ok(());
			}
			Err(error) => return Err(error),
		};
		self.forget_demand(*id)?;
		let (slashed, reward) = enforced(&outcome).unzip();
		let json = json!({
			"action": if slashed.is_some() { "enforced" } else { "lapsed" },
			"demand": id,
			"blob": blob,
			"demander": demander,
			"slashed": slashed.map(|slashed: u128| slashed.to_string()),
			"reward": reward.map(|reward: u128| reward.to_string()),
			"transaction": outcome.to_json(),
		});
		let text = match reward {
			Some(reward) => {
				let whose = match *demander == self.account {
					true => "yours".to_owned(),
					false => format!("for {demander}"),
				};
				format!(
					"demand {id} was not answered and is enforced ({}); {} is {whose}",
					describe(blob),
					Amount(reward)
				)
			}
			None => format!("demand {id} has lapsed: what it was about does not stand any more"),
		};
		self.tell_action(Answer::new(json, text));
		Ok(())
	}

	/// Forgets a demand that is decided.
	fn forget_demand(&mut self, id: u64) -> Result<()> {
		self.learned.others.forget(id);
		self.learned.not_enforced.forget(&id);
		self.file.state.demands.retain(|demand| demand.id != id);
		self.file.save()
	}
}

/// Puts demands for the blobs of reports first: a report that falls takes the others for its blobs with it,
/// and none stands while there is no block left to enforce them in.
fn put_in_order(due: &mut [(u64, Demanded)]) {
	let of_report =
		|blob: &Demanded| matches!(blob, Demanded::Entries { .. } | Demanded::Payouts { .. });
	due.sort_by_key(|(id, blob)| (!of_report(blob), *id));
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn demands_for_the_blobs_of_a_report_are_enforced_before_others() {
		let entries = Demanded::Entries { model: 1, epoch: 2, report: 3 };
		let payouts = Demanded::Payouts { model: 1, epoch: 2, report: 3 };
		let output = Demanded::Output { model: 1, epoch: 2, receipt: 3, item: 4 };
		let contribution = Demanded::Contribution { seq: 5 };
		let mut due = [(0, output), (1, contribution), (2, payouts), (3, output), (4, entries)];
		put_in_order(&mut due);
		assert_eq!(due.map(|(id, _)| id), [2, 4, 0, 1, 3]);
	}
}
