//! What an agent did stays in its history: no call may carry an act that fails afterwards as a whole.

use std::collections::BTreeSet;

use frame_support::traits::{CallMetadata, Contains, GetCallMetadata, OriginTrait};
use scale_info::{form::PortableForm, meta_type, PortableRegistry, Registry, Type, TypeDef};
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::{DispatchError, Weight};
use tributary_primitives::agent::Outcome;
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	configs::{accounts::ProxyType, calls::OpenCalls},
	params::TRIB,
	Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin,
};

use super::scene::{
	acted, acting, batch_all, gift, wide, Agent, Agents, Balances, Utility, FUNDS, HOLDER, OPERATOR,
};
use crate::chain::{address, Chain};

type Multisig = pallet_multisig::Call<Runtime>;
type Proxy = pallet_proxy::Call<Runtime>;
type Sudo = pallet_sudo::Call<Runtime>;

/// Who has a proxy of the operator.
const DELEGATE: Account = Account::DaveStash;

/// An agent that may send no more than a TRIB at once.
fn bounded() -> (Chain, Agent) {
	let (mut chain, agent) = acting(&[gift(TRIB)]);
	let mut mandate = wide(&[gift(TRIB)]);
	mandate.native.per_call = TRIB;
	chain.run(HOLDER, Agents::set_mandate { agent: agent.id, mandate: Some(mandate) });
	(chain, agent)
}

/// The act that would give away so much.
fn giving(agent: u32, value: u128) -> RuntimeCall {
	Agents::act { agent, call: Box::new(gift(value)) }.into()
}

/// A call that fails.
fn failing() -> RuntimeCall {
	Balances::transfer_allow_death { dest: address(HOLDER), value: u128::MAX / 2 }.into()
}

/// The number of acts that the agent's history has.
fn length(chain: &mut Chain, agent: &Agent) -> u64 {
	chain.ext.execute_with(|| Runtime::agent_history(agent.id)).expect("it has one").length
}

/// Every call that carries `call`, once.
fn carriers(call: &RuntimeCall) -> Vec<RuntimeCall> {
	let boxed = || Box::new(call.clone());
	let calls = || vec![call.clone()];
	let other = Box::new(failing());
	let origin = || Box::new(RuntimeOrigin::root().into_caller());
	let other_signatories = || vec![DELEGATE.to_account_id()];
	let (real, weight) = (address(OPERATOR), Weight::zero());
	vec![
		Utility::batch { calls: calls() }.into(),
		Utility::batch_all { calls: calls() }.into(),
		Utility::force_batch { calls: calls() }.into(),
		Utility::as_derivative { index: 0, call: boxed() }.into(),
		Utility::dispatch_as { as_origin: origin(), call: boxed() }.into(),
		Utility::dispatch_as_fallible { as_origin: origin(), call: boxed() }.into(),
		Utility::with_weight { call: boxed(), weight }.into(),
		Utility::if_else { main: boxed(), fallback: other.clone() }.into(),
		Utility::if_else { main: other, fallback: boxed() }.into(),
		Proxy::proxy { real: real.clone(), force_proxy_type: None, call: boxed() }.into(),
		Proxy::proxy_announced {
			delegate: address(DELEGATE),
			real: real.clone(),
			force_proxy_type: None,
			call: boxed(),
		}
		.into(),
		Multisig::as_multi_threshold_1 { other_signatories: other_signatories(), call: boxed() }
			.into(),
		Multisig::as_multi {
			threshold: 2,
			other_signatories: other_signatories(),
			maybe_timepoint: None,
			call: boxed(),
			max_weight: weight,
		}
		.into(),
		Sudo::sudo { call: boxed() }.into(),
		Sudo::sudo_unchecked_weight { call: boxed(), weight }.into(),
		Sudo::sudo_as { who: real, call: boxed() }.into(),
	]
}

fn is_batch_all(call: &RuntimeCall) -> bool {
	matches!(call, RuntimeCall::Utility(Utility::batch_all { .. }))
}

/// Whether a value of this type may have one of the type `wanted` in it.
fn has(types: &PortableRegistry, ty: u32, wanted: u32, seen: &mut BTreeSet<u32>) -> bool {
	if ty == wanted {
		return true;
	}
	if !seen.insert(ty) {
		return false;
	}
	parts(types.resolve(ty).expect("it is registered"))
		.into_iter()
		.any(|part| has(types, part, wanted, seen))
}

