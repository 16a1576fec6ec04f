//! Rewards that wait for announced faults.

use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use tributary_primitives::{fault::Fault, views::RewardView};

use super::{faults::lies, fixture::*};
use crate::{mock::*, Error, Event, Reports, Revealing, Rewards};

/// The last block in which a fault of a report that is voided in [`REPORT_BLOCK`] is revealed.
const REVEAL_UNTIL: u32 = REPORT_BLOCK + REWARD_WINDOW;

/// A world in which `announcers` have announced `fault` of `draft`, in order, and Eve has submitted it.
fn run_voided(draft: &Draft, announcers: &[AccountId], fault: &Fault, test: impl FnOnce()) {
	run_reported(draft, || {
		for announcer in announcers {
			announce(*announcer, 0, fault).unwrap();
		}
		submit(0, fault.clone()).unwrap();
		test();
	});
}

fn beneficiary() -> AccountId {
	Attribution::reward_view(0).unwrap().beneficiary
}

/// Growth of what `who` has, holds included.
fn growth(who: AccountId) -> i128 {
	Balances::total_balance(&who) as i128 - ENDOWMENT as i128
}

#[test]
fn the_reward_waits_where_a_fault_was_announced() {
	let (draft, fault) = foreign();
	run_voided(&draft, &[BOB], &fault, || {
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), None);
		assert_eq!((growth(ALICE), growth(EVE)), (-501, 0));
		assert_eq!((bond_of(ALICE), Attribution::locked(&ALICE)), (500, 500));
		assert_eq!(deposit_of(ALICE), report_deposit());
		assert_eq!(
			Attribution::reward_view(0),
			Some(RewardView {
				report: 0,
				model: MODEL,
				epoch: EPOCH,
				beneficiary: EVE,
				amount: 500,
				reveal_until: REVEAL_UNTIL,
			})
		);
		let voided = Event::Voided {
			report: 0,
			model: MODEL,
			epoch: EPOCH,
			attributor: ALICE,
			challenger: EVE,
			slashed: 1_001,
			reward: 0,
			forfeited: 0,
		};
		let waits = Event::RewardWaits { report: 0, amount: 500, reveal_until: REVEAL_UNTIL };
		assert!(events().ends_with(&[voided, waits]));
		assert_noop!(
			Attribution::unbond(RuntimeOrigin::signed(ALICE), 1),
			Error::<Test>::BondLocked
		);
	});
}

#[test]
fn the_submitter_is_paid_where_nobody_reveals() {
	let (draft, fault) = foreign();
	run_voided(&draft, &[BOB], &fault, || {
		System::set_block_number(REVEAL_UNTIL);
		assert_noop!(pay_reward(0), Error::<Test>::RewardWaits);
		System::set_block_number(REVEAL_UNTIL + 1);
		assert_ok!(pay_reward(0));
		assert_eq!((growth(ALICE), growth(EVE)), (-1_001, 500));
		assert_eq!((bond_of(ALICE), Attribution::locked(&ALICE)), (0, 0));
		assert_eq!(deposit_of(ALICE), 0);
		assert_eq!(
			events().last(),
			Some(&Event::RewardPaid { report: 0, beneficiary: EVE, amount: 500 })
		);
		assert_noop!(pay_reward(0), Error::<Test>::NoReward);
	});
}

#[test]
fn an_announcer_who_reveals_is_paid_in_place_of_who_copied() {
	let (draft, fault) = foreign();
	run_voided(&draft, &[BOB], &fault, || {
		assert_ok!(reveal(BOB, 0, &fault));
		assert_eq!(Attribution::announcement_deposits(&BOB), 0);
		assert_eq!(
			events().last(),
			Some(&Event::AnnouncementRevealed {
				report: 0,
				announcer: BOB,
				beneficiary: BOB,
				slashed: 0,
			})
		);
		assert_noop!(reveal(BOB, 0, &fault), Error::<Test>::NotAnnounced);
		System::set_block_number(REVEAL_UNTIL + 1);
		assert_ok!(pay_reward(0));
		assert_eq!((growth(BOB), growth(EVE)), (500, 0));
	});
}

#[test]
fn the_earliest_announcer_is_paid_whoever_reveals_first() {
	let (draft, fault) = foreign();
	let announcers = [CHARLIE, BOB, DAVE];
	for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
		run_voided(&draft, &announcers, &fault, || {
			let mut earliest = usize::MAX;
			for index in order {
				assert_ok!(reveal(announcers[index], 0, &fault));
				earliest = earliest.min(index);
				assert_eq!(beneficiary(), announcers[earliest]);
			}
			System::set_block_number(REVEAL_UNTIL + 1);
			assert_ok!(pay_reward(0));
			assert_eq!(announcers.map(growth), [500, 0, 0]);
		});
	}
}

