//! Every field of every record of honest reports is changed, and records are dropped, repeated,
//! swapped and moved between receipts: each mutant must yield a fault that the chain accepts, or
//! pay exactly as before. Of the two largest reports records are drawn by lot.
//!
//! `TRIBUTARY_MUTANT_SEEDS` is the number of seeds, one unless told. The first of N seeds changes N
//! times as many records of the largest reports: all of "many receipts" from 10 seeds on, and 12 N
//! of the 10,000 entries, as each mutant of those takes about 5 ms.

mod accuse;
mod case;
mod hidden;
mod mutate;

use std::collections::BTreeMap;

use case::{Case, Verdict, WINDOW};
use mutate::{payouts_for, read, write, wrong_reports, Numbers};
use tributary_engine::{build_report, find_fault, Corpus, EpochFacts, Index, Report, WatchError};
use tributary_primitives::{
	fault::{Blame, Fault},
	report::{Entry, RECORD_LEN},
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

/// How many seeds are tried: one, or as many as `TRIBUTARY_MUTANT_SEEDS` says.
fn seeds() -> impl Iterator<Item = u64> {
	let count = std::env::var("TRIBUTARY_MUTANT_SEEDS")
		.map_or(1, |count| count.parse().expect("TRIBUTARY_MUTANT_SEEDS is a number"));
	(0..count).map(|round| round * 10)
}

/// How many entries, and payouts, of a report are changed with this seed.
fn places(case: &Case, seed: u64) -> usize {
	let sample = match case.name {
		"10,000 entries" => 12,
		"many receipts" => 40,
		_ => return usize::MAX,
	};
	if seed == 0 {
		sample * seeds().count()
	} else {
		sample
	}
}

#[test]
fn an_honest_report_has_no_fault_that_blames_its_attributor() {
	for case in Case::all(1) {
		let Report { entries, payouts, .. } = &case.report;
		let verdict = match case.find(entries, payouts) {
			None => Verdict::Right,
			Some((_, Blame::Nobody)) => Verdict::Excused,
			Some((fault, Blame::Attributor)) => panic!("{}: {fault:?}", case.name),
		};
		assert_eq!(case.verdict(entries, payouts), verdict, "{}", case.name);
		let excused = matches!(case.name, "unseen sources" | "withheld sources");
		assert_eq!(verdict == Verdict::Excused, excused, "{}", case.name);
	}
}

#[test]
fn the_cases_hold_all_that_a_report_may_hold() {
	let case = Case::mixed(1);
	let entries = read::<Entry>(&case.report.entries);
	let owners: Vec<u64> = entries.iter().map(|entry| entry.source).collect();
	for owner in [0, 1, 2, 5, 6, 9] {
		assert!(owners.contains(&owner), "{owner} owns nothing in this case");
	}
	assert!(case.report.entries.len() > 2048 && case.report.payouts.len() > 1024);
	let across = |at: u64, count: u64| at / 1024 < (at + count + 22) / 1024;
	assert!(entries.iter().any(|entry| entry.source != 0 && across(entry.start, entry.count)));
	assert!(entries.iter().any(|entry| entry.source != 0 && across(entry.offset, entry.count)));

	let names: Vec<_> = Case::all(1).map(|case| case.name).collect();
	assert_eq!(names.len(), 7);
	for case in Case::all(1) {
		let receipts = &case.input.receipts;
		assert_eq!(case.name == "a corpus of one", case.index.corpus().len() == 1);
		assert_eq!(case.name == "many receipts", receipts.len() >= 100);
		if case.name == "many receipts" {
			assert!(case.report.entries.len() <= 10 * places(&case, 1) * RECORD_LEN);
		}
		assert_eq!(
			matches!(case.name, "withheld receipts" | "many receipts"),
			receipts.iter().any(|receipt| receipt.withheld)
		);
	}
}

#[test]
fn every_mutant_of_an_honest_report_yields_a_fault_or_pays_the_same() {
	let mut all = BTreeMap::<&str, usize>::new();
	for seed in seeds() {
		for case in Case::all(seed + 1) {
			let mut kinds = BTreeMap::<&str, usize>::new();
			let most = places(&case, seed);
			wrong_reports(&case, most, &mut Numbers(seed + 2), |entries, payouts| {
				let (kind, verdict) = match case.find(entries, payouts) {
					None => ("none", Verdict::Right),
					Some((_, Blame::Nobody)) => ("nobody's", Verdict::Excused),
					Some((fault, Blame::Attributor)) => (kind(&fault), Verdict::Wrong),
				};
				let expected = case.verdict(entries, payouts);
				assert_eq!(verdict, expected, "{kind} of {}, seed {seed}", case.name);
				*kinds.entry(kind).or_default() += 1;
			});
			let count: usize = kinds.values().sum();
			println!("{}, seed {seed}: {count} mutants: {kinds:?}", case.name);
			for (kind, count) in kinds {
				*all.entry(kind).or_default() += count;
			}
		}
	}
	let count: usize = all.values().sum();
	println!("{count} mutants: {all:?}");
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
		"nobody's",
		"none",
	] {
		assert!(all.get(kind).is_some_and(|count| *count >= 10), "too little {kind}: {all:?}");
	}
}

#[test]
fn cutting_runs_in_two_is_no_fault() {
	let case = Case::mixed(1);
	let mut cut = Vec::new();
	for entry in read::<Entry>(&case.report.entries) {
		if entry.count < 2 {
			cut.push(entry);
			continue;
		}
		let left = entry.count / 3 + 1;
		let right = Entry {
			start: entry.start + left,
			count: entry.count - left,
			offset: if entry.source == 0 { 0 } else { entry.offset + left },
			..entry
		};
		cut.extend([Entry { count: left, ..entry }, right].map(|part| case.priced(part)));
	}
	assert!(cut.len() * RECORD_LEN > case.report.entries.len());
	assert_eq!(case.find(&write(&cut), &payouts_for(&cut)), None);
}

#[test]
fn a_report_that_credits_a_copy_is_faulted() {
	let case = Case::mixed(1);
	for hidden in [1, 2, 5, 6, 9] {
		let mut corpus = Corpus::new();
		for (source, bytes) in case.index.corpus().iter().filter(|(source, _)| *source != hidden) {
			corpus.push(source, bytes).unwrap();
		}
		let index = Index::build(corpus, WINDOW).unwrap();
		let lie = build_report(&case.input, &index, &case.blobs).unwrap();
		let (fault, blame) = case.find(&lie.entries, &lie.payouts).unwrap();
		let Fault::Prior { source, .. } = fault else { panic!("{fault:?}") };
		assert_eq!((source, blame), (hidden, Blame::Attributor));
	}
}

#[test]
fn garbage_is_faulted_without_a_panic() {
	let case = Case::mixed(1);
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
		let verdict = case.verdict(&entries, &payouts);
		assert_eq!(found.is_none(), verdict == Verdict::Right);
	}
	for byte in [0, 255] {
		assert!(case.find(&[byte; 640], &[byte; 640]).is_some());
		assert!(case.find(&case.report.entries, &[byte; 640]).is_some());
		assert!(case.find(&[byte; 640], &case.report.payouts).is_some());
	}
	assert!(case.find(&case.report.entries, &[]).is_some());
}

#[test]
fn arguments_that_do_not_belong_together_are_refused() {
	let case = Case::mixed(1);
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
