//! Parts of amounts, in planck, by the words of the protocol: rates are parts of a billion.

const BILLION: u128 = 1_000_000_000;

fn times(amount: u128, by: u128) -> u128 {
	amount.checked_mul(by).expect("amounts are small here")
}

/// `floor(rate * amount)`.
pub fn floor(rate: u128, amount: u128) -> u128 {
	times(amount, rate) / BILLION
}

/// `ceil(rate * amount)`.
pub fn ceil(rate: u128, amount: u128) -> u128 {
	times(amount, rate).div_ceil(BILLION)
}

/// `floor(amount * part / whole)`.
pub fn portion(amount: u128, part: u128, whole: u128) -> u128 {
	times(amount, part) / whole
}

/// What parts `start .. start + count` of `whole` equal parts of `amount` are worth.
pub fn worth(amount: u128, whole: u128, start: u128, count: u128) -> u128 {
	portion(amount, start + count, whole) - portion(amount, start, whole)
}

/// The largest number of which the square is at most `square`.
pub fn root(square: u128) -> u128 {
	let (mut low, mut high) = (0, 1 << 64);
	while high - low > 1 {
		let middle = (low + high) / 2;
		if times(middle, middle) <= square {
			low = middle;
		} else {
			high = middle;
		}
	}
	low
}
