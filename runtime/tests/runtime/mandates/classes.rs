//! Every call of the runtime, in the one class that says what it means to a mandate. A call that is new is
//! for no operator, and fails a test here until somebody has thought about it.

use std::collections::{BTreeMap, BTreeSet};

use codec::Decode;
use frame_support::traits::{CallMetadata, GetCallMetadata, PalletsInfoAccess};
use pallet_agents::{CallRule, CallRules};
use sp_runtime::traits::TrailingZeroInput;
use tributary_primitives::{agent::CallIndex, title::Title, traits::SyntheticPolicy};
use tributary_runtime::{
	configs::mandates::Delegable, params::TRIB, AccountId, AllPalletsWithSystem, RuntimeCall,
};

use crate::{
	agents::scene::{create, HOLDER},
	chain::Chain,
	market::issue,
	report::OWNER,
	scene::{create_dataset, register_model, CURATOR, PAYER},
};

/// Calls that carry others, each of which is looked at.
const NESTS: &[(&str, &[&str])] = &[("Utility", &["batch_all"])];

/// Calls that an operator may make where the mandate lists them.
const LEAVES: &[(&str, &[&str])] = &[
	("System", &["remark", "remark_with_event"]),
	("Balances", &["transfer_allow_death", "transfer_keep_alive", "transfer_all", "burn"]),
	("Nfts", &["buy_item"]),
	("Assets", &["transfer", "transfer_keep_alive", "transfer_all"]),
	(
		"AssetConversion",
		&[
			"create_pool",
			"add_liquidity",
			"remove_liquidity",
			"swap_exact_tokens_for_tokens",
			"swap_tokens_for_exact_tokens",
			"touch",
		],
	),
	("Datasets", &["create", "commit", "reveal", "withdraw", "expire", "set_closed"]),
	("Models", &["register"]),
	("Usage", &["pay", "claim_owner", "claim_lineage", "release_receipt", "collect_due"]),
	(
		"Attribution",
		&[
			"bond",
			"unbond",
			"report",
			"finalise",
			"claim",
			"announce",
			"reveal_announcement",
			"pay_reward",
			"withdraw_announcement",
			"claim_passed",
		],
	),
	("Availability", &["demand", "enforce"]),
	("Originality", &["accuse", "show_hits", "close"]),
	("Shares", &["issue", "stake", "unstake", "claim_dividends", "dissolve", "collect_owed"]),
	("Channels", &["open", "top_up", "close", "request_close", "finish"]),
	("Agents", &["pay"]),
];

/// Calls of assets that are for no operator.
const OF_ASSETS: &[&str] = &[
	"create",
	"force_create",
	"start_destroy",
	"destroy_accounts",
	"destroy_approvals",
	"finish_destroy",
	"mint",
	"burn",
	"force_transfer",
	"freeze",
	"thaw",
	"freeze_asset",
	"thaw_asset",
	"transfer_ownership",
	"set_team",
	"set_metadata",
	"clear_metadata",
	"force_set_metadata",
	"force_clear_metadata",
	"force_asset_status",
	"approve_transfer",
	"cancel_approval",
	"force_cancel_approval",
	"transfer_approved",
	"touch",
	"refund",
	"set_min_balance",
	"touch_other",
	"refund_other",
	"block",
	"set_reserves",
];

/// Calls that are for no operator, whatever the mandate lists.
const NOT_DELEGABLE: &[(&str, &[&str])] = &[
	(
		"System",
		&[
			"set_heap_pages",
			"set_code",
			"set_code_without_checks",
			"set_storage",
			"kill_storage",
			"kill_prefix",
			"authorize_upgrade",
			"authorize_upgrade_without_checks",
			"apply_authorized_upgrade",
		],
	),
	("Timestamp", &["set"]),
	("Babe", &["report_equivocation", "report_equivocation_unsigned", "plan_config_change"]),
	(
		"Balances",
		&[
			"force_transfer",
			"force_unreserve",
			"upgrade_accounts",
			"force_set_balance",
			"force_adjust_total_issuance",
		],
	),
	("Session", &["set_keys", "purge_keys"]),
	("Grandpa", &["report_equivocation", "report_equivocation_unsigned", "note_stalled"]),
	(
		"Utility",
		&[
			"batch",
			"as_derivative",
			"dispatch_as",
			"force_batch",
			"with_weight",
			"if_else",
			"dispatch_as_fallible",
		],
	),
	(
		"Proxy",
		&[
			"proxy",
			"add_proxy",
			"remove_proxy",
			"remove_proxies",
			"create_pure",
			"kill_pure",
			"announce",
			"remove_announcement",
			"reject_announcement",
			"proxy_announced",
			"poke_deposit",
		],
	),
	(
		"Multisig",
		&[
			"as_multi_threshold_1",
			"as_multi",
			"approve_as_multi",
			"cancel_as_multi",
			"poke_deposit",
		],
	),
	("Sudo", &["sudo", "sudo_unchecked_weight", "set_key", "sudo_as", "remove_key"]),
	("Parameters", &["set_parameter"]),
	(
		"Nfts",
		&[
			"create",
			"force_create",
			"destroy",
			"mint",
			"force_mint",
			"burn",
			"transfer",
			"redeposit",
			"lock_item_transfer",
			"unlock_item_transfer",
			"lock_collection",
			"transfer_ownership",
			"set_team",
			"force_collection_owner",
			"force_collection_config",
			"approve_transfer",
			"cancel_approval",
			"clear_all_transfer_approvals",
			"lock_item_properties",
			"set_attribute",
			"force_set_attribute",
			"clear_attribute",
			"approve_item_attributes",
			"cancel_item_attributes_approval",
			"set_metadata",
			"clear_metadata",
			"set_collection_metadata",
			"clear_collection_metadata",
			"set_accept_ownership",
			"set_collection_max_supply",
			"update_mint_settings",
			"set_price",
			"pay_tips",
			"create_swap",
			"cancel_swap",
			"claim_swap",
			"mint_pre_signed",
			"set_attributes_pre_signed",
		],
	),
	("Assets", OF_ASSETS),
	("PoolAssets", OF_ASSETS),
	("PoolAssets", &["transfer", "transfer_keep_alive", "transfer_all"]),
	("AssetConversion", &["create_pool_with_fee", "set_pool_fee"]),
	("Datasets", &["accept", "reject", "set_curators"]),
	("Models", &["set_lineage_rate"]),
	("Attribution", &["submit_fault"]),
	("Availability", &["answer"]),
	("Settings", &["set"]),
	(
		"Agents",
		&[
			"create",
			"set_operator",
			"set_mandate",
			"set_metadata",
			"set_models",
			"pause",
			"resume",
			"retire",
			"bond",
			"unbond",
			"withdraw_unbonded",
			"withdraw",
			"act",
			"forget_payer",
		],
	),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
	Nest,
	Leaf,
	NotDelegable,
}

