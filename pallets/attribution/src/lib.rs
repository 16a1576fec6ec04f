//! Attribution: reports, faults that void them, finality, and claims (protocol 6).
//!
//! # Surface
//!
//! An attributor [bonds](Pallet::bond), and [reports](Pallet::report) once an epoch has closed how
//! the data amounts of a model's receipts divide among the sources of its corpus. The chain keeps
//! the names of two blobs and one total, whatever the size of the report. Until the challenge
//! window ends, anyone voids a wrong report with [one small proof](Pallet::submit_fault), as a
//! transaction that needs neither signature nor fee. After it, anyone [finalises](Pallet::finalise)
//! the report, and each contributor takes all that a source earned with [one claim](Pallet::claim).
//! [`Pallet::unbond`] gives back what no open report needs.
//!
//! A (model, epoch) has at most one report at a time: open, then either void, which removes it and
//! reopens the epoch for another, or final, which is for good. A report is told from its
//! predecessors by its id.
//!
//! # Cross-pallet contract
//!
//! What a report is held against is asked for when it matters and never copied: contributions from
//! [`Config::Datasets`], window and corpus from [`Config::Models`], receipts and pots from
//! [`Config::Usage`]. Those answers must not change for a (model, epoch) between the epoch's last
//! block and the end of the challenge window: receipts stay until their pot is settled, and
//! membership of the corpus is judged as of the epoch's last block. The pots hold the money; this
//! pallet says only whom it goes to. Faults are verified by [`tributary_primitives::fault`] over
//! [`facts::ReportFacts`].
//!
//! # Economics
//!
//! - Each open report locks [`Config::Bond`] of its attributor's bond, as it stood when it was
//!   posted. A fault burns half of that and pays the other half, rounded down, to the challenger:
//!   who challenges oneself loses half. Where the reward could not exist in the challenger's
//!   account it is burned as well.
//! - Each report holds a deposit for its storage, [`Config::DepositBase`] and
//!   [`Config::DepositPerByte`] for the bytes of a [`Report`]. It is returned when the report is
//!   voided, or when nothing of it is left to be claimed.
//! - An attributor is paid the attribution fee of the pot at finality.
//! - A fault costs nothing but the work to find it, and has the highest priority that there is. Each
//!   removes a bonded report, so no more of them enter blocks than there are bonds to pay for them.

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

pub mod facts;
pub mod refusal;
pub mod rules;
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
pub use rules::{FAULT_LONGEVITY, FAULT_PRIORITY};
pub use types::{PayoutProof, Report, ReportId, ReportOf, ReportState};
pub use weights::WeightInfo;

tributary_primitives::impl_opening_errors!(OpeningNotCovered);

#[allow(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	clippy::too_many_arguments,
	reason = "the pallet macro writes such code here; what the calls do is in `rules`"
)]
#[frame_support::pallet]
pub mod pallet {
	use alloc::boxed::Box;

	use frame_support::{pallet_prelude::*, traits::fungible};
	use frame_system::pallet_prelude::*;
	use tributary_primitives::{
		blob::{Content, Opening},
		fault::Fault,
		ids::{EpochIndex, ModelId},
		traits::{Contributions, Models, Pots, Receipts},
	};

	use super::{types::Hashing, *};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The native token: bonds and deposits are holds of it, in planck.
		type Currency: fungible::hold::Mutate<
			Self::AccountId,
			Reason = Self::RuntimeHoldReason,
			Balance = u128,
		>;

		/// The runtime's reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// Contributions, and whose they are.
		type Datasets: Contributions<Self::AccountId, BlockNumberFor<Self>>;

		/// Models, with their windows and corpora.
		type Models: Models<Self::AccountId>;

		/// Receipts, epochs and the pots that a report pays out.
		type Usage: Receipts<BlockNumberFor<Self>> + Pots<Self::AccountId, Error = DispatchError>;

		/// What each open report locks of its attributor's bond, in planck.
		#[pallet::constant]
		type Bond: Get<u128>;

		/// The number of blocks after a report's own in which a fault is heard, at least 1.
		#[pallet::constant]
		type ChallengeWindow: Get<BlockNumberFor<Self>>;

		/// The part of a report's storage deposit that does not depend on its size, in planck.
		#[pallet::constant]
		type DepositBase: Get<u128>;

		/// The storage deposit for each byte of a report's record, in planck.
		#[pallet::constant]
		type DepositPerByte: Get<u128>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;

