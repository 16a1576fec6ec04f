//! What the runtime API returns. Under `std` each view is also the JSON of the `attribution_` RPC:
//! roots are 0x-prefixed hex, planck are decimal strings, rates are parts per billion.

use alloc::vec::Vec;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

use crate::{
	blob::Content,
	ids::{DatasetId, EpochIndex, ModelId, Seq, Version},
	traits::{ServedOutput, SyntheticPolicy},
};

/// The most items in one page of a list.
pub const MAX_PAGE: u32 = 256;

macro_rules! view {
	($(#[$meta:meta])* pub struct $name:ident $(<$($generic:ident),+>)? { $($body:tt)* }) => {
		$(#[$meta])*
		#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
		#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
		#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
		pub struct $name $(<$($generic),+>)? { $($body)* }
	};
}

mod agent;
mod disputes;
#[cfg(feature = "std")]
mod json;
mod market;
mod shares;

pub use agent::{
	ActView, AgentView, AssetBudgetView, BudgetView, HistoryView, MandateView, PayerView,
	ReputationView, UnbondingView,
};
pub use disputes::{AccusationView, DemandView, OriginalView, RewardView};
#[cfg(feature = "std")]
use json::text;
#[cfg(feature = "std")]
pub use json::{hex32, planck};
pub use market::{ChannelView, StakeView, TenureView, TitleView, VaultView};
pub use shares::{AncestorShareView, DatasetShareView, SharesView, MAX_HISTORY_PAGE};

view! {
	/// A page of a list, and where the next one starts; `None` after the last.
	pub struct Page<Item, Cursor> {
		/// At most [`MAX_PAGE`] items.
		pub items: Vec<Item>,
		/// The cursor of the next page.
		pub next: Option<Cursor>,
	}
}

/// Who may put contributions into a dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum AdmissionView {
	/// Every reveal is accepted.
	Open,
	/// A curator decides on each.
	Curated,
}

view! {
	/// A dataset.
	pub struct DatasetView<AccountId> {
		/// Its index.
		pub id: DatasetId,
		/// Its owner.
		pub owner: AccountId,
		/// Who may put contributions into it.
		pub admission: AdmissionView,
		/// Who decides, where it is curated.
		pub curators: Vec<AccountId>,
		/// The part of what its contributions earn that goes to its title.
		pub curator_share: Perbill,
		/// An SPDX licence expression.
		#[cfg_attr(feature = "std", serde(with = "text"))]
		pub licence: Vec<u8>,
		/// Data mining, inference, training, generative training: `allowed`, `notAllowed` or
		/// `constrained`.
		pub uses: [UseView; 4],
		/// What a contribution must hold, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub contribution_deposit: u128,
		/// Its description (Croissant JSON-LD).
		pub metadata: Content,
		/// What becomes of contributions that repeat a served output.
		pub synthetic: SyntheticPolicy,
		/// Whether it takes no more contributions.
		pub closed: bool,
		/// Its newest version: the number of accepted contributions.
		pub version: Version,
	}
}

/// What a dataset's owner says of one use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum UseView {
	/// Allowed.
	Allowed,
	/// Not allowed.
	NotAllowed,
	/// Allowed under the licence's conditions.
	Constrained,
}

/// Where a contribution stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum ContributionStateView {
	/// Committed, not revealed.
	Committed,
	/// Revealed, and a curator has not decided.
	Pending,
	/// In the dataset.
	Accepted,
	/// Turned down by a curator.
	Rejected,
	/// Taken back by its contributor.
	Withdrawn,
	/// Shown to be a copy, or one whose bytes are withheld: see `cause`.
	Suspended,
}

/// Why a contribution is suspended.
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
pub enum SuspensionCause {
	/// It repeats an earlier contribution.
	Copy,
	/// It repeats a served output, and its dataset refuses such.
	Synthetic,
	/// A demand for its bytes went unanswered.
	Withheld,
}

view! {
	/// A commitment or a contribution.
	pub struct ContributionView<AccountId> {
		/// Its place in the chain-wide order.
		pub seq: Seq,
		/// Who committed it.
		pub contributor: AccountId,
		/// The block of the commitment.
		pub committed_at: u32,
		/// Where it stands.
		pub state: ContributionStateView,
		/// The block since which it stands there.
		pub since: u32,
		/// The dataset, once it is revealed.
		pub dataset: Option<DatasetId>,
		/// Its bytes, once it is revealed.
		pub content: Option<Content>,
		/// Its place in the dataset, once it is accepted.
		pub index: Option<u32>,
		/// Why it is suspended, where it is.
		pub cause: Option<SuspensionCause>,
		/// The block in which a demand for its bytes went unanswered.
		pub withheld_at: Option<u32>,
		/// The output that it repeats, where that was shown.
		pub synthetic: Option<ServedOutput>,
		/// Open demands for its bytes and accusations against it: it can not be withdrawn meanwhile.
		pub locks: u32,
	}
}

