//! What the other pallets would know, in maps.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	storage_alias,
	traits::{
		fungible::Mutate,
		tokens::{Fortitude, Precision, Preservation},
		Randomness,
	},
	Twox64Concat,
};
use scale_info::TypeInfo;
use sp_runtime::{testing::H256, DispatchError, DispatchResult, Perbill};
use tributary_primitives::{
	blob::Content,
	ids::{DatasetId, EpochIndex, ModelId, ReportId, Seq, Version},
	split::Rates,
	traits::{
		ContributionFacts, Contributions, Models, OpenReports, ReceiptFacts, Receipts, ReportBlobs,
		Sanctions, ServedOutput, Slash, WithholdReceipts,
	},
};

use super::{AccountId, Balances, System, BOND, CONTRIBUTION_DEPOSIT, EPOCH_LENGTH};

/// What the other pallets would know.
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
	pub locks: u32,
}

/// A receipt.
#[derive(Clone, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Receipt {
	pub outputs: Content,
	pub withheld: bool,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Report {
	pub id: ReportId,
	pub attributor: AccountId,
	pub entries: Content,
	pub payouts: Content,
	pub demand_until: u32,
	pub challenge_until: u32,
	pub is_final: bool,
}

#[storage_alias]
pub type Contributed = StorageMap<Mock, Twox64Concat, Seq, Contribution>;
#[storage_alias]
pub type Owners = StorageMap<Mock, Twox64Concat, ModelId, AccountId>;
#[storage_alias]
pub type Corpora = StorageMap<Mock, Twox64Concat, (ModelId, DatasetId), Version>;
#[storage_alias]
pub type Paid = StorageMap<Mock, Twox64Concat, (ModelId, EpochIndex, u32), Receipt>;
#[storage_alias]
pub type Posted = StorageMap<Mock, Twox64Concat, (ModelId, EpochIndex), Report>;
#[storage_alias]
pub type Random = StorageValue<Mock, H256>;

impl Contributions<AccountId, u32> for World {
	fn latest_version(_: DatasetId) -> Option<Version> {
		None
	}

	fn contribution(seq: Seq) -> Option<ContributionFacts<AccountId, u32>> {
		let Contribution {
			content,
			contributor,
			dataset,
			index,
			accepted_at,
			ended_at,
			withheld_at,
			..
		} = Contributed::get(seq)?;
		Some(ContributionFacts {
			content,
			contributor,
			dataset,
			committed_at: 0,
			index,
			accepted_at,
			ended_at,
			withheld_at,
			synthetic: None,
		})
	}

	fn curator_share(_: DatasetId) -> Perbill {
		Perbill::zero()
	}

	fn allows_training(_: DatasetId, _: bool) -> bool {
		true
	}
}

impl Sanctions<AccountId> for World {
	type Error = DispatchError;

	fn lock(seq: Seq) -> DispatchResult {
		let mut contribution = Contributed::get(seq).ok_or("no such contribution")?;
		contribution.locks += 1;
		Contributed::insert(seq, contribution);
		Ok(())
	}

	fn unlock(seq: Seq) {
		let mut contribution = Contributed::get(seq).expect("what is locked is there");
		contribution.locks = contribution.locks.checked_sub(1).expect("it is locked");
		Contributed::insert(seq, contribution);
	}

	fn suspend_copy(_: Seq, _: &AccountId) -> Result<Slash, DispatchError> {
		Err(DispatchError::Other("no business of this pallet"))
	}

	fn mark_synthetic(_: Seq, _: ServedOutput, _: &AccountId) -> Result<Slash, DispatchError> {
		Err(DispatchError::Other("no business of this pallet"))
	}

	fn withhold(seq: Seq, demander: &AccountId) -> Result<Slash, DispatchError> {
		let mut contribution = Contributed::get(seq).ok_or("no such contribution")?;
		if contribution.withheld_at.is_some() {
			return Err(DispatchError::Other("it was withheld before"));
		}
		contribution.withheld_at = Some(System::block_number());
		let ended = contribution.ended_at.is_some();
		contribution.ended_at.get_or_insert(System::block_number());
		let contributor = contribution.contributor;
		Contributed::insert(seq, contribution);
		match ended {
			true => Ok(Slash::default()),
			false => slash(contributor, *demander, CONTRIBUTION_DEPOSIT),
		}
	}
}

impl Models<AccountId> for World {
	fn owner(model: ModelId) -> Option<AccountId> {
		Owners::get(model)
	}

	fn rates(_: ModelId) -> Option<Rates> {
		None
	}

	fn window(_: ModelId) -> Option<u32> {
		None
	}

	fn lineage_rate(_: ModelId, _: ModelId) -> Option<Perbill> {
		None
	}

	fn ancestors(_: ModelId) -> Vec<(ModelId, Perbill)> {
		Vec::new()
	}

	fn corpus_version(model: ModelId, dataset: DatasetId) -> Option<Version> {
		Corpora::get((model, dataset))
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
		counted: u32,
	) -> Option<ReceiptFacts> {
		assert_eq!(counted, u32::MAX, "what matters here is whether it is withheld now");
		let Receipt { outputs, withheld } = Paid::get((model, epoch, index))?;
		Some(ReceiptFacts { outputs, data_amount: 1_000, withheld })
	}

