//! What answers for agents.

use frame_support::{
	dispatch::DispatchClass,
	ensure,
	traits::{
		fungible::{InspectHold as _, MutateHold as _},
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
	types::Unbonding,
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
		let reason = HoldReason::Stake.into();
		let mut stake = Stakes::<T>::get(id);
		// All that is on hold for another reason may still be lost for a wrong, and the stake with it.
		let at_risk = T::Currency::total_balance_on_hold(&agent.account)
			.saturating_sub(T::Currency::balance_on_hold(&reason, &agent.account));
		let spare = stake.held().saturating_sub(at_risk);
		let free = stake.unbonding.iter_mut().filter(|part| part.free_at <= now);
		let mut free = free.map(|part| &mut part.amount).peekable();
		ensure!(free.peek().is_some(), Error::<T>::NothingUnbonded);
		let amount = take_from(free, spare);
		ensure!(amount > 0, Error::<T>::StillAnswers);
		stake.unbonding.retain(|part| part.amount > 0);
		Stakes::<T>::insert(id, stake);
		T::Currency::transfer_on_hold(
			&reason,
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
	///
	/// Opens no storage layer, as one is refused where a call is wrapped as deep as layers go, and a wrong
	/// would then cost no stake. Nothing is written before what can fail.
	fn slash_stake(
		id: AgentId,
		account: &T::AccountId,
		amount: u128,
	) -> Result<u128, DispatchError> {
		let mut stake = Stakes::<T>::get(id);
		let unbonding = stake.unbonding.iter_mut().map(|part| &mut part.amount);
		let taken = take_from(core::iter::once(&mut stake.bonded).chain(unbonding), amount);
		if taken == 0 {
			return Ok(0);
		}
		stake.unbonding.retain(|part| part.amount > 0);
		let reason = HoldReason::Stake.into();
		T::Currency::burn_held(&reason, account, taken, Precision::Exact, Fortitude::Force)?;
		Stakes::<T>::insert(id, stake);
		Ok(taken)
	}
}

/// Takes `amount` planck out of `parts`, or all of them, the first ones first, and returns how many.
fn take_from<'a>(parts: impl Iterator<Item = &'a mut u128>, amount: u128) -> u128 {
	let mut left = amount;
	for part in parts {
		let taken = left.min(*part);
		*part = part.saturating_sub(taken);
		left = left.saturating_sub(taken);
	}
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
		match Self::slash_stake(agent, who, amount) {
			Ok(0) => {}
			Ok(amount) => Self::deposit_event(Event::StakeSlashed { agent, amount }),
			Err(error) => log::error!(
				target: "runtime::agents",
				"the stake of agent {agent} does not answer for {amount} planck: {error:?}"
			),
		}
	}
}
