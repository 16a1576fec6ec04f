//! What a watcher and a builder do without the items of a receipt, or without an output.

use std::{borrow::Cow, collections::BTreeMap};

use tributary_engine::{
	build_partial_report, build_report, find_entry_fault, find_fault, BlobError, BlobSource,
	Corpus, EpochFacts, EpochInput, Index, InputError, MemoryBlobs, MissingBlob, MissingBlobs,
	Needed, PartialReport, Report, ReportError, WatchError,
};
use tributary_primitives::{
	blob::Content,
	fault::{verify, Blame, Fault},
	report::{Entry, Item, Record},
};

use crate::{
	case::{Case, WINDOW},
	mutate::{payouts_for, read, write, wrong_reports, Numbers},
};

/// What a watcher lacks who found nothing wrong.
fn missing(found: Result<Option<Fault>, WatchError>) -> Vec<MissingBlob> {
	match found {
		Err(WatchError::Missing(MissingBlobs(blobs))) => blobs,
		other => panic!("{other:?}"),
	}
}

/// An index over the corpus without some sources.
fn without_sources(case: &Case, hidden: &[u64]) -> Index {
	let mut corpus = Corpus::new();
	for (source, bytes) in case.index.corpus().iter().filter(|(source, _)| !hidden.contains(source))
	{
		corpus.push(source, bytes).unwrap();
	}
	Index::build(corpus, WINDOW).unwrap()
}

/// What a watcher finds who lacks the items of receipt `hidden`.
fn find_without(
	case: &Case,
	hidden: usize,
	entries: &[u8],
	payouts: &[u8],
) -> Result<Option<Fault>, WatchError> {
	let input = without(case, hidden);
	let facts = case.facts(entries, payouts);
	let found = find_fault(&input, &case.index, &case.blobs, &facts, entries, payouts);
	if let Ok(Some(fault)) = &found {
		assert_eq!(verify(&facts, fault), Ok(Blame::Attributor));
	}
	found
}

fn without(case: &Case, hidden: usize) -> EpochInput {
	let mut input = case.input.clone();
	input.receipts[hidden].outputs_blob = None;
	input
}

#[test]
fn hidden_items_hide_no_lie_about_another_receipt() {
	let case = Case::mixed(1);
	let entries = read::<Entry>(&case.report.entries);
	for hidden in 0..case.input.receipts.len() {
		let honest = find_without(&case, hidden, &case.report.entries, &case.report.payouts);
		let content = case.facts(&[], &[]).receipts[hidden].outputs;
		let needed = Needed::Items { receipt: hidden as u32 };
		assert_eq!(missing(honest), [MissingBlob { needed, content }]);

		for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.source != 0) {
			let mut lie = entries.clone();
			lie[at] = Entry { source: 0, offset: 0, ..*entry };
			let found = find_without(&case, hidden, &write(&lie), &payouts_for(&lie));
			match entry.receipt as usize == hidden {
				true => assert!(matches!(found, Err(WatchError::Missing(_))), "{found:?}"),
				false => assert!(matches!(found, Ok(Some(Fault::Prior { .. }))), "{found:?}"),
			}
		}
	}
}

#[test]
fn whatever_is_found_without_items_verifies() {
	let case = Case::mixed(1);
	let (mut found, mut open) = (0, 0);
	wrong_reports(&case, usize::MAX, &mut Numbers(4), |entries, payouts| {
		let hidden = (found + open) % case.input.receipts.len();
		match find_without(&case, hidden, entries, payouts) {
			Ok(Some(_)) => found += 1,
			Err(WatchError::Missing(_)) => open += 1,
			other => panic!("{other:?}"),
		}
	});
	assert!(found > 500 && open > 10, "{found} found, {open} open");
}

#[test]
fn records_show_what_is_wrong_in_a_receipt_without_items() {
	let case = Case::mixed(1);
	let entries = read::<Entry>(&case.report.entries);
	let change = |change: &dyn Fn(&mut Entry)| {
		let mut lie = entries.clone();
		let at = lie.iter().position(|entry| entry.receipt == 4 && entry.source != 0).unwrap();
		change(&mut lie[at]);
		find_without(&case, 4, &write(&lie), &payouts_for(&lie)).unwrap().unwrap()
	};
	assert!(matches!(change(&|entry| entry.reserved = 1), Fault::Structure { .. }));
	assert!(matches!(change(&|entry| entry.item = 20), Fault::Structure { .. }));
	assert!(matches!(change(&|entry| entry.source = 7), Fault::Foreign { .. }));
}

