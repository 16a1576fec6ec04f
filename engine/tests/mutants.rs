//! Every field of every record of an honest report is changed, and records are dropped, repeated and
//! swapped: each mutant must yield a fault that the chain accepts, or pay exactly as before.

use std::collections::BTreeMap;

use tributary_engine::{
	build_report, find_fault, BlobSource, Corpus, EpochFacts, EpochInput, Index, MemoryBlobs,
	ReceiptInput, Report, WatchError,
};
use tributary_primitives::{
	blob::Content,
	fault::{verify, Fault},
	report::{Entry, Item, Payout, Record, RECORD_LEN},
	window::{covered_len, worth},
};

const WINDOW: u32 = 24;

/// A fixed sequence of numbers (splitmix64).
struct Numbers(u64);

impl Numbers {
	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut mixed = self.0;
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	fn below(&mut self, end: usize) -> usize {
		(self.next() % end as u64) as usize
	}

	fn bytes(&mut self, len: usize) -> Vec<u8> {
		(0..len).map(|_| self.next() as u8).collect()
	}
}

/// An epoch and all its bytes.
struct Case {
	input: EpochInput,
	index: Index,
	blobs: MemoryBlobs,
	report: Report,
}

impl Case {
	fn new() -> Self {
		let mut numbers = Numbers(1);
		let first = numbers.bytes(2500);
		let second = [&numbers.bytes(700), &first[900..1100], &numbers.bytes(1400)].concat();
		let padded_copy = [&numbers.bytes(37), &first[..], b"padding"].concat();
		let repetitive = b"the same line again and again\n".repeat(20);
		let last = [&second[600..1000], &numbers.bytes(500)].concat();
		let mut corpus = Corpus::new();
		for (source, bytes) in
			[(1, &first), (2, &second), (5, &padded_copy), (6, &repetitive), (9, &last)]
		{
			corpus.push(source, bytes).unwrap();
		}
		let index = Index::build(corpus, WINDOW).unwrap();

		let mut blobs = MemoryBlobs::new();
		let quoting = [
			&first[990..1080],
			&numbers.bytes(60),
			&second[650..760],
			&padded_copy[..50],
			&first[2000..2100],
			b"padding",
			&repetitive[15..90],
			&last[380..460],
			&second[1000..1060],
			&first[..700],
		]
		.concat();
		let plain = numbers.bytes(40);
		let exact = first[100..124].to_vec();
		let mut receipts = vec![
			(vec![quoting, b"short".to_vec(), Vec::new()], 1_000_003),
			(vec![exact], 7),
			(vec![repetitive[..200].to_vec(), last[390..440].to_vec()], u128::MAX / 3),
			(vec![plain, Vec::new()], 0),
		];
		let many = (0..20).map(|at| second[at * 30..at * 30 + 20 + at].to_vec()).collect();
		receipts.push((many, 999));
		let receipts = receipts.into_iter().map(|(outputs, data_amount)| {
			let items = outputs.into_iter().map(|output| {
				let output = blobs.put(output);
				Item { output, reserved: [0; 24] }.to_bytes()
			});
			ReceiptInput { outputs_blob: items.collect::<Vec<_>>().concat(), data_amount }
		});
		let input = EpochInput { window: WINDOW, receipts: receipts.collect() };
		let report = build_report(&input, &index, &blobs).unwrap();
		Self { input, index, blobs, report }
	}

	fn facts(&self, entries: &[u8], payouts: &[u8]) -> EpochFacts {
		let (entries, payouts) = (Content::of(entries), Content::of(payouts));
		EpochFacts::new(&self.input, self.index.corpus(), entries, payouts)
	}

	fn find(&self, entries: &[u8], payouts: &[u8]) -> Option<Fault> {
		let facts = self.facts(entries, payouts);
		let found = find_fault(&self.input, &self.index, &self.blobs, &facts, entries, payouts);
		let fault = found.unwrap_or_else(|error| panic!("{error}"))?;
		assert_eq!(verify(&facts, &fault), Ok(()));
		Some(fault)
	}

	/// Whether the report pays as the honest one does, all that it says is true, and all that it leaves
	/// open is open: told without the engine's own checks.
	fn is_as_good(&self, entries: &[u8], payouts: &[u8]) -> bool {
		let honest = read::<Entry>(&self.report.entries);
		let ours = read::<Entry>(entries);
		if payouts != self.report.payouts || honest.len() != ours.len() {
			return false;
		}
		honest.iter().zip(&ours).all(|(honest, ours)| {
			let moved = Entry { offset: honest.offset, ..*ours };
			moved == *honest && (ours.offset == honest.offset || self.stands(ours))
		})
	}

