//! Agents: accounts that act for their owners within a mandate, and answer for it with a stake
//! (protocol 9).
//!
//! # Surface
//!
//! The owner of an agent's title [makes](Pallet::create) it, names its [operator](Pallet::set_operator),
//! [metadata](Pallet::set_metadata) and [models](Pallet::set_models), gives it a
//! [mandate](Pallet::set_mandate), [pauses](Pallet::pause), [resumes](Pallet::resume) and
//! [retires](Pallet::retire) it, and [takes](Pallet::withdraw) what its account holds. The operator
//! [acts](Pallet::act). Anyone [pays](Pallet::pay) it, and [adds](Pallet::bond) to its stake, which the
//! owner [unbonds](Pallet::unbond) slowly. [`views`] has what the runtime API is made of.
//!
//! # What an act is
//!
//! The call is taken apart by [`Config::Calls`]: calls that nest others must be in the mandate, and every
//! call in them. Those that remain are dispatched one after the other as if the agent's account had signed
//! them, all or none. Around each of them the account's free balances are measured: the native token, the
//! assets of the mandate, and those that the call may touch. So no call hides what it costs: what goes on
//! hold counts as spent, and what one call brings in does not lessen what another takes out. Where a rule
//! of the mandate is broken, or a call fails, all of it is undone but the record. A record is an event and a
//! new head of the [`History`]; nothing else grows with it.
//!
//! What a call may touch, whose rights it changes and who is on its other side is asked of
//! [`CallRules`], and asked again just before the call is dispatched, as the calls before it may have
//! changed the answer.
//!
//! # Cross-pallet contract
//!
//! [`Config::Titles`] says who owns an agent, and is asked each time. This pallet
//! [hears](tributary_primitives::traits::OnTitleChange) when a title changes hands, and takes the operator
//! away. [`Config::Payments`] pays the models. It [hears](tributary_primitives::traits::OnSlash) that an
//! account lost a bond or a deposit for a wrong that was proven; an agent loses as much of its stake
//! again.
//!
//! A record is worth what cannot be undone: the runtime refuses every call in which an act would be undone
//! with what fails after it, such as `Utility.batch_all`.
//!
//! # Economics
//!
//! - A payment is divided into what the models get, the protocol fee of the rest, what is added to the
//!   agent's stake, and what goes to the title's owner or vault
//!   ([`divide_earnings`](tributary_primitives::agent::divide_earnings)). What the owner's account could not
//!   take, as it would stay below the existential deposit, is added to the stake.
//! - The stake is on hold in the agent's account. What is unbonded answers for the agent until it is
//!   withdrawn, which leaves as much stake as the account has on hold for other reasons: all of that can
//!   still be lost for a wrong, a contribution's deposit for as long as it stands. An agent whose stake is
//!   below [`Config::MinStake`] does not act, but is paid.
//! - Reputation is what of protocol fees others had burned for the agent; each epoch keeps
//!   [`Config::Keep`] of it. Payments of the owner, the operator, the agent's maker and the agent itself do
//!   not count, as far as the chain can know them. Whoever splits a payment, or itself, changes nothing but
//!   rounding: the price of reputation is what is burned.
//! - The deposit for an agent stays held for good, as its history does; that for its mandate until it is
//!   replaced or removed; that of a payer until nothing is left of what it had burned.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::cast_lossless
	)
)]

extern crate alloc;

mod acts;
mod agents;
mod mandates;
mod pay;
mod reputation;
mod rules;
mod stakes;
pub mod types;
pub mod views;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;

pub use pallet::*;
pub use rules::{CallRule, CallRules, TitleTransfer, MAX_RULE_READS};
pub use tributary_primitives::agent::{Act, History, Mandate};
pub use types::{
	Agent, AgentOf, Holding, MandateRecord, ModelPayment, Reputation, Stake, Standing, Unbonding,
};
pub use weights::WeightInfo;

#[allow(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	reason = "the pallet macro writes such code here; what the calls do is in modules of their own"
)]
#[frame_support::pallet]
pub mod pallet {
	use alloc::boxed::Box;

