//! What the other pallets would know.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	pallet_prelude::ValueQuery,
	storage_alias,
	traits::{fungible::Mutate, tokens::Preservation},
	Blake2_128Concat, Twox64Concat,
};
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, Perbill};
use tributary_primitives::{
	blob::Content,
	ids::{DatasetId, EpochIndex, ModelId, Seq, Version},
	split::Rates,
	title::Payee,
	traits::{
		ContributionFacts, Contributions, Demands, Models, OnSlash, PassedCredit, PassedTo, Pots,
		ReceiptFacts, Receipts, ServedOutput,
	},
};

#[cfg(feature = "runtime-benchmarks")]
use super::BOB;
use super::{AccountId, Balances, System, EPOCH_LENGTH};

/// All other pallets.
pub struct World;

/// A contribution, as [`ContributionFacts`].
#[derive(Clone, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Contribution {
	pub content: Content,
	pub contributor: AccountId,
	pub dataset: DatasetId,
	pub index: Option<u32>,
	pub accepted_at: Option<u32>,
	pub ended_at: Option<u32>,
	pub withheld_at: Option<u32>,
	pub synthetic: Option<ServedOutput>,
}

impl Contribution {
	/// One that entered `dataset` in block 1 as its `index`-th.
	pub fn accepted(
		contributor: AccountId,
		content: Content,
		dataset: DatasetId,
		index: Option<u32>,
	) -> Self {
		Self {
			content,
			contributor,
			dataset,
			index,
			accepted_at: index.map(|_| 1),
			ended_at: None,
			withheld_at: None,
			synthetic: None,
		}
	}
}

/// A receipt that a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Receipt {
	pub outputs: Content,
	pub data_amount: u128,
	/// Its place among those that were withheld.
	pub withheld: Option<u32>,
}

/// What a source passes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Bucket {
	pub credited: u128,
	pub left: u128,
}

/// The pot of one epoch of one model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Pot {
	pub data: u128,
	pub attribution_fee: u128,
	/// What is left for the sources, once it is settled.
	pub unclaimed: Option<u128>,
}

#[storage_alias]
pub type Contributed = StorageMap<Mock, Twox64Concat, Seq, Contribution>;
#[storage_alias]
pub type Windows = StorageMap<Mock, Twox64Concat, ModelId, u32>;
#[storage_alias]
pub type Corpora =
	StorageDoubleMap<Mock, Twox64Concat, ModelId, Blake2_128Concat, DatasetId, Version>;
#[storage_alias]
pub type Paid = StorageMap<Mock, Twox64Concat, (ModelId, EpochIndex, u32), Receipt>;
#[storage_alias]
pub type PotOf = StorageMap<Mock, Twox64Concat, (ModelId, EpochIndex), Pot>;
#[storage_alias]
pub type Buckets = StorageMap<Mock, Twox64Concat, u64, Bucket>;
/// The part of what contributions earn that goes to the title of their dataset.
#[storage_alias]
pub type CuratorShare = StorageValue<Mock, Perbill>;
/// The epochs of which an output is overdue.
#[storage_alias]
pub type Overdue = StorageMap<Mock, Twox64Concat, (ModelId, EpochIndex), ()>;
/// The last block in which a demand for outputs may be answered.
#[storage_alias]
pub type LastAnswer = StorageMap<Mock, Twox64Concat, (ModelId, EpochIndex), u32>;
/// In whose name chunks of which contributions were demanded, in order.
#[storage_alias]
pub type Drawn = StorageValue<Mock, Vec<(AccountId, Seq)>>;
/// The contribution of which no chunk can be demanded.
#[storage_alias]
pub type Undemandable = StorageValue<Mock, Seq>;

/// Who lost how much of a bond, in order.
#[storage_alias]
pub type Slashed = StorageValue<Mock, Vec<(AccountId, u128)>, ValueQuery>;

pub const POTS: AccountId = 1_000;
pub const TREASURY: AccountId = 1_001;
/// Whom all titles of datasets belong to.
pub const TITLES: AccountId = 1_002;

impl OnSlash<AccountId> for World {
	fn slashed(who: &AccountId, amount: u128) {
		Slashed::append((who, amount));
	}
}

impl Contributions<AccountId, u32> for World {
	fn latest_version(_: DatasetId) -> Option<Version> {
		None
	}

