//! What the calls of an act may move.

use proptest::prelude::*;

use super::{super::*, mandate::mandate};

const NATIVE: Currency = Currency::Native;

fn windows() -> Windows {
	Windows::of(&mandate(), None, 0)
}

#[test]
fn what_a_call_brings_in_does_not_lessen_what_another_takes_out() {
	let mut tally = Tally::default();
	let mut count = |balances| tally.count(&mandate(), &windows(), 1, NATIVE, balances);
	assert_eq!(count((100, 90)), Ok(()));
	assert_eq!(count((90, 500)), Ok(()));
	assert_eq!(count((500, 490)), Ok(()));
	let over = Breach::WindowBudget { currency: NATIVE, spent: 21, budget: 20 };
	assert_eq!(count((490, 489)), Err(over));
	let flow = Flow { currency: NATIVE, spent: 21, earned: 410 };
	assert_eq!(tally.flows().to_vec(), [flow]);
}

#[test]
fn one_call_spends_at_most_its_budget() {
	let count =
		|currency, spent| Tally::default().count(&mandate(), &windows(), 1, currency, (spent, 0));
	assert_eq!(count(NATIVE, 10), Ok(()));
	let over = |currency, spent, budget| Err(Breach::CallBudget { currency, spent, budget });
	assert_eq!(count(NATIVE, 11), over(NATIVE, 11, 10));
	for unbudgeted in [Currency::Asset(5), Currency::Asset(9)] {
		assert_eq!(count(unbudgeted, 0), Ok(()));
		assert_eq!(count(unbudgeted, 1), over(unbudgeted, 1, 0));
	}
}

#[test]
fn so_many_currencies_are_admitted_each_counted_once() {
	let mut tally = Tally::default();
	let assets = |range: std::ops::Range<u32>| range.map(Currency::Asset);
	assert_eq!(tally.admit(assets(0..MAX_FLOWS - 1).chain([NATIVE])), Ok(()));
	assert_eq!(tally.admit(assets(0..3).chain([NATIVE])), Ok(()));
	assert!(tally.flows().is_empty());
	assert_eq!(tally.admit(assets(MAX_FLOWS..MAX_FLOWS + 1)), Err(Breach::TooManyCurrencies));
}

proptest! {
	#[test]
	fn an_act_that_is_within_its_budgets_spends_what_the_sums_say(
		spent_before in 0u128..30,
		moves in prop::collection::vec((0u8..3, 0u128..25, 0u128..25), 1..8),
	) {
		let mandate = mandate();
		let mut windows = windows();
		windows.spend(NATIVE, 5, spent_before);
		let mut tally = Tally::default();
		let currency = |which| [NATIVE, Currency::Asset(4), Currency::Asset(5)][usize::from(which)];
		let mut sums = [0u128; 3];
		let mut within = true;
		for (which, before, after) in &moves {
			let spent = before.saturating_sub(*after);
			let sum = &mut sums[usize::from(*which)];
			*sum += spent;
			let (most, most_of_window) = if *which == 2 { (0, 0) } else { (10, 20) };
			let earlier = if *which == 0 { spent_before } else { 0 };
			let fits = spent == 0 || (spent <= most && earlier + *sum <= most_of_window);
			let counted = tally.count(&mandate, &windows, 6, currency(*which), (*before, *after));
			prop_assert_eq!(counted.is_ok(), fits);
			within &= fits;
		}
		if within {
			for flow in tally.flows() {
				let which = (0..3).find(|which| currency(*which) == flow.currency).unwrap();
				prop_assert_eq!(flow.spent, sums[usize::from(which)]);
			}
		}
	}
}
