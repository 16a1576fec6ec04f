use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use tributary_primitives::traits::{ServedOutput, SyntheticPolicy};

use super::fixture::*;
use crate::{mock::*, Accusations, Error, Event, Original, Repeats};

fn prove(challenger: AccountId) {
	assert_ok!(show_all(challenger, ACCUSED, &hits(&seed_of(challenger), &copy(), &original())));
}

#[test]
fn an_upheld_accusation_suspends_the_copy_and_gives_the_bond_back() {
	run_accused(|| {
		advance_to(DRAW_AT + 1);
		prove(CHARLIE);
		assert_eq!(ended_at(ACCUSED), Some(DRAW_AT + 1));
		assert_eq!((bond_of(CHARLIE), locks_of(ACCUSED)), (0, 0));
		assert_eq!(Balances::balance(&CHARLIE), ENDOWMENT + DEPOSIT / 2);
		assert_eq!(Balances::balance(&BOB), ENDOWMENT - DEPOSIT);
		let upheld = Event::Upheld {
			accused: ACCUSED,
			challenger: CHARLIE,
			original: Original::Contribution(ORIGINAL),
			slashed: DEPOSIT,
			reward: DEPOSIT / 2,
		};
		assert_eq!(last_event(), upheld);
		assert_noop!(show(CHARLIE, &[]), Error::<Test>::NotAccused);
		assert_noop!(close(CHARLIE), Error::<Test>::NotAccused);
	});
}

#[test]
fn a_suspended_copy_is_no_original() {
	run_accused(|| {
		advance_to(DRAW_AT + 1);
		prove(CHARLIE);
		assert!(Repeats::<Test>::contains_key(ACCUSED));
		contribute(9, ALICE, &text(1, 6_000));
		assert_noop!(accuse(BOB, 9, ACCUSED), Error::<Test>::OriginalRepeats);
	});
}

#[test]
fn a_loop_is_suspended_where_the_dataset_refuses_it() {
	run_world(|| {
		assert_ok!(accuse_loop(CHARLIE, ACCUSED));
		advance_to(DRAW_AT + 1);
		prove(CHARLIE);
		assert_eq!(ended_at(ACCUSED), Some(DRAW_AT + 1));
		assert!(Repeats::<Test>::contains_key(ACCUSED));
		let upheld = Event::Upheld {
			accused: ACCUSED,
			challenger: CHARLIE,
			original: LOOPED,
			slashed: DEPOSIT,
			reward: DEPOSIT / 2,
		};
		assert_eq!(last_event(), upheld);
	});
}

#[test]
fn a_loop_is_marked_and_stays_where_the_dataset_lets_its_credit_pass() {
	run_world(|| {
		contribute_under(SyntheticPolicy::PassThrough, ACCUSED, BOB, &copy());
		assert_ok!(accuse_loop(CHARLIE, ACCUSED));
		advance_to(DRAW_AT + 1);
		prove(CHARLIE);
		assert_eq!(ended_at(ACCUSED), None);
		assert!(!Repeats::<Test>::contains_key(ACCUSED));
		let marked = Contributed::get(ACCUSED).unwrap().synthetic.unwrap();
		let expected = ServedOutput {
			model: MODEL,
			epoch: EPOCH,
			receipt: RECEIPT,
			item: 1,
			output: tributary_primitives::blob::Content::of(&original()),
			windows: 5_000 - 40 + 1,
		};
		assert_eq!(marked, expected);
		let upheld = Event::Upheld {
			accused: ACCUSED,
			challenger: CHARLIE,
			original: LOOPED,
			slashed: 0,
			reward: 0,
		};
		assert_eq!(last_event(), upheld);
		assert_eq!((bond_of(CHARLIE), locks_of(ACCUSED)), (0, 0));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT);
	});
}

#[test]
fn a_challenger_that_shows_nothing_forfeits_the_bond() {
	run_accused(|| {
		let (issuance, bond) = (Balances::total_issuance(), AccusationBond::get());
		for block in [START, DRAW_AT, DRAW_AT + 1, PROVE_UNTIL] {
			advance_to(block);
			assert_noop!(close(CHARLIE), Error::<Test>::ProofNotOver);
		}
		advance_to(PROVE_UNTIL + 1);
		assert_ok!(close(CHARLIE));
		let half = bond / 2;
		let failed = Event::Failed {
			accused: ACCUSED,
			challenger: CHARLIE,
			forfeited: bond,
			compensation: half,
		};
		assert_eq!(last_event(), failed);
		assert_eq!(Balances::total_balance(&CHARLIE), ENDOWMENT - bond);
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + half);
		assert_eq!(Balances::total_issuance(), issuance - (bond - half));
		assert_eq!((bond_of(CHARLIE), locks_of(ACCUSED)), (0, 0));
		assert_eq!(ended_at(ACCUSED), None);
		assert_noop!(close(CHARLIE), Error::<Test>::NotAccused);
	});
}

