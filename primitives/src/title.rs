//! Titles: who owns a dataset, a model or an agent, and whom its revenue goes to (protocol 8).

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::ids::{AgentId, DatasetId, ModelId};

/// The most items that are read to find whom a title's revenue went to in a former block: the newest tenure's
/// end, those that a search among the others asks for, and the tenure that is found.
pub const MAX_TENURE_READS: u32 = 34;

/// What a title is of. The discriminant is the id of its collection.
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
pub enum TitleKind {
	/// A dataset.
	Dataset,
	/// A model.
	Model,
	/// An agent.
	Agent,
}

impl TitleKind {
	/// All of them, in order of their collections.
	pub const ALL: [Self; 3] = [Self::Dataset, Self::Model, Self::Agent];

	/// The id of the collection that holds these titles.
	pub fn collection(self) -> u32 {
		match self {
			Self::Dataset => 0,
			Self::Model => 1,
			Self::Agent => 2,
		}
	}

	/// The kind of the titles that `collection` holds; `None` where it holds none.
	pub fn of_collection(collection: u32) -> Option<Self> {
		Self::ALL.into_iter().find(|kind| kind.collection() == collection)
	}
}

/// A title: the item `id` of the collection of its kind.
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
pub struct Title {
	/// What it is of.
	pub kind: TitleKind,
	/// The id of what it is of, and of the item.
	pub id: u32,
}

impl Title {
	/// The title of a dataset.
	pub fn dataset(id: DatasetId) -> Self {
		Self { kind: TitleKind::Dataset, id }
	}

	/// The title of a model.
	pub fn model(id: ModelId) -> Self {
		Self { kind: TitleKind::Model, id }
	}

	/// The title of an agent.
	pub fn agent(id: AgentId) -> Self {
		Self { kind: TitleKind::Agent, id }
	}
}

/// Whom the revenue of a title goes to.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the codec derive casts the variant's index, which it has checked"
)]
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum Beneficiary<AccountId> {
	/// Its owner.
	Owner(AccountId),
	/// Whoever has staked its shares.
	Vault,
}

/// A span in which the revenue of a title went to one beneficiary. Spans are told by the number of
/// changes of beneficiaries of all titles of the chain, which grows by one with each.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Tenure<AccountId> {
	/// Whom it went to.
	pub beneficiary: Beneficiary<AccountId>,
	/// The number of changes when it began; 0 for the first tenure of a title, which has earned
	/// nothing before.
	pub since: u64,
	/// The number of changes when it ended; `None` for the tenure of today.
	pub until: Option<u64>,
}

/// Whom what a contribution earned goes to: its contributor, and the title of its dataset.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Payee<AccountId> {
	/// The contributor.
	pub contributor: AccountId,
	/// The dataset.
	pub dataset: DatasetId,
}
