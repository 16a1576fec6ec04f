//! Benchmarks of all calls, and of the start of a block while a draw waits. Openings have at least as
//! many chunks and siblings as their parameters say: `c` and `s` in all.

use alloc::{boxed::Box, vec, vec::Vec};

use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{Inspect, Unbalanced},
	Get, Hooks,
};
use frame_system::RawOrigin;
use sp_runtime::traits::{One, Saturating};
use tributary_primitives::{
	blob::{self, Content, Opening, CHUNK_LEN, MAX_OPENING_CHUNKS},
	ids::{EpochIndex, ModelId, Seq},
	originality::{sample_position, Hit},
	report::{Item, Record},
};

use crate::*;

/// Sets up what other pallets know.
pub trait BenchmarkHelper<AccountId> {
	/// Makes an accepted contribution of `contributor`, committed in this block, whose place is after
	/// those of all others. Its dataset refuses synthetic ones, and its deposit is on hold and large
	/// enough for an account to exist with half of it.
	fn contribute(contributor: &AccountId, content: Content) -> Seq;

	/// Makes a payment in this block for a model, with `outputs` as its blob of items. Returns the
	/// model, the epoch and the receipt.
	fn serve(outputs: Content) -> (ModelId, EpochIndex, u32);

	/// Has the block before this one add randomness to the draws.
	fn add_randomness();
}

const SEED: [u8; 32] = [7; 32];

fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who = account(name, 0, 0);
	let _ = T::Currency::write_balance(&who, u128::MAX >> 16);
	who
}

fn next_block<T: Config>() {
	let next = frame_system::Pallet::<T>::block_number().saturating_add(One::one());
	frame_system::Pallet::<T>::set_block_number(next);
}

/// Zeros whose openings of up to eight chunks have at least `siblings` siblings.
fn zeros(siblings: u32) -> Vec<u8> {
	let chunks = MAX_OPENING_CHUNKS.saturating_mul(2u64.saturating_pow(siblings));
	vec![0; usize::try_from(chunks.saturating_mul(CHUNK_LEN)).unwrap_or_default()]
}

/// A run of `chunks` chunks of `data`, or one more, with the window that starts at `position`.
fn run(data: &[u8], position: u64, chunks: u64) -> Result<Opening, BenchmarkError> {
	let len = u64::try_from(data.len()).unwrap_or_default();
	let start = position.min(len.saturating_sub(chunks.saturating_mul(CHUNK_LEN)));
	let start = start.saturating_sub(start % CHUNK_LEN);
	let end = start.saturating_add(chunks.saturating_mul(CHUNK_LEN));
	let end = end.max(position.saturating_add(u64::from(SAMPLE_WINDOW))).min(len);
	blob::open(data, start, end.saturating_sub(start))
		.map_err(|_| BenchmarkError::Stop("the window has an opening"))
}

fn less_a_byte(data: &[u8]) -> &[u8] {
	data.split_last().map(|(_, rest)| rest).unwrap_or_default()
}

/// A copy of `data` less a byte and its original, of two contributors.
fn copy<T: Config>(data: &[u8]) -> (Seq, Seq) {
	let original = T::BenchmarkHelper::contribute(&funded::<T>("contributor"), Content::of(data));
	let copied = Content::of(less_a_byte(data));
	let accused = T::BenchmarkHelper::contribute(&funded::<T>("copier"), copied);
	(accused, original)
}

/// A challenger who accuses a copy of `data`.
fn accusation<T: Config>(data: &[u8]) -> Result<(T::AccountId, Seq), BenchmarkError> {
	let challenger = funded::<T>("challenger");
	let (accused, original) = copy::<T>(data);
	let origin = RawOrigin::Signed(challenger.clone()).into();
	Pallet::<T>::accuse(origin, accused, Original::Contribution(original), None)?;
	Ok((challenger, accused))
}

