//! Keeping what an agent has in balance, between TRIB and shares of one title.
//!
//! A swap is only decided on where the part of TRIB is off its target by more than the tolerance, and never goes past
//! the target: so in a pool that nobody else trades in, no swap is ever followed by one in the other direction.

use crate::{amount::Rate, chain::calls::Pair};

const MILLION: u32 = 1_000_000;

/// What an agent has, and the pool that it may swap in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
	/// What it may give, in planck.
	pub planck: u128,
	/// Its shares.
	pub shares: u128,
	/// What is in the pool.
	pub reserves: Pair,
	/// What the pool keeps of what is given, in millionths.
	pub fee: u32,
}

/// What is in balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
	/// The part of the whole that is to be TRIB.
	pub target: Rate,
	/// How far off it may be.
	pub tolerance: Rate,
	/// The most that one swap gives.
	pub most: Pair,
}

/// A swap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
	/// So many planck are given for shares.
	Buy(u128),
	/// So many shares are given for TRIB.
	Sell(u128),
}

impl Position {
	/// The part of TRIB in what it has, at the pool's price; `None` where it has nothing, or the pool.
	pub fn part(&self) -> Option<f64> {
		let Pair { planck, shares } = self.reserves;
		if planck == 0 || shares == 0 {
			return None;
		}
		let value = self.shares as f64 * (planck as f64 / shares as f64);
		let whole = self.planck as f64 + value;
		(whole > 0.0).then(|| self.planck as f64 / whole)
	}

	/// What is left after a swap, by the pool's own rule.
	pub fn after(&self, swap: Move) -> Self {
		let Pair { planck, shares } = self.reserves;
		match swap {
			Move::Buy(given) => {
				let got = self.out(given, planck, shares);
				Self {
					planck: self.planck.saturating_sub(given),
					shares: self.shares.saturating_add(got),
					reserves: Pair {
						planck: planck.saturating_add(given),
						shares: shares.saturating_sub(got),
					},
					..*self
				}
			}
			Move::Sell(given) => {
				let got = self.out(given, shares, planck);
				Self {
					planck: self.planck.saturating_add(got),
					shares: self.shares.saturating_sub(given),
					reserves: Pair {
						planck: planck.saturating_sub(got),
						shares: shares.saturating_add(given),
					},
					..*self
				}
			}
		}
	}

	/// What comes out of the pool, rounded down; less in the last digits where amounts are large, and never all
	/// of a reserve.
	fn out(&self, given: u128, into: u128, from: u128) -> u128 {
		let given = given as f64 * f64::from(MILLION.saturating_sub(self.fee)) / f64::from(MILLION);
		let out = from as f64 * (given / (into as f64 + given));
		// Casts of floats saturate.
		(out.floor() as u128).min(from.saturating_sub(1))
	}
}

/// The swap that brings `position` closer to its target, if it is off by more than the tolerance: the largest that
/// the rules let it make and that does not go past the target.
pub fn decide(position: &Position, rules: &Rules) -> Option<Move> {
	const BILLION: f64 = 1_000_000_000.0;
	let target = f64::from(rules.target.0) / BILLION;
	let tolerance = f64::from(rules.tolerance.0) / BILLION;
	let part = position.part()?;
	if (part - target).abs() <= tolerance {
		return None;
	}
	let (make, most): (fn(u128) -> Move, _) = match part > target {
		true => (Move::Buy, position.planck.min(rules.most.planck)),
		false => (Move::Sell, position.shares.min(rules.most.shares)),
	};
	let stays = |given: u128| {
		let after = position.after(make(given)).part();
		after.is_some_and(|after| if part > target { after >= target } else { after <= target })
	};
	let given = largest(most, stays);
	// What nothing would come out for is left.
	let swap = make(given);
	let after = position.after(swap);
	(after.planck > position.planck || after.shares > position.shares).then_some(swap)
}