#[test]
fn a_partial_report_leaves_missing_outputs_unowned() {
	let case = Case::mixed(1);
	let hidden = Item::read(case.items(0), 0).unwrap().output;
	let mut blobs = MemoryBlobs::new();
	for receipt in 0..case.input.receipts.len() as u32 {
		for item in read::<Item>(case.items(receipt)).iter().filter(|item| item.output != hidden) {
			blobs.put(case.blobs.get(&item.output).unwrap().into_owned());
		}
	}
	assert!(matches!(
		build_report(&case.input, &case.index, &blobs),
		Err(ReportError::Output(error)) if error.root == hidden.root
	));
	let sources = case.facts(&[], &[]).sources;
	let build =
		|blobs: &MemoryBlobs| build_partial_report(&case.input, &case.index, blobs, &sources);
	let PartialReport { report: partial, outputs, unseen } = build(&blobs).unwrap();
	let ([output], []) = (&outputs[..], &unseen[..]) else { panic!("{outputs:?}, {unseen:?}") };
	assert_eq!((output.receipt, output.item, output.output), (0, 0, hidden));
	let first = Entry::read(&partial.entries, 0).unwrap();
	assert_eq!((first.source, first.start, first.count), (0, 0, output.windows));
	assert_eq!(partial.payouts, payouts_for(&read::<Entry>(&partial.entries)));

	let facts = case.facts(&partial.entries, &partial.payouts);
	let find = |blobs: &MemoryBlobs| {
		let (entries, payouts) = (&partial.entries, &partial.payouts);
		find_fault(&case.input, &case.index, blobs, &facts, entries, payouts)
	};
	let needed = Needed::Output { receipt: 0, item: 0 };
	assert_eq!(missing(find(&blobs)), [MissingBlob { needed, content: hidden }]);
	assert!(matches!(find(&case.blobs), Ok(Some(Fault::Prior { .. }))));

	let whole = build(&case.blobs).unwrap();
	assert_eq!((&whole.report, whole.outputs.len()), (&case.report, 0));
}

#[test]
fn no_report_is_built_without_items() {
	let case = Case::mixed(1);
	let input = without(&case, 2);
	let refused = |error: ReportError| {
		matches!(error, ReportError::Input(InputError::NoItems { receipt: 2 }))
	};
	assert!(refused(build_report(&input, &case.index, &case.blobs).unwrap_err()));
	let sources = case.facts(&[], &[]).sources;
	let partial = build_partial_report(&input, &case.index, &case.blobs, &sources);
	assert!(refused(partial.unwrap_err()));
}

#[test]
fn a_partial_report_lists_the_sources_that_are_missing() {
	let case = Case::mixed(1);
	let mut sources = case.facts(&[], &[]).sources;
	let index = without_sources(&case, &[2, 6]);
	let build = |sources: &BTreeMap<u64, Content>| {
		build_partial_report(&case.input, &index, &case.blobs, sources)
	};
	let partial = build(&sources).unwrap();
	assert_eq!(partial.unseen, [2, 6]);
	let entries = read::<Entry>(&partial.report.entries);
	assert!(entries.iter().all(|entry| ![2, 6].contains(&entry.source)));

	// No window stands in a source that is shorter.
	sources.insert(20, Content { root: [7; 32], len: u64::from(WINDOW) - 1 });
	assert_eq!(build(&sources).unwrap().unseen, [2, 6]);
	for source in 30..92 {
		sources.insert(source, Content { root: [7; 32], len: WINDOW.into() });
	}
	assert_eq!(build(&sources).unwrap().unseen.len(), 64);
	sources.insert(92, Content { root: [7; 32], len: WINDOW.into() });
	assert!(matches!(build(&sources), Err(ReportError::TooManyUnseen { count: 65 })));
}

