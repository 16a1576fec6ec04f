//! Originality: copy proofs and loop proofs, by lot (protocol 2).
//!
//! # Surface
//!
//! Anyone may [accuse](Pallet::accuse) a contribution of repeating an earlier one by somebody else (a
//! copy), or an output that was paid for before the contribution was committed (a loop), and puts a
//! bond at stake. Some blocks later a draw names [`SAMPLES`] windows of [`SAMPLE_WINDOW`] bytes of the
//! accused bytes. The challenger [shows](Pallet::show_hits) where they stand in the original, each with
//! an opening of both. At [`REQUIRED_HITS`] the accusation is upheld, in the same call. Without them
//! anyone [closes](Pallet::close) it when its blocks are over, and the bond is forfeited.
//!
//! A challenger has at most one open accusation against a contribution; a contribution may be accused
//! by many at once, and whoever first shows the hits decides. The others are moot then, as is every
//! accusation against a contribution that has ended meanwhile, and of one that is marked synthetic
//! already of being so again: no hits are taken any more, and closing gives the bond back. The same
//! goes for an accusation whose original was itself shown to repeat another, and for one whose block
//! had no randomness to draw by.
//!
//! # Cross-pallet contract
//!
//! [`Config::Datasets`] says whose a contribution is and what it names, keeps it from being withdrawn or
//! rejected while it is [locked](tributary_primitives::traits::Sanctions::lock) by an accusation, and
//! carries the verdict out. [`Config::Usage`] and [`Config::Models`] are asked once, when a contribution
//! is accused of a loop: the output's name and the number of its windows are kept, so that it makes no
//! difference whether the receipt is released or withheld later. Hits are verified by
//! [`tributary_primitives::originality`].
//!
//! # The draw
//!
//! While any draw waits, [`Config::Randomness`] is read at the start of each block for the block before;
//! else the start of a block costs one read. The randomness of every block from the first accusation
//! that waits on is hashed into one chain, and the draw of a block is the chain's value when that block
//! is over. That happens whether anyone calls or not, so nobody can choose when. All accusations of one
//! block share its draw.
//!
//! Who can bias it, where the randomness of a block comes from a verifiable random function of its
//! author:
//!
//! - An author knows what its own blocks add, epochs ahead. It could accuse at a time at which the draw
//!   is to its liking, if it makes *every* block from that of the accusation to that of the draw. With
//!   the part `a` of all slots that is one time in `(1/a)^(DrawDelay + 1)`: 64 for a quarter of the
//!   slots and a delay of 2, and a million for a delay of 9.
//! - The author of the draw's block can withhold the block, which costs the block and draws anew: one
//!   bit. So can each of an unbroken run of accomplices before it, which is one bit each.
//! - Nobody else can. Contents are fixed before the accusation is made, and the draw depends on neither
//!   the challenger nor the order of transactions.
//!
//! # Economics
//!
//! A drawn window stands in the original with the probability `p`, the part of the accused bytes'
//! windows that the original contains, however long they are and however they are cut. What at least 26 of
//! 32 such windows amount to is exact:
//!
//! | `p` | upheld | not upheld |
//! |---:|---:|---:|
//! | 25 % | 3.863e-11 | 1 - 3.863e-11 |
//! | 50 % | 0.0002675 | 0.9997325 |
//! | 80 % | 0.5354741 | 0.4645259 |
//! | 90 % | 0.9641511 | 0.0358489 |
//! | 95 % | 0.9991315 | 0.0008685 |
//! | 100 % | 1 | 0 |
//!
//! - An accusation that is not upheld costs its challenger [`Config::AccusationBond`]. Half of it, rounded
//!   down, goes to the accused contributor, whose contribution could not be withdrawn for as long; the
//!   rest is burned, and all of it where the half could not exist in the contributor's account. To have a
//!   contribution suspended that repeats half of another takes 3,738 bonds on average.
//! - An accusation that is upheld takes the deposit of the contribution, half for the challenger, half
//!   burned. With a deposit of a tenth of the bond it pays to accuse what is upheld 20 times in 21,
//!   which is where nine tenths are repeated. A dataset that asks for larger deposits makes it pay
//!   earlier.
//! - Who accuses oneself loses: half of the deposit or half of the bond is burned, or what the contribution
//!   earns passes on to others. An accusation that becomes moot wins nothing.
//! - The bond pays for the storage of the accusation and its draw. What is kept of a contribution
//!   that was suspended is a mark, paid for by the deposit that it lost.
//! - Containment is by windows of one original. What is pieced together from several is no copy of any
//!   of them, and what consists of commonplace windows, as runs of one byte, repeats any original that
//!   has them. Both earn only what their own windows earn (protocol 5).
//! - A contribution that was suspended here, or is marked synthetic, is no original: otherwise who copies
//!   an author could accuse the author's next edition. An author who goes on from a text that was copied
//!   has the copy suspended first.
//! - Bytes that were paid for as an output are earlier than what is committed later, whoever made them.
//!   Who lets bytes out of hand before they are committed loses their place, as with an earlier
//!   contribution.
//! - Challengers who accuse in one block have one draw, so one may copy the hits of another from the pool.
//!   The other gets the bond back and no reward.

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

