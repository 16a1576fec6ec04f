use sp_runtime::TokenError;
use tributary_primitives::blob::Content;

use crate::{
	mock::*, Acceptance, Admission, Call, Contributions, Datasets as Stored, Ended, Ending,
	Entries, Error, Event, HoldReason,
};

#[test]
fn a_reveal_to_a_curated_dataset_waits() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		let seq = contributed(BOB, 0, b"words");
		let content = Content::of(b"words");
		let revealed = Event::Revealed { seq, dataset: 0, contributor: BOB, content };
		System::assert_last_event(revealed.into());
		assert!(Contributions::<Test>::get(seq).unwrap().is_pending());
		assert_eq!(Stored::<Test>::get(0).unwrap().version, 0);
		assert_eq!(held(HoldReason::Contribution, BOB), CONTRIBUTION_DEPOSIT);
	});
}

#[test]
fn a_curator_accepts_at_the_next_index() {
	test_ext(|| {
		dataset(curated(&[ALICE, CAROL]));
		let (first, second) = (contributed(BOB, 0, b"first"), contributed(BOB, 0, b"second"));
		pass(5);
		dispatch(CAROL, Call::accept { seq: second }).unwrap();
		System::assert_last_event(Event::Accepted { seq: second, dataset: 0, index: 0 }.into());
		dispatch(ALICE, Call::accept { seq: first }).unwrap();
		System::assert_last_event(Event::Accepted { seq: first, dataset: 0, index: 1 }.into());
		assert_eq!(Entries::<Test>::get(0, 0), Some(second));
		let stored = Contributions::<Test>::get(first).unwrap();
		assert_eq!(stored.accepted, Some(Acceptance { index: 1, at: 8 }));
		assert_eq!(Stored::<Test>::get(0).unwrap().version, 2);
		assert_eq!(held(HoldReason::Contribution, BOB), 2 * CONTRIBUTION_DEPOSIT);
	});
}

#[test]
fn a_curator_rejects_and_the_deposit_comes_back() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		let seq = contributed(BOB, 0, b"words");
		pass(5);
		dispatch(CAROL, Call::reject { seq }).unwrap();
		System::assert_last_event(Event::Rejected { seq, dataset: 0 }.into());
		let stored = Contributions::<Test>::get(seq).unwrap();
		assert_eq!(stored.ended, Some(Ended { how: Ending::Rejected, at: 7 }));
		assert_eq!(stored.accepted, None);
		assert_eq!(held(HoldReason::Contribution, BOB), 0);
		assert_eq!(Balances::free_balance(BOB), RICH);
		assert_eq!(Datasets::by_root(Content::of(b"words").root), Some(seq));
	});
}

/// The two calls of a curator on `seq`.
fn decisions(seq: u64) -> [Call<Test>; 2] {
	[Call::accept { seq }, Call::reject { seq }]
}

#[test]
fn a_decision_is_refused_when_nothing_was_revealed() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		let seq = committed(BOB, 0, &Content::of(b"words"));
		for call in decisions(seq).into_iter().chain(decisions(seq + 1)) {
			refused(CAROL, call, Error::<Test>::NotFound);
		}
	});
}

#[test]
fn a_decision_is_refused_when_no_curator_makes_it() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		dataset(curated(&[ALICE]));
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"words");
		for who in [ALICE, BOB, PAUPER] {
			for call in decisions(seq) {
				refused(who, call, Error::<Test>::NotAuthorized);
			}
		}
		let open = contributed(BOB, 2, b"more words");
		for call in decisions(open) {
			refused(ALICE, call, Error::<Test>::NotAuthorized);
		}
	});
}

