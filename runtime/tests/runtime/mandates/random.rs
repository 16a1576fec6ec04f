//! Trees of real calls at random, of those that an operator may make and of those that it may not. Whatever it
//! makes of them, no more is spent than the mandate allows, by a list that is kept beside it, and nobody has a
//! right to what is the agent's.

use std::collections::{BTreeMap, BTreeSet};

use codec::Encode;
use frame_support::{
	storage::{with_transaction, TransactionOutcome},
	traits::fungibles::approvals::Inspect as _,
};
use pallet_assets::Instance2;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sp_io::hashing::blake2_256;
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::{traits::Dispatchable, DispatchError, Perbill, Weight};
use tributary_primitives::{
	agent::{origin_head, Budget, Currency, Head, Mandate, Outcome},
	blob::Content,
	title::Title,
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	configs::accounts::ProxyType, params::TRIB, AccountId, Balances, Executive, Runtime,
	RuntimeCall, RuntimeOrigin, SessionKeys, System,
};

use crate::{
	agents::scene::{
		acted, acting, batch_all, counterparties, create, wide, Agent, Agents, Balances as Tokens,
		Utility, FRIEND, HOLDER, OPERATOR,
	},
	chain::{address, sign, Chain},
	market::{add_liquidity, issue, native, shares, Pools, Shares},
	report::{Attribution, OWNER},
	scene::{register_model, tail, text, Datasets, Models, Usage},
};

type Assets = pallet_assets::Call<Runtime>;
type Channels = pallet_channels::Call<Runtime>;
type Multisig = pallet_multisig::Call<Runtime>;
type Nfts = pallet_nfts::Call<Runtime>;
type PoolAssets = pallet_assets::Call<Runtime, Instance2>;
type Proxy = pallet_proxy::Call<Runtime>;
type Session = pallet_session::Call<Runtime>;

/// The shares of the model [`PAID`], of which the agent has some.
const ASSET: u32 = 0;
/// A model of [`OWNER`].
const PAID: u32 = 0;
/// A model of the agent.
const OWN: u32 = 1;
/// A model that [`FRIEND`] sells.
const SOLD: u32 = 2;
/// What [`OWNER`] lets the agent take of its shares.
const ALLOWED: u128 = 7;
/// The units of liquidity of the pool.
const LIQUIDITY: u32 = 0;
/// All that an act could spend here.
const CURRENCIES: [Currency; 2] = [Currency::Native, Currency::Asset(ASSET)];

/// With whom, and how much.
#[derive(Clone, Copy, Debug)]
struct Terms {
	who: Account,
	/// Tenths of a TRIB, or shares.
	amount: u128,
}

impl Terms {
	fn planck(self) -> u128 {
		self.amount * TRIB / 10
	}

	fn gift(self) -> RuntimeCall {
		Tokens::transfer_allow_death { dest: address(self.who), value: self.planck() }.into()
	}

	fn swap(self, path: [u8; 2], amount_in: u128, send_to: AccountId) -> RuntimeCall {
		let path = path.map(|side| if side == 0 { native() } else { shares(ASSET) });
		Pools::swap_exact_tokens_for_tokens {
			path: path.into(),
			amount_in,
			amount_out_min: 1,
			send_to,
			keep_alive: true,
		}
		.into()
	}

	/// Calls that an operator may make in the name of `own`.
	fn delegable(self, own: &AccountId) -> Vec<RuntimeCall> {
		let (who, dest, value) = (self.who.to_account_id(), address(self.who), self.planck());
		let items = text(7, 64);
		let (outputs, outputs_tail) = (Content::of(&items), tail(&items));
		let title = Title::model(PAID);
		vec![
			frame_system::Call::remark { remark: vec![1] }.into(),
			self.gift(),
			self.gift(),
			Tokens::transfer_keep_alive { dest: dest.clone(), value }.into(),
			Tokens::transfer_all { dest: dest.clone(), keep_alive: true }.into(),
			Tokens::burn { value, keep_alive: true }.into(),
			Assets::transfer { id: ASSET, target: dest.clone(), amount: self.amount }.into(),
			Assets::transfer { id: ASSET, target: dest, amount: self.amount }.into(),
			self.swap([0, 1], value, own.clone()),
			self.swap([0, 1], value, who.clone()),
			self.swap([1, 0], self.amount * 10, own.clone()),
			add_liquidity(ASSET, value, self.amount * 10, own.clone()).into(),
			Attribution::bond { amount: value }.into(),
			Attribution::unbond { amount: value }.into(),
			Usage::pay { model: PAID, outputs, outputs_tail: outputs_tail.clone(), amount: value }
				.into(),
			Usage::claim_owner { model: OWN }.into(),
			Channels::open {
				model: PAID,
				server: OWNER.to_account_id(),
				signer: who,
				deposit: value,
				lifetime: 1_000,
			}
			.into(),
			Channels::top_up { channel: 0, amount: value, expires_at: None }.into(),
			Channels::request_close { channel: 0 }.into(),
			Shares::stake { title, shares: self.amount as u64 }.into(),
			Shares::unstake { title, shares: self.amount as u64 }.into(),
			Shares::claim_dividends { title }.into(),
			Datasets::commit { hash: blake2_256(&self.amount.encode()) }.into(),
			Nfts::buy_item { collection: 1, item: SOLD, bid_price: value }.into(),
			Agents::pay { agent: 1, outputs, outputs_tail, amount: value }.into(),
		]
	}

