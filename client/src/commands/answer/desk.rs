//! Answers on their way, several at a time: one's own never wait for those of others.

use std::{
	collections::{BTreeMap, BTreeSet},
	pin::pin,
};

use futures::{future::LocalBoxFuture, stream::FuturesUnordered, FutureExt, StreamExt};
use subxt::utils::AccountId32;
use tributary_primitives::blob::{Content, Opening};

use super::choice::{next, Demand, Lane, Next, Queue, Stage, MAX_OPENED};
use crate::{context::Answer, error::Result};

/// How often an answer to a demand of others is sent that the node refuses. One's own is sent as long as it
/// is heard.
const ATTEMPTS: u32 = 3;

/// Openings by their chunks, or for people why there are none.
pub type Found = std::result::Result<BTreeMap<u64, Opening>, String>;

/// Where blobs are, and answers go.
pub trait Office: Clone {
	/// Opens chunks of a blob; those that it does not have are left out.
	async fn open(&self, content: Content, chunks: BTreeSet<u64>) -> Found;

	/// Sends the answer to a demand, and waits for what becomes of it.
	async fn answer(&self, demand: &Demand, opening: &Opening) -> Result<Given>;

	/// Waits for a block above `number`.
	async fn next_block(&self, number: u64) -> Result<()>;

	/// Says something.
	fn note(&self, text: String);
}

/// What became of an answer.
#[derive(Clone, Debug)]
pub struct Given {
	/// What there is to say of it.
	pub answer: Answer,
	/// Whether it was refused.
	pub refused: bool,
}

/// Something that has come to its end.
enum Step {
	Opened { lane: Lane, demands: Vec<Demand>, found: Found },
	Given { demand: u64, given: Given },
}

/// The answers that are on their way, and what they are made of.
pub struct Desk<'a> {
	/// The accounts that one answers for.
	mine: BTreeSet<AccountId32>,
	/// Whether each demand is answered once, and not again after a refusal.
	once: bool,
	queue: Queue,
	/// The block for which demands were listed last.
	best: u64,
	/// Opened chunks by the demands that they answer.
	opened: BTreeMap<u64, Opening>,
	/// The lanes of which a blob is being opened.
	opening: BTreeSet<Lane>,
	/// The answers on their way by their demands, with the block for which those were listed.
	sent: BTreeMap<u64, u64>,
	/// Demands that nothing more is done for until they are listed again.
	over: BTreeSet<u64>,
	/// Blobs that can not be read, and whether that was found since the last listing.
	unreadable: BTreeMap<Content, bool>,
	/// How often the answer to a demand of others was refused.
	refused: BTreeMap<u64, u32>,
	under_way: FuturesUnordered<LocalBoxFuture<'a, Result<Step>>>,
}

impl<'a> Desk<'a> {
	/// Nothing on its way yet. Demands of the respondents `mine` are one's own; where `once`, none is
	/// answered again after a refusal.
	pub fn new(mine: BTreeSet<AccountId32>, once: bool) -> Self {
		Self {
			mine,
			once,
			queue: Queue::default(),
			best: 0,
			opened: BTreeMap::new(),
			opening: BTreeSet::new(),
			sent: BTreeMap::new(),
			over: BTreeSet::new(),
			unreadable: BTreeMap::new(),
			refused: BTreeMap::new(),
			under_way: FuturesUnordered::new(),
		}
	}

	/// Takes the demands that pend in the block `best` and whose blobs are here. A slot of one that does
	/// not pend any more is free.
	pub fn list(&mut self, pending: Vec<Demand>, best: u64) {
		let pends: BTreeSet<u64> = pending.iter().map(|demand| demand.id).collect();
		self.refused.retain(|demand, _| pends.contains(demand));
		self.queue = Queue::of(pending, &self.mine, best);
		self.best = best;
		if !self.once {
			self.over.clear();
			let blobs: BTreeSet<_> = self.queue.iter().map(|demand| demand.content).collect();
			self.unreadable.retain(|content, _| blobs.contains(content));
			self.unreadable.values_mut().for_each(|now| *now = false);
		}
		self.drop_openings();
	}

