//! Which epochs an agent reports on.

use std::ops::Range;

use tributary_primitives::{
	ids::EpochIndex,
	views::{PotView, ReportStateView},
};

/// Epochs of one model that are taken up in one block.
const AT_ONCE: u32 = 16;

/// What there is to do for one finished epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
	/// Nothing, now or ever.
	Nothing,
	/// Nothing now.
	Later,
	/// A report is to be posted.
	Post,
	/// A report that stood unchallenged is to be made final.
	Finalise,
}

/// What there is to do for a finished epoch of which this is the pot, and this the state of its live report.
pub fn due(pot: Option<&PotView>, report: Option<ReportStateView>) -> Due {
	match (pot, report) {
		// Nobody paid, or everything is settled.
		(None, _) | (_, Some(ReportStateView::Final)) => Due::Nothing,
		(Some(pot), _) if pot.settled || pot.data == 0 && pot.attribution_fee == 0 => Due::Nothing,
		(Some(_), Some(ReportStateView::Challengeable)) => Due::Later,
		(Some(_), Some(ReportStateView::Unchallenged)) => Due::Finalise,
		(Some(_), None) => Due::Post,
	}
}

/// The finished epochs of one model that are still to be looked at, and the first that is none yet.
///
/// What is open is bounded, so nothing is added while there is no room.
pub fn to_look_at(
	next: EpochIndex,
	now: EpochIndex,
	open: usize,
	most: usize,
) -> Range<EpochIndex> {
	let room = u32::try_from(most.saturating_sub(open)).unwrap_or(u32::MAX).min(AT_ONCE);
	next..now.min(next.saturating_add(room)).max(next)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn pot(data: u128, settled: bool) -> PotView {
		PotView { data, attribution_fee: 0, settled, unclaimed: 0 }
	}

	#[test]
	fn an_epoch_that_was_paid_in_is_reported_on_once() {
		let paid = pot(5, false);
		assert_eq!(due(Some(&paid), None), Due::Post);
		assert_eq!(due(Some(&paid), Some(ReportStateView::Challengeable)), Due::Later);
		assert_eq!(due(Some(&paid), Some(ReportStateView::Unchallenged)), Due::Finalise);
		assert_eq!(due(Some(&paid), Some(ReportStateView::Final)), Due::Nothing);
		assert_eq!(due(Some(&pot(5, true)), None), Due::Nothing);
	}

	#[test]
	fn an_epoch_in_which_nobody_paid_is_left() {
		assert_eq!(due(None, None), Due::Nothing);
		assert_eq!(due(Some(&pot(0, false)), None), Due::Nothing);
	}

	#[test]
	fn finished_epochs_are_taken_up_as_long_as_there_is_room() {
		assert_eq!(to_look_at(3, 6, 0, 100), 3..6);
		assert_eq!(to_look_at(3, 600, 0, 100), 3..3 + AT_ONCE);
		assert_eq!(to_look_at(3, 600, 98, 100), 3..5);
		assert!(to_look_at(3, 600, 100, 100).is_empty());
		assert!(to_look_at(7, 6, 0, 100).is_empty(), "the epoch of now is not finished");
	}
}
