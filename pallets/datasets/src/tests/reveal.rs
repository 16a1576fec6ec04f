use sp_runtime::TokenError;
use tributary_primitives::blob::{open, Content, Opening};

use crate::{
	mock::*, Acceptance, Admission, Call, Commitments, Contribution, Contributions,
	Datasets as Stored, Entries, Error, Event, HoldReason, Roots,
};

#[test]
fn an_open_dataset_accepts_a_reveal_at_once() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = committed(BOB, 0, &Content::of(b"words"));
		pass(3);
		dispatch(BOB, reveal(seq, 0, b"words")).unwrap();

		let content = Content::of(b"words");
		let revealed = Event::Revealed { seq, dataset: 0, contributor: BOB, content };
		System::assert_has_event(revealed.into());
		System::assert_last_event(Event::Accepted { seq, dataset: 0, index: 0 }.into());
		assert_eq!(
			Contributions::<Test>::get(seq),
			Some(Contribution {
				contributor: BOB,
				dataset: 0,
				content,
				committed_at: 1,
				revealed_at: 4,
				accepted: Some(Acceptance { index: 0, at: 4 }),
				ended: None,
				deposit: CONTRIBUTION_DEPOSIT,
				withheld: None,
				synthetic: None,
				locks: 0,
			})
		);
		assert_eq!(Commitments::<Test>::get(seq), None);
		assert_eq!(Entries::<Test>::get(0, 0), Some(seq));
		assert_eq!(Roots::<Test>::get(content.root), Some(seq));
		assert_eq!(Stored::<Test>::get(0).unwrap().version, 1);
	});
}

#[test]
fn the_commit_deposit_comes_back_and_the_contribution_deposit_is_held() {
	test_ext(|| {
		dataset(Admission::Open);
		contributed(BOB, 0, b"words");
		assert_eq!(held(HoldReason::Commitment, BOB), 0);
		assert_eq!(held(HoldReason::Contribution, BOB), CONTRIBUTION_DEPOSIT);
		assert_eq!(Balances::free_balance(BOB), RICH - CONTRIBUTION_DEPOSIT);
	});
}

#[test]
fn the_greater_deposit_of_chain_and_dataset_is_held() {
	test_ext(|| {
		for asked in [CONTRIBUTION_DEPOSIT - 1, CONTRIBUTION_DEPOSIT + 1] {
			let mut call = create(Admission::Open);
			let Call::create { contribution_deposit, .. } = &mut call else { unreachable!() };
			*contribution_deposit = asked;
			dispatch(ALICE, call).unwrap();
		}
		contributed(BOB, 0, b"less");
		assert_eq!(held(HoldReason::Contribution, BOB), CONTRIBUTION_DEPOSIT);
		contributed(CAROL, 1, b"more");
		assert_eq!(held(HoldReason::Contribution, CAROL), CONTRIBUTION_DEPOSIT + 1);
	});
}

#[test]
fn indices_follow_the_order_of_acceptance_and_not_of_commitment() {
	test_ext(|| {
		dataset(Admission::Open);
		let first = committed(BOB, 0, &Content::of(b"first"));
		let second = contributed(CAROL, 0, b"second");
		dispatch(BOB, reveal(first, 0, b"first")).unwrap();
		assert_eq!(
			(Entries::<Test>::get(0, 0), Entries::<Test>::get(0, 1)),
			(Some(second), Some(first))
		);
	});
}

#[test]
fn reveal_is_refused_when_nothing_was_committed() {
	test_ext(|| {
		dataset(Admission::Open);
		refused(BOB, reveal(0, 0, b"words"), Error::<Test>::NotFound);
		let seq = contributed(BOB, 0, b"words");
		refused(BOB, reveal(seq, 0, b"words"), Error::<Test>::NotFound);
	});
}