#[test]
fn a_withheld_receipt_needs_no_items() {
	let case = Case::mixed(1);
	let mut input = without(&case, 2);
	input.receipts[2].withheld = true;
	let report = build_report(&input, &case.index, &case.blobs).unwrap();
	let on_receipt: Vec<_> =
		read::<Entry>(&report.entries).into_iter().filter(|entry| entry.receipt == 2).collect();
	let amount = input.receipts[2].data_amount;
	assert_eq!(on_receipt, [Entry { receipt: 2, amount, ..Entry::default() }]);

	// What the list holds is of no account, whether it is at hand or not.
	for blob in [None, case.input.receipts[2].outputs_blob.clone(), Some(vec![1; 65])] {
		input.receipts[2].outputs_blob = blob;
		assert_eq!(build_report(&input, &case.index, &case.blobs).unwrap(), report);
		let (entries, payouts) = (&report.entries, &report.payouts);
		let mut facts = case.facts(entries, payouts);
		facts.receipts[2].withheld = true;
		let find = |entries: &[u8], payouts: &[u8], facts: &EpochFacts| {
			find_fault(&input, &case.index, &case.blobs, facts, entries, payouts).unwrap()
		};
		assert_eq!(find(entries, payouts, &facts), None);
		let Report { entries, payouts, .. } = &case.report;
		let named = (Content::of(entries), Content::of(payouts));
		let facts = EpochFacts { entries: named.0, payouts: named.1, ..facts };
		let fault = find(entries, payouts, &facts);
		assert!(matches!(fault, Some(Fault::Structure { item: None, .. })), "{fault:?}");
	}
}

#[test]
fn records_alone_show_a_fault_where_outputs_are_missing() {
	let case = Case::mixed(1);
	let nothing = MemoryBlobs::new();
	let find = |entries: &[u8], payouts: &[u8]| {
		let facts = case.facts(entries, payouts);
		find_fault(&case.input, &case.index, &nothing, &facts, entries, payouts)
	};
	let honest = missing(find(&case.report.entries, &case.report.payouts));
	let mut outputs = Vec::new();
	for receipt in 0..case.input.receipts.len() as u32 {
		for (item, listed) in (0..).zip(read::<Item>(case.items(receipt))) {
			let needed = Needed::Output { receipt, item };
			outputs.push(MissingBlob { needed, content: listed.output });
		}
	}
	outputs.retain(|blob| blob.content.len >= WINDOW.into());
	assert_eq!(honest, outputs);
	let dropped = find(&case.report.entries[64..], &case.report.payouts);
	assert!(matches!(dropped, Ok(Some(Fault::Structure { .. }))));
	let unpaid = find(&case.report.entries, &case.report.payouts[..64]);
	assert!(matches!(unpaid, Ok(Some(Fault::Absent { .. }))));
}

#[test]
fn wrong_entries_are_shown_without_the_payouts() {
	let case = Case::mixed(1);
	let (mut found, mut right) = (0, 0);
	wrong_reports(&case, 20, &mut Numbers(5), |entries, payouts| {
		let facts = case.facts(entries, payouts);
		let fault = find_entry_fault(&case.input, &case.index, &case.blobs, &facts, entries);
		let fault = fault.unwrap();
		let fits = case.find(entries, &payouts_for(&read::<Entry>(entries))).is_none();
		assert_eq!(fault.is_none(), fits, "{fault:?}");
		match fault {
			Some(fault) => {
				assert_eq!(verify(&facts, &fault), Ok(Blame::Attributor));
				found += 1;
			}
			None => right += 1,
		}
	});
	assert!(found > 500 && right > 20, "{found} wrong, {right} right");
}

#[test]
fn what_entries_lack_is_named_without_the_payouts() {
	let case = Case::mixed(1);
	let Report { entries, payouts, .. } = &case.report;
	let facts = case.facts(entries, payouts);
	let nothing = MemoryBlobs::new();
	let whole = missing(find_fault(&case.input, &case.index, &nothing, &facts, entries, payouts));
	let part = missing(find_entry_fault(&case.input, &case.index, &nothing, &facts, entries));
	assert_eq!(part, whole);
}

