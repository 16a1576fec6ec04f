//! Which demand is answered next.

use std::collections::BTreeSet;

use subxt::utils::AccountId32;
use tributary_primitives::views::DemandView;

/// A demand that pends.
pub type Demand = DemandView<AccountId32>;

/// The most chunks of a blob that are opened at a time; an opening takes at most 5 KB.
pub const MAX_OPENED: usize = 256;

/// Whose demands are answered in the same slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
	/// Those that are one's own to answer.
	Own,
	/// Those of others, which cost nobody here anything when they are left.
	Foreign,
}

impl Lane {
	/// How many of its demands, while they pend, have an answer on its way: each takes subscriptions and
	/// looks at each block. Whoever would keep all of one's own busy for the blocks in which a demand is
	/// answered pays more deposits than a report's bond is.
	pub const fn slots(self) -> usize {
		match self {
			Self::Own => 32,
			Self::Foreign => 16,
		}
	}
}

/// Demands that can still be answered, the most urgent first.
#[derive(Clone, Debug, Default)]
pub struct Queue {
	own: Vec<Demand>,
	foreign: Vec<Demand>,
}

impl Queue {
	/// The demands among `pending` that are heard after the block `best`. Those of a respondent in `mine`
	/// are one's own.
	pub fn of(pending: Vec<Demand>, mine: &BTreeSet<AccountId32>, best: u64) -> Self {
		let heard = pending.into_iter().filter(|demand| u64::from(demand.answer_until) > best);
		let (mut own, mut foreign): (Vec<_>, Vec<_>) =
			heard.partition(|demand| mine.contains(&demand.respondent));
		for lane in [&mut own, &mut foreign] {
			lane.sort_by_key(|demand| (demand.answer_until, demand.id));
		}
		Self { own, foreign }
	}

	/// The demands of a lane.
	pub fn lane(&self, lane: Lane) -> &[Demand] {
		match lane {
			Lane::Own => &self.own,
			Lane::Foreign => &self.foreign,
		}
	}

	/// All demands.
	pub fn iter(&self) -> impl Iterator<Item = &Demand> {
		self.own.iter().chain(&self.foreign)
	}
}

/// How far the answer to a demand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
	/// Its chunk is not opened.
	Waiting,
	/// Its chunk is opened.
	Opened,
	/// It is on its way.
	Sent,
	/// Nothing more is done for it now.
	Over,
}

/// What is done next for the demands of a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
	/// Its answer is sent.
	Send(Demand),
	/// Their chunks are opened; all are of one blob.
	Open(Vec<Demand>),
	/// Nothing before a slot is free, or what is being opened is open.
	Wait,
	/// Nothing: the answers to all of them are on their way or over.
	Rest,
}

