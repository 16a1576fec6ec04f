use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use sp_runtime::DispatchError;
use tributary_primitives::{fault::Fault, report::MAX_UNSEEN};

use super::fixture::*;
use crate::{mock::*, Error, Event, Reports};

/// [`run_closed`], with `count` more sources in the corpus, of which the first is 3.
fn run_with(count: u64, test: impl FnOnce()) {
	run_closed(|| {
		for seq in 2..2 + count {
			contribute(seq, DAVE, &text(seq, 40), Some(seq as u32));
		}
		Corpora::insert(MODEL, DATASET, 2 + count as u32);
		test();
	});
}

#[test]
fn unseen_sources_are_recorded_and_demanded_for_the_attributor() {
	run_with(2, || {
		assert_ok!(Draft::of_world().post_unseen(ALICE, &[2, 4]));
		assert_eq!(Attribution::report_view(MODEL, EPOCH).unwrap().unseen, [2, 4]);
		assert_eq!(Drawn::get(), Some(vec![(ALICE, 1), (ALICE, 3)]));
	});
}

#[test]
fn each_unseen_source_adds_to_the_deposit() {
	run_with(2, || {
		assert_ok!(Draft::of_world().post_unseen(ALICE, &[2, 4]));
		assert_eq!(deposit_of(ALICE), report_deposit_of(2));
		assert_eq!(deposit_of(ALICE), report_deposit() + 2 * 8 * DepositPerByte::get());
	});
}

#[test]
fn as_many_unseen_sources_as_there_may_be_are_taken() {
	run_with(u64::from(MAX_UNSEEN), || {
		let unseen: Vec<u64> = (3..).take(MAX_UNSEEN as usize).collect();
		assert_ok!(Draft::of_world().post_unseen(ALICE, &unseen));
		assert_eq!(Drawn::get().unwrap().len(), MAX_UNSEEN as usize);
	});
}

#[test]
fn unseen_sources_that_do_not_ascend_are_refused() {
	run_with(2, || {
		let draft = Draft::of_world();
		for unseen in [&[4, 2][..], &[2, 2], &[0], &[0, 2]] {
			assert_noop!(draft.post_unseen(ALICE, unseen), Error::<Test>::UnseenNotSorted);
		}
	});
}

#[test]
fn unseen_sources_out_of_the_corpus_are_refused() {
	run_with(2, || {
		Contributed::mutate(2, |third| third.as_mut().unwrap().ended_at = Some(1));
		Contributed::mutate(3, |fourth| fourth.as_mut().unwrap().withheld_at = Some(1));
		let draft = Draft::of_world();
		for unseen in [&[3][..], &[4], &[1, 5], &[u64::MAX]] {
			assert_noop!(draft.post_unseen(ALICE, unseen), Error::<Test>::UnseenNotInCorpus);
		}
	});
}

#[test]
fn a_report_whose_demands_fail_is_refused() {
	run_with(2, || {
		Undemandable::put(1);
		assert_noop!(
			Draft::of_world().post_unseen(ALICE, &[1, 2]),
			DispatchError::Other("the account can not hold the deposits")
		);
	});
}

#[test]
fn a_prior_fault_about_an_unseen_source_slashes_nothing_and_burns_the_storage_deposit() {
	let (draft, fault) = hidden();
	run_closed(|| {
		assert_ok!(draft.post_unseen(ALICE, &[1]));
		let issuance = Balances::total_issuance();
		let forfeited = deposit_of(ALICE);
		assert_ok!(submit(0, fault));
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), None);
		assert_eq!((bond_of(ALICE), Attribution::locked(&ALICE)), (Bond::get(), 0));
		assert_eq!(deposit_of(ALICE), 0);
		assert_eq!(Balances::balance(&EVE), ENDOWMENT);
		assert_eq!(Balances::total_issuance(), issuance - forfeited);
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT - forfeited);
		assert_eq!(
			events().last(),
			Some(&Event::Voided {
				report: 0,
				model: MODEL,
				epoch: EPOCH,
				attributor: ALICE,
				challenger: EVE,
				slashed: 0,
				reward: 0,
				forfeited,
			})
		);
		assert_ok!(Draft::of_world().post(ALICE));
	});
}

#[test]
fn a_prior_fault_about_a_seen_source_slashes_whatever_else_is_unseen() {
	let (draft, fault) = hidden();
	run_closed(|| {
		assert_ok!(draft.post_unseen(ALICE, &[2]));
		assert_ok!(submit(0, fault));
		assert_eq!(bond_of(ALICE), 0);
		assert!(matches!(events().last(), Some(Event::Voided { forfeited: 0, .. })));
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT - Bond::get());
	});
}

#[test]
fn a_source_that_was_withheld_since_costs_no_deposit_listed_or_not() {
	let draft = Draft::of_world();
	let fault = Fault::Foreign { entry: draft.entry(0, 1) };
	for unseen in [&[1][..], &[]] {
		run_closed(|| {
			assert_ok!(draft.post_unseen(ALICE, unseen));
			Contributed::mutate(0, |first| {
				first.as_mut().unwrap().withheld_at = Some(REPORT_BLOCK);
			});
			assert_ok!(submit(0, fault.clone()));
			assert!(matches!(events().last(), Some(Event::Voided { forfeited: 0, .. })));
			assert_eq!(Balances::balance(&ALICE), ENDOWMENT - Bond::get());
		});
	}
}

#[test]
fn unseen_sources_excuse_nothing_but_their_windows() {
	for lie in super::faults::lies() {
		let mut draft = Draft::of_world();
		(lie.tell)(&mut draft);
		let fault = (lie.fault)(&draft);
		let excused = matches!(fault, Fault::Prior { .. });
		run_closed(|| {
			assert_ok!(draft.post_unseen(ALICE, &[1, 2]));
			assert_ok!(submit(0, fault));
			assert_eq!(bond_of(ALICE) > 0, excused);
			let shown = |event: &Event<Test>| matches!(event, Event::Voided { forfeited, .. } if *forfeited > 0);
			assert_eq!(events().iter().any(shown), excused);
		});
	}
}
