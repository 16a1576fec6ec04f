//! The stake of an agent answers for what it does.

use frame_support::traits::Get;
use pallet_agents::Error;
use pallet_originality::Original;
use tributary_primitives::{
	blob::Content,
	ids::{commitment, Seq},
	traits::SyntheticPolicy,
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	configs::{agents::UnbondingPeriod, settings::chain::ContributionDeposit},
	params::{MIN_UNBONDING, TRIB},
	Runtime, RuntimeCall, RuntimeEvent, System,
};

use super::scene::{acting_on, batch_all, create, do_act, Agent, Agents, FUNDS, HOLDER, STAKE};
use crate::{
	chain::Chain,
	originality::{accuse, hits, prove, Originality},
	report::{
		fault_transaction, Attribution, Output, Receipt, Report, World, BOND, FIRST, WATCHER,
	},
	scene::{contribute, create_dataset, tail, text, Datasets, DATASET},
};

/// A wrong report of an agent, open to challenge.
struct Lie {
	world: World,
	agent: Agent,
	report: Report,
	id: u32,
}

/// An agent bonds and posts a report that says too much of its first entry.
fn lie() -> Lie {
	let mut world = World::of(SyntheticPolicy::Refuse, |first, _| {
		vec![Receipt::of([Output::whole(&first[..64], 1, 0)])]
	});
	let mut report = world.report();
	report.entries[0].amount -= 1;
	let bond: RuntimeCall = Attribution::bond { amount: BOND }.into();
	let batch = batch_all([bond, report.call().into()]);
	let chain = &mut world.chain;
	let agent = acting_on(chain, std::slice::from_ref(&batch));
	do_act(chain, &agent, batch);
	let id = chain.find_event(|event| match event {
		RuntimeEvent::Attribution(pallet_attribution::Event::Reported { id, .. }) => Some(id),
		_ => None,
	});
	Lie { world, agent, report, id: id.expect("it was posted") }
}

impl Lie {
	/// Shows that it is one.
	fn is_shown(&mut self) {
		let fault = self.report.amount_fault(0, &self.world.receipts[0].items());
		let transaction = fault_transaction(&self.report, self.id, WATCHER, fault);
		assert_eq!(self.world.chain.try_block(transaction), Ok(Ok(())));
	}
}

/// What is bonded for the agent, and what unbonds.
fn stake(chain: &mut Chain, agent: &Agent) -> (u128, u128) {
	let view = chain.ext.execute_with(|| Runtime::agent(agent.id)).expect("it exists");
	(view.bonded, view.unbonding.iter().map(|part| part.amount).sum())
}

fn slashed(chain: &mut Chain) -> Option<u128> {
	chain.find_event(|event| match event {
		RuntimeEvent::Agents(pallet_agents::Event::StakeSlashed { amount, .. }) => Some(amount),
		_ => None,
	})
}

#[test]
fn an_agent_loses_as_much_stake_as_bond_where_its_report_is_proven_false() {
	let mut lie = lie();
	let issued = lie.world.chain.issuance();
	let funds = lie.world.chain.before_fees(WATCHER);
	lie.is_shown();
	let Lie { mut world, agent, .. } = lie;
	let chain = &mut world.chain;
	assert_eq!(slashed(chain), Some(BOND));
	assert_eq!(stake(chain, &agent), (STAKE - BOND, 0));
	assert_eq!(chain.before_fees(WATCHER), funds + BOND / 2, "the stake rewards nobody");
	assert_eq!(chain.issuance(), issued - BOND / 2 - BOND);
	chain.check();
}

#[test]
fn what_unbonds_answers_until_it_is_withdrawn() {
	let mut lie = lie();
	let (agent, amount) = (lie.agent.id, STAKE - TRIB);
	lie.world.chain.run(HOLDER, Agents::unbond { agent, amount });
	lie.is_shown();
	let Lie { mut world, agent, .. } = lie;
	let chain = &mut world.chain;
	assert_eq!(slashed(chain), Some(BOND));
	assert_eq!(stake(chain, &agent), (0, STAKE - BOND), "what is bonded goes first");
	chain.check();
}

