//! Agents that tests start from, and short ways to write what they do.

use codec::Encode;
use frame_support::{dispatch::DispatchResultWithPostInfo, storage::with_transaction, BoundedVec};
use sp_io::hashing::blake2_256;
use sp_runtime::{DispatchError, DispatchResult, Perbill, StateVersion, TransactionOutcome};
use tributary_primitives::{
	agent::{
		origin_head, Act, Breach, Budget, CallIndex, Currency, Flow, History, Mandate, ModelRate,
		Outcome,
	},
	blob::{self, Content, Opening},
	ids::{AgentId, ModelId},
};

use crate::{
	mock::{probe::pallet::Call as ProbeCall, *},
	Event, ModelRates,
};

pub const STAKE: u128 = 1_000;
/// What is in the account of an agent from [`agent`], all of it free.
pub const FUNDS: u128 = 100_000;
pub const ASSET: u32 = 20;
pub const OTHER_ASSET: u32 = 21;

pub fn metadata() -> Content {
	Content { root: [7; 32], len: 1_000 }
}

pub fn rates(rates: &[(ModelId, u32)]) -> ModelRates {
	let rate = |(model, percent): &(ModelId, u32)| ModelRate {
		model: *model,
		rate: Perbill::from_percent(*percent),
	};
	BoundedVec::truncate_from(rates.iter().map(rate).collect())
}

/// Alice's agent, which runs on no model and retains half.
pub fn create() -> AgentId {
	let id = crate::NextAgent::<Test>::get();
	let half = Perbill::from_percent(50);
	Agents::create(signed(ALICE), metadata(), rates(&[]), half, STAKE).unwrap();
	id
}

/// Alice's agent, with funds, an operator, and a mandate to make any call of the mock's rules.
pub fn agent() -> AgentId {
	let id = create();
	Agents::set_operator(signed(ALICE), id, Some(OPERATOR)).unwrap();
	Agents::set_mandate(signed(ALICE), id, Some(mandate())).unwrap();
	endow(account(id), FUNDS - EXISTENTIAL_DEPOSIT);
	id
}

pub fn account(id: AgentId) -> AccountId {
	Agents::account_of(id)
}

/// Anything of any pallet, 1,000 planck a call and 3,000 in 16 blocks, with anyone.
pub fn mandate() -> Mandate<AccountId> {
	Mandate {
		calls: calls(&[
			remark(),
			send(BOB, 1),
			send_all(BOB),
			send_asset(ASSET, BOB, 1),
			batch(vec![]),
			RuntimeCall::Utility(pallet_utility::Call::batch { calls: vec![] }),
			probe(ProbeCall::hold { amount: 0 }),
			probe(ProbeCall::release { amount: 0 }),
			probe(ProbeCall::earn { amount: 0 }),
			probe(ProbeCall::touch { assets: vec![] }),
			probe(ProbeCall::change_seller { to: BOB }),
			probe(ProbeCall::pay_seller { asset: ASSET }),
			probe(ProbeCall::lose_title { agent: 0, to: BOB }),
			probe(ProbeCall::wash_title { agent: 0, to: BOB }),
			probe(ProbeCall::forward { call: Box::new(remark()) }),
			probe(ProbeCall::forward_as { who: BOB, call: Box::new(remark()) }),
			probe(ProbeCall::be_slashed { amount: 0 }),
			probe(ProbeCall::drain {}),
			probe(ProbeCall::weigh { actual: None }),
			RuntimeCall::Agents(crate::Call::pause { agent: 0 }),
			RuntimeCall::Agents(pay_call(0, 1)),
			RuntimeCall::System(frame_system::Call::set_heap_pages { pages: 0 }),
		]),
		native: Budget { per_call: 1_000, per_window: 3_000 },
		assets: BoundedVec::truncate_from(vec![(ASSET, Budget { per_call: 100, per_window: 250 })]),
		window: 16,
		counterparties: None,
		expires_at: 1_000,
	}
}

/// The indices of `calls`, in order.
pub fn calls<S: frame_support::traits::Get<u32>>(
	calls: &[RuntimeCall],
) -> BoundedVec<CallIndex, S> {
	let mut indices: Vec<_> = calls.iter().map(index_of).collect();
	indices.sort_unstable();
	indices.try_into().unwrap()
}

pub fn set_mandate(id: AgentId, mandate: Mandate<AccountId>) {
	Agents::set_mandate(signed(ALICE), id, Some(mandate)).unwrap();
}

