//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use sp_runtime::Perbill;
use tributary_primitives::{
	blob::Content,
	ids::{DatasetId, ModelId, Version},
};

/// The most parents of a model.
pub const MAX_PARENTS: u32 = 16;
/// The most ancestors of a model.
pub const MAX_ANCESTORS: u32 = 256;
/// The most datasets that a model pins itself.
pub const MAX_PINS: u32 = 64;
/// The most datasets in the corpus of a model.
pub const MAX_CORPUS: u32 = 256;

/// The models that a model was made from.
pub type Parents = BoundedVec<ModelId, ConstU32<MAX_PARENTS>>;
/// The datasets that a model pins itself.
pub type Pins = BoundedVec<Pin, ConstU32<MAX_PINS>>;
/// Ancestors and their rates, in order of the models' ids.
pub type AncestorRates = BoundedVec<(ModelId, Perbill), ConstU32<MAX_ANCESTORS>>;
/// A corpus, in order of the datasets' ids.
pub type CorpusPins = BoundedVec<Pin, ConstU32<MAX_CORPUS>>;
/// A model of the runtime `T`.
pub type ModelOf<T> = Model<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

/// How a model came from its parents: the Hugging Face names where they exist.
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
pub enum Relation {
	/// From nothing: it has no parent.
	Pretrain,
	/// By further training.
	Finetune,
	/// An adapter for its parent.
	Adapter,
	/// Of two or more parents.
	Merge,
	/// With fewer bits.
	Quantized,
	/// Trained on its parent's outputs.
	Distill,
	/// In another format.
	Convert,
}

impl Relation {
	/// The name in lower case, as model cards write it.
	pub fn name(self) -> &'static str {
		match self {
			Self::Pretrain => "pretrain",
			Self::Finetune => "finetune",
			Self::Adapter => "adapter",
			Self::Merge => "merge",
			Self::Quantized => "quantized",
			Self::Distill => "distill",
			Self::Convert => "convert",
		}
	}

	/// Whether a model of this relation may have `parents` parents.
	pub fn admits(self, parents: usize) -> bool {
		match self {
			Self::Pretrain => parents == 0,
			Self::Merge => parents >= 2,
			_ => parents >= 1,
		}
	}
}

/// A dataset pinned at a version.
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
pub struct Pin {
	/// The dataset.
	pub dataset: DatasetId,
	/// The version: at least 1.
	pub version: Version,
}

/// The terms of a model's use.
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
pub struct Terms {
	/// The part of a later descendant's net revenue that it asks.
	pub lineage_rate: Perbill,
	/// The part of its own net revenue that goes to the data.
	pub data_rate: Perbill,
	/// Its window, in bytes.
	pub window: u32,
}

/// What is stated of a model when it is registered.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Registration {
	/// How it came from its parents.
	pub relation: Relation,
	/// The models that it was made from.
	pub parents: Parents,
	/// The datasets that it pins itself.
	pub pins: Pins,
	/// Whether it is generative: what it makes is of the kind that it was trained on.
	pub generative: bool,
	/// The terms of its use. The lineage rate may change later.
	pub terms: Terms,
	/// Its weights, or whatever is served.
	pub artifact: Content,
	/// How it was trained.
	pub manifest: Content,
}

/// A model.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Model<AccountId, BlockNumber> {
	/// Who registered it, and has the deposit on hold for it. Whom it belongs to is asked of its title.
	pub depositor: AccountId,
	/// What was stated then.
	pub registration: Registration,
	/// The sum of its ancestors' rates, so that a payment need not read them.
	pub lineage_sum: Perbill,
	/// The block of its registration.
	pub registered_at: BlockNumber,
	/// What its depositor has on hold for it, in planck.
	pub deposit: u128,
}
