//! A runtime with balances and this pallet. What other pallets know stands in plain maps, in
//! storage, so that a failed call leaves them as they were.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	derive_impl,
	pallet_prelude::ValueQuery,
	parameter_types, storage_alias,
	traits::{
		fungible::{InspectHold, Mutate},
		tokens::{Fortitude, Precision, Preservation},
		Hooks, Randomness,
	},
	Twox64Concat,
};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	BuildStorage, DispatchError, DispatchResult, Perbill,
};
use tributary_primitives::{
	blob::Content,
	ids::{DatasetId, EpochIndex, ModelId, Seq, Version},
	split::Rates,
	traits::{
		ContributionFacts, Contributions, Models, OnSlash, ReceiptFacts, Receipts, Sanctions,
		ServedOutput, Slash, SyntheticPolicy,
	},
};

use crate::{Accusations, Event, HoldReason};

pub type AccountId = u64;
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

	#[runtime::pallet_index(45)]
	pub type Originality = crate::Pallet<Test>;
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

pub const EXISTENTIAL_DEPOSIT: u128 = 10;
pub const DRAW_DELAY: u32 = 2;
pub const PROOF_WINDOW: u32 = 5;
/// What a contribution loses when it is suspended: odd, so that a half of it is rounded.
pub const DEPOSIT: u128 = 333;

parameter_types! {
	pub const ExistentialDeposit: u128 = EXISTENTIAL_DEPOSIT;
	pub static CurrentDrawDelay: u32 = DRAW_DELAY;
	pub static CurrentProofWindow: u32 = PROOF_WINDOW;
	/// Odd, so that a half of it is rounded.
	pub static AccusationBond: u128 = 1_001;
	/// Whether a block's author adds randomness.
	pub static Random: bool = true;
	/// By how many blocks the randomness is older than the block before.
	pub static Age: u32 = 0;
}

impl crate::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Datasets = World;
	type Models = World;
	type Usage = World;
	type Randomness = World;
	type OnSlash = World;
	type AccusationBond = AccusationBond;
	type DrawDelay = CurrentDrawDelay;
	type ProofWindow = CurrentProofWindow;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

/// What the other pallets would know.
pub struct World;

/// A contribution, and what was done to it.
#[derive(Clone, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Contribution {
	pub content: Content,
	pub contributor: AccountId,
	pub committed_at: u32,
	pub ended_at: Option<u32>,
	pub synthetic: Option<ServedOutput>,
	pub policy: SyntheticPolicy,
	pub locks: u32,
}

/// A payment.
#[derive(Clone, Copy, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Payment {
	pub outputs: Content,
	pub at: u32,
	pub withheld: bool,
}

#[storage_alias]
pub type Contributed = StorageMap<Mock, Twox64Concat, Seq, Contribution>;
#[storage_alias]
pub type Windows = StorageMap<Mock, Twox64Concat, ModelId, u32>;
#[storage_alias]
pub type Paid = StorageMap<Mock, Twox64Concat, (ModelId, EpochIndex, u32), Payment>;
/// Who lost how much of a bond, in order.
#[storage_alias]
pub type Slashed = StorageValue<Mock, Vec<(AccountId, u128)>, ValueQuery>;
/// What the author of the block before adds to the draws.
#[storage_alias]
pub type AuthorRandomness = StorageValue<Mock, [u8; 32]>;

fn stored(seq: Seq) -> Result<Contribution, DispatchError> {
	Contributed::get(seq).ok_or(DispatchError::Other("no such contribution"))
}

