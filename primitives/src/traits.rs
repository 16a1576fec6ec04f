//! What one pallet asks of another. The runtime joins them; no pallet names another.

use alloc::vec::Vec;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

use crate::{
	blob::{Content, Opening},
	ids::{DatasetId, EpochIndex, ModelId, ReportId, Seq, Version},
	report::record_count,
	split::Rates,
	title::{Beneficiary, Payee, Tenure, Title},
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
	/// When it was committed.
	pub committed_at: BlockNumber,
	/// Its place among the dataset's accepted contributions; `None` until it is accepted.
	pub index: Option<u32>,
	/// When it was accepted.
	pub accepted_at: Option<BlockNumber>,
	/// When it was rejected, withdrawn or suspended.
	pub ended_at: Option<BlockNumber>,
	/// When a demand for its bytes went unanswered.
	pub withheld_at: Option<BlockNumber>,
	/// The output that it repeats, where its credit passes through to the sources of that output.
	pub synthetic: Option<ServedOutput>,
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

/// An output that was served and paid for (protocol 4).
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
pub struct ServedOutput {
	/// The model that served it.
	pub model: ModelId,
	/// The epoch of its receipt.
	pub epoch: EpochIndex,
	/// The receipt.
	pub receipt: u32,
	/// The item.
	pub item: u32,
	/// The output.
	pub output: Content,
	/// The number of its windows, by the model's window.
	pub windows: u64,
}

/// What a dataset does with contributions that repeat a served output (protocol 2).
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
pub enum SyntheticPolicy {
	/// They are suspended.
	#[default]
	Refuse,
	/// They stay, and what they earn goes to the sources of the output.
	PassThrough,
}

/// What a sanction took, in planck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slash {
	/// What was taken.
	pub slashed: u128,
	/// What of that went to whoever showed the wrong; the rest is burned.
	pub reward: u128,
}

/// Who hears that somebody lost money for a wrong that was proven (protocol 9).
pub trait OnSlash<AccountId> {
	/// `who` lost `amount` planck of a bond or a deposit.
	fn slashed(who: &AccountId, amount: u128);
}

impl<AccountId> OnSlash<AccountId> for () {
	fn slashed(_: &AccountId, _: u128) {}
}

/// What is proven against contributions (protocol 2, 6).
pub trait Sanctions<AccountId> {
	/// What a sanction may fail with.
	type Error;

	/// Keeps the contribution from being withdrawn, and its deposit from being returned, until
	/// [`Sanctions::unlock`] is called as often as this.
	///
	/// # Errors
	/// Where there is no such revealed contribution.
	fn lock(seq: Seq) -> Result<(), Self::Error>;

	/// Undoes one [`Sanctions::lock`].
	fn unlock(seq: Seq);

	/// Suspends a copy, and gives half of its deposit, rounded down, to `challenger`. One that has
	/// ended before is left as it is, and nothing is taken.
	///
	/// # Errors
	/// Where there is no such contribution.
	fn suspend_copy(seq: Seq, challenger: &AccountId) -> Result<Slash, Self::Error>;

	/// Marks a contribution as one that repeats `served`, and suspends it as a copy where its dataset
	/// refuses such. Where it passes credit through, and where it has ended before, nothing is taken.
	///
	/// # Errors
	/// Where there is no such contribution.
	fn mark_synthetic(
		seq: Seq,
		served: ServedOutput,
		challenger: &AccountId,
	) -> Result<Slash, Self::Error>;

	/// Notes that a demand for the contribution's bytes went unanswered: it is withheld from this
	/// block on, whether it has ended or not, and suspended if it has not; half of its deposit,
	/// rounded down, goes to `demander`.
	///
	/// # Errors
	/// Where there is no such contribution.
	fn withhold(seq: Seq, demander: &AccountId) -> Result<Slash, Self::Error>;
}

