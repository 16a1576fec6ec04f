//! A runtime of the system, balances, assets and this pallet. Who owns which title stands in a plain map,
//! in storage, so that a failed call leaves it as it was.

use frame_support::{
	derive_impl, parameter_types, storage_alias,
	traits::{
		fungible::{InspectHold, Mutate},
		AsEnsureOriginWithArg,
	},
	PalletId, Twox64Concat,
};
use frame_system::{EnsureNever, EnsureRoot};
use sp_runtime::{BuildStorage, DispatchError, DispatchResult};
use tributary_primitives::{
	title::{Beneficiary, Tenure, Title},
	traits::{Titles, VaultedTitles, Vaults as _},
};

use crate::{HoldReason, Stakes, Text, Vaults};

pub type AccountId = u64;
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

	#[runtime::pallet_index(17)]
	pub type Assets = pallet_assets::Pallet<Test>;

	#[runtime::pallet_index(47)]
	pub type Shares = crate::Pallet<Test>;
}

pub const EXISTENTIAL_DEPOSIT: u128 = 10;
pub const VAULT_DEPOSIT: u128 = 1_000;
pub const STAKE_DEPOSIT: u128 = 100;
/// What an entry of an asset costs that takes up no reference.
pub const ENTRY_DEPOSIT: u128 = 30;
pub const APPROVAL_DEPOSIT: u128 = 7;
/// What a name costs, and each byte of it.
pub const NAME_DEPOSIT: u128 = 50;
pub const BYTE_DEPOSIT: u128 = 2;
/// How many references an account has.
pub const MAX_CONSUMERS: u32 = 4;

parameter_types! {
	pub const ExistentialDeposit: u128 = EXISTENTIAL_DEPOSIT;
	pub const VaultDeposit: u128 = VAULT_DEPOSIT;
	pub const StakeDeposit: u128 = STAKE_DEPOSIT;
	pub const EntryDeposit: u128 = ENTRY_DEPOSIT;
	pub const ApprovalDeposit: u128 = APPROVAL_DEPOSIT;
	pub const NameDeposit: u128 = NAME_DEPOSIT;
	pub const ByteDeposit: u128 = BYTE_DEPOSIT;
	pub const SharesPalletId: PalletId = PalletId(*b"tr/share");
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u128>;
	type MaxConsumers = frame_support::traits::ConstU32<MAX_CONSUMERS>;
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
	type CreateOrigin = AsEnsureOriginWithArg<EnsureNever<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetAccountDeposit = EntryDeposit;
	type ApprovalDeposit = ApprovalDeposit;
	type MetadataDepositBase = NameDeposit;
	type MetadataDepositPerByte = ByteDeposit;
}

impl crate::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Assets = Assets;
	type Titles = World;
	type PalletId = SharesPalletId;
	type VaultDeposit = VaultDeposit;
	type StakeDeposit = StakeDeposit;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

/// Who owns what.
pub struct World;

#[storage_alias]
pub type Owners = StorageMap<Mock, Twox64Concat, Title, AccountId>;
/// The titles whose revenue goes to their vault.
#[storage_alias]
pub type Vaulted = StorageMap<Mock, Twox64Concat, Title, ()>;
/// Who got what a dissolved vault was never credited with.
#[storage_alias]
pub type Heirs = StorageMap<Mock, Twox64Concat, Title, AccountId>;
/// What others credit a vault with when they hear that its title leaves it.
#[storage_alias]
pub type LastCredit = StorageValue<Mock, u128>;

fn known(title: Title) -> DispatchResult {
	Owners::get(title).map(|_| ()).ok_or(DispatchError::Other("no such title"))
}

impl Titles<AccountId> for World {
	type Error = DispatchError;

	fn mint(title: Title, owner: &AccountId) -> DispatchResult {
		Owners::insert(title, owner);
		Ok(())
	}

	fn owner(title: Title) -> Option<AccountId> {
		Owners::get(title)
	}

	fn beneficiary(title: Title) -> Option<Beneficiary<AccountId>> {
		let owner = Owners::get(title)?;
		Some(match Vaulted::contains_key(title) {
			true => Beneficiary::Vault,
			false => Beneficiary::Owner(owner),
		})
	}

	fn beneficiary_as_of(title: Title, _: u32) -> Option<Beneficiary<AccountId>> {
		Self::beneficiary(title)
	}

	fn changes() -> u64 {
		0
	}

	fn current_tenure(_: Title) -> u32 {
		0
	}

	fn tenure(_: Title, _: u32) -> Option<Tenure<AccountId>> {
		None
	}
}

impl VaultedTitles<AccountId> for World {
	type Error = DispatchError;

