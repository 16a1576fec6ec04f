//! A runtime of the system, balances and this pallet, over models, titles and datasets that tests state
//! in one line.

mod datasets;
mod titles;

use std::{cell::RefCell, collections::BTreeMap};

use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{InspectHold, Mutate},
		tokens::imbalance::ResolveTo,
		VariantCountOf,
	},
	PalletId,
};
use sp_runtime::{BuildStorage, Perbill};
use tributary_primitives::{
	blob::{self, Content, Opening},
	ids::{DatasetId, ModelId},
	split::{sum_rates, Rates},
	title::{Payee, Title},
	traits::{Models, Titles},
};

pub use self::{
	datasets::MockDatasets,
	titles::{MockTitles, MockVaults},
};
use crate::{self as pallet_usage, HoldReason, Receipts};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

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
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Usage = pallet_usage;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u128>;
}

pub const EXISTENTIAL_DEPOSIT: u128 = 10;
pub const EPOCH_LENGTH: u64 = 10;
pub const MIN_PAYMENT: u128 = 8;
pub const RECEIPT_DEPOSIT: u128 = 25;
pub const RECEIPT_RETENTION: u64 = 15;
pub const TREASURY: AccountId = 90;
pub const FEES: AccountId = 91;
pub const VAULTS: AccountId = 92;
pub const PAYERS: [AccountId; 2] = [1, 2];
pub const ENDOWMENT: u128 = 1_000_000_000_000;

parameter_types! {
	pub const ExistentialDeposit: u128 = EXISTENTIAL_DEPOSIT;
	pub const EpochLength: u64 = EPOCH_LENGTH;
	pub storage MinPayment: u128 = MIN_PAYMENT;
	pub storage ReceiptDeposit: u128 = RECEIPT_DEPOSIT;
	pub storage ReceiptRetention: u64 = RECEIPT_RETENTION;
	pub const Treasury: AccountId = TREASURY;
	pub const FeeAccount: AccountId = FEES;
	pub const UsagePalletId: PalletId = PalletId(*b"trib/use");
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = u128;
	type ExistentialDeposit = ExistentialDeposit;
	type RuntimeHoldReason = RuntimeHoldReason;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
}

impl pallet_usage::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Models = MockModels;
	type Titles = MockTitles;
	type Vaults = MockVaults;
	type Datasets = MockDatasets;
	type FeeDestination = ResolveTo<FeeAccount, Balances>;
	type Treasury = Treasury;
	type EpochLength = EpochLength;
	type MinPayment = MinPayment;
	type PalletId = UsagePalletId;
	type ReceiptDeposit = ReceiptDeposit;
	type ReceiptRetention = ReceiptRetention;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = MockModels;
}

#[derive(Clone)]
struct Model {
	rates: Rates,
	ancestors: Vec<(ModelId, Perbill)>,
}

thread_local! {
	static MODELS: RefCell<BTreeMap<ModelId, Model>> = const { RefCell::new(BTreeMap::new()) };
	static LINEAGE_READS: RefCell<u32> = const { RefCell::new(0) };
}

pub struct MockModels;

impl MockModels {
	fn get(model: ModelId) -> Option<Model> {
		MODELS.with_borrow(|models| models.get(&model).cloned())
	}

	/// Puts a model on the list, and makes its title. Rates are in parts per billion.
	pub fn put(model: ModelId, owner: AccountId, lineage: &[(ModelId, u32)], data: u32) {
		let ancestors: Vec<_> =
			lineage.iter().map(|(id, parts)| (*id, Perbill::from_parts(*parts))).collect();
		let rates = Rates {
			protocol_fee: Perbill::from_parts(PROTOCOL_FEE),
			lineage: sum_rates(ancestors.iter().map(|(_, rate)| *rate)).unwrap(),
			data: Perbill::from_parts(data),
			attribution_fee: Perbill::from_parts(ATTRIBUTION_FEE),
		};
		MODELS.with_borrow_mut(|models| models.insert(model, Model { rates, ancestors }));
		MockTitles::put(Title::model(model), owner);
	}

	/// How often the lineage of any model was read.
	pub fn lineage_reads() -> u32 {
		LINEAGE_READS.with_borrow(|reads| *reads)
	}
}

fn note_lineage_read() {
	LINEAGE_READS.with_borrow_mut(|reads| *reads += 1);
}

impl Models<AccountId> for MockModels {
	fn owner(model: ModelId) -> Option<AccountId> {
		MockTitles::owner(Title::model(model))
	}

	fn rates(model: ModelId) -> Option<Rates> {
		Self::get(model).map(|model| model.rates)
	}

	fn window(model: ModelId) -> Option<u32> {
		Self::get(model).map(|_| 32)
	}

