//! What is read of agents (protocol 9).

use alloc::vec::Vec;

use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

use super::Page;
#[cfg(feature = "std")]
use super::{hex32, planck};
use crate::{
	agent::{Act, AgentState, Budget, CallIndex, Flow, ModelRate, Outcome},
	blob::Content,
	ids::AgentId,
};

view! {
	/// An agent.
	pub struct AgentView<AccountId> {
		/// Its id.
		pub id: AgentId,
		/// Whom its title belongs to.
		pub owner: AccountId,
		/// Its own account, which nobody has a key of.
		pub account: AccountId,
		/// Whose key it acts by; `None` until its owner names one.
		pub operator: Option<AccountId>,
		/// Whether it may act.
		pub state: AgentState,
		/// The models that it runs on, and the part of what it is paid that each gets.
		pub models: Vec<ModelRate>,
		/// The part of its earnings that is added to its stake.
		pub retention: Perbill,
		/// What it says of itself: an A2A AgentCard.
		pub metadata: Content,
		/// Its stake, in planck, without what unbonds.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub bonded: u128,
		/// What of its stake unbonds.
		pub unbonding: Vec<UnbondingView>,
	}
}

view! {
	/// A part of a stake that unbonds.
	pub struct UnbondingView {
		/// In planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub amount: u128,
		/// The first block in which it may be withdrawn.
		pub free_at: u32,
	}
}

view! {
	/// What an agent may do, and what of its budgets is used.
	pub struct MandateView<AccountId> {
		/// The calls that it may make.
		pub calls: Vec<CallIndex>,
		/// What it may spend of the native token.
		pub native: BudgetView,
		/// What it may spend of assets.
		pub assets: Vec<AssetBudgetView>,
		/// The blocks of the window that budgets count in.
		pub window: u32,
		/// The other side of its calls, where they have one; `None` for anyone.
		pub counterparties: Option<Vec<AccountId>>,
		/// The last block in which it may act.
		pub expires_at: u32,
		/// Who has the deposit for the mandate on hold.
		pub depositor: AccountId,
		/// That deposit, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub deposit: u128,
	}
}

view! {
	/// A budget, and what of it is used.
	pub struct BudgetView {
		/// What may be spent.
		#[cfg_attr(feature = "std", serde(flatten))]
		pub budget: Budget,
		/// What counts as spent in the window that ends with the newest block.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub spent: u128,
	}
}

view! {
	/// A budget of an asset.
	pub struct AssetBudgetView {
		/// The asset's id.
		pub asset: u32,
		/// What may be spent of it, and was.
		#[cfg_attr(feature = "std", serde(flatten))]
		pub budget: BudgetView,
	}
}

view! {
	/// All acts of an agent, by their number and their head.
	pub struct HistoryView {
		/// Stands for all of them and their order.
		#[cfg_attr(feature = "std", serde(with = "hex32"))]
		pub head: [u8; 32],
		/// How many there are.
		pub length: u64,
	}
}

view! {
	/// One act of an agent.
	pub struct ActView {
		/// The number of the agent's acts before it.
		pub index: u64,
		/// The block of it.
		pub block: u32,
		/// `blake2_256(SCALE(call))`.
		#[cfg_attr(feature = "std", serde(with = "hex32"))]
		pub call_hash: [u8; 32],
		/// What became of it.
		pub outcome: Outcome,
		/// What it moved.
		pub flows: Vec<Flow>,
	}
}

impl From<Act> for ActView {
	fn from(act: Act) -> Self {
		Self {
			index: act.index,
			block: act.block,
			call_hash: act.call_hash,
			outcome: act.outcome,
			flows: act.flows.into_inner(),
		}
	}
}

view! {
	/// The protocol fees that others burned by paying an agent, and what time has left of them.
	pub struct ReputationView<AccountId> {
		/// All of them, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub score: u128,
		/// By how many payers.
		pub payers: u32,
		/// A page of what each has burned. Each is rounded down, so that they may sum to less than the score,
		/// or to more, as that was rounded with each payment.
		pub parts: Page<PayerView<AccountId>, AccountId>,
	}
}

view! {
	/// What one payer has burned for an agent.
	pub struct PayerView<AccountId> {
		/// Who paid.
		pub payer: AccountId,
		/// What is left of it, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub amount: u128,
	}
}
