//! Calls that carry others.

use frame_support::traits::OriginTrait;
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::{DispatchError, Weight};
use tributary_primitives::agent::{Breach, Outcome, MAX_CALLS_OF_ACT};
use tributary_runtime::{
	configs::accounts::ProxyType, params::TRIB, AccountId, Runtime, RuntimeCall, RuntimeOrigin,
};

use super::{index, is_a_way_that_is_closed, is_refused, signed_by};
use crate::{
	agents::scene::{
		act, acting, batch_all, breach, create, do_act, gift, wide, Agents, Balances, Utility,
		FRIEND, FUNDS, HOLDER, OPERATOR,
	},
	chain::address,
};

type Multisig = pallet_multisig::Call<Runtime>;
type Proxy = pallet_proxy::Call<Runtime>;
type Sudo = pallet_sudo::Call<Runtime>;
type System = frame_system::Call<Runtime>;

const WEIGHT: Weight = Weight::from_parts(1_000_000_000, 1_000_000);

fn boxed_gift() -> Box<RuntimeCall> {
	Box::new(gift(TRIB))
}

/// A way that is closed to an agent that may make all calls in it.
fn closed(call: impl Into<RuntimeCall>) {
	let call = call.into();
	let (mut chain, agent) = acting(std::slice::from_ref(&call));
	is_a_way_that_is_closed(&mut chain, &agent, call);
}

/// As [`closed`], of a call that the agent's account could not make anyway.
fn refused(call: impl Into<RuntimeCall>) {
	let call = call.into();
	let (mut chain, agent) = acting(std::slice::from_ref(&call));
	assert_eq!(signed_by(&mut chain, &agent, call.clone()), Err(DispatchError::BadOrigin));
	is_refused(&mut chain, &agent, call);
}

#[test]
fn a_batch_that_may_end_halfway() {
	closed(Utility::batch { calls: vec![gift(TRIB)] });
}

#[test]
fn a_batch_that_goes_on_after_a_failure() {
	closed(Utility::force_batch { calls: vec![gift(TRIB)] });
}

#[test]
fn an_account_derived_from_the_agents() {
	let remark = System::remark { remark: Vec::new() };
	closed(Utility::as_derivative { index: 0, call: Box::new(remark.into()) });
}

#[test]
fn another_weight() {
	refused(Utility::with_weight { call: boxed_gift(), weight: WEIGHT });
}

#[test]
fn one_call_or_else_another() {
	closed(Utility::if_else { main: boxed_gift(), fallback: boxed_gift() });
}

#[test]
fn another_origin() {
	let origin = || Box::new(RuntimeOrigin::root().into_caller());
	refused(Utility::dispatch_as { as_origin: origin(), call: boxed_gift() });
	refused(Utility::dispatch_as_fallible { as_origin: origin(), call: boxed_gift() });
}

#[test]
fn a_wrapper_inside_a_batch() {
	let wrapper: RuntimeCall = Utility::force_batch { calls: vec![gift(TRIB)] }.into();
	let batch = batch_all([batch_all([wrapper.clone()])]);
	let (mut chain, agent) = acting(std::slice::from_ref(&batch));
	let expected = Breach::NotDelegable(index(&wrapper));
	assert_eq!(breach(&mut chain, &agent, batch), expected);
	assert_eq!(chain.free(&agent.account), FUNDS);
	chain.check();
}

#[test]
fn a_call_that_is_not_listed_inside_a_batch_that_is() {
	let listed = System::remark { remark: Vec::new() }.into();
	let (mut chain, agent) = acting(&[batch_all([listed])]);
	let expected = Breach::NotAllowed(index(&gift(TRIB)));
	assert_eq!(breach(&mut chain, &agent, batch_all([gift(TRIB)])), expected);
	assert_eq!(breach(&mut chain, &agent, gift(TRIB)), expected);
	assert_eq!(chain.free(&agent.account), FUNDS);
	chain.check();
}

#[test]
fn a_batch_that_is_not_listed_of_calls_that_are() {
	let (mut chain, agent) = acting(&[gift(TRIB)]);
	let batch = batch_all([gift(TRIB)]);
	let expected = Breach::NotAllowed(index(&batch));
	assert_eq!(breach(&mut chain, &agent, batch), expected);
	do_act(&mut chain, &agent, gift(TRIB));
	chain.check();
}