fn parts(ty: &Type<PortableForm>) -> Vec<u32> {
	match &ty.type_def {
		TypeDef::Composite(composite) => composite.fields.iter().map(|field| field.ty.id).collect(),
		TypeDef::Variant(variants) => {
			let fields = variants.variants.iter().flat_map(|variant| &variant.fields);
			fields.map(|field| field.ty.id).collect()
		}
		TypeDef::Sequence(sequence) => vec![sequence.type_param.id],
		TypeDef::Array(array) => vec![array.type_param.id],
		TypeDef::Tuple(tuple) => tuple.fields.iter().map(|field| field.id).collect(),
		TypeDef::Compact(compact) => vec![compact.type_param.id],
		TypeDef::Primitive(_) | TypeDef::BitSequence(_) => Vec::new(),
	}
}

/// The names of all calls of the runtime that have another one among their arguments.
fn carrying() -> BTreeSet<(String, String)> {
	let mut registry = Registry::new();
	let call = registry.register_type(&meta_type::<RuntimeCall>()).id;
	let types = PortableRegistry::from(registry);
	let variants = |ty: u32| match &types.resolve(ty).expect("it is registered").type_def {
		TypeDef::Variant(variants) => variants.variants.clone(),
		other => panic!("calls are variants, and not {other:?}"),
	};
	let mut carrying = BTreeSet::new();
	for pallet in variants(call) {
		for function in variants(pallet.fields[0].ty.id) {
			let carries = |field: u32| {
				has(&types, field, call, &mut BTreeSet::from([pallet.fields[0].ty.id]))
			};
			if function.fields.iter().any(|field| carries(field.ty.id)) {
				carrying.insert((pallet.name.clone(), function.name.clone()));
			}
		}
	}
	carrying
}

fn name(call: &RuntimeCall) -> (String, String) {
	let CallMetadata { pallet_name, function_name } = call.get_call_metadata();
	(pallet_name.into(), function_name.into())
}

#[test]
fn every_call_that_carries_others_is_known() {
	let mut known: BTreeSet<_> = carriers(&failing()).iter().map(name).collect();
	known.insert(name(&giving(0, 1)));
	assert_eq!(carrying(), known);
}

#[test]
fn no_batch_that_is_all_or_nothing_has_an_act_in_it_however_deep() {
	let (act, other) = (giving(0, 1), failing());
	for (acting, idle) in carriers(&act).into_iter().zip(carriers(&other)) {
		assert_eq!(OpenCalls::contains(&acting), !is_batch_all(&acting), "{acting:?}");
		assert!(OpenCalls::contains(&idle), "{idle:?}");
		for deeper in carriers(&acting) {
			assert!(
				!OpenCalls::contains(&batch_all([other.clone(), deeper.clone()])),
				"{deeper:?}"
			);
		}
		for deeper in carriers(&idle) {
			assert!(OpenCalls::contains(&batch_all([other.clone(), deeper.clone()])), "{deeper:?}");
		}
	}
	let inside = Agents::act { agent: 0, call: Box::new(batch_all([gift(1), gift(2)])) };
	assert!(OpenCalls::contains(&inside.into()), "the act takes its batch apart");
}

#[test]
fn a_breach_is_not_undone_by_a_batch_that_fails() {
	let (mut chain, agent) = bounded();
	let breach = || giving(agent.id, TRIB + 1);
	let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
	let derived = Utility::as_derivative { index: 0, call: Box::new(breach()) }.into();
	for ways in [vec![breach(), failing()], vec![failing(), breach()], vec![derived, failing()]] {
		let batch = chain.signed(OPERATOR, batch_all(ways));
		assert_eq!(chain.block(vec![batch]), [filtered]);
	}
	assert_eq!(length(&mut chain, &agent), 0);
	chain.run(OPERATOR, Utility::batch { calls: vec![batch_all([breach(), failing()])] });
	let interrupted = chain.find_event(|event| match event {
		RuntimeEvent::Utility(pallet_utility::Event::BatchInterrupted { error, .. }) => Some(error),
		_ => None,
	});
	assert_eq!(interrupted.map(Err), Some(filtered));
	assert_eq!(length(&mut chain, &agent), 0);
	chain.check();
}