type Name = (&'static str, &'static str);

/// The class of each call that is listed; a call that is listed twice fails the test.
fn listed() -> BTreeMap<Name, Class> {
	let mut classes = BTreeMap::new();
	for (class, table) in
		[(Class::Nest, NESTS), (Class::Leaf, LEAVES), (Class::NotDelegable, NOT_DELEGABLE)]
	{
		for (pallet, calls) in table {
			for call in *calls {
				let twice = classes.insert((*pallet, *call), class);
				assert_eq!(twice, None, "{pallet}.{call} is listed twice");
			}
		}
	}
	classes
}

/// Every call that the runtime dispatches.
fn dispatched() -> BTreeSet<Name> {
	let of_pallet = |pallet: &'static &'static str| {
		RuntimeCall::get_call_names(pallet).iter().map(|call| (*pallet, *call))
	};
	RuntimeCall::get_module_names().iter().flat_map(of_pallet).collect()
}

/// A call with each pair of indices that there is. Its arguments are zero, but for the second asset of a pool,
/// which is the asset 0, and a change of BABE, of which none has the number 0.
fn samples() -> Vec<(CallIndex, RuntimeCall)> {
	let mut samples = Vec::new();
	for pallet in AllPalletsWithSystem::infos() {
		let index = u8::try_from(pallet.index).expect("indices are bytes");
		let arguments: &[u8] = match pallet.name {
			"AssetConversion" => &[0, 1],
			"Babe" => &[1],
			_ => &[],
		};
		for call in 0..=u8::MAX {
			let bytes = [&[index, call], arguments].concat();
			let sample = RuntimeCall::decode(&mut TrailingZeroInput::new(&bytes));
			samples.extend(sample.map(|sample| (CallIndex { pallet: index, call }, sample)));
		}
	}
	samples
}

#[test]
fn every_call_of_the_runtime_has_one_class() {
	let all = dispatched();
	let listed: BTreeSet<_> = listed().into_keys().collect();
	let unknown: Vec<_> = listed.difference(&all).collect();
	let forgotten: Vec<_> = all.difference(&listed).collect();
	assert!(unknown.is_empty(), "there are no such calls: {unknown:?}");
	assert!(forgotten.is_empty(), "nobody has thought about {forgotten:?}");
	assert!(all.len() > 200, "{} calls", all.len());
}

/// A chain with a dataset of which there are shares, a model, a channel and an agent: 0 of each.
fn furnished() -> Chain {
	let mut chain = Chain::start("development");
	create_dataset(&mut chain, SyntheticPolicy::Refuse);
	register_model(&mut chain, OWNER, Vec::new(), 0);
	issue(&mut chain, CURATOR, Title::dataset(0));
	let (server, signer) = (OWNER.to_account_id(), PAYER.to_account_id());
	let (deposit, lifetime) = (10 * TRIB, 100);
	chain.run(PAYER, pallet_channels::Call::open { model: 0, server, signer, deposit, lifetime });
	assert_eq!(create(&mut chain, HOLDER).id, 0);
	chain
}

#[test]
fn every_call_is_of_the_class_that_it_is_listed_in() {
	let mut chain = furnished();
	let agent = AccountId::from([0; 32]);
	let classes = listed();
	let mut never = dispatched();
	chain.ext.execute_with(|| {
		for (index, call) in samples() {
			let CallMetadata { pallet_name, function_name } = call.get_call_metadata();
			let name = (pallet_name, function_name);
			assert_eq!(Delegable::index(&call), index, "{name:?}");
			let class = match Delegable::rule(&agent, &call) {
				CallRule::Nest(_) => Class::Nest,
				CallRule::Leaf { .. } => Class::Leaf,
				CallRule::NotDelegable => Class::NotDelegable,
			};
			assert_eq!(class, classes[&name], "{name:?}");
			assert!(never.remove(&name), "{name:?} has two indices");
		}
	});
	assert!(never.is_empty(), "nothing was asked of {never:?}");
	chain.check();
}
