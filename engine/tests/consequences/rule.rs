//! The window rule and the sharing of amounts, from the words of protocol 4 and 5 alone: nothing here is
//! the engine's.

use std::collections::{BTreeMap, HashMap};

/// Contributions by source, which is `seq + 1`.
pub type Corpus = BTreeMap<u64, Vec<u8>>;
/// What each source earns, in planck; 0 stands for what nobody owns.
pub type Earned = BTreeMap<u64, u128>;

/// A payment: outputs, what they share in planck, and whether they are withheld.
#[derive(Clone, Debug)]
pub struct Receipt {
	pub outputs: Vec<Vec<u8>>,
	pub data: u128,
	pub withheld: bool,
}

/// For each window of `output` the contribution of least seq that contains its bytes, or 0.
pub fn owners(corpus: &Corpus, output: &[u8], window: usize) -> Vec<u64> {
	let mut earliest = HashMap::new();
	for (source, bytes) in corpus {
		for bytes in bytes.windows(window) {
			earliest.entry(bytes).or_insert(*source);
		}
	}
	output.windows(window).map(|bytes| earliest.get(bytes).copied().unwrap_or(0)).collect()
}

/// What part `at` of `parts` equal ones is worth: shares telescope, so they sum to the whole.
fn share(whole: u128, parts: usize, at: usize) -> u128 {
	let (parts, at) = (parts as u128, at as u128);
	whole * (at + 1) / parts - whole * at / parts
}

/// What item `at` of a receipt carries.
pub fn item_amount(receipt: &Receipt, at: usize) -> u128 {
	share(receipt.data, receipt.outputs.len(), at)
}

/// What each source earns of `receipts`.
pub fn earned(corpus: &Corpus, receipts: &[Receipt], window: usize) -> Earned {
	let mut earned = Earned::new();
	for receipt in receipts {
		if receipt.withheld {
			*earned.entry(0).or_default() += receipt.data;
			continue;
		}
		for (at, output) in receipt.outputs.iter().enumerate() {
			let amount = item_amount(receipt, at);
			let owners = owners(corpus, output, window);
			if owners.is_empty() {
				*earned.entry(0).or_default() += amount;
			}
			for (j, owner) in owners.iter().enumerate() {
				*earned.entry(*owner).or_default() += share(amount, owners.len(), j);
			}
		}
	}
	earned.retain(|_, amount| *amount > 0);
	earned
}
