//! What is left of an amount that fades.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Perbill, Rounding};

/// One, in the units that powers are computed in.
const ONE: u128 = 1_000_000_000_000_000_000_000_000_000_000_000_000;
/// The units in a billionth.
const BILLIONTH: u128 = ONE / 1_000_000_000;
/// The least power that is anything, `10^-17`. A power of `n` is computed less than `(n + 32) / ONE` too
/// small, and one that is at least this falls by more than that with the next epoch: so it never grows.
const LEAST: u128 = ONE / 100_000_000_000_000_000;

/// An amount of which each epoch keeps the same part.
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
pub struct Decaying {
	/// What it was in [`Self::epoch`].
	pub amount: u128,
	/// The epoch in which something was added last.
	pub epoch: u32,
}

impl Decaying {
	/// What is left in `epoch` where each epoch keeps `keep`: after `n` epochs `keep^n * amount`, where the
	/// power is rounded down, by less than `10^-26`, and then the product. Of what keeps less than `10^-17`,
	/// nothing is left. It never grows by waiting.
	pub fn at(&self, epoch: u32, keep: Perbill) -> u128 {
		let kept = power(keep, epoch.saturating_sub(self.epoch));
		multiply_by_rational_with_rounding(self.amount, kept, ONE, Rounding::Down).unwrap_or(0)
	}

	/// What is left in `epoch`, and `amount` more.
	pub fn plus(&self, amount: u128, epoch: u32, keep: Perbill) -> Self {
		let epoch = epoch.max(self.epoch);
		Self { amount: self.at(epoch, keep).saturating_add(amount), epoch }
	}
}

/// `base^exponent`, rounded down, in units of [`ONE`].
fn power(base: Perbill, exponent: u32) -> u128 {
	let mut square = u128::from(base.deconstruct()).saturating_mul(BILLIONTH);
	let mut product = ONE;
	let mut left = exponent;
	while left > 0 {
		if left & 1 == 1 {
			product = multiply(product, square);
		}
		square = multiply(square, square);
		left >>= 1;
	}
	if product < LEAST {
		0
	} else {
		product
	}
}

fn multiply(one: u128, other: u128) -> u128 {
	multiply_by_rational_with_rounding(one, other, ONE, Rounding::Down).unwrap_or(0)
}