		/// Sets up what other pallets know, for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// Why this pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// What an attributor answers for its reports with.
		Bond,
		/// The storage deposit of a report.
		ReportDeposit,
	}

	/// The id of the next report.
	#[pallet::storage]
	pub type NextReport<T> = StorageValue<_, ReportId, ValueQuery>;

	/// The report on (model, epoch) that is open or final.
	#[pallet::storage]
	pub type Reports<T: Config> =
		StorageDoubleMap<_, Twox64Concat, ModelId, Twox64Concat, EpochIndex, ReportOf<T>>;

	/// What an attributor's open reports lock of its bond, in planck. The bond itself is the hold.
	#[pallet::storage]
	pub type Locked<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u128, ValueQuery>;

	/// What was claimed by a final report for a source, in planck.
	#[pallet::storage]
	pub type Claims<T> = StorageDoubleMap<_, Twox64Concat, ReportId, Twox64Concat, u64, u128>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An attributor's bond grew.
		Bonded {
			/// Whose bond it is.
			attributor: T::AccountId,
			/// By how much, in planck.
			amount: u128,
		},
		/// An attributor's bond shrank.
		Unbonded {
			/// Whose bond it is.
			attributor: T::AccountId,
			/// By how much, in planck.
			amount: u128,
		},
		/// An epoch of a model was reported on.
		Reported {
			/// The report.
			id: ReportId,
			/// The model.
			model: ModelId,
			/// The epoch.
			epoch: EpochIndex,
			/// Who answers for it.
			attributor: T::AccountId,
			/// What all sources earn by it, in planck.
			total: u128,
			/// The last block in which a fault is heard.
			challenge_until: BlockNumberFor<T>,
		},
		/// A report was shown to be wrong. Its epoch is open for another.
		Voided {
			/// The report.
			report: ReportId,
			/// The model.
			model: ModelId,
			/// The epoch.
			epoch: EpochIndex,
			/// Who answered for it.
			attributor: T::AccountId,
			/// Who showed the fault.
			challenger: T::AccountId,
			/// What the attributor lost, in planck.
			slashed: u128,
			/// What of that the challenger got, in planck. The rest is burned.
			reward: u128,
		},
		/// A report stood unchallenged, and its pot is settled.
		Finalised {
			/// The report.
			report: ReportId,
			/// The model.
			model: ModelId,
			/// The epoch.
			epoch: EpochIndex,
			/// Who posted it.
			attributor: T::AccountId,
			/// What the sources may claim, in planck.
			total: u128,
			/// What of the data amount no source owns, in planck.
			residual: u128,
		},
		/// What a source earned in an epoch of a model was paid.
		Claimed {
			/// The model.
			model: ModelId,
			/// The epoch.
			epoch: EpochIndex,
			/// The source: one more than the contribution's place in the chain-wide order.
			source: u64,
			/// Whom it was paid to.
			contributor: T::AccountId,
			/// What was paid, in planck.
			amount: u128,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no report on that epoch of that model, or no such contribution: check the
		/// numbers.
		NotFound,
		/// The source is another account's contribution: its contributor has to claim.
		NotAuthorized,
		/// The epoch is not over: report after its last block.
		EpochOpen,
		/// The model has no receipts in that epoch: there is nothing to report on.
		NoReceipts,
		/// The epoch has an open or a final report: challenge it, if it is wrong.
		AlreadyReported,
		/// The bond does not cover one more open report: bond more, or wait until others are final.
		BondTooSmall,
		/// Open reports need that part of the bond: unbond less, or wait until they are final.
		BondLocked,
		/// The blob of entries is empty: every item has at least one entry.
		EmptyEntries,
		/// A blob's length is not a multiple of 64 bytes: it is no list of records.
		NotRecords,
		/// There are more payouts than entries: each owned entry has one payout.
		TooManyPayouts,
		/// The total is not the running sum after the last payout: give that sum.
		TotalMismatch,
		/// The total is more than the data amount of the epoch: no honest report attributes more.
		TotalExceedsPot,
		/// The report that the fault is for is not the one that stands: it is void or never was.
		WrongReport,
		/// The report's challenge window is over: faults are no longer heard.
		ChallengeOver,
		/// The report's challenge window is not over: wait until it is.
		NotFinal,
		/// The report is final already.
		AlreadyFinal,
		/// The fault names a receipt, item, entry, payout or source that does not exist.
		FaultNotFound,
		/// The fault says something about a place that the entry does not cover.
		FaultOutOfRange,
		/// What the fault shows is as it should be: the report is not shown to be wrong.
		NoFault,
		/// The payouts are not the whole run of the source: open its first payout with the one
		/// before it, and its last with the one after it.
		WrongRun,
		/// The source's earnings were paid before.
		AlreadyClaimed,
		/// The source earned nothing in that epoch.
		NothingToClaim,
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
		/// An opening does not hold the records asked for.
		OpeningNotCovered,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::Bond::get() > 0, "a report without a bond would be free to be wrong");
			assert!(
				T::ChallengeWindow::get() > BlockNumberFor::<T>::from(0u32),
				"a report needs a block in which to be challenged"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Adds `amount` planck to the caller's bond.
		///
		/// # Dispatch Origin
		///
		/// Signed: the attributor.
		///
		/// # Details
		///
		/// The bond is a hold on the attributor's own account. Each open report locks
		/// [`Config::Bond`] of it.
		///
		/// # Parameters
		///
		/// - `amount`: what to add, in planck.
		///
		/// # Errors
		///
		/// Those of the token, where the account cannot hold so much.
		///
		/// # Events
		///
		/// [`Event::Bonded`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::bond())]
		pub fn bond(origin: OriginFor<T>, amount: u128) -> DispatchResult {
			let attributor = ensure_signed(origin)?;
			Self::do_bond(attributor, amount)
		}

		/// Gives `amount` planck of the caller's bond back.
		///
		/// # Dispatch Origin
		///
		/// Signed: the attributor.
		///
		/// # Parameters
		///
		/// - `amount`: what to give back, in planck.
		///
		/// # Errors
		///
		/// - [`Error::BondLocked`]: less than `amount` is free of open reports.
		///
		/// # Events
		///
		/// [`Event::Unbonded`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::unbond())]
		pub fn unbond(origin: OriginFor<T>, amount: u128) -> DispatchResult {
			let attributor = ensure_signed(origin)?;
			Self::do_unbond(attributor, amount)
		}

		/// Reports on a closed epoch of a model.
		///
		/// # Dispatch Origin
		///
		/// Signed: an attributor whose bond covers one more open report.
		///
		/// # Details
		///
		/// `entries` names a blob of entries and `payouts` one of payouts (protocol 6). Their tail
		/// openings fix the lengths, and that of the payouts shows the total. Nothing else is
		/// checked here: whatever is wrong with the report has a fault. The storage deposit is
		/// held.
		///
		/// # Parameters
		///
		/// - `model`, `epoch`: what is reported on.
		/// - `entries`, `entries_tail`: the blob of entries, and its last chunk.
		/// - `payouts`, `payouts_tail`: the blob of payouts, and its last chunk.
		/// - `total`: what all payouts sum to, in planck; zero where there is none.
		///
		/// # Errors
		///
		/// - [`Error::NoReceipts`], [`Error::EpochOpen`], [`Error::AlreadyReported`]: the epoch
		///   cannot be reported on.
		/// - [`Error::BondTooSmall`]: the bond does not cover one more open report.
		/// - [`Error::EmptyEntries`], [`Error::NotRecords`], [`Error::TooManyPayouts`]: the lengths
		///   are not those of a report.
		/// - [`Error::TotalMismatch`], [`Error::TotalExceedsPot`]: the total is not the payouts',
		///   or more than there is.
		/// - `Opening...`: a tail opening does not verify.
		///
		/// # Events
		///
		/// [`Event::Reported`].
		#[pallet::call_index(2)]
		#[pallet::weight({
			let hashing = Hashing::of([&**entries_tail, &**payouts_tail]);
			T::WeightInfo::report(hashing.chunks, hashing.siblings)
		})]
		pub fn report(
			origin: OriginFor<T>,
			model: ModelId,
			epoch: EpochIndex,
			entries: Content,
			entries_tail: Box<Opening>,
			payouts: Content,
			payouts_tail: Box<Opening>,
			total: u128,
		) -> DispatchResult {
			let attributor = ensure_signed(origin)?;
			Self::do_report(
				attributor,
				(model, epoch),
				(entries, &entries_tail),
				(payouts, &payouts_tail),
				total,
			)
		}

		/// Shows that the open report on (model, epoch) is wrong.
		///
		/// # Dispatch Origin
		///
		/// Authorized: a general transaction, without signature or fee, that
		/// [`frame_system::AuthorizeCall`] lets in after it has verified the fault. The codes with
		/// which it is refused before that are in [`refusal`].
		///
		/// # Details
		///
		/// Nobody signs, so nobody is charged. A signed one is refused, and charged like any call, as
		/// otherwise it would be a way to fill blocks for nothing.
		///
		/// The fault is verified once more here, so that the call is safe whichever way it was
		/// authorised. The report and its deposit are released, what the report locked of the
		/// attributor's bond is slashed, half of it, rounded down, to the challenger, and the epoch
		/// is open for another report.
		///
		/// # Parameters
		///
		/// - `model`, `epoch`: what was reported on.
		/// - `report`: the id of the report, so that a fault never meets a later one.
		/// - `challenger`: who is rewarded. Any account.
		/// - `fault`: the proof.
		///
		/// # Errors
		///
		/// - [`Error::NotFound`], [`Error::WrongReport`], [`Error::AlreadyFinal`],
		///   [`Error::ChallengeOver`]: that report cannot be challenged any more.
		/// - [`Error::FaultNotFound`], [`Error::FaultOutOfRange`], [`Error::NoFault`],
		///   `Opening...`: the fault shows nothing.
		///
		/// # Events
		///
		/// [`Event::Voided`].
		#[pallet::call_index(3)]
		#[pallet::weight({
			let hashing = Hashing::of_fault(fault);
			T::WeightInfo::submit_fault(hashing.chunks, hashing.siblings)
		})]
		#[pallet::authorize(|_source, model, epoch, report, _challenger, fault| {
			Self::authorize_fault(*model, *epoch, *report, fault)
		})]
		#[pallet::weight_of_authorize({
			let hashing = Hashing::of_fault(fault);
			T::WeightInfo::authorize_submit_fault(hashing.chunks, hashing.siblings)
		})]
		pub fn submit_fault(
			origin: OriginFor<T>,
			model: ModelId,
			epoch: EpochIndex,
			report: ReportId,
			challenger: T::AccountId,
			fault: Box<Fault>,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_submit_fault((model, epoch), report, challenger, &fault)
		}

		/// Makes a report that stood unchallenged final.
		///
		/// # Dispatch Origin
		///
		/// Signed: anyone.
		///
		/// # Details
		///
		/// The pot is settled: the report's total stays for the sources, the attributor gets the
		/// attribution fee, and the rest of the data amount goes to the treasury. The report no
		/// longer needs its bond.
		///
		/// # Parameters
		///
		/// - `model`, `epoch`: what was reported on.
		///
		/// # Errors
		///
		/// - [`Error::NotFound`]: there is no report.
		/// - [`Error::NotFinal`]: faults are still heard.
		/// - [`Error::AlreadyFinal`]: this was done before.
		///
		/// # Events
		///
		/// [`Event::Finalised`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::finalise())]
		pub fn finalise(origin: OriginFor<T>, model: ModelId, epoch: EpochIndex) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_finalise(model, epoch)
		}

		/// Pays all that a source earned in an epoch of a model.
		///
		/// # Dispatch Origin
		///
		/// Signed: the contributor of the source.
		///
		/// # Details
		///
		/// Payouts are sorted by source and carry running sums, so the two ends of the source's run
		/// prove its whole earnings. Makes the report final first, where its window has passed and
		/// nobody has.
		///
		/// # Parameters
		///
		/// - `model`, `epoch`: what was reported on.
		/// - `source`: one more than the contribution's place in the chain-wide order.
		/// - `first`: the run's first payout; the opening also holds the one before it, if there is
		///   any.
		/// - `last`: the run's last payout; the opening also holds the one after it, if there is
		///   any.
		///
		/// # Errors
		///
		/// - [`Error::NotFound`]: there is no report, or no such contribution.
		/// - [`Error::NotAuthorized`]: the contribution is another account's.
		/// - [`Error::NotFinal`]: faults are still heard.
		/// - [`Error::AlreadyClaimed`], [`Error::NothingToClaim`]: nothing is left, or nothing was
		///   earned.
		/// - [`Error::WrongRun`], `Opening...`: the payouts are not the two ends of the source's
		///   run.
		///
		/// # Events
		///
		/// [`Event::Claimed`], and [`Event::Finalised`] where it made the report final.
		#[pallet::call_index(5)]
		#[pallet::weight({
			let hashing = Hashing::of([&*first.opening, &*last.opening]);
			T::WeightInfo::claim(hashing.chunks, hashing.siblings)
		})]
		pub fn claim(
			origin: OriginFor<T>,
			model: ModelId,
			epoch: EpochIndex,
			source: u64,
			first: PayoutProof,
			last: PayoutProof,
		) -> DispatchResult {
			let contributor = ensure_signed(origin)?;
			Self::do_claim(contributor, (model, epoch), source, &first, &last)
		}
	}
}
