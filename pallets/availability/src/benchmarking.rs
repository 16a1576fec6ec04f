//! Benchmarks of all calls. Openings are as large as their parameters say: `c` chunks and `s`
//! siblings.

use alloc::{boxed::Box, vec, vec::Vec};

use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::{Authorize, TransactionSource},
	traits::{fungible::Unbalanced, Get},
};
use frame_system::RawOrigin;
use sp_runtime::traits::{One, Saturating};
use tributary_primitives::{
	availability::Demanded,
	blob::{self, Content, Opening, CHUNK_LEN},
	ids::{EpochIndex, ModelId, ReportId, Seq},
	report::{record_count, Item, Record},
	traits::{Contributions, Receipts},
};

use crate::*;

/// Who answers for what is demanded. All are funded.
pub struct Parties<AccountId> {
	/// For the report.
	pub attributor: AccountId,
	/// For the outputs.
	pub owner: AccountId,
	/// For the contribution.
	pub contributor: AccountId,
}

/// What there is to demand.
pub struct Place {
	/// The model.
	pub model: ModelId,
	/// The epoch of its receipt.
	pub epoch: EpochIndex,
	/// The report on it.
	pub report: ReportId,
	/// The contribution in its corpus.
	pub seq: Seq,
}

/// Sets up what other pallets know.
pub trait BenchmarkHelper<AccountId> {
	/// Makes a model whose corpus holds `source` as an accepted contribution, with a deposit that can
	/// be slashed, and one payment for it, with `outputs` as its blob of items. Ends the epoch of the
	/// payment and has it reported on, by entries of one chunk, in the block that is current
	/// afterwards.
	fn prepare(parties: &Parties<AccountId>, source: Content, outputs: Content) -> Place;

	/// Has somebody announce a fault of the report of `place`.
	fn announce(place: &Place);
}

/// A blob, and the run of its chunks that is opened: the last.
struct Blob {
	data: Vec<u8>,
	start: u64,
}

impl Blob {
	/// A blob that ends in `run` and whose opening has `siblings` siblings: to the left of the run
	/// stand that many whole subtrees, each half the one before, and none smaller than the run.
	fn before(run: &[u8], siblings: u32) -> Self {
		let chunks = u64::try_from(run.len()).unwrap_or_default().div_ceil(CHUNK_LEN);
		let subtrees = 2u64.saturating_pow(siblings).saturating_sub(1);
		let start = chunks.next_power_of_two().saturating_mul(subtrees).saturating_mul(CHUNK_LEN);
		let mut data = vec![0; usize::try_from(start).unwrap_or_default()];
		data.extend_from_slice(run);
		Self { data, start }
	}

	/// One of `chunks` chunks of items, that name an output of one chunk.
	fn of_items(chunks: u32, siblings: u32) -> Self {
		let item = Item { output: Content::of(&[7; 64]), reserved: [0; 24] }.to_bytes();
		let len = usize::try_from(CHUNK_LEN.saturating_mul(chunks.into())).unwrap_or_default();
		let run: Vec<u8> = item.into_iter().cycle().take(len).collect();
		Self::before(&run, siblings)
	}

	fn content(&self) -> Content {
		Content::of(&self.data)
	}

	/// The first chunk of the run.
	fn chunk(&self) -> u64 {
		self.start / CHUNK_LEN
	}

	fn opening(&self) -> Box<Opening> {
		let len = self.content().len.saturating_sub(self.start);
		Box::new(blob::open(&self.data, self.start, len).unwrap_or_default())
	}
}

fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who = account(name, 0, 0);
	let _ = T::Currency::write_balance(&who, u128::MAX >> 16);
	who
}

fn demander<T: Config>() -> T::AccountId {
	funded::<T>("demander")
}

/// One payment, one report on it and one contribution.
fn prepare<T: Config>(source: Content, outputs: Content) -> Place {
	let parties = Parties {
		attributor: funded::<T>("attributor"),
		owner: funded::<T>("owner"),
		contributor: funded::<T>("contributor"),
	};
	T::BenchmarkHelper::prepare(&parties, source, outputs)
}

/// Demands the first chunk of what `blob` names in a place with blobs of one chunk, and waits until
/// nobody may answer any more.
fn unanswered<T: Config>(
	blob: impl FnOnce(&Place) -> Demanded,
) -> Result<(Place, T::AccountId), BenchmarkError> {
	let place = prepare::<T>(Content::of(&[1; 64]), Blob::of_items(1, 0).content());
	let demander = demander::<T>();
	let origin = RawOrigin::Signed(demander.clone()).into();
	Pallet::<T>::demand(origin, blob(&place), 0, None, None)?;
	let now = frame_system::Pallet::<T>::block_number();
	let after = now.saturating_add(T::AnswerWindow::get()).saturating_add(One::one());
	frame_system::Pallet::<T>::set_block_number(after);
	Ok((place, demander))
}

fn entries_of(place: &Place) -> Demanded {
	Demanded::Entries { model: place.model, epoch: place.epoch, report: place.report }
}

