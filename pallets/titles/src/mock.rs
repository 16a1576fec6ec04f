//! A runtime with balances, `pallet-nfts` and this pallet, which refuses burns as a runtime has to. Who
//! hears of changes keeps them in storage, so that a failed call leaves nothing of them.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{derive_impl, parameter_types, storage_alias, traits::Contains, PalletId};
use frame_system::{EnsureNever, EnsureRoot};
use scale_info::TypeInfo;
use sp_runtime::{
	testing::{TestSignature, UintAuthorityId},
	traits::Dispatchable,
	BuildStorage, DispatchResult,
};
use tributary_primitives::{
	title::{Beneficiary, Title, TitleKind},
	traits::{OnTitleChange, Titles as _},
};

pub type AccountId = u64;
pub type Block = frame_system::mocking::MockBlockU32<Test>;
pub type NftsCall = pallet_nfts::Call<Test>;
pub type NftsError = pallet_nfts::Error<Test>;

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

	#[runtime::pallet_index(16)]
	pub type Nfts = pallet_nfts::Pallet<Test>;

	#[runtime::pallet_index(46)]
	pub type Titles = crate::Pallet<Test>;
}

/// Refuses burns.
pub struct NoBurns;

impl Contains<RuntimeCall> for NoBurns {
	fn contains(call: &RuntimeCall) -> bool {
		!matches!(call, RuntimeCall::Nfts(NftsCall::burn { .. }))
	}
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u128>;
	type BaseCallFilter = NoBurns;
}

pub const EXISTENTIAL_DEPOSIT: u128 = 10;

parameter_types! {
	/// For how many blocks a title stays with its owner after its revenue went to a vault.
	pub storage VaultLock: u32 = 0;
	pub const ExistentialDeposit: u128 = EXISTENTIAL_DEPOSIT;
	pub const NoDeposit: u128 = 0;
	pub const ByteDeposit: u128 = 1;
	pub const Length: u32 = 64;
	pub const Few: u32 = 4;
	pub const MaxDeadline: u32 = 1_000;
	pub Features: pallet_nfts::PalletFeatures = pallet_nfts::PalletFeatures::all_enabled();
	pub const TitlesPalletId: PalletId = PalletId(*b"tr/title");
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
}

impl pallet_nfts::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type CollectionId = u32;
	type ItemId = u32;
	type Currency = Balances;
	type ForceOrigin = EnsureRoot<AccountId>;
	type CreateOrigin = EnsureNever<AccountId>;
	type Locker = Titles;
	type CollectionDeposit = NoDeposit;
	type ItemDeposit = NoDeposit;
	type MetadataDepositBase = ByteDeposit;
	type AttributeDepositBase = ByteDeposit;
	type DepositPerByte = ByteDeposit;
	type StringLimit = Length;
	type KeyLimit = Length;
	type ValueLimit = Length;
	type ApprovalsLimit = Few;
	type ItemAttributesApprovalsLimit = Few;
	type MaxTips = Few;
	type MaxDeadlineDuration = MaxDeadline;
	type MaxAttributesPerCall = Few;
	type Features = Features;
	type OffchainSignature = TestSignature;
	type OffchainPublic = UintAuthorityId;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = Listener;
	type BlockNumberProvider = System;
}

impl crate::Config for Test {
	type Nfts = Nfts;
	type OnChange = Listener;
	type PalletId = TitlesPalletId;
	type VaultLock = VaultLock;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Listener;
}

/// What was heard, with what the pallet said at that moment.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Heard {
	/// The beneficiary changes, while the title still has this owner and so many changes are counted.
	Beneficiary {
		title: Title,
		from: Beneficiary<AccountId>,
		owner: Option<AccountId>,
		changes: u64,
	},
	/// The owner changes, while the title still has this owner.
	Owner { title: Title, from: AccountId, owner: Option<AccountId> },
}

#[storage_alias]
pub type Log = StorageValue<Mock, Vec<Heard>>;

/// All that was heard since this was last asked.
pub fn heard() -> Vec<Heard> {
	Log::take().unwrap_or_default()
}

/// Keeps what it hears in [`Log`].
pub struct Listener;

impl OnTitleChange<AccountId> for Listener {
	fn beneficiary_changes(title: Title, from: &Beneficiary<AccountId>) {
		let (owner, changes) = (Titles::owner(title), Titles::changes());
		Log::append(Heard::Beneficiary { title, from: from.clone(), owner, changes });
	}