	fn stands(&self, entry: &Entry) -> bool {
		let items = &self.input.receipts[entry.receipt as usize].outputs_blob;
		let item = Item::read(items, entry.item as usize * RECORD_LEN).unwrap();
		let output = self.blobs.get(&item.output).unwrap();
		let len = covered_len(entry.count, WINDOW) as usize;
		let start = entry.start as usize;
		let end = (entry.offset as usize).saturating_add(len);
		let source = self.index.corpus().get(entry.source).unwrap_or_default();
		source.get(entry.offset as usize..end) == Some(&output[start..start + len])
	}
}

fn read<R: Record>(blob: &[u8]) -> Vec<R> {
	(0..blob.len() / RECORD_LEN).map(|at| R::read(blob, at * RECORD_LEN).unwrap()).collect()
}

fn write<R: Record>(records: &[R]) -> Vec<u8> {
	records.iter().flat_map(R::to_bytes).collect()
}

/// The payouts that a liar would post with these entries, so that only the entries are wrong.
fn payouts_for(entries: &[Entry]) -> Vec<u8> {
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

/// The records with one of them changed, dropped or repeated, or two swapped.
fn mutants<R: Record + Copy>(records: &[R], fields: &[u32], numbers: &mut Numbers) -> Vec<Vec<R>> {
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

fn kind(fault: &Fault) -> &'static str {
	match fault {
		Fault::Structure { .. } => "Structure",
		Fault::Foreign { .. } => "Foreign",
		Fault::Mismatch { .. } => "Mismatch",
		Fault::Prior { .. } => "Prior",
		Fault::Amount { .. } => "Amount",
		Fault::Order { .. } => "Order",
		Fault::Unequal { .. } => "Unequal",
		Fault::Absent { .. } => "Absent",
	}
}

const ENTRY_FIELDS: [u32; 8] = [32, 32, 64, 64, 64, 64, 128, 64];
const PAYOUT_FIELDS: [u32; 5] = [64, 64, 128, 128, 128];

#[test]
fn an_honest_report_has_no_fault() {
	let case = Case::new();
	assert_eq!(case.find(&case.report.entries, &case.report.payouts), None);
	let entries = read::<Entry>(&case.report.entries);
	assert_eq!(case.report.payouts, payouts_for(&entries));
	let owners: Vec<u64> = entries.iter().map(|entry| entry.source).collect();
	for owner in [0, 1, 2, 5, 6, 9] {
		assert!(owners.contains(&owner), "{owner} owns nothing in this case");
	}
	assert!(case.report.entries.len() > 2048 && case.report.payouts.len() > 1024);
}

#[test]
fn every_mutant_of_an_honest_report_yields_a_fault_or_pays_the_same() {
	let case = Case::new();
	let mut numbers = Numbers(2);
	let entries = read::<Entry>(&case.report.entries);
	let payouts = read::<Payout>(&case.report.payouts);
	let mut reports = Vec::new();
	for mutant in mutants(&entries, &ENTRY_FIELDS, &mut numbers) {
		if mutant.is_empty() {
			continue;
		}
		reports.push((write(&mutant), case.report.payouts.clone()));
		reports.push((write(&mutant), payouts_for(&mutant)));
	}
	for at in 0..entries.len() {
		for moved in moved(&case, &entries[at]) {
			let mut mutant = entries.clone();
			mutant[at] = moved;
			reports.push((write(&mutant), payouts_for(&mutant)));
		}
	}
	for mutant in mutants(&payouts, &PAYOUT_FIELDS, &mut numbers) {
		reports.push((case.report.entries.clone(), write(&mutant)));
	}

	let mut kinds = BTreeMap::<&str, usize>::new();
	for (entries, payouts) in &reports {
		let kind = match case.find(entries, payouts) {
			Some(fault) => {
				assert!(!case.is_as_good(entries, payouts), "{fault:?}");
				kind(&fault)
			}
			None => {
				assert!(case.is_as_good(entries, payouts), "a mutant went through");
				"none"
			}
		};
		*kinds.entry(kind).or_default() += 1;
	}
	println!("{} mutants: {kinds:?}", reports.len());
	assert!(reports.len() >= 1000);
	for kind in [
		"Structure",
		"Foreign",
		"Mismatch",
		"Prior",
		"Amount",
		"Order",
		"Unequal",
		"Absent",
		"none",
	] {
		assert!(kinds.get(kind).is_some_and(|count| *count >= 10), "too little {kind}: {kinds:?}");
	}
}

#[test]
fn cutting_runs_in_two_is_no_fault() {
	let case = Case::new();
	let mut cut = Vec::new();
	for entry in read::<Entry>(&case.report.entries) {
		if entry.count < 2 {
			cut.push(entry);
			continue;
		}
		let receipt = &case.input.receipts[entry.receipt as usize];
		let items = (receipt.outputs_blob.len() / RECORD_LEN) as u64;
		let item = Item::read(&receipt.outputs_blob, entry.item as usize * RECORD_LEN).unwrap();
		let windows = item.output.len - u64::from(WINDOW) + 1;
		let carried = worth(receipt.data_amount, items, entry.item.into(), 1);
		let left = entry.count / 3 + 1;
		let amount = worth(carried, windows, entry.start, left);
		cut.push(Entry { count: left, amount, ..entry });
		cut.push(Entry {
			start: entry.start + left,
			count: entry.count - left,
			offset: if entry.source == 0 { 0 } else { entry.offset + left },
			amount: entry.amount - amount,
			..entry
		});
	}
	assert!(cut.len() * RECORD_LEN > case.report.entries.len());
	assert_eq!(case.find(&write(&cut), &payouts_for(&cut)), None);
}

#[test]
fn a_report_that_credits_a_copy_is_faulted() {
	let case = Case::new();
	for hidden in [1, 2, 5, 6, 9] {
		let mut corpus = Corpus::new();
		for (source, bytes) in case.index.corpus().iter().filter(|(source, _)| *source != hidden) {
			corpus.push(source, bytes).unwrap();
		}
		let index = Index::build(corpus, WINDOW).unwrap();
		let lie = build_report(&case.input, &index, &case.blobs).unwrap();
		let fault = case.find(&lie.entries, &lie.payouts).unwrap();
		let Fault::Prior { source, .. } = fault else { panic!("{fault:?}") };
		assert_eq!(source, hidden);
	}
}

#[test]
fn garbage_is_faulted_without_a_panic() {
	let case = Case::new();
	let mut numbers = Numbers(3);
	for round in 0..300 {
		let mut entries = case.report.entries.clone();
		let mut payouts = case.report.payouts.clone();
		match round % 3 {
			0 => {
				let len = (1 + numbers.below(70)) * RECORD_LEN;
				entries = numbers.bytes(len);
				let len = numbers.below(70) * RECORD_LEN;
				payouts = numbers.bytes(len);
			}
			1 => {
				let at = numbers.below(entries.len());
				entries[at] ^= 1 << numbers.below(8);
			}
			_ => {
				let at = numbers.below(payouts.len());
				payouts[at] ^= 1 << numbers.below(8);
			}
		}
		let found = case.find(&entries, &payouts);
		assert_eq!(found.is_none(), case.is_as_good(&entries, &payouts));
	}
	for byte in [0, 255] {
		assert!(case.find(&[byte; 640], &[byte; 640]).is_some());
		assert!(case.find(&case.report.entries, &[byte; 640]).is_some());
		assert!(case.find(&[byte; 640], &case.report.payouts).is_some());
	}
	assert!(case.find(&case.report.entries, &[]).is_some());
}

#[test]
fn records_alone_show_a_fault_where_outputs_are_missing() {
	let case = Case::new();
	let nothing = MemoryBlobs::new();
	let find = |entries: &[u8], payouts: &[u8]| {
		let facts = case.facts(entries, payouts);
		find_fault(&case.input, &case.index, &nothing, &facts, entries, payouts)
	};
	let honest = find(&case.report.entries, &case.report.payouts);
	assert!(
		matches!(honest, Err(WatchError::Output(error)) if (error.receipt, error.item) == (0, 0))
	);
	let dropped = find(&case.report.entries[64..], &case.report.payouts);
	assert!(matches!(dropped, Ok(Some(Fault::Structure { .. }))));
	let unpaid = find(&case.report.entries, &case.report.payouts[..64]);
	assert!(matches!(unpaid, Ok(Some(Fault::Absent { .. }))));
}

#[test]
fn bytes_that_are_missing_hide_no_other_fault() {
	let case = Case::new();
	let mut entries = read::<Entry>(&case.report.entries);
	let honest = write(&entries);
	let last = entries.iter().rposition(|entry| entry.source == 2).unwrap();
	entries[last] = Entry { source: 0, offset: 0, ..entries[last] };
	let (lie, lie_payouts) = (write(&entries), payouts_for(&entries));

	// The first item's output is hidden.
	let mut blobs = MemoryBlobs::new();
	for receipt in &case.input.receipts {
		for item in read::<Item>(&receipt.outputs_blob).iter().filter(|item| item.output.len < 500)
		{
			blobs.put(case.blobs.get(&item.output).unwrap().into_owned());
		}
	}
	let find = |index: &Index, blobs: &MemoryBlobs, entries: &[u8], payouts: &[u8]| {
		let facts = case.facts(entries, payouts);
		find_fault(&case.input, index, blobs, &facts, entries, payouts)
	};
	let found = find(&case.index, &blobs, &lie, &lie_payouts);
	assert!(matches!(found, Ok(Some(Fault::Prior { source: 2, .. }))), "{found:?}");
	let found = find(&case.index, &blobs, &honest, &case.report.payouts);
	assert!(matches!(found, Err(WatchError::Output(_))), "{found:?}");

	// A source that an earlier entry names is hidden.
	let mut corpus = Corpus::new();
	for (source, bytes) in case.index.corpus().iter().filter(|(source, _)| *source != 6) {
		corpus.push(source, bytes).unwrap();
	}
	let index = Index::build(corpus, WINDOW).unwrap();
	let found = find(&index, &case.blobs, &lie, &lie_payouts);
	assert!(matches!(found, Ok(Some(Fault::Prior { source: 2, .. }))), "{found:?}");
	let found = find(&index, &case.blobs, &honest, &case.report.payouts);
	assert!(matches!(found, Err(WatchError::Unseen { source_id: 6 })), "{found:?}");
}

#[test]
fn arguments_that_do_not_belong_together_are_refused() {
	let case = Case::new();
	let Report { entries, payouts, .. } = &case.report;
	let facts = case.facts(entries, payouts);
	let find = |facts: &EpochFacts, entries: &[u8], payouts: &[u8]| {
		find_fault(&case.input, &case.index, &case.blobs, facts, entries, payouts).unwrap_err()
	};
	assert!(matches!(find(&facts, &entries[64..], payouts), WatchError::Bytes { blob: "entries" }));
	assert!(matches!(find(&facts, entries, &[]), WatchError::Bytes { blob: "payouts" }));
	assert!(matches!(
		find(&case.facts(&entries[1..], payouts), &entries[1..], payouts),
		WatchError::Records { blob: "entries", .. }
	));
	assert!(matches!(find(&case.facts(&[], payouts), &[], payouts), WatchError::Empty));
}

/// Accuses every record of the honest report of everything, with real openings.
#[test]
fn nothing_can_be_shown_against_an_honest_report() {
	let case = Case::new();
	let mut numbers = Numbers(4);
	let facts = case.facts(&case.report.entries, &case.report.payouts);
	let entries = read::<Entry>(&case.report.entries);
	let payouts = read::<Payout>(&case.report.payouts);
	let mut accusations = 0;
	for mutant in mutants(&entries, &ENTRY_FIELDS, &mut numbers) {
		if mutant.is_empty() {
			continue;
		}
		let (lie, lie_payouts) = (write(&mutant), payouts_for(&mutant));
		let Some(fault) = case.find(&lie, &lie_payouts) else { continue };
		let fault = transplant(fault, &case.report);
		assert!(verify(&facts, &fault).is_err(), "{fault:?}");
		accusations += 1;
	}
	for mutant in mutants(&payouts, &PAYOUT_FIELDS, &mut numbers) {
		let Some(fault) = case.find(&case.report.entries, &write(&mutant)) else { continue };
		let fault = transplant(fault, &case.report);
		assert!(verify(&facts, &fault).is_err(), "{fault:?}");
		accusations += 1;
	}
	assert!(accusations > 1000);
}

/// The same fault, with the openings of the lying report's blobs replaced by those of `report`.
fn transplant(mut fault: Fault, report: &Report) -> Fault {
	use tributary_primitives::blob::{open, Opening};
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
