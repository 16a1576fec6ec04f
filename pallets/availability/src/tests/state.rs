//! Each numbered check finds what it is for.

use frame_support::assert_ok;
use tributary_primitives::blob::Content;

use super::fixture::*;
use crate::{
	mock::*, Deadlines, DemandOf, Demands, LastAnswer, NextDemand, OutputDemands, Pending,
};

/// What breaks the state, and how the check that finds it begins.
type Breach = (Box<dyn FnOnce()>, &'static str);

/// Breaks a sound state of two demands, the first for items and the second for a contribution.
fn broken(breach: impl FnOnce()) -> String {
	ext().execute_with(|| {
		populate();
		assert_ok!(demand(DAVE, items_of(0), 0));
		assert_ok!(demand(EVE, contribution(0), 2));
		check();
		breach();
		format!("{:?}", Availability::do_try_state().unwrap_err())
	})
}

fn change_demand(id: u64, change: impl FnOnce(&mut DemandOf<Test>)) {
	Demands::<Test>::mutate(id, |demand| change(demand.as_mut().unwrap()));
}

fn note(pending: u32, until: u32) {
	LastAnswer::<Test>::insert(MODEL, EPOCH, OutputDemands { pending, until });
}

#[test]
fn every_breach_is_found_by_its_check() {
	let until = 1 + ANSWER_WINDOW;
	let breaches: Vec<Breach> = vec![
		(Box::new(|| NextDemand::<Test>::put(1)), "1: a demand's number is not given out"),
		(Box::new(|| Pending::<Test>::remove((items_of(0), 0))), "2: another demand pends"),
		(Box::new(|| Pending::<Test>::insert((items_of(1), 0), 0)), "2: what pends"),
		(Box::new(|| change_demand(0, |demand| demand.content.len = 0)), "3: "),
		(Box::new(|| change_demand(1, |demand| demand.content.len = 2_048)), "3: "),
		(Box::new(|| change_demand(0, |demand| demand.deposit = 0)), "4: a demand has no"),
		(Box::new(|| change_demand(0, |demand| demand.deposit = 99)), "4: what is held"),
		(Box::new(|| LastAnswer::<Test>::remove(MODEL, EPOCH)), "5: demands for outputs are not"),
		(Box::new(move || note(2, until)), "5: demands for outputs are miscounted"),
		(Box::new(move || note(1, until - 1)), "5: an answer is heard later"),
		(
			Box::new(move || {
				let noted = OutputDemands { pending: 1, until };
				LastAnswer::<Test>::insert(MODEL, EPOCH + 1, noted);
			}),
			"5: what is counted does not pend",
		),
		(
			Box::new(|| {
				let _ = Deadlines::<Test>::clear(1, None);
			}),
			"5: a demand for outputs is not listed",
		),
		(
			Box::new(|| Deadlines::<Test>::insert((MODEL, EPOCH + 1), ([0; 8], [0; 8]), ())),
			"5: a deadline is of no demand",
		),
		(
			Box::new(|| change(0, |other| other.content = Content::of(b"other"))),
			"6: a contribution",
		),
		(Box::new(|| Contributed::remove(0)), "6: a contribution"),
		(
			Box::new(|| {
				let outputs = Content::of(b"other");
				Paid::insert((MODEL, EPOCH, 0), Receipt { outputs, withheld: false });
			}),
			"6: a receipt",
		),
	];
	for (breach, expected) in breaches {
		let found = broken(breach);
		assert!(found.contains(expected), "{found}, not {expected}");
	}
}
