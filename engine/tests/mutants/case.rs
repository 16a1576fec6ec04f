//! One epoch with an honest report of it, of all that a report may hold.

use tributary_engine::{
	build_report, find_fault, BlobSource, Corpus, EpochFacts, EpochInput, Index, MemoryBlobs,
	ReceiptInput, Report,
};
use tributary_primitives::{
	blob::Content,
	fault::{verify, Fault},
	report::{Entry, Item, Record, RECORD_LEN},
	window::covered_len,
};

use crate::mutate::{read, Numbers};

pub const WINDOW: u32 = 24;

/// An epoch and all its bytes.
pub struct Case {
	pub input: EpochInput,
	pub index: Index,
	pub blobs: MemoryBlobs,
	pub report: Report,
}

impl Case {
	pub fn new() -> Self {
		Self::seeded(1)
	}

	/// The same with other random bytes.
	pub fn seeded(seed: u64) -> Self {
		let mut numbers = Numbers(seed);
		let first = numbers.bytes(2500);
		let second = [&numbers.bytes(700), &first[900..1100], &numbers.bytes(1400)].concat();
		let padded_copy = [&numbers.bytes(37), &first[..], b"padding"].concat();
		let repetitive = b"the same line again and again\n".repeat(20);
		let last = [&second[600..1000], &numbers.bytes(500)].concat();
		let mut corpus = Corpus::new();
		for (source, bytes) in
			[(1, &first), (2, &second), (5, &padded_copy), (6, &repetitive), (9, &last)]
		{
			corpus.push(source, bytes).unwrap();
		}
		let index = Index::build(corpus, WINDOW).unwrap();

		let mut blobs = MemoryBlobs::new();
		let quoting = [
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
		.concat();
		let plain = numbers.bytes(40);
		let exact = first[100..124].to_vec();
		let mut receipts = vec![
			(vec![quoting, b"short".to_vec(), Vec::new()], 1_000_003),
			(vec![exact], 7),
			(
				vec![repetitive[..200].to_vec(), [&last[390..440], &first[5..50]].concat()],
				u128::MAX / 3,
			),
			(vec![plain, Vec::new()], 0),
		];
		let many = (0..20).map(|at| second[at * 30..at * 30 + 20 + at].to_vec()).collect();
		receipts.push((many, 999));
		let receipts = receipts.into_iter().map(|(outputs, data_amount)| {
			let items = outputs.into_iter().map(|output| {
				let output = blobs.put(output);
				Item { output, reserved: [0; 24] }.to_bytes()
			});
			ReceiptInput { outputs_blob: Some(items.collect::<Vec<_>>().concat()), data_amount }
		});
		let input = EpochInput { window: WINDOW, receipts: receipts.collect() };
		let report = build_report(&input, &index, &blobs).unwrap();
		Self { input, index, blobs, report }
	}

	pub fn facts(&self, entries: &[u8], payouts: &[u8]) -> EpochFacts {
		let (entries, payouts) = (Content::of(entries), Content::of(payouts));
		EpochFacts::new(&self.input, self.index.corpus(), entries, payouts).unwrap()
	}

	pub fn find(&self, entries: &[u8], payouts: &[u8]) -> Option<Fault> {
		let facts = self.facts(entries, payouts);
		let found = find_fault(&self.input, &self.index, &self.blobs, &facts, entries, payouts);
		let fault = found.unwrap_or_else(|error| panic!("{error}"))?;
		assert_eq!(verify(&facts, &fault), Ok(()));
		Some(fault)
	}

	/// Whether the report pays as the honest one does, all that it says is true, and all that it
	/// leaves open is open: told without the engine's own checks.
	pub fn is_as_good(&self, entries: &[u8], payouts: &[u8]) -> bool {
		let honest = read::<Entry>(&self.report.entries);
		let ours = read::<Entry>(entries);
		if payouts != self.report.payouts || honest.len() != ours.len() {
			return false;
		}
		honest.iter().zip(&ours).all(|(honest, ours)| {
			let moved = Entry { offset: honest.offset, ..*ours };
			moved == *honest && (ours.offset == honest.offset || self.stands(ours))
		})
	}

	/// The blob of items of a receipt.
	pub fn items(&self, receipt: u32) -> &[u8] {
		self.input.receipts[receipt as usize].outputs_blob.as_deref().unwrap()
	}

	pub fn stands(&self, entry: &Entry) -> bool {
		let items = self.items(entry.receipt);
		let item = Item::read(items, entry.item as usize * RECORD_LEN).unwrap();
		let output = self.blobs.get(&item.output).unwrap();
		let len = covered_len(entry.count, WINDOW) as usize;
		let start = entry.start as usize;
		let end = (entry.offset as usize).saturating_add(len);
		let source = self.index.corpus().get(entry.source).unwrap_or_default();
		source.get(entry.offset as usize..end) == Some(&output[start..start + len])
	}
}
