//! What the chain knows of a report and of what it reports on, for the verifier of faults.

use frame_support::DebugNoBound;
use frame_system::pallet_prelude::BlockNumberFor;
use tributary_primitives::{
	blob::Content,
	fault::Facts,
	ids::{seq_of, EpochIndex, ModelId},
	traits::{Contributions, Models, ReceiptFacts, Receipts},
};

use crate::{Config, ReportOf};

/// The facts of one report. A source is in the corpus if it stood accepted at the epoch's last
/// block and is in the version of its dataset that the model's corpus pins.
#[derive(DebugNoBound)]
pub struct ReportFacts<T: Config> {
	model: ModelId,
	epoch: EpochIndex,
	last_block: BlockNumberFor<T>,
	window: u32,
	entries: Content,
	payouts: Content,
}

impl<T: Config> ReportFacts<T> {
	/// The facts of `report` on (`model`, `epoch`); `None` where there is no such model.
	pub fn new(model: ModelId, epoch: EpochIndex, report: &ReportOf<T>) -> Option<Self> {
		Some(Self {
			model,
			epoch,
			last_block: T::Usage::last_block(epoch),
			window: T::Models::window(model)?,
			entries: report.entries,
			payouts: report.payouts,
		})
	}
}

impl<T: Config> Facts for ReportFacts<T> {
	fn entries(&self) -> Content {
		self.entries
	}

	fn payouts(&self) -> Content {
		self.payouts
	}

	fn window(&self) -> u32 {
		self.window
	}

	fn receipt_count(&self) -> u32 {
		T::Usage::receipt_count(self.model, self.epoch)
	}

	fn receipt(&self, index: u32) -> Option<ReceiptFacts> {
		T::Usage::receipt(self.model, self.epoch, index)
	}

	fn source(&self, source: u64) -> Option<Content> {
		let contribution = T::Datasets::contribution(seq_of(source)?)?;
		let version = T::Models::corpus_version(self.model, contribution.dataset)?;
		(contribution.accepted_as_of(self.last_block) && contribution.within(version))
			.then_some(contribution.content)
	}
}
