//! Reports that fall, and what is left of their bonds.

use frame_support::{storage::StorageDoubleMap as _, traits::Get};
use sp_runtime::{traits::Saturating, DispatchError};
use tributary_primitives::{
	ids::{EpochIndex, ModelId},
	traits::Slash,
};

use crate::{
	pallet::{Announcements, Config, Event, Pallet, Reports, Revealing, Rewards},
	types::{ReportOf, RewardOf, Standing},
};

impl<T: Config> Pallet<T> {
	/// Voids the open `report` on (`model`, `epoch`), and reports what `event` makes of it. Slashes its
	/// bond for `challenger`, who has shown that its attributor is to blame, and nothing where nobody is.
	///
	/// Where faults of it were announced, what is left of the bond waits for them, so that nobody gets
	/// around an announced fault, or ahead of it, by having the report fall of something else. Else it is
	/// paid, or free, at once.
	pub(crate) fn void(
		(model, epoch): (ModelId, EpochIndex),
		mut report: ReportOf<T>,
		challenger: Option<&T::AccountId>,
		event: impl FnOnce(Slash) -> Event<T>,
	) -> Result<Slash, DispatchError> {
		Reports::<T>::remove(model, epoch);
		let slashed = match challenger {
			Some(_) => Self::slash(&mut report)?,
			None => 0,
		};
		let id = report.id;
		if !Announcements::<T>::contains_prefix(id) {
			let slash = Slash { slashed, reward: Self::let_go(report, challenger)? };
			Self::deposit_event(event(slash));
			return Ok(slash);
		}
		let slash = Slash { slashed, reward: 0 };
		let (beneficiary, standing) = match challenger {
			Some(challenger) => (challenger.clone(), Standing::Submitted),
			None => (report.attributor.clone(), Standing::Blameless),
		};
		let now = frame_system::Pallet::<T>::block_number();
		let reveal_until = now.saturating_add(T::RewardWindow::get());
		Revealing::<T>::mutate(model, epoch, |last| {
			*last = Some(last.map_or(reveal_until, |last| last.max(reveal_until)));
		});
		Self::deposit_event(event(slash));
		Self::deposit_event(Event::RewardWaits { report: id, amount: report.bond, reveal_until });
		let reward = RewardOf::<T> { model, epoch, report, beneficiary, standing, reveal_until };
		Rewards::<T>::insert(id, reward);
		Ok(slash)
	}
}
