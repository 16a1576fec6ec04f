//! Demands that were sent. Each counts from before it is sent: it may enter a block that the watch never hears
//! of, or another one after a reorganisation.

use tributary_primitives::availability::Demanded;

use super::{
	demands::{wanted_of, Lacking},
	order::Open,
	state::{Asked, Known, Mark, Period, State},
	Watcher,
};
use crate::{chain::tx::MORTALITY, commands::demand::Wanted, error::Result};

/// The blocks after which a demand that stands in none is sent again.
const AGAIN_AFTER: u64 = 6;
/// The most blocks that pass from the decision to demand something until that is signed.
const SIGNING: u64 = 16;

impl Asked {
	fn is(&self, blob: &Demanded, chunk: u64) -> bool {
		(self.blob, self.chunk) == (*blob, chunk)
	}

	/// Takes back that it stands in `gone`: its transaction may enter another block.
	pub fn take_back(&mut self, gone: &Mark) {
		if self.asked_in.as_ref() == Some(gone) {
			self.asked_in = None;
			self.sent_in = Some(gone.number);
		}
	}

	/// Whether its transaction may still enter the block `next`, as far as it is not known to stand.
	fn may_stand(&self, next: u64) -> bool {
		let until = |sent: u64| sent.saturating_add(MORTALITY).saturating_add(SIGNING);
		self.sent_in.is_none_or(|sent| next <= until(sent))
	}
}

impl Known {
	/// Counts a demand that is about to be sent after the block `now`. Says whether it did not count before.
	pub fn count(&mut self, blob: Demanded, chunk: u64, now: u64) -> bool {
		match self.asked.iter_mut().find(|asked| asked.is(&blob, chunk)) {
			Some(asked) => {
				asked.sent_in = asked.sent_in.map(|_| now);
				false
			}
			None => {
				self.asked.push(Asked { blob, chunk, asked_in: None, sent_in: Some(now) });
				true
			}
		}
	}

	/// Notes that the demand for a chunk stands in `block`.
	pub fn stands(&mut self, blob: Demanded, chunk: u64, block: Mark) {
		self.asked.retain(|asked| !asked.is(&blob, chunk));
		self.asked.push(Asked { blob, chunk, asked_in: Some(block), sent_in: None });
	}

	/// Takes back that a chunk was demanded, unless that is known to stand.
	pub fn uncount(&mut self, blob: &Demanded, chunk: u64) {
		self.asked.retain(|asked| asked.sent_in.is_none() || !asked.is(blob, chunk));
	}

	/// Whether a demand for a chunk of `blob` may be on its way.
	pub fn is_on_its_way(&self, blob: &Demanded) -> bool {
		self.asked.iter().any(|asked| asked.blob == *blob && asked.sent_in.is_some())
	}

	/// The chunks that are demanded again in the block `next`, as the demand stands in none yet. Those of which
	/// the transaction can not enter it are forgotten.
	pub fn late(&mut self, next: u64) -> Vec<(Demanded, u64)> {
		self.asked.retain(|asked| asked.may_stand(next));
		let late = |sent: u64| next > sent.saturating_add(AGAIN_AFTER);
		let asked = self.asked.iter().filter(|asked| asked.sent_in.is_some_and(late));
		asked.map(|asked| (asked.blob, asked.chunk)).collect()
	}
}

impl State {
	/// Whether a demand for the chunk stands that was made for the sake of another report than that on `period`.
	fn stands_for_others(&self, period: Period, blob: &Demanded, chunk: u64) -> bool {
		let others = self.reports.iter().filter(|known| known.period() != period);
		let mut asked = others.flat_map(|known| &known.asked);
		asked.any(|asked| asked.sent_in.is_none() && asked.is(blob, chunk))
	}

	/// Notes that a demand of the account, which was not known before, stands in `block`.
	pub fn found(&mut self, blob: &Demanded, chunk: u64, block: Mark) {
		let mut asked = self.reports.iter_mut().flat_map(|known| &mut known.asked);
		if let Some(asked) = asked.find(|asked| asked.sent_in.is_some() && asked.is(blob, chunk)) {
			(asked.asked_in, asked.sent_in) = (Some(block), None);
		}
	}
}

