//! Attribution: reports, faults that void them, finality, and claims (protocol 6).
//!
//! # Surface
//!
//! An attributor [bonds](Pallet::bond), and [reports](Pallet::report) once an epoch has closed how
//! the data amounts of a model's receipts divide among the sources of its corpus. The chain keeps
//! the names of two blobs and one total, whatever the size of the report. Until the challenge
//! window ends, anyone voids a wrong report with [one small proof](Pallet::submit_fault), as a
//! transaction that needs neither signature nor fee. After it, anyone [finalises](Pallet::finalise)
//! the report, and has all that a source earned paid to its contributor with [one claim](Pallet::claim).
//! [`Pallet::unbond`] gives back what no open report needs.
//!
//! A (model, epoch) has at most one report at a time: open, then either void, which removes it and
//! reopens the epoch for another, or final, which is for good. A report is told from its
//! predecessors by its id. One whose challenge window is over counts as final, whether somebody has
//! made it so or not.
//!
//! **What an attributor could not see.** A report lists up to 64 sources of the corpus as unseen, which
//! demands chunks of them that are drawn by lot. A fault that shows an unseen source in a wrong place
//! voids the report and slashes nothing, but the deposit for the report's storage is burned. Demands for the bytes of a report and of what it is about put
//! off the end of its challenge window; demands themselves are heard until the end that it had at first.
//! Where the attributor does not answer for its blobs, [`OpenReports`] voids and slashes the report;
//! where somebody else does not answer for an output, it voids the report without blame. There is no
//! report while such a demand is overdue.
//!
//! **Announced faults.** Whoever fears that a fault is copied [announces](Pallet::announce) its hash
//! first. When a report with announcements is voided, what is left of the bond waits for
//! [`Config::RewardWindow`] blocks, in which announcers [reveal](Pallet::reveal_announcement) theirs; then
//! [`Pallet::pay_reward`] gives it to the earliest whose fault verifies, or else to whoever voided the
//! report by a fault or for want of its blobs. Announcements are taken only while the report can be
//! challenged, so each precedes what voided it. A report that was voided without blame waits with all of
//! its bond. So no attributor saves its bond from an announced fault by showing an unseen source
//! itself, or by a demand that nobody answers. [`Pallet::withdraw_announcement`] gives back what is held for
//! an announcement that led to nothing.
//!
//! **Synthetic sources.** What a source earns that repeats a served output, and is allowed to, goes to
//! the sources of that output: a claim for it sets the amount aside, and
//! [`Pallet::claim_passed`] takes the part of one entry of the output's own report. Both are for
//! anyone to call, in any order and as often as credit has grown.
//!
//! # Faults in the pool
//!
//! A fault is verified before the pool takes it, and again for each block. All faults against one report
//! provide one tag, which is made of the report's id, and have one priority, so the pool holds at
//! most one for each open report: the first. A second is refused while the first waits (as one of too
//! low a priority), and once a block has voided the report ([`refusal::NO_REPORT`],
//! [`refusal::WRONG_REPORT`]). A fault leaves the pool with the challenge window, or after
//! [`FAULT_LONGEVITY`] blocks.
//!
//! # Cross-pallet contract
//!
//! What a report is held against is asked for when it matters and never copied: contributions from
//! [`Config::Datasets`], window and corpus from [`Config::Models`], receipts and pots from
//! [`Config::Usage`]. Those answers must not change for a (model, epoch) between the epoch's last
//! block and the end of the challenge window, except that contributions and receipts may be withheld:
//! a contribution is out of the corpus then, and who reported on it before or soon after is excused;
//! a receipt counts as one item without windows, and whoever marks it voids the open report by
//! [`OpenReports::void_blameless`]. A report is always held against the receipts as it counted them. Receipts
//! stay until their pot is settled, and membership of the corpus is judged as of the epoch's last block.
//! The pots hold the money; this pallet says only whom it goes to. Faults are verified by
//! [`tributary_primitives::fault`] over [`facts::ReportFacts`].
//!
//! # Economics
//!
//! - Each open report locks [`Config::Bond`] of its attributor's bond, as it stood when it was
//!   posted. A fault burns half of that and pays the other half, rounded down, to the challenger:
//!   who challenges oneself loses half. Where the reward could not exist in the challenger's
//!   account it is burned as well. A reward that waits stays on hold in the attributor's account, and
//!   locked.
//! - Each report holds a deposit for its storage, [`Config::DepositBase`] and
//!   [`Config::DepositPerByte`] for the bytes of a [`Reward`] with its sources. It is returned when the
//!   report is voided and no reward waits, or when nothing of it is left to be claimed. An announcement
//!   holds a deposit of the same kind until it is revealed or withdrawn.
//! - What is noted of a claim stays for good and holds no deposit: each that is noted moves a planck at
//!   least, and its caller pays a fee. One that finds nothing, or is made again, pays nothing and succeeds,
//!   so that no batch of claims fails for it.
//! - [`Config::OnSlash`] hears of each bond that is slashed, once and with all of it, when the blame is
//!   shown: as the report falls, or as an announced fault of one that fell without blame is revealed. The
//!   deposit that is burned for a source which was to be had is a price, not a slash: nobody is to blame.
//! - An attributor is paid the attribution fee of the pot at finality.
//! - An attributor that is the first to announce a fault of its own report gets the half back that is not
//!   burned, as it does by challenging itself.
//! - A fault costs nothing but the work to find it, and has the highest priority that there is. Each
//!   removes a bonded report, so no more of them enter blocks than there are bonds to pay for them.
//! - What a source passes on is divided by windows, each part rounded down. The remainder, fewer planck
//!   than the output has entries, is never paid.
//!
//! [`OpenReports`]: tributary_primitives::traits::OpenReports
//! [`OpenReports::void_blameless`]: tributary_primitives::traits::OpenReports::void_blameless

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

