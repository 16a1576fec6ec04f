//! Reports that are not honest: noise in the records of an honest one, or lies that fit together.

use tributary_primitives::{
	report::{record_count, Entry, Item, Payout, Record, RECORD_LEN},
	window::{covered_len, item_amount, window_count, worth},
};

use crate::{bytes::Bytes, world::World};

type Records = Vec<[u8; RECORD_LEN]>;

/// The honest report after a few changes. Payouts follow the changed entries, or do not.
pub fn mutated(world: &World, bytes: &mut Bytes) -> (Vec<u8>, Vec<u8>) {
	let mut entries = world.report.entries.as_chunks::<RECORD_LEN>().0.to_vec();
	for _ in 0..bytes.below(4) {
		match bytes.flag() {
			true => lie(world, &mut entries, bytes),
			false => change(&mut entries, bytes),
		}
	}
	let mut payouts = match bytes.below(4) {
		0 => world.report.payouts.as_chunks::<RECORD_LEN>().0.to_vec(),
		kind => payouts_for(&entries, kind == 1, bytes),
	};
	for _ in 0..bytes.below(3) {
		change(&mut payouts, bytes);
	}
	let mut blobs = (entries.concat(), payouts.concat());
	match bytes.below(32) {
		0 => blobs.0.truncate(bytes.below(blobs.0.len() + 1)),
		1 => blobs.1.extend_from_slice(bytes.take(64)),
		2 => blobs.0.extend_from_slice(bytes.take(64)),
		_ => {}
	}
	blobs
}

/// Changes one record, or the order of a few.
fn change(records: &mut Records, bytes: &mut Bytes) {
	if records.is_empty() {
		records.push(bytes.array());
		return;
	}
	let (at, other) = (bytes.below(records.len()), bytes.below(records.len()));
	match bytes.below(8) {
		0 => records[at][bytes.below(RECORD_LEN)] ^= 1 << bytes.below(8),
		1 | 2 => {
			let field = bytes.below(16) * 4;
			let value = bytes.number().to_le_bytes();
			let len = 8.min(RECORD_LEN - field);
			records[at][field..field + len].copy_from_slice(&value[..len]);
		}
		3 => {
			let field = bytes.below(8) * 8;
			let taken = records[other];
			records[at][field..field + 8].copy_from_slice(&taken[field..field + 8]);
		}
		4 => {
			records.remove(at);
		}
		5 => records.insert(at, records[other]),
		6 => records.swap(at, other),
		_ => records[at] = bytes.array(),
	}
}

/// Changes what an entry says so that the records still fit together.
fn lie(world: &World, entries: &mut Records, bytes: &mut Bytes) {
	if entries.is_empty() {
		return;
	}
	let at = bytes.below(entries.len());
	let mut entry = Entry::from_bytes(&entries[at]);
	match bytes.below(6) {
		0 => (entry.source, entry.offset) = (0, 0),
		1 => {
			entry.source = 1 + bytes.below(8) as u64;
			entry.offset = bytes.below(1 + world.source(entry.source).len()) as u64;
		}
		// The same bytes, where another source has them.
		2 => {
			entry.source = 1 + bytes.below(8) as u64;
			let output = world.output(entry.receipt, entry.item);
			let len = covered_len(entry.count, world.input.window) as usize;
			let start = (entry.start as usize).min(output.len());
			let covered = output[start..].get(..len).unwrap_or_default();
			let source = world.source(entry.source);
			let place = (0..=source.len()).find(|place| source[*place..].starts_with(covered));
			entry.offset = place.unwrap_or_default() as u64;
		}
		// The first windows of the next entry, or a part of this one.
		3 | 4 if entry.count > 0 => {
			let part = 1 + bytes.below(entry.count.min(256) as usize) as u64;
			let rest = entry.count - part;
			let next = Entry {
				start: entry.start.wrapping_add(part),
				count: rest,
				offset: if entry.source > 0 { entry.offset.wrapping_add(part) } else { 0 },
				..entry
			};
			let given = bytes.flag() && at + 1 < entries.len();
			entry.count = part;
			if given {
				let mut heir = Entry::from_bytes(&entries[at + 1]);
				if (heir.receipt, heir.item) == (entry.receipt, entry.item) {
					heir.count = heir.count.wrapping_add(rest);
					heir.start = heir.start.wrapping_sub(rest);
					heir.offset = heir.offset.saturating_sub(rest);
					entries[at + 1] = priced(world, heir).to_bytes();
				}
			} else if rest > 0 {
				entries.insert(at + 1, priced(world, next).to_bytes());
			}
		}
		_ => {
			let amount = entry.amount.saturating_add(u128::from(bytes.number()));
			entries[at] = Entry { amount, ..entry }.to_bytes();
			return;
		}
	}
	entries[at] = priced(world, entry).to_bytes();
}

/// The entry with the amount that its windows are worth, where it names an item.
fn priced(world: &World, entry: Entry) -> Entry {
	let items = world.items(entry.receipt);
	let item = Item::read(items, entry.item as usize * RECORD_LEN);
	let receipt = world.input.receipts.get(entry.receipt as usize);
	let (Some(item), Some(receipt)) = (item, receipt) else { return entry };
	if receipt.withheld {
		return entry;
	}
	let windows = window_count(item.output.len, world.input.window);
	let count = record_count(items.len() as u64).unwrap_or_default();
	let amount = item_amount(receipt.data_amount, count, entry.item.into());
	Entry { amount: worth(amount, windows, entry.start, entry.count), ..entry }
}

/// The payouts that `entries` give, whatever they say; or with one that is left out, is there twice, or
/// pays somebody else.
fn payouts_for(entries: &Records, lying: bool, bytes: &mut Bytes) -> Records {
	let mut owned: Vec<(u64, u64, u128)> = (0..)
		.zip(entries.iter().map(Entry::from_bytes))
		.filter(|(_, entry)| entry.source != 0)
		.map(|(ordinal, entry)| (entry.source, ordinal, entry.amount))
		.collect();
	if lying && !owned.is_empty() {
		let at = bytes.below(owned.len());
		match bytes.below(4) {
			0 => {
				owned.remove(at);
			}
			1 => owned.push(owned[at]),
			2 => owned[at].0 = 1 + bytes.below(8) as u64,
			_ => owned[at].2 = owned[at].2.saturating_add(u128::from(bytes.number())),
		}
	}
	owned.sort_unstable();
	let mut before = 0u128;
	let payouts = owned.into_iter().map(|(source, ordinal, amount)| {
		let payout = Payout { source, ordinal, amount, before, reserved: 0 };
		before = before.saturating_add(amount);
		payout.to_bytes()
	});
	payouts.collect()
}
