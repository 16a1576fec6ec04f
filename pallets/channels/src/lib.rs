//! Channels: payments that are signed off the chain, a voucher for each answer, and settled on it once
//! (protocol 4).
//!
//! # Surface
//!
//! A payer [opens](Pallet::open) a channel to a server with a deposit, and may
//! [top it up](Pallet::top_up). For each answer it signs a [`Voucher`] for all that it got so far and
//! gives it to the server; nothing of that touches the chain. With one of them the server
//! [closes](Pallet::close) the channel: what the voucher says is paid for the model, as one payment for
//! one list of up to a million outputs, and the rest of the deposit is the payer's again.
//!
//! A payer who wants its deposit back [asks for it](Pallet::request_close). The server has the
//! channel's window of blocks then to close it with what it was given; after that, and after the
//! channel's expiry, anyone may [finish](Pallet::finish) it, and all goes back to the payer. The server
//! may finish it at any time. While the channel stands it can be closed, however late it is: a server
//! that comes too late has lost only if somebody was there before.
//!
//! # Cross-pallet contract
//!
//! [`Config::Models`] says whether there is such a model. [`Config::Payments`] pays: the deposit is
//! released and paid in one storage layer, so a payment that is refused leaves the channel as it was,
//! and it can be closed again with the same voucher, in a later epoch or with another tail, or with
//! another voucher. The payer of the channel is the payer of the receipt. The deposit for the
//! receipt is held from the start, stays held when the channel is closed, and is the payer's again when
//! it releases the receipt.
//!
//! # What a signature is good for
//!
//! A voucher is bound to the chain by its genesis hash and to the channel by a number that is never
//! given twice, and a channel is closed once: so it pays at most once, and never anything else. The
//! signature is checked and forgotten. That a second one can be made of it without the key, as of any
//! of secp256k1, changes nothing. All of [`Config::Signature`]'s keys are as good, and so is a signature
//! over the bytes as a wallet wraps them. The signer need not be the payer, have funds, or exist.
//!
//! # Why a server can rely on the deposit
//!
//! - It is on hold in the payer's account for this reason, so neither a transfer nor another pallet can
//!   take it; while it is, the account can not be emptied below the existential deposit either.
//! - Only money that is free to leave the account can be deposited. A freeze that covers it later does
//!   not count: [`Config::Payments`] pays from frozen money.
//! - The deposit for the channel's record is at least the existential deposit, and is released with
//!   the rest. So the account survives a payment of all of the deposit, whatever else is in it.
//! - The terms of a channel are those of the day on which it was opened: its window and its deposits do
//!   not follow a change of [`Config::CloseWindow`] or [`Config::ChannelDeposit`], and its expiry only
//!   moves away.
//!
//! The least payment is that of the day on which it is closed: it may be raised while the channel is open, and
//! a voucher for less closes nothing any more. A server that hears of a higher one gives no further answer until
//! it has a voucher for as much, or closes with the one it has before the change is in a block.
//!
//! What is left to the server: to check that a voucher is signed, at least the least payment and at most
//! the deposit, to have the list of outputs that it names, and to close in time. Should the deposit for a
//! receipt have been raised, what is missing comes from the deposit for the record, what the voucher
//! leaves, and the payer's free balance; should that not do, the server can send the payer what is
//! missing, in one batch with its closing.
//!
//! # Economics
//!
//! Whoever signs a call pays its fee: the payer opens, tops up and asks for closing, the server closes.
//! The server is paid by the model, by owning its title or by agreement with whoever does. A server can
//! take no more than the largest voucher that was signed; a payer can keep no more than the server let it
//! have unpaid, which for one voucher an answer is one answer.

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

mod deposits;
mod endings;
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
pub use tributary_primitives::voucher::Voucher;
pub use types::{Channel, ChannelOf};
pub use weights::WeightInfo;

#[allow(
	clippy::cast_possible_truncation,
	clippy::expect_used,
	reason = "the pallet macro writes such code here; what the calls do is in modules of their own"
)]
#[frame_support::pallet]
pub mod pallet {
	use alloc::boxed::Box;

