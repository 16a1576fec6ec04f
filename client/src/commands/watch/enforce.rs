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
	error::Result,
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
			None => docket.follows(subject).await?,
		};
		known.insert(subject, follows);
		if follows == Follows::Nothing && !own {
			docket.forget(id)?;
			continue;
		}
		if follows != Follows::Nothing && rests && unwatched == UNWATCHED_AT_ONCE {
			continue;
		}
		let Some(demand) = docket.demand(id).await? else {
			docket.forget(id)?;
			continue;
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
				let report = self.chain.find_report(model, epoch).await?;
				let withheld = self.chain.receipt(model, epoch, receipt).await?.withheld;
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

	async fn enforce(&mut self, demands: Vec<DemandView<AccountId32>>) -> Result<()> {
		let calls: Vec<_> = demands.iter().map(|demand| calls::enforce(demand.id)).collect();
		let sent = send_all(self.context, &self.chain, &self.key, &calls).await?;
		let now = self.chain.best().await?.number;
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
mod tests {
	use super::{
		super::order::tests::{entries, output, watched},
		*,
	};
	use tributary_primitives::{availability::Demanded, blob::Content};

	const ME: AccountId32 = AccountId32([1; 32]);

	/// A chain of overdue demands, of which one block takes a few.
	#[derive(Default)]
	struct Pending {
		demands: BTreeMap<u64, Demanded>,
		own: BTreeSet<u64>,
		/// What silence has already led to.
		decided: BTreeSet<Subject>,
		/// What each block has enforced.
		blocks: Vec<Vec<u64>>,
	}

	impl Pending {
		fn due(&self) -> Vec<Due> {
			let due = self.demands.iter();
			due.map(|(id, blob)| Due { id: *id, blob: *blob, own: self.own.contains(id) }).collect()
		}

		async fn look(&mut self, open: &[Watched], most: usize) -> &[u64] {
			let (due, blocks) = (self.due(), self.blocks.len());
			enforce_due(self, due, open, most).await.unwrap();
			assert!(self.blocks.len() <= blocks + 1, "no look waits for two blocks");
			self.blocks.get(blocks).map(Vec::as_slice).unwrap_or_default()
		}
	}

	impl Docket for Pending {
		async fn demand(&self, id: u64) -> Result<Option<DemandView<AccountId32>>> {
			Ok(self.demands.get(&id).map(|blob| DemandView {
				id,
				blob: *blob,
				content: Content { root: [0; 32], len: 64 },
				chunk: 0,
				demander: ME,
				respondent: AccountId32([2; 32]),
				deposit: 1,
				answer_until: 10,
			}))
		}

		async fn follows(&self, subject: Subject) -> Result<Follows> {
			Ok(match self.decided.contains(&subject) {
				true => Follows::Nothing,
				false => Follows::Sanction,
			})
		}

		fn forget(&mut self, id: u64) -> Result<()> {
			self.demands.remove(&id);
			Ok(())
		}

		async fn enforce(&mut self, demands: Vec<DemandView<AccountId32>>) -> Result<()> {
			for demand in &demands {
				self.decided.insert(Subject::of(&demand.blob));
				self.demands.remove(&demand.id);
			}
			self.blocks.push(demands.iter().map(|demand| demand.id).collect());
			Ok(())
		}
	}

	#[tokio::test]
	async fn decoys_do_not_put_off_the_demand_that_matters() {
		let (lie, decoys) = ((5, 5), (1, 1));
		let mut pending = Pending::default();
		pending.demands.extend((0..500).map(|id| (id, output(decoys, 0, id as u32))));
		pending.demands.extend(
			(500..900).map(|id| (id, Demanded::Contribution { seq: u64::from(id as u32) })),
		);
		pending.demands.insert(1_000, entries(lie, 7));
		let open = [watched(lie, 7, 40, [entries(lie, 7)])];
		let first = pending.look(&open, 4).await.to_vec();
		assert_eq!(first[0], 1_000);
		assert_eq!(first.len(), 4, "what else follows shares the block");
	}

	#[tokio::test]
	async fn decoys_on_a_report_of_the_same_author_do_not_either() {
		let (lie, decoy) = ((1, 1), (5, 5));
		let mut pending = Pending::default();
		pending.demands.extend((0..300).map(|item| (u64::from(item), output(decoy, 0, item))));
		pending.demands.insert(900, entries(lie, 7));
		let lacks = (0..300).map(|item| output(decoy, 0, item));
		let open = [watched(lie, 7, 60, [entries(lie, 7)]), watched(decoy, 8, 30, lacks)];
		assert_eq!(pending.look(&open, 4).await, [0, 900], "one of each subject is enough");
		assert_eq!(pending.look(&open, 4).await, [0; 0], "a withheld receipt is worth nothing");
		assert!(pending.demands.is_empty());
	}

	#[tokio::test]
	async fn outputs_that_no_report_waits_for_take_one_place_at_most() {
		let mut pending = Pending::default();
		pending
			.demands
			.extend((0..9).map(|receipt| (u64::from(receipt), output((1, 1), receipt, 0))));
		assert_eq!(pending.look(&[], 4).await, [0]);
		assert_eq!(pending.look(&[], 4).await, [1]);
	}

	#[tokio::test]
	async fn ones_own_deposits_are_given_back_where_nothing_else_follows() {
		let mut pending = Pending::default();
		let open = [watched((1, 1), 3, 40, [])];
		pending.demands.extend((0..6).map(|item| (u64::from(item), output((1, 1), 0, item))));
		pending.own.extend([2, 4]);
		assert_eq!(pending.look(&open, 4).await, [2]);
		assert_eq!(pending.look(&open, 4).await, [4]);
		assert!(pending.demands.is_empty(), "those of others are left to them");
	}

	#[tokio::test]
	async fn a_demand_that_somebody_else_has_enforced_is_forgotten() {
		let mut pending = Pending::default();
		pending.demands.insert(3, entries((1, 1), 3));
		let mut due = pending.due();
		due.push(Due { id: 2, blob: entries((1, 1), 2), own: true });
		enforce_due(&mut pending, due, &[], 4).await.unwrap();
		assert_eq!(pending.blocks, [[3]]);
	}
}
