//! Benchmarks of all calls.

use alloc::{boxed::Box, vec, vec::Vec};

use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{
		hold::{Inspect, Mutate},
		Unbalanced,
	},
	tokens::Precision,
	Get,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_runtime::{
	traits::{One, Saturating},
	Perbill,
};
use tributary_primitives::{
	blob::{open, Content, Opening, CHUNK_LEN},
	ids::{commitment, DatasetId, Seq},
	traits::SyntheticPolicy,
};

use crate::{
	Admission, Call, Commitments, Config, Contributions, CuratorsOf, Datasets, HoldReason, Licence,
	NextDataset, NextSeq, Pallet, Use, Uses, MAX_LICENCE_BYTES,
};

const SALT: [u8; 32] = [1; 32];
fn funded<T: Config>(name: &'static str, index: u32) -> T::AccountId {
	let who = account(name, index, 0);
	let _ = T::Currency::write_balance(&who, u128::MAX >> 16);
	who
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

fn most_curators<T: Config>(first: &T::AccountId) -> CuratorsOf<T> {
	let others = (1..T::MaxCurators::get()).map(|index| account("curator", index, 0));
	let all: Vec<T::AccountId> = core::iter::once(first.clone()).chain(others).collect();
	CuratorsOf::<T>::truncate_from(all)
}

fn uses() -> Uses {
	Uses {
		data_mining: Use::Allowed,
		inference: Use::Allowed,
		training: Use::Allowed,
		generative_training: Use::Allowed,
	}
}

fn licence() -> Licence {
	Licence::truncate_from(vec![b'M'; usize::try_from(MAX_LICENCE_BYTES).unwrap_or_default()])
}

fn created<T: Config>(
	owner: &T::AccountId,
	admission: Admission<CuratorsOf<T>>,
) -> Result<DatasetId, BenchmarkError> {
	let id = NextDataset::<T>::get();
	let (metadata, tail) = blob(1, 0);
	let origin = RawOrigin::Signed(owner.clone()).into();
	Pallet::<T>::create(
		origin,
		admission,
		Perbill::zero(),
		licence(),
		uses(),
		SyntheticPolicy::Refuse,
		0,
		metadata,
		tail,
	)?;
	Ok(id)
}

fn committed<T: Config>(
	who: &T::AccountId,
	dataset: DatasetId,
	content: &Content,
) -> Result<Seq, BenchmarkError> {
	let seq = NextSeq::<T>::get();
	let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::default());
	let hash = commitment(&genesis, dataset, who, content, &SALT);
	Pallet::<T>::commit(RawOrigin::Signed(who.clone()).into(), hash)?;
	let next = frame_system::Pallet::<T>::block_number().saturating_add(One::one());
	frame_system::Pallet::<T>::set_block_number(next);
	Ok(seq)
}

fn revealed<T: Config>(who: &T::AccountId, dataset: DatasetId) -> Result<Seq, BenchmarkError> {
	let (content, tail) = blob(1, 0);
	let seq = committed::<T>(who, dataset, &content)?;
	let origin = RawOrigin::Signed(who.clone()).into();
	Pallet::<T>::reveal(origin, seq, dataset, content, SALT, tail)?;
	Ok(seq)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn create(c: Linear<1, 8>, s: Linear<0, 10>) -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0);
		let admission = Admission::Curated(most_curators::<T>(&owner));
		let (metadata, tail) = blob(c, s);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner),
			admission,
			Perbill::one(),
			licence(),
			uses(),
			SyntheticPolicy::PassThrough,
			0,
			metadata,
			tail,
		);
		assert!(Datasets::<T>::contains_key(0));
		Ok(())
	}

	#[benchmark]
	fn commit() -> Result<(), BenchmarkError> {
		let who = funded::<T>("contributor", 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), [1; 32]);
		assert!(Commitments::<T>::contains_key(0));
		Ok(())
	}

	#[benchmark]
	fn reveal(c: Linear<1, 8>, s: Linear<0, 10>) -> Result<(), BenchmarkError> {
		let who = funded::<T>("contributor", 0);
		let dataset = created::<T>(&who, Admission::Open)?;
		let (content, tail) = blob(c, s);
		let seq = committed::<T>(&who, dataset, &content)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(who), seq, dataset, content, SALT, tail);
		assert!(Contributions::<T>::contains_key(seq));
		Ok(())
	}

	#[benchmark]
	fn accept() -> Result<(), BenchmarkError> {
		let who = funded::<T>("contributor", 0);
		let dataset = created::<T>(&who, Admission::Curated(most_curators::<T>(&who)))?;
		let seq = revealed::<T>(&who, dataset)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(who), seq);
		assert_eq!(Pallet::<T>::entry(dataset, 0), Some(seq));
		Ok(())
	}

	#[benchmark]
	fn reject() -> Result<(), BenchmarkError> {
		let who = funded::<T>("contributor", 0);
		let dataset = created::<T>(&who, Admission::Curated(most_curators::<T>(&who)))?;
		let seq = revealed::<T>(&who, dataset)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(who), seq);
		assert!(Contributions::<T>::get(seq).is_some_and(|stored| stored.ended.is_some()));
		Ok(())
	}

	#[benchmark]
	fn withdraw() -> Result<(), BenchmarkError> {
		let who = funded::<T>("contributor", 0);
		let dataset = created::<T>(&who, Admission::Open)?;
		let seq = revealed::<T>(&who, dataset)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(who), seq);
		assert!(Contributions::<T>::get(seq).is_some_and(|stored| stored.ended.is_some()));
		Ok(())
	}

	#[benchmark]
	fn expire() -> Result<(), BenchmarkError> {
		let who = funded::<T>("contributor", 0);
		let seq = committed::<T>(&who, 0, &Content::default())?;
		let late = frame_system::Pallet::<T>::block_number()
			.saturating_add(T::RevealWindow::get())
			.saturating_add(One::one());
		frame_system::Pallet::<T>::set_block_number(late);
		let anyone: T::AccountId = account("anyone", 0, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(anyone), seq);
		assert!(!Commitments::<T>::contains_key(seq));
		Ok(())
	}

	#[benchmark]
	fn set_curators() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0);
		let one = CuratorsOf::<T>::truncate_from(vec![owner.clone()]);
		let dataset = created::<T>(&owner, Admission::Curated(one))?;
		// A deposit that goes back to another account costs the most.
		let former = funded::<T>("former owner", 0);
		let reason = HoldReason::Dataset.into();
		let deposit = T::Currency::balance_on_hold(&reason, &owner);
		T::Currency::release(&reason, &owner, deposit, Precision::Exact)?;
		T::Currency::hold(&reason, &former, deposit)?;
		Datasets::<T>::mutate_extant(dataset, |stored| stored.depositor = former.clone());
		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), dataset, most_curators::<T>(&owner));
		assert_eq!(T::Currency::balance_on_hold(&reason, &former), 0);
		assert!(T::Currency::balance_on_hold(&reason, &owner) >= deposit);
		Ok(())
	}

	#[benchmark]
	fn set_closed() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0);
		let dataset = created::<T>(&owner, Admission::Open)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), dataset, true);
		assert!(Datasets::<T>::get(dataset).is_some_and(|stored| stored.closed));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
