//! Epochs with honest reports on them, of all that a report may hold, and a plain check of a report on
//! one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tributary_engine::{
	build_partial_report, find_fault, BlobSource, Corpus, EpochFacts, EpochInput, Index,
	MemoryBlobs, PartialReport, ReceiptInput, Report,
};
use tributary_primitives::{
	blob::Content,
	fault::{verify, Blame, Fault},
	report::{Entry, Item, Record, RECORD_LEN},
	window::{covered_len, worth},
};

use crate::mutate::{payouts_for, read, Numbers};

pub const WINDOW: u32 = 24;

/// What a report is, told without the engine's own checks. The last is the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
	/// It pays as it should, all that it says is true, and all that it leaves open is open.
	Right,
	/// It is not right, for want of bytes that were not to be had.
	Excused,
	/// It is not right, and its attributor could have known.
	Wrong,
}

/// What an epoch is made of.
#[derive(Default)]
pub struct Setting {
	pub sources: BTreeMap<u64, Vec<u8>>,
	/// Outputs and data amount of each receipt.
	pub receipts: Vec<(Vec<Vec<u8>>, u128)>,
	/// The receipts whose outputs nobody shows.
	pub withheld: BTreeSet<usize>,
	/// Sources that the attributor could not get, and says so.
	pub unseen: BTreeSet<u64>,
	/// Sources that the attributor had, and that left the corpus as withheld later.
	pub gone: BTreeSet<u64>,
}

/// An epoch, all its bytes, and the report that an honest attributor makes of what it gets.
pub struct Case {
	pub name: &'static str,
	pub input: EpochInput,
	/// All that the chain has in the corpus.
	pub index: Index,
	pub blobs: MemoryBlobs,
	pub report: Report,
	facts: EpochFacts,
	/// The items that a report has to cover.
	places: Vec<Place>,
	/// The sources of the corpus in which each window stands.
	holders: HashMap<Vec<u8>, BTreeSet<u64>>,
	/// The verdict on each entry of the report, by its bytes.
	known: HashMap<[u8; RECORD_LEN], Verdict>,
}

/// An item that a report has to cover.
struct Place {
	receipt: u32,
	item: u32,
	windows: u64,
	amount: u128,
}

/// The items of an epoch, from the text of protocol 4 and 5.
fn places_of(input: &EpochInput) -> Vec<Place> {
	let mut places = Vec::new();
	for (receipt, paid) in (0..).zip(&input.receipts) {
		if paid.withheld {
			places.push(Place { receipt, item: 0, windows: 0, amount: paid.data_amount });
			continue;
		}
		let items = read::<Item>(paid.outputs_blob.as_deref().unwrap());
		for (item, listed) in (0..).zip(&items) {
			let windows = (listed.output.len + 1).saturating_sub(WINDOW.into());
			let amount = worth(paid.data_amount, items.len() as u64, item.into(), 1);
			places.push(Place { receipt, item, windows, amount });
		}
	}
	places
}

fn index<'a>(sources: impl Iterator<Item = (&'a u64, &'a Vec<u8>)>) -> Index {
	let mut corpus = Corpus::new();
	for (source, bytes) in sources {
		corpus.push(*source, bytes).unwrap();
	}
	Index::build(corpus, WINDOW).unwrap()
}