	use frame_support::{
		dispatch::{GetDispatchInfo, PostDispatchInfo},
		pallet_prelude::*,
		traits::{
			fungible::{Balanced, Credit, Inspect, Mutate, MutateHold},
			fungibles, OnUnbalanced,
		},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::{
		traits::{AccountIdConversion, Dispatchable, One},
		Perbill,
	};
	use tributary_primitives::{
		agent::{Head, Mandate, ModelRate, Windows, MAX_CALLS_OF_ACT, MAX_MODELS},
		blob::{Content, Opening},
		ids::AgentId,
		title::Beneficiary,
		traits::{Models, Payments, Titles, Vaults},
	};

	use super::{acts::act_weight, *};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// What the protocol fee of a payment is handed over as.
	pub type FeeCredit<T> = Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;
	/// The stake of this runtime.
	pub type StakeOf<T> = Stake<BlockNumberFor<T>>;
	/// The record of a mandate of this runtime.
	pub type MandateRecordOf<T> = MandateRecord<<T as frame_system::Config>::AccountId>;
	/// The models of an agent.
	pub type ModelRates = BoundedVec<ModelRate, ConstU32<MAX_MODELS>>;

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The calls of the runtime.
		type RuntimeCall: Parameter
			+ Dispatchable<RuntimeOrigin = Self::RuntimeOrigin, PostInfo = PostDispatchInfo>
			+ GetDispatchInfo
			+ From<frame_system::Call<Self>>;

		/// What agents may call, and what of it must be measured.
		type Calls: CallRules<Self::AccountId, <Self as Config>::RuntimeCall>;

		/// The native token. A balance is what is free, without what is on hold.
		type Currency: Balanced<Self::AccountId>
			+ Mutate<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ Inspect<Self::AccountId, Balance = u128>;

		/// The runtime's reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// The assets that mandates have budgets for.
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = u32, Balance = u128>;

		/// Who owns what, and whom its revenue goes to.
		type Titles: Titles<Self::AccountId, Error = DispatchError>;

		/// Gives away titles that an agent's account owns.
		type TitleTransfer: TitleTransfer<Self::AccountId>;

		/// The models that agents run on.
		type Models: Models<Self::AccountId>;

		/// Pays for models.
		type Payments: Payments<Self::AccountId, Error = DispatchError>;

		/// The vaults of titles whose shares earn their revenue. Their account exists.
		type Vaults: Vaults<Self::AccountId, Error = DispatchError>;

		/// Where protocol fees go.
		type FeeDestination: OnUnbalanced<FeeCredit<Self>>;

		/// The protocol's part of a payment, the same as of a payment for a model.
		type ProtocolFee: Get<Perbill>;

		/// The part of the protocol fee that is not burned.
		type AuthorShare: Get<Perbill>;

		/// What the accounts of agents are derived from.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// What whoever makes an agent has on hold for it, in planck.
		#[pallet::constant]
		type AgentDeposit: Get<u128>;

		/// What an owner has on hold for a mandate, however long it is, in planck.
		#[pallet::constant]
		type MandateDeposit: Get<u128>;

		/// What a payer has on hold for what an agent's reputation says of it, in planck.
		#[pallet::constant]
		type PayerDeposit: Get<u128>;

		/// The least stake of an agent that acts, in planck, at least 1.
		#[pallet::constant]
		type MinStake: Get<u128>;

		/// The blocks from unbonding a stake until it may be withdrawn. It counts as it is when that is asked
		/// for.
		type UnbondingPeriod: Get<BlockNumberFor<Self>>;

		/// The blocks in an epoch of reputation, at least 1.
		#[pallet::constant]
		type EpochLength: Get<BlockNumberFor<Self>>;

		/// The part of a reputation that each epoch keeps.
		#[pallet::constant]
		type Keep: Get<Perbill>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// Sets the scene of a benchmark.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<
			Self::AccountId,
			<Self as Config>::RuntimeCall,
		>;
	}

