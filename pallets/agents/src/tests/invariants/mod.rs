//! What holds of agents whatever happens to them: no act spends more than its mandate allows, by a meter that
//! reckons on its own; what is not done leaves nothing but its record; and every history replays from the
//! events.

mod meter;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use tributary_primitives::{
	agent::{Breach, Currency, Mandate, Outcome},
	title::Title,
};

use self::{
	meter::{Meter, Reckoning},
	steps::{step, Step, Tree},
};
use super::fixture::*;
use crate::{mock::*, Error, Histories};

const AGENTS: [u32; 2] = [0, 1];
const ASSETS: [u32; 3] = [ASSET, OTHER_ASSET, 22];

/// What the test knows of an agent without asking the pallet.
#[derive(Default)]
struct Known {
	mandate: Option<Mandate<AccountId>>,
	meter: Meter,
	acts: u64,
}

/// Two agents, and what became of their acts.
struct Chain {
	agents: BTreeMap<u32, Known>,
	outcomes: BTreeSet<String>,
}

impl Chain {
	fn new() -> Self {
		let mut agents = BTreeMap::new();
		for id in AGENTS {
			assert_eq!(agent(), id);
			let known = Known { mandate: Some(mandate()), ..Default::default() };
			agents.insert(id, known);
		}
		for asset in ASSETS {
			make_asset(asset, BOB, 1_000);
			for id in AGENTS {
				mint_asset(asset, account(id), 5_000);
			}
		}
		Self { agents, outcomes: BTreeSet::new() }
	}

	fn step(&mut self, step: Step) {
		let owner = |id| signed(World::owner_of(Title::agent(id)));
		match step {
			Step::Act(id, tree) => self.act(id, &tree),
			Step::Wait(blocks) => wait(blocks),
			Step::SetMandate(id, terms) => {
				let mandate = terms.mandate();
				Agents::set_mandate(owner(id), id, Some(mandate.clone())).unwrap();
				let known = self.agents.get_mut(&id).unwrap();
				(known.mandate, known.meter) = (Some(mandate), Meter::default());
			}
			Step::RemoveMandate(id) => {
				let known = self.agents.get_mut(&id).unwrap();
				let had = known.mandate.take().is_some();
				assert_eq!(Agents::set_mandate(owner(id), id, None).is_ok(), had);
			}
			Step::Pause(id) => {
				let _ = Agents::pause(owner(id), id);
			}
			Step::Resume(id) => {
				let _ = Agents::resume(owner(id), id);
			}
			Step::Sell(id, named) => {
				let to = if World::owner_of(Title::agent(id)) == ALICE { BOB } else { ALICE };
				sell(id, to).unwrap();
				if named {
					Agents::set_operator(owner(id), id, Some(OPERATOR)).unwrap();
				}
			}
			Step::Bond(id, amount) => Agents::bond(signed(STRANGER), id, amount).unwrap(),
			Step::Unbond(id, amount) => {
				let _ = Agents::unbond(owner(id), id, amount);
			}
			Step::WithdrawUnbonded(id) => {
				let _ = Agents::withdraw_unbonded(signed(BOB), id);
			}
			Step::Pay(id, amount) => pay(PAYER, id, amount).unwrap(),
			Step::Fund(id, amount) => endow(account(id), amount),
			Step::FundAsset(id, asset, amount) => mint_asset(asset, account(id), amount),
		}
		for id in AGENTS {
			let history = Histories::<Test>::get(id).unwrap();
			assert_eq!(history.length, self.agents[&id].acts);
		}
	}

