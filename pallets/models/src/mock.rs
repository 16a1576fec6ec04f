//! A runtime of this pallet and balances, with datasets that tests set, and what tests say often.

use std::collections::{BTreeMap, BTreeSet};

use frame_support::{
	assert_noop, derive_impl,
	dispatch::PostDispatchInfo,
	ensure, parameter_types, storage_alias,
	traits::{fungible::InspectHold, ConstU128},
	Twox64Concat,
};
use frame_system::mocking::MockBlockU32;
use sp_runtime::{traits::Dispatchable, BuildStorage, DispatchError, Perbill};
use tributary_primitives::{
	blob::{open_tail, Content, Opening},
	ids::{DatasetId, ModelId, Seq, Version},
	title::{Beneficiary, Tenure, Title},
	traits::{ContributionFacts, Contributions, DatasetEarnings},
};

use crate::{Call, HoldReason, Models as Stored, NextModel, Pin, Relation, Terms};

pub type AccountId = u64;

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
/// Has just enough to exist.
pub const PAUPER: AccountId = 3;
/// Owns the datasets.
pub const LIBRARIAN: AccountId = 4;

pub const RICH: u128 = 1_000_000_000;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Models: crate,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = MockBlockU32<Test>;
	type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

parameter_types! {
	/// The newest version of each dataset that there is.
	pub static Versions: BTreeMap<DatasetId, Version> = BTreeMap::new();
	/// The datasets that do not allow training.
	pub static NoTraining: BTreeSet<DatasetId> = BTreeSet::new();
	/// The datasets that do not allow the training of generative models.
	pub static NoGenerative: BTreeSet<DatasetId> = BTreeSet::new();
	pub static ProtocolFee: Perbill = Perbill::from_percent(2);
	pub static AttributionFee: Perbill = Perbill::from_percent(5);
}

/// Datasets of which the version and whether they may be trained on are known. Their curators take as many
/// percent as their id says.
pub struct Datasets;

impl Contributions<AccountId, u32> for Datasets {
	fn latest_version(dataset: DatasetId) -> Option<Version> {
		Versions::get().get(&dataset).copied()
	}

	fn contribution(_: Seq) -> Option<ContributionFacts<AccountId, u32>> {
		None
	}

	fn curator_share(dataset: DatasetId) -> Perbill {
		Perbill::from_percent(dataset)
	}

	fn allows_training(dataset: DatasetId, generative: bool) -> bool {
		let refused = if generative { NoGenerative::get() } else { NoTraining::get() };
		Versions::get().contains_key(&dataset) && !refused.contains(&dataset)
	}
}

impl DatasetEarnings for Datasets {
	fn dataset_earned(model: ModelId, dataset: DatasetId) -> u128 {
		u128::from(model) * 1_000 + u128::from(dataset)
	}
}

/// Who owns which title of a model.
#[storage_alias]
type Owners = StorageMap<Mock, Twox64Concat, Title, AccountId>;

/// Titles that have owners and are never sold but by [`sell`]. Those of datasets are the librarian's.
pub struct Titles;

impl tributary_primitives::traits::Titles<AccountId> for Titles {
	type Error = DispatchError;

	fn mint(title: Title, owner: &AccountId) -> Result<(), DispatchError> {
		ensure!(!Owners::contains_key(title), "the title exists");
		Owners::insert(title, owner);
		Ok(())
	}

	fn owner(title: Title) -> Option<AccountId> {
		if title == Title::dataset(title.id) {
			Versions::get().get(&title.id).map(|_| LIBRARIAN)
		} else {
			Owners::get(title)
		}
	}

	fn beneficiary(title: Title) -> Option<Beneficiary<AccountId>> {
		Self::owner(title).map(Beneficiary::Owner)
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

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper for Datasets {
	fn prepare_dataset(dataset: DatasetId) {
		Versions::mutate(|versions| versions.insert(dataset, 1));
	}
}

impl crate::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Datasets = Datasets;
	type Titles = Titles;
	type Earnings = Datasets;
	type ProtocolFee = ProtocolFee;
	type AttributionFee = AttributionFee;
	type DepositBase = ConstU128<1_000>;
	type DepositPerByte = ConstU128<10>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Datasets;
}

/// Fresh externalities at block 1, with dataset 0 at version 3 and dataset 1 at version 0.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let genesis = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: vec![(ALICE, RICH), (BOB, RICH), (PAUPER, 1)],
			..Default::default()
		},
		..Default::default()
	};
	let mut ext: sp_io::TestExternalities = genesis.build_storage().unwrap().into();
	ext.execute_with(|| System::set_block_number(1));
	Versions::set([(0, 3), (1, 0)].into());
	NoTraining::set(BTreeSet::new());
	NoGenerative::set(BTreeSet::new());
	ProtocolFee::set(percent(2));
	AttributionFee::set(percent(5));
	ext
}

