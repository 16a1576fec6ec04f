//! What our pallets' benchmarks need of each other.

// A scene that cannot be set must stop the benchmark: the traits have no error.
#![allow(clippy::expect_used)]

use alloc::{boxed::Box, vec, vec::Vec};

use frame_support::traits::fungible::Mutate;
use frame_system::RawOrigin;
use pallet_datasets::{Acceptance, Admission, Contribution, Use, Uses};
use pallet_models::{Pin, Relation, Terms};
use sp_runtime::Perbill;
use tributary_primitives::{
	blob::{open_tail, Content, Opening},
	ids::{DatasetId, EpochIndex, ModelId, Seq},
	report::{Item, Record},
	window::DEFAULT_WINDOW,
};

use crate::{params::TRIB, AccountId, Balances, Datasets, Models, Runtime, System, Usage};

/// Puts datasets, models and payments in place.
pub struct Scene;

fn small_blob() -> (Content, Box<Opening>) {
	let blob = Item { output: Content::of(b"output"), reserved: [0; 24] }.to_bytes();
	(Content::of(&blob), Box::new(open_tail(&blob).expect("every blob has a last chunk")))
}

fn fund(who: &AccountId) {
	Balances::mint_into(who, 1_000 * TRIB).expect("the issuance does not overflow");
}

fn create_dataset(owner: &AccountId) -> DatasetId {
	let id = pallet_datasets::NextDataset::<Runtime>::get();
	let (metadata, tail) = small_blob();
	let uses = Uses {
		data_mining: Use::Allowed,
		inference: Use::Allowed,
		training: Use::Allowed,
		generative_training: Use::Allowed,
	};
	Datasets::create(
		RawOrigin::Signed(owner.clone()).into(),
		Admission::Open,
		Perbill::zero(),
		b"CC0-1.0".to_vec().try_into().expect("it is short"),
		uses,
		0,
		metadata,
		tail,
	)
	.expect("the owner is funded");
	id
}

/// Writes an accepted contribution whose bytes the scene does not have.
fn accept(contributor: &AccountId, dataset: DatasetId, content: Content) -> Seq {
	let seq = pallet_datasets::NextSeq::<Runtime>::get();
	let at = System::block_number();
	let contribution = Contribution {
		contributor: contributor.clone(),
		dataset,
		content,
		committed_at: at,
		revealed_at: at,
		accepted: Some(Acceptance { index: 0, at }),
		ended: None,
		deposit: 0,
	};
	pallet_datasets::NextSeq::<Runtime>::put(seq.saturating_add(1));
	pallet_datasets::Contributions::<Runtime>::insert(seq, contribution);
	pallet_datasets::Entries::<Runtime>::insert(dataset, 0, seq);
	pallet_datasets::Roots::<Runtime>::insert(content.root, seq);
	pallet_datasets::Datasets::<Runtime>::mutate_extant(dataset, |dataset| dataset.version = 1);
	seq
}

fn register(owner: &AccountId, parents: Vec<ModelId>, pins: Vec<Pin>) -> ModelId {
	let id = pallet_models::NextModel::<Runtime>::get();
	let ((artifact, artifact_tail), (manifest, manifest_tail)) = (small_blob(), small_blob());
	Models::register(
		RawOrigin::Signed(owner.clone()).into(),
		if parents.is_empty() { Relation::Pretrain } else { Relation::Finetune },
		parents.try_into().expect("it has at most one parent"),
		pins.try_into().expect("it has at most one pin"),
		Terms {
			lineage_rate: Perbill::from_percent(10),
			data_rate: Perbill::from_percent(30),
			window: DEFAULT_WINDOW,
		},
		artifact,
		artifact_tail,
		manifest,
		manifest_tail,
	)
	.expect("the owner is funded");
	id
}

impl pallet_models::benchmarking::BenchmarkHelper for Scene {
	fn prepare_dataset(dataset: DatasetId) {
		let owner: AccountId = frame_benchmarking::account("dataset-owner", 0, 0);
		fund(&owner);
		pallet_datasets::NextDataset::<Runtime>::put(dataset);
		let id = create_dataset(&owner);
		pallet_datasets::Datasets::<Runtime>::mutate_extant(id, |dataset| dataset.version = 1);
	}
}

impl pallet_usage::benchmarking::BenchmarkHelper<AccountId> for Scene {
	fn register_models(ancestor_owner: &AccountId, owner: &AccountId) -> (ModelId, ModelId) {
		fund(ancestor_owner);
		fund(owner);
		let ancestor = register(ancestor_owner, Vec::new(), Vec::new());
		(ancestor, register(owner, vec![ancestor], Vec::new()))
	}
}

impl pallet_attribution::benchmarking::BenchmarkHelper<AccountId> for Scene {
	fn prepare(
		contributor: &AccountId,
		source: Content,
		outputs: Content,
	) -> (ModelId, EpochIndex, Seq) {
		let payer: AccountId = frame_benchmarking::account("payer", 0, 0);
		fund(&payer);
		let dataset = create_dataset(&payer);
		let seq = accept(contributor, dataset, source);
		let model = register(&payer, Vec::new(), vec![Pin { dataset, version: 1 }]);

		let (paid, tail) = small_blob();
		let epoch = Usage::current_epoch();
		Usage::pay(RawOrigin::Signed(payer).into(), model, paid, tail, 100 * TRIB)
			.expect("the payer is funded");
		// The outputs' bytes are the benchmark's own, so that their tail cannot be shown here.
		pallet_usage::Receipts::<Runtime>::mutate((model, epoch, 0), |receipt| {
			if let Some(receipt) = receipt {
				receipt.outputs = outputs;
			}
		});
		(model, epoch, seq)
	}
}
