//! A channel's end without a voucher: asked for by its payer, given by its server, or by expiry.

use super::fixture::*;
use crate::{mock::*, Call, Error, Event};

#[test]
fn a_payer_gets_its_deposit_back_from_a_server_that_never_closes() {
	run(|| {
		let channel = open();
		wait(2);
		request_close(channel).unwrap();
		let closing_at = 3 + WINDOW;
		assert_eq!(last_event(), Event::CloseRequested { channel, closing_at });
		wait(WINDOW);
		refused(finish(&ALICE, channel), Error::StillOpen);
		wait(1);
		finish(&ALICE, channel).unwrap();
		assert_eq!(last_event(), Event::Finished { channel, returned: DEPOSIT });
		assert_eq!((held(&ALICE), free(&ALICE)), (0, ENDOWMENT));
		assert!(!is_open(channel));
	});
}

#[test]
fn a_server_that_was_away_can_close_in_the_window() {
	run(|| {
		let channel = open();
		request_close(channel).unwrap();
		wait(WINDOW);
		refused(finish(&ALICE, channel), Error::StillOpen);
		close(channel, voucher(600)).unwrap();
		assert_eq!(total(&ALICE), ENDOWMENT - 600);
	});
}

#[test]
fn anyone_finishes_a_channel_that_has_expired() {
	run(|| {
		let channel = open();
		wait(LIFETIME);
		refused(finish(&STRANGER, channel), Error::StillOpen);
		wait(1);
		finish(&STRANGER, channel).unwrap();
		assert_eq!(free(&ALICE), ENDOWMENT);
		assert_eq!(total(&STRANGER), ENDOWMENT);
	});
}

#[test]
fn the_earlier_of_window_and_expiry_counts() {
	run(|| {
		let channel = open();
		wait(LIFETIME - 1);
		request_close(channel).unwrap();
		assert!(stored(channel).closing_at.unwrap() > stored(channel).expires_at);
		wait(2);
		finish(&STRANGER, channel).unwrap();
	});
}

#[test]
fn a_server_gives_a_channel_up_at_any_time() {
	run(|| {
		let channel = open();
		finish(&SERVER, channel).unwrap();
		assert_eq!(free(&ALICE), ENDOWMENT);
		refused(close(channel, voucher(600)), Error::ChannelNotFound);
	});
}

#[test]
fn the_window_is_that_of_the_day_of_opening() {
	run(|| {
		let channel = open();
		CloseWindow::set(1);
		request_close(channel).unwrap();
		wait(2);
		refused(finish(&ALICE, channel), Error::StillOpen);
		wait(WINDOW - 1);
		finish(&ALICE, channel).unwrap();
	});
}

#[test]
fn asking_again_changes_nothing() {
	run(|| {
		let channel = open();
		request_close(channel).unwrap();
		wait(WINDOW);
		refused(request_close(channel), Error::AlreadyClosing);
		wait(1);
		finish(&ALICE, channel).unwrap();
	});
}

#[test]
fn only_the_payer_asks_and_only_before_the_expiry() {
	run(|| {
		let channel = open();
		for who in [SERVER, STRANGER, Key::usual().account()] {
			refused(dispatch(&who, Call::request_close { channel }), Error::NotPayer);
		}
		wait(LIFETIME + 1);
		refused(request_close(channel), Error::Expired);
	});
}

#[test]
fn a_channel_that_does_not_exist_does_not_end() {
	run(|| {
		refused(request_close(0), Error::ChannelNotFound);
		refused(finish(&SERVER, 0), Error::ChannelNotFound);
		refused(close(0, voucher(600)), Error::ChannelNotFound);
	});
}
