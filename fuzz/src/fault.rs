//! The verifier of faults and the watcher: nothing voids an honest report, nothing panics, and where any
//! fault is accepted against a report, the watcher finds one as well.

use codec::{Decode, Encode};
use tributary_engine::{EpochFacts, WatchError};
use tributary_primitives::{
	blob::Opening,
	fault::{verify, Blame, EntryProof, Fault},
	report::{Entry, Payout, Record, RECORD_LEN},
};

use crate::{bytes::Bytes, forge, heap, lies::mutated, world::World};

/// One input.
pub fn run(data: &[u8]) {
	let mut bytes = Bytes::new(data);
	let world = World::new(&mut bytes);
	let honest = Posted::new(&world, world.report.entries.clone(), world.report.payouts.clone());
	let found = honest.found();
	let blind = honest.found_blind(&mut bytes);
	if world.complete {
		for fault in found.iter().chain(&blind) {
			honest.check_honest(honest.verdict(fault));
		}
	}
	for _ in 0..1 + bytes.below(16) {
		let verdict = honest.forged(&mut bytes);
		if world.complete {
			honest.check_honest(verdict);
		}
	}

	let (entries, payouts) = mutated(&world, &mut bytes);
	let mutant = Posted::new(&world, entries, payouts);
	let found = mutant.found().and_then(|fault| mutant.verdict(&fault));
	let blind = mutant.found_blind(&mut bytes).and_then(|fault| mutant.verdict(&fault));
	let forged = (0..1 + bytes.below(8)).map(|_| mutant.forged(&mut bytes));
	let others: Vec<Blame> = forged.chain([blind]).flatten().collect();
	if !world.complete || mutant.is_no_report() {
		return;
	}
	match found {
		Some(Blame::Attributor) => {}
		Some(Blame::Nobody) => {
			assert!(!others.contains(&Blame::Attributor), "the watcher has missed whom to blame");
		}
		None => {
			assert!(others.is_empty(), "the watcher has missed a fault");
			let same = !world.excused.is_empty() || mutant.pays_as(&honest);
			assert!(same, "the watcher has missed a wrong report");
		}
	}
}

/// A report that was posted.
struct Posted<'a> {
	world: &'a World,
	facts: EpochFacts,
	entries: Vec<u8>,
	payouts: Vec<u8>,
}

impl<'a> Posted<'a> {
	fn new(world: &'a World, entries: Vec<u8>, payouts: Vec<u8>) -> Self {
		let facts = world.facts(&entries, &payouts);
		Self { world, facts, entries, payouts }
	}

	/// Whether the chain would not have taken it.
	fn is_no_report(&self) -> bool {
		let whole = |blob: &[u8]| blob.len().is_multiple_of(RECORD_LEN);
		self.entries.is_empty() || !whole(&self.entries) || !whole(&self.payouts)
	}

	/// What a watcher finds who has all bytes.
	fn found(&self) -> Option<Fault> {
		match self.world.find(&self.facts, &self.entries, &self.payouts) {
			Ok(found) => found,
			Err(WatchError::Empty | WatchError::Records { .. }) if self.is_no_report() => None,
			Err(WatchError::Missing(_)) if !self.world.complete => None,
			Err(error) => panic!("{error}"),
		}
	}

	/// What a watcher finds who lacks some.
	fn found_blind(&self, bytes: &mut Bytes) -> Option<Fault> {
		match self.world.find_blind(&self.facts, &self.entries, &self.payouts, bytes) {
			Ok(found) => found,
			Err(WatchError::Empty | WatchError::Records { .. }) if self.is_no_report() => None,
			Err(WatchError::Missing(_)) => None,
			Err(error) => panic!("{error}"),
		}
	}

	/// What the chain says to a fault.
	fn verdict(&self, fault: &Fault) -> Option<Blame> {
		let (verdict, taken) = heap::metered(|| verify(&self.facts, fault));
		assert_eq!(taken.calls, 0, "verification took {} bytes of heap", taken.peak);
		verdict.ok()
	}

	/// Checks what the chain says to a fault of an honest report: it stands, unless bytes were not to be
	/// had when it was made, and nobody is to blame then.
	fn check_honest(&self, verdict: Option<Blame>) {
		assert_ne!(verdict, Some(Blame::Attributor), "an honest attributor is slashed");
		assert!(verdict.is_none() || !self.world.excused.is_empty(), "an honest report is voided");
	}

	/// Whether both give every window to the same source, and every source the same amount.
	fn pays_as(&self, other: &Self) -> bool {
		let earned = |payouts: &[u8]| {
			let mut earned = std::collections::BTreeMap::<u64, u128>::new();
			for payout in payouts.as_chunks::<RECORD_LEN>().0.iter().map(Payout::from_bytes) {
				*earned.entry(payout.source).or_default() += payout.amount;
			}
			earned
		};
		World::owners(&self.entries) == World::owners(&other.entries)
			&& earned(&self.payouts) == earned(&other.payouts)
	}

	/// What the chain says to a fault that is put together from what there is, or of thin air.
	fn forged(&self, bytes: &mut Bytes) -> Option<Blame> {
		let fault = match bytes.below(9) {
			8 => {
				let mut input = bytes.take(2_000);
				match Fault::decode(&mut input) {
					Ok(fault) => fault,
					Err(_) => return None,
				}
			}
			kind => self.assembled(kind, bytes),
		};
		let decoded = Fault::decode(&mut &fault.encode()[..]);
		assert_eq!(decoded.as_ref(), Ok(&fault), "a fault survives its encoding");
		self.verdict(&fault)
	}

