//! Opening an accusation.

use frame_support::{
	ensure,
	traits::{fungible::hold::Mutate as _, Get},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, DispatchError, DispatchResult};
use tributary_primitives::{
	blob::{self, Content, Opening, OpeningError},
	ids::{EpochIndex, ModelId, Seq},
	originality::SAMPLE_WINDOW,
	report::{record_offset, Item, Record, RECORD_LEN},
	traits::{ContributionFacts, Contributions, Models, Receipts, Sanctions, ServedOutput},
	window::window_count,
};

use crate::{
	pallet::{Accusations, Config, Error, Event, HoldReason, Pallet, Repeats},
	types::{AccusationOf, Earlier, Original},
};

/// A contribution of the runtime.
pub(crate) type FactsOf<T> =
	ContributionFacts<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_accuse(
		challenger: T::AccountId,
		accused: Seq,
		original: Original,
		item: Option<&Opening>,
	) -> DispatchResult {
		let facts = T::Datasets::contribution(accused).ok_or(Error::<T>::NotFound)?;
		ensure!(facts.ended_at.is_none(), Error::<T>::AlreadyEnded);
		ensure!(holds_window(&facts.content), Error::<T>::TooShort);
		ensure!(!Accusations::<T>::contains_key(accused, &challenger), Error::<T>::AlreadyAccused);
		let earlier = match (original, item) {
			(Original::Contribution(seq), None) => Self::contribution(accused, &facts, seq)?,
			(Original::Contribution(_), Some(_)) => return Err(Error::<T>::NeedlessItem.into()),
			(Original::Output { .. }, None) => return Err(Error::<T>::MissingItem.into()),
			(Original::Output { model, epoch, receipt, item }, Some(opening)) => {
				ensure!(facts.synthetic.is_none(), Error::<T>::AlreadySynthetic);
				Self::output(&facts, (model, epoch, receipt, item), opening)?
			}
		};
		ensure!(holds_window(&earlier.content()), Error::<T>::OriginalTooShort);

		let bond = T::AccusationBond::get();
		T::Currency::hold(&HoldReason::Accusation.into(), &challenger, bond)?;
		T::Datasets::lock(accused)?;
		let now = frame_system::Pallet::<T>::block_number();
		let draw_at = now.saturating_add(T::DrawDelay::get());
		let prove_until = draw_at.saturating_add(T::ProofWindow::get());
		Self::join_draw(draw_at)?;
		let accusation = AccusationOf::<T> { earlier, bond, draw_at, prove_until, hits: 0 };
		Accusations::<T>::insert(accused, &challenger, accusation);
		Self::deposit_event(Event::Accused { accused, challenger, original, draw_at, prove_until });
		Ok(())
	}

	/// The contribution `seq`, if `accused` can be a copy of it.
	fn contribution(accused: Seq, facts: &FactsOf<T>, seq: Seq) -> Result<Earlier, DispatchError> {
		ensure!(seq < accused, Error::<T>::NotEarlier);
		let original = T::Datasets::contribution(seq).ok_or(Error::<T>::OriginalNotFound)?;
		ensure!(original.contributor != facts.contributor, Error::<T>::SameContributor);
		let own = original.synthetic.is_none() && !Repeats::<T>::contains_key(seq);
		ensure!(own, Error::<T>::OriginalRepeats);
		Ok(Earlier::Contribution { seq, content: original.content })
	}

	/// The output of an item that `opening` shows in the list of its receipt, if the contribution that
	/// `facts` are of can repeat it.
	fn output(
		facts: &FactsOf<T>,
		(model, epoch, receipt, item): (ModelId, EpochIndex, u32, u32),
		opening: &Opening,
	) -> Result<Earlier, DispatchError> {
		let missing = Error::<T>::OriginalNotFound;
		// Its list of items is the same however many receipts are withheld.
		let paid = T::Usage::receipt(model, epoch, receipt, 0).ok_or(missing)?;
		let paid_at = T::Usage::paid_at(model, epoch, receipt);
		let paid_at = paid_at.ok_or(Error::<T>::OriginalNotFound)?;
		ensure!(paid_at < facts.committed_at, Error::<T>::NotEarlier);
		let window = T::Models::window(model).ok_or(Error::<T>::OriginalNotFound)?;
		let output = item_output(&paid.outputs, item, opening).map_err(Error::<T>::from)?;
		let windows = window_count(output.len, window);
		Ok(Earlier::Output(ServedOutput { model, epoch, receipt, item, output, windows }))
	}
}

/// Whether a window fits into `content`.
fn holds_window(content: &Content) -> bool {
	content.len >= u64::from(SAMPLE_WINDOW)
}

/// The output that item `index` of the list `items` names, by an opening that holds the item.
fn item_output(items: &Content, index: u32, opening: &Opening) -> Result<Content, OpeningError> {
	let offset = record_offset(index.into()).ok_or(OpeningError::OutOfRange)?;
	let verified = blob::verify(items, opening)?;
	let len = u64::try_from(RECORD_LEN).unwrap_or(u64::MAX);
	let item = Item::read(verified.slice(offset, len)?, 0).ok_or(OpeningError::NotCovered)?;
	Ok(item.output)
}
