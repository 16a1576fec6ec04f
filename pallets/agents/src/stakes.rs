//! What answers for agents.

use frame_support::{
	dispatch::DispatchClass,
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::MutateHold as _,
		tokens::{Fortitude, Precision, Preservation, Restriction},
		Get,
	},
};
use sp_runtime::{traits::Saturating, DispatchError, DispatchResult};
use tributary_primitives::{
	agent::AgentState,
	ids::AgentId,
	title::Title,
	traits::{OnSlash, Titles},
};

use crate::{
	pallet::{AgentOfAccount, Agents, Config, Error, Event, HoldReason, Pallet, Stakes},
	types::{Stake, Unbonding},
	weights::WeightInfo,
};

impl<T: Config> Pallet<T> {
	/// Moves `amount` planck of `who` to the stake of the agent `id`, whose account is `account`.
	pub(crate) fn add_stake(
		who: &T::AccountId,
		id: AgentId,
		account: &T::AccountId,
		amount: u128,
	) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		Stakes::<T>::try_mutate(id, |stake| {
			let sum = stake.held().checked_add(amount);
			ensure!(sum.is_some(), Error::<T>::StakeTooLarge);
			stake.bonded = stake.bonded.saturating_add(amount);
			Ok::<_, DispatchError>(())
		})?;
		T::Currency::transfer_and_hold(
			&HoldReason::Stake.into(),
			who,
			account,
			amount,
			Precision::Exact,
			Preservation::Preserve,
			Fortitude::Polite,
		)?;
		Ok(())
	}

	pub(crate) fn do_bond(who: T::AccountId, id: AgentId, amount: u128) -> DispatchResult {
		Self::ensure_not_acting()?;
		let agent = Agents::<T>::get(id).ok_or(Error::<T>::AgentNotFound)?;
		ensure!(agent.state != AgentState::Retired, Error::<T>::Retired);
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		Self::add_stake(&who, id, &agent.account, amount)?;
		Self::deposit_event(Event::Bonded { agent: id, who, amount });
		Ok(())
	}

	pub(crate) fn do_unbond(owner: T::AccountId, id: AgentId, amount: u128) -> DispatchResult {
		Self::owned(&owner, id)?;
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let now = frame_system::Pallet::<T>::block_number();
		let free_at = now.saturating_add(T::UnbondingPeriod::get());
		Stakes::<T>::try_mutate(id, |stake| {
			stake.bonded = stake.bonded.checked_sub(amount).ok_or(Error::<T>::InsufficientStake)?;
			match stake.unbonding.iter_mut().find(|part| part.free_at == free_at) {
				Some(part) => part.amount = part.amount.saturating_add(amount),
				None => stake
					.unbonding
					.try_push(Unbonding { amount, free_at })
					.map_err(|_| Error::<T>::TooManyUnbonding)?,
			}
			Ok::<_, DispatchError>(())
		})?;
		Self::deposit_event(Event::Unbonded { agent: id, amount, free_at });
		Ok(())
	}

	pub(crate) fn do_withdraw_unbonded(id: AgentId) -> DispatchResult {
		let agent = Agents::<T>::get(id).ok_or(Error::<T>::AgentNotFound)?;
		let owner = T::Titles::owner(Title::agent(id)).ok_or(Error::<T>::AgentNotFound)?;
		let now = frame_system::Pallet::<T>::block_number();
		let mut amount = 0u128;
		Stakes::<T>::mutate(id, |stake| {
			stake.unbonding.retain(|part| {
				let free = part.free_at <= now;
				if free {
					amount = amount.saturating_add(part.amount);
				}
				!free
			});
		});
		ensure!(amount > 0, Error::<T>::NothingUnbonded);
		T::Currency::transfer_on_hold(
			&HoldReason::Stake.into(),
			&agent.account,
			&owner,
			amount,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Polite,
		)?;
		Self::deposit_event(Event::UnbondedWithdrawn { agent: id, owner, amount });
		Ok(())
	}

	/// Burns `amount` planck of the stake of the agent `id`, or all of it: what is bonded first. Returns what
	/// was burned.
	fn slash_stake(
		id: AgentId,
		account: &T::AccountId,
		amount: u128,
	) -> Result<u128, DispatchError> {
		let mut stake = Stakes::<T>::get(id);
		let taken = take_from(&mut stake, amount);
		if taken == 0 {
			return Ok(0);
		}
		let reason = HoldReason::Stake.into();
		T::Currency::burn_held(&reason, account, taken, Precision::Exact, Fortitude::Force)?;
		Stakes::<T>::insert(id, stake);
		Ok(taken)
	}
}

/// Takes `amount` planck out of `stake`, or all of it, and returns how many.
fn take_from<BlockNumber>(stake: &mut Stake<BlockNumber>, amount: u128) -> u128 {
	let mut left = amount;
	let parts = stake.unbonding.iter_mut().map(|part| &mut part.amount);
	for part in core::iter::once(&mut stake.bonded).chain(parts) {
		let taken = left.min(*part);
		*part = part.saturating_sub(taken);
		left = left.saturating_sub(taken);
	}
	stake.unbonding.retain(|part| part.amount > 0);
	amount.saturating_sub(left)
}

impl<T: Config> OnSlash<T::AccountId> for Pallet<T> {
	/// Burns as much of the agent's stake again, as far as it goes, where `who` is an agent's account.
	fn slashed(who: &T::AccountId, amount: u128) {
		let Some(agent) = AgentOfAccount::<T>::get(who) else {
			return;
		};
		frame_system::Pallet::<T>::register_extra_weight_unchecked(
			T::WeightInfo::stake_slashed(),
			DispatchClass::Normal,
		);
		match with_storage_layer(|| Self::slash_stake(agent, who, amount)) {
			Ok(0) => {}
			Ok(amount) => Self::deposit_event(Event::StakeSlashed { agent, amount }),
			Err(error) => log::error!(
				target: "runtime::agents",
				"the stake of agent {agent} does not answer for {amount} planck: {error:?}"
			),
		}
	}
}
