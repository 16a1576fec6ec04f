//! A runtime of this pallet and balances, and what tests say often.

use frame_support::{
	assert_noop, derive_impl, ensure,
	pallet_prelude::ValueQuery,
	parameter_types, storage_alias,
	traits::{fungible::InspectHold, ConstU128, ConstU32, Hooks},
	Twox64Concat,
};
use frame_system::mocking::MockBlockU32;
use sp_runtime::{traits::Dispatchable, BuildStorage, DispatchError, Perbill};
use tributary_primitives::{
	blob::{open_tail, Content, Opening},
	ids::{commitment, DatasetId, Seq},
	title::{Beneficiary, Tenure, Title},
	traits::{OnSlash, ServedOutput, SyntheticPolicy},
};

use crate::{
	Admission, Call, Commitments, Contributions, CuratorsOf, Datasets as Stored, Event, HoldReason,
	NextDataset, NextSeq, Use, Uses,
};

pub type AccountId = u64;

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CAROL: AccountId = 3;
/// Has just enough to exist.
pub const PAUPER: AccountId = 4;
/// Has no account.
pub const NOBODY: AccountId = 5;

pub const RICH: u128 = 1_000_000;
/// One more than half of [`CONTRIBUTION_DEPOSIT`].
pub const EXISTENTIAL_DEPOSIT: u128 = 126;
pub const REVEAL_WINDOW: u32 = 20;
pub const COMMIT_DEPOSIT: u128 = 100;
/// Odd, so that a half of it is rounded.
pub const CONTRIBUTION_DEPOSIT: u128 = 251;
pub const SALT: [u8; 32] = [7; 32];

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Datasets: crate,
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
	type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
	type AccountStore = System;
}

/// Who owns which title.
#[storage_alias]
type Owners = StorageMap<Mock, Twox64Concat, Title, AccountId>;

/// Titles that have owners and are never sold but by [`sell`].
pub struct Titles;

impl tributary_primitives::traits::Titles<AccountId> for Titles {
	type Error = DispatchError;

	fn mint(title: Title, owner: &AccountId) -> Result<(), DispatchError> {
		ensure!(!Owners::contains_key(title), "the title exists");
		Owners::insert(title, owner);
		Ok(())
	}

	fn owner(title: Title) -> Option<AccountId> {
		Owners::get(title)
	}

	fn beneficiary(title: Title) -> Option<Beneficiary<AccountId>> {
		Owners::get(title).map(Beneficiary::Owner)
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

/// Who lost how much for what was proven, in order.
#[storage_alias]
pub type Slashed = StorageValue<Mock, Vec<(AccountId, u128)>, ValueQuery>;

/// Takes note of what was slashed.
pub struct Slashes;

impl OnSlash<AccountId> for Slashes {
	fn slashed(who: &AccountId, amount: u128) {
		Slashed::append((who, amount));
	}
}

parameter_types! {
	pub const RevealWindow: u32 = REVEAL_WINDOW;
}

impl crate::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Titles = Titles;
	type OnSlash = Slashes;
	type CommitDeposit = ConstU128<COMMIT_DEPOSIT>;
	type ContributionDeposit = ConstU128<CONTRIBUTION_DEPOSIT>;
	type RevealWindow = RevealWindow;
	type DepositBase = ConstU128<1_000>;
	type DepositPerByte = ConstU128<10>;
	type MaxCurators = ConstU32<3>;
	type WeightInfo = ();
}

/// Fresh externalities at block 1.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let rich = [ALICE, BOB, CAROL].map(|who| (who, RICH));
	let balances = rich.into_iter().chain([(PAUPER, EXISTENTIAL_DEPOSIT)]).collect();
	let genesis = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
		..Default::default()
	};
	let mut ext: sp_io::TestExternalities = genesis.build_storage().unwrap().into();
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs `test` at block 1, and checks the storage after it.
pub fn test_ext(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		Datasets::integrity_test();
		test();
		check();
	});
}

