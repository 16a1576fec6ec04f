//! What a watch has learned from blocks, and forgets where they are left behind.

use std::collections::BTreeMap;

use tributary_primitives::{availability::Demanded, blob::Content, ids::ReportId};

use super::{
	answers::Heard,
	backoff::Backoff,
	demands::Lacking,
	others::Others,
	trail::{Backlog, Unread},
};

/// A blob, by the report for the sake of which it is demanded.
pub type Sake = (ReportId, Demanded);

/// What was learned from the blocks that were read, and is not kept on the disk.
#[derive(Debug, Default)]
pub struct Learned {
	/// What the last check of a report lacked. It is checked again when some of it arrives.
	pub lacking: BTreeMap<ReportId, Lacking>,
	/// Reports of which all was checked but what is too large to be read, and the block in which that was so.
	pub unread_parts: BTreeMap<ReportId, u64>,
	/// Blobs that no peer gave. Others are asked for before them.
	pub not_given: Backoff<Content>,
	/// Blobs that the chain hears no demand for, whatever happens, and the block in which it said so.
	pub hopeless: BTreeMap<Sake, u64>,
	/// Blobs of which a demand was refused for a reason that may pass.
	pub refused: Backoff<Sake>,
	/// Demands that could not be enforced.
	pub not_enforced: Backoff<u64>,
	/// The demands of others that pend.
	pub others: Others,
	/// The reports of announcements whose last transaction was left on its way, and the block in which it was.
	pub late: BTreeMap<ReportId, u64>,
	/// Answers whose bytes nothing has asked for yet.
	pub heard: Heard,
	/// Blocks whose events the node did not give.
	pub unread: Unread,
	/// Blocks before those that are followed.
	pub backlog: Backlog,
}

impl Learned {
	/// Forgets what was learned of another report that had the number of `report`: what that one lacked, and
	/// which demands were refused for its sake.
	pub fn forget(&mut self, report: ReportId) {
		self.lacking.remove(&report);
		self.unread_parts.remove(&report);
		self.hopeless.retain(|(of, _), _| *of != report);
		self.refused.retain(|(of, _)| *of != report);
	}

	/// Has reports checked again that lacked something before the block `number`, of which it is not known
	/// what happened in it: they may lack less by now, or be wrong.
	pub fn doubt(&mut self, number: u64) {
		self.lacking.retain(|_, lacking| lacking.seen_in >= number);
		self.unread_parts.retain(|_, seen_in| *seen_in >= number);
	}

	/// Takes back what was learned from blocks above `ancestor`, which a reorganisation has left behind, or
	/// everything, where it is not known which blocks stand. The demands of others are told anew.
	pub fn take_back(&mut self, ancestor: Option<u64>) {
		let Some(ancestor) = ancestor else {
			*self = Self::default();
			return;
		};
		self.lacking.retain(|_, lacking| lacking.seen_in <= ancestor);
		self.unread_parts.retain(|_, seen_in| *seen_in <= ancestor);
		self.not_given.take_back(ancestor);
		self.hopeless.retain(|_, said_in| *said_in <= ancestor);
		self.refused.take_back(ancestor);
		self.not_enforced.take_back(ancestor);
		self.others = Others::default();
		self.heard.take_back(ancestor);
		self.unread.take_back(ancestor);
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::{events::Event, BlockId},
		commands::{
			evidence::{Missing, What},
			watch::others::Other,
		},
	};
	use serde_json::json;
	use subxt::utils::{AccountId32, H256};

	const BLOB: Demanded = Demanded::Entries { model: 1, epoch: 2, report: 3 };

	fn block(number: u64) -> BlockId {
		BlockId { number, hash: H256::from_low_u64_be(number) }
	}

