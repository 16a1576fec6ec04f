//! The checks of `do_try_state` on sanctions see what they are for.

use frame_support::storage::{with_transaction, TransactionOutcome};
use sp_runtime::DispatchError;
use tributary_primitives::{
	ids::Seq,
	traits::{Sanctions as _, SyntheticPolicy},
	views::SuspensionCause as Cause,
};

use crate::{
	mock::*, Admission, ContributionOf, Contributions, Dataset, Datasets as Stored, Ended, Ending,
	NextDataset,
};

/// The number of the check that fails after `tamper` with the contribution `seq`, which is undone.
fn failing(seq: Seq, tamper: impl FnOnce(&mut ContributionOf<Test>)) -> Option<u32> {
	let message = with_transaction(|| {
		Contributions::<Test>::mutate_extant(seq, tamper);
		let message = match Datasets::do_try_state() {
			Err(DispatchError::Other(message)) => Some(message),
			_ => None,
		};
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(message))
	});
	message.unwrap()?.split(':').next()?.parse().ok()
}

#[test]
fn what_is_withheld_and_stands_is_seen() {
	test_ext(|| {
		dataset(Admission::Open);
		let (standing, gone) = (contributed(BOB, 0, b"a"), contributed(BOB, 0, b"b"));
		Datasets::withhold(gone, &CAROL).unwrap();
		assert_eq!(failing(gone, |_| ()), None);
		assert_eq!(failing(standing, |stored| stored.withheld = Some(3)), Some(9));
		assert_eq!(failing(gone, |stored| stored.withheld = None), Some(9));
		assert_eq!(failing(gone, |stored| stored.withheld = Some(1)), Some(9));
		assert_eq!(failing(gone, |stored| stored.withheld = Some(4)), Some(9));
	});
}

#[test]
fn a_synthetic_contribution_that_is_not_treated_as_its_dataset_says_is_seen() {
	test_ext(|| {
		dataset(Admission::Open);
		let passing = dataset_that_passes_through();
		let refused = contributed(BOB, 0, b"a");
		let standing = contributed(BOB, 0, b"b");
		let passes = contributed(BOB, passing, b"c");
		Datasets::mark_synthetic(refused, served(0), &CAROL).unwrap();
		Datasets::mark_synthetic(passes, served(0), &CAROL).unwrap();
		assert_eq!(failing(refused, |stored| stored.synthetic = None), Some(10));
		assert_eq!(failing(standing, |stored| stored.synthetic = Some(served(0))), Some(10));
		let as_copy = Ended { how: Ending::Suspended(Cause::Copy), at: 4 };
		assert_eq!(failing(refused, |stored| stored.ended = Some(as_copy)), Some(10));
		let flip = |_: &mut _| {
			Stored::<Test>::mutate_extant(passing, |dataset| {
				dataset.terms.synthetic = SyntheticPolicy::Refuse
			})
		};
		assert_eq!(failing(passes, flip), Some(10));
	});
}

#[test]
fn a_dataset_without_a_title_is_seen() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"a");
		let twin = |_: &mut _| {
			let stored = Stored::<Test>::get(0).unwrap();
			Stored::<Test>::insert(1, Dataset { version: 0, ..stored });
		};
		assert_eq!(failing(seq, twin), Some(1));
		let counted = |contribution: &mut _| {
			twin(contribution);
			NextDataset::<Test>::put(2);
		};
		assert_eq!(failing(seq, counted), Some(11));
	});
}

#[test]
fn a_deposit_that_outlives_a_suspension_is_seen() {
	test_ext(|| {
		dataset(Admission::Open);
		let seq = contributed(BOB, 0, b"a");
		Datasets::suspend_copy(seq, &CAROL).unwrap();
		assert_eq!(failing(seq, |stored| stored.deposit = 1), Some(7));
	});
}