impl World {
	/// Ends the contribution, and takes its deposit as the pallet of datasets would.
	fn suspend(
		seq: Seq,
		mut contribution: Contribution,
		challenger: &AccountId,
	) -> Result<Slash, DispatchError> {
		if contribution.ended_at.is_some() {
			return Ok(Slash::default());
		}
		contribution.ended_at = Some(System::block_number());
		let contributor = contribution.contributor;
		Contributed::insert(seq, contribution);
		let reward = DEPOSIT / 2;
		if *challenger != contributor {
			Balances::transfer(&contributor, challenger, reward, Preservation::Preserve)?;
		}
		Balances::burn_from(
			&contributor,
			DEPOSIT - reward,
			Preservation::Preserve,
			Precision::Exact,
			Fortitude::Polite,
		)?;
		Ok(Slash { slashed: DEPOSIT, reward })
	}
}

impl Contributions<AccountId, u32> for World {
	fn latest_version(_: DatasetId) -> Option<Version> {
		None
	}

	fn contribution(seq: Seq) -> Option<ContributionFacts<AccountId, u32>> {
		let contribution = Contributed::get(seq)?;
		let passes = contribution.policy == SyntheticPolicy::PassThrough;
		Some(ContributionFacts {
			content: contribution.content,
			contributor: contribution.contributor,
			dataset: 0,
			committed_at: contribution.committed_at,
			index: None,
			accepted_at: None,
			ended_at: contribution.ended_at,
			withheld_at: None,
			synthetic: contribution.synthetic.filter(|_| passes),
		})
	}

	fn curator_share(_: DatasetId) -> Perbill {
		Perbill::zero()
	}

	fn allows_training(_: DatasetId, _: bool) -> bool {
		true
	}
}

impl Sanctions<AccountId> for World {
	type Error = DispatchError;

	fn lock(seq: Seq) -> DispatchResult {
		let mut contribution = stored(seq)?;
		contribution.locks += 1;
		Contributed::insert(seq, contribution);
		Ok(())
	}

	fn unlock(seq: Seq) {
		let mut contribution = stored(seq).unwrap();
		contribution.locks = contribution.locks.checked_sub(1).expect("it was locked");
		Contributed::insert(seq, contribution);
	}

	fn suspend_copy(seq: Seq, challenger: &AccountId) -> Result<Slash, DispatchError> {
		Self::suspend(seq, stored(seq)?, challenger)
	}

	fn mark_synthetic(
		seq: Seq,
		served: ServedOutput,
		challenger: &AccountId,
	) -> Result<Slash, DispatchError> {
		let mut contribution = stored(seq)?;
		assert_eq!(contribution.synthetic, None, "the first mark stands");
		contribution.synthetic = Some(served);
		Contributed::insert(seq, contribution.clone());
		match contribution.policy {
			SyntheticPolicy::Refuse => Self::suspend(seq, contribution, challenger),
			SyntheticPolicy::PassThrough => Ok(Slash::default()),
		}
	}

	fn withhold(seq: Seq, demander: &AccountId) -> Result<Slash, DispatchError> {
		Self::suspend(seq, stored(seq)?, demander)
	}
}

impl OnSlash<AccountId> for World {
	fn slashed(who: &AccountId, amount: u128) {
		Slashed::append((who, amount));
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

	fn corpus_version(_: ModelId, _: DatasetId) -> Option<Version> {
		None
	}
}

impl Receipts<BlockNumberFor<Test>> for World {
	fn epoch_length() -> u32 {
		10
	}

	fn last_block(epoch: EpochIndex) -> u32 {
		epoch * 10 + 9
	}

	fn is_closed(epoch: EpochIndex) -> bool {
		System::block_number() > Self::last_block(epoch)
	}

	fn receipt_count(model: ModelId, epoch: EpochIndex) -> u32 {
		(0..).find(|index| !Paid::contains_key((model, epoch, *index))).unwrap()
	}

	fn receipt(model: ModelId, epoch: EpochIndex, index: u32, _: u32) -> Option<ReceiptFacts> {
		let Payment { outputs, withheld, .. } = Paid::get((model, epoch, index))?;
		Some(ReceiptFacts { outputs, data_amount: 0, withheld })
	}

