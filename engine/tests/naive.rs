//! Ownership and reports against a plain scan that shares no code with the engine.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tributary_engine::{
	build_report, find_fault, trace, Corpus, EpochFacts, EpochInput, Index, MemoryBlobs,
	ReceiptInput, ReportError,
};
use tributary_primitives::blob::Content;

type Sources = BTreeMap<u64, Vec<u8>>;
/// start, count, source, offset
type NaiveRun = (u64, u64, u64, u64);

fn naive_owner(sources: &Sources, window: &[u8]) -> Option<(u64, u64)> {
	sources.iter().find_map(|(source, bytes)| {
		let last = bytes.len().checked_sub(window.len())?;
		let offset = (0..=last).find(|at| bytes[*at..*at + window.len()] == *window)?;
		Some((*source, offset as u64))
	})
}

fn naive_windows(sources: &Sources, output: &[u8], window: usize) -> Vec<Option<(u64, u64)>> {
	let mut owners = Vec::new();
	let mut at = 0;
	while at + window <= output.len() {
		owners.push(naive_owner(sources, &output[at..at + window]));
		at += 1;
	}
	owners
}

fn naive_runs(sources: &Sources, output: &[u8], window: usize) -> Vec<NaiveRun> {
	let owners = naive_windows(sources, output, window);
	let mut runs: Vec<NaiveRun> = Vec::new();
	for (at, owner) in owners.iter().enumerate() {
		let (source, offset) = owner.unwrap_or((0, 0));
		let joins = runs.last().is_some_and(|(start, _, run_source, run_offset)| {
			let next = (*run_offset + at as u64 - *start) as usize;
			*run_source == source
				&& (source == 0
					|| sources[&source].get(next..next + window) == Some(&output[at..at + window]))
		});
		match runs.last_mut() {
			Some(run) if joins => run.1 += 1,
			_ => runs.push((at as u64, 1, source, offset)),
		}
	}
	runs
}

/// The two blobs and the total, from the text of protocol 4, 5 and 6 alone.
fn naive_report(
	sources: &Sources,
	receipts: &[(Vec<Vec<u8>>, u128)],
	window: usize,
) -> (Vec<u8>, Vec<u8>, u128) {
	let mut entries = Vec::new();
	let mut owned = Vec::new();
	for (receipt, (outputs, data)) in receipts.iter().enumerate() {
		let n = outputs.len() as u128;
		for (item, output) in outputs.iter().enumerate() {
			let i = item as u128;
			let amount = data * (i + 1) / n - data * i / n;
			let windows = naive_windows(sources, output, window).len() as u128;
			let mut runs: Vec<(NaiveRun, u128)> = naive_runs(sources, output, window)
				.into_iter()
				.map(|run| {
					let (from, to) = (u128::from(run.0), u128::from(run.0 + run.1));
					(run, amount * to / windows - amount * from / windows)
				})
				.collect();
			if runs.is_empty() {
				runs.push(((0, 0, 0, 0), amount));
			}
			for ((start, count, source, offset), amount) in runs {
				if source != 0 {
					owned.push((source, entries.len() as u64 / 64, amount));
				}
				entries.extend((receipt as u32).to_le_bytes());
				entries.extend((item as u32).to_le_bytes());
				for field in [start, count, source, offset] {
					entries.extend(field.to_le_bytes());
				}
				entries.extend(amount.to_le_bytes());
				entries.extend([0; 8]);
			}
		}
	}
	owned.sort();
	let mut payouts = Vec::new();
	let mut total = 0u128;
	for (source, ordinal, amount) in owned {
		payouts.extend(source.to_le_bytes());
		payouts.extend(ordinal.to_le_bytes());
		payouts.extend(amount.to_le_bytes());
		payouts.extend(total.to_le_bytes());
		payouts.extend([0; 16]);
		total += amount;
	}
	(entries, payouts, total)
}

fn index(sources: &Sources, window: u32) -> Index {
	let mut corpus = Corpus::new();
	for (source, bytes) in sources {
		corpus.push(*source, bytes).unwrap();
	}
	Index::build(corpus, window).unwrap()
}

