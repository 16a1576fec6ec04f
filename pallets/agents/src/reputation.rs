//! What others have burned for agents.

use frame_support::{
	ensure,
	traits::{fungible::MutateHold as _, tokens::Precision, Get},
};
use sp_runtime::{traits::SaturatedConversion, DispatchResult};
use tributary_primitives::{agent::Decaying, ids::AgentId};

use crate::{
	pallet::{Config, Error, Event, HoldReason, Pallet, PayersOf, Reputations},
	types::Standing,
};

impl<T: Config> Pallet<T> {
	/// The epoch of reputation of this block.
	pub fn epoch() -> u32 {
		let length: u32 = T::EpochLength::get().saturated_into();
		Self::block().checked_div(length).unwrap_or(0)
	}

	/// Adds `burned` planck to what `payer` has burned for the agent `id`.
	pub(crate) fn credit_reputation(
		id: AgentId,
		payer: &T::AccountId,
		burned: u128,
	) -> DispatchResult {
		if burned == 0 {
			return Ok(());
		}
		let (epoch, keep) = (Self::epoch(), T::Keep::get());
		let mut reputation = Reputations::<T>::get(id);
		let standing = match PayersOf::<T>::get(id, payer) {
			Some(standing) => standing,
			None => {
				let deposit = T::PayerDeposit::get();
				T::Currency::hold(&HoldReason::Payer.into(), payer, deposit)?;
				reputation.payers = reputation.payers.saturating_add(1);
				Standing { burned: Decaying::default(), deposit }
			}
		};
		let standing = Standing { burned: standing.burned.plus(burned, epoch, keep), ..standing };
		PayersOf::<T>::insert(id, payer, standing);
		reputation.score = reputation.score.plus(burned, epoch, keep);
		Reputations::<T>::insert(id, reputation);
		Ok(())
	}

	pub(crate) fn do_forget_payer(id: AgentId, payer: T::AccountId) -> DispatchResult {
		let standing = PayersOf::<T>::take(id, &payer).ok_or(Error::<T>::PayerNotFound)?;
		let left = standing.burned.at(Self::epoch(), T::Keep::get());
		ensure!(left == 0, Error::<T>::StillCounts);
		let deposit = standing.deposit;
		T::Currency::release(&HoldReason::Payer.into(), &payer, deposit, Precision::Exact)?;
		Reputations::<T>::mutate(id, |reputation| {
			reputation.payers = reputation.payers.saturating_sub(1);
		});
		Self::deposit_event(Event::PayerForgotten { agent: id, payer, deposit });
		Ok(())
	}
}
