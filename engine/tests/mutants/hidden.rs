//! What a watcher and a builder do without the items of a receipt, or without an output.

use tributary_engine::{
	build_partial_report, build_report, find_fault, BlobSource, EpochInput, InputError,
	MemoryBlobs, ReportError, WatchError,
};
use tributary_primitives::{
	fault::{verify, Fault},
	report::{Entry, Item, Payout, Record},
};

use crate::{
	case::Case,
	mutate::{mutants, payouts_for, read, write, Numbers, ENTRY_FIELDS, PAYOUT_FIELDS},
};

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
		assert_eq!(verify(&facts, fault), Ok(()));
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
	let case = Case::new();
	let entries = read::<Entry>(&case.report.entries);
	for hidden in 0..case.input.receipts.len() {
		let honest = find_without(&case, hidden, &case.report.entries, &case.report.payouts);
		let Err(WatchError::Items { receipt, outputs }) = honest else { panic!("{honest:?}") };
		assert_eq!(receipt as usize, hidden);
		assert_eq!(outputs, case.facts(&[], &[]).receipts[hidden].outputs);

		for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.source != 0) {
			let mut lie = entries.clone();
			lie[at] = Entry { source: 0, offset: 0, ..*entry };
			let found = find_without(&case, hidden, &write(&lie), &payouts_for(&lie));
			match entry.receipt as usize == hidden {
				true => assert!(matches!(found, Err(WatchError::Items { .. })), "{found:?}"),
				false => assert!(matches!(found, Ok(Some(Fault::Prior { .. }))), "{found:?}"),
			}
		}
	}
}

#[test]
fn whatever_is_found_without_items_verifies() {
	let case = Case::new();
	let mut numbers = Numbers(4);
	let entries = read::<Entry>(&case.report.entries);
	let payouts = read::<Payout>(&case.report.payouts);
	let mut reports = Vec::new();
	for mutant in mutants(&entries, &ENTRY_FIELDS, &mut numbers) {
		reports.push((write(&mutant), payouts_for(&mutant)));
	}
	for mutant in mutants(&payouts, &PAYOUT_FIELDS, &mut numbers) {
		reports.push((case.report.entries.clone(), write(&mutant)));
	}
	reports.retain(|(entries, _)| !entries.is_empty());
	let (mut found, mut open) = (0, 0);
	for (at, (entries, payouts)) in reports.iter().enumerate() {
		match find_without(&case, at % case.input.receipts.len(), entries, payouts) {
			Ok(Some(_)) => found += 1,
			Err(WatchError::Items { .. }) => open += 1,
			other => panic!("{other:?}"),
		}
	}
	assert!(found > 500 && open > 10, "{found} found, {open} open");
}

#[test]
fn records_show_what_is_wrong_in_a_receipt_without_items() {
	let case = Case::new();
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
	let case = Case::new();
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
	let (partial, unseen) = build_partial_report(&case.input, &case.index, &blobs).unwrap();
	let [unseen] = unseen.as_slice() else { panic!("{unseen:?}") };
	assert_eq!((unseen.receipt, unseen.item, unseen.output), (0, 0, hidden));
	let first = Entry::read(&partial.entries, 0).unwrap();
	assert_eq!((first.source, first.start, first.count), (0, 0, unseen.windows));
	assert_eq!(partial.payouts, payouts_for(&read::<Entry>(&partial.entries)));

	let facts = case.facts(&partial.entries, &partial.payouts);
	let find = |blobs: &MemoryBlobs| {
		let (entries, payouts) = (&partial.entries, &partial.payouts);
		find_fault(&case.input, &case.index, blobs, &facts, entries, payouts)
	};
	assert!(matches!(find(&blobs), Err(WatchError::Output(error)) if error.root == hidden.root));
	assert!(matches!(find(&case.blobs), Ok(Some(Fault::Prior { .. }))));

	let (whole, unseen) = build_partial_report(&case.input, &case.index, &case.blobs).unwrap();
	assert_eq!((whole, unseen.len()), (case.report, 0));
}

#[test]
fn no_report_is_built_without_items() {
	let case = Case::new();
	let input = without(&case, 2);
	let refused = |error: ReportError| {
		matches!(error, ReportError::Input(InputError::NoItems { receipt: 2 }))
	};
	assert!(refused(build_report(&input, &case.index, &case.blobs).unwrap_err()));
	assert!(refused(build_partial_report(&input, &case.index, &case.blobs).unwrap_err()));
}
