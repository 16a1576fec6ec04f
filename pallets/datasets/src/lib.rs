//! Datasets, and contributions by commit and reveal (protocol 2).
//!
//! # Surface
//!
//! A dataset is an append-only list of accepted contributions; version v is its first v entries. A
//! contribution is one blob by one contributor, registered in two steps: [`Pallet::commit`] takes the
//! next number of a chain-wide order, [`Pallet::reveal`] names what was committed. The number is the
//! priority, so whoever copies a reveal is already later. Where a dataset is curated, a curator
//! decides with [`Pallet::accept`] or [`Pallet::reject`]; a contributor may [`Pallet::withdraw`], and
//! anyone may clear a commitment that was never revealed with [`Pallet::expire`].
//!
//! Other pallets suspend contributions of which something was shown: copies of earlier ones, those that
//! repeat a served output where the dataset refuses such, and those whose bytes are withheld. While a
//! demand for its bytes or an accusation is open a contribution is locked, so that nobody evades either.
//!
//! A dataset belongs to whoever owns its title, which is minted for its creator and may be sold. Its
//! contributions, their order and its versions are not touched by that.
//!
//! Nothing is ever renumbered: a contribution that ended keeps its place in its dataset and its root,
//! and only the blocks between its acceptance and its end count it in. A withheld one counts in no
//! block at all. A root is registered once on the chain, whatever became of it; [`Roots`] names the
//! contribution that has it.
//!
//! # Cross-pallet contract
//!
//! Implements [`tributary_primitives::traits::Contributions`]: the newest version of a dataset, what its
//! owner lets be done with it, and the facts of a revealed contribution; and
//! [`tributary_primitives::traits::Sanctions`]: what follows from what other pallets have proven against
//! one. It mints titles by [`tributary_primitives::traits::Titles`], and asks there who owns a dataset.
//!
//! # Economics
//!
//! | what is stored | held | until |
//! |---|---|---|
//! | a dataset | `DepositBase + DepositPerByte * bytes`, of who created it or last changed its curators | another owner changes them; datasets are never removed |
//! | a commitment | `CommitDeposit`, of its contributor | the reveal; burned where it expires |
//! | a contribution | the greater of `ContributionDeposit` and the dataset's own, of its contributor | rejected or withdrawn; lost where it is suspended |
//!
//! Of a deposit that is lost half, rounded down, goes to whoever showed what was wrong, and the rest is
//! burned. A half that could not exist in that account is burned too. [`Config::OnSlash`] hears of the deposit
//! of a contribution that is suspended, once; that of a commitment which expires is a price: nothing was
//! proven.

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
mod benchmarking;
#[cfg(test)]
mod mock;
mod registry;
mod sanctions;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod views;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

tributary_primitives::impl_opening_errors!();

#[allow(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	clippy::too_many_arguments,
	reason = "the pallet macro writes such code here; what the calls do is in `registry`"
)]
#[frame_support::pallet]
pub mod pallet {
	use alloc::boxed::Box;

	use frame_support::{pallet_prelude::*, traits::fungible};
	use frame_system::pallet_prelude::*;
	use sp_runtime::Perbill;
	use tributary_primitives::{
		blob::{Content, Opening},
		ids::{DatasetId, EpochIndex, ModelId, Salt, Seq},
		traits::{OnSlash, SyntheticPolicy, Titles},
		views::SuspensionCause,
	};

	use super::{types::*, WeightInfo};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The currency that deposits are held in, in planck.
		type Currency: fungible::hold::Mutate<
			Self::AccountId,
			Reason = Self::RuntimeHoldReason,
			Balance = u128,
		>;

		/// The runtime's reasons for a hold.
		type RuntimeHoldReason: From<HoldReason>;

		/// The titles of datasets, and who owns them.
		type Titles: Titles<Self::AccountId, Error = DispatchError>;

		/// Who hears that a contributor's deposit was slashed.
		type OnSlash: OnSlash<Self::AccountId>;

		/// What a commitment holds until it is revealed, in planck. It may change: each keeps its own.
		type CommitDeposit: Get<u128>;

