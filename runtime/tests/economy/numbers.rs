//! Numbers that a seed decides.

/// SplitMix64.
pub struct Numbers(u64);

impl Numbers {
	pub fn of(seed: u64) -> Self {
		Self(seed)
	}

	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut mixed = self.0;
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	/// A number below `bound`, which is more than 0.
	pub fn below(&mut self, bound: usize) -> usize {
		(self.next() % bound as u64) as usize
	}

	/// A number of `least..=most`.
	pub fn within(&mut self, least: u128, most: u128) -> u128 {
		least + u128::from(self.next()) % (most - least + 1)
	}

	/// Happens once in `times` on average.
	pub fn once_in(&mut self, times: usize) -> bool {
		self.below(times) == 0
	}

	/// One of `all`, unless there is none.
	pub fn pick<T>(&mut self, all: impl IntoIterator<Item = T>) -> Option<T> {
		let mut all: Vec<T> = all.into_iter().collect();
		if all.is_empty() {
			return None;
		}
		let index = self.below(all.len());
		Some(all.swap_remove(index))
	}

	pub fn bytes(&mut self, len: usize) -> Vec<u8> {
		(0..len).map(|_| self.next() as u8).collect()
	}
}
