//! Payments, and the receipts that they leave.

use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::MutateHold,
		tokens::{Fortitude, Precision},
		Get,
	},
};
use sp_runtime::{traits::Saturating, DispatchError, DispatchResult};
use tributary_primitives::{
	blob::{self, Content, Opening},
	ids::{EpochIndex, ModelId},
	report::{record_count, MAX_ITEMS},
	split::split,
	title::{Beneficiary, Title},
	traits::{Models, Payments, Titles},
};

use crate::{
	money::add, Config, Deposited, Error, Event, HoldReason, Ledgers, Pallet, Pot, PotState, Pots,
	Receipt, ReceiptCount, Receipts,
};

impl<T: Config> Pallet<T> {
	/// Returns the epoch and the index of the receipt. `fortitude` says whether frozen money pays too.
	pub(crate) fn do_pay(
		payer: &T::AccountId,
		model: ModelId,
		outputs: Content,
		outputs_tail: &Opening,
		amount: u128,
		fortitude: Fortitude,
	) -> Result<(EpochIndex, u32), DispatchError> {
		ensure!(amount >= T::MinPayment::get(), Error::<T>::PaymentTooSmall);
		ensure!(outputs.len > 0, Error::<T>::EmptyOutputs);
		let items = record_count(outputs.len).ok_or(Error::<T>::OutputsNotRecords)?;
		ensure!(items <= u64::from(MAX_ITEMS), Error::<T>::TooManyItems);
		let rates = T::Models::rates(model).ok_or(Error::<T>::ModelNotFound)?;
		let title = Title::model(model);
		let beneficiary = T::Titles::beneficiary(title).ok_or(Error::<T>::ModelNotFound)?;
		blob::verify_tail(&outputs, outputs_tail).map_err(Error::<T>::from)?;

		let mut ledger = Ledgers::<T>::get(model);
		let parts = split(amount, &rates, ledger.gross).ok_or(Error::<T>::PaymentTooLarge)?;
		if !rates.lineage.is_zero() {
			Self::note_changes(model, &mut ledger)?;
		}
		let net = parts.net();
		ledger.gross = ledger.gross.checked_add(net).ok_or(Error::<T>::PaymentTooLarge)?;
		let for_vault = match beneficiary {
			Beneficiary::Owner(_) => {
				add(&mut ledger.owner, parts.owner)?;
				0
			}
			Beneficiary::Vault => {
				add(&mut ledger.claimed, parts.owner)?;
				parts.owner
			}
		};
		Ledgers::<T>::insert(model, ledger);
		Deposited::<T>::try_mutate(|sum| add(sum, net))?;
		Self::collect(payer, parts.protocol_fee, net.saturating_sub(for_vault), fortitude)?;
		Self::collect_for_vault(payer, title, for_vault, fortitude)?;

		let epoch = Self::current_epoch();
		Pots::<T>::try_mutate(model, epoch, |pot| {
			let pot = pot.get_or_insert_with(Pot::default);
			ensure!(pot.state == PotState::Open, Error::<T>::PotSettled);
			add(&mut pot.data, parts.data)?;
			add(&mut pot.attribution_fee, parts.attribution_fee)
		})?;

		let deposit = T::ReceiptDeposit::get();
		T::Currency::hold(&HoldReason::Receipt.into(), payer, deposit)?;
		let index = ReceiptCount::<T>::get(model, epoch);
		let count = index.checked_add(1).ok_or(Error::<T>::TooManyReceipts)?;
		ReceiptCount::<T>::insert(model, epoch, count);
		let block = frame_system::Pallet::<T>::block_number();
		Receipts::<T>::insert(
			(model, epoch, index),
			Receipt {
				payer: payer.clone(),
				outputs,
				amount,
				data_amount: parts.data,
				deposit,
				block,
				withheld: None,
			},
		);
		Self::deposit_event(Event::Paid {
			model,
			epoch,
			receipt: index,
			payer: payer.clone(),
			amount,
			protocol_fee: parts.protocol_fee,
			lineage: parts.lineage,
			data: parts.data,
			attribution_fee: parts.attribution_fee,
			owner: parts.owner,
		});
		Ok((epoch, index))
	}

	pub(crate) fn do_release_receipt(
		payer: T::AccountId,
		model: ModelId,
		epoch: EpochIndex,
		index: u32,
	) -> DispatchResult {
		let receipt =
			Receipts::<T>::get((model, epoch, index)).ok_or(Error::<T>::ReceiptNotFound)?;
		ensure!(receipt.payer == payer, Error::<T>::NotAuthorized);
		let pot = Pots::<T>::get(model, epoch).ok_or(Error::<T>::PotNotFound)?;
		ensure!(pot.state != PotState::Open, Error::<T>::PotOpen);
		let free_from = receipt.block.saturating_add(T::ReceiptRetention::get());
		let now = frame_system::Pallet::<T>::block_number();
		ensure!(now >= free_from, Error::<T>::TooEarly);

		let deposit = receipt.deposit;
		T::Currency::release(&HoldReason::Receipt.into(), &payer, deposit, Precision::Exact)?;
		Receipts::<T>::remove((model, epoch, index));
		Self::deposit_event(Event::ReceiptReleased {
			model,
			epoch,
			receipt: index,
			payer,
			deposit,
		});
		Ok(())
	}
}

impl<T: Config> Payments<T::AccountId> for Pallet<T> {
	type Error = DispatchError;

	fn pay(
		payer: &T::AccountId,
		model: ModelId,
		outputs: Content,
		outputs_tail: &Opening,
		amount: u128,
	) -> Result<(EpochIndex, u32), DispatchError> {
		let force = Fortitude::Force;
		with_storage_layer(|| Self::do_pay(payer, model, outputs, outputs_tail, amount, force))
	}

	fn receipt_deposit() -> u128 {
		T::ReceiptDeposit::get()
	}

	fn min_payment() -> u128 {
		T::MinPayment::get()
	}
}