	fn vault(title: Title) -> DispatchResult {
		known(title)?;
		Vaulted::insert(title, ());
		Ok(())
	}

	fn unvault(title: Title, heir: &AccountId) -> DispatchResult {
		known(title)?;
		if let Some(amount) = LastCredit::take() {
			credit(title, amount)?;
		}
		Vaulted::remove(title);
		Heirs::insert(title, heir);
		Ok(())
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for World {
	fn title(owner: &AccountId) -> Title {
		Owners::insert(MODEL, owner);
		MODEL
	}

	fn approve(asset: u32, owner: &AccountId, delegate: &AccountId) -> DispatchResult {
		Assets::approve_transfer(RuntimeOrigin::signed(*owner), asset, *delegate, 1)
	}
}

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
/// Pays the revenue.
pub const PAYER: AccountId = 4;
/// Does not exist.
pub const NOBODY: AccountId = 5;
pub const ENDOWED: [AccountId; 4] = [ALICE, BOB, CHARLIE, PAYER];

pub const ENDOWMENT: u128 = 1_000_000_000_000;

/// Alice's.
pub const MODEL: Title = Title { kind: tributary_primitives::title::TitleKind::Model, id: 3 };
/// Bob's.
pub const DATASET: Title = Title { kind: tributary_primitives::title::TitleKind::Dataset, id: 3 };

/// Block 1 of a chain on which four accounts have funds.
pub fn ext() -> sp_io::TestExternalities {
	let genesis = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: ENDOWED.map(|account| (account, ENDOWMENT)).to_vec(),
			..Default::default()
		},
		..Default::default()
	};
	let mut ext = sp_io::TestExternalities::new(genesis.build_storage().unwrap());
	ext.execute_with(|| {
		System::set_block_number(1);
		Owners::insert(MODEL, ALICE);
		Owners::insert(DATASET, BOB);
	});
	ext
}

/// Runs `test` in [`ext`] and checks the pallet's state after it.
pub fn run(test: impl FnOnce()) {
	ext().execute_with(|| {
		test();
		check();
	});
}

/// Checks the storage, and what the pallet alone cannot: that no account holds more than its vaults and
/// stakes ask, and none but the pallet's holds revenue.
pub fn check() {
	Shares::do_try_state().unwrap();
	for who in pallet_balances::Holds::<Test>::iter_keys() {
		let vaults = Vaults::<Test>::iter_values().filter(|vault| vault.depositor == who);
		let vaults: u128 = vaults.map(|vault| vault.deposit).sum();
		assert_eq!(Balances::balance_on_hold(&HoldReason::Vault.into(), &who), vaults, "{who}");
		let stakes = Stakes::<Test>::iter().filter(|(_, staker, _)| *staker == who);
		let stakes: u128 = stakes.map(|(_, _, stake)| stake.deposit).sum();
		assert_eq!(Balances::balance_on_hold(&HoldReason::Stake.into(), &who), stakes, "{who}");
		let revenue = Balances::balance_on_hold(&HoldReason::Revenue.into(), &who);
		assert!(revenue == 0 || who == Shares::account_id(), "{who} holds revenue");
	}
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// Issues shares without a name.
pub fn issue(who: AccountId, title: Title, supply: u64) -> DispatchResult {
	Shares::issue(signed(who), title, supply, Text::default(), Text::default())
}

/// Brings `amount` planck of the payer's to the vaults, and credits that of `title` with them.
pub fn credit(title: Title, amount: u128) -> DispatchResult {
	frame_support::storage::with_storage_layer(|| {
		let account = <Shares as tributary_primitives::traits::Vaults<_>>::account();
		Balances::transfer_keep_alive(signed(PAYER), account, amount)?;
		Shares::credit(title, amount)
	})
}

pub fn send(asset: u32, from: AccountId, to: AccountId, shares: u128) -> DispatchResult {
	Assets::transfer(signed(from), asset, to, shares)
}

pub fn free(who: AccountId) -> u128 {
	Balances::free_balance(who)
}

/// All that is set aside in an account: holds, and deposits to the assets.
pub fn aside(who: AccountId) -> u128 {
	Balances::reserved_balance(who)
}

pub fn shares(asset: u32, who: AccountId) -> u128 {
	Assets::balance(asset, who)
}

pub fn endow(who: AccountId) {
	Balances::mint_into(&who, EXISTENTIAL_DEPOSIT).unwrap();
}

pub fn claimable(title: Title, who: AccountId) -> u128 {
	Shares::stake_view(title, &who).map_or(0, |view| view.claimable)
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
			RuntimeEvent::Shares(event) => Some(event),
			_ => None,
		})
		.collect()
}
