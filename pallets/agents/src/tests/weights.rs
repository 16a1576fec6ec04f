//! What acts and payments weigh.

use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo, Pays},
	weights::{constants::ParityDbWeight, Weight},
};
use tributary_primitives::agent::{Outcome, MAX_CALLS_OF_ACT};

use super::fixture::*;
use crate::{
	mock::{probe::pallet::Call as ProbeCall, *},
	WeightInfo, MAX_RULE_READS,
};

const SECOND: u64 = 1_000_000_000_000;

fn own(calls: u32, call: &RuntimeCall) -> Weight {
	let size = codec::Encode::encoded_size(call) as u32;
	let reads = ParityDbWeight::get().reads(MAX_RULE_READS);
	<() as WeightInfo>::act(calls, size) + reads * u64::from(calls)
}

fn act_call(call: RuntimeCall) -> RuntimeCall {
	crate::Call::act { agent: 0, call: Box::new(call) }.into()
}

fn weigh(actual: Option<u64>) -> RuntimeCall {
	probe(ProbeCall::weigh { actual })
}

#[test]
fn an_act_declares_what_the_most_calls_weigh_and_the_call_itself() {
	run(|| {
		for call in [remark(), weigh(None), batch(vec![weigh(None), weigh(None)])] {
			let info = act_call(call.clone()).get_dispatch_info();
			let inner = call.get_dispatch_info().call_weight;
			assert_eq!(info.call_weight, own(MAX_CALLS_OF_ACT, &call) + inner);
			assert_eq!((info.class, info.pays_fee), (DispatchClass::Normal, Pays::Yes));
		}
	});
}

#[test]
fn what_an_act_does_not_need_is_given_back() {
	run(|| {
		let id = agent();
		let actual = |call: RuntimeCall| {
			let declared = act_call(call.clone()).get_dispatch_info().call_weight;
			let post = act(id, call).unwrap();
			assert_eq!(post.pays_fee, Pays::Yes);
			let actual = post.actual_weight.unwrap();
			assert!(actual.all_lte(declared));
			actual
		};
		let one = weigh(None);
		assert_eq!(actual(one.clone()), own(1, &one) + Weight::from_parts(SECOND, 0));
		let less = weigh(Some(SECOND / 2));
		assert_eq!(actual(less.clone()), own(1, &less) + Weight::from_parts(SECOND / 2, 0));
		let both = batch(vec![weigh(None), less]);
		assert_eq!(actual(both.clone()), own(3, &both) + Weight::from_parts(SECOND / 2 * 3, 0));
	});
}

#[test]
fn what_was_made_before_a_breach_or_a_failure_is_paid_for() {
	run(|| {
		let id = agent();
		let first = weigh(None);
		let second = Weight::from_parts(SECOND, 0);
		let breaks = batch(vec![first.clone(), send(BOB, 1_001)]);
		let sent = send(BOB, 1).get_dispatch_info().call_weight;
		let post = act(id, breaks.clone()).unwrap();
		assert!(matches!(last_act(id).0.outcome, Outcome::Breached(_)));
		assert_eq!(post.actual_weight, Some(own(3, &breaks) + second + sent));
		let fails = batch(vec![first, send(BOB, FUNDS)]);
		let post = act(id, fails.clone()).unwrap();
		assert_eq!(last_act(id).0.outcome, Outcome::Failed);
		assert_eq!(post.actual_weight, Some(own(3, &fails) + second + sent));
	});
}

#[test]
fn what_is_refused_before_it_is_made_weighs_next_to_nothing() {
	run(|| {
		let id = agent();
		let refused: RuntimeCall =
			pallet_utility::Call::force_batch { calls: vec![weigh(None)] }.into();
		let post = act(id, refused.clone()).unwrap();
		assert_eq!(post.actual_weight, Some(own(1, &refused)));
	});
}

#[test]
fn a_payment_weighs_what_the_models_that_it_pays_weigh() {
	run(|| {
		let id = create();
		for models in [&[][..], &[(0, 10)], &[(0, 10), (1, 0), (2, 20)]] {
			let half = sp_runtime::Perbill::from_percent(50);
			Agents::set_models(signed(ALICE), id, rates(models), half).unwrap();
			let (outputs, tail) = outputs();
			let (chunks, siblings) = (tail.chunk_count(), tail.sibling_count());
			let post = Agents::pay(signed(PAYER), id, outputs, tail, 10_000).unwrap();
			let paid = models.iter().filter(|(_, rate)| *rate > 0).count() as u32;
			let weight = <() as WeightInfo>::pay(paid, chunks, siblings);
			assert_eq!(post.actual_weight, Some(weight));
		}
	});
}

#[test]
fn what_others_calls_set_off_is_counted_in_the_block() {
	use tributary_primitives::traits::OnSlash;
	run(|| {
		let id = agent();
		let normal = || System::block_weight().get(DispatchClass::Normal).to_owned();
		let before = normal();
		Agents::slashed(&ALICE, 1);
		assert_eq!(normal(), before);
		Agents::slashed(&account(id), 1);
		let slashed = before + <() as WeightInfo>::stake_slashed();
		assert_eq!(normal(), slashed);
		sell(id, BOB).unwrap();
		assert_eq!(normal(), slashed + <() as WeightInfo>::operator_cleared());
		sell(id, ALICE).unwrap();
		assert_eq!(normal(), slashed + <() as WeightInfo>::operator_cleared());
	});
}
