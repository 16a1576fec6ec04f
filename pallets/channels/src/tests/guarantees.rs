//! Why a server can rely on a deposit, whatever becomes of the payer's account.

use sp_runtime::TokenError;

use super::fixture::*;
use crate::mock::*;

fn drain(who: &AccountId) {
	let to = STRANGER;
	Balances::transfer_all(RuntimeOrigin::signed(who.clone()), to, false).unwrap();
}

#[test]
fn a_drained_account_still_pays_all_of_its_deposit() {
	run(|| {
		let channel = open();
		drain(&ALICE);
		assert_eq!(free(&ALICE), EXISTENTIAL_DEPOSIT);
		close(channel, voucher(DEPOSIT)).unwrap();
		assert_eq!(free(&ALICE), EXISTENTIAL_DEPOSIT + RECORD);
	});
}

#[test]
fn a_burned_account_still_pays_all_of_its_deposit() {
	run(|| {
		let channel = open();
		let most = free(&ALICE);
		let burn = |amount| Balances::burn(RuntimeOrigin::signed(ALICE), amount, false);
		burn(most).unwrap_err();
		burn(most - EXISTENTIAL_DEPOSIT).unwrap();
		close(channel, voucher(DEPOSIT)).unwrap();
	});
}

#[test]
fn an_account_that_something_else_keeps_alive_pays_with_nothing_free() {
	run(|| {
		let channel = open();
		System::inc_providers(&ALICE);
		drain(&ALICE);
		assert_eq!(free(&ALICE), 0);
		close(channel, voucher(DEPOSIT)).unwrap();
		assert_eq!(free(&ALICE), RECORD);
	});
}

#[test]
fn the_existential_deposit_is_enough_for_the_record() {
	run(|| {
		ChannelDeposit::set(0);
		let channel = open();
		System::inc_providers(&ALICE);
		drain(&ALICE);
		close(channel, voucher(DEPOSIT)).unwrap();
		assert_eq!(free(&ALICE), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn an_account_that_is_frozen_later_still_pays() {
	run(|| {
		for frozen in [DEPOSIT, ENDOWMENT, u128::MAX] {
			let channel = open();
			freeze(&ALICE, frozen);
			let before = total(&ALICE);
			close(channel, voucher(DEPOSIT)).unwrap();
			assert_eq!(before - total(&ALICE), DEPOSIT);
			freeze(&ALICE, 0);
		}
	});
}

#[test]
fn a_frozen_account_gets_everything_back() {
	run(|| {
		let channel = open();
		freeze(&ALICE, u128::MAX);
		wait(LIFETIME + 1);
		finish(&STRANGER, channel).unwrap();
		assert_eq!((free(&ALICE), held(&ALICE)), (ENDOWMENT, 0));
	});
}

#[test]
fn a_drained_account_gets_everything_back() {
	run(|| {
		let channel = open();
		System::inc_providers(&ALICE);
		drain(&ALICE);
		finish(&SERVER, channel).unwrap();
		assert_eq!((free(&ALICE), held(&ALICE)), (DEPOSIT + RESERVE, 0));
	});
}

#[test]
fn what_one_channel_pays_is_not_taken_from_another() {
	run(|| {
		let channels = [open(), open(), open()];
		drain(&ALICE);
		for channel in channels {
			close(channel, voucher(DEPOSIT)).unwrap();
			crate::mock::check();
		}
	});
}

#[test]
fn a_receipt_s_deposit_that_was_raised_comes_from_what_is_left() {
	run(|| {
		let channel = open();
		drain(&ALICE);
		ReceiptDeposit::set(RECEIPT + RECORD);
		close(channel, voucher(DEPOSIT)).unwrap();
		assert_eq!(free(&ALICE), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn a_server_can_send_a_drained_payer_what_a_raised_deposit_lacks() {
	run(|| {
		let channel = open();
		drain(&ALICE);
		ReceiptDeposit::set(RECEIPT + RECORD + 1);
		assert_eq!(refusal(close(channel, voucher(DEPOSIT))), TokenError::FundsUnavailable.into());
		assert_eq!(held(&ALICE), DEPOSIT + RESERVE);
		Balances::transfer_keep_alive(RuntimeOrigin::signed(SERVER), ALICE, 1).unwrap();
		close(channel, voucher(DEPOSIT)).unwrap();
	});
}

#[test]
fn a_changed_deposit_for_records_is_not_that_of_channels_that_are_open() {
	run(|| {
		let before = open();
		ChannelDeposit::set(RECORD * 2);
		let after = open();
		assert_eq!(stored(after).reserve - stored(before).reserve, RECORD);
		finish(&SERVER, before).unwrap();
		assert_eq!(held(&ALICE), DEPOSIT + stored(after).reserve);
		finish(&SERVER, after).unwrap();
		assert_eq!(free(&ALICE), ENDOWMENT);
	});
}
