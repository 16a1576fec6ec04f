//! Calls that nest others.

use tributary_primitives::agent::{Breach, Mandate, Outcome, MAX_CALLS_OF_ACT};

use super::fixture::*;
use crate::mock::{probe::pallet::Call as ProbeCall, *};

/// A mandate without `call`.
fn without(call: &RuntimeCall) -> Mandate<AccountId> {
	let mut mandate = mandate();
	mandate.calls.retain(|index| *index != index_of(call));
	mandate
}

#[test]
fn the_calls_in_a_batch_are_made_in_their_order() {
	run(|| {
		let id = agent();
		let call = batch(vec![
			probe(ProbeCall::hold { amount: 300 }),
			batch(vec![probe(ProbeCall::release { amount: 100 }), send(BOB, 1)]),
			probe(ProbeCall::release { amount: 200 }),
		]);
		assert_eq!(flows(id, call), [native(301, 300)]);
	});
}

#[test]
fn every_call_in_a_batch_must_be_in_the_mandate() {
	run(|| {
		let id = agent();
		let call = send(BOB, 1);
		set_mandate(id, without(&call));
		let refused = Breach::NotAllowed(index_of(&call));
		assert_eq!(breach(id, call.clone()), refused);
		assert_eq!(breach(id, batch(vec![remark(), call.clone()])), refused);
		assert_eq!(breach(id, batch(vec![batch(vec![batch(vec![call])])])), refused);
	});
}

#[test]
fn the_batch_itself_must_be_in_the_mandate() {
	run(|| {
		let id = agent();
		let call = batch(vec![remark()]);
		set_mandate(id, without(&call));
		assert_eq!(breach(id, call.clone()), Breach::NotAllowed(index_of(&call)));
	});
}

#[test]
fn a_wrapper_that_may_leave_calls_undone_is_not_delegable_in_any_mandate() {
	run(|| {
		let id = agent();
		let lax: RuntimeCall = pallet_utility::Call::batch { calls: vec![remark()] }.into();
		let refused = Breach::NotDelegable(index_of(&lax));
		assert_eq!(breach(id, lax.clone()), refused);
		assert_eq!(breach(id, batch(vec![remark(), lax])), refused);
	});
}

#[test]
fn an_act_has_at_most_so_many_calls_those_that_nest_others_included() {
	run(|| {
		let id = agent();
		let remarks = |count: u32| (0..count).map(|_| remark()).collect::<Vec<_>>();
		let most = MAX_CALLS_OF_ACT - 1;
		assert_eq!(outcome(id, batch(remarks(most))), Outcome::Done);
		assert_eq!(breach(id, batch(remarks(most + 1))), Breach::TooManyCalls);
		let mut nested = remark();
		for _ in 0..most {
			nested = batch(vec![nested]);
		}
		assert_eq!(outcome(id, nested.clone()), Outcome::Done);
		assert_eq!(breach(id, batch(vec![nested])), Breach::TooManyCalls);
		let mut wide = remarks(most - 1);
		wide.push(batch(vec![]));
		assert_eq!(outcome(id, batch(wide.clone())), Outcome::Done);
		wide.pop();
		wide.push(batch(vec![remark()]));
		assert_eq!(breach(id, batch(wide)), Breach::TooManyCalls);
	});
}

#[test]
fn a_batch_of_nothing_does_nothing() {
	run(|| {
		let id = agent();
		assert!(flows(id, batch(vec![])).is_empty());
	});
}
