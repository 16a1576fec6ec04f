//! What must hold of the pallet's state after every block.

use alloc::collections::{BTreeMap, BTreeSet};

use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect as _, InspectHold as _},
		fungibles::{Inspect as _, Refund as _},
	},
};
use sp_runtime::TryRuntimeError;
use tributary_primitives::{
	dividend::Dividend,
	title::{Beneficiary, Title},
	traits::Titles,
};

use crate::pallet::{Config, HoldReason, NextAsset, Owed, Pallet, Stakes, VaultOf, Vaults};

/// What the stakes of one vault add up to.
#[derive(Clone, Copy, Default)]
struct Staked {
	shares: u64,
	earned: Dividend,
}

impl<T: Config> Pallet<T> {
	/// Checks the pallet's state:
	///
	/// 1. each vault is of a title whose revenue goes to it, and has an asset of its own that exists and was
	///    given before;
	/// 2. each stake is of a vault, of at least a share, and the shares of a vault's stakes are those that
	///    its pool counts;
	/// 3. the pallet's account has at least the shares that are staked, under a deposit of its own;
	/// 4. what a vault has received is what it has paid and owes, what its stakes have earned, and its
	///    residue, to the last fraction of a planck;
	/// 5. what is owed is more than nothing, and by each vault what it counts;
	/// 6. the account has on hold what all vaults have received and not paid, and what dissolved ones owe;
	/// 7. the account has its existential deposit;
	/// 8. each issuer and each staker has on hold the deposits of its vaults and its stakes.
	///
	/// # Errors
	/// The number and the wording of the first check that fails.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let staked = Self::staked()?;
		let mut owed = Self::owed()?;
		let mut assets = BTreeSet::new();
		let mut vault_deposits = BTreeMap::<T::AccountId, u128>::new();
		let mut held = 0u128;
		for (title, vault) in Vaults::<T>::iter() {
			ensure!(
				T::Titles::beneficiary(title) == Some(Beneficiary::Vault),
				"shares 1: the revenue of a title does not go to its vault"
			);
			ensure!(
				vault.asset < NextAsset::<T>::get()
					&& assets.insert(vault.asset)
					&& T::Assets::asset_exists(vault.asset),
				"shares 1: a vault has no asset of its own"
			);
			let staked = staked.get(&title).copied().unwrap_or_default();
			Self::check_vault(&vault, staked)?;
			ensure!(
				owed.remove(&(title, vault.asset)).unwrap_or(0) == vault.owed,
				"shares 5: a vault owes something else than it counts"
			);
			held = vault
				.received
				.checked_sub(vault.paid)
				.and_then(|left| left.checked_add(held))
				.ok_or("shares 6: what the vaults hold overflows")?;
			let deposit = vault_deposits.entry(vault.depositor).or_default();
			*deposit = deposit.saturating_add(vault.deposit);
		}
		for dissolved in owed.into_values() {
			held = held.saturating_add(dissolved);
		}
		ensure!(Self::held() == held, "shares 6: the account does not hold what the vaults have");
		ensure!(
			T::Currency::balance(&Self::account_id()) >= T::Currency::minimum_balance(),
			"shares 7: the account has lost its existential deposit"
		);
		Self::check_deposits(HoldReason::Vault, vault_deposits)
	}

	/// What is staked in each vault.
	fn staked() -> Result<BTreeMap<Title, Staked>, TryRuntimeError> {
		let mut all = BTreeMap::<Title, Staked>::new();
		let mut deposits = BTreeMap::<T::AccountId, u128>::new();
		for (title, who, stake) in Stakes::<T>::iter() {
			let vault = Vaults::<T>::get(title).ok_or("shares 2: a stake is of no vault")?;
			ensure!(stake.position.shares > 0, "shares 2: a stake has no shares");
			let earned = vault
				.pool
				.earned(&stake.position)
				.ok_or("shares 4: a stake has earned more than can exist")?;
			let sum = all.entry(title).or_default();
			sum.shares = sum
				.shares
				.checked_add(stake.position.shares)
				.ok_or("shares 2: the stakes of a vault overflow")?;
			sum.earned =
				sum.earned.checked_add(earned).ok_or("shares 4: what stakes earned overflows")?;
			let deposit = deposits.entry(who).or_default();
			*deposit = deposit.saturating_add(stake.deposit);
		}
		Self::check_deposits(HoldReason::Stake, deposits)?;
		Ok(all)
	}

	/// What each vault owes, dissolved ones included.
	fn owed() -> Result<BTreeMap<(Title, u32), u128>, TryRuntimeError> {
		let mut all = BTreeMap::<(Title, u32), u128>::new();
		for ((title, asset, _), owed) in Owed::<T>::iter() {
			ensure!(owed > 0, "shares 5: nothing is owed to an account that is listed");
			let sum = all.entry((title, asset)).or_default();
			*sum = sum.saturating_add(owed);
		}
		Ok(all)
	}

	fn check_vault(vault: &VaultOf<T>, staked: Staked) -> Result<(), TryRuntimeError> {
		let account = Self::account_id();
		ensure!(
			vault.pool.shares == staked.shares,
			"shares 2: a pool counts other shares than are staked"
		);
		ensure!(
			T::Assets::balance(vault.asset, &account) >= u128::from(staked.shares),
			"shares 3: the account does not have the staked shares"
		);
		ensure!(
			T::Assets::deposit_held(vault.asset, account.clone())
				.is_some_and(|(depositor, _)| depositor == account),
			"shares 3: the account's shares are under no deposit of its own"
		);
		let left = staked.earned.checked_add(vault.pool.residue);
		ensure!(
			vault.unowed().is_some_and(|unowed| left == Some(Dividend::whole(unowed))),
			"shares 4: received != paid + owed + claimable + residue"
		);
		Ok(())
	}

	fn check_deposits(
		reason: HoldReason,
		deposits: BTreeMap<T::AccountId, u128>,
	) -> Result<(), TryRuntimeError> {
		let reason = reason.into();
		for (who, deposit) in deposits {
			ensure!(
				T::Currency::balance_on_hold(&reason, &who) == deposit,
				"shares 8: what is on hold is not the sum of the deposits"
			);
		}
		Ok(())
	}
}
