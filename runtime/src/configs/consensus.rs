//! Who makes blocks: BABE and GRANDPA over a set of authorities that genesis fixes, and the evidence
//! against those who equivocate.

use alloc::vec::Vec;

use frame_support::{
	parameter_types,
	traits::{ConstU32, Randomness},
};
use frame_system::offchain::{CreateBare, CreateTransactionBase};
use pallet_session::historical::{self, NoteHistoricalRoot};
use sp_runtime::traits::{BlakeTwo256, Convert, ConvertInto, Hash as _, OpaqueKeys};
use sp_session::MembershipProof;
use sp_staking::SessionIndex;

use crate::{
	params::{EVIDENCE_SESSIONS, SECONDS_PER_BLOCK, SESSION_SLOTS, TRIB},
	AccountId, AuthorityDiscovery, Babe, Balance, Balances, BlockNumber, Grandpa, Hash, Historical,
	Offences, Runtime, RuntimeCall, RuntimeEvent, Session, UncheckedExtrinsic,
};

parameter_types! {
	/// Slots in a BABE epoch.
	pub EpochDuration: u64 = SESSION_SLOTS.into();
	/// The average time between blocks, in milliseconds.
	pub ExpectedBlockTime: u64 = u64::from(SECONDS_PER_BLOCK).saturating_mul(1_000);
	/// The most authorities that the chain can have.
	pub const MaxAuthorities: u32 = 100;
	/// The blocks for which evidence of an equivocation is worth submitting.
	pub ReportLongevity: u64 = u64::from(EVIDENCE_SESSIONS).saturating_mul(SESSION_SLOTS.into());
	/// The GRANDPA authority sets whose sessions are remembered.
	pub MaxSetIdSessionEntries: u64 = EVIDENCE_SESSIONS.into();
	/// Held from an account while its session keys are stored.
	pub const KeyDeposit: Balance = TRIB;
}

impl pallet_babe::Config for Runtime {
	type DisabledValidators = Session;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type EpochDuration = EpochDuration;
	type EquivocationReportSystem =
		pallet_babe::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
	type ExpectedBlockTime = ExpectedBlockTime;
	type KeyOwnerProof = MembershipProof;
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = ConstU32<0>;
	type WeightInfo = ();
}

/// The randomness of the block before: from its author's verifiable random function, over that of the
/// epoch.
///
/// Read inside a block, as it changes when the block ends. Every slot has to be claimed by a verifiable
/// random function, as [`BABE_EPOCH_CONFIG`](crate::genesis_presets::BABE_EPOCH_CONFIG) says: after a block
/// without one the value before it would be given once more.
pub struct BlockRandomness;

impl Randomness<Option<Hash>, BlockNumber> for BlockRandomness {
	fn random(subject: &[u8]) -> (Option<Hash>, BlockNumber) {
		let (epoch, _) = pallet_babe::RandomnessFromOneEpochAgo::<Runtime>::random(subject);
		let (block, since) = pallet_babe::ParentBlockRandomness::<Runtime>::random(subject);
		(block.map(|block| BlakeTwo256::hash_of(&(epoch, block))), since)
	}
}

impl pallet_grandpa::Config for Runtime {
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
	type KeyOwnerProof = MembershipProof;
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = MaxSetIdSessionEntries;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
}

impl pallet_authorship::Config for Runtime {
	type EventHandler = ();
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
}

impl pallet_authority_discovery::Config for Runtime {
	type MaxAuthorities = MaxAuthorities;
}

impl pallet_offences::Config for Runtime {
	type IdentificationTuple = historical::IdentificationTuple<Self>;
	// Authorities have no stake in this release: an offence is recorded for all to see, not slashed.
	type OnOffenceHandler = ();
	type RuntimeEvent = RuntimeEvent;
}

impl historical::Config for Runtime {
	type FullIdentification = ();
	type FullIdentificationOf = AccountIsIdentity;
	type RuntimeEvent = RuntimeEvent;
}

impl pallet_session::Config for Runtime {
	type Currency = Balances;
	type DisablingStrategy = ();
	type KeyDeposit = KeyDeposit;
	type Keys = SessionKeys;
	type NextSessionRotation = Babe;
	type RuntimeEvent = RuntimeEvent;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type SessionManager = NoteHistoricalRoot<Self, FixedAuthorities>;
	type ShouldEndSession = Babe;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
}

/// Says that an authority's account is all there is to know about it.
pub struct AccountIsIdentity;

impl Convert<AccountId, Option<()>> for AccountIsIdentity {
	fn convert(_: AccountId) -> Option<()> {
		Some(())
	}
}

/// Keeps the authorities of genesis, as long as they have session keys.
///
/// The membership root that evidence is checked against covers the keys, so a session in which an
/// authority has replaced its keys is announced as a new set of the same accounts.
pub struct FixedAuthorities;

impl historical::SessionManager<AccountId, ()> for FixedAuthorities {
	fn new_session_genesis(new_index: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		// The second session repeats the first, root and all, where nothing is returned.
		(new_index == 0).then(|| {
			let mut authorities: Vec<_> =
				pallet_session::NextKeys::<Runtime>::iter_keys().collect();
			authorities.sort();
			authorities.into_iter().map(|authority| (authority, ())).collect()
		})
	}

	fn new_session(_: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		let queued = Session::queued_keys();
		let keys_changed = queued
			.iter()
			.any(|(authority, keys)| Session::load_keys(authority).as_ref() != Some(keys));
		keys_changed.then(|| {
			queued
				.into_iter()
				.filter(|(authority, _)| Session::load_keys(authority).is_some())
				.map(|(authority, _)| (authority, ()))
				.collect()
		})
	}

	fn start_session(start_index: SessionIndex) {
		if let Some(first_kept) =
			start_index.checked_sub(EVIDENCE_SESSIONS).filter(|first| *first > 0)
		{
			Historical::prune_up_to(first_kept);
		}
	}

	fn end_session(_: SessionIndex) {}
}

impl pallet_session::SessionManager<AccountId> for FixedAuthorities {
	fn new_session_genesis(new_index: SessionIndex) -> Option<Vec<AccountId>> {
		accounts(<Self as historical::SessionManager<_, _>>::new_session_genesis(new_index))
	}

	fn new_session(new_index: SessionIndex) -> Option<Vec<AccountId>> {
		accounts(<Self as historical::SessionManager<_, _>>::new_session(new_index))
	}

	fn start_session(start_index: SessionIndex) {
		<Self as historical::SessionManager<_, _>>::start_session(start_index);
	}

	fn end_session(end_index: SessionIndex) {
		<Self as historical::SessionManager<_, _>>::end_session(end_index);
	}
}

fn accounts(identified: Option<Vec<(AccountId, ())>>) -> Option<Vec<AccountId>> {
	identified.map(|list| list.into_iter().map(|(authority, ())| authority).collect())
}

impl<LocalCall> CreateTransactionBase<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

impl<LocalCall> CreateBare<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}

sp_runtime::impl_opaque_keys! {
	/// The keys of an authority.
	pub struct SessionKeys {
		/// Makes blocks.
		pub babe: Babe,
		/// Finalises blocks.
		pub grandpa: Grandpa,
		/// Signs the authority's network addresses.
		pub authority_discovery: AuthorityDiscovery,
	}
}