	fn assembled(&self, kind: usize, bytes: &mut Bytes) -> Fault {
		let index = index(bytes, &self.entries);
		let entry = EntryProof { index, opening: self.open(&self.entries, index * 64, bytes) };
		let named = record::<Entry>(&self.entries, index);
		let items = self.world.items(named.receipt);
		let item = self.open(items, u64::from(named.item) * 64, bytes);
		let source = match bytes.below(3) {
			0 => bytes.number(),
			1 => named.source,
			_ => 1 + bytes.below(8) as u64,
		};
		let into = bytes.below(1 + named.count.min(2_000) as usize) as u64;
		let position = match bytes.below(8) {
			0 => bytes.number(),
			_ => named.start.wrapping_add(into),
		};
		let output = self.world.output(named.receipt, named.item);
		let window = self.world.input.window as usize;
		let at = usize::try_from(position).unwrap_or(usize::MAX).min(output.len());
		let shown = output[at..].get(..window);
		let stands = shown.and_then(|shown| {
			self.world.source(source).windows(window).position(|earlier| earlier == shown)
		});
		let offset = match (stands, bytes.below(4)) {
			(Some(stands), 1..) => stands as u64,
			(_, 0) => bytes.number(),
			_ => named.offset.wrapping_add(into),
		};
		match kind {
			0 => Fault::Structure { entry, item: bytes.flag().then_some(item) },
			1 => Fault::Foreign { entry },
			2 => {
				let in_source = named.offset.wrapping_add(position).wrapping_sub(named.start);
				let ours = self.open(&output, position, bytes);
				let theirs = self.open(self.world.source(named.source), in_source, bytes);
				let shown = bytes.below(4) > 0;
				Fault::Mismatch { entry, item, position, bytes: shown.then_some((ours, theirs)) }
			}
			3 => {
				let output = self.open(&output, position, bytes);
				let bytes = self.open(self.world.source(source), offset, bytes);
				Fault::Prior { entry, item, position, output, source, offset, bytes }
			}
			4 => Fault::Amount { entry, item: (bytes.below(8) > 0).then_some(item) },
			5 => {
				let payouts = self.payout(index_of(bytes, &self.payouts, named.source), bytes);
				Fault::Order { index: payouts.0, payouts: payouts.1 }
			}
			6 => {
				let (index, payout) = self.payout(self::index(bytes, &self.payouts), bytes);
				let ordinal = record::<Payout>(&self.payouts, index).ordinal;
				let entry = self.open(&self.entries, ordinal.wrapping_mul(64), bytes);
				Fault::Unequal { index, payout, entry: (bytes.below(4) > 0).then_some(entry) }
			}
			_ => {
				let near = index_of(bytes, &self.payouts, named.source);
				let (_, payouts) = self.payout(near.saturating_sub(1), bytes);
				let shown = bytes.below(8) > 0;
				Fault::Absent { entry, index: near, payouts: shown.then_some(payouts) }
			}
		}
	}

	fn payout(&self, index: u64, bytes: &mut Bytes) -> (u64, Opening) {
		(index, self.open(&self.payouts, index.wrapping_mul(64), bytes))
	}

	/// An opening of `blob` at a place, or of another blob, or a damaged one.
	fn open(&self, blob: &[u8], at: u64, bytes: &mut Bytes) -> Opening {
		let at = usize::try_from(at).unwrap_or(usize::MAX);
		let kind = bytes.below(16);
		let right = forge::around(blob, at, 2);
		let output;
		let other = match kind {
			0 => &self.entries,
			1 => &self.payouts,
			2 => self.world.items(bytes.below(4) as u32),
			3 => self.world.source(bytes.below(8) as u64),
			4 => {
				output = self.world.output(bytes.below(4) as u32, bytes.below(5) as u32);
				&output
			}
			5 => blob,
			_ => return right,
		};
		let other = forge::around(other, bytes.below(2_000), 2);
		let mut opening = if bytes.flag() { other.clone() } else { right };
		for _ in 0..bytes.below(3) {
			forge::damage(&mut opening, &other, bytes);
		}
		opening
	}
}

fn count(blob: &[u8]) -> usize {
	blob.len() / RECORD_LEN
}

/// Where a record of `blob` stands, or one past them, or anywhere.
fn index(bytes: &mut Bytes, blob: &[u8]) -> u64 {
	match bytes.below(16) {
		0 => bytes.number() >> 6,
		_ => bytes.below(count(blob) + 1) as u64,
	}
}

/// Where the payouts of `source` begin, or near it.
fn index_of(bytes: &mut Bytes, payouts: &[u8], source: u64) -> u64 {
	let records = payouts.as_chunks::<RECORD_LEN>().0;
	let start = records.partition_point(|record| Payout::from_bytes(record).source < source);
	match bytes.below(3) {
		0 => index(bytes, payouts),
		_ => (start + bytes.below(8)) as u64,
	}
}

fn record<R: Record + Default>(blob: &[u8], index: u64) -> R {
	let at = usize::try_from(index).ok().and_then(|index| index.checked_mul(RECORD_LEN));
	at.and_then(|at| R::read(blob, at)).unwrap_or_default()
}