/// Draws by [`SEED`] for the open accusation, and returns it.
fn draw<T: Config>(
	accused: Seq,
	challenger: &T::AccountId,
) -> Result<AccusationOf<T>, BenchmarkError> {
	let accusation = Accusations::<T>::get(accused, challenger).ok_or("the accusation is open")?;
	Draws::<T>::mutate_extant(accusation.draw_at, |draw| draw.seed = Some(SEED));
	Ok(accusation)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn accuse(c: Linear<1, 8>, s: Linear<0, 8>) -> Result<(), BenchmarkError> {
		let output = vec![0; usize::try_from(CHUNK_LEN).unwrap_or_default()];
		let item = Item { output: Content::of(&output), reserved: [0; 24] }.to_bytes();
		let len = zeros(s).len();
		let items: Vec<u8> = item.iter().copied().cycle().take(len).collect();
		let (model, epoch, receipt) = T::BenchmarkHelper::serve(Content::of(&items));
		next_block::<T>();
		let (accused, _) = copy::<T>(&output);
		let challenger = funded::<T>("challenger");
		let original = Original::Output { model, epoch, receipt, item: 0 };
		let opening = Box::new(run(&items, 0, c.into())?);

		#[extrinsic_call]
		_(RawOrigin::Signed(challenger.clone()), accused, original, Some(opening));

		assert!(Accusations::<T>::contains_key(accused, challenger));
		Ok(())
	}

	#[benchmark]
	fn show_hits(c: Linear<16, 112>, s: Linear<0, 128>) -> Result<(), BenchmarkError> {
		let data = zeros(s.div_ceil(MAX_HITS.saturating_mul(2)));
		let (challenger, accused) = accusation::<T>(&data)?;
		let mut accusation = draw::<T>(accused, &challenger)?;
		let shown = REQUIRED_HITS.saturating_sub(MAX_HITS);
		accusation.hits = 2u32.saturating_pow(shown).saturating_sub(1);
		let until = accusation.prove_until;
		Accusations::<T>::insert(accused, &challenger, accusation);
		frame_system::Pallet::<T>::set_block_number(until);
		let shorter = less_a_byte(&data);
		let len = u64::try_from(shorter.len()).unwrap_or_default();
		let chunks = u64::from(c.div_ceil(MAX_HITS.saturating_mul(2)));
		let hits = (shown..REQUIRED_HITS)
			.map(|sample| {
				let sample = u8::try_from(sample).unwrap_or_default();
				let offset = sample_position(&SEED, sample, len).unwrap_or_default();
				let accused = run(shorter, offset, chunks)?;
				Ok(Hit { sample, accused, offset, original: run(&data, offset, chunks)? })
			})
			.collect::<Result<Vec<_>, BenchmarkError>>()?;
		let hits = Hits::truncate_from(hits);

		#[extrinsic_call]
		_(RawOrigin::Signed(challenger), accused, hits);

		assert!(Repeats::<T>::contains_key(accused));
		Ok(())
	}

	#[benchmark]
	fn close() -> Result<(), BenchmarkError> {
		let (challenger, accused) = accusation::<T>(&zeros(0))?;
		let until = draw::<T>(accused, &challenger)?.prove_until;
		frame_system::Pallet::<T>::set_block_number(until.saturating_add(One::one()));
		let before = T::Currency::total_balance(&challenger);

		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("contributor")), accused, challenger.clone());

		let lost = before.saturating_sub(T::Currency::total_balance(&challenger));
		assert_eq!(lost, T::AccusationBond::get());
		Ok(())
	}

	#[benchmark]
	fn gather() -> Result<(), BenchmarkError> {
		let (challenger, accused) = accusation::<T>(&zeros(0))?;
		let accusation = Accusations::<T>::get(accused, challenger);
		let draw_at = accusation.ok_or("the accusation is open")?.draw_at;
		let next = draw_at.saturating_add(One::one());
		frame_system::Pallet::<T>::set_block_number(next);
		T::BenchmarkHelper::add_randomness();

		#[block]
		{
			Pallet::<T>::on_initialize(next);
		}

		assert!(Draws::<T>::get(draw_at).is_some_and(|draw| draw.seed.is_some()));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, mock::ext(), mock::Test);
}