	use frame_support::{pallet_prelude::*, traits::fungible};
	use frame_system::pallet_prelude::*;
	use sp_runtime::traits::{IdentifyAccount, Verify};
	use tributary_primitives::{
		blob::Opening,
		ids::{ChannelId, EpochIndex, ModelId},
		traits::{Models, Payments},
	};

	use super::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

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

		/// The models that are paid for.
		type Models: Models<Self::AccountId>;

		/// Pays for a model, from frozen money too.
		type Payments: Payments<Self::AccountId, Error = DispatchError>;

		/// What a voucher is signed with.
		type Signature: Verify<Signer = Self::Signer> + Parameter;

		/// The keys that sign vouchers, by their accounts.
		type Signer: IdentifyAccount<AccountId = Self::AccountId>;

		/// What a payer has on hold for the record of a channel, in planck; the existential deposit where
		/// that is more.
		type ChannelDeposit: Get<u128>;

		/// The number of blocks that a server has to close a channel once its payer asks to. A channel
		/// is open for at least as many.
		#[pallet::constant]
		type CloseWindow: Get<BlockNumberFor<Self>>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;

		/// Sets up what other pallets know, and signs, for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId, Self::Signature>;
	}

	/// Why this pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// What vouchers may take, and the deposits for the channel's record and its receipt.
		Channel,
	}

	/// The channels that are open.
	#[pallet::storage]
	pub type Channels<T: Config> = StorageMap<_, Twox64Concat, ChannelId, ChannelOf<T>>;

	/// The open channels that an account pays or serves, by their numbers in big-endian bytes, so that
	/// they are read in order.
	#[pallet::storage]
	pub type ChannelsOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, [u8; 8], ()>;

	/// The number of channels that were ever opened.
	#[pallet::storage]
	pub type NextChannel<T> = StorageValue<_, ChannelId, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A channel was opened.
		Opened {
			/// The channel.
			channel: ChannelId,
			/// Who pays.
			payer: T::AccountId,
			/// Who may close it with a voucher.
			server: T::AccountId,
			/// The account of the key that signs vouchers.
			signer: T::AccountId,
			/// The model that is paid for.
			model: ModelId,
			/// What vouchers may take, in planck.
			deposit: u128,
			/// The last block before anyone may finish it.
			expires_at: BlockNumberFor<T>,
		},
		/// A channel was topped up or extended. A request to close it is taken back.
		ToppedUp {
			/// The channel.
			channel: ChannelId,
			/// What vouchers may take now, in planck.
			deposit: u128,
			/// The last block before anyone may finish it.
			expires_at: BlockNumberFor<T>,
		},
		/// The payer asks to close a channel.
		CloseRequested {
			/// The channel.
			channel: ChannelId,
			/// The last block before anyone may finish it for that.
			closing_at: BlockNumberFor<T>,
		},
		/// The server closed a channel with a voucher.
		Closed {
			/// The channel.
			channel: ChannelId,
			/// The model that was paid for.
			model: ModelId,
			/// The epoch of the payment.
			epoch: EpochIndex,
			/// The index of its receipt.
			receipt: u32,
			/// What was paid, in planck.
			amount: u128,
			/// What the payer got back of the deposit, in planck.
			returned: u128,
			/// That of the voucher.
			nonce: u64,
		},
		/// A channel is over without a payment.
		Finished {
			/// The channel.
			channel: ChannelId,
			/// What the payer got back of the deposit, in planck.
			returned: u128,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such open channel: check the number. It may have been closed or finished.
		ChannelNotFound,
		/// There is no such model: check its index.
		ModelNotFound,
		/// The deposit is below the least payment: no voucher could be paid from it. Deposit more.
		DepositTooSmall,
		/// The channel would be open for fewer blocks than `CloseWindow`: let it expire later.
		LifetimeTooShort,
		/// The block of expiry is too far away for the chain to count: let it expire earlier.
		LifetimeTooLong,
		/// The expiry would not be later than it is: name a later block, or leave it out.
		ExpiryNotLater,
		/// The channel has expired: top it up with a later expiry, or finish it.
		Expired,
		/// Neither the deposit nor the expiry changes, and there is no request to close to take back.
		NothingToChange,
		/// The payer has less than that free to leave its account: fund it, or deposit less. Frozen money
		/// can not be deposited.
		InsufficientFunds,
		/// The deposits are more than the chain can count: deposit less.
		DepositTooLarge,
		/// Only the payer of the channel may do that.
		NotPayer,
		/// Only the server of the channel may do that.
		NotServer,
		/// The payer has asked to close the channel already: wait until the window is over.
		AlreadyClosing,
		/// The channel is open: it can be finished after its expiry, or when its payer has asked to close
		/// it and the window is over, or at any time by its server.
		StillOpen,
		/// The voucher is for more than the deposit: have the payer top the channel up, or close it with
		/// an earlier voucher.
		ExceedsDeposit,
		/// The signature is not that of the channel's signer for this voucher, this channel and this
		/// chain: check all of them, and that the key is of the kind that the signature says.
		BadSignature,
		/// The signer is the account of zeros, for which anyone can sign: name the account of a key.
		WeakSigner,
		/// All numbers for channels are given.
		TooManyChannels,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::CloseWindow::get() > BlockNumberFor::<T>::from(0u32),
				"a server needs a block to close a channel in"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Opens a channel to pay for a model through.
		///
		/// # Dispatch Origin
		///
		/// Signed: the payer.
		///
		/// # Details
		///
		/// `deposit` is held, and with it the deposits for the channel's record and for the receipt that
		/// closing it leaves. None of it may be frozen, and the payer keeps at least the existential
		/// deposit.
		///
		/// # Parameters
		///
		/// - `model`: what the server serves.
		/// - `server`: who may close the channel with a voucher. It is not asked.
		/// - `signer`: the account of the key that signs vouchers: the payer's, or that of a key of its
		///   own that holds nothing. The account of zeros is refused, as it stands for a key that
		///   everyone has.
		/// - `deposit`: the most that vouchers may take, in planck, at least the least payment.
		/// - `lifetime`: for how many blocks the server can rely on it, at least
		///   [`Config::CloseWindow`].
		///
		/// # Errors
		///
		/// - [`Error::ModelNotFound`]: there is nothing to be paid for.
		/// - [`Error::WeakSigner`]: anyone could sign.
		/// - [`Error::DepositTooSmall`], [`Error::DepositTooLarge`], [`Error::InsufficientFunds`]: the
		///   deposit can not be held, or is of no use.
		/// - [`Error::LifetimeTooShort`], [`Error::LifetimeTooLong`]: the expiry can not be so early or
		///   late.
		/// - [`Error::TooManyChannels`]: there is no number left.
		/// - Those of the token, where the payer can not hold it.
		///
		/// # Events
		///
		/// [`Event::Opened`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::open())]
		pub fn open(
			origin: OriginFor<T>,
			model: ModelId,
			server: T::AccountId,
			signer: T::AccountId,
			deposit: u128,
			lifetime: BlockNumberFor<T>,
		) -> DispatchResult {
			let payer = ensure_signed(origin)?;
			Self::do_open(payer, model, server, signer, deposit, lifetime)
		}

		/// Adds to the deposit of a channel, or puts its expiry off, or both. A request to close it is
		/// taken back.
		///
		/// # Dispatch Origin
		///
		/// Signed: the payer.
		///
		/// # Parameters
		///
		/// - `channel`: the channel.
		/// - `amount`: what is added to the deposit, in planck; may be 0.
		/// - `expires_at`: the new expiry, later than the one of now, and at least the channel's window
		///   away; `None` to leave it. A channel that has expired needs one.
		///
		/// # Errors
		///
		/// - [`Error::ChannelNotFound`], [`Error::NotPayer`]: there is no such channel of the caller.
		/// - [`Error::ExpiryNotLater`], [`Error::LifetimeTooShort`], [`Error::Expired`]: the expiry can
		///   not be that.
		/// - [`Error::NothingToChange`]: nothing would be done.
		/// - [`Error::InsufficientFunds`], [`Error::DepositTooLarge`], and those of the token, where the
		///   payer can not hold it.
		///
		/// # Events
		///
		/// [`Event::ToppedUp`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::top_up())]
		pub fn top_up(
			origin: OriginFor<T>,
			channel: ChannelId,
			amount: u128,
			expires_at: Option<BlockNumberFor<T>>,
		) -> DispatchResult {
			let payer = ensure_signed(origin)?;
			Self::do_top_up(payer, channel, amount, expires_at)
		}

		/// Closes a channel with a voucher: pays what it says, and returns the rest.
		///
		/// # Dispatch Origin
		///
		/// Signed: the server.
		///
		/// # Details
		///
		/// It can be done while the channel stands, also after its expiry. Where the payment is
		/// refused nothing changes, and the channel can be closed later, or with another voucher. Of
		/// what was held the deposit for the receipt stays so, for the receipt. The cost does not
		/// depend on the number of outputs.
		///
		/// # Parameters
		///
		/// - `channel`: the channel.
		/// - `voucher`: any that was signed for the channel. The last one is for everything.
		/// - `signature`: that of the channel's signer over [`Voucher::payload`], or over the same bytes
		///   as a wallet wraps them.
		/// - `outputs_tail`: an opening that reaches the last chunk of the voucher's list of outputs.
		///
		/// # Errors
		///
		/// - [`Error::ChannelNotFound`], [`Error::NotServer`]: there is no such channel to the caller.
		/// - [`Error::ExceedsDeposit`]: it holds less.
		/// - [`Error::BadSignature`]: the voucher is not signed, or not for this channel.
		/// - Those of a payment.
		///
		/// # Events
		///
		/// [`Event::Closed`], and that of the payment.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::close(
			outputs_tail.chunk_count(),
			outputs_tail.sibling_count(),
		))]
		pub fn close(
			origin: OriginFor<T>,
			channel: ChannelId,
			voucher: Voucher,
			signature: T::Signature,
			outputs_tail: Box<Opening>,
		) -> DispatchResult {
			let server = ensure_signed(origin)?;
			Self::do_close(server, channel, &voucher, &signature, &outputs_tail)
		}

		/// Asks to close a channel: when its window is over, it can be finished.
		///
		/// # Dispatch Origin
		///
		/// Signed: the payer.
		///
		/// # Details
		///
		/// The window is what [`Config::CloseWindow`] was when the channel was opened. It neither
		/// lengthens nor shortens by asking again; topping the channel up takes the request back.
		///
		/// # Parameters
		///
		/// - `channel`: the channel.
		///
		/// # Errors
		///
		/// - [`Error::ChannelNotFound`], [`Error::NotPayer`]: there is no such channel of the caller.
		/// - [`Error::AlreadyClosing`]: that was asked before.
		/// - [`Error::Expired`]: it can be finished already.
		///
		/// # Events
		///
		/// [`Event::CloseRequested`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::request_close())]
		pub fn request_close(origin: OriginFor<T>, channel: ChannelId) -> DispatchResult {
			let payer = ensure_signed(origin)?;
			Self::do_request_close(payer, channel)
		}

		/// Ends a channel without a payment: everything is the payer's again.
		///
		/// # Dispatch Origin
		///
		/// Signed: anyone once the channel has expired, or the payer has asked to close it and the window
		/// is over; the server at any time, as it gives up what it may have been given.
		///
		/// # Parameters
		///
		/// - `channel`: the channel.
		///
		/// # Errors
		///
		/// - [`Error::ChannelNotFound`]: there is no such channel.
		/// - [`Error::StillOpen`]: the server may still close it.
		///
		/// # Events
		///
		/// [`Event::Finished`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::finish())]
		pub fn finish(origin: OriginFor<T>, channel: ChannelId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_finish(who, channel)
		}
	}
}
