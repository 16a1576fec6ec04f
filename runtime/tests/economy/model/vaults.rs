//! Vaults: shares of titles, and what those earn that are staked (protocol 8). Each credit is divided among
//! all stakes at once.

use std::collections::BTreeMap;

use tributary_primitives::title::Title;
use tributary_runtime::{AccountId, Runtime, RuntimeEvent};

use super::{
	allowances::{entry_deposit, Ending},
	deposit,
	money::Reason,
	told, Expected,
};

/// A planck has so many units: 64 binary places.
const PLANCK: u128 = 1 << 64;

#[derive(Default)]
pub struct Stake {
	pub shares: u128,
	/// What it has earned and was not paid.
	units: u128,
}

impl Stake {
	/// The whole planck of what it has earned.
	pub fn claimable(&self) -> u128 {
		self.units / PLANCK
	}
}

pub struct Vault {
	pub asset: u32,
	depositor: AccountId,
	/// What was deposited for the name.
	name: u128,
	pub received: u128,
	pub paid: u128,
	pub owed: u128,
	pub stakes: BTreeMap<AccountId, Stake>,
	residue: u128,
}

impl Vault {
	pub fn staked(&self) -> u128 {
		self.stakes.values().map(|stake| stake.shares).sum()
	}

	/// What rounding has left, in whole planck.
	pub fn residue(&self) -> u128 {
		self.residue / PLANCK
	}

	/// What the stakes have earned, and the residue, in whole planck.
	pub fn unowed(&self) -> u128 {
		let units = self.stakes.values().map(|stake| stake.units).sum::<u128>() + self.residue;
		assert_eq!(units % PLANCK, 0, "what comes in is whole");
		units / PLANCK
	}
}

#[derive(Default)]
pub struct Vaults {
	pub open: BTreeMap<Title, Vault>,
	/// What could not be paid, by title, asset and account.
	pub owed: BTreeMap<(Title, u32, AccountId), u128>,
}

impl Expected {
	fn vault_of(&mut self, title: Title) -> &mut Vault {
		self.vaults.open.get_mut(&title).expect("it has a vault")
	}

	/// Divides what came into the account of the vaults.
	pub(super) fn credit_vault(&mut self, title: Title, amount: u128) {
		if amount == 0 {
			return;
		}
		self.money.hold(&self.vault, Reason::VaultRevenue, amount);
		let owner = self.titles[&title].owner.clone();
		let vault = self.vault_of(title);
		vault.received += amount;
		let staked = vault.staked();
		if staked == 0 {
			self.pay_from_vault(title, &owner, amount);
			return;
		}
		let each = amount * PLANCK / staked;
		for stake in vault.stakes.values_mut() {
			stake.units += each * stake.shares;
		}
		vault.residue += amount * PLANCK - each * staked;
	}

	/// Pays what has become due, and what is owed.
	fn pay_from_vault(&mut self, title: Title, who: &AccountId, amount: u128) {
		let asset = self.vault_of(title).asset;
		self.vault_of(title).owed += amount;
		let paid = self.pay_or_owe(title, asset, who, amount);
		let vault = self.vault_of(title);
		vault.owed -= paid;
		vault.paid += paid;
	}

	fn pay_or_owe(&mut self, title: Title, asset: u32, who: &AccountId, amount: u128) -> u128 {
		let key = (title, asset, who.clone());
		let due = self.vaults.owed.remove(&key).unwrap_or(0) + amount;
		if self.money.can_take(who, due) {
			self.money.pay_held(&self.vault, Reason::VaultRevenue, who, due);
			return due;
		}
		if due > 0 {
			self.vaults.owed.insert(key, due);
		}
		0
	}

	/// Takes the whole planck that a stake has earned out of it, and pays them.
	fn settle_stake(&mut self, title: Title, who: &AccountId) {
		let stake = self.vault_of(title).stakes.get_mut(who);
		let due = stake.map_or(0, |stake| {
			let due = stake.claimable();
			stake.units -= due * PLANCK;
			due
		});
		self.pay_from_vault(title, who, due);
	}

