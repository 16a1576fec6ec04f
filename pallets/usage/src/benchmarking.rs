//! Benchmarks of all calls, and of what a sale of a title does here.

#![allow(clippy::arithmetic_side_effects)]

use alloc::{boxed::Box, vec};

use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{Inspect, Mutate},
	Get,
};
use frame_system::RawOrigin;
use sp_runtime::traits::{One, Saturating};
use tributary_primitives::{
	blob::{self, Content, Opening, CHUNK_LEN},
	ids::{EpochIndex, ModelId},
	search::first,
	title::{Beneficiary, Title},
	traits::{OnTitleChange, Pots as _, Receipts as _, Titles, Vaults},
};

use crate::*;

/// Puts models in place that payments can be made for.
pub trait BenchmarkHelper<AccountId> {
	/// Registers a model of `ancestor_owner` with a lineage rate above zero, and a child of it that
	/// `owner` owns, with a data rate above zero. Returns both, the ancestor first.
	fn register_models(ancestor_owner: &AccountId, owner: &AccountId) -> (ModelId, ModelId);

	/// Sends the revenue of the model's title, which belongs to `owner`, to a vault in which nothing is
	/// staked: then what comes in is paid on at once, which costs most.
	fn vault(model: ModelId, owner: &AccountId);
}

fn endowed<T: Config>(name: &'static str) -> Result<T::AccountId, BenchmarkError> {
	let who: T::AccountId = account(name, 0, 0);
	T::Currency::mint_into(&who, payment::<T>().saturating_mul(4))?;
	Ok(who)
}

/// Enough for every part of it to create an account.
fn payment<T: Config>() -> u128 {
	let least = T::Currency::minimum_balance().max(T::MinPayment::get());
	least.saturating_add(T::ReceiptDeposit::get()).saturating_mul(10_000)
}

/// A blob of `8 * 2^siblings` chunks, and its last `chunks` chunks.
fn outputs(chunks: u32, siblings: u32) -> Result<(Content, Box<Opening>), BenchmarkError> {
	let all = 8u64 << siblings;
	let mut data = vec![0u8; usize::try_from(all * CHUNK_LEN).unwrap_or_default()];
	for (at, chunk) in data.chunks_mut(1024).enumerate() {
		for (byte, digit) in chunk.iter_mut().zip(at.to_le_bytes()) {
			*byte = digit;
		}
	}
	let run = u64::from(chunks) * CHUNK_LEN;
	let tail = blob::open(&data, all * CHUNK_LEN - run, run)
		.map_err(|_| BenchmarkError::Stop("the tail opens"))?;
	Ok((Content::of(&data), Box::new(tail)))
}

struct Scene<T: Config> {
	payer: T::AccountId,
	ancestor_owner: T::AccountId,
	owner: T::AccountId,
	ancestor: ModelId,
	model: ModelId,
	epoch: EpochIndex,
}

/// Two models.
fn registered<T: Config>() -> Result<Scene<T>, BenchmarkError> {
	let (ancestor_owner, owner) = (endowed::<T>("ancestor")?, endowed::<T>("owner")?);
	let (ancestor, model) = T::BenchmarkHelper::register_models(&ancestor_owner, &owner);
	let payer = endowed::<T>("payer")?;
	Pallet::<T>::endow_account();
	let vaults = T::Vaults::account();
	let missing = T::Currency::minimum_balance().saturating_sub(T::Currency::balance(&vaults));
	T::Currency::mint_into(&vaults, missing)?;
	let epoch = Pallet::<T>::current_epoch();
	Ok(Scene { payer, ancestor_owner, owner, ancestor, model, epoch })
}

/// A payment for the second of two models.
fn pay_once<T: Config>(scene: &Scene<T>) -> Result<(), BenchmarkError> {
	let (content, tail) = outputs(1, 0)?;
	let origin = RawOrigin::Signed(scene.payer.clone()).into();
	Pallet::<T>::pay(origin, scene.model, content, tail, payment::<T>())?;
	Ok(())
}

/// Two models, and one payment for the second.
fn paid<T: Config>() -> Result<Scene<T>, BenchmarkError> {
	let scene = registered::<T>()?;
	pay_once(&scene)?;
	Ok(scene)
}

