//! What a watch has learned from blocks, and forgets where they are left behind.

use std::collections::{BTreeMap, BTreeSet};

use tributary_primitives::{availability::Demanded, ids::ReportId};

use super::{
	answers::Heard,
	backoff::Backoff,
	demands::Lacking,
	events::Unread,
	others::Others,
	state::{Mark, State},
};

/// A blob, by the report for the sake of which it is demanded.
pub type Sake = (ReportId, Demanded);

/// What was learned from the blocks that were read, and is not kept on the disk.
#[derive(Debug, Default)]
pub struct Learned {
	/// What the last check of a report lacked. It is checked again when some of it arrives.
	pub lacking: BTreeMap<ReportId, Lacking>,
	/// Blobs that the chain hears no demand for, whatever happens.
	pub hopeless: BTreeSet<Sake>,
	/// Blobs of which a demand was refused for a reason that may pass.
	pub refused: Backoff<Sake>,
	/// Demands that could not be enforced.
	pub not_enforced: Backoff<u64>,
	/// The demands of others that pend.
	pub others: Others,
	/// Answers whose bytes nothing has asked for yet.
	pub heard: Heard,
	/// Blocks whose events the node did not give.
	pub unread: Unread,
}

impl Learned {
	/// Takes back what rests on the blocks `gone`, which a reorganisation has left behind. Where they have
	/// stood while the watch ran, everything else that was learned may rest on them too: the blocks that
	/// stand are read again.
	pub fn take_back<'a>(
		&mut self,
		state: &mut State,
		gone: impl IntoIterator<Item = &'a Mark>,
		was_running: bool,
	) {
		gone.into_iter().for_each(|mark| state.take_back(mark));
		if was_running {
			*self = Self::default();
			// A demand may be gone, and its number another's.
			state.demands.clear();
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::{events::Event, BlockId},
		commands::{
			evidence::{Missing, What},
			watch::{
				others::Other,
				state::{Asked, Known, OwnDemand},
			},
		},
	};
	use serde_json::json;
	use subxt::utils::{AccountId32, H256};
	use tributary_primitives::blob::Content;

	const BLOB: Demanded = Demanded::Entries { model: 1, epoch: 2, report: 3 };

	fn block(number: u64) -> BlockId {
		BlockId { number, hash: H256::from_low_u64_be(number) }
	}

	fn learned() -> Learned {
		let mut learned = Learned::default();
		let missing = Missing { what: What::Entries, content: Content::of(b"abc") };
		let lacking = Lacking { blobs: vec![(missing, Some((BLOB, None)))], coming: false };
		learned.lacking.insert(3, lacking);
		learned.hopeless.insert((3, BLOB));
		learned.refused.failed((3, BLOB), 10);
		learned.not_enforced.failed(5, 10);
		learned.others.note(5, Other { blob: BLOB, chunk: 0, answer_until: 20 });
		let fields = json!({
			"demand": 5,
			"blob": { "Entries": { "model": 1, "epoch": 2, "report": 3 } },
		});
		let answered = Event {
			pallet: "Availability".into(),
			name: "Answered".into(),
			fields: fields.as_object().cloned().unwrap_or_default(),
		};
		learned.heard.hear(block(9), &answered);
		learned.unread.put_off(block(8), 9);
		learned
	}

	fn state() -> State {
		let asked =
			|chunk, number| Asked { blob: BLOB, chunk, asked_in: Some(Mark::from(block(number))) };
		let known = Known {
			model: 1,
			epoch: 2,
			report: 3,
			entries: [0; 32],
			payouts: [0; 32],
			challenge_until: 40,
			settled_in: None,
			said: None,
			asked: vec![asked(0, 8), asked(1, 9)],
		};
		let demand = OwnDemand { id: 6, blob: BLOB, answer_until: 20 };
		State { reports: vec![known], demands: vec![demand], announcements: Vec::new() }
	}

	#[test]
	fn nothing_holds_after_a_reorganisation_that_was_learned_before() {
		let (mut learned, mut state) = (learned(), state());
		learned.take_back(&mut state, &[Mark::from(block(9))], true);
		assert!(learned.lacking.is_empty(), "a blob may be here that was missing");
		assert!(learned.hopeless.is_empty(), "a demand may be heard that was not");
		assert!(learned.refused.is_due(&(3, BLOB), 10));
		assert!(learned.not_enforced.is_due(&5, 10));
		assert_eq!(learned.others.due(1_000, &AccountId32([1; 32]), 6), []);
		assert_eq!(learned.heard.len(), 0);
		assert_eq!(learned.unread.due(1_000), []);
		assert!(state.demands.is_empty());
		let asked: Vec<_> = state.reports[0].asked.iter().map(|asked| asked.chunk).collect();
		assert_eq!(asked, [0], "a chunk is demanded again if its demand is gone");
	}

	#[test]
	fn a_watch_that_starts_keeps_what_stands() {
		let (mut learned, mut state) = (learned(), state());
		learned.take_back(&mut state, &[Mark::from(block(9))], false);
		assert_eq!(state.demands.len(), 1);
		assert_eq!(state.reports[0].asked.len(), 1);
		assert!(!learned.lacking.is_empty() && !learned.hopeless.is_empty());
	}
}
