use frame_support::{assert_noop, assert_storage_noop};
use sp_runtime::{ArithmeticError, DispatchError};
use tributary_primitives::{
	blob::Content,
	ids::Seq,
	traits::{Contributions as _, Sanctions as _, Slash},
	views::SuspensionCause as Cause,
};

use crate::{
	mock::*, Admission, Call, Contributions, Datasets as Stored, Ended, Ending, Error, Event,
	HoldReason,
};

const HALF: u128 = CONTRIBUTION_DEPOSIT / 2;
const NOTHING: Slash = Slash { slashed: 0, reward: 0 };

/// What became of the contribution `seq`.
fn end(seq: Seq) -> Option<Ended<u32>> {
	Contributions::<Test>::get(seq).unwrap().ended
}

/// Each sanction on `seq`, shown by `who`.
fn sanctions(seq: Seq, who: AccountId) -> [Box<dyn FnOnce() -> Result<Slash, DispatchError>>; 3] {
	[
		Box::new(move || Datasets::suspend_copy(seq, &who)),
		Box::new(move || Datasets::mark_synthetic(seq, served(0), &who)),
		Box::new(move || Datasets::withhold(seq, &who)),
	]
}

#[test]
fn a_copy_is_suspended_and_half_of_its_deposit_goes_to_the_challenger() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"words");
		let issuance = Balances::total_issuance();
		pass(5);
		let slash = Slash { slashed: CONTRIBUTION_DEPOSIT, reward: HALF };
		assert_eq!(Datasets::suspend_copy(seq, &CAROL), Ok(slash));
		let Slash { slashed, reward } = slash;
		let suspended = Event::Suspended { seq, dataset: 0, cause: Cause::Copy, slashed, reward };
		System::assert_last_event(suspended.into());
		assert_eq!(end(seq), Some(Ended { how: Ending::Suspended(Cause::Copy), at: 7 }));
		assert_eq!(held(HoldReason::Contribution, BOB), 0);
		assert_eq!(Balances::free_balance(BOB), RICH - CONTRIBUTION_DEPOSIT);
		assert_eq!(Balances::free_balance(CAROL), RICH + HALF);
		assert_eq!(Balances::total_issuance(), issuance - (CONTRIBUTION_DEPOSIT - HALF));
	});
}

#[test]
fn every_suspension_costs_the_deposit() {
	test_ext(|| {
		dataset(Admission::Open);
		let slash = Slash { slashed: CONTRIBUTION_DEPOSIT, reward: HALF };
		for (kind, data) in [b"a", b"b", b"c"].into_iter().enumerate() {
			let seq = contributed(BOB, 0, data);
			let [copy, synthetic, withheld] = sanctions(seq, CAROL);
			let (sanction, cause) = match kind {
				0 => (copy, Cause::Copy),
				1 => (synthetic, Cause::Synthetic),
				_ => (withheld, Cause::Withheld),
			};
			assert_eq!(sanction(), Ok(slash));
			assert_eq!(end(seq).unwrap().how, Ending::Suspended(cause));
		}
		assert_eq!(Balances::free_balance(BOB), RICH - 3 * CONTRIBUTION_DEPOSIT);
		assert_eq!(Balances::free_balance(CAROL), RICH + 3 * HALF);
	});
}

#[test]
fn a_suspension_is_told_once_with_the_whole_deposit() {
	test_ext(|| {
		dataset(Admission::Open);
		for (kind, data) in (0..).zip([b"a", b"b", b"c"]) {
			let seq = contributed(BOB, 0, data);
			for who in [BOB, CAROL] {
				let [copy, synthetic, withheld] = sanctions(seq, who);
				[copy, synthetic, withheld].into_iter().nth(kind).unwrap()().unwrap();
			}
			Datasets::withhold(seq, &CAROL).unwrap();
			assert_eq!(Slashed::get(), vec![(BOB, CONTRIBUTION_DEPOSIT); kind + 1]);
		}
	});
}

