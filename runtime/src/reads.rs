//! Reads that join two pallets.

use alloc::vec::Vec;

use pallet_models::Pin;
use tributary_primitives::{
	ids::{DatasetId, EpochIndex, ModelId},
	traits::{Contributions, Models as _, Receipts},
	views::{AncestorView, CorpusEntryView, Page, MAX_PAGE},
};

use crate::{AccountId, BlockNumber, Datasets, Models, Runtime, System, Usage};

/// Every ancestor of a model with its owner and what it earned; `None` where there is no such model.
pub fn lineage(model: ModelId) -> Option<Vec<AncestorView<AccountId>>> {
	Models::owner(model)?;
	Some(
		pallet_models::Ancestors::<Runtime>::get(model)
			.into_iter()
			.filter_map(|(ancestor, rate)| {
				let balance = Usage::lineage_balance(model, ancestor)?;
				Some(AncestorView {
					model: ancestor,
					owner: Models::owner(ancestor)?,
					rate,
					earned: balance.earned,
					claimed: balance.claimed,
				})
			})
			.collect(),
	)
}

/// A place in a corpus: the pin, and the entry of the pinned dataset.
#[derive(Clone, Copy)]
struct Cursor {
	pin: u32,
	entry: u32,
}

impl Cursor {
	fn from_u64(cursor: u64) -> Self {
		let [a, b, c, d, e, f, g, h] = cursor.to_be_bytes();
		Self { pin: u32::from_be_bytes([a, b, c, d]), entry: u32::from_be_bytes([e, f, g, h]) }
	}

	fn to_u64(self) -> u64 {
		u64::from(self.pin) << 32 | u64::from(self.entry)
	}

	/// This place or, where the pinned version ends before it, the start of the next pin that holds
	/// anything; with the dataset. `None` past the last.
	fn settle(mut self, pins: &[Pin]) -> Option<(Self, DatasetId)> {
		loop {
			let pin = pins.get(usize::try_from(self.pin).ok()?)?;
			if self.entry < pin.version {
				return Some((self, pin.dataset));
			}
			self = Self { pin: self.pin.checked_add(1)?, entry: 0 };
		}
	}
}

/// A page of the contributions that stood accepted at the end of the last block of `epoch`, or stand
/// so now, and whose bytes were never withheld; `None` where there is no such model.
///
/// A page looks at no more than `limit` entries, nor more than [`MAX_PAGE`], and leaves out those that
/// are not in the corpus, so it may hold fewer and still name a next one.
pub fn corpus_page(
	model: ModelId,
	epoch: Option<EpochIndex>,
	cursor: u64,
	limit: u32,
) -> Option<Page<CorpusEntryView, u64>> {
	Models::owner(model)?;
	let pins = pallet_models::Corpus::<Runtime>::get(model);
	let as_of = epoch.map_or_else(System::block_number, Usage::last_block);

	let mut place = Cursor::from_u64(cursor).settle(&pins);
	let mut items = Vec::new();
	for _ in 0..limit.clamp(1, MAX_PAGE) {
		let Some((at, dataset)) = place else { break };
		items.extend(standing_entry(dataset, at.entry, as_of));
		place = Cursor { entry: at.entry.saturating_add(1), ..at }.settle(&pins);
	}
	Some(Page { items, next: place.map(|(at, _)| at.to_u64()) })
}

fn standing_entry(dataset: DatasetId, index: u32, as_of: BlockNumber) -> Option<CorpusEntryView> {
	let seq = Datasets::entry(dataset, index)?;
	let facts = Datasets::contribution(seq)?;
	(facts.accepted_as_of(as_of) && facts.withheld_at.is_none())
		.then_some(CorpusEntryView { seq, content: facts.content })
}
