//! What accounts stake, and what they earn by it.

use frame_support::{
	ensure,
	traits::{
		fungible::MutateHold,
		fungibles::{Inspect, Mutate},
		tokens::{Precision, Preservation},
		Get,
	},
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};
use tributary_primitives::{dividend::Position, title::Title};

use crate::{
	pallet::{Config, Error, Event, HoldReason, Pallet, Stakes, VaultOf, Vaults},
	types::Stake,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_stake(who: T::AccountId, title: Title, shares: u64) -> DispatchResult {
		ensure!(shares > 0, Error::<T>::NoShares);
		let mut vault = Vaults::<T>::get(title).ok_or(Error::<T>::NoVault)?;
		let (asset, amount) = (vault.asset, u128::from(shares));
		ensure!(T::Assets::balance(asset, &who) >= amount, Error::<T>::TooFewShares);
		let mut stake = match Stakes::<T>::get(title, &who) {
			Some(stake) => stake,
			None => Self::new_stake(&who)?,
		};
		let account = Self::account_id();
		T::Assets::transfer(asset, &who, &account, amount, Preservation::Expendable)?;

		let due = vault.pool.join(&mut stake.position, shares).ok_or(ArithmeticError::Overflow)?;
		let paid = Self::pay(title, &mut vault, &who, due)?;
		Vaults::<T>::insert(title, vault);
		Stakes::<T>::insert(title, &who, stake);
		let staked = stake.position.shares;
		Self::deposit_event(Event::Staked { title, who, shares, staked, paid });
		Ok(())
	}

	pub(crate) fn do_unstake(who: T::AccountId, title: Title, shares: u64) -> DispatchResult {
		ensure!(shares > 0, Error::<T>::NoShares);
		let mut vault = Vaults::<T>::get(title).ok_or(Error::<T>::NoVault)?;
		Self::leave(&who, title, &mut vault, shares)?;
		// Its entry of the asset stays when the last share leaves: it is under a deposit.
		T::Assets::transfer(
			vault.asset,
			&Self::account_id(),
			&who,
			shares.into(),
			Preservation::Expendable,
		)?;
		Vaults::<T>::insert(title, vault);
		Ok(())
	}

	/// Takes `shares` of a stake out of the books of `vault`, and pays what the stake has earned. The shares
	/// themselves stay in the pallet's account.
	pub(crate) fn leave(
		who: &T::AccountId,
		title: Title,
		vault: &mut VaultOf<T>,
		shares: u64,
	) -> DispatchResult {
		let mut stake = Stakes::<T>::get(title, who).ok_or(Error::<T>::ExceedsStake)?;
		ensure!(stake.position.shares >= shares, Error::<T>::ExceedsStake);
		let due = vault.pool.leave(&mut stake.position, shares).ok_or(ArithmeticError::Overflow)?;
		let paid = Self::pay(title, vault, who, due)?;
		let staked = stake.position.shares;
		if staked > 0 {
			Stakes::<T>::insert(title, who, stake);
		} else {
			Stakes::<T>::remove(title, who);
			let reason = HoldReason::Stake.into();
			T::Currency::release(&reason, who, stake.deposit, Precision::Exact)?;
		}
		Self::deposit_event(Event::Unstaked { title, who: who.clone(), shares, staked, paid });
		Ok(())
	}

	pub(crate) fn do_claim_dividends(who: T::AccountId, title: Title) -> DispatchResult {
		let mut vault = Vaults::<T>::get(title).ok_or(Error::<T>::NoVault)?;
		let mut due = 0;
		if let Some(mut stake) = Stakes::<T>::get(title, &who) {
			due = vault.pool.settle(&mut stake.position).ok_or(ArithmeticError::Overflow)?;
			Stakes::<T>::insert(title, &who, stake);
		}
		let amount = Self::pay(title, &mut vault, &who, due)?;
		Vaults::<T>::insert(title, vault);
		Self::deposit_event(Event::DividendsClaimed { title, who, amount });
		Ok(())
	}

	fn new_stake(who: &T::AccountId) -> Result<Stake, DispatchError> {
		let deposit = T::StakeDeposit::get();
		T::Currency::hold(&HoldReason::Stake.into(), who, deposit)?;
		Ok(Stake { position: Position::default(), deposit })
	}
}
