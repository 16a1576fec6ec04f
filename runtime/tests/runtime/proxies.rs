//! What a proxy may do in the name of its account, and what it may not.

use frame_support::traits::InstanceFilter;
use pallet_agents::Holding;
use sp_keyring::Sr25519Keyring as Account;
use tributary_primitives::{availability::Demanded, fees::Setting, title::Title};
use tributary_runtime::{
	configs::accounts::ProxyType, genesis_presets::ENDOWMENT, params::TRIB, Runtime, RuntimeCall,
	RuntimeEvent,
};

use crate::{
	chain::{address, Chain},
	market::{native, shares, Pools, Shares},
	report::OWNER,
	scene::register_model,
};

type Agents = pallet_agents::Call<Runtime>;
type AssetCalls = pallet_assets::Call<Runtime>;
type Channels = pallet_channels::Call<Runtime>;
type Nfts = pallet_nfts::Call<Runtime>;
type PoolAssets = pallet_assets::Call<Runtime, pallet_assets::Instance2>;
type Proxy = pallet_proxy::Call<Runtime>;
type System = frame_system::Call<Runtime>;
type Utility = pallet_utility::Call<Runtime>;

const DELEGATE: Account = Account::EveStash;

/// Calls by which value of the account that makes them may come into other hands.
fn moves_value() -> Vec<RuntimeCall> {
	let (who, to) = (DELEGATE.to_account_id(), || address(DELEGATE));
	let (collection, item, id) = (1, 0, 0);
	vec![
		pallet_balances::Call::transfer_allow_death { dest: to(), value: 1 }.into(),
		pallet_usage::Call::pay {
			model: 0,
			outputs: Default::default(),
			outputs_tail: Default::default(),
			amount: TRIB,
		}
		.into(),
		pallet_originality::Call::accuse {
			accused: 1,
			original: pallet_originality::Original::Contribution(0),
			item: None,
		}
		.into(),
		Channels::open {
			model: 0,
			server: who.clone(),
			signer: who.clone(),
			deposit: TRIB,
			lifetime: 100,
		}
		.into(),
		Channels::top_up { channel: 0, amount: TRIB, expires_at: None }.into(),
		Nfts::transfer { collection, item, dest: to() }.into(),
		Nfts::approve_transfer { collection, item, delegate: to(), maybe_deadline: None }.into(),
		Nfts::set_price { collection, item, price: Some(1), whitelisted_buyer: None }.into(),
		Nfts::buy_item { collection, item, bid_price: TRIB }.into(),
		Nfts::pay_tips { tips: Default::default() }.into(),
		Nfts::create_swap {
			offered_collection: collection,
			offered_item: item,
			desired_collection: collection,
			maybe_desired_item: None,
			maybe_price: None,
			duration: 10,
		}
		.into(),
		Nfts::claim_swap {
			send_collection: collection,
			send_item: item,
			receive_collection: collection,
			receive_item: 1,
			witness_price: None,
		}
		.into(),
		Nfts::set_accept_ownership { maybe_collection: Some(collection) }.into(),
		AssetCalls::transfer { id, target: to(), amount: 1 }.into(),
		AssetCalls::transfer_keep_alive { id, target: to(), amount: 1 }.into(),
		AssetCalls::transfer_all { id, dest: to(), keep_alive: false }.into(),
		AssetCalls::approve_transfer { id, delegate: to(), amount: 1 }.into(),
		AssetCalls::transfer_approved { id, owner: to(), destination: to(), amount: 1 }.into(),
		AssetCalls::touch_other { id, who: to() }.into(),
		AssetCalls::refund { id, allow_burn: true }.into(),
		PoolAssets::transfer { id, target: to(), amount: 1 }.into(),
		PoolAssets::transfer_all { id, dest: to(), keep_alive: false }.into(),
		PoolAssets::approve_transfer { id, delegate: to(), amount: 1 }.into(),
		PoolAssets::refund { id, allow_burn: true }.into(),
		Pools::create_pool { asset1: native(), asset2: shares(id) }.into(),
		Pools::add_liquidity {
			asset1: native(),
			asset2: shares(id),
			amount1_desired: 1,
			amount2_desired: 1,
			amount1_min: 1,
			amount2_min: 1,
			mint_to: who.clone(),
		}
		.into(),
		Pools::remove_liquidity {
			asset1: native(),
			asset2: shares(id),
			lp_token_burn: 1,
			amount1_min_receive: 1,
			amount2_min_receive: 1,
			withdraw_to: who.clone(),
		}
		.into(),
		Pools::swap_exact_tokens_for_tokens {
			path: vec![native(), shares(id)],
			amount_in: 1,
			amount_out_min: 1,
			send_to: who.clone(),
			keep_alive: true,
		}
		.into(),
		Pools::swap_tokens_for_exact_tokens {
			path: vec![native(), shares(id)],
			amount_out: 1,
			amount_in_max: 1,
			send_to: who,
			keep_alive: true,
		}
		.into(),
		Pools::touch { asset1: native(), asset2: shares(id) }.into(),
		pallet_settings::Call::set { setting: Setting::DrawDelay(3) }.into(),
		Agents::act {
			agent: 0,
			call: Box::new(RuntimeCall::from(System::remark { remark: vec![] })),
		}
		.into(),
		Agents::set_operator { agent: 0, operator: Some(DELEGATE.to_account_id()) }.into(),
		Agents::set_mandate { agent: 0, mandate: None }.into(),
		Agents::resume { agent: 0 }.into(),
		Agents::bond { agent: 0, amount: TRIB }.into(),
		Agents::set_models { agent: 0, models: Default::default(), retention: Default::default() }
			.into(),
		Agents::pay {
			agent: 0,
			outputs: Default::default(),
			outputs_tail: Default::default(),
			amount: TRIB,
		}
		.into(),
	]
}

