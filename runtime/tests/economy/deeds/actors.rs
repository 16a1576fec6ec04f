//! Those who act: people, and agents by their operators.

use pallet_agents::Call as Agents;
use sp_keyring::Sr25519Keyring as Account;
use tributary_primitives::{agent::AgentState, ids::AgentId};
use tributary_runtime::{AccountId, Address, Runtime};

use super::{Deed, Scene, Who};
use crate::model::agents::account_of;

/// Those who have money. The first four make the blocks.
pub const RICH: [Account; 6] =
	[Account::Alice, Account::Bob, Account::Charlie, Account::Dave, Account::Eve, Account::Ferdie];

/// Those who have none, and whose accounts come and go.
pub const POOR: [Account; 2] = [Account::One, Account::Two];

/// One who acts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Actor {
	Person(Account),
	Agent(AgentId),
}

impl From<Account> for Actor {
	fn from(person: Account) -> Self {
		Self::Person(person)
	}
}

impl Actor {
	pub fn to_account_id(self) -> AccountId {
		match self {
			Self::Person(person) => person.to_account_id(),
			Self::Agent(agent) => account_of(agent),
		}
	}
}

/// An account as a call names it.
pub fn address(who: impl Into<Actor>) -> Address {
	Address::from(who.into().to_account_id())
}

impl Scene {
	/// A person with money.
	pub(super) fn person(&mut self) -> Account {
		self.numbers.pick(RICH).expect("there are some")
	}

	/// One with money, an agent now and then.
	pub(super) fn rich(&mut self) -> Actor {
		let agent = self.able_agent().filter(|_| self.numbers.once_in(8));
		agent.unwrap_or_else(|| self.person().into())
	}

	/// Anyone, a poor one now and then.
	pub(super) fn anyone(&mut self) -> Actor {
		if self.numbers.once_in(12) {
			self.numbers.pick(POOR).expect("there are some").into()
		} else {
			self.rich()
		}
	}

	/// An agent that may act.
	pub(super) fn able_agent(&mut self) -> Option<Actor> {
		let all = 0..self.facts.agents.len() as AgentId;
		let able: Vec<AgentId> = all.filter(|id| self.is_able(*id)).collect();
		self.numbers.pick(able).map(Actor::Agent)
	}

	fn is_able(&self, id: AgentId) -> bool {
		let agent = &self.facts.agents[id as usize];
		let operator = agent.operator.as_ref();
		agent.state == AgentState::Active
			&& agent.mandate.is_some()
			&& operator.is_some_and(|operator| self.person_of(operator).is_some())
	}

	fn person_of(&self, who: &AccountId) -> Option<Account> {
		RICH.into_iter().chain(POOR).find(|person| person.to_account_id() == *who)
	}

	/// Whose account it is, unless it is that of a pallet, or of an agent that may not act.
	pub(super) fn holder(&self, who: &AccountId) -> Option<Actor> {
		let all = (0..).zip(&self.facts.agents);
		let agent = all.filter(|(id, agent)| agent.account == *who && self.is_able(*id));
		let agent = agent.map(|(id, _)| Actor::Agent(id)).next();
		self.person_of(who).map(Actor::Person).or(agent)
	}

	/// Has its operator do what an agent does.
	pub(super) fn by_operator(&self, deed: Deed) -> Option<Deed> {
		let Who::Actor(Actor::Agent(agent)) = deed.who else { return Some(deed) };
		let operator = self.facts.agents[agent as usize].operator.as_ref()?;
		let call = Box::new(deed.call);
		Deed::of(self.person_of(operator)?, Agents::<Runtime>::act { agent, call })
	}
}
