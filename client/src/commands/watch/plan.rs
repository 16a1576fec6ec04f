//! Which chunks of missing blobs are demanded, and when.

use std::collections::BTreeSet;

use subxt::utils::AccountId32;
use tributary_primitives::{blob::Content, views::ReportView};

use crate::{error::Result, random};

/// The most chunks that are demanded of a blob that is not put together from them: they show whether
/// somebody has it.
const PROBES: usize = 4;
/// Draws for a chunk of a long blob that was not demanded before.
const DRAWS: usize = 8;

/// The first block in which bytes of `report` are demanded that a peer may still give: peers are asked for a
/// quarter of the time in which demands are heard, and for half of it where one is giving them.
pub fn first_demand(report: &ReportView<AccountId32>, coming: bool) -> u32 {
	let half = report.posted_at.midpoint(report.demand_until);
	match coming {
		true => half,
		false => report.posted_at.midpoint(half),
	}
}

/// Decides which blobs are demanded whole: in turn, each whose chunks all fit into what is left of `budget`
/// demands and which may be put together from its chunks. What is left then is for single chunks of the
/// others.
pub fn allot(plans: &mut [(Plan, bool)], mut budget: u64) {
	for (plan, takes) in plans.iter_mut() {
		let lacks = plan.lacks();
		plan.whole = *takes && lacks <= budget;
		if plan.whole {
			budget -= lacks;
		}
	}
	for (plan, _) in plans.iter_mut().filter(|(plan, _)| !plan.whole) {
		plan.probes = budget > 0;
		budget = budget.saturating_sub(1);
	}
}

/// The chunks of one blob that are left to demand.
pub struct Plan {
	content: Content,
	/// Chunks that are not demanded: they were before, or are here.
	left: BTreeSet<u64>,
	/// How many were demanded before.
	asked: usize,
	/// Whether a demand for one of its chunks is open.
	pub pends: bool,
	/// Whether it is demanded whole.
	pub whole: bool,
	/// Whether a chunk may be demanded where it is not.
	probes: bool,
}

impl Plan {
	/// For the blob `content`, of which the chunks `asked` were demanded before.
	pub fn new(content: &Content, asked: BTreeSet<u64>) -> Self {
		let (count, content) = (asked.len(), *content);
		Self { content, left: asked, asked: count, pends: false, whole: false, probes: false }
	}

	/// Leaves out chunks that are here, or that others demand.
	pub fn leave(&mut self, chunks: impl IntoIterator<Item = u64>) {
		self.left.extend(chunks);
	}

	/// How many chunks are left to demand.
	fn lacks(&self) -> u64 {
		self.content.chunks().saturating_sub(self.left.len() as u64)
	}

	/// A chunk that is not given again, the last one first: that alone shows whether the length is right that
	/// is claimed. Of a blob that is demanded whole each is given some time; of another some are, at random,
	/// and none while a demand for it is open.
	///
	/// # Errors
	/// Where the system has no randomness.
	pub fn draw(&mut self) -> Result<Option<u64>> {
		if self.content.len == 0 {
			return Ok(None);
		}
		if !self.whole {
			if !self.probes || self.pends || self.asked >= PROBES {
				return Ok(None);
			}
			self.pends = true;
		}
		let last = self.content.last_chunk();
		if self.left.insert(last) {
			return Ok(Some(last));
		}
		let drawn = if self.whole { self.any()? } else { self.some()? };
		self.left.extend(drawn);
		Ok(drawn)
	}

	/// A chunk that is left, unless chance finds none: of a long blob few are not.
	fn some(&self) -> Result<Option<u64>> {
		for _ in 0..DRAWS {
			let chunk = random::below(self.content.chunks())?;
			if !self.left.contains(&chunk) {
				return Ok(Some(chunk));
			}
		}
		Ok(None)
	}

	/// One of the chunks that are left, each as likely as the others.
	fn any(&self) -> Result<Option<u64>> {
		let mut place = random::below(self.lacks())?;
		for chunk in 0..self.content.chunks() {
			if self.left.contains(&chunk) {
				continue;
			}
			if place == 0 {
				return Ok(Some(chunk));
			}
			place -= 1;
		}
		Ok(None)
	}
}

#[cfg(test)]
mod tests {
	use super::{super::fixture, *};

	fn content(len: u64) -> Content {
		Content { root: [7; 32], len }
	}

	fn plan(len: u64, asked: impl IntoIterator<Item = u64>, whole: bool) -> Plan {
		Plan { whole, probes: !whole, ..Plan::new(&content(len), asked.into_iter().collect()) }
	}

	fn all(plan: &mut Plan) -> Vec<u64> {
		std::iter::from_fn(|| plan.draw().unwrap()).collect()
	}

