//! What is right about an epoch, by the words of the window rule (protocol 5): each window belongs to the
//! earliest source that contains it.

use tributary_primitives::{
	blob::Content,
	report::{Entry, Payout, Record},
};

use crate::model::{parts::worth, payments::Place, Expected};

/// The last block of an epoch.
pub fn last_block(epoch: u32) -> u32 {
	epoch * 10 + 9
}

/// Where `window` stands in `bytes`.
fn find(bytes: &[u8], window: &[u8]) -> Option<usize> {
	bytes.windows(window.len()).position(|found| found == window)
}

impl Expected {
	/// The sources of an epoch of a model, in order.
	pub fn corpus(&self, (model, epoch): Place) -> Vec<(u64, Content)> {
		let pins = &self.models[model as usize].corpus;
		let member = |contribution: &&crate::model::registry::Contribution| {
			let pinned = pins.get(&contribution.dataset).copied().unwrap_or(0);
			contribution
				.accepted
				.is_some_and(|(index, at)| index < pinned && at <= last_block(epoch))
				&& contribution.ended.is_none_or(|at| at > last_block(epoch))
				&& contribution.withheld.is_none()
		};
		let all = self.contributions.iter();
		all.filter(|(_, contribution)| member(contribution))
			.map(|(seq, contribution)| (seq + 1, contribution.content))
			.collect()
	}

	/// The first source of `corpus` below `before` that contains `window`, and where.
	pub fn owner(
		&self,
		corpus: &[(u64, Content)],
		before: u64,
		window: &[u8],
	) -> Option<(u64, usize)> {
		corpus.iter().filter(|(source, _)| *source < before).find_map(|(source, content)| {
			find(self.library.get(content), window).map(|offset| (*source, offset))
		})
	}

	/// What the item of a receipt carries, in planck, and the windows that its output has.
	pub fn carried(&self, place: Place, receipt: u32, item: u32) -> (u128, u64) {
		let paid = &self.payments.receipts[&place][receipt as usize];
		let items = self.library.items(&paid.outputs);
		let windows = (items[item as usize].len + 1)
			.saturating_sub(self.models[place.0 as usize].window as u64);
		(worth(paid.data, items.len() as u128, item.into(), 1), windows)
	}

	/// All entries of an epoch, by a corpus.
	pub fn entries(&self, place: Place, corpus: &[(u64, Content)]) -> Vec<Entry> {
		let mut entries = Vec::new();
		for (receipt, paid) in (0u32..).zip(&self.payments.receipts[&place]) {
			if paid.withheld.is_some() {
				entries.push(Entry { receipt, amount: paid.data, ..Entry::default() });
				continue;
			}
			let items = self.library.items(&paid.outputs).len() as u32;
			entries.extend((0..items).flat_map(|item| self.item(place, receipt, item, corpus)));
		}
		entries
	}

	fn item(&self, place: Place, receipt: u32, item: u32, corpus: &[(u64, Content)]) -> Vec<Entry> {
		let (carried, windows) = self.carried(place, receipt, item);
		if windows == 0 {
			return vec![Entry { receipt, item, amount: carried, ..Entry::default() }];
		}
		let length = self.models[place.0 as usize].window;
		let output = self.library.get(&self.output(place, receipt, item));
		let mut runs: Vec<Entry> = Vec::new();
		for (start, window) in (0u64..).zip(output.windows(length)) {
			let (source, offset) =
				self.owner(corpus, u64::MAX, window).map_or((0, 0), |(source, at)| (source, at));
			let offset = offset as u64;
			match runs.last_mut() {
				Some(run)
					if run.source == source
						&& (source == 0 || run.offset + run.count == offset) =>
				{
					run.count += 1;
				}
				_ => runs.push(Entry {
					receipt,
					item,
					start,
					count: 1,
					source,
					offset,
					..Entry::default()
				}),
			}
		}
		for run in &mut runs {
			run.amount = worth(carried, windows.into(), run.start.into(), run.count.into());
		}
		runs
	}
}

/// The payouts of entries: by source, with running sums. Returns them with their sum.
pub fn payouts(entries: &[Entry]) -> (Vec<Payout>, u128) {
	let owned = (0u64..).zip(entries).filter(|(_, entry)| entry.source > 0);
	let mut owned: Vec<_> =
		owned.map(|(ordinal, entry)| (entry.source, ordinal, entry.amount)).collect();
	owned.sort_unstable();
	let mut before = 0;
	let payout = |(source, ordinal, amount)| {
		let payout = Payout { source, ordinal, amount, before, reserved: 0 };
		before += amount;
		payout
	};
	(owned.into_iter().map(payout).collect(), before)
}

/// The blob of records.
pub fn blob<R: Record>(records: &[R]) -> Vec<u8> {
	records.iter().flat_map(Record::to_bytes).collect()
}

/// The records of a blob.
pub fn records<R: Record>(blob: &[u8]) -> Vec<R> {
	blob.chunks(64).map(|bytes| R::from_bytes(bytes.try_into().expect("it is a record"))).collect()
}
