//! Availability: demands for bytes that somebody answers for, and what follows from silence
//! (protocol 6).
//!
//! # Surface
//!
//! Who lacks a chunk of a blob that matters [demands](Pallet::demand) it. The chain names the
//! respondent: a report's attributor answers for its entries and payouts, a model's owner for the
//! outputs of its receipts, a contributor for a contribution. Anyone who has the chunk
//! [answers](Pallet::answer) with an opening, as a transaction that needs neither signature nor fee,
//! through the demand's last block, and the bytes are on the chain. After that block anyone
//! [enforces](Pallet::enforce) the demand: the report is void and slashed, the receipt counts as
//! one item without windows, or the contribution is suspended and out of every corpus.
//!
//! A chunk of a blob is demanded at most once at a time. A demand stands until it is answered or
//! enforced, however late; what it was about may have gone by then, and it lapses. Who demands a chunk
//! again, while a demand for it pends, has the report that it is demanded for stay open for that demand, and
//! holds nothing: one deposit pays for one answer.
//!
//! # Cross-pallet contract
//!
//! What a demand is about is asked for when it is made: reports of [`Config::Reports`], receipts of
//! [`Config::Usage`] and who owns their models of [`Config::Models`], contributions of
//! [`Config::Datasets`]. The name of the bytes and the respondent are kept, as a title may change
//! hands and a report may fall while a demand pends. Whether its subject still stands is asked again
//! when it is enforced.
//!
//! To reports it offers [`Demands`](tributary_primitives::traits::Demands): chunks of unseen sources
//! drawn by lot, how long the outputs of an epoch may still be shown, and whether it is overdue that they
//! were. It asks of them to stay open
//! ([`keep_open`](tributary_primitives::traits::OpenReports::keep_open)) until an answer window after
//! a demand's last block, so that silence can be enforced and its consequence be shown as a fault.
//! A contribution is locked while a demand for it pends, as often as demands do.
//!
//! # Economics
//!
//! - Each demand holds [`Config::DemandDeposit`] of its demander, and no record stands without one. An
//!   answer pays it to the respondent, or burns it where the respondent's account could not exist with
//!   it; enforcement gives it back. A demand for bytes that are to be had elsewhere only pays whoever is
//!   asked. Who answers each demand is not caught by any, but sells the bytes, chunk by chunk.
//! - Who demands of oneself gets the deposit back. What is left is the fee, and that covers the largest
//!   answer, which pays none itself: `demand` weighs as much as both. Each demand is answered or
//!   enforced once, so there are never more free transactions than paid ones.
//! - Who floods a respondent, so that its answers do not find room in time, holds a deposit for each
//!   demand and loses that of each answer. Answers come before everything but faults.
//! - Silence costs what the other pallets take, of which the demander gets at most half: who keeps silent
//!   towards oneself loses the rest.
//! - Demands that keep a report open are heard through its `demand_until` alone, which no demand puts
//!   off. However many there are, they keep it open no longer than two answer windows after that block.
//! - Nobody is kept from a demand by an earlier one: a liar may demand a chunk itself, for no report or for
//!   another, but whoever demands it again for the report in question keeps that one open until there was
//!   time to enforce the pending demand and to show a fault after it.
//! - What silence costs is taken by the pallets of reports and of contributions, and it is they who say so to
//!   [`OnSlash`](tributary_primitives::traits::OnSlash). A deposit that pays for an answer is a price.
//! - A receipt becomes withheld once, and each was paid for. A model's owner who has an epoch's
//!   receipts withheld one after the other delays its report by as many windows, earns nothing by it,
//!   and somebody has paid the protocol fee of each.
//! - Nobody leaves a demand of one's own pending to void a later report at the last moment: there is no
//!   report while a demand for the epoch's outputs is overdue, that is, neither answered in time nor enforced.
//!   Anyone enforces, free of charge, and who makes many demands to put a report off has paid for more of
//!   the blocks than it takes to enforce them.
//! - A lock lasts as long as its demand, and the contributor ends it with an answer, for which it is
//!   paid. A contribution that has ended is heard of only while it may still earn, so who has left
//!   for good need not keep the bytes.

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

mod charge;
mod lot;
pub mod refusal;
pub mod rules;
mod subject;
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

