//! The second model: plain integers. A credit is pushed to every stake at once, in units of `2^-64` planck.

use std::collections::BTreeMap;

use tributary_primitives::title::Title;

use super::step::{Step, PEOPLE};
use crate::{mock::*, Error};

const PLANCK: u128 = 1 << 64;
/// What a name and a symbol of five bytes each cost.
const NAMED: u128 = NAME_DEPOSIT + 10 * BYTE_DEPOSIT;
/// The pallet's account.
pub const VAULTS: AccountId = 0;

/// What a step may end in: done, refused with an error of the pallet, or refused by the currency or the
/// assets.
#[derive(Debug)]
pub enum Refusal {
	Pallet(Error<Test>),
	Elsewhere,
}

pub use Refusal::{Elsewhere, Pallet};

#[derive(Clone, Copy, Default)]
pub struct StakeBook {
	pub shares: u128,
	pub units: u128,
}

#[derive(Default)]
pub struct VaultBook {
	pub asset: u32,
	depositor: AccountId,
	named: bool,
	pub stakes: BTreeMap<AccountId, StakeBook>,
	pub shares: BTreeMap<AccountId, u128>,
	pub received: u128,
	pub paid: u128,
}

impl VaultBook {
	pub fn shares(&self, who: AccountId) -> u128 {
		self.shares.get(&who).copied().unwrap_or(0)
	}

	pub fn stake(&self, who: AccountId) -> StakeBook {
		self.stakes.get(&who).copied().unwrap_or_default()
	}

	pub fn staked(&self) -> u128 {
		self.stakes.values().map(|stake| stake.shares).sum()
	}

	fn units(&self) -> u128 {
		self.stakes.values().map(|stake| stake.units).sum()
	}

	/// All shares but those that are burned.
	pub fn supply(&self) -> u128 {
		self.shares.values().sum::<u128>() + self.staked()
	}

	/// What is neither paid nor owed nor earned, in units.
	pub fn residue(&self, owed: u128) -> u128 {
		(self.received - self.paid - owed) * PLANCK - self.units()
	}

	fn transfer(&mut self, from: AccountId, to: AccountId, shares: u128) -> Result<(), Refusal> {
		let left = self.shares(from).checked_sub(shares).ok_or(Elsewhere)?;
		self.shares.insert(from, left);
		*self.shares.entry(to).or_default() += shares;
		Ok(())
	}
}

#[derive(Default)]
pub struct Money {
	free: BTreeMap<AccountId, u128>,
	aside: BTreeMap<AccountId, u128>,
	pub vaults: BTreeMap<Title, VaultBook>,
	owners: BTreeMap<Title, AccountId>,
	pub owed: BTreeMap<(Title, u32, AccountId), u128>,
	next: u32,
}

impl Money {
	pub fn genesis() -> Self {
		let mut money = Self::default();
		for who in ENDOWED {
			money.free.insert(who, ENDOWMENT);
		}
		money.free.insert(CHARLIE, super::FEW);
		money.free.insert(VAULTS, EXISTENTIAL_DEPOSIT);
		money.owners = [(MODEL, ALICE), (DATASET, BOB)].into();
		money
	}

	pub fn free(&self, who: AccountId) -> u128 {
		self.free.get(&who).copied().unwrap_or(0)
	}

	pub fn aside(&self, who: AccountId) -> u128 {
		self.aside.get(&who).copied().unwrap_or(0)
	}

	pub fn owed(&self, title: Title, asset: u32) -> u128 {
		PEOPLE.iter().filter_map(|who| self.owed.get(&(title, asset, *who))).sum()
	}

	/// What the account holds of revenue.
	pub fn held(&self) -> u128 {
		let live = self.vaults.values().map(|vault| vault.received - vault.paid).sum::<u128>();
		let dissolved = self.owed.iter().filter(|((title, asset, _), _)| {
			self.vaults.get(title).is_none_or(|vault| vault.asset != *asset)
		});
		live + dissolved.map(|(_, owed)| owed).sum::<u128>()
	}

	fn take(&mut self, who: AccountId, amount: u128) -> Result<(), Refusal> {
		if self.free(who) < amount + EXISTENTIAL_DEPOSIT {
			return Err(Elsewhere);
		}
		*self.free.entry(who).or_default() -= amount;
		Ok(())
	}

