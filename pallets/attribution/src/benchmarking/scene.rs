//! Blobs of any size, and reports of them.

use alloc::{boxed::Box, vec, vec::Vec};

use frame_benchmarking::v2::*;
use frame_support::traits::{fungible::Unbalanced, Get, UnfilteredDispatchable};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_runtime::traits::{One, Saturating};
use tributary_primitives::{
	blob::{self, Content, Opening, CHUNK_LEN},
	fault::{EntryProof, Fault},
	ids::{announcement, source_of, EpochIndex, ModelId, ReportId, Seq},
	report::{record_count, Entry, Item, Payout, Record, MAX_UNSEEN},
	traits::{Models, Receipts},
	window::window_count,
};

use super::BenchmarkHelper;
use crate::*;

/// A blob, its tail opening, and where that starts.
pub struct Blob {
	pub data: Vec<u8>,
	pub start: u64,
}

impl Blob {
	/// A blob of zeros whose tail opening has `chunks` chunks and `siblings` siblings: to the left
	/// of the run stand that many whole subtrees, each half the one before, and none smaller than
	/// the run.
	pub fn new(chunks: u32, siblings: u32) -> Self {
		let run = u64::from(chunks);
		let subtrees = 2u64.saturating_pow(siblings).saturating_sub(1);
		let start = run.next_power_of_two().saturating_mul(subtrees).saturating_mul(CHUNK_LEN);
		let len = start.saturating_add(run.saturating_mul(CHUNK_LEN));
		Self { data: vec![0; usize::try_from(len).unwrap_or_default()], start }
	}

	/// A blob of `records`, opened whole.
	pub fn of<R: Record>(records: &[R]) -> Self {
		Self { data: records.iter().flat_map(Record::to_bytes).collect(), start: 0 }
	}

	pub fn content(&self) -> Content {
		Content::of(&self.data)
	}

	/// Puts `record` in the place of the last one. Returns its index.
	pub fn end_with<R: Record>(&mut self, record: &R) -> u64 {
		let record = record.to_bytes();
		let at = self.data.len().saturating_sub(record.len());
		if let Some(bytes) = self.data.get_mut(at..) {
			bytes.copy_from_slice(&record);
		}
		record_count(self.content().len).unwrap_or_default().saturating_sub(1)
	}

	pub fn tail(&self) -> Opening {
		let len = self.content().len.saturating_sub(self.start);
		blob::open(&self.data, self.start, len).unwrap_or_default()
	}
}

pub fn attributor<T: Config>() -> T::AccountId {
	funded::<T>("attributor")
}

pub fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who = account(name, 0, 0);
	let _ = T::Currency::write_balance(&who, u128::MAX >> 16);
	who
}

/// Adds `count` sources to the corpus of `model`, which nobody has seen.
pub fn unseen<T: Config>(model: ModelId, count: u32) -> Unseen {
	let seqs = T::BenchmarkHelper::add_sources(model, count);
	seqs.into_iter().filter_map(source_of).collect::<Vec<_>>().try_into().unwrap_or_default()
}

/// Ends `epoch` and reports on it.
pub fn post<T: Config>(
	(model, epoch): (ModelId, EpochIndex),
	entries: &Blob,
	payouts: &Blob,
	total: u128,
	unseen: Unseen,
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
		unseen,
		0,
	)?;
	Ok(())
}

pub fn close<T: Config>(epoch: EpochIndex) {
	let after = T::Usage::last_block(epoch).saturating_add(One::one());
	frame_system::Pallet::<T>::set_block_number(after);
}

/// Ends the challenge window of a report that was just posted.
pub fn end_challenge<T: Config>() {
	let now = frame_system::Pallet::<T>::block_number();
	let after = now.saturating_add(T::ChallengeWindow::get()).saturating_add(One::one());
	frame_system::Pallet::<T>::set_block_number(after);
}

/// A report that calls an output unowned, with as many unseen sources as there may be, and the fault that
/// shows a source which contains it: the kind of fault with the most openings and reads. Its openings
/// have at least `c` chunks and `s` siblings.
pub fn prior<T: Config>(c: u32, s: u32) -> Result<(ModelId, EpochIndex, Fault), BenchmarkError> {
	let text = Blob::new(c.saturating_sub(2).div_ceil(2).max(1), s.div_ceil(2));
	let items = Blob::of(&[Item { output: text.content(), reserved: [0; 24] }]);
	let contributor = funded::<T>("contributor");
	let (model, epoch, seq) =
		T::BenchmarkHelper::prepare(&contributor, text.content(), items.content());
	let window = T::Models::window(model).unwrap_or_default();
	let count = window_count(text.content().len, window);
	let entries = Blob::of(&[Entry { count, ..Default::default() }]);
	let unseen = unseen::<T>(model, MAX_UNSEEN);
	post::<T>((model, epoch), &entries, &Blob::of::<Payout>(&[]), 0, unseen)?;
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

/// The report that was posted last.
pub fn newest<T: Config>() -> ReportId {
	NextReport::<T>::get().saturating_sub(1)
}

pub fn call<T: Config>(model: ModelId, epoch: EpochIndex, fault: Fault) -> Call<T> {
	let report = newest::<T>();
	let challenger = account("challenger", 0, 0);
	Call::submit_fault { model, epoch, report, challenger, fault: Box::new(fault) }
}

/// Submits the fault, authorised.
pub fn submit<T: Config>(call: Call<T>) -> Result<(), BenchmarkError> {
	call.dispatch_bypass_filter(frame_system::Origin::<T>::Authorized.into())
		.map_err(|error| error.error)?;
	Ok(())
}

pub const SALT: [u8; 32] = [1; 32];

/// Announces `fault` of the report that was posted last.
pub fn announce<T: Config>(
	model: ModelId,
	epoch: EpochIndex,
	fault: &Fault,
) -> Result<T::AccountId, BenchmarkError> {
	let announcer = funded::<T>("announcer");
	let genesis_hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::default());
	let hash = announcement(&genesis_hash, newest::<T>(), fault, &announcer, &SALT);
	let origin = RawOrigin::Signed(announcer.clone()).into();
	Pallet::<T>::announce(origin, model, epoch, newest::<T>(), hash)?;
	Ok(announcer)
}

/// Voids the report on (`model`, `epoch`), and lets its bond wait for announcements.
pub fn let_wait<T: Config>(
	model: ModelId,
	epoch: EpochIndex,
	beneficiary: T::AccountId,
	standing: Standing,
) -> Result<(), BenchmarkError> {
	let report = Reports::<T>::take(model, epoch).ok_or("a report was posted")?;
	let reveal_until = frame_system::Pallet::<T>::block_number();
	let id = report.id;
	Revealing::<T>::insert(model, epoch, reveal_until);
	let reward = Reward { model, epoch, report, beneficiary, standing, reveal_until };
	Rewards::<T>::insert(id, reward);
	Ok(())
}

/// A payment for a model, and the contribution that its corpus holds.
pub fn payment<T: Config>() -> (T::AccountId, ModelId, EpochIndex, Seq) {
	let contributor = funded::<T>("contributor");
	let text = Blob::new(1, 0);
	let items = Blob::of(&[Item { output: text.content(), reserved: [0; 24] }]);
	let (model, epoch, seq) =
		T::BenchmarkHelper::prepare(&contributor, text.content(), items.content());
	(contributor, model, epoch, seq)
}
