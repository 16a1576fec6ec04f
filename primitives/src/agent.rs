//! Agents: what one may do for its owner, what it did, and what it has earned (protocol 9).
//!
//! An agent acts by calls that an operator signs, within a [`Mandate`]. What each call takes out of the
//! agent's account is measured ([`Tally`]) and counted ([`Windows`]); a call that breaks a rule of the
//! mandate is a [`Breach`], and nothing of it stays but its record. Each act makes the next head of a
//! [`History`] that anyone replays. What the agent is paid is divided by [`divide_earnings`], and the
//! protocol fees that others burned for it are its reputation, which fades ([`Decaying`]).

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

use crate::ids::ModelId;
#[cfg(feature = "std")]
use crate::views::planck;

mod earnings;
mod history;
mod mandate;
mod meter;
mod reputation;
mod window;

pub use earnings::{divide_earnings, Earnings};
pub use history::{next_head, origin_head, Act, Breach, Flow, Head, History, Outcome, HISTORY_TAG};
pub use mandate::{Mandate, MandateError};
pub use meter::Tally;
pub use reputation::Decaying;
pub use window::{RollingWindow, Windows};

/// The most calls that a mandate allows.
pub const MAX_ALLOWED_CALLS: u32 = 64;
/// The most accounts that a mandate names as counterparties.
pub const MAX_COUNTERPARTIES: u32 = 32;
/// The most assets that a mandate has budgets for.
pub const MAX_BUDGETED_ASSETS: u32 = 4;
/// The most calls of one act: those that are dispatched, and those that nest them.
pub const MAX_CALLS_OF_ACT: u32 = 16;
/// The most currencies that one act may touch: the native token, the assets of the mandate and others.
pub const MAX_FLOWS: u32 = 9;
/// The most models that an agent runs on.
pub const MAX_MODELS: u32 = 4;
/// The most parts of a stake that unbond at the same time.
pub const MAX_UNBONDING: u32 = 8;
/// The most bytes of an agent's metadata: 64 KiB.
pub const MAX_METADATA: u64 = 64 * 1024;

/// A call of the runtime: the index of its pallet, and its own in it. They are the first two bytes of the
/// encoded call.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub struct CallIndex {
	/// The pallet's index in the runtime.
	pub pallet: u8,
	/// The call's index in the pallet.
	pub call: u8,
}

/// What an amount is of.
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
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum Currency {
	/// The native token, in planck.
	Native,
	/// An asset, by its id, in its own units.
	Asset(u32),
}

/// What may be spent of one currency, in its units.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
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
pub struct Budget {
	/// By one call.
	#[cfg_attr(feature = "std", serde(with = "planck"))]
	pub per_call: u128,
	/// In any run of as many blocks as the mandate's window has.
	#[cfg_attr(feature = "std", serde(with = "planck"))]
	pub per_window: u128,
}

/// A model that an agent runs on, and its part of what the agent is paid.
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
pub struct ModelRate {
	/// The model.
	pub model: ModelId,
	/// Its part of each payment; 0 where it is not paid.
	pub rate: Perbill,
}

/// Whether an agent may act.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
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
pub enum AgentState {
	/// It acts.
	#[default]
	Active,
	/// It does not act until its owner resumes it. It is paid all the same.
	Paused,
	/// It neither acts nor is paid any more.
	Retired,
}

#[cfg(test)]
mod tests;
