//! # Usage
//!
//! Payments for the use of models: the only source of value in the system (protocol 4).
//!
//! ## Surface
//!
//! - [`Pallet::pay`] divides a payment once and records a receipt for the outputs that it is for.
//! - [`Pallet::claim_owner`] and [`Pallet::claim_lineage`] pay a model's owner and its ancestors, whoever
//!   asks for it.
//! - [`Pallet::release_receipt`] frees a receipt that no report needs any more, and its deposit.
//! - [`Pallet::collect_due`] pays what is due: to former owners of titles, and what could not be paid
//!   before.
//! - [`views`] has the read helpers that the runtime API is made of.
//!
//! ## Cross-pallet contract
//!
//! Of models it asks [`Models`]: by which rates the revenue of one is divided; of titles, whom revenue
//! goes to, and went to before ([`Titles`]); of vaults, to divide what their titles earn ([`Vaults`]); of
//! datasets, the curators' part ([`Contributions`]). It
//! [hears](tributary_primitives::traits::OnTitleChange) when titles change hands. To
//! attribution it offers [`Receipts`](tributary_primitives::traits::Receipts), what a report must
//! cover; [`Pots`](tributary_primitives::traits::Pots), which settles the data pot of a (model, epoch)
//! once and pays its sources; and [`PassedCredit`](tributary_primitives::traits::PassedCredit), which
//! keeps what synthetic sources earn for the sources of the outputs that they repeat. To availability it
//! offers [`WithholdReceipts`](tributary_primitives::traits::WithholdReceipts), to channels
//! [`Payments`](tributary_primitives::traits::Payments). An epoch takes payments
//! until its last block; its pot can be settled only afterwards, so a pot never grows once it is
//! settled, and neither does the number of its withheld receipts.
//!
//! ## Economics
//!
//! Of each payment the protocol fee leaves at once, as a credit for [`Config::FeeDestination`]. The
//! net rest is held in the pallet's account and belongs to four parties:
//!
//! - the ancestors, together `floor(sum of rates * gross)`. What each has earned is
//!   `floor(rate * gross)`, computed when it is claimed, so a payment costs the same however many there
//!   are. What the floors leave, fewer planck than there are ancestors, is the model's *residue*. Who
//!   held an ancestor's title in one of its tenures has what it had earned at the end less what it had
//!   earned at the start: tenures divide what an ancestor earns to the planck;
//! - the sources of the outputs: the data amount, in the pot of (model, epoch) until it is settled;
//! - whoever attributes the epoch: the attribution fee, in the same pot;
//! - the owner of the model's title: the rest. When the title is sold it stays due to the seller. While
//!   a vault takes the title's revenue it goes there at once: it is deposited and claimed in one call.
//!
//! Of what a contribution has earned in an epoch, the dataset's curator share goes to whom the revenue of
//! the dataset's title went to at the end of the epoch's last block. Where that was a vault that has ended
//! since, it goes to its heir. Credit that is passed on has no epoch: of it the share goes to whom the
//! revenue goes to when it is claimed.
//!
//! What a synthetic source earns leaves the pot for a bucket of its own ([`Passed`]), from which it is
//! paid to others or moves into their buckets; until then it counts as claimable.
//!
//! `deposited == claimed + claimable + open pots + residue` holds for each model and in all, and the
//! account holds exactly `deposited - claimed`. The money is on hold under
//! [`HoldReason::Revenue`], so that what anyone sends to the account is never taken for revenue. The
//! account's own existential deposit is endowed at genesis and is no part of it.
//!
//! A payout that would create an account below the existential deposit is refused and stays
//! claimable. Settling a pot is never blocked by it, nor is a contributor: what the treasury, the
//! attributor or a dataset's owner can not take stays *due* to them ([`Dues`]) and goes with what they
//! are paid next, or by [`Pallet::collect_due`]. A claim of nothing succeeds and pays 0, so that a batch
//! of claims never fails for it.

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

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod epochs;
mod lineage;
#[cfg(test)]
mod mock;
mod money;
mod owner;
mod passed;
mod pay;
mod pots;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
pub mod types;
pub mod views;
pub mod weights;

pub use lineage::MAX_CHECKPOINT_READS;
pub use pallet::*;
pub use types::{Checkpoint, Ledger, Passing, Pot, PotState, Receipt};
pub use weights::WeightInfo;

