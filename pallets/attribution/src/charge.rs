//! What the calls are charged for.

use frame_support::{traits::Get, weights::Weight};
use tributary_primitives::{blob::Opening, fault::Fault, title::MAX_TENURE_READS};

use crate::{
	pallet::Config,
	types::{Hashing, PayoutProof, Unseen},
	weights::WeightInfo,
};

/// The weight of a report, and of the free answers to the demands for its `unseen` sources.
pub(crate) fn report_weight<T: Config>(tails: [&Opening; 2], unseen: &Unseen) -> Weight {
	let Hashing { chunks, siblings } = Hashing::of(tails);
	let unseen = u32::try_from(unseen.len()).unwrap_or(u32::MAX);
	let answers = T::UnseenAnswers::get().saturating_mul(unseen.into());
	T::WeightInfo::report(chunks, siblings, unseen).saturating_add(answers)
}

/// The weight of submitting a fault, whether faults were announced or not.
pub(crate) fn fault_weight<W: WeightInfo>(fault: &Fault) -> Weight {
	let Hashing { chunks, siblings } = Hashing::of_fault(fault);
	W::submit_fault(chunks, siblings).max(W::submit_announced_fault(chunks, siblings))
}

/// The weight of authorising a fault.
pub(crate) fn authorize_weight<W: WeightInfo>(fault: &Fault) -> Weight {
	let Hashing { chunks, siblings } = Hashing::of_fault(fault);
	W::authorize_submit_fault(chunks, siblings)
}

/// The weight of a claim by the two ends of a run.
pub(crate) fn claim_weight<T: Config>(first: &PayoutProof, last: &PayoutProof) -> Weight {
	direct_claim_weight::<T>(first, last).saturating_add(tenures_weight::<T>())
}

/// The weight of a claim of which nothing goes to curators.
pub(crate) fn direct_claim_weight<T: Config>(first: &PayoutProof, last: &PayoutProof) -> Weight {
	let Hashing { chunks, siblings } = Hashing::of([&*first.opening, &*last.opening]);
	T::WeightInfo::claim(chunks, siblings)
}

/// The most that it weighs to find whose the title of a dataset was.
fn tenures_weight<T: Config>() -> Weight {
	T::DbWeight::get().reads(MAX_TENURE_READS.into())
}

/// The weight of revealing an announced fault.
pub(crate) fn reveal_weight<W: WeightInfo>(fault: &Fault) -> Weight {
	let Hashing { chunks, siblings } = Hashing::of_fault(fault);
	W::reveal_announcement(chunks, siblings)
}

/// The weight of a claim of passed credit by an entry.
pub(crate) fn claim_passed_weight<W: WeightInfo>(entry: &Opening) -> Weight {
	W::claim_passed(entry.chunk_count(), entry.sibling_count())
}