#[test]
fn a_forfeited_bond_is_told_and_nothing_else_is() {
	run_accused(|| {
		assert_ok!(accuse(DAVE, ACCUSED, ORIGINAL));
		advance_to(PROVE_UNTIL + 1);
		assert_ok!(close(CHARLIE));
		assert_eq!(Slashed::get(), [(CHARLIE, 1_001)]);
	});
	run_accused(|| {
		assert_ok!(accuse(DAVE, ACCUSED, ORIGINAL));
		advance_to(DRAW_AT + 1);
		prove(CHARLIE);
		assert_ok!(close(DAVE));
		assert_eq!(Slashed::get(), [], "the deposit of the copy is the datasets' to tell");
	});
}

#[test]
fn one_hit_too_few_fails() {
	run_accused(|| {
		advance_to(DRAW_AT + 1);
		assert_ok!(show_all(CHARLIE, ACCUSED, &charlies_hits()[..25]));
		advance_to(PROVE_UNTIL + 1);
		assert_ok!(close(CHARLIE));
		assert!(matches!(last_event(), Event::Failed { .. }));
		assert_eq!(ended_at(ACCUSED), None);
	});
}

#[test]
fn who_failed_may_accuse_again_with_another_bond_and_draw() {
	run_accused(|| {
		advance_to(PROVE_UNTIL + 1);
		let first = seed_of(CHARLIE);
		assert_ok!(close(CHARLIE));
		assert_ok!(accuse(CHARLIE, ACCUSED, ORIGINAL));
		advance_to(PROVE_UNTIL + 1 + DRAW_DELAY + 1);
		assert_ne!(seed_of(CHARLIE), first);
		prove(CHARLIE);
	});
}

#[test]
fn a_compensation_that_could_not_exist_is_burned() {
	run_world(|| {
		let nobody = 99;
		AccusationBond::set(2 * EXISTENTIAL_DEPOSIT - 1);
		contribute(ACCUSED, nobody, &copy());
		assert_ok!(accuse(CHARLIE, ACCUSED, ORIGINAL));
		let (issuance, bond) = (Balances::total_issuance(), AccusationBond::get());
		advance_to(PROVE_UNTIL + 1);
		assert_ok!(close(CHARLIE));
		assert!(matches!(last_event(), Event::Failed { compensation: 0, .. }));
		assert_eq!(Balances::total_balance(&nobody), 0);
		assert_eq!(Balances::total_issuance(), issuance - bond);
	});
}

#[test]
fn the_bond_is_that_of_the_accusations_own_time() {
	run_accused(|| {
		let bond = AccusationBond::get();
		AccusationBond::set(bond * 5);
		advance_to(PROVE_UNTIL + 1);
		assert_ok!(close(CHARLIE));
		assert!(matches!(last_event(), Event::Failed { forfeited, .. } if forfeited == bond));
	});
}

#[test]
fn who_accuses_oneself_rightly_loses_half_of_the_deposit() {
	run_world(|| {
		assert_ok!(accuse(BOB, ACCUSED, ORIGINAL));
		advance_to(DRAW_AT + 1);
		prove(BOB);
		assert_eq!(ended_at(ACCUSED), Some(DRAW_AT + 1));
		assert_eq!(Balances::total_balance(&BOB), ENDOWMENT - (DEPOSIT - DEPOSIT / 2));
	});
}

#[test]
fn who_accuses_oneself_wrongly_loses_half_of_the_bond() {
	run_world(|| {
		assert_ok!(accuse(BOB, ACCUSED, ORIGINAL));
		advance_to(PROVE_UNTIL + 1);
		assert_ok!(close(BOB));
		let half = AccusationBond::get() / 2;
		assert_eq!(Balances::total_balance(&BOB), ENDOWMENT - (AccusationBond::get() - half));
		assert_eq!(Balances::balance(&BOB), Balances::total_balance(&BOB));
		assert!(matches!(last_event(), Event::Failed { compensation, .. } if compensation == half));
	});
}

#[test]
fn whoever_first_shows_the_hits_decides() {
	run_accused(|| {
		assert_ok!(accuse(DAVE, ACCUSED, ORIGINAL));
		advance_to(DRAW_AT + 1);
		let hits = charlies_hits();
		assert_ok!(show_all(CHARLIE, ACCUSED, &hits[..24]));
		assert_ok!(show_all(DAVE, ACCUSED, &hits));
		assert!(matches!(last_event(), Event::Upheld { challenger: DAVE, .. }));
		assert_noop!(show(CHARLIE, &hits[24..]), Error::<Test>::NothingToDecide);
		assert_ok!(close(CHARLIE));
		assert_eq!(last_event(), Event::Moot { accused: ACCUSED, challenger: CHARLIE });
		assert_eq!(Balances::balance(&CHARLIE), ENDOWMENT);
		assert_eq!(Accusations::<Test>::iter().count(), 0);
	});
}
