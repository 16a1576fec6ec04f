//! Amounts as people write them: TRIB with up to twelve decimals, or planck.

use std::{fmt, str::FromStr};

/// Decimals of the token: one TRIB is `10^12` planck.
pub const DECIMALS: u32 = 12;
const UNIT: u128 = 10u128.pow(DECIMALS);
const SYMBOL: &str = "TRIB";

/// An amount, in planck.
///
/// Reads `10`, `0.5`, `10TRIB`, `10 TRIB` and `5000p`; writes TRIB with the decimals that it needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub u128);

/// Why a text is no amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
	/// It is not a number.
	#[error("`{0}` is no amount: write TRIB as 10, 0.5 or 10TRIB, or planck as 5000p")]
	NotANumber(String),
	/// It has a fraction of a planck.
	#[error("`{0}` has more decimals than TRIB's {DECIMALS}")]
	TooFine(String),
	/// It does not fit.
	#[error("`{0}` is more than any account can hold")]
	TooLarge(String),
}

impl FromStr for Amount {
	type Err = AmountError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let wrong = || AmountError::NotANumber(text.to_owned());
		let large = || AmountError::TooLarge(text.to_owned());
		let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
		let parse = |part: &str| if part.is_empty() { Ok(0) } else { part.parse::<u128>() };

		if let Some(planck) = text.strip_suffix('p') {
			if planck.is_empty() || !digits(planck) {
				return Err(wrong());
			}
			return planck.parse().map(Self).map_err(|_| large());
		}
		let number = text.strip_suffix(SYMBOL).unwrap_or(text).trim_end();
		let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
		if whole.is_empty() && fraction.is_empty() || !digits(whole) || !digits(fraction) {
			return Err(wrong());
		}
		let fraction = fraction.trim_end_matches('0');
		let Some(scale) = u32::try_from(fraction.len()).ok().and_then(|n| DECIMALS.checked_sub(n))
		else {
			return Err(AmountError::TooFine(text.to_owned()));
		};
		let parts = parse(fraction).map_err(|_| large())? * 10u128.pow(scale);
		parse(whole)
			.ok()
			.and_then(|whole| whole.checked_mul(UNIT)?.checked_add(parts))
			.map(Self)
			.ok_or_else(large)
	}
}

impl fmt::Display for Amount {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let (whole, parts) = (self.0 / UNIT, self.0 % UNIT);
		if parts == 0 {
			return write!(f, "{whole} {SYMBOL}");
		}
		let fraction = format!("{parts:012}");
		write!(f, "{whole}.{} {SYMBOL}", fraction.trim_end_matches('0'))
	}
}

/// A rate in parts per billion, read from `5%`, `0.5%` or a fraction such as `0.05`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate(pub u32);

const BILLION: u64 = 1_000_000_000;

impl Rate {
	/// All of it.
	pub const WHOLE: Self = Self(1_000_000_000);
}

impl FromStr for Rate {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let wrong = || format!("`{text}` is no rate: write it as 5%, 0.5% or 0.05");
		let (number, decimals) = match text.strip_suffix('%') {
			Some(percent) => (percent.trim_end(), 7),
			None => (text, 9),
		};
		let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
		let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
		let fraction = fraction.trim_end_matches('0');
		if whole.is_empty() && !number.contains('.') || !digits(whole) || !digits(fraction) {
			return Err(wrong());
		}
		if fraction.len() > decimals {
			return Err(format!("`{text}` is finer than a part per billion"));
		}
		format!("{whole}{fraction:0<decimals$}")
			.parse::<u64>()
			.ok()
			.filter(|parts| *parts <= BILLION)
			.and_then(|parts| u32::try_from(parts).ok())
			.map(Self)
			.ok_or_else(|| format!("`{text}` is more than the whole"))
	}
}

impl fmt::Display for Rate {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let (whole, parts) = (self.0 / 10_000_000, self.0 % 10_000_000);
		if parts == 0 {
			return write!(f, "{whole}%");
		}
		let fraction = format!("{parts:07}");
		write!(f, "{whole}.{}%", fraction.trim_end_matches('0'))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn planck(text: &str) -> u128 {
		text.parse::<Amount>().unwrap().0
	}

	#[test]
	fn amounts_are_read_as_people_write_them() {
		assert_eq!(planck("10"), 10 * UNIT);
		assert_eq!(planck("10TRIB"), 10 * UNIT);
		assert_eq!(planck("10 TRIB"), 10 * UNIT);
		assert_eq!(planck("0.5"), UNIT / 2);
		assert_eq!(planck(".5"), UNIT / 2);
		assert_eq!(planck("1."), UNIT);
		assert_eq!(planck("0.000000000001"), 1);
		assert_eq!(planck("0.0000000000010"), 1);
		assert_eq!(planck("5000p"), 5000);
		assert_eq!(planck("0"), 0);
	}

	#[test]
	fn what_is_no_amount_is_refused_with_the_reason() {
		for text in ["", ".", "p", "TRIB", "-1", "+1", "1e3", "1,5", "1.5p", "0x10", "1 0", "1.2.3"]
		{
			assert_eq!(text.parse::<Amount>(), Err(AmountError::NotANumber(text.into())), "{text}");
		}
		let fine = "0.0000000000001";
		assert_eq!(fine.parse::<Amount>(), Err(AmountError::TooFine(fine.into())));
		for large in ["340282366920938463463374607431768211456p", "340282366920938463463374608"] {
			assert_eq!(large.parse::<Amount>(), Err(AmountError::TooLarge(large.into())));
		}
	}

	#[test]
	fn amounts_are_written_exactly() {
		assert_eq!(Amount(10 * UNIT).to_string(), "10 TRIB");
		assert_eq!(Amount(1).to_string(), "0.000000000001 TRIB");
		assert_eq!(Amount(UNIT * 3 / 2).to_string(), "1.5 TRIB");
		for amount in [0, 1, UNIT - 1, UNIT, u128::MAX] {
			assert_eq!(planck(&Amount(amount).to_string()), amount);
		}
	}

	#[test]
	fn rates_are_read_and_written_exactly() {
		let parts = |text: &str| text.parse::<Rate>().unwrap().0;
		assert_eq!(parts("5%"), 50_000_000);
		assert_eq!(parts("0.5%"), 5_000_000);
		assert_eq!(parts("0.05"), 50_000_000);
		assert_eq!(parts("100%"), 1_000_000_000);
		assert_eq!(parts("1"), 1_000_000_000);
		assert_eq!(parts("0"), 0);
		for text in ["", "%", "-5%", "101%", "1.1", "5", "0.00000001%", "x%"] {
			assert!(text.parse::<Rate>().is_err(), "{text}");
		}
		assert_eq!(Rate(50_000_000).to_string(), "5%");
		assert_eq!(Rate(1).to_string(), "0.0000001%");
	}
}