/// Datasets and their contributions (protocol 2).
pub trait Contributions<AccountId, BlockNumber> {
	/// The dataset's newest version; `None` where there is no such dataset.
	fn latest_version(dataset: DatasetId) -> Option<Version>;
	/// The revealed contribution that was committed as `seq`.
	fn contribution(seq: Seq) -> Option<ContributionFacts<AccountId, BlockNumber>>;
	/// The part of what the dataset's contributions earn that goes to its title; 0 where there is no such
	/// dataset.
	fn curator_share(dataset: DatasetId) -> Perbill;
	/// Whether the dataset's owner lets models be trained on it: generative ones, or others. Use
	/// under the licence's conditions counts as allowed: the chain can not check them. Not where there is
	/// no such dataset.
	fn allows_training(dataset: DatasetId, generative: bool) -> bool;
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

/// What datasets have earned of the revenue of models (protocol 3).
pub trait DatasetEarnings {
	/// What the contributions of `dataset` have claimed of the revenue of `model` so far, the part of the
	/// dataset's title and credit that came to them through synthetic contributions included, in planck.
	fn dataset_earned(model: ModelId, dataset: DatasetId) -> u128;
}

/// A receipt as a report sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiptFacts {
	/// The blob of 64-byte items, at least one.
	pub outputs: Content,
	/// What its items share, in planck.
	pub data_amount: u128,
	/// Whether a demand for its outputs went unanswered. It counts as one item without windows then,
	/// which carries all of the data amount.
	pub withheld: bool,
}

impl ReceiptFacts {
	/// The number of items that a report has to cover; `None` where the blob is no list of items.
	pub fn items(&self) -> Option<u64> {
		if self.withheld {
			Some(1)
		} else {
			record_count(self.outputs.len)
		}
	}
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
	/// The receipt `index` of the model in the epoch, as it was when `withheld` of its receipts were
	/// withheld: what a report saw that counted so many.
	fn receipt(
		model: ModelId,
		epoch: EpochIndex,
		index: u32,
		withheld: u32,
	) -> Option<ReceiptFacts>;
	/// The block of the payment of that receipt.
	fn paid_at(model: ModelId, epoch: EpochIndex, index: u32) -> Option<BlockNumber>;
	/// The sum of the data amounts of those receipts, in planck.
	fn data_amount(model: ModelId, epoch: EpochIndex) -> u128;
	/// The number of those receipts whose outputs are withheld.
	fn withheld_count(model: ModelId, epoch: EpochIndex) -> u32;
	/// Whether the pot of (model, epoch) is settled.
	fn is_settled(model: ModelId, epoch: EpochIndex) -> bool;
}

/// What becomes of receipts whose outputs nobody shows (protocol 6).
pub trait WithholdReceipts {
	/// What it may fail with.
	type Error;

	/// Marks a receipt as one whose outputs are withheld; one that is marked stays so.
	///
	/// # Errors
	/// Where there is no such receipt, or its pot is settled.
	fn withhold(model: ModelId, epoch: EpochIndex, receipt: u32) -> Result<(), Self::Error>;
}

/// Whom credit that a synthetic contribution passes on goes to.
#[allow(
	clippy::cast_possible_truncation,
	reason = "the encoding's derive casts the variant's index"
)]
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum PassedTo<AccountId> {
	/// A contributor, and the title of the dataset.
	Contributor(Payee<AccountId>),
	/// A source that passes credit on itself.
	Source(u64),
	/// The treasury, for windows that nobody owns.
	Treasury,
}

/// Credit of synthetic contributions, on its way to the sources of the outputs that they repeat
/// (protocol 2). It stays in the account of all payments, and in its books.
pub trait PassedCredit<AccountId> {
	/// What it may fail with.
	type Error;

	/// All that was ever passed on by `source`, in planck.
	fn passed(source: u64) -> u128;

	/// Sets `amount` planck of what the settled pot of (model, epoch) holds for `source` aside.
	///
	/// # Errors
	/// Where the pot holds less; nothing is changed then.
	fn pass_on(
		model: ModelId,
		epoch: EpochIndex,
		source: u64,
		amount: u128,
	) -> Result<(), Self::Error>;

	/// Gives `amount` planck of what `source` passed on to `to`; of a contributor's, the curators' part
	/// is as [`Pots::pay_source`] divides it, and goes to whom the revenue of the dataset's title goes to
	/// now: credit has no epoch.
	///
	/// # Errors
	/// Where less is left; nothing is changed then.
	fn pay_passed(source: u64, to: &PassedTo<AccountId>, amount: u128) -> Result<(), Self::Error>;
}

/// The blobs of a report on which demands are heard, and who answers for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportBlobs<AccountId> {
	/// The attributor.
	pub attributor: AccountId,
	/// The blob of entries.
	pub entries: Content,
	/// The blob of payouts.
	pub payouts: Content,
}

