//! A runtime of the system, balances, assets, utility, this pallet, and a [`probe`] that does to the account
//! that signs what the other pallets of a runtime might.

pub mod probe;
pub mod world;

use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{Inspect, InspectHold, Mutate},
		AsEnsureOriginWithArg,
	},
	weights::constants::ParityDbWeight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchResult, Perbill};
use tributary_primitives::{agent::CallIndex, ids::AgentId, title::Title};

use crate::{CallRule, CallRules, HoldReason};

pub use world::World;

pub type AccountId = u128;
type Block = frame_system::mocking::MockBlockU32<Test>;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system::Pallet<Test>;

	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances::Pallet<Test>;

	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets::Pallet<Test>;

	#[runtime::pallet_index(3)]
	pub type Utility = pallet_utility::Pallet<Test>;

	#[runtime::pallet_index(4)]
	pub type Probe = crate::mock::probe::pallet::Pallet<Test>;

	#[runtime::pallet_index(50)]
	pub type Agents = crate::Pallet<Test>;
}

pub const EXISTENTIAL_DEPOSIT: u128 = 10;
pub const AGENT_DEPOSIT: u128 = 1_000;
pub const FOR_MANDATE: u128 = 300;
pub const FOR_PAYER: u128 = 7;
pub const MIN_STAKE: u128 = 500;
pub const MIN_PAYMENT: u128 = 100;
pub const UNBONDING_PERIOD: u32 = 20;
pub const EPOCH: u32 = 10;
pub const PROTOCOL_FEE: Perbill = Perbill::from_percent(2);
pub const AUTHOR_SHARE: Perbill = Perbill::from_percent(50);
pub const KEEP: Perbill = Perbill::from_percent(90);

parameter_types! {
	pub const ExistentialDeposit: u128 = EXISTENTIAL_DEPOSIT;
	pub const AgentDeposit: u128 = AGENT_DEPOSIT;
	pub static MandateDeposit: u128 = FOR_MANDATE;
	pub static PayerDeposit: u128 = FOR_PAYER;
	pub const MinStake: u128 = MIN_STAKE;
	pub const UnbondingPeriod: u32 = UNBONDING_PERIOD;
	pub const EpochLength: u32 = EPOCH;
	pub const ProtocolFee: Perbill = PROTOCOL_FEE;
	pub const AuthorShare: Perbill = AUTHOR_SHARE;
	pub const Keep: Perbill = KEEP;
	pub const AgentsPalletId: PalletId = PalletId(*b"tr/agent");
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<u128>;
	type DbWeight = ParityDbWeight;
	type BaseCallFilter = world::NoCallToSetHeapPages;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = u128;
	type ExistentialDeposit = ExistentialDeposit;
	type RuntimeHoldReason = RuntimeHoldReason;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = u128;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
}

impl pallet_utility::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = ();
}

impl probe::pallet::Config for Test {}

impl crate::Config for Test {
	type RuntimeCall = RuntimeCall;
	type Calls = Rules;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Assets = Assets;
	type Titles = World;
	type TitleTransfer = World;
	type Models = World;
	type Payments = World;
	type Vaults = World;
	type FeeDestination = world::BurnFees;
	type ProtocolFee = ProtocolFee;
	type AuthorShare = AuthorShare;
	type PalletId = AgentsPalletId;
	type AgentDeposit = AgentDeposit;
	type MandateDeposit = MandateDeposit;
	type PayerDeposit = PayerDeposit;
	type MinStake = MinStake;
	type UnbondingPeriod = UnbondingPeriod;
	type EpochLength = EpochLength;
	type Keep = Keep;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

/// What agents of this runtime may call.
pub struct Rules;

impl CallRules<AccountId, RuntimeCall> for Rules {
	fn index(call: &RuntimeCall) -> CallIndex {
		index_of(call)
	}

	fn rule<'a>(_: &AccountId, call: &'a RuntimeCall) -> CallRule<'a, AccountId, RuntimeCall> {
		let leaf = |counterparties, assets| CallRule::Leaf { counterparties, assets };
		match call {
			RuntimeCall::System(
				frame_system::Call::remark { .. } | frame_system::Call::set_heap_pages { .. },
			) => leaf(vec![], vec![]),
			RuntimeCall::Balances(
				pallet_balances::Call::transfer_allow_death { dest, .. }
				| pallet_balances::Call::transfer_all { dest, .. },
			) => leaf(vec![*dest], vec![]),
			RuntimeCall::Assets(pallet_assets::Call::transfer { id, target, .. }) => {
				leaf(vec![*target], vec![*id])
			}
			RuntimeCall::Utility(pallet_utility::Call::batch_all { calls }) => {
				CallRule::Nest(calls)
			}
			RuntimeCall::Probe(probe::pallet::Call::touch { assets }) => {
				leaf(vec![], assets.clone())
			}
			RuntimeCall::Probe(probe::pallet::Call::pay_seller { asset }) => {
				leaf(vec![world::Seller::get()], vec![*asset])
			}
			RuntimeCall::Probe(_) => leaf(vec![], vec![]),
			RuntimeCall::Agents(crate::Call::pay { agent, .. }) => {
				leaf(vec![Agents::account_of(*agent)], vec![])
			}
			_ => CallRule::NotDelegable,
		}
	}
}