fn epoch(receipts: &[(Vec<Vec<u8>>, u128)], window: u32) -> (EpochInput, MemoryBlobs) {
	let mut blobs = MemoryBlobs::new();
	let receipts = receipts.iter().map(|(outputs, data_amount)| {
		let mut outputs_blob = Vec::new();
		for output in outputs {
			let content = blobs.put(output.clone());
			outputs_blob.extend(content.root);
			outputs_blob.extend(content.len.to_le_bytes());
			outputs_blob.extend([0; 24]);
		}
		ReceiptInput {
			outputs_blob: Some(outputs_blob),
			data_amount: *data_amount,
			withheld: false,
		}
	});
	let receipts = receipts.collect();
	(EpochInput { window, receipts }, blobs)
}

fn check_trace(sources: &Sources, output: &[u8], window: u32) -> Result<(), TestCaseError> {
	let traced = trace(&index(sources, window), output);
	let owners = naive_windows(sources, output, window as usize);
	let runs: Vec<NaiveRun> =
		traced.runs.iter().map(|run| (run.start, run.count, run.source, run.offset)).collect();
	prop_assert_eq!(runs, naive_runs(sources, output, window as usize));
	let mut owned = BTreeMap::new();
	for (source, _) in owners.iter().flatten() {
		*owned.entry(*source).or_insert(0u64) += 1;
	}
	prop_assert_eq!(traced.windows, owners.len() as u64);
	prop_assert_eq!(traced.unowned, owners.iter().filter(|owner| owner.is_none()).count() as u64);
	prop_assert_eq!(traced.owned, owned);
	prop_assert_eq!(traced.window, window);
	Ok(())
}

/// A text over a small alphabet, of pieces that may repeat what came before.
fn text(
	alphabet: u8,
	pieces: usize,
) -> impl Strategy<Value = Vec<(Vec<u8>, prop::sample::Index, usize)>> {
	let letters = prop::collection::vec(0..alphabet, 0..12);
	prop::collection::vec((letters, any::<prop::sample::Index>(), 0usize..24), 0..pieces)
}

/// Spells a text: each piece is its letters, then a stretch of what is already there.
fn spell(pieces: &[(Vec<u8>, prop::sample::Index, usize)], earlier: &[u8]) -> Vec<u8> {
	let mut all = earlier.to_vec();
	let start = all.len();
	for (letters, from, len) in pieces {
		all.extend(letters.iter().map(|letter| b'a' + letter));
		if !all.is_empty() {
			let from = from.index(all.len());
			let to = all.len().min(from + len);
			all.extend_from_within(from..to);
		}
	}
	all.split_off(start)
}

prop_compose! {
	fn corpus_and_outputs()(alphabet in 2u8..=4)(
		sources in prop::collection::vec((1u64..5, text(alphabet, 4)), 0..6),
		receipts in prop::collection::vec(
			(prop::collection::vec(text(alphabet, 6), 1..5), 0u128..1 << 70),
			1..4,
		),
		window in 1u32..9,
	) -> (Sources, Vec<(Vec<Vec<u8>>, u128)>, u32) {
		let mut spelled = Sources::new();
		let (mut all, mut source) = (Vec::new(), 0);
		for (gap, pieces) in &sources {
			source += gap;
			let bytes = spell(pieces, &all);
			all.extend_from_slice(&bytes);
			spelled.insert(source, bytes);
		}
		let receipts = receipts
			.iter()
			.map(|(outputs, data)| {
				(outputs.iter().map(|pieces| spell(pieces, &all)).collect(), *data)
			})
			.collect();
		(spelled, receipts, window)
	}
}

/// As many cases as `PROPTEST_CASES` says, and `cases` where it says nothing.
fn cases(cases: u32) -> ProptestConfig {
	let asked = std::env::var_os("PROPTEST_CASES").is_some();
	let config = ProptestConfig::default();
	if asked {
		config
	} else {
		ProptestConfig { cases, ..config }
	}
}

