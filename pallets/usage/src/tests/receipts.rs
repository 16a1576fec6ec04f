use frame_support::{assert_noop, assert_ok};
use tributary_primitives::traits::{Pots as _, Receipts as _};

use crate::{mock::*, Error, Event};

const PAYER: AccountId = PAYERS[0];

fn release(who: AccountId, index: u32) -> frame_support::dispatch::DispatchResult {
	Usage::release_receipt(RuntimeOrigin::signed(who), BASE, 0, index)
}

#[test]
fn a_receipt_is_released_with_its_deposit_when_no_report_needs_it() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, 1_000));
		let before = free(PAYER);
		System::set_block_number(1 + RECEIPT_RETENTION);
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 100));
		assert_ok!(release(PAYER, 0));
		assert_eq!(
			last_event(),
			Event::ReceiptReleased {
				model: BASE,
				epoch: 0,
				receipt: 0,
				payer: PAYER,
				deposit: RECEIPT_DEPOSIT
			}
		);
		assert_eq!(free(PAYER), before + RECEIPT_DEPOSIT);
		assert_eq!(Balances::reserved_balance(PAYER), 0);
		assert_eq!(Usage::receipt_count(BASE, 0), 1);
		assert_eq!(Usage::receipt_view(BASE, 0, 0), None);
		assert_noop!(release(PAYER, 0), Error::<Test>::ReceiptNotFound);
	});
}

#[test]
fn a_receipt_of_an_open_pot_stays() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, 1_000));
		System::set_block_number(100);
		assert_noop!(release(PAYER, 0), Error::<Test>::PotOpen);
	});
}

#[test]
fn a_receipt_stays_for_its_retention() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, 1_000));
		System::set_block_number(RECEIPT_RETENTION);
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 0));
		assert_noop!(release(PAYER, 0), Error::<Test>::TooEarly);
		System::set_block_number(1 + RECEIPT_RETENTION);
		assert_ok!(release(PAYER, 0));
	});
}

#[test]
fn a_receipt_is_released_by_its_payer_alone() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, 1_000));
		System::set_block_number(100);
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 0));
		assert_noop!(release(PAYERS[1], 0), Error::<Test>::NotAuthorized);
		assert_noop!(release(PAYER, 1), Error::<Test>::ReceiptNotFound);
	});
}

#[test]
fn pages_list_all_receipts_in_order_and_leave_released_ones_out() {
	run(|| {
		for amount in 0..7 {
			assert_ok!(pay(PAYER, BASE, 1_000 + amount));
		}
		System::set_block_number(100);
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 0));
		assert_ok!(release(PAYER, 4));
		let (mut seen, mut from) = (Vec::new(), Some(0));
		while let Some(cursor) = from {
			let page = Usage::receipts_page(BASE, 0, cursor, 3);
			assert!(page.items.len() <= 3);
			seen.extend(page.items.iter().map(|receipt| (receipt.index, receipt.amount)));
			from = page.next;
		}
		let expected: Vec<_> =
			[0, 1, 2, 3, 5, 6].map(|index| (index, 1_000 + u128::from(index))).to_vec();
		assert_eq!(seen, expected);
		assert_eq!(Usage::receipts_page(BASE, 0, 7, 3).items, vec![]);
		assert_eq!(Usage::receipts_page(BASE, 0, u32::MAX, u32::MAX).next, None);
		assert_eq!(Usage::receipts_page(BASE, 0, 0, u32::MAX).items.len(), 6);
		assert_eq!(Usage::receipts_page(BASE, 0, 0, 0).next, Some(1));
	});
}