mod announcements;
mod bonds;
mod challenges;
mod charge;
mod claims;
pub mod facts;
mod open_reports;
mod passed;
pub mod refusal;
mod reports;
pub mod types;
pub mod views;
mod voids;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;

pub use challenges::{FAULT_LONGEVITY, FAULT_PRIORITY};
pub use pallet::*;
pub use types::{
	Announcement, PayoutProof, Report, ReportOf, ReportState, Reward, RewardOf, Standing, Unseen,
};
pub use weights::WeightInfo;

tributary_primitives::impl_opening_errors!(OpeningNotCovered);

#[allow(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	clippy::too_many_arguments,
	reason = "the pallet macro writes such code here; what the calls do is in modules of their own"
)]
#[frame_support::pallet]
pub mod pallet {
	use alloc::boxed::Box;

	use frame_support::{pallet_prelude::*, traits::fungible};
	use frame_system::pallet_prelude::*;
	use tributary_primitives::{
		blob::{Content, Opening},
		fault::{EntryProof, Fault},
		ids::{DatasetId, EpochIndex, ModelId, ReportId, Salt},
		traits::{Contributions, Demands, Models, OnSlash, PassedCredit, PassedTo, Pots, Receipts},
	};

	use super::{
		charge::{
			authorize_weight, claim_passed_weight, claim_weight, direct_claim_weight, fault_weight,
			report_weight, reveal_weight,
		},
		reports::Unknown,
		*,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Bond and windows may change at any time: a report and a reward keep those of their own block.
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

		/// Receipts, epochs, the pots that a report pays out, and what synthetic sources pass on.
		type Usage: Receipts<BlockNumberFor<Self>>
			+ Pots<Self::AccountId, Error = DispatchError>
			+ PassedCredit<Self::AccountId, Error = DispatchError>;

		/// Demands for bytes that an attributor lacks.
		type Availability: Demands<Self::AccountId, BlockNumberFor<Self>, Error = DispatchError>;

		/// Who hears that an attributor's bond was slashed.
		type OnSlash: OnSlash<Self::AccountId>;

		/// What each open report locks of its attributor's bond, in planck: more than nothing, as a
		/// report would be free to be wrong otherwise.
		type Bond: Get<u128>;

		/// The number of blocks after a report's own in which demands and faults are heard, at least 1.
		type ChallengeWindow: Get<BlockNumberFor<Self>>;

		/// The number of blocks after a report was voided in which announced faults are revealed, at
		/// least 1.
		type RewardWindow: Get<BlockNumberFor<Self>>;

		/// What the free answers to the demands for one unseen source may weigh, which the report pays
		/// for.
		type UnseenAnswers: Get<Weight>;

		/// The part of a storage deposit that does not depend on the size of what is stored, in planck.
		#[pallet::constant]
		type DepositBase: Get<u128>;

		/// The storage deposit for each byte, in planck.
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
		/// The storage deposit of an announcement.
		Announcement,
	}

