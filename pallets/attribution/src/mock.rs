//! A runtime with balances and this pallet. What other pallets know stands in plain maps, in
//! storage, so that a failed call leaves them as they were.

mod world;

use frame_support::{
	derive_impl, parameter_types, traits::fungible::InspectHold, weights::constants::ParityDbWeight,
};
use sp_runtime::{generic, testing::UintAuthorityId, traits::BlakeTwo256, BuildStorage};

pub use self::world::*;
use crate::{Announcements, Event, HoldReason, Reports, Rewards};

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

	#[runtime::pallet_index(43)]
	pub type Attribution = crate::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u128>;
	type DbWeight = ParityDbWeight;
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
pub const REWARD_WINDOW: u32 = 3;
pub const EXISTENTIAL_DEPOSIT: u128 = 10;

parameter_types! {
	pub const ExistentialDeposit: u128 = EXISTENTIAL_DEPOSIT;
	pub const DepositBase: u128 = 100;
	pub const DepositPerByte: u128 = 2;
	/// Odd, so that a half of it is rounded.
	pub static Bond: u128 = 1_001;
	pub static CurrentChallengeWindow: u32 = CHALLENGE_WINDOW;
	pub static CurrentRewardWindow: u32 = REWARD_WINDOW;
}

impl crate::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Datasets = World;
	type Models = World;
	type Usage = World;
	type Availability = World;
	type OnSlash = World;
	type Bond = Bond;
	type ChallengeWindow = CurrentChallengeWindow;
	type RewardWindow = CurrentRewardWindow;
	type UnseenAnswers = ();
	type DepositBase = DepositBase;
	type DepositPerByte = DepositPerByte;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
pub const DAVE: AccountId = 4;
pub const EVE: AccountId = 5;

pub const ENDOWMENT: u128 = 1_000_000;

/// Block 1 of a chain on which five accounts and the accounts of pots, treasury and titles have funds.
pub fn ext() -> sp_io::TestExternalities {
	let accounts = [ALICE, BOB, CHARLIE, DAVE, EVE, POTS, TREASURY, TITLES];
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
	Bond::set(1_001);
	CurrentChallengeWindow::set(CHALLENGE_WINDOW);
	CurrentRewardWindow::set(REWARD_WINDOW);
	ext().execute_with(|| {
		test();
		check();
	});
}

/// Checks the storage, that no account holds more for reports and announcements than those that stand ask
/// (`do_try_state` sees those accounts alone that have one), and that others hear of each slash once.
pub fn check() {
	Attribution::do_try_state().unwrap();
	let lost = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::Attribution(
			Event::Voided { slashed, .. } | Event::AnnouncementRevealed { slashed, .. },
		) => Some(slashed).filter(|slashed| *slashed > 0),
		_ => None,
	});
	let told = Slashed::get().into_iter().map(|(_, amount)| amount);
	assert_eq!(told.collect::<Vec<_>>(), lost.collect::<Vec<_>>());
	for who in pallet_balances::Holds::<Test>::iter_keys() {
		let rewards = Rewards::<Test>::iter_values().map(|reward| reward.report);
		let reports = Reports::<Test>::iter_values().chain(rewards);
		let own = reports.filter(|report| report.attributor == who);
		let deposits: u128 = own.map(|report| report.deposit).sum();
		let held = Balances::balance_on_hold(&HoldReason::ReportDeposit.into(), &who);
		assert_eq!(held, deposits, "{who}");

		let announcements = Announcements::<Test>::iter();
		let own = announcements.filter(|(_, announcer, _)| *announcer == who);
		let deposits: u128 = own.map(|(_, _, announcement)| announcement.deposit).sum();
		assert_eq!(Attribution::announcement_deposits(&who), deposits, "{who}");
	}
}
