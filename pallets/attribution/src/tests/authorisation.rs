use codec::Encode;
use frame_support::{
	assert_noop,
	dispatch::{GetDispatchInfo, Pays},
	pallet_prelude::{
		InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
	},
	traits::{fungible::Inspect, Authorize},
};
use sp_runtime::{
	traits::{Applyable, Checkable},
	ApplyExtrinsicResult,
};
use tributary_primitives::{
	blob::{self, OpeningError},
	fault::Fault,
	traits::OpenReports,
};

use super::{faults::lies, fixture::*};
use crate::{mock::*, refusal, Call, Error, Reports};

fn call(id: u32, fault: &Fault) -> RuntimeCall {
	RuntimeCall::Attribution(Call::submit_fault {
		model: MODEL,
		epoch: EPOCH,
		report: id,
		challenger: EVE,
		fault: Box::new(fault.clone()),
	})
}

fn authorise(id: u32, fault: &Fault) -> Result<ValidTransaction, TransactionValidityError> {
	let answer = call(id, fault).authorize(TransactionSource::External);
	answer.expect("faults are authorised").map(|(validity, _)| validity)
}

fn refused(code: u8) -> TransactionValidityError {
	InvalidTransaction::Custom(code).into()
}

/// Applies `call` as a block does with a general transaction, that is one without a signature.
fn apply(call: RuntimeCall) -> ApplyExtrinsicResult {
	let extrinsic =
		UncheckedExtrinsic::new_transaction(call, (frame_system::AuthorizeCall::new(),));
	let info = extrinsic.get_dispatch_info();
	let len = extrinsic.encoded_size();
	let checked =
		Checkable::check(extrinsic, &frame_system::ChainContext::<Test>::default()).unwrap();
	let result = checked.apply::<Test>(&info, len)?;
	Ok(result.map(|_| ()).map_err(|error| error.error))
}

#[test]
fn a_fault_is_one_transaction_for_each_report() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		let validity = authorise(0, &fault).unwrap();
		assert_eq!(validity.provides, [("AttributionFault", 0u32).encode()]);
		assert!(validity.requires.is_empty());
		assert!(validity.propagate);
		assert_eq!(validity.priority, crate::FAULT_PRIORITY);
	});
}

#[test]
fn all_faults_of_one_report_compete_for_one_place_in_the_pool() {
	let (draft, faults) = twice_wrong();
	run_reported(&draft, || {
		let [first, second] = faults.map(|fault| authorise(0, &fault).unwrap());
		assert_eq!((first.provides, first.priority), (second.provides, second.priority));
	});
}

#[test]
fn an_excused_fault_enters_a_block_as_any_other() {
	let (draft, fault) = hidden();
	run_closed(|| {
		draft.post_unseen(ALICE, &[1]).unwrap();
		assert_eq!(apply(call(0, &fault)), Ok(Ok(())));
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), None);
		assert_eq!(bond_of(ALICE), Bond::get());
	});
}

#[test]
fn a_fault_stays_in_the_pool_while_the_report_is_kept_open() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		Attribution::keep_open(MODEL, EPOCH, LAST_BLOCK + 2);
		System::set_block_number(LAST_BLOCK + 1);
		assert_eq!(authorise(0, &fault).unwrap().longevity, 2);
	});
}

#[test]
fn a_fault_does_not_outlive_the_challenge_window_in_the_pool() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_eq!(authorise(0, &fault).unwrap().longevity, u64::from(CHALLENGE_WINDOW) + 1);
		System::set_block_number(LAST_BLOCK);
		assert_eq!(authorise(0, &fault).unwrap().longevity, 1);
	});
}

#[test]
fn a_fault_is_applied_without_signature() {
	for lie in lies() {
		let mut draft = Draft::of_world();
		(lie.tell)(&mut draft);
		run_reported(&draft, || {
			assert_eq!(apply(call(0, &(lie.fault)(&draft))), Ok(Ok(())));
			assert_eq!(Reports::<Test>::get(MODEL, EPOCH), None);
			assert_eq!(Balances::balance(&EVE), ENDOWMENT + 500);
		});
	}
}

#[test]
fn a_fault_weighs_by_what_there_is_to_hash() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		let small = call(0, &fault).get_dispatch_info();
		let large = call(0, &(lies()[3].fault)(&draft)).get_dispatch_info();
		assert!(large.call_weight.ref_time() > small.call_weight.ref_time());
		let authorise = |fault: &Fault| call(0, fault).weight_of_authorize();
		assert!(authorise(&(lies()[3].fault)(&draft)).ref_time() > authorise(&fault).ref_time());
	});
}