	/// What the block `number` has shown, about the report of that number.
	fn learn(learned: &mut Learned, number: u64) {
		let report = u32::try_from(number).unwrap();
		let missing = Missing { what: What::Entries, content: Content::of(b"abc") };
		let blobs = vec![(missing, Some((BLOB, None)))];
		learned.lacking.insert(report, Lacking { blobs, coming: false, seen_in: number });
		learned.unread_parts.insert(report, number);
		learned.not_given.failed(Content { root: [7; 32], len: number }, number);
		learned.hopeless.insert((report, BLOB), number);
		learned.refused.failed((report, BLOB), number);
		learned.not_enforced.failed(number, number);
		learned.others.note(number, Other { blob: BLOB, chunk: 0, answer_until: 20 });
		let fields = json!({
			"demand": number,
			"blob": { "Entries": { "model": 1, "epoch": 2, "report": 3 } },
		});
		let answered = Event {
			pallet: "Availability".into(),
			name: "Answered".into(),
			fields: fields.as_object().cloned().unwrap_or_default(),
		};
		learned.heard.hear(block(number), &answered);
		learned.unread.put_off(block(number), number);
	}

	#[test]
	fn a_reorganisation_takes_back_what_was_learned_above_the_common_ancestor() {
		let mut learned = Learned::default();
		learn(&mut learned, 8);
		learn(&mut learned, 9);
		learned.backlog.extend(1, 7);
		learned.take_back(Some(8));
		assert_eq!(learned.lacking.keys().collect::<Vec<_>>(), [&8], "no report is derived again");
		assert_eq!(learned.unread_parts.keys().collect::<Vec<_>>(), [&8]);
		let given = |len| learned.not_given.is_due(&Content { root: [7; 32], len }, 8);
		assert_eq!([8, 9].map(given), [false, true]);
		assert_eq!(learned.hopeless.keys().collect::<Vec<_>>(), [&(8, BLOB)]);
		assert!(!learned.refused.is_due(&(8, BLOB), 8) && learned.refused.is_due(&(9, BLOB), 8));
		assert!(!learned.not_enforced.is_due(&8, 8) && learned.not_enforced.is_due(&9, 8));
		assert_eq!(learned.others.due(1_000, &AccountId32([1; 32]), 6), [], "they are told anew");
		assert_eq!(learned.heard.len(), 1);
		assert_eq!(learned.unread.due(1_000), [block(8)]);
		assert_eq!(learned.backlog.pop(), Some(7), "what is left to read is read");
	}

	#[test]
	fn a_block_that_was_not_followed_has_reports_checked_again_that_lacked_something_before_it() {
		let mut learned = Learned::default();
		learn(&mut learned, 8);
		learn(&mut learned, 9);
		learned.doubt(9);
		assert_eq!(
			learned.lacking.keys().collect::<Vec<_>>(),
			[&9],
			"that one was checked after it"
		);
		assert_eq!(learned.unread_parts.keys().collect::<Vec<_>>(), [&9]);
		learned.doubt(10);
		assert!(learned.lacking.is_empty() && learned.unread_parts.is_empty());
	}

	#[test]
	fn nothing_holds_of_a_report_whose_number_another_one_has() {
		let mut learned = Learned::default();
		learn(&mut learned, 8);
		learn(&mut learned, 9);
		learned.forget(8);
		assert_eq!(learned.lacking.keys().collect::<Vec<_>>(), [&9]);
		assert_eq!(learned.unread_parts.keys().collect::<Vec<_>>(), [&9]);
		assert_eq!(learned.hopeless.keys().collect::<Vec<_>>(), [&(9, BLOB)]);
		assert!(learned.refused.is_due(&(8, BLOB), 8) && !learned.refused.is_due(&(9, BLOB), 9));
	}

	#[test]
	fn nothing_holds_where_no_block_is_known_to_stand() {
		let mut learned = Learned::default();
		learn(&mut learned, 8);
		learned.backlog.extend(1, 7);
		learned.take_back(None);
		assert!(learned.lacking.is_empty() && learned.hopeless.is_empty());
		assert!(learned.unread_parts.is_empty());
		assert!(learned.refused.is_due(&(8, BLOB), 8) && learned.not_enforced.is_due(&8, 8));
		assert_eq!((learned.heard.len(), learned.unread.due(1_000)), (0, vec![]));
		assert_eq!(learned.backlog.pop(), None);
	}
}