view! {
	/// A dataset pinned at a version.
	pub struct PinView {
		/// The dataset.
		pub dataset: DatasetId,
		/// The version.
		pub version: Version,
	}
}

view! {
	/// A model.
	pub struct ModelView<AccountId> {
		/// Its index.
		pub id: ModelId,
		/// Its owner.
		pub owner: AccountId,
		/// How it came from its parents, by the Hugging Face name.
		#[cfg_attr(feature = "std", serde(with = "text"))]
		pub relation: Vec<u8>,
		/// The models that it was made from.
		pub parents: Vec<ModelId>,
		/// The datasets that it pins itself.
		pub pins: Vec<PinView>,
		/// Whether it is generative.
		pub generative: bool,
		/// The union of its pins and those of its ancestors.
		pub corpus: Vec<PinView>,
		/// Its weights, or whatever is served.
		pub artifact: Content,
		/// How it was trained.
		pub manifest: Content,
		/// What it asks of a later descendant's net revenue.
		pub lineage_rate: Perbill,
		/// The part of its net revenue that goes to the data.
		pub data_rate: Perbill,
		/// Its window, in bytes.
		pub window: u32,
		/// The block of its registration.
		pub registered_at: u32,
	}
}

view! {
	/// An ancestor of a model.
	pub struct AncestorView<AccountId> {
		/// The ancestor.
		pub model: ModelId,
		/// Its owner.
		pub owner: AccountId,
		/// Its part of the model's net revenue, fixed when the model was registered.
		pub rate: Perbill,
		/// What it has earned of the model's revenue, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub earned: u128,
		/// What of that is claimed, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub claimed: u128,
	}
}

view! {
	/// A contribution in the corpus of a model.
	pub struct CorpusEntryView {
		/// The contribution.
		pub seq: Seq,
		/// Its bytes.
		pub content: Content,
	}
}

view! {
	/// Where the chain is in its epochs.
	pub struct EpochView {
		/// The epoch of the newest block.
		pub current: EpochIndex,
		/// Blocks in an epoch.
		pub length: u32,
		/// The newest block.
		pub block: u32,
	}
}

view! {
	/// A payment.
	pub struct ReceiptView<AccountId> {
		/// Its index among those of (model, epoch).
		pub index: u32,
		/// Who paid.
		pub payer: AccountId,
		/// The blob of items.
		pub outputs: Content,
		/// What was paid, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub amount: u128,
		/// What its items share, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub data_amount: u128,
		/// The block of the payment.
		pub block: u32,
		/// Whether a demand for its outputs went unanswered: it counts as one item without windows
		/// then.
		pub withheld: bool,
	}
}

/// Where a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum ReportStateView {
	/// A fault may still be shown.
	Challengeable,
	/// The window has passed; anyone may finalise it.
	Unchallenged,
	/// Its sources may claim.
	Final,
}

view! {
	/// A report.
	pub struct ReportView<AccountId> {
		/// Tells it from earlier reports of the same (model, epoch).
		pub id: u32,
		/// Who posted it.
		pub attributor: AccountId,
		/// The blob of entries.
		pub entries: Content,
		/// The blob of payouts.
		pub payouts: Content,
		/// What all sources earn by it, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub total: u128,
		/// The block in which it was posted.
		pub posted_at: u32,
		/// The last block in which demands for its blobs, outputs and sources are heard.
		pub demand_until: u32,
		/// The last block in which a fault is heard. Demands put it off.
		pub challenge_until: u32,
		/// The sources whose bytes its attributor could not get.
		pub unseen: Vec<u64>,
		/// Where it stands.
		pub state: ReportStateView,
	}
}

view! {
	/// What a model's revenue holds for its owner and its ancestors, in planck.
	pub struct ClaimableView {
		/// For the owner.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub owner: u128,
		/// For the ancestors, by model and tenure.
		pub lineage: Vec<ClaimableLineageView>,
	}
}

view! {
	/// What a model's revenue holds for one tenure of an ancestor's title.
	pub struct ClaimableLineageView {
		/// The ancestor.
		pub ancestor: ModelId,
		/// The tenure of its title, counted from 0.
		pub tenure: u32,
		/// What may be claimed for whom that was, in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub amount: u128,
	}
}

view! {
	/// The books of one (model, epoch), in planck.
	pub struct PotView {
		/// The sum of the receipts' data amounts.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub data: u128,
		/// The attributor's fee.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub attribution_fee: u128,
		/// Whether a final report has settled it.
		pub settled: bool,
		/// What is left for the sources, once it is settled.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub unclaimed: u128,
	}
}

view! {
	/// The books of all payments, in planck: `deposited = claimed + claimable + pots + residue`.
	pub struct BooksView {
		/// Net amounts paid in.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub deposited: u128,
		/// Paid out.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub claimed: u128,
		/// What the account holds.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub held: u128,
	}
}

#[cfg(test)]
mod tests;
