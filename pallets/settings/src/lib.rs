//! Settings: the one way to change a parameter, within the bounds that the protocol rests on
//! (protocol 11).
//!
//! # Surface
//!
//! [`set`](Pallet::set) gives one parameter a new value. It is refused where the value is outside the
//! parameter's range, which [`tributary_primitives::fees`] states and derives. A change counts from the
//! next read on: what was bonded, deposited, drawn or divided before stays as it was, as whoever stores a
//! promise stores its amount or its block with it.
//!
//! # Cross-pallet contract
//!
//! [`Config::Store`] keeps the values, and has to take new ones from this pallet alone, not by a call of its
//! own: root can call as any origin, so that no origin would keep it from getting around the check. Whoever
//! uses a parameter reads the store.
//!
//! # Economics
//!
//! - The protocol fee is never 0, and part of it is burned of every payment, so whoever pays oneself
//!   loses, whatever the settings are.
//! - The bonds are never 0 either: who loses a bond to oneself still loses the half that is burned.
//! - Spans are within bounds that let honest participants act, and are not changed for what is under way.

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

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
pub mod weights;

use tributary_primitives::fees::{Setting, Settings};

pub use pallet::*;
pub use weights::WeightInfo;

/// Where the values of parameters are kept.
pub trait Store {
	/// Keeps a new value, which is within its range.
	fn put(setting: Setting);

	/// The values of now.
	fn settings() -> Settings;
}

#[allow(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	reason = "the pallet macro writes such code here"
)]
#[frame_support::pallet]
pub mod pallet {
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use tributary_primitives::fees::{Refusal, Setting};

	use super::{Store, WeightInfo};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Who may change parameters.
		type UpdateOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Where their values are kept.
		type Store: Store;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A parameter has a new value.
		Set {
			/// The parameter, and its value.
			setting: Setting,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The protocol fee has to be from 0.1 % to 20 % of a payment: choose a rate within.
		ProtocolFeeOutOfRange,
		/// The author's share has to be from 0 % to 75 % of the protocol fee, as the rest is burned: choose
		/// a rate within.
		AuthorShareOutOfRange,
		/// The attribution fee has to be from 0 % to 50 % of the data's part: choose a rate within.
		AttributionFeeOutOfRange,
		/// The treasury's share has to be from 10 % to 80 % of a transaction's fee: choose a rate within.
		TreasuryShareOutOfRange,
		/// The least payment has to be from 0.001 TRIB to 100 TRIB: choose an amount within.
		MinPaymentOutOfRange,
		/// The bond of a report has to be from 1 TRIB to 100,000 TRIB: choose an amount within.
		ReportBondOutOfRange,
		/// The deposit of a demand has to be from 0.01 TRIB to 100 TRIB: choose an amount within.
		DemandDepositOutOfRange,
		/// The bond of an accusation has to be from 0.1 TRIB to 10,000 TRIB: choose an amount within.
		AccusationBondOutOfRange,
		/// The deposit of a commitment has to be from 0.01 TRIB to 10 TRIB: choose an amount within.
		CommitDepositOutOfRange,
		/// The deposit of a contribution has to be from 0.01 TRIB to 100 TRIB: choose an amount within.
		ContributionDepositOutOfRange,
		/// A draw has to be from 2 to 100 blocks after the accusation: choose a number within.
		DrawDelayOutOfRange,
		/// Hits have to be heard for 5 to 28,800 blocks after the draw: choose a number within.
		ProofWindowOutOfRange,
		/// Faults have to be heard for 4 to 201,600 blocks after a report: choose a number within.
		ChallengeWindowOutOfRange,
		/// Answers have to be heard for 2 to 28,800 blocks after a demand: choose a number within.
		AnswerWindowOutOfRange,
		/// Announced faults have to be heard for 1 to 28,800 blocks after a report fell: choose a number
		/// within.
		RewardWindowOutOfRange,
		/// Answers have to be due two blocks before faults are, so that silence can be enforced and what it
		/// shows be faulted: keep the window for answers shorter than the one for faults by 2 at least, and
		/// set that one first.
		AnswerWindowTooLong,
		/// Announced faults can not be revealed for longer than faults are heard: keep the window for rewards
		/// at most as long as the one for faults, and set that one first.
		RewardWindowTooLong,
	}

	impl<T> Error<T> {
		fn out_of_range(setting: &Setting) -> Self {
			match setting {
				Setting::ProtocolFee(_) => Self::ProtocolFeeOutOfRange,
				Setting::AuthorShare(_) => Self::AuthorShareOutOfRange,
				Setting::AttributionFee(_) => Self::AttributionFeeOutOfRange,
				Setting::TreasuryShare(_) => Self::TreasuryShareOutOfRange,
				Setting::MinPayment(_) => Self::MinPaymentOutOfRange,
				Setting::ReportBond(_) => Self::ReportBondOutOfRange,
				Setting::DemandDeposit(_) => Self::DemandDepositOutOfRange,
				Setting::AccusationBond(_) => Self::AccusationBondOutOfRange,
				Setting::CommitDeposit(_) => Self::CommitDepositOutOfRange,
				Setting::ContributionDeposit(_) => Self::ContributionDepositOutOfRange,
				Setting::DrawDelay(_) => Self::DrawDelayOutOfRange,
				Setting::ProofWindow(_) => Self::ProofWindowOutOfRange,
				Setting::ChallengeWindow(_) => Self::ChallengeWindowOutOfRange,
				Setting::AnswerWindow(_) => Self::AnswerWindowOutOfRange,
				Setting::RewardWindow(_) => Self::RewardWindowOutOfRange,
			}
		}

		/// Why the settings can not be such that `setting` is one of them.
		pub fn refused(refusal: Refusal, setting: &Setting) -> Self {
			match refusal {
				Refusal::OutOfRange => Self::out_of_range(setting),
				Refusal::AnswerWindowTooLong => Self::AnswerWindowTooLong,
				Refusal::RewardWindowTooLong => Self::RewardWindowTooLong,
			}
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Gives a parameter a new value, which counts from the next read on.
		///
		/// ## Dispatch Origin
		///
		/// [`Config::UpdateOrigin`].
		///
		/// ## Details
		///
		/// What was promised before stays as it was: open bonds and deposits, draws that wait, payments
		/// that are divided. A value that is the old one is set again.
		///
		/// ## Parameters
		///
		/// - `setting`: the parameter, and its value: rates in parts per billion, amounts in planck, spans
		///   in blocks.
		///
		/// ## Errors
		///
		/// - [`BadOrigin`](DispatchError::BadOrigin): the caller may not change parameters.
		/// - The error of the parameter, which says the range: the value is outside it.
		/// - [`Error::AnswerWindowTooLong`], [`Error::RewardWindowTooLong`]: the window would not be within
		///   the one for faults.
		///
		/// ## Events
		///
		/// - [`Event::Set`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::set())]
		pub fn set(origin: OriginFor<T>, setting: Setting) -> DispatchResult {
			T::UpdateOrigin::ensure_origin(origin)?;
			let changed = T::Store::settings().with(setting.clone());
			changed.check().map_err(|refusal| Error::<T>::refused(refusal, &setting))?;
			T::Store::put(setting.clone());
			Self::deposit_event(Event::Set { setting });
			Ok(())
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "std")]
		fn integrity_test() {
			assert!(
				T::Store::settings().check().is_ok(),
				"the settings of a new chain are within their bounds"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
