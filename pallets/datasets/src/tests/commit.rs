use sp_runtime::TokenError;

use crate::{mock::*, Call, Commitment, Commitments, Error, Event, HoldReason, NextSeq};

#[test]
fn commitments_take_places_in_one_order_for_the_whole_chain() {
	test_ext(|| {
		for (seq, who) in [BOB, CAROL, BOB].into_iter().enumerate() {
			let (seq, hash) = (seq as u64, [seq as u8; 32]);
			dispatch(who, Call::commit { hash }).unwrap();
			System::assert_last_event(Event::Committed { seq, contributor: who, hash }.into());
			assert_eq!(
				Commitments::<Test>::get(seq),
				Some(Commitment {
					contributor: who,
					hash,
					committed_at: 1,
					deposit: COMMIT_DEPOSIT
				})
			);
			assert_eq!(NextSeq::<Test>::get(), seq + 1);
		}
		assert_eq!(held(HoldReason::Commitment, BOB), 2 * COMMIT_DEPOSIT);
		assert_eq!(held(HoldReason::Commitment, CAROL), COMMIT_DEPOSIT);
		assert_eq!(Balances::free_balance(BOB), RICH - 2 * COMMIT_DEPOSIT);
	});
}

#[test]
fn the_same_hash_may_be_committed_twice() {
	test_ext(|| {
		dispatch(BOB, Call::commit { hash: [1; 32] }).unwrap();
		dispatch(CAROL, Call::commit { hash: [1; 32] }).unwrap();
		assert_eq!(NextSeq::<Test>::get(), 2);
	});
}

#[test]
fn commit_is_refused_when_the_deposit_cannot_be_paid() {
	test_ext(|| refused(PAUPER, Call::commit { hash: [1; 32] }, TokenError::FundsUnavailable));
}

#[test]
fn commit_is_refused_when_no_number_is_left() {
	test_ext(|| {
		NextSeq::<Test>::put(u64::MAX);
		refused(BOB, Call::commit { hash: [1; 32] }, Error::<Test>::NoNumberLeft);
	});
}
