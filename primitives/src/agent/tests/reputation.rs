//! What is left of an amount that fades.

use proptest::prelude::*;
use sp_arithmetic::Perbill;

use super::super::Decaying;

fn left(amount: u128, epochs: u32, keep: Perbill) -> u128 {
	Decaying { amount, epoch: 0 }.at(epochs, keep)
}

#[test]
fn each_epoch_keeps_its_part() {
	let keep = Perbill::from_percent(90);
	let over_time: Vec<_> = (0..6).map(|epochs| left(1_000, epochs, keep)).collect();
	assert_eq!(over_time, [1_000, 900, 810, 729, 656, 590]);
}

#[test]
fn nothing_fades_where_all_is_kept_and_all_is_gone_where_nothing_is() {
	assert_eq!(left(u128::MAX, u32::MAX, Perbill::one()), u128::MAX);
	assert_eq!(left(u128::MAX, 0, Perbill::zero()), u128::MAX);
	assert_eq!(left(u128::MAX, 1, Perbill::zero()), 0);
}

#[test]
fn what_is_hardly_anything_is_nothing() {
	let keep = Perbill::from_percent(50);
	assert_eq!(left(1 << 120, 56, keep), (1 << 64) - 1);
	assert_eq!(left(1 << 120, 57, keep), 0);
	assert_eq!(left(u128::MAX, u32::MAX, Perbill::from_percent(99)), 0);
}

#[test]
fn an_amount_is_added_to_what_is_left() {
	let keep = Perbill::from_percent(50);
	let both = Decaying { amount: 100, epoch: 3 }.plus(7, 5, keep);
	assert_eq!(both, Decaying { amount: 32, epoch: 5 });
	let most = Decaying { amount: u128::MAX, epoch: 5 }.plus(1, 5, keep);
	assert_eq!(most.amount, u128::MAX);
	let earlier = Decaying { amount: 8, epoch: 5 }.plus(1, 4, keep);
	assert_eq!(earlier, Decaying { amount: 9, epoch: 5 });
}

fn parts() -> impl Strategy<Value = Perbill> {
	prop_oneof![0u32..=1_000_000_000, 999_999_000u32..=1_000_000_000, 0u32..1_000,]
		.prop_map(Perbill::from_parts)
}

fn epochs() -> impl Strategy<Value = u32> {
	let around_powers = (0u32..32, 0u32..3).prop_map(|(bits, by)| (1u32 << bits) - 1 + by.min(1));
	prop_oneof![0u32..200, 0u32..u32::MAX - 1, around_powers]
		.prop_map(|epochs| epochs.min(u32::MAX - 1))
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(4_096))]

	#[test]
	fn it_never_grows_by_waiting(
		amount in prop_oneof![0u128..10_000, any::<u128>()], epochs in epochs(), keep in parts(),
	) {
		let now = left(amount, epochs, keep);
		prop_assert!(now <= amount);
		prop_assert!(left(amount, epochs + 1, keep) <= now);
	}

	#[test]
	fn it_is_what_multiplying_again_and_again_comes_to(
		amount in 0u128..1_000_000_000_000_000, epochs in 0u32..200, keep in parts(),
	) {
		let kept = f64::from(keep.deconstruct()) / 1e9;
		let exact = amount as f64 * kept.powi(epochs as i32);
		let here = left(amount, epochs, keep) as f64;
		prop_assert!((here - exact).abs() <= 2.0 + exact * 1e-9, "{} {}", here, exact);
	}

	#[test]
	fn to_split_an_amount_loses_less_than_a_unit_for_each_part_and_gains_nothing(
		each in prop::collection::vec(0u128..1 << 100, 1..8), epochs in epochs(), keep in parts(),
	) {
		let whole = left(each.iter().sum(), epochs, keep);
		let split: u128 = each.iter().map(|part| left(*part, epochs, keep)).sum();
		prop_assert!(split <= whole);
		prop_assert!(whole - split < each.len() as u128);
	}
}