	/// The id of the next report.
	#[pallet::storage]
	pub type NextReport<T> = StorageValue<_, ReportId, ValueQuery>;

	/// The report on (model, epoch) that is open or final.
	#[pallet::storage]
	pub type Reports<T: Config> =
		StorageDoubleMap<_, Twox64Concat, ModelId, Twox64Concat, EpochIndex, ReportOf<T>>;

	/// What an attributor's open reports and the rewards for its voided ones lock of its bond, in planck.
	/// The bond itself is the hold.
	#[pallet::storage]
	pub type Locked<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u128, ValueQuery>;

	/// What was claimed by a final report for a source, in planck.
	#[pallet::storage]
	pub type Claims<T> = StorageDoubleMap<_, Twox64Concat, ReportId, Twox64Concat, u64, u128>;

	/// The place of the next announcement.
	#[pallet::storage]
	pub type NextAnnouncement<T> = StorageValue<_, u64, ValueQuery>;

	/// What each account has announced of a report.
	#[pallet::storage]
	pub type Announcements<T: Config> =
		StorageDoubleMap<_, Twox64Concat, ReportId, Blake2_128Concat, T::AccountId, Announcement>;

	/// The voided reports of which announced faults may be revealed.
	#[pallet::storage]
	pub type Rewards<T: Config> = StorageMap<_, Twox64Concat, ReportId, RewardOf<T>>;

	/// The last block in which announced faults of voided reports on (model, epoch) are revealed, while a
	/// reward waits for it: no later report is final before.
	#[pallet::storage]
	pub type Revealing<T> =
		StorageDoubleMap<_, Twox64Concat, ModelId, Twox64Concat, EpochIndex, BlockNumberFor<T>>;

	/// What the contributions of a dataset were paid by the reports on a model, in planck: what they
	/// earned themselves, and what they are due of credit that was passed on to outputs of the model.
	#[pallet::storage]
	pub type DatasetEarned<T> =
		StorageDoubleMap<_, Twox64Concat, ModelId, Twox64Concat, DatasetId, u128, ValueQuery>;

