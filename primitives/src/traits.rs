//! What one pallet asks of another. The runtime joins them; no pallet names another.

use alloc::vec::Vec;

use sp_arithmetic::Perbill;

use crate::{
	blob::Content,
	ids::{DatasetId, EpochIndex, ModelId, Seq, Version},
	split::Rates,
};

/// A contribution as other pallets see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContributionFacts<AccountId, BlockNumber> {
	/// The bytes.
	pub content: Content,
	/// Who is paid for them.
	pub contributor: AccountId,
	/// The dataset that holds it.
	pub dataset: DatasetId,
	/// Its place among the dataset's accepted contributions; `None` until it is accepted.
	pub index: Option<u32>,
	/// When it was accepted.
	pub accepted_at: Option<BlockNumber>,
	/// When it was withdrawn or suspended after it was accepted.
	pub ended_at: Option<BlockNumber>,
}

impl<AccountId, BlockNumber: PartialOrd> ContributionFacts<AccountId, BlockNumber> {
	/// Whether it stood accepted at the end of block `at`.
	pub fn accepted_as_of(&self, at: BlockNumber) -> bool {
		self.accepted_at.as_ref().is_some_and(|accepted| *accepted <= at)
			&& self.ended_at.as_ref().is_none_or(|ended| *ended > at)
	}

	/// Whether it is in a version of its dataset (protocol 2).
	pub fn within(&self, version: Version) -> bool {
		self.index.is_some_and(|index| index < version)
	}
}

/// Datasets and their contributions (protocol 2).
pub trait Contributions<AccountId, BlockNumber> {
	/// The dataset's newest version; `None` where there is no such dataset.
	fn latest_version(dataset: DatasetId) -> Option<Version>;
	/// The revealed contribution that was committed as `seq`.
	fn contribution(seq: Seq) -> Option<ContributionFacts<AccountId, BlockNumber>>;
}

/// Models, their lineage and corpus (protocol 3).
pub trait Models<AccountId> {
	/// Whom the model's title belongs to; `None` where there is no such model.
	fn owner(model: ModelId) -> Option<AccountId>;
	/// The rates that a payment for the model is divided by.
	fn rates(model: ModelId) -> Option<Rates>;
	/// The model's window, in bytes.
	fn window(model: ModelId) -> Option<u32>;
	/// What `ancestor` asks of the revenue of `model`; `None` where it is no ancestor of it.
	fn lineage_rate(model: ModelId, ancestor: ModelId) -> Option<Perbill>;
	/// The model's ancestors and what each asks of its revenue; none where there is no such model.
	/// Long, so for views and checks alone.
	fn ancestors(model: ModelId) -> Vec<(ModelId, Perbill)>;
	/// The version of `dataset` in the model's corpus; `None` where it is not in it.
	fn corpus_version(model: ModelId, dataset: DatasetId) -> Option<Version>;
}

/// A receipt as a report sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiptFacts {
	/// The blob of 64-byte items, at least one.
	pub outputs: Content,
	/// What its items share, in planck.
	pub data_amount: u128,
}

/// Payments, by model and epoch (protocol 4).
pub trait Receipts<BlockNumber> {
	/// Blocks in an epoch, at least 1.
	fn epoch_length() -> BlockNumber;
	/// The epoch's last block.
	fn last_block(epoch: EpochIndex) -> BlockNumber;
	/// Whether the epoch's last block is behind us.
	fn is_closed(epoch: EpochIndex) -> bool;
	/// The number of receipts of the model in the epoch.
	fn receipt_count(model: ModelId, epoch: EpochIndex) -> u32;
	/// The receipt `index` of the model in the epoch.
	fn receipt(model: ModelId, epoch: EpochIndex, index: u32) -> Option<ReceiptFacts>;
	/// The sum of the data amounts of those receipts, in planck.
	fn data_amount(model: ModelId, epoch: EpochIndex) -> u128;
}

/// Paying out the data pot of (model, epoch) once its report is final (protocol 4, 6).
pub trait Pots<AccountId> {
	/// What a payment may fail with.
	type Error;

	/// Settles the pot: `attributed` planck stay for the sources, the attribution fee goes to
	/// `attributor`, and the rest of the data amount, the residual, to the treasury. Returns the residual.
	///
	/// # Errors
	/// Where the pot was settled before or holds less than `attributed`; nothing is changed then.
	fn settle(
		model: ModelId,
		epoch: EpochIndex,
		attributor: &AccountId,
		attributed: u128,
	) -> Result<u128, Self::Error>;

	/// Pays `amount` planck of what was attributed to `beneficiary`.
	///
	/// # Errors
	/// Where less than `amount` is left; nothing is changed then.
	fn pay_source(
		model: ModelId,
		epoch: EpochIndex,
		beneficiary: &AccountId,
		amount: u128,
	) -> Result<(), Self::Error>;
}
