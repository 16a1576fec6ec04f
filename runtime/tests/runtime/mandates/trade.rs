//! Shares, pools and titles that are bought.

use codec::Encode;
use sp_io::hashing::blake2_256;
use tributary_primitives::{
	agent::{Breach, Budget, Currency, Mandate},
	title::Title,
};
use tributary_runtime::{
	configs::market::TradedAsset, params::TRIB, AccountId, Runtime, RuntimeCall,
};

use super::index;
use crate::{
	agents::scene::{
		acting, batch_all, breach, counterparties, do_act, mandate, wide, Agent, FRIEND, FUNDS,
		HOLDER,
	},
	chain::{address, Chain},
	market::{add_liquidity, issue, native, shares, Pools, Shares, SUPPLY},
	report::OWNER,
	scene::register_model,
};

type Assets = pallet_assets::Call<Runtime>;
type Nfts = pallet_nfts::Call<Runtime>;

/// Shares of a model of [`OWNER`], which trade at a hundred for a TRIB.
const ASSET: u32 = 0;
/// Shares of a model of [`FRIEND`], who would sell them for anything.
const WORTHLESS: u32 = 1;
/// What the agent has of the first.
const UNITS: u128 = 50_000;

/// A chain with both, and an agent that may make these calls and has [`UNITS`].
fn market(calls: &[RuntimeCall]) -> (Chain, Agent) {
	let (mut chain, agent) = acting(calls);
	for (asset, owner) in [(ASSET, OWNER), (WORTHLESS, FRIEND)] {
		register_model(&mut chain, owner, Vec::new(), 0);
		assert_eq!(issue(&mut chain, owner, Title::model(asset)), asset);
		chain.run(owner, Pools::create_pool { asset1: native(), asset2: shares(asset) });
		let to = owner.to_account_id();
		chain.run(owner, add_liquidity(asset, 1_000 * TRIB, 100_000, to));
	}
	let target = agent.account.clone().into();
	chain.run(OWNER, Assets::transfer { id: ASSET, target, amount: UNITS });
	(chain, agent)
}

fn swap(path: [Box<TradedAsset>; 2], amount_in: u128, send_to: AccountId) -> RuntimeCall {
	let path = path.into();
	Pools::swap_exact_tokens_for_tokens {
		path,
		amount_in,
		amount_out_min: 1,
		send_to,
		keep_alive: true,
	}
	.into()
}

/// Buys shares for so many planck.
fn buy(asset: u32, planck: u128, send_to: AccountId) -> RuntimeCall {
	swap([native(), shares(asset)], planck, send_to)
}

fn sell(asset: u32, units: u128, send_to: AccountId) -> RuntimeCall {
	swap([shares(asset), native()], units, send_to)
}

/// The account of the pool of an asset, as anyone may compute it.
fn pool(chain: &mut Chain, asset: u32) -> AccountId {
	use pallet_asset_conversion::PoolLocator;

	type Locator = <Runtime as pallet_asset_conversion::Config>::PoolLocator;
	let account = AccountId::from(blake2_256(&(*b"py/ascon", 0u8, 1u8, asset).encode()));
	let located = chain.ext.execute_with(|| Locator::pool_address(&native(), &shares(asset)));
	assert_eq!(located, Ok(account.clone()));
	account
}

fn units(chain: &mut Chain, agent: &Agent) -> u128 {
	chain.ext.execute_with(|| tributary_runtime::Assets::balance(ASSET, &agent.account))
}

fn over_shares(spent: u128, budget: u128) -> Breach {
	Breach::CallBudget { currency: Currency::Asset(ASSET), spent, budget }
}

#[test]
fn shares_without_a_budget() {
	let account = AccountId::from([0; 32]);
	let title = Title::model(0);
	let calls: [RuntimeCall; 3] = [
		Assets::transfer { id: ASSET, target: address(FRIEND), amount: 1 }.into(),
		sell(ASSET, 1_000, account),
		Shares::stake { title, shares: 1 }.into(),
	];
	let (mut chain, agent) = market(&calls);
	let [transfer, _, stake] = calls;
	let sell = sell(ASSET, 1_000, agent.account.clone());
	for (call, spent) in [(transfer, 1), (sell, 1_000), (stake, 1)] {
		assert_eq!(breach(&mut chain, &agent, call), over_shares(spent, 0));
		assert_eq!(units(&mut chain, &agent), UNITS);
	}
	chain.check();
}

