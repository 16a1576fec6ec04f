//! Binary search over what is stored by index, which counts its reads.

/// The number of binary digits of `count`: how many of so many entries [`first`] asks for at most.
pub fn digits(count: u32) -> u32 {
	u32::BITS.saturating_sub(count.leading_zeros())
}

/// The least index below `count` for which `reached` holds, or `count` where there is none. It must
/// hold for every index after one for which it holds; the last that it holds of is the answer. It is asked
/// at most as often as `count` has binary [`digits`].
pub fn first(count: u32, mut reached: impl FnMut(u32) -> bool) -> u32 {
	let (mut low, mut high) = (0, count);
	while low < high {
		let middle = u32::midpoint(low, high);
		if reached(middle) {
			high = middle;
		} else {
			low = middle.saturating_add(1);
		}
	}
	low
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn a_search_among_a_million_asks_twenty_times() {
		let mut asked = 0;
		let found = first(1_000_000, |index| {
			asked += 1;
			index >= 777_777
		});
		assert_eq!((found, asked), (777_777, 20));
		assert_eq!(digits(1_000_000), 20);
		assert_eq!((digits(0), digits(1), digits(u32::MAX)), (0, 1, 32));
	}

	proptest! {
		#[test]
		fn a_search_finds_the_first_and_asks_no_more_than_the_digits(
			count in prop_oneof![0u32..70, any::<u32>()], seed in any::<u32>(),
		) {
			let from = if count == 0 { 0 } else { seed % count + seed % 2 };
			let (mut asked, mut last) = (0, None);
			let found = first(count, |index| {
				asked += 1;
				if index >= from {
					last = Some(index);
				}
				index >= from
			});
			prop_assert_eq!(found, from.min(count));
			prop_assert!(asked <= digits(count));
			prop_assert_eq!(last, (found < count).then_some(found));
		}
	}
}
