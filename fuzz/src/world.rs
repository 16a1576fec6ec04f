//! A small epoch made of the fuzzer's bytes, and the honest report of it.

use std::collections::{BTreeMap, BTreeSet};

use tributary_engine::{
	build_partial_report, build_report, find_fault, BlobSource, Corpus, EpochFacts, EpochInput,
	Index, MemoryBlobs, ReceiptInput, Report, WatchError,
};
use tributary_primitives::{
	blob::Content,
	fault::Fault,
	report::{Entry, Item, Record, RECORD_LEN},
};

use crate::bytes::Bytes;

/// An epoch and all that can be known of it.
pub struct World {
	/// The payments.
	pub input: EpochInput,
	/// Over the corpus, as the chain has it.
	pub index: Index,
	/// The outputs.
	pub blobs: MemoryBlobs,
	/// As the engine builds it for an honest attributor, who may have lacked some sources and may have had
	/// some that turned out to be withheld.
	pub report: Report,
	/// Whether every item names an output that there is. Else no report can be honest.
	pub complete: bool,
	/// The sources for which nobody is to blame.
	pub excused: BTreeSet<u64>,
	/// The bytes of all sources, in the corpus or not.
	texts: BTreeMap<u64, Vec<u8>>,
}

/// How a source stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
	/// Everybody has it.
	Known,
	/// The attributor lacks it, and says so.
	Unseen,
	/// The attributor had it, and the corpus has lost it.
	Withheld,
}

impl World {
	/// The epoch that `bytes` describe.
	pub fn new(bytes: &mut Bytes) -> Self {
		let window = [1, 2, 3, 4, 5, 8, 24, 32][bytes.below(8)];
		let letters = 2 + bytes.below(3) as u8;
		let mut spelling = Spelling { letters, spelled: Vec::new() };
		let (mut texts, mut standings, mut source) = (BTreeMap::new(), BTreeMap::new(), 0);
		for _ in 0..bytes.below(6) {
			source += 1 + bytes.below(2) as u64;
			texts.insert(source, spelling.text(bytes));
			let standing = match bytes.byte() {
				250.. => Standing::Withheld,
				235.. => Standing::Unseen,
				_ => Standing::Known,
			};
			standings.insert(source, standing);
		}
		let (mut blobs, mut complete) = (MemoryBlobs::new(), true);
		let receipts = (0..1 + bytes.below(4)).map(|_| {
			let items = (0..1 + bytes.below(5)).map(|_| {
				let mut output = blobs.put(spelling.text(bytes));
				if bytes.byte() == 255 {
					output.len = bytes.number();
					complete = false;
				}
				Item { output, reserved: [0; 24] }.to_bytes()
			});
			let items = items.collect::<Vec<_>>().concat();
			let withheld = bytes.byte() > 230;
			let outputs_blob = (!withheld || bytes.flag()).then_some(items);
			ReceiptInput { outputs_blob, data_amount: amount(bytes), withheld }
		});
		let receipts = receipts.collect();
		let input = EpochInput { window, receipts };

		let index_without = |left_out: Standing| {
			let kept = texts.iter().filter(|(source, _)| standings[*source] != left_out);
			index(kept.map(|(source, text)| (*source, &text[..])), window)
		};
		let at_hand = index_without(Standing::Unseen);
		let index = index_without(Standing::Withheld);
		let excused = standings.iter().filter(|(_, standing)| **standing != Standing::Known);
		let excused: BTreeSet<u64> = excused.map(|(source, _)| *source).collect();
		let contents = texts.iter().map(|(source, text)| (*source, Content::of(text))).collect();
		let report = if complete && excused.is_empty() {
			build_report(&input, &at_hand, &blobs).expect("all bytes are here")
		} else {
			let partial = build_partial_report(&input, &at_hand, &blobs, &contents);
			partial.expect("all items are here").report
		};
		Self { input, index, blobs, report, complete, excused, texts }
	}

	/// What the chain knows of a report of this epoch.
	pub fn facts(&self, entries: &[u8], payouts: &[u8]) -> EpochFacts {
		let (entries, payouts) = (Content::of(entries), Content::of(payouts));
		let facts = EpochFacts::new(&self.input, self.index.corpus(), entries, payouts)
			.expect("all items are here");
		EpochFacts { excused: self.excused.clone(), ..facts }
	}

