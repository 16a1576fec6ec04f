//! Windows of an output, and what a run of them is worth (protocol 5).

use core::ops::RangeInclusive;

/// The window lengths, in bytes, that a model may choose.
pub const WINDOW_BOUNDS: RangeInclusive<u32> = 24..=1024;
/// The window length of a model that states none, in bytes.
pub const DEFAULT_WINDOW: u32 = 32;

/// `W`: the number of windows of `window` bytes in an output of `len` bytes. An output shorter than
/// one window has none.
pub fn window_count(len: u64, window: u32) -> u64 {
	match len.checked_sub(u64::from(window)) {
		Some(last) if window > 0 => last.saturating_add(1),
		_ => 0,
	}
}

/// The bytes that `count` neighbouring windows cover: `count + window - 1`, or none for no window.
pub fn covered_len(count: u64, window: u32) -> u64 {
	match count {
		0 => 0,
		count => count.saturating_add(u64::from(window)).saturating_sub(1),
	}
}

/// `floor(amount * part / whole)` without overflow, for `part <= whole`.
///
/// A `part` above `whole` is taken as `whole`, and the portion of an empty whole is 0. Rounds down.
pub fn portion(amount: u128, part: u64, whole: u64) -> u128 {
	let (part, whole) = (u128::from(part.min(whole)), u128::from(whole));
	// With q = amount / whole and r = amount % whole the product is q*part + r*part/whole. Neither
	// term overflows: part <= whole bounds the first by `amount`, and r*part < 2^64 * 2^64.
	let quotient = amount.checked_div(whole).unwrap_or(0);
	let remainder = amount.checked_rem(whole).unwrap_or(0);
	let rest = remainder.saturating_mul(part).checked_div(whole).unwrap_or(0);
	quotient.saturating_mul(part).saturating_add(rest)
}

/// What windows `start .. start + count` are worth in an output that has `windows` of them and
/// carries `amount` planck: `floor(amount*(start+count)/windows) - floor(amount*start/windows)`.
///
/// It telescopes: cutting a run in two never changes the sum, and all windows together are worth
/// `amount` exactly.
pub fn worth(amount: u128, windows: u64, start: u64, count: u64) -> u128 {
	let end = start.saturating_add(count);
	portion(amount, end, windows).saturating_sub(portion(amount, start, windows))
}

/// What item `index` of the `items` served under one receipt carries of its data amount, in planck:
/// `floor(amount*(index+1)/items) - floor(amount*index/items)` (protocol 4).
pub fn item_amount(amount: u128, items: u64, index: u64) -> u128 {
	worth(amount, items, index, 1)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn an_output_shorter_than_the_window_has_none() {
		assert_eq!(window_count(0, 32), 0);
		assert_eq!(window_count(31, 32), 0);
		assert_eq!(window_count(32, 32), 1);
		assert_eq!(window_count(33, 32), 2);
		assert_eq!(window_count(u64::MAX, 24), u64::MAX - 23);
	}

	#[test]
	fn the_example_of_the_protocol_has_five_windows() {
		assert_eq!(window_count(8, 4), 5);
		assert_eq!(covered_len(3, 4), 6);
		assert_eq!(worth(100, 5, 0, 3), 60);
		assert_eq!(worth(100, 5, 3, 2), 40);
	}

	#[test]
	fn portions_of_the_largest_numbers_do_not_overflow() {
		assert_eq!(portion(u128::MAX, u64::MAX, u64::MAX), u128::MAX);
		assert_eq!(portion(u128::MAX, 1, 2), u128::MAX / 2);
		assert_eq!(portion(7, 1, 0), 0);
	}

	proptest! {
		#[test]
		fn a_portion_is_the_exact_floor(amount in 0u128..1 << 64, part: u64, whole in 1u64..) {
			let part = part % whole.saturating_add(1).max(1);
			prop_assert_eq!(portion(amount, part, whole), amount * u128::from(part) / u128::from(whole));
		}

		#[test]
		fn cutting_a_run_changes_nothing(amount: u128, windows in 1u64.., a: u64, b: u64, c: u64) {
			let mut cuts = [a % windows, b % windows, c % windows];
			cuts.sort_unstable();
			let [a, b, c] = cuts;
			prop_assert_eq!(
				worth(amount, windows, a, b - a) + worth(amount, windows, b, c - b),
				worth(amount, windows, a, c - a)
			);
		}

		#[test]
		fn items_share_the_whole_amount(amount: u128, items in 1u64..200) {
			let sum: u128 = (0..items).map(|i| item_amount(amount, items, i)).sum();
			prop_assert_eq!(sum, amount);
			let each: Vec<u128> = (0..items).map(|i| item_amount(amount, items, i)).collect();
			prop_assert!(each.iter().max().unwrap() - each.iter().min().unwrap() <= 1);
		}
	}
}
