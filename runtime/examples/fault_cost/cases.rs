//! A wrong report for each kind of fault, and the fault that shows it.

use tributary_primitives::{
	blob::Opening,
	fault::{EntryProof, Fault},
	report::{Entry, Item, Payout, MAX_ITEMS},
};

use super::blob::{Blob, CHUNK_RECORDS};
use crate::scene::WINDOW;

/// The sources by which records name the two contributions of a world.
const EARLIER: u64 = 1;
const LATER: u64 = 2;
/// A source that is not in the corpus.
const UNKNOWN: u64 = 3;

/// Everything that a report is about, and the report.
pub struct World {
	/// The bytes of source [`EARLIER`].
	pub earlier: Blob,
	/// The bytes of source [`LATER`].
	pub later: Blob,
	/// The output that item [`World::item_index`] names.
	output: Blob,
	/// The items of the only receipt.
	pub items: Blob,
	/// The entries of the report.
	pub entries: Blob,
	/// The payouts of the report, which sum to nothing.
	pub payouts: Blob,
}

/// A wrong report and the fault that shows it.
pub struct Case {
	/// The kind of fault.
	pub kind: &'static str,
	/// Whether what it shows lies across the border of two chunks, as far as that can be.
	pub across: bool,
	/// The report and what it is about.
	pub world: World,
	/// The fault.
	pub fault: Fault,
}

/// Where in their blobs the things stand that a fault is about.
#[derive(Clone, Copy)]
struct Places {
	/// The entry or payout, of which the next is looked at too.
	record: u64,
	/// The window in the output and in the source.
	window: u64,
}

impl World {
	fn new(len: u64) -> Self {
		let blob = |seed| Blob::new(seed, len);
		let mut world = Self {
			earlier: blob(1),
			later: blob(2),
			output: blob(3),
			items: Blob::new(4, len.min(u64::from(MAX_ITEMS) * 64)),
			entries: blob(5),
			payouts: blob(6),
		};
		world.name_output();
		let last = world.payouts.len() / 64 - 1;
		world.payouts.put(last, &Payout::default());
		world
	}

	/// The item that the entries name.
	fn item_index(&self) -> u64 {
		self.items.middle() * CHUNK_RECORDS
	}

	/// A run of windows of the item.
	fn run(&self, start: u64, count: u64, source: u64, offset: u64) -> Entry {
		let item = u32::try_from(self.item_index()).expect("a payment has a million items");
		Entry { item, start, count, source, offset, ..Default::default() }
	}

	/// Writes the item, which has to be done again after the output has changed.
	fn name_output(&mut self) {
		let item = Item { output: self.output.content(), reserved: [0; 24] };
		self.items.put(self.item_index(), &item);
	}

	fn open_item(&self) -> Opening {
		self.items.open_records(self.item_index(), 1)
	}

	fn open_entry(&self, index: u64, count: u64) -> EntryProof {
		EntryProof { index, opening: self.entries.open_records(index, count) }
	}
}

/// One case for each kind of fault where every blob has `len` bytes, as far as a payment can have so
/// many items; and another for each that may need two neighbouring chunks.
pub fn cases(len: u64) -> Vec<Case> {
	let middle = World::new(len).entries.middle();
	let inside = Places { record: middle * CHUNK_RECORDS, window: middle * 1024 + 100 };
	let across = Places {
		record: (middle + 1) * CHUNK_RECORDS - 1,
		window: (middle + 1) * 1024 - u64::from(WINDOW) / 2,
	};
	let mut cases = Vec::new();
	let mut push = |kind, across, (world, fault)| cases.push(Case { kind, across, world, fault });
	push("Structure", false, structure(len, inside));
	push("Structure", true, structure(len, across));
	push("Foreign", false, foreign(len, inside));
	push("Mismatch", false, mismatch(len, inside));
	push("Prior", false, prior(len, inside));
	push("Prior", true, prior(len, across));
	push("Amount", false, amount(len, inside));
	push("Order", false, order(len, inside));
	push("Order", true, order(len, across));
	push("Unequal", false, unequal(len, inside));
	push("Absent", false, absent(len, inside));
	push("Absent", true, absent(len, across));
	cases
}

