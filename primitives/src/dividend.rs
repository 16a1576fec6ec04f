//! How revenue is divided among the shares that are staked for it, exactly (protocol 8).
//!
//! A [`Pool`] counts what one share has earned since the pool began, and a [`Position`] remembers where
//! that count stood when it was settled last. So a payment costs the same however many positions there
//! are, and what a position has earned does not depend on what others do between two payments, nor on how
//! often it is settled.
//!
//! Amounts are planck with 64 binary places ([`Dividend`]). Nothing is lost between them: what a pool was
//! credited with is at all times the sum of what its positions were paid, what they have earned, and the
//! pool's residue.
//!
//! - A credit is divided rounding down at the 64th place. What that leaves, less than `2^-64` planck for
//!   each share and less than one planck in all, goes to the residue.
//! - A position is paid whole planck. The fraction stays its own until its last share has left; then it
//!   goes to the residue.
//!
//! # Bounds
//!
//! A pool has at most `2^64 - 1` shares. All that it is ever credited with must be at most `2^128 - 1`
//! planck, more than any token's supply, which the caller's own sum of it sees to. Within them nothing
//! overflows: one share never earns more than all, and a position never has more shares than the pool.
//! Outside of them the functions return `None` and change nothing.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// An amount of planck, to 64 binary places.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Dividend {
	/// The whole planck.
	pub planck: u128,
	/// The rest, in `2^-64` planck.
	pub fraction: u64,
}

/// `2^64`: the units of [`Dividend::fraction`] in a planck.
const PLANCK: u128 = 1 << 64;

impl Dividend {
	/// So many whole planck.
	pub fn whole(planck: u128) -> Self {
		Self { planck, fraction: 0 }
	}

	/// So many `2^-64` planck.
	pub fn part(fraction: u64) -> Self {
		Self { planck: 0, fraction }
	}

	/// The sum; `None` where it overflows.
	pub fn checked_add(self, other: Self) -> Option<Self> {
		let (fraction, carry) = self.fraction.overflowing_add(other.fraction);
		let planck = self.planck.checked_add(other.planck)?.checked_add(carry.into())?;
		Some(Self { planck, fraction })
	}

	/// The difference; `None` where it is negative.
	pub fn checked_sub(self, other: Self) -> Option<Self> {
		let (fraction, borrow) = self.fraction.overflowing_sub(other.fraction);
		let planck = self.planck.checked_sub(other.planck)?.checked_sub(borrow.into())?;
		Some(Self { planck, fraction })
	}

	/// So many times this; `None` where it overflows.
	pub fn checked_mul(self, times: u64) -> Option<Self> {
		let times = u128::from(times);
		let low = u128::from(self.fraction).checked_mul(times)?;
		let carried = low.checked_div(PLANCK)?;
		let fraction = u64::try_from(low.checked_rem(PLANCK)?).ok()?;
		let planck = self.planck.checked_mul(times)?.checked_add(carried)?;
		Some(Self { planck, fraction })
	}
}

/// Divides `amount` planck among `shares`. Returns what each gets, rounded down at the 64th binary place,
/// and what that leaves, less than `shares` units of it; `None` where there are no shares.
pub fn divide(amount: u128, shares: u64) -> Option<(Dividend, Dividend)> {
	let shares = u128::from(shares);
	let planck = amount.checked_div(shares)?;
	let rest = amount.checked_rem(shares)?.checked_mul(PLANCK)?;
	let fraction = u64::try_from(rest.checked_div(shares)?).ok()?;
	let left = u64::try_from(rest.checked_rem(shares)?).ok()?;
	Some((Dividend { planck, fraction }, Dividend::part(left)))
}

/// The staked shares of one title, and what each has earned.
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
pub struct Pool {
	/// The shares of all positions.
	pub shares: u64,
	/// What a share has earned that was staked from the pool's beginning.
	pub per_share: Dividend,
	/// What rounding has left to nobody.
	pub residue: Dividend,
}

/// What one account has staked.
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
pub struct Position {
	/// Its shares.
	pub shares: u64,
	/// What a share of the pool had earned when the position was settled last.
	pub since: Dividend,
	/// What it had earned by then and was not paid, in `2^-64` planck.
	pub fraction: u64,
}

impl Pool {
	/// Divides `amount` planck among the shares that are staked now. `None` where there are none, or
	/// outside of the bounds.
	pub fn credit(&mut self, amount: u128) -> Option<()> {
		let (each, left) = divide(amount, self.shares)?;
		let per_share = self.per_share.checked_add(each)?;
		self.residue = self.residue.checked_add(left)?;
		self.per_share = per_share;
		Some(())
	}

	/// What `position` has earned and was not paid.
	pub fn earned(&self, position: &Position) -> Option<Dividend> {
		self.per_share
			.checked_sub(position.since)?
			.checked_mul(position.shares)?
			.checked_add(Dividend::part(position.fraction))
	}

	/// Takes the whole planck that `position` has earned out of it, to be paid.
	pub fn settle(&self, position: &mut Position) -> Option<u128> {
		let Dividend { planck, fraction } = self.earned(position)?;
		*position = Position { shares: position.shares, since: self.per_share, fraction };
		Some(planck)
	}

	/// Settles `position`, and adds `shares` to it.
	pub fn join(&mut self, position: &mut Position, shares: u64) -> Option<u128> {
		let all = self.shares.checked_add(shares)?;
		let own = position.shares.checked_add(shares)?;
		let due = self.settle(position)?;
		self.shares = all;
		position.shares = own;
		Some(due)
	}

	/// Settles `position`, and takes `shares` from it. With the last of them its fraction goes to the
	/// residue. `None` where it has fewer.
	pub fn leave(&mut self, position: &mut Position, shares: u64) -> Option<u128> {
		let all = self.shares.checked_sub(shares)?;
		let own = position.shares.checked_sub(shares)?;
		let Dividend { planck, fraction } = self.earned(position)?;
		let (kept, lost) = if own == 0 { (0, fraction) } else { (fraction, 0) };
		self.residue = self.residue.checked_add(Dividend::part(lost))?;
		self.shares = all;
		*position = Position { shares: own, since: self.per_share, fraction: kept };
		Some(planck)
	}
}

#[cfg(test)]
mod tests;