/// What is done next for the demands of `lane`, which are in order, with `slots` for answers. While a blob
/// of the lane is `opening`, no other one is.
pub fn next(
	lane: &[Demand],
	stage: impl Fn(&Demand) -> Stage,
	slots: usize,
	opening: bool,
) -> Next {
	let sent = lane.iter().filter(|demand| stage(demand) == Stage::Sent).count();
	if sent < slots {
		if let Some(demand) = lane.iter().find(|demand| stage(demand) == Stage::Opened) {
			return Next::Send(demand.clone());
		}
	}
	let waits = |demand: &&Demand| matches!(stage(demand), Stage::Waiting | Stage::Opened);
	let closed = |demand: &&Demand| stage(demand) == Stage::Waiting;
	// Those that have their turn soon may not wait for a slot to be opened, and others need not be open.
	match lane.iter().filter(waits).take(slots).find(closed) {
		Some(first) if !opening => {
			let together = |demand: &&Demand| closed(demand) && demand.content == first.content;
			Next::Open(lane.iter().filter(together).take(MAX_OPENED).cloned().collect())
		}
		Some(_) => Next::Wait,
		None if lane.iter().any(|demand| waits(&demand)) => Next::Wait,
		None => Next::Rest,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeMap;
	use tributary_primitives::{availability::Demanded, blob::Content};

	const ME: AccountId32 = AccountId32([1; 32]);
	const OTHER: AccountId32 = AccountId32([2; 32]);

	fn demand(id: u64, respondent: AccountId32, answer_until: u32, blob: &[u8]) -> Demand {
		Demand {
			id,
			blob: Demanded::Contribution { seq: 0 },
			content: Content::of(blob),
			chunk: id,
			demander: OTHER,
			respondent,
			deposit: 1,
			answer_until,
		}
	}

	fn ids(demands: &[Demand]) -> Vec<u64> {
		demands.iter().map(|demand| demand.id).collect()
	}

	/// What is next for `lane`, where all that is not in `stages` waits.
	fn with(lane: &[Demand], stages: &[(u64, Stage)], slots: usize, opening: bool) -> Next {
		let stages: BTreeMap<u64, Stage> = stages.iter().copied().collect();
		let stage = |demand: &Demand| stages.get(&demand.id).copied().unwrap_or(Stage::Waiting);
		next(lane, stage, slots, opening)
	}

	#[test]
	fn ones_own_come_first_then_those_whose_time_ends_first_then_the_oldest() {
		let pending = vec![
			demand(0, OTHER, 12, b"a"),
			demand(1, OTHER, 11, b"a"),
			demand(2, ME, 14, b"b"),
			demand(3, ME, 13, b"b"),
			demand(4, OTHER, 11, b"a"),
			demand(5, ME, 14, b"c"),
		];
		let queue = Queue::of(pending, &BTreeSet::from([ME]), 10);
		assert_eq!(queue.iter().map(|demand| demand.id).collect::<Vec<_>>(), [3, 2, 5, 1, 4, 0]);
		assert_eq!(ids(queue.lane(Lane::Own)), [3, 2, 5]);
		assert_eq!(ids(queue.lane(Lane::Foreign)), [1, 4, 0]);
	}

	#[test]
	fn a_demand_is_heard_up_to_its_last_block() {
		let pending = vec![demand(0, ME, 10, b"a"), demand(1, ME, 11, b"a")];
		let mine = BTreeSet::from([ME]);
		assert_eq!(ids(Queue::of(pending.clone(), &mine, 9).lane(Lane::Own)), [0, 1]);
		assert_eq!(ids(Queue::of(pending.clone(), &mine, 10).lane(Lane::Own)), [1]);
		assert_eq!(ids(Queue::of(pending, &mine, 11).lane(Lane::Own)), [0; 0]);
	}

	#[test]
	fn nothing_is_ones_own_without_an_account() {
		let queue = Queue::of(vec![demand(0, ME, 10, b"a")], &BTreeSet::new(), 1);
		assert_eq!(queue.lane(Lane::Own).len(), 0);
		assert_eq!(queue.lane(Lane::Foreign).len(), 1);
	}

	#[test]
	fn a_blob_is_opened_for_all_of_its_demands_the_most_urgent_blob_first() {
		let lane = [(0, b"a"), (1, b"b"), (2, b"a"), (3, b"b"), (4, b"a")];
		let lane = lane.map(|(id, blob)| demand(id, OTHER, 9, blob));
		let Next::Open(demands) = with(&lane, &[], 1, false) else { panic!("nothing is opened") };
		assert_eq!(ids(&demands), [0, 2, 4]);
		let stages = [(0, Stage::Sent), (2, Stage::Over)];
		let Next::Open(demands) = with(&lane, &stages, 2, false) else {
			panic!("nothing is opened")
		};
		assert_eq!(ids(&demands), [1, 3]);
	}

	#[test]
	fn no_more_than_the_bound_is_opened_at_a_time() {
		let lane: Vec<_> = (0..1000).map(|id| demand(id, OTHER, 9, b"a")).collect();
		let Next::Open(demands) = with(&lane, &[], 16, false) else { panic!("nothing is opened") };
		assert_eq!(ids(&demands), (0..MAX_OPENED as u64).collect::<Vec<_>>());
	}

	#[test]
	fn what_is_open_is_sent_in_order_while_a_slot_is_free() {
		let lane: Vec<_> = (0..5).map(|id| demand(id, OTHER, 9, b"a")).collect();
		let mut stages = vec![(0, Stage::Sent), (1, Stage::Opened), (2, Stage::Opened)];
		assert_eq!(with(&lane, &stages, 2, true), Next::Send(lane[1].clone()));
		stages[1].1 = Stage::Sent;
		assert_eq!(with(&lane, &stages, 2, true), Next::Wait);
		stages[0].1 = Stage::Over;
		assert_eq!(with(&lane, &stages, 2, true), Next::Send(lane[2].clone()));
	}

	#[test]
	fn a_more_urgent_blob_is_opened_while_all_slots_are_taken() {
		let mut lane: Vec<_> = (1..50).map(|id| demand(id, ME, 9, b"a")).collect();
		lane.insert(0, demand(50, ME, 8, b"b"));
		let mut stages: Vec<_> = (1..50).map(|id| (id, Stage::Opened)).collect();
		stages[..16].iter_mut().for_each(|(_, stage)| *stage = Stage::Sent);
		assert_eq!(with(&lane, &stages, 16, false), Next::Open(vec![lane[0].clone()]));
		assert_eq!(with(&lane, &stages, 16, true), Next::Wait);
	}

	#[test]
	fn what_has_its_turn_late_is_not_opened_yet() {
		let mut lane: Vec<_> = (0..16).map(|id| demand(id, OTHER, 8, b"a")).collect();
		let mut stages: Vec<_> = (0..16).map(|id| (id, Stage::Sent)).collect();
		lane.extend((16..32).map(|id| demand(id, OTHER, 8, b"a")));
		stages.extend((16..32).map(|id| (id, Stage::Opened)));
		lane.push(demand(32, OTHER, 9, b"b"));
		assert_eq!(with(&lane, &stages, 16, false), Next::Wait);
	}

	#[test]
	fn a_lane_rests_when_all_of_its_answers_are_on_their_way_or_over() {
		let lane = [demand(0, ME, 9, b"a"), demand(1, ME, 9, b"a")];
		let stages = [(0, Stage::Sent), (1, Stage::Over)];
		assert_eq!(with(&lane, &stages, 1, false), Next::Rest);
		assert_eq!(with(&[], &[], 1, false), Next::Rest);
	}
}
