//! What must hold of the pallet's state after every block.

use alloc::collections::BTreeMap;

use frame_support::{
	ensure,
	traits::fungible::{hold::Inspect as _, Inspect as _},
};
use sp_runtime::{traits::Zero, TryRuntimeError};
use tributary_primitives::ids::ChannelId;

use crate::pallet::{Channels, ChannelsOf, Config, HoldReason, NextChannel, Pallet};

impl<T: Config> Pallet<T> {
	/// Checks the pallet's state:
	///
	/// 1. every channel's number was given;
	/// 2. every channel has a deposit, and a reserve that keeps the payer's account alive;
	/// 3. every channel has a window, and a request to close it ends after one;
	/// 4. the lists of accounts name every channel for its payer and its server, and nothing else;
	/// 5. what is held for the channels of each payer is the sum of their deposits and reserves.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let next = NextChannel::<T>::get();
		let mut held = BTreeMap::<T::AccountId, u128>::new();
		let mut listed = 0u64;

		for (id, channel) in Channels::<T>::iter() {
			ensure!(id < next, "1: a channel has a number that was never given");
			ensure!(channel.deposit > 0, "2: a channel has no deposit");
			let least = T::Currency::minimum_balance();
			ensure!(channel.reserve >= least, "2: a channel's reserve is too small");
			ensure!(!channel.close_window.is_zero(), "3: a channel has no window");
			ensure!(
				channel.closing_at.is_none_or(|closing_at| closing_at >= channel.close_window),
				"3: a request to close ends before its window"
			);
			for account in [&channel.payer, &channel.server] {
				let named = ChannelsOf::<T>::contains_key(account, id.to_be_bytes());
				ensure!(named, "4: a channel is missing in a list");
			}
			listed = listed.saturating_add(if channel.payer == channel.server { 1 } else { 2 });
			let sum = held.entry(channel.payer).or_default();
			*sum = sum.saturating_add(channel.deposit).saturating_add(channel.reserve);
		}

		let names = ChannelsOf::<T>::iter_keys()
			.filter(|(_, id)| Channels::<T>::contains_key(ChannelId::from_be_bytes(*id)))
			.count();
		ensure!(ChannelsOf::<T>::iter_keys().count() == names, "4: a list names no channel");
		ensure!(u64::try_from(names).ok() == Some(listed), "4: a list names a stranger's channel");

		for (payer, sum) in &held {
			let on_hold = T::Currency::balance_on_hold(&HoldReason::Channel.into(), payer);
			ensure!(on_hold == *sum, "5: what is held is not the deposits and reserves");
		}
		Ok(())
	}
}