	fn set_aside(&mut self, who: AccountId, amount: u128) -> Result<(), Refusal> {
		self.take(who, amount)?;
		*self.aside.entry(who).or_default() += amount;
		Ok(())
	}

	fn give_back(&mut self, who: AccountId, amount: u128) {
		*self.aside.entry(who).or_default() -= amount;
		*self.free.entry(who).or_default() += amount;
	}

	/// Gives `who` what is due and owed, or owes all of it.
	fn give(&mut self, title: Title, asset: u32, who: AccountId, amount: u128) {
		let all = self.owed.remove(&(title, asset, who)).unwrap_or(0) + amount;
		if all == 0 {
			return;
		}
		if self.free(who) + all < EXISTENTIAL_DEPOSIT {
			self.owed.insert((title, asset, who), all);
			return;
		}
		*self.free.entry(who).or_default() += all;
		if let Some(vault) = self.vaults.get_mut(&title).filter(|vault| vault.asset == asset) {
			vault.paid += all;
		}
	}

	fn vault(&mut self, title: Title) -> Result<&mut VaultBook, Refusal> {
		self.vaults.get_mut(&title).ok_or(Pallet(Error::NoVault))
	}

	/// Gives `who` the whole planck that its stake has earned.
	fn settle(&mut self, title: Title, who: AccountId) -> Result<(), Refusal> {
		let vault = self.vault(title)?;
		let mut due = 0;
		if let Some(stake) = vault.stakes.get_mut(&who) {
			due = stake.units / PLANCK;
			stake.units %= PLANCK;
		}
		let asset = vault.asset;
		self.give(title, asset, who, due);
		Ok(())
	}

	pub fn apply(&mut self, step: &Step) -> Result<(), Refusal> {
		match *step {
			Step::Issue { who, title, supply, named } => self.issue(who, title, supply, named)?,
			Step::Stake { who, title, shares } => self.stake(who, title, shares.into())?,
			Step::StakeAll { who, title } => {
				let all = self.vaults.get(&title).map_or(1, |vault| vault.shares(who));
				self.stake(who, title, all)?;
			}
			Step::Unstake { who, title, shares } => self.unstake(who, title, shares.into())?,
			Step::UnstakeAll { who, title } => {
				let all = self.vaults.get(&title).map_or(1, |vault| vault.stake(who).shares);
				self.unstake(who, title, all)?;
			}
			Step::Credit { title, amount } => self.credit(title, amount)?,
			Step::Claim { who, title } => self.settle(title, who)?,
			Step::Send { title, from, to, shares } => self.send(title, from, to, shares.into())?,
			Step::SendAll { title, from, to } => {
				let all = self.vaults.get(&title).map_or(1, |vault| vault.shares(from));
				self.send(title, from, to, all)?;
			}
			Step::Lose { title, from, shares } => self.send(title, from, VAULTS, shares.into())?,
			Step::Burn { title, who } => {
				let vault = self.vaults.get_mut(&title).ok_or(Elsewhere)?;
				let burned = vault.shares.remove(&who).unwrap_or(0);
				if burned == 0 {
					return Err(Elsewhere);
				}
			}
			Step::Dissolve { who, title } => self.dissolve(who, title)?,
			Step::Collect { title, asset, who } => self.give(title, asset, who, 0),
			Step::Sell { title, to } => {
				self.owners.insert(title, to);
			}
			Step::Donate { amount } => {
				self.take(PAYER, amount)?;
				*self.free.entry(VAULTS).or_default() += amount;
			}
		}
		Ok(())
	}

	fn issue(
		&mut self,
		who: AccountId,
		title: Title,
		supply: u64,
		named: bool,
	) -> Result<(), Refusal> {
		if self.owners[&title] != who {
			return Err(Pallet(Error::NotAuthorized));
		}
		if self.vaults.contains_key(&title) {
			return Err(Pallet(Error::AlreadyIssued));
		}
		if supply == 0 {
			return Err(Pallet(Error::NoShares));
		}
		let deposit = VAULT_DEPOSIT + if named { NAMED } else { 0 };
		self.take(who, deposit + ENTRY_DEPOSIT)?;
		*self.aside.entry(who).or_default() += deposit;
		*self.aside.entry(VAULTS).or_default() += ENTRY_DEPOSIT;
		let shares = [(who, supply.into())].into();
		let (asset, depositor) = (self.next, who);
		let vault = VaultBook { asset, depositor, named, shares, ..Default::default() };
		self.vaults.insert(title, vault);
		self.next += 1;
		Ok(())
	}

