//! Every field of every record of an honest report is changed, and records are dropped, repeated
//! and swapped: each mutant must yield a fault that the chain accepts, or pay exactly as before.

mod case;
mod hidden;
mod mutate;

use std::collections::BTreeMap;

use case::{Case, WINDOW};
use mutate::{
	moved, mutants, payouts_for, read, transplant, write, Numbers, ENTRY_FIELDS, PAYOUT_FIELDS,
};
use tributary_engine::{
	build_report, find_fault, BlobSource, Corpus, EpochFacts, Index, MemoryBlobs, Report,
	WatchError,
};
use tributary_primitives::{
	fault::{verify, Fault},
	report::{Entry, Item, Payout, Record, RECORD_LEN},
	window::worth,
};

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

/// What seeds start from: one, or as many as `TRIBUTARY_MUTANT_SEEDS` says.
fn seeds() -> impl Iterator<Item = u64> {
	let count = std::env::var("TRIBUTARY_MUTANT_SEEDS")
		.map_or(1, |count| count.parse().expect("TRIBUTARY_MUTANT_SEEDS is a number"));
	(0..count).map(|round| round * 10)
}

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
	let mut kinds = BTreeMap::<&str, usize>::new();
	for seed in seeds() {
		let case = Case::seeded(seed + 1);
		for (entries, payouts) in wrong_reports(&case, &mut Numbers(seed + 2)) {
			let kind = match case.find(&entries, &payouts) {
				Some(fault) => {
					assert!(!case.is_as_good(&entries, &payouts), "{fault:?}, seed {seed}");
					kind(&fault)
				}
				None => {
					let good = case.is_as_good(&entries, &payouts);
					assert!(good, "a mutant of seed {seed} went through");
					"none"
				}
			};
			*kinds.entry(kind).or_default() += 1;
		}
	}
	let count: usize = kinds.values().sum();
	println!("{count} mutants: {kinds:?}");
	assert!(count >= 1000);
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

/// Entries and payouts of wrong reports, made of the honest one.
fn wrong_reports(case: &Case, numbers: &mut Numbers) -> Vec<(Vec<u8>, Vec<u8>)> {
	let entries = read::<Entry>(&case.report.entries);
	let payouts = read::<Payout>(&case.report.payouts);
	let mut reports = Vec::new();
	for mutant in mutants(&entries, &ENTRY_FIELDS, numbers) {
		if mutant.is_empty() {
			continue;
		}
		reports.push((write(&mutant), case.report.payouts.clone()));
		reports.push((write(&mutant), payouts_for(&mutant)));
	}
	for at in 0..entries.len() {
		for moved in moved(case, &entries[at]) {
			let mut mutant = entries.clone();
			mutant[at] = moved;
			reports.push((write(&mutant), payouts_for(&mutant)));
		}
	}
	for at in 0..entries.len() {
		let nothing = Entry { count: 0, amount: 0, ..entries[at] };
		for empty in [nothing, Entry { source: 0, offset: 0, ..nothing }] {
			let mut mutant = entries.clone();
			mutant.insert(at, empty);
			reports.push((write(&mutant), payouts_for(&mutant)));
		}
	}
	for mutant in mutants(&payouts, &PAYOUT_FIELDS, numbers) {
		reports.push((case.report.entries.clone(), write(&mutant)));
	}
	reports
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
		let items = case.items(entry.receipt);
		let item = Item::read(items, entry.item as usize * RECORD_LEN).unwrap();
		let windows = item.output.len - u64::from(WINDOW) + 1;
		let items = (items.len() / RECORD_LEN) as u64;
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
	for receipt in 0..case.input.receipts.len() as u32 {
		for item in read::<Item>(case.items(receipt)).iter().filter(|item| item.output.len < 500) {
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
	let mut accusations = 0;
	for seed in seeds() {
		let case = Case::seeded(seed + 1);
		let facts = case.facts(&case.report.entries, &case.report.payouts);
		for (lie, lie_payouts) in lies(&case, &mut Numbers(seed + 4)) {
			let Some(fault) = case.find(&lie, &lie_payouts) else { continue };
			let fault = transplant(fault, &case.report);
			assert!(verify(&facts, &fault).is_err(), "{fault:?}, seed {seed}");
			accusations += 1;
		}
	}
	println!("{accusations} accusations");
	assert!(accusations > 1000);
}

/// Wrong entries with payouts that fit them, and wrong payouts.
fn lies(case: &Case, numbers: &mut Numbers) -> Vec<(Vec<u8>, Vec<u8>)> {
	let entries = read::<Entry>(&case.report.entries);
	let payouts = read::<Payout>(&case.report.payouts);
	let mut lies: Vec<_> = mutants(&entries, &ENTRY_FIELDS, numbers)
		.into_iter()
		.filter(|mutant| !mutant.is_empty())
		.map(|mutant| (write(&mutant), payouts_for(&mutant)))
		.collect();
	let wrong_payouts = mutants(&payouts, &PAYOUT_FIELDS, numbers);
	lies.extend(wrong_payouts.iter().map(|mutant| (case.report.entries.clone(), write(mutant))));
	lies
}