	fn paid_at(model: ModelId, epoch: EpochIndex, index: u32) -> Option<u32> {
		Paid::get((model, epoch, index)).map(|payment| payment.at)
	}

	fn data_amount(_: ModelId, _: EpochIndex) -> u128 {
		0
	}

	fn withheld_count(_: ModelId, _: EpochIndex) -> u32 {
		0
	}

	fn is_settled(_: ModelId, _: EpochIndex) -> bool {
		false
	}
}

impl Randomness<Option<<Test as frame_system::Config>::Hash>, u32> for World {
	fn random(
		subject: &[u8],
	) -> (Option<<Test as frame_system::Config>::Hash>, BlockNumberFor<Test>) {
		let added = AuthorRandomness::get();
		let hash = added.map(|added| BlakeTwo256::hash_of(&(subject, added)));
		(hash, System::block_number() - 1 - Age::get())
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for World {
	fn contribute(contributor: &AccountId, content: Content) -> Seq {
		let seq = (0..).find(|seq| !Contributed::contains_key(seq)).unwrap();
		let contribution = Contribution {
			content,
			contributor: *contributor,
			committed_at: System::block_number(),
			ended_at: None,
			synthetic: None,
			policy: SyntheticPolicy::Refuse,
			locks: 0,
		};
		Contributed::insert(seq, contribution);
		seq
	}

	fn serve(outputs: Content) -> (ModelId, EpochIndex, u32) {
		Windows::insert(0, 32);
		let payment = Payment { outputs, at: System::block_number(), withheld: false };
		Paid::insert((0, 0, 0), payment);
		(0, 0, 0)
	}

	fn add_randomness() {
		AuthorRandomness::put([7; 32]);
	}
}

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
pub const DAVE: AccountId = 4;
pub const EVE: AccountId = 5;
pub const ACCOUNTS: [AccountId; 5] = [ALICE, BOB, CHARLIE, DAVE, EVE];

pub const ENDOWMENT: u128 = 1_000_000;

/// Block 1 of a chain on which five accounts have funds.
pub fn ext() -> sp_io::TestExternalities {
	AccusationBond::set(1_001);
	CurrentDrawDelay::set(DRAW_DELAY);
	CurrentProofWindow::set(PROOF_WINDOW);
	Random::set(true);
	Age::set(0);
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

/// Starts blocks up to `block`. The author of each adds randomness of its own to the draws.
pub fn advance_to(block: u32) {
	while System::block_number() < block {
		let added = BlakeTwo256::hash_of(&("author", System::block_number()));
		advance(Random::get().then(|| added.into()));
	}
}

/// Starts the next block. The author of the one before adds `randomness`.
pub fn advance(randomness: Option<[u8; 32]>) {
	AuthorRandomness::set(randomness);
	let next = System::block_number() + 1;
	System::set_block_number(next);
	Originality::on_initialize(next);
}

/// Checks the storage, and what the pallet alone cannot: that no account holds more than its open
/// accusations ask, that a contribution has as many locks as accusations, and that others hear of each bond
/// that is lost once.
pub fn check() {
	Originality::do_try_state().unwrap();
	let lost = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::Originality(Event::Failed { challenger, forfeited, .. }) => {
			Some((challenger, forfeited))
		}
		_ => None,
	});
	assert_eq!(Slashed::get(), lost.collect::<Vec<_>>());
	let open: Vec<_> = Accusations::<Test>::iter().collect();
	for who in ACCOUNTS {
		let bonds = open.iter().filter(|(_, challenger, _)| *challenger == who);
		let bonds: u128 = bonds.map(|(_, _, accusation)| accusation.bond).sum();
		assert_eq!(Balances::balance_on_hold(&HoldReason::Accusation.into(), &who), bonds, "{who}");
	}
	for (seq, contribution) in Contributed::iter() {
		let accusations = open.iter().filter(|(accused, ..)| *accused == seq).count();
		assert_eq!(contribution.locks as usize, accusations, "{seq}");
	}
}