#[test]
fn a_decision_is_refused_when_one_was_made() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		let seqs = [&b"a"[..], b"b", b"c", b"d"].map(|data| contributed(BOB, 0, data));
		dispatch(CAROL, Call::accept { seq: seqs[0] }).unwrap();
		dispatch(CAROL, Call::reject { seq: seqs[1] }).unwrap();
		dispatch(BOB, Call::withdraw { seq: seqs[2] }).unwrap();
		dispatch(CAROL, Call::accept { seq: seqs[3] }).unwrap();
		dispatch(BOB, Call::withdraw { seq: seqs[3] }).unwrap();
		for seq in seqs {
			for call in decisions(seq) {
				refused(CAROL, call, Error::<Test>::NotPending);
			}
		}
	});
}

#[test]
fn a_closed_dataset_still_decides_on_what_was_revealed() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		let seq = contributed(BOB, 0, b"words");
		dispatch(ALICE, Call::set_closed { dataset: 0, closed: true }).unwrap();
		dispatch(CAROL, Call::accept { seq }).unwrap();
	});
}

#[test]
fn accept_is_refused_when_the_dataset_has_no_index_left() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		let set = |version| {
			Stored::<Test>::mutate(0, |dataset| dataset.as_mut().unwrap().version = version)
		};
		let seq = contributed(BOB, 0, b"words");
		set(u32::MAX);
		refused(CAROL, Call::accept { seq }, Error::<Test>::NoNumberLeft);
		set(0);
	});
}

fn set_curators(dataset: u32, of: &[AccountId]) -> Call<Test> {
	Call::set_curators { dataset, curators: curators(of) }
}

#[test]
fn the_owner_replaces_curators_and_the_deposit_follows() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		let seq = contributed(BOB, 0, b"words");
		let before = held(HoldReason::Dataset, ALICE);

		dispatch(ALICE, set_curators(0, &[ALICE, BOB])).unwrap();
		let curators = curators(&[ALICE, BOB]);
		System::assert_last_event(Event::CuratorsSet { dataset: 0, curators }.into());
		assert_eq!(held(HoldReason::Dataset, ALICE), before + 80);
		assert_eq!(Balances::free_balance(ALICE), RICH - before - 80);
		refused(CAROL, Call::accept { seq }, Error::<Test>::NotAuthorized);
		dispatch(ALICE, Call::accept { seq }).unwrap();

		dispatch(ALICE, set_curators(0, &[CAROL])).unwrap();
		assert_eq!(held(HoldReason::Dataset, ALICE), before);
		assert_eq!(Balances::free_balance(ALICE), RICH - before);
	});
}

#[test]
fn set_curators_is_refused_when_it_makes_no_sense() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		dataset(Admission::Open);
		refused(ALICE, set_curators(2, &[BOB]), Error::<Test>::NotFound);
		refused(CAROL, set_curators(0, &[BOB]), Error::<Test>::NotAuthorized);
		refused(ALICE, set_curators(1, &[BOB]), Error::<Test>::NotCurated);
		refused(ALICE, set_curators(0, &[]), Error::<Test>::NoCurators);
		refused(ALICE, set_curators(0, &[BOB, BOB]), Error::<Test>::DuplicateCurator);
		let least = EXISTENTIAL_DEPOSIT;
		Balances::force_set_balance(RuntimeOrigin::root(), ALICE, least).unwrap();
		refused(ALICE, set_curators(0, &[BOB, CAROL]), TokenError::FundsUnavailable);
	});
}

#[test]
fn set_closed_is_refused_to_anyone_but_the_owner() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		refused(CAROL, Call::set_closed { dataset: 0, closed: true }, Error::<Test>::NotAuthorized);
		refused(ALICE, Call::set_closed { dataset: 1, closed: true }, Error::<Test>::NotFound);
		dispatch(ALICE, Call::set_closed { dataset: 0, closed: true }).unwrap();
		System::assert_last_event(Event::ClosedSet { dataset: 0, closed: true }.into());
		assert!(Stored::<Test>::get(0).unwrap().closed);
		dispatch(ALICE, Call::set_closed { dataset: 0, closed: false }).unwrap();
		System::assert_last_event(Event::ClosedSet { dataset: 0, closed: false }.into());
		assert!(!Stored::<Test>::get(0).unwrap().closed);
	});
}