pub fn index_of(call: &RuntimeCall) -> CallIndex {
	let encoded = codec::Encode::encode(call);
	CallIndex { pallet: encoded[0], call: encoded[1] }
}

/// Owns agents.
pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
/// Acts for agents.
pub const OPERATOR: AccountId = 3;
pub const STRANGER: AccountId = 4;
/// Pays agents.
pub const PAYER: AccountId = 5;
/// What models earn goes there.
pub const REVENUE: AccountId = 6;
/// The account of all vaults.
pub const VAULTS: AccountId = 7;
/// Does not exist.
pub const NOBODY: AccountId = 8;
pub const ENDOWED: [AccountId; 7] = [ALICE, BOB, OPERATOR, STRANGER, PAYER, REVENUE, VAULTS];
pub const ENDOWMENT: u128 = 1_000_000_000;

/// Block 1 of a chain on which seven accounts have funds, and there are models 0 to 4.
pub fn ext() -> sp_io::TestExternalities {
	MandateDeposit::set(FOR_MANDATE);
	PayerDeposit::set(FOR_PAYER);
	let genesis = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: ENDOWED.map(|account| (account, ENDOWMENT)).to_vec(),
			..Default::default()
		},
		..Default::default()
	};
	let mut ext = sp_io::TestExternalities::new(genesis.build_storage().unwrap());
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs `test` in [`ext`] and checks the pallet's state after it.
pub fn run(test: impl FnOnce()) {
	ext().execute_with(|| {
		test();
		check();
	});
}

/// Checks the storage, and what the pallet alone can not: that nobody has more on hold than the books say.
pub fn check() {
	Agents::do_try_state().unwrap();
	for who in pallet_balances::Holds::<Test>::iter_keys() {
		let agents = crate::Agents::<Test>::iter_values();
		let agents = agents.filter(|agent| agent.depositor == who).map(|agent| agent.deposit);
		let mandates = crate::Mandates::<Test>::iter_values();
		let mandates = mandates.filter(|record| record.depositor == who);
		let deposits: u128 = agents.chain(mandates.map(|record| record.deposit)).sum();
		assert_eq!(held(HoldReason::Deposit, who), deposits, "{who}");
		let paid = crate::PayersOf::<Test>::iter().filter(|(_, payer, _)| *payer == who);
		let paid: u128 = paid.map(|(_, _, standing)| standing.deposit).sum();
		assert_eq!(held(HoldReason::Payer, who), paid, "{who}");
		let stake = Agents::agent_of(&who).map_or(0, |id| crate::Stakes::<Test>::get(id).held());
		assert_eq!(held(HoldReason::Stake, who), stake, "{who}");
	}
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn held(reason: HoldReason, who: AccountId) -> u128 {
	Balances::balance_on_hold(&reason.into(), &who)
}

pub fn free(who: AccountId) -> u128 {
	Balances::balance(&who)
}

pub fn endow(who: AccountId, amount: u128) {
	Balances::mint_into(&who, amount).unwrap();
}

/// Makes an asset of which `who` has `amount`.
pub fn make_asset(asset: u32, who: AccountId, amount: u128) {
	Assets::force_create(RuntimeOrigin::root(), asset, BOB, true, 1).unwrap();
	mint_asset(asset, who, amount);
}

pub fn mint_asset(asset: u32, who: AccountId, amount: u128) {
	Assets::mint(signed(BOB), asset, who, amount).unwrap();
}

pub fn wait(blocks: u32) {
	System::set_block_number(System::block_number() + blocks);
}

/// Sells the title of an agent.
pub fn sell(agent: AgentId, to: AccountId) -> DispatchResult {
	World::transfer(Title::agent(agent), to)
}

/// The last event of this pallet.
pub fn last_event() -> crate::Event<Test> {
	events().pop().unwrap()
}

/// All events of this pallet.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::events().into_iter();
	events
		.filter_map(|record| match record.event {
			RuntimeEvent::Agents(event) => Some(event),
			_ => None,
		})
		.collect()
}