#[test]
fn more_shares_than_the_budget() {
	let all: RuntimeCall =
		Assets::transfer_all { id: ASSET, dest: address(FRIEND), keep_alive: false }.into();
	let one: RuntimeCall =
		Assets::transfer { id: ASSET, target: address(FRIEND), amount: 100 }.into();
	let calls = [all.clone(), batch_all([one.clone()])];
	let (mut chain, agent) = market(&calls);
	let budget = Budget { per_call: 100, per_window: 250 };
	let assets = vec![(ASSET, budget)].try_into().expect("it is one");
	mandate(&mut chain, &agent, Mandate { assets, ..wide(&calls) });
	assert_eq!(breach(&mut chain, &agent, all), over_shares(UNITS, 100));
	let over = Breach::WindowBudget { currency: Currency::Asset(ASSET), spent: 300, budget: 250 };
	assert_eq!(breach(&mut chain, &agent, batch_all(vec![one.clone(); 3])), over);
	do_act(&mut chain, &agent, batch_all(vec![one; 2]));
	assert_eq!(units(&mut chain, &agent), UNITS - 200);
	chain.check();
}

#[test]
fn a_swap_for_somebody_else() {
	let friend = FRIEND.to_account_id();
	let calls = [buy(ASSET, TRIB, friend.clone())];
	let (mut chain, agent) = market(&calls);
	let counterparties = counterparties([pool(&mut chain, ASSET)]);
	mandate(&mut chain, &agent, Mandate { counterparties, ..wide(&calls) });
	let [for_friend] = calls;
	let expected = Breach::Counterparty(index(&for_friend));
	assert_eq!(breach(&mut chain, &agent, for_friend), expected);
	do_act(&mut chain, &agent, buy(ASSET, TRIB, agent.account.clone()));
	assert!(units(&mut chain, &agent) > UNITS);
	chain.check();
}

#[test]
fn a_pool_of_worthless_shares() {
	let to = AccountId::from([0; 32]);
	let calls = [
		buy(ASSET, TRIB, to.clone()),
		add_liquidity(ASSET, TRIB, 100, to.clone()).into(),
		Pools::create_pool { asset1: native(), asset2: shares(ASSET) }.into(),
	];
	let (mut chain, agent) = market(&calls);
	let counterparties = counterparties([pool(&mut chain, ASSET)]);
	mandate(&mut chain, &agent, Mandate { counterparties, ..wide(&calls) });
	let to = agent.account.clone();
	let path = vec![shares(ASSET), native(), shares(WORTHLESS)];
	let over_both = Pools::swap_exact_tokens_for_tokens {
		path,
		amount_in: 100,
		amount_out_min: 1,
		send_to: to.clone(),
		keep_alive: true,
	};
	let ways: [RuntimeCall; 4] = [
		buy(WORTHLESS, TRIB, to.clone()),
		over_both.into(),
		add_liquidity(WORTHLESS, TRIB, 100, to).into(),
		Pools::create_pool { asset1: native(), asset2: shares(WORTHLESS + 1) }.into(),
	];
	for call in ways {
		let expected = Breach::Counterparty(index(&call));
		assert_eq!(breach(&mut chain, &agent, call), expected);
	}
	assert_eq!((chain.free(&agent.account), units(&mut chain, &agent)), (FUNDS, UNITS));
	chain.check();
}

