//! Pauses of a channel whose questions the program does not answer: what fails is paid by nobody.

use std::time::{Duration, Instant};

/// The first pause; each next one is twice as long.
const SHORTEST: Duration = Duration::from_secs(5);
/// The longest pause.
const LONGEST: Duration = Duration::from_secs(3_600);

/// When the program runs for a channel again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pause {
	length: Duration,
	until: Option<Instant>,
}

impl Pause {
	/// The program begins to run. Who goes away before it answers has failed too, so this counts as a failure until
	/// [`Pause::answered`].
	pub fn begin(&mut self, now: Instant) {
		self.length = self.length.saturating_mul(2).clamp(SHORTEST, LONGEST);
		self.until = now.checked_add(self.length);
	}

	/// The program that began has failed: the pause is from now on.
	pub fn failed(&mut self, now: Instant) {
		self.until = now.checked_add(self.length);
	}

	/// The program has answered.
	pub fn answered(&mut self) {
		*self = Self::default();
	}

	/// How long it still is, if it is not over.
	pub fn left(&self, now: Instant) -> Option<Duration> {
		self.until
			.and_then(|until| until.checked_duration_since(now))
			.filter(|left| !left.is_zero())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn pauses_double_up_to_a_bound_and_an_answer_ends_them() {
		let mut now = Instant::now();
		let mut pause = Pause::default();
		assert_eq!(pause.left(now), None);
		for seconds in [5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600] {
			pause.begin(now);
			now += Duration::from_secs(60);
			pause.failed(now);
			assert_eq!(pause.left(now), Some(Duration::from_secs(seconds)));
			now += Duration::from_secs(seconds);
			assert_eq!(pause.left(now), None);
		}
		pause.begin(now);
		pause.answered();
		assert_eq!(pause.left(now), None);
		pause.begin(now);
		assert_eq!(pause.left(now), Some(SHORTEST), "also where nobody has waited for the answer");
	}
}
