use sp_runtime::{traits::Dispatchable, DispatchError, Perbill, TokenError};
use tributary_primitives::blob::{open, Content, Opening};

use crate::{mock::*, Admission, Call, Datasets as Stored, Error, Event, HoldReason, NextDataset};

/// `create(admission)` with some of its arguments replaced.
macro_rules! changed {
	($admission:expr, $($field:ident = $value:expr),+) => {{
		let mut call = create($admission);
		$({
			let value = $value;
			let Call::create { $field, .. } = &mut call else { unreachable!() };
			*$field = value;
		})+
		call
	}};
}

#[test]
fn ids_count_from_zero_and_the_owner_is_the_signer() {
	test_ext(|| {
		assert_eq!(dataset(Admission::Open), 0);
		System::assert_last_event(Event::Created { dataset: 0, owner: ALICE }.into());
		assert_eq!(dataset(curated(&[BOB])), 1);
		System::assert_last_event(Event::Created { dataset: 1, owner: ALICE }.into());
		assert_eq!(NextDataset::<Test>::get(), 2);
		let stored = Stored::<Test>::get(1).unwrap();
		assert_eq!((stored.depositor, stored.version, stored.closed), (ALICE, 0, false));
		assert_eq!((owner(1), owner(2)), (Some(ALICE), None));
		assert_eq!(stored.terms.admission, curated(&[BOB]));
	});
}

#[test]
fn the_deposit_grows_with_the_record() {
	test_ext(|| {
		dataset(Admission::Open);
		let open = held(HoldReason::Dataset, ALICE);
		assert!(open > 1_000);
		assert_eq!(Balances::free_balance(ALICE), RICH - open);
		// One byte for the number of curators and eight for each of the two.
		dataset(curated(&[BOB, CAROL]));
		assert_eq!(held(HoldReason::Dataset, ALICE), open + open + 10 * 17);
	});
}

#[test]
fn create_is_refused_when_the_deposit_cannot_be_paid() {
	test_ext(|| refused(PAUPER, create(Admission::Open), TokenError::FundsUnavailable));
}

#[test]
fn create_is_refused_when_the_licence_is_empty_or_not_printable() {
	test_ext(|| {
		for licence in [&b""[..], b"MIT\n", b"\xc3\xa9", b"\x7f"] {
			let licence = licence.to_vec().try_into().unwrap();
			let call = changed!(Admission::Open, licence = licence);
			refused(ALICE, call, Error::<Test>::BadLicence);
		}
		let licence = b"Apache-2.0 OR MIT ~".to_vec().try_into().unwrap();
		dispatch(ALICE, changed!(Admission::Open, licence = licence)).unwrap();
	});
}

#[test]
fn create_is_refused_when_an_open_dataset_shares() {
	test_ext(|| {
		let share = Perbill::from_parts(1);
		let call = changed!(Admission::Open, curator_share = share);
		refused(ALICE, call, Error::<Test>::ShareWithoutCurators);
		dispatch(ALICE, changed!(curated(&[BOB]), curator_share = share)).unwrap();
	});
}

#[test]
fn create_is_refused_when_no_curator_or_one_twice_is_named() {
	test_ext(|| {
		refused(ALICE, create(curated(&[])), Error::<Test>::NoCurators);
		for twice in [&[BOB, BOB][..], &[BOB, CAROL, BOB]] {
			refused(ALICE, create(curated(twice)), Error::<Test>::DuplicateCurator);
		}
	});
}

#[test]
fn create_is_refused_when_the_metadata_tail_is_wrong() {
	test_ext(|| {
		let data = [5; 2_500];
		let (content, tail) = blob(&data);
		let with = |metadata: Content, tail: &Opening| {
			let tail = Box::new(tail.clone());
			changed!(Admission::Open, metadata = metadata, metadata_tail = tail)
		};
		let mut late = (*tail).clone();
		late.first_chunk = 3;
		refused(ALICE, with(content, &late), Error::<Test>::OpeningOutOfRange);
		for len in [content.len - 1, content.len + 1] {
			let off = Content { len, ..content };
			refused(ALICE, with(off, &tail), Error::<Test>::OpeningBadLength);
		}
		let mut bare = (*tail).clone();
		bare.siblings.pop();
		refused(ALICE, with(content, &bare), Error::<Test>::OpeningBadSiblings);
		let other = Content { root: [1; 32], ..content };
		refused(ALICE, with(other, &tail), Error::<Test>::OpeningRootMismatch);
		let head = open(&data, 0, 1).unwrap();
		refused(ALICE, with(content, &head), Error::<Test>::OpeningNotTail);
		dispatch(ALICE, with(content, &tail)).unwrap();
	});
}

#[test]
fn metadata_may_be_empty() {
	test_ext(|| {
		let (metadata, tail) = blob(b"");
		let call = changed!(Admission::Open, metadata = metadata, metadata_tail = tail);
		dispatch(ALICE, call).unwrap();
	});
}

#[test]
fn create_is_refused_when_its_title_exists() {
	test_ext(|| {
		sell(0, BOB);
		refused(ALICE, create(Admission::Open), DispatchError::Other("the title exists"));
	});
}

#[test]
fn create_is_refused_when_no_id_is_left() {
	test_ext(|| {
		NextDataset::<Test>::put(u32::MAX);
		refused(ALICE, create(Admission::Open), Error::<Test>::NoNumberLeft);
		NextDataset::<Test>::put(0);
	});
}

#[test]
fn every_call_wants_a_signature() {
	test_ext(|| {
		let seq = committed(BOB, 0, &Content::of(b"x"));
		for call in [
			create(Admission::Open),
			Call::commit { hash: [0; 32] },
			reveal(seq, 0, b"x"),
			Call::accept { seq },
			Call::reject { seq },
			Call::withdraw { seq },
			Call::expire { seq },
			Call::set_curators { dataset: 0, curators: curators(&[BOB]) },
			Call::set_closed { dataset: 0, closed: true },
		] {
			let refusal = RuntimeCall::from(call).dispatch(RuntimeOrigin::none()).unwrap_err();
			assert_eq!(refusal.error, DispatchError::BadOrigin);
		}
	});
}