	/// The verdict of the engine on a report of this epoch, with all bytes.
	///
	/// # Errors
	/// Those of the engine.
	pub fn find(
		&self,
		facts: &EpochFacts,
		entries: &[u8],
		payouts: &[u8],
	) -> Result<Option<Fault>, WatchError> {
		find_fault(&self.input, &self.index, &self.blobs, facts, entries, payouts)
	}

	/// The verdict of a watcher who lacks some bytes.
	///
	/// # Errors
	/// Those of the engine.
	pub fn find_blind(
		&self,
		facts: &EpochFacts,
		entries: &[u8],
		payouts: &[u8],
		bytes: &mut Bytes,
	) -> Result<Option<Fault>, WatchError> {
		let mut input = self.input.clone();
		let mut blobs = MemoryBlobs::new();
		for receipt in &mut input.receipts {
			let items = receipt.outputs_blob.as_deref().unwrap_or_default();
			for item in items.as_chunks::<RECORD_LEN>().0.iter().map(Item::from_bytes) {
				if let (Ok(output), 0..3) = (self.blobs.get(&item.output), bytes.below(4)) {
					blobs.put(output.into_owned());
				}
			}
			receipt.outputs_blob = receipt.outputs_blob.take().filter(|_| bytes.below(4) > 0);
		}
		let kept = self.index.corpus().iter().filter(|_| bytes.below(4) > 0);
		let index = index(kept, input.window);
		find_fault(&input, &index, &blobs, facts, entries, payouts)
	}

	/// The blob of items of a receipt; empty where there is no such.
	pub fn items(&self, receipt: u32) -> &[u8] {
		let receipt = self.input.receipts.get(receipt as usize);
		receipt.and_then(|receipt| receipt.outputs_blob.as_deref()).unwrap_or_default()
	}

	/// The output of an item; empty where there is no such.
	pub fn output(&self, receipt: u32, item: u32) -> Vec<u8> {
		let item = Item::read(self.items(receipt), item as usize * RECORD_LEN);
		let output = item.and_then(|item| self.blobs.get(&item.output).ok());
		output.map(|output| output.into_owned()).unwrap_or_default()
	}

	/// The bytes of a source; empty where there never was one.
	pub fn source(&self, source: u64) -> &[u8] {
		self.texts.get(&source).map(Vec::as_slice).unwrap_or_default()
	}

	/// The owner of each window of each item that `entries` tell of, in order: for right entries alone.
	pub fn owners(entries: &[u8]) -> Vec<(u32, u32, u64)> {
		let entries = entries.as_chunks::<RECORD_LEN>().0.iter().map(Entry::from_bytes);
		let owners = entries.flat_map(|entry| {
			(0..entry.count).map(move |_| (entry.receipt, entry.item, entry.source))
		});
		owners.collect()
	}
}

fn index<'a>(sources: impl Iterator<Item = (u64, &'a [u8])>, window: u32) -> Index {
	let mut corpus = Corpus::new();
	for (source, text) in sources {
		corpus.push(source, text).expect("sources ascend");
	}
	Index::build(corpus, window).expect("the window is not empty")
}

/// An amount of planck, at most what all receipts of an epoch can carry together.
fn amount(bytes: &mut Bytes) -> u128 {
	let amount = u128::from(bytes.number());
	amount << (bytes.below(3) * 30)
}

/// Texts that repeat what was spelled before.
struct Spelling {
	letters: u8,
	spelled: Vec<u8>,
}

impl Spelling {
	fn text(&mut self, bytes: &mut Bytes) -> Vec<u8> {
		let start = self.spelled.len();
		let shape = bytes.byte();
		if shape > 240 {
			// Past the border of a chunk.
			let filler = bytes.pattern(980 + 3 * usize::from(255 - shape));
			self.spelled.extend(filler);
		}
		for _ in 0..shape % 5 {
			for _ in 0..bytes.below(6) {
				let letter = b'a' + bytes.byte() % self.letters;
				self.spelled.push(letter);
			}
			let from = bytes.below(self.spelled.len().max(1));
			let len = bytes.below(if shape.is_multiple_of(8) { 1200 } else { 40 });
			let to = self.spelled.len().min(from + len);
			self.spelled.extend_from_within(from..to);
		}
		self.spelled[start..].to_vec()
	}
}
