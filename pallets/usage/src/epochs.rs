//! Epochs, what a report learns of their receipts, and receipts whose outputs are withheld.

use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{CheckedDiv, One, Saturating, Zero},
	DispatchError, SaturatedConversion,
};
use tributary_primitives::{
	ids::{EpochIndex, ModelId},
	traits::{ReceiptFacts, Receipts as ReceiptsOfEpochs, WithholdReceipts},
};

use crate::{Config, Error, Event, Pallet, PotState, Pots, ReceiptCount, Receipts, WithheldCount};

impl<T: Config> Pallet<T> {
	/// The epoch of the newest block. Epoch 0 starts with block 0.
	pub fn current_epoch() -> EpochIndex {
		frame_system::Pallet::<T>::block_number()
			.checked_div(&T::EpochLength::get())
			.unwrap_or_else(Zero::zero)
			.saturated_into()
	}
}

impl<T: Config> ReceiptsOfEpochs<BlockNumberFor<T>> for Pallet<T> {
	fn epoch_length() -> BlockNumberFor<T> {
		T::EpochLength::get().max(One::one())
	}

	fn last_block(epoch: EpochIndex) -> BlockNumberFor<T> {
		let first: BlockNumberFor<T> = epoch.into();
		let length = Self::epoch_length();
		first.saturating_mul(length).saturating_add(length.saturating_sub(One::one()))
	}

	fn is_closed(epoch: EpochIndex) -> bool {
		frame_system::Pallet::<T>::block_number() > Self::last_block(epoch)
	}

	fn receipt_count(model: ModelId, epoch: EpochIndex) -> u32 {
		ReceiptCount::<T>::get(model, epoch)
	}

	fn receipt(
		model: ModelId,
		epoch: EpochIndex,
		index: u32,
		withheld: u32,
	) -> Option<ReceiptFacts> {
		let receipt = Receipts::<T>::get((model, epoch, index))?;
		Some(ReceiptFacts {
			outputs: receipt.outputs,
			data_amount: receipt.data_amount,
			withheld: receipt.withheld.is_some_and(|ordinal| ordinal < withheld),
		})
	}

	fn paid_at(model: ModelId, epoch: EpochIndex, index: u32) -> Option<BlockNumberFor<T>> {
		Receipts::<T>::get((model, epoch, index)).map(|receipt| receipt.block)
	}

	fn data_amount(model: ModelId, epoch: EpochIndex) -> u128 {
		Pots::<T>::get(model, epoch).map_or(0, |pot| pot.data)
	}

	fn withheld_count(model: ModelId, epoch: EpochIndex) -> u32 {
		WithheldCount::<T>::get(model, epoch)
	}

	fn is_settled(model: ModelId, epoch: EpochIndex) -> bool {
		Pots::<T>::get(model, epoch).is_some_and(|pot| pot.state != PotState::Open)
	}
}

impl<T: Config> WithholdReceipts for Pallet<T> {
	type Error = DispatchError;

	fn withhold(model: ModelId, epoch: EpochIndex, index: u32) -> Result<(), DispatchError> {
		let key = (model, epoch, index);
		let mut receipt = Receipts::<T>::get(key).ok_or(Error::<T>::ReceiptNotFound)?;
		ensure!(!Self::is_settled(model, epoch), Error::<T>::PotSettled);
		if receipt.withheld.is_some() {
			return Ok(());
		}
		let ordinal = WithheldCount::<T>::get(model, epoch);
		receipt.withheld = Some(ordinal);
		Receipts::<T>::insert(key, receipt);
		WithheldCount::<T>::insert(model, epoch, ordinal.saturating_add(1));
		Self::deposit_event(Event::ReceiptWithheld { model, epoch, receipt: index });
		Ok(())
	}
}
