//! What a registration is charged for.

use frame_support::weights::Weight;
use sp_runtime::SaturatedConversion;
use tributary_primitives::blob::Opening;

use crate::{types::*, Config, WeightInfo};

/// What the weight of a registration grows with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
	/// The parents, whose ancestors and corpora are joined.
	pub parents: u32,
	/// The distinct ancestors, whose rates are read.
	pub ancestors: u32,
	/// The datasets that the model pins itself.
	pub pins: u32,
	/// The inherited datasets whose owners are asked about training.
	pub inherited: u32,
	/// The chunks of both tail openings.
	pub chunks: u32,
	/// The siblings of both tail openings.
	pub siblings: u32,
}

impl Work {
	/// The most that a registration with these arguments may take.
	pub fn most(parents: &Parents, pins: &Pins, tails: [&Opening; 2]) -> Self {
		let inherits = !parents.is_empty();
		let sum = |of: fn(&Opening) -> u32| {
			tails.into_iter().fold(0u32, |sum, tail| sum.saturating_add(of(tail)))
		};
		Self {
			parents: parents.len().saturated_into(),
			ancestors: if inherits { MAX_ANCESTORS } else { 0 },
			pins: pins.len().saturated_into(),
			inherited: if inherits { MAX_CORPUS } else { 0 },
			chunks: sum(Opening::chunk_count),
			siblings: sum(Opening::sibling_count),
		}
	}

	/// What it took, where there are so many ancestors, and so many inherited datasets were asked about.
	pub fn after(self, ancestors: usize, inherited: usize) -> Self {
		Self {
			ancestors: ancestors.saturated_into(),
			inherited: inherited.saturated_into(),
			..self
		}
	}

	/// What it weighs.
	pub fn weight<T: Config>(self) -> Weight {
		let Self { parents, ancestors, pins, inherited, chunks, siblings } = self;
		T::WeightInfo::register(parents, ancestors, pins, inherited, chunks, siblings)
	}
}
