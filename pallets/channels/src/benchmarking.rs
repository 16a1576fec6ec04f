//! Benchmarks of all calls. An opening has at least as many chunks and siblings as its parameters say, `c`
//! and `s`. A signature is checked twice, as one over the wrapped bytes is.

use alloc::{boxed::Box, vec};

use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{Inspect, Unbalanced},
	Get,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_runtime::traits::{One, Saturating, Zero};
use tributary_primitives::{
	blob::{self, Content, Opening, CHUNK_LEN, MAX_OPENING_CHUNKS},
	ids::{ChannelId, ModelId},
	traits::Payments,
	voucher::wrap,
};

use crate::*;

/// Sets up what other pallets know, and signs.
pub trait BenchmarkHelper<AccountId, Signature> {
	/// Registers a model whose payments have every part that one can have. The next one writes a checkpoint
	/// and credits a vault in which nothing is staked.
	fn model() -> ModelId;

	/// The account of a key, of the kind whose signatures take longest to check.
	fn signer() -> AccountId;

	/// Signs `message` with the key of [`BenchmarkHelper::signer`].
	fn sign(message: &[u8]) -> Signature;
}

fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who = account(name, 0, 0);
	let _ = T::Currency::write_balance(&who, u128::MAX >> 16);
	who
}

/// Enough for every part of a payment of it to create an account.
fn deposit<T: Config>() -> u128 {
	T::Payments::min_payment().max(T::Currency::minimum_balance()).saturating_mul(10_000)
}

/// A channel with a payer, a server and a signer of their own.
fn opened<T: Config>() -> Result<(T::AccountId, T::AccountId, ChannelId), BenchmarkError> {
	let (payer, server) = (funded::<T>("payer"), funded::<T>("server"));
	let channel = NextChannel::<T>::get();
	Pallet::<T>::open(
		RawOrigin::Signed(payer.clone()).into(),
		T::BenchmarkHelper::model(),
		server.clone(),
		T::BenchmarkHelper::signer(),
		deposit::<T>(),
		T::CloseWindow::get(),
	)?;
	Ok((payer, server, channel))
}

/// A blob of `8 * 2^siblings` chunks, and its last `chunks` chunks.
fn outputs(chunks: u32, siblings: u32) -> Result<(Content, Box<Opening>), BenchmarkError> {
	let all = MAX_OPENING_CHUNKS.saturating_mul(2u64.saturating_pow(siblings));
	let len = all.saturating_mul(CHUNK_LEN);
	let data = vec![0; usize::try_from(len).unwrap_or_default()];
	let run = u64::from(chunks).saturating_mul(CHUNK_LEN);
	let tail = blob::open(&data, len.saturating_sub(run), run)
		.map_err(|_| BenchmarkError::Stop("the tail opens"))?;
	Ok((Content::of(&data), Box::new(tail)))
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open() -> Result<(), BenchmarkError> {
		let model = T::BenchmarkHelper::model();
		let (payer, server) = (funded::<T>("payer"), account("server", 0, 0));
		let (signer, lifetime) = (T::BenchmarkHelper::signer(), T::CloseWindow::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(payer), model, server, signer, deposit::<T>(), lifetime);

		assert_eq!(Channels::<T>::iter().count(), 1);
		Ok(())
	}

	#[benchmark]
	fn top_up() -> Result<(), BenchmarkError> {
		let (payer, _, channel) = opened::<T>()?;
		Pallet::<T>::request_close(RawOrigin::Signed(payer.clone()).into(), channel)?;
		let now = frame_system::Pallet::<T>::block_number();
		let later = now.saturating_add(T::CloseWindow::get()).saturating_add(One::one());

		#[extrinsic_call]
		_(RawOrigin::Signed(payer), channel, deposit::<T>(), Some(later));

		let expires_at = Channels::<T>::get(channel).map(|channel| channel.expires_at);
		assert_eq!(expires_at, Some(later));
		Ok(())
	}

	#[benchmark]
	fn close(c: Linear<1, 8>, s: Linear<0, 9>) -> Result<(), BenchmarkError> {
		let (_, server, channel) = opened::<T>()?;
		let (outputs, tail) = outputs(c, s)?;
		let voucher = Voucher { amount: deposit::<T>(), outputs, nonce: 1 };
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		let signature = T::BenchmarkHelper::sign(&wrap(&voucher.payload(&genesis, channel)));

		#[extrinsic_call]
		_(RawOrigin::Signed(server), channel, voucher, signature, tail);

		assert!(!Channels::<T>::contains_key(channel));
		Ok(())
	}

	#[benchmark]
	fn request_close() -> Result<(), BenchmarkError> {
		let (payer, _, channel) = opened::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(payer), channel);

		let closing_at = Channels::<T>::get(channel).and_then(|channel| channel.closing_at);
		assert!(closing_at.is_some());
		Ok(())
	}

	#[benchmark]
	fn finish() -> Result<(), BenchmarkError> {
		let (_, server, channel) = opened::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(server), channel);

		assert!(!Channels::<T>::contains_key(channel));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, mock::ext(), mock::Test);
}
