//! Epochs, and what a report learns of their receipts.

use frame_support::traits::Get;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{CheckedDiv, One, Saturating, Zero},
	SaturatedConversion,
};
use tributary_primitives::{
	ids::{EpochIndex, ModelId},
	traits::{ReceiptFacts, Receipts as ReceiptsOfEpochs},
};

use crate::{Config, Pallet, Pots, ReceiptCount, Receipts};

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

	fn receipt(model: ModelId, epoch: EpochIndex, index: u32) -> Option<ReceiptFacts> {
		let receipt = Receipts::<T>::get((model, epoch, index))?;
		Some(ReceiptFacts { outputs: receipt.outputs, data_amount: receipt.data_amount })
	}

	fn data_amount(model: ModelId, epoch: EpochIndex) -> u128 {
		Pots::<T>::get(model, epoch).map_or(0, |pot| pot.data)
	}
}
