//! What synthetic sources earn goes on to the sources of the outputs that they repeat.

use frame_support::{assert_noop, assert_ok};
use tributary_primitives::traits::{
	PassedCredit as _,
	PassedTo::{Contributor, Source, Treasury},
	Pots as _,
};

use crate::{mock::*, Dues, Error, Event, Passed, Passing};

const PAYER: AccountId = PAYERS[0];
/// A source that passes on what it earns.
const SYNTHETIC: u64 = 7;
/// Another.
const OTHER: u64 = 9;

/// Settles a pot that holds 2,000 for its sources.
fn settled() {
	assert_ok!(pay(PAYER, BASE, 10_000));
	System::set_block_number(EPOCH_LENGTH);
	assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 2_000), 793);
}

/// Settles a pot, and passes `amount` of it on.
fn passed_on(amount: u128) {
	settled();
	assert_ok!(Usage::pass_on(BASE, 0, SYNTHETIC, amount));
}

fn left(source: u64) -> u128 {
	Passed::<Test>::get(source).left
}

#[test]
fn what_a_synthetic_source_earned_is_set_aside_in_the_account() {
	run(|| {
		settled();
		let books = Usage::books_view();
		assert_ok!(Usage::pass_on(BASE, 0, SYNTHETIC, 1_500));
		assert_eq!(
			last_event(),
			Event::PassedOn { model: BASE, epoch: 0, source: SYNTHETIC, amount: 1_500 }
		);
		assert_eq!(Usage::books_view(), books);
		assert_eq!(Usage::pot_view(BASE, 0).unwrap().unclaimed, 500);
		assert_ok!(Usage::pass_on(BASE, 0, SYNTHETIC, 100));
		assert_eq!(Usage::passed(SYNTHETIC), 1_600);
		assert_eq!(Usage::passed(OTHER), 0);
		assert_noop!(Usage::pay_source(BASE, 0, &payee(SOURCE), 401), Error::<Test>::ExceedsPot);
		assert_ok!(Usage::pay_source(BASE, 0, &payee(SOURCE), 400));
	});
}

#[test]
fn no_more_than_a_settled_pot_holds_is_passed_on() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, 10_000));
		let pass = |model, amount| Usage::pass_on(model, 0, SYNTHETIC, amount);
		assert_noop!(pass(BASE, 1), Error::<Test>::PotOpen);
		assert_noop!(pass(TUNE, 1), Error::<Test>::PotNotFound);
		System::set_block_number(EPOCH_LENGTH);
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 2_000), 793);
		assert_noop!(pass(BASE, 2_001), Error::<Test>::ExceedsPot);
		assert_ok!(pass(BASE, 2_000));
		assert_noop!(pass(BASE, 1), Error::<Test>::ExceedsPot);
	});
}

#[test]
fn what_is_passed_on_is_paid_to_contributors() {
	run(|| {
		passed_on(1_500);
		assert_ok!(Usage::pay_passed(SYNTHETIC, &Contributor(payee(SOURCE)), 1_000));
		assert_eq!(
			last_event(),
			Event::PassedPaid {
				source: SYNTHETIC,
				beneficiary: SOURCE,
				dataset: Some(DATASET),
				amount: 1_000,
				curators: 0,
			}
		);
		assert_eq!(free(SOURCE), 1_000);
		assert_eq!((Usage::passed(SYNTHETIC), left(SYNTHETIC)), (1_500, 500));
		assert_noop!(
			Usage::pay_passed(SYNTHETIC, &Contributor(payee(SOURCE)), 501),
			Error::<Test>::ExceedsPassed
		);
		assert_ok!(Usage::pay_passed(SYNTHETIC, &Contributor(payee(SOURCE)), 500));
		assert_noop!(
			Usage::pay_passed(SYNTHETIC, &Contributor(payee(SOURCE)), 1),
			Error::<Test>::ExceedsPassed
		);
	});
}

