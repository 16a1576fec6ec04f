//! Calls that give rights away, use those that others gave, or let value leave later.

use pallet_datasets::{Admission, CuratorsOf, Use, Uses};
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::Perbill;
use tributary_primitives::{
	agent::{Breach, Mandate},
	blob::Content,
	title::{Title, TitleKind},
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	configs::accounts::ProxyType, params::TRIB, AccountId, Address, Runtime, RuntimeCall,
	SessionKeys,
};

use super::{index, is_a_way_that_is_closed, is_refused, signed_by};
use crate::{
	agents::scene::{
		acting, breach, counterparties, create, do_act, mandate, wide, Agent, Agents, FRIEND,
		FUNDS, HOLDER, OPERATOR,
	},
	chain::{address, Chain},
	market::{add_liquidity, issue, native, shares, Pools, SUPPLY},
	report::OWNER,
	scene::{contribute, register_model, tail, text, Datasets, Models, CURATOR},
};

type Assets = pallet_assets::Call<Runtime>;
type Nfts = pallet_nfts::Call<Runtime>;
type PoolAssets = pallet_assets::Call<Runtime, pallet_assets::Instance2>;
type Proxy = pallet_proxy::Call<Runtime>;
type Session = pallet_session::Call<Runtime>;

/// The title of the only model, as `pallet-nfts` names it.
const TITLE: (u32, u32) = (1, 0);
/// The only asset.
const ASSET: u32 = 0;
/// The units of liquidity of its pool.
const LIQUIDITY: u32 = 0;

fn agent_address(agent: &Agent) -> Address {
	agent.account.clone().into()
}

/// An agent that has a title, and may make `call`.
fn with_a_title(call: &RuntimeCall) -> (Chain, Agent) {
	let (mut chain, agent) = acting(std::slice::from_ref(call));
	register_model(&mut chain, OWNER, Vec::new(), 0);
	let ((collection, item), dest) = (TITLE, agent_address(&agent));
	chain.run(OWNER, Nfts::transfer { collection, item, dest });
	(chain, agent)
}

/// An agent that has half of the shares of a model, and may make `call`.
fn with_shares(call: &RuntimeCall) -> (Chain, Agent) {
	let (mut chain, agent) = acting(std::slice::from_ref(call));
	register_model(&mut chain, OWNER, Vec::new(), 0);
	assert_eq!(issue(&mut chain, OWNER, Title::model(0)), ASSET);
	let (target, amount) = (agent_address(&agent), u128::from(SUPPLY / 2));
	chain.run(OWNER, Assets::transfer { id: ASSET, target, amount });
	(chain, agent)
}

/// An agent that has liquidity of the pool of a model's shares, and may make `call`.
fn with_liquidity(call: &RuntimeCall) -> (Chain, Agent) {
	let (mut chain, agent) = with_shares(call);
	let (asset1, asset2) = (native(), shares(ASSET));
	chain.run(OWNER, Pools::create_pool { asset1, asset2 });
	let to = agent.account.clone();
	chain.run(OWNER, add_liquidity(ASSET, 100 * TRIB, 10_000, to));
	(chain, agent)
}

/// The call, of an agent that has what it is about, would do what an operator may not.
fn closed(scene: impl FnOnce(&RuntimeCall) -> (Chain, Agent), call: impl Into<RuntimeCall>) {
	let call = call.into();
	let (mut chain, agent) = scene(&call);
	is_a_way_that_is_closed(&mut chain, &agent, call);
}

fn plain(call: &RuntimeCall) -> (Chain, Agent) {
	acting(std::slice::from_ref(call))
}

#[test]
fn a_proxy_of_the_agent() {
	let (delegate, proxy_type, delay) = (address(FRIEND), ProxyType::Any, 0);
	closed(plain, Proxy::add_proxy { delegate, proxy_type, delay });
	closed(plain, Proxy::create_pure { proxy_type, delay, index: 0 });
}

#[test]
fn session_keys_of_the_agent() {
	let keys = SessionKeys {
		babe: Account::Eve.public().into(),
		grandpa: sp_keyring::Ed25519Keyring::Eve.public().into(),
		authority_discovery: Account::Eve.public().into(),
	};
	let call: RuntimeCall = Session::set_keys { keys, proof: Vec::new() }.into();
	let (mut chain, agent) = plain(&call);
	is_refused(&mut chain, &agent, call);
}

#[test]
fn an_allowance_of_shares() {
	let (delegate, amount) = (address(FRIEND), 1);
	closed(with_shares, Assets::approve_transfer { id: ASSET, delegate, amount });
}

#[test]
fn an_allowance_that_others_gave_the_agent() {
	let (owner, destination, amount) = (address(OWNER), address(FRIEND), 7);
	let call = Assets::transfer_approved { id: ASSET, owner, destination, amount };
	let scene = |call: &RuntimeCall| {
		let (mut chain, agent) = with_shares(call);
		let delegate = agent_address(&agent);
		chain.run(OWNER, Assets::approve_transfer { id: ASSET, delegate, amount });
		(chain, agent)
	};
	closed(scene, call);
}