	/// Why this pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// In an owner's account: the deposits for agents and mandates.
		Deposit,
		/// In an agent's account: its stake.
		Stake,
		/// In a payer's account: the deposits for what it has burned.
		Payer,
	}

	/// The agents.
	#[pallet::storage]
	pub type Agents<T: Config> = StorageMap<_, Twox64Concat, AgentId, AgentOf<T>>;

	/// The number of agents that were ever made.
	#[pallet::storage]
	pub type NextAgent<T: Config> = StorageValue<_, AgentId, ValueQuery>;

	/// The agent whose account it is.
	#[pallet::storage]
	pub type AgentOfAccount<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, AgentId>;

	/// What each agent may do. Without one it may do nothing.
	#[pallet::storage]
	pub type Mandates<T: Config> = StorageMap<_, Twox64Concat, AgentId, MandateRecordOf<T>>;

	/// What each agent that has a mandate has spent lately.
	#[pallet::storage]
	pub type Spending<T: Config> = StorageMap<_, Twox64Concat, AgentId, Windows>;

	/// What each agent did.
	#[pallet::storage]
	pub type Histories<T: Config> = StorageMap<_, Twox64Concat, AgentId, History>;

	/// What answers for each agent.
	#[pallet::storage]
	pub type Stakes<T: Config> = StorageMap<_, Twox64Concat, AgentId, StakeOf<T>, ValueQuery>;

	/// What others have burned for each agent.
	#[pallet::storage]
	pub type Reputations<T: Config> = StorageMap<_, Twox64Concat, AgentId, Reputation, ValueQuery>;

	/// What each payer has burned for an agent.
	#[pallet::storage]
	pub type PayersOf<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AgentId, Blake2_128Concat, T::AccountId, Standing>;

	/// The agent that acts in the call that is dispatched now. Never set between two calls.
	#[pallet::storage]
	pub type Acting<T: Config> = StorageValue<_, AgentId>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An agent was made.
		Created {
			/// The agent.
			agent: AgentId,
			/// Who made it, and owns its title.
			owner: T::AccountId,
			/// Its account.
			account: T::AccountId,
			/// Its stake, in planck.
			stake: u128,
		},
		/// An agent has another operator.
		OperatorSet {
			/// The agent.
			agent: AgentId,
			/// Who acts for it; `None` for nobody.
			operator: Option<T::AccountId>,
		},
		/// An agent has another mandate.
		MandateSet {
			/// The agent.
			agent: AgentId,
			/// What it may do; `None` for nothing.
			mandate: Option<Mandate<T::AccountId>>,
		},
		/// An agent says something else of itself.
		MetadataSet {
			/// The agent.
			agent: AgentId,
			/// The blob that says it.
			metadata: Content,
		},
		/// An agent runs on other models, or retains another part of what it earns.
		ModelsSet {
			/// The agent.
			agent: AgentId,
			/// The models, and the part of a payment that each gets.
			models: ModelRates,
			/// The part of the rest that is added to its stake.
			retention: Perbill,
		},
		/// An agent was paused.
		Paused {
			/// The agent.
			agent: AgentId,
		},
		/// An agent may act again.
		Resumed {
			/// The agent.
			agent: AgentId,
		},
		/// An agent was retired, for good.
		Retired {
			/// The agent.
			agent: AgentId,
		},
		/// Something was added to an agent's stake.
		Bonded {
			/// The agent.
			agent: AgentId,
			/// Who gave it.
			who: T::AccountId,
			/// In planck.
			amount: u128,
		},
		/// A part of an agent's stake unbonds.
		Unbonded {
			/// The agent.
			agent: AgentId,
			/// In planck.
			amount: u128,
			/// The first block in which it may be withdrawn.
			free_at: BlockNumberFor<T>,
		},
		/// What had unbonded was paid out.
		UnbondedWithdrawn {
			/// The agent.
			agent: AgentId,
			/// The owner of its title, who got it.
			owner: T::AccountId,
			/// In planck.
			amount: u128,
		},
		/// Something of an agent's account went to the owner.
		Withdrawn {
			/// The agent.
			agent: AgentId,
			/// The owner of its title, who got it.
			owner: T::AccountId,
			/// What.
			holding: Holding,
		},
		/// An agent acted, or tried to: the next record of its history.
		Acted {
			/// The agent.
			agent: AgentId,
			/// The record.
			act: Act,
			/// The head of its history with it.
			head: Head,
		},
		/// One of the calls of an act failed, so that nothing was done.
		ActFailed {
			/// The agent.
			agent: AgentId,
			/// The number of the act.
			index: u64,
			/// The number of calls of the act that were made before it.
			call: u32,
			/// Why.
			error: DispatchError,
		},
		/// An agent was paid.
		Paid {
			/// The agent.
			agent: AgentId,
			/// Who paid.
			payer: T::AccountId,
			/// The blob of what it was paid for.
			outputs: Content,
			/// What was paid: the sum of the parts that follow, in planck.
			amount: u128,
			/// What was paid for its models, with the receipts of that.
			models: BoundedVec<ModelPayment, ConstU32<MAX_MODELS>>,
			/// The protocol's part of the rest.
			protocol_fee: u128,
			/// What was added to its stake.
			retained: u128,
			/// What its title earned.
			rest: u128,
			/// Whom that went to.
			beneficiary: Beneficiary<T::AccountId>,
			/// What was added to its reputation; 0 where the payment does not count.
			burned: u128,
		},
		/// A payer of whose payments nothing is left was forgotten.
		PayerForgotten {
			/// The agent.
			agent: AgentId,
			/// The payer.
			payer: T::AccountId,
			/// The deposit that it has back, in planck.
			deposit: u128,
		},
		/// An agent lost a part of its stake, as it had lost a bond or a deposit for a wrong that was proven.
		StakeSlashed {
			/// The agent.
			agent: AgentId,
			/// What was burned, in planck.
			amount: u128,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such agent: check its id.
		AgentNotFound,
		/// Only the owner of the agent's title may do that: sign with its key.
		NotOwner,
		/// Only the agent's operator may act for it: sign with its key, or have the owner name you.
		NotOperator,
		/// The agent is paused or retired: its owner may resume one that is paused.
		NotActive,
		/// The agent is not paused: there is nothing to resume.
		NotPaused,
		/// The agent is retired for good: make another one.
		Retired,
		/// The agent has less at stake than `MinStake`: bond more.
		StakeTooLow,
		/// The agent has no mandate: its owner sets one.
		NoMandate,
		/// No agent may act, or be changed, by a call of an act: send it by itself.
		WithinAct,
		/// The calls of the mandate are not in strictly ascending order: sort them, and name each once.
		CallsNotSorted,
		/// The assets of the mandate are not in strictly ascending order: sort them, and name each once.
		AssetsNotSorted,
		/// The counterparties of the mandate are not in strictly ascending order: sort them, and name each
		/// once.
		CounterpartiesNotSorted,
		/// The window of the mandate has no blocks: say at least 1.
		ZeroWindow,
		/// The mandate's last block is over already: let it expire later.
		MandateExpired,
		/// The metadata is longer than 64 KiB: shorten it.
		MetadataTooLong,
		/// There is no such model: check the ids.
		ModelNotFound,
		/// A model is named twice: name each once.
		DuplicateModel,
		/// The models' parts sum to more than the whole: lower them.
		RatesExceedWhole,
		/// The amount is 0: say how much.
		ZeroAmount,
		/// The caller has less than that free to leave its account: fund it, or say less.
		InsufficientFunds,
		/// The stake would be more than the chain can count: bond less.
		StakeTooLarge,
		/// The agent has less bonded: unbond less.
		InsufficientStake,
		/// As many parts of the stake unbond already as may: withdraw those that are free, or wait.
		TooManyUnbonding,
		/// Nothing of the stake is free yet: wait until the block that `Unbonded` says.
		NothingUnbonded,
		/// The agent's own title is not withdrawn: transfer it.
		OwnTitle,
		/// The agent's account does not own that title: check which it is.
		TitleNotHeld,
		/// The payment is below the least payment: pay more.
		PaymentTooSmall,
		/// The part of a model would be below the least payment: pay more.
		ModelPartTooSmall,
		/// The opening of the outputs is not that of the last chunk of such a blob: make it from the blob.
		BadOutputsTail,
		/// An agent does not pay itself: name another.
		PaysItself,
		/// There is nothing of that payer: check both accounts.
		PayerNotFound,
		/// Something of what the payer burned still counts: wait.
		StillCounts,
		/// The act would leave less than the existential deposit in the agent's account: fund it.
		BelowExistentialDeposit,
		/// All ids for agents are given.
		TooManyAgents,
		/// All numbers for acts of the agent are given.
		TooManyActs,
		/// What has unbonded still answers for the bonds and deposits of the agent's account: have those
		/// released, or bond more.
		StillAnswers,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MinStake::get() > 0, "an agent that acts has a stake");
			assert!(T::EpochLength::get() >= One::one(), "an epoch has blocks");
			let account = |agent: AgentId| -> Option<T::AccountId> {
				T::PalletId::get().try_into_sub_account(agent)
			};
			assert!(
				account(0).is_some() && account(0) != account(AgentId::MAX),
				"each agent has an account of its own"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Makes an agent. It may do nothing until it has an operator and a mandate.
		///
		/// # Dispatch Origin
		///
		/// Signed: who owns its title from then on.
		///
		/// # Details
		///
		/// The deposit is held for good. The owner sends the existential deposit to the agent's account, and
		/// its stake.
		///
		/// # Parameters
		///
		/// - `metadata`: a blob of at most 64 KiB that says what the agent is: an A2A AgentCard with the fields
		///   of an ERC-8004 registration.
		/// - `models`: what it runs on, and the part of a payment that each gets; all of them at most the
		///   whole.
		/// - `retention`: the part of what it earns that is added to its stake.
		/// - `stake`: in planck, at least [`Config::MinStake`].
		///
		/// # Errors
		///
		/// - [`Error::MetadataTooLong`], [`Error::ModelNotFound`], [`Error::DuplicateModel`],
		///   [`Error::RatesExceedWhole`]: what it is can not be that.
		/// - [`Error::StakeTooLow`]: it could not act.
		/// - [`Error::TooManyAgents`]: there is no id left.
		/// - [`Error::WithinAct`]: an agent makes no agents.
		/// - Those of the token, where the owner can not pay for it.
		///
		/// # Events
		///
		/// [`Event::Created`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::create(models.len() as u32))]
		pub fn create(
			origin: OriginFor<T>,
			metadata: Content,
			models: ModelRates,
			retention: Perbill,
			stake: u128,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_create(owner, metadata, models, retention, stake)
		}

		/// Names the account that acts for an agent, or none.
		///
		/// # Dispatch Origin
		///
		/// Signed: the owner of the agent's title.
		///
		/// # Details
		///
		/// It counts from the next call on. When the title changes hands there is none.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		/// - `operator`: who acts for it, and pays the fees; it is not asked.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`], [`Error::NotOwner`]: there is no such agent of the caller.
		/// - [`Error::Retired`]: it does not act any more.
		/// - [`Error::WithinAct`]: an agent changes no agents.
		///
		/// # Events
		///
		/// [`Event::OperatorSet`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_operator())]
		pub fn set_operator(
			origin: OriginFor<T>,
			agent: AgentId,
			operator: Option<T::AccountId>,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_set_operator(owner, agent, operator)
		}

		/// Says what an agent may do, or that it may do nothing.
		///
		/// # Dispatch Origin
		///
		/// Signed: the owner of the agent's title.
		///
		/// # Details
		///
		/// It counts from the next call on. What the agent spent under the mandate that it had counts in the
		/// budgets of the new one, of the same currencies; where the window is another one, as if it were
		/// spent now. A mandate that is removed takes that with it. The deposit is held of the caller, and that
		/// for the former mandate is free again.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		/// - `mandate`: what it may do; `None` for nothing.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`], [`Error::NotOwner`]: there is no such agent of the caller.
		/// - [`Error::Retired`]: it does nothing any more.
		/// - [`Error::CallsNotSorted`], [`Error::AssetsNotSorted`], [`Error::CounterpartiesNotSorted`],
		///   [`Error::ZeroWindow`], [`Error::MandateExpired`]: that is no mandate.
		/// - [`Error::NoMandate`]: there is none to be removed.
		/// - [`Error::WithinAct`]: an agent changes no mandates.
		/// - Those of the token, where the owner can not hold the deposit.
		///
		/// # Events
		///
		/// [`Event::MandateSet`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::set_mandate())]
		pub fn set_mandate(
			origin: OriginFor<T>,
			agent: AgentId,
			mandate: Option<Mandate<T::AccountId>>,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_set_mandate(owner, agent, mandate)
		}

		/// Names another blob that says what an agent is.
		///
		/// # Dispatch Origin
		///
		/// Signed: the owner of the agent's title.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		/// - `metadata`: a blob of at most 64 KiB.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`], [`Error::NotOwner`]: there is no such agent of the caller.
		/// - [`Error::Retired`]: it stays what it was.
		/// - [`Error::MetadataTooLong`]: the blob is too long.
		/// - [`Error::WithinAct`]: an agent changes no agents.
		///
		/// # Events
		///
		/// [`Event::MetadataSet`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::set_metadata())]
		pub fn set_metadata(
			origin: OriginFor<T>,
			agent: AgentId,
			metadata: Content,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_set_metadata(owner, agent, metadata)
		}

		/// Says what models an agent runs on, and how what it is paid is divided.
		///
		/// # Dispatch Origin
		///
		/// Signed: the owner of the agent's title.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		/// - `models`: the models, and the part of a payment that each gets; all of them at most the whole.
		/// - `retention`: the part of what the models and the protocol fee leave that is added to its stake.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`], [`Error::NotOwner`]: there is no such agent of the caller.
		/// - [`Error::Retired`]: it is not paid any more.
		/// - [`Error::ModelNotFound`], [`Error::DuplicateModel`], [`Error::RatesExceedWhole`]: a payment can not
		///   be divided so.
		/// - [`Error::WithinAct`]: an agent changes no agents.
		///
		/// # Events
		///
		/// [`Event::ModelsSet`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::set_models(models.len() as u32))]
		pub fn set_models(
			origin: OriginFor<T>,
			agent: AgentId,
			models: ModelRates,
			retention: Perbill,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_set_models(owner, agent, models, retention)
		}

		/// Keeps an agent from acting, from the next call on.
		///
		/// # Dispatch Origin
		///
		/// Signed: the owner of the agent's title.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`], [`Error::NotOwner`]: there is no such agent of the caller.
		/// - [`Error::NotActive`]: it does not act anyway.
		/// - [`Error::WithinAct`]: an agent changes no agents.
		///
		/// # Events
		///
		/// [`Event::Paused`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::pause())]
		pub fn pause(origin: OriginFor<T>, agent: AgentId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_pause(owner, agent)
		}

		/// Lets an agent that was paused act again.
		///
		/// # Dispatch Origin
		///
		/// Signed: the owner of the agent's title.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`], [`Error::NotOwner`]: there is no such agent of the caller.
		/// - [`Error::NotPaused`]: it is not paused.
		/// - [`Error::WithinAct`]: an agent changes no agents.
		///
		/// # Events
		///
		/// [`Event::Resumed`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::resume())]
		pub fn resume(origin: OriginFor<T>, agent: AgentId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_resume(owner, agent)
		}

		/// Ends an agent: it neither acts nor is paid any more.
		///
		/// # Dispatch Origin
		///
		/// Signed: the owner of the agent's title.
		///
		/// # Details
		///
		/// The operator and the mandate are removed, and the deposit for the mandate is free again. The
		/// title, the history and what the account holds stay; the owner unbonds the stake and withdraws what
		/// is there. What only the agent's own acts could set free, such as its deposits with other pallets,
		/// is to be freed before.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`], [`Error::NotOwner`]: there is no such agent of the caller.
		/// - [`Error::Retired`]: it was retired before.
		/// - [`Error::WithinAct`]: an agent changes no agents.
		///
		/// # Events
		///
		/// [`Event::Retired`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::retire())]
		pub fn retire(origin: OriginFor<T>, agent: AgentId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_retire(owner, agent)
		}

		/// Adds to the stake of an agent. It is the owner's of its title from then on.
		///
		/// # Dispatch Origin
		///
		/// Signed, by anyone.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		/// - `amount`: in planck.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`], [`Error::Retired`]: there is no such agent, or not any more.
		/// - [`Error::ZeroAmount`], [`Error::StakeTooLarge`]: that can not be added.
		/// - [`Error::WithinAct`]: an agent stakes for no agents.
		/// - Those of the token, where the caller can not pay it.
		///
		/// # Events
		///
		/// [`Event::Bonded`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::bond())]
		pub fn bond(origin: OriginFor<T>, agent: AgentId, amount: u128) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_bond(who, agent, amount)
		}

		/// Takes something out of the stake of an agent. It answers for the agent until it is withdrawn, and
		/// that waits for what the agent itself has on hold.
		///
		/// # Dispatch Origin
		///
		/// Signed: the owner of the agent's title.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		/// - `amount`: in planck. Where less than [`Config::MinStake`] stays, the agent does not act.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`], [`Error::NotOwner`]: there is no such agent of the caller.
		/// - [`Error::ZeroAmount`], [`Error::InsufficientStake`]: that can not be taken out.
		/// - [`Error::TooManyUnbonding`]: too many parts unbond already.
		/// - [`Error::WithinAct`]: an agent changes no agents.
		///
		/// # Events
		///
		/// [`Event::Unbonded`].
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::unbond())]
		pub fn unbond(origin: OriginFor<T>, agent: AgentId, amount: u128) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_unbond(owner, agent, amount)
		}

		/// Pays what has unbonded to the owner of the agent's title.
		///
		/// # Dispatch Origin
		///
		/// Signed, by anyone.
		///
		/// # Details
		///
		/// At least as much stake stays as the agent's account has on hold for other reasons. What stays of
		/// what has unbonded is paid when there is less, or more stake.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`]: there is no such agent.
		/// - [`Error::NothingUnbonded`]: nothing is free yet.
		/// - [`Error::StillAnswers`]: all of it stays.
		/// - Those of the token, where the owner can not take it; it stays where it is then.
		///
		/// # Events
		///
		/// [`Event::UnbondedWithdrawn`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::withdraw_unbonded())]
		pub fn withdraw_unbonded(origin: OriginFor<T>, agent: AgentId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_withdraw_unbonded(agent)
		}

		/// Takes something out of an agent's account, to the owner of its title.
		///
		/// # Dispatch Origin
		///
		/// Signed: the owner of the agent's title.
		///
		/// # Details
		///
		/// The account keeps the existential deposit. What is on hold in it stays.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		/// - `holding`: what is taken out.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`], [`Error::NotOwner`]: there is no such agent of the caller.
		/// - [`Error::OwnTitle`], [`Error::TitleNotHeld`]: that title can not be taken out.
		/// - [`Error::WithinAct`]: an agent changes no agents.
		/// - Those of the token, the assets or the titles, where there is less, or the owner can not take it.
		///
		/// # Events
		///
		/// [`Event::Withdrawn`].
		#[pallet::call_index(11)]
		#[pallet::weight(match holding {
			Holding::Native(_) => T::WeightInfo::withdraw_native(),
			Holding::Asset(..) => T::WeightInfo::withdraw_asset(),
			Holding::Title(_) => T::WeightInfo::withdraw_title(),
		})]
		pub fn withdraw(origin: OriginFor<T>, agent: AgentId, holding: Holding) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_withdraw(owner, agent, holding)
		}

		/// Acts as an agent, within its mandate.
		///
		/// # Dispatch Origin
		///
		/// Signed: the agent's operator.
		///
		/// # Details
		///
		/// Once the agent may act at all, the call succeeds and leaves a record, whatever becomes of what it
		/// asks for: see the event. Nothing but the record stays of an act that breaks the mandate or fails.
		/// The weight that it does not need is given back.
		///
		/// A batch that goes on after a failure, or ends there, and a proxy may carry it. The runtime's filter
		/// refuses a call that would undo it with another one that fails: `Utility.batch_all`.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		/// - `call`: what it does: one call, or one that nests several, at most
		///   [`MAX_CALLS_OF_ACT`] in all.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`], [`Error::NotOperator`]: there is no such agent of the caller.
		/// - [`Error::NotActive`], [`Error::StakeTooLow`], [`Error::NoMandate`]: it may not act.
		/// - [`Error::WithinAct`]: an agent does not have agents act.
		/// - [`Error::TooManyActs`]: its history is full.
		///
		/// # Events
		///
		/// [`Event::Acted`], before it those of what was done, and after it [`Event::ActFailed`] where a call
		/// failed.
		#[pallet::call_index(12)]
		#[pallet::weight((
			act_weight::<T>(MAX_CALLS_OF_ACT, call.encoded_size())
				.saturating_add(call.get_dispatch_info().call_weight),
			DispatchClass::Normal,
		))]
		pub fn act(
			origin: OriginFor<T>,
			agent: AgentId,
			call: Box<<T as Config>::RuntimeCall>,
		) -> DispatchResultWithPostInfo {
			let operator = ensure_signed(origin)?;
			let weight = Self::do_act(&operator, agent, &call)?;
			Ok(Some(weight).into())
		}

		/// Pays an agent for what it has made.
		///
		/// # Dispatch Origin
		///
		/// Signed: whoever pays.
		///
		/// # Details
		///
		/// Each of its models is paid `floor(rate * amount)`, as by a payment of the caller for the same
		/// outputs, with a receipt and its deposit. Of the rest the protocol fee is taken, rounded up; of what
		/// that leaves `floor(retention * net)` is added to the agent's stake, and the remainder is the
		/// title's: its owner's or its vault's. What the owner's account could not take is added to the stake
		/// too. What others had burned so is the agent's reputation; for the first time a deposit is held for
		/// it.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		/// - `outputs`: the blob of 64-byte items that is paid for, as of a payment for a model.
		/// - `outputs_tail`: an opening that reaches its last chunk.
		/// - `amount`: in planck, without what is held.
		///
		/// # Errors
		///
		/// - [`Error::AgentNotFound`], [`Error::Retired`]: there is no such agent, or not any more.
		/// - [`Error::PaysItself`]: it is the caller.
		/// - [`Error::PaymentTooSmall`], [`Error::ModelPartTooSmall`], [`Error::InsufficientFunds`],
		///   [`Error::RatesExceedWhole`], [`Error::StakeTooLarge`]: the amount can not be divided so.
		/// - [`Error::BadOutputsTail`]: the opening is none of that blob.
		/// - Those of a payment for a model, and of the token.
		///
		/// # Events
		///
		/// [`Event::Paid`], and before it those of the payments for its models.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::pay(
			MAX_MODELS,
			outputs_tail.chunk_count(),
			outputs_tail.sibling_count(),
		))]
		pub fn pay(
			origin: OriginFor<T>,
			agent: AgentId,
			outputs: Content,
			outputs_tail: Box<Opening>,
			amount: u128,
		) -> DispatchResultWithPostInfo {
			let payer = ensure_signed(origin)?;
			let models = Self::do_pay(payer, agent, outputs, &outputs_tail, amount)?;
			let (chunks, siblings) = (outputs_tail.chunk_count(), outputs_tail.sibling_count());
			Ok(Some(T::WeightInfo::pay(models, chunks, siblings)).into())
		}

		/// Forgets a payer of whose payments for an agent nothing is left, and returns its deposit.
		///
		/// # Dispatch Origin
		///
		/// Signed, by anyone.
		///
		/// # Parameters
		///
		/// - `agent`: the agent.
		/// - `payer`: who paid it.
		///
		/// # Errors
		///
		/// - [`Error::PayerNotFound`]: nothing is known of it.
		/// - [`Error::StillCounts`]: something is left.
		///
		/// # Events
		///
		/// [`Event::PayerForgotten`].
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::forget_payer())]
		pub fn forget_payer(
			origin: OriginFor<T>,
			agent: AgentId,
			payer: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_forget_payer(agent, payer)
		}
	}
}
