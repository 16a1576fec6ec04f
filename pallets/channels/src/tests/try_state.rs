//! `do_try_state` finds what is broken.

use frame_support::traits::fungible::MutateHold;

use super::fixture::*;
use crate::{mock::*, ChannelOf, Channels, ChannelsOf, HoldReason, NextChannel};

/// Breaks the state while a channel is open, and expects the check `number` to say so.
fn finds(number: &str, harm: impl FnOnce(u64)) {
	ext().execute_with(|| {
		let channel = open();
		request_close(channel).unwrap();
		ChannelsPallet::do_try_state().unwrap();
		harm(channel);
		let found = format!("{:?}", ChannelsPallet::do_try_state().unwrap_err());
		assert!(found.contains(&format!("\"{number}: ")), "{found}");
	});
}

fn change(channel: u64, change: impl FnOnce(&mut ChannelOf<Test>)) {
	Channels::<Test>::mutate(channel, |channel| change(channel.as_mut().expect("it is open")));
}

#[test]
fn a_number_that_was_never_given() {
	finds("1", |_| NextChannel::<Test>::put(0));
}

#[test]
fn a_channel_without_a_deposit_or_a_reserve() {
	finds("2", |channel| change(channel, |it| it.deposit = 0));
	finds("2", |channel| change(channel, |it| it.reserve = EXISTENTIAL_DEPOSIT - 1));
}

#[test]
fn a_channel_without_a_window() {
	finds("3", |channel| change(channel, |it| it.close_window = 0));
	finds("3", |channel| change(channel, |it| it.closing_at = Some(WINDOW - 1)));
}

#[test]
fn lists_that_miss_a_channel_or_name_too_many() {
	finds("4", |channel| ChannelsOf::<Test>::remove(ALICE, channel.to_be_bytes()));
	finds("4", |channel| ChannelsOf::<Test>::remove(SERVER, channel.to_be_bytes()));
	finds("4", |channel| ChannelsOf::<Test>::insert(BOB, channel.to_be_bytes(), ()));
	finds("4", |_| ChannelsOf::<Test>::insert(ALICE, 9u64.to_be_bytes(), ()));
}

#[test]
fn holds_that_are_not_what_is_deposited() {
	finds("5", |channel| change(channel, |it| it.deposit += 1));
	finds("5", |_| Balances::hold(&HoldReason::Channel.into(), &ALICE, 1).unwrap());
}