/// Open reports, as demands for bytes see them (protocol 6).
pub trait OpenReports<AccountId, BlockNumber> {
	/// What it may fail with.
	type Error;

	/// The blobs of the open report `report` on (model, epoch), while demands on it are heard.
	fn demandable(
		model: ModelId,
		epoch: EpochIndex,
		report: ReportId,
	) -> Option<ReportBlobs<AccountId>>;

	/// Whether demands for the outputs of (model, epoch) and for its sources are heard: there is no
	/// report, or one on which demands are heard.
	fn hears_demands(model: ModelId, epoch: EpochIndex) -> bool;

	/// Keeps the open report on (model, epoch), if there is one, from being final before `until` is
	/// over. Returns whether that puts its end off: not where there is none, or where it ends no earlier.
	fn keep_open(model: ModelId, epoch: EpochIndex, until: BlockNumber) -> bool;

	/// Voids the open report `report` on (model, epoch), as its attributor does not show its bytes:
	/// slashes the bond as a fault by `demander` does. Returns `None`, and changes nothing, where
	/// it does not stand any more.
	///
	/// # Errors
	/// Those of the token.
	fn void_withheld(
		model: ModelId,
		epoch: EpochIndex,
		report: ReportId,
		demander: &AccountId,
	) -> Result<Option<Slash>, Self::Error>;

	/// Voids the open report on (model, epoch), if there is one, and slashes nothing. Returns whether
	/// another may be posted: not where a report stands whose window for faults is over, and nothing is
	/// changed then.
	///
	/// # Errors
	/// Those of the token.
	fn void_blameless(model: ModelId, epoch: EpochIndex) -> Result<bool, Self::Error>;
}

/// Demands for bytes, as reports see them (protocol 6).
pub trait Demands<AccountId, BlockNumber> {
	/// What it may fail with.
	type Error;

	/// Demands chunks of the contribution that are drawn by lot, on account of `demander`. Chunks
	/// that are demanded already are left out.
	///
	/// # Errors
	/// Where there is no such contribution, or the account can not hold the deposits.
	fn demand_drawn_chunks(demander: &AccountId, seq: Seq) -> Result<(), Self::Error>;

	/// The last block in which a demand for the outputs of (model, epoch) may be answered, or a later
	/// one; `None` where no such demand pends.
	fn last_answer(model: ModelId, epoch: EpochIndex) -> Option<BlockNumber>;

	/// Whether a demand for the outputs of (model, epoch) was not answered in time and is not enforced
	/// yet: a report that is posted now would fall with it.
	fn is_overdue(model: ModelId, epoch: EpochIndex) -> bool;
}

/// Paying out the data pot of (model, epoch) once its report is final (protocol 4, 6).
pub trait Pots<AccountId> {
	/// What a payment may fail with.
	type Error;

	/// Settles the pot: `attributed` planck stay for the sources, the attribution fee goes to
	/// `attributor`, and the rest of the data amount, the residual, to the treasury. Returns the
	/// residual.
	///
	/// # Errors
	/// Where the pot was settled before or holds less than `attributed`; nothing is changed then.
	fn settle(
		model: ModelId,
		epoch: EpochIndex,
		attributor: &AccountId,
		attributed: u128,
	) -> Result<u128, Self::Error>;

	/// Pays `amount` planck of what was attributed to `payee`: the curators' part,
	/// `floor(curator share * amount)`, to whom the revenue of the dataset's title went to at the end of the
	/// epoch, and the rest to the contributor. Returns the curators' part. Nothing is paid, and nothing
	/// fails, where `amount` is 0.
	///
	/// # Errors
	/// Where less than `amount` is left; nothing is changed then.
	fn pay_source(
		model: ModelId,
		epoch: EpochIndex,
		payee: &Payee<AccountId>,
		amount: u128,
	) -> Result<u128, Self::Error>;
}

/// Payments on behalf of an account that has agreed to them (protocol 4).
pub trait Payments<AccountId> {
	/// What a payment may fail with.
	type Error;