#[test]
fn a_fault_that_shows_nothing_never_enters_a_block() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		for lie in lies() {
			let fault = (lie.fault)(&draft);
			assert_eq!(authorise(0, &fault), Err(refused(refusal::NO_FAULT)));
			assert_eq!(apply(call(0, &fault)), Err(refused(refusal::NO_FAULT)));
		}
		assert!(Reports::<Test>::contains_key(MODEL, EPOCH));
	});
}

#[test]
fn a_fault_of_a_voided_report_is_invalid() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_eq!(apply(call(0, &fault)), Ok(Ok(())));
		assert_eq!(authorise(0, &fault), Err(refused(refusal::NO_REPORT)));
		assert_eq!(apply(call(0, &fault)), Err(refused(refusal::NO_REPORT)));

		Attribution::bond(RuntimeOrigin::signed(BOB), Bond::get()).unwrap();
		draft.post(BOB).unwrap();
		assert_eq!(authorise(0, &fault), Err(refused(refusal::WRONG_REPORT)));
		assert!(authorise(1, &fault).is_ok());
	});
}

#[test]
fn a_fault_after_the_window_is_invalid() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK + 1);
		assert_eq!(authorise(0, &fault), Err(refused(refusal::CHALLENGE_OVER)));
		Attribution::finalise(RuntimeOrigin::signed(BOB), MODEL, EPOCH).unwrap();
		assert_eq!(authorise(0, &fault), Err(refused(refusal::ALREADY_FINAL)));
	});
}

#[test]
fn a_fault_about_what_is_not_there_is_invalid() {
	let (draft, _) = foreign();
	run_reported(&draft, || {
		let mut entry = draft.entry(0, 1);
		entry.index = 99;
		let fault = Fault::Foreign { entry };
		assert_eq!(authorise(0, &fault), Err(refused(refusal::FAULT_NOT_FOUND)));
		let fault = Fault::Mismatch {
			entry: draft.entry(0, 1),
			item: open_records(&payments()[0].items(), 0, 1),
			position: 100,
			bytes: None,
		};
		assert_eq!(authorise(0, &fault), Err(refused(refusal::FAULT_OUT_OF_RANGE)));
	});
}

#[test]
fn each_bad_opening_has_its_own_code() {
	let draft = Draft::of_runs(&[(98, 12), (99, 8)]);
	run_reported(&draft, || {
		let sound = draft.entry(17, 1);
		assert!(authorise(0, &Fault::Foreign { entry: sound.clone() }).is_ok());

		let mut late = sound.clone();
		late.opening.first_chunk = 2;
		let mut short = sound.clone();
		short.opening.bytes.pop();
		let mut bare = sound.clone();
		bare.opening.siblings.pop();
		let mut flipped = sound.clone();
		flipped.opening.bytes[0] ^= 1;
		let mut other = sound;
		other.opening = blob::open(&draft.entries_blob(), 0, 1).unwrap();
		for (entry, error) in [
			(late, OpeningError::OutOfRange),
			(short, OpeningError::BadLength),
			(bare, OpeningError::BadSiblings),
			(flipped, OpeningError::RootMismatch),
			(other, OpeningError::NotCovered),
		] {
			assert_eq!(authorise(0, &Fault::Foreign { entry }), Err(refused(error.code())));
		}
	});
}

#[test]
fn dispatch_trusts_no_earlier_authorisation() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert!(authorise(0, &fault).is_ok());
		contribute(98, DAVE, b"now there is a source 99", Some(1));
		assert_noop!(submit(0, fault.clone()), Error::<Test>::NoFault);
		assert_eq!(apply(call(0, &fault)), Err(refused(refusal::NO_FAULT)));
	});
}

#[test]
fn a_signed_fault_is_refused_in_dispatch() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		let extrinsic = UncheckedExtrinsic::new_signed(
			call(0, &fault),
			EVE,
			EVE.into(),
			(frame_system::AuthorizeCall::new(),),
		);
		let info = extrinsic.get_dispatch_info();
		let len = extrinsic.encoded_size();
		let checked =
			Checkable::check(extrinsic, &frame_system::ChainContext::<Test>::default()).unwrap();
		assert_eq!(info.pays_fee, Pays::Yes, "a signed one would fill blocks for nothing");
		let error = checked.apply::<Test>(&info, len).unwrap().unwrap_err();
		assert_eq!(error.error, sp_runtime::DispatchError::BadOrigin);
		assert!(Reports::<Test>::contains_key(MODEL, EPOCH));
	});
}