	fn stake(&mut self, who: AccountId, title: Title, shares: u128) -> Result<(), Refusal> {
		if shares == 0 {
			return Err(Pallet(Error::NoShares));
		}
		let vault = self.vault(title)?;
		if vault.shares(who) < shares {
			return Err(Pallet(Error::TooFewShares));
		}
		if !vault.stakes.contains_key(&who) {
			self.set_aside(who, STAKE_DEPOSIT)?;
		}
		let vault = self.vault(title)?;
		*vault.shares.entry(who).or_default() -= shares;
		vault.stakes.entry(who).or_default().shares += shares;
		self.settle(title, who)
	}

	fn unstake(&mut self, who: AccountId, title: Title, shares: u128) -> Result<(), Refusal> {
		if shares == 0 {
			return Err(Pallet(Error::NoShares));
		}
		let vault = self.vault(title)?;
		if vault.stake(who).shares < shares {
			return Err(Pallet(Error::ExceedsStake));
		}
		self.settle(title, who)?;
		let vault = self.vault(title)?;
		*vault.shares.entry(who).or_default() += shares;
		let stake = vault.stakes.entry(who).or_default();
		stake.shares -= shares;
		if stake.shares == 0 {
			vault.stakes.remove(&who);
			self.give_back(who, STAKE_DEPOSIT);
		}
		Ok(())
	}

	fn credit(&mut self, title: Title, amount: u128) -> Result<(), Refusal> {
		if self.free(PAYER) < amount + EXISTENTIAL_DEPOSIT {
			return Err(Elsewhere);
		}
		let owner = self.owners[&title];
		let vault = self.vault(title)?;
		vault.received += amount;
		let (staked, asset) = (vault.staked(), vault.asset);
		match (amount * PLANCK).checked_div(staked) {
			Some(each) => {
				for stake in vault.stakes.values_mut() {
					stake.units += each * stake.shares;
				}
			}
			None if amount > 0 => self.give(title, asset, owner, amount),
			None => {}
		}
		self.take(PAYER, amount)
	}

	/// Shares of no asset, and to who does not exist, can not be sent.
	fn send(
		&mut self,
		title: Title,
		from: AccountId,
		to: AccountId,
		shares: u128,
	) -> Result<(), Refusal> {
		let exists = self.free(to) > 0;
		let vault = self.vaults.get_mut(&title).ok_or(Elsewhere)?;
		if shares > 0 && !exists {
			return Err(Elsewhere);
		}
		vault.transfer(from, to, shares)
	}

	fn dissolve(&mut self, who: AccountId, title: Title) -> Result<(), Refusal> {
		let owner = self.owners[&title];
		let vault = self.vault(title)?;
		let staked = vault.stake(who).shares;
		if vault.staked() > staked {
			return Err(Pallet(Error::SharesStaked));
		}
		let (own, lost) = (vault.shares(who) + staked, vault.shares(VAULTS));
		if own + lost < vault.supply() {
			return Err(Pallet(Error::SharesElsewhere));
		}
		if own == 0 && who != owner {
			return Err(Pallet(Error::NotAuthorized));
		}
		if staked > 0 {
			self.unstake(who, title, staked)?;
		}
		let VaultBook { asset, depositor, named, received, paid, .. } = *self.vault(title)?;
		let residue = received - paid - self.owed(title, asset);
		self.vaults.remove(&title);
		self.give(title, asset, owner, residue);
		self.give_back(depositor, VAULT_DEPOSIT + if named { NAMED } else { 0 });
		*self.aside.entry(VAULTS).or_default() -= ENTRY_DEPOSIT;
		*self.free.entry(depositor).or_default() += ENTRY_DEPOSIT;
		Ok(())
	}
}
