//! Every movement of money. What a call does, it does whole or not at all.

use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{Balanced, Inspect, InspectHold, Mutate, MutateHold},
		tokens::{DepositConsequence, Fortitude, Precision, Preservation, Provenance, Restriction},
		Get, OnUnbalanced,
	},
};
use sp_runtime::{
	traits::{AccountIdConversion, Saturating},
	ArithmeticError, DispatchError, DispatchResult,
};
use tributary_primitives::{
	blob::{self, Content, Opening},
	ids::{EpochIndex, ModelId},
	report::record_count,
	split::{entitlement, split},
	traits::{Models, Pots as SettlePots, Receipts as _},
};

use crate::{
	Claimed, Config, Deposited, Dues, Error, Event, HoldReason, Ledger, Ledgers, LineageClaimed,
	Pallet, Pot, PotState, Pots, Receipt, ReceiptCount, Receipts, MAX_ITEMS,
};

impl<T: Config> Pallet<T> {
	/// The account that holds the revenue.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// The revenue that the account holds, in planck.
	pub fn held() -> u128 {
		T::Currency::balance_on_hold(&HoldReason::Revenue.into(), &Self::account_id())
	}

	/// Fills the account's free balance up to the existential deposit, without which it could not
	/// hold a payment that is smaller than that.
	pub(crate) fn endow_account() {
		let account = Self::account_id();
		let missing = T::Currency::minimum_balance().saturating_sub(T::Currency::balance(&account));
		if let Err(error) = T::Currency::mint_into(&account, missing) {
			log::error!(
				target: "runtime::usage",
				"the account for revenue has no existential deposit: {error:?}"
			);
		}
	}

	pub(crate) fn do_pay(
		payer: T::AccountId,
		model: ModelId,
		outputs: Content,
		outputs_tail: &Opening,
		amount: u128,
	) -> DispatchResult {
		ensure!(amount >= T::MinPayment::get(), Error::<T>::PaymentTooSmall);
		ensure!(outputs.len > 0, Error::<T>::EmptyOutputs);
		let items = record_count(outputs.len).ok_or(Error::<T>::OutputsNotRecords)?;
		ensure!(items <= u64::from(MAX_ITEMS), Error::<T>::TooManyItems);
		let rates = T::Models::rates(model).ok_or(Error::<T>::ModelNotFound)?;
		blob::verify_tail(&outputs, outputs_tail).map_err(Error::<T>::from)?;

		let mut ledger = Ledgers::<T>::get(model);
		let parts = split(amount, &rates, ledger.gross).ok_or(Error::<T>::PaymentTooLarge)?;
		let net = parts.net();
		Self::collect(&payer, parts.protocol_fee, net)?;
		ledger.gross = ledger.gross.checked_add(net).ok_or(Error::<T>::PaymentTooLarge)?;
		ledger.owner = ledger.owner.checked_add(parts.owner).ok_or(Error::<T>::PaymentTooLarge)?;
		Ledgers::<T>::insert(model, ledger);
		Deposited::<T>::try_mutate(|sum| add(sum, net))?;

		let epoch = Self::current_epoch();
		Pots::<T>::try_mutate(model, epoch, |pot| {
			let pot = pot.get_or_insert_with(Pot::default);
			ensure!(pot.state == PotState::Open, Error::<T>::PotSettled);
			add(&mut pot.data, parts.data)?;
			add(&mut pot.attribution_fee, parts.attribution_fee)
		})?;

		let deposit = T::ReceiptDeposit::get();
		T::Currency::hold(&HoldReason::Receipt.into(), &payer, deposit)?;
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
				withheld: false,
			},
		);
		Self::deposit_event(Event::Paid {
			model,
			epoch,
			receipt: index,
			payer,
			amount,
			protocol_fee: parts.protocol_fee,
			lineage: parts.lineage,
			data: parts.data,
			attribution_fee: parts.attribution_fee,
			owner: parts.owner,
		});
		Ok(())
	}

	pub(crate) fn do_claim_owner(owner: T::AccountId, model: ModelId) -> DispatchResult {
		let entitled = T::Models::owner(model).ok_or(Error::<T>::ModelNotFound)?;
		ensure!(entitled == owner, Error::<T>::NotAuthorized);
		let mut ledger = Ledgers::<T>::get(model);
		let amount = core::mem::take(&mut ledger.owner);
		ensure!(amount > 0, Error::<T>::NothingToClaim);
		Self::pay_out(&owner, amount)?;
		add(&mut ledger.claimed, amount)?;
		Ledgers::<T>::insert(model, ledger);
		Self::deposit_event(Event::OwnerClaimed { model, owner, amount });
		Ok(())
	}

	pub(crate) fn do_claim_lineage(
		owner: T::AccountId,
		model: ModelId,
		ancestor: ModelId,
	) -> DispatchResult {
		ensure!(T::Models::owner(model).is_some(), Error::<T>::ModelNotFound);
		let entitled = T::Models::owner(ancestor).ok_or(Error::<T>::ModelNotFound)?;
		let rate = T::Models::lineage_rate(model, ancestor).ok_or(Error::<T>::NotAnAncestor)?;
		ensure!(entitled == owner, Error::<T>::NotAuthorized);
		let mut ledger = Ledgers::<T>::get(model);
		let claimed = LineageClaimed::<T>::get(model, ancestor);
		let earned = entitlement(rate, ledger.gross);
		let amount = earned.saturating_sub(claimed);
		ensure!(amount > 0, Error::<T>::NothingToClaim);
		Self::pay_out(&owner, amount)?;
		LineageClaimed::<T>::insert(model, ancestor, earned);
		add(&mut ledger.claimed, amount)?;
		Ledgers::<T>::insert(model, ledger);
		Self::deposit_event(Event::LineageClaimed { model, ancestor, owner, amount });
		Ok(())
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

	pub(crate) fn do_collect_due(beneficiary: T::AccountId) -> DispatchResult {
		let amount = Dues::<T>::take(&beneficiary);
		ensure!(amount > 0, Error::<T>::NothingToClaim);
		Self::pay_out(&beneficiary, amount)?;
		Self::deposit_event(Event::DuePaid { beneficiary, amount });
		Ok(())
	}

	/// Takes a payment: the fee as a credit for its destination, the net amount into the account.
	fn collect(payer: &T::AccountId, fee: u128, net: u128) -> DispatchResult {
		let credit = T::Currency::withdraw(
			payer,
			fee,
			Precision::Exact,
			Preservation::Preserve,
			Fortitude::Polite,
		)?;
		T::FeeDestination::on_unbalanced(credit);
		T::Currency::transfer_and_hold(
			&HoldReason::Revenue.into(),
			payer,
			&Self::account_id(),
			net,
			Precision::Exact,
			Preservation::Preserve,
			Fortitude::Polite,
		)?;
		Ok(())
	}

	/// Moves `amount` planck of revenue to `beneficiary`. The caller undoes its storage on an error.
	pub(crate) fn pay_out(beneficiary: &T::AccountId, amount: u128) -> DispatchResult {
		// The currency refuses even nothing to an account that does not exist.
		if amount == 0 {
			return Ok(());
		}
		let consequence = T::Currency::can_deposit(beneficiary, amount, Provenance::Extant);
		ensure!(
			consequence != DepositConsequence::BelowMinimum,
			Error::<T>::BelowExistentialDeposit
		);
		T::Currency::transfer_on_hold(
			&HoldReason::Revenue.into(),
			&Self::account_id(),
			beneficiary,
			amount,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Polite,
		)?;
		Claimed::<T>::try_mutate(|sum| add(sum, amount))
	}

	/// Pays `amount` planck and whatever was due before; what can not be paid now stays due.
	pub(crate) fn pay_or_leave_due(beneficiary: &T::AccountId, amount: u128) -> DispatchResult {
		let before = Dues::<T>::take(beneficiary);
		let due = before.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		if due == 0 {
			return Ok(());
		}
		let paid = with_storage_layer(|| Self::pay_out(beneficiary, due));
		if paid.is_err() {
			Dues::<T>::insert(beneficiary, due);
			Self::deposit_event(Event::LeftDue { beneficiary: beneficiary.clone(), due });
		} else if before > 0 {
			Self::deposit_event(Event::DuePaid {
				beneficiary: beneficiary.clone(),
				amount: before,
			});
		}
		Ok(())
	}

	/// Takes `amount` planck of what a settled pot holds for its sources out of it and out of the model's
	/// books. The caller undoes its storage on an error.
	pub(crate) fn take_from_pot(model: ModelId, epoch: EpochIndex, amount: u128) -> DispatchResult {
		let pot = Pots::<T>::get(model, epoch).ok_or(Error::<T>::PotNotFound)?;
		let PotState::Settled { unclaimed } = pot.state else {
			return Err(Error::<T>::PotOpen.into());
		};
		let unclaimed = unclaimed.checked_sub(amount).ok_or(Error::<T>::ExceedsPot)?;
		Pots::<T>::insert(model, epoch, Pot { state: PotState::Settled { unclaimed }, ..pot });
		Self::note_claimed(model, amount)
	}

	/// Takes `amount` planck out of a model's books.
	fn note_claimed(model: ModelId, amount: u128) -> DispatchResult {
		Ledgers::<T>::try_mutate(model, |Ledger { claimed, .. }| add(claimed, amount))
	}
}

