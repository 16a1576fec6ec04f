//! The size of every kind of fault, as the watcher makes it, where every blob is 1 MiB.

use std::collections::BTreeMap;

use tributary_engine::{
	build_report, find_fault, Corpus, EpochFacts, EpochInput, Index, MemoryBlobs, ReceiptInput,
};
use tributary_primitives::{
	blob::Content,
	fault::{Facts, Fault},
	report::{Entry, Item, Payout, Record, RECORD_LEN},
};

const MEBIBYTE: usize = 1 << 20;
const WINDOW: u32 = 32;
/// What a fault takes at most, in bytes, once encoded, unless all wrong windows cross chunk borders.
const LIMIT: usize = 6 * 1024;
/// The number of records in 1 MiB.
const RECORDS: usize = MEBIBYTE / RECORD_LEN;
/// The record before the middle of its blob. No two neighbouring chunks have more siblings than those
/// that meet there.
const BORDER: usize = RECORDS / 2 - 1;

/// An encoded opening of `chunks` chunks with `siblings`: two numbers, and the lengths of two lists.
const fn opening(chunks: usize, siblings: usize) -> usize {
	8 + 2 + chunks * 1024 + 1 + siblings * 32
}

/// A chunk of a blob of 2^10, and the two chunks in its middle.
const ONE: usize = opening(1, 10);
const TWO: usize = opening(2, 9 + 9);
/// The most that a fault of a blob of 1 MiB takes: a window across the middle of its output, which
/// stands across the middle of a source. The rest are the kind, the entry's index, both places and
/// the source.
const PRIOR_ACROSS_BORDERS: usize = 1 + 8 + ONE + ONE + 8 + TWO + 8 + 8 + TWO;

fn noise(seed: u64, len: usize) -> Vec<u8> {
	let mut state = seed;
	let bytes = std::iter::repeat_with(move || {
		state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
		(state >> 33) as u8
	});
	bytes.take(len).collect()
}

fn write<R: Record>(records: &[R]) -> Vec<u8> {
	records.iter().flat_map(R::to_bytes).collect()
}

fn read<R: Record>(blob: &[u8]) -> Vec<R> {
	(0..blob.len() / RECORD_LEN).map(|at| R::read(blob, at * RECORD_LEN).unwrap()).collect()
}

/// A receipt of 1 MiB of items: the one at [`BORDER`] is an output of 1 MiB, the others are of one
/// window of source 1 each.
struct Chain {
	input: EpochInput,
	index: Index,
	blobs: MemoryBlobs,
	/// The honest report's.
	entries: Vec<Entry>,
	payouts: Vec<Payout>,
}

impl Chain {
	fn new(sources: &BTreeMap<u64, Vec<u8>>, output: Vec<u8>) -> Self {
		let mut corpus = Corpus::new();
		for (source, bytes) in sources {
			assert_eq!(bytes.len(), MEBIBYTE);
			corpus.push(*source, bytes).unwrap();
		}
		assert_eq!(output.len(), MEBIBYTE);
		let mut blobs = MemoryBlobs::new();
		let mut items: Vec<_> = (0..RECORDS)
			.map(|at| blobs.put(sources[&1][at * 32..at * 32 + 32].to_vec()))
			.map(|output| Item { output, reserved: [0; 24] })
			.collect();
		items[BORDER].output = blobs.put(output);
		let (outputs_blob, data_amount) = (Some(write(&items)), u128::MAX / 5);
		let receipt = ReceiptInput { outputs_blob, data_amount, withheld: false };
		let input = EpochInput { window: WINDOW, receipts: vec![receipt] };
		let index = Index::build(corpus, WINDOW).unwrap();
		let report = build_report(&input, &index, &blobs).unwrap();
		let (entries, payouts) = (read(&report.entries), read(&report.payouts));
		Self { input, index, blobs, entries, payouts }
	}

	/// The size of the fault that the watcher finds, and the fault.
	fn find(&self, entries: &[Entry], payouts: &[Payout]) -> (usize, Fault) {
		let (entries, payouts) = (write(entries), write(payouts));
		let named = (Content::of(&entries), Content::of(&payouts));
		let facts = EpochFacts::new(&self.input, self.index.corpus(), named.0, named.1).unwrap();
		let blobs = [facts.entries, facts.payouts, facts.receipt(0).unwrap().outputs];
		assert!(blobs.iter().all(|blob| blob.chunks() == 1024));
		let found = find_fault(&self.input, &self.index, &self.blobs, &facts, &entries, &payouts);
		let fault = found.unwrap().unwrap();
		(encoded(&fault), fault)
	}

