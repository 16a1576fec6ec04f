//! An in-memory chain with a small honest report, and the openings that a watcher of it would make.

mod blame;
mod entries;
mod hostile;
mod mutants;
mod payouts;
mod sizes;
mod structure;
mod withheld;

use super::*;
use crate::{
	blob::open,
	report::{Entry, Item, Payout, Record, RECORD_LEN_U64},
	window::item_amount,
};
use std::collections::{BTreeMap, BTreeSet};
use Blame::{Attributor, Nobody};
use FaultError::{NoFault, NotFound, OutOfRange};

const NOT_COVERED: FaultError = FaultError::Opening(OpeningError::NotCovered);
const ROOT_MISMATCH: FaultError = FaultError::Opening(OpeningError::RootMismatch);

/// The chain and everything that is off it.
#[derive(Clone)]
struct World {
	window: u32,
	/// Data amount and outputs of each receipt.
	receipts: Vec<(u128, Vec<Vec<u8>>)>,
	/// The receipts whose outputs nobody shows.
	withheld: BTreeSet<u32>,
	sources: BTreeMap<u64, Vec<u8>>,
	/// Those of them that have left the corpus.
	left: BTreeSet<u64>,
	/// The sources that the attributor is excused for.
	excused: BTreeSet<u64>,
	entries: Vec<Entry>,
	payouts: Vec<Payout>,
}

fn blob<R: Record>(records: &[R]) -> Vec<u8> {
	records.iter().flat_map(|record| record.to_bytes()).collect()
}

fn run(
	(receipt, item, start, count): (u32, u32, u64, u64),
	(source, offset): (u64, u64),
	amount: u128,
) -> Entry {
	Entry { receipt, item, start, count, source, offset, amount, reserved: 0 }
}

impl World {
	/// The example of the protocol (L = 4), an output without windows, and one with unowned windows.
	/// Source 9 is a later copy of source 1, and source 3 is not in the corpus.
	fn honest() -> Self {
		let output = |text: &str| text.as_bytes().to_vec();
		let entries = vec![
			run((0, 0, 0, 3), (1, 0), 60),
			run((0, 0, 3, 2), (2, 1), 40),
			run((0, 1, 0, 0), (0, 0), 101),
			run((1, 0, 0, 1), (1, 2), 10),
			run((1, 0, 1, 2), (2, 1), 20),
			run((1, 0, 3, 3), (0, 0), 30),
		];
		let mut world = Self {
			window: 4,
			receipts: vec![
				(201, vec![output("abcdefgh"), output("xy")]),
				(60, vec![output("cdefgh?!.")]),
			],
			withheld: BTreeSet::new(),
			sources: [(1, "abcdef"), (2, "cdefgh"), (9, "abcdefghi")]
				.map(|(source, text)| (source, output(text)))
				.into(),
			left: BTreeSet::new(),
			excused: BTreeSet::new(),
			entries,
			payouts: Vec::new(),
		};
		world.pay();
		assert_eq!(world.payouts.iter().map(|p| p.ordinal).collect::<Vec<_>>(), [0, 3, 1, 4]);
		assert_eq!(world.payouts.iter().map(|p| p.before).collect::<Vec<_>>(), [0, 60, 70, 110]);
		world
	}

	/// As [`Self::honest`], with another receipt of 40 outputs `abcd`: its records fill several chunks.
	fn long() -> Self {
		let mut world = Self::honest();
		world.receipts.push((99, vec![b"abcd".to_vec(); 40]));
		for item in 0..40 {
			let amount = item_amount(99, 40, item.into());
			world.entries.push(run((2, item, 0, 1), (1, 0), amount));
		}
		world.pay();
		world
	}

	/// As [`Self::honest`], with a first and a last receipt whose outputs are withheld.
	fn withheld() -> Self {
		let mut world = Self::honest();
		world.receipts.insert(0, (70, vec![b"abcdef".to_vec(), b"cdefgh".to_vec()]));
		world.receipts.push((80, vec![b"abcdef".to_vec()]));
		world.withheld = [0, 3].into();
		for entry in &mut world.entries {
			entry.receipt += 1;
		}
		world.entries.insert(0, run((0, 0, 0, 0), (0, 0), 70));
		world.entries.push(run((3, 0, 0, 0), (0, 0), 80));
		world.pay();
		world
	}