#[test]
fn an_account_for_shares_that_is_paid_for_somebody_else() {
	let scene = |call: &RuntimeCall| {
		let (mut chain, agent) = acting(std::slice::from_ref(call));
		register_model(&mut chain, OWNER, Vec::new(), 0);
		issue(&mut chain, OWNER, Title::model(0));
		(chain, agent)
	};
	let call = Assets::touch_other { id: ASSET, who: address(FRIEND) }.into();
	let (mut chain, agent) = scene(&call);
	is_refused(&mut chain, &agent, call);
	closed(scene, Assets::touch { id: ASSET });
}

#[test]
fn shares_that_are_burned_for_their_deposit() {
	let call: RuntimeCall = Assets::refund { id: ASSET, allow_burn: true }.into();
	let (mut chain, agent) = with_shares(&call);
	is_refused(&mut chain, &agent, call);
}

#[test]
fn liquidity_that_is_given_away() {
	let target = || address(FRIEND);
	closed(with_liquidity, PoolAssets::transfer { id: LIQUIDITY, target: target(), amount: 1_000 });
	let call = PoolAssets::transfer_all { id: LIQUIDITY, dest: target(), keep_alive: false };
	closed(with_liquidity, call);
	let call = PoolAssets::approve_transfer { id: LIQUIDITY, delegate: target(), amount: 1 };
	closed(with_liquidity, call);
}

#[test]
fn liquidity_that_is_taken_out_for_somebody_else() {
	let call = Pools::remove_liquidity {
		asset1: native(),
		asset2: shares(ASSET),
		lp_token_burn: 1_000_000,
		amount1_min_receive: 1,
		amount2_min_receive: 1,
		withdraw_to: FRIEND.to_account_id(),
	};
	closed(with_liquidity, call);
}

#[test]
fn liquidity_that_is_added_for_somebody_else() {
	closed(with_liquidity, add_liquidity(ASSET, TRIB, 1_000, FRIEND.to_account_id()));
}

#[test]
fn a_title_that_is_given_away() {
	let (collection, item) = TITLE;
	closed(with_a_title, Nfts::transfer { collection, item, dest: address(FRIEND) });
}

#[test]
fn a_title_that_somebody_else_may_give_away() {
	let ((collection, item), delegate) = (TITLE, address(FRIEND));
	let maybe_deadline = None;
	closed(with_a_title, Nfts::approve_transfer { collection, item, delegate, maybe_deadline });
}

#[test]
fn a_title_that_is_offered_for_nothing() {
	let ((collection, item), price) = (TITLE, Some(1));
	closed(with_a_title, Nfts::set_price { collection, item, price, whitelisted_buyer: None });
}

/// The offer of the agent's title for any of another kind.
fn offer(desired: TitleKind) -> Nfts {
	Nfts::create_swap {
		offered_collection: TITLE.0,
		offered_item: TITLE.1,
		desired_collection: desired.collection(),
		maybe_desired_item: None,
		maybe_price: None,
		duration: 10,
	}
}

#[test]
fn a_title_that_is_offered_for_a_worthless_one() {
	closed(with_a_title, offer(TitleKind::Agent));
}

#[test]
fn a_worthless_title_that_is_offered_for_the_agents() {
	let scene = |call: &RuntimeCall| {
		let (mut chain, agent) = with_a_title(call);
		register_model(&mut chain, FRIEND, Vec::new(), 0);
		let offer = Nfts::create_swap {
			offered_collection: 1,
			offered_item: 1,
			desired_collection: TITLE.0,
			maybe_desired_item: Some(TITLE.1),
			maybe_price: None,
			duration: 30,
		};
		chain.run(FRIEND, offer);
		(chain, agent)
	};
	let claim = Nfts::claim_swap {
		send_collection: TITLE.0,
		send_item: TITLE.1,
		receive_collection: 1,
		receive_item: 1,
		witness_price: None,
	};
	closed(scene, claim);
}

#[test]
fn a_tip_to_somebody() {
	let tip = pallet_nfts::ItemTip {
		collection: TITLE.0,
		item: TITLE.1,
		receiver: FRIEND.to_account_id(),
		amount: TRIB,
	};
	let tips = vec![tip].try_into().expect("it is one");
	closed(with_a_title, Nfts::pay_tips { tips });
}

#[test]
fn attributes_that_somebody_else_may_set() {
	let ((collection, item), delegate) = (TITLE, address(FRIEND));
	closed(with_a_title, Nfts::approve_item_attributes { collection, item, delegate });
}