	fn report(posted_at: u32, demand_until: u32) -> ReportView<AccountId32> {
		let challenge_until = demand_until;
		ReportView { posted_at, demand_until, challenge_until, ..fixture::report(0) }
	}

	#[test]
	fn every_chunk_of_a_blob_that_is_bought_is_demanded_once() {
		for len in [1, 1_024, 1_025, 64 * 1_024, 300 * 1_024 + 1] {
			let mut drawn = all(&mut plan(len, [], true));
			drawn.sort_unstable();
			let every: Vec<_> = (0..content(len).chunks()).collect();
			assert_eq!(drawn, every, "{len} bytes");
		}
	}

	#[test]
	fn what_was_demanded_before_or_is_here_is_left() {
		let mut plan = plan(5_000, [0, 4], true);
		plan.leave([2]);
		let mut drawn = all(&mut plan);
		drawn.sort_unstable();
		assert_eq!(drawn, [1, 3]);
	}

	#[test]
	fn the_last_chunk_is_demanded_first_as_it_shows_the_length() {
		for len in [1, 1_024, 5_000, 64 * 1_024 + 1, 1 << 40] {
			let last = content(len).last_chunk();
			for whole in [false, true] {
				assert_eq!(plan(len, [], whole).draw().unwrap(), Some(last), "{len} bytes");
			}
		}
		let last = content(1 << 40).last_chunk();
		for asked in [vec![3], vec![3, 4]] {
			let mut plan = plan(1 << 40, asked, false);
			assert_eq!(plan.draw().unwrap(), Some(last), "where others were demanded before");
		}
		let mut after = plan(1 << 40, [last], false);
		assert!(after.draw().unwrap().is_some_and(|chunk| chunk < last));
	}

	#[test]
	fn a_blob_that_is_not_bought_is_only_probed() {
		let long = 64 * 1_024 + 1;
		let mut asked = BTreeSet::new();
		for _ in 0..PROBES {
			let mut plan = plan(long, asked.clone(), false);
			let chunk = plan.draw().unwrap();
			assert_eq!(plan.draw().unwrap(), None, "one at a time");
			assert!(asked.insert(chunk.unwrap()));
		}
		assert_eq!(all(&mut plan(long, asked, false)), [0u64; 0]);
		let mut plan = plan(long, [], false);
		plan.pends = true;
		assert_eq!(plan.draw().unwrap(), None);
	}

	#[test]
	fn an_empty_blob_is_not_demanded() {
		for whole in [false, true] {
			assert_eq!(all(&mut plan(0, [], whole)), [0u64; 0]);
		}
	}

	#[test]
	fn blobs_are_bought_whole_where_all_their_chunks_fit_into_the_bound() {
		let whole = |blobs: &[(u64, u64)], budget| {
			let plan = |&(chunks, asked)| (plan(chunks * 1_024, 0..asked, false), true);
			let mut plans: Vec<_> = blobs.iter().map(plan).collect();
			allot(&mut plans, budget);
			plans.iter().map(|(plan, _)| plan.whole).collect::<Vec<_>>()
		};
		assert_eq!(whole(&[(64, 0)], 64), [true]);
		assert_eq!(whole(&[(65, 0)], 64), [false]);
		assert_eq!(whole(&[(2_000, 0)], 2_000), [true], "however long it is");
		assert_eq!(whole(&[(60, 16)], 44), [true], "what was demanded is not demanded again");
		assert_eq!(
			whole(&[(60, 0), (60, 0)], 100),
			[true, false],
			"one whole rather than two halves"
		);
		assert_eq!(whole(&[(200, 0), (60, 0), (40, 0)], 100), [false, true, true]);
		let mut long = [(plan(10 * 1_024, [], false), false)];
		allot(&mut long, 64);
		assert!(!long[0].0.whole, "what can not be put together is not bought");
	}

	#[test]
	fn probes_of_one_blob_take_no_demand_of_another() {
		let mut plans = [(62, 0), (90, 0), (90, 0), (90, 0)]
			.map(|(chunks, asked)| (plan(chunks * 1_024, 0..asked, false), true));
		allot(&mut plans, 64);
		let drawn = plans.each_mut().map(|(plan, _)| all(plan).len());
		assert_eq!(drawn, [62, 1, 1, 0]);
	}

	#[test]
	fn peers_are_asked_before_anything_is_demanded() {
		assert_eq!(first_demand(&report(100, 200), false), 125);
		assert_eq!(first_demand(&report(100, 200), true), 150);
		assert_eq!(first_demand(&report(100, 110), false), 102);
		assert_eq!(first_demand(&report(100, 102), false), 100, "where there is no time for it");
	}
}
