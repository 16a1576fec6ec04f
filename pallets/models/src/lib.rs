//! Models, their lineage, corpus and terms (protocol 3).
//!
//! # Surface
//!
//! [`Pallet::register`] names a model's artifact and manifest, how it came from its parents, the
//! datasets that it pins and the terms of its use. Two things are worked out then and never change:
//! its ancestors, which are the distinct models reachable through parents, each with the lineage rate
//! that it asks at that moment; and its corpus, which is the union of its own pins and of its ancestors'
//! with the greatest version of each dataset. [`Pallet::set_lineage_rate`] changes what a model asks of
//! descendants that are registered later. Parents exist before children, so the graph has no cycle.
//!
//! A model belongs to whoever owns its title, which is minted for whoever registers it and may be sold.
//! What it inherits and what it asks of its descendants are not touched by that.
//!
//! What the owners of datasets say about training is enforced where the chain can: a model is refused
//! where a dataset of its corpus does not allow the training of models like it, generative or not as it says.
//!
//! # Cross-pallet contract
//!
//! Implements [`tributary_primitives::traits::Models`] for payments and reports. It asks
//! [`tributary_primitives::traits::Contributions`] whether a pinned version exists and may be trained on,
//! [`tributary_primitives::traits::Titles`] who owns a model, and
//! [`tributary_primitives::traits::DatasetEarnings`], for views alone, what datasets have earned.
//!
//! # Economics
//!
//! The rates of all ancestors, the data rate and the protocol fee are at most the whole, or the
//! registration is refused; rates are never rescaled, so nobody can thin an ancestor out by inserting
//! models of their own. A registration says how much of the revenue may go to ancestors, so that none of them
//! takes more by raising its rate just before. A model holds `DepositBase + DepositPerByte * bytes` of whoever registered it for
//! its record, its ancestors and its corpus; it is kept, as models are never removed. A registration is
//! charged for the most that its arguments may take, and what it did not take is given back.

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
mod lineage;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod views;
pub mod weights;
mod work;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

tributary_primitives::impl_opening_errors!();

#[allow(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	clippy::too_many_arguments,
	reason = "the pallet macro writes such code here; what the calls do is in `lineage`"
)]
#[frame_support::pallet]
pub mod pallet {
	use alloc::boxed::Box;

	use frame_support::{pallet_prelude::*, traits::fungible};
	use frame_system::pallet_prelude::*;
	use sp_runtime::Perbill;
	use tributary_primitives::{
		blob::{Content, Opening},
		ids::ModelId,
		traits::{Contributions, DatasetEarnings, Titles},
	};

	use super::{types::*, work::Work, WeightInfo};

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

		/// The datasets that models pin.
		type Datasets: Contributions<Self::AccountId, BlockNumberFor<Self>>;

		/// The titles of models and datasets, and who owns them.
		type Titles: Titles<Self::AccountId, Error = DispatchError>;

		/// What datasets have earned of the revenue of models, for views.
		type Earnings: DatasetEarnings;

		/// The protocol's part of a payment that is made now. It may change.
		type ProtocolFee: Get<Perbill>;

		/// The attributor's part of the data's part of a payment that is made now. It may change.
		type AttributionFee: Get<Perbill>;

		/// What a model holds whatever its size, in planck.
		#[pallet::constant]
		type DepositBase: Get<u128>;

