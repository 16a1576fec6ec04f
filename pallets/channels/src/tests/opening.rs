//! Opening a channel.

use super::fixture::*;
use crate::{mock::*, Call, Channel, Error, Event, NextChannel};

#[test]
fn a_channel_holds_its_deposit_and_those_for_its_record_and_receipt() {
	run(|| {
		let channel = open();
		assert_eq!(held(&ALICE), DEPOSIT + RECORD + RECEIPT);
		assert_eq!(free(&ALICE), ENDOWMENT - DEPOSIT - RESERVE);
		assert_eq!(
			stored(channel),
			Channel {
				payer: ALICE,
				signer: Key::usual().account(),
				server: SERVER,
				model: MODEL,
				deposit: DEPOSIT,
				reserve: RESERVE,
				expires_at: 1 + LIFETIME,
				close_window: WINDOW,
				closing_at: None,
			}
		);
		assert_eq!(
			last_event(),
			Event::Opened {
				channel,
				payer: ALICE,
				server: SERVER,
				signer: Key::usual().account(),
				model: MODEL,
				deposit: DEPOSIT,
				expires_at: 1 + LIFETIME,
			}
		);
	});
}

#[test]
fn numbers_are_given_in_order_and_never_again() {
	run(|| {
		let first = open();
		finish(&SERVER, first).unwrap();
		let second = open();
		close(second, voucher(DEPOSIT)).unwrap();
		assert_eq!([first, second, open()], [0, 1, 2]);
	});
}

#[test]
fn the_last_number_is_not_given() {
	run(|| {
		NextChannel::<Test>::put(u64::MAX);
		let opened = open_with(&ALICE, ALICE, DEPOSIT, LIFETIME);
		refused(opened, Error::TooManyChannels);
		assert_eq!(held(&ALICE), 0);
	});
}

#[test]
fn a_channel_may_be_opened_to_oneself() {
	run(|| {
		let signer = Key::usual().account();
		let call =
			Call::open { model: MODEL, server: ALICE, signer, deposit: 50, lifetime: LIFETIME };
		dispatch(&ALICE, call).unwrap();
		crate::mock::check();
		let signature = Key::usual().sign_voucher(0, &voucher(50));
		close_signed(&ALICE, 0, voucher(50), signature).unwrap();
	});
}

#[test]
fn a_channel_for_no_model_is_refused() {
	run(|| {
		let call = Call::open {
			model: MODEL + 1,
			server: SERVER,
			signer: ALICE,
			deposit: DEPOSIT,
			lifetime: LIFETIME,
		};
		refused(dispatch(&ALICE, call), Error::ModelNotFound);
	});
}

#[test]
fn a_deposit_below_the_least_payment_is_refused() {
	run(|| {
		let opened = |deposit| open_with(&ALICE, ALICE, deposit, LIFETIME);
		refused(opened(LEAST - 1), Error::DepositTooSmall);
		opened(LEAST).unwrap();
		MinPayment::set(0);
		refused(opened(0), Error::DepositTooSmall);
	});
}

#[test]
fn a_lifetime_shorter_than_the_window_is_refused() {
	run(|| {
		let opened = |lifetime| open_with(&ALICE, ALICE, DEPOSIT, lifetime);
		refused(opened(WINDOW - 1), Error::LifetimeTooShort);
		opened(WINDOW).unwrap();
		refused(opened(u32::MAX), Error::LifetimeTooLong);
		opened(u32::MAX - 1).unwrap();
	});
}

#[test]
fn the_payer_keeps_the_existential_deposit() {
	run(|| {
		let most = ENDOWMENT - RESERVE - EXISTENTIAL_DEPOSIT;
		let opened = |deposit| open_with(&ALICE, ALICE, deposit, LIFETIME);
		refused(opened(most + 1), Error::InsufficientFunds);
		refused(opened(u128::MAX - RESERVE), Error::InsufficientFunds);
		refused(opened(u128::MAX), Error::DepositTooLarge);
		opened(most).unwrap();
		assert_eq!(free(&ALICE), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn frozen_money_can_not_be_deposited() {
	run(|| {
		freeze(&ALICE, ENDOWMENT - DEPOSIT - RESERVE + 1);
		let opened = || open_with(&ALICE, ALICE, DEPOSIT, LIFETIME);
		refused(opened(), Error::InsufficientFunds);
		freeze(&ALICE, ENDOWMENT - DEPOSIT - RESERVE);
		opened().unwrap();
	});
}

#[test]
fn an_account_that_does_not_exist_opens_nothing() {
	run(|| {
		let nobody = AccountId::new([99; 32]);
		let opened = open_with(&nobody, ALICE, DEPOSIT, LIFETIME);
		refused(opened, Error::InsufficientFunds);
	});
}

#[test]
fn the_record_is_paid_for_with_at_least_the_existential_deposit() {
	run(|| {
		ChannelDeposit::set(0);
		let channel = open();
		assert_eq!(stored(channel).reserve, EXISTENTIAL_DEPOSIT + RECEIPT);
	});
}

#[test]
fn deposits_that_can_not_be_counted_are_refused() {
	run(|| {
		ChannelDeposit::set(u128::MAX);
		let opened = open_with(&ALICE, ALICE, DEPOSIT, LIFETIME);
		refused(opened, Error::DepositTooLarge);
	});
}