#[test]
fn more_calls_than_an_act_has() {
	let most = MAX_CALLS_OF_ACT as usize;
	let (mut chain, agent) = acting(&[batch_all([gift(TRIB)])]);
	let too_many = batch_all(vec![gift(TRIB); most]);
	assert_eq!(breach(&mut chain, &agent, too_many), Breach::TooManyCalls);
	let mut deep = gift(TRIB);
	for _ in 0..most {
		deep = batch_all([deep]);
	}
	assert_eq!(breach(&mut chain, &agent, deep), Breach::TooManyCalls);
	assert_eq!(chain.free(&agent.account), FUNDS);
	do_act(&mut chain, &agent, batch_all(vec![gift(TRIB); most - 1]));
	chain.check();
}

#[test]
fn a_batch_of_which_one_call_fails() {
	let (mut chain, agent) = acting(&[batch_all([gift(TRIB)])]);
	let outcome = act(&mut chain, &agent, batch_all([gift(TRIB), gift(2 * FUNDS)]));
	assert_eq!(outcome, Outcome::Failed);
	assert_eq!(chain.free(&agent.account), FUNDS);
	chain.check();
}

#[test]
fn an_account_that_the_agent_is_a_proxy_of() {
	let transfer = Balances::transfer_allow_death { dest: address(FRIEND), value: TRIB };
	let real = address(HOLDER);
	let call = Box::new(transfer.into());
	let call: RuntimeCall = Proxy::proxy { real, force_proxy_type: None, call }.into();
	let (mut chain, agent) = acting(&[call.clone(), gift(TRIB)]);
	let delegate = agent.account.clone().into();
	chain.run(HOLDER, Proxy::add_proxy { delegate, proxy_type: ProxyType::Any, delay: 0 });
	let of_holder = chain.before_fees(HOLDER);
	is_a_way_that_is_closed(&mut chain, &agent, call);
	assert_eq!(chain.before_fees(HOLDER), of_holder);
}

#[test]
fn a_multisig_that_the_agent_signs_for() {
	let others = || vec![OPERATOR.to_account_id()];
	let remark: RuntimeCall = System::remark { remark: Vec::new() }.into();
	closed(Multisig::as_multi_threshold_1 {
		other_signatories: others(),
		call: Box::new(remark.clone()),
	});
	closed(Multisig::as_multi {
		threshold: 2,
		other_signatories: others(),
		maybe_timepoint: None,
		call: Box::new(remark),
		max_weight: WEIGHT,
	});
	closed(Multisig::approve_as_multi {
		threshold: 2,
		other_signatories: others(),
		maybe_timepoint: None,
		call_hash: [7; 32],
		max_weight: WEIGHT,
	});
}

#[test]
fn the_key_of_sudo() {
	let call = Balances::force_set_balance { who: address(FRIEND), new_free: u128::MAX / 2 };
	let call: RuntimeCall = Sudo::sudo { call: Box::new(call.into()) }.into();
	let (mut chain, agent) = acting(std::slice::from_ref(&call));
	chain.run(Account::Alice, Sudo::set_key { new: agent.account.clone().into() });
	is_a_way_that_is_closed(&mut chain, &agent, call);
}

#[test]
fn an_agent_that_is_the_operator_of_another() {
	let call = |agent| RuntimeCall::from(Agents::act { agent, call: boxed_gift() });
	let (mut chain, agent) = acting(&[call(1), gift(TRIB)]);
	let other = create(&mut chain, HOLDER);
	let operator: Option<AccountId> = Some(agent.account.clone());
	chain.run(HOLDER, Agents::set_operator { agent: other.id, operator });
	let mandate = Some(wide(&[gift(TRIB)]));
	chain.run(HOLDER, Agents::set_mandate { agent: other.id, mandate });
	is_a_way_that_is_closed(&mut chain, &agent, call(other.id));
}

#[test]
fn an_act_inside_an_act() {
	let call: RuntimeCall = Agents::act { agent: 0, call: boxed_gift() }.into();
	let (mut chain, agent) = acting(&[call.clone(), gift(TRIB)]);
	is_refused(&mut chain, &agent, call);
}
