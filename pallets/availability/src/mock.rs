//! A runtime with balances and this pallet. What other pallets know stands in plain maps, in
//! storage, so that a failed call leaves them as they were.

mod world;

use frame_support::{derive_impl, parameter_types, traits::fungible::InspectHold};
use sp_runtime::{generic, testing::UintAuthorityId, traits::BlakeTwo256, BuildStorage};
use tributary_primitives::availability::Demanded;

pub use self::world::*;
use crate::{Demands, HoldReason};

pub type AccountId = u64;
pub type Header = generic::Header<u32, BlakeTwo256>;
pub type Extensions = (frame_system::AuthorizeCall<Test>,);
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<AccountId, RuntimeCall, UintAuthorityId, Extensions>;
pub type Block = generic::Block<Header, UncheckedExtrinsic>;

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

	#[runtime::pallet_index(44)]
	pub type Availability = crate::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
}

pub const EPOCH_LENGTH: u32 = 10;
pub const CHALLENGE_WINDOW: u32 = 5;
pub const ANSWER_WINDOW: u32 = 3;
pub const EXISTENTIAL_DEPOSIT: u128 = 10;
/// What a report answers with, and what a contribution does.
pub const BOND: u128 = 1_001;
pub const CONTRIBUTION_DEPOSIT: u128 = 301;

parameter_types! {
	pub const ExistentialDeposit: u128 = EXISTENTIAL_DEPOSIT;
	pub const DrawnChunks: u32 = 2;
	pub static DemandDeposit: u128 = 100;
	pub static CurrentAnswerWindow: u32 = ANSWER_WINDOW;
}

impl crate::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Datasets = World;
	type Models = World;
	type Usage = World;
	type Reports = World;
	type Randomness = World;
	type DemandDeposit = DemandDeposit;
	type AnswerWindow = CurrentAnswerWindow;
	type DrawnChunks = DrawnChunks;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
pub const DAVE: AccountId = 4;
pub const EVE: AccountId = 5;
pub const FERDIE: AccountId = 6;

pub const ENDOWMENT: u128 = 1_000_000;

/// Block 1 of a chain on which six accounts have funds.
pub fn ext() -> sp_io::TestExternalities {
	let accounts = [ALICE, BOB, CHARLIE, DAVE, EVE, FERDIE];
	let genesis = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: accounts.map(|account| (account, ENDOWMENT)).to_vec(),
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
	DemandDeposit::set(100);
	CurrentAnswerWindow::set(ANSWER_WINDOW);
	ext().execute_with(|| {
		test();
		check();
	});
}

/// Checks the storage, that no account holds more than its demands ask, and that each contribution is
/// locked as often as it is demanded: `do_try_state` sees neither the accounts without demands nor
/// the locks.
pub fn check() {
	Availability::do_try_state().unwrap();
	for who in pallet_balances::Holds::<Test>::iter_keys() {
		let own = Demands::<Test>::iter_values().filter(|demand| demand.demander == who);
		let deposits: u128 = own.map(|demand| demand.deposit).sum();
		let held = Balances::balance_on_hold(&HoldReason::Demand.into(), &who);
		assert_eq!(held, deposits, "{who}");
	}
	for (seq, contribution) in Contributed::iter() {
		let blob = Demanded::Contribution { seq };
		let pending = Demands::<Test>::iter_values().filter(|demand| demand.blob == blob);
		assert_eq!(contribution.locks as usize, pending.count(), "{seq}");
	}
}
