//! Each check of `do_try_state` sees what it is for.

use frame_support::{
	assert_ok,
	storage::{with_transaction, TransactionOutcome},
	traits::{
		fungible::{Mutate, MutateHold, UnbalancedHold},
		tokens::{Fortitude, Precision, Preservation},
	},
};
use sp_runtime::DispatchError;
use tributary_primitives::{
	title::Title,
	traits::{PassedCredit as _, PassedTo, Pots as _, WithholdReceipts as _},
};

use crate::{
	mock::*, Checkpoint, Checkpoints, Claimed, Deposited, Dues, HoldReason, Ledgers,
	LineageClaimed, Passed, Pot, PotState, Pots, ReceiptCount, Receipts, WithheldCount,
};

/// The number of the check that fails after `tamper`, which is undone.
fn failing(tamper: impl FnOnce()) -> Option<u32> {
	let message = with_transaction(|| {
		tamper();
		let message = match Usage::do_try_state() {
			Err(DispatchError::Other(message)) => Some(message),
			_ => None,
		};
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(message))
	});
	let message = message.unwrap()?.strip_prefix("usage ")?;
	message.split(':').next()?.parse().ok()
}

/// The source that passes on what it earns.
const SYNTHETIC: u64 = 7;

/// An open pot, a settled one with claims and a withheld receipt, a source that has passed a part on,
/// and a planck due to the treasury; the base model's title is sold before the last payment.
fn history() {
	assert_ok!(pay(PAYERS[0], TUNE, 10_000));
	assert_ok!(pay(PAYERS[1], TUNE, 10_000));
	assert_ok!(Usage::withhold(TUNE, 0, 1));
	System::set_block_number(EPOCH_LENGTH);
	assert_ok!(Usage::settle(TUNE, 0, &ATTRIBUTOR, 5_585), 1);
	assert_ok!(Usage::pay_source(TUNE, 0, &payee(SOURCE), 1_000));
	assert_ok!(Usage::pass_on(TUNE, 0, SYNTHETIC, 500));
	assert_ok!(Usage::pay_passed(SYNTHETIC, &PassedTo::Contributor(payee(SOURCE)), 200));
	assert_ok!(Usage::claim_lineage(RuntimeOrigin::signed(BASE_OWNER), TUNE, BASE, 0));
	MockTitles::transfer(Title::model(BASE), PAYERS[0]);
	assert_ok!(pay(PAYERS[0], TUNE, 10_000));
	assert_ok!(Usage::do_try_state());
}

fn held(by: i128) {
	let (reason, account) = (HoldReason::Revenue.into(), Usage::account_id());
	let after = Usage::held().checked_add_signed(by).unwrap();
	Balances::set_balance_on_hold(&reason, &account, after).unwrap();
}

#[test]
fn sound_books_pass() {
	run(|| {
		history();
		assert_eq!(failing(|| ()), None);
	});
}

#[test]
fn one_planck_astray_in_a_models_books_is_seen() {
	run(|| {
		history();
		assert_eq!(failing(|| Ledgers::<Test>::mutate(TUNE, |ledger| ledger.owner += 1)), Some(1));
		assert_eq!(
			failing(|| Ledgers::<Test>::mutate(TUNE, |ledger| ledger.claimed -= 1)),
			Some(1)
		);
		assert_eq!(failing(|| LineageClaimed::<Test>::insert((TUNE, BASE, 0), 1)), Some(1));
		let more = Pot { state: PotState::Settled { unclaimed: 4_086 }, ..Pot::default() };
		assert_eq!(failing(|| Pots::<Test>::insert(TUNE, 0, more)), Some(1));
	});
}

#[test]
fn one_planck_astray_in_the_totals_is_seen() {
	run(|| {
		history();
		assert_eq!(failing(|| Dues::<Test>::insert(SOURCE, 0)), Some(2));
		assert_eq!(failing(|| Deposited::<Test>::mutate(|sum| *sum += 1)), Some(3));
		assert_eq!(failing(|| Claimed::<Test>::mutate(|sum| *sum += 1)), Some(4));
		assert_eq!(failing(|| Dues::<Test>::mutate(TREASURY, |due| *due += 1)), Some(4));
		assert_eq!(failing(|| Dues::<Test>::remove(TREASURY)), Some(4));
		assert_eq!(
			failing(|| Passed::<Test>::mutate(SYNTHETIC, |passing| passing.left += 1)),
			Some(4)
		);
		assert_eq!(failing(|| Passed::<Test>::remove(SYNTHETIC)), Some(4));
		let more = || Passed::<Test>::mutate(SYNTHETIC, |passing| passing.left = 501);
		assert_eq!(failing(more), Some(16));
	});
}

#[test]
fn one_planck_astray_in_the_account_is_seen() {
	run(|| {
		history();
		assert_eq!(failing(|| held(1)), Some(6));
		assert_eq!(failing(|| held(-1)), Some(6));
	});
}

#[test]
fn an_account_without_its_existential_deposit_is_seen() {
	run(|| {
		let lose = || {
			let account = Usage::account_id();
			let (exact, force) = (Precision::Exact, Fortitude::Force);
			let (all, gone) = (EXISTENTIAL_DEPOSIT, Preservation::Expendable);
			Balances::burn_from(&account, all, gone, exact, force).unwrap();
		};
		assert_eq!(failing(lose), Some(7));
	});
}