	/// Calls that no operator makes.
	fn not_delegable(self, own: &AccountId) -> Vec<RuntimeCall> {
		let (who, friend, amount) = (self.who.to_account_id(), address(self.who), self.amount);
		let gift = || Box::new(self.gift());
		let (collection, item) = (1, OWN);
		let (proxy_type, delay) = (ProxyType::Any, 0);
		let keys = SessionKeys {
			babe: Account::Eve.public().into(),
			grandpa: sp_keyring::Ed25519Keyring::Eve.public().into(),
			authority_discovery: Account::Eve.public().into(),
		};
		vec![
			Utility::batch { calls: vec![self.gift()] }.into(),
			Utility::force_batch { calls: vec![self.gift()] }.into(),
			Utility::as_derivative { index: 0, call: gift() }.into(),
			Utility::if_else { main: gift(), fallback: gift() }.into(),
			Proxy::add_proxy { delegate: friend.clone(), proxy_type, delay }.into(),
			Proxy::create_pure { proxy_type, delay, index: 0 }.into(),
			Proxy::proxy { real: address(HOLDER), force_proxy_type: None, call: gift() }.into(),
			Proxy::announce { real: address(HOLDER), call_hash: Default::default() }.into(),
			Multisig::as_multi_threshold_1 { other_signatories: vec![who.clone()], call: gift() }
				.into(),
			Multisig::as_multi {
				threshold: 2,
				other_signatories: vec![who.clone()],
				maybe_timepoint: None,
				call: gift(),
				max_weight: Weight::zero(),
			}
			.into(),
			Session::set_keys { keys, proof: Vec::new() }.into(),
			Assets::approve_transfer { id: ASSET, delegate: friend.clone(), amount }.into(),
			Assets::transfer_approved {
				id: ASSET,
				owner: address(OWNER),
				destination: friend.clone(),
				amount: ALLOWED,
			}
			.into(),
			PoolAssets::transfer { id: LIQUIDITY, target: friend.clone(), amount }.into(),
			PoolAssets::approve_transfer { id: LIQUIDITY, delegate: friend.clone(), amount }.into(),
			add_liquidity(ASSET, self.planck(), amount * 10, who.clone()).into(),
			Nfts::transfer { collection, item, dest: friend.clone() }.into(),
			Nfts::set_price { collection, item, price: Some(1), whitelisted_buyer: None }.into(),
			Nfts::approve_transfer {
				collection,
				item,
				delegate: friend.clone(),
				maybe_deadline: None,
			}
			.into(),
			Nfts::approve_item_attributes { collection, item, delegate: friend }.into(),
			Nfts::create_swap {
				offered_collection: collection,
				offered_item: item,
				desired_collection: collection,
				maybe_desired_item: None,
				maybe_price: None,
				duration: 10,
			}
			.into(),
			Models::set_lineage_rate { model: OWN, rate: Perbill::zero() }.into(),
			Agents::set_operator { agent: 0, operator: Some(who) }.into(),
			Agents::set_mandate { agent: 0, mandate: Some(wide(&[self.gift()])) }.into(),
			Agents::bond { agent: 0, amount: self.planck() }.into(),
			Agents::act { agent: 0, call: gift() }.into(),
			Agents::pay {
				agent: 0,
				outputs: Content::of(own.as_ref()),
				outputs_tail: tail(own.as_ref()),
				amount: self.planck(),
			}
			.into(),
		]
	}
}

/// What the operator asks for.
#[derive(Clone, Debug)]
enum Tree {
	Delegable(usize, Terms),
	NotDelegable(usize, Terms),
	Nest(Vec<Tree>),
}