/// Puts all checkpoints in place that a search among `2^digits - 1` of them reads where all hold what it
/// looks for.
fn checkpoints<T: Config>(model: ModelId, digits: u32) {
	let count = u32::MAX >> u32::BITS.saturating_sub(digits);
	let checkpoint = Checkpoint { changes: T::Titles::changes(), gross: 0 };
	first(count, |index| {
		Checkpoints::<T>::insert(model, index, checkpoint);
		true
	});
	Ledgers::<T>::mutate(model, |ledger| ledger.checkpoints = count);
}

fn settle<T: Config>(scene: &Scene<T>) -> Result<(), BenchmarkError> {
	let closed = Pallet::<T>::last_block(scene.epoch).saturating_add(One::one());
	let now = frame_system::Pallet::<T>::block_number();
	let free = now.saturating_add(T::ReceiptRetention::get());
	frame_system::Pallet::<T>::set_block_number(closed.max(free));
	Pallet::<T>::settle(scene.model, scene.epoch, &scene.owner, 0)?;
	Ok(())
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// `s` counts the siblings of a tail of eight chunks; a shorter one has up to three more. The model's
	/// title is vaulted since the last payment, so that a checkpoint is written and a vault credited.
	#[benchmark]
	fn pay(c: Linear<1, 8>, s: Linear<0, 9>) -> Result<(), BenchmarkError> {
		let scene = paid::<T>()?;
		T::BenchmarkHelper::vault(scene.model, &scene.owner);
		let Scene { payer, model, epoch, .. } = scene;
		let (content, tail) = outputs(c, s)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(payer), model, content, tail, payment::<T>());

		assert_eq!(ReceiptCount::<T>::get(model, epoch), 2);
		assert_eq!(Ledgers::<T>::get(model).checkpoints, 1);
		Ok(())
	}

	#[benchmark]
	fn claim_owner() -> Result<(), BenchmarkError> {
		let Scene { payer, model, .. } = paid::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(payer), model);

		assert_eq!(Ledgers::<T>::get(model).owner, 0);
		Ok(())
	}

	/// `r` counts the checkpoints that are read: the binary digits of how many there are, for the start of
	/// a tenure and for its end. Here a vault is credited, whose tenure has no end.
	#[benchmark]
	fn claim_lineage(r: Linear<1, 32>) -> Result<(), BenchmarkError> {
		let scene = registered::<T>()?;
		T::BenchmarkHelper::vault(scene.ancestor, &scene.ancestor_owner);
		pay_once(&scene)?;
		let Scene { payer, ancestor, model, .. } = scene;
		checkpoints::<T>(model, r);
		let tenure = T::Titles::current_tenure(Title::model(ancestor));

		#[extrinsic_call]
		_(RawOrigin::Signed(payer), model, ancestor, tenure);

		assert!(LineageClaimed::<T>::get((model, ancestor, tenure)) > 0);
		Ok(())
	}

	#[benchmark]
	fn release_receipt() -> Result<(), BenchmarkError> {
		let scene = paid::<T>()?;
		settle(&scene)?;
		let Scene { payer, model, epoch, .. } = scene;

		#[extrinsic_call]
		_(RawOrigin::Signed(payer), model, epoch, 0);

		assert_eq!(Receipts::<T>::get((model, epoch, 0)), None);
		Ok(())
	}

	/// The beneficiary's account is created by it, which costs most.
	#[benchmark]
	fn collect_due() -> Result<(), BenchmarkError> {
		let scene = paid::<T>()?;
		settle(&scene)?;
		let (caller, beneficiary) = (scene.payer, account::<T::AccountId>("due", 0, 0));
		let due = Ledgers::<T>::mutate(scene.model, |ledger| {
			let due = core::mem::take(&mut ledger.owner);
			ledger.claimed = ledger.claimed.saturating_add(due);
			due
		});
		Dues::<T>::insert(&beneficiary, due);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), beneficiary.clone());

		assert_eq!(Dues::<T>::get(&beneficiary), 0);
		Ok(())
	}

	#[benchmark]
	fn beneficiary_changes() -> Result<(), BenchmarkError> {
		let Scene { owner, model, .. } = paid::<T>()?;
		let from = Beneficiary::Owner(owner.clone());

		#[block]
		{
			Pallet::<T>::beneficiary_changes(Title::model(model), &from);
		}

		assert!(Dues::<T>::get(&owner) > 0);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