pub use charge::largest_answer;
pub use pallet::*;
pub use rules::{ANSWER_LONGEVITY, ANSWER_PRIORITY};
pub use subject::respondent;
pub use types::{Deadline, Demand, DemandOf, OutputDemands};
pub use weights::WeightInfo;

tributary_primitives::impl_opening_errors!(OpeningNotCovered);

#[allow(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	reason = "the pallet macro writes such code here; what the calls do is in `rules`"
)]
#[frame_support::pallet]
pub mod pallet {
	use alloc::boxed::Box;

	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, Randomness},
	};
	use frame_system::pallet_prelude::*;
	use tributary_primitives::{
		availability::Demanded,
		blob::Opening,
		ids::{EpochIndex, ModelId},
		traits::{Contributions, Models, OpenReports, Receipts, Sanctions, WithholdReceipts},
	};

	use super::{
		charge::{demand_weight, enforce_weight},
		*,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Deposit and window may change at any time: a demand keeps those of its own block.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The native token: deposits are holds of it, in planck.
		type Currency: fungible::hold::Mutate<
			Self::AccountId,
			Reason = Self::RuntimeHoldReason,
			Balance = u128,
		>;

		/// The runtime's reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// Contributions, and what becomes of those whose bytes nobody shows.
		type Datasets: Contributions<Self::AccountId, BlockNumberFor<Self>>
			+ Sanctions<Self::AccountId, Error = DispatchError>;

		/// Models, with their owners and corpora.
		type Models: Models<Self::AccountId>;

		/// Receipts, and what becomes of those whose outputs nobody shows.
		type Usage: Receipts<BlockNumberFor<Self>> + WithholdReceipts<Error = DispatchError>;

		/// Open reports.
		type Reports: OpenReports<Self::AccountId, BlockNumberFor<Self>, Error = DispatchError>;

		/// What draws chunks of unseen sources. Where it has nothing to give, the parent block's hash
		/// draws: its author may choose among the blocks that it could make.
		type Randomness: Randomness<Option<Self::Hash>, BlockNumberFor<Self>>;

		/// What is held for a demand and paid for its answer, in planck: more than nothing, as a demand
		/// would be free otherwise.
		type DemandDeposit: Get<u128>;

		/// The number of blocks after a demand's own in which an answer is heard, and after those the
		/// number for which a report is kept open; at least 2: one to enforce in and one for a fault.
		/// Less than the challenge window of reports by 2 at least, so that a demand which keeps none open
		/// is enforced, and a fault be shown in a later block, before a report that is posted in the block
		/// of the demand is final.
		type AnswerWindow: Get<BlockNumberFor<Self>>;

		/// The number of chunks that are drawn of an unseen source.
		#[pallet::constant]
		type DrawnChunks: Get<u32>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;

		/// Sets up what other pallets know, for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// Why this pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// What a demander pays for an answer.
		Demand,
	}

	/// The number of the next demand.
	#[pallet::storage]
	pub type NextDemand<T> = StorageValue<_, u64, ValueQuery>;

	/// Demands that were neither answered nor enforced, by their numbers.
	#[pallet::storage]
	pub type Demands<T: Config> = StorageMap<_, Twox64Concat, u64, DemandOf<T>>;

	/// The demand for a chunk of a blob.
	#[pallet::storage]
	pub type Pending<T> = StorageMap<_, Blake2_128Concat, (Demanded, u64), u64>;

	/// The demands that pend for the outputs of (model, epoch); none where none does.
	#[pallet::storage]
	pub type LastAnswer<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		ModelId,
		Twox64Concat,
		EpochIndex,
		OutputDemands<BlockNumberFor<T>>,
	>;

	/// The deadlines of the demands that pend for the outputs of (model, epoch), the next to fall due first.
	#[pallet::storage]
	pub type Deadlines<T> =
		StorageDoubleMap<_, Twox64Concat, (ModelId, EpochIndex), Identity, Deadline, ()>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A chunk was demanded.
		Demanded {
			/// The demand.
			demand: u64,
			/// The blob.
			blob: Demanded,
			/// The chunk of it.
			chunk: u64,
			/// Who demands.
			demander: T::AccountId,
			/// Who answers for the bytes.
			respondent: T::AccountId,
			/// The last block in which it may be answered.
			answer_until: BlockNumberFor<T>,
		},
		/// A chunk was demanded again while a demand for it pends, and the report that it was demanded for
		/// stays open longer.
		Repeated {
			/// The demand that pends.
			demand: u64,
			/// The blob.
			blob: Demanded,
			/// The chunk of it.
			chunk: u64,
			/// Who demands it again.
			demander: T::AccountId,
		},
		/// A chunk was shown.
		Answered {
			/// The demand.
			demand: u64,
			/// The blob.
			blob: Demanded,
			/// The chunk of it.
			chunk: u64,
			/// Who answered for the bytes.
			respondent: T::AccountId,
			/// What of the demander's deposit the respondent got, in planck. The rest is burned.
			paid: u128,
		},
		/// A chunk was not shown, and what follows from that has happened.
		Enforced {
			/// The demand.
			demand: u64,
			/// The blob.
			blob: Demanded,
			/// Who demanded.
			demander: T::AccountId,
			/// What was taken of whoever answered for the bytes, in planck.
			slashed: u128,
			/// What of that the demander got, in planck. The rest is burned.
			reward: u128,
		},
		/// A chunk was not shown, but nothing followed from that any more.
		Lapsed {
			/// The demand.
			demand: u64,
			/// The blob.
			blob: Demanded,
			/// Who demanded.
			demander: T::AccountId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such contribution, receipt, item or demand: check the numbers.
		NotFound,
		/// The blob has no such chunk: its chunks of 1,024 bytes are counted from 0.
		ChunkOutOfRange,
		/// The blob is empty: there is nothing to demand.
		EmptyBlob,
		/// That chunk is demanded already, and no report would stay open longer for it: wait for the answer
		/// to that demand, or enforce it.
		AlreadyDemanded,
		/// No demand on that report is heard any more: it is void, final, or was posted too long ago.
		DemandsOver,
		/// The pot of that epoch is settled: its outputs no longer matter.
		PotSettled,
		/// The bytes are withheld already: nothing more follows from silence.
		AlreadyWithheld,
		/// The output is named by an item of the receipt: open that item.
		MissingItem,
		/// Only a demand for an output opens an item: leave it out.
		UnexpectedItem,
		/// Only a demand for a contribution says for which report it is made: leave that out.
		UnexpectedReport,
		/// The contribution earns nothing by that epoch of that model: name one that has receipts and
		/// whose corpus holds it.
		OutsideCorpus,
		/// The contribution has ended: name an epoch of a model by which it may still earn.
		ContributionEnded,
		/// The demand's last block is over: answers are no longer heard.
		AnswerOver,
		/// The demand may still be answered: enforce it after its last block.
		AnswerOpen,
		/// An opening starts past the end of its blob.
		OpeningOutOfRange,
		/// An opening is not a run of one to eight whole chunks of its blob.
		OpeningBadLength,
		/// An opening has too many or too few siblings.
		OpeningBadSiblings,
		/// An opening does not belong to a blob of that hash and length.
		OpeningRootMismatch,
		/// An opening does not reach the last chunk of its blob.
		OpeningNotTail,
		/// An opening does not hold the item or the chunk asked for.
		OpeningNotCovered,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Demands a chunk of a blob.
		///
		/// # Dispatch Origin
		///
		/// Signed: anyone.
		///
		/// # Details
		///
		/// [`Config::DemandDeposit`] of the caller is held. Whoever answers for the blob has
		/// [`Config::AnswerWindow`] blocks after this one to have the chunk shown. An open report that
		/// the demand is tied to stays open as many blocks longer: one on the same epoch of the same
		/// model, and for a contribution the one that `keep_open` names. A contribution is locked.
		///
		/// Outputs may be demanded from their payment on, and contributions from their reveal on. One that
		/// has ended is demanded for an epoch of a model that it may still earn by.
		///
		/// While another demand for the chunk pends nothing is held, and there is no second one: the
		/// report stays open until [`Config::AnswerWindow`] blocks after the last in which the pending
		/// one may be answered, or after this one, if that is later.
		///
		/// # Parameters
		///
		/// - `blob`: what names the blob.
		/// - `chunk`: which of its chunks of 1,024 bytes, counted from 0.
		/// - `item`: for an output alone: the chunk of the receipt's list that holds its item.
		/// - `keep_open`: for a contribution alone: the epoch of a model for whose report it is
		///   demanded.
		///
		/// # Errors
		///
		/// - [`Error::NotFound`]: there is no such contribution, receipt or item.
		/// - [`Error::EmptyBlob`], [`Error::ChunkOutOfRange`]: the blob has no such chunk.
		/// - [`Error::AlreadyDemanded`]: the same chunk is demanded, and no open report that the demand is
		///   tied to would stay open longer.
		/// - [`Error::DemandsOver`], [`Error::PotSettled`], [`Error::AlreadyWithheld`]: nothing would
		///   follow from silence.
		/// - [`Error::ContributionEnded`], [`Error::OutsideCorpus`]: the contribution does not earn.
		/// - [`Error::MissingItem`], [`Error::UnexpectedItem`], [`Error::UnexpectedReport`],
		///   `Opening...`: what comes with the demand is not what it takes.
		/// - Those of the token, where the account cannot hold the deposit.
		///
		/// # Events
		///
		/// [`Event::Demanded`], or [`Event::Repeated`] where a demand pends.
		#[pallet::call_index(0)]
		#[pallet::weight(demand_weight::<T::WeightInfo>(blob, item.as_deref()))]
		pub fn demand(
			origin: OriginFor<T>,
			blob: Demanded,
			chunk: u64,
			item: Option<Box<Opening>>,
			keep_open: Option<(ModelId, EpochIndex)>,
		) -> DispatchResult {
			let demander = ensure_signed(origin)?;
			Self::do_demand(&demander, blob, chunk, item.as_deref(), keep_open)
		}

		/// Shows a chunk that was demanded.
		///
		/// # Dispatch Origin
		///
		/// Authorized: a general transaction, without signature or fee, that
		/// [`frame_system::AuthorizeCall`] lets in after it has verified the opening. The codes with
		/// which it is refused before that are in [`refusal`].
		///
		/// # Details
		///
		/// Nobody signs, so nobody is charged, and whoever has the bytes may show them. A signed one is
		/// refused, and charged like any call. The opening is verified once more here. The demander's
		/// deposit goes to the respondent, whoever shows the chunk.
		///
		/// # Parameters
		///
		/// - `demand`: the demand.
		/// - `opening`: chunks of the blob, the demanded one among them.
		///
		/// # Errors
		///
		/// - [`Error::NotFound`]: there is no such demand, or it was answered or enforced.
		/// - [`Error::AnswerOver`]: its last block is over.
		/// - `Opening...`: the opening does not show the chunk.
		///
		/// # Events
		///
		/// [`Event::Answered`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::answer(opening.chunk_count(), opening.sibling_count()))]
		#[pallet::authorize(|_source, demand, opening| {
			Self::authorize_answer(*demand, opening)
		})]
		#[pallet::weight_of_authorize(
			T::WeightInfo::authorize_answer(opening.chunk_count(), opening.sibling_count())
		)]
		pub fn answer(origin: OriginFor<T>, demand: u64, opening: Box<Opening>) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_answer(demand, &opening)
		}

		/// Draws the consequence of a demand that was not answered.
		///
		/// # Dispatch Origin
		///
		/// Signed: anyone.
		///
		/// # Details
		///
		/// The report is void and its bond slashed; the receipt is withheld, and an open report on it
		/// is void without blame; the contribution is suspended and withheld. Where that was done before,
		/// or the report is gone or can no longer fall, the demand lapses. Either way the demander gets
		/// the deposit back, and the caller pays no fee.
		///
		/// # Parameters
		///
		/// - `demand`: the demand.
		///
		/// # Errors
		///
		/// - [`Error::NotFound`]: there is no such demand, or it was answered or enforced.
		/// - [`Error::AnswerOpen`]: it may still be answered.
		///
		/// # Events
		///
		/// [`Event::Enforced`] or [`Event::Lapsed`].
		#[pallet::call_index(2)]
		#[pallet::weight(enforce_weight::<T::WeightInfo>())]
		pub fn enforce(origin: OriginFor<T>, demand: u64) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_enforce(demand)?;
			Ok(Pays::No.into())
		}
	}
}
