use codec::Encode;
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{GetDispatchInfo, Pays},
	pallet_prelude::{
		InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
	},
	traits::{fungible::Inspect, Authorize},
};
use sp_runtime::{
	traits::{Applyable, Checkable},
	ApplyExtrinsicResult, DispatchError,
};
use tributary_primitives::blob::{self, Opening};

use super::fixture::*;
use crate::{mock::*, refusal, Call, Demands, Error, Event, Pending};

fn call(demand: u64, opening: &Opening) -> RuntimeCall {
	RuntimeCall::Availability(Call::answer { demand, opening: Box::new(opening.clone()) })
}

fn authorise(demand: u64, opening: &Opening) -> Result<ValidTransaction, TransactionValidityError> {
	let answer = call(demand, opening).authorize(TransactionSource::External);
	answer.expect("answers are authorised").map(|(validity, _)| validity)
}

fn refused(code: u8) -> TransactionValidityError {
	InvalidTransaction::Custom(code).into()
}

fn apply(extrinsic: UncheckedExtrinsic) -> ApplyExtrinsicResult {
	let info = extrinsic.get_dispatch_info();
	let len = extrinsic.encoded_size();
	let checked =
		Checkable::check(extrinsic, &frame_system::ChainContext::<Test>::default()).unwrap();
	let result = checked.apply::<Test>(&info, len)?;
	Ok(result.map(|_| ()).map_err(|error| error.error))
}

/// Applies `call` as a block does with a general transaction, that is one without a signature.
fn apply_unsigned(call: RuntimeCall) -> ApplyExtrinsicResult {
	apply(UncheckedExtrinsic::new_transaction(call, (frame_system::AuthorizeCall::new(),)))
}

/// The world in which Dave demands chunk 3 of Bob's contribution.
fn run_demanded(test: impl FnOnce()) {
	run_reported(|| {
		assert_ok!(demand(DAVE, contribution(0), 3));
		test();
	});
}

fn shown() -> Opening {
	open(&source(0), 3)
}

#[test]
fn an_answer_pays_the_respondent_whoever_shows_the_chunk() {
	run_demanded(|| {
		assert_eq!(apply_unsigned(call(0, &shown())), Ok(Ok(())));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + 100);
		assert_eq!(Balances::balance(&DAVE), ENDOWMENT - 100);
		assert_eq!(held(DAVE), 0);
		assert_eq!(Demands::<Test>::iter().count(), 0);
		assert_eq!(Pending::<Test>::iter().count(), 0);
		assert_eq!(
			events()[1],
			Event::Answered {
				demand: 0,
				blob: contribution(0),
				chunk: 3,
				respondent: BOB,
				paid: 100
			}
		);
	});
}

#[test]
fn who_demands_of_oneself_gets_the_deposit_back() {
	run_reported(|| {
		assert_ok!(demand(BOB, contribution(0), 3));
		assert_eq!(apply_unsigned(call(0, &shown())), Ok(Ok(())));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT);
		assert_eq!(held(BOB), 0);
	});
}

