use frame_support::assert_ok;

use crate::mock::*;

#[test]
fn the_account_has_its_existential_deposit_and_no_revenue() {
	run(|| {
		assert_eq!(free(Usage::account_id()), EXISTENTIAL_DEPOSIT);
		assert_eq!(Usage::held(), 0);
		assert_eq!(Usage::books_view().deposited, 0);
	});
}

#[test]
fn an_account_that_is_endowed_already_gets_nothing_more() {
	run(|| {
		Usage::endow_account();
		assert_eq!(free(Usage::account_id()), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn what_anyone_sends_to_the_account_is_no_revenue() {
	run(|| {
		assert_ok!(pay(PAYERS[0], BASE, 1_000));
		let held = Usage::held();
		let account = Usage::account_id();
		assert_ok!(Balances::transfer_keep_alive(RuntimeOrigin::signed(PAYERS[0]), account, 500));
		assert_eq!(Usage::held(), held);
		assert_eq!(free(account), EXISTENTIAL_DEPOSIT + 500);
	});
}
