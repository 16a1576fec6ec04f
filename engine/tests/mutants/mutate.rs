//! Wrong reports, made of right ones.

use tributary_engine::Report;
use tributary_primitives::{
	blob::{open, Opening},
	fault::Fault,
	report::{Entry, Payout, Record, RECORD_LEN},
};

use crate::case::Case;

pub const ENTRY_FIELDS: [u32; 8] = [32, 32, 64, 64, 64, 64, 128, 64];
pub const PAYOUT_FIELDS: [u32; 5] = [64, 64, 128, 128, 128];

/// A fixed sequence of numbers (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
	pub fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut mixed = self.0;
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	pub fn below(&mut self, end: usize) -> usize {
		(self.next() % end as u64) as usize
	}

	pub fn bytes(&mut self, len: usize) -> Vec<u8> {
		(0..len).map(|_| self.next() as u8).collect()
	}
}

pub fn read<R: Record>(blob: &[u8]) -> Vec<R> {
	(0..blob.len() / RECORD_LEN).map(|at| R::read(blob, at * RECORD_LEN).unwrap()).collect()
}

pub fn write<R: Record>(records: &[R]) -> Vec<u8> {
	records.iter().flat_map(R::to_bytes).collect()
}

/// The payouts that a liar would post with these entries, so that only the entries are wrong.
pub fn payouts_for(entries: &[Entry]) -> Vec<u8> {
	let mut owned: Vec<(u64, u64, u128)> = (0..)
		.zip(entries)
		.filter(|(_, entry)| entry.source != 0)
		.map(|(at, entry)| (entry.source, at, entry.amount))
		.collect();
	owned.sort_unstable();
	let mut before = 0u128;
	let payouts = owned.into_iter().map(|(source, ordinal, amount)| {
		let payout = Payout { source, ordinal, amount, before, reserved: 0 };
		before = before.wrapping_add(amount);
		payout
	});
	write(&payouts.collect::<Vec<_>>())
}

fn changed(value: u128, bits: u32, numbers: &mut Numbers) -> Vec<u128> {
	let all = u128::MAX >> (128 - bits);
	let values = [
		value.wrapping_add(1),
		value.wrapping_sub(1),
		0,
		1,
		2,
		5,
		9,
		all,
		all - 1,
		value ^ (1 << (bits - 1)),
		u128::from(numbers.next()),
		value.wrapping_add(numbers.below(100) as u128),
	];
	let mut values: Vec<u128> = values.into_iter().map(|value| value & all).collect();
	values.retain(|changed| *changed != value);
	values.sort_unstable();
	values.dedup();
	values
}

/// The record with each of its fields changed. `fields` are the bits of each, in order.
fn field_mutants<R: Record>(record: &R, fields: &[u32], numbers: &mut Numbers) -> Vec<R> {
	let bytes = record.to_bytes();
	let mut mutants = Vec::new();
	let mut start = 0;
	for bits in fields {
		let width = *bits as usize / 8;
		let mut field = [0; 16];
		field[..width].copy_from_slice(&bytes[start..start + width]);
		for value in changed(u128::from_le_bytes(field), *bits, numbers) {
			let mut mutant = bytes;
			mutant[start..start + width].copy_from_slice(&value.to_le_bytes()[..width]);
			mutants.push(R::from_bytes(&mutant));
		}
		start += width;
	}
	assert_eq!(start, RECORD_LEN);
	mutants
}

/// At most `most` places among `len`: the first two and the last two, those beside the first chunk
/// border, and others by lot; all of them where there are no more.
pub fn places(len: usize, most: usize, numbers: &mut Numbers) -> Vec<usize> {
	if len <= most {
		return (0..len).collect();
	}
	let mut places = vec![0, 1, 15, 16, len - 2, len - 1];
	places.truncate(most);
	places.retain(|at| *at < len);
	while places.len() < most {
		places.push(numbers.below(len));
	}
	places.sort_unstable();
	places.dedup();
	places
}