#[test]
fn what_is_lost_without_a_proof_is_not_told_and_neither_is_what_has_no_consequence() {
	test_ext(|| {
		dataset_that_passes_through();
		let seq = contributed(BOB, 0, b"words");
		assert_eq!(Datasets::mark_synthetic(seq, served(0), &CAROL), Ok(NOTHING));
		dispatch(BOB, Call::withdraw { seq }).unwrap();
		assert_eq!(Datasets::withhold(seq, &CAROL), Ok(NOTHING));
		let late = committed(BOB, 0, &Content::of(b"late"));
		pass(REVEAL_WINDOW + 1);
		dispatch(CAROL, Call::expire { seq: late }).unwrap();
		assert_eq!(Slashed::get(), []);
	});
}

#[test]
fn a_half_that_could_not_exist_is_burned_too() {
	test_ext(|| {
		let mut asks_more = create(Admission::Open);
		let Call::create { contribution_deposit, .. } = &mut asks_more else { unreachable!() };
		*contribution_deposit = 2 * EXISTENTIAL_DEPOSIT;
		dataset(Admission::Open);
		dispatch(ALICE, asks_more).unwrap();
		let (less, more) = (contributed(BOB, 0, b"less"), contributed(BOB, 1, b"more"));

		let issuance = Balances::total_issuance();
		let slash = Slash { slashed: CONTRIBUTION_DEPOSIT, reward: 0 };
		assert_eq!(Datasets::suspend_copy(less, &NOBODY), Ok(slash));
		assert_eq!(Balances::total_issuance(), issuance - CONTRIBUTION_DEPOSIT);
		assert_eq!(Balances::free_balance(NOBODY), 0);

		let slash = Slash { slashed: 2 * EXISTENTIAL_DEPOSIT, reward: EXISTENTIAL_DEPOSIT };
		assert_eq!(Datasets::suspend_copy(more, &NOBODY), Ok(slash));
		assert_eq!(Balances::free_balance(NOBODY), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn who_shows_what_is_wrong_with_its_own_contribution_loses_half() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"words");
		Datasets::suspend_copy(seq, &BOB).unwrap();
		assert_eq!(Balances::free_balance(BOB), RICH - (CONTRIBUTION_DEPOSIT - HALF));
	});
}

#[test]
fn a_suspended_contribution_is_out_of_the_corpus_from_that_block_on() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"words");
		pass(5);
		Datasets::suspend_copy(seq, &CAROL).unwrap();
		let facts = Datasets::contribution(seq).unwrap();
		let accepted: Vec<u32> = (0..10).filter(|block| facts.accepted_as_of(*block)).collect();
		assert_eq!(accepted, [2, 3, 4, 5, 6]);
	});
}

#[test]
fn a_suspended_contribution_keeps_its_root_and_its_index() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"words");
		Datasets::suspend_copy(seq, &CAROL).unwrap();
		assert_eq!(Datasets::by_root(Content::of(b"words").root), Some(seq));
		assert_eq!(Datasets::entry(0, 0), Some(seq));
		assert_eq!(Stored::<Test>::get(0).unwrap().version, 1);
		refused(BOB, Call::withdraw { seq }, Error::<Test>::AlreadyEnded);
	});
}

#[test]
fn a_contribution_that_waits_for_a_curator_may_be_suspended() {
	test_ext(|| {
		dataset(curated(&[ALICE]));
		let seq = contributed(BOB, 0, b"words");
		Datasets::suspend_copy(seq, &CAROL).unwrap();
		refused(ALICE, Call::accept { seq }, Error::<Test>::NotPending);
		refused(ALICE, Call::reject { seq }, Error::<Test>::NotPending);
	});
}

