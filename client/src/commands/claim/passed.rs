//! `claim passed`: credit that a contribution passes on to the sources of the output that it repeats.

use serde_json::json;
use tributary_engine::{entry_proof, item_entries, BlobSource};
use tributary_primitives::{
	blob,
	fault::EntryProof,
	ids::seq_of,
	report::{Entry, RECORD_LEN},
	views::ReportStateView,
};

use super::Run;
use crate::{
	chain::{calls, tx::Via},
	error::{Error, Result},
};

impl Run<'_> {
	/// Pays what `source` passed on, by each entry of the report on the output that it repeats, or only by
	/// `wanted`.
	pub(super) async fn passed(&mut self, source: u64, wanted: &[u64]) -> Result<()> {
		let seq = seq_of(source).ok_or_else(|| {
			Error::usage("source 0 is nobody. A source is one more than the contribution's number.")
		})?;
		let found = self.chain.contribution(seq).await?;
		let served = found.synthetic.ok_or_else(|| {
			Error::refused(format!(
				"contribution {seq} passes nothing on: it was not shown to repeat an output, or its \
				 dataset refuses such."
			))
		})?;
		let report = self.chain.report(served.model, served.epoch).await?;
		if report.state != ReportStateView::Final {
			return Err(Error::refused(format!(
				"report {} on the output is not final: finalise it after block {}.",
				report.id, report.challenge_until
			)));
		}
		let entries = self.store.get(&report.entries).map_err(Error::usage)?.into_owned();
		for proof in proofs(&entries, served.receipt, served.item)? {
			let entry = proof.index;
			if !wanted.is_empty() && !wanted.contains(&entry) {
				continue;
			}
			let json = json!({
				"kind": "passed",
				"model": served.model,
				"epoch": served.epoch,
				"source": source,
				"entry": entry,
			});
			let what = format!("entry {entry}, of what contribution {seq} passed on");
			let paid = ("Attribution", "PassedClaimed");
			let call = calls::claim_passed(source, &proof);
			self.send(call, Via::Proof, json, &what, paid).await?;
		}
		Ok(())
	}
}

/// The entries on an item, each opened. Where the receipt's outputs were withheld that is the one entry of
/// the receipt, which stands for them all, opened with its successor.
fn proofs(entries: &[u8], receipt: u32, item: u32) -> Result<Vec<EntryProof>> {
	let own = item_entries(entries, receipt, item);
	if !own.is_empty() {
		let open = |(ordinal, _): &(u64, Entry)| entry_proof(entries, *ordinal);
		return own.iter().map(open).collect::<std::result::Result<_, _>>().map_err(Error::usage);
	}
	let [(ordinal, Entry { count: 0, .. })] = item_entries(entries, receipt, 0)[..] else {
		return Ok(Vec::new());
	};
	let start = ordinal * RECORD_LEN as u64;
	let rest = (entries.len() as u64).saturating_sub(start);
	let opening = blob::open(entries, start, rest.min(2 * RECORD_LEN as u64));
	Ok(vec![EntryProof { index: ordinal, opening: opening.map_err(Error::usage)? }])
}

#[cfg(test)]
mod tests {
	use super::*;
	use tributary_primitives::{blob::Content, report::Record};

	fn entries(items: &[(u32, u32, u64)]) -> Vec<u8> {
		let entry = |(receipt, item, count): &(u32, u32, u64)| {
			Entry { receipt: *receipt, item: *item, count: *count, ..Entry::default() }.to_bytes()
		};
		items.iter().flat_map(entry).collect()
	}

	fn indices(entries: &[u8], receipt: u32, item: u32) -> Vec<u64> {
		let content = Content::of(entries);
		let proofs = proofs(entries, receipt, item).unwrap();
		for proof in &proofs {
			let verified = blob::verify(&content, &proof.opening).unwrap();
			let start = proof.index * RECORD_LEN as u64;
			let wanted = RECORD_LEN as u64 * if item == 0 { 1 } else { 2 };
			verified.slice(start, wanted.min(content.len - start)).unwrap();
		}
		proofs.iter().map(|proof| proof.index).collect()
	}

	#[test]
	fn each_entry_on_the_item_is_opened() {
		let entries = entries(&[(0, 0, 3), (1, 0, 2), (1, 0, 5), (1, 1, 1)]);
		assert_eq!(indices(&entries, 1, 0), [1, 2]);
		assert_eq!(indices(&entries, 2, 0), [0u64; 0]);
	}

	#[test]
	fn the_one_entry_of_a_withheld_receipt_stands_for_each_of_its_items() {
		let many = entries(&[[(0, 0, 3); 15].as_slice(), &[(1, 0, 0), (2, 0, 1)]].concat());
		assert_eq!(indices(&many, 1, 4), [15]);
		let last = entries(&[(0, 0, 3), (1, 0, 0)]);
		assert_eq!(indices(&last, 1, 4), [1]);
		let shown = entries(&[(0, 0, 3), (1, 0, 2)]);
		assert_eq!(indices(&shown, 1, 4), [0u64; 0]);
	}
}
