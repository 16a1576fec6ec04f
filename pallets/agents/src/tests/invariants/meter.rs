//! A meter of its own: what the calls of an act must have moved, reckoned from the calls themselves, and a plain
//! list of all that was spent. It shares nothing with how the pallet measures and counts.

use std::collections::{BTreeMap, BTreeSet};

use tributary_primitives::{
	agent::{Currency, Mandate, MAX_CALLS_OF_ACT},
	title::Title,
};

use super::steps::{Leaf, Party, Tree};
use crate::{
	mock::{world::Seller, *},
	PayersOf,
};

/// What the calls of one act that was done moved.
pub struct Reckoning<'a> {
	agent: u32,
	mandate: &'a Mandate<AccountId>,
	/// The owner of its title.
	owner: AccountId,
	free: u128,
	seller: AccountId,
	/// The agents that this one has paid before.
	paid: BTreeSet<u32>,
	/// By currency, what went out and what came in.
	pub moved: BTreeMap<Currency, (u128, u128)>,
}

impl<'a> Reckoning<'a> {
	/// Before the act.
	pub fn new(agent: u32, mandate: &'a Mandate<AccountId>) -> Self {
		let account = Agents::account_of(agent);
		Self {
			agent,
			mandate,
			owner: World::owner_of(Title::agent(agent)),
			free: free(account),
			seller: Seller::get(),
			paid: (0..2).filter(|id| PayersOf::<Test>::contains_key(id, account)).collect(),
			moved: BTreeMap::new(),
		}
	}

	/// Goes through the calls of an act that was done.
	pub fn act(&mut self, tree: &Tree) {
		assert!(System::block_number() <= self.mandate.expires_at);
		let calls = tree.all();
		assert!(calls.len() <= MAX_CALLS_OF_ACT as usize);
		for call in calls {
			assert!(self.mandate.calls.contains(&index_of(&call.call())), "{call:?}");
			if let Tree::Leaf(leaf) = call {
				self.leaf(leaf);
			}
		}
	}

	fn leaf(&mut self, leaf: &Leaf) {
		match leaf {
			Leaf::Remark | Leaf::Touch(_) | Leaf::Slash(_) => {}
			Leaf::Send(to, value) => {
				self.meets(to.account());
				self.send(&[(*to, *value)]);
			}
			Leaf::SendAll(to) => {
				self.meets(to.account());
				self.send(&[(*to, self.free - EXISTENTIAL_DEPOSIT)]);
			}
			Leaf::SendAsset(asset, to, amount) => {
				self.meets(to.account());
				let own = to.account() == Agents::account_of(self.agent);
				self.moves(Currency::Asset(*asset), if own { 0 } else { *amount }, 0);
			}
			Leaf::Hold(amount) => self.moves(Currency::Native, *amount, 0),
			Leaf::Release(amount) | Leaf::Earn(amount) => self.moves(Currency::Native, 0, *amount),
			Leaf::ChangeSeller(to) => self.seller = to.account(),
			Leaf::PaySeller(asset) => {
				self.meets(self.seller);
				let own = self.seller == Agents::account_of(self.agent);
				self.moves(Currency::Asset(*asset), if own { 0 } else { 1 }, 0);
			}
			Leaf::LoseTitle(agent) => {
				assert!(*agent != self.agent || self.owner == BOB, "the agent lost its own title")
			}
			Leaf::Drain => self.moves(Currency::Native, self.free, 0),
			Leaf::Forward(sends) => self.send(sends),
			Leaf::Pay(agent, amount) => {
				assert_ne!(*agent, self.agent, "the agent pays itself");
				self.meets(Agents::account_of(*agent));
				let first = self.paid.insert(*agent);
				self.moves(Currency::Native, amount + if first { FOR_PAYER } else { 0 }, 0);
			}
			Leaf::Forge(_) | Leaf::Pause(_) | Leaf::Lax => panic!("{leaf:?} was done"),
		}
	}

	fn meets(&self, account: AccountId) {
		let allowed = &self.mandate.counterparties;
		assert!(allowed.as_ref().is_none_or(|allowed| allowed.contains(&account)), "{account}");
	}

	fn send(&mut self, sends: &[(Party, u128)]) {
		let own = Agents::account_of(self.agent);
		let sent = sends.iter().filter(|(to, _)| to.account() != own).map(|(_, value)| value);
		self.moves(Currency::Native, sent.sum(), 0);
	}

	/// One call moves that much.
	fn moves(&mut self, currency: Currency, spent: u128, earned: u128) {
		let budgets = &self.mandate.assets;
		let most = match currency {
			Currency::Native => self.mandate.native.per_call,
			Currency::Asset(asset) => {
				let budget = budgets.iter().find(|(budgeted, _)| *budgeted == asset);
				budget.map_or(0, |(_, budget)| budget.per_call)
			}
		};
		assert!(spent <= most, "one call spent {spent} of {currency:?}, and not {most}");
		if currency == Currency::Native {
			self.free = self.free - spent + earned;
		}
		let sums = self.moved.entry(currency).or_default();
		*sums = (sums.0 + spent, sums.1 + earned);
	}
}

/// All that an agent spent under one mandate.
#[derive(Default)]
pub struct Meter {
	spent: Vec<(u32, Currency, u128)>,
}

impl Meter {
	/// Notes what was spent in this block, and that no run of blocks that ends in it has more than the
	/// mandate allows. As blocks come one after the other, none that ends elsewhere has either.
	pub fn note(&mut self, mandate: &Mandate<AccountId>, moved: &BTreeMap<Currency, (u128, u128)>) {
		let block = System::block_number();
		for (currency, (spent, _)) in moved.iter().filter(|(_, (spent, _))| *spent > 0) {
			self.spent.push((block, *currency, *spent));
			let run = self.spent.iter().filter(|(at, of, _)| {
				*of == *currency && u64::from(*at) + u64::from(mandate.window) > u64::from(block)
			});
			let sum: u128 = run.map(|(_, _, spent)| spent).sum();
			let most = match currency {
				Currency::Native => mandate.native.per_window,
				Currency::Asset(asset) => {
					let budget = mandate.assets.iter().find(|(budgeted, _)| budgeted == asset);
					budget.map_or(0, |(_, budget)| budget.per_window)
				}
			};
			assert!(sum <= most, "{sum} of {currency:?} were spent in a window, and not {most}");
		}
	}
}