impl Watcher<'_> {
	/// The demands that are sent again in the block `next`. The chain takes one demand for a chunk at a time, so
	/// that none is paid for twice: the very same chunks are demanded.
	pub(super) async fn again(
		&mut self,
		Open { period, report }: &Open,
		lacking: &Lacking,
		next: u64,
	) -> Result<Vec<Wanted>> {
		let mut wanted = Vec::new();
		for (blob, chunk) in self.file.state.know(report, *period).late(next) {
			let mut names =
				lacking.blobs.iter().filter_map(|(of, name)| Some((of, name.as_ref()?)));
			let named = names.find(|(_, (name, _))| *name == blob);
			let Some((missing, (_, item))) = named else { continue };
			let content = missing.content;
			if self.chunks.takes(&content) && self.chunks.kept(&content)?.contains(&chunk) {
				// It was answered, to whomever: nothing is to be paid for again.
				self.file.state.know(report, *period).uncount(&blob, chunk);
				continue;
			}
			if !self.may_demand(&(report.id, blob), next) {
				continue;
			}
			let Some(pending) = self.chain.pending_demand(&blob, chunk).await? else {
				wanted.push(wanted_of(*period, blob, chunk, item.as_ref()));
				continue;
			};
			if let Some(demand) = self.chain.find_demand(pending).await? {
				let best = self.chain.best().await?;
				self.note_demand(&demand, best)?;
				let is_own = demand.demander == self.account;
				if is_own && !self.file.state.stands_for_others(*period, &blob, chunk) {
					self.file.state.know(report, *period).stands(blob, chunk, best.into());
				}
			}
			// What pends is somebody else's otherwise, or was made for another report: it is repeated.
			self.file.state.know(report, *period).uncount(&blob, chunk);
		}
		Ok(wanted)
	}
}

#[cfg(test)]
mod tests {
	use super::{
		super::fixture::{mark, report},
		*,
	};

	const BLOB: Demanded = Demanded::Contribution { seq: 6 };
	const PERIOD: (u32, u32) = (1, 2);

	/// A report for which the chunks 0 to 3 were demanded after block 10.
	fn sent() -> State {
		let mut state = State::default();
		let known = state.know(&report(7), PERIOD);
		(0..4).for_each(|chunk| assert!(known.count(BLOB, chunk, 10)));
		state
	}

	fn chunks(state: &State) -> Vec<u64> {
		state.known(PERIOD).unwrap().asked_of(&BLOB).collect()
	}

	#[test]
	fn a_demand_counts_though_nobody_says_what_became_of_it() {
		let mut state = sent();
		assert_eq!(chunks(&state), [0, 1, 2, 3]);
		let known = state.know(&report(7), PERIOD);
		assert!(known.is_on_its_way(&BLOB) && known.late(16).is_empty());
		assert_eq!(known.late(17), [0, 1, 2, 3].map(|chunk| (BLOB, chunk)), "they are sent again");
		assert!(!known.count(BLOB, 2, 16), "which counts once");
		assert_eq!(known.late(20), [0, 1, 3].map(|chunk| (BLOB, chunk)));
		assert_eq!(known.asked.len(), 4);
		known.late(10 + MORTALITY + SIGNING + 1);
		assert_eq!(chunks(&state), [2], "the others can not enter a block any more");
	}

	#[test]
	fn demands_that_a_reorganisation_moves_to_another_block_count_once() {
		let mut state = State::default();
		let known = state.know(&report(7), PERIOD);
		(0..16).for_each(|chunk| known.stands(BLOB, chunk, mark(11)));
		assert!(!known.is_on_its_way(&BLOB));
		state.take_back(&mark(11));
		assert_eq!(chunks(&state).len(), 16, "while they are in no block");
		state.found(&BLOB, 3, mark(12));
		assert_eq!(chunks(&state).len(), 16);
		assert_eq!(state.marks(), [mark(12)].into());
		let late = state.know(&report(7), PERIOD).late(100);
		assert_eq!(
			(late, chunks(&state)),
			(vec![], vec![3]),
			"those that never come are given back"
		);
	}

	#[test]
	fn what_was_refused_does_not_count_and_what_stands_does() {
		let mut state = sent();
		state.found(&BLOB, 1, mark(11));
		let known = state.know(&report(7), PERIOD);
		known.stands(BLOB, 2, mark(12));
		(0..3).for_each(|chunk| known.uncount(&BLOB, chunk));
		assert_eq!(chunks(&state), [1, 3, 2]);
	}

	#[test]
	fn one_demand_is_found_for_one_report() {
		let mut state = sent();
		state.know(&report(8), (1, 3)).count(BLOB, 1, 10);
		state.found(&BLOB, 1, mark(11));
		let on_its_way = |period| {
			state
				.known(period)
				.unwrap()
				.asked
				.iter()
				.any(|asked| asked.is(&BLOB, 1) && asked.sent_in.is_some())
		};
		assert_eq!([PERIOD, (1, 3)].map(on_its_way), [false, true]);
	}
}