#[test]
fn bytes_that_are_missing_hide_no_other_fault() {
	let case = Case::mixed(1);
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
	let found = missing(find(&case.index, &blobs, &honest, &case.report.payouts));
	let needed = found.iter().map(|blob| blob.needed).collect::<Vec<_>>();
	assert_eq!(needed, [Needed::Output { receipt: 0, item: 0 }]);

	// A source that an earlier entry names is hidden.
	let index = without_sources(&case, &[6]);
	let found = find(&index, &case.blobs, &lie, &lie_payouts);
	assert!(matches!(found, Ok(Some(Fault::Prior { source: 2, .. }))), "{found:?}");
	let found = missing(find(&index, &case.blobs, &honest, &case.report.payouts));
	let content = case.facts(&[], &[]).sources[&6];
	assert_eq!(found, [MissingBlob { needed: Needed::Source { source: 6, named: true }, content }]);

	// So is one that no entry names, though windows of it may have been given to others.
	let mut entries = read::<Entry>(&honest);
	for entry in entries.iter_mut().filter(|entry| entry.source == 6) {
		(entry.source, entry.offset) = (0, 0);
	}
	let found = missing(find(&index, &case.blobs, &write(&entries), &payouts_for(&entries)));
	let needed = Needed::Source { source: 6, named: false };
	assert_eq!(found, [MissingBlob { needed, content }]);
}

#[test]
fn everything_that_is_missing_is_named_in_order() {
	let case = Case::mixed(1);
	let mut input = without(&case, 3);
	input.receipts[1].outputs_blob = None;
	let index = without_sources(&case, &[9, 2]);
	let mut blobs = MemoryBlobs::new();
	for item in read::<Item>(case.items(4)).iter().skip(10) {
		blobs.put(case.blobs.get(&item.output).unwrap().into_owned());
	}
	let Report { entries, payouts, .. } = &case.report;
	let facts = case.facts(entries, payouts);
	let found = missing(find_fault(&input, &index, &blobs, &facts, entries, payouts));
	assert!(found.is_sorted());
	let needed: Vec<_> = found.iter().map(|blob| blob.needed).collect();
	let output = |receipt, item| Needed::Output { receipt, item };
	let mut expected = vec![Needed::Items { receipt: 1 }, Needed::Items { receipt: 3 }];
	expected.extend([output(0, 0), output(2, 0), output(2, 1)]);
	expected.extend((4..10).map(|item| output(4, item)));
	expected.extend([2, 9].map(|source| Needed::Source { source, named: true }));
	assert_eq!(needed, expected);
}

#[test]
fn a_run_past_the_end_of_a_hidden_source_is_shown_by_lengths_alone() {
	let case = Case::mixed(1);
	let mut entries = read::<Entry>(&case.report.entries);
	let at = entries.iter().position(|entry| entry.source == 6).unwrap();
	let len = case.facts(&[], &[]).sources[&6].len;
	let index = without_sources(&case, &[6]);
	for offset in [len - u64::from(WINDOW), len, len + 1, u64::MAX] {
		entries[at].offset = offset;
		let (lie, paid) = (write(&entries), payouts_for(&entries));
		let facts = case.facts(&lie, &paid);
		let found = find_fault(&case.input, &index, &MemoryBlobs::new(), &facts, &lie, &paid);
		assert!(matches!(found, Ok(Some(Fault::Mismatch { bytes: None, .. }))), "{found:?}");
	}
}

/// A store whose files are damaged.
struct Damaged;

impl BlobSource for Damaged {
	fn get(&self, _: &Content) -> Result<Cow<'_, [u8]>, BlobError> {
		Err(BlobError::Corrupt { path: "blob".into() })
	}
}

#[test]
fn an_output_that_can_not_be_read_is_an_error_once_nothing_is_missing() {
	let case = Case::mixed(1);
	let Report { entries, payouts, .. } = &case.report;
	let facts = case.facts(entries, payouts);
	let find = |index: &Index| find_fault(&case.input, index, &Damaged, &facts, entries, payouts);
	let found = find(&case.index);
	assert!(matches!(&found, Err(WatchError::Output(error)) if error.receipt == 0), "{found:?}");
	let content = facts.sources[&9];
	let needed = Needed::Source { source: 9, named: true };
	assert_eq!(missing(find(&without_sources(&case, &[9]))), [MissingBlob { needed, content }]);
}
