use frame_support::{
	assert_noop, assert_ok, assert_storage_noop,
	traits::{fungible::Inspect, LockableCurrency, WithdrawReasons},
};
use sp_runtime::TokenError;
use tributary_primitives::{
	blob::{self, Content},
	report::MAX_ITEMS,
	title::Title,
	traits::Payments,
};

use crate::{mock::*, Error, Event, Ledgers, Pots, ReceiptCount};

const PAYER: AccountId = PAYERS[0];

#[test]
fn a_payment_divides_in_the_order_of_the_protocol() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		assert_eq!(
			last_event(),
			Event::Paid {
				model: TUNE,
				epoch: 0,
				receipt: 0,
				payer: PAYER,
				amount: 10_000,
				protocol_fee: 200,
				lineage: 980,
				data: 2_793,
				attribution_fee: 147,
				owner: 5_880,
			}
		);
		assert_eq!(free(PAYER), ENDOWMENT - 10_000 - RECEIPT_DEPOSIT);
		assert_eq!(Balances::reserved_balance(PAYER), RECEIPT_DEPOSIT);
		assert_eq!(free(FEES), EXISTENTIAL_DEPOSIT + 200);
		assert_eq!(Usage::held(), 9_800);
		assert_eq!(Ledgers::<Test>::get(TUNE).owner, 5_880);
		assert_eq!(Usage::pot_view(TUNE, 0).unwrap().data, 2_793);
	});
}

#[test]
fn a_payment_may_be_smaller_than_the_existential_deposit_of_the_account() {
	run(|| {
		MockModels::put(7, BASE_OWNER, &[], 0);
		assert_ok!(pay(PAYER, 7, MIN_PAYMENT));
		assert_eq!(Usage::held(), 7);
		assert_ok!(Usage::claim_owner(RuntimeOrigin::signed(BASE_OWNER), 7));
		assert_eq!((Usage::held(), free(Usage::account_id())), (0, EXISTENTIAL_DEPOSIT));
		assert_ok!(pay(PAYER, 7, MIN_PAYMENT));
	});
}

#[test]
fn a_payment_never_reads_the_lineage() {
	run(|| {
		let lineage: Vec<_> = (1_000..1_256).map(|id| (id, 1_000_003)).collect();
		for (id, _) in &lineage {
			MockModels::put(*id, BASE_OWNER, &[], 0);
		}
		MockModels::put(2_000, TUNE_OWNER, &lineage, 300_000_000);
		assert_ok!(pay(PAYER, 2_000, 1_000_003));
		assert_eq!(MockModels::lineage_reads(), 0);
		let claimable = Usage::claimable_view(2_000).unwrap();
		assert_eq!(claimable.lineage.len(), 256);
		assert!(claimable.lineage.iter().all(|ancestor| ancestor.amount == 980));
	});
}

#[test]
fn receipts_are_numbered_for_each_model_and_epoch() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, 1_000));
		assert_ok!(pay(PAYER, BASE, 1_000));
		assert_ok!(pay(PAYER, TUNE, 1_000));
		System::set_block_number(10);
		assert_ok!(pay(PAYER, BASE, 1_000));
		assert_eq!(ReceiptCount::<Test>::get(BASE, 0), 2);
		assert_eq!(ReceiptCount::<Test>::get(TUNE, 0), 1);
		assert_eq!(ReceiptCount::<Test>::get(BASE, 1), 1);
		assert_eq!(Pots::<Test>::iter().count(), 3);
	});
}

#[test]
fn a_blob_of_many_chunks_is_paid_for_by_its_tail() {
	run(|| {
		let (content, tail) = outputs(1_000);
		assert_eq!(content.len, 64_000);
		assert_ok!(Usage::pay(RuntimeOrigin::signed(PAYER), BASE, content, tail, 1_000));
	});
}

#[test]
fn a_payment_below_the_minimum_is_refused() {
	run(|| {
		assert_noop!(pay(PAYER, BASE, MIN_PAYMENT - 1), Error::<Test>::PaymentTooSmall);
		assert_noop!(pay(PAYER, BASE, 0), Error::<Test>::PaymentTooSmall);
		assert_ok!(pay(PAYER, BASE, MIN_PAYMENT));
	});
}

#[test]
fn the_minimum_and_the_deposit_are_those_of_the_moment() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, MIN_PAYMENT));
		MinPayment::set(&100);
		ReceiptDeposit::set(&40);
		assert_eq!((Usage::min_payment(), Usage::receipt_deposit()), (100, 40));
		assert_noop!(pay(PAYER, BASE, 99), Error::<Test>::PaymentTooSmall);
		assert_ok!(pay(PAYER, BASE, 100));
		assert_eq!(Balances::reserved_balance(PAYER), RECEIPT_DEPOSIT + 40);
	});
}

#[test]
fn a_payment_on_behalf_of_an_account_is_as_if_it_had_signed() {
	run(|| {
		let (content, tail) = outputs(1);
		assert_ok!(pay(PAYERS[1], BASE, 1_000));
		let paid = <Usage as Payments<_>>::pay(&PAYER, BASE, content, &tail, 1_000);
		assert_eq!(paid, Ok((0, 1)));
		assert_eq!(free(PAYER), free(PAYERS[1]));
		assert_eq!(Balances::reserved_balance(PAYER), RECEIPT_DEPOSIT);
		assert_eq!(Usage::receipt_view(BASE, 0, 1).unwrap().payer, PAYER);
		let all = free(PAYER);
		assert_storage_noop!(assert!(<Usage as Payments<_>>::pay(
			&PAYER, BASE, content, &tail, all
		)
		.is_err()));
	});
}

