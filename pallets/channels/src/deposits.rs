//! What is put into channels: opening them and topping them up.

use codec::Decode;
use frame_support::{
	ensure,
	traits::{
		fungible::{hold::Mutate as _, Inspect as _},
		tokens::{Fortitude, Preservation},
		Get,
	},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{CheckedAdd, Saturating, TrailingZeroInput},
	DispatchError, DispatchResult,
};
use tributary_primitives::{
	ids::{ChannelId, ModelId},
	traits::{Models, Payments},
};

use crate::{
	pallet::{Channels, ChannelsOf, Config, Error, Event, HoldReason, NextChannel, Pallet},
	types::ChannelOf,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_open(
		payer: T::AccountId,
		model: ModelId,
		server: T::AccountId,
		signer: T::AccountId,
		deposit: u128,
		lifetime: BlockNumberFor<T>,
	) -> DispatchResult {
		ensure!(T::Models::owner(model).is_some(), Error::<T>::ModelNotFound);
		let zeros = T::AccountId::decode(&mut TrailingZeroInput::zeroes());
		ensure!(zeros.as_ref() != Ok(&signer), Error::<T>::WeakSigner);
		ensure!(deposit >= T::Payments::min_payment().max(1), Error::<T>::DepositTooSmall);
		let close_window = T::CloseWindow::get();
		ensure!(lifetime >= close_window, Error::<T>::LifetimeTooShort);
		let now = frame_system::Pallet::<T>::block_number();
		let expires_at = now.checked_add(&lifetime).ok_or(Error::<T>::LifetimeTooLong)?;

		// With less for the record, a payment of all of the deposit could leave an account that something
		// else than its balance keeps alive below the existential deposit, and be refused.
		let storage = T::ChannelDeposit::get().max(T::Currency::minimum_balance());
		let reserve = storage.saturating_add(T::Payments::receipt_deposit());
		let held = deposit.checked_add(reserve).ok_or(Error::<T>::DepositTooLarge)?;
		Self::hold(&payer, held)?;
		let channel = Self::next_channel()?;
		for account in [&payer, &server] {
			ChannelsOf::<T>::insert(account, channel.to_be_bytes(), ());
		}
		Channels::<T>::insert(
			channel,
			ChannelOf::<T> {
				payer: payer.clone(),
				signer: signer.clone(),
				server: server.clone(),
				model,
				deposit,
				reserve,
				expires_at,
				close_window,
				closing_at: None,
			},
		);
		Self::deposit_event(Event::Opened {
			channel,
			payer,
			server,
			signer,
			model,
			deposit,
			expires_at,
		});
		Ok(())
	}

	pub(crate) fn do_top_up(
		payer: T::AccountId,
		id: ChannelId,
		amount: u128,
		expires_at: Option<BlockNumberFor<T>>,
	) -> DispatchResult {
		let mut channel = Self::channel_of(&payer, id)?;
		let now = frame_system::Pallet::<T>::block_number();
		let taken_back = channel.closing_at.take().is_some();
		ensure!(amount > 0 || expires_at.is_some() || taken_back, Error::<T>::NothingToChange);
		if let Some(expires_at) = expires_at {
			ensure!(expires_at > channel.expires_at, Error::<T>::ExpiryNotLater);
			let earliest = now.saturating_add(channel.close_window);
			ensure!(expires_at >= earliest, Error::<T>::LifetimeTooShort);
			channel.expires_at = expires_at;
		}
		ensure!(now <= channel.expires_at, Error::<T>::Expired);
		channel.deposit = channel.deposit.checked_add(amount).ok_or(Error::<T>::DepositTooLarge)?;
		Self::hold(&payer, amount)?;
		let (deposit, expires_at) = (channel.deposit, channel.expires_at);
		Channels::<T>::insert(id, channel);
		Self::deposit_event(Event::ToppedUp { channel: id, deposit, expires_at });
		Ok(())
	}

	/// The channel `id`, if `payer` is its payer.
	pub(crate) fn channel_of(
		payer: &T::AccountId,
		id: ChannelId,
	) -> Result<ChannelOf<T>, DispatchError> {
		let channel = Channels::<T>::get(id).ok_or(Error::<T>::ChannelNotFound)?;
		ensure!(channel.payer == *payer, Error::<T>::NotPayer);
		Ok(channel)
	}

	/// Holds `amount` planck that are free to leave the account of `payer`.
	fn hold(payer: &T::AccountId, amount: u128) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let free = T::Currency::reducible_balance(payer, Preservation::Preserve, Fortitude::Polite);
		ensure!(amount <= free, Error::<T>::InsufficientFunds);
		T::Currency::hold(&HoldReason::Channel.into(), payer, amount)
	}

	fn next_channel() -> Result<ChannelId, DispatchError> {
		let channel = NextChannel::<T>::get();
		let next = channel.checked_add(1).ok_or(Error::<T>::TooManyChannels)?;
		NextChannel::<T>::put(next);
		Ok(channel)
	}
}