#[test]
fn a_breach_stays_where_a_later_call_of_its_batch_fails() {
	let (mut chain, agent) = bounded();
	let calls = || vec![giving(agent.id, TRIB + 1), failing()];
	for (at, batch) in [Utility::batch { calls: calls() }, Utility::force_batch { calls: calls() }]
		.into_iter()
		.enumerate()
	{
		chain.run(OPERATOR, batch);
		assert!(matches!(acted(&mut chain).0.outcome, Outcome::Breached(_)));
		assert_eq!(length(&mut chain, &agent), at as u64 + 1);
	}
	assert_eq!(chain.free(&agent.account), FUNDS);
	chain.run(OPERATOR, Utility::batch { calls: vec![giving(agent.id, TRIB), failing()] });
	assert_eq!(acted(&mut chain).0.outcome, Outcome::Done);
	assert_eq!(chain.free(&agent.account), FUNDS - TRIB);
	chain.check();
}

#[test]
fn a_breach_is_neither_undone_nor_replaced_by_another_call() {
	let (mut chain, agent) = bounded();
	let breach = || giving(agent.id, TRIB + 1);
	let (main, fallback) = (Box::new(breach()), Box::new(failing()));
	chain.run(OPERATOR, Utility::if_else { main, fallback });
	assert!(matches!(acted(&mut chain).0.outcome, Outcome::Breached(_)));
	let main = Box::new(batch_all([breach(), failing()]));
	let fallback = Box::new(frame_system::Call::remark { remark: Vec::new() }.into());
	chain.run(OPERATOR, Utility::if_else { main, fallback });
	let instead = chain.find_event(|event| match event {
		RuntimeEvent::Utility(pallet_utility::Event::IfElseFallbackCalled { main_error }) => {
			Some(main_error)
		}
		_ => None,
	});
	assert_eq!(instead, Some(frame_system::Error::<Runtime>::CallFiltered.into()));
	assert_eq!(length(&mut chain, &agent), 1);
	chain.check();
}

/// What a call that a proxy made came to.
fn by_proxy(chain: &mut Chain) -> Option<Result<(), DispatchError>> {
	chain.find_event(|event| match event {
		RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
		_ => None,
	})
}

#[test]
fn a_proxy_of_the_operator_acts_and_undoes_nothing() {
	let (mut chain, agent) = bounded();
	let (delegate, proxy_type) = (address(DELEGATE), ProxyType::Any);
	chain.run(OPERATOR, Proxy::add_proxy { delegate, proxy_type, delay: 0 });
	let breach = || giving(agent.id, TRIB + 1);
	let proxy = |call: RuntimeCall| -> RuntimeCall {
		let real = address(OPERATOR);
		Proxy::proxy { real, force_proxy_type: None, call: Box::new(call) }.into()
	};
	chain.run(DELEGATE, proxy(breach()));
	assert_eq!(by_proxy(&mut chain), Some(Ok(())));
	chain.run(DELEGATE, Utility::batch { calls: vec![proxy(breach()), failing()] });
	assert_eq!(length(&mut chain, &agent), 2);

	let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
	chain.run(DELEGATE, proxy(batch_all([breach(), failing()])));
	assert_eq!(by_proxy(&mut chain), Some(filtered));
	let around = chain.signed(DELEGATE, batch_all([proxy(breach()), failing()]));
	assert_eq!(chain.block(vec![around]), [filtered]);
	assert_eq!(length(&mut chain, &agent), 2);
	chain.check();
}

#[test]
fn a_multisig_that_operates_acts_and_undoes_nothing() {
	let (mut chain, agent) = bounded();
	let mut signatories = vec![OPERATOR.to_account_id(), DELEGATE.to_account_id()];
	signatories.sort();
	let shared = pallet_multisig::Pallet::<Runtime>::multi_account_id(&signatories, 1);
	let operator = Some(shared);
	chain.run(HOLDER, Agents::set_operator { agent: agent.id, operator });
	let multisig = |call: RuntimeCall| -> RuntimeCall {
		let other_signatories = vec![DELEGATE.to_account_id()];
		Multisig::as_multi_threshold_1 { other_signatories, call: Box::new(call) }.into()
	};
	let breach = || giving(agent.id, TRIB + 1);
	chain.run(OPERATOR, Utility::force_batch { calls: vec![multisig(breach()), failing()] });
	assert_eq!(length(&mut chain, &agent), 1);
	let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
	for undoing in
		[multisig(batch_all([breach(), failing()])), batch_all([multisig(breach()), failing()])]
	{
		let undoing = chain.signed(OPERATOR, undoing);
		assert_eq!(chain.block(vec![undoing]), [filtered]);
	}
	assert_eq!(length(&mut chain, &agent), 1);
	chain.check();
}