/// An entry that ends before its item does, while the next starts the next item.
fn structure(len: u64, at: Places) -> (World, Fault) {
	let mut world = World::new(len);
	let entry = world.run(0, 5, 0, 0);
	world.entries.put(at.record, &entry);
	world.entries.put(at.record + 1, &Entry { item: entry.item + 1, ..entry });
	let fault =
		Fault::Structure { entry: world.open_entry(at.record, 2), item: Some(world.open_item()) };
	(world, fault)
}

fn foreign(len: u64, at: Places) -> (World, Fault) {
	let mut world = World::new(len);
	world.entries.put(at.record, &world.run(0, 5, UNKNOWN, 0));
	let fault = Fault::Foreign { entry: world.open_entry(at.record, 1) };
	(world, fault)
}

fn mismatch(len: u64, at: Places) -> (World, Fault) {
	let mut world = World::new(len);
	world.entries.put(at.record, &world.run(at.window, 5, EARLIER, at.window));
	world.output.write(at.window, b"a");
	world.earlier.write(at.window, b"b");
	world.name_output();
	let bytes = (world.output.open(at.window, 1), world.earlier.open(at.window, 1));
	let fault = Fault::Mismatch {
		entry: world.open_entry(at.record, 1),
		item: world.open_item(),
		position: at.window,
		bytes: Some(bytes),
	};
	(world, fault)
}

/// An entry of the later source, of which the earlier one contains a window.
fn prior(len: u64, at: Places) -> (World, Fault) {
	let mut world = World::new(len);
	world.entries.put(at.record, &world.run(at.window, 1, LATER, at.window));
	let window = [b'w'; WINDOW as usize];
	world.output.write(at.window, &window);
	world.earlier.write(at.window, &window);
	world.name_output();
	let fault = Fault::Prior {
		entry: world.open_entry(at.record, 1),
		item: world.open_item(),
		position: at.window,
		output: world.output.open(at.window, WINDOW.into()),
		source: EARLIER,
		offset: at.window,
		bytes: world.earlier.open(at.window, WINDOW.into()),
	};
	(world, fault)
}

fn amount(len: u64, at: Places) -> (World, Fault) {
	let mut world = World::new(len);
	let entry = Entry { amount: u128::MAX, ..world.run(0, 5, 0, 0) };
	world.entries.put(at.record, &entry);
	let fault =
		Fault::Amount { entry: world.open_entry(at.record, 1), item: Some(world.open_item()) };
	(world, fault)
}

/// A payout of the source, for the entry `ordinal`.
fn payout(source: u64, ordinal: u64) -> Payout {
	Payout { source, ordinal, amount: 7, before: 9, reserved: 0 }
}

fn order(len: u64, at: Places) -> (World, Fault) {
	let mut world = World::new(len);
	world.payouts.put(at.record, &payout(EARLIER, 8));
	world.payouts.put(at.record + 1, &payout(EARLIER, 3));
	let payouts = world.payouts.open_records(at.record, 2);
	(world, Fault::Order { index: at.record, payouts })
}

fn unequal(len: u64, at: Places) -> (World, Fault) {
	let mut world = World::new(len);
	world.entries.put(at.record, &world.run(0, 5, LATER, 0));
	world.payouts.put(at.record, &payout(EARLIER, at.record));
	let fault = Fault::Unequal {
		index: at.record,
		payout: world.payouts.open_records(at.record, 1),
		entry: Some(world.entries.open_records(at.record, 1)),
	};
	(world, fault)
}

/// An owned entry that would stand between two payouts.
fn absent(len: u64, at: Places) -> (World, Fault) {
	let mut world = World::new(len);
	world.entries.put(at.record, &world.run(0, 5, EARLIER, 0));
	world.payouts.put(at.record, &payout(EARLIER, at.record - 1));
	world.payouts.put(at.record + 1, &payout(EARLIER, at.record + 1));
	let fault = Fault::Absent {
		entry: world.open_entry(at.record, 1),
		index: at.record + 1,
		payouts: Some(world.payouts.open_records(at.record, 2)),
	};
	(world, fault)
}