impl Case {
	pub fn new(name: &'static str, setting: Setting) -> Self {
		let Setting { sources, receipts, withheld, unseen, gone } = setting;
		let seen = index(sources.iter().filter(|(source, _)| !unseen.contains(source)));
		let index = index(sources.iter().filter(|(source, _)| !gone.contains(source)));
		let mut blobs = MemoryBlobs::new();
		let receipts = (0..).zip(receipts).map(|(receipt, (outputs, data_amount))| {
			let items = outputs.into_iter().map(|output| {
				let output = blobs.put(output);
				Item { output, reserved: [0; 24] }.to_bytes()
			});
			let items = items.collect::<Vec<_>>().concat();
			let withheld = withheld.contains(&receipt);
			ReceiptInput { outputs_blob: (!withheld).then_some(items), data_amount, withheld }
		});
		let input = EpochInput { window: WINDOW, receipts: receipts.collect() };

		let all = sources.iter().map(|(source, bytes)| (*source, Content::of(bytes))).collect();
		let partial = build_partial_report(&input, &seen, &blobs, &all).unwrap();
		let PartialReport { report, outputs, unseen: listed } = partial;
		assert_eq!((outputs.len(), BTreeSet::from_iter(listed)), (0, unseen.clone()));
		let named = (Content::of(&report.entries), Content::of(&report.payouts));
		let mut facts = EpochFacts::new(&input, index.corpus(), named.0, named.1).unwrap();
		facts.excused = &unseen | &gone;
		let mut holders: HashMap<Vec<u8>, BTreeSet<u64>> = HashMap::new();
		for (source, bytes) in sources.iter().filter(|(source, _)| !gone.contains(source)) {
			for window in bytes.windows(WINDOW as usize) {
				holders.entry(window.to_vec()).or_default().insert(*source);
			}
		}
		let (places, known) = (places_of(&input), HashMap::new());
		let mut case = Self { name, input, index, blobs, report, facts, places, holders, known };
		let entries = read::<Entry>(&case.report.entries);
		case.known =
			entries.iter().map(|entry| (entry.to_bytes(), case.verdict_on(entry))).collect();
		case
	}

	pub fn facts(&self, entries: &[u8], payouts: &[u8]) -> EpochFacts {
		let (entries, payouts) = (Content::of(entries), Content::of(payouts));
		EpochFacts { entries, payouts, ..self.facts.clone() }
	}

	/// What the watcher finds, and whom it blames.
	pub fn find(&self, entries: &[u8], payouts: &[u8]) -> Option<(Fault, Blame)> {
		let facts = self.facts(entries, payouts);
		let found = find_fault(&self.input, &self.index, &self.blobs, &facts, entries, payouts);
		let fault = found.unwrap_or_else(|error| panic!("{}: {error}", self.name))?;
		let blame = verify(&facts, &fault).unwrap();
		Some((fault, blame))
	}

	/// What the report of these blobs is.
	pub fn verdict(&self, entries: &[u8], payouts: &[u8]) -> Verdict {
		let ours = read::<Entry>(entries);
		if payouts != payouts_for(&ours) {
			return Verdict::Wrong;
		}
		let mut verdict = Verdict::Right;
		let mut entries = ours.iter();
		for place in &self.places {
			let mut start = 0;
			loop {
				let Some(entry) = entries.next() else { return Verdict::Wrong };
				let fits = (entry.receipt, entry.item, entry.start)
					== (place.receipt, place.item, start)
					&& (entry.count > 0) == (place.windows > 0)
					&& entry.count <= place.windows - start
					&& (entry.source != 0 || entry.offset == 0)
					&& *entry == self.priced(*entry);
				if !fits {
					return Verdict::Wrong;
				}
				verdict = verdict.max(match self.known.get(&entry.to_bytes()) {
					Some(known) => *known,
					None => self.verdict_on(entry),
				});
				start += entry.count;
				if start == place.windows {
					break;
				}
			}
		}
		match entries.next() {
			None => verdict,
			Some(_) => Verdict::Wrong,
		}
	}

	/// The entry with the amount that its windows are worth, as long as its item has them.
	pub fn priced(&self, entry: Entry) -> Entry {
		let key = (entry.receipt, entry.item);
		let at = self.places.binary_search_by_key(&key, |place| (place.receipt, place.item));
		let Place { windows, amount, .. } = self.places[at.unwrap()];
		let amount = match windows {
			0 => amount,
			windows => worth(amount, windows, entry.start, entry.count),
		};
		Entry { amount, reserved: 0, ..entry }
	}

	/// What an entry is that fits into its item.
	fn verdict_on(&self, entry: &Entry) -> Verdict {
		let source = entry.source;
		if entry.count == 0 {
			return if source == 0 { Verdict::Right } else { Verdict::Wrong };
		}
		let gone =
			self.facts.excused.contains(&source) && !self.facts.sources.contains_key(&source);
		if source != 0 && !gone && !self.stands(entry) {
			return Verdict::Wrong;
		}
		let verdict = if gone { Verdict::Excused } else { Verdict::Right };
		let windows = self.covered(entry).windows(WINDOW as usize).map(<[u8]>::to_vec);
		let holders = windows.filter_map(|window| self.holders.get(&window)).flatten();
		let earlier = holders.filter(|holder| source == 0 || **holder < source);
		let verdicts = earlier.map(|holder| match self.facts.excused.contains(holder) {
			true => Verdict::Excused,
			false => Verdict::Wrong,
		});
		verdicts.fold(verdict, Verdict::max)
	}