#[test]
fn a_stake_that_answers_for_nothing_is_free_after_the_unbonding_period() {
	let mut chain = Chain::start("development");
	// So that no session ends where the stake is free: a block that ends one has no room for transactions.
	chain.until(10);
	let agent = create(&mut chain, HOLDER);
	let funds = chain.before_fees(HOLDER);
	chain.run(HOLDER, Agents::unbond { agent: agent.id, amount: STAKE });
	let unbonded = chain.number();
	let period: u32 = chain.ext.execute_with(UnbondingPeriod::get);
	assert!(period >= MIN_UNBONDING);
	let withdraw = || Agents::withdraw_unbonded { agent: agent.id };
	chain.until(unbonded + period - 2);
	let early = chain.signed(WATCHER, withdraw());
	let refused = Error::<Runtime>::NothingUnbonded.into();
	assert_eq!(chain.block(vec![early]), [Err(refused)]);
	chain.run(WATCHER, withdraw());
	assert_eq!(chain.number(), unbonded + period);
	assert_eq!(chain.before_fees(HOLDER), funds + STAKE, "whoever asks, its owner gets it");
	assert_eq!(stake(&mut chain, &agent), (0, 0));
	chain.check();
}

/// Has the agent contribute `data` by two acts.
fn contribute_as(chain: &mut Chain, agent: &Agent, data: &[u8]) -> Seq {
	let (content, salt) = (Content::of(data), [7; 32]);
	let genesis = chain.ext.execute_with(|| System::block_hash(0));
	let hash = commitment(&genesis, DATASET, &agent.account, &content, &salt);
	do_act(chain, agent, Datasets::commit { hash });
	let seq = chain.find_event(|event| match event {
		RuntimeEvent::Datasets(pallet_datasets::Event::Committed { seq, .. }) => Some(seq),
		_ => None,
	});
	let (seq, tail) = (seq.expect("it has a place"), tail(data));
	do_act(chain, agent, Datasets::reveal { seq, dataset: DATASET, content, salt, tail });
	seq
}

#[test]
fn a_copy_costs_stake_however_long_ago_all_of_it_was_unbonded() {
	let mut chain = Chain::start("development");
	let first = text(1, 5_000);
	create_dataset(&mut chain, SyntheticPolicy::Refuse);
	contribute(&mut chain, FIRST, &first);
	let (hash, salt, content) = ([0; 32], [0; 32], Content::of(&first));
	let tail = tail(&first);
	let calls: [RuntimeCall; 2] = [
		Datasets::commit { hash }.into(),
		Datasets::reveal { seq: 0, dataset: DATASET, content, salt, tail }.into(),
	];
	let agent = acting_on(&mut chain, &calls);
	let copy = [text(9, 100), first.clone()].concat();
	let accused = contribute_as(&mut chain, &agent, &copy);
	let deposit = chain.ext.execute_with(ContributionDeposit::get);
	assert!(deposit > 0);

	chain.run(HOLDER, Agents::unbond { agent: agent.id, amount: STAKE });
	let free_at = chain.number() + chain.ext.execute_with(UnbondingPeriod::get);
	// Past the end of a session, of which the last block has no room for transactions.
	chain.until(free_at + 1);
	let funds = chain.before_fees(HOLDER);
	chain.run(HOLDER, Agents::withdraw_unbonded { agent: agent.id });
	assert_eq!(chain.before_fees(HOLDER), funds + STAKE - deposit);
	let again = chain.signed(HOLDER, Agents::withdraw_unbonded { agent: agent.id });
	assert_eq!(chain.block(vec![again]), [Err(Error::<Runtime>::StillAnswers.into())]);
	assert_eq!(stake(&mut chain, &agent), (0, deposit));

	let original = Original::Contribution(0);
	let seed = accuse(&mut chain, Originality::accuse { accused, original, item: None }, accused);
	prove(&mut chain, accused, &hits(&seed, &copy, &first));
	assert_eq!(slashed(&mut chain), Some(deposit));
	assert_eq!(stake(&mut chain, &agent), (0, 0));
	chain.check();
}

#[test]
fn a_bond_is_spent_out_of_what_the_agent_has_and_within_its_budget() {
	let Lie { mut world, agent, .. } = lie();
	let chain = &mut world.chain;
	let gone = FUNDS - chain.free(&agent.account);
	assert!(gone >= BOND, "with the deposit for the report: {gone}");
	assert_eq!(stake(chain, &agent), (STAKE, 0));
	let mandate = chain.ext.execute_with(|| Runtime::mandate(agent.id)).expect("it has one");
	assert_eq!(mandate.native.spent, gone, "so whoever proves the lie gets what was spent before");
	chain.check();
}
