//! How agents are paid.

use frame_support::{
	ensure,
	traits::{
		fungible::{Balanced as _, Inspect as _, Mutate as _},
		tokens::{DepositConsequence, Fortitude, Precision, Preservation, Provenance},
		Get, OnUnbalanced,
	},
	BoundedVec,
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult, TokenError};
use tributary_primitives::{
	agent::{divide_earnings, AgentState, Earnings, ModelRate, MAX_MODELS},
	blob::{self, Content, Opening},
	fees,
	ids::AgentId,
	split::protocol_fee,
	title::{Beneficiary, Title},
	traits::{Payments, Titles, Vaults},
};

use crate::{
	pallet::{Agents, Config, Error, Event, FeeCredit, Pallet},
	types::{AgentOf, ModelPayment},
};

type ModelPayments = BoundedVec<ModelPayment, frame_support::traits::ConstU32<MAX_MODELS>>;

impl<T: Config> Pallet<T> {
	/// Returns the number of models that were paid.
	pub(crate) fn do_pay(
		payer: T::AccountId,
		id: AgentId,
		outputs: Content,
		outputs_tail: &Opening,
		amount: u128,
	) -> Result<u32, DispatchError> {
		let agent = Agents::<T>::get(id).ok_or(Error::<T>::AgentNotFound)?;
		ensure!(agent.state != AgentState::Retired, Error::<T>::Retired);
		ensure!(payer != agent.account, Error::<T>::PaysItself);
		ensure!(amount >= T::Payments::min_payment().max(1), Error::<T>::PaymentTooSmall);
		// The models are paid from frozen money too, to which the payer has agreed to nobody here.
		let free =
			T::Currency::reducible_balance(&payer, Preservation::Preserve, Fortitude::Polite);
		ensure!(amount <= free, Error::<T>::InsufficientFunds);
		let title = Title::agent(id);
		let owner = T::Titles::owner(title).ok_or(Error::<T>::AgentNotFound)?;
		let beneficiary = T::Titles::beneficiary(title).ok_or(Error::<T>::AgentNotFound)?;
		let earnings =
			divide_earnings(amount, &agent.models, T::ProtocolFee::get(), agent.retention)
				.ok_or(Error::<T>::RatesExceedWhole)?;

		let models = Self::pay_models(&payer, &agent.models, &earnings, outputs, outputs_tail)?;
		if models.is_empty() {
			let tail = blob::verify_tail(&outputs, outputs_tail);
			ensure!(tail.is_ok(), Error::<T>::BadOutputsTail);
		}
		T::FeeDestination::on_unbalanced(Self::withdraw_credit(&payer, earnings.protocol_fee)?);
		let rest = Self::pay_title(&payer, title, &beneficiary, earnings.rest)?;
		let unpaid = earnings.rest.saturating_sub(rest);
		let retained = earnings.retained.checked_add(unpaid).ok_or(ArithmeticError::Overflow)?;
		Self::add_stake(&payer, id, &agent.account, retained)?;
		let burned = if counts::<T>(&agent, &owner, &payer) { burned::<T>(&earnings) } else { 0 };
		Self::credit_reputation(id, &payer, burned)?;

		let paid = u32::try_from(models.len()).unwrap_or(MAX_MODELS);
		Self::deposit_event(Event::Paid {
			agent: id,
			payer,
			outputs,
			amount,
			models,
			protocol_fee: earnings.protocol_fee,
			retained,
			rest,
			beneficiary,
			burned,
		});
		Ok(paid)
	}

	/// Pays each model its part, where it has one.
	fn pay_models(
		payer: &T::AccountId,
		rates: &[ModelRate],
		earnings: &Earnings,
		outputs: Content,
		outputs_tail: &Opening,
	) -> Result<ModelPayments, DispatchError> {
		let least = T::Payments::min_payment();
		let mut payments = ModelPayments::new();
		for (entry, amount) in rates.iter().zip(&earnings.models) {
			if entry.rate.is_zero() {
				continue;
			}
			let (model, amount) = (entry.model, *amount);
			ensure!(amount >= least, Error::<T>::ModelPartTooSmall);
			let (epoch, receipt) = T::Payments::pay(payer, model, outputs, outputs_tail, amount)?;
			// As many as there are rates: never one too many.
			let _ = payments.try_push(ModelPayment { model, amount, epoch, receipt });
		}
		Ok(payments)
	}

	/// Pays `amount` planck to whom the title's revenue goes. Returns what was paid: all, or nothing where
	/// its owner could not take it.
	fn pay_title(
		payer: &T::AccountId,
		title: Title,
		beneficiary: &Beneficiary<T::AccountId>,
		amount: u128,
	) -> Result<u128, DispatchError> {
		if amount == 0 {
			return Ok(0);
		}
		match beneficiary {
			Beneficiary::Owner(owner) => {
				let consequence = T::Currency::can_deposit(owner, amount, Provenance::Extant);
				if consequence != DepositConsequence::Success {
					return Ok(0);
				}
				T::Currency::transfer(payer, owner, amount, Preservation::Preserve)?;
			}
			Beneficiary::Vault => Self::pay_vault(payer, title, amount)?,
		}
		Ok(amount)
	}

	fn pay_vault(payer: &T::AccountId, title: Title, amount: u128) -> DispatchResult {
		let credit = Self::withdraw_credit(payer, amount)?;
		T::Currency::resolve(&T::Vaults::account(), credit)
			.map_err(|_| TokenError::CannotCreate)?;
		T::Vaults::credit(title, amount)
	}

	fn withdraw_credit(payer: &T::AccountId, amount: u128) -> Result<FeeCredit<T>, DispatchError> {
		let (exact, keep) = (Precision::Exact, Preservation::Preserve);
		T::Currency::withdraw(payer, amount, exact, keep, Fortitude::Polite)
	}
}

/// Whether a payment of `payer` says anything of an agent: not where it pays those who make it what it is.
fn counts<T: frame_system::Config>(
	agent: &AgentOf<T>,
	owner: &T::AccountId,
	payer: &T::AccountId,
) -> bool {
	payer != owner && *payer != agent.depositor && agent.operator.as_ref() != Some(payer)
}

/// What is burned of the protocol fees of a payment, those of the payments for models included.
fn burned<T: Config>(earnings: &Earnings) -> u128 {
	let (rate, author_share) = (T::ProtocolFee::get(), T::AuthorShare::get());
	let of_models = earnings.models.iter().map(|amount| protocol_fee(*amount, rate));
	of_models
		.chain([earnings.protocol_fee])
		.map(|fee| fees::burned(fee, author_share))
		.fold(0, u128::saturating_add)
}
