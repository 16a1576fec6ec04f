//! A runtime with balances and this pallet. What other pallets know stands in plain maps, in
//! storage, so that a failed call leaves them as they were.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	derive_impl, parameter_types, storage_alias,
	traits::{
		fungible::{InspectHold, Mutate},
		tokens::Preservation,
	},
	Blake2_128Concat, Twox64Concat,
};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use sp_runtime::{
	generic, testing::UintAuthorityId, traits::BlakeTwo256, BuildStorage, DispatchError, Perbill,
};
use tributary_primitives::{
	blob::Content,
	ids::{DatasetId, EpochIndex, ModelId, Seq, Version},
	split::Rates,
	traits::{ContributionFacts, Contributions, Models, Pots, ReceiptFacts, Receipts},
};

use crate::{HoldReason, Reports};

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
pub const EXISTENTIAL_DEPOSIT: u128 = 10;

parameter_types! {
	pub const ExistentialDeposit: u128 = EXISTENTIAL_DEPOSIT;
	pub const ChallengeWindow: u32 = CHALLENGE_WINDOW;
	pub const DepositBase: u128 = 100;
	pub const DepositPerByte: u128 = 2;
	/// Odd, so that a half of it is rounded.
	pub static Bond: u128 = 1_001;
}

impl crate::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Datasets = World;
	type Models = World;
	type Usage = World;
	type Bond = Bond;
	type ChallengeWindow = ChallengeWindow;
	type DepositBase = DepositBase;
	type DepositPerByte = DepositPerByte;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

/// What the other pallets would know.
pub struct World;

/// A contribution, as [`ContributionFacts`].
#[derive(Clone, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Contribution {
	pub content: Content,
	pub contributor: AccountId,
	pub dataset: DatasetId,
	pub index: Option<u32>,
	pub accepted_at: Option<u32>,
	pub ended_at: Option<u32>,
}

/// The pot of one epoch of one model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Pot {
	pub data: u128,
	pub attribution_fee: u128,
	/// What is left for the sources, once it is settled.
	pub unclaimed: Option<u128>,
}

#[storage_alias]
pub type Contributed = StorageMap<Mock, Twox64Concat, Seq, Contribution>;
#[storage_alias]
pub type Windows = StorageMap<Mock, Twox64Concat, ModelId, u32>;
#[storage_alias]
pub type Corpora =
	StorageDoubleMap<Mock, Twox64Concat, ModelId, Blake2_128Concat, DatasetId, Version>;
#[storage_alias]
pub type Paid = StorageMap<Mock, Twox64Concat, (ModelId, EpochIndex, u32), (Content, u128)>;
#[storage_alias]
pub type PotOf = StorageMap<Mock, Twox64Concat, (ModelId, EpochIndex), Pot>;

pub const POTS: AccountId = 1_000;
pub const TREASURY: AccountId = 1_001;

impl Contributions<AccountId, u32> for World {
	fn latest_version(_: DatasetId) -> Option<Version> {
		None
	}

	fn contribution(seq: Seq) -> Option<ContributionFacts<AccountId, u32>> {
		let Contribution { content, contributor, dataset, index, accepted_at, ended_at } =
			Contributed::get(seq)?;
		Some(ContributionFacts { content, contributor, dataset, index, accepted_at, ended_at })
	}
}

impl Models<AccountId> for World {
	fn owner(model: ModelId) -> Option<AccountId> {
		Windows::get(model).map(|_| 0)
	}

	fn rates(_: ModelId) -> Option<Rates> {
		None
	}

	fn window(model: ModelId) -> Option<u32> {
		Windows::get(model)
	}

	fn lineage_rate(_: ModelId, _: ModelId) -> Option<Perbill> {
		None
	}

	fn ancestors(_: ModelId) -> Vec<(ModelId, Perbill)> {
		Vec::new()
	}

	fn corpus_version(model: ModelId, dataset: DatasetId) -> Option<Version> {
		Corpora::get(model, dataset)
	}
}

impl Receipts<BlockNumberFor<Test>> for World {
	fn epoch_length() -> u32 {
		EPOCH_LENGTH
	}