#[test]
fn an_earlier_announcer_who_does_not_reveal_is_not_paid() {
	let (draft, fault) = foreign();
	run_voided(&draft, &[BOB, CHARLIE], &fault, || {
		assert_ok!(reveal(CHARLIE, 0, &fault));
		System::set_block_number(REVEAL_UNTIL + 1);
		assert_noop!(reveal(BOB, 0, &fault), Error::<Test>::RevealOver);
		assert_ok!(pay_reward(0));
		assert_eq!((growth(BOB), growth(CHARLIE)), (0, 500));
		assert_noop!(reveal(BOB, 0, &fault), Error::<Test>::NoReward);
		assert_ok!(withdraw(BOB, 0));
	});
}

#[test]
fn any_fault_of_the_report_may_have_been_announced() {
	let (draft, [submitted, announced]) = twice_wrong();
	run_reported(&draft, || {
		assert_ok!(announce(BOB, 0, &announced));
		assert_ok!(submit(0, submitted));
		System::set_block_number(REVEAL_UNTIL);
		assert_ok!(reveal(BOB, 0, &announced));
		assert_eq!(beneficiary(), BOB);
	});
}

#[test]
fn only_what_was_announced_is_revealed() {
	let (draft, [announced, other]) = twice_wrong();
	run_voided(&draft, &[BOB], &announced, || {
		assert_noop!(reveal(BOB, 0, &other), Error::<Test>::WrongAnnouncement);
		assert_noop!(reveal(CHARLIE, 0, &announced), Error::<Test>::NotAnnounced);
		let (origin, fault) = (RuntimeOrigin::signed(BOB), Box::new(announced.clone()));
		assert_noop!(
			Attribution::reveal_announcement(origin, 0, fault, [0; 32]),
			Error::<Test>::WrongAnnouncement
		);
	});
}

#[test]
fn an_announced_fault_that_shows_nothing_is_refused() {
	let (draft, fault) = foreign();
	let nothing = Fault::Foreign { entry: draft.entry(0, 1) };
	run_reported(&draft, || {
		assert_ok!(announce(BOB, 0, &nothing));
		assert_ok!(submit(0, fault));
		assert_noop!(reveal(BOB, 0, &nothing), Error::<Test>::NoFault);
		assert_eq!(beneficiary(), EVE);
	});
}

#[test]
fn nothing_is_revealed_while_the_report_stands() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_ok!(announce(BOB, 0, &fault));
		assert_noop!(reveal(BOB, 0, &fault), Error::<Test>::NoReward);
		assert_noop!(pay_reward(0), Error::<Test>::NoReward);
	});
}

/// A report that lies about source 1, which it lists as unseen, and about its second entry; the excused
/// fault, and the one that is not.
fn half_excused() -> (Draft, Fault, Fault) {
	let (mut draft, _) = hidden();
	draft.entries[1].source = 99;
	let draft = Draft::of(draft.entries);
	let excused = (lies()[3].fault)(&draft);
	let fault = Fault::Foreign { entry: draft.entry(1, 1) };
	(draft, excused, fault)
}

#[test]
fn an_excused_fault_earns_no_reward() {
	let (draft, excused, fault) = half_excused();
	run_closed(|| {
		assert_ok!(draft.post_unseen(ALICE, &[1]));
		assert_ok!(announce(BOB, 0, &excused));
		assert_ok!(submit(0, fault));
		assert_noop!(reveal(BOB, 0, &excused), Error::<Test>::NobodyToBlame);
		assert_eq!(beneficiary(), EVE);
	});
}

#[test]
fn a_void_without_blame_frees_the_bond_only_once_no_fault_was_revealed() {
	let (draft, excused) = hidden();
	run_closed(|| {
		assert_ok!(draft.post_unseen(ALICE, &[1]));
		assert_ok!(announce(BOB, 0, &excused));
		assert_ok!(submit(0, excused.clone()));
		assert_eq!(Attribution::locked(&ALICE), Bond::get());
		let reward = Attribution::reward_view(0).unwrap();
		assert_eq!((reward.beneficiary, reward.amount), (ALICE, Bond::get()));
		assert_noop!(reveal(BOB, 0, &excused), Error::<Test>::NobodyToBlame);

		System::set_block_number(REVEAL_UNTIL + 1);
		assert_ok!(pay_reward(0));
		assert_eq!((bond_of(ALICE), Attribution::locked(&ALICE)), (Bond::get(), 0));
		let forfeited = report_deposit_of(1) as i128;
		assert_eq!((deposit_of(ALICE), growth(ALICE)), (0, -forfeited));
		assert_eq!(events().last(), Some(&Event::BondFreed { report: 0, attributor: ALICE }));
		assert_ok!(withdraw(BOB, 0));
	});
}

