use frame_support::dispatch::Pays;
use sp_runtime::traits::Dispatchable;
use tributary_primitives::{blob::Content, traits::Contributions as _};

use crate::{
	mock::*, Admission, Call, Commitments, Contributions, Datasets as Stored, Ended, Ending,
	Entries, Error, Event, HoldReason, NextSeq,
};

#[test]
fn a_contributor_withdraws_what_was_accepted() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"words");
		pass(5);
		dispatch(BOB, Call::withdraw { seq }).unwrap();
		System::assert_last_event(Event::Withdrawn { seq, dataset: 0 }.into());
		assert_eq!(held(HoldReason::Contribution, BOB), 0);
		assert_eq!(Balances::free_balance(BOB), RICH);

		let stored = Contributions::<Test>::get(seq).unwrap();
		assert_eq!(stored.ended, Some(Ended { how: Ending::Withdrawn, at: 7 }));
		assert_eq!(Entries::<Test>::get(0, 0), Some(seq));
		assert_eq!(Stored::<Test>::get(0).unwrap().version, 1);
	});
}

#[test]
fn what_is_withdrawn_is_out_of_the_corpus_from_that_block_on() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"words");
		pass(5);
		dispatch(BOB, Call::withdraw { seq }).unwrap();
		let facts = Datasets::contribution(seq).unwrap();
		let accepted: Vec<u32> = (0..10).filter(|block| facts.accepted_as_of(*block)).collect();
		assert_eq!(accepted, [2, 3, 4, 5, 6]);
	});
}

#[test]
fn what_is_withdrawn_in_the_block_of_its_acceptance_was_never_in_a_corpus() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"words");
		dispatch(BOB, Call::withdraw { seq }).unwrap();
		let facts = Datasets::contribution(seq).unwrap();
		assert!((0..10).all(|block| !facts.accepted_as_of(block)));
	});
}

#[test]
fn a_contributor_withdraws_what_is_pending() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		let seq = contributed(BOB, 0, b"words");
		dispatch(BOB, Call::withdraw { seq }).unwrap();
		assert_eq!(Balances::free_balance(BOB), RICH);
		assert_eq!(Stored::<Test>::get(0).unwrap().version, 0);
		refused(CAROL, Call::accept { seq }, Error::<Test>::NotPending);
	});
}

#[test]
fn withdraw_is_refused_when_it_is_another_accounts_or_over() {
	test_ext(|| {
		dataset(Admission::Open);
		dataset(curated(&[CAROL]));
		let seq = contributed(BOB, 0, b"words");
		for who in [ALICE, CAROL] {
			refused(who, Call::withdraw { seq }, Error::<Test>::NotAuthorized);
		}
		let commitment = committed(BOB, 0, &Content::of(b"x"));
		refused(BOB, Call::withdraw { seq: commitment }, Error::<Test>::NotFound);
		refused(BOB, Call::withdraw { seq: commitment + 1 }, Error::<Test>::NotFound);
		dispatch(BOB, Call::withdraw { seq }).unwrap();
		refused(BOB, Call::withdraw { seq }, Error::<Test>::AlreadyEnded);
		let rejected = contributed(BOB, 1, b"others");
		dispatch(CAROL, Call::reject { seq: rejected }).unwrap();
		refused(BOB, Call::withdraw { seq: rejected }, Error::<Test>::AlreadyEnded);
	});
}

#[test]
fn anyone_expires_a_late_commitment_for_free_and_its_deposit_is_burned() {
	test_ext(|| {
		let seq = committed(BOB, 0, &Content::of(b"words"));
		let issuance = Balances::total_issuance();
		pass(REVEAL_WINDOW + 1);
		let call = RuntimeCall::from(Call::expire { seq });
		let done = call.dispatch(RuntimeOrigin::signed(PAUPER)).unwrap();
		assert_eq!(done.pays_fee, Pays::No);
		let burned = COMMIT_DEPOSIT;
		System::assert_last_event(Event::Expired { seq, contributor: BOB, burned }.into());
		assert_eq!(Commitments::<Test>::get(seq), None);
		assert_eq!(held(HoldReason::Commitment, BOB), 0);
		assert_eq!(Balances::free_balance(BOB), RICH - COMMIT_DEPOSIT);
		assert_eq!(Balances::total_issuance(), issuance - COMMIT_DEPOSIT);
		assert_eq!(NextSeq::<Test>::get(), seq + 1);
	});
}

#[test]
fn expire_is_refused_when_the_commitment_may_be_revealed_or_is_none() {
	test_ext(|| {
		dataset(Admission::Open);
		let revealed = contributed(BOB, 0, b"words");
		let seq = committed(BOB, 0, &Content::of(b"others"));
		refused(CAROL, Call::expire { seq }, Error::<Test>::NotExpired);
		pass(REVEAL_WINDOW);
		refused(CAROL, Call::expire { seq }, Error::<Test>::NotExpired);
		refused(CAROL, Call::expire { seq: revealed }, Error::<Test>::NotFound);
		refused(CAROL, Call::expire { seq: seq + 1 }, Error::<Test>::NotFound);
		pass(1);
		dispatch(CAROL, Call::expire { seq }).unwrap();
		refused(CAROL, Call::expire { seq }, Error::<Test>::NotFound);
	});
}
