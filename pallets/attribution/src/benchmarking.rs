//! Benchmarks of all calls. Openings are as large as their parameters say: `c` chunks and `s`
//! siblings in all.

use alloc::{boxed::Box, vec, vec::Vec};

use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::{Authorize, TransactionSource},
	traits::{fungible::Unbalanced, Get},
};
use frame_system::RawOrigin;
use sp_runtime::traits::{One, Saturating};
use tributary_primitives::{
	blob::{self, Content, Opening, CHUNK_LEN},
	fault::{EntryProof, Fault},
	ids::{source_of, EpochIndex, ModelId, Seq},
	report::{record_count, Entry, Item, Payout, Record},
	traits::{Models, Receipts},
	window::window_count,
};

use crate::*;

/// Sets up what other pallets know.
pub trait BenchmarkHelper<AccountId> {
	/// Makes a model whose corpus holds `source` as an accepted contribution of `contributor`, and
	/// one payment for it in an epoch that is not over, with a data amount that the contributor's
	/// account can exist with and with `outputs` as its blob of items. Returns the model, the epoch
	/// and the contribution's place.
	fn prepare(
		contributor: &AccountId,
		source: Content,
		outputs: Content,
	) -> (ModelId, EpochIndex, Seq);
}

/// A blob, its tail opening, and where that starts.
struct Blob {
	data: Vec<u8>,
	start: u64,
}

impl Blob {
	/// A blob of zeros whose tail opening has `chunks` chunks and `siblings` siblings: to the left
	/// of the run stand that many whole subtrees, each half the one before, and none smaller than
	/// the run.
	fn new(chunks: u32, siblings: u32) -> Self {
		let run = u64::from(chunks);
		let subtrees = 2u64.saturating_pow(siblings).saturating_sub(1);
		let start = run.next_power_of_two().saturating_mul(subtrees).saturating_mul(CHUNK_LEN);
		let len = start.saturating_add(run.saturating_mul(CHUNK_LEN));
		Self { data: vec![0; usize::try_from(len).unwrap_or_default()], start }
	}

	/// A blob of `records`, opened whole.
	fn of<R: Record>(records: &[R]) -> Self {
		Self { data: records.iter().flat_map(Record::to_bytes).collect(), start: 0 }
	}

	fn content(&self) -> Content {
		Content::of(&self.data)
	}

	fn tail(&self) -> Opening {
		let len = self.content().len.saturating_sub(self.start);
		blob::open(&self.data, self.start, len).unwrap_or_default()
	}
}

fn attributor<T: Config>() -> T::AccountId {
	funded::<T>("attributor")
}

fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who = account(name, 0, 0);
	let _ = T::Currency::write_balance(&who, u128::MAX >> 16);
	who
}

/// Ends `epoch` and reports on it.
fn post<T: Config>(
	(model, epoch): (ModelId, EpochIndex),
	entries: &Blob,
	payouts: &Blob,
	total: u128,
) -> Result<(), BenchmarkError> {
	let origin = RawOrigin::Signed(attributor::<T>());
	Pallet::<T>::bond(origin.clone().into(), T::Bond::get())?;
	close::<T>(epoch);
	Pallet::<T>::report(
		origin.into(),
		model,
		epoch,
		entries.content(),
		Box::new(entries.tail()),
		payouts.content(),
		Box::new(payouts.tail()),
		total,
	)?;
	Ok(())
}

fn close<T: Config>(epoch: EpochIndex) {
	let after = T::Usage::last_block(epoch).saturating_add(One::one());
	frame_system::Pallet::<T>::set_block_number(after);
}

/// Ends the challenge window of a report that was just posted.
fn end_challenge<T: Config>() {
	let now = frame_system::Pallet::<T>::block_number();
	let after = now.saturating_add(T::ChallengeWindow::get()).saturating_add(One::one());
	frame_system::Pallet::<T>::set_block_number(after);
}

/// A report that calls an output unowned, and the fault that shows a source which contains it: the
/// kind of fault with the most openings and reads. Its openings have at least `c` chunks and `s`
/// siblings.
fn prior<T: Config>(c: u32, s: u32) -> Result<(ModelId, EpochIndex, Fault), BenchmarkError> {
	let text = Blob::new(c.saturating_sub(2).div_ceil(2).max(1), s.div_ceil(2));
	let items = Blob::of(&[Item { output: text.content(), reserved: [0; 24] }]);
	let contributor = funded::<T>("contributor");
	let (model, epoch, seq) =
		T::BenchmarkHelper::prepare(&contributor, text.content(), items.content());
	let window = T::Models::window(model).unwrap_or_default();
	let count = window_count(text.content().len, window);
	let entries = Blob::of(&[Entry { count, ..Default::default() }]);
	post::<T>((model, epoch), &entries, &Blob::of::<Payout>(&[]), 0)?;
	let fault = Fault::Prior {
		entry: EntryProof { index: 0, opening: entries.tail() },
		item: items.tail(),
		position: text.start,
		output: text.tail(),
		source: source_of(seq).unwrap_or_default(),
		offset: text.start,
		bytes: text.tail(),
	};
	Ok((model, epoch, fault))
}