	fn owner_changes(title: Title, from: &AccountId) {
		Log::append(Heard::Owner { title, from: *from, owner: Titles::owner(title) });
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for Listener {
	fn earning_title(owner: &AccountId) -> Title {
		let title = Title::model(77);
		Titles::mint(title, owner).unwrap();
		title
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_nfts::BenchmarkHelper<u32, u32, UintAuthorityId, AccountId, TestSignature>
	for Listener
{
	fn collection(i: u16) -> u32 {
		i.into()
	}

	fn item(i: u16) -> u32 {
		i.into()
	}

	fn signer() -> (UintAuthorityId, AccountId) {
		(UintAuthorityId(ALICE), ALICE)
	}

	fn sign(signer: &UintAuthorityId, message: &[u8]) -> TestSignature {
		TestSignature(signer.0, message.to_vec())
	}
}

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
pub const DAVE: AccountId = 4;
pub const ACCOUNTS: [AccountId; 4] = [ALICE, BOB, CHARLIE, DAVE];
pub const ENDOWMENT: u128 = 1_000_000;

/// Titles that tests are about; none exists at first.
pub const MODEL: Title = Title { kind: TitleKind::Model, id: 7 };
pub const OTHER: Title = Title { kind: TitleKind::Model, id: 8 };
pub const DATASET: Title = Title { kind: TitleKind::Dataset, id: 7 };
pub const AGENT: Title = Title { kind: TitleKind::Agent, id: 0 };

/// Block 1 of a chain on which four accounts have funds.
pub fn ext() -> sp_io::TestExternalities {
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
		Titles::do_try_state().unwrap();
	});
}

/// What `who` signs, as a transaction of the runtime.
pub fn sign(who: AccountId, call: NftsCall) -> DispatchResult {
	dispatch(RuntimeOrigin::signed(who), call)
}

/// A call of any origin, through the runtime's filter, which root is past.
pub fn dispatch(origin: RuntimeOrigin, call: NftsCall) -> DispatchResult {
	RuntimeCall::from(call).dispatch(origin).map(|_| ()).map_err(|refused| refused.error)
}

/// A hash of all storage.
pub fn storage_root() -> Vec<u8> {
	sp_io::storage::root(sp_runtime::StateVersion::V1)
}

/// Makes the title of something that `owner` registers.
pub fn mint(title: Title, owner: AccountId) {
	Titles::mint(title, &owner).unwrap();
}

/// A transfer of `title` to `dest`.
pub fn transfer(title: Title, dest: AccountId) -> NftsCall {
	NftsCall::transfer { collection: title.kind.collection(), item: title.id, dest }
}

/// A listing of `title` at `price`, for anyone.
pub fn list(title: Title, price: u128) -> NftsCall {
	let (collection, item) = (title.kind.collection(), title.id);
	NftsCall::set_price { collection, item, price: Some(price), whitelisted_buyer: None }
}

/// A purchase of `title` for at most `price`.
pub fn buy(title: Title, price: u128) -> NftsCall {
	NftsCall::buy_item { collection: title.kind.collection(), item: title.id, bid_price: price }
}

/// A consent that `delegate` transfers `title`.
pub fn approve(title: Title, delegate: AccountId) -> NftsCall {
	let (collection, item) = (title.kind.collection(), title.id);
	NftsCall::approve_transfer { collection, item, delegate, maybe_deadline: None }
}

/// An offer of `offered` for `desired`.
pub fn offer(offered: Title, desired: Title) -> NftsCall {
	NftsCall::create_swap {
		offered_collection: offered.kind.collection(),
		offered_item: offered.id,
		desired_collection: desired.kind.collection(),
		maybe_desired_item: Some(desired.id),
		maybe_price: None,
		duration: 100,
	}
}

/// The swap of `sent`, which the caller has, for `received`, which is offered for it.
pub fn swap(sent: Title, received: Title) -> NftsCall {
	NftsCall::claim_swap {
		send_collection: sent.kind.collection(),
		send_item: sent.id,
		receive_collection: received.kind.collection(),
		receive_item: received.id,
		witness_price: None,
	}
}

/// A burn of `title`.
pub fn burn(title: Title) -> NftsCall {
	NftsCall::burn { collection: title.kind.collection(), item: title.id }
}