	fn act(&mut self, id: u32, tree: &Tree) {
		let known = self.agents.get_mut(&id).unwrap();
		let view = Agents::agent_view(id).unwrap();
		let operated = view.operator == Some(OPERATOR);
		let active = view.state == tributary_primitives::agent::AgentState::Active;
		let may_act = operated && active && view.bonded >= MIN_STAKE;
		let Some(mandate) = known.mandate.clone().filter(|_| may_act) else {
			let before = Histories::<Test>::get(id);
			assert!(act(id, tree.call()).is_err());
			assert_eq!(Histories::<Test>::get(id), before);
			return;
		};
		let balances = || {
			let mut balances = vec![(Currency::Native, free(account(id)))];
			balances.extend(
				ASSETS.map(|asset| (Currency::Asset(asset), Assets::balance(asset, account(id)))),
			);
			balances
		};
		let before = balances();
		let mut reckoning = Reckoning::new(id, &mandate);
		let outcome = outcome(id, tree.call());
		known.acts += 1;
		self.outcomes.insert(name(&outcome));
		if outcome != Outcome::Done {
			return;
		}
		reckoning.act(tree);
		let moved = reckoning.moved;
		for ((currency, before), (_, after)) in before.into_iter().zip(balances()) {
			let (spent, earned) = moved.get(&currency).copied().unwrap_or_default();
			assert_eq!(before + earned, after + spent, "{currency:?}");
		}
		let flows = last_act(id).0.flows.into_iter();
		let flows: BTreeMap<_, _> =
			flows.map(|flow| (flow.currency, (flow.spent, flow.earned))).collect();
		let nonzero = moved.iter().filter(|(_, sums)| **sums != (0, 0));
		let nonzero: BTreeMap<_, _> = nonzero.map(|(currency, sums)| (*currency, *sums)).collect();
		assert_eq!(flows, nonzero);
		known.meter.note(&mandate, &moved);
	}

	/// Checks the books, and that every history comes to what its events come to.
	fn end(self) -> BTreeSet<String> {
		check();
		for id in AGENTS {
			let history = replay(id);
			assert_eq!(Histories::<Test>::get(id), Some(history));
			assert_eq!(history.length, self.agents[&id].acts);
		}
		self.outcomes
	}
}

fn name(outcome: &Outcome) -> String {
	let text = match outcome {
		Outcome::Breached(breach) => format!("{breach:?}"),
		other => format!("{other:?}"),
	};
	text.split(['(', ' ']).next().unwrap().to_owned()
}

fn live(steps: Vec<Step>) -> BTreeSet<String> {
	ext().execute_with(|| {
		let mut chain = Chain::new();
		for step in steps {
			chain.step(step);
		}
		chain.end()
	})
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(384))]

	#[test]
	fn no_mandate_is_exceeded_and_every_history_replays(
		steps in prop::collection::vec(step(), 1..60),
	) {
		live(steps);
	}
}

/// The property above would hold of agents that do nothing.
#[test]
fn random_steps_reach_every_outcome() {
	let mut runner = TestRunner::deterministic();
	let many = prop::collection::vec(step(), 120);
	let mut outcomes = BTreeSet::new();
	for _ in 0..60 {
		outcomes.extend(live(many.new_tree(&mut runner).unwrap().current()));
	}
	let call = index_of(&remark());
	let (currency, spent, budget) = (Currency::Native, 1, 0);
	let every = [
		Outcome::Done,
		Outcome::Failed,
		Outcome::Breached(Breach::Expired),
		Outcome::Breached(Breach::NotAllowed(call)),
		Outcome::Breached(Breach::NotDelegable(call)),
		Outcome::Breached(Breach::TooManyCalls),
		Outcome::Breached(Breach::TooManyCurrencies),
		Outcome::Breached(Breach::Counterparty(call)),
		Outcome::Breached(Breach::CallBudget { currency, spent, budget }),
		Outcome::Breached(Breach::WindowBudget { currency, spent, budget }),
		Outcome::Breached(Breach::TitleLost),
	];
	assert_eq!(outcomes, every.iter().map(name).collect());
}

/// An act that is refused leaves no record.
#[test]
fn what_may_not_act_at_all_has_no_history() {
	run(|| {
		let id = create();
		let refused = act(id, remark()).unwrap_err().error;
		assert_eq!(refused, Error::<Test>::NotOperator.into());
		assert_eq!(Histories::<Test>::get(id).unwrap().length, 0);
	});
}
