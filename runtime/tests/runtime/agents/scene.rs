//! Agents that are made and given an operator, a mandate and money by signed transactions.

use frame_support::{traits::ConstU32, BoundedVec};
use pallet_agents::CallRules;
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::{DispatchError, Perbill};
use tributary_primitives::{
	agent::{
		Act, Breach, Budget, CallIndex, Head, Mandate, ModelRate, Outcome, MAX_COUNTERPARTIES,
	},
	blob::Content,
};
use tributary_runtime::{
	configs::mandates::Delegable,
	params::{EXISTENTIAL_DEPOSIT, TRIB},
	AccountId, Runtime, RuntimeCall, RuntimeEvent,
};

use crate::chain::{address, Chain};

pub type Agents = pallet_agents::Call<Runtime>;
pub type Balances = pallet_balances::Call<Runtime>;
pub type Utility = pallet_utility::Call<Runtime>;

/// Who makes the agent.
pub const HOLDER: Account = Account::FerdieStash;
/// Who acts for it.
pub const OPERATOR: Account = Account::AliceStash;
/// Whom an operator would like to have what is the agent's.
pub const FRIEND: Account = Account::EveStash;

/// What is bonded when an agent is made, in planck.
pub const STAKE: u128 = 200 * TRIB;
/// What it has beside that, in planck.
pub const FUNDS: u128 = 1_000 * TRIB;
/// The blocks of the window of [`wide`].
pub const WINDOW: u32 = 16;

pub struct Agent {
	pub id: u32,
	pub account: AccountId,
}

/// Makes an agent that is paid without models and retains nothing.
pub fn create(chain: &mut Chain, owner: Account) -> Agent {
	create_with(chain, owner, Vec::new(), Perbill::zero())
}

pub fn create_with(
	chain: &mut Chain,
	owner: Account,
	models: Vec<ModelRate>,
	retention: Perbill,
) -> Agent {
	let call = Agents::create {
		metadata: Content::of(b"{}"),
		models: models.try_into().expect("there are few"),
		retention,
		stake: STAKE,
	};
	chain.run(owner, call);
	let created = chain.find_event(|event| match event {
		RuntimeEvent::Agents(pallet_agents::Event::Created { agent, account, .. }) => {
			Some(Agent { id: agent, account })
		}
		_ => None,
	});
	created.expect("it has a number")
}

/// Gives the agent an operator and a mandate.
pub fn mandate(chain: &mut Chain, agent: &Agent, mandate: Mandate<AccountId>) {
	let operator = Some(OPERATOR.to_account_id());
	chain.run(HOLDER, Agents::set_operator { agent: agent.id, operator });
	chain.run(HOLDER, Agents::set_mandate { agent: agent.id, mandate: Some(mandate) });
}

/// Gives the agent what is missing to [`FUNDS`].
pub fn fund(chain: &mut Chain, agent: &Agent) {
	let (dest, value) = (agent.account.clone().into(), FUNDS - EXISTENTIAL_DEPOSIT);
	chain.run(HOLDER, Balances::transfer_allow_death { dest, value });
	assert_eq!(chain.free(&agent.account), FUNDS);
}

/// A chain with an agent as [`acting_on`] makes it.
pub fn acting(calls: &[RuntimeCall]) -> (Chain, Agent) {
	let mut chain = Chain::start("development");
	let agent = acting_on(&mut chain, calls);
	(chain, agent)
}

/// Makes an agent that has [`FUNDS`], and may make these calls with anyone and spend all that it has.
pub fn acting_on(chain: &mut Chain, calls: &[RuntimeCall]) -> Agent {
	let agent = create(chain, HOLDER);
	fund(chain, &agent);
	mandate(chain, &agent, wide(calls));
	agent
}

/// A mandate for these calls, and those that they nest in a batch, that bounds nothing else.
pub fn wide(calls: &[RuntimeCall]) -> Mandate<AccountId> {
	let all = Budget { per_call: u128::MAX, per_window: u128::MAX };
	Mandate {
		calls: indices(calls).try_into().expect("there are few"),
		native: all,
		assets: Default::default(),
		window: WINDOW,
		counterparties: None,
		expires_at: u32::MAX,
	}
}

/// The indices of these calls and of those that they carry, in order.
fn indices(calls: &[RuntimeCall]) -> Vec<CallIndex> {
	let mut indices: Vec<_> = calls.iter().flat_map(carried).collect();
	indices.sort();
	indices.dedup();
	indices
}

fn carried(call: &RuntimeCall) -> Vec<CallIndex> {
	use pallet_utility::Call;

	let mut indices = vec![Delegable::index(call)];
	if let RuntimeCall::Utility(call) = call {
		let calls = match call {
			Call::batch { calls } | Call::batch_all { calls } | Call::force_batch { calls } => {
				calls.clone()
			}
			Call::as_derivative { call, .. }
			| Call::dispatch_as { call, .. }
			| Call::dispatch_as_fallible { call, .. }
			| Call::with_weight { call, .. } => vec![*call.clone()],
			Call::if_else { main, fallback } => vec![*main.clone(), *fallback.clone()],
			_ => Vec::new(),
		};
		indices.extend(calls.iter().flat_map(carried));
	}
	indices
}

/// These accounts, as a mandate lists them.
pub fn counterparties(
	accounts: impl IntoIterator<Item = AccountId>,
) -> Option<BoundedVec<AccountId, ConstU32<MAX_COUNTERPARTIES>>> {
	let mut accounts: Vec<_> = accounts.into_iter().collect();
	accounts.sort();
	Some(accounts.try_into().expect("there are few"))
}

/// What an act came to, as its event says.
pub fn acted(chain: &mut Chain) -> (Act, Head) {
	let acted = chain.find_event(|event| match event {
		RuntimeEvent::Agents(pallet_agents::Event::Acted { act, head, .. }) => Some((act, head)),
		_ => None,
	});
	acted.expect("there is a record")
}

/// Why the calls of the last act failed.
pub fn failure(chain: &mut Chain) -> Option<DispatchError> {
	chain.find_event(|event| match event {
		RuntimeEvent::Agents(pallet_agents::Event::ActFailed { error, .. }) => Some(error),
		_ => None,
	})
}

/// Has the operator make `call` in the agent's name.
pub fn act(chain: &mut Chain, agent: &Agent, call: impl Into<RuntimeCall>) -> Outcome {
	let call = Box::new(call.into());
	chain.run(OPERATOR, Agents::act { agent: agent.id, call });
	acted(chain).0.outcome
}

/// Has the operator make `call` in the agent's name, which must be done.
pub fn do_act(chain: &mut Chain, agent: &Agent, call: impl Into<RuntimeCall>) {
	let outcome = act(chain, agent, call);
	let why = failure(chain);
	assert_eq!(outcome, Outcome::Done, "{why:?}");
}

/// Has the operator make `call` in the agent's name, which must break a rule.
pub fn breach(chain: &mut Chain, agent: &Agent, call: impl Into<RuntimeCall>) -> Breach {
	match act(chain, agent, call) {
		Outcome::Breached(breach) => breach,
		outcome => panic!("it came to {outcome:?}: {:?}", failure(chain)),
	}
}

/// The call that gives `value` planck to [`FRIEND`].
pub fn gift(value: u128) -> RuntimeCall {
	Balances::transfer_allow_death { dest: address(FRIEND), value }.into()
}

/// The batch of `calls`, of which all are made or none.
pub fn batch_all(calls: impl Into<Vec<RuntimeCall>>) -> RuntimeCall {
	Utility::batch_all { calls: calls.into() }.into()
}
