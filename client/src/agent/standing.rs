//! Whether an agent may act at all, by what the chain says of it.

use subxt::utils::AccountId32;
use tributary_primitives::{
	agent::AgentState,
	views::{AgentView, MandateView},
};

use crate::amount::Amount;

/// What the chain says of an agent.
#[derive(Clone, Debug)]
pub struct Standing {
	/// The agent.
	pub agent: AgentView<AccountId32>,
	/// Its mandate, if it has one.
	pub mandate: Option<MandateView<AccountId32>>,
	/// The least stake of an agent that acts, in planck.
	pub min_stake: u128,
}

impl Standing {
	/// Why no act that `operator` signs would be made in the block `next`; `None` where one may be.
	pub fn hindrance(&self, operator: &AccountId32, next: u64) -> Option<String> {
		let Self { agent, mandate, min_stake } = self;
		match agent.state {
			AgentState::Active => {}
			AgentState::Paused => return Some("its owner has paused it".into()),
			AgentState::Retired => return Some("its owner has retired it, for good".into()),
		}
		match &agent.operator {
			Some(named) if named == operator => {}
			Some(named) => return Some(format!("its operator is {named} now, and not {operator}")),
			None => return Some("it has no operator; its owner names one".into()),
		}
		if agent.bonded < *min_stake {
			return Some(format!(
				"its stake is {}, and {} are needed",
				Amount(agent.bonded),
				Amount(*min_stake)
			));
		}
		match mandate {
			None => Some("it has no mandate".into()),
			Some(mandate) if next > u64::from(mandate.expires_at) => {
				Some(format!("its mandate has expired in block {}", mandate.expires_at))
			}
			Some(_) => None,
		}
	}
}

/// What was said last of why an agent may not act, so that it is said once.
#[derive(Debug, Default)]
pub struct Hindered(Option<String>);

impl Hindered {
	/// Takes what holds now. Gives what there is to say, if anything has changed.
	pub fn now(&mut self, hindrance: Option<String>) -> Option<String> {
		if self.0 == hindrance {
			return None;
		}
		self.0 = hindrance;
		Some(match &self.0 {
			Some(why) => format!("{why}: nothing is sent until that changes"),
			None => "it may act again".into(),
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use tributary_primitives::{agent::Budget, blob::Content, views::BudgetView};

	const OPERATOR: AccountId32 = AccountId32([2; 32]);
	const MIN_STAKE: u128 = 10_000_000_000_000;

	fn standing() -> Standing {
		let native = BudgetView { budget: Budget { per_call: 1, per_window: 1 }, spent: 0 };
		let mandate = MandateView {
			calls: Vec::new(),
			native,
			assets: Vec::new(),
			window: 10,
			counterparties: None,
			expires_at: 500,
			depositor: AccountId32([1; 32]),
			deposit: 0,
		};
		let agent = AgentView {
			id: 3,
			owner: AccountId32([1; 32]),
			account: AccountId32([3; 32]),
			operator: Some(OPERATOR),
			state: AgentState::Active,
			models: Vec::new(),
			retention: Default::default(),
			metadata: Content { root: [0; 32], len: 2 },
			bonded: MIN_STAKE,
			unbonding: Vec::new(),
		};
		Standing { agent, mandate: Some(mandate), min_stake: MIN_STAKE }
	}

	fn hindrance(change: impl FnOnce(&mut Standing)) -> Option<String> {
		let mut standing = standing();
		change(&mut standing);
		standing.hindrance(&OPERATOR, 500)
	}

	#[test]
	fn an_agent_with_operator_stake_and_mandate_acts_up_to_the_last_block_of_its_mandate() {
		assert_eq!(hindrance(|_| {}), None);
		let expired = standing().hindrance(&OPERATOR, 501).unwrap();
		assert!(expired.contains("expired in block 500"), "{expired}");
	}

	#[test]
	fn an_agent_that_may_not_act_is_told_why() {
		let says = |change: fn(&mut Standing), why: &str| {
			let hindrance = hindrance(change).unwrap();
			assert!(hindrance.contains(why), "{hindrance}");
		};
		says(|standing| standing.agent.state = AgentState::Paused, "paused");
		says(|standing| standing.agent.state = AgentState::Retired, "for good");
		says(|standing| standing.agent.operator = None, "no operator");
		let other = AccountId32([9; 32]).to_string();
		says(|standing| standing.agent.operator = Some(AccountId32([9; 32])), &other);
		says(|standing| standing.agent.bonded -= 1, "10 TRIB are needed");
		says(|standing| standing.mandate = None, "no mandate");
	}

	#[test]
	fn what_hinders_an_agent_is_said_once_and_so_is_its_end() {
		let mut hindered = Hindered::default();
		assert_eq!(hindered.now(None), None);
		let said = hindered.now(Some("its owner has paused it".into())).unwrap();
		assert!(said.contains("paused it: nothing is sent"), "{said}");
		assert_eq!(hindered.now(Some("its owner has paused it".into())), None);
		assert!(hindered.now(Some("it has no mandate".into())).is_some(), "another reason");
		assert_eq!(hindered.now(None).as_deref(), Some("it may act again"));
		assert_eq!(hindered.now(None), None);
	}
}
