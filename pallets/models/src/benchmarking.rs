//! Benchmarks of all calls.

use alloc::{boxed::Box, vec, vec::Vec};

use frame_benchmarking::v2::*;
use frame_support::traits::fungible::Unbalanced;
use frame_system::RawOrigin;
use sp_runtime::Perbill;
use tributary_primitives::{
	blob::{open, Content, Opening, CHUNK_LEN},
	ids::{DatasetId, ModelId},
	title::Title,
	traits::Titles,
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
	/// Makes a dataset `dataset` that has version 1 and allows the training of generative models.
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

/// `count` ids from `first` on, over and over, as many in all as a list of them may hold.
fn over_and_over(first: u32, count: u32, most: u32) -> impl Iterator<Item = u32> {
	let ids = first..first.saturating_add(count);
	ids.cycle().take(usize::try_from(most).unwrap_or_default())
}

/// Stores `ancestors` models, the last `parents` of which are the parents of a model to be, and returns
/// these. Each of them lists all the others as its ancestors and `inherited` datasets as its corpus, over
/// and over, so that to join their lists costs the most for each whatever the number of those that are
/// told apart.
fn family<T: Config>(
	depositor: &T::AccountId,
	parents: u32,
	ancestors: u32,
	inherited: u32,
) -> Vec<ModelId> {
	let full = |dataset| Pin { dataset, version: 1 };
	let model = Model {
		depositor: depositor.clone(),
		registration: Registration {
			relation: Relation::Merge,
			parents: Parents::truncate_from(over_and_over(0, 1, MAX_PARENTS).collect()),
			pins: Pins::truncate_from(over_and_over(0, 1, MAX_PINS).map(full).collect()),
			generative: false,
			terms: TERMS,
			artifact: Content::default(),
			manifest: Content::default(),
		},
		lineage_sum: Perbill::zero(),
		registered_at: Default::default(),
		deposit: 0,
	};
	for id in 0..ancestors {
		Models::<T>::insert(id, model.clone());
	}
	let old = ancestors.saturating_sub(parents);
	let known = over_and_over(0, old, MAX_ANCESTORS).map(|id| (id, Perbill::zero()));
	let known = AncestorRates::truncate_from(known.collect());
	let corpus = over_and_over(MAX_PINS, inherited, MAX_CORPUS).map(full);
	let corpus = CorpusPins::truncate_from(corpus.collect());
	for id in old..ancestors {
		Ancestors::<T>::insert(id, known.clone());
		Corpus::<T>::insert(id, corpus.clone());
	}
	NextModel::<T>::put(ancestors);
	(old..ancestors).collect()
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// `p` parents, `a` distinct ancestors, `d` datasets that the model pins itself, `r` others of its
	/// corpus, and tail openings of `c` chunks and `s` siblings. Only what has parents has the others,
	/// so that a model without any weighs what is left where all are 0.
	#[benchmark]
	fn register(
		p: Linear<1, 16>,
		a: Linear<17, 256>,
		d: Linear<0, 64>,
		r: Linear<1, 192>,
		c: Linear<2, 16>,
		s: Linear<0, 20>,
	) -> Result<(), BenchmarkError> {
		let owner = funded::<T>();
		let parents = family::<T>(&owner, p, a, r);
		let pins: Vec<_> = (0..d).map(|dataset| Pin { dataset, version: 1 }).collect();
		for dataset in (0..d).chain(MAX_PINS..MAX_PINS.saturating_add(r)) {
			T::BenchmarkHelper::prepare_dataset(dataset);
		}
		let (artifact, artifact_tail) = blob(c.div_ceil(2), s.div_ceil(2));
		let (manifest, manifest_tail) = blob(c / 2, s / 2);
		let id = NextModel::<T>::get();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner),
			Relation::Finetune,
			Parents::truncate_from(parents),
			Pins::truncate_from(pins),
			true,
			TERMS,
			Perbill::one(),
			artifact,
			artifact_tail,
			manifest,
			manifest_tail,
		);
		assert_eq!(Ancestors::<T>::decode_len(id), usize::try_from(a).ok());
		assert_eq!(Corpus::<T>::decode_len(id), usize::try_from(d.saturating_add(r)).ok());
		Ok(())
	}

	#[benchmark]
	fn set_lineage_rate() -> Result<(), BenchmarkError> {
		let owner = funded::<T>();
		let model = 0;
		family::<T>(&owner, 1, 1, 0);
		T::Titles::mint(Title::model(model), &owner)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), model, Perbill::one());
		let stored = Models::<T>::get(model).map(|model| model.registration.terms.lineage_rate);
		assert_eq!(stored, Some(Perbill::one()));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
