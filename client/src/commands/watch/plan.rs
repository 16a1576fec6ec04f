//! Which chunks of a missing blob are demanded.

use std::collections::BTreeSet;

use tributary_primitives::blob::Content;

use crate::{
	commands::demand::random_chunk,
	error::Result,
	exchange::{Chunks, MAX_CHUNKS},
	random,
};

/// The most chunks that are demanded of a blob that is too long to be put together from them: they show
/// whether somebody has it.
const PROBES: usize = 4;
/// Draws for a chunk of a long blob that was not demanded before.
const DRAWS: u32 = 8;

/// The chunks of one blob that are left to demand.
pub struct Plan {
	content: Content,
	asked: BTreeSet<u64>,
	/// Whether a demand for one of its chunks is open.
	pub pends: bool,
}

impl Plan {
	/// For the blob `content`, of which the chunks `asked` were demanded before.
	pub fn new(content: &Content, asked: BTreeSet<u64>) -> Self {
		Self { content: *content, asked, pends: false }
	}

	/// Leaves out chunks that are here.
	pub fn leave(&mut self, kept: Vec<u64>) {
		self.asked.extend(kept);
	}

	/// A chunk that is not given again. Of a short blob each is given some time; of a longer one some are,
	/// and none while a demand for it is open.
	///
	/// # Errors
	/// Where the system has no randomness.
	pub fn draw(&mut self) -> Result<Option<u64>> {
		if Chunks::takes(&self.content) {
			let left: Vec<_> =
				(0..self.content.chunks()).filter(|chunk| !self.asked.contains(chunk)).collect();
			let at = usize::try_from(random::below(left.len() as u64)?).unwrap_or_default();
			let drawn = left.get(at).copied();
			self.asked.extend(drawn);
			return Ok(drawn);
		}
		if self.content.chunks() <= MAX_CHUNKS || self.pends || self.asked.len() >= PROBES {
			return Ok(None);
		}
		self.pends = true;
		for _ in 0..DRAWS {
			let chunk = random_chunk(&self.content)?;
			if self.asked.insert(chunk) {
				return Ok(Some(chunk));
			}
		}
		Ok(None)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn content(len: u64) -> Content {
		Content { root: [7; 32], len }
	}

	fn all(plan: &mut Plan) -> Vec<u64> {
		std::iter::from_fn(|| plan.draw().unwrap()).collect()
	}

	#[test]
	fn every_chunk_of_a_short_blob_is_demanded_once() {
		for len in [1, 1_024, 1_025, 64 * 1_024] {
			let mut drawn = all(&mut Plan::new(&content(len), BTreeSet::new()));
			drawn.sort_unstable();
			let every: Vec<_> = (0..content(len).chunks()).collect();
			assert_eq!(drawn, every, "{len} bytes");
		}
	}

	#[test]
	fn what_was_demanded_before_or_is_here_is_left() {
		let mut plan = Plan::new(&content(5_000), BTreeSet::from([0, 4]));
		plan.leave(vec![2]);
		let mut drawn = all(&mut plan);
		drawn.sort_unstable();
		assert_eq!(drawn, [1, 3]);
	}

	#[test]
	fn a_long_blob_is_only_probed() {
		let long = content(64 * 1_024 + 1);
		let mut asked = BTreeSet::new();
		for _ in 0..PROBES {
			let mut plan = Plan::new(&long, asked.clone());
			let chunk = plan.draw().unwrap();
			assert_eq!(plan.draw().unwrap(), None, "one at a time");
			assert!(asked.insert(chunk.unwrap()));
		}
		assert_eq!(all(&mut Plan::new(&long, asked)), [0u64; 0]);
		let mut plan = Plan::new(&long, BTreeSet::new());
		plan.pends = true;
		assert_eq!(plan.draw().unwrap(), None);
	}

	#[test]
	fn an_empty_blob_is_not_demanded() {
		assert_eq!(all(&mut Plan::new(&content(0), BTreeSet::new())), [0u64; 0]);
	}
}
