//! What follows when nobody answers a demand.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use subxt::utils::AccountId32;
use tributary_primitives::views::{DemandView, ReportStateView};

use super::{
	batch::send_all,
	order::{in_order, is_unwatched, Due, Subject, Watched},
	Watcher,
};
use crate::{
	amount::Amount,
	chain::{calls, tx::Outcome},
	commands::demand::describe,
	context::Answer,
	error::{Error, Result},
};

/// The most demands that are enforced in one block.
const AT_ONCE: usize = 32;
/// The most of those in one block that are for outputs which no watched report waits for.
const UNWATCHED_AT_ONCE: usize = 1;

/// What follows from silence on a blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Follows {
	/// A report falls, a receipt is withheld, or a contribution is suspended.
	Sanction,
	/// Reports on the epoch are taken again, as nothing is overdue.
	Room,
	/// Only the deposit is given back.
	Nothing,
}

/// Where demands are enforced.
trait Docket {
	/// The demand, unless it is decided.
	async fn demand(&self, id: u64) -> Result<Option<DemandView<AccountId32>>>;

	/// What follows from silence on `subject`.
	async fn follows(&self, subject: Subject) -> Result<Follows>;

	/// Forgets a demand that is decided, or from which nothing follows that matters here.
	fn forget(&mut self, id: u64) -> Result<()>;

	/// Leaves a demand for later about which the chain refuses to say what is to be known.
	async fn put_off(&mut self, id: u64, why: &Error) -> Result<()>;

	/// Enforces demands in one block, in this order.
	async fn enforce(&mut self, demands: Vec<DemandView<AccountId32>>) -> Result<()>;
}

/// Enforces as many of the overdue demands as share a block, `most`, those first that matter most to the
/// reports that are `open`. Of those for one subject one is enough; the others are left for later, when nothing
/// follows from them but that one's own deposits are given back.
async fn enforce_due(
	docket: &mut impl Docket,
	due: Vec<Due>,
	open: &[Watched],
	most: usize,
) -> Result<()> {
	let mut known = BTreeMap::new();
	let (mut chosen, mut lapsed) = (Vec::new(), Vec::new());
	let mut taken = BTreeSet::new();
	let mut unwatched = 0;
	for Due { id, blob, own } in in_order(due, open) {
		let subject = Subject::of(&blob);
		if chosen.len() == most {
			break;
		}
		let rests = is_unwatched(&blob, open);
		let no_room = match own {
			true => lapsed.len() == most,
			false => rests && unwatched == UNWATCHED_AT_ONCE,
		};
		if no_room || taken.contains(&subject) {
			continue;
		}
		let follows = match known.get(&subject) {
			Some(follows) => *follows,
			None => match docket.follows(subject).await {
				// One demand must not keep those for other subjects from being enforced.
				Err(error @ Error::Refused { .. }) => {
					docket.put_off(id, &error).await?;
					continue;
				}
				follows => follows?,
			},
		};
		known.insert(subject, follows);
		if follows == Follows::Nothing && !own {
			docket.forget(id)?;
			continue;
		}
		if follows != Follows::Nothing && rests && unwatched == UNWATCHED_AT_ONCE {
			continue;
		}
		let demand = match docket.demand(id).await {
			Ok(Some(demand)) => demand,
			Ok(None) => {
				docket.forget(id)?;
				continue;
			}
			Err(error @ Error::Refused { .. }) => {
				docket.put_off(id, &error).await?;
				continue;
			}
			Err(error) => return Err(error),
		};
		if follows == Follows::Nothing {
			lapsed.push(demand);
			continue;
		}
		unwatched += usize::from(rests);
		if follows == Follows::Sanction {
			taken.insert(subject);
		}
		chosen.push(demand);
	}
	chosen.extend(lapsed);
	chosen.truncate(most);
	match chosen.is_empty() {
		true => Ok(()),
		false => docket.enforce(chosen).await,
	}
}