	fn lineage_rate(model: ModelId, ancestor: ModelId) -> Option<Perbill> {
		note_lineage_read();
		let ancestors = Self::get(model)?.ancestors;
		ancestors.iter().find(|(id, _)| *id == ancestor).map(|(_, rate)| *rate)
	}

	fn ancestors(model: ModelId) -> Vec<(ModelId, Perbill)> {
		note_lineage_read();
		Self::get(model).map_or_else(Vec::new, |model| model.ancestors)
	}

	fn corpus_version(_: ModelId, _: u32) -> Option<u32> {
		None
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for MockModels {
	fn register_models(ancestor_owner: &AccountId, owner: &AccountId) -> (ModelId, ModelId) {
		Self::put(100, *ancestor_owner, &[], 300_000_000);
		Self::put(101, *owner, &[(100, 100_000_000)], 300_000_000);
		(100, 101)
	}

	fn vault(model: ModelId, _: &AccountId) {
		MockTitles::vault(Title::model(model));
	}
}

/// Parts per billion of every payment.
pub const PROTOCOL_FEE: u32 = 20_000_000;
/// Parts per billion of every data amount.
pub const ATTRIBUTION_FEE: u32 = 50_000_000;

/// A model without parents.
pub const BASE: ModelId = 0;
/// Its child, at 10 %.
pub const TUNE: ModelId = 1;
pub const BASE_OWNER: AccountId = 10;
pub const TUNE_OWNER: AccountId = 11;
pub const ATTRIBUTOR: AccountId = 20;
pub const SOURCE: AccountId = 30;
/// A dataset that asks no share.
pub const DATASET: DatasetId = 0;
/// Another, which asks 25 %.
pub const CURATED: DatasetId = 1;
pub const CURATOR: AccountId = 31;

/// Fresh storage at block 1, with the payers, the owners, the attributor and the fees' account
/// endowed; the treasury, the source and the curator do not exist.
pub fn new_test_ext() -> sp_io::TestExternalities {
	MODELS.with_borrow_mut(BTreeMap::clear);
	LINEAGE_READS.with_borrow_mut(|reads| *reads = 0);
	let mut balances = [FEES, VAULTS].map(|who| (who, EXISTENTIAL_DEPOSIT)).to_vec();
	balances.extend(PAYERS.map(|payer| (payer, ENDOWMENT)));
	balances.extend([BASE_OWNER, TUNE_OWNER, ATTRIBUTOR].map(|who| (who, EXISTENTIAL_DEPOSIT)));
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
		..Default::default()
	}
	.build_storage()
	.unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		MockModels::put(BASE, BASE_OWNER, &[], 300_000_000);
		MockModels::put(TUNE, TUNE_OWNER, &[(BASE, 100_000_000)], 300_000_000);
		MockDatasets::put(DATASET, CURATOR, 0);
		MockDatasets::put(CURATED, CURATOR, 250_000_000);
	});
	ext
}

/// Runs a test on fresh storage, which must be sound at its end.
pub fn run(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		check();
	});
}

/// Checks the storage, and that no account holds more than its receipts ask and none but the pallet's
/// holds revenue: `do_try_state` sees those alone that have a receipt.
pub fn check() {
	Usage::do_try_state().unwrap();
	for who in pallet_balances::Holds::<Test>::iter_keys() {
		let paid = Receipts::<Test>::iter_values().filter(|receipt| receipt.payer == who);
		let deposits: u128 = paid.map(|receipt| receipt.deposit).sum();
		assert_eq!(Balances::balance_on_hold(&HoldReason::Receipt.into(), &who), deposits, "{who}");
		let revenue = Balances::balance_on_hold(&HoldReason::Revenue.into(), &who);
		assert!(revenue == 0 || who == Usage::account_id(), "{who} holds revenue");
	}
}

/// A contributor to the dataset that asks no share.
pub fn payee(contributor: AccountId) -> Payee<AccountId> {
	Payee { contributor, dataset: DATASET }
}

/// A blob of `items` items and the opening of its tail.
pub fn outputs(items: usize) -> (Content, Box<Opening>) {
	let data: Vec<u8> = (0..items * 64).map(|at| (at % 251) as u8).collect();
	(Content::of(&data), Box::new(blob::open_tail(&data).unwrap()))
}

/// Pays for one item.
pub fn pay(
	payer: AccountId,
	model: ModelId,
	amount: u128,
) -> frame_support::dispatch::DispatchResult {
	let (content, tail) = outputs(1);
	Usage::pay(RuntimeOrigin::signed(payer), model, content, tail, amount)
}

pub fn free(who: AccountId) -> u128 {
	Balances::free_balance(who)
}

pub fn endow(who: AccountId) {
	Balances::mint_into(&who, EXISTENTIAL_DEPOSIT).unwrap();
}

/// The last event of this pallet.
pub fn last_event() -> crate::Event<Test> {
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Usage(event) => Some(event),
			_ => None,
		})
		.unwrap()
}
