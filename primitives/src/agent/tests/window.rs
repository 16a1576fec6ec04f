//! What counts as spent in the last blocks.

use bounded_collections::BoundedVec;
use proptest::prelude::*;

use super::{super::*, mandate::mandate};

#[test]
fn what_was_spent_counts_for_the_window_and_at_most_a_bucket_longer() {
	let mut window = RollingWindow::new(16);
	window.spend(5, 100);
	for block in 5..=20 {
		assert_eq!(window.spent(block), 100, "{block}");
	}
	assert_eq!(window.spent(22), 0);
	assert_eq!(window.spent(u32::MAX), 0);
}

#[test]
fn a_window_of_one_block_counts_that_block_and_the_eight_before() {
	let mut window = RollingWindow::new(1);
	window.spend(5, 100);
	assert_eq!((window.spent(5), window.spent(13), window.spent(14)), (100, 100, 0));
}

#[test]
fn sums_stay_within_what_can_be_counted() {
	let mut window = RollingWindow::new(8);
	window.spend(1, u128::MAX);
	window.spend(1, 1);
	window.spend(2, 1);
	assert_eq!(window.spent(2), u128::MAX);
}

#[test]
fn another_window_takes_along_what_counts() {
	let mut window = RollingWindow::new(16);
	window.spend(1, 100);
	window.spend(9, 50);
	window.resize(10, 16);
	assert_eq!((window.spent(10), window.spent(18)), (150, 50));
	window.resize(18, 800);
	assert_eq!((window.spent(18), window.spent(817)), (50, 50));
	window.resize(18, 8);
	assert_eq!((window.spent(18), window.spent(26), window.spent(27)), (50, 50, 0));
}

#[test]
fn windows_are_kept_for_each_currency_of_a_mandate() {
	let mut windows = Windows::of(&mandate(), None, 1);
	for (currency, amount) in
		[(Currency::Native, 3), (Currency::Asset(4), 5), (Currency::Asset(5), 7)]
	{
		windows.spend(currency, 1, amount);
	}
	assert_eq!(windows.spent(Currency::Native, 1), 3);
	assert_eq!(windows.spent(Currency::Asset(4), 1), 5);
	assert_eq!(windows.spent(Currency::Asset(9), 1), 0);
	assert_eq!(windows.spent(Currency::Asset(5), 1), 0);
}

#[test]
fn the_windows_of_the_next_mandate_take_over_what_counts_of_the_same_currencies() {
	let mut before = Windows::of(&mandate(), None, 1);
	before.spend(Currency::Native, 1, 3);
	before.spend(Currency::Asset(4), 1, 5);
	before.spend(Currency::Asset(9), 1, 7);
	let budget = Budget::default();
	let assets = BoundedVec::truncate_from(vec![(2, budget), (9, budget)]);
	let next = Mandate { assets, window: 80, ..mandate() };
	let after = Windows::of(&next, Some(&before), 10);
	assert_eq!(after.spent(Currency::Native, 10), 3);
	assert_eq!(after.spent(Currency::Asset(9), 10), 7);
	assert_eq!(after.spent(Currency::Asset(2), 10), 0);
	assert_eq!(after.spent(Currency::Asset(4), 10), 0);
	assert!(after.assets.iter().map(|(asset, _)| *asset).eq([2, 9]));
}

prop_compose! {
	/// Blocks in order and what is spent in each of them, and how long a window is.
	fn spends()(
		window in prop_oneof![1u32..40, 1u32..10_000],
		steps in prop::collection::vec((0u32..4, 0u32..30, 0u128..100), 1..60),
	) -> (u32, Vec<(u32, u128)>) {
		let mut block = 0u32;
		let spends = steps.into_iter().map(|(long, step, amount)| {
			block += if long == 0 { step * window / 10 } else { step * window / 200 };
			(block, amount)
		});
		(window, spends.collect())
	}
}

/// What was spent in the `window` blocks that end with `block`.
fn naive(spends: &[(u32, u128)], window: u32, block: u32) -> u128 {
	let first = u64::from(block) + 1;
	let within = |at: u32| at <= block && u64::from(at) + u64::from(window) >= first;
	spends.iter().filter(|(at, _)| within(*at)).map(|(_, amount)| amount).sum()
}

proptest! {
	#[test]
	fn no_less_counts_than_was_spent_and_no_more_than_in_a_window_and_two_buckets(
		(window, spends) in spends(), later in 0u32..10_000,
	) {
		let mut rolling = RollingWindow::new(window);
		let bucket = window.div_ceil(8);
		for (index, (block, amount)) in spends.iter().enumerate() {
			rolling.spend(*block, *amount);
			let so_far = &spends[..=index];
			for at in [*block, block + later] {
				let counted = rolling.spent(at);
				prop_assert!(counted >= naive(so_far, window, at));
				prop_assert!(counted <= naive(so_far, 9 * bucket, at));
			}
		}
	}

	#[test]
	fn a_limit_on_what_counts_holds_for_every_run_of_blocks(
		(window, spends) in spends(), limit in 0u128..500,
	) {
		let mut rolling = RollingWindow::new(window);
		let mut taken = Vec::new();
		for (block, amount) in spends {
			if rolling.spent(block) + amount <= limit {
				rolling.spend(block, amount);
				taken.push((block, amount));
			}
		}
		for (block, _) in &taken {
			prop_assert!(naive(&taken, window, *block) <= limit);
			prop_assert!(naive(&taken, window, block + window - 1) <= limit);
		}
	}

	#[test]
	fn a_resize_never_forgets_what_counts(
		(window, spends) in spends(), other in 1u32..10_000,
	) {
		let mut rolling = RollingWindow::new(window);
		for (block, amount) in &spends {
			rolling.spend(*block, *amount);
		}
		let last = spends.last().unwrap().0;
		let before = rolling.spent(last);
		rolling.resize(last, other);
		prop_assert_eq!(rolling.spent(last), before);
		if window.div_ceil(8) != other.div_ceil(8) {
			prop_assert_eq!(rolling.spent(last + other - 1), before);
		}
	}
}