#[test]
fn an_attributor_does_not_escape_an_announced_fault_by_an_excused_one() {
	let (draft, excused, fault) = half_excused();
	run_closed(|| {
		assert_ok!(draft.post_unseen(ALICE, &[1]));
		assert_ok!(announce(BOB, 0, &fault));
		assert_ok!(announce(CHARLIE, 0, &fault));
		assert_ok!(submit(0, excused));
		assert_ok!(reveal(CHARLIE, 0, &fault));
		assert_eq!(
			events().last(),
			Some(&Event::AnnouncementRevealed {
				report: 0,
				announcer: CHARLIE,
				beneficiary: CHARLIE,
				slashed: 1_001,
			})
		);
		let forfeited = report_deposit_of(1) as i128;
		assert_eq!((growth(ALICE), Attribution::locked(&ALICE)), (-501 - forfeited, 500));
		assert_eq!(Slashed::get(), [(ALICE, 1_001)]);
		assert_ok!(reveal(BOB, 0, &fault));
		assert_eq!((growth(ALICE), beneficiary()), (-501 - forfeited, BOB));
		System::set_block_number(REVEAL_UNTIL + 1);
		assert_ok!(pay_reward(0));
		assert_eq!([ALICE, BOB, CHARLIE, EVE].map(growth), [-1_001 - forfeited, 500, 0, 0]);
	});
}

#[test]
fn a_receipt_that_is_withheld_meanwhile_makes_no_honest_report_wrong() {
	let (draft, excused) = hidden();
	let items = payments()[0].items();
	let wrong_once_withheld =
		Fault::Structure { entry: draft.entry(0, 2), item: Some(open_records(&items, 0, 1)) };
	run_closed(|| {
		assert_ok!(draft.post_unseen(ALICE, &[1]));
		assert_ok!(announce(BOB, 0, &wrong_once_withheld));
		assert_ok!(submit(0, excused));
		withhold(MODEL, EPOCH, 0);
		assert_noop!(reveal(BOB, 0, &wrong_once_withheld), Error::<Test>::NoFault);
	});
}

#[test]
fn a_reward_too_small_for_an_account_is_burned_when_it_is_paid() {
	let (draft, fault) = foreign();
	run_closed(|| {
		Bond::set(2 * EXISTENTIAL_DEPOSIT - 1);
		assert_ok!(draft.post(ALICE));
		assert_ok!(announce(BOB, 0, &fault));
		let issuance = Balances::total_issuance();
		let nobody = 77;
		let fault = Box::new(fault);
		assert_ok!(Attribution::submit_fault(authorised(), MODEL, EPOCH, 0, nobody, fault));
		assert_eq!(Balances::total_issuance(), issuance - 10);
		System::set_block_number(REVEAL_UNTIL + 1);
		assert_ok!(pay_reward(0));
		assert_eq!(Balances::total_issuance(), issuance - 19);
		assert_eq!(
			events().last(),
			Some(&Event::RewardPaid { report: 0, beneficiary: nobody, amount: 0 })
		);
	});
}

#[test]
fn a_beneficiary_without_an_account_gets_one_when_it_is_paid() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_ok!(announce(BOB, 0, &fault));
		let fault = Box::new(fault);
		assert_ok!(Attribution::submit_fault(authorised(), MODEL, EPOCH, 0, 77, fault));
		System::set_block_number(REVEAL_UNTIL + 1);
		assert_ok!(pay_reward(0));
		assert_eq!(Balances::balance(&77), 500);
	});
}

#[test]
fn who_announces_a_fault_of_its_own_report_loses_half() {
	let (draft, fault) = foreign();
	run_voided(&draft, &[ALICE, BOB], &fault, || {
		assert_ok!(reveal(BOB, 0, &fault));
		assert_ok!(reveal(ALICE, 0, &fault));
		System::set_block_number(REVEAL_UNTIL + 1);
		assert_ok!(pay_reward(0));
		assert_eq!([ALICE, BOB, EVE].map(growth), [-501, 0, 0]);
	});
}

