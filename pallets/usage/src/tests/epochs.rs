use frame_support::assert_ok;
use tributary_primitives::traits::Receipts;

use crate::mock::*;

#[test]
fn epochs_follow_each_other_without_a_gap() {
	run(|| {
		for block in 0..=35u64 {
			System::set_block_number(block);
			let epoch = Usage::current_epoch();
			assert_eq!(u64::from(epoch), block / EPOCH_LENGTH);
			assert!(block <= Usage::last_block(epoch));
			assert!(!Usage::is_closed(epoch));
			assert!(epoch == 0 || Usage::is_closed(epoch - 1));
		}
		assert_eq!(Usage::last_block(0), 9);
		assert_eq!(Usage::last_block(3), 39);
		let view = Usage::epoch_view();
		assert_eq!((view.current, view.length, view.block), (3, 10, 35));
	});
}

#[test]
fn an_epoch_that_no_block_number_reaches_is_open() {
	run(|| assert!(!Usage::is_closed(u32::MAX)));
}

#[test]
fn the_last_block_of_an_epoch_still_takes_payments() {
	run(|| {
		System::set_block_number(9);
		assert_ok!(pay(PAYERS[0], BASE, 1_000));
		System::set_block_number(10);
		assert_ok!(pay(PAYERS[0], BASE, 1_000));
		assert_eq!(Usage::receipt_count(BASE, 0), 1);
		assert_eq!(Usage::receipt_count(BASE, 1), 1);
		assert_eq!(Usage::data_amount(BASE, 0), 280);
		assert_eq!(Usage::receipt(BASE, 0, 0, 0).unwrap().data_amount, 280);
		assert_eq!(Usage::receipt(BASE, 0, 1, 0), None);
		assert_eq!(Usage::data_amount(BASE, 2), 0);
		assert_eq!((Usage::paid_at(BASE, 0, 0), Usage::paid_at(BASE, 1, 0)), (Some(9), Some(10)));
		assert_eq!(Usage::paid_at(BASE, 0, 1), None);
	});
}
