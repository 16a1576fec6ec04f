//! What the calls are charged for.

use frame_support::{traits::Get, weights::Weight};
use tributary_primitives::{
	availability::Demanded,
	blob::{Opening, MAX_OPENING_CHUNKS, MAX_SIBLINGS},
};

use crate::{weights::WeightInfo, Config};

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

/// The weight of the most that enforcing a demand may bring about. The reports of the benchmarks are not
/// announced; one that is leaves a reward that waits, for two reads and two writes more.
pub(crate) fn enforce_weight<T: Config>() -> Weight {
	let [report, outputs, contribution] = [
		T::WeightInfo::enforce_report(),
		T::WeightInfo::enforce_outputs(),
		T::WeightInfo::enforce_contribution(),
	];
	report.max(outputs).max(contribution).saturating_add(T::DbWeight::get().reads_writes(2, 2))
}