impl Watcher<'_> {
	/// Enforces the demands whose time is over: the account's, and those of others from which something
	/// follows.
	pub(super) async fn enforce_demands(&mut self) -> Result<()> {
		let most = self.key.at_once(AT_ONCE);
		loop {
			let due = self.due().await?;
			let (before, open) = (due.len(), self.watched());
			enforce_due(self, due, &open, most).await?;
			// One look leaves nothing to a later one, and ends where nothing more is decided.
			if !self.once || self.context.dry_run() || self.due().await?.len() == before {
				return Ok(());
			}
		}
	}

	/// What demands may matter to.
	fn watched(&self) -> Vec<Watched> {
		let open = self.file.state.reports.iter();
		let open = open.filter(|known| self.periods.contains_key(&known.period()));
		let lacks = |report| {
			let blobs =
				self.learned.lacking.get(report).into_iter().flat_map(|lacking| &lacking.blobs);
			blobs.filter_map(|(_, name)| Some(name.as_ref()?.0)).collect()
		};
		open.map(|known| Watched {
			period: known.period(),
			report: known.report,
			challenge_until: known.challenge_until,
			lacks: lacks(&known.report),
		})
		.collect()
	}

	/// The overdue demands that were not refused lately.
	async fn due(&self) -> Result<Vec<Due>> {
		let best = self.chain.best().await?.number;
		let own = self.file.state.demands.iter();
		let own = own.filter(|demand| u64::from(demand.answer_until) < best);
		let mut due: Vec<_> =
			own.map(|demand| Due { id: demand.id, blob: demand.blob, own: true }).collect();
		if self.max_demands > 0 {
			let window = self.chain.settings().await?.answer_window;
			let others = self.learned.others.due(best, &self.account, window);
			due.extend(others.into_iter().map(|(id, demand)| Due {
				id,
				blob: demand.blob,
				own: false,
			}));
		}
		due.retain(|due| self.learned.not_enforced.is_due(&due.id, best));
		Ok(due)
	}

	/// Says what became of a demand that was enforced.
	fn tell_enforced(&mut self, demand: &DemandView<AccountId32>, outcome: &Outcome) {
		let DemandView { id, blob, demander, .. } = demand;
		let events = outcome.included().map(|included| included.events.as_slice());
		let enforced = events.unwrap_or_default().iter().find(|event| {
			event.is("Availability", "Enforced") && event.number("demand") == Some(*id)
		});
		let amounts =
			enforced.and_then(|event| Some((event.amount("slashed")?, event.amount("reward")?)));
		let (slashed, reward) = amounts.unzip();
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
	}
}

impl Docket for Watcher<'_> {
	async fn demand(&self, id: u64) -> Result<Option<DemandView<AccountId32>>> {
		self.chain.find_demand(id).await
	}

	async fn follows(&self, subject: Subject) -> Result<Follows> {
		let follows = match subject {
			Subject::Report((model, epoch), id) => {
				let stands = self.chain.find_report(model, epoch).await?;
				stands.is_some_and(|found| {
					found.id == id && found.state == ReportStateView::Challengeable
				})
			}
			Subject::Receipt((model, epoch), receipt) => {
				let Some(found) = self.chain.find_receipt(model, epoch, receipt).await? else {
					// It is released long after its pot was settled.
					return Ok(Follows::Nothing);
				};
				let (report, withheld) =
					(self.chain.find_report(model, epoch).await?, found.withheld);
				match report.map(|report| report.state) {
					None if withheld => return Ok(Follows::Room),
					None | Some(ReportStateView::Challengeable) => !withheld,
					// A report that can not fall any more has covered what the receipt pays for.
					Some(_) => false,
				}
			}
			Subject::Contribution(seq) => self.chain.contribution(seq).await?.withheld_at.is_none(),
		};
		Ok(if follows { Follows::Sanction } else { Follows::Nothing })
	}

	/// Forgets a demand that is decided.
	fn forget(&mut self, id: u64) -> Result<()> {
		self.learned.others.forget(id);
		self.learned.not_enforced.forget(&id);
		self.file.state.demands.retain(|demand| demand.id != id);
		self.file.save()
	}

	async fn put_off(&mut self, id: u64, why: &Error) -> Result<()> {
		self.note_once(format!("demand {id} is not enforced: {why}"));
		let now = self.chain.best().await?.number;
		self.learned.not_enforced.failed(id, now);
		Ok(())
	}

	async fn enforce(&mut self, demands: Vec<DemandView<AccountId32>>) -> Result<()> {
		let calls: Vec<_> = demands.iter().map(|demand| calls::enforce(demand.id)).collect();
		let sending = send_all(self.context, &self.chain, &self.key, &calls);
		let sent = self.in_time(sending).await?;
		let now = self.chain.best().await?.number;
		let Some(sent) = sent else {
			self.left_late(now, format!("{} demands are enforced", demands.len()));
			// What pends after a pause is enforced again: the transaction may never enter a block.
			demands.iter().for_each(|demand| self.learned.not_enforced.failed(demand.id, now));
			return Ok(());
		};
		for (demand, sent) in demands.iter().zip(sent) {
			match sent {
				Ok(outcome) if outcome.included().is_none() => {}
				Ok(outcome) => {
					self.forget(demand.id)?;
					self.tell_enforced(demand, &outcome);
				}
				// Somebody else may have been faster.
				Err(_) if self.chain.find_demand(demand.id).await?.is_none() => {
					self.forget(demand.id)?;
				}
				Err(error) => {
					self.note_once(format!("demand {} is not enforced: {error}", demand.id));
					self.learned.not_enforced.failed(demand.id, now);
				}
			}
		}
		Ok(())
	}
}

#[cfg(test)]
mod tests;