	/// The blob of items of a receipt that is not withheld.
	pub fn items(&self, receipt: u32) -> &[u8] {
		self.input.receipts[receipt as usize].outputs_blob.as_deref().unwrap()
	}

	/// Whether the bytes of an owned entry stand where it says.
	pub fn stands(&self, entry: &Entry) -> bool {
		let covered = self.covered(entry);
		let end = (entry.offset as usize).saturating_add(covered.len());
		let source = self.index.corpus().get(entry.source).unwrap_or_default();
		source.get(entry.offset as usize..end) == Some(covered)
	}

	/// The bytes of its output that an entry covers.
	fn covered(&self, entry: &Entry) -> &[u8] {
		if entry.count == 0 {
			return &[];
		}
		let item = Item::read(self.items(entry.receipt), entry.item as usize * RECORD_LEN).unwrap();
		let std::borrow::Cow::Borrowed(output) = self.blobs.get(&item.output).unwrap() else {
			panic!("blobs in memory are borrowed");
		};
		let start = entry.start as usize;
		&output[start..start + covered_len(entry.count, WINDOW) as usize]
	}
}

/// The sources of most cases: each but the first repeats bytes of others.
struct Texts {
	first: Vec<u8>,
	second: Vec<u8>,
	padded_copy: Vec<u8>,
	repetitive: Vec<u8>,
	last: Vec<u8>,
}

impl Texts {
	fn new(numbers: &mut Numbers) -> Self {
		let first = numbers.bytes(2500);
		let second = [&numbers.bytes(700), &first[900..1100], &numbers.bytes(1400)].concat();
		let padded_copy = [&numbers.bytes(37), &first[..], b"padding"].concat();
		let repetitive = b"the same line again and again\n".repeat(20);
		let last = [&second[600..1000], &numbers.bytes(500)].concat();
		Self { first, second, padded_copy, repetitive, last }
	}

	fn sources(&self) -> BTreeMap<u64, Vec<u8>> {
		let Self { first, second, padded_copy, repetitive, last } = self;
		[(1, first), (2, second), (5, padded_copy), (6, repetitive), (9, last)]
			.map(|(source, bytes)| (source, bytes.clone()))
			.into()
	}

	/// An output that quotes every source, across chunk borders of its own and of theirs.
	fn quoting(&self, numbers: &mut Numbers) -> Vec<u8> {
		let Self { first, second, padded_copy, repetitive, last } = self;
		[
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
		.concat()
	}

	/// Outputs of many kinds: some are empty, or shorter than a window, or exactly one window.
	fn receipts(&self, numbers: &mut Numbers) -> Vec<(Vec<Vec<u8>>, u128)> {
		let Self { first, second, repetitive, last, .. } = self;
		let quoting = self.quoting(numbers);
		let looped = [&last[390..440], &first[5..50]].concat();
		let many = (0..20).map(|at| second[at * 30..at * 30 + 20 + at].to_vec()).collect();
		vec![
			(vec![quoting, b"short".to_vec(), Vec::new()], 1_000_003),
			(vec![first[100..124].to_vec()], 7),
			(vec![repetitive[..200].to_vec(), looped], u128::MAX / 3),
			(vec![numbers.bytes(40), Vec::new()], 0),
			(many, 999),
		]
	}
}

impl Case {
	/// Five receipts on five sources that repeat each other.
	pub fn mixed(seed: u64) -> Self {
		let numbers = &mut Numbers(seed);
		let texts = Texts::new(numbers);
		let (sources, receipts) = (texts.sources(), texts.receipts(numbers));
		Self::new("mixed", Setting { sources, receipts, ..Setting::default() })
	}

