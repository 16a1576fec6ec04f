//! Adding to a channel, and putting its expiry off.

use super::fixture::*;
use crate::{mock::*, Call, Error, Event};

#[test]
fn a_top_up_lets_a_larger_voucher_be_paid() {
	run(|| {
		let channel = open();
		refused(close(channel, voucher(DEPOSIT + 1)), Error::ExceedsDeposit);
		top_up(channel, 1, None).unwrap();
		assert_eq!(held(&ALICE), DEPOSIT + 1 + RESERVE);
		let expires_at = 1 + LIFETIME;
		let event = Event::ToppedUp { channel, deposit: DEPOSIT + 1, expires_at };
		assert_eq!(last_event(), event);
		close(channel, voucher(DEPOSIT + 1)).unwrap();
	});
}

#[test]
fn the_expiry_can_be_put_off_without_money() {
	run(|| {
		let channel = open();
		let later = 1 + LIFETIME + 1;
		top_up(channel, 0, Some(later)).unwrap();
		assert_eq!((stored(channel).expires_at, held(&ALICE)), (later, DEPOSIT + RESERVE));
		wait(LIFETIME + 1);
		refused(finish(&STRANGER, channel), Error::StillOpen);
		wait(1);
		finish(&STRANGER, channel).unwrap();
	});
}

#[test]
fn the_expiry_never_moves_closer() {
	run(|| {
		let channel = open();
		for earlier in [0, 1, LIFETIME, 1 + LIFETIME] {
			refused(top_up(channel, 1, Some(earlier)), Error::ExpiryNotLater);
		}
		assert_eq!(stored(channel).expires_at, 1 + LIFETIME);
	});
}

#[test]
fn a_new_expiry_is_at_least_the_channels_window_away() {
	run(|| {
		let channel = open();
		CloseWindow::set(1);
		wait(LIFETIME);
		let now = 1 + LIFETIME;
		refused(top_up(channel, 0, Some(now + WINDOW - 1)), Error::LifetimeTooShort);
		top_up(channel, 0, Some(now + WINDOW)).unwrap();
	});
}

#[test]
fn an_expired_channel_takes_money_only_with_a_new_expiry() {
	run(|| {
		let channel = open();
		wait(LIFETIME);
		top_up(channel, 1, None).unwrap();
		wait(1);
		refused(top_up(channel, 1, None), Error::Expired);
		top_up(channel, 1, Some(100)).unwrap();
		refused(finish(&STRANGER, channel), Error::StillOpen);
		assert_eq!(stored(channel).deposit, DEPOSIT + 2);
	});
}

#[test]
fn topping_up_takes_a_request_to_close_back() {
	run(|| {
		let channel = open();
		request_close(channel).unwrap();
		top_up(channel, 1, None).unwrap();
		assert_eq!(stored(channel).closing_at, None);
		wait(WINDOW + 1);
		refused(finish(&ALICE, channel), Error::StillOpen);
	});
}

#[test]
fn a_request_can_be_taken_back_for_nothing_and_after_its_window() {
	run(|| {
		let channel = open();
		request_close(channel).unwrap();
		wait(WINDOW + 1);
		top_up(channel, 0, None).unwrap();
		refused(finish(&STRANGER, channel), Error::StillOpen);
		refused(top_up(channel, 0, None), Error::NothingToChange);
	});
}

#[test]
fn only_the_payer_tops_up() {
	run(|| {
		let channel = open();
		for who in [SERVER, STRANGER, Key::usual().account()] {
			let call = Call::top_up { channel, amount: 1, expires_at: Some(100) };
			refused(dispatch(&who, call), Error::NotPayer);
		}
		refused(top_up(channel + 1, 1, None), Error::ChannelNotFound);
	});
}

#[test]
fn what_the_payer_does_not_have_or_may_not_move_is_refused() {
	run(|| {
		let channel = open();
		let most = free(&ALICE) - EXISTENTIAL_DEPOSIT;
		refused(top_up(channel, most + 1, None), Error::InsufficientFunds);
		refused(top_up(channel, u128::MAX, None), Error::DepositTooLarge);
		freeze(&ALICE, ENDOWMENT - 9);
		refused(top_up(channel, 10, None), Error::InsufficientFunds);
		freeze(&ALICE, 0);
		top_up(channel, most, None).unwrap();
	});
}

#[test]
fn an_expiry_can_be_put_off_by_a_payer_who_has_nothing_left() {
	run(|| {
		let channel = open();
		top_up(channel, free(&ALICE) - EXISTENTIAL_DEPOSIT, None).unwrap();
		freeze(&ALICE, ENDOWMENT);
		top_up(channel, 0, Some(100)).unwrap();
	});
}
