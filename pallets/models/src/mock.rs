//! A runtime of this pallet and balances, with datasets that tests set, and what tests say often.

use std::collections::BTreeMap;

use frame_support::{
	assert_noop, derive_impl, parameter_types,
	traits::{fungible::InspectHold, ConstU128},
};
use frame_system::mocking::MockBlockU32;
use sp_runtime::{traits::Dispatchable, BuildStorage, DispatchError, Perbill};
use tributary_primitives::{
	blob::{open_tail, Content, Opening},
	ids::{DatasetId, ModelId, Seq, Version},
	traits::{ContributionFacts, Contributions},
};

use crate::{Call, HoldReason, Models as Stored, NextModel, Pin, Relation, Terms};

pub type AccountId = u64;

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
/// Has just enough to exist.
pub const PAUPER: AccountId = 3;

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
	pub const ProtocolFee: Perbill = Perbill::from_percent(2);
	pub const AttributionFee: Perbill = Perbill::from_percent(5);
}

/// Datasets of which nothing but the version is known.
pub struct Datasets;

impl Contributions<AccountId, u32> for Datasets {
	fn latest_version(dataset: DatasetId) -> Option<Version> {
		Versions::get().get(&dataset).copied()
	}

	fn contribution(_: Seq) -> Option<ContributionFacts<AccountId, u32>> {
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
/// alone that own one.
pub fn check() {
	Models::do_try_state().unwrap();
	for who in pallet_balances::Holds::<Test>::iter_keys() {
		let owned = Stored::<Test>::iter_values().filter(|model| model.owner == who);
		assert_eq!(held(who), owned.map(|model| model.deposit).sum::<u128>(), "{who}");
	}
}

/// Dispatches `call` as `who` does.
pub fn dispatch(who: AccountId, call: Call<Test>) -> Result<(), DispatchError> {
	let result = RuntimeCall::from(call).dispatch(RuntimeOrigin::signed(who));
	result.map(|_| ()).map_err(|error| error.error)
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
	pub terms: Terms,
}

impl Draft {
	pub fn new(relation: Relation, parents: &[ModelId], pins: &[Pin]) -> Self {
		let terms = Terms { lineage_rate: percent(10), data_rate: percent(20), window: 32 };
		Self { relation, parents: parents.to_vec(), pins: pins.to_vec(), terms }
	}

	pub fn rates(mut self, lineage_rate: Perbill, data_rate: Perbill) -> Self {
		(self.terms.lineage_rate, self.terms.data_rate) = (lineage_rate, data_rate);
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
			terms: self.terms,
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
