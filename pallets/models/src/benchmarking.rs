//! Benchmarks of all calls.

use alloc::{boxed::Box, vec, vec::Vec};

use frame_benchmarking::v2::*;
use frame_support::traits::fungible::Unbalanced;
use frame_system::RawOrigin;
use sp_runtime::Perbill;
use tributary_primitives::{
	blob::{open, Content, Opening, CHUNK_LEN},
	ids::{DatasetId, ModelId},
	window::DEFAULT_WINDOW,
};

use crate::{types::*, Ancestors, Call, Config, Corpus, Models, NextModel, Pallet};

const TERMS: Terms =
	Terms { lineage_rate: Perbill::zero(), data_rate: Perbill::zero(), window: DEFAULT_WINDOW };

fn funded<T: Config>() -> T::AccountId {
	let who = account("owner", 0, 0);
	let _ = T::Currency::write_balance(&who, u128::MAX >> 16);
	who
}

/// What the benchmarks need of the datasets.
pub trait BenchmarkHelper {
	/// Makes a dataset `dataset` that has version 1.
	fn prepare_dataset(dataset: DatasetId);
}

/// A blob whose tail opening has `chunks` chunks and `siblings` siblings: to the left of the run stand
/// that many whole subtrees, each half the one before, and none smaller than the run.
fn blob(chunks: u32, siblings: u32) -> (Content, Box<Opening>) {
	let run = u64::from(chunks);
	let subtrees = 2u64.saturating_pow(siblings).saturating_sub(1);
	let left = run.next_power_of_two().saturating_mul(subtrees).saturating_mul(CHUNK_LEN);
	let run = run.saturating_mul(CHUNK_LEN);
	let data = vec![7u8; usize::try_from(left.saturating_add(run)).unwrap_or_default()];
	let tail = open(&data, left, run).unwrap_or_default();
	debug_assert_eq!((tail.chunk_count(), tail.sibling_count()), (chunks, siblings));
	(Content::of(&data), Box::new(tail))
}

/// Stores the most ancestors that a parent may have and, above them, `parents` models that all have
/// them but `parents` of them, so that a child of all has the most ancestors.
fn family<T: Config>(owner: &T::AccountId, parents: u32) -> Vec<ModelId> {
	let old = MAX_ANCESTORS.saturating_sub(parents);
	let model = Model {
		owner: owner.clone(),
		registration: Registration {
			relation: Relation::Pretrain,
			parents: Parents::new(),
			pins: Pins::new(),
			terms: TERMS,
			artifact: Content::default(),
			manifest: Content::default(),
		},
		lineage_sum: Perbill::zero(),
		registered_at: Default::default(),
		deposit: 0,
	};
	let end = old.saturating_add(parents);
	for id in 0..end {
		Models::<T>::insert(id, model.clone());
	}
	let ancestors: Vec<_> = (0..old).map(|id| (id, Perbill::zero())).collect();
	// Each parent brings other datasets, as many as fit into the corpus beside the child's own pins.
	let each = MAX_CORPUS.saturating_sub(MAX_PINS).checked_div(parents).unwrap_or(0);
	let mut dataset = MAX_PINS;
	for id in old..end {
		let corpus: Vec<_> = (dataset..dataset.saturating_add(each))
			.map(|dataset| Pin { dataset, version: 1 })
			.collect();
		dataset = dataset.saturating_add(each);
		Ancestors::<T>::insert(id, AncestorRates::truncate_from(ancestors.clone()));
		Corpus::<T>::insert(id, CorpusPins::truncate_from(corpus));
	}
	NextModel::<T>::put(end);
	(old..end).collect()
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register(
		p: Linear<0, 16>,
		d: Linear<0, 64>,
		c: Linear<2, 16>,
		s: Linear<0, 20>,
	) -> Result<(), BenchmarkError> {
		let owner = funded::<T>();
		let parents = family::<T>(&owner, p);
		let relation = match p {
			0 => Relation::Pretrain,
			_ => Relation::Finetune,
		};
		let pins: Vec<_> = (0..d).map(|dataset| Pin { dataset, version: 1 }).collect();
		for pin in &pins {
			T::BenchmarkHelper::prepare_dataset(pin.dataset);
		}
		let (artifact, artifact_tail) = blob(c.div_ceil(2), s.div_ceil(2));
		let (manifest, manifest_tail) = blob(c / 2, s / 2);
		let id = NextModel::<T>::get();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner),
			relation,
			Parents::truncate_from(parents),
			Pins::truncate_from(pins),
			TERMS,
			artifact,
			artifact_tail,
			manifest,
			manifest_tail,
		);
		assert!(Models::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn set_lineage_rate() -> Result<(), BenchmarkError> {
		let owner = funded::<T>();
		let parents = family::<T>(&owner, 1);
		let model = parents.first().copied().unwrap_or_default();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), model, Perbill::one());
		let stored = Models::<T>::get(model).map(|model| model.registration.terms.lineage_rate);
		assert_eq!(stored, Some(Perbill::one()));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