proptest! {
	#![proptest_config(cases(512))]

	#[test]
	fn traces_are_those_of_a_plain_scan((sources, receipts, window) in corpus_and_outputs()) {
		for output in receipts.iter().flat_map(|(outputs, _)| outputs) {
			check_trace(&sources, output, window)?;
		}
	}

	#[test]
	fn reports_are_those_of_a_plain_scan((sources, receipts, window) in corpus_and_outputs()) {
		let index = index(&sources, window);
		let (input, blobs) = epoch(&receipts, window);
		let report = build_report(&input, &index, &blobs).unwrap();
		let (entries, payouts, total) = naive_report(&sources, &receipts, window as usize);
		prop_assert_eq!(&report.entries, &entries);
		prop_assert_eq!(&report.payouts, &payouts);
		prop_assert_eq!(report.total, total);
		prop_assert!(total <= receipts.iter().map(|(_, data)| data).sum());

		let facts = EpochFacts::new(
			&input, index.corpus(), Content::of(&entries), Content::of(&payouts),
		).unwrap();
		let fault = find_fault(&input, &index, &blobs, &facts, &entries, &payouts).unwrap();
		prop_assert_eq!(fault, None);
	}

	#[test]
	fn a_later_source_takes_nothing_from_an_earlier_one(
		(mut sources, receipts, window) in corpus_and_outputs(),
		late in prop::collection::vec(b'a'..b'e', 0..60),
	) {
		let before = index(&sources, window);
		sources.insert(1000, late);
		let after = index(&sources, window);
		for output in receipts.iter().flat_map(|(outputs, _)| outputs) {
			let (before, mut after) = (trace(&before, output), trace(&after, output));
			let late = after.owned.remove(&1000).unwrap_or(0);
			prop_assert_eq!(before.owned, after.owned);
			prop_assert_eq!(before.unowned, after.unowned + late);
		}
	}
}

#[test]
fn windows_across_chunk_borders_are_found() {
	let noise = |seed: u64, len: usize| {
		let mut state = seed;
		let bytes = std::iter::repeat_with(move || {
			state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
			(state >> 33) as u8
		});
		bytes.take(len).collect::<Vec<u8>>()
	};
	let sources: Sources = [(1, noise(1, 3000)), (2, noise(2, 1024)), (7, noise(3, 2049))].into();
	let mut output = sources[&7][1000..1060].to_vec();
	output.extend(noise(4, 990));
	output.extend(&sources[&1][1990..2110]);
	output.extend(&sources[&2][1000..]);
	output.extend(&sources[&7][..1030]);
	for window in [24, 32, 1024] {
		check_trace(&sources, &output, window).unwrap();
	}
}

#[test]
fn a_corpus_of_one_letter_is_no_trouble() {
	let sources: Sources = [(3, vec![b'a'; 500]), (4, vec![b'a'; 900])].into();
	check_trace(&sources, &[b'a'; 700], 32).unwrap();
	check_trace(&sources, &[b'a'; 700], 600).unwrap();
	check_trace(&sources, &[b'a'; 31], 32).unwrap();
}

#[test]
fn a_missing_output_is_named() {
	let sources: Sources = [(1, b"abcdefgh".to_vec())].into();
	let receipts = [(vec![b"abcd".to_vec()], 5), (vec![b"ab".to_vec(), b"abcdef".to_vec()], 5)];
	let (input, _) = epoch(&receipts, 4);
	let mut blobs = MemoryBlobs::new();
	blobs.put(b"abcd".to_vec());
	let error = build_report(&input, &index(&sources, 4), &blobs).unwrap_err();
	let ReportError::Output(missing) = &error else { panic!("{error}") };
	let root = Content::of(b"abcdef").root;
	assert_eq!((missing.receipt, missing.item, missing.root), (1, 1, root));
	let message = error.to_string();
	assert!(message.starts_with("receipt 1, item 1, output "), "{message}");
	assert!(message.contains(&blake3_hex(b"abcdef")), "{message}");
}

fn blake3_hex(bytes: &[u8]) -> String {
	Content::of(bytes).root.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn input_that_does_not_fit_is_refused() {
	let sources: Sources = [(1, b"abcdefgh".to_vec())].into();
	let index = index(&sources, 4);
	let blobs = MemoryBlobs::new();
	let receipt =
		|len| ReceiptInput { outputs_blob: Some(vec![0; len]), data_amount: 1, withheld: false };
	for (window, receipts, message) in [
		(5, vec![receipt(64)], "the model's window is 5 bytes and the index's 4"),
		(4, vec![], "the epoch has no receipts"),
		(4, vec![receipt(64), receipt(0)], "the outputs of receipt 1 have 0 bytes"),
		(4, vec![receipt(65)], "the outputs of receipt 0 have 65 bytes"),
	] {
		let error = build_report(&EpochInput { window, receipts }, &index, &blobs).unwrap_err();
		assert!(error.to_string().starts_with(message), "{error}");
	}
}