	/// The same, where the first receipt, the last and two in between are withheld.
	fn withheld(seed: u64) -> Self {
		let numbers = &mut Numbers(seed);
		let texts = Texts::new(numbers);
		let mut receipts = texts.receipts(numbers);
		receipts.insert(0, (vec![texts.first.clone()], 5_000));
		receipts.insert(2, (vec![texts.second.clone(), b"short".to_vec()], u128::MAX / 7));
		receipts.insert(3, (vec![Vec::new()], 0));
		receipts.push((vec![texts.last.clone(); 3], 100));
		let withheld = [0, 2, 3, receipts.len() - 1].into();
		let sources = texts.sources();
		Self::new(
			"withheld receipts",
			Setting { sources, receipts, withheld, ..Setting::default() },
		)
	}

	/// The same as the first, without sources that others repeat, and one that stands alone.
	pub fn unseen(seed: u64) -> Self {
		let numbers = &mut Numbers(seed);
		let texts = Texts::new(numbers);
		let (sources, receipts) = (texts.sources(), texts.receipts(numbers));
		let unseen = [1, 6].into();
		Self::new("unseen sources", Setting { sources, receipts, unseen, ..Setting::default() })
	}

	/// A source that entries name has left the corpus, and another was unseen.
	pub fn gone(seed: u64) -> Self {
		let numbers = &mut Numbers(seed);
		let texts = Texts::new(numbers);
		let (sources, receipts) = (texts.sources(), texts.receipts(numbers));
		let (unseen, gone) = ([1].into(), [2].into());
		let setting = Setting { sources, receipts, unseen, gone, ..Setting::default() };
		Self::new("withheld sources", setting)
	}

	/// A corpus of one source.
	fn one_source(seed: u64) -> Self {
		let numbers = &mut Numbers(seed);
		let only = numbers.bytes(1500);
		let receipts = vec![
			(vec![only[..60].to_vec(), Vec::new()], 10),
			(vec![[&only[990..1060], &numbers.bytes(30), &only[1400..]].concat()], 1_000),
			(vec![only[7..30].to_vec(), numbers.bytes(25), only[7..31].to_vec()], 1),
		];
		let sources = [(4, only)].into();
		Self::new("a corpus of one", Setting { sources, receipts, ..Setting::default() })
	}

	/// A hundred receipts of an item or two.
	fn many_receipts(seed: u64) -> Self {
		let numbers = &mut Numbers(seed);
		let texts = Texts::new(numbers);
		let whole: Vec<u8> = texts.sources().into_values().flatten().collect();
		let receipts = (0u32..100).map(|receipt| {
			let outputs = (0..1 + receipt % 2).map(|_| {
				let at = numbers.below(whole.len() - 60);
				whole[at..at + numbers.below(60)].to_vec()
			});
			(outputs.collect(), u128::from(receipt % 5) * 1_001)
		});
		let (receipts, withheld) = (receipts.collect(), [17, 50, 51].into());
		let sources = texts.sources();
		Self::new("many receipts", Setting { sources, receipts, withheld, ..Setting::default() })
	}

	/// A report of 10,000 entries: half of them on one output, and half on an output each.
	fn large(seed: u64) -> Self {
		let numbers = &mut Numbers(seed);
		let texts = Texts::new(numbers);
		let whole: Vec<u8> = texts.sources().into_values().flatten().collect();
		let mut piece = |len: usize| {
			let at = numbers.below(whole.len() - len);
			whole[at..at + len].to_vec()
		};
		let long = (0..2_600).flat_map(|_| piece(WINDOW as usize)).collect();
		let small = (0..5_000).map(|at| piece(23 + at % 3)).collect();
		let receipts = vec![(vec![long], 1 << 90), (small, 1 << 70)];
		let sources = texts.sources();
		let case = Self::new("10,000 entries", Setting { sources, receipts, ..Setting::default() });
		assert!(case.report.entries.len() >= 10_000 * RECORD_LEN);
		case
	}

	/// One of each kind.
	pub fn all(seed: u64) -> impl Iterator<Item = Self> {
		[
			Self::mixed,
			Self::withheld,
			Self::unseen,
			Self::gone,
			Self::one_source,
			Self::many_receipts,
			Self::large,
		]
		.into_iter()
		.map(move |case| case(seed))
	}
}