#[test]
fn frozen_money_pays_what_was_promised_before_and_nothing_else() {
	run(|| {
		Balances::set_lock(*b"freezing", &PAYER, ENDOWMENT, WithdrawReasons::all());
		let (content, tail) = outputs(1);
		for vaulted in [false, true] {
			if vaulted {
				MockTitles::vault(Title::model(TUNE));
			}
			assert_storage_noop!(assert!(pay(PAYER, TUNE, 10_000).is_err()));
			let before = Balances::total_balance(&PAYER);
			assert_ok!(<Usage as Payments<_>>::pay(&PAYER, TUNE, content, &tail, 10_000));
			assert_eq!(before - Balances::total_balance(&PAYER), 10_000);
		}
		assert_eq!(MockVaults::credited(Title::model(TUNE)), 5_880);
		assert_eq!(free(VAULTS), EXISTENTIAL_DEPOSIT + 5_880);
	});
}

#[test]
fn a_payment_for_an_unknown_model_is_refused() {
	run(|| {
		assert_noop!(pay(PAYER, 99, 1_000), Error::<Test>::ModelNotFound);
	});
}

#[test]
fn an_empty_blob_of_outputs_is_refused() {
	run(|| {
		let (content, tail) = outputs(0);
		assert_noop!(
			Usage::pay(RuntimeOrigin::signed(PAYER), BASE, content, tail, 1_000),
			Error::<Test>::EmptyOutputs
		);
	});
}

#[test]
fn a_blob_that_is_no_list_of_items_is_refused() {
	run(|| {
		for len in [1, 63, 65, 127] {
			let data = vec![7; len];
			let tail = Box::new(blob::open_tail(&data).unwrap());
			assert_noop!(
				Usage::pay(RuntimeOrigin::signed(PAYER), BASE, Content::of(&data), tail, 1_000),
				Error::<Test>::OutputsNotRecords
			);
		}
	});
}

#[test]
fn a_length_that_is_off_by_one_is_refused() {
	run(|| {
		let (content, tail) = outputs(40);
		for (len, error) in [
			(content.len - 1, Error::<Test>::OutputsNotRecords),
			(content.len + 1, Error::<Test>::OutputsNotRecords),
			(content.len - 64, Error::<Test>::OpeningBadLength),
			(content.len + 64, Error::<Test>::OpeningBadLength),
		] {
			let wrong = Content { len, ..content };
			assert_noop!(
				Usage::pay(RuntimeOrigin::signed(PAYER), BASE, wrong, tail.clone(), 1_000),
				error
			);
		}
	});
}

#[test]
fn more_items_than_the_limit_are_refused() {
	run(|| {
		let (content, tail) = outputs(1);
		let wrong = Content { len: (u64::from(MAX_ITEMS) + 1) * 64, ..content };
		assert_noop!(
			Usage::pay(RuntimeOrigin::signed(PAYER), BASE, wrong, tail, 1_000),
			Error::<Test>::TooManyItems
		);
	});
}

#[test]
fn each_wrong_tail_opening_has_its_own_error() {
	run(|| {
		let data: Vec<u8> = (0..64 * 64).map(|at| (at % 241) as u8).collect();
		let content = Content::of(&data);
		let tail = blob::open_tail(&data).unwrap();
		let refused = |opening: blob::Opening, error: Error<Test>| {
			assert_noop!(
				Usage::pay(RuntimeOrigin::signed(PAYER), BASE, content, Box::new(opening), 1_000),
				error
			);
		};

		let mut past_the_end = tail.clone();
		past_the_end.first_chunk = 4;
		refused(past_the_end, Error::<Test>::OpeningOutOfRange);

		let mut cut = tail.clone();
		cut.bytes.pop();
		refused(cut, Error::<Test>::OpeningBadLength);

		let mut fewer = tail.clone();
		fewer.siblings.pop();
		refused(fewer, Error::<Test>::OpeningBadSiblings);

		let mut more = tail.clone();
		more.siblings.try_push([0; 32]).unwrap();
		refused(more, Error::<Test>::OpeningBadSiblings);

		let mut other = tail.clone();
		other.bytes[0] ^= 1;
		refused(other, Error::<Test>::OpeningRootMismatch);

		refused(blob::open(&data, 0, 1024).unwrap(), Error::<Test>::OpeningNotTail);
		assert_ok!(Usage::pay(RuntimeOrigin::signed(PAYER), BASE, content, Box::new(tail), 1_000));
	});
}

#[test]
fn a_payer_without_the_money_is_refused_whole() {
	run(|| {
		assert_noop!(pay(77, BASE, 1_000), TokenError::FundsUnavailable);
		let all = free(PAYER);
		let most = all - EXISTENTIAL_DEPOSIT - RECEIPT_DEPOSIT;
		assert!(pay(PAYER, BASE, all).is_err());
		assert!(frame_support::storage::with_storage_layer(|| pay(PAYER, BASE, most + 1)).is_err());
		assert_eq!(free(PAYER), all);
		assert_ok!(pay(PAYER, BASE, most));
		assert_eq!(free(PAYER), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn a_payment_that_would_overflow_the_books_is_refused() {
	run(|| {
		Ledgers::<Test>::mutate(BASE, |ledger| ledger.gross = u128::MAX);
		assert_noop!(pay(PAYER, BASE, 1_000), Error::<Test>::PaymentTooLarge);
		Ledgers::<Test>::remove(BASE);
	});
}

#[test]
fn an_epoch_with_all_its_receipts_takes_no_more() {
	run(|| {
		ReceiptCount::<Test>::insert(BASE, 0, u32::MAX);
		assert!(frame_support::storage::with_storage_layer(|| pay(PAYER, BASE, 1_000))
			.is_err_and(|error| error == Error::<Test>::TooManyReceipts.into()));
		ReceiptCount::<Test>::remove(BASE, 0);
	});
}
