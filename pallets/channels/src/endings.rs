//! How channels end: by a voucher, or without one.

use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{fungible::hold::Mutate as _, tokens::Precision},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{Saturating, Verify},
	ArithmeticError, DispatchResult,
};
use tributary_primitives::{blob::Opening, ids::ChannelId, traits::Payments, voucher::Voucher};

use crate::{
	pallet::{Channels, ChannelsOf, Config, Error, Event, HoldReason, Pallet},
	types::ChannelOf,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_close(
		server: T::AccountId,
		id: ChannelId,
		voucher: &Voucher,
		signature: &T::Signature,
		outputs_tail: &Opening,
	) -> DispatchResult {
		let channel = Channels::<T>::get(id).ok_or(Error::<T>::ChannelNotFound)?;
		ensure!(channel.server == server, Error::<T>::NotServer);
		let Voucher { amount, outputs, nonce } = *voucher;
		let returned = channel.deposit.checked_sub(amount).ok_or(Error::<T>::ExceedsDeposit)?;
		let genesis_hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::default());
		let is_signed = voucher
			.is_signed(&genesis_hash, id, |message| signature.verify(message, &channel.signer));
		ensure!(is_signed, Error::<T>::BadSignature);
		with_storage_layer(|| {
			Self::release(id, &channel)?;
			let ChannelOf::<T> { payer, model, .. } = channel;
			let (epoch, receipt) = T::Payments::pay(&payer, model, outputs, outputs_tail, amount)?;
			Self::deposit_event(Event::Closed {
				channel: id,
				model,
				epoch,
				receipt,
				amount,
				returned,
				nonce,
			});
			Ok(())
		})
	}

	pub(crate) fn do_request_close(payer: T::AccountId, id: ChannelId) -> DispatchResult {
		let mut channel = Self::channel_of(&payer, id)?;
		ensure!(channel.closing_at.is_none(), Error::<T>::AlreadyClosing);
		let now = frame_system::Pallet::<T>::block_number();
		ensure!(now <= channel.expires_at, Error::<T>::Expired);
		let closing_at = now.saturating_add(channel.close_window);
		channel.closing_at = Some(closing_at);
		Channels::<T>::insert(id, channel);
		Self::deposit_event(Event::CloseRequested { channel: id, closing_at });
		Ok(())
	}

	pub(crate) fn do_finish(who: T::AccountId, id: ChannelId) -> DispatchResult {
		let channel = Channels::<T>::get(id).ok_or(Error::<T>::ChannelNotFound)?;
		let now = frame_system::Pallet::<T>::block_number();
		ensure!(who == channel.server || now > channel.open_until(), Error::<T>::StillOpen);
		Self::release(id, &channel)?;
		Self::deposit_event(Event::Finished { channel: id, returned: channel.deposit });
		Ok(())
	}

	/// Forgets the channel and makes all that is held for it free.
	fn release(id: ChannelId, channel: &ChannelOf<T>) -> DispatchResult {
		let held = channel.deposit.checked_add(channel.reserve);
		let held = held.ok_or(ArithmeticError::Overflow)?;
		T::Currency::release(&HoldReason::Channel.into(), &channel.payer, held, Precision::Exact)?;
		Channels::<T>::remove(id);
		for account in [&channel.payer, &channel.server] {
			ChannelsOf::<T>::remove(account, id.to_be_bytes());
		}
		Ok(())
	}
}
