use frame_support::{assert_noop, assert_ok, traits::fungible::Mutate};
use sp_runtime::{DispatchError, TokenError};

use super::fixture::*;
use crate::{mock::*, Announcements, Error, Event, NextAnnouncement};

fn held(who: AccountId) -> u128 {
	Attribution::announcement_deposits(&who)
}

#[test]
fn an_announcement_holds_a_deposit_and_takes_a_place() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_ok!(announce(BOB, 0, &fault));
		assert_ok!(announce(CHARLIE, 0, &fault));
		for (order, announcer) in [(0, BOB), (1, CHARLIE)] {
			assert_eq!(held(announcer), announcement_deposit());
			let announcement = Announcements::<Test>::get(0, announcer).unwrap();
			assert_eq!(announcement.order, order);
			let event = Event::Announced { report: 0, announcer, order };
			assert!(events().contains(&event));
		}
		assert_eq!(NextAnnouncement::<Test>::get(), 2);
	});
}

#[test]
fn an_account_announces_once_for_each_report() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_ok!(announce(BOB, 0, &fault));
		assert_noop!(announce(BOB, 0, &fault), Error::<Test>::AlreadyAnnounced);
	});
}

#[test]
fn an_announcement_needs_a_report_that_can_be_challenged() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_noop!(announce(BOB, 1, &fault), Error::<Test>::WrongReport);
		System::set_block_number(LAST_BLOCK + 1);
		assert_noop!(announce(BOB, 0, &fault), Error::<Test>::ChallengeOver);
		assert_ok!(Attribution::finalise(RuntimeOrigin::signed(BOB), MODEL, EPOCH));
		assert_noop!(announce(BOB, 0, &fault), Error::<Test>::AlreadyFinal);
	});
}

#[test]
fn an_announcement_after_the_fault_is_refused() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_ok!(announce(BOB, 0, &fault));
		assert_ok!(submit(0, fault.clone()));
		assert_noop!(announce(CHARLIE, 0, &fault), Error::<Test>::NotFound);
		assert_ok!(Attribution::bond(RuntimeOrigin::signed(DAVE), Bond::get()));
		assert_ok!(draft.post(DAVE));
		assert_noop!(announce(CHARLIE, 0, &fault), Error::<Test>::WrongReport);
	});
}

#[test]
fn an_announcement_whose_deposit_cannot_be_held_is_refused() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		let poor = 77;
		let funds = EXISTENTIAL_DEPOSIT + announcement_deposit() - 1;
		assert_ok!(Balances::mint_into(&poor, funds));
		assert_noop!(announce(poor, 0, &fault), TokenError::FundsUnavailable);
		assert_ok!(Balances::mint_into(&poor, 1));
		assert_ok!(announce(poor, 0, &fault));
	});
}

#[test]
fn all_about_announcements_needs_a_signature() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		let origin = RuntimeOrigin::none;
		assert_noop!(
			Attribution::announce(origin(), MODEL, EPOCH, 0, [0; 32]),
			DispatchError::BadOrigin
		);
		assert_noop!(
			Attribution::reveal_announcement(origin(), 0, Box::new(fault.clone()), [0; 32]),
			DispatchError::BadOrigin
		);
		assert_noop!(Attribution::pay_reward(origin(), 0), DispatchError::BadOrigin);
		assert_noop!(Attribution::withdraw_announcement(origin(), 0), DispatchError::BadOrigin);
	});
}

#[test]
fn an_announcement_of_a_final_report_is_withdrawn() {
	let (_, fault) = foreign();
	run_reported(&Draft::of_world(), || {
		assert_ok!(announce(BOB, 0, &fault));
		System::set_block_number(LAST_BLOCK);
		assert_noop!(withdraw(BOB, 0), Error::<Test>::NotFinal);
		System::set_block_number(LAST_BLOCK + 1);
		assert_ok!(withdraw(BOB, 0));
		assert_eq!(held(BOB), 0);
		assert_eq!(
			events().last(),
			Some(&Event::AnnouncementWithdrawn { report: 0, announcer: BOB })
		);
		assert_noop!(withdraw(BOB, 0), Error::<Test>::NotAnnounced);
	});
}

#[test]
fn an_announcement_that_was_not_revealed_is_withdrawn_once_the_reward_is_paid() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_ok!(announce(BOB, 0, &fault));
		assert_ok!(submit(0, fault));
		assert_noop!(withdraw(BOB, 0), Error::<Test>::RewardWaits);
		System::set_block_number(REPORT_BLOCK + REWARD_WINDOW + 1);
		assert_noop!(withdraw(BOB, 0), Error::<Test>::RewardWaits);
		assert_ok!(pay_reward(0));
		assert_ok!(withdraw(BOB, 0));
		assert_eq!(held(BOB), 0);
	});
}

#[test]
fn an_announcement_of_an_earlier_report_is_withdrawn_while_a_later_one_is_open() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_ok!(announce(BOB, 0, &fault));
		assert_ok!(submit(0, fault.clone()));
		System::set_block_number(REPORT_BLOCK + REWARD_WINDOW + 1);
		assert_ok!(pay_reward(0));
		assert_ok!(Attribution::bond(RuntimeOrigin::signed(DAVE), Bond::get()));
		assert_ok!(draft.post(DAVE));
		assert_ok!(announce(BOB, 1, &fault));
		assert_eq!(held(BOB), 2 * announcement_deposit());
		assert_noop!(withdraw(BOB, 1), Error::<Test>::NotFinal);
		assert_ok!(withdraw(BOB, 0));
		assert_eq!(held(BOB), announcement_deposit());
	});
}