#[test]
fn a_price_that_falls_between_two_swaps() {
	let to = AccountId::from([0; 32]);
	let calls = [batch_all([buy(ASSET, TRIB, to.clone()), sell(ASSET, 1, to)])];
	let (mut chain, agent) = market(&calls);
	let budget = Budget { per_call: u128::MAX, per_window: u128::MAX };
	let assets = vec![(ASSET, budget)].try_into().expect("it is one");
	let native = Budget { per_call: 10 * TRIB, per_window: 25 * TRIB };
	mandate(&mut chain, &agent, Mandate { native, assets, ..wide(&calls) });
	let to = agent.account.clone();
	let around = || [buy(ASSET, 10 * TRIB, to.clone()), sell(ASSET, 900, to.clone())];
	let over =
		Breach::WindowBudget { currency: Currency::Native, spent: 30 * TRIB, budget: 25 * TRIB };
	let batch = batch_all([around(), around(), around()].concat());
	assert_eq!(breach(&mut chain, &agent, batch), over, "what a sale brings does not renew it");
	do_act(&mut chain, &agent, batch_all([around(), around()].concat()));
	chain.check();
}

#[test]
fn what_a_pool_costs_to_make() {
	let create = || -> RuntimeCall {
		Pools::create_pool { asset1: native(), asset2: shares(WORTHLESS + 1) }.into()
	};
	let (mut chain, agent) = market(&[create()]);
	register_model(&mut chain, OWNER, Vec::new(), 0);
	assert_eq!(issue(&mut chain, OWNER, Title::model(2)), WORTHLESS + 1);
	let native = Budget { per_call: 10 * TRIB - 1, per_window: u128::MAX };
	mandate(&mut chain, &agent, Mandate { native, ..wide(&[create()]) });
	match breach(&mut chain, &agent, create()) {
		Breach::CallBudget { currency: Currency::Native, spent, .. } => assert!(spent >= 10 * TRIB),
		other => panic!("{other:?}"),
	}
	assert_eq!(chain.free(&agent.account), FUNDS);
	chain.check();
}

#[test]
fn a_friends_title_at_a_friends_price() {
	let (collection, item) = (1, 1);
	let buy =
		|item| -> RuntimeCall { Nfts::buy_item { collection, item, bid_price: 9 * TRIB }.into() };
	let (mut chain, agent) = acting(&[buy(item)]);
	for owner in [OWNER, FRIEND] {
		register_model(&mut chain, owner, Vec::new(), 0);
	}
	for (item, owner) in [(0, OWNER), (1, FRIEND)] {
		let price = Some(9 * TRIB);
		chain.run(owner, Nfts::set_price { collection, item, price, whitelisted_buyer: None });
	}
	let counterparties = counterparties([OWNER.to_account_id()]);
	mandate(&mut chain, &agent, Mandate { counterparties, ..wide(&[buy(item)]) });
	let expected = Breach::Counterparty(index(&buy(item)));
	assert_eq!(breach(&mut chain, &agent, buy(item)), expected);
	assert_eq!(chain.free(&agent.account), FUNDS);
	do_act(&mut chain, &agent, buy(0));
	assert_eq!(chain.free(&agent.account), FUNDS - 9 * TRIB);
	chain.check();
}

#[test]
fn shares_that_are_burned_for_the_owner_of_their_title() {
	let dissolve: RuntimeCall = Shares::dissolve { title: Title::model(0) }.into();
	let calls = [dissolve.clone()];
	let (mut chain, agent) = acting(&calls);
	register_model(&mut chain, OWNER, Vec::new(), 0);
	issue(&mut chain, OWNER, Title::model(0));
	let target = agent.account.clone().into();
	chain.run(OWNER, Assets::transfer { id: ASSET, target, amount: SUPPLY.into() });
	let expected = over_shares(SUPPLY.into(), 0);
	assert_eq!(breach(&mut chain, &agent, dissolve.clone()), expected);
	let none = counterparties([HOLDER.to_account_id()]);
	mandate(&mut chain, &agent, Mandate { counterparties: none, ..wide(&calls) });
	let expected = Breach::Counterparty(index(&dissolve));
	assert_eq!(breach(&mut chain, &agent, dissolve), expected);
	assert_eq!(units(&mut chain, &agent), SUPPLY.into());
	chain.check();
}