		/// The least that a contribution holds, whatever its dataset asks, in planck. It may change: each
		/// keeps its own.
		type ContributionDeposit: Get<u128>;

		/// The number of blocks after its own in which a commitment may be revealed, at least 1.
		#[pallet::constant]
		type RevealWindow: Get<BlockNumberFor<Self>>;

		/// What a dataset holds whatever its size, in planck.
		#[pallet::constant]
		type DepositBase: Get<u128>;

		/// What a dataset holds for each byte of its record, in planck.
		#[pallet::constant]
		type DepositPerByte: Get<u128>;

		/// The most curators of a dataset.
		#[pallet::constant]
		type MaxCurators: Get<u32>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A dataset is stored.
		Dataset,
		/// A commitment waits for its reveal.
		Commitment,
		/// A contribution stands.
		Contribution,
	}

	/// The id of the next dataset.
	#[pallet::storage]
	pub type NextDataset<T> = StorageValue<_, DatasetId, ValueQuery>;

	/// Datasets, by id.
	#[pallet::storage]
	pub type Datasets<T: Config> = StorageMap<_, Twox64Concat, DatasetId, DatasetOf<T>>;

	/// The place in the chain-wide order of the next commitment.
	#[pallet::storage]
	pub type NextSeq<T> = StorageValue<_, Seq, ValueQuery>;

	/// Commitments that wait for their reveal.
	#[pallet::storage]
	pub type Commitments<T: Config> = StorageMap<_, Twox64Concat, Seq, CommitmentOf<T>>;

	/// Contributions, from their reveal on.
	#[pallet::storage]
	pub type Contributions<T: Config> = StorageMap<_, Twox64Concat, Seq, ContributionOf<T>>;

	/// The accepted contributions of a dataset, by their index in it. Entries are never removed.
	#[pallet::storage]
	pub type Entries<T> =
		StorageDoubleMap<_, Twox64Concat, DatasetId, Twox64Concat, u32, Seq, OptionQuery>;

	/// The contribution that has a root. Roots are never freed.
	#[pallet::storage]
	pub type Roots<T> = StorageMap<_, Blake2_128Concat, [u8; 32], Seq, OptionQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A dataset was created.
		Created {
			/// Its id.
			dataset: DatasetId,
			/// Whom it belongs to.
			owner: T::AccountId,
		},
		/// The curators of a dataset were replaced.
		CuratorsSet {
			/// The dataset.
			dataset: DatasetId,
			/// Who decides from now on.
			curators: CuratorsOf<T>,
		},
		/// A dataset was closed to new contributions, or opened again.
		ClosedSet {
			/// The dataset.
			dataset: DatasetId,
			/// Whether it refuses reveals from now on.
			closed: bool,
		},
		/// A commitment took its place in the order.
		Committed {
			/// The place.
			seq: Seq,
			/// Who committed.
			contributor: T::AccountId,
			/// What was committed to.
			hash: [u8; 32],
		},
		/// A commitment was revealed.
		Revealed {
			/// Its place in the order.
			seq: Seq,
			/// The dataset that it is meant for.
			dataset: DatasetId,
			/// Who is paid for it.
			contributor: T::AccountId,
			/// The bytes.
			content: Content,
		},
		/// A contribution joined its dataset.
		Accepted {
			/// Its place in the order.
			seq: Seq,
			/// The dataset.
			dataset: DatasetId,
			/// Its place in the dataset.
			index: u32,
		},
		/// A curator turned a contribution down.
		Rejected {
			/// Its place in the order.
			seq: Seq,
			/// The dataset.
			dataset: DatasetId,
		},
		/// A contributor took a contribution back.
		Withdrawn {
			/// Its place in the order.
			seq: Seq,
			/// The dataset.
			dataset: DatasetId,
		},
		/// A commitment was never revealed.
		Expired {
			/// Its place in the order, which nothing else takes.
			seq: Seq,
			/// Who committed.
			contributor: T::AccountId,
			/// The deposit that was burned, in planck.
			burned: u128,
		},
		/// A contribution was suspended.
		Suspended {
			/// Its place in the order.
			seq: Seq,
			/// The dataset.
			dataset: DatasetId,
			/// What was shown against it.
			cause: SuspensionCause,
			/// The deposit that was taken, in planck.
			slashed: u128,
			/// What of that went to whoever showed it, in planck; the rest was burned.
			reward: u128,
		},
		/// A contribution was shown to repeat a served output.
		MarkedSynthetic {
			/// Its place in the order.
			seq: Seq,
			/// The dataset.
			dataset: DatasetId,
			/// The model that served the output.
			model: ModelId,
			/// The epoch of its receipt.
			epoch: EpochIndex,
			/// The receipt.
			receipt: u32,
			/// The item.
			item: u32,
		},
		/// A demand for the bytes of a contribution went unanswered: it is out of every corpus.
		Withheld {
			/// Its place in the order.
			seq: Seq,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such dataset, commitment or contribution. Check the number that was given.
		NotFound,
		/// The caller is not the owner, curator or contributor that this call is for. Sign with that
		/// account.
		NotAuthorized,
		/// The licence is empty or not printable ASCII. Give an SPDX expression.
		BadLicence,
		/// An open dataset has no curators to share with. Set the curator share to zero, or name
		/// curators.
		ShareWithoutCurators,
		/// A curated dataset needs a curator. Name at least one.
		NoCurators,
		/// A curator is named twice. Name each once.
		DuplicateCurator,
		/// The dataset is open and has no curators. Every reveal to it is accepted.
		NotCurated,
		/// The dataset takes no more contributions. Reveal to another or ask its owner to open it.
		DatasetClosed,
		/// The commitment is of this block. Reveal it in a later one.
		TooEarly,
		/// The reveal window has passed. Commit again.
		TooLate,
		/// The reveal window has not passed. Expire the commitment after it.
		NotExpired,
		/// The dataset, content and salt do not give the hash that was committed. Reveal exactly what
		/// was committed.
		CommitmentMismatch,
		/// The content is empty. Contribute at least one byte.
		EmptyContent,
		/// The content's root is on the chain already; `Roots` names the contribution that has it.
		AlreadyRegistered,
		/// The contribution does not wait for a curator.
		NotPending,
		/// The contribution was rejected, withdrawn or suspended before.
		AlreadyEnded,
		/// A demand for the contribution's bytes or an accusation against it is open. Answer the demand,
		/// or wait until the accusation is decided.
		Locked,
		/// There is no number left for another dataset, commitment or entry.
		NoNumberLeft,
		/// The tail opening starts past the end of the blob. Open its last chunk.
		OpeningOutOfRange,
		/// The tail opening is not a run of one to eight whole chunks that ends where the blob does.
		/// Check the length.
		OpeningBadLength,
		/// The tail opening has too many or too few siblings. Open the blob again.
		OpeningBadSiblings,
		/// The tail opening does not belong to a blob of that root and length. Check both.
		OpeningRootMismatch,
		/// The opening does not reach the last chunk of the blob. Open its tail.
		OpeningNotTail,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::RevealWindow::get() > 0u32.into(), "no reveal could ever be in time");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Creates a dataset.
		///
		/// ## Dispatch Origin
		/// Signed by the account that owns it from then on.
		///
		/// ## Details
		/// It gets the next id and a title, which the signer owns, and holds the signer's deposit for its
		/// record. Its admission rule, share, licence, uses, policy, deposit and metadata are fixed.
		///
		/// ## Parameters
		/// - `admission`: who decides on contributions.
		/// - `curator_share`: the part of what its contributions earn that goes to its title; zero where
		///   it is open.
		/// - `licence`: an SPDX licence expression in printable ASCII.
		/// - `uses`: what the owner says of the four kinds of use.
		/// - `synthetic`: what becomes of contributions that repeat a served output.
		/// - `contribution_deposit`: what a contribution must hold, in planck; at least the chain's
		///   own minimum is held in any case.
		/// - `metadata`: its description, a Croissant JSON-LD document, which may be empty.
		/// - `metadata_tail`: an opening that reaches the last chunk of `metadata`.
		///
		/// ## Errors
		/// - [`Error::BadLicence`], [`Error::ShareWithoutCurators`], [`Error::NoCurators`],
		///   [`Error::DuplicateCurator`], [`Error::NoNumberLeft`] and the `Opening*` errors.
		/// - Where the owner cannot pay the deposit, that of the currency.
		///
		/// ## Events
		/// - [`Event::Created`].
		#[pallet::call_index(0)]
		#[pallet::weight(
			T::WeightInfo::create(metadata_tail.chunk_count(), metadata_tail.sibling_count())
		)]
		pub fn create(
			origin: OriginFor<T>,
			admission: Admission<CuratorsOf<T>>,
			curator_share: Perbill,
			licence: Licence,
			uses: Uses,
			synthetic: SyntheticPolicy,
			contribution_deposit: u128,
			metadata: Content,
			metadata_tail: Box<Opening>,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			let terms = DatasetTerms {
				admission,
				curator_share,
				licence,
				uses,
				synthetic,
				contribution_deposit,
				metadata,
			};
			Self::do_create(owner, terms, &metadata_tail)
		}

		/// Takes the next place in the chain-wide order for a contribution that stays secret.
		///
		/// ## Dispatch Origin
		/// Signed by the contributor.
		///
		/// ## Details
		/// Holds `CommitDeposit`. It comes back with the reveal, in the `RevealWindow` blocks after
		/// this one; after them anyone may burn it with [`Pallet::expire`].
		///
		/// ## Parameters
		/// - `hash`: [`tributary_primitives::ids::commitment`] of the genesis hash, the dataset, the
		///   contributor, the content and a secret salt.
		///
		/// ## Errors
		/// - [`Error::NoNumberLeft`].
		/// - Where the contributor cannot pay the deposit, that of the currency.
		///
		/// ## Events
		/// - [`Event::Committed`] with the place.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::commit())]
		pub fn commit(origin: OriginFor<T>, hash: [u8; 32]) -> DispatchResult {
			let contributor = ensure_signed(origin)?;
			Self::do_commit(contributor, hash)
		}

		/// Reveals a commitment: the contribution is registered.
		///
		/// ## Dispatch Origin
		/// Signed by the account that committed.
		///
		/// ## Details
		/// In the `RevealWindow` blocks after that of the commitment. The commitment's deposit is
		/// released and the contribution's is held. An open dataset accepts it at once, at its next
		/// index; in a curated one it waits for a curator.
		///
		/// ## Parameters
		/// - `seq`: the place that the commitment took.
		/// - `dataset`, `content`, `salt`: what was committed.
		/// - `tail`: an opening that reaches the last chunk of `content`.
		///
		/// ## Errors
		/// - [`Error::NotFound`], [`Error::NotAuthorized`], [`Error::TooEarly`], [`Error::TooLate`],
		///   [`Error::DatasetClosed`], [`Error::EmptyContent`], [`Error::CommitmentMismatch`],
		///   [`Error::AlreadyRegistered`], [`Error::NoNumberLeft`] and the `Opening*` errors.
		/// - Where the contributor cannot pay the deposit, that of the currency.
		///
		/// ## Events
		/// - [`Event::Revealed`], and [`Event::Accepted`] where the dataset is open.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::reveal(tail.chunk_count(), tail.sibling_count()))]
		pub fn reveal(
			origin: OriginFor<T>,
			seq: Seq,
			dataset: DatasetId,
			content: Content,
			salt: Salt,
			tail: Box<Opening>,
		) -> DispatchResult {
			let contributor = ensure_signed(origin)?;
			Self::do_reveal(contributor, seq, dataset, content, salt, &tail)
		}

		/// Accepts a contribution that waits for a curator.
		///
		/// ## Dispatch Origin
		/// Signed by a curator of its dataset.
		///
		/// ## Details
		/// It gets the dataset's next index. A closed dataset still decides on what was revealed to it.
		///
		/// ## Parameters
		/// - `seq`: the contribution.
		///
		/// ## Errors
		/// - [`Error::NotFound`], [`Error::NotAuthorized`], [`Error::NotPending`],
		///   [`Error::NoNumberLeft`].
		///
		/// ## Events
		/// - [`Event::Accepted`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::accept())]
		pub fn accept(origin: OriginFor<T>, seq: Seq) -> DispatchResult {
			let curator = ensure_signed(origin)?;
			Self::do_accept(&curator, seq)
		}

		/// Turns down a contribution that waits for a curator.
		///
		/// ## Dispatch Origin
		/// Signed by a curator of its dataset.
		///
		/// ## Details
		/// Releases its deposit. Its root stays registered.
		///
		/// ## Parameters
		/// - `seq`: the contribution.
		///
		/// ## Errors
		/// - [`Error::NotFound`], [`Error::NotAuthorized`], [`Error::NotPending`], [`Error::Locked`].
		///
		/// ## Events
		/// - [`Event::Rejected`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::reject())]
		pub fn reject(origin: OriginFor<T>, seq: Seq) -> DispatchResult {
			let curator = ensure_signed(origin)?;
			Self::do_reject(&curator, seq)
		}

		/// Takes a contribution back, whether it waits for a curator or was accepted.
		///
		/// ## Dispatch Origin
		/// Signed by its contributor.
		///
		/// ## Details
		/// Releases its deposit. It is out of every corpus from this block on, and keeps its root and
		/// its index.
		///
		/// ## Parameters
		/// - `seq`: the contribution.
		///
		/// ## Errors
		/// - [`Error::NotFound`], [`Error::NotAuthorized`], [`Error::AlreadyEnded`],
		///   [`Error::Locked`].
		///
		/// ## Events
		/// - [`Event::Withdrawn`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw(origin: OriginFor<T>, seq: Seq) -> DispatchResult {
			let contributor = ensure_signed(origin)?;
			Self::do_withdraw(&contributor, seq)
		}

		/// Removes a commitment that was not revealed in time, and burns its deposit.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Details
		/// Costs no fee where it succeeds, as it frees storage.
		///
		/// ## Parameters
		/// - `seq`: the place that the commitment took.
		///
		/// ## Errors
		/// - [`Error::NotFound`], [`Error::NotExpired`].
		///
		/// ## Events
		/// - [`Event::Expired`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::expire())]
		pub fn expire(origin: OriginFor<T>, seq: Seq) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_expire(seq)?;
			Ok(Pays::No.into())
		}

		/// Replaces the curators of a curated dataset.
		///
		/// ## Dispatch Origin
		/// Signed by the owner of the dataset's title.
		///
		/// ## Details
		/// The deposit follows the size of the record. Where a former owner has it on hold it goes back
		/// there, and the caller holds the whole of it from then on.
		///
		/// ## Parameters
		/// - `dataset`: the dataset.
		/// - `curators`: who decides from now on; each once, at least one.
		///
		/// ## Errors
		/// - [`Error::NotFound`], [`Error::NotAuthorized`], [`Error::NotCurated`],
		///   [`Error::NoCurators`], [`Error::DuplicateCurator`].
		/// - Where the owner cannot pay a greater deposit, or one that a former owner had, that of the
		///   currency.
		///
		/// ## Events
		/// - [`Event::CuratorsSet`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::set_curators())]
		pub fn set_curators(
			origin: OriginFor<T>,
			dataset: DatasetId,
			curators: CuratorsOf<T>,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_set_curators(&owner, dataset, curators)
		}

		/// Closes a dataset to new contributions, or opens it again.
		///
		/// ## Dispatch Origin
		/// Signed by the owner of the dataset's title.
		///
		/// ## Details
		/// A closed dataset refuses reveals. What was revealed before is not touched.
		///
		/// ## Parameters
		/// - `dataset`: the dataset.
		/// - `closed`: whether it refuses reveals.
		///
		/// ## Errors
		/// - [`Error::NotFound`], [`Error::NotAuthorized`].
		///
		/// ## Events
		/// - [`Event::ClosedSet`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_closed())]
		pub fn set_closed(
			origin: OriginFor<T>,
			dataset: DatasetId,
			closed: bool,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_set_closed(&owner, dataset, closed)
		}
	}
}