#[test]
fn what_has_ended_is_neither_suspended_nor_marked() {
	test_ext(|| {
		dataset(curated(&[ALICE]));
		let passes = dataset_that_passes_through();
		let seqs = [&b"a"[..], b"b"].map(|data| contributed(BOB, 0, data));
		dispatch(BOB, Call::withdraw { seq: seqs[0] }).unwrap();
		dispatch(ALICE, Call::reject { seq: seqs[1] }).unwrap();
		let [copy, gone] = [&b"c"[..], b"d"].map(|data| contributed(BOB, passes, data));
		Datasets::suspend_copy(copy, &CAROL).unwrap();
		Datasets::withhold(gone, &CAROL).unwrap();
		for seq in [seqs[0], seqs[1], copy, gone] {
			let [copy, synthetic, _] = sanctions(seq, CAROL);
			assert_storage_noop!(assert_eq!(copy(), Ok(NOTHING)));
			assert_storage_noop!(assert_eq!(synthetic(), Ok(NOTHING)));
		}
	});
}

#[test]
fn a_dataset_that_refuses_synthetic_contributions_suspends_them() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"words");
		Datasets::mark_synthetic(seq, served(6), &CAROL).unwrap();
		let marked =
			Event::MarkedSynthetic { seq, dataset: 0, model: 3, epoch: 4, receipt: 5, item: 6 };
		System::assert_has_event(marked.into());
		let (slashed, reward) = (CONTRIBUTION_DEPOSIT, HALF);
		let cause = Cause::Synthetic;
		System::assert_last_event(
			Event::Suspended { seq, dataset: 0, cause, slashed, reward }.into(),
		);
		assert_eq!(Contributions::<Test>::get(seq).unwrap().synthetic, Some(served(6)));
		assert_eq!(Datasets::contribution(seq).unwrap().synthetic, None);
	});
}

#[test]
fn a_dataset_that_passes_credit_through_keeps_them_and_their_deposit() {
	test_ext(|| {
		let dataset = dataset_that_passes_through();
		let seq = contributed(BOB, dataset, b"words");
		assert_eq!(Datasets::mark_synthetic(seq, served(6), &CAROL), Ok(NOTHING));
		let marked =
			Event::MarkedSynthetic { seq, dataset, model: 3, epoch: 4, receipt: 5, item: 6 };
		System::assert_last_event(marked.into());
		assert_eq!(end(seq), None);
		assert_eq!(held(HoldReason::Contribution, BOB), CONTRIBUTION_DEPOSIT);
		let facts = Datasets::contribution(seq).unwrap();
		assert_eq!(facts.synthetic, Some(served(6)));
		assert!(facts.accepted_as_of(1_000));

		dispatch(BOB, Call::withdraw { seq }).unwrap();
		assert_eq!(Datasets::contribution(seq).unwrap().synthetic, Some(served(6)));
	});
}

#[test]
fn the_first_output_that_a_contribution_was_shown_to_repeat_stands() {
	test_ext(|| {
		let dataset = dataset_that_passes_through();
		let seq = contributed(BOB, dataset, b"words");
		Datasets::mark_synthetic(seq, served(0), &CAROL).unwrap();
		assert_storage_noop!(assert_eq!(
			Datasets::mark_synthetic(seq, served(1), &CAROL),
			Ok(NOTHING)
		));
	});
}

#[test]
fn a_synthetic_contribution_may_be_suspended_as_a_copy_or_withheld() {
	test_ext(|| {
		let dataset = dataset_that_passes_through();
		let [copy, gone] = [&b"a"[..], b"b"].map(|data| contributed(BOB, dataset, data));
		for seq in [copy, gone] {
			Datasets::mark_synthetic(seq, served(0), &CAROL).unwrap();
		}
		Datasets::suspend_copy(copy, &CAROL).unwrap();
		Datasets::withhold(gone, &CAROL).unwrap();
		assert_eq!(end(copy).unwrap().how, Ending::Suspended(Cause::Copy));
		assert_eq!(end(gone).unwrap().how, Ending::Suspended(Cause::Withheld));
		assert_eq!(Datasets::contribution(copy).unwrap().synthetic, Some(served(0)));
	});
}

