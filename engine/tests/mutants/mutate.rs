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

pub fn changed(value: u128, bits: u32, numbers: &mut Numbers) -> Vec<u128> {
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

/// The entry moved to each place of the corpus where its bytes stand, and left unowned.
pub fn moved(case: &Case, entry: &Entry) -> Vec<Entry> {
	let mut all = vec![Entry { source: 0, offset: 0, ..*entry }];
	for (source, bytes) in case.index.corpus().iter() {
		let places = (0..bytes.len() as u64).map(|offset| Entry { source, offset, ..*entry });
		all.extend(places.filter(|moved| entry.count > 0 && case.stands(moved)));
	}
	all.retain(|moved| moved != entry);
	all
}

/// The record with each of its fields changed. `fields` are the bits of each, in order.
pub fn field_mutants<R: Record>(record: &R, fields: &[u32], numbers: &mut Numbers) -> Vec<R> {
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

/// The records with one of them changed, dropped or repeated, or two swapped.
pub fn mutants<R: Record + Copy>(
	records: &[R],
	fields: &[u32],
	numbers: &mut Numbers,
) -> Vec<Vec<R>> {
	let mut all = Vec::new();
	for at in 0..records.len() {
		for mutant in field_mutants(&records[at], fields, numbers) {
			let mut records = records.to_vec();
			records[at] = mutant;
			all.push(records);
		}
		let mut dropped = records.to_vec();
		dropped.remove(at);
		all.push(dropped);
		let mut repeated = records.to_vec();
		repeated.insert(at, records[at]);
		all.push(repeated);
		for other in [at + 1, numbers.below(records.len())] {
			if other < records.len() && other != at {
				let mut swapped = records.to_vec();
				swapped.swap(at, other);
				all.push(swapped);
			}
		}
		all.push(records[..at].to_vec());
		all.push([records, &records[..=at]].concat());
	}
	all
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
