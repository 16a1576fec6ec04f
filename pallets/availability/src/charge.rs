//! What the calls are charged for.

use frame_support::weights::Weight;
use tributary_primitives::{
	availability::Demanded,
	blob::{Opening, MAX_OPENING_CHUNKS, MAX_SIBLINGS},
};

use crate::weights::WeightInfo;

/// The weight of a demand, and of the largest answer to it, which pays no fee of its own.
pub(crate) fn demand_weight<W: WeightInfo>(blob: &Demanded, item: Option<&Opening>) -> Weight {
	let demand = match blob {
		Demanded::Contribution { .. } => W::demand_contribution(),
		_ => {
			let size = |item: &Opening| (item.chunk_count(), item.sibling_count());
			let (chunks, siblings) = item.map_or((0, 0), size);
			W::demand(chunks, siblings)
		}
	};
	demand.saturating_add(largest_answer::<W>())
}

/// The weight of the largest answer, which pays no fee of its own: whatever makes a demand pays it.
pub fn largest_answer<W: WeightInfo>() -> Weight {
	let chunks = u32::try_from(MAX_OPENING_CHUNKS).unwrap_or(u32::MAX);
	W::authorize_answer(chunks, MAX_SIBLINGS).saturating_add(W::answer(chunks, MAX_SIBLINGS))
}

/// The weight of the most that enforcing a demand may bring about, whether faults of its report were
/// announced or not.
pub(crate) fn enforce_weight<W: WeightInfo>() -> Weight {
	[
		W::enforce_report(),
		W::enforce_announced_report(),
		W::enforce_outputs(),
		W::enforce_announced_outputs(),
		W::enforce_contribution(),
	]
	.into_iter()
	.fold(Weight::zero(), |most, weight| most.max(weight))
}