/// Visits the records with one of those at `places` changed, dropped or repeated, or swapped with
/// another, cut before it, and followed by all up to it once more.
pub fn mutants<R: Record + Copy>(
	records: &[R],
	fields: &[u32],
	places: &[usize],
	numbers: &mut Numbers,
	visit: &mut impl FnMut(&[R]),
) {
	let mut mutant = records.to_vec();
	for at in places.iter().copied() {
		for changed in field_mutants(&records[at], fields, numbers) {
			mutant[at] = changed;
			visit(&mutant);
		}
		mutant[at] = records[at];
		visit(&[&records[..at], &records[at + 1..]].concat());
		visit(&[&records[..=at], &records[at..]].concat());
		for other in [at + 1, numbers.below(records.len())] {
			if other < records.len() && other != at {
				mutant.swap(at, other);
				visit(&mutant);
				mutant.swap(at, other);
			}
		}
		visit(&records[..at]);
		visit(&[records, &records[..=at]].concat());
	}
}

/// The entry moved to each place of the corpus where its bytes stand, and left unowned.
fn moved(case: &Case, entry: &Entry) -> Vec<Entry> {
	let mut all = vec![Entry { source: 0, offset: 0, ..*entry }];
	for (source, bytes) in case.index.corpus().iter() {
		let places = (0..bytes.len() as u64).map(|offset| Entry { source, offset, ..*entry });
		all.extend(places.filter(|moved| entry.count > 0 && case.stands(moved)));
	}
	all.retain(|moved| moved != entry);
	all
}

/// Visits the entries with the one at `at` moved between receipts: put behind an entry of another, as
/// one of that other's item; with both entries' places in each other's records; and with all entries of
/// both receipts in each other's place.
fn between_receipts(
	entries: &[Entry],
	at: usize,
	numbers: &mut Numbers,
	visit: &mut impl FnMut(&[Entry]),
) {
	let ours = entries[at];
	let others: Vec<usize> =
		(0..entries.len()).filter(|other| entries[*other].receipt != ours.receipt).collect();
	if others.is_empty() {
		return;
	}
	let other = others[numbers.below(others.len())];
	let theirs = entries[other];

	let mut mutant = entries.to_vec();
	let Entry { receipt, item, .. } = theirs;
	mutant.insert(other + 1, Entry { receipt, item, ..ours });
	mutant.remove(if at > other { at + 1 } else { at });
	visit(&mutant);

	let mut mutant = entries.to_vec();
	mutant[at] = Entry { receipt, item, ..ours };
	mutant[other] = Entry { receipt: ours.receipt, item: ours.item, ..theirs };
	visit(&mutant);

	let mut mutant = entries.to_vec();
	for entry in &mut mutant {
		match entry.receipt {
			receipt if receipt == ours.receipt => entry.receipt = theirs.receipt,
			receipt if receipt == theirs.receipt => entry.receipt = ours.receipt,
			_ => {}
		}
	}
	visit(&mutant);
	mutant.sort_by_key(|entry| entry.receipt);
	visit(&mutant);
}

/// Visits the entries with the windows of the one at `at` and of the next cut otherwise: in two, some of
/// them unowned; together, as one owner's or nobody's; and with the border between both a window
/// earlier or later. Amounts are those of the windows.
fn recut(
	case: &Case,
	entries: &[Entry],
	at: usize,
	numbers: &mut Numbers,
	visit: &mut impl FnMut(&[Entry]),
) {
	let ours = entries[at];
	let mut with = |replaced: usize, parts: &[Entry]| {
		let parts = parts.iter().map(|part| case.priced(*part)).collect::<Vec<_>>();
		visit(&[&entries[..at], &parts, &entries[at + replaced..]].concat());
	};
	let unowned = |entry: Entry| Entry { source: 0, offset: 0, ..entry };
	if ours.count > 1 {
		let cut = 1 + numbers.next() % (ours.count - 1);
		let left = Entry { count: cut, ..ours };
		let right = from_window(ours, ours.start + cut);
		for parts in [[left, right], [unowned(left), right], [left, unowned(right)]] {
			with(1, &parts);
		}
	}
	let Some(next) = entries.get(at + 1).copied() else { return };
	if (next.receipt, next.item) != (ours.receipt, ours.item) {
		return;
	}
	let count = ours.count + next.count;
	with(2, &[unowned(Entry { count, ..ours })]);
	with(2, &[Entry { count, ..ours }]);
	if next.source != 0 && next.offset >= ours.count {
		with(2, &[Entry { count, source: next.source, offset: next.offset - ours.count, ..ours }]);
	}
	if next.count > 1 {
		with(2, &[Entry { count: ours.count + 1, ..ours }, from_window(next, next.start + 1)]);
	}
	if ours.count > 1 {
		let mut later = Entry { start: next.start - 1, count: next.count + 1, ..next };
		later.offset = next.offset.saturating_sub(1);
		with(2, &[Entry { count: ours.count - 1, ..ours }, later]);
	}
}

