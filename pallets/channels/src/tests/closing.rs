//! Closing a channel with a voucher.

use sp_runtime::DispatchError;
use tributary_primitives::blob::{self, Content};

use super::fixture::*;
use crate::{mock::*, Call, Error, Event, Voucher};

#[test]
fn the_server_is_paid_what_the_voucher_says_and_the_payer_gets_the_rest() {
	run(|| {
		let channel = open();
		let revenue = free(&REVENUE);
		close(channel, Voucher { nonce: 7, ..voucher(600) }).unwrap();

		assert_eq!(free(&REVENUE) - revenue, 600 - fee(600));
		assert_eq!(held(&ALICE), 0);
		assert_eq!(total(&ALICE), ENDOWMENT - 600);
		assert_eq!(free(&ALICE), ENDOWMENT - 600 - RECEIPT);
		let outputs = Content::of(&outputs(3));
		assert_eq!(Receipts::get(0), Some(Receipt { payer: ALICE, outputs, amount: 600 }));
		assert_eq!(
			last_event(),
			Event::Closed {
				channel,
				model: MODEL,
				epoch: 0,
				receipt: 0,
				amount: 600,
				returned: DEPOSIT - 600,
				nonce: 7,
			}
		);
	});
}

#[test]
fn the_server_needs_no_funds_and_is_not_the_one_who_pays() {
	run(|| {
		let channel = open();
		let before = total(&SERVER);
		close(channel, voucher(DEPOSIT)).unwrap();
		assert_eq!(total(&SERVER), before);
	});
}

#[test]
fn a_channel_is_closed_once() {
	run(|| {
		let channel = open();
		close(channel, voucher(600)).unwrap();
		refused(close(channel, voucher(600)), Error::ChannelNotFound);
		refused(close(channel, voucher(700)), Error::ChannelNotFound);
		refused(request_close(channel), Error::ChannelNotFound);
		refused(finish(&ALICE, channel), Error::ChannelNotFound);
		refused(top_up(channel, 1, None), Error::ChannelNotFound);
	});
}

#[test]
fn all_of_the_deposit_can_be_paid_and_no_more() {
	run(|| {
		let (first, second) = (open(), open());
		refused(close(first, voucher(DEPOSIT + 1)), Error::ExceedsDeposit);
		refused(close(first, voucher(u128::MAX)), Error::ExceedsDeposit);
		close(first, voucher(DEPOSIT)).unwrap();
		assert_eq!(held(&ALICE), stored(second).deposit + RESERVE);
		assert_eq!(total(&ALICE), ENDOWMENT - DEPOSIT);
	});
}

#[test]
fn any_voucher_that_was_signed_closes_the_channel() {
	run(|| {
		for (nonce, amount) in [(3, 300), (2, 900), (9, 8)] {
			let channel = open();
			let before = total(&ALICE);
			close(channel, Voucher { nonce, ..voucher(amount) }).unwrap();
			assert_eq!(before - total(&ALICE), amount);
		}
	});
}

#[test]
fn nobody_but_the_server_closes_a_channel() {
	run(|| {
		let channel = open();
		let signature = Key::usual().sign_voucher(channel, &voucher(600));
		for who in [ALICE, OTHER_SERVER, STRANGER, Key::usual().account()] {
			let closed = close_signed(&who, channel, voucher(600), signature.clone());
			refused(closed, Error::NotServer);
		}
		close_signed(&SERVER, channel, voucher(600), signature).unwrap();
	});
}

#[test]
fn a_late_server_is_paid_if_nobody_was_there_before() {
	run(|| {
		let (asked, expired) = (open(), open());
		request_close(asked).unwrap();
		wait(WINDOW + 1);
		close(asked, voucher(600)).unwrap();
		wait(LIFETIME);
		close(expired, voucher(600)).unwrap();
		assert_eq!(total(&ALICE), ENDOWMENT - 1_200);
	});
}

#[test]
fn a_payment_that_is_refused_leaves_all_as_it_was_and_can_be_made_again() {
	run(|| {
		let channel = open();
		let before = (stored(channel), free(&ALICE), held(&ALICE), free(&REVENUE));
		let nothing_happened = || {
			let now = (stored(channel), free(&ALICE), held(&ALICE), free(&REVENUE));
			assert_eq!(now, before);
			assert_eq!(Receipts::iter().count(), 0);
			crate::mock::check();
		};
		Refuses::set(true);
		assert_eq!(refusal(close(channel, voucher(600))), DispatchError::Other("refused"));
		nothing_happened();

		Refuses::set(false);
		MinPayment::set(601);
		assert_eq!(refusal(close(channel, voucher(600))), DispatchError::Other("too small"));
		nothing_happened();

		MinPayment::set(600);
		close(channel, voucher(600)).unwrap();
	});
}

#[test]
fn a_refused_payment_is_undone_for_callers_in_the_runtime_too() {
	run(|| {
		let channel = open();
		Refuses::set(true);
		let signature = Key::usual().sign_voucher(channel, &voucher(600));
		let origin = RuntimeOrigin::signed(SERVER);
		ChannelsPallet::close(origin, channel, voucher(600), signature, tail()).unwrap_err();
		assert!(is_open(channel));
		assert_eq!((held(&ALICE), total(&ALICE)), (DEPOSIT + RESERVE, ENDOWMENT));
	});
}

#[test]
fn a_voucher_below_the_least_payment_is_refused_and_a_larger_one_taken() {
	run(|| {
		let channel = open();
		for amount in [0, LEAST - 1] {
			let refusal = refusal(close(channel, voucher(amount)));
			assert_eq!(refusal, DispatchError::Other("too small"));
		}
		close(channel, voucher(LEAST)).unwrap();
	});
}

#[test]
fn the_outputs_are_those_that_the_voucher_names() {
	run(|| {
		let channel = open();
		let close_with = |voucher: Voucher, list: &[u8]| {
			let signature = Key::usual().sign_voucher(channel, &voucher);
			let outputs_tail = Box::new(blob::open_tail(list).unwrap());
			dispatch(&SERVER, Call::close { channel, voucher, signature, outputs_tail })
		};
		let other = outputs(4);
		assert_eq!(refusal(close_with(voucher(600), &other)), DispatchError::Other("tail"));
		let odd = [7; 65];
		let no_list = Voucher { outputs: Content::of(&odd), ..voucher(600) };
		let refusal = refusal(close_with(no_list, &odd));
		assert_eq!(refusal, DispatchError::Other("not a list of items"));
		close_with(voucher(600), &outputs(3)).unwrap();
	});
}