mod accusations;
mod draws;
pub mod types;
mod verdicts;
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
pub use tributary_primitives::originality::{REQUIRED_HITS, SAMPLES, SAMPLE_WINDOW};
pub use types::{Accusation, AccusationOf, Draw, Earlier, Gathering, Hits, Original, MAX_HITS};
pub use weights::WeightInfo;

tributary_primitives::impl_opening_errors!(OpeningNotCovered);

#[allow(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	reason = "the pallet macro writes such code here; what the calls do is in modules of their own"
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
		blob::Opening,
		ids::Seq,
		traits::{Contributions, Models, OnSlash, Receipts, Sanctions},
	};

	use super::{types::hashing, *};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Bond, delay and window may change at any time: an accusation keeps those of its own block.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The native token: bonds are holds of it, in planck.
		type Currency: fungible::hold::Mutate<
			Self::AccountId,
			Reason = Self::RuntimeHoldReason,
			Balance = u128,
		>;

		/// The runtime's reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// Contributions, and what becomes of them.
		type Datasets: Contributions<Self::AccountId, BlockNumberFor<Self>>
			+ Sanctions<Self::AccountId, Error = DispatchError>;

		/// Models, with their windows.
		type Models: Models<Self::AccountId>;

		/// Receipts of the outputs that were served.
		type Usage: Receipts<BlockNumberFor<Self>>;

		/// Read at the start of a block, the randomness of the block before, with that block's number;
		/// `None` or an earlier number where it had none.
		type Randomness: Randomness<Option<Self::Hash>, BlockNumberFor<Self>>;

		/// Who hears that a challenger's bond was slashed. The deposit of what it has suspended is that of
		/// [`Config::Datasets`], which says so itself.
		type OnSlash: OnSlash<Self::AccountId>;

		/// What a challenger has on hold for each accusation, in planck: more than nothing, as to accuse
		/// falsely would be free otherwise.
		type AccusationBond: Get<u128>;

		/// The number of blocks from an accusation's to that of its draw, at least 1: who makes the
		/// accusation's own block knows what it adds.
		type DrawDelay: Get<BlockNumberFor<Self>>;

		/// The number of blocks after that of the draw in which hits may be shown, at least 1.
		type ProofWindow: Get<BlockNumberFor<Self>>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;

		/// Sets up what other pallets know, for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// Why this pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// What a challenger answers for an accusation with.
		Accusation,
	}

	/// The open accusations, by the accused contribution and the challenger.
	#[pallet::storage]
	pub type Accusations<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Seq, Blake2_128Concat, T::AccountId, AccusationOf<T>>;

	/// The draws that open accusations wait for or show hits of, by the block that completes them.
	#[pallet::storage]
	pub type Draws<T: Config> = StorageMap<_, Twox64Concat, BlockNumberFor<T>, Draw>;

	/// The randomness gathered so far, while a draw waits for it.
	#[pallet::storage]
	pub type Gathered<T: Config> = StorageValue<_, Gathering<BlockNumberFor<T>>>;

	/// The contributions that were suspended by an accusation: they are no originals.
	#[pallet::storage]
	pub type Repeats<T> = StorageMap<_, Twox64Concat, Seq, ()>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A contribution was accused of repeating something earlier.
		Accused {
			/// The contribution.
			accused: Seq,
			/// Who accuses.
			challenger: T::AccountId,
			/// What it is said to repeat.
			original: Original,
			/// The block whose randomness completes the draw.
			draw_at: BlockNumberFor<T>,
			/// The last block in which hits may be shown.
			prove_until: BlockNumberFor<T>,
		},
		/// Drawn windows were shown in the original.
		HitsShown {
			/// The accused contribution.
			accused: Seq,
			/// Who accuses.
			challenger: T::AccountId,
			/// The number of drawn windows that were shown so far.
			hits: u32,
		},
		/// Enough drawn windows were shown: the contribution is suspended, or marked where its dataset
		/// lets synthetic ones pass. The bond is released.
		Upheld {
			/// The accused contribution.
			accused: Seq,
			/// Who accused.
			challenger: T::AccountId,
			/// What it repeats.
			original: Original,
			/// What the contributor lost, in planck.
			slashed: u128,
			/// What of that the challenger got, in planck. The rest is burned.
			reward: u128,
		},
		/// Too few drawn windows were shown in time.
		Failed {
			/// The accused contribution.
			accused: Seq,
			/// Who accused.
			challenger: T::AccountId,
			/// What the challenger lost, in planck.
			forfeited: u128,
			/// What of that the contributor got, in planck. The rest is burned.
			compensation: u128,
		},
		/// There was nothing to decide any more, or no draw to decide by. The bond is released.
		Moot {
			/// The accused contribution.
			accused: Seq,
			/// Who accused.
			challenger: T::AccountId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such revealed contribution: check the number.
		NotFound,
		/// The contribution is rejected, withdrawn or suspended already: there is nothing to accuse.
		AlreadyEnded,
		/// The contribution is marked synthetic already: it can still be accused as a copy.
		AlreadySynthetic,
		/// The contribution is shorter than one window: it can not be accused.
		TooShort,
		/// The challenger has accused the contribution: show the hits, or close that accusation first.
		AlreadyAccused,
		/// There is no such revealed contribution, receipt or model to be repeated: check the numbers.
		OriginalNotFound,
		/// The original is shorter than one window: name another.
		OriginalTooShort,
		/// The original was itself shown to repeat another: name that one.
		OriginalRepeats,
		/// The original is not earlier than the contribution: it has to come first in the chain-wide
		/// order, or be paid for in a block before that of the commitment.
		NotEarlier,
		/// Both contributions are one contributor's: nobody copies from oneself.
		SameContributor,
		/// An output is named without an opening of its item: open the item in the receipt's list.
		MissingItem,
		/// An item is opened for an original that is a contribution: leave it out.
		NeedlessItem,
		/// The challenger has no open accusation against the contribution: check both.
		NotAccused,
		/// The windows are not drawn yet: show hits after the block of the draw.
		NotDrawn,
		/// The block of the draw had no randomness: close the accusation to get the bond back.
		Undrawn,
		/// The accusation has become moot: close it to get the bond back.
		NothingToDecide,
		/// The blocks in which hits may be shown are over.
		ProofOver,
		/// Hits may still be shown: close the accusation after the last block for them.
		ProofNotOver,
		/// There is no such drawn window: they are numbered from 0 to 31.
		NoSuchSample,
		/// The bytes of the original at that offset are not those of the drawn window.
		Different,
		/// All these drawn windows were shown before, or there are none: show others.
		NothingNew,
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
		/// An opening does not hold the item or the window asked for.
		OpeningNotCovered,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(now: BlockNumberFor<T>) -> Weight {
			Self::gather(now)
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Accuses a contribution of repeating something earlier.
		///
		/// # Dispatch Origin
		///
		/// Signed: the challenger.
		///
		/// # Details
		///
		/// [`Config::AccusationBond`] is held, and the contribution can not be withdrawn or rejected
		/// until the accusation is decided. The draw is that of the block [`Config::DrawDelay`]
		/// after this one; the hits may be shown in the [`Config::ProofWindow`] blocks after that.
		///
		/// # Parameters
		///
		/// - `accused`: the contribution. It stands, and has at least one window.
		/// - `original`: what it is said to repeat: a contribution that another account committed
		///   before, whatever became of that, or an output that was paid for in a block before that of
		///   the commitment.
		/// - `item`: for an output, the chunk of the receipt's list that holds its item; for a
		///   contribution, nothing.
		///
		/// # Errors
		///
		/// - [`Error::NotFound`], [`Error::AlreadyEnded`], [`Error::TooShort`],
		///   [`Error::AlreadySynthetic`]: the contribution can not be accused, or not of this.
		/// - [`Error::AlreadyAccused`]: the challenger accuses it already.
		/// - [`Error::OriginalNotFound`], [`Error::OriginalTooShort`], [`Error::OriginalRepeats`],
		///   [`Error::NotEarlier`], [`Error::SameContributor`]: it can not repeat that.
		/// - [`Error::MissingItem`], [`Error::NeedlessItem`], `Opening...`: the item is not opened as it
		///   has to be.
		/// - Those of the token, where the challenger can not hold the bond.
		///
		/// # Events
		///
		/// [`Event::Accused`].
		#[pallet::call_index(0)]
		#[pallet::weight({
			let chunks = item.as_ref().map_or(0, |opening| opening.chunk_count());
			let siblings = item.as_ref().map_or(0, |opening| opening.sibling_count());
			T::WeightInfo::accuse(chunks, siblings)
		})]
		pub fn accuse(
			origin: OriginFor<T>,
			accused: Seq,
			original: Original,
			item: Option<Box<Opening>>,
		) -> DispatchResult {
			let challenger = ensure_signed(origin)?;
			Self::do_accuse(challenger, accused, original, item.as_deref())
		}

		/// Shows drawn windows of the accused contribution in the original.
		///
		/// # Dispatch Origin
		///
		/// Signed: the challenger.
		///
		/// # Details
		///
		/// Drawn windows count once, however often they are shown. With the last one that is required
		/// the accusation is upheld: a copy is suspended and loses its deposit, half of it, rounded
		/// down, to the challenger; so does a contribution that repeats an output, unless its dataset
		/// lets it stay and pass its credit on. The bond is released.
		///
		/// # Parameters
		///
		/// - `accused`: the contribution.
		/// - `hits`: at most [`MAX_HITS`] drawn windows. One that is wrong refuses all.
		///
		/// # Errors
		///
		/// - [`Error::NotAccused`]: the caller does not accuse the contribution.
		/// - [`Error::NotDrawn`], [`Error::ProofOver`]: it is not yet time, or too late.
		/// - [`Error::NothingToDecide`], [`Error::Undrawn`]: nothing can come of it any more.
		/// - [`Error::NoSuchSample`], [`Error::Different`], `Opening...`: a hit shows nothing.
		/// - [`Error::NothingNew`]: all of it was shown before.
		///
		/// # Events
		///
		/// [`Event::HitsShown`], and [`Event::Upheld`] where it decides.
		#[pallet::call_index(1)]
		#[pallet::weight({
			let (chunks, siblings) = hashing(hits);
			T::WeightInfo::show_hits(chunks, siblings)
		})]
		pub fn show_hits(origin: OriginFor<T>, accused: Seq, hits: Hits) -> DispatchResult {
			let challenger = ensure_signed(origin)?;
			Self::do_show_hits(challenger, accused, &hits)
		}

		/// Closes an accusation that is not upheld.
		///
		/// # Dispatch Origin
		///
		/// Signed: anyone.
		///
		/// # Details
		///
		/// After the last block for hits the bond is forfeited: half of it, rounded down, goes to the
		/// accused contributor, and the rest is burned. One that is moot as things stand can be closed
		/// at any time, and gives the bond back: where the contribution has ended, is marked synthetic
		/// already and accused of being so, or there was no randomness to draw by, and where the
		/// original was itself shown to repeat another.
		///
		/// # Parameters
		///
		/// - `accused`: the contribution.
		/// - `challenger`: who accuses it.
		///
		/// # Errors
		///
		/// - [`Error::NotAccused`]: there is no such accusation.
		/// - [`Error::ProofNotOver`]: hits may still be shown.
		///
		/// # Events
		///
		/// [`Event::Failed`] or [`Event::Moot`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::close())]
		pub fn close(
			origin: OriginFor<T>,
			accused: Seq,
			challenger: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_close(accused, challenger)
		}
	}
}
