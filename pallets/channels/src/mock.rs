//! A runtime with balances, this pallet, and payments that move money as `pallet_usage` does.

mod till;

use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{Inspect, InspectHold},
		LockableCurrency, WithdrawReasons,
	},
};
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage, MultiSignature, MultiSigner};
use tributary_primitives::ids::ModelId;

pub use till::{fee, Receipt, Receipts, Till};

use crate::{Channels, HoldReason};

pub type AccountId = AccountId32;
pub type Block = frame_system::mocking::MockBlockU32<Test>;

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
	pub type TillHolds = crate::mock::till::pallet::Pallet<Test>;

	#[runtime::pallet_index(48)]
	pub type ChannelsPallet = crate::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
}

impl till::pallet::Config for Test {}

pub const EXISTENTIAL_DEPOSIT: u128 = 10;
pub const RECORD: u128 = 40;
pub const RECEIPT: u128 = 25;
pub const LEAST: u128 = 8;
pub const WINDOW: u32 = 5;
/// What is held for a channel besides its deposit.
pub const RESERVE: u128 = RECORD + RECEIPT;

parameter_types! {
	pub const ExistentialDeposit: u128 = EXISTENTIAL_DEPOSIT;
	pub static ChannelDeposit: u128 = RECORD;
	pub static CloseWindow: u32 = WINDOW;
	pub static ReceiptDeposit: u128 = RECEIPT;
	pub static MinPayment: u128 = LEAST;
	/// Whether every payment is refused.
	pub static Refuses: bool = false;
}

impl crate::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Models = Till;
	type Payments = Till;
	type Signature = MultiSignature;
	type Signer = MultiSigner;
	type ChannelDeposit = ChannelDeposit;
	type CloseWindow = CloseWindow;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Till;
}

/// Model 0 is all there is.
pub const MODEL: ModelId = 0;

pub const ALICE: AccountId = AccountId32::new([1; 32]);
pub const BOB: AccountId = AccountId32::new([2; 32]);
pub const SERVER: AccountId = AccountId32::new([3; 32]);
pub const OTHER_SERVER: AccountId = AccountId32::new([4; 32]);
pub const STRANGER: AccountId = AccountId32::new([5; 32]);
/// Takes what is left of payments after the fee.
pub const REVENUE: AccountId = AccountId32::new([6; 32]);
pub const ACCOUNTS: [AccountId; 6] = [ALICE, BOB, SERVER, OTHER_SERVER, STRANGER, REVENUE];

pub const ENDOWMENT: u128 = 100_000;

/// Block 1 of a chain on which six accounts have funds.
pub fn ext() -> sp_io::TestExternalities {
	ChannelDeposit::set(RECORD);
	CloseWindow::set(WINDOW);
	ReceiptDeposit::set(RECEIPT);
	MinPayment::set(LEAST);
	Refuses::set(false);
	let genesis = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: ACCOUNTS.map(|account| (account, ENDOWMENT)).to_vec(),
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

/// Checks the storage, and what the pallet alone can not: that nobody has more on hold than their
/// channels say.
pub fn check() {
	ChannelsPallet::do_try_state().unwrap();
	for who in ACCOUNTS {
		let own = Channels::<Test>::iter_values().filter(|channel| channel.payer == who);
		let expected: u128 = own.map(|channel| channel.deposit + channel.reserve).sum();
		assert_eq!(held(&who), expected, "{who}");
	}
}

/// What is on hold for channels of `who`.
pub fn held(who: &AccountId) -> u128 {
	Balances::balance_on_hold(&HoldReason::Channel.into(), who)
}

pub fn free(who: &AccountId) -> u128 {
	Balances::balance(who)
}

/// Freezes `amount` of the balance of `who`, that on hold included.
pub fn freeze(who: &AccountId, amount: u128) {
	Balances::set_lock(*b"freezing", who, amount, WithdrawReasons::all());
}

pub fn wait(blocks: u32) {
	System::set_block_number(System::block_number() + blocks);
}