	/// The same for a change of the entry at [`BORDER`], with payouts that fit.
	fn find_changed(&self, change: impl FnOnce(&mut Entry)) -> (usize, Fault) {
		let mut entries = self.entries.clone();
		change(&mut entries[BORDER]);
		self.find(&entries, &payouts_for(&entries))
	}
}

fn encoded(fault: &Fault) -> usize {
	codec::Encode::encoded_size(fault)
}

fn payouts_for(entries: &[Entry]) -> Vec<Payout> {
	let owned = (0..).zip(entries).filter(|(_, entry)| entry.source != 0);
	let mut payouts: Vec<Payout> = owned
		.map(|(ordinal, entry)| Payout {
			source: entry.source,
			ordinal,
			amount: entry.amount,
			..Payout::default()
		})
		.collect();
	payouts.sort_by_key(|payout| (payout.source, payout.ordinal));
	with_sums(payouts)
}

fn with_sums(mut payouts: Vec<Payout>) -> Vec<Payout> {
	let mut before = 0u128;
	for payout in &mut payouts {
		payout.before = before;
		before = before.wrapping_add(payout.amount);
	}
	payouts
}

#[test]
fn every_fault_about_blobs_of_1_mib_takes_less_than_6_kib() {
	let first = noise(1, MEBIBYTE);
	let mut almost = first.clone();
	almost[MEBIBYTE / 2] ^= 1;
	let sources = [(1, first.clone()), (2, almost), (3, first.clone())].into();
	let chain = Chain::new(&sources, first);
	assert_eq!((chain.entries.len(), chain.payouts.len()), (RECORDS, RECORDS));

	let mut swapped = chain.payouts.clone();
	swapped.swap(BORDER, BORDER + 1);
	let mut unlike = chain.payouts.clone();
	unlike[BORDER].amount += 1;
	let mut dropped = chain.payouts.clone();
	dropped.remove(BORDER + 1);
	let payouts = |payouts| chain.find(&chain.entries, &with_sums(payouts));
	let found = [
		("Structure", chain.find_changed(|entry| entry.count -= 1)),
		("Foreign", chain.find_changed(|entry| entry.source = 9)),
		("Mismatch", chain.find_changed(|entry| entry.source = 2)),
		("Prior", chain.find_changed(|entry| entry.source = 3)),
		("Amount", chain.find_changed(|entry| entry.amount += 1)),
		("Order", payouts(swapped)),
		("Unequal", payouts(unlike)),
		("Absent", payouts(dropped)),
	];
	for (kind, (size, fault)) in &found {
		println!("{size:>5} bytes: {kind}, blobs of 1 MiB");
		assert!(format!("{fault:?}").starts_with(kind), "{kind}: {fault:?}");
		assert!(*size < LIMIT, "{kind}");
	}
}

#[test]
fn a_prior_whose_only_wrong_window_crosses_two_chunk_borders_takes_less_than_8_kib() {
	let source = noise(1, MEBIBYTE);
	let mut output = noise(2, MEBIBYTE);
	let window = MEBIBYTE / 2 - 16..MEBIBYTE / 2 + 16;
	output[window.clone()].copy_from_slice(&source[window]);
	let chain = Chain::new(&[(1, source)].into(), output);
	assert_eq!(chain.entries.len(), RECORDS + 2);
	let owned = chain.entries[BORDER + 1];
	assert_eq!((owned.source, owned.count), (1, 1));

	let mut entries = chain.entries.clone();
	let rest = entries.drain(BORDER + 1..BORDER + 3).collect::<Vec<_>>();
	for entry in rest {
		entries[BORDER].count += entry.count;
		entries[BORDER].amount += entry.amount;
	}
	let (size, fault) = chain.find(&entries, &payouts_for(&entries));
	println!("{size:>5} bytes: Prior across two chunk borders, blobs of 1 MiB");
	assert!(matches!(fault, Fault::Prior { .. }), "{fault:?}");
	assert_eq!(size, PRIOR_ACROSS_BORDERS);
	assert!(size < 8 * 1024);
}