#[allow(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	reason = "the pallet macro writes such code here; what the calls do is in the other files"
)]
#[frame_support::pallet]
pub mod pallet {
	use alloc::boxed::Box;

	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Balanced, Credit, Inspect, Mutate, MutateHold},
			tokens::Fortitude,
			OnUnbalanced,
		},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use tributary_primitives::{
		blob::{Content, Opening},
		ids::{DatasetId, EpochIndex, ModelId},
		title::Beneficiary,
		traits::{Contributions, Models, Titles, Vaults},
	};

	use crate::{Checkpoint, Ledger, Passing, Pot, Receipt, WeightInfo, MAX_CHECKPOINT_READS};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// What the fee of a payment is handed over as.
	pub type FeeCredit<T> = Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;
	/// The receipt of this runtime.
	pub type ReceiptOf<T> = Receipt<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// What payments are made in; balances are planck.
		type Currency: Balanced<Self::AccountId>
			+ Mutate<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ Inspect<Self::AccountId, Balance = u128>;

		/// The runtime's reasons to hold funds.
		type RuntimeHoldReason: From<HoldReason>;

		/// The models that are paid for.
		type Models: Models<Self::AccountId>;

		/// Who owns what, and whom its revenue goes to.
		type Titles: Titles<Self::AccountId>;

		/// The vaults of titles whose shares earn their revenue. Their account exists.
		type Vaults: Vaults<Self::AccountId, Error = DispatchError>;

		/// The datasets, of which some ask a share for their curators.
		type Datasets: Contributions<Self::AccountId, BlockNumberFor<Self>>;

		/// Where protocol fees go.
		type FeeDestination: OnUnbalanced<FeeCredit<Self>>;

		/// Who takes the part of a pot that no source has earned.
		type Treasury: Get<Self::AccountId>;

		/// Blocks in an epoch, at least 1. A change renumbers all epochs, so it needs a migration.
		#[pallet::constant]
		type EpochLength: Get<BlockNumberFor<Self>>;

		/// The least payment, in planck.
		type MinPayment: Get<u128>;

		/// What the pallet's account is derived from.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// What a payer deposits for the storage of a receipt, in planck. A receipt keeps its own.
		type ReceiptDeposit: Get<u128>;

		/// For how many blocks after a payment its receipt must stay.
		type ReceiptRetention: Get<BlockNumberFor<Self>>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// Sets the scene of a benchmark.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// Why funds are on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// In the pallet's account: revenue that is not paid out yet.
		Revenue,
		/// In a payer's account: the deposit for a receipt.
		Receipt,
	}

	/// The money of each model that was ever paid for.
	#[pallet::storage]
	pub type Ledgers<T: Config> = StorageMap<_, Twox64Concat, ModelId, Ledger, ValueQuery>;

	/// What had been paid for a model before titles changed, in order of the changes.
	#[pallet::storage]
	pub type Checkpoints<T: Config> =
		StorageDoubleMap<_, Twox64Concat, ModelId, Twox64Concat, u32, Checkpoint>;

	/// What each tenure of an ancestor's title was given of a model's revenue, in planck, by model,
	/// ancestor and tenure.
	#[pallet::storage]
	pub type LineageClaimed<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, ModelId>,
			NMapKey<Twox64Concat, ModelId>,
			NMapKey<Twox64Concat, u32>,
		),
		u128,
		ValueQuery,
	>;

	/// The receipts of each (model, epoch), by index.
	#[pallet::storage]
	pub type Receipts<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, ModelId>,
			NMapKey<Twox64Concat, EpochIndex>,
			NMapKey<Twox64Concat, u32>,
		),
		ReceiptOf<T>,
	>;

	/// The number of receipts that were ever written for each (model, epoch).
	#[pallet::storage]
	pub type ReceiptCount<T: Config> =
		StorageDoubleMap<_, Twox64Concat, ModelId, Twox64Concat, EpochIndex, u32, ValueQuery>;

	/// The number of those receipts whose outputs are withheld. It stays as it was when the pot was
	/// settled.
	#[pallet::storage]
	pub type WithheldCount<T: Config> =
		StorageDoubleMap<_, Twox64Concat, ModelId, Twox64Concat, EpochIndex, u32, ValueQuery>;

	/// The pot of each (model, epoch) that was paid for.
	#[pallet::storage]
	pub type Pots<T: Config> =
		StorageDoubleMap<_, Twox64Concat, ModelId, Twox64Concat, EpochIndex, Pot>;

	/// What is owed to accounts that could not take it, or have sold what earned it, in planck, never 0.
	#[pallet::storage]
	pub type Dues<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u128, ValueQuery>;

	/// What each synthetic source (`seq + 1`) passes on.
	#[pallet::storage]
	pub type Passed<T: Config> = StorageMap<_, Twox64Concat, u64, Passing, ValueQuery>;

	/// All net amounts that were ever paid in, in planck.
	#[pallet::storage]
	pub type Deposited<T: Config> = StorageValue<_, u128, ValueQuery>;

	/// All that was ever paid out, in planck.
	#[pallet::storage]
	pub type Claimed<T: Config> = StorageValue<_, u128, ValueQuery>;

	/// Endows the pallet's account with its existential deposit.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Pallet::<T>::endow_account();
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A model was paid for.
		Paid {
			/// The model.
			model: ModelId,
			/// The epoch of the payment.
			epoch: EpochIndex,
			/// The receipt's index in (model, epoch).
			receipt: u32,
			/// Who paid.
			payer: T::AccountId,
			/// What was paid: the sum of the parts that follow.
			amount: u128,
			/// The protocol's part.
			protocol_fee: u128,
			/// The part set aside for the ancestors.
			lineage: u128,
			/// The part of the sources.
			data: u128,
			/// The attributor's part.
			attribution_fee: u128,
			/// The part of the model's owner, or of its title's vault.
			owner: u128,
		},
		/// A model's owner was paid what it had earned.
		OwnerClaimed {
			/// The model.
			model: ModelId,
			/// Its owner.
			owner: T::AccountId,
			/// What was paid out; 0 where nothing had been earned since the last claim.
			amount: u128,
		},
		/// What an ancestor had earned of a descendant's revenue in one tenure of its title was paid.
		LineageClaimed {
			/// The descendant.
			model: ModelId,
			/// The ancestor.
			ancestor: ModelId,
			/// The index of the tenure.
			tenure: u32,
			/// Whom it went to.
			beneficiary: Beneficiary<T::AccountId>,
			/// What was paid out; 0 where nothing had been earned since the last claim.
			amount: u128,
		},
		/// A receipt was removed and its deposit returned.
		ReceiptReleased {
			/// The model.
			model: ModelId,
			/// The epoch of the payment.
			epoch: EpochIndex,
			/// The receipt's index in (model, epoch).
			receipt: u32,
			/// Who had paid.
			payer: T::AccountId,
			/// The deposit.
			deposit: u128,
		},
		/// A pot was divided: `attributed + residual` is its data amount.
		PotSettled {
			/// The model.
			model: ModelId,
			/// The epoch.
			epoch: EpochIndex,
			/// Who attributed it.
			attributor: T::AccountId,
			/// What stays for the sources.
			attributed: u128,
			/// What went to the attributor.
			attribution_fee: u128,
			/// What went to the treasury.
			residual: u128,
		},
		/// A source's part of a settled pot was paid out.
		SourcePaid {
			/// The model.
			model: ModelId,
			/// The epoch.
			epoch: EpochIndex,
			/// The contributor.
			beneficiary: T::AccountId,
			/// The dataset that holds the source.
			dataset: DatasetId,
			/// What was paid out.
			amount: u128,
			/// What of that went, or is due, to the title of the dataset.
			curators: u128,
		},
		/// The outputs of a receipt were demanded and not shown: it counts as one item without windows.
		ReceiptWithheld {
			/// The model.
			model: ModelId,
			/// The epoch of the payment.
			epoch: EpochIndex,
			/// The receipt's index in (model, epoch).
			receipt: u32,
		},
		/// A source's part of a settled pot was set aside for the sources of the output that it repeats.
		PassedOn {
			/// The model.
			model: ModelId,
			/// The epoch.
			epoch: EpochIndex,
			/// The source.
			source: u64,
			/// What was set aside.
			amount: u128,
		},
		/// Part of what a source passes on was paid out.
		PassedPaid {
			/// The source.
			source: u64,
			/// Who was paid: a contributor, or the treasury for windows that nobody owns.
			beneficiary: T::AccountId,
			/// The dataset of the contributor.
			dataset: Option<DatasetId>,
			/// What was paid out, or is due where the treasury could not take it.
			amount: u128,
			/// What of that went, or is due, to the title of the dataset.
			curators: u128,
		},
		/// Part of what a source passes on went to a source that passes it on itself.
		PassedAlong {
			/// The source.
			source: u64,
			/// The source that it went to.
			target: u64,
			/// What went there.
			amount: u128,
		},
		/// An account could not take what is owed to it, or sold what had earned it; it stays due.
		LeftDue {
			/// Whom it is due to.
			beneficiary: T::AccountId,
			/// All that is due to it now.
			due: u128,
		},
		/// What was due was paid out.
		DuePaid {
			/// Who was paid.
			beneficiary: T::AccountId,
			/// What was paid out; 0 where nothing was due.
			amount: u128,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such model. Check its index.
		ModelNotFound,
		/// There is no such receipt, or it was released before.
		ReceiptNotFound,
		/// Nothing was paid for the model in that epoch.
		PotNotFound,
		/// The outputs blob is empty. Pay for one item at least.
		EmptyOutputs,
		/// The outputs blob is not a list of 64-byte items: its length is no multiple of 64.
		OutputsNotRecords,
		/// The outputs blob has more than `MAX_ITEMS` items. Divide it between payments.
		TooManyItems,
		/// The model has all the receipts that one epoch can have. Pay in the next epoch.
		TooManyReceipts,
		/// The amount is below `MinPayment`. Pay more, for more items if need be.
		PaymentTooSmall,
		/// The model's books can not hold that much. Pay less.
		PaymentTooLarge,
		/// The receipt is somebody else's. Its payer must sign.
		NotAuthorized,
		/// The model is not descended from the ancestor that is named.
		NotAnAncestor,
		/// The ancestor's title has had fewer tenures than that. Tenures are counted from 0.
		TenureNotFound,
		/// The amount would leave the beneficiary's account below the existential deposit.
		/// Nothing is lost: fund the account first, or claim when more has been earned.
		BelowExistentialDeposit,
		/// The epoch still takes payments. Settle its pot after its last block.
		EpochOpen,
		/// The pot is not settled yet. Wait for a final report.
		PotOpen,
		/// The pot was settled before.
		PotSettled,
		/// The pot holds less than that.
		ExceedsPot,
		/// The source has less left to pass on than that.
		ExceedsPassed,
		/// The receipt must stay until `ReceiptRetention` blocks after its payment.
		TooEarly,
		/// The tail opening starts past the end of the blob.
		OpeningOutOfRange,
		/// The tail opening is not a run of one to eight whole chunks of a blob of that length.
		OpeningBadLength,
		/// The tail opening has too many or too few siblings for a blob of that length.
		OpeningBadSiblings,
		/// The tail opening does not belong to a blob of that hash and length.
		OpeningRootMismatch,
		/// The opening does not reach the last chunk. Open the end of the blob.
		OpeningNotTail,
	}

	tributary_primitives::impl_opening_errors!();

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::EpochLength::get() > BlockNumberFor::<T>::default(),
				"EpochLength must be at least 1 block"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Pays `amount` planck for outputs that `model` served.
		///
		/// ## Dispatch Origin
		/// Signed, by the payer.
		///
		/// ## Details
		/// The amount is divided by the model's rates, the protocol fee rounded up and each other part
		/// down, the owner taking the rest, or the vault of the model's title. The payer also deposits `ReceiptDeposit`, and keeps at
		/// least the existential deposit. The cost does not depend on the number of ancestors or items.
		///
		/// ## Parameters
		/// - `model`: the model that served the outputs
		/// - `outputs`: the blob of 64-byte items, one for each output; they share the amount equally
		/// - `outputs_tail`: an opening that reaches its last chunk, and so proves its length
		/// - `amount`: in planck, at least `MinPayment`
		///
		/// ## Errors
		/// [`Error::PaymentTooSmall`], [`Error::EmptyOutputs`], [`Error::OutputsNotRecords`],
		/// [`Error::TooManyItems`], [`Error::ModelNotFound`], [`Error::PaymentTooLarge`],
		/// [`Error::TooManyReceipts`], the `Opening` errors, and the currency's where the payer has
		/// too little.
		///
		/// ## Events
		/// [`Event::Paid`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::pay(
			outputs_tail.chunk_count(),
			outputs_tail.sibling_count(),
		))]
		pub fn pay(
			origin: OriginFor<T>,
			model: ModelId,
			outputs: Content,
			outputs_tail: Box<Opening>,
			amount: u128,
		) -> DispatchResult {
			let payer = ensure_signed(origin)?;
			let polite = Fortitude::Polite;
			Self::do_pay(&payer, model, outputs, &outputs_tail, amount, polite)?;
			Ok(())
		}

		/// Pays the owner of `model` all that its own part has earned since its title came to that owner.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Details
		/// Where there is nothing to pay, it succeeds and says so. What the title earned for a former
		/// owner is due to that one, and what it earns while it is vaulted goes to the vault at once.
		///
		/// ## Parameters
		/// - `model`: the model
		///
		/// ## Errors
		/// [`Error::ModelNotFound`], [`Error::BelowExistentialDeposit`]
		///
		/// ## Events
		/// [`Event::OwnerClaimed`]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::claim_owner())]
		pub fn claim_owner(origin: OriginFor<T>, model: ModelId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim_owner(model)
		}

		/// Pays what the title of `ancestor` has earned of the revenue of `model` in one of its tenures:
		/// `floor(rate * gross)` at its end, less that at its start, less what was paid before.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Details
		/// It goes to whoever was the beneficiary in that tenure, the owner or the vault. Where there is
		/// nothing to pay, it succeeds and says so. The weight that the search for the tenure does not
		/// need is given back.
		///
		/// ## Parameters
		/// - `model`: the descendant whose revenue is shared
		/// - `ancestor`: the model that it is descended from
		/// - `tenure`: the tenure of the ancestor's title, counted from 0; the number of former tenures
		///   is the tenure of today
		///
		/// ## Errors
		/// [`Error::ModelNotFound`], [`Error::NotAnAncestor`], [`Error::TenureNotFound`],
		/// [`Error::BelowExistentialDeposit`]
		///
		/// ## Events
		/// [`Event::LineageClaimed`]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::claim_lineage(MAX_CHECKPOINT_READS))]
		pub fn claim_lineage(
			origin: OriginFor<T>,
			model: ModelId,
			ancestor: ModelId,
			tenure: u32,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let reads = Self::do_claim_lineage(model, ancestor, tenure)?;
			Ok(Some(T::WeightInfo::claim_lineage(reads)).into())
		}

		/// Removes a receipt and returns its deposit.
		///
		/// ## Dispatch Origin
		/// Signed, by the payer of the receipt.
		///
		/// ## Details
		/// The pot of (model, epoch) must be settled, so that no report needs the receipt, and
		/// `ReceiptRetention` blocks must have passed since the payment.
		///
		/// ## Parameters
		/// - `model`, `epoch`: what was paid for, and when
		/// - `index`: the receipt's index in (model, epoch)
		///
		/// ## Errors
		/// [`Error::ReceiptNotFound`], [`Error::NotAuthorized`], [`Error::PotOpen`],
		/// [`Error::TooEarly`]
		///
		/// ## Events
		/// [`Event::ReceiptReleased`]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::release_receipt())]
		pub fn release_receipt(
			origin: OriginFor<T>,
			model: ModelId,
			epoch: EpochIndex,
			index: u32,
		) -> DispatchResult {
			let payer = ensure_signed(origin)?;
			Self::do_release_receipt(payer, model, epoch, index)
		}

		/// Pays `beneficiary` what is due to it: of settled pots, and of titles that it has sold.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone: a treasury may have no key.
		///
		/// ## Details
		/// Where nothing is due, it succeeds and says so.
		///
		/// ## Parameters
		/// - `beneficiary`: whom it is due to
		///
		/// ## Errors
		/// [`Error::BelowExistentialDeposit`]
		///
		/// ## Events
		/// [`Event::DuePaid`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::collect_due())]
		pub fn collect_due(origin: OriginFor<T>, beneficiary: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_collect_due(beneficiary)
		}
	}
}