	fn contribution(seq: Seq) -> Option<ContributionFacts<AccountId, u32>> {
		let contribution = Contributed::get(seq)?;
		Some(ContributionFacts {
			content: contribution.content,
			contributor: contribution.contributor,
			dataset: contribution.dataset,
			committed_at: 0,
			index: contribution.index,
			accepted_at: contribution.accepted_at,
			ended_at: contribution.ended_at,
			withheld_at: contribution.withheld_at,
			synthetic: contribution.synthetic,
		})
	}

	fn curator_share(_: DatasetId) -> Perbill {
		CuratorShare::get().unwrap_or_default()
	}

	fn allows_training(_: DatasetId, _: bool) -> bool {
		true
	}
}

impl Models<AccountId> for World {
	fn owner(model: ModelId) -> Option<AccountId> {
		Windows::get(model).map(|_| 0)
	}

	fn rates(_: ModelId) -> Option<Rates> {
		None
	}

	fn window(model: ModelId) -> Option<u32> {
		Windows::get(model)
	}

	fn lineage_rate(_: ModelId, _: ModelId) -> Option<Perbill> {
		None
	}

	fn ancestors(_: ModelId) -> Vec<(ModelId, Perbill)> {
		Vec::new()
	}

	fn corpus_version(model: ModelId, dataset: DatasetId) -> Option<Version> {
		Corpora::get(model, dataset)
	}
}

impl Receipts<u32> for World {
	fn epoch_length() -> u32 {
		EPOCH_LENGTH
	}

	fn last_block(epoch: EpochIndex) -> u32 {
		(epoch + 1) * EPOCH_LENGTH - 1
	}

	fn is_closed(epoch: EpochIndex) -> bool {
		System::block_number() > Self::last_block(epoch)
	}

	fn receipt_count(model: ModelId, epoch: EpochIndex) -> u32 {
		(0..).find(|index| !Paid::contains_key((model, epoch, *index))).unwrap()
	}

	fn receipt(
		model: ModelId,
		epoch: EpochIndex,
		index: u32,
		withheld: u32,
	) -> Option<ReceiptFacts> {
		let receipt = Paid::get((model, epoch, index))?;
		let withheld = receipt.withheld.is_some_and(|place| place < withheld);
		let Receipt { outputs, data_amount, .. } = receipt;
		Some(ReceiptFacts { outputs, data_amount, withheld })
	}

	fn paid_at(_: ModelId, _: EpochIndex, _: u32) -> Option<u32> {
		None
	}

	fn data_amount(model: ModelId, epoch: EpochIndex) -> u128 {
		PotOf::get((model, epoch)).unwrap_or_default().data
	}

	fn withheld_count(model: ModelId, epoch: EpochIndex) -> u32 {
		let receipts = 0..Self::receipt_count(model, epoch);
		let withheld = |index: &u32| Paid::get((model, epoch, *index)).unwrap().withheld.is_some();
		receipts.filter(withheld).count() as u32
	}

	fn is_settled(model: ModelId, epoch: EpochIndex) -> bool {
		PotOf::get((model, epoch)).is_some_and(|pot| pot.unclaimed.is_some())
	}
}

impl Demands<AccountId, u32> for World {
	type Error = DispatchError;

	fn demand_drawn_chunks(demander: &AccountId, seq: Seq) -> Result<(), DispatchError> {
		if Undemandable::get() == Some(seq) {
			return Err(DispatchError::Other("the account can not hold the deposits"));
		}
		Drawn::append((*demander, seq));
		Ok(())
	}

	fn last_answer(model: ModelId, epoch: EpochIndex) -> Option<u32> {
		LastAnswer::get((model, epoch))
	}

	fn is_overdue(model: ModelId, epoch: EpochIndex) -> bool {
		Overdue::contains_key((model, epoch))
	}
}

impl PassedCredit<AccountId> for World {
	type Error = DispatchError;

	fn passed(source: u64) -> u128 {
		Buckets::get(source).unwrap_or_default().credited
	}

	fn pass_on(
		model: ModelId,
		epoch: EpochIndex,
		source: u64,
		amount: u128,
	) -> Result<(), DispatchError> {
		assert!(amount > 0, "a claim of nothing needs no pot");
		take_from_pot(model, epoch, amount)?;
		credit(source, amount);
		Ok(())
	}

