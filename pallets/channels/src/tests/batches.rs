//! Much in one go.

use tributary_primitives::{
	blob::{self, Content},
	report::{Item, Record, MAX_ITEMS},
	voucher::wrap,
};

use super::fixture::*;
use crate::{mock::*, Call, Voucher};

#[test]
fn a_thousand_vouchers_settle_in_one_call() {
	run(|| {
		let key = Key::usual();
		let channel = open();
		let mut list = Vec::new();
		let mut last = None;
		for answer in 1..=1_000u64 {
			let output = Content::of(&answer.to_le_bytes());
			list.extend(Item { output, reserved: [0; 24] }.to_bytes());
			let amount = u128::from(answer);
			let voucher = Voucher { amount, outputs: Content::of(&list), nonce: answer };
			last = Some((voucher, key.sign_voucher(channel, &voucher)));
		}
		let (voucher, signature) = last.unwrap();
		let outputs_tail = Box::new(blob::open_tail(&list).unwrap());
		let call = Call::close { channel, voucher, signature, outputs_tail };
		dispatch(&SERVER, call).unwrap();
		assert_eq!(total(&ALICE), ENDOWMENT - 1_000);
		assert_eq!(Receipts::iter().count(), 1);
		assert_eq!(Receipts::get(0).unwrap().outputs.len, 64_000);
	});
}

#[test]
fn a_million_outputs_take_one_small_opening() {
	run(|| {
		let channel = open();
		let list = outputs(MAX_ITEMS as usize);
		let voucher = Voucher { outputs: Content::of(&list), ..voucher(600) };
		let signature = Key::usual().sign_voucher(channel, &voucher);
		let outputs_tail = Box::new(blob::open_tail(&list).unwrap());
		let call = Call::close { channel, voucher, signature, outputs_tail };
		assert!(codec::Encode::encoded_size(&call) < 2_000);
		dispatch(&SERVER, call).unwrap();
	});
}

#[test]
fn many_channels_close_in_one_block() {
	run(|| {
		let channels: Vec<_> = (0..50).map(|_| open()).collect();
		assert_eq!(held(&ALICE), 50 * (DEPOSIT + RESERVE));
		for channel in channels {
			close(channel, voucher(DEPOSIT)).unwrap();
		}
		assert_eq!(total(&ALICE), ENDOWMENT - 50 * DEPOSIT);
	});
}

#[test]
fn what_is_signed_does_not_grow_with_what_was_served() {
	assert_eq!(wrap(&voucher(u128::MAX).payload(&[0u8; 32], u64::MAX)).len(), 121 + 15);
}
