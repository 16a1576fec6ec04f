//! What the calls do.

use frame_support::{
	ensure,
	pallet_prelude::{
		DispatchResult, TransactionPriority, TransactionValidityWithRefund, ValidTransaction,
	},
	traits::{fungible::hold::Mutate as _, Get},
	weights::Weight,
};
use sp_runtime::{
	traits::{SaturatedConversion, Saturating},
	ArithmeticError,
};
use tributary_primitives::{
	availability::{verify_answer, Demanded},
	blob::Opening,
	ids::{EpochIndex, ModelId},
	traits::{OpenReports, Sanctions},
};
use tributary_slashing::pay_or_burn;

use crate::{
	pallet::{
		Config, Deadlines, Demands, Error, Event, HoldReason, LastAnswer, NextDemand, Pallet,
		Pending,
	},
	refusal::Refusal,
	subject::{self, Subject},
	types::{Deadline, DemandOf, OutputDemands},
};

/// The priority of an answer in the pool: above all but faults, so that no respondent is taken for
/// silent for want of room, and a wrong report still falls first.
pub const ANSWER_PRIORITY: TransactionPriority = TransactionPriority::MAX - 1;

/// The most blocks that an answer waits in the pool before it has to be submitted again.
pub const ANSWER_LONGEVITY: u64 = 64;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_demand(
		demander: &T::AccountId,
		blob: Demanded,
		chunk: u64,
		item: Option<&Opening>,
		keep_open: Option<(ModelId, EpochIndex)>,
	) -> DispatchResult {
		let subject = subject::find::<T>(&blob, item, keep_open)?;
		match Pending::<T>::get((blob, chunk)) {
			Some(pending) => Self::repeat(demander, pending, subject.waits),
			None => Self::open(demander, blob, chunk, subject),
		}
	}

	/// Has the report that `waits` for the chunk of the demand `id` stay open for that demand: a window
	/// after its last block, or after this block, where the last is over and it can be enforced at once.
	fn repeat(
		demander: &T::AccountId,
		id: u64,
		waits: Option<(ModelId, EpochIndex)>,
	) -> DispatchResult {
		let demand = Demands::<T>::get(id).ok_or(Error::<T>::NotFound)?;
		let now = frame_system::Pallet::<T>::block_number();
		let until = demand.answer_until.max(now).saturating_add(T::AnswerWindow::get());
		let put_off =
			waits.is_some_and(|(model, epoch)| T::Reports::keep_open(model, epoch, until));
		ensure!(put_off, Error::<T>::AlreadyDemanded);
		let DemandOf::<T> { blob, chunk, .. } = demand;
		Self::deposit_event(Event::Repeated {
			demand: id,
			blob,
			chunk,
			demander: demander.clone(),
		});
		Ok(())
	}

	/// Puts a demand for chunk `chunk` of `subject`, which `blob` names, where none pends for it.
	pub(crate) fn open(
		demander: &T::AccountId,
		blob: Demanded,
		chunk: u64,
		subject: Subject<T::AccountId>,
	) -> DispatchResult {
		let Subject { content, respondent, waits } = subject;
		ensure!(content.len > 0, Error::<T>::EmptyBlob);
		ensure!(chunk < content.chunks(), Error::<T>::ChunkOutOfRange);

		let deposit = T::DemandDeposit::get();
		T::Currency::hold(&HoldReason::Demand.into(), demander, deposit)?;
		let id = NextDemand::<T>::get();
		NextDemand::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		let window = T::AnswerWindow::get();
		let answer_until = frame_system::Pallet::<T>::block_number().saturating_add(window);
		let demand = DemandOf::<T> {
			blob,
			content,
			chunk,
			demander: demander.clone(),
			respondent: respondent.clone(),
			deposit,
			answer_until,
		};
		Self::count(id, &demand)?;
		if let Some((model, epoch)) = waits {
			T::Reports::keep_open(model, epoch, answer_until.saturating_add(window));
		}
		Pending::<T>::insert((blob, chunk), id);
		Demands::<T>::insert(id, demand);
		Self::deposit_event(Event::Demanded {
			demand: id,
			blob,
			chunk,
			demander: demander.clone(),
			respondent,
			answer_until,
		});
		Ok(())
	}

	/// The validity of an answer in the pool and at the door of a block. Whatever it depends on may change
	/// until dispatch, which therefore asks the same again.
	pub(crate) fn authorize_answer(id: u64, opening: &Opening) -> TransactionValidityWithRefund {
		let demand = Self::answered(id, opening)?;
		let now = frame_system::Pallet::<T>::block_number();
		let blocks_left: u64 = demand.answer_until.saturating_sub(now).saturated_into();
		ValidTransaction::with_tag_prefix("AvailabilityAnswer")
			.and_provides(id)
			.priority(ANSWER_PRIORITY)
			.longevity(blocks_left.saturating_add(1).min(ANSWER_LONGEVITY))
			.propagate(true)
			.build()
			.map(|validity| (validity, Weight::zero()))
	}

	pub(crate) fn do_answer(id: u64, opening: &Opening) -> DispatchResult {
		let demand = Self::answered(id, opening).map_err(Error::<T>::from)?;
		Self::close(id, &demand);
		let DemandOf::<T> { blob, chunk, demander, respondent, deposit, .. } = demand;
		let reason = HoldReason::Demand.into();
		let paid = pay_or_burn::<T::Currency, _>(&reason, &demander, &respondent, deposit)?;
		Self::deposit_event(Event::Answered { demand: id, blob, chunk, respondent, paid });
		Ok(())
	}

	pub(crate) fn do_enforce(id: u64) -> DispatchResult {
		let demand = Demands::<T>::get(id).ok_or(Error::<T>::NotFound)?;
		ensure!(Self::is_over(&demand), Error::<T>::AnswerOpen);
		Self::close(id, &demand);
		let slash = subject::sanction::<T>(&demand)?;
		let DemandOf::<T> { blob, demander, deposit, .. } = demand;
		pay_or_burn::<T::Currency, _>(&HoldReason::Demand.into(), &demander, &demander, deposit)?;
		Self::deposit_event(match slash {
			Some(slash) => Event::Enforced {
				demand: id,
				blob,
				demander,
				slashed: slash.slashed,
				reward: slash.reward,
			},
			None => Event::Lapsed { demand: id, blob, demander },
		});
		Ok(())
	}

	/// The demand `id`, if it may be answered and `opening` shows its chunk.
	fn answered(id: u64, opening: &Opening) -> Result<DemandOf<T>, Refusal> {
		let demand = Demands::<T>::get(id).ok_or(Refusal::NoDemand)?;
		ensure!(!Self::is_over(&demand), Refusal::AnswerOver);
		verify_answer(&demand.content, demand.chunk, opening)?;
		Ok(demand)
	}

	/// Whether the last block in which `demand` may be answered is over.
	fn is_over(demand: &DemandOf<T>) -> bool {
		frame_system::Pallet::<T>::block_number() > demand.answer_until
	}

	/// Removes `demand` from all that pends.
	fn close(id: u64, demand: &DemandOf<T>) {
		Demands::<T>::remove(id);
		Pending::<T>::remove((demand.blob, demand.chunk));
		match demand.blob {
			Demanded::Contribution { seq } => T::Datasets::unlock(seq),
			blob => {
				let Some((model, epoch)) = outputs(&blob) else { return };
				LastAnswer::<T>::mutate_exists(model, epoch, |demands| {
					*demands = demands.and_then(|demands| {
						let pending = demands.pending.checked_sub(1).filter(|rest| *rest > 0)?;
						Some(OutputDemands { pending, ..demands })
					});
				});
				Deadlines::<T>::remove((model, epoch), deadline::<T>(id, demand));
			}
		}
	}

	/// Notes that `demand` pends, where somebody else has to know.
	fn count(id: u64, demand: &DemandOf<T>) -> DispatchResult {
		if let Demanded::Contribution { seq } = demand.blob {
			return T::Datasets::lock(seq);
		}
		let Some((model, epoch)) = outputs(&demand.blob) else { return Ok(()) };
		Deadlines::<T>::insert((model, epoch), deadline::<T>(id, demand), ());
		LastAnswer::<T>::try_mutate(model, epoch, |demands| {
			let (pending, until) = demands
				.map_or((0, demand.answer_until), |demands| (demands.pending, demands.until));
			let pending = pending.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			*demands = Some(OutputDemands { pending, until: until.max(demand.answer_until) });
			Ok(())
		})
	}
}

/// Where `demand`, the one of number `id`, stands among those of its epoch.
pub(crate) fn deadline<T: Config>(id: u64, demand: &DemandOf<T>) -> Deadline {
	let until: u64 = demand.answer_until.saturated_into();
	(until.to_be_bytes(), id.to_be_bytes())
}

/// The epoch of a model whose outputs `blob` is of, if it is of outputs.
pub(crate) fn outputs(blob: &Demanded) -> Option<(ModelId, EpochIndex)> {
	match *blob {
		Demanded::Items { model, epoch, .. } | Demanded::Output { model, epoch, .. } => {
			Some((model, epoch))
		}
		Demanded::Entries { .. } | Demanded::Payouts { .. } | Demanded::Contribution { .. } => None,
	}
}
