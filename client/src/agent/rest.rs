//! Rests after refusals, so that what is refused again and again costs little.

use serde::{Deserialize, Serialize};

/// The blocks of the first rest; each next one is twice as long.
const SHORTEST: u64 = 10;
/// The blocks of the longest rest.
const LONGEST: u64 = 640;

/// When something that was refused is tried again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rest {
	until: u64,
	pause: u64,
}

impl Rest {
	/// Until the block `number`, and after no refusal.
	pub fn until(number: u64) -> Self {
		Self { until: number, pause: 0 }
	}

	/// After a refusal in the block `number`. Gives the block in which it is over.
	pub fn refused(&mut self, number: u64) -> u64 {
		self.pause = self.pause.saturating_mul(2).clamp(SHORTEST, LONGEST);
		self.until = number.saturating_add(self.pause);
		self.until
	}

	/// Whether it is over in the block `number`.
	pub fn is_over(&self, number: u64) -> bool {
		number >= self.until
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_was_refused_is_tried_again_after_growing_rests() {
		let mut rest = Rest::default();
		assert!(rest.is_over(0));
		let mut number = 100;
		for pause in [10, 20, 40, 80, 160, 320, 640, 640] {
			assert_eq!(rest.refused(number), number + pause);
			assert!(!rest.is_over(number + pause - 1), "{pause}");
			assert!(rest.is_over(number + pause), "{pause}");
			number += pause;
		}
	}

	#[test]
	fn what_waits_without_a_refusal_rests_shortly_after_the_first_one() {
		let mut rest = Rest::until(50);
		assert!(!rest.is_over(49));
		assert!(rest.is_over(50));
		assert_eq!(rest.refused(50), 60);
	}
}
