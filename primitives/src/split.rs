//! How one payment is divided, exactly and in planck, and entitlements that accrue lazily
//! (protocol 4).

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

/// The rates that divide a payment for one model.
///
/// `protocol_fee` is a part of the gross amount; `lineage` and `data` are parts of the net, that is of
/// what the protocol fee leaves; `attribution_fee` is a part of the data amount.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Rates {
	/// The protocol's part of the gross amount.
	pub protocol_fee: Perbill,
	/// The sum of the ancestors' lineage rates.
	pub lineage: Perbill,
	/// The part of the net amount that goes to the data.
	pub data: Perbill,
	/// The attributor's part of the data amount.
	pub attribution_fee: Perbill,
}

/// The parts of one payment, in planck. They sum to the payment exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
	/// To the block's author and to be burned.
	pub protocol_fee: u128,
	/// Set aside for all ancestors together.
	pub lineage: u128,
	/// Set aside for the sources of the receipt's outputs: the receipt's data amount.
	pub data: u128,
	/// Set aside for whoever attributes the epoch.
	pub attribution_fee: u128,
	/// To the model's owner.
	pub owner: u128,
}

impl Split {
	/// What the protocol fee leaves: the net amount.
	pub fn net(&self) -> u128 {
		self.lineage
			.saturating_add(self.data)
			.saturating_add(self.attribution_fee)
			.saturating_add(self.owner)
	}
}

/// The protocol fee of a payment of `amount`, rounded up, so that no payment is too small for it.
pub fn protocol_fee(amount: u128, rate: Perbill) -> u128 {
	rate.mul_ceil(amount)
}

/// Divides a payment of `amount` for a model to which `gross` net planck were paid before.
///
/// The lineage part is the growth of `floor(lineage * gross)`, so that what is set aside over any number
/// of payments is the floor of the whole and never less than what all ancestors may claim. The data and
/// attribution parts round down; the owner takes the rest.
///
/// Returns `None` where `gross` would overflow, or where the rates exceed the whole.
pub fn split(amount: u128, rates: &Rates, gross: u128) -> Option<Split> {
	let protocol_fee = protocol_fee(amount, rates.protocol_fee);
	let net = amount.checked_sub(protocol_fee)?;
	let lineage = entitlement(rates.lineage, gross.checked_add(net)?)
		.checked_sub(entitlement(rates.lineage, gross))?;
	let whole_data = rates.data.mul_floor(net);
	let attribution_fee = rates.attribution_fee.mul_floor(whole_data);
	let data = whole_data.checked_sub(attribution_fee)?;
	let owner = net.checked_sub(lineage)?.checked_sub(whole_data)?;
	Some(Split { protocol_fee, lineage, data, attribution_fee, owner })
}

/// What a beneficiary at `rate` has earned of `gross` in all: `floor(rate * gross)`, monotone in
/// `gross`. What it may claim is this less what it has claimed.
pub fn entitlement(rate: Perbill, gross: u128) -> u128 {
	rate.mul_floor(gross)
}

/// What a beneficiary at `rate` earns while gross grows from `before` to `after`: its entitlement at the
/// end less that at the start. Over spans that follow each other it sums to the entitlement of the whole,
/// so whoever holds the right in one of them is paid to the planck, whenever that is; it is at most one
/// planck more than `floor(rate * (after - before))`. 0 where gross has not grown.
pub fn earned_between(rate: Perbill, before: u128, after: u128) -> u128 {
	entitlement(rate, after).saturating_sub(entitlement(rate, before))
}

/// The curators' part of `amount` planck that a contribution has earned, rounded down; the contributor
/// has the rest.
pub fn curators_part(share: Perbill, amount: u128) -> u128 {
	share.mul_floor(amount)
}

/// The sum of `rates`, or `None` where it exceeds the whole.
pub fn sum_rates(rates: impl IntoIterator<Item = Perbill>) -> Option<Perbill> {
	let sum = total_parts(rates);
	u32::try_from(sum)
		.ok()
		.filter(|parts| *parts <= Perbill::one().deconstruct())
		.map(Perbill::from_parts)
}

