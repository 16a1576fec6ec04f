//! Whose planck there are: free, held and for what.

use std::collections::BTreeMap;

use tributary_runtime::{AccountId, RuntimeHoldReason};

/// The least that an account has, in planck.
pub const EXISTENTIAL: u128 = 1_000_000_000;

/// What planck are held for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
	Dataset,
	Commitment,
	Contribution,
	Model,
	Revenue,
	Receipt,
	Bond,
	Report,
	Announcement,
	Demand,
	Accusation,
	VaultRevenue,
	Vault,
	Stake,
	Channel,
	/// For agents and mandates.
	AgentDeposit,
	AgentStake,
	/// For what an agent's reputation says of a payer.
	AgentPayer,
}

impl Reason {
	/// As the runtime names it.
	pub fn name(self) -> RuntimeHoldReason {
		match self {
			Self::Dataset => pallet_datasets::HoldReason::Dataset.into(),
			Self::Commitment => pallet_datasets::HoldReason::Commitment.into(),
			Self::Contribution => pallet_datasets::HoldReason::Contribution.into(),
			Self::Model => pallet_models::HoldReason::Model.into(),
			Self::Revenue => pallet_usage::HoldReason::Revenue.into(),
			Self::Receipt => pallet_usage::HoldReason::Receipt.into(),
			Self::Bond => pallet_attribution::HoldReason::Bond.into(),
			Self::Report => pallet_attribution::HoldReason::ReportDeposit.into(),
			Self::Announcement => pallet_attribution::HoldReason::Announcement.into(),
			Self::Demand => pallet_availability::HoldReason::Demand.into(),
			Self::Accusation => pallet_originality::HoldReason::Accusation.into(),
			Self::VaultRevenue => pallet_shares::HoldReason::Revenue.into(),
			Self::Vault => pallet_shares::HoldReason::Vault.into(),
			Self::Stake => pallet_shares::HoldReason::Stake.into(),
			Self::Channel => pallet_channels::HoldReason::Channel.into(),
			Self::AgentDeposit => pallet_agents::HoldReason::Deposit.into(),
			Self::AgentStake => pallet_agents::HoldReason::Stake.into(),
			Self::AgentPayer => pallet_agents::HoldReason::Payer.into(),
		}
	}
}

/// What one account has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purse {
	pub free: u128,
	pub held: BTreeMap<Reason, u128>,
	/// What other pallets than ours have reserved.
	pub reserved: u128,
}

impl Purse {
	/// All that is not free.
	pub fn bound(&self) -> u128 {
		self.reserved + self.held.values().sum::<u128>()
	}
}

/// All planck.
#[derive(Clone, Debug, Default)]
pub struct Money {
	pub purses: BTreeMap<AccountId, Purse>,
	/// What was burned since the beginning.
	pub burned: u128,
}

fn less(from: &mut u128, amount: u128, whose: &str) {
	*from = from.checked_sub(amount).unwrap_or_else(|| {
		panic!("{whose} has {from} planck and {amount} were taken");
	});
}

impl Money {
	/// All that exist.
	pub fn issued(&self) -> u128 {
		self.purses.values().map(|purse| purse.free + purse.bound()).sum()
	}

	pub fn free(&self, who: &AccountId) -> u128 {
		self.purses.get(who).map_or(0, |purse| purse.free)
	}

	pub fn held(&self, who: &AccountId, reason: Reason) -> u128 {
		self.purses.get(who).and_then(|purse| purse.held.get(&reason)).copied().unwrap_or(0)
	}

	/// All that is not free of an account.
	pub fn bound(&self, who: &AccountId) -> u128 {
		self.purses.get(who).map_or(0, Purse::bound)
	}

	/// Whether the account exists once it is given so much.
	pub fn can_take(&self, who: &AccountId, amount: u128) -> bool {
		self.free(who) + amount >= EXISTENTIAL
	}

	fn give(&mut self, who: &AccountId, amount: u128) {
		if amount > 0 {
			assert!(self.can_take(who, amount), "{who} can not exist with {amount} planck more");
			self.purses.entry(who.clone()).or_default().free += amount;
		}
	}

	fn take(&mut self, who: &AccountId, amount: u128) {
		if amount > 0 {
			less(&mut self.purses.entry(who.clone()).or_default().free, amount, "an account");
		}
	}

	fn take_held(&mut self, who: &AccountId, reason: Reason, amount: u128) {
		if amount == 0 {
			return;
		}
		let held = &mut self.purses.entry(who.clone()).or_default().held;
		let left = held.entry(reason).or_default();
		less(left, amount, &format!("{reason:?} of {who}"));
		if *left == 0 {
			held.remove(&reason);
		}
	}

	pub fn pay(&mut self, from: &AccountId, to: &AccountId, amount: u128) {
		if from != to {
			self.take(from, amount);
			self.give(to, amount);
		}
	}

	pub fn burn(&mut self, from: &AccountId, amount: u128) {
		self.take(from, amount);
		self.burned += amount;
	}

	pub fn hold(&mut self, who: &AccountId, reason: Reason, amount: u128) {
		self.take(who, amount);
		if amount > 0 {
			let held = &mut self.purses.entry(who.clone()).or_default().held;
			*held.entry(reason).or_default() += amount;
		}
	}

	pub fn release(&mut self, who: &AccountId, reason: Reason, amount: u128) {
		self.pay_held(who, reason, who, amount);
	}

	/// From what is held to the free balance of `to`.
	pub fn pay_held(&mut self, from: &AccountId, reason: Reason, to: &AccountId, amount: u128) {
		self.take_held(from, reason, amount);
		self.give(to, amount);
	}

	pub fn burn_held(&mut self, from: &AccountId, reason: Reason, amount: u128) {
		self.take_held(from, reason, amount);
		self.burned += amount;
	}

	/// Half, rounded down, to `to`, and the rest to nobody.
	pub fn slash(&mut self, from: &AccountId, reason: Reason, to: &AccountId, amount: u128) {
		self.pay_held(from, reason, to, amount / 2);
		self.burn_held(from, reason, amount - amount / 2);
	}

	pub fn reserve(&mut self, who: &AccountId, amount: u128) {
		self.take(who, amount);
		self.purses.entry(who.clone()).or_default().reserved += amount;
	}

	pub fn unreserve(&mut self, who: &AccountId, amount: u128) {
		let purse = self.purses.entry(who.clone()).or_default();
		less(&mut purse.reserved, amount, "a reserve");
		self.give(who, amount);
	}
}