	/// The same with a change.
	fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
		change(&mut self);
		self
	}

	/// Makes the payouts that the entries give.
	fn pay(&mut self) {
		let mut owned: Vec<_> =
			(0..).zip(&self.entries).filter(|(_, entry)| entry.source != 0).collect();
		owned.sort_by_key(|(ordinal, entry)| (entry.source, *ordinal));
		let mut before = 0u128;
		self.payouts = owned
			.into_iter()
			.map(|(ordinal, entry)| {
				let (source, amount) = (entry.source, entry.amount);
				let payout = Payout { source, ordinal, amount, before, reserved: 0 };
				before = before.saturating_add(amount);
				payout
			})
			.collect();
	}

	fn items(&self, receipt: u32) -> Vec<u8> {
		let item = |output: &Vec<u8>| Item { output: Content::of(output), reserved: [0; 24] };
		blob(&self.receipts[receipt as usize].1.iter().map(item).collect::<Vec<_>>())
	}

	/// Entry `index` and the next.
	fn entry(&self, index: u64) -> EntryProof {
		EntryProof { index, opening: records(&blob(&self.entries), index, 2) }
	}

	/// Payout `index` and the next.
	fn payout(&self, index: u64) -> Opening {
		records(&blob(&self.payouts), index, 2)
	}

	/// The payouts on both sides of the gap before `index`.
	fn gap(&self, index: u64) -> Option<Opening> {
		let blob = blob(&self.payouts);
		let before = index.saturating_sub(1);
		(!blob.is_empty()).then(|| records(&blob, before, index - before + 1))
	}

	fn item(&self, receipt: u32, item: u32) -> Opening {
		records(&self.items(receipt), item.into(), 1)
	}

	/// The item that entry `index` names.
	fn item_of(&self, index: u64) -> Opening {
		let entry = &self.entries[index as usize];
		self.item(entry.receipt, entry.item)
	}

	fn output(&self, receipt: u32, item: u32, at: u64, len: u64) -> Opening {
		open(&self.receipts[receipt as usize].1[item as usize], at, len).unwrap()
	}

	fn bytes(&self, source: u64, at: u64, len: u64) -> Opening {
		open(&self.sources[&source], at, len).unwrap()
	}

	fn structure(&self, index: u64) -> Result<Blame, FaultError> {
		self.structure_by(index, Some(self.item_of(index)))
	}

	fn structure_by(&self, index: u64, item: Option<Opening>) -> Result<Blame, FaultError> {
		verify(self, &Fault::Structure { entry: self.entry(index), item })
	}

	fn foreign(&self, index: u64) -> Result<Blame, FaultError> {
		verify(self, &Fault::Foreign { entry: self.entry(index) })
	}

	fn amount(&self, index: u64) -> Result<Blame, FaultError> {
		self.amount_by(index, Some(self.item_of(index)))
	}

	fn amount_by(&self, index: u64, item: Option<Opening>) -> Result<Blame, FaultError> {
		verify(self, &Fault::Amount { entry: self.entry(index), item })
	}

	fn order(&self, index: u64) -> Result<Blame, FaultError> {
		verify(self, &Fault::Order { index, payouts: self.payout(index) })
	}

	/// Payout `index` against the entry that it names, or against none.
	fn unequal(&self, index: u64) -> Result<Blame, FaultError> {
		let ordinal = self.payouts[index as usize].ordinal;
		let names_one = ordinal < self.entries.len() as u64;
		let entry = names_one.then(|| self.entry(ordinal).opening);
		verify(self, &Fault::Unequal { index, payout: self.payout(index), entry })
	}

	fn absent(&self, entry: u64, index: u64) -> Result<Blame, FaultError> {
		let fault = Fault::Absent { entry: self.entry(entry), index, payouts: self.gap(index) };
		verify(self, &fault)
	}
}

/// The chunks with records `index .. index + count`, as far as there are any; any chunk past the last.
fn records(blob: &[u8], index: u64, count: u64) -> Opening {
	let len = blob.len() as u64;
	let start = (index * RECORD_LEN_U64).min(len.saturating_sub(RECORD_LEN_U64));
	open(blob, start, (count * RECORD_LEN_U64).min(len - start)).unwrap()
}

impl Facts for World {
	fn entries(&self) -> Content {
		Content::of(&blob(&self.entries))
	}

	fn payouts(&self) -> Content {
		Content::of(&blob(&self.payouts))
	}

	fn window(&self) -> u32 {
		self.window
	}

	fn receipt_count(&self) -> u32 {
		self.receipts.len() as u32
	}

	fn receipt(&self, index: u32) -> Option<ReceiptFacts> {
		let (data_amount, _) = self.receipts.get(index as usize)?;
		let outputs = Content::of(&self.items(index));
		let withheld = self.withheld.contains(&index);
		Some(ReceiptFacts { outputs, data_amount: *data_amount, withheld })
	}

	fn source(&self, source: u64) -> Option<Content> {
		self.content(source).filter(|_| !self.left.contains(&source))
	}

	fn content(&self, source: u64) -> Option<Content> {
		self.sources.get(&source).map(|bytes| Content::of(bytes))
	}

	fn is_excused(&self, source: u64) -> bool {
		self.excused.contains(&source)
	}
}

#[test]
fn errors_say_what_was_wrong() {
	assert_eq!(
		ROOT_MISMATCH.to_string(),
		"an opening of the fault is refused: the opening does not belong to a blob of that hash and \
		 length"
	);
	for error in [NotFound, OutOfRange, NoFault] {
		assert!(error.to_string().len() > 20);
	}
}
