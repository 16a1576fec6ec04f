//! Randomness of the system.

use crate::error::{Error, Result};

/// A secret of 32 bytes.
///
/// # Errors
/// Where the system has no randomness.
pub fn secret() -> Result<[u8; 32]> {
	let mut bytes = [0; 32];
	fill(&mut bytes)?;
	Ok(bytes)
}

/// A number below `bound`, each as likely as the others but for 2^-64; 0 where `bound` is 0.
///
/// # Errors
/// Where the system has no randomness.
pub fn below(bound: u64) -> Result<u64> {
	let mut bytes = [0; 16];
	fill(&mut bytes)?;
	let drawn = u128::from_le_bytes(bytes).checked_rem(bound.into()).unwrap_or_default();
	Ok(u64::try_from(drawn).unwrap_or_default())
}

fn fill(bytes: &mut [u8]) -> Result<()> {
	getrandom::fill(bytes)
		.map_err(|error| Error::usage(format!("the system gives no random bytes: {error}")))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn numbers_stay_below_their_bound() {
		for bound in [1, 2, 3, u64::MAX] {
			assert!(below(bound).unwrap() < bound);
		}
		assert_eq!(below(0).unwrap(), 0);
	}

	#[test]
	fn secrets_differ() {
		assert_ne!(secret().unwrap(), secret().unwrap());
	}
}