impl Tree {
	fn call(&self, own: &AccountId) -> RuntimeCall {
		let pick = |calls: Vec<RuntimeCall>, at: usize| calls[at % calls.len()].clone();
		match self {
			Self::Delegable(at, terms) => pick(terms.delegable(own), *at),
			Self::NotDelegable(at, terms) => pick(terms.not_delegable(own), *at),
			Self::Nest(trees) => {
				batch_all(trees.iter().map(|tree| tree.call(own)).collect::<Vec<_>>())
			}
		}
	}

	/// The calls in it that nest no others.
	fn leaves(&self, own: &AccountId) -> Vec<RuntimeCall> {
		match self {
			Self::Nest(trees) => trees.iter().flat_map(|tree| tree.leaves(own)).collect(),
			_ => vec![self.call(own)],
		}
	}

	fn is_delegable(&self) -> bool {
		match self {
			Self::Delegable(..) => true,
			Self::NotDelegable(..) => false,
			Self::Nest(trees) => trees.iter().all(Self::is_delegable),
		}
	}
}

/// What the mandate bounds.
#[derive(Clone, Debug)]
struct Bounds {
	native: Budget,
	shares: Option<Budget>,
	window: u32,
	with: Option<Vec<Account>>,
}

impl Bounds {
	/// The mandate with these bounds for all calls that there are here.
	fn mandate(&self, own: &AccountId) -> Mandate<AccountId> {
		let terms = Terms { who: FRIEND, amount: 0 };
		let mut calls = terms.delegable(own);
		calls.extend(terms.not_delegable(own));
		let assets: Vec<_> = self.shares.map(|budget| (ASSET, budget)).into_iter().collect();
		let with = |with: &Vec<Account>| {
			let accounts: BTreeSet<_> = with.iter().map(|who| who.to_account_id()).collect();
			counterparties(accounts).expect("they are named")
		};
		Mandate {
			native: self.native,
			assets: assets.try_into().expect("it is one at most"),
			window: self.window,
			counterparties: self.with.as_ref().map(with),
			..wide(&[batch_all(calls)])
		}
	}

	fn budget(&self, currency: Currency) -> Budget {
		let none = Budget { per_call: 0, per_window: 0 };
		match currency {
			Currency::Native => self.native,
			Currency::Asset(_) => self.shares.unwrap_or(none),
		}
	}
}

/// A chain on which there is something to be had for every call, and an agent that has a title, shares and
/// liquidity, and rights that others gave it.
fn market() -> (Chain, Agent) {
	let (mut chain, agent) = acting(&[]);
	for owner in [OWNER, FRIEND, FRIEND] {
		register_model(&mut chain, owner, Vec::new(), 0);
	}
	assert_eq!(issue(&mut chain, OWNER, Title::model(PAID)), ASSET);
	chain.run(OWNER, Pools::create_pool { asset1: native(), asset2: shares(ASSET) });
	chain.run(OWNER, add_liquidity(ASSET, 1_000 * TRIB, 100_000, OWNER.to_account_id()));
	chain.run(OWNER, add_liquidity(ASSET, 10 * TRIB, 1_000, agent.account.clone()));
	let account = || agent.account.clone().into();
	chain.run(OWNER, Assets::transfer { id: ASSET, target: account(), amount: 10_000 });
	chain.run(OWNER, Assets::approve_transfer { id: ASSET, delegate: account(), amount: ALLOWED });
	chain.run(FRIEND, Nfts::transfer { collection: 1, item: OWN, dest: account() });
	let price = Some(2 * TRIB);
	chain
		.run(FRIEND, Nfts::set_price { collection: 1, item: SOLD, price, whitelisted_buyer: None });
	assert_eq!(create(&mut chain, HOLDER).id, 1);
	let (delegate, proxy_type) = (account(), ProxyType::Any);
	chain.run(HOLDER, Proxy::add_proxy { delegate, proxy_type, delay: 0 });
	(chain, agent)
}

/// What is free of each currency.
fn balances(account: &AccountId) -> [u128; 2] {
	CURRENCIES.map(|currency| match currency {
		Currency::Native => Balances::free_balance(account),
		Currency::Asset(asset) => tributary_runtime::Assets::balance(asset, account),
	})
}

/// What an account has of [`CURRENCIES`] before a call and after it.
type BeforeAndAfter = ([u128; 2], [u128; 2]);

/// What `account` has before and after each of the calls, if it makes them itself one after the other. Leaves
/// nothing behind.
fn reckon(
	account: &AccountId,
	calls: Vec<RuntimeCall>,
) -> Result<Vec<BeforeAndAfter>, DispatchError> {
	with_transaction(|| {
		let made = calls.into_iter().map(|call| {
			let before = balances(account);
			let result = call.dispatch(RuntimeOrigin::signed(account.clone()));
			result.map_err(|failure| failure.error)?;
			Ok((before, balances(account)))
		});
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(made.collect()))
	})
	.expect("it does not fail")
}