pub fn remark() -> RuntimeCall {
	frame_system::Call::remark { remark: vec![1] }.into()
}

pub fn send(dest: AccountId, value: u128) -> RuntimeCall {
	pallet_balances::Call::transfer_allow_death { dest, value }.into()
}

pub fn send_all(dest: AccountId) -> RuntimeCall {
	pallet_balances::Call::transfer_all { dest, keep_alive: false }.into()
}

pub fn send_asset(id: u32, target: AccountId, amount: u128) -> RuntimeCall {
	pallet_assets::Call::transfer { id, target, amount }.into()
}

pub fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	pallet_utility::Call::batch_all { calls }.into()
}

pub fn probe(call: ProbeCall<Test>) -> RuntimeCall {
	call.into()
}

/// A blob of two items, and its tail.
pub fn outputs() -> (Content, Box<Opening>) {
	let data = [5u8; 128];
	(Content::of(&data), Box::new(blob::open(&data, 0, 128).unwrap()))
}

pub fn pay_call(agent: AgentId, amount: u128) -> crate::Call<Test> {
	let (outputs, outputs_tail) = outputs();
	crate::Call::pay { agent, outputs, outputs_tail, amount }
}

pub fn pay(who: AccountId, agent: AgentId, amount: u128) -> DispatchResult {
	let (outputs, tail) = outputs();
	let paid = Agents::pay(signed(who), agent, outputs, tail, amount);
	paid.map(|_| ()).map_err(|failure| failure.error)
}

/// Has the operator act.
pub fn act(id: AgentId, call: RuntimeCall) -> DispatchResultWithPostInfo {
	Agents::act(signed(OPERATOR), id, Box::new(call))
}

/// What became of `call`. Checks that an act that was not done changed nothing but its record.
pub fn outcome(id: AgentId, call: RuntimeCall) -> Outcome {
	let before = crate::Histories::<Test>::get(id).unwrap();
	let state = rest_of_state(id);
	act(id, call).unwrap();
	let (record, head) = last_act(id);
	assert_eq!(record.index, before.length);
	let after = crate::Histories::<Test>::get(id).unwrap();
	assert_eq!(before.followed_by(&record), Some(after));
	assert_eq!(after.head, head);
	if record.outcome != Outcome::Done {
		assert_eq!(record.flows.len(), 0);
		assert_eq!(rest_of_state(id), state);
	}
	record.outcome
}

/// A root of the state without the history of the agent and the events.
fn rest_of_state(id: AgentId) -> Vec<u8> {
	let root = with_transaction(|| {
		crate::Histories::<Test>::remove(id);
		System::reset_events();
		let root = sp_io::storage::root(StateVersion::V1);
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(root))
	});
	root.unwrap()
}

/// The breach that `call` is.
pub fn breach(id: AgentId, call: RuntimeCall) -> Breach {
	match outcome(id, call) {
		Outcome::Breached(breach) => breach,
		other => panic!("{other:?}"),
	}
}

/// What `call`, which is done, moves.
pub fn flows(id: AgentId, call: RuntimeCall) -> Vec<Flow> {
	assert_eq!(outcome(id, call), Outcome::Done);
	last_act(id).0.flows.into_inner()
}

pub fn native(spent: u128, earned: u128) -> Flow {
	Flow { currency: Currency::Native, spent, earned }
}

pub fn asset(asset: u32, spent: u128, earned: u128) -> Flow {
	Flow { currency: Currency::Asset(asset), spent, earned }
}

/// The last record of the agent, and the head after it.
pub fn last_act(id: AgentId) -> (Act, [u8; 32]) {
	let acts = events().into_iter().rev().find_map(|event| match event {
		Event::Acted { agent, act, head } if agent == id => Some((act, head)),
		_ => None,
	});
	acts.unwrap()
}

/// The history that the events come to, by heads alone.
pub fn replay(id: AgentId) -> History {
	let origin = origin_head(&System::block_hash(0), id);
	let acts: Vec<(Act, [u8; 32])> = events()
		.into_iter()
		.filter_map(|event| match event {
			Event::Acted { agent, act, head } => (agent == id).then_some((act, head)),
			_ => None,
		})
		.collect();
	let mut history = History { head: origin, length: 0 };
	for (act, head) in acts {
		history.head = blake2_256(&[&history.head[..], &act.encode()].concat());
		assert_eq!(history.head, head);
		history.length += 1;
	}
	history
}