/// Checks the storage, that no account holds more than is stored for it (`do_try_state` sees those alone for
/// which something is), and that others hear of each slash once.
pub fn check() {
	Datasets::do_try_state().unwrap();
	let told = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::Datasets(Event::Suspended { seq, slashed, .. }) => {
			Some((Contributions::<Test>::get(seq).unwrap().contributor, slashed))
		}
		_ => None,
	});
	assert_eq!(Slashed::get(), told.collect::<Vec<_>>());
	for who in pallet_balances::Holds::<Test>::iter_keys() {
		let datasets = Stored::<Test>::iter_values().filter(|stored| stored.depositor == who);
		let commitments = Commitments::<Test>::iter_values();
		let commitments = commitments.filter(|stored| stored.contributor == who);
		let contributions = Contributions::<Test>::iter_values();
		let contributions = contributions.filter(|stored| stored.contributor == who);
		for (reason, stored) in [
			(HoldReason::Dataset, datasets.map(|stored| stored.deposit).sum::<u128>()),
			(HoldReason::Commitment, commitments.map(|stored| stored.deposit).sum()),
			(HoldReason::Contribution, contributions.map(|stored| stored.deposit).sum()),
		] {
			assert_eq!(held(reason, who), stored, "{who} for {reason:?}");
		}
	}
}

/// Gives the title of `dataset` to `to`.
pub fn sell(dataset: DatasetId, to: AccountId) {
	Owners::insert(Title::dataset(dataset), to);
}

/// Whom the title of `dataset` belongs to.
pub fn owner(dataset: DatasetId) -> Option<AccountId> {
	Owners::get(Title::dataset(dataset))
}

/// Lets `blocks` blocks pass.
pub fn pass(blocks: u32) {
	System::set_block_number(System::block_number() + blocks);
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

/// What `who` has on hold for `reason`.
pub fn held(reason: HoldReason, who: AccountId) -> u128 {
	Balances::balance_on_hold(&reason.into(), &who)
}

/// The name of `data` and the opening of its tail.
pub fn blob(data: &[u8]) -> (Content, Box<Opening>) {
	(Content::of(data), Box::new(open_tail(data).unwrap()))
}

pub fn curators(of: &[AccountId]) -> CuratorsOf<Test> {
	of.to_vec().try_into().unwrap()
}

pub fn curated(of: &[AccountId]) -> Admission<CuratorsOf<Test>> {
	Admission::Curated(curators(of))
}

pub const USES: Uses = Uses {
	data_mining: Use::Allowed,
	inference: Use::NotAllowed,
	training: Use::Constrained,
	generative_training: Use::Allowed,
};

/// A call that creates a dataset of `admission`.
pub fn create(admission: Admission<CuratorsOf<Test>>) -> Call<Test> {
	let (metadata, metadata_tail) = blob(b"{}");
	Call::create {
		admission,
		curator_share: Perbill::zero(),
		licence: b"CC-BY-4.0".to_vec().try_into().unwrap(),
		uses: USES,
		synthetic: SyntheticPolicy::Refuse,
		contribution_deposit: 0,
		metadata,
		metadata_tail,
	}
}

/// A dataset of `admission` that Alice owns.
pub fn dataset(admission: Admission<CuratorsOf<Test>>) -> DatasetId {
	let id = NextDataset::<Test>::get();
	dispatch(ALICE, create(admission)).unwrap();
	id
}

/// An open dataset that Alice owns and that passes the credit of synthetic contributions on.
pub fn dataset_that_passes_through() -> DatasetId {
	let id = NextDataset::<Test>::get();
	let mut call = create(Admission::Open);
	let Call::create { synthetic, .. } = &mut call else { unreachable!() };
	*synthetic = SyntheticPolicy::PassThrough;
	dispatch(ALICE, call).unwrap();
	id
}

/// An output that was served as the item `item` of a receipt.
pub fn served(item: u32) -> ServedOutput {
	let output = Content::of(b"what a model served");
	ServedOutput { model: 3, epoch: 4, receipt: 5, item, output, windows: 7 }
}

/// Commits as `who` to `content` in `dataset`, with [`SALT`].
pub fn committed(who: AccountId, dataset: DatasetId, content: &Content) -> Seq {
	let seq = NextSeq::<Test>::get();
	let hash = commitment(&System::block_hash(0), dataset, &who, content, &SALT);
	dispatch(who, Call::commit { hash }).unwrap();
	assert!(Commitments::<Test>::contains_key(seq));
	seq
}

/// A call that reveals `data` in `dataset`, with [`SALT`].
pub fn reveal(seq: Seq, dataset: DatasetId, data: &[u8]) -> Call<Test> {
	let (content, tail) = blob(data);
	Call::reveal { seq, dataset, content, salt: SALT, tail }
}

/// Commits and, one block later, reveals `data` as `who`.
pub fn contributed(who: AccountId, dataset: DatasetId, data: &[u8]) -> Seq {
	let seq = committed(who, dataset, &Content::of(data));
	pass(1);
	dispatch(who, reveal(seq, dataset, data)).unwrap();
	seq
}
