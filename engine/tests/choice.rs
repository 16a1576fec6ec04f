//! Which fault the watcher takes where there are several: one that blames the attributor rather
//! than one that blames nobody, and then a small one.

use std::collections::{BTreeMap, BTreeSet};

use tributary_engine::{
	build_report, find_fault, Corpus, EpochFacts, EpochInput, Index, MemoryBlobs, ReceiptInput,
};
use tributary_primitives::{
	blob::Content,
	fault::{verify, Blame, Fault},
	report::{Item, Record},
};

const WINDOW: u32 = 24;

type Sources = BTreeMap<u64, Vec<u8>>;

fn noise(seed: u64, len: usize) -> Vec<u8> {
	let mut state = seed;
	let bytes = std::iter::repeat_with(move || {
		state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
		(state >> 33) as u8
	});
	bytes.take(len).collect()
}

fn index(sources: &Sources) -> Index {
	let mut corpus = Corpus::new();
	for (source, bytes) in sources {
		corpus.push(*source, bytes).unwrap();
	}
	Index::build(corpus, WINDOW).unwrap()
}

/// What a watcher finds who has all `sources` of the corpus, in the report of an attributor who had
/// `believed` instead, on one receipt of these outputs.
fn find(
	sources: &Sources,
	believed: &Sources,
	outputs: &[Vec<u8>],
	excused: &[u64],
) -> Option<(Fault, Blame)> {
	let mut blobs = MemoryBlobs::new();
	let items: Vec<u8> = outputs
		.iter()
		.map(|output| Item { output: blobs.put(output.clone()), reserved: [0; 24] })
		.flat_map(|item| item.to_bytes())
		.collect();
	let receipt = ReceiptInput { outputs_blob: Some(items), data_amount: 1_000, withheld: false };
	let input = EpochInput { window: WINDOW, receipts: vec![receipt] };
	let report = build_report(&input, &index(believed), &blobs).unwrap();
	let index = index(sources);
	let named = (Content::of(&report.entries), Content::of(&report.payouts));
	let facts = EpochFacts {
		excused: BTreeSet::from_iter(excused.iter().copied()),
		..EpochFacts::new(&input, index.corpus(), named.0, named.1).unwrap()
	};
	let found = find_fault(&input, &index, &blobs, &facts, &report.entries, &report.payouts);
	let fault = found.unwrap()?;
	let blame = verify(&facts, &fault).unwrap();
	Some((fault, blame))
}

/// Where a prior says that a window stands: its position, the source and the offset.
fn prior(found: Option<(Fault, Blame)>) -> (u64, u64, u64, Blame) {
	match found {
		Some((Fault::Prior { position, source, offset, .. }, blame)) => {
			(position, source, offset, blame)
		}
		other => panic!("{other:?}"),
	}
}

fn crosses(at: u64) -> bool {
	at / 1024 != (at + u64::from(WINDOW) - 1) / 1024
}

#[test]
fn a_window_within_a_chunk_is_taken_rather_than_the_first() {
	let text = noise(1, 3_000);
	let sources = [(1, text.clone())].into();
	// The first wrong window crosses a border of the output, and those after it one of the source.
	let output = [&noise(2, 1_010)[..], &text[1_000..1_100]].concat();
	let (position, source, offset, blame) = prior(find(&sources, &Sources::new(), &[output], &[]));
	assert_eq!((position, source, offset, blame), (1_034, 1, 1_024, Blame::Attributor));
}

#[test]
fn a_place_within_a_chunk_is_taken_rather_than_the_first() {
	let window = noise(3, 24);
	let mut text = noise(1, 5_000);
	for at in [1_010, 2_040, 4_000] {
		text[at..at + 24].copy_from_slice(&window);
	}
	let sources = [(1, text.clone())].into();
	let found = prior(find(&sources, &Sources::new(), std::slice::from_ref(&window), &[]));
	assert_eq!(found, (0, 1, 4_000, Blame::Attributor));

	// Such a place may be in a later source, as long as it comes before the entry's.
	let copy = [&noise(2, 3_000)[..], &window].concat();
	let early = text[..2_500].to_vec();
	let sources = [(1, early), (4, copy.clone()), (7, copy.clone())].into();
	let believed = [(7, copy)].into();
	let found = prior(find(&sources, &believed, std::slice::from_ref(&window), &[]));
	assert_eq!(found, (0, 4, 3_000, Blame::Attributor));
}