#[test]
fn what_the_respondent_could_not_exist_with_is_burned() {
	run_reported(|| {
		change(0, |contribution| contribution.contributor = 99);
		DemandDeposit::set(EXISTENTIAL_DEPOSIT - 1);
		assert_ok!(demand(DAVE, contribution(0), 3));
		DemandDeposit::set(EXISTENTIAL_DEPOSIT);
		assert_ok!(demand(DAVE, contribution(0), 4));
		assert_ok!(answer(0));
		assert_eq!(Balances::balance(&99), 0);
		assert_eq!(Balances::total_issuance(), 6 * ENDOWMENT - (EXISTENTIAL_DEPOSIT - 1));
		assert!(matches!(events()[2], Event::Answered { respondent: 99, paid: 0, .. }));
		assert_ok!(answer(1));
		assert_eq!(Balances::balance(&99), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn a_deposit_is_what_it_was_when_the_chunk_was_demanded() {
	run_demanded(|| {
		DemandDeposit::set(7);
		assert_ok!(demand(DAVE, contribution(0), 4));
		assert_eq!(held(DAVE), 107);
		assert_ok!(answer(0));
		assert_eq!(held(DAVE), 7);
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + 100);
	});
}

#[test]
fn an_answer_may_hold_more_chunks_than_the_demanded_one() {
	run_demanded(|| {
		let opening = blob::open(&source(0), 1_024, 3_976).unwrap();
		assert_eq!(apply_unsigned(call(0, &opening)), Ok(Ok(())));
	});
}

#[test]
fn every_chunk_of_every_blob_has_an_answer() {
	let outputs = (0..20).map(|item| output_of(1, item));
	let blobs = [entries_of(REPORT), payouts_of(REPORT), items_of(0), items_of(1), output_of(0, 0)]
		.into_iter()
		.chain([contribution(0), contribution(1), output_of(0, 1)])
		.chain(outputs);
	run_reported(|| {
		let mut demands = 0;
		for blob in blobs {
			for chunk in 0..bytes_of(&blob).len().div_ceil(1_024) as u64 {
				assert_ok!(demand(DAVE, blob, chunk));
				let opening = open(&bytes_of(&blob), chunk);
				assert_eq!(apply_unsigned(call(demands, &opening)), Ok(Ok(())));
				demands += 1;
			}
		}
		assert_eq!(demands, 37);
	});
}

#[test]
fn an_answer_is_one_transaction_for_each_demand() {
	run_demanded(|| {
		let validity = authorise(0, &shown()).unwrap();
		assert_eq!(validity.provides, [("AvailabilityAnswer", 0u64).encode()]);
		assert!(validity.requires.is_empty());
		assert!(validity.propagate);
		assert_eq!(validity.priority, crate::ANSWER_PRIORITY);
	});
}

#[test]
fn an_answer_does_not_outlive_its_demand_in_the_pool() {
	run_demanded(|| {
		assert_eq!(authorise(0, &shown()).unwrap().longevity, u64::from(ANSWER_WINDOW) + 1);
		System::set_block_number(REPORT_BLOCK + ANSWER_WINDOW);
		assert_eq!(authorise(0, &shown()).unwrap().longevity, 1);
		System::set_block_number(REPORT_BLOCK + ANSWER_WINDOW + 1);
		assert_eq!(authorise(0, &shown()), Err(refused(refusal::ANSWER_OVER)));
		assert_eq!(apply_unsigned(call(0, &shown())), Err(refused(refusal::ANSWER_OVER)));
	});
}

#[test]
fn an_answer_is_given_once() {
	run_demanded(|| {
		assert_eq!(apply_unsigned(call(0, &shown())), Ok(Ok(())));
		assert_eq!(authorise(0, &shown()), Err(refused(refusal::NO_DEMAND)));
		assert_eq!(apply_unsigned(call(0, &shown())), Err(refused(refusal::NO_DEMAND)));
		assert_eq!(authorise(1, &shown()), Err(refused(refusal::NO_DEMAND)));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + 100);
	});
}

#[test]
fn an_answer_that_shows_nothing_has_the_code_of_its_opening() {
	run_demanded(|| {
		let mut late = shown();
		late.first_chunk = 5;
		let mut short = shown();
		short.bytes.pop();
		let mut bare = shown();
		bare.siblings.pop();
		let mut flipped = shown();
		flipped.bytes[0] ^= 1;
		let elsewhere = open(&source(0), 2);
		for (opening, code) in [
			(late, 16),
			(short, 17),
			(bare, 18),
			(flipped, 19),
			(open(&text(9, 5_000), 3), 19),
			(elsewhere, 21),
		] {
			assert_eq!(authorise(0, &opening), Err(refused(code)));
			assert_eq!(apply_unsigned(call(0, &opening)), Err(refused(code)));
		}
		assert_eq!(held(DAVE), 100);
	});
}

#[test]
fn dispatch_trusts_no_earlier_authorisation() {
	run_demanded(|| {
		let elsewhere = open(&source(0), 2);
		let answer = |opening| Availability::answer(authorised(), 0, Box::new(opening));
		assert_noop!(answer(elsewhere), Error::<Test>::OpeningNotCovered);
		assert_noop!(answer(Opening::default()), Error::<Test>::OpeningBadLength);
		assert_noop!(
			Availability::answer(RuntimeOrigin::signed(BOB), 0, Box::new(shown())),
			DispatchError::BadOrigin
		);
		assert_noop!(
			Availability::answer(RuntimeOrigin::none(), 0, Box::new(shown())),
			DispatchError::BadOrigin
		);
		System::set_block_number(REPORT_BLOCK + ANSWER_WINDOW + 1);
		assert_noop!(answer(shown()), Error::<Test>::AnswerOver);
	});
}

#[test]
fn a_signed_answer_is_refused_and_charged() {
	run_demanded(|| {
		let extensions = (frame_system::AuthorizeCall::new(),);
		let signed = UncheckedExtrinsic::new_signed(call(0, &shown()), BOB, BOB.into(), extensions);
		assert_eq!(signed.get_dispatch_info().pays_fee, Pays::Yes);
		assert_eq!(apply(signed), Ok(Err(DispatchError::BadOrigin)));
		assert!(Demands::<Test>::contains_key(0));
	});
}

#[test]
fn an_answer_weighs_by_what_there_is_to_hash() {
	let small = call(0, &open(&text(1, 100), 0));
	let large = call(0, &blob::open(&text(1, 50_000), 8_192, 8_192).unwrap());
	let weight = |call: &RuntimeCall| call.get_dispatch_info().call_weight.ref_time();
	assert!(weight(&large) > weight(&small));
	assert!(large.weight_of_authorize().ref_time() > small.weight_of_authorize().ref_time());
}

#[test]
fn a_chunk_is_paid_for_even_if_its_report_has_fallen() {
	run_reported(|| {
		assert_ok!(demand(DAVE, entries_of(REPORT), 0));
		Posted::remove((MODEL, EPOCH));
		assert_ok!(answer(0));
		assert_eq!(Balances::balance(&ALICE), ENDOWMENT + 100);
	});
}