/// An agent under a mandate, and what is known of it without asking.
struct Watched {
	chain: Chain,
	agent: Agent,
	bounds: Bounds,
	/// In which block how much was spent.
	spent: Vec<(u32, Currency, u128)>,
	head: Head,
	length: u64,
	/// What [`HOLDER`] had, of whom the agent is a proxy.
	holder: u128,
	model: Vec<u8>,
}

impl Watched {
	fn new(bounds: Bounds) -> Self {
		let (mut chain, agent) = market();
		let mandate = Some(bounds.mandate(&agent.account));
		chain.run(HOLDER, Agents::set_mandate { agent: agent.id, mandate });
		let holder = chain.before_fees(HOLDER);
		let head = chain.ext.execute_with(|| origin_head(&System::block_hash(0), agent.id));
		let model = chain.ext.execute_with(own_model);
		Self { chain, agent, bounds, spent: Vec::new(), head, length: 0, holder, model }
	}

	fn act(&mut self, tree: &Tree) -> Outcome {
		let (id, account) = (self.agent.id, self.agent.account.clone());
		let (call, leaves) = (tree.call(&account), tree.leaves(&account));
		let before = self.chain.ext.execute_with(|| balances(&account));
		let (reckoned, applied) = self.chain.make(1, || {
			let reckoned = reckon(&account, leaves);
			let act = Agents::act { agent: id, call: Box::new(call) }.into();
			(reckoned, Executive::apply_extrinsic(sign(OPERATOR, 0, 0, act)))
		});
		assert_eq!(applied, Ok(Ok(())));
		let after = self.chain.ext.execute_with(|| balances(&account));
		let (act, head) = acted(&mut self.chain);
		self.head = blake2_256(&[&self.head[..], &act.encode()].concat());
		assert_eq!(head, self.head);
		self.length += 1;
		if act.outcome != Outcome::Done {
			assert_eq!(after, before, "{:?}", act.outcome);
			return act.outcome;
		}
		assert!(tree.is_delegable(), "{tree:?}");
		let reckoned = reckoned.expect("each of the calls succeeds");
		assert_eq!(reckoned.last().map_or(before, |(_, after)| *after), after);
		for (before, after) in reckoned {
			self.count(before, after);
		}
		act.outcome
	}

	/// Notes what one call took, and that neither it nor any run of blocks took too much.
	fn count(&mut self, before: [u128; 2], after: [u128; 2]) {
		let block = self.chain.number();
		for (currency, (before, after)) in CURRENCIES.into_iter().zip(before.into_iter().zip(after))
		{
			let (spent, budget) = (before.saturating_sub(after), self.bounds.budget(currency));
			assert!(spent <= budget.per_call, "{spent} of {currency:?} by one call");
			self.spent.push((block, currency, spent));
			let run = self
				.spent
				.iter()
				.filter(|(at, of, _)| *of == currency && at + self.bounds.window > block);
			let run: u128 = run.map(|(_, _, spent)| spent).sum();
			assert!(run <= budget.per_window, "{run} of {currency:?} in a window");
		}
	}

	/// Nobody has a right to what is the agent's, the history replays, and all is in order.
	fn end(mut self) {
		let holder = self.chain.before_fees(HOLDER);
		assert!(holder >= self.holder, "the agent took something of whom it is a proxy of");
		let (id, own, bounds) = (self.agent.id, self.agent.account, self.bounds);
		self.chain.ext.execute_with(|| {
			let history = Runtime::agent_history(id).expect("it has one");
			assert_eq!((history.head, history.length), (self.head, self.length));
			let view = Runtime::agent(id).expect("it exists");
			assert_eq!(view.owner, HOLDER.to_account_id());
			assert_eq!(view.operator, Some(OPERATOR.to_account_id()));
			let record = pallet_agents::Mandates::<Runtime>::get(id).expect("it has one");
			assert_eq!(record.mandate, bounds.mandate(&own));
			assert_eq!(own_model(), self.model);
			gave_nothing(&own);
		});
		self.chain.check();
	}
}

fn own_model() -> Vec<u8> {
	pallet_models::Models::<Runtime>::get(OWN).encode()
}

