//! What a mandate is, and allows.

use bounded_collections::BoundedVec;
use proptest::prelude::*;

use super::super::*;

const BUDGET: Budget = Budget { per_call: 10, per_window: 20 };

fn call(pallet: u8, call: u8) -> CallIndex {
	CallIndex { pallet, call }
}

pub fn mandate() -> Mandate<u64> {
	Mandate {
		calls: BoundedVec::truncate_from(vec![call(0, 7), call(10, 0), call(10, 3)]),
		native: BUDGET,
		assets: BoundedVec::truncate_from(vec![(4, BUDGET), (9, Budget::default())]),
		window: 16,
		counterparties: Some(BoundedVec::truncate_from(vec![1, 5])),
		expires_at: 100,
	}
}

#[test]
fn a_mandate_in_order_is_one() {
	assert_eq!(mandate().check(), Ok(()));
	let least = Mandate {
		calls: BoundedVec::new(),
		assets: BoundedVec::new(),
		counterparties: None,
		window: 1,
		..mandate()
	};
	assert_eq!(least.check(), Ok(()));
}

#[test]
fn lists_out_of_order_and_windows_without_blocks_are_named() {
	let with = |change: fn(&mut Mandate<u64>)| {
		let mut mandate = mandate();
		change(&mut mandate);
		mandate.check().unwrap_err()
	};
	assert_eq!(with(|mandate| mandate.calls.as_mut().swap(1, 2)), MandateError::CallsNotSorted);
	assert_eq!(with(|mandate| mandate.calls[1] = mandate.calls[0]), MandateError::CallsNotSorted);
	assert_eq!(with(|mandate| mandate.assets.as_mut().swap(0, 1)), MandateError::AssetsNotSorted);
	assert_eq!(with(|mandate| mandate.assets[1].0 = 4), MandateError::AssetsNotSorted);
	let twice = MandateError::CounterpartiesNotSorted;
	assert_eq!(with(|mandate| mandate.counterparties.as_mut().unwrap().as_mut().swap(0, 1)), twice);
	assert_eq!(with(|mandate| mandate.counterparties.as_mut().unwrap()[0] = 5), twice);
	assert_eq!(with(|mandate| mandate.window = 0), MandateError::ZeroWindow);
}

#[test]
fn an_asset_without_a_budget_has_one_of_nothing() {
	let mandate = mandate();
	assert_eq!(mandate.budget(Currency::Native), BUDGET);
	assert_eq!(mandate.budget(Currency::Asset(4)), BUDGET);
	assert_eq!(mandate.budget(Currency::Asset(9)), Budget::default());
	assert_eq!(mandate.budget(Currency::Asset(5)), Budget::default());
	let currencies = [Currency::Native, Currency::Asset(4), Currency::Asset(9)];
	assert!(mandate.currencies().eq(currencies));
}

#[test]
fn without_a_list_anyone_is_a_counterparty_and_with_an_empty_one_nobody() {
	let mut mandate = mandate();
	assert!(mandate.allows_counterparty(&1) && mandate.allows_counterparty(&5));
	assert!(!mandate.allows_counterparty(&2));
	mandate.counterparties = Some(BoundedVec::new());
	assert!(!mandate.allows_counterparty(&1));
	mandate.counterparties = None;
	assert!(mandate.allows_counterparty(&2));
}

proptest! {
	#[test]
	fn a_mandate_in_order_allows_its_calls_and_counterparties_alone(
		calls in prop::collection::btree_set((0u8..4, 0u8..20), 0..40),
		accounts in prop::collection::btree_set(0u64..40, 0..32),
	) {
		let mandate = Mandate {
			calls: BoundedVec::truncate_from(calls.iter().map(|(p, c)| call(*p, *c)).collect()),
			counterparties: Some(BoundedVec::truncate_from(accounts.iter().copied().collect())),
			..mandate()
		};
		prop_assert_eq!(mandate.check(), Ok(()));
		for index in (0u8..4).flat_map(|pallet| (0u8..20).map(move |call| (pallet, call))) {
			prop_assert_eq!(mandate.allows(&call(index.0, index.1)), calls.contains(&index));
		}
		for account in 0..40 {
			prop_assert_eq!(mandate.allows_counterparty(&account), accounts.contains(&account));
		}
	}
}
