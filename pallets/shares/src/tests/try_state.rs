//! `do_try_state` finds what is broken.

use frame_support::traits::{fungible::MutateHold, tokens::Precision};
use tributary_primitives::dividend::Dividend;

use crate::{mock::*, HoldReason, NextAsset, Owed, Stake, Stakes, Vault, Vaults};

/// Breaks the state of a vault with stakes, dividends and debts, and expects the check `number` to say so.
fn finds(number: &str, harm: impl FnOnce()) {
	ext().execute_with(|| {
		issue(ALICE, MODEL, 100).unwrap();
		Owners::insert(MODEL, NOBODY);
		credit(MODEL, 4).unwrap();
		send(0, ALICE, BOB, 10).unwrap();
		Shares::stake(signed(ALICE), MODEL, 20).unwrap();
		Shares::stake(signed(BOB), MODEL, 10).unwrap();
		credit(MODEL, 1_000).unwrap();
		check();
		harm();
		let found = format!("{:?}", Shares::do_try_state().unwrap_err());
		assert!(found.contains(&format!("\"shares {number}: ")), "{found}");
	});
}

fn change(change: impl FnOnce(&mut Vault<AccountId>)) {
	Vaults::<Test>::mutate(MODEL, |vault| change(vault.as_mut().unwrap()));
}

fn change_stake(change: impl FnOnce(&mut Stake)) {
	Stakes::<Test>::mutate(MODEL, BOB, |stake| change(stake.as_mut().unwrap()));
}

fn hold(reason: HoldReason, who: AccountId, amount: u128) {
	Balances::hold(&reason.into(), &who, amount).unwrap();
}

#[test]
fn a_vault_of_a_title_that_is_not_vaulted_or_without_an_asset_of_its_own() {
	finds("1", || Vaulted::remove(MODEL));
	finds("1", || Owners::remove(MODEL));
	finds("1", || NextAsset::<Test>::put(0));
	finds("1", || pallet_assets::Asset::<Test>::remove(0));
	finds("1", || {
		issue(BOB, DATASET, 5).unwrap();
		Vaults::<Test>::mutate(DATASET, |vault| vault.as_mut().unwrap().asset = 0);
	});
}

#[test]
fn stakes_of_nothing_or_of_no_vault_and_pools_that_count_wrong() {
	finds("2", || Vaults::<Test>::remove(MODEL));
	finds("2", || change_stake(|stake| stake.position.shares = 0));
	finds("2", || change(|vault| vault.pool.shares += 1));
	finds("2", || Stakes::<Test>::remove(MODEL, BOB));
	finds("2", || change_stake(|stake| stake.position.shares = 9));
}

#[test]
fn staked_shares_that_the_account_does_not_have_or_can_lose() {
	let account = Shares::account_id();
	finds("3", || send(0, account, ALICE, 1).unwrap());
	finds("3", || {
		pallet_assets::Account::<Test>::mutate(0, account, |entry| {
			entry.as_mut().unwrap().reason = pallet_assets::ExistenceReason::Consumer;
		});
	});
}

#[test]
fn books_that_do_not_add_up_to_the_last_fraction() {
	finds("4", || change(|vault| vault.received += 1));
	finds("4", || change(|vault| vault.paid += 1));
	finds("4", || change(|vault| vault.paid = vault.received + 1));
	finds("4", || change(|vault| vault.pool.residue = Dividend::part(1)));
	finds("4", || change(|vault| vault.pool.per_share = Dividend::whole(33)));
	finds("4", || change_stake(|stake| stake.position.fraction += 1));
	finds("4", || change_stake(|stake| stake.position.since = Dividend::whole(99)));
}

#[test]
fn debts_that_are_nothing_or_are_not_counted() {
	finds("5", || Owed::<Test>::insert((MODEL, 0, BOB), 0));
	finds("5", || Owed::<Test>::insert((MODEL, 0, BOB), 1));
	finds("5", || Owed::<Test>::remove((MODEL, 0, NOBODY)));
}

#[test]
fn revenue_that_the_account_does_not_hold() {
	finds("6", || {
		let (reason, account) = (HoldReason::Revenue.into(), Shares::account_id());
		Balances::release(&reason, &account, 1, Precision::Exact).unwrap();
	});
	finds("6", || Owed::<Test>::insert((DATASET, 7, BOB), 1));
}

#[test]
fn an_account_without_its_existential_deposit() {
	finds("7", || {
		frame_system::Account::<Test>::mutate(Shares::account_id(), |account| {
			account.data.free -= 1;
		});
	});
}

#[test]
fn deposits_that_are_not_what_is_on_hold() {
	finds("8", || change(|vault| vault.deposit += 1));
	finds("8", || change_stake(|stake| stake.deposit -= 1));
	finds("8", || hold(HoldReason::Vault, ALICE, 1));
	finds("8", || hold(HoldReason::Stake, BOB, 1));
}