#[test]
fn a_withheld_contribution_is_suspended_and_stays_withheld() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"words");
		pass(5);
		let slash = Slash { slashed: CONTRIBUTION_DEPOSIT, reward: HALF };
		assert_eq!(Datasets::withhold(seq, &CAROL), Ok(slash));
		System::assert_last_event(Event::Withheld { seq }.into());
		let Slash { slashed, reward } = slash;
		let cause = Cause::Withheld;
		System::assert_has_event(
			Event::Suspended { seq, dataset: 0, cause, slashed, reward }.into(),
		);
		assert_eq!(Datasets::contribution(seq).unwrap().withheld_at, Some(7));
		pass(1);
		assert_storage_noop!(assert_eq!(Datasets::withhold(seq, &CAROL), Ok(NOTHING)));
	});
}

#[test]
fn what_has_ended_is_withheld_too_but_costs_nothing_more() {
	test_ext(|| {
		dataset(Admission::Open);
		let [withdrawn, copy] = [&b"a"[..], b"b"].map(|data| contributed(BOB, 0, data));
		dispatch(BOB, Call::withdraw { seq: withdrawn }).unwrap();
		Datasets::suspend_copy(copy, &CAROL).unwrap();
		pass(5);
		for (seq, how) in [(withdrawn, Ending::Withdrawn), (copy, Ending::Suspended(Cause::Copy))] {
			assert_eq!(Datasets::withhold(seq, &CAROL), Ok(NOTHING));
			System::assert_last_event(Event::Withheld { seq }.into());
			assert_eq!(end(seq), Some(Ended { how, at: 3 }));
			assert_eq!(Datasets::contribution(seq).unwrap().withheld_at, Some(8));
		}
	});
}

#[test]
fn a_locked_contribution_is_neither_withdrawn_nor_rejected() {
	test_ext(|| {
		dataset(Admission::Open);
		dataset(curated(&[ALICE]));
		let (accepted, pending) = (contributed(BOB, 0, b"a"), contributed(BOB, 1, b"b"));
		let withdraw = |seq| (BOB, Call::withdraw { seq });
		let calls = [withdraw(accepted), withdraw(pending), (ALICE, Call::reject { seq: pending })];
		for seq in [accepted, pending] {
			Datasets::lock(seq).unwrap();
			Datasets::lock(seq).unwrap();
			Datasets::unlock(seq);
		}
		for (who, call) in calls {
			refused(who, call, Error::<Test>::Locked);
		}
		for seq in [accepted, pending] {
			Datasets::unlock(seq);
		}
		dispatch(BOB, Call::withdraw { seq: accepted }).unwrap();
		dispatch(ALICE, Call::reject { seq: pending }).unwrap();
	});
}

#[test]
fn a_locked_contribution_is_accepted_and_suspended_all_the_same() {
	test_ext(|| {
		dataset(curated(&[ALICE]));
		let seq = contributed(BOB, 0, b"words");
		Datasets::lock(seq).unwrap();
		dispatch(ALICE, Call::accept { seq }).unwrap();
		Datasets::suspend_copy(seq, &CAROL).unwrap();
		Datasets::lock(seq).unwrap();
		assert_eq!(Contributions::<Test>::get(seq).unwrap().locks, 2);
	});
}

#[test]
fn more_locks_than_can_be_counted_are_refused() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"words");
		Contributions::<Test>::mutate_extant(seq, |contribution| contribution.locks = u32::MAX);
		assert_noop!(Datasets::lock(seq), ArithmeticError::Overflow);
	});
}

#[test]
fn unlocking_what_is_not_locked_changes_nothing() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"words");
		for seq in [seq, seq + 1] {
			assert_storage_noop!(Datasets::unlock(seq));
		}
	});
}

#[test]
fn what_was_never_revealed_is_not_found() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = committed(BOB, 0, &Content::of(b"words"));
		for seq in [seq, seq + 1] {
			assert_noop!(Datasets::lock(seq), Error::<Test>::NotFound);
			for sanction in sanctions(seq, CAROL) {
				assert_noop!(sanction(), Error::<Test>::NotFound);
			}
		}
	});
}
