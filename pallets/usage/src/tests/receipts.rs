use frame_support::{assert_noop, assert_ok, assert_storage_noop};
use tributary_primitives::traits::{Pots as _, Receipts as _, WithholdReceipts as _};

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

#[test]
fn a_receipt_whose_outputs_nobody_shows_is_withheld_for_good() {
	run(|| {
		for _ in 0..3 {
			assert_ok!(pay(PAYER, BASE, 1_000));
		}
		assert_ok!(Usage::withhold(BASE, 0, 1));
		assert_eq!(last_event(), Event::ReceiptWithheld { model: BASE, epoch: 0, receipt: 1 });
		assert_eq!(Usage::withheld_count(BASE, 0), 1);
		let facts = [0, 1, 2].map(|index| Usage::receipt(BASE, 0, index, 1).unwrap());
		assert_eq!(facts.map(|facts| facts.withheld), [false, true, false]);
		assert_eq!(facts[1].data_amount, 280);
		assert!(Usage::receipt_view(BASE, 0, 1).unwrap().withheld);
		assert_eq!(Usage::receipts_page(BASE, 0, 0, 3).items.len(), 3);

		assert_storage_noop!(assert_ok!(Usage::withhold(BASE, 0, 1)));
		assert_ok!(Usage::withhold(BASE, 0, 2));
		assert_eq!((Usage::withheld_count(BASE, 0), Usage::withheld_count(BASE, 1)), (2, 0));
	});
}

#[test]
fn a_report_sees_the_receipts_as_they_were_when_it_counted_the_withheld_ones() {
	run(|| {
		for _ in 0..3 {
			assert_ok!(pay(PAYER, BASE, 1_000));
		}
		let seen = |withheld| {
			[0, 1, 2].map(|index| Usage::receipt(BASE, 0, index, withheld).unwrap().withheld)
		};
		assert_ok!(Usage::withhold(BASE, 0, 2));
		assert_ok!(Usage::withhold(BASE, 0, 0));
		assert_ok!(Usage::withhold(BASE, 0, 2));
		assert_eq!(seen(0), [false, false, false]);
		assert_eq!(seen(1), [false, false, true]);
		assert_eq!(seen(2), [true, false, true]);
		assert_ok!(Usage::withhold(BASE, 0, 1));
		assert_eq!(seen(2), [true, false, true]);
		assert_eq!(seen(3), [true, true, true]);
	});
}

#[test]
fn a_withheld_receipt_counts_as_one_item_whatever_it_lists() {
	run(|| {
		let (content, tail) = outputs(5);
		assert_ok!(Usage::pay(RuntimeOrigin::signed(PAYER), BASE, content, tail, 1_000));
		assert_eq!(Usage::receipt(BASE, 0, 0, 0).unwrap().items(), Some(5));
		assert_ok!(Usage::withhold(BASE, 0, 0));
		assert_eq!(Usage::receipt(BASE, 0, 0, 1).unwrap().items(), Some(1));
		assert_eq!(Usage::receipt(BASE, 0, 0, 0).unwrap().items(), Some(5));
	});
}

#[test]
fn no_receipt_of_a_settled_pot_is_withheld() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, 1_000));
		assert_ok!(pay(PAYER, BASE, 1_000));
		assert_ok!(Usage::withhold(BASE, 0, 0));
		System::set_block_number(1 + RECEIPT_RETENTION);
		assert!(!Usage::is_settled(BASE, 0));
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 0));
		assert!(Usage::is_settled(BASE, 0));
		for index in [0, 1] {
			assert_noop!(Usage::withhold(BASE, 0, index), Error::<Test>::PotSettled);
		}
		assert_ok!(release(PAYER, 1));
		assert_noop!(Usage::withhold(BASE, 0, 1), Error::<Test>::ReceiptNotFound);
	});
}

#[test]
fn a_receipt_that_does_not_exist_is_not_withheld() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, 1_000));
		for (model, epoch, index) in [(BASE, 0, 1), (BASE, 1, 0), (TUNE, 0, 0)] {
			assert_noop!(Usage::withhold(model, epoch, index), Error::<Test>::ReceiptNotFound);
		}
	});
}

#[test]
fn a_withheld_receipt_is_released_as_any_other() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, 1_000));
		let before = free(PAYER);
		assert_ok!(Usage::withhold(BASE, 0, 0));
		assert_noop!(release(PAYER, 0), Error::<Test>::PotOpen);
		System::set_block_number(1 + RECEIPT_RETENTION);
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 0), 280);
		assert_ok!(release(PAYER, 0));
		assert_eq!(free(PAYER), before + RECEIPT_DEPOSIT);
		assert_eq!(Usage::withheld_count(BASE, 0), 1);
	});
}