/// Calls by which an account earns, or takes back what it has offered.
fn keeps_value() -> Vec<RuntimeCall> {
	let (collection, item, id) = (1, 0, 0);
	let title = Title::model(0);
	vec![
		pallet_usage::Call::claim_owner { model: 0 }.into(),
		Channels::request_close { channel: 0 }.into(),
		Channels::finish { channel: 0 }.into(),
		Nfts::set_price { collection, item, price: None, whitelisted_buyer: None }.into(),
		Nfts::cancel_swap { offered_collection: collection, offered_item: item }.into(),
		Nfts::cancel_approval { collection, item, delegate: address(DELEGATE) }.into(),
		Nfts::clear_all_transfer_approvals { collection, item }.into(),
		AssetCalls::cancel_approval { id, delegate: address(DELEGATE) }.into(),
		PoolAssets::cancel_approval { id, delegate: address(DELEGATE) }.into(),
		Shares::stake { title, shares: 1 }.into(),
		Shares::unstake { title, shares: 1 }.into(),
		Shares::claim_dividends { title }.into(),
		Agents::pause { agent: 0 }.into(),
		Agents::unbond { agent: 0, amount: 1 }.into(),
		Agents::withdraw { agent: 0, holding: Holding::Native(1) }.into(),
		Agents::withdraw_unbonded { agent: 0 }.into(),
	]
}

#[test]
fn a_proxy_that_may_not_pay_cannot_move_value() {
	for call in moves_value() {
		assert!(ProxyType::Any.filter(&call), "{call:?}");
		for restricted in [ProxyType::NonTransfer, ProxyType::Data, ProxyType::Attributor] {
			assert!(!restricted.filter(&call), "{restricted:?} may {call:?}");
		}
	}
	for call in keeps_value() {
		assert!(ProxyType::NonTransfer.filter(&call), "{call:?}");
	}
}

#[test]
fn a_demand_for_bytes_is_for_attributors() {
	let demand: RuntimeCall = pallet_availability::Call::demand {
		blob: Demanded::Contribution { seq: 0 },
		chunk: 0,
		item: None,
		keep_open: None,
	}
	.into();
	assert!(!ProxyType::NonTransfer.filter(&demand) && !ProxyType::Data.filter(&demand));
	assert!(ProxyType::Attributor.filter(&demand));
}

#[test]
fn a_wider_proxy_may_add_a_narrower_one_and_not_the_reverse() {
	assert!(!ProxyType::NonTransfer.is_superset(&ProxyType::Any));
	assert!(ProxyType::NonTransfer.is_superset(&ProxyType::Data));
}

#[test]
fn value_stays_where_it_is_though_a_proxy_tries_every_call_alone_and_in_a_batch() {
	let mut chain = Chain::start("development");
	register_model(&mut chain, OWNER, Vec::new(), 0);
	let delegate = address(DELEGATE);
	chain.run(OWNER, Proxy::add_proxy { delegate, proxy_type: ProxyType::NonTransfer, delay: 0 });
	let funds = chain.before_fees(OWNER);
	for call in moves_value() {
		let batch = Utility::batch_all { calls: vec![call.clone()] }.into();
		for call in [call, batch] {
			let (real, call) = (address(OWNER), Box::new(call));
			chain.run(DELEGATE, Proxy::proxy { real, force_proxy_type: None, call: call.clone() });
			let result = chain.find_event(|event| match event {
				RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
				_ => None,
			});
			assert!(result.expect("it was tried").is_err(), "{call:?}");
		}
	}
	assert_eq!(chain.before_fees(OWNER), funds);
	assert_eq!(chain.before_fees(DELEGATE), ENDOWMENT);
	chain.check();
}