	fn paid_at(_: ModelId, _: EpochIndex, _: u32) -> Option<u32> {
		None
	}

	fn data_amount(model: ModelId, epoch: EpochIndex) -> u128 {
		1_000 * u128::from(Self::receipt_count(model, epoch))
	}

	fn withheld_count(_: ModelId, _: EpochIndex) -> u32 {
		0
	}

	fn is_settled(model: ModelId, epoch: EpochIndex) -> bool {
		Posted::get((model, epoch)).is_some_and(|report| report.is_final)
	}
}

impl WithholdReceipts for World {
	type Error = DispatchError;

	fn withhold(model: ModelId, epoch: EpochIndex, receipt: u32) -> DispatchResult {
		let mut record = Paid::get((model, epoch, receipt)).ok_or("no such receipt")?;
		if record.withheld || Self::is_settled(model, epoch) {
			return Err(DispatchError::Other("it cannot be withheld"));
		}
		record.withheld = true;
		Paid::insert((model, epoch, receipt), record);
		Ok(())
	}
}

/// The report that may still be voided.
fn open_report(place: (ModelId, EpochIndex)) -> Option<Report> {
	let now = System::block_number();
	Posted::get(place).filter(|report| !report.is_final && now <= report.challenge_until)
}

impl OpenReports<AccountId, u32> for World {
	type Error = DispatchError;

	fn demandable(
		model: ModelId,
		epoch: EpochIndex,
		report: ReportId,
	) -> Option<ReportBlobs<AccountId>> {
		let Report { id, attributor, entries, payouts, demand_until, .. } =
			open_report((model, epoch))?;
		(id == report && System::block_number() <= demand_until).then_some(ReportBlobs {
			attributor,
			entries,
			payouts,
		})
	}

	fn hears_demands(model: ModelId, epoch: EpochIndex) -> bool {
		Posted::get((model, epoch))
			.is_none_or(|report| !report.is_final && System::block_number() <= report.demand_until)
	}

	fn keep_open(model: ModelId, epoch: EpochIndex, until: u32) -> bool {
		let later = |report: &Report| report.challenge_until < until;
		let Some(mut report) = open_report((model, epoch)).filter(later) else { return false };
		report.challenge_until = until;
		Posted::insert((model, epoch), report);
		true
	}

	fn void_withheld(
		model: ModelId,
		epoch: EpochIndex,
		report: ReportId,
		demander: &AccountId,
	) -> Result<Option<Slash>, DispatchError> {
		let Some(open) = open_report((model, epoch)).filter(|open| open.id == report) else {
			return Ok(None);
		};
		Posted::remove((model, epoch));
		slash(open.attributor, *demander, BOND).map(Some)
	}

	fn void_blameless(model: ModelId, epoch: EpochIndex) -> Result<bool, DispatchError> {
		if open_report((model, epoch)).is_some() {
			Posted::remove((model, epoch));
		}
		Ok(!Posted::contains_key((model, epoch)))
	}
}

impl Randomness<Option<H256>, u32> for World {
	fn random(_: &[u8]) -> (Option<H256>, u32) {
		(Random::get(), System::block_number())
	}
}

/// Takes `amount`: half goes to `demander`, and the rest is burned.
fn slash(from: AccountId, demander: AccountId, amount: u128) -> Result<Slash, DispatchError> {
	let reward = amount / 2;
	let (keep, exact) = (Preservation::Preserve, Precision::Exact);
	Balances::transfer(&from, &demander, reward, keep)?;
	Balances::burn_from(&from, amount - reward, keep, exact, Fortitude::Force)?;
	Ok(Slash { slashed: amount, reward })
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for World {
	fn prepare(
		parties: &crate::benchmarking::Parties<AccountId>,
		source: Content,
		outputs: Content,
	) -> crate::benchmarking::Place {
		Owners::insert(0, parties.owner);
		Corpora::insert((0, 0), 1);
		Contributed::insert(
			0,
			Contribution {
				content: source,
				contributor: parties.contributor,
				dataset: 0,
				index: Some(0),
				accepted_at: Some(0),
				ended_at: None,
				withheld_at: None,
				locks: 0,
			},
		);
		Paid::insert((0, 0, 0), Receipt { outputs, withheld: false });
		System::set_block_number(EPOCH_LENGTH);
		let report = Report {
			id: 0,
			attributor: parties.attributor,
			entries: Content::of(&[0; 64]),
			payouts: Content::of(&[]),
			demand_until: EPOCH_LENGTH + super::CHALLENGE_WINDOW,
			challenge_until: EPOCH_LENGTH + super::CHALLENGE_WINDOW,
			is_final: false,
		};
		Posted::insert((0, 0), report);
		crate::benchmarking::Place { model: 0, epoch: 0, report: 0, seq: 0 }
	}

	fn announce(_: &crate::benchmarking::Place) {}
}