fn call<T: Config>(model: ModelId, epoch: EpochIndex, fault: Fault) -> Call<T> {
	let report = NextReport::<T>::get().saturating_sub(1);
	let challenger = account("challenger", 0, 0);
	Call::submit_fault { model, epoch, report, challenger, fault: Box::new(fault) }
}

/// A payment for a model, and the contribution that its corpus holds.
fn payment<T: Config>() -> (T::AccountId, ModelId, EpochIndex, Seq) {
	let contributor = funded::<T>("contributor");
	let text = Blob::new(1, 0);
	let items = Blob::of(&[Item { output: text.content(), reserved: [0; 24] }]);
	let (model, epoch, seq) =
		T::BenchmarkHelper::prepare(&contributor, text.content(), items.content());
	(contributor, model, epoch, seq)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn bond() {
		let attributor = attributor::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(attributor.clone()), T::Bond::get());

		assert_eq!(Pallet::<T>::bonded(&attributor), T::Bond::get());
	}

	#[benchmark]
	fn unbond() -> Result<(), BenchmarkError> {
		let attributor = attributor::<T>();
		Pallet::<T>::bond(RawOrigin::Signed(attributor.clone()).into(), T::Bond::get())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(attributor.clone()), T::Bond::get());

		assert_eq!(Pallet::<T>::bonded(&attributor), 0);
		Ok(())
	}

	#[benchmark]
	fn report(c: Linear<2, 9>, s: Linear<0, 8>) -> Result<(), BenchmarkError> {
		let attributor = attributor::<T>();
		Pallet::<T>::bond(RawOrigin::Signed(attributor.clone()).into(), T::Bond::get())?;
		let (_, model, epoch, _) = payment::<T>();
		close::<T>(epoch);
		let entries = Blob::new(c.saturating_sub(1), s);
		let payouts = Blob::of::<Payout>(&[]);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(attributor),
			model,
			epoch,
			entries.content(),
			Box::new(entries.tail()),
			payouts.content(),
			Box::new(payouts.tail()),
			0,
		);

		assert!(Reports::<T>::contains_key(model, epoch));
		Ok(())
	}

	#[benchmark]
	fn submit_fault(c: Linear<4, 18>, s: Linear<0, 16>) -> Result<(), BenchmarkError> {
		let (model, epoch, fault) = prior::<T>(c, s)?;
		let call = call::<T>(model, epoch, fault);

		#[block]
		{
			use frame_support::traits::UnfilteredDispatchable;
			call.dispatch_bypass_filter(frame_system::Origin::<T>::Authorized.into())
				.map_err(|error| error.error)?;
		}

		assert!(!Reports::<T>::contains_key(model, epoch));
		Ok(())
	}

	#[benchmark]
	fn authorize_submit_fault(c: Linear<4, 18>, s: Linear<0, 16>) -> Result<(), BenchmarkError> {
		let (model, epoch, fault) = prior::<T>(c, s)?;
		let call = call::<T>(model, epoch, fault);

		#[block]
		{
			call.authorize(TransactionSource::External)
				.ok_or("the call says whether it is authorised")??;
		}

		Ok(())
	}

	#[benchmark]
	fn finalise() -> Result<(), BenchmarkError> {
		let (_, model, epoch, _) = payment::<T>();
		post::<T>((model, epoch), &Blob::new(1, 0), &Blob::of::<Payout>(&[]), 0)?;
		end_challenge::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(attributor::<T>()), model, epoch);

		assert!(Pallet::<T>::check_fault(
			model,
			epoch,
			&Fault::Order { index: 0, payouts: Opening::default() }
		)
		.is_none());
		Ok(())
	}

	#[benchmark]
	fn claim(c: Linear<2, 16>, s: Linear<0, 16>) -> Result<(), BenchmarkError> {
		let (contributor, model, epoch, seq) = payment::<T>();
		let source = source_of(seq).unwrap_or_default();
		let total = T::Usage::data_amount(model, epoch);
		let mut payouts = Blob::new(c.div_ceil(2), s.div_ceil(2));
		let records = record_count(payouts.content().len).unwrap_or_default();
		let last = records.saturating_sub(1);
		let payout = Payout { source, amount: total, ..Default::default() }.to_bytes();
		let at = payouts.data.len().saturating_sub(payout.len());
		if let Some(bytes) = payouts.data.get_mut(at..) {
			bytes.copy_from_slice(&payout);
		}
		post::<T>((model, epoch), &payouts, &payouts, total)?;
		end_challenge::<T>();
		let end = PayoutProof { index: last, opening: Box::new(payouts.tail()) };

		#[extrinsic_call]
		_(RawOrigin::Signed(contributor), model, epoch, source, end.clone(), end);

		assert_eq!(Claims::<T>::iter_values().sum::<u128>(), total);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, mock::ext(), mock::Test);
}