fn items_of(place: &Place) -> Demanded {
	Demanded::Items { model: place.model, epoch: place.epoch, receipt: 0 }
}

/// Whether the receipt of `place` is withheld.
fn is_withheld<T: Config>(place: &Place) -> bool {
	let receipt = T::Usage::receipt(place.model, place.epoch, 0, u32::MAX);
	receipt.is_some_and(|receipt| receipt.withheld)
}

fn newest<T: Config>() -> u64 {
	NextDemand::<T>::get().saturating_sub(1)
}

/// Demands a chunk of a list of items, and answers it.
fn answered<T: Config>(c: u32, s: u32) -> Result<Call<T>, BenchmarkError> {
	let items = Blob::of_items(c, s);
	let Place { model, epoch, .. } = prepare::<T>(Content::of(&[1; 64]), items.content());
	let blob = Demanded::Items { model, epoch, receipt: 0 };
	let origin = RawOrigin::Signed(demander::<T>()).into();
	Pallet::<T>::demand(origin, blob, items.chunk(), None, None)?;
	Ok(Call::answer { demand: newest::<T>(), opening: items.opening() })
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn demand(c: Linear<1, 8>, s: Linear<0, 8>) {
		let items = Blob::of_items(c, s);
		let Place { model, epoch, .. } = prepare::<T>(Content::of(&[1; 64]), items.content());
		let last = record_count(items.content().len).unwrap_or_default().saturating_sub(1);
		let item = u32::try_from(last).unwrap_or_default();
		let blob = Demanded::Output { model, epoch, receipt: 0, item };

		#[extrinsic_call]
		_(RawOrigin::Signed(demander::<T>()), blob, 0, Some(items.opening()), None);

		assert!(LastAnswer::<T>::contains_key(model, epoch));
	}

	#[benchmark]
	fn demand_contribution() {
		let outputs = Blob::of_items(1, 0).content();
		let Place { model, epoch, seq, .. } = prepare::<T>(Content::of(&[1; 64]), outputs);
		let blob = Demanded::Contribution { seq };

		#[extrinsic_call]
		demand(RawOrigin::Signed(demander::<T>()), blob, 0, None, Some((model, epoch)));

		assert!(Pending::<T>::contains_key((blob, 0)));
	}

	#[benchmark]
	fn answer(c: Linear<1, 8>, s: Linear<0, 8>) -> Result<(), BenchmarkError> {
		let call = answered::<T>(c, s)?;

		#[block]
		{
			use frame_support::traits::UnfilteredDispatchable;
			call.dispatch_bypass_filter(frame_system::Origin::<T>::Authorized.into())
				.map_err(|error| error.error)?;
		}

		assert!(!Demands::<T>::contains_key(newest::<T>()));
		Ok(())
	}

	#[benchmark]
	fn authorize_answer(c: Linear<1, 8>, s: Linear<0, 8>) -> Result<(), BenchmarkError> {
		let call = answered::<T>(c, s)?;

		#[block]
		{
			call.authorize(TransactionSource::External)
				.ok_or("the call says whether it is authorised")??;
		}

		Ok(())
	}

	#[benchmark]
	fn enforce_report() -> Result<(), BenchmarkError> {
		let (_, demander) = unanswered::<T>(entries_of)?;

		#[extrinsic_call]
		enforce(RawOrigin::Signed(demander), newest::<T>());

		assert!(!Demands::<T>::contains_key(newest::<T>()));
		Ok(())
	}

	#[benchmark]
	fn enforce_announced_report() -> Result<(), BenchmarkError> {
		let (_, demander) = unanswered::<T>(|place| {
			T::BenchmarkHelper::announce(place);
			entries_of(place)
		})?;

		#[extrinsic_call]
		enforce(RawOrigin::Signed(demander), newest::<T>());

		assert!(!Demands::<T>::contains_key(newest::<T>()));
		Ok(())
	}

	#[benchmark]
	fn enforce_outputs() -> Result<(), BenchmarkError> {
		let (place, demander) = unanswered::<T>(items_of)?;

		#[extrinsic_call]
		enforce(RawOrigin::Signed(demander), newest::<T>());

		assert!(is_withheld::<T>(&place));
		Ok(())
	}

	#[benchmark]
	fn enforce_announced_outputs() -> Result<(), BenchmarkError> {
		let (place, demander) = unanswered::<T>(|place| {
			T::BenchmarkHelper::announce(place);
			items_of(place)
		})?;

		#[extrinsic_call]
		enforce(RawOrigin::Signed(demander), newest::<T>());

		assert!(is_withheld::<T>(&place));
		Ok(())
	}

	#[benchmark]
	fn enforce_contribution() -> Result<(), BenchmarkError> {
		let (place, demander) = unanswered::<T>(|place| Demanded::Contribution { seq: place.seq })?;

		#[extrinsic_call]
		enforce(RawOrigin::Signed(demander), newest::<T>());

		let contribution = T::Datasets::contribution(place.seq);
		assert!(contribution.is_some_and(|facts| facts.withheld_at.is_some()));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, mock::ext(), mock::Test);
}