#[test]
fn a_source_that_passed_nothing_on_pays_nothing() {
	run(|| {
		passed_on(1_500);
		for to in [Contributor(payee(SOURCE)), Source(SYNTHETIC), Treasury] {
			assert_noop!(Usage::pay_passed(OTHER, &to, 1), Error::<Test>::ExceedsPassed);
		}
	});
}

#[test]
fn what_can_not_create_a_contributors_account_waits() {
	run(|| {
		passed_on(1_500);
		let dust = EXISTENTIAL_DEPOSIT - 1;
		assert_noop!(
			Usage::pay_passed(SYNTHETIC, &Contributor(payee(SOURCE)), dust),
			Error::<Test>::BelowExistentialDeposit
		);
		endow(SOURCE);
		assert_ok!(Usage::pay_passed(SYNTHETIC, &Contributor(payee(SOURCE)), dust));
		assert_eq!(free(SOURCE), EXISTENTIAL_DEPOSIT + dust);
	});
}

#[test]
fn windows_that_nobody_owns_go_to_the_treasury() {
	run(|| {
		passed_on(1_500);
		assert_ok!(Usage::pay_passed(SYNTHETIC, &Treasury, 300));
		assert_eq!(
			last_event(),
			Event::PassedPaid {
				source: SYNTHETIC,
				beneficiary: TREASURY,
				dataset: None,
				amount: 300,
				curators: 0,
			}
		);
		assert_eq!(free(TREASURY), 793 + 300);
		assert_eq!(left(SYNTHETIC), 1_200);
	});
}

#[test]
fn what_the_treasury_can_not_take_stays_due_to_it() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, 10_000));
		System::set_block_number(EPOCH_LENGTH);
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 2_793), 0);
		assert_ok!(Usage::pass_on(BASE, 0, SYNTHETIC, 2_793));
		assert_ok!(Usage::pay_passed(SYNTHETIC, &Treasury, 9));
		assert_eq!((free(TREASURY), Dues::<Test>::get(TREASURY)), (0, 9));
		assert_ok!(Usage::pay_passed(SYNTHETIC, &Treasury, 1));
		assert_eq!((free(TREASURY), Dues::<Test>::get(TREASURY)), (10, 0));
		assert_eq!(left(SYNTHETIC), 2_783);
	});
}

#[test]
fn what_goes_to_another_synthetic_source_is_passed_on_by_that() {
	run(|| {
		passed_on(1_500);
		let books = Usage::books_view();
		assert_ok!(Usage::pay_passed(SYNTHETIC, &Source(OTHER), 600));
		assert_eq!(
			last_event(),
			Event::PassedAlong { source: SYNTHETIC, target: OTHER, amount: 600 }
		);
		assert_eq!(Usage::books_view(), books);
		assert_eq!((Usage::passed(SYNTHETIC), left(SYNTHETIC)), (1_500, 900));
		assert_eq!((Usage::passed(OTHER), left(OTHER)), (600, 600));
		assert_ok!(Usage::pay_passed(OTHER, &Contributor(payee(SOURCE)), 600));
		assert_eq!(free(SOURCE), 600);
	});
}

#[test]
fn a_source_that_passes_on_to_itself_has_no_less_left() {
	run(|| {
		passed_on(1_500);
		assert_ok!(Usage::pay_passed(SYNTHETIC, &Source(SYNTHETIC), 600));
		assert_eq!(Passed::<Test>::get(SYNTHETIC), Passing { credited: 2_100, left: 1_500 });
	});
}

#[test]
fn credit_that_can_not_be_counted_is_refused_whole() {
	run(|| {
		passed_on(1_500);
		Passed::<Test>::insert(OTHER, Passing { credited: u128::MAX, left: 0 });
		let refusal = sp_runtime::ArithmeticError::Overflow;
		assert_noop!(Usage::pay_passed(SYNTHETIC, &Source(OTHER), 1), refusal);
		assert_noop!(Usage::pass_on(BASE, 0, OTHER, 1), refusal);
	});
}
