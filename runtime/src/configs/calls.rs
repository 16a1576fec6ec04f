//! Calls that are for nobody.

use frame_support::traits::Contains;

use crate::RuntimeCall;

/// Refuses the calls that would get around what the runtime promises, however they are wrapped: a batch, a
/// proxy and a multisig ask again for each call that they carry.
///
/// - `Nfts.burn`: a title stands for a dataset, model or agent that does not go away. Its revenue would
///   belong to nobody.
///
/// Root passes every filter where it speaks for an account, as `Sudo.sudo_as` does.
pub struct OpenCalls;

impl Contains<RuntimeCall> for OpenCalls {
	fn contains(call: &RuntimeCall) -> bool {
		!matches!(call, RuntimeCall::Nfts(pallet_nfts::Call::burn { .. }))
	}
}