/// The dataset that is made for these curators.
fn curated(curators: impl IntoIterator<Item = AccountId>) -> RuntimeCall {
	let metadata = b"{}";
	Datasets::create {
		admission: Admission::Curated(curators_of(curators)),
		curator_share: Default::default(),
		licence: b"CC0-1.0".to_vec().try_into().expect("it is short"),
		uses: Uses {
			data_mining: Use::Allowed,
			inference: Use::Allowed,
			training: Use::Allowed,
			generative_training: Use::Allowed,
		},
		synthetic: Default::default(),
		contribution_deposit: 0,
		metadata: Content::of(metadata),
		metadata_tail: tail(metadata),
	}
	.into()
}

fn curators_of(curators: impl IntoIterator<Item = AccountId>) -> CuratorsOf<Runtime> {
	curators.into_iter().collect::<Vec<_>>().try_into().expect("they are few")
}

#[test]
fn curators_that_are_no_counterparties() {
	let create = |who: Account| curated([who.to_account_id()]);
	let calls = [create(FRIEND)];
	let (mut chain, agent) = acting(&calls);
	let counterparties = counterparties([OPERATOR.to_account_id()]);
	mandate(&mut chain, &agent, Mandate { counterparties, ..wide(&calls) });
	let expected = Breach::Counterparty(index(&calls[0]));
	assert_eq!(breach(&mut chain, &agent, create(FRIEND)), expected);
	do_act(&mut chain, &agent, create(OPERATOR));
	chain.check();
}

#[test]
fn curators_of_a_dataset_that_is_there_already() {
	let curators = curators_of([FRIEND.to_account_id()]);
	let call = Datasets::set_curators { dataset: 0, curators }.into();
	let (mut chain, agent) = acting(&[curated([]), RuntimeCall::clone(&call)]);
	do_act(&mut chain, &agent, curated([agent.account.clone()]));
	is_a_way_that_is_closed(&mut chain, &agent, call);
}

#[test]
fn what_others_contribute_where_the_agent_is_curator() {
	let calls: [RuntimeCall; 2] =
		[Datasets::accept { seq: 0 }.into(), Datasets::reject { seq: 0 }.into()];
	let (mut chain, agent) = acting(&calls);
	chain.run(CURATOR, curated([agent.account.clone()]));
	assert_eq!(contribute(&mut chain, HOLDER, &text(1, 5_000)), 0);
	for call in calls {
		is_a_way_that_is_closed(&mut chain, &agent, call);
	}
}

#[test]
fn what_the_agents_model_asks_of_those_who_build_on_it() {
	closed(with_a_title, Models::set_lineage_rate { model: TITLE.1, rate: Perbill::zero() });
}

#[test]
fn a_mandate_that_the_agent_gives_itself() {
	let mandate =
		|agent| -> RuntimeCall { Agents::set_mandate { agent, mandate: Some(wide(&[])) }.into() };
	let (mut chain, agent) = acting(&[mandate(0)]);
	assert!(signed_by(&mut chain, &agent, mandate(agent.id)).is_err(), "it is not its owner");
	is_refused(&mut chain, &agent, mandate(agent.id));
}

#[test]
fn an_agent_whose_title_the_agent_has() {
	let operator: Option<AccountId> = Some(FRIEND.to_account_id());
	let calls = |agent| -> [RuntimeCall; 2] {
		[
			Agents::set_operator { agent, operator: operator.clone() }.into(),
			Agents::unbond { agent, amount: TRIB }.into(),
		]
	};
	let (mut chain, agent) = acting(&calls(1));
	let other = create(&mut chain, HOLDER);
	let (collection, dest) = (TitleKind::Agent.collection(), agent_address(&agent));
	chain.run(HOLDER, Nfts::transfer { collection, item: other.id, dest });
	for call in calls(other.id) {
		is_a_way_that_is_closed(&mut chain, &agent, call);
	}
}

#[test]
fn the_agents_own_stake() {
	let call = |agent| -> RuntimeCall { Agents::bond { agent, amount: FUNDS / 2 }.into() };
	let (mut chain, agent) = acting(&[call(0)]);
	is_a_way_that_is_closed(&mut chain, &agent, call(agent.id));
}

#[test]
fn the_agents_own_title_comes_into_its_hands() {
	let bid_price = 5 * TRIB;
	let (collection, item) = (TitleKind::Agent.collection(), 0);
	let buy: RuntimeCall = Nfts::buy_item { collection, item, bid_price }.into();
	let (mut chain, agent) = acting(std::slice::from_ref(&buy));
	assert_eq!(item, agent.id);
	let price = Some(bid_price);
	chain.run(HOLDER, Nfts::set_price { collection, item, price, whitelisted_buyer: None });
	assert_eq!(signed_by(&mut chain, &agent, buy.clone()), Ok(()));
	assert_eq!(breach(&mut chain, &agent, buy), Breach::TitleLost);
	assert_eq!(chain.free(&agent.account), FUNDS);
	let title = chain.ext.execute_with(|| Runtime::title(Title::agent(agent.id)));
	assert_eq!(title.expect("it has one").owner, HOLDER.to_account_id());
	chain.check();
}
