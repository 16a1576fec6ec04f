//! How what an agent is paid is divided.

use proptest::prelude::*;
use sp_arithmetic::Perbill;

use super::super::*;

fn percent(parts: u32) -> Perbill {
	Perbill::from_percent(parts)
}

fn rates(rates: &[Perbill]) -> Vec<ModelRate> {
	(0..).zip(rates).map(|(model, rate)| ModelRate { model, rate: *rate }).collect()
}

#[test]
fn models_come_first_then_the_fee_then_what_is_retained() {
	let models = rates(&[percent(20), percent(0), percent(10)]);
	let earnings = divide_earnings(10_001, &models, percent(2), percent(25)).unwrap();
	assert_eq!(earnings.models.to_vec(), [2_000, 0, 1_000]);
	assert_eq!(earnings.for_models(), Some(3_000));
	assert_eq!((earnings.protocol_fee, earnings.retained, earnings.rest), (141, 1_715, 5_145));
}

#[test]
fn the_fee_of_the_smallest_rest_is_all_of_it() {
	let earnings = divide_earnings(1, &[], percent(2), percent(50)).unwrap();
	assert_eq!((earnings.protocol_fee, earnings.retained, earnings.rest), (1, 0, 0));
}

#[test]
fn rates_above_the_whole_and_too_many_models_are_refused() {
	let above = rates(&[percent(60), percent(60)]);
	assert_eq!(divide_earnings(1_000, &above, percent(2), percent(50)), None);
	let many = rates(&[percent(1); MAX_MODELS as usize + 1]);
	assert_eq!(divide_earnings(1_000, &many, percent(2), percent(50)), None);
}

proptest! {
	#[test]
	fn parts_sum_to_the_payment_and_round_as_they_should(
		amount in prop_oneof![0u128..1_000, any::<u128>()],
		shares in prop::collection::vec(0u32..=250_000_000, 0..=4),
		fee in 0u32..=1_000_000_000,
		retention in 0u32..=1_000_000_000,
	) {
		let shares: Vec<_> = shares.into_iter().map(Perbill::from_parts).collect();
		let (fee, retention) = (Perbill::from_parts(fee), Perbill::from_parts(retention));
		let earnings = divide_earnings(amount, &rates(&shares), fee, retention).unwrap();
		for (part, share) in earnings.models.iter().zip(&shares) {
			prop_assert_eq!(*part, share.mul_floor(amount));
		}
		let models = earnings.for_models().unwrap();
		let left = amount - models;
		prop_assert_eq!(earnings.protocol_fee, fee.mul_ceil(left));
		let net = left - earnings.protocol_fee;
		prop_assert_eq!(earnings.retained, retention.mul_floor(net));
		prop_assert_eq!(earnings.rest, net - earnings.retained);
	}
}
