//! What the engine's report of an epoch pays, read from its records, and held against the rule.

use tributary_engine::{
	build_report, ClaimRun, Corpus as Sources, EpochInput, Index, MemoryBlobs, ReceiptInput,
};
use tributary_primitives::report::{Entry, Item, Payout, Record, RECORD_LEN};

use crate::rule::{self, Corpus, Earned, Receipt};

pub struct Outcome {
	/// What each source earns, in planck; 0 stands for what nobody owns.
	pub earned: Earned,
	pub entries: Vec<Entry>,
	pub payouts: Vec<Payout>,
	/// What all claims on the report come to, in planck.
	pub claimed: u128,
}

impl Outcome {
	/// The owner of each window of an item.
	pub fn owners(&self, receipt: usize, item: usize) -> Vec<u64> {
		let here = self
			.entries
			.iter()
			.filter(|entry| (entry.receipt as usize, entry.item as usize) == (receipt, item));
		here.flat_map(|entry| (0..entry.count).map(|_| entry.source)).collect()
	}

	/// What some sources earn together.
	pub fn sum(&self, sources: impl IntoIterator<Item = u64>) -> u128 {
		sources.into_iter().filter_map(|source| self.earned.get(&source)).sum()
	}
}

fn read<R: Record>(blob: &[u8]) -> Vec<R> {
	blob.as_chunks::<RECORD_LEN>().0.iter().map(R::from_bytes).collect()
}

/// Reports on an epoch. The report pays what the rule says.
pub fn report(corpus: &Corpus, receipts: &[Receipt], window: usize) -> Outcome {
	let mut sources = Sources::new();
	for (source, bytes) in corpus {
		sources.push(*source, bytes).unwrap();
	}
	let window_bytes = u32::try_from(window).unwrap();
	let index = Index::build(sources, window_bytes).unwrap();
	let mut blobs = MemoryBlobs::new();
	let receipt_inputs = receipts.iter().map(|receipt| {
		let items = receipt.outputs.iter().flat_map(|output| {
			let item = Item { output: blobs.put(output.clone()), reserved: [0; 24] };
			item.to_bytes()
		});
		let outputs_blob = Some(items.collect());
		ReceiptInput { outputs_blob, data_amount: receipt.data, withheld: receipt.withheld }
	});
	let input = EpochInput { window: window_bytes, receipts: receipt_inputs.collect() };
	let report = build_report(&input, &index, &blobs).unwrap();

	let (entries, payouts) = (read::<Entry>(&report.entries), read::<Payout>(&report.payouts));
	let mut earned = Earned::new();
	for entry in entries.iter().filter(|entry| entry.amount > 0) {
		*earned.entry(entry.source).or_default() += entry.amount;
	}
	assert_eq!(earned, rule::earned(corpus, receipts, window));
	let claims = corpus.keys().filter_map(|source| {
		ClaimRun::find(&report.payouts, *source).unwrap().map(|run| run.amount)
	});
	Outcome { earned, claimed: claims.sum(), entries, payouts }
}