	/// Pays `amount` planck of the free balance of `payer` for outputs of `model`, as a payment that it
	/// signs does, but of frozen money too: it was promised before. Returns the epoch and the index of
	/// the receipt.
	///
	/// # Errors
	/// Those of a payment; nothing is changed then.
	fn pay(
		payer: &AccountId,
		model: ModelId,
		outputs: Content,
		outputs_tail: &Opening,
		amount: u128,
	) -> Result<(EpochIndex, u32), Self::Error>;

	/// What the payer holds for a receipt, in planck.
	fn receipt_deposit() -> u128;

	/// The least payment, in planck.
	fn min_payment() -> u128;
}

/// Who owns what (protocol 8).
pub trait Titles<AccountId> {
	/// What it may fail with.
	type Error;

	/// Makes the title of something that is registered now, for `owner`.
	///
	/// # Errors
	/// Where the title exists.
	fn mint(title: Title, owner: &AccountId) -> Result<(), Self::Error>;

	/// Whom the title belongs to now; `None` where there is no such title.
	fn owner(title: Title) -> Option<AccountId>;

	/// Whom the title's revenue goes to from now on; `None` where there is no such title.
	fn beneficiary(title: Title) -> Option<Beneficiary<AccountId>>;

	/// Whom what the title earned by the end of `block` is paid to: the beneficiary that it had then, and
	/// where a vault has ended since, its heir. `None` where there is no such title. Reads at most
	/// [`MAX_TENURE_READS`](crate::title::MAX_TENURE_READS) items more than [`Titles::beneficiary`].
	fn beneficiary_as_of(title: Title, block: u32) -> Option<Beneficiary<AccountId>>;

	/// How often the beneficiary of any title of the chain has changed.
	fn changes() -> u64;

	/// The index of the title's tenure of today: the number of its former ones.
	fn current_tenure(title: Title) -> u32;

	/// The tenure `index` of the title, the one of today included; `None` where there is none.
	fn tenure(title: Title, index: u32) -> Option<Tenure<AccountId>>;
}

/// Titles whose revenue goes to a vault (protocol 8).
pub trait VaultedTitles<AccountId> {
	/// What it may fail with.
	type Error;

	/// Sends the title's revenue to its vault from now on; nothing changes where it goes there already.
	///
	/// # Errors
	/// Where there is no such title.
	fn vault(title: Title) -> Result<(), Self::Error>;

	/// Sends the title's revenue to its owner again; nothing changes where it goes there already.
	/// What the vault has earned and was never credited with is `heir`'s: its tenure ends as one of
	/// `Beneficiary::Owner(heir)`, so that no former tenure is a vault's.
	///
	/// # Errors
	/// Where there is no such title.
	fn unvault(title: Title, heir: &AccountId) -> Result<(), Self::Error>;
}

/// Who hears when a title changes hands, before it does.
pub trait OnTitleChange<AccountId> {
	/// The title's revenue goes to somebody else than `from` from now on. What was earned before is
	/// theirs.
	fn beneficiary_changes(title: Title, from: &Beneficiary<AccountId>);

	/// The title is about to leave `from`.
	fn owner_changes(title: Title, from: &AccountId);
}

impl<AccountId> OnTitleChange<AccountId> for () {
	fn beneficiary_changes(_: Title, _: &Beneficiary<AccountId>) {}
	fn owner_changes(_: Title, _: &AccountId) {}
}

impl<AccountId, A: OnTitleChange<AccountId>, B: OnTitleChange<AccountId>> OnTitleChange<AccountId>
	for (A, B)
{
	fn beneficiary_changes(title: Title, from: &Beneficiary<AccountId>) {
		A::beneficiary_changes(title, from);
		B::beneficiary_changes(title, from);
	}

	fn owner_changes(title: Title, from: &AccountId) {
		A::owner_changes(title, from);
		B::owner_changes(title, from);
	}
}

/// The vaults of titles whose shares earn their revenue (protocol 8).
pub trait Vaults<AccountId> {
	/// What it may fail with.
	type Error;

	/// The account that holds what vaults have taken in and not paid out.
	fn account() -> AccountId;

	/// Divides `amount` planck of revenue of `title`, which have just come into the free balance of
	/// [`Vaults::account`], among whoever has staked its shares, or gives it to the title's owner where
	/// nobody has.
	///
	/// # Errors
	/// Where the title has no vault, or the account has less; nothing is changed then.
	fn credit(title: Title, amount: u128) -> Result<(), Self::Error>;
}
