//! Calls that are for nobody.

use alloc::vec;

use frame_support::traits::Contains;

use crate::{Runtime, RuntimeCall};

type Multisig = pallet_multisig::Call<Runtime>;
type Proxy = pallet_proxy::Call<Runtime>;
type Sudo = pallet_sudo::Call<Runtime>;
type Utility = pallet_utility::Call<Runtime>;

/// Refuses the calls that would get around what the runtime promises, however they are wrapped: a batch, a
/// proxy and a multisig ask again for each call that they carry.
///
/// - `Nfts.burn`: a title stands for a dataset, model or agent that does not go away. Its revenue would
///   belong to nobody.
/// - `Utility.batch_all` with an `Agents.act` anywhere in it: an operator could let the batch fail after an
///   act that went wrong, and the record of it would be undone. What else carries calls keeps what those did
///   that succeeded: `batch`, `force_batch` and proxies whatever comes after, and `if_else`,
///   `as_derivative` and multisigs fail with a call in them that failed itself.
///
/// Root passes every filter where it speaks for an account, as `Sudo.sudo_as` does.
pub struct OpenCalls;

impl Contains<RuntimeCall> for OpenCalls {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Nfts(pallet_nfts::Call::burn { .. }) => false,
			RuntimeCall::Utility(Utility::batch_all { .. }) => !carries_act(call),
			_ => true,
		}
	}
}

/// Whether an agent may act in `call`, however deep. Looks at each call in it once.
fn carries_act(call: &RuntimeCall) -> bool {
	let mut pending = vec![call];
	while let Some(call) = pending.pop() {
		if matches!(call, RuntimeCall::Agents(pallet_agents::Call::act { .. })) {
			return true;
		}
		pending.extend(carried(call).into_iter().flatten());
	}
	false
}

/// The calls that `call` dispatches. What an act does is taken apart by its pallet, and not among them.
fn carried(call: &RuntimeCall) -> [&[RuntimeCall]; 2] {
	let one = core::slice::from_ref::<RuntimeCall>;
	let carried: &[RuntimeCall] = match call {
		RuntimeCall::Utility(call) => match call {
			Utility::batch { calls }
			| Utility::batch_all { calls }
			| Utility::force_batch { calls } => calls,
			Utility::as_derivative { call, .. }
			| Utility::dispatch_as { call, .. }
			| Utility::dispatch_as_fallible { call, .. }
			| Utility::with_weight { call, .. } => one(call),
			Utility::if_else { main, fallback } => return [one(main), one(fallback)],
			_ => &[],
		},
		RuntimeCall::Proxy(Proxy::proxy { call, .. } | Proxy::proxy_announced { call, .. })
		| RuntimeCall::Multisig(
			Multisig::as_multi { call, .. } | Multisig::as_multi_threshold_1 { call, .. },
		)
		| RuntimeCall::Sudo(
			Sudo::sudo { call }
			| Sudo::sudo_unchecked_weight { call, .. }
			| Sudo::sudo_as { call, .. },
		) => one(call),
		_ => &[],
	};
	[carried, &[]]
}