/// The largest number up to `most` that `holds`, where it holds up to some number and not above it.
fn largest(most: u128, holds: impl Fn(u128) -> bool) -> u128 {
	if holds(most) {
		return most;
	}
	let (mut low, mut high) = (0, most);
	while high - low > 1 {
		let middle = low + (high - low) / 2;
		if holds(middle) {
			low = middle;
		} else {
			high = middle;
		}
	}
	low
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	const TRIB: u128 = 1_000_000_000_000;

	fn position(planck: u128, shares: u128) -> Position {
		Position { planck, shares, reserves: Pair { planck: 20 * TRIB, shares: 200 }, fee: 3_000 }
	}

	fn rules() -> Rules {
		let most = Pair { planck: TRIB, shares: 10 };
		Rules { target: Rate(500_000_000), tolerance: Rate(50_000_000), most }
	}

	#[test]
	fn what_is_in_balance_is_left() {
		assert_eq!(decide(&position(5 * TRIB, 50), &rules()), None);
		assert_eq!(decide(&position(5 * TRIB + TRIB / 4, 50), &rules()), None);
	}

	#[test]
	fn too_much_trib_buys_and_too_many_shares_sell() {
		assert!(matches!(decide(&position(9 * TRIB, 50), &rules()), Some(Move::Buy(_))));
		assert!(matches!(decide(&position(TRIB, 50), &rules()), Some(Move::Sell(_))));
	}

	#[test]
	fn a_swap_is_bounded() {
		assert_eq!(decide(&position(90 * TRIB, 0), &rules()), Some(Move::Buy(TRIB)));
		assert_eq!(decide(&position(0, 190), &rules()), Some(Move::Sell(10)));
	}

	#[test]
	fn nothing_is_swapped_where_there_is_nothing_to_swap_or_no_pool() {
		assert_eq!(decide(&position(0, 0), &rules()), None);
		let empty = Pair { planck: 0, shares: 0 };
		assert_eq!(decide(&Position { reserves: empty, ..position(TRIB, 5) }, &rules()), None);
		let nothing = Rules { most: empty, ..rules() };
		assert_eq!(decide(&position(9 * TRIB, 0), &nothing), None);
	}

	fn positions() -> impl Strategy<Value = Position> {
		(0..1_000_000 * TRIB, 0..1_000_000_000u128, TRIB..1_000_000 * TRIB, 10..1_000_000_000u128)
			.prop_map(|(planck, shares, reserve, others)| Position {
				planck,
				shares,
				reserves: Pair { planck: reserve, shares: others },
				fee: 3_000,
			})
	}

	fn all_rules() -> impl Strategy<Value = Rules> {
		(0..=1_000_000_000u32, 1_000_000..300_000_000u32, 0..1_000 * TRIB, 0..1_000_000u128)
			.prop_map(|(target, tolerance, planck, shares)| Rules {
				target: Rate(target),
				tolerance: Rate(tolerance),
				most: Pair { planck, shares },
			})
	}

	proptest! {
		#[test]
		fn no_swap_gives_more_than_there_is_or_than_the_rules_let(
			position in positions(), rules in all_rules(),
		) {
			match decide(&position, &rules) {
				Some(Move::Buy(planck)) => {
					prop_assert!(0 < planck && planck <= position.planck.min(rules.most.planck));
				}
				Some(Move::Sell(shares)) => {
					prop_assert!(0 < shares && shares <= position.shares.min(rules.most.shares));
				}
				None => {}
			}
		}

		#[test]
		fn a_swap_brings_it_closer_and_never_past_the_target(
			position in positions(), rules in all_rules(),
		) {
			if let Some(swap) = decide(&position, &rules) {
				let target = f64::from(rules.target.0) / 1e9;
				let (before, after) = (position.part().unwrap(), position.after(swap).part().unwrap());
				prop_assert!((before > target) == (after >= target) || after == target);
				// The last digits are noise.
				prop_assert!((after - target).abs() <= (before - target).abs() + 1e-12);
			}
		}

		#[test]
		fn it_never_swaps_back_and_forth(start in positions(), rules in all_rules()) {
			let mut position = start;
			let mut first = None;
			for _ in 0..50 {
				let Some(swap) = decide(&position, &rules) else { break };
				let buys = matches!(swap, Move::Buy(_));
				prop_assert_eq!(*first.get_or_insert(buys), buys);
				position = position.after(swap);
			}
		}
	}
}
