//! What the chain knows of a report and of what it reports on, for the verifier of faults.

use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::Saturating;
use tributary_primitives::{
	blob::Content,
	fault::Facts,
	ids::{seq_of, EpochIndex, ModelId},
	traits::{ContributionFacts, Contributions, Models, ReceiptFacts, Receipts},
};

use crate::{types::ReportOf, Config};

/// The facts of one report. A source is in the corpus if it stood accepted at the epoch's last
/// block, is in the version of its dataset that the model's corpus pins, and is not withheld. Receipts are
/// as the report counted them, whatever was withheld since.
pub struct ReportFacts<'a, T: Config> {
	model: ModelId,
	epoch: EpochIndex,
	last_block: BlockNumberFor<T>,
	window: u32,
	report: &'a ReportOf<T>,
}

impl<'a, T: Config> ReportFacts<'a, T> {
	/// The facts of `report` on (`model`, `epoch`); `None` where there is no such model.
	pub fn new(model: ModelId, epoch: EpochIndex, report: &'a ReportOf<T>) -> Option<Self> {
		Some(Self {
			model,
			epoch,
			last_block: T::Usage::last_block(epoch),
			window: T::Models::window(model)?,
			report,
		})
	}
}

impl<T: Config> Facts for ReportFacts<'_, T> {
	fn entries(&self) -> Content {
		self.report.entries
	}

	fn payouts(&self) -> Content {
		self.report.payouts
	}

	fn window(&self) -> u32 {
		self.window
	}

	fn receipt_count(&self) -> u32 {
		T::Usage::receipt_count(self.model, self.epoch)
	}

	fn receipt(&self, index: u32) -> Option<ReceiptFacts> {
		T::Usage::receipt(self.model, self.epoch, index, self.report.withheld)
	}

	fn source(&self, source: u64) -> Option<Content> {
		let contribution = contribution_of::<T>(source)?;
		let version = T::Models::corpus_version(self.model, contribution.dataset)?;
		let member = contribution.accepted_as_of(self.last_block)
			&& contribution.within(version)
			&& contribution.withheld_at.is_none();
		member.then_some(contribution.content)
	}

	fn content(&self, source: u64) -> Option<Content> {
		contribution_of::<T>(source).map(|contribution| contribution.content)
	}

	fn is_excused(&self, source: u64) -> bool {
		let posted_at = self.report.posted_at;
		// The challenge window as it was when the report was posted.
		let window = self.report.demand_until.saturating_sub(posted_at);
		let lately =
			|withheld_at: BlockNumberFor<T>| withheld_at.saturating_add(window) >= posted_at;
		self.report.lists(source)
			|| contribution_of::<T>(source)
				.and_then(|contribution| contribution.withheld_at)
				.is_some_and(lately)
	}
}

/// The contribution that `source` names.
pub(crate) fn contribution_of<T: Config>(
	source: u64,
) -> Option<ContributionFacts<T::AccountId, BlockNumberFor<T>>> {
	seq_of(source).and_then(T::Datasets::contribution)
}
