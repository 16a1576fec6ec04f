//! The ways past a mandate that were tried, one test each, named by the way. An operator here wants a friend
//! to have what is the agent's, or a right to it.

mod bounds;
mod classes;
mod money;
mod random;
mod rights;
mod trade;
mod wrappers;

use frame_support::storage::{with_transaction, TransactionOutcome};
use pallet_agents::CallRules;
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult};
use tributary_primitives::agent::{Breach, CallIndex};
use tributary_runtime::{configs::mandates::Delegable, RuntimeCall, RuntimeOrigin};

use crate::{
	agents::scene::{breach, Agent, FRIEND},
	chain::Chain,
};

/// The indices of `call`.
fn index(call: &RuntimeCall) -> CallIndex {
	Delegable::index(call)
}

/// What `call` would come to if the agent's account could sign it. Leaves nothing behind.
fn signed_by(chain: &mut Chain, agent: &Agent, call: RuntimeCall) -> DispatchResult {
	let origin = RuntimeOrigin::signed(agent.account.clone());
	chain.ext.execute_with(|| {
		with_transaction(|| {
			let result = call.dispatch(origin).map(|_| ()).map_err(|failure| failure.error);
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(result))
		})
		.expect("it does not fail")
	})
}

/// The call can not be made, though the mandate lists it and what it carries, and nobody gains by it.
fn is_refused(chain: &mut Chain, agent: &Agent, call: RuntimeCall) {
	let of_agent = chain.free(&agent.account);
	let of_friend = chain.before_fees(FRIEND);
	let expected = Breach::NotDelegable(index(&call));
	assert_eq!(breach(chain, agent, call.clone()), expected, "{call:?}");
	assert_eq!(chain.free(&agent.account), of_agent, "{call:?}");
	assert_eq!(chain.before_fees(FRIEND), of_friend, "{call:?}");
	chain.check();
}

/// As [`is_refused`], of a call that the agent's account could well make.
fn is_a_way_that_is_closed(chain: &mut Chain, agent: &Agent, call: RuntimeCall) {
	assert_eq!(signed_by(chain, agent, call.clone()), Ok(()), "{call:?} would come to nothing");
	is_refused(chain, agent, call);
}
