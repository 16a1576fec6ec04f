//! Read helpers that the runtime API is made of. None of them changes anything.

use alloc::vec::Vec;

use frame_support::traits::Get;
use sp_runtime::{Perbill, SaturatedConversion};
use tributary_primitives::{
	ids::{EpochIndex, ModelId},
	split::entitlement,
	title::Title,
	traits::{Models, Titles},
	views::{
		BooksView, ClaimableLineageView, ClaimableView, EpochView, Page, PotView, ReceiptView,
		MAX_PAGE,
	},
};

use crate::{
	Claimed, Config, Deposited, Ledger, Ledgers, LineageClaimed, Pallet, PotState, Pots,
	ReceiptCount, ReceiptOf, Receipts,
};

/// How many former tenures of each ancestor's title [`Pallet::claimable_view`] looks at.
pub const FORMER_TENURES: u32 = 16;

/// What an ancestor has of the revenue of a model, in planck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineageBalance {
	/// Earned in all.
	pub earned: u128,
	/// Claimed of it.
	pub claimed: u128,
}

impl LineageBalance {
	/// What may be claimed now.
	pub fn claimable(&self) -> u128 {
		self.earned.saturating_sub(self.claimed)
	}
}

impl<T: Config> Pallet<T> {
	/// Where the chain is in its epochs.
	pub fn epoch_view() -> EpochView {
		EpochView {
			current: Self::current_epoch(),
			length: T::EpochLength::get().saturated_into(),
			block: frame_system::Pallet::<T>::block_number().saturated_into(),
		}
	}

	/// A receipt; `None` where there is none or it was released.
	pub fn receipt_view(
		model: ModelId,
		epoch: EpochIndex,
		index: u32,
	) -> Option<ReceiptView<T::AccountId>> {
		Receipts::<T>::get((model, epoch, index)).map(|receipt| view::<T>(index, receipt))
	}

	/// The receipts of (model, epoch) with an index from `from`, released ones left out. A page looks
	/// at no more than `limit` indices, nor more than [`MAX_PAGE`].
	pub fn receipts_page(
		model: ModelId,
		epoch: EpochIndex,
		from: u32,
		limit: u32,
	) -> Page<ReceiptView<T::AccountId>, u32> {
		let count = ReceiptCount::<T>::get(model, epoch);
		let end = from.saturating_add(limit.clamp(1, MAX_PAGE)).min(count);
		let items = (from..end)
			.filter_map(|index| Self::receipt_view(model, epoch, index))
			.collect::<Vec<_>>();
		Page { items, next: (end < count).then_some(end) }
	}

	/// The pot of (model, epoch); `None` where nothing was paid.
	pub fn pot_view(model: ModelId, epoch: EpochIndex) -> Option<PotView> {
		let pot = Pots::<T>::get(model, epoch)?;
		let (settled, unclaimed) = match pot.state {
			PotState::Open => (false, 0),
			PotState::Settled { unclaimed } => (true, unclaimed),
		};
		Some(PotView { data: pot.data, attribution_fee: pot.attribution_fee, settled, unclaimed })
	}

	/// What `ancestor` has of the revenue of `model`, all tenures of its title together; `None` where it
	/// is no ancestor of it.
	pub fn lineage_balance(model: ModelId, ancestor: ModelId) -> Option<LineageBalance> {
		let rate = T::Models::lineage_rate(model, ancestor)?;
		Some(LineageBalance {
			earned: entitlement(rate, Ledgers::<T>::get(model).gross),
			claimed: LineageClaimed::<T>::iter_prefix_values((model, ancestor))
				.fold(0, u128::saturating_add),
		})
	}

	/// What the tenures of the title of `ancestor` from `from` on may claim of the revenue of `model`; none
	/// where it is no ancestor of it. A page has no more than `limit` tenures, nor more than
	/// [`MAX_PAGE`].
	pub fn lineage_tenures(
		model: ModelId,
		ancestor: ModelId,
		from: u32,
		limit: u32,
	) -> Page<ClaimableLineageView, u32> {
		let Some(rate) = T::Models::lineage_rate(model, ancestor) else {
			return Page { items: Vec::new(), next: None };
		};
		let ledger = Ledgers::<T>::get(model);
		let count = T::Titles::current_tenure(Title::model(ancestor)).saturating_add(1);
		let end = from.saturating_add(limit.clamp(1, MAX_PAGE)).min(count);
		let items = (from..end)
			.filter_map(|tenure| claimable_in::<T>(model, &ledger, (ancestor, rate), tenure))
			.collect();
		Page { items, next: (end < count).then_some(end) }
	}

	/// What the owner of `model` and the tenures of each ancestor's title may claim; `None` where there is
	/// no such model. An ancestor's tenure of today is always listed; of the [`FORMER_TENURES`] before it,
	/// those that have something left. [`Pallet::lineage_tenures`] has all.
	pub fn claimable_view(model: ModelId) -> Option<ClaimableView> {
		T::Titles::owner(Title::model(model))?;
		let ledger = Ledgers::<T>::get(model);
		let lineage = T::Models::ancestors(model)
			.into_iter()
			.flat_map(|of| {
				let today = T::Titles::current_tenure(Title::model(of.0));
				(today.saturating_sub(FORMER_TENURES)..=today)
					.filter_map(|tenure| claimable_in::<T>(model, &ledger, of, tenure))
					.filter(|item| item.tenure == today || item.amount > 0)
					.collect::<Vec<_>>()
			})
			.collect();
		Some(ClaimableView { owner: ledger.owner, lineage })
	}

	/// The books of all payments.
	pub fn books_view() -> BooksView {
		BooksView {
			deposited: Deposited::<T>::get(),
			claimed: Claimed::<T>::get(),
			held: Self::held(),
		}
	}
}

fn view<T: Config>(index: u32, receipt: ReceiptOf<T>) -> ReceiptView<T::AccountId> {
	ReceiptView {
		index,
		payer: receipt.payer,
		outputs: receipt.outputs,
		amount: receipt.amount,
		data_amount: receipt.data_amount,
		block: receipt.block.saturated_into(),
		withheld: receipt.withheld.is_some(),
	}
}

/// What a tenure of an ancestor, which asks for the rate beside it, may claim; `None` where there is no
/// such tenure.
fn claimable_in<T: Config>(
	model: ModelId,
	ledger: &Ledger,
	(ancestor, rate): (ModelId, Perbill),
	tenure: u32,
) -> Option<ClaimableLineageView> {
	let span = T::Titles::tenure(Title::model(ancestor), tenure)?;
	let earned = Pallet::<T>::earned_in(model, ledger, rate, &span);
	let claimed = LineageClaimed::<T>::get((model, ancestor, tenure));
	let amount = LineageBalance { earned, claimed }.claimable();
	Some(ClaimableLineageView { ancestor, tenure, amount })
}