		/// What a model holds for each byte of its record, ancestors and corpus, in planck.
		#[pallet::constant]
		type DepositPerByte: Get<u128>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// Makes the datasets that benchmarks pin.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: super::benchmarking::BenchmarkHelper;
	}

	/// Why this pallet holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A model is stored.
		Model,
	}

	/// The id of the next model.
	#[pallet::storage]
	pub type NextModel<T> = StorageValue<_, ModelId, ValueQuery>;

	/// Models, by id.
	#[pallet::storage]
	pub type Models<T: Config> = StorageMap<_, Twox64Concat, ModelId, ModelOf<T>>;

	/// The distinct ancestors of a model in order of their ids, each with the rate that it asked when the
	/// model was registered.
	#[pallet::storage]
	pub type Ancestors<T> = StorageMap<_, Twox64Concat, ModelId, AncestorRates, ValueQuery>;

	/// The corpus of a model, in order of the datasets' ids.
	#[pallet::storage]
	pub type Corpus<T> = StorageMap<_, Twox64Concat, ModelId, CorpusPins, ValueQuery>;

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// The most parents of a model.
		#[pallet::constant_name(MaxParents)]
		fn max_parents() -> u32 {
			MAX_PARENTS
		}

		/// The most datasets that a model pins itself.
		#[pallet::constant_name(MaxPins)]
		fn max_pins() -> u32 {
			MAX_PINS
		}

		/// The most ancestors of a model.
		#[pallet::constant_name(MaxAncestors)]
		fn max_ancestors() -> u32 {
			MAX_ANCESTORS
		}

		/// The most datasets in the corpus of a model.
		#[pallet::constant_name(MaxCorpus)]
		fn max_corpus() -> u32 {
			MAX_CORPUS
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A model was registered.
		Registered {
			/// Its id.
			model: ModelId,
			/// Whom it belongs to.
			owner: T::AccountId,
			/// How it came from its parents.
			relation: Relation,
		},
		/// A model asks another rate of descendants that are registered from now on.
		LineageRateSet {
			/// The model.
			model: ModelId,
			/// The part of a descendant's net revenue that it asks.
			rate: Perbill,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such model or parent. Check the id that was given.
		NotFound,
		/// The caller does not own the model. Sign with its owner.
		NotAuthorized,
		/// A pinned dataset does not exist. Check its id.
		DatasetNotFound,
		/// A pinned version does not exist. Pin one from 1 to the dataset's newest.
		VersionNotFound,
		/// The number of parents does not fit the relation: none for `Pretrain`, at least two for
		/// `Merge`, at least one for any other.
		WrongParents,
		/// A parent is named twice. Name each once.
		DuplicateParent,
		/// A dataset is pinned twice. Pin each once.
		DuplicatePin,
		/// The model would have more than 256 ancestors. Choose parents with fewer.
		TooManyAncestors,
		/// The model's corpus would have more than 256 datasets. Pin fewer.
		TooManyPins,
		/// The window is outside 24 to 1,024 bytes. Choose one inside; 32 is usual.
		WindowOutOfRange,
		/// The ancestors' rates, the data rate and the protocol fee are more than the whole. Lower the
		/// data rate or choose other parents.
		RatesExceedWhole,
		/// There is no number left for another model.
		NoNumberLeft,
		/// A tail opening starts past the end of its blob. Open the last chunk.
		OpeningOutOfRange,
		/// A tail opening is not a run of one to eight whole chunks that ends where its blob does.
		/// Check the length.
		OpeningBadLength,
		/// A tail opening has too many or too few siblings. Open the blob again.
		OpeningBadSiblings,
		/// A tail opening does not belong to a blob of that root and length. Check both.
		OpeningRootMismatch,
		/// An opening does not reach the last chunk of its blob. Open the tail.
		OpeningNotTail,
		/// The model is not generative, and the owner of a dataset that it pins, or inherits from a parent
		/// that is generative, does not allow the training of such models. Pin others, or choose other
		/// parents: the datasets' `uses` say which allow it.
		TrainingNotAllowed,
		/// The model is generative, and the owner of a dataset that it pins, or inherits from a parent
		/// that is not generative, does not allow the training of generative models. Pin others, or
		/// choose other parents.
		GenerativeTrainingNotAllowed,
		/// The ancestors ask more of the model's revenue than `max_lineage`. One may have raised its rate:
		/// look at what they ask now, and accept more or choose other parents.
		LineageAboveMaximum,
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
		/// Registers a model.
		///
		/// ## Dispatch Origin
		/// Signed by the account that owns it from then on.
		///
		/// ## Details
		/// It gets the next id and a title, which the signer owns. Its ancestors, their rates and its
		/// corpus are fixed; each distinct ancestor counts once, however many paths lead to it. Holds
		/// the signer's deposit. The fee is for the ancestors and datasets that it has, not for the
		/// most that it might have.
		///
		/// ## Parameters
		/// - `relation`: how it came from its parents.
		/// - `parents`: the models that it was made from, each once.
		/// - `pins`: versions of datasets that it was trained on itself, each dataset once.
		/// - `generative`: whether it is generative, which the owners of the datasets may not allow.
		/// - `terms`: its rates and its window.
		/// - `max_lineage`: the most that its ancestors' rates may sum to. An ancestor's owner may raise its
		///   rate while the registration waits for its block.
		/// - `artifact`: its weights, or whatever is served.
		/// - `manifest`: how it was trained.
		/// - `artifact_tail`, `manifest_tail`: openings that reach their blobs' last chunks.
		///
		/// ## Errors
		/// - [`Error::WrongParents`], [`Error::DuplicateParent`], [`Error::NotFound`],
		///   [`Error::DuplicatePin`], [`Error::DatasetNotFound`], [`Error::VersionNotFound`],
		///   [`Error::TrainingNotAllowed`], [`Error::GenerativeTrainingNotAllowed`],
		///   [`Error::TooManyAncestors`], [`Error::TooManyPins`], [`Error::WindowOutOfRange`],
		///   [`Error::RatesExceedWhole`], [`Error::LineageAboveMaximum`], [`Error::NoNumberLeft`] and
		///   the `Opening*` errors.
		/// - Where the owner cannot pay the deposit, that of the currency.
		///
		/// ## Events
		/// - [`Event::Registered`].
		#[pallet::call_index(0)]
		#[pallet::weight(
			Work::most(parents, pins, [artifact_tail, manifest_tail]).weight::<T>()
		)]
		pub fn register(
			origin: OriginFor<T>,
			relation: Relation,
			parents: Parents,
			pins: Pins,
			generative: bool,
			terms: Terms,
			max_lineage: Perbill,
			artifact: Content,
			artifact_tail: Box<Opening>,
			manifest: Content,
			manifest_tail: Box<Opening>,
		) -> DispatchResultWithPostInfo {
			let owner = ensure_signed(origin)?;
			let registration =
				Registration { relation, parents, pins, generative, terms, artifact, manifest };
			let tails = [artifact_tail.as_ref(), manifest_tail.as_ref()];
			let work = Self::do_register(owner, registration, max_lineage, tails)?;
			Ok(Some(work.weight::<T>()).into())
		}

		/// Changes what a model asks of descendants that are registered from now on.
		///
		/// ## Dispatch Origin
		/// Signed by the owner of the model's title.
		///
		/// ## Details
		/// Descendants that exist keep the rate that they were registered with.
		///
		/// ## Parameters
		/// - `model`: the model.
		/// - `rate`: the part of a descendant's net revenue that it asks.
		///
		/// ## Errors
		/// - [`Error::NotFound`], [`Error::NotAuthorized`].
		///
		/// ## Events
		/// - [`Event::LineageRateSet`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_lineage_rate())]
		pub fn set_lineage_rate(
			origin: OriginFor<T>,
			model: ModelId,
			rate: Perbill,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_set_lineage_rate(&owner, model, rate)
		}
	}
}
