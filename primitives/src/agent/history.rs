//! What an agent did, as the runtime writes it.

use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use super::{CallIndex, Currency, MAX_FLOWS};
use crate::ids::AgentId;
#[cfg(feature = "std")]
use crate::views::planck;

/// The head of a history: a hash that stands for all of it.
pub type Head = [u8; 32];

/// What the first head of every history is hashed with.
pub const HISTORY_TAG: [u8; 15] = *b"tributary/agent";

/// The rule of its mandate that an act broke.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the codec derive casts the variant's index, which it has checked"
)]
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum Breach {
	/// The mandate's last block is over.
	Expired,
	/// The call is not one of the mandate's.
	NotAllowed(CallIndex),
	/// No agent makes this call, or not so: it gives rights away, or value that is not measured.
	NotDelegable(CallIndex),
	/// More calls than [`MAX_CALLS_OF_ACT`](super::MAX_CALLS_OF_ACT), those that nest others included.
	TooManyCalls,
	/// More currencies than [`MAX_FLOWS`], those of the mandate included.
	TooManyCurrencies,
	/// The other side of the call is none of the mandate's counterparties.
	Counterparty(CallIndex),
	/// One call spent more than it may.
	CallBudget {
		/// Of what.
		currency: Currency,
		/// What it spent.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		spent: u128,
		/// What it may spend.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		budget: u128,
	},
	/// More was spent in the window than may be.
	WindowBudget {
		/// Of what.
		currency: Currency,
		/// What counts in the window, this act included.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		spent: u128,
		/// What may be spent in it.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		budget: u128,
	},
	/// The agent's own title would have changed hands.
	TitleLost,
}

/// What became of an act.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the codec derive casts the variant's index, which it has checked"
)]
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum Outcome {
	/// All of its calls were made.
	Done,
	/// One of its calls failed: nothing was done.
	Failed,
	/// It broke a rule of the mandate: nothing was done.
	Breached(Breach),
}

/// What an act took out of the agent's account of one currency, and what it brought in. Both are sums over
/// its calls: what came in with one does not lessen what went out with another.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub struct Flow {
	/// Of what.
	pub currency: Currency,
	/// What went out, or was put on hold.
	#[cfg_attr(feature = "std", serde(with = "planck"))]
	pub spent: u128,
	/// What came in, or was released.
	#[cfg_attr(feature = "std", serde(with = "planck"))]
	pub earned: u128,
}

/// One act of an agent.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Act {
	/// The block of it.
	pub block: u32,
	/// The number of the agent's acts before it.
	pub index: u64,
	/// `blake2_256(SCALE(call))`.
	pub call_hash: [u8; 32],
	/// What became of it.
	pub outcome: Outcome,
	/// What it moved, in ascending order of the currencies, without those of which nothing moved; empty
	/// where nothing was done.
	pub flows: BoundedVec<Flow, ConstU32<MAX_FLOWS>>,
}

/// The head of a history without acts: `blake2_256(SCALE(HISTORY_TAG, genesis_hash, agent))`
/// (protocol 9).
pub fn origin_head<Hash: Encode>(genesis_hash: &Hash, agent: AgentId) -> Head {
	sp_crypto_hashing::blake2_256(&(HISTORY_TAG, genesis_hash, agent).encode())
}

/// The head after `act`: `blake2_256(head ++ SCALE(act))` (protocol 9).
pub fn next_head(head: &Head, act: &Act) -> Head {
	sp_crypto_hashing::blake2_256(&(head, act).encode())
}

/// All acts of an agent, by their number and their head.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct History {
	/// Stands for all of them and their order.
	pub head: Head,
	/// How many there are.
	pub length: u64,
}

impl History {
	/// The history of an agent that never acted.
	pub fn origin<Hash: Encode>(genesis_hash: &Hash, agent: AgentId) -> Self {
		Self { head: origin_head(genesis_hash, agent), length: 0 }
	}

	/// The history with `act` at its end; `None` where that is not the next one, or there can be no more.
	pub fn followed_by(&self, act: &Act) -> Option<Self> {
		if act.index != self.length {
			return None;
		}
		let length = self.length.checked_add(1)?;
		Some(Self { head: next_head(&self.head, act), length })
	}
}