/// The sum of `rates` in parts per billion, however large, for a message that refuses them.
pub fn total_parts(rates: impl IntoIterator<Item = Perbill>) -> u64 {
	rates.into_iter().fold(0, |sum, rate| sum.saturating_add(u64::from(rate.deconstruct())))
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn percent(parts: u32) -> Perbill {
		Perbill::from_percent(parts)
	}

	#[test]
	fn a_payment_divides_in_the_order_of_the_protocol() {
		let rates = Rates {
			protocol_fee: percent(2),
			lineage: percent(10),
			data: percent(30),
			attribution_fee: percent(5),
		};
		assert_eq!(
			split(10_000, &rates, 0),
			Some(Split {
				protocol_fee: 200,
				lineage: 980,
				data: 2_793,
				attribution_fee: 147,
				owner: 5_880
			})
		);
	}

	#[test]
	fn the_smallest_payment_still_pays_the_fee() {
		let rates = Rates { protocol_fee: percent(2), ..Default::default() };
		assert_eq!(split(1, &rates, 0), Some(Split { protocol_fee: 1, ..Default::default() }));
	}

	#[test]
	fn rates_above_the_whole_are_refused_with_their_sum() {
		let rates = [percent(60), percent(40), Perbill::from_parts(1)];
		assert_eq!(sum_rates(rates), None);
		assert_eq!(total_parts(rates), 1_000_000_001);
		assert_eq!(sum_rates(rates[..2].iter().copied()), Some(Perbill::one()));
	}

	#[test]
	fn a_gross_that_would_overflow_is_refused() {
		assert_eq!(split(1, &Rates::default(), u128::MAX), None);
	}

	#[test]
	fn a_tenure_earns_what_the_floors_differ_by() {
		let third = Perbill::from_parts(333_333_333);
		assert_eq!(earned_between(third, 0, 5), 1);
		assert_eq!(earned_between(third, 5, 7), 1);
		assert_eq!(earned_between(third, 7, 10), 1);
		assert_eq!(entitlement(third, 10), 3);
		assert_eq!(earned_between(third, 10, 5), 0);
		assert_eq!(earned_between(Perbill::one(), 5, u128::MAX), u128::MAX - 5);
	}

	#[test]
	fn the_curators_part_rounds_down() {
		assert_eq!(curators_part(percent(50), 3), 1);
		assert_eq!(curators_part(Perbill::one(), u128::MAX), u128::MAX);
		assert_eq!(curators_part(Perbill::zero(), u128::MAX), 0);
	}

	prop_compose! {
		/// Rates as a registration admits them: ancestors, data and fee are at most the whole.
		fn rates()(parts in prop::array::uniform4(0u32..=1_000_000_000), ancestors in 1usize..6)
			-> (Rates, Vec<Perbill>)
		{
			let [fee, lineage, data, attribution_fee] = parts;
			let sum = (u64::from(fee) + u64::from(lineage) + u64::from(data)).max(1_000_000_000);
			let scale = |part: u32| (u64::from(part) * 1_000_000_000 / sum) as u32;
			let each = vec![Perbill::from_parts(scale(lineage) / ancestors as u32); ancestors];
			let rates = Rates {
				protocol_fee: Perbill::from_parts(scale(fee)),
				lineage: sum_rates(each.iter().copied()).unwrap(),
				data: Perbill::from_parts(scale(data)),
				attribution_fee: Perbill::from_parts(attribution_fee),
			};
			(rates, each)
		}
	}

	proptest! {
		#[test]
		fn parts_sum_to_the_payment((rates, _) in rates(), amount in 0u128..1 << 100, gross in 0u128..1 << 100) {
			let split = split(amount, &rates, gross).unwrap();
			prop_assert_eq!(split.protocol_fee + split.net(), amount);
		}

		#[test]
		fn ancestors_never_earn_more_than_is_set_aside(
			(rates, each) in rates(),
			payments in prop::collection::vec(0u128..1 << 70, 1..20),
		) {
			let (mut gross, mut aside) = (0u128, 0u128);
			for amount in payments {
				let split = split(amount, &rates, gross).unwrap();
				gross += split.net();
				aside += split.lineage;
				let earned: u128 = each.iter().map(|rate| entitlement(*rate, gross)).sum();
				prop_assert!(earned <= aside);
				prop_assert!(aside - earned < each.len() as u128 + 1);
				prop_assert_eq!(aside, entitlement(rates.lineage, gross));
			}
		}

		#[test]
		fn tenures_divide_an_entitlement_to_the_planck(
			parts in 0u32..=1_000_000_000,
			mut marks in prop::collection::vec(prop_oneof![0u128..200, any::<u128>()], 1..20),
		) {
			let rate = Perbill::from_parts(parts);
			marks.sort_unstable();
			let (mut before, mut sum) = (0u128, 0u128);
			for after in marks {
				let earned = earned_between(rate, before, after);
				let alone = entitlement(rate, after - before);
				prop_assert!(earned == alone || earned == alone + 1);
				sum += earned;
				before = after;
			}
			prop_assert_eq!(sum, entitlement(rate, before));
		}

		/// Whoever makes a model may make another that asks nothing for itself, below the same ancestor, and
		/// have any of the payments made for that one. What the ancestor earns of both is at most a planck less,
		/// one floor more, than what it earns of one model that is paid everything, whatever else the
		/// models ask.
		#[test]
		fn payments_parted_among_two_models_cost_an_ancestor_a_planck_at_most(
			(rates, each) in rates(),
			payments in prop::collection::vec((0u128..1 << 70, any::<bool>()), 1..20),
		) {
			let ancestor = each[0];
			let direct = Rates { lineage: ancestor, ..rates };
			let (mut alone, mut among, mut node) = (0u128, 0u128, 0u128);
			for (amount, to_node) in payments {
				alone += split(amount, &direct, alone).unwrap().net();
				let (gross, rates) = match to_node {
					true => (&mut node, &direct),
					false => (&mut among, &rates),
				};
				*gross += split(amount, rates, *gross).unwrap().net();
			}
			prop_assert_eq!(among + node, alone);
			let income = entitlement(ancestor, among) + entitlement(ancestor, node);
			let direct = entitlement(ancestor, alone);
			if among > 0 && node > 0 {
				// Two floors of parts are less than the floor of the whole by one planck at most.
				prop_assert!(income == direct || income + 1 == direct);
			} else {
				prop_assert_eq!(income, direct);
			}
			let all: u128 = each.iter().map(|rate| entitlement(*rate, among)).sum();
			prop_assert!(all <= entitlement(rates.lineage, among));
		}

		#[test]
		fn splitting_an_identity_changes_its_payouts_by_less_than_a_planck_a_piece(
			parts in 0u32..=1_000_000_000,
			pieces in prop::collection::vec(prop_oneof![0u128..100, 0u128..1 << 100], 1..50),
		) {
			let share = Perbill::from_parts(parts);
			let earned: u128 = pieces.iter().sum();
			let curators = curators_part(share, earned);
			let of_pieces: u128 = pieces.iter().map(|piece| curators_part(share, *piece)).sum();
			let count = pieces.len() as u128;
			prop_assert!(of_pieces <= curators && curators < of_pieces + count);
			let [alone, divided] = [curators, of_pieces].map(|curators| earned - curators);
			prop_assert!(alone <= divided && divided < alone + count);
		}

		#[test]
		fn one_payment_or_two_set_the_same_aside(
			(rates, _) in rates(), a in 0u128..1 << 80, b in 0u128..1 << 80,
		) {
			let rates = Rates { protocol_fee: Perbill::zero(), ..rates };
			let first = split(a, &rates, 0).unwrap();
			let second = split(b, &rates, first.net()).unwrap();
			let both = split(a + b, &rates, 0).unwrap();
			prop_assert_eq!(first.lineage + second.lineage, both.lineage);
		}
	}
}
