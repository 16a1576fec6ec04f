//! Read helpers that the runtime API is made of. None of them changes anything.

use alloc::vec::Vec;

use frame_support::traits::Get;
use sp_runtime::SaturatedConversion;
use tributary_primitives::{
	ids::{EpochIndex, ModelId},
	split::entitlement,
	traits::Models,
	views::{
		BooksView, ClaimableLineageView, ClaimableView, EpochView, Page, PotView, ReceiptView,
		MAX_PAGE,
	},
};

use crate::{
	Claimed, Config, Deposited, Ledgers, LineageClaimed, Pallet, PotState, Pots, ReceiptCount,
	ReceiptOf, Receipts,
};

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

	/// What `ancestor` has of the revenue of `model`; `None` where it is no ancestor of it.
	pub fn lineage_balance(model: ModelId, ancestor: ModelId) -> Option<LineageBalance> {
		let rate = T::Models::lineage_rate(model, ancestor)?;
		Some(LineageBalance {
			earned: entitlement(rate, Ledgers::<T>::get(model).gross),
			claimed: LineageClaimed::<T>::get(model, ancestor),
		})
	}

	/// What the owner and each ancestor of `model` may claim; `None` where there is no such model.
	pub fn claimable_view(model: ModelId) -> Option<ClaimableView> {
		T::Models::owner(model)?;
		let ledger = Ledgers::<T>::get(model);
		let lineage = T::Models::ancestors(model)
			.into_iter()
			.map(|(ancestor, rate)| {
				let earned = entitlement(rate, ledger.gross);
				let claimed = LineageClaimed::<T>::get(model, ancestor);
				let amount = LineageBalance { earned, claimed }.claimable();
				ClaimableLineageView { ancestor, amount }
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
		withheld: receipt.withheld,
	}
}