#[test]
fn a_window_within_a_chunk_is_taken_from_another_output() {
	let text = noise(1, 3_000);
	let sources = [(1, text.clone())].into();
	let across = text[1_010..1_040].to_vec();
	let within = text[500..530].to_vec();
	let outputs = [across.clone(), within];
	let (_, source, offset, _) = prior(find(&sources, &Sources::new(), &outputs, &[]));
	assert_eq!((source, offset), (1, 500));

	let (_, source, offset, blame) = prior(find(&sources, &Sources::new(), &[across], &[]));
	assert!(crosses(offset));
	assert_eq!((source, blame), (1, Blame::Attributor));
}

#[test]
fn a_source_that_was_to_be_had_is_taken_rather_than_one_that_was_not() {
	let (hidden, seen) = (noise(1, 500), noise(2, 500));
	let sources: Sources = [(1, hidden.clone()), (2, seen.clone())].into();
	let outputs = [hidden[..100].to_vec(), seen[..100].to_vec()];
	let (_, source, _, blame) = prior(find(&sources, &Sources::new(), &outputs, &[1]));
	assert_eq!((source, blame), (2, Blame::Attributor));

	// An honest attributor who did not have the first one is not to blame.
	let honest = [(2, seen)].into();
	let (_, source, _, blame) = prior(find(&sources, &honest, &outputs, &[1]));
	assert_eq!((source, blame), (1, Blame::Nobody));
}

#[test]
fn a_source_that_was_not_to_be_had_hides_none_with_the_same_window() {
	let text = noise(1, 500);
	let sources: Sources = [1, 2, 3].map(|source| (source, text.clone())).into();
	let output = [text[..100].to_vec()];
	for (believed, blamed) in
		[(vec![3], Some(2)), (vec![2, 3], None), (vec![], Some(2)), (vec![2], None)]
	{
		let had = believed.iter().map(|source| (*source, text.clone())).collect();
		let (_, source, _, blame) = prior(find(&sources, &had, &output, &[1]));
		match blamed {
			Some(blamed) => assert_eq!((source, blame), (blamed, Blame::Attributor)),
			None => assert_eq!((source, blame), (1, Blame::Nobody)),
		}
	}
}

#[test]
fn a_source_that_left_the_corpus_as_withheld_hides_no_lie() {
	let (gone, seen) = (noise(1, 500), noise(2, 500));
	let corpus: Sources = [(2, seen.clone())].into();
	let outputs = [gone[..100].to_vec(), seen[..100].to_vec()];
	let had: Sources = [(1, gone.clone()), (2, seen)].into();
	let found = find(&corpus, &had, &outputs, &[1]);
	assert!(matches!(found, Some((Fault::Foreign { .. }, Blame::Nobody))), "{found:?}");

	let found = find(&corpus, &[(1, gone)].into(), &outputs, &[1]);
	let (_, source, _, blame) = prior(found);
	assert_eq!((source, blame), (2, Blame::Attributor));

	let found = find(&corpus, &had, &outputs, &[]);
	assert!(matches!(found, Some((Fault::Foreign { .. }, Blame::Attributor))), "{found:?}");
}

#[test]
fn a_blameless_fault_is_taken_rather_than_none_though_it_crosses_borders() {
	let text = noise(1, 3_000);
	let sources = [(1, text.clone())].into();
	let across = text[1_010..1_034].to_vec();
	let (_, source, offset, blame) = prior(find(&sources, &Sources::new(), &[across], &[1]));
	assert_eq!((source, offset, blame), (1, 1_010, Blame::Nobody));
}
