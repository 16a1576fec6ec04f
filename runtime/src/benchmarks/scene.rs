//! What our pallets' benchmarks need of each other.

// A scene that cannot be set must stop the benchmark: the traits have no error.
#![allow(clippy::expect_used)]

use alloc::{boxed::Box, vec, vec::Vec};

use frame_support::{
	traits::{
		fungible::{Mutate, MutateHold},
		Get,
	},
	Hashable,
};
use frame_system::RawOrigin;
use pallet_availability::benchmarking::{Parties, Place};
use pallet_datasets::{Acceptance, Admission, Contribution, CuratorsOf, Use, Uses};
use pallet_models::{Pin, Relation, Terms};
use sp_core::{crypto::KeyTypeId, sr25519};
use sp_io::crypto::{sr25519_generate, sr25519_sign};
use sp_runtime::{traits::IdentifyAccount, DispatchResult, MultiSigner, Perbill};
use tributary_primitives::{
	blob::{open_tail, Content, Opening},
	ids::{DatasetId, EpochIndex, ModelId, Seq, Version},
	report::{Entry, Item, Record},
	title::Title,
	traits::{Receipts, ServedOutput, SyntheticPolicy},
	window::DEFAULT_WINDOW,
};

use crate::{
	configs::settings::chain::{ContributionDeposit, ReportBond},
	params::TRIB,
	AccountId, Address, Assets, Attribution, Balances, Datasets, Models, Runtime, Shares,
	Signature, System, Usage,
};

mod agents;

/// Puts datasets, models and payments in place.
pub struct Scene;

/// How many shares a title has.
const SUPPLY: u64 = 1_000_000;

/// Where the key that signs vouchers is kept.
const VOUCHER_KEYS: KeyTypeId = KeyTypeId(*b"vouc");

/// The key that signs vouchers, of the kind whose signatures take longest to check.
fn voucher_key() -> sr25519::Public {
	sr25519_generate(VOUCHER_KEYS, Some(b"//Voucher".to_vec()))
}

/// A blob and its last chunk.
fn blob(bytes: &[u8]) -> (Content, Box<Opening>) {
	(Content::of(bytes), Box::new(open_tail(bytes).expect("every blob has a last chunk")))
}

fn small_blob() -> (Content, Box<Opening>) {
	blob(&Item { output: Content::of(b"output"), reserved: [0; 24] }.to_bytes())
}

fn fund(who: &AccountId) {
	Balances::mint_into(who, 1_000 * TRIB).expect("the issuance does not overflow");
}

/// Somebody with funds whom nothing else in a scene touches.
fn stranger(name: &'static str, index: u32) -> AccountId {
	let who: AccountId = frame_benchmarking::account(name, index, 0);
	fund(&who);
	who
}

fn create_dataset(owner: &AccountId) -> DatasetId {
	create_dataset_with(owner, Admission::Open, Perbill::zero())
}

/// A dataset that asks a share of what its contributions earn, which goes to a vault in which nothing is
/// staked: then it is paid on to the owner, which costs most.
fn create_curated_dataset() -> DatasetId {
	let owner = stranger("curator", pallet_datasets::NextDataset::<Runtime>::get());
	let curators = vec![owner.clone()].try_into().expect("it is one");
	let share = Perbill::from_percent(10);
	let dataset = create_dataset_with(&owner, Admission::Curated(curators), share);
	vault(Title::dataset(dataset), &owner);
	dataset
}

fn create_dataset_with(
	owner: &AccountId,
	admission: Admission<CuratorsOf<Runtime>>,
	share: Perbill,
) -> DatasetId {
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
		admission,
		share,
		b"CC0-1.0".to_vec().try_into().expect("it is short"),
		uses,
		SyntheticPolicy::Refuse,
		0,
		metadata,
		tail,
	)
	.expect("the owner is funded");
	id
}

