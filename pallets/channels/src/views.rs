//! What others read: for the runtime API and for anyone who links the pallet.

use alloc::vec::Vec;

use sp_runtime::traits::SaturatedConversion;
use tributary_primitives::{
	ids::ChannelId,
	views::{ChannelView, Page, MAX_PAGE},
};

use crate::{
	pallet::{Channels, ChannelsOf, Config, Pallet},
	types::ChannelOf,
};

impl<T: Config> Pallet<T> {
	/// The open channel `id`.
	pub fn channel_view(id: ChannelId) -> Option<ChannelView<T::AccountId>> {
		Channels::<T>::get(id).map(|channel| view::<T>(id, channel))
	}

	/// The open channels that `account` pays or serves, in order of their numbers, from `from` on: at
	/// most `limit` of them, and at most [`MAX_PAGE`].
	pub fn channels_page(
		account: &T::AccountId,
		from: ChannelId,
		limit: u32,
	) -> Page<ChannelView<T::AccountId>, ChannelId> {
		let limit = usize::try_from(limit.clamp(1, MAX_PAGE)).unwrap_or(usize::MAX);
		let mut ids = match from.checked_sub(1) {
			Some(before) => {
				let before = ChannelsOf::<T>::hashed_key_for(account, before.to_be_bytes());
				ChannelsOf::<T>::iter_key_prefix_from(account, before)
			}
			None => ChannelsOf::<T>::iter_key_prefix(account),
		}
		.map(ChannelId::from_be_bytes);
		let items = ids.by_ref().take(limit).filter_map(Self::channel_view).collect::<Vec<_>>();
		Page { items, next: ids.next() }
	}
}

fn view<T: Config>(id: ChannelId, channel: ChannelOf<T>) -> ChannelView<T::AccountId> {
	ChannelView {
		id,
		payer: channel.payer,
		signer: channel.signer,
		server: channel.server,
		model: channel.model,
		deposit: channel.deposit,
		expires_at: channel.expires_at.saturated_into(),
		close_window: channel.close_window.saturated_into(),
		closing_at: channel.closing_at.map(SaturatedConversion::saturated_into),
	}
}
