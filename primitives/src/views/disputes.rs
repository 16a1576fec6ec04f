//! What is disputed: demands for bytes, accusations, and rewards for faults (protocol 2, 6).

use codec::{Decode, Encode};
use scale_info::TypeInfo;

#[cfg(feature = "std")]
use super::{json::optional_hex32, planck};
use crate::{
	availability::Demanded,
	blob::Content,
	ids::{EpochIndex, ModelId, ReportId, Seq},
	traits::ServedOutput,
};

view! {
	/// A demand for a chunk that was neither answered nor enforced.
	pub struct DemandView<AccountId> {
		/// Its number.
		pub id: u64,
		/// What was demanded.
		pub blob: Demanded,
		/// The name of those bytes.
		pub content: Content,
		/// The chunk.
		pub chunk: u64,
		/// Who demanded.
		pub demander: AccountId,
		/// Who answers for the bytes, and is paid for an answer.
		pub respondent: AccountId,
		/// What the demander pays for an answer, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub deposit: u128,
		/// The last block in which it may be answered.
		pub answer_until: u32,
	}
}

/// What an accused contribution is said to repeat.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the encoding's derive casts the variant's index"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum OriginalView {
	/// An earlier contribution.
	Contribution(Seq),
	/// An output that was served before.
	Output(ServedOutput),
}

view! {
	/// An open accusation against a contribution.
	pub struct AccusationView<AccountId> {
		/// The contribution.
		pub accused: Seq,
		/// Who accuses.
		pub challenger: AccountId,
		/// What it is said to repeat.
		pub original: OriginalView,
		/// The name of the bytes that it is said to repeat.
		pub content: Content,
		/// What the challenger answers with, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub bond: u128,
		/// The block whose randomness draws the windows.
		pub draw_at: u32,
		/// The seed of the draw, once that block is over.
		#[cfg_attr(feature = "std", serde(with = "optional_hex32"))]
		pub seed: Option<[u8; 32]>,
		/// The drawn windows that were shown, a bit each.
		pub hits: u32,
		/// The last block in which windows may be shown.
		pub prove_until: u32,
	}
}

view! {
	/// A report that was voided while somebody had announced a fault of it: whose the reward is stays
	/// open for some blocks.
	pub struct RewardView<AccountId> {
		/// The report.
		pub report: ReportId,
		/// Its model.
		pub model: ModelId,
		/// Its epoch.
		pub epoch: EpochIndex,
		/// Whose the reward is as things stand.
		pub beneficiary: AccountId,
		/// The reward, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub amount: u128,
		/// The last block in which an announced fault may be revealed.
		pub reveal_until: u32,
	}
}
