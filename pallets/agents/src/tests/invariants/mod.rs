//! What holds of agents whatever happens to them: no act spends more than its mandate allows, by a meter that
//! reckons on its own; what is not done leaves nothing but its record; no act changes an agent or a mandate;
//! the stake covers what is on hold beside it when some of it is paid out; and every history replays from the
//! events.

mod meter;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use tributary_primitives::{
	agent::{Breach, Currency, Mandate, Outcome},
	title::Title,
	views::{AgentView, MandateView},
};

use self::{
	meter::{Meter, Reckoning},
	steps::{step, Step, Tree},
};
use super::fixture::*;
use crate::{mock::*, Error, Histories, HoldReason, Stakes};

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
			Step::WithdrawUnbonded(id) => withdraw_unbonded(id),
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
		let before = balances(id);
		let views = AGENTS.map(views_of);
		let mut reckoning = Reckoning::new(id, &mandate);
		let outcome = outcome(id, tree.call());
		known.acts += 1;
		self.outcomes.insert(name(&outcome));
		let done = outcome == Outcome::Done;
		for ((agent, mut terms), other) in views.into_iter().zip(AGENTS) {
			let (agent_after, mut terms_after) = views_of(other);
			let sold = done && tree.all().iter().any(|call| call.sells(other));
			let agent = match sold {
				true => AgentView { operator: None, owner: BOB, ..agent },
				false => agent,
			};
			assert_eq!(agent_after, agent, "{outcome:?}");
			if done && other == id {
				[&mut terms, &mut terms_after].into_iter().flatten().for_each(forget_spent);
			}
			assert_eq!(terms_after, terms, "{outcome:?}");
		}
		if !done {
			assert_eq!(balances(id), before, "{outcome:?}");
			return;
		}
		reckoning.act(tree);
		let moved = reckoning.moved;
		for ((currency, before), (_, after)) in before.into_iter().zip(balances(id)) {
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

/// What the agent's account has of each currency.
fn balances(id: u32) -> Vec<(Currency, u128)> {
	let of_asset = |asset| (Currency::Asset(asset), Assets::balance(asset, account(id)));
	let native = (Currency::Native, free(account(id)));
	[native].into_iter().chain(ASSETS.map(of_asset)).collect()
}

/// What others read of the agent, its stake aside, and of its mandate.
fn views_of(id: u32) -> (AgentView<AccountId>, Option<MandateView<AccountId>>) {
	let view = Agents::agent_view(id).unwrap();
	(AgentView { bonded: 0, unbonding: vec![], ..view }, Agents::mandate_view(id))
}

fn forget_spent(mandate: &mut MandateView<AccountId>) {
	mandate.native.spent = 0;
	mandate.assets.iter_mut().for_each(|asset| asset.budget.spent = 0);
}

/// Has paid out what there is of the stake beyond what the account has on hold beside it, as far as it is
/// free.
fn withdraw_unbonded(id: u32) {
	let stake = Stakes::<Test>::get(id);
	let others = frame_system::Account::<Test>::get(account(id)).data.reserved
		- held(HoldReason::Stake, account(id));
	let free_parts = stake.unbonding.iter().filter(|part| part.free_at <= System::block_number());
	let unbonded: u128 = free_parts.map(|part| part.amount).sum();
	let owner = World::owner_of(Title::agent(id));
	let before = free(owner);
	let result = Agents::withdraw_unbonded(signed(BOB), id);
	let left = Stakes::<Test>::get(id).held();
	assert_eq!(free(owner) - before, stake.held() - left);
	match result {
		Ok(()) => {
			let paid = stake.held() - left;
			assert!(paid > 0 && paid <= unbonded && left >= others);
			assert!(paid == unbonded || left == others, "no more stays than must");
		}
		Err(error) => {
			let expected = match unbonded {
				0 => Error::<Test>::NothingUnbonded,
				_ => Error::<Test>::StillAnswers,
			};
			assert_eq!(error, expected.into());
			assert!(unbonded == 0 || left <= others);
		}
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