/// The windows of an entry from `start` on.
fn from_window(entry: Entry, start: u64) -> Entry {
	let gone = start - entry.start;
	let offset = if entry.source == 0 { 0 } else { entry.offset + gone };
	Entry { start, count: entry.count - gone, offset, ..entry }
}

/// Visits wrong payouts of which every sum from `at` on, and so the total, is another, and
/// otherwise they fit.
fn other_totals(payouts: &[Payout], at: usize, visit: &mut impl FnMut(&[Payout])) {
	let mut mutant = payouts.to_vec();
	for change in [1, u128::MAX, 1 << 64] {
		for payout in &mut mutant[at..] {
			payout.before = payout.before.wrapping_add(change);
		}
		visit(&mutant);
		mutant[at..].copy_from_slice(&payouts[at..]);
	}
	for change in [1, u128::MAX] {
		mutant[at].amount = mutant[at].amount.wrapping_add(change);
		for payout in &mut mutant[at + 1..] {
			payout.before = payout.before.wrapping_add(change);
		}
		visit(&mutant);
		mutant[at..].copy_from_slice(&payouts[at..]);
	}
}

/// Visits wrong reports, made of the honest one by changes of `most` entries and as many payouts:
/// the blobs of entries and payouts of each. Wrong entries come with the honest payouts, and with
/// payouts that fit them.
pub fn wrong_reports(
	case: &Case,
	most: usize,
	numbers: &mut Numbers,
	mut visit: impl FnMut(&[u8], &[u8]),
) {
	let Report { entries: honest, payouts: paid, .. } = &case.report;
	let mut visit = |entries: &[u8], payouts: &[u8]| {
		if !entries.is_empty() && (entries != honest || payouts != paid) {
			visit(entries, payouts);
		}
	};
	let entries = read::<Entry>(honest);
	let mut visit_entries = |mutant: &[Entry]| {
		let blob = write(mutant);
		let fitting = payouts_for(mutant);
		visit(&blob, &fitting);
		if fitting != *paid {
			visit(&blob, paid);
		}
	};
	let at = places(entries.len(), most, numbers);
	mutants(&entries, &ENTRY_FIELDS, &at, numbers, &mut visit_entries);
	for at in at {
		let mut mutant = entries.clone();
		for moved in moved(case, &entries[at]) {
			mutant[at] = moved;
			visit_entries(&mutant);
		}
		let nothing = Entry { count: 0, amount: 0, ..entries[at] };
		for empty in [nothing, Entry { source: 0, offset: 0, ..nothing }] {
			let mut mutant = entries.clone();
			mutant.insert(at, empty);
			visit_entries(&mutant);
		}
		between_receipts(&entries, at, numbers, &mut visit_entries);
		recut(case, &entries, at, numbers, &mut visit_entries);
	}

	let payouts = read::<Payout>(paid);
	let mut visit_payouts = |mutant: &[Payout]| visit(honest, &write(mutant));
	let at = places(payouts.len(), most, numbers);
	mutants(&payouts, &PAYOUT_FIELDS, &at, numbers, &mut visit_payouts);
	for at in at {
		other_totals(&payouts, at, &mut visit_payouts);
	}
}

/// The same fault, with the openings of the lying report's blobs replaced by those of `report`.
pub fn transplant(mut fault: Fault, report: &Report) -> Fault {
	let again = |opening: &mut Opening, blob: &[u8]| {
		let offset = opening.first_chunk * 1024;
		let len = (opening.bytes.len() as u64).min((blob.len() as u64).saturating_sub(offset));
		if let Ok(real) = open(blob, offset, len) {
			*opening = real;
		}
	};
	match &mut fault {
		Fault::Structure { entry, .. }
		| Fault::Foreign { entry }
		| Fault::Mismatch { entry, .. }
		| Fault::Prior { entry, .. }
		| Fault::Amount { entry, .. } => again(&mut entry.opening, &report.entries),
		Fault::Order { payouts, .. } => again(payouts, &report.payouts),
		Fault::Unequal { payout, entry, .. } => {
			again(payout, &report.payouts);
			if let Some(entry) = entry {
				again(entry, &report.entries);
			}
		}
		Fault::Absent { entry, payouts, .. } => {
			again(&mut entry.opening, &report.entries);
			if let Some(payouts) = payouts {
				again(payouts, &report.payouts);
			}
		}
	}
	fault
}