impl<T: Config> SettlePots<T::AccountId> for Pallet<T> {
	type Error = DispatchError;

	fn settle(
		model: ModelId,
		epoch: EpochIndex,
		attributor: &T::AccountId,
		attributed: u128,
	) -> Result<u128, DispatchError> {
		ensure!(Self::is_closed(epoch), Error::<T>::EpochOpen);
		let pot = Pots::<T>::get(model, epoch).ok_or(Error::<T>::PotNotFound)?;
		ensure!(pot.state == PotState::Open, Error::<T>::PotSettled);
		let residual = pot.data.checked_sub(attributed).ok_or(Error::<T>::ExceedsPot)?;
		let leaving = residual.checked_add(pot.attribution_fee).ok_or(ArithmeticError::Overflow)?;
		with_storage_layer(|| {
			let state = PotState::Settled { unclaimed: attributed };
			Pots::<T>::insert(model, epoch, Pot { state, ..pot });
			Self::note_claimed(model, leaving)?;
			Self::pay_or_leave_due(attributor, pot.attribution_fee)?;
			Self::pay_or_leave_due(&T::Treasury::get(), residual)?;
			Self::deposit_event(Event::PotSettled {
				model,
				epoch,
				attributor: attributor.clone(),
				attributed,
				attribution_fee: pot.attribution_fee,
				residual,
			});
			Ok(residual)
		})
	}

	fn pay_source(
		model: ModelId,
		epoch: EpochIndex,
		beneficiary: &T::AccountId,
		amount: u128,
	) -> Result<(), DispatchError> {
		with_storage_layer(|| {
			Self::take_from_pot(model, epoch, amount)?;
			Self::pay_out(beneficiary, amount)?;
			Self::deposit_event(Event::SourcePaid {
				model,
				epoch,
				beneficiary: beneficiary.clone(),
				amount,
			});
			Ok(())
		})
	}
}

/// Adds `amount` to `sum`, which stays as it was where that overflows.
pub(crate) fn add(sum: &mut u128, amount: u128) -> DispatchResult {
	*sum = sum.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
	Ok(())
}