	fn last_block(epoch: EpochIndex) -> u32 {
		(epoch + 1) * EPOCH_LENGTH - 1
	}

	fn is_closed(epoch: EpochIndex) -> bool {
		System::block_number() > Self::last_block(epoch)
	}

	fn receipt_count(model: ModelId, epoch: EpochIndex) -> u32 {
		(0..).find(|index| !Paid::contains_key((model, epoch, *index))).unwrap()
	}

	fn receipt(model: ModelId, epoch: EpochIndex, index: u32) -> Option<ReceiptFacts> {
		let (outputs, data_amount) = Paid::get((model, epoch, index))?;
		Some(ReceiptFacts { outputs, data_amount })
	}

	fn data_amount(model: ModelId, epoch: EpochIndex) -> u128 {
		PotOf::get((model, epoch)).unwrap_or_default().data
	}
}

impl Pots<AccountId> for World {
	type Error = DispatchError;

	fn settle(
		model: ModelId,
		epoch: EpochIndex,
		attributor: &AccountId,
		attributed: u128,
	) -> Result<u128, DispatchError> {
		let mut pot = PotOf::get((model, epoch)).ok_or(DispatchError::Other("no pot"))?;
		if pot.unclaimed.is_some() {
			return Err(DispatchError::Other("the pot is settled"));
		}
		let residual =
			pot.data.checked_sub(attributed).ok_or(DispatchError::Other("the pot holds less"))?;
		pot.unclaimed = Some(attributed);
		PotOf::insert((model, epoch), pot);
		pay(attributor, pot.attribution_fee)?;
		pay(&TREASURY, residual)?;
		Ok(residual)
	}

	fn pay_source(
		model: ModelId,
		epoch: EpochIndex,
		beneficiary: &AccountId,
		amount: u128,
	) -> Result<(), DispatchError> {
		let mut pot = PotOf::get((model, epoch)).ok_or(DispatchError::Other("no pot"))?;
		let left = pot.unclaimed.and_then(|unclaimed| unclaimed.checked_sub(amount));
		pot.unclaimed = Some(left.ok_or(DispatchError::Other("the pot holds less"))?);
		PotOf::insert((model, epoch), pot);
		pay(beneficiary, amount)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for World {
	fn prepare(
		contributor: &AccountId,
		source: Content,
		outputs: Content,
	) -> (ModelId, EpochIndex, Seq) {
		let contribution = Contribution {
			content: source,
			contributor: *contributor,
			dataset: 0,
			index: Some(0),
			accepted_at: Some(1),
			ended_at: None,
		};
		Contributed::insert(0, contribution);
		Windows::insert(0, 32);
		Corpora::insert(0, 0, 1);
		Paid::insert((0, 0, 0), (outputs, 1_000));
		PotOf::insert((0, 0), Pot { data: 1_000, attribution_fee: 50, unclaimed: None });
		(0, 0, 0)
	}
}

fn pay(who: &AccountId, amount: u128) -> Result<(), DispatchError> {
	Balances::transfer(&POTS, who, amount, Preservation::Preserve).map(|_| ())
}

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
pub const DAVE: AccountId = 4;
pub const EVE: AccountId = 5;

pub const ENDOWMENT: u128 = 1_000_000;

/// Block 1 of a chain on which five accounts and the accounts of pots and treasury have funds.
pub fn ext() -> sp_io::TestExternalities {
	let accounts = [ALICE, BOB, CHARLIE, DAVE, EVE, POTS, TREASURY];
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
	ext().execute_with(|| {
		test();
		check();
	});
}

/// Checks the storage, and that no account holds more for reports than those that stand ask:
/// `do_try_state` sees those alone that have one.
pub fn check() {
	Attribution::do_try_state().unwrap();
	for who in pallet_balances::Holds::<Test>::iter_keys() {
		let own = Reports::<Test>::iter_values().filter(|report| report.attributor == who);
		let deposits: u128 = own.map(|report| report.deposit).sum();
		let held = Balances::balance_on_hold(&HoldReason::ReportDeposit.into(), &who);
		assert_eq!(held, deposits, "{who}");
	}
}
