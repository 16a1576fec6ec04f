use proptest::prelude::*;

use super::*;

mod pools;

fn units(dividend: Dividend) -> u128 {
	dividend.planck * PLANCK + u128::from(dividend.fraction)
}

fn dividend() -> impl Strategy<Value = Dividend> {
	(0u128..1 << 60, any::<u64>()).prop_map(|(planck, fraction)| Dividend { planck, fraction })
}

#[test]
fn a_planck_among_three_shares_leaves_one_unit() {
	let third = u64::MAX / 3;
	assert_eq!(divide(1, 3), Some((Dividend::part(third), Dividend::part(1))));
	assert_eq!(divide(7, 3), Some((Dividend { planck: 2, fraction: third }, Dividend::part(1))));
	assert_eq!(divide(6, 3), Some((Dividend::whole(2), Dividend::default())));
}

#[test]
fn nothing_is_divided_among_no_shares() {
	assert_eq!(divide(1, 0), None);
	let mut pool = Pool::default();
	assert_eq!(pool.credit(1), None);
	assert_eq!(pool, Pool::default());
}

#[test]
fn one_share_takes_all_that_can_exist() {
	let (mut pool, mut only) = (Pool::default(), Position::default());
	assert_eq!(pool.join(&mut only, 1), Some(0));
	assert_eq!(pool.credit(u128::MAX), Some(()));
	assert_eq!(pool.leave(&mut only, 1), Some(u128::MAX));
	assert_eq!(pool.residue, Dividend::default());
}

#[test]
fn the_most_shares_take_all_that_can_exist() {
	let (mut pool, mut most, mut one) = (Pool::default(), Position::default(), Position::default());
	assert_eq!(pool.join(&mut most, u64::MAX - 1), Some(0));
	assert_eq!(pool.join(&mut one, 1), Some(0));
	assert_eq!(pool.credit(u128::MAX), Some(()));
	// u128::MAX / u64::MAX is 2^64 + 1, and nothing is left.
	assert_eq!(pool.settle(&mut one), Some(PLANCK + 1));
	assert_eq!(pool.settle(&mut most), Some(u128::MAX - PLANCK - 1));
}

#[test]
fn more_than_the_bounds_is_refused_and_changes_nothing() {
	let (mut pool, mut position) = (Pool::default(), Position::default());
	assert_eq!(pool.join(&mut position, u64::MAX), Some(0));
	let mut other = Position::default();
	assert_eq!(pool.join(&mut other, 1), None);
	assert_eq!(pool.leave(&mut other, 1), None);
	assert_eq!(other, Position::default());

	let mut one = Pool { shares: 1, ..Pool::default() };
	assert_eq!(one.credit(u128::MAX), Some(()));
	let before = one;
	assert_eq!(one.credit(1), None);
	assert_eq!(one, before);

	let mut wrong = Position { shares: 2, ..Position::default() };
	assert_eq!(before.settle(&mut wrong), None);
	assert_eq!(wrong, Position { shares: 2, ..Position::default() });
}

#[test]
fn the_fraction_of_the_last_share_is_the_residue() {
	let (mut pool, mut a, mut b) = (Pool::default(), Position::default(), Position::default());
	pool.join(&mut a, 1).unwrap();
	pool.join(&mut b, 3).unwrap();
	pool.credit(1).unwrap();
	assert_eq!(pool.leave(&mut b, 2), Some(0));
	assert_eq!(b.fraction, 3 << 62);
	assert_eq!(pool.residue, Dividend::default());
	assert_eq!(pool.leave(&mut b, 1), Some(0));
	assert_eq!(pool.leave(&mut a, 1), Some(0));
	assert_eq!(pool.residue, Dividend::whole(1));
}

proptest! {
	#[test]
	fn dividends_are_counted_in_units(a in dividend(), b in dividend(), times in 0u64..8) {
		prop_assert_eq!(units(a.checked_add(b).unwrap()), units(a) + units(b));
		prop_assert_eq!(a.checked_sub(b).map(units), units(a).checked_sub(units(b)));
		prop_assert_eq!(units(a.checked_mul(times).unwrap()), units(a) * u128::from(times));
		prop_assert_eq!(a.cmp(&b), units(a).cmp(&units(b)));
	}

	#[test]
	fn a_division_leaves_less_than_a_unit_for_each_share(amount: u128, shares in 1u64..) {
		let (each, left) = divide(amount, shares).unwrap();
		prop_assert_eq!(left.planck, 0);
		prop_assert!(left.fraction < shares);
		let all = each.checked_mul(shares).unwrap().checked_add(left).unwrap();
		prop_assert_eq!(all, Dividend::whole(amount));
	}

	/// Against the exact quotient, which `amount * own` holds whole.
	#[test]
	fn a_position_gets_its_part_rounded_down_or_one_planck_less(
		amount in 0u128..1 << 64, own in 1u64.., others: u64,
	) {
		let shares = own.saturating_add(others);
		let exact = amount * u128::from(own) / u128::from(shares);
		let mut pool = Pool { shares, ..Pool::default() };
		pool.credit(amount).unwrap();
		let paid = pool.settle(&mut Position { shares: own, ..Position::default() }).unwrap();
		prop_assert!(paid == exact || paid + 1 == exact, "{} of {}", paid, exact);
	}

	#[test]
	fn a_stake_in_pieces_earns_at_most_a_planck_less_for_each_further_one(
		pieces in prop::collection::vec(1u64..1 << 40, 1..10),
		others in 0u64..1 << 60,
		amounts in prop::collection::vec(0u128..1 << 100, 1..10),
	) {
		let own: u64 = pieces.iter().sum();
		let mut pool = Pool { shares: own + others, ..Pool::default() };
		for amount in amounts {
			pool.credit(amount).unwrap();
		}
		let settled = |shares| pool.settle(&mut Position { shares, ..Position::default() }).unwrap();
		let whole = settled(own);
		let cut: u128 = pieces.iter().map(|piece| settled(*piece)).sum();
		prop_assert!(cut <= whole);
		prop_assert!(whole - cut < pieces.len() as u128);
	}
}