	/// What was paid of the credit that a source passes on for an entry of the output that it repeats,
	/// by source and the entry's ordinal, in planck.
	#[pallet::storage]
	pub type PassedClaims<T> =
		StorageDoubleMap<_, Twox64Concat, u64, Twox64Concat, u64, u128, ValueQuery>;

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
			/// The last block in which a fault is heard, unless demands put it off.
			challenge_until: BlockNumberFor<T>,
		},
		/// A demand put off the end of a report's challenge window.
		KeptOpen {
			/// The report.
			report: ReportId,
			/// The model.
			model: ModelId,
			/// The epoch.
			epoch: EpochIndex,
			/// The last block in which a fault is heard now.
			challenge_until: BlockNumberFor<T>,
		},
		/// A report was shown to be wrong, or its bytes were not shown. Its epoch is open for another.
		Voided {
			/// The report.
			report: ReportId,
			/// The model.
			model: ModelId,
			/// The epoch.
			epoch: EpochIndex,
			/// Who answered for it.
			attributor: T::AccountId,
			/// Who showed the fault, or demanded the bytes.
			challenger: T::AccountId,
			/// What the attributor lost, in planck: nothing where it is not to blame.
			slashed: u128,
			/// What of that the challenger got, in planck: nothing yet where the reward waits. The rest
			/// is burned.
			reward: u128,
			/// What of its storage deposit was burned, in planck: all, where a source that it listed
			/// as unseen was shown.
			forfeited: u128,
		},
		/// A report was voided without blame, as receipts that it is about are withheld since. Its epoch
		/// is open for another.
		Outdated {
			/// The report.
			report: ReportId,
			/// The model.
			model: ModelId,
			/// The epoch.
			epoch: EpochIndex,
			/// Who answered for it.
			attributor: T::AccountId,
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
			/// Whose it is.
			contributor: T::AccountId,
			/// The dataset.
			dataset: DatasetId,
			/// What was paid, in planck: nothing where it was worth nothing, or was paid before.
			amount: u128,
			/// What of that went to the dataset's title, in planck; the rest to the contributor.
			curators: u128,
		},
		/// What a synthetic source earned in an epoch of a model was set aside for others.
		ClaimPassedOn {
			/// The model.
			model: ModelId,
			/// The epoch.
			epoch: EpochIndex,
			/// The source: one more than the contribution's place in the chain-wide order.
			source: u64,
			/// What was set aside, in planck: nothing where it was worth nothing, or was before.
			amount: u128,
		},
		/// Part of what a synthetic source passes on went to an owner of the output that it repeats.
		PassedClaimed {
			/// The source that passes it on.
			source: u64,
			/// The index of the entry that says whose it is.
			ordinal: u64,
			/// Whom it went to.
			to: PassedTo<T::AccountId>,
			/// What went there, in planck: nothing where no credit has come in since the last time.
			amount: u128,
		},
		/// Somebody says to know a fault of a report.
		Announced {
			/// The report.
			report: ReportId,
			/// Who says so.
			announcer: T::AccountId,
			/// The announcement's place among all: the earliest counts.
			order: u64,
		},
		/// A report was voided, and what is left of its bond waits for announced faults.
		RewardWaits {
			/// The report.
			report: ReportId,
			/// What waits, in planck: all of the bond, while the attributor is not to blame.
			amount: u128,
			/// The last block in which announced faults are heard.
			reveal_until: BlockNumberFor<T>,
		},
		/// An announced fault of a voided report was shown.
		AnnouncementRevealed {
			/// The report.
			report: ReportId,
			/// Who had announced it.
			announcer: T::AccountId,
			/// Whose the reward is as things stand: an earlier announcer's, if there is one.
			beneficiary: T::AccountId,
			/// What the attributor lost by it, in planck: nothing where it had lost it before.
			slashed: u128,
		},
		/// The reward for a fault was paid.
		RewardPaid {
			/// The report.
			report: ReportId,
			/// Whose reward it is.
			beneficiary: T::AccountId,
			/// What they got, in planck: nothing where their account could not exist with it.
			amount: u128,
		},
		/// Nobody has put the blame for a voided report on its attributor, and its bond is free.
		BondFreed {
			/// The report.
			report: ReportId,
			/// Whose bond it is.
			attributor: T::AccountId,
		},
		/// An announcement that led to nothing was withdrawn.
		AnnouncementWithdrawn {
			/// The report.
			report: ReportId,
			/// Who had announced.
			announcer: T::AccountId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no report on that epoch of that model, or no such contribution: check the
		/// numbers.
		NotFound,
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
		/// The report is not final: wait until its challenge window is over, and finalise it.
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
		/// The unseen sources do not ascend: sort them, and name each once.
		UnseenNotSorted,
		/// An unseen source is not in the model's corpus of that epoch: leave it out.
		UnseenNotInCorpus,
		/// Receipts of the epoch were withheld since: read the receipts again.
		ReceiptsChanged,
		/// A demand for outputs of the epoch was not answered in time: enforce it, and read the receipts
		/// again.
		DemandOverdue,
		/// The account has announced a fault of that report before: one is enough.
		AlreadyAnnounced,
		/// The account has announced no fault of that report.
		NotAnnounced,
		/// The fault and the salt are not those that were announced: show the very bytes.
		WrongAnnouncement,
		/// No reward waits for that report: it was paid, or nothing had been announced.
		NoReward,
		/// The time to reveal announced faults of that report is over.
		RevealOver,
		/// The time to reveal announced faults of that report is not over, or the reward was not paid:
		/// wait, and pay it.
		RewardWaits,
		/// The fault puts no blame on the attributor, as it is about a source that it is excused for:
		/// there is no reward for that.
		NobodyToBlame,
		/// The source repeats no served output whose sources it passes credit on to.
		NotSynthetic,
		/// The entry is not one of the output that the source repeats.
		WrongEntry,
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
		/// Chunks of each unseen source are drawn by lot and demanded in the caller's name, with the
		/// deposits that this takes. Faults are heard for [`Config::ChallengeWindow`] blocks after
		/// this one, and after the last in which a demand for the epoch's outputs may be answered, and
		/// at least as long as announced faults of an earlier report may be revealed.
		///
		/// # Parameters
		///
		/// - `model`, `epoch`: what is reported on.
		/// - `entries`, `entries_tail`: the blob of entries, and its last chunk.
		/// - `payouts`, `payouts_tail`: the blob of payouts, and its last chunk.
		/// - `total`: what all payouts sum to, in planck; zero where there is none.
		/// - `unseen`: the sources of the corpus whose bytes the attributor could not get, at most 64,
		///   ascending.
		/// - `withheld`: the number of the epoch's receipts whose outputs are withheld, as the report
		///   takes them.
		///
		/// # Errors
		///
		/// - [`Error::NoReceipts`], [`Error::EpochOpen`], [`Error::AlreadyReported`]: the epoch
		///   cannot be reported on.
		/// - [`Error::DemandOverdue`]: a demand for the epoch's outputs waits to be enforced.
		/// - [`Error::ReceiptsChanged`]: the epoch has not so many withheld receipts.
		/// - [`Error::UnseenNotSorted`], [`Error::UnseenNotInCorpus`]: the unseen sources are not
		///   sources of the corpus, in order.
		/// - [`Error::BondTooSmall`]: the bond does not cover one more open report.
		/// - [`Error::EmptyEntries`], [`Error::NotRecords`], [`Error::TooManyPayouts`]: the lengths
		///   are not those of a report.
		/// - [`Error::TotalMismatch`], [`Error::TotalExceedsPot`]: the total is not the payouts',
		///   or more than there is.
		/// - `Opening...`: a tail opening does not verify.
		/// - Those of the token and of the demands, where the account cannot hold the deposits.
		///
		/// # Events
		///
		/// [`Event::Reported`], and those of the demands.
		#[pallet::call_index(2)]
		#[pallet::weight(report_weight::<T>([entries_tail, payouts_tail], unseen))]
		pub fn report(
			origin: OriginFor<T>,
			model: ModelId,
			epoch: EpochIndex,
			entries: Content,
			entries_tail: Box<Opening>,
			payouts: Content,
			payouts_tail: Box<Opening>,
			total: u128,
			unseen: Unseen,
			withheld: u32,
		) -> DispatchResult {
			let attributor = ensure_signed(origin)?;
			Self::do_report(
				attributor,
				(model, epoch),
				(entries, &entries_tail),
				(payouts, &payouts_tail),
				total,
				Unknown { unseen, withheld },
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
		/// authorised. The report is void, and the epoch is open for another. What the report locked
		/// of the attributor's bond is slashed, half of it, rounded down, to the challenger, and its
		/// deposit is returned. A fault about a source that the attributor is excused for, as it
		/// listed it as unseen or as its bytes were withheld at the time, slashes nothing; where it
		/// shows the bytes of an unseen source, the deposit is burned.
		///
		/// Where somebody has announced a fault of the report, what is left of the bond waits for
		/// [`Pallet::pay_reward`], and so does the deposit.
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
		/// [`Event::Voided`], and [`Event::RewardWaits`] where faults were announced.
		#[pallet::call_index(3)]
		#[pallet::weight(fault_weight::<T::WeightInfo>(fault))]
		#[pallet::authorize(|_source, model, epoch, report, _challenger, fault| {
			Self::authorize_fault(*model, *epoch, *report, fault)
		})]
		#[pallet::weight_of_authorize(authorize_weight::<T::WeightInfo>(fault))]
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
		/// Signed: anyone. What is paid goes to the contributor, whoever claims.
		///
		/// # Details
		///
		/// Payouts are sorted by source and carry running sums, so the two ends of the source's run
		/// prove its whole earnings. Makes the report final first, where its window has passed and
		/// nobody has. The curators' share goes to whom the revenue of the dataset's title went to at the
		/// end of the epoch. A run that is worth nothing, or was claimed before, pays nothing.
		///
		/// The weight for finding that out is given back where nothing goes to curators.
		///
		/// The earnings of a source that repeats a served output, and passes its credit on, are set
		/// aside for the sources of that output: see [`Pallet::claim_passed`].
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
		/// - [`Error::NotFinal`]: faults are still heard.
		/// - [`Error::WrongRun`], `Opening...`: the payouts are not the two ends of the source's
		///   run.
		/// - Those of the token, where the contributor's account could not exist with so little.
		///
		/// # Events
		///
		/// [`Event::Claimed`] or [`Event::ClaimPassedOn`], and [`Event::Finalised`] where it made the
		/// report final.
		#[pallet::call_index(5)]
		#[pallet::weight(claim_weight::<T>(first, last))]
		pub fn claim(
			origin: OriginFor<T>,
			model: ModelId,
			epoch: EpochIndex,
			source: u64,
			first: PayoutProof,
			last: PayoutProof,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let curators = Self::do_claim((model, epoch), source, &first, &last)?;
			Ok((curators == 0).then(|| direct_claim_weight::<T>(&first, &last)).into())
		}

		/// Announces a fault of an open report, without showing it.
		///
		/// # Dispatch Origin
		///
		/// Signed: anyone.
		///
		/// # Details
		///
		/// A fault that waits in the pool can be copied, and submitted in another name. Whoever has
		/// announced it first is rewarded all the same: see [`Pallet::reveal_announcement`]. The
		/// storage deposit is held until then, or until [`Pallet::withdraw_announcement`].
		///
		/// # Parameters
		///
		/// - `model`, `epoch`, `report`: the report.
		/// - `hash`: [`tributary_primitives::ids::announcement`] of the genesis hash, the report, the
		///   fault, the caller and a salt.
		///
		/// # Errors
		///
		/// - [`Error::NotFound`], [`Error::WrongReport`], [`Error::AlreadyFinal`],
		///   [`Error::ChallengeOver`]: that report cannot be challenged any more.
		/// - [`Error::AlreadyAnnounced`]: the caller has announced a fault of it before.
		/// - Those of the token, where the account cannot hold the deposit.
		///
		/// # Events
		///
		/// [`Event::Announced`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::announce())]
		pub fn announce(
			origin: OriginFor<T>,
			model: ModelId,
			epoch: EpochIndex,
			report: ReportId,
			hash: [u8; 32],
		) -> DispatchResult {
			let announcer = ensure_signed(origin)?;
			Self::do_announce(announcer, (model, epoch), report, hash)
		}

		/// Shows an announced fault of a report that was voided.
		///
		/// # Dispatch Origin
		///
		/// Signed: the announcer.
		///
		/// # Details
		///
		/// Is heard for [`Config::RewardWindow`] blocks after the report was voided. The fault is held
		/// against the report and its receipts as they stood, and has to put the blame on the
		/// attributor; where what voided the report did not, this slashes the bond. The reward is
		/// that of the earliest announcer who reveals. The announcement's deposit is returned.
		///
		/// # Parameters
		///
		/// - `report`: the voided report.
		/// - `fault`, `salt`: what was announced.
		///
		/// # Errors
		///
		/// - [`Error::NoReward`], [`Error::RevealOver`]: nothing waits for the fault, or not any more.
		/// - [`Error::NotAnnounced`], [`Error::WrongAnnouncement`]: the caller did not announce it.
		/// - [`Error::FaultNotFound`], [`Error::FaultOutOfRange`], [`Error::NoFault`],
		///   `Opening...`: the fault shows nothing.
		/// - [`Error::NobodyToBlame`]: the attributor is excused for what it shows.
		///
		/// # Events
		///
		/// [`Event::AnnouncementRevealed`].
		#[pallet::call_index(7)]
		#[pallet::weight(reveal_weight::<T::WeightInfo>(fault))]
		pub fn reveal_announcement(
			origin: OriginFor<T>,
			report: ReportId,
			fault: Box<Fault>,
			salt: Salt,
		) -> DispatchResult {
			let announcer = ensure_signed(origin)?;
			Self::do_reveal_announcement(announcer, report, &fault, &salt)
		}

		/// Pays the reward for a voided report, or frees the bond where nobody was shown to blame.
		///
		/// # Dispatch Origin
		///
		/// Signed: anyone.
		///
		/// # Details
		///
		/// Returns the deposit of the report as well.
		///
		/// # Parameters
		///
		/// - `report`: the voided report.
		///
		/// # Errors
		///
		/// - [`Error::NoReward`]: nothing waits for that report.
		/// - [`Error::RewardWaits`]: announced faults may still be revealed.
		///
		/// # Events
		///
		/// [`Event::RewardPaid`] or [`Event::BondFreed`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::pay_reward())]
		pub fn pay_reward(origin: OriginFor<T>, report: ReportId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_pay_reward(report)
		}

		/// Takes an announcement back that can lead to nothing any more, and its deposit.
		///
		/// # Dispatch Origin
		///
		/// Signed: the announcer.
		///
		/// # Parameters
		///
		/// - `report`: the report that the announcement is about.
		///
		/// # Errors
		///
		/// - [`Error::NotAnnounced`]: the caller has no announcement of that report.
		/// - [`Error::NotFinal`]: the report can still be challenged.
		/// - [`Error::RewardWaits`]: its reward was not paid yet.
		///
		/// # Events
		///
		/// [`Event::AnnouncementWithdrawn`].
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::withdraw_announcement())]
		pub fn withdraw_announcement(origin: OriginFor<T>, report: ReportId) -> DispatchResult {
			let announcer = ensure_signed(origin)?;
			Self::do_withdraw_announcement(announcer, report)
		}

		/// Takes the part of one entry in what a synthetic source passes on.
		///
		/// # Dispatch Origin
		///
		/// Signed: anyone.
		///
		/// # Details
		///
		/// The source repeats an output, whose own report says by its entries whose windows it is made
		/// of. An entry of `count` of the output's W windows is due `floor(passed * count / W)` of all
		/// that the source has ever passed on, less what was paid for it before. It goes to the
		/// entry's contributor; to the entry's source, where that passes credit on itself; and to the
		/// treasury, where the entry is unowned or the output has no windows. Nothing is due, and the
		/// call succeeds, where no credit has come in since.
		///
		/// Where the outputs of the output's receipt were withheld before it was reported on, the
		/// receipt's one entry counts.
		///
		/// # Parameters
		///
		/// - `source`: the source that passes credit on.
		/// - `entry`: an entry of the final report on the output's model and epoch. Where it stands for
		///   a withheld receipt, the opening also holds the one after it, if there is any.
		///
		/// # Errors
		///
		/// - [`Error::NotFound`]: there is no such source, or no report on the output's epoch.
		/// - [`Error::NotSynthetic`]: the source passes nothing on.
		/// - [`Error::NotFinal`]: that report is not final: finalise it.
		/// - [`Error::WrongEntry`], `Opening...`: the entry is not one of that output.
		/// - Those of the token, where the contributor's account could not exist with so little.
		///
		/// # Events
		///
		/// [`Event::PassedClaimed`].
		#[pallet::call_index(10)]
		#[pallet::weight(claim_passed_weight::<T::WeightInfo>(&entry.opening))]
		pub fn claim_passed(
			origin: OriginFor<T>,
			source: u64,
			entry: EntryProof,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim_passed(source, &entry)
		}
	}
}