	fn pay_passed(
		source: u64,
		to: &PassedTo<AccountId>,
		amount: u128,
	) -> Result<(), DispatchError> {
		assert!(amount > 0, "a claim of nothing needs no bucket");
		let mut bucket = Buckets::get(source).unwrap_or_default();
		let left = bucket.left.checked_sub(amount);
		bucket.left = left.ok_or(DispatchError::Other("the source has less left"))?;
		Buckets::insert(source, bucket);
		match to {
			PassedTo::Contributor(payee) => {
				pay_payee(payee, amount)?;
			}
			PassedTo::Source(target) => credit(*target, amount),
			PassedTo::Treasury => pay(&TREASURY, amount)?,
		}
		Ok(())
	}
}

fn credit(source: u64, amount: u128) {
	let Bucket { credited, left } = Buckets::get(source).unwrap_or_default();
	Buckets::insert(source, Bucket { credited: credited + amount, left: left + amount });
}

/// Takes `amount` of what a settled pot holds for its sources.
fn take_from_pot(model: ModelId, epoch: EpochIndex, amount: u128) -> Result<(), DispatchError> {
	let mut pot = PotOf::get((model, epoch)).ok_or(DispatchError::Other("no pot"))?;
	let left = pot.unclaimed.and_then(|unclaimed| unclaimed.checked_sub(amount));
	pot.unclaimed = Some(left.ok_or(DispatchError::Other("the pot holds less"))?);
	PotOf::insert((model, epoch), pot);
	Ok(())
}

impl Pots<AccountId> for World {
	type Error = DispatchError;

	fn settle(
		model: ModelId,
		epoch: EpochIndex,
		attributor: &AccountId,
		attributed: u128,
	) -> Result<u128, DispatchError> {
		let mut pot = PotOf::get((model, epoch)).ok_or(DispatchError::Other("no pot"))?;
		if pot.unclaimed.is_some() {
			return Err(DispatchError::Other("the pot is settled"));
		}
		let residual =
			pot.data.checked_sub(attributed).ok_or(DispatchError::Other("the pot holds less"))?;
		pot.unclaimed = Some(attributed);
		PotOf::insert((model, epoch), pot);
		pay(attributor, pot.attribution_fee)?;
		pay(&TREASURY, residual)?;
		Ok(residual)
	}

	fn pay_source(
		model: ModelId,
		epoch: EpochIndex,
		payee: &Payee<AccountId>,
		amount: u128,
	) -> Result<u128, DispatchError> {
		assert!(amount > 0, "a claim of nothing needs no pot");
		take_from_pot(model, epoch, amount)?;
		pay_payee(payee, amount)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for World {
	fn prepare(
		contributor: &AccountId,
		source: Content,
		outputs: Content,
	) -> (ModelId, EpochIndex, Seq) {
		Contributed::insert(0, Contribution::accepted(*contributor, source, 0, Some(0)));
		Windows::insert(0, 32);
		Corpora::insert(0, 0, 1);
		Paid::insert((0, 0, 0), Receipt { outputs, data_amount: 1_000, withheld: None });
		PotOf::insert((0, 0), Pot { data: 1_000, attribution_fee: 50, unclaimed: None });
		(0, 0, 0)
	}

	fn add_sources(model: ModelId, count: u32) -> Vec<Seq> {
		let add = |index: u32| {
			let content = Content { root: [index as u8; 32], len: 1 << 20 };
			let seq = u64::from(index);
			Contributed::insert(seq, Contribution::accepted(BOB, content, 0, Some(index)));
			seq
		};
		Corpora::insert(model, 0, 1 + count);
		(1..=count).map(add).collect()
	}

	fn mark_synthetic(seq: Seq, served: ServedOutput) {
		Contributed::mutate(seq, |contribution| {
			contribution.as_mut().unwrap().synthetic = Some(served);
		});
	}
}

/// Marks a receipt as one whose outputs are withheld.
pub fn withhold(model: ModelId, epoch: EpochIndex, index: u32) {
	let place = World::withheld_count(model, epoch);
	Paid::mutate((model, epoch, index), |receipt| {
		receipt.as_mut().unwrap().withheld = Some(place);
	});
}

/// Pays the contributor of `payee`, and the curators their part. Returns that.
fn pay_payee(payee: &Payee<AccountId>, amount: u128) -> Result<u128, DispatchError> {
	let curators = World::curator_share(payee.dataset).mul_floor(amount);
	pay(&TITLES, curators)?;
	pay(&payee.contributor, amount - curators)?;
	Ok(curators)
}

fn pay(who: &AccountId, amount: u128) -> Result<(), DispatchError> {
	Balances::transfer(&POTS, who, amount, Preservation::Preserve).map(|_| ())
}
