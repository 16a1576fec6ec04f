//! What the records of a report show, beside the items and lengths of what they name.

use tributary_primitives::{
	fault::{Facts, Fault},
	report::{record_count, Entry, Payout},
	traits::ReceiptFacts,
	window::{covered_len, worth},
};

use super::{Best, Rank, Watch, WatchError};
use crate::{blobs::BlobSource, records::Records};

impl<B: BlobSource> Watch<'_, B> {
	/// Structure, Amount and Foreign, and Mismatch where a source ends too early: what entries,
	/// items and lengths show.
	pub(super) fn entry_by_entry(&self, best: &mut Best) -> Result<Option<Fault>, WatchError> {
		for (at, entry) in self.entries.iter() {
			let place = self.input.place(entry.receipt, entry.item);
			let windows = place.map(|place| place.windows);
			if !self.has_item(entry.receipt, entry.item) || !self.stands_right(at, &entry, windows)
			{
				return Ok(Some(self.proofs.structure(at, place.as_ref())?));
			}
			if let Some(place) = &place {
				let expected = match place.windows {
					0 => place.amount,
					windows => worth(place.amount, windows, entry.start, entry.count),
				};
				if entry.amount != expected {
					return Ok(Some(self.proofs.amount(at, place)?));
				}
			}
			if entry.source == 0 {
				continue;
			}
			let Some(source) = self.facts.sources.get(&entry.source) else {
				let rank = Rank { blameless: self.facts.is_excused(entry.source), borders: 0 };
				let fault = || self.proofs.foreign(at);
				match rank.blameless {
					true if best.lacks(rank) => best.put(rank, fault()?),
					true => {}
					false => return Ok(Some(fault()?)),
				}
				continue;
			};
			if let (Some(place), Some(rest)) = (&place, self.past_the_end(&entry, source.len)) {
				let position = entry.start.saturating_add(rest);
				return Ok(Some(self.proofs.past_the_end(at, place, position)?));
			}
		}
		Ok(None)
	}

	/// How many of the bytes that the entry covers there are in a source of `len` bytes, where that are
	/// not all of them.
	fn past_the_end(&self, entry: &Entry, len: u64) -> Option<u64> {
		let rest = len.saturating_sub(entry.offset);
		(rest < covered_len(entry.count, self.input.window)).then_some(rest)
	}

	/// Whether receipt `receipt` has an item `item`. The chain knows how many it has, whether or not
	/// they are at hand.
	fn has_item(&self, receipt: u32, item: u32) -> bool {
		let at = receipt as usize;
		let Some(input) = self.input.receipts.get(at) else { return false };
		let items = match input.items() {
			Some(items) => record_count(items.len() as u64),
			None => self.facts.receipts.get(at).and_then(ReceiptFacts::items),
		};
		items.is_some_and(|items| u64::from(item) < items)
	}

	/// The receipt and item after `(receipt, item)`; `None` after the last.
	fn next_item(&self, receipt: u32, item: u32) -> Option<(u32, u32)> {
		let in_receipt = item.checked_add(1).map(|item| (receipt, item));
		let in_next = receipt.checked_add(1).map(|receipt| (receipt, 0));
		let mut places = [in_receipt, in_next].into_iter().flatten();
		places.find(|(receipt, item)| self.has_item(*receipt, *item))
	}

	/// Whether entry `at`, of an item of `windows` windows, is well formed, starts where a first
	/// entry must, fits into its item and is followed by what must follow. `None` where the item is
	/// not at hand: whether the entry ends it is not known then, and either is taken for right.
	fn stands_right(&self, at: u64, entry: &Entry, windows: Option<u64>) -> bool {
		let here = (entry.receipt, entry.item);
		let first = at > 0 || (here, entry.start) == ((0, 0), 0);
		let zeros = entry.reserved == 0 && (entry.source != 0 || entry.offset == 0);
		let Some(end) = entry.start.checked_add(entry.count) else { return false };
		let fits = match windows {
			None => entry.count > 0 || (entry.start, entry.source) == (0, 0),
			Some(0) => end == 0 && entry.source == 0,
			Some(windows) => entry.count > 0 && end <= windows,
		};
		let followed = match self.entries.get(at + 1) {
			Some(next) if (next.receipt, next.item) == here => {
				windows != Some(end) && entry.count > 0 && next.start == end
			}
			next => {
				let expected = self.next_item(entry.receipt, entry.item);
				windows.is_none_or(|windows| windows == end)
					&& next.is_none_or(|next| next.start == 0)
					&& next.map(|next| (next.receipt, next.item)) == expected
			}
		};
		first && zeros && fits && followed
	}

	/// Order, Unequal and Absent: what the payouts show against right entries.
	pub(super) fn payout_by_payout(
		&self,
		payouts: &Records<Payout>,
	) -> Result<Option<Fault>, WatchError> {
		let mut previous: Option<Payout> = None;
		for (at, payout) in payouts.iter() {
			if payout.reserved != 0 || payout.source == 0 {
				return Ok(Some(self.proofs.order(at)?));
			}
			let follows = match &previous {
				None => payout.before == 0,
				Some(previous) => {
					key(previous) < key(&payout)
						&& previous.before.checked_add(previous.amount) == Some(payout.before)
				}
			};
			if !follows {
				return Ok(Some(self.proofs.order(at.saturating_sub(1))?));
			}
			previous = Some(payout);
		}

		let mut paid = vec![false; self.entries.len() as usize];
		for (at, payout) in payouts.iter() {
			match self.entries.get(payout.ordinal) {
				Some(entry) if (entry.source, entry.amount) == (payout.source, payout.amount) => {
					paid[payout.ordinal as usize] = true;
				}
				named => return Ok(Some(self.proofs.unequal(at, &payout, named.is_some())?)),
			}
		}
		for ((at, entry), paid) in self.entries.iter().zip(paid) {
			if entry.source != 0 && !paid {
				let gap = payouts.partition_point(|payout| key(payout) < (entry.source, at));
				return Ok(Some(self.proofs.absent(at, gap)?));
			}
		}
		Ok(None)
	}
}

fn key(payout: &Payout) -> (u64, u64) {
	(payout.source, payout.ordinal)
}
