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

mod disputes;
mod market;

pub use disputes::{AccusationView, DemandView, OriginalView, RewardView};
pub use market::{ChannelView, StakeView, TenureView, TitleView, VaultView};

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
		/// The curators' part of what its contributions earn.
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
	/// How one unit paid for a model is divided.
	pub struct SharesView {
		/// The protocol's part of the payment.
		pub protocol_fee: Perbill,
		/// Each ancestor's part of the net amount.
		pub lineage: Vec<(ModelId, Perbill)>,
		/// The data's part of the net amount.
		pub data: Perbill,
		/// The attributor's part of the data's.
		pub attribution_fee: Perbill,
		/// What is left of the net amount for the owner.
		pub owner: Perbill,
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
		/// For each ancestor, by model.
		pub lineage: Vec<ClaimableLineageView>,
	}
}

view! {
	/// What a model's revenue holds for one ancestor.
	pub struct ClaimableLineageView {
		/// The ancestor.
		pub ancestor: ModelId,
		/// What its owner may claim, in planck.
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

/// Roots in JSON: 0x-prefixed hex.
#[cfg(feature = "std")]
pub mod hex32 {
	use serde::{de::Error, Deserialize, Deserializer, Serializer};

	/// Writes the root.
	pub fn serialize<S: Serializer>(root: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_str(&format!("0x{}", hex::encode(root)))
	}

	/// Reads a root, with or without the prefix.
	pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
		let text = String::deserialize(deserializer)?;
		let mut root = [0; 32];
		hex::decode_to_slice(text.strip_prefix("0x").unwrap_or(&text), &mut root)
			.map_err(|error| D::Error::custom(format!("a root is 64 hex digits: {error}")))?;
		Ok(root)
	}
}

/// Roots in JSON that may be missing.
#[cfg(feature = "std")]
mod optional_hex32 {
	use serde::{Deserialize, Deserializer, Serialize, Serializer};

	#[derive(Serialize, Deserialize)]
	struct Hex(#[serde(with = "super::hex32")] [u8; 32]);

	pub fn serialize<S: Serializer>(
		root: &Option<[u8; 32]>,
		serializer: S,
	) -> Result<S::Ok, S::Error> {
		root.map(Hex).serialize(serializer)
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(
		deserializer: D,
	) -> Result<Option<[u8; 32]>, D::Error> {
		Ok(Option::<Hex>::deserialize(deserializer)?.map(|Hex(root)| root))
	}
}

/// Planck in JSON: decimal strings, as JavaScript's numbers end at 2^53.
#[cfg(feature = "std")]
pub mod planck {
	use serde::{de::Error, Deserialize, Deserializer, Serializer};

	/// Writes the amount.
	pub fn serialize<S: Serializer>(amount: &u128, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(amount)
	}

	/// Reads an amount.
	pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
		String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
	}
}

/// Planck in JSON that may be missing.
#[cfg(feature = "std")]
mod optional_planck {
	use serde::{Deserialize, Deserializer, Serialize, Serializer};

	#[derive(Serialize, Deserialize)]
	struct Decimal(#[serde(with = "super::planck")] u128);

	pub fn serialize<S: Serializer>(
		amount: &Option<u128>,
		serializer: S,
	) -> Result<S::Ok, S::Error> {
		amount.map(Decimal).serialize(serializer)
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(
		deserializer: D,
	) -> Result<Option<u128>, D::Error> {
		Ok(Option::<Decimal>::deserialize(deserializer)?.map(|Decimal(amount)| amount))
	}
}

/// Bytes that are text.
#[cfg(feature = "std")]
mod text {
	use serde::{Deserialize, Deserializer, Serializer};

	pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_str(&String::from_utf8_lossy(bytes))
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
		String::deserialize(deserializer).map(String::into_bytes)
	}
}

#[cfg(test)]
mod tests;