#[test]
fn reveal_is_refused_when_another_account_committed() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = committed(BOB, 0, &Content::of(b"words"));
		pass(1);
		refused(CAROL, reveal(seq, 0, b"words"), Error::<Test>::NotAuthorized);
	});
}

#[test]
fn reveal_is_refused_in_the_block_of_the_commitment_and_after_the_window() {
	test_ext(|| {
		dataset(Admission::Open);
		let words = Content::of(b"words");
		let (early, last, late) = (
			committed(BOB, 0, &words),
			committed(BOB, 0, &words),
			committed(BOB, 0, &Content::of(b"b")),
		);
		refused(BOB, reveal(early, 0, b"words"), Error::<Test>::TooEarly);
		pass(REVEAL_WINDOW);
		dispatch(BOB, reveal(last, 0, b"words")).unwrap();
		pass(1);
		refused(BOB, reveal(late, 0, b"b"), Error::<Test>::TooLate);
	});
}

#[test]
fn reveal_is_refused_when_anything_differs_from_what_was_committed() {
	test_ext(|| {
		dataset(Admission::Open);
		dataset(Admission::Open);
		let seq = committed(BOB, 0, &Content::of(b"words"));
		pass(1);
		refused(BOB, reveal(seq, 1, b"words"), Error::<Test>::CommitmentMismatch);
		refused(BOB, reveal(seq, 0, b"wards"), Error::<Test>::CommitmentMismatch);
		let (content, tail) = blob(b"words");
		let salted = |salt| Call::reveal { seq, dataset: 0, content, salt, tail: tail.clone() };
		refused(BOB, salted([8; 32]), Error::<Test>::CommitmentMismatch);
		dispatch(BOB, salted(SALT)).unwrap();
	});
}

#[test]
fn a_commitment_of_another_chain_is_worth_nothing() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = committed(BOB, 0, &Content::of(b"words"));
		frame_system::BlockHash::<Test>::insert(
			0,
			<Test as frame_system::Config>::Hash::repeat_byte(1),
		);
		pass(1);
		refused(BOB, reveal(seq, 0, b"words"), Error::<Test>::CommitmentMismatch);
	});
}

#[test]
fn reveal_is_refused_when_there_is_no_such_dataset() {
	test_ext(|| {
		let seq = committed(BOB, 0, &Content::of(b"words"));
		pass(1);
		refused(BOB, reveal(seq, 0, b"words"), Error::<Test>::NotFound);
	});
}

#[test]
fn reveal_is_refused_while_the_dataset_is_closed() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = committed(BOB, 0, &Content::of(b"words"));
		pass(1);
		dispatch(ALICE, Call::set_closed { dataset: 0, closed: true }).unwrap();
		refused(BOB, reveal(seq, 0, b"words"), Error::<Test>::DatasetClosed);
		dispatch(ALICE, Call::set_closed { dataset: 0, closed: false }).unwrap();
		dispatch(BOB, reveal(seq, 0, b"words")).unwrap();
	});
}

#[test]
fn reveal_is_refused_when_the_content_is_empty() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = committed(BOB, 0, &Content::of(b""));
		pass(1);
		refused(BOB, reveal(seq, 0, b""), Error::<Test>::EmptyContent);
	});
}

#[test]
fn a_root_is_registered_once_and_the_first_is_named() {
	test_ext(|| {
		dataset(Admission::Open);
		dataset(curated(&[ALICE]));
		let first = contributed(BOB, 0, b"words");
		let second = committed(CAROL, 1, &Content::of(b"words"));
		pass(1);
		refused(CAROL, reveal(second, 1, b"words"), Error::<Test>::AlreadyRegistered);
		dispatch(BOB, Call::withdraw { seq: first }).unwrap();
		refused(CAROL, reveal(second, 1, b"words"), Error::<Test>::AlreadyRegistered);
		assert_eq!(Datasets::by_root(Content::of(b"words").root), Some(first));
	});
}

