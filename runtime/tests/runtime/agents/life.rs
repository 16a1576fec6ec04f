//! The life of an agent, and its history as anyone replays it.

use codec::Encode;
use pallet_agents::{Error, Holding};
use sp_io::hashing::blake2_256;
use sp_runtime::DispatchError;
use tributary_primitives::{
	agent::{AgentState, Breach, Budget, Currency, Flow, History, Mandate, Outcome},
	title::{Title, TitleKind},
	views::AgentView,
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	configs::agents::{AgentDeposit, MandateDeposit},
	params::{EXISTENTIAL_DEPOSIT, MIN_AGENT_STAKE, TRIB},
	AccountId, Runtime, RuntimeCall, RuntimeEvent, System,
};

use super::scene::{
	act, acted, acting, breach, create, do_act, failure, fund, gift, mandate, wide, Agent, Agents,
	FRIEND, FUNDS, HOLDER, OPERATOR, STAKE,
};
use crate::{
	chain::Chain,
	market::issue,
	report::OWNER,
	scene::{register_model, PAYER},
};

type Assets = pallet_assets::Call<Runtime>;
type Nfts = pallet_nfts::Call<Runtime>;

/// The history of an agent as somebody makes it who hears the events of every block.
struct Replay {
	agent: u32,
	history: History,
}

impl Replay {
	fn begin(chain: &mut Chain, agent: &Agent) -> Self {
		let genesis = chain.ext.execute_with(|| System::block_hash(0));
		Self { agent: agent.id, history: History::origin(&genesis, agent.id) }
	}

	/// Hears the events of the last block.
	fn hear(&mut self, chain: &mut Chain) {
		for event in chain.events() {
			let RuntimeEvent::Agents(pallet_agents::Event::Acted { agent, act, head }) = event
			else {
				continue;
			};
			assert_eq!(agent, self.agent);
			self.history = self.history.followed_by(&act).expect("no act is missing");
			assert_eq!(self.history.head, head);
		}
	}

	/// Compares with what the chain says.
	fn compare(&self, chain: &mut Chain) {
		let of_chain = chain.ext.execute_with(|| Runtime::agent_history(self.agent));
		let of_chain = of_chain.expect("the agent exists");
		assert_eq!((of_chain.head, of_chain.length), (self.history.head, self.history.length));
	}
}

fn view(chain: &mut Chain, agent: &Agent) -> AgentView<AccountId> {
	chain.ext.execute_with(|| Runtime::agent(agent.id)).expect("it exists")
}

/// The act of `call`, signed by the operator.
fn act_of(agent: &Agent, call: RuntimeCall) -> Agents {
	Agents::act { agent: agent.id, call: Box::new(call) }
}

fn error(error: Error<Runtime>) -> Result<(), DispatchError> {
	Err(error.into())
}

#[test]
fn an_agent_is_made_acts_breaches_and_is_retired_and_its_history_replays() {
	let mut chain = Chain::start("development");
	let funds = chain.before_fees(HOLDER);
	let agent = create(&mut chain, HOLDER);
	let spent = AgentDeposit::get() + EXISTENTIAL_DEPOSIT + STAKE;
	assert_eq!(chain.before_fees(HOLDER), funds - spent);
	let mut replay = Replay::begin(&mut chain, &agent);
	replay.compare(&mut chain);
	fund(&mut chain, &agent);
	let native = Budget { per_call: 2 * TRIB, per_window: 5 * TRIB };
	mandate(&mut chain, &agent, Mandate { native, ..wide(&[gift(0)]) });
	let held = MandateDeposit::get();
	let rest = funds - spent - (FUNDS - EXISTENTIAL_DEPOSIT) - held;
	assert_eq!(chain.before_fees(HOLDER), rest);

	do_act(&mut chain, &agent, gift(2 * TRIB));
	let (done, _) = acted(&mut chain);
	assert_eq!((done.block, done.index), (chain.number(), 0));
	assert_eq!(done.call_hash, blake2_256(&gift(2 * TRIB).encode()));
	let flow = Flow { currency: Currency::Native, spent: 2 * TRIB, earned: 0 };
	assert_eq!(done.flows.to_vec(), [flow]);
	replay.hear(&mut chain);
	let may = chain.ext.execute_with(|| Runtime::mandate(agent.id)).expect("it has one");
	assert_eq!((may.native.budget, may.native.spent), (native, 2 * TRIB));
	assert_eq!(may.depositor, HOLDER.to_account_id());

	let over = Breach::CallBudget { currency: Currency::Native, spent: 3 * TRIB, budget: 2 * TRIB };
	assert_eq!(breach(&mut chain, &agent, gift(3 * TRIB)), over);
	assert!(acted(&mut chain).0.flows.is_empty());
	replay.hear(&mut chain);
	assert_eq!(act(&mut chain, &agent, gift(2 * FUNDS)), Outcome::Failed);
	assert!(failure(&mut chain).is_some());
	replay.hear(&mut chain);
	let two = [0, 1].map(|ahead| chain.signed_ahead(OPERATOR, ahead, act_of(&agent, gift(TRIB))));
	assert_eq!(chain.block(two.into()), [Ok(()); 2]);
	replay.hear(&mut chain);
	assert_eq!(replay.history.length, 5);
	replay.compare(&mut chain);
	assert_eq!(chain.free(&agent.account), FUNDS - 4 * TRIB);

	chain.run(HOLDER, Agents::retire { agent: agent.id });
	assert_eq!(chain.before_fees(HOLDER), rest + held);
	let retired = view(&mut chain, &agent);
	assert_eq!((retired.state, retired.operator), (AgentState::Retired, None));
	let again = chain.signed(HOLDER, Agents::resume { agent: agent.id });
	assert_eq!(chain.block(vec![again]), [error(Error::NotPaused)]);
	let amount = FUNDS - 4 * TRIB - EXISTENTIAL_DEPOSIT;
	let holding = Holding::Native(amount);
	chain.run(HOLDER, Agents::withdraw { agent: agent.id, holding });
	assert_eq!(chain.before_fees(HOLDER), rest + held + amount);
	replay.compare(&mut chain);
	chain.check();
}

