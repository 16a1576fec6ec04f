//! What is taken of funds on hold, and whom it goes to (protocol 2, 6).
//!
//! Half of whatever is slashed, rounded down, goes to whoever showed the wrong, and the rest is burned: who
//! shows a wrong of one's own loses. Where the half could not exist in its receiver's account, for being
//! less than the existential deposit there, it is burned as well, so that no sanction fails for that.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::cast_lossless
	)
)]

#[cfg(test)]
mod tests;

use frame_support::traits::{
	fungible::hold::Mutate,
	tokens::{DepositConsequence, Fortitude, Precision, Provenance, Restriction},
};
use sp_runtime::{DispatchError, DispatchResult};
use tributary_primitives::traits::Slash;

/// What of `slashed` planck goes to whoever showed the wrong: half, rounded down.
pub fn reward_of(slashed: u128) -> u128 {
	slashed / 2
}

/// Takes `amount` planck that `from` has on hold for `reason`: [`reward_of`] it goes to the free balance of
/// `to`, and the rest is burned. Says what was taken, and what of that `to` got: nothing, where its
/// account could not exist with so little.
///
/// # Errors
/// Those of the token, where less is on hold. The caller's storage layer has to undo what was done.
pub fn slash<Currency, AccountId>(
	reason: &Currency::Reason,
	from: &AccountId,
	to: &AccountId,
	amount: u128,
) -> Result<Slash, DispatchError>
where
	Currency: Mutate<AccountId, Balance = u128>,
	AccountId: Eq,
{
	let half = reward_of(amount);
	let reward = pay_or_burn::<Currency, _>(reason, from, to, half)?;
	burn::<Currency, _>(reason, from, amount.saturating_sub(half))?;
	Ok(Slash { slashed: amount, reward })
}

/// Gives `amount` planck that `from` has on hold for `reason` to the free balance of `to`, which may be
/// `from`; burns it, where the account could not exist with so little. Returns what `to` got: all or
/// nothing.
///
/// # Errors
/// Those of the token, where less is on hold. The caller's storage layer has to undo what was done.
pub fn pay_or_burn<Currency, AccountId>(
	reason: &Currency::Reason,
	from: &AccountId,
	to: &AccountId,
	amount: u128,
) -> Result<u128, DispatchError>
where
	Currency: Mutate<AccountId, Balance = u128>,
	AccountId: Eq,
{
	if amount == 0 {
		return Ok(0);
	}
	let possible = Currency::can_deposit(to, amount, Provenance::Extant);
	if possible != DepositConsequence::Success {
		burn::<Currency, _>(reason, from, amount)?;
		return Ok(0);
	}
	if from == to {
		return Currency::release(reason, from, amount, Precision::Exact);
	}
	Currency::transfer_on_hold(
		reason,
		from,
		to,
		amount,
		Precision::Exact,
		Restriction::Free,
		Fortitude::Force,
	)
}

/// Burns `amount` planck that `from` has on hold for `reason`.
///
/// # Errors
/// Those of the token, where less is on hold.
pub fn burn<Currency, AccountId>(
	reason: &Currency::Reason,
	from: &AccountId,
	amount: u128,
) -> DispatchResult
where
	Currency: Mutate<AccountId, Balance = u128>,
{
	Currency::burn_held(reason, from, amount, Precision::Exact, Fortitude::Force).map(|_| ())
}