	/// Answers what is listed until there is a block above `best`; `said` hears what became of each
	/// answer. Returns whether nothing is left to do before.
	///
	/// # Errors
	/// Where an answer fails other than by a refusal, or the chain can not be followed.
	pub async fn serve<O: Office + 'a>(
		&mut self,
		office: &O,
		best: u64,
		said: &mut impl FnMut(Given),
	) -> Result<bool> {
		let mut block = pin!(office.next_block(best));
		loop {
			self.begin(office);
			if self.under_way.is_empty() {
				return Ok(true);
			}
			tokio::select! {
				biased;
				Some(step) = self.under_way.next() => self.finish(office, step?, said),
				block = &mut block => return block.map(|()| false),
			}
		}
	}

	/// Leaves all that is on its way to itself.
	pub fn abandon(&mut self) {
		self.under_way.clear();
		self.opening.clear();
		self.sent.clear();
	}

	fn stage(&self, demand: &Demand) -> Stage {
		let Demand { id, content, .. } = demand;
		if self.sent.contains_key(id) {
			return Stage::Sent;
		}
		let unreadable = self.unreadable.get(content) == Some(&true);
		let refused = self.refused.get(id).is_some_and(|times| *times >= ATTEMPTS);
		if self.over.contains(id) || unreadable || refused {
			return Stage::Over;
		}
		if self.opened.contains_key(id) {
			Stage::Opened
		} else {
			Stage::Waiting
		}
	}

	/// Begins all that can begin now. Demands of others have their turn when nothing of one's own waits.
	fn begin<O: Office + 'a>(&mut self, office: &O) {
		for lane in [Lane::Own, Lane::Foreign] {
			loop {
				let opening = self.opening.contains(&lane);
				let demands = self.queue.lane(lane);
				match next(demands, |demand| self.stage(demand), lane.slots(), opening) {
					Next::Send(demand) => self.send(office, demand),
					Next::Open(demands) => self.open(office, lane, demands),
					Next::Wait => return,
					Next::Rest => break,
				}
			}
		}
	}

	fn send<O: Office + 'a>(&mut self, office: &O, demand: Demand) {
		let Some(opening) = self.opened.get(&demand.id).cloned() else { return };
		self.sent.insert(demand.id, self.best);
		let office = office.clone();
		let step = async move {
			let given = office.answer(&demand, &opening).await?;
			Ok(Step::Given { demand: demand.id, given })
		};
		self.under_way.push(step.boxed_local());
	}

	fn open<O: Office + 'a>(&mut self, office: &O, lane: Lane, demands: Vec<Demand>) {
		let Some(content) = demands.first().map(|demand| demand.content) else { return };
		self.opening.insert(lane);
		let office = office.clone();
		let step = async move {
			let chunks = demands.iter().map(|demand| demand.chunk).collect();
			let found = office.open(content, chunks).await;
			Ok(Step::Opened { lane, demands, found })
		};
		self.under_way.push(step.boxed_local());
	}

	fn finish(&mut self, office: &impl Office, step: Step, said: &mut impl FnMut(Given)) {
		match step {
			Step::Opened { lane, demands, found } => {
				self.opening.remove(&lane);
				self.take_openings(office, &demands, found);
			}
			Step::Given { demand, given } => {
				let listed = self.sent.remove(&demand);
				// One that was listed again since then still pends.
				if self.once || !given.refused || listed == Some(self.best) {
					self.over.insert(demand);
				}
				let foreign = self.queue.lane(Lane::Foreign).iter().any(|left| left.id == demand);
				if given.refused && foreign {
					*self.refused.entry(demand).or_default() += 1;
				}
				said(given);
			}
		}
	}

	fn take_openings(&mut self, office: &impl Office, demands: &[Demand], found: Found) {
		let found = match found {
			Ok(found) => found,
			// One damaged file is no reason to leave the demands for other blobs unanswered.
			Err(error) => {
				let Some(first) = demands.first() else { return };
				if self.unreadable.insert(first.content, true).is_none() {
					office.note(format!("demand {}: {error}", first.id));
				}
				return;
			}
		};
		for demand in demands {
			match found.get(&demand.chunk) {
				Some(opening) => {
					self.opened.insert(demand.id, opening.clone());
				}
				None => {
					self.over.insert(demand.id);
				}
			}
		}
		self.drop_openings();
	}

	/// Keeps the openings that have their turn first, and those of answers on their way.
	fn drop_openings(&mut self) {
		let opened = |demand: &&Demand| {
			self.opened.contains_key(&demand.id) && self.stage(demand) != Stage::Over
		};
		let lanes = [Lane::Own, Lane::Foreign].map(|lane| self.queue.lane(lane).iter());
		let kept = lanes.into_iter().flat_map(|lane| lane.filter(opened).take(MAX_OPENED));
		let kept: BTreeSet<u64> = kept.map(|demand| demand.id).collect();
		self.opened.retain(|demand, _| kept.contains(demand));
	}
}

#[cfg(test)]
mod tests;