	pub(super) fn vault_call(
		&mut self,
		who: &AccountId,
		call: &pallet_shares::Call<Runtime>,
		events: &[RuntimeEvent],
	) {
		use pallet_shares::Call;
		match call {
			Call::issue { title, supply, name, symbol } => {
				let asset = told(events, |event| match event {
					RuntimeEvent::Shares(pallet_shares::Event::Issued { asset, .. }) => {
						Some(*asset)
					}
					_ => None,
				});
				let text = name.len() + symbol.len();
				let name = if text > 0 { deposit(1, text) } else { 0 };
				self.issue(who, *title, asset, name, u128::from(*supply));
			}
			Call::stake { title, shares } => {
				let shares = u128::from(*shares);
				let asset = self.vault_of(*title).asset;
				if !self.vault_of(*title).stakes.contains_key(who) {
					self.money.hold(who, Reason::Stake, deposit(1, 160));
				}
				let vault = self.vault.clone();
				self.market.move_shares(asset, who, &vault, shares);
				self.settle_stake(*title, who);
				self.vault_of(*title).stakes.entry(who.clone()).or_default().shares += shares;
			}
			Call::unstake { title, shares } => self.unstake(who, *title, u128::from(*shares)),
			Call::claim_dividends { title } => self.settle_stake(*title, who),
			Call::dissolve { title } => self.dissolve(who, *title, events),
			Call::collect_owed { title, asset, who } => {
				let stands = self.vaults.open.get(title).is_some_and(|open| open.asset == *asset);
				if stands {
					self.pay_from_vault(*title, who, 0);
				} else {
					self.pay_or_owe(*title, *asset, who, 0);
				}
			}
			call => panic!("nothing is known of {call:?}"),
		}
	}

	fn issue(&mut self, who: &AccountId, title: Title, asset: u32, name: u128, supply: u128) {
		self.money.hold(who, Reason::Vault, deposit(2, 400));
		self.money.reserve(who, name);
		let vault = self.vault.clone();
		self.money.pay(who, &vault, entry_deposit());
		self.money.reserve(&vault, entry_deposit());
		self.market.shares.insert((asset, who.clone()), supply);
		let vault = Vault {
			asset,
			depositor: who.clone(),
			name,
			received: 0,
			paid: 0,
			owed: 0,
			stakes: BTreeMap::new(),
			residue: 0,
		};
		self.vaults.open.insert(title, vault);
		self.begin_vault(title);
	}

	fn unstake(&mut self, who: &AccountId, title: Title, shares: u128) {
		self.settle_stake(title, who);
		let account = self.vault.clone();
		let vault = self.vault_of(title);
		let asset = vault.asset;
		let stake = vault.stakes.get_mut(who).expect("it has a stake");
		stake.shares -= shares;
		if stake.shares == 0 {
			vault.residue += stake.units;
			vault.stakes.remove(who);
			self.money.release(who, Reason::Stake, deposit(1, 160));
		}
		self.market.move_shares(asset, &account, who, shares);
	}

	fn dissolve(&mut self, who: &AccountId, title: Title, events: &[RuntimeEvent]) {
		self.end_vault(title, who);
		let vault = self.vault_of(title);
		assert!(vault.stakes.keys().all(|staker| staker == who), "nobody else has staked");
		if let Some(shares) = vault.stakes.get(who).map(|stake| stake.shares) {
			self.unstake(who, title, shares);
		}
		let left = self.vault_of(title).unowed();
		let owner = self.titles[&title].owner.clone();
		self.pay_from_vault(title, &owner, left);
		let Vault { asset, depositor, name, .. } =
			self.vaults.open.remove(&title).expect("it has a vault");
		self.money.release(&depositor, Reason::Vault, deposit(2, 400));
		let account = self.vault.clone();
		self.money.unreserve(&account, entry_deposit());
		self.money.pay(&account, &depositor, entry_deposit());
		self.end_asset(asset, Ending { depositor, name }, events);
	}
}