/// Runs `test` at block 1, and checks the storage after it.
pub fn test_ext(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		check();
	});
}

/// Checks the storage, and that no account holds more than its models ask: `do_try_state` sees those
/// alone that registered one.
pub fn check() {
	Models::do_try_state().unwrap();
	for who in pallet_balances::Holds::<Test>::iter_keys() {
		let registered = Stored::<Test>::iter_values().filter(|model| model.depositor == who);
		assert_eq!(held(who), registered.map(|model| model.deposit).sum::<u128>(), "{who}");
	}
}

/// Gives the title of `model` to `to`.
pub fn sell(model: ModelId, to: AccountId) {
	Owners::insert(Title::model(model), to);
}

/// Takes the title of `model` away, which nothing on the chain does.
pub fn remove_title(model: ModelId) {
	Owners::remove(Title::model(model));
}

/// Dispatches `call` as `who` does.
pub fn dispatch(who: AccountId, call: Call<Test>) -> Result<PostDispatchInfo, DispatchError> {
	let result = RuntimeCall::from(call).dispatch(RuntimeOrigin::signed(who));
	result.map_err(|error| error.error)
}

/// Asserts that `call` by `who` fails with `error` and changes nothing.
#[track_caller]
pub fn refused(who: AccountId, call: Call<Test>, error: impl Into<DispatchError>) {
	let error: DispatchError = error.into();
	assert_noop!(dispatch(who, call), error);
}

/// What `who` has on hold for models.
pub fn held(who: AccountId) -> u128 {
	Balances::balance_on_hold(&HoldReason::Model.into(), &who)
}

/// The name of `data` and the opening of its tail.
pub fn blob(data: &[u8]) -> (Content, Box<Opening>) {
	(Content::of(data), Box::new(open_tail(data).unwrap()))
}

pub fn percent(parts: u32) -> Perbill {
	Perbill::from_percent(parts)
}

pub fn pin(dataset: DatasetId, version: Version) -> Pin {
	Pin { dataset, version }
}

/// A registration with 10 % for the lineage and 20 % for the data, to be changed by tests.
#[derive(Clone, Debug)]
pub struct Draft {
	pub relation: Relation,
	pub parents: Vec<ModelId>,
	pub pins: Vec<Pin>,
	pub generative: bool,
	pub terms: Terms,
	pub max_lineage: Perbill,
}

impl Draft {
	pub fn new(relation: Relation, parents: &[ModelId], pins: &[Pin]) -> Self {
		let terms = Terms { lineage_rate: percent(10), data_rate: percent(20), window: 32 };
		let (parents, pins) = (parents.to_vec(), pins.to_vec());
		let max_lineage = Perbill::one();
		Self { relation, parents, pins, generative: false, terms, max_lineage }
	}

	pub fn generative(mut self) -> Self {
		self.generative = true;
		self
	}

	pub fn rates(mut self, lineage_rate: Perbill, data_rate: Perbill) -> Self {
		(self.terms.lineage_rate, self.terms.data_rate) = (lineage_rate, data_rate);
		self
	}

	/// Of whose revenue at most so much goes to ancestors.
	pub fn at_most(mut self, max_lineage: Perbill) -> Self {
		self.max_lineage = max_lineage;
		self
	}

	pub fn window(mut self, window: u32) -> Self {
		self.terms.window = window;
		self
	}

	pub fn call(&self) -> Call<Test> {
		let (artifact, artifact_tail) = blob(b"weights");
		let (manifest, manifest_tail) = blob(b"manifest");
		Call::register {
			relation: self.relation,
			parents: self.parents.clone().try_into().unwrap(),
			pins: self.pins.clone().try_into().unwrap(),
			generative: self.generative,
			terms: self.terms,
			max_lineage: self.max_lineage,
			artifact,
			artifact_tail,
			manifest,
			manifest_tail,
		}
	}

	/// Registers it as Alice's.
	pub fn registered(&self) -> ModelId {
		let id = NextModel::<Test>::get();
		dispatch(ALICE, self.call()).unwrap();
		id
	}
}

/// A model without parents that pins `pins`.
pub fn pretrained(pins: &[Pin]) -> ModelId {
	Draft::new(Relation::Pretrain, &[], pins).registered()
}

/// A model of one parent or several that asks nothing and gives nothing to the data.
pub fn derived(parents: &[ModelId]) -> Draft {
	let relation = if parents.len() > 1 { Relation::Merge } else { Relation::Finetune };
	Draft::new(relation, parents, &[]).rates(percent(0), percent(0))
}