#[test]
fn an_owners_pause_counts_in_the_same_block() {
	let (mut chain, agent) = acting(&[gift(0)]);
	let pause = chain.signed(HOLDER, Agents::pause { agent: agent.id });
	let late = chain.signed(OPERATOR, act_of(&agent, gift(TRIB)));
	assert_eq!(chain.block(vec![pause, late]), [Ok(()), error(Error::NotActive)]);
	assert_eq!(chain.free(&agent.account), FUNDS);
	assert_eq!(view(&mut chain, &agent).state, AgentState::Paused);

	chain.run(HOLDER, Agents::resume { agent: agent.id });
	let early = chain.signed(OPERATOR, act_of(&agent, gift(TRIB)));
	let pause = chain.signed(HOLDER, Agents::pause { agent: agent.id });
	assert_eq!(chain.block(vec![early, pause]), [Ok(()), Ok(())]);
	assert_eq!(chain.free(&agent.account), FUNDS - TRIB);
	chain.check();
}

#[test]
fn an_operator_that_is_replaced_acts_no_more_in_the_same_block() {
	let (mut chain, agent) = acting(&[gift(0)]);
	let operator = Some(OWNER.to_account_id());
	let replace = chain.signed(HOLDER, Agents::set_operator { agent: agent.id, operator });
	let late = chain.signed(OPERATOR, act_of(&agent, gift(TRIB)));
	let new = chain.signed(OWNER, act_of(&agent, gift(TRIB)));
	let results = chain.block(vec![replace, late, new]);
	assert_eq!(results, [Ok(()), error(Error::NotOperator), Ok(())]);
	assert_eq!(chain.free(&agent.account), FUNDS - TRIB);
	chain.check();
}

#[test]
fn a_mandate_that_is_removed_ends_acts_in_the_same_block() {
	let (mut chain, agent) = acting(&[gift(0)]);
	let remove = chain.signed(HOLDER, Agents::set_mandate { agent: agent.id, mandate: None });
	let late = chain.signed(OPERATOR, act_of(&agent, gift(TRIB)));
	assert_eq!(chain.block(vec![remove, late]), [Ok(()), error(Error::NoMandate)]);
	assert_eq!(chain.ext.execute_with(|| Runtime::mandate(agent.id)), None);
	chain.check();
}

