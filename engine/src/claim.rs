//! What a source earned by a final report, and the two openings that claim it (protocol 6).

use tributary_primitives::{
	blob::{Opening, OpeningError},
	report::{Payout, RECORD_LEN},
};

use crate::records::Records;

/// Why a claim is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
	/// The blob is no list of payouts.
	#[error("the payouts have {0} bytes, no multiple of 64; give the blob that the report names")]
	Records(usize),
	/// The payouts are not sorted, or their running sums are wrong.
	#[error(
		"payout {0} does not follow from the one before it, as in no final report; give the blob \
		 that the report names"
	)]
	Order(u64),
	/// The blob can not be opened.
	#[error("the payouts can not be opened: {0}")]
	Opening(#[from] OpeningError),
}

/// A payout and an opening that holds it, with its neighbour outside the run where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutProof {
	/// The payout's index.
	pub index: u64,
	/// Chunks of the blob of payouts.
	pub opening: Opening,
}

/// All payouts of one source, which stand side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRun {
	/// The source, `seq + 1`.
	pub source: u64,
	/// The first payout; its opening also holds the one before it, unless it is the first of all.
	pub first: PayoutProof,
	/// The last payout; its opening also holds the one after it, unless it is the last of all.
	pub last: PayoutProof,
	/// What the source earned, in planck.
	pub amount: u128,
}

impl ClaimRun {
	/// Finds what `source` earned in a blob of payouts; `None` where it has no payout.
	///
	/// Reads the whole blob, hashes it twice, and checks that it is sorted with right sums.
	///
	/// # Errors
	/// Where `payouts` is not the blob of a report that could become final.
	pub fn find(payouts: &[u8], source: u64) -> Result<Option<Self>, ClaimError> {
		if !payouts.len().is_multiple_of(RECORD_LEN) {
			return Err(ClaimError::Records(payouts.len()));
		}
		let records = Records::<Payout>::new(payouts);
		check_order(&records)?;
		let start = records.partition_point(|payout| payout.source < source);
		let end = records.partition_point(|payout| payout.source <= source);
		let last = end.saturating_sub(1);
		let (Some(from), Some(to)) = (records.get(start), records.get(last)) else {
			return Ok(None);
		};
		if end <= start {
			return Ok(None);
		}
		// Sums are checked above: neither step leaves u128.
		let amount = to.before.saturating_add(to.amount).saturating_sub(from.before);
		let first =
			PayoutProof { index: start, opening: records.open(start.saturating_sub(1), start)? };
		let last = PayoutProof { index: last, opening: records.open(last, end)? };
		Ok(Some(Self { source, first, last, amount }))
	}
}

fn check_order(records: &Records<Payout>) -> Result<(), ClaimError> {
	let mut sum = Some(0);
	let mut previous = None;
	for (index, payout) in records.iter() {
		let key = Some((payout.source, payout.ordinal));
		if key <= previous || sum != Some(payout.before) {
			return Err(ClaimError::Order(index));
		}
		sum = payout.before.checked_add(payout.amount);
		previous = key;
	}
	match sum {
		Some(_) => Ok(()),
		None => Err(ClaimError::Order(records.len().saturating_sub(1))),
	}
}

#[cfg(test)]
mod tests {
	use tributary_primitives::{
		blob::{verify, Content},
		report::Record,
		run::{run_earnings, RunEnd, RunError},
	};

	use super::*;

	fn payouts(runs: &[(u64, u64)]) -> Vec<u8> {
		let mut blob = Vec::new();
		let (mut ordinal, mut before) = (0, 0);
		for (source, count) in runs {
			for _ in 0..*count {
				let amount = u128::from(ordinal % 7);
				let payout = Payout { source: *source, ordinal, amount, before, reserved: 0 };
				blob.extend_from_slice(&payout.to_bytes());
				(ordinal, before) = (ordinal + 1, before + amount);
			}
		}
		blob
	}

	#[test]
	fn a_run_is_opened_at_both_ends_with_its_neighbours() {
		let blob = payouts(&[(1, 1), (3, 40), (4, 15), (9, 1)]);
		let content = Content::of(&blob);
		for (source, first, last) in [(1, 0, 0), (3, 1, 40), (4, 41, 55), (9, 56, 56)] {
			let run = ClaimRun::find(&blob, source).unwrap().unwrap();
			assert_eq!((run.first.index, run.last.index), (first, last));
			let expected: u128 = (first..=last).map(|ordinal| u128::from(ordinal % 7)).sum();
			assert_eq!(run.amount, expected);
			assert_eq!(claimed(&content, &run), Ok(expected));

			let opened = verify(&content, &run.first.opening).unwrap();
			opened.slice(first.saturating_sub(1) * 64, if first == 0 { 64 } else { 128 }).unwrap();
			let opened = verify(&content, &run.last.opening).unwrap();
			opened.slice(last * 64, if last == 56 { 64 } else { 128 }).unwrap();
		}
	}

	/// What the chain makes of a claim.
	fn claimed<'a>(payouts: &Content, run: &'a ClaimRun) -> Result<u128, RunError> {
		let end = |proof: &'a PayoutProof| RunEnd { index: proof.index, opening: &proof.opening };
		run_earnings(payouts, run.source, end(&run.first), end(&run.last))
	}

	#[test]
	fn a_source_without_payouts_has_no_run() {
		let blob = payouts(&[(2, 3), (4, 2)]);
		for source in [0, 1, 3, 5, u64::MAX] {
			assert_eq!(ClaimRun::find(&blob, source).unwrap(), None);
		}
		assert_eq!(ClaimRun::find(&[], 1).unwrap(), None);
	}

	#[test]
	fn what_is_claimed_of_each_source_sums_to_the_total() {
		let blob = payouts(&[(1, 17), (2, 1), (3, 16), (7, 100), (8, 3)]);
		let content = Content::of(&blob);
		let run = |source| ClaimRun::find(&blob, source).unwrap().unwrap();
		let sum: u128 =
			[1, 2, 3, 7, 8].map(|source| claimed(&content, &run(source)).unwrap()).iter().sum();
		assert_eq!(sum, (0..137).map(|ordinal| ordinal % 7).sum());
		let stolen = ClaimRun { source: 3, ..run(7) };
		assert_eq!(claimed(&content, &stolen), Err(RunError::WrongRun));
	}

	#[test]
	fn a_blob_that_no_final_report_has_is_refused() {
		let blob = payouts(&[(2, 3), (4, 2)]);
		assert_eq!(ClaimRun::find(&blob[..100], 2), Err(ClaimError::Records(100)));
		let mut swapped = blob.clone();
		swapped.rotate_left(64);
		assert!(matches!(ClaimRun::find(&swapped, 2), Err(ClaimError::Order(_))));
		assert_eq!(ClaimRun::find(&[255; 64], 2), Err(ClaimError::Order(0)));
	}
}