/// The account has given nobody a right, and used none that it was given.
fn gave_nothing(own: &AccountId) {
	assert!(!pallet_proxy::Proxies::<Runtime>::contains_key(own), "a proxy");
	assert!(!pallet_proxy::Announcements::<Runtime>::contains_key(own), "an announcement");
	assert_eq!(pallet_multisig::Multisigs::<Runtime>::iter().count(), 0, "a multisig");
	assert!(!pallet_session::NextKeys::<Runtime>::contains_key(own), "session keys");
	let of_shares = pallet_assets::Approvals::<Runtime>::iter_keys();
	let of_liquidity = pallet_assets::Approvals::<Runtime, Instance2>::iter_keys();
	assert!(
		of_shares.chain(of_liquidity).all(|(_, owner, _)| owner != *own),
		"an allowance of shares or liquidity"
	);
	let allowed = tributary_runtime::Assets::allowance(ASSET, &OWNER.to_account_id(), own);
	assert_eq!(allowed, ALLOWED, "an allowance that it was given");
	let mut has = BTreeMap::new();
	for (collection, item, details) in pallet_nfts::Item::<Runtime>::iter() {
		if details.owner == *own {
			assert!(details.approvals.is_empty(), "an approval of a title");
			has.insert((collection, item), ());
		}
	}
	assert!(has.contains_key(&(1, OWN)), "its title");
	let listed = pallet_nfts::ItemPriceOf::<Runtime>::iter_keys();
	assert!(listed.into_iter().all(|title| !has.contains_key(&title)), "a title is for sale");
	assert_eq!(pallet_nfts::PendingSwapOf::<Runtime>::iter().count(), 0, "a swap");
	assert_eq!(pallet_nfts::ItemAttributesApprovalsOf::<Runtime>::iter().count(), 0, "attributes");
}

fn account() -> impl Strategy<Value = Account> {
	prop::sample::select(vec![FRIEND, FRIEND, HOLDER, OWNER])
}

fn leaf() -> impl Strategy<Value = Tree> {
	let amount = prop_oneof![8 => 1u128..50, 1 => 50u128..20_000];
	let terms = (account(), amount).prop_map(|(who, amount)| Terms { who, amount });
	(0u32..20, any::<usize>(), terms).prop_map(|(kind, at, terms)| match kind {
		0 => Tree::NotDelegable(at, terms),
		_ => Tree::Delegable(at, terms),
	})
}

fn tree() -> impl Strategy<Value = Tree> {
	leaf().prop_recursive(3, 16, 4, |inner| {
		prop_oneof![
			12 => prop::collection::vec(inner, 0..4).prop_map(Tree::Nest),
			1 => prop::collection::vec(leaf(), 14..18).prop_map(Tree::Nest),
		]
	})
}

fn budget(unit: u128) -> impl Strategy<Value = Budget> {
	(1u128..80, 10u128..200).prop_map(move |(per_call, per_window)| Budget {
		per_call: per_call * unit,
		per_window: per_window * unit,
	})
}

fn bounds() -> impl Strategy<Value = Bounds> {
	let shares = prop::option::of(budget(10));
	let with = prop::option::weighted(0.3, prop::collection::vec(account(), 1..4));
	(budget(TRIB / 10), shares, 1u32..12, with).prop_map(|(native, shares, window, with)| Bounds {
		native,
		shares,
		window,
		with,
	})
}

/// What came of so many acts, by its name.
fn live(bounds: Bounds, trees: &[Tree]) -> BTreeSet<String> {
	let mut watched = Watched::new(bounds);
	let name = |outcome: Outcome| {
		let text = match outcome {
			Outcome::Breached(breach) => format!("{breach:?}"),
			other => format!("{other:?}"),
		};
		text.split(['(', ' ']).next().unwrap_or_default().to_owned()
	};
	let outcomes = trees.iter().map(|tree| name(watched.act(tree))).collect();
	watched.end();
	outcomes
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(48))]

	#[test]
	fn no_tree_of_calls_takes_more_than_the_mandate_allows_or_leaves_a_right(
		bounds in bounds(),
		trees in prop::collection::vec(tree(), 1..25),
	) {
		live(bounds, &trees);
	}
}

/// The property above would hold where nothing is ever done.
#[test]
fn random_trees_of_calls_reach_every_outcome() {
	let mut runner = TestRunner::deterministic();
	let many = (bounds(), prop::collection::vec(tree(), 40));
	let mut outcomes = BTreeSet::new();
	for _ in 0..12 {
		let (bounds, trees) = many.new_tree(&mut runner).expect("there are some").current();
		outcomes.extend(live(bounds, &trees));
	}
	let expected = [
		"CallBudget",
		"Counterparty",
		"Done",
		"Failed",
		"NotDelegable",
		"TooManyCalls",
		"WindowBudget",
	];
	assert_eq!(outcomes, expected.map(str::to_owned).into());
}
