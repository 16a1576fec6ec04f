use super::*;
use tributary_engine::BlobStore;
use tributary_primitives::report::Item;

#[test]
fn what_is_missing_is_named_in_json_and_in_words() {
	let content = Content::of(b"abc");
	let root = root_text(&content);
	let named = json!({ "root": root, "len": 3 });
	let missing = |what| Missing { what, content };
	let source = missing(What::Needed(Needed::Source { source: 3, named: false }));
	assert_eq!(
		source.to_json(),
		json!({ "kind": "source", "source": 3, "named": false, "content": named })
	);
	assert!(source.is_unnamed_source());
	let output = missing(What::Needed(Needed::Output { receipt: 1, item: 2 }));
	assert_eq!(
		output.to_json(),
		json!({ "kind": "output", "receipt": 1, "item": 2, "content": named })
	);
	let entries = missing(What::Entries);
	assert_eq!(entries.to_json(), json!({ "kind": "entries", "content": named }));
	assert_eq!(entries.to_string(), format!("the entries, blob {root} of 3 bytes"));
}

const WINDOW: u32 = 4;

/// A report by an honest attributor who has everything, of one output that repeats three sources.
struct Reported {
	dir: tempfile::TempDir,
	sources: BTreeMap<u64, Content>,
	receipts: Vec<ReceiptFacts>,
	items: Vec<u8>,
	report: tributary_engine::Report,
}

impl Reported {
	fn new() -> Self {
		let dir = tempfile::tempdir().unwrap();
		let store = BlobStore::open(dir.path()).unwrap();
		let texts = [&b"the first source"[..], b"and a second one, longer", b"the third of them"];
		let sources: BTreeMap<_, _> =
			(1u64..).zip(texts).map(|(source, text)| (source, store.put(text).unwrap())).collect();
		let output = store.put(b"a second one, the first of them").unwrap();
		let items = Item { output, reserved: [0; 24] }.to_bytes().to_vec();
		let outputs = store.put(&items).unwrap();
		let receipts = vec![ReceiptFacts { outputs, data_amount: 1_000, withheld: false }];
		let report = tributary_engine::Report { entries: vec![], payouts: vec![], total: 0 };
		let mut new = Self { dir, sources, receipts, items, report };
		let all = new.evidence(u64::MAX, u64::MAX);
		new.report = build_report(&all.input, &all.index, &all.store).unwrap();
		new
	}

	/// What a watcher gathers whose corpus has room for `room` bytes.
	fn evidence(&self, most: u64, room: u64) -> Evidence {
		let store = Bounded::new(BlobStore::open(self.dir.path()).unwrap(), most);
		let read = read_corpus(&store, &self.sources, room, || {}).unwrap();
		let input = ReceiptInput {
			outputs_blob: Some(self.items.clone()),
			data_amount: 1_000,
			withheld: false,
		};
		Evidence {
			input: EpochInput { window: WINDOW, receipts: vec![input] },
			index: Index::build(read.corpus, WINDOW).unwrap(),
			store,
			receipts: self.receipts.clone(),
			sources: self.sources.clone(),
			absent: read.absent,
			left_out: read.left_out,
		}
	}

	fn check(&self, evidence: &Evidence, entries: &[u8], payouts: &[u8]) -> Finding {
		let facts = EpochFacts {
			entries: Content::of(entries),
			payouts: Content::of(payouts),
			window: WINDOW,
			receipts: self.receipts.clone(),
			sources: self.sources.clone(),
			excused: BTreeSet::new(),
		};
		evidence.look(&facts, entries, Some(payouts)).unwrap()
	}
}

/// The first entry of a source, with a planck more.
fn raised(entries: &[u8]) -> Vec<u8> {
	let (records, _) = entries.as_chunks::<RECORD_LEN>();
	let mut entries: Vec<_> = records.iter().map(Entry::from_bytes).collect();
	entries.iter_mut().find(|entry| entry.source != 0).unwrap().amount += 1;
	entries.iter().flat_map(|entry| entry.to_bytes()).collect()
}

#[test]
fn an_honest_report_is_right_and_never_wrong_for_want_of_room() {
	let reported = Reported::new();
	let (entries, payouts) = (&reported.report.entries, &reported.report.payouts);
	let whole = reported.evidence(u64::MAX, u64::MAX);
	assert!(matches!(reported.check(&whole, entries, payouts), Finding::Right));
	let named: BTreeSet<_> = named_sources(entries).collect();
	assert!(named.len() > 1, "the case has several owners");
	for (most, room) in (0..60).map(|room| (u64::MAX, room)).chain((0..32).map(|most| (most, 60))) {
		let bounded = reported.evidence(most, room);
		match reported.check(&bounded, entries, payouts) {
			Finding::Right => assert!(bounded.left_out.is_empty()),
			Finding::Unread { unread, missing } => {
				assert!(!unread.is_empty());
				assert_eq!(missing, [], "what is here does not arrive");
			}
			_ => panic!("with blobs of {most} bytes and room for {room}"),
		}
	}
}

#[test]
fn what_the_records_show_is_found_without_room_for_any_source() {
	let reported = Reported::new();
	let nothing = reported.evidence(u64::MAX, 0);
	assert_eq!(nothing.left_out.len(), 3);
	let (entries, payouts) = (&reported.report.entries, &reported.report.payouts);
	let amount = reported.check(&nothing, &raised(entries), payouts);
	assert!(matches!(amount, Finding::Wrong(fault, _) if matches!(*fault, Fault::Amount { .. })));
	let absent = reported.check(&nothing, entries, &payouts[..payouts.len() - RECORD_LEN]);
	assert!(matches!(absent, Finding::Wrong(fault, _) if matches!(*fault, Fault::Absent { .. })));
}

#[test]
fn what_is_not_here_is_missing_beside_what_is_too_large() {
	let reported = Reported::new();
	let (entries, payouts) = (&reported.report.entries, &reported.report.payouts);
	std::fs::remove_file(reported.dir.path().join(hex::encode(reported.sources[&3].root))).unwrap();
	let nothing = reported.evidence(u64::MAX, 0);
	let Finding::Unread { unread, missing } = reported.check(&nothing, entries, payouts) else {
		panic!("sources 1 and 2 are here");
	};
	let contents = |of: Vec<Missing>| of.iter().map(|of| of.content).collect::<Vec<_>>();
	assert_eq!(contents(unread), [reported.sources[&1], reported.sources[&2]]);
	assert_eq!(contents(missing), [reported.sources[&3]]);
}