#[test]
fn a_title_that_is_sold_takes_the_operator_with_it_in_the_same_block() {
	let (mut chain, agent) = acting(&[gift(0)]);
	let (collection, item) = (TitleKind::Agent.collection(), agent.id);
	let price = Some(7 * TRIB);
	chain.run(HOLDER, Nfts::set_price { collection, item, price, whitelisted_buyer: None });
	let funds = chain.before_fees(HOLDER);
	let bought = chain.signed(OWNER, Nfts::buy_item { collection, item, bid_price: 7 * TRIB });
	let late = chain.signed(OPERATOR, act_of(&agent, gift(TRIB)));
	let pause = chain.signed(HOLDER, Agents::pause { agent: agent.id });
	let results = chain.block(vec![bought, late, pause]);
	assert_eq!(results, [Ok(()), error(Error::NotOperator), error(Error::NotOwner)]);
	assert_eq!(chain.before_fees(HOLDER), funds + 7 * TRIB);
	let sold = view(&mut chain, &agent);
	assert_eq!((sold.owner, sold.operator), (OWNER.to_account_id(), None));

	let operator = Some(OPERATOR.to_account_id());
	chain.run(OWNER, Agents::set_operator { agent: agent.id, operator });
	chain.run(OWNER, Agents::set_mandate { agent: agent.id, mandate: Some(wide(&[gift(0)])) });
	assert_eq!(chain.before_fees(HOLDER), funds + 7 * TRIB + MandateDeposit::get());
	do_act(&mut chain, &agent, gift(TRIB));
	chain.check();
}

#[test]
fn an_agent_whose_stake_is_too_low_does_not_act_until_somebody_bonds_more() {
	let (mut chain, agent) = acting(&[gift(0)]);
	let amount = STAKE - MIN_AGENT_STAKE + 1;
	chain.run(HOLDER, Agents::unbond { agent: agent.id, amount });
	let act = chain.signed(OPERATOR, act_of(&agent, gift(TRIB)));
	assert_eq!(chain.block(vec![act]), [error(Error::StakeTooLow)]);
	chain.run(PAYER, Agents::bond { agent: agent.id, amount: 1 });
	do_act(&mut chain, &agent, gift(TRIB));
	chain.check();
}

#[test]
fn an_owner_takes_out_what_the_account_has_and_nobody_else_does() {
	let (mut chain, agent) = acting(&[gift(0)]);
	register_model(&mut chain, OWNER, Vec::new(), 0);
	let asset = issue(&mut chain, OWNER, Title::model(0));
	let target = agent.account.clone().into();
	chain.run(OWNER, Assets::transfer { id: asset, target, amount: 40 });
	register_model(&mut chain, OWNER, Vec::new(), 0);
	let (collection, dest) = (TitleKind::Model.collection(), agent.account.clone().into());
	chain.run(OWNER, Nfts::transfer { collection, item: 1, dest });

	let title = Title::model(1);
	let holdings = [Holding::Native(5 * TRIB), Holding::Asset(asset, 40), Holding::Title(title)];
	for holding in holdings {
		let withdraw = || Agents::withdraw { agent: agent.id, holding };
		for who in [OPERATOR, FRIEND] {
			let theft = chain.signed(who, withdraw());
			assert_eq!(chain.block(vec![theft]), [error(Error::NotOwner)]);
		}
		chain.run(HOLDER, withdraw());
	}
	chain.ext.execute_with(|| {
		let holder = HOLDER.to_account_id();
		assert_eq!(tributary_runtime::Assets::balance(asset, &holder), 40);
		assert_eq!(Runtime::title(title).expect("it exists").owner, holder);
	});
	assert_eq!(chain.free(&agent.account), FUNDS - 5 * TRIB);
	let holding = Holding::Title(Title::agent(agent.id));
	let own = chain.signed(HOLDER, Agents::withdraw { agent: agent.id, holding });
	assert_eq!(chain.block(vec![own]), [error(Error::OwnTitle)]);
	chain.check();
}

#[test]
fn readers_find_agents_by_id_by_page_and_by_account() {
	let mut chain = Chain::start("development");
	let agents = [HOLDER, OWNER, HOLDER].map(|owner| create(&mut chain, owner));
	chain.ext.execute_with(|| {
		let ids = |from, limit| {
			let page = Runtime::agents(from, limit);
			(page.items.iter().map(|agent| agent.id).collect::<Vec<_>>(), page.next)
		};
		assert_eq!(ids(0, 2), (vec![0, 1], Some(2)));
		assert_eq!(ids(2, 2), (vec![2], None));
		assert_eq!(ids(3, 2), (vec![], None));
		for agent in &agents {
			assert_eq!(Runtime::agent_of(agent.account.clone()), Some(agent.id));
			let view = Runtime::agent(agent.id).expect("it exists");
			assert_eq!((view.account, view.bonded), (agent.account.clone(), STAKE));
		}
		assert_eq!(Runtime::agent_of(HOLDER.to_account_id()), None);
		assert_eq!(Runtime::agent(3), None);
		assert_eq!(Runtime::agent_history(3), None);
		assert_eq!(Runtime::reputation(3, None, 10), None);
	});
	chain.check();
}