#[test]
fn a_claim_above_what_was_earned_is_seen() {
	run(|| {
		history();
		let claimed = |ancestor: u32, tenure: u32, amount: u128| {
			LineageClaimed::<Test>::insert((TUNE, ancestor, tenure), amount)
		};
		assert_eq!(failing(|| claimed(BASE, 0, u128::MAX)), Some(9));
		assert_eq!(failing(|| claimed(BASE, 1, 981)), Some(9));
		assert_eq!(failing(|| claimed(BASE, 2, 1)), Some(9));
		assert_eq!(failing(|| claimed(TUNE, 0, 1)), Some(9));
	});
}

#[test]
fn revenue_that_an_owner_keeps_from_a_vault_is_seen() {
	run(|| {
		history();
		MockTitles::vault(Title::model(TUNE));
		assert_ok!(Usage::do_try_state());
		let keep = || {
			Ledgers::<Test>::mutate(TUNE, |ledger| {
				ledger.owner += 1;
				ledger.claimed -= 1;
			})
		};
		assert_eq!(failing(keep), Some(18));
	});
}

#[test]
fn tenures_that_overlap_are_seen() {
	run(|| {
		history();
		MockTitles::transfer(Title::model(BASE), PAYERS[1]);
		assert_ok!(Usage::do_try_state());
		assert_eq!(failing(|| MockTitles::overlap(Title::model(BASE))), Some(19));
	});
}

#[test]
fn checkpoints_that_are_out_of_place_are_seen() {
	run(|| {
		history();
		let first = Checkpoints::<Test>::get(TUNE, 0).unwrap();
		assert_eq!(first, Checkpoint { changes: 1, gross: 19_600 });
		let put = |index, checkpoint| Checkpoints::<Test>::insert(TUNE, index, checkpoint);
		let never = Checkpoint { changes: 0, ..first };
		let later = Checkpoint { changes: 2, ..first };
		let more = Checkpoint { gross: 29_401, ..first };
		assert_eq!(failing(|| put(0, never)), Some(20));
		assert_eq!(failing(|| put(0, later)), Some(20));
		assert_eq!(failing(|| put(1, later)), Some(20));
		assert_eq!(failing(|| Checkpoints::<Test>::insert(99, 0, first)), Some(20));
		let name = |changes, checkpoints| {
			Ledgers::<Test>::mutate(TUNE, |ledger| {
				(ledger.checkpointed, ledger.checkpoints) = (changes, checkpoints)
			})
		};
		assert_eq!(failing(|| name(0, 1)), Some(20));
		assert_eq!(failing(|| name(1, 2)), Some(20));
		let early = || {
			put(1, later);
			name(2, 2);
		};
		assert_eq!(failing(early), Some(20), "a checkpoint of a change that is to come");
		assert_eq!(failing(|| put(0, more)), Some(20));
	});
}

#[test]
fn books_of_a_model_that_is_unknown_or_unpaid_are_seen() {
	run(|| {
		history();
		assert_eq!(failing(|| Ledgers::<Test>::mutate(99, |ledger| ledger.gross = 0)), Some(8));
		assert_eq!(failing(|| Pots::<Test>::insert(BASE, 0, Pot::default())), Some(11));
		let early = Pot { state: PotState::Settled { unclaimed: 0 }, ..Pot::default() };
		let tamper = || {
			let pot = Pots::<Test>::get(TUNE, 1).unwrap();
			let whole = pot.held().unwrap();
			Ledgers::<Test>::mutate(TUNE, |ledger| ledger.claimed += whole);
			Claimed::<Test>::mutate(|sum| *sum += whole);
			held(-i128::try_from(whole).unwrap());
			Pots::<Test>::insert(TUNE, 1, early);
		};
		assert_eq!(failing(tamper), Some(12));
	});
}

#[test]
fn receipts_that_do_not_add_up_are_seen() {
	run(|| {
		history();
		assert_eq!(failing(|| ReceiptCount::<Test>::insert(TUNE, 1, 2)), Some(14));
		assert_eq!(failing(|| Receipts::<Test>::remove((TUNE, 1, 0))), Some(14));
		assert_eq!(failing(|| ReceiptCount::<Test>::insert(TUNE, 0, 1)), Some(13));
		assert_eq!(failing(|| ReceiptCount::<Test>::insert(BASE, 0, 1)), Some(14));
		let release = || {
			let reason = HoldReason::Receipt.into();
			Balances::release(&reason, &PAYERS[1], 1, Precision::Exact).unwrap();
		};
		assert_eq!(failing(release), Some(15));
	});
}

#[test]
fn withheld_receipts_that_are_counted_wrongly_are_seen() {
	run(|| {
		history();
		let mark = |epoch, index, ordinal| {
			Receipts::<Test>::mutate((TUNE, epoch, index), |receipt| {
				receipt.as_mut().unwrap().withheld = Some(ordinal)
			})
		};
		assert_eq!(failing(|| mark(1, 0, 0)), Some(17));
		assert_eq!(failing(|| WithheldCount::<Test>::insert(TUNE, 1, 1)), Some(17));
		assert_eq!(failing(|| mark(0, 0, 0)), Some(17), "two of one ordinal");
		assert_eq!(failing(|| mark(0, 0, 1)), Some(17));
		assert_eq!(failing(|| mark(0, 1, 1)), Some(17));
		assert_eq!(failing(|| WithheldCount::<Test>::insert(TUNE, 0, 3)), Some(17));
		assert_eq!(failing(|| WithheldCount::<Test>::insert(BASE, 0, 1)), Some(17));
	});
}