#[test]
fn reports_on_one_epoch_after_each_other_keep_their_rewards_apart() {
	let (draft, fault) = foreign();
	run_voided(&draft, &[BOB], &fault, || {
		assert_ok!(Attribution::bond(RuntimeOrigin::signed(ALICE), Bond::get()));
		System::set_block_number(REPORT_BLOCK + 1);
		assert_ok!(draft.post(ALICE));
		assert_eq!(Attribution::locked(&ALICE), 500 + Bond::get());
		assert_ok!(announce(CHARLIE, 1, &fault));
		assert_ok!(submit(1, fault.clone()));
		assert_noop!(reveal(CHARLIE, 0, &fault), Error::<Test>::NotAnnounced);
		assert_noop!(reveal(BOB, 1, &fault), Error::<Test>::NotAnnounced);
		assert_ok!(reveal(CHARLIE, 1, &fault));
		assert_eq!(Rewards::<Test>::iter().count(), 2);
		assert_eq!(Attribution::locked(&ALICE), 1_000);

		System::set_block_number(REVEAL_UNTIL + 1);
		assert_ok!(pay_reward(0));
		assert_noop!(pay_reward(1), Error::<Test>::RewardWaits);
		System::set_block_number(REVEAL_UNTIL + 2);
		assert_ok!(pay_reward(1));
		assert_eq!([ALICE, CHARLIE, EVE].map(growth), [-2_002, 500, 500]);
	});
}

#[test]
fn a_later_report_on_the_epoch_is_not_final_before_the_last_reveal() {
	let (draft, fault) = foreign();
	run_voided(&draft, &[BOB], &fault, || {
		assert_ok!(Attribution::bond(RuntimeOrigin::signed(DAVE), Bond::get()));
		assert_ok!(Draft::of_world().post(DAVE));
		System::set_block_number(REVEAL_UNTIL);
		let finalise = || Attribution::finalise(RuntimeOrigin::signed(DAVE), MODEL, EPOCH);
		assert_noop!(finalise(), Error::<Test>::NotFinal);
		assert_ok!(reveal(BOB, 0, &fault));
	});
}

#[test]
fn a_reward_keeps_the_window_of_its_own_block() {
	let (draft, fault) = foreign();
	for window in [1, 2 * REWARD_WINDOW] {
		run_voided(&draft, &[BOB], &fault, || {
			CurrentRewardWindow::set(window);
			System::set_block_number(REVEAL_UNTIL);
			assert_noop!(pay_reward(0), Error::<Test>::RewardWaits);
			assert_ok!(reveal(BOB, 0, &fault));
			System::set_block_number(REVEAL_UNTIL + 1);
			assert_ok!(pay_reward(0));
		});
	}
}

#[test]
fn a_later_report_is_not_final_before_the_last_reveal_whatever_the_windows_are_then() {
	let (draft, fault) = foreign();
	run_voided(&draft, &[BOB], &fault, || {
		CurrentChallengeWindow::set(1);
		CurrentRewardWindow::set(1);
		assert_ok!(Attribution::bond(RuntimeOrigin::signed(DAVE), 2 * Bond::get()));
		assert_ok!(draft.post(DAVE));
		assert_ok!(announce(CHARLIE, 1, &fault));
		assert_ok!(submit(1, fault.clone()));
		let waits = |id| Attribution::reward_view(id).unwrap().reveal_until;
		assert_eq!((waits(0), waits(1)), (REVEAL_UNTIL, REPORT_BLOCK + 1));
		System::set_block_number(REPORT_BLOCK + 2);
		assert_ok!(pay_reward(1));

		assert_ok!(Draft::of_world().post(DAVE));
		let view = Attribution::report_view(MODEL, EPOCH).unwrap();
		assert_eq!((view.demand_until, view.challenge_until), (REVEAL_UNTIL, REVEAL_UNTIL));
		assert_eq!(Revealing::<Test>::get(MODEL, EPOCH), Some(REVEAL_UNTIL));
		System::set_block_number(REVEAL_UNTIL);
		assert_ok!(reveal(BOB, 0, &fault));
		System::set_block_number(REVEAL_UNTIL + 1);
		assert_ok!(pay_reward(0));
		assert_eq!(Revealing::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_report_waits_for_the_last_reveal_and_hears_demands_no_longer_than_its_own_window() {
	let (draft, fault) = foreign();
	run_voided(&draft, &[BOB], &fault, || {
		CurrentChallengeWindow::set(1);
		assert_ok!(Attribution::bond(RuntimeOrigin::signed(DAVE), Bond::get()));
		assert_ok!(Draft::of_world().post(DAVE));
		let view = Attribution::report_view(MODEL, EPOCH).unwrap();
		assert_eq!((view.demand_until, view.challenge_until), (REPORT_BLOCK + 1, REVEAL_UNTIL));
		System::set_block_number(REVEAL_UNTIL);
		let finalise = || Attribution::finalise(RuntimeOrigin::signed(DAVE), MODEL, EPOCH);
		assert_noop!(finalise(), Error::<Test>::NotFinal);
		assert_ok!(reveal(BOB, 0, &fault));
		System::set_block_number(REVEAL_UNTIL + 1);
		assert_ok!(finalise());
		assert_ok!(pay_reward(0));
	});
}
