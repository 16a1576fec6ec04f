//! The run of payouts of one source, and what it earned (protocol 6).

use crate::{
	blob::{self, Content, Opening, OpeningError},
	report::{record_at, record_count, Payout},
};

/// One end of a run, with its neighbour outside the run where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunEnd<'a> {
	/// The payout's index.
	pub index: u64,
	/// The chunks of the blob of payouts that hold it and its neighbour.
	pub opening: &'a Opening,
}

/// Why two payouts are not the ends of the run of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunError {
	/// An opening does not verify, or does not hold the payouts asked for.
	Opening(OpeningError),
	/// They are payouts of another source, or the run goes on beyond them.
	WrongRun,
}

impl From<OpeningError> for RunError {
	fn from(error: OpeningError) -> Self {
		Self::Opening(error)
	}
}

/// What `source` earned by the blob of `payouts`, in planck, where `first` and `last` are the ends of
/// its run: the running sum after the last, less that before the first. Exact.
///
/// # Errors
/// Where they are not the ends of the whole run.
pub fn run_earnings(
	payouts: &Content,
	source: u64,
	first: RunEnd<'_>,
	last: RunEnd<'_>,
) -> Result<u128, RunError> {
	let count = record_count(payouts.len).unwrap_or(0);
	if first.index > last.index || last.index >= count {
		return Err(RunError::WrongRun);
	}
	let first_opening = blob::verify(payouts, first.opening)?;
	let last_opening = blob::verify(payouts, last.opening)?;
	let first_payout: Payout = record_at(&first_opening, first.index)?;
	let last_payout: Payout = record_at(&last_opening, last.index)?;
	let mut whole = first_payout.source == source && last_payout.source == source;
	if let Some(index) = first.index.checked_sub(1) {
		whole &= record_at::<Payout>(&first_opening, index)?.source < source;
	}
	let next = last.index.saturating_add(1);
	if next < count {
		whole &= record_at::<Payout>(&last_opening, next)?.source > source;
	}
	let sum = last_payout.before.checked_add(last_payout.amount);
	sum.and_then(|sum| sum.checked_sub(first_payout.before))
		.filter(|_| whole)
		.ok_or(RunError::WrongRun)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::report::Record;
	use proptest::prelude::*;

	/// Payouts of the given sources, each of its index plus one.
	fn payouts(sources: &[u64]) -> Vec<u8> {
		let mut before = 0;
		let records = (0u64..).zip(sources).flat_map(|(ordinal, source)| {
			let amount = u128::from(ordinal) + 1;
			let payout = Payout { source: *source, ordinal, amount, before, reserved: 0 };
			before += amount;
			payout.to_bytes()
		});
		records.collect()
	}

	fn open(blob: &[u8], from: u64, to: u64) -> Opening {
		let end = (to + 1).min(blob.len() as u64 / 64) * 64;
		blob::open(blob, from * 64, end - from * 64).unwrap()
	}

	proptest! {
		#[test]
		fn a_whole_run_earns_its_sum_and_a_part_earns_nothing(
			mut sources in proptest::collection::vec(1u64..6, 1..90),
			cut in 0u64..3,
		) {
			sources.sort_unstable();
			let blob = payouts(&sources);
			let content = Content::of(&blob);
			for source in 1..6 {
				let start = sources.partition_point(|other| *other < source) as u64;
				let end = sources.partition_point(|other| *other <= source) as u64;
				if start == end {
					continue;
				}
				let earn = |first: u64, last: u64| {
					let head = open(&blob, first.saturating_sub(1), first);
					let tail = open(&blob, last, last + 1);
					let first = RunEnd { index: first, opening: &head };
					run_earnings(&content, source, first, RunEnd { index: last, opening: &tail })
				};
				let sum = (start + 1..=end).map(u128::from).sum();
				prop_assert_eq!(earn(start, end - 1), Ok(sum));
				if start + cut < end && cut > 0 {
					prop_assert_eq!(earn(start + cut, end - 1), Err(RunError::WrongRun));
					prop_assert_eq!(earn(start, end - 1 - cut), Err(RunError::WrongRun));
				}
			}
		}
	}

	#[test]
	fn ends_out_of_order_or_past_the_last_are_refused() {
		let blob = payouts(&[1, 1, 2]);
		let content = Content::of(&blob);
		let opening = open(&blob, 0, 2);
		let end = |index| RunEnd { index, opening: &opening };
		for (first, last) in [(1, 0), (0, 3), (3, 3)] {
			assert_eq!(run_earnings(&content, 1, end(first), end(last)), Err(RunError::WrongRun));
		}
		assert_eq!(run_earnings(&content, 2, end(0), end(1)), Err(RunError::WrongRun));
		assert_eq!(run_earnings(&content, 1, end(0), end(1)), Ok(3));
		assert_eq!(run_earnings(&content, 2, end(2), end(2)), Ok(3));
	}
}