/// Asserts that a reveal of `content` with `tail` is refused, though it was committed so.
#[track_caller]
fn refused_opening(content: Content, tail: Opening, error: Error<Test>) {
	let seq = committed(BOB, 0, &content);
	pass(1);
	let tail = Box::new(tail);
	refused(BOB, Call::reveal { seq, dataset: 0, content, salt: SALT, tail }, error);
}

#[test]
fn reveal_is_refused_when_the_tail_is_wrong() {
	test_ext(|| {
		dataset(Admission::Open);
		let data: Vec<u8> = (0..10_000u32).map(|at| (at % 251) as u8).collect();
		let (content, tail) = blob(&data);

		let late = Opening { first_chunk: 10, ..(*tail).clone() };
		refused_opening(content, late, Error::OpeningOutOfRange);
		let early = Opening { first_chunk: 8, ..(*tail).clone() };
		refused_opening(content, early, Error::OpeningBadLength);
		let mut short = (*tail).clone();
		short.bytes.pop();
		refused_opening(content, short, Error::OpeningBadLength);
		let mut bare = (*tail).clone();
		bare.siblings.pop();
		refused_opening(content, bare, Error::OpeningBadSiblings);
		let mut spare = (*tail).clone();
		spare.siblings.try_push([0; 32]).unwrap();
		refused_opening(content, spare, Error::OpeningBadSiblings);
		let mut forged = (*tail).clone();
		forged.bytes[0] ^= 1;
		refused_opening(content, forged, Error::OpeningRootMismatch);
		let head = open(&data, 0, 8 * 1024).unwrap();
		refused_opening(content, head, Error::OpeningNotTail);
		refused_opening(Content::of(&data[1..]), *tail, Error::OpeningBadLength);
	});
}

#[test]
fn reveal_is_refused_when_the_length_is_off_by_one() {
	test_ext(|| {
		dataset(Admission::Open);
		for len in [1, 1_023, 1_024, 2_047, 2_048, 2_049, 10_000] {
			let (content, tail) = blob(&vec![9; len]);
			let longer = Content { len: content.len + 1, ..content };
			if len % 1_024 == 0 {
				// The blob would have one more chunk, which nothing opens.
				refused_opening(longer, *tail, Error::OpeningBadSiblings);
				continue;
			}
			refused_opening(longer, (*tail).clone(), Error::OpeningBadLength);
			let mut padded = (*tail).clone();
			padded.bytes.try_push(0).unwrap();
			refused_opening(longer, padded, Error::OpeningRootMismatch);
			if len % 1_024 == 1 {
				continue;
			}
			let shorter = Content { len: content.len - 1, ..content };
			let mut cut = (*tail).clone();
			cut.bytes.pop();
			refused_opening(shorter, cut, Error::OpeningRootMismatch);
			refused_opening(shorter, *tail, Error::OpeningBadLength);
		}
	});
}

#[test]
fn reveal_is_refused_when_the_deposit_cannot_be_paid() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = committed(BOB, 0, &Content::of(b"words"));
		pass(1);
		let least = EXISTENTIAL_DEPOSIT;
		Balances::force_set_balance(RuntimeOrigin::root(), BOB, least).unwrap();
		refused(BOB, reveal(seq, 0, b"words"), TokenError::FundsUnavailable);
		assert_eq!(held(HoldReason::Commitment, BOB), COMMIT_DEPOSIT);
	});
}

#[test]
fn reveal_is_refused_when_the_dataset_has_no_index_left() {
	test_ext(|| {
		dataset(Admission::Open);
		let set = |version| {
			Stored::<Test>::mutate(0, |dataset| dataset.as_mut().unwrap().version = version)
		};
		let seq = committed(BOB, 0, &Content::of(b"words"));
		pass(1);
		set(u32::MAX);
		refused(BOB, reveal(seq, 0, b"words"), Error::<Test>::NoNumberLeft);
		set(0);
	});
}
