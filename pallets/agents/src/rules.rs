//! What the runtime says of its calls.

use alloc::vec::Vec;

use sp_runtime::DispatchResult;
use tributary_primitives::{agent::CallIndex, title::Title};

/// The items of storage that a rule of one call reads, and the assets that it names beside those of the
/// mandate, together: what an act weighs counts so many reads for each call.
pub const MAX_RULE_READS: u64 = 4;

/// What an agent may call, and what of it must be measured.
pub trait CallRules<AccountId, Call> {
	/// The indices of the call: the first two bytes of its encoding.
	fn index(call: &Call) -> CallIndex;

	/// What is to be done with the call, if the account `agent` signed it now.
	///
	/// It is asked of a call before the first one of the act is dispatched, and again just before the call is.
	/// It reads no more than [`MAX_RULE_READS`] says.
	fn rule<'a>(agent: &AccountId, call: &'a Call) -> CallRule<'a, AccountId, Call>;
}

/// What is to be done with a call of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallRule<'a, AccountId, Call> {
	/// It is dispatched, and what it moves is measured.
	Leaf {
		/// The accounts on its other side, which must be among the mandate's counterparties.
		counterparties: Vec<AccountId>,
		/// The assets whose balances of the agent it may change.
		assets: Vec<u32>,
	},
	/// It does nothing but dispatch these as its own origin, one after the other, all or none.
	Nest(&'a [Call]),
	/// No agent makes it: it gives away rights, or value in a way that is not measured.
	NotDelegable,
}

/// Gives titles away for their owners.
pub trait TitleTransfer<AccountId> {
	/// Gives `title` to `to`, as if its owner did. The caller has checked who that is.
	///
	/// # Errors
	/// Where the title can not be transferred; nothing is changed then.
	fn give(title: Title, to: &AccountId) -> DispatchResult;
}
