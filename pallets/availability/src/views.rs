//! What others read: for the runtime API and for anyone who links the pallet.

use alloc::vec::Vec;

use sp_runtime::traits::SaturatedConversion;
use tributary_primitives::views::{DemandView, Page, MAX_PAGE};

use crate::pallet::{Config, Demands, NextDemand, Pallet};

/// The most demands that one page looks at, of which those that were answered or enforced are not on
/// it.
pub const MAX_SCAN: u32 = 4 * MAX_PAGE;

impl<T: Config> Pallet<T> {
	/// The demand `id`, while it is neither answered nor enforced.
	pub fn demand_view(id: u64) -> Option<DemandView<T::AccountId>> {
		let demand = Demands::<T>::get(id)?;
		Some(DemandView {
			id,
			blob: demand.blob,
			content: demand.content,
			chunk: demand.chunk,
			demander: demand.demander,
			respondent: demand.respondent,
			deposit: demand.deposit,
			answer_until: demand.answer_until.saturated_into(),
		})
	}

	/// Demands from `from` on that are neither answered nor enforced, at most `limit` of them (at least 1
	/// and at most [`MAX_PAGE`]). Looks at [`MAX_SCAN`] numbers, so a page may be short or empty and
	/// still have a next.
	pub fn demands_page(from: u64, limit: u32) -> Page<DemandView<T::AccountId>, u64> {
		let end = NextDemand::<T>::get();
		let stop = end.min(from.saturating_add(MAX_SCAN.into()));
		let limit = usize::try_from(limit.clamp(1, MAX_PAGE)).unwrap_or(usize::MAX);
		let mut items = Vec::new();
		let mut next = from;
		while next < stop && items.len() < limit {
			items.extend(Self::demand_view(next));
			next = next.saturating_add(1);
		}
		Page { items, next: (next < end).then_some(next) }
	}
}