/// Writes an accepted contribution whose bytes the scene does not have, and holds its deposit. Returns its
/// place, and the dataset's version with it.
fn accept(contributor: &AccountId, dataset: DatasetId, content: Content) -> (Seq, Version) {
	let deposit = ContributionDeposit::get();
	let reason = pallet_datasets::HoldReason::Contribution.into();
	Balances::hold(&reason, contributor, deposit).expect("the contributor is funded");
	let seq = pallet_datasets::NextSeq::<Runtime>::get();
	let at = System::block_number();
	let index = pallet_datasets::Datasets::<Runtime>::get(dataset).map_or(0, |set| set.version);
	let version = index.saturating_add(1);
	let contribution = Contribution {
		contributor: contributor.clone(),
		dataset,
		content,
		committed_at: at,
		revealed_at: at,
		accepted: Some(Acceptance { index, at }),
		ended: None,
		deposit,
		withheld: None,
		synthetic: None,
		locks: 0,
	};
	pallet_datasets::NextSeq::<Runtime>::put(seq.saturating_add(1));
	pallet_datasets::Contributions::<Runtime>::insert(seq, contribution);
	pallet_datasets::Entries::<Runtime>::insert(dataset, index, seq);
	pallet_datasets::Roots::<Runtime>::insert(content.root, seq);
	pallet_datasets::Datasets::<Runtime>::mutate_extant(dataset, |set| set.version = version);
	(seq, version)
}

fn register(owner: &AccountId, parents: Vec<ModelId>, pins: Vec<Pin>) -> ModelId {
	let id = pallet_models::NextModel::<Runtime>::get();
	let ((artifact, artifact_tail), (manifest, manifest_tail)) = (small_blob(), small_blob());
	Models::register(
		RawOrigin::Signed(owner.clone()).into(),
		if parents.is_empty() { Relation::Pretrain } else { Relation::Finetune },
		parents.try_into().expect("it has at most one parent"),
		pins.try_into().expect("it has at most one pin"),
		true,
		Terms {
			lineage_rate: Perbill::from_percent(10),
			data_rate: Perbill::from_percent(30),
			window: DEFAULT_WINDOW,
		},
		Perbill::one(),
		artifact,
		artifact_tail,
		manifest,
		manifest_tail,
	)
	.expect("the owner is funded");
	id
}

/// Somebody whom no benchmark needs to know, with funds.
fn somebody() -> AccountId {
	let who: AccountId = frame_benchmarking::account("somebody", 0, 0);
	fund(&who);
	who
}

/// Pays for `model` with `outputs` as the blob of items. Returns the epoch.
fn pay(model: ModelId, outputs: Content) -> EpochIndex {
	let (paid, tail) = small_blob();
	let epoch = Usage::current_epoch();
	let index = Usage::receipt_count(model, epoch);
	Usage::pay(RawOrigin::Signed(somebody()).into(), model, paid, tail, 100 * TRIB)
		.expect("the payer is funded");
	// The outputs' bytes are the benchmark's own, so that their tail cannot be shown here.
	pallet_usage::Receipts::<Runtime>::mutate((model, epoch, index), |receipt| {
		if let Some(receipt) = receipt {
			receipt.outputs = outputs;
		}
	});
	epoch
}

/// A contribution to a curated dataset, a model of `owner` whose corpus holds it, and a payment for the
/// model.
fn serve(
	owner: &AccountId,
	contributor: &AccountId,
	source: Content,
	outputs: Content,
) -> (ModelId, EpochIndex, Seq) {
	let dataset = create_curated_dataset();
	let (seq, version) = accept(contributor, dataset, source);
	let model = register(owner, Vec::new(), vec![Pin { dataset, version }]);
	(model, pay(model, outputs), seq)
}

/// Issues shares of a title of `owner`, who has all of them. Its revenue goes to a vault in which nothing is
/// staked.
fn vault(title: Title, owner: &AccountId) {
	let origin = RawOrigin::Signed(owner.clone()).into();
	Shares::issue(origin, title, SUPPLY, Default::default(), Default::default())
		.expect("the owner is funded, and the title has no vault");
}

/// A model with an ancestor, whose revenue goes to a vault in which nothing is staked: a payment for it writes
/// a checkpoint, and credits the vault, which pays the owner.
fn descendant() -> ModelId {
	let ancestor = register(&somebody(), Vec::new(), Vec::new());
	let owner = stranger("owner", pallet_models::NextModel::<Runtime>::get());
	let model = register(&owner, vec![ancestor], Vec::new());
	vault(Title::model(model), &owner);
	model
}

impl pallet_models::benchmarking::BenchmarkHelper for Scene {
	fn prepare_dataset(dataset: DatasetId) {
		pallet_datasets::NextDataset::<Runtime>::put(dataset);
		let id = create_dataset(&somebody());
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

	fn vault(model: ModelId, owner: &AccountId) {
		vault(Title::model(model), owner);
	}
}

impl pallet_titles::benchmarking::BenchmarkHelper<AccountId> for Scene {
	fn earning_title(owner: &AccountId) -> Title {
		fund(owner);
		let ancestor = register(&somebody(), Vec::new(), Vec::new());
		let model = register(owner, vec![ancestor], Vec::new());
		pay(model, small_blob().0);
		Title::model(model)
	}
}

impl pallet_shares::benchmarking::BenchmarkHelper<AccountId> for Scene {
	fn title(owner: &AccountId) -> Title {
		fund(owner);
		Title::model(register(owner, Vec::new(), Vec::new()))
	}

	fn approve(asset: u32, owner: &AccountId, delegate: &AccountId) -> DispatchResult {
		let origin = RawOrigin::Signed(owner.clone());
		Assets::approve_transfer(origin.into(), asset, Address::Id(delegate.clone()), 1)
	}
}

impl pallet_channels::benchmarking::BenchmarkHelper<AccountId, Signature> for Scene {
	fn model() -> ModelId {
		descendant()
	}

	fn signer() -> AccountId {
		MultiSigner::from(voucher_key()).into_account()
	}

	fn sign(message: &[u8]) -> Signature {
		sr25519_sign(VOUCHER_KEYS, &voucher_key(), message).expect("the key is generated").into()
	}
}

impl pallet_attribution::benchmarking::BenchmarkHelper<AccountId> for Scene {
	fn prepare(
		contributor: &AccountId,
		source: Content,
		outputs: Content,
	) -> (ModelId, EpochIndex, Seq) {
		serve(&somebody(), contributor, source, outputs)
	}

	fn add_sources(model: ModelId, count: u32) -> Vec<Seq> {
		let dataset = create_dataset(&somebody());
		let add = |index: u32| {
			let root = index.blake2_256();
			accept(&somebody(), dataset, Content { root, len: 1 << 20 }).0
		};
		let seqs = (0..count).map(add).collect();
		pallet_models::Corpus::<Runtime>::mutate(model, |pins| {
			pins.try_push(Pin { dataset, version: count }).expect("there is room for one more");
		});
		seqs
	}

	fn mark_synthetic(seq: Seq, served: ServedOutput) {
		pallet_datasets::Contributions::<Runtime>::mutate_extant(seq, |contribution| {
			contribution.synthetic = Some(served);
		});
	}
}

impl pallet_availability::benchmarking::BenchmarkHelper<AccountId> for Scene {
	fn prepare(parties: &Parties<AccountId>, source: Content, outputs: Content) -> Place {
		let Parties { attributor, owner, contributor } = parties;
		let (model, epoch, seq) = serve(owner, contributor, source, outputs);
		System::set_block_number(Usage::last_block(epoch).saturating_add(1));
		let report = pallet_attribution::NextReport::<Runtime>::get();
		let origin = RawOrigin::Signed(attributor.clone());
		Attribution::bond(origin.clone().into(), ReportBond::get())
			.expect("the attributor is funded");
		let (entries, entries_tail) = blob(&Entry::default().to_bytes());
		let (payouts, payouts_tail) = blob(&[]);
		Attribution::report(
			origin.into(),
			model,
			epoch,
			entries,
			entries_tail,
			payouts,
			payouts_tail,
			0,
			Default::default(),
			0,
		)
		.expect("the epoch is over and was paid for");
		Place { model, epoch, report, seq }
	}

	fn announce(place: &Place) {
		let Place { model, epoch, report, .. } = *place;
		let origin = RawOrigin::Signed(somebody()).into();
		Attribution::announce(origin, model, epoch, report, [0; 32])
			.expect("the report can be challenged, and the announcer is funded");
	}
}

impl pallet_originality::benchmarking::BenchmarkHelper<AccountId> for Scene {
	fn contribute(contributor: &AccountId, content: Content) -> Seq {
		accept(contributor, create_dataset(&somebody()), content).0
	}

	fn serve(outputs: Content) -> (ModelId, EpochIndex, u32) {
		let model = register(&somebody(), Vec::new(), Vec::new());
		(model, pay(model, outputs), 0)
	}

	fn add_randomness() {
		pallet_babe::AuthorVrfRandomness::<Runtime>::put(Some([7; 32]));
	}
}
