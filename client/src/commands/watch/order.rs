//! What comes first where there is more to do than one block takes. A lie is put off by what its author puts
//! before it, so each report goes by how long it may still be challenged, and by nothing that anybody picks.

use std::collections::BTreeSet;

use subxt::utils::AccountId32;
use tributary_primitives::{availability::Demanded, ids::ReportId, views::ReportView};

use super::state::Period;

/// A report that may be challenged.
#[derive(Clone, Debug)]
pub struct Open {
	/// What it reports on.
	pub period: Period,
	/// The report.
	pub report: ReportView<AccountId32>,
}

/// What a demand may matter to: a report that may be challenged, whether it was found right or not.
#[derive(Clone, Debug)]
pub struct Watched {
	/// What it reports on.
	pub period: Period,
	/// Its number.
	pub report: ReportId,
	/// The last block in which a fault of it is heard.
	pub challenge_until: u32,
	/// The blobs that its check lacked, by what names them on the chain.
	pub lacks: BTreeSet<Demanded>,
}

/// Puts those first that are final soonest.
pub fn soonest_first(open: &mut [Open]) {
	open.sort_by_key(|open| (open.report.challenge_until, open.period));
}

/// Takes from each list in turn, the first of each before the second of any, until there are `most`.
pub fn in_turn<T>(lists: Vec<Vec<T>>, most: usize) -> Vec<T> {
	let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
	let mut taken = Vec::new();
	loop {
		let before = taken.len();
		for list in &mut lists {
			if taken.len() < most {
				taken.extend(list.next());
			}
		}
		if taken.len() == before {
			return taken;
		}
	}
}

/// A demand whose time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
	/// Its number.
	pub id: u64,
	/// What was demanded.
	pub blob: Demanded,
	/// Whether it is the account's.
	pub own: bool,
}

/// What something follows for: all demands for it but one are worth nothing then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
	/// A report, which is void.
	Report(Period, ReportId),
	/// A receipt, which is withheld.
	Receipt(Period, u32),
	/// A contribution, which is suspended.
	Contribution(u64),
}

impl Subject {
	/// The subject of a demand for `blob`.
	pub fn of(blob: &Demanded) -> Self {
		match *blob {
			Demanded::Entries { model, epoch, report }
			| Demanded::Payouts { model, epoch, report } => Self::Report((model, epoch), report),
			Demanded::Items { model, epoch, receipt }
			| Demanded::Output { model, epoch, receipt, .. } => Self::Receipt((model, epoch), receipt),
			Demanded::Contribution { seq } => Self::Contribution(seq),
		}
	}

	/// The epoch of whose report no watch depends on, where it is of outputs.
	fn unwatched(self, open: &[Watched]) -> Option<Period> {
		let Self::Receipt(period, _) = self else { return None };
		open.iter().all(|open| open.period != period).then_some(period)
	}
}

/// How much an overdue demand matters, the least first: those for blobs that the check of an open report lacked,
/// by the last block in which the report may be challenged; those for an open report that could be checked
/// without; those that no report waits for, with outputs last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
	Lacking { until: u32 },
	Watched { until: u32 },
	Other,
	Unwatched,
}

fn weight(blob: &Demanded, open: &[Watched]) -> Weight {
	let soonest = |matters: &dyn Fn(&Watched) -> bool| {
		open.iter().filter(|open| matters(open)).map(|open| open.challenge_until).min()
	};
	let subject = Subject::of(blob);
	let concerns = |open: &Watched| match subject {
		Subject::Report(period, report) => (open.period, open.report) == (period, report),
		Subject::Receipt(period, _) => open.period == period,
		Subject::Contribution(_) => false,
	};
	if let Some(until) = soonest(&|open| open.lacks.contains(blob)) {
		Weight::Lacking { until }
	} else if let Some(until) = soonest(&concerns) {
		Weight::Watched { until }
	} else if subject.unwatched(open).is_some() {
		Weight::Unwatched
	} else {
		Weight::Other
	}
}

/// Puts overdue demands in the order in which they are enforced. Of those of equal weight the ones for blobs of
/// reports come first, as a report that falls for want of its outputs is nobody's blame; then one's own, whose
/// reward is one's own.
pub fn in_order(mut due: Vec<Due>, open: &[Watched]) -> Vec<Due> {
	due.sort_by_cached_key(|due| {
		let of_report = matches!(Subject::of(&due.blob), Subject::Report(..));
		(weight(&due.blob, open), !of_report, !due.own, due.id)
	});
	due
}

/// Whether a demand is for outputs of an epoch without a report that is watched.
pub fn is_unwatched(blob: &Demanded, open: &[Watched]) -> bool {
	Subject::of(blob).unwatched(open).is_some()
}

#[cfg(test)]
pub mod tests {
	use super::{super::fixture, *};

	/// An open report whose check lacked `lacks`.
	pub fn watched(
		period: Period,
		report: ReportId,
		challenge_until: u32,
		lacks: impl IntoIterator<Item = Demanded>,
	) -> Watched {
		Watched { period, report, challenge_until, lacks: lacks.into_iter().collect() }
	}

	/// The blob of entries of a report.
	pub fn entries((model, epoch): Period, report: u32) -> Demanded {
		Demanded::Entries { model, epoch, report }
	}

	/// The output of an item.
	pub fn output((model, epoch): Period, receipt: u32, item: u32) -> Demanded {
		Demanded::Output { model, epoch, receipt, item }
	}

	fn ids(due: Vec<Due>, open: &[Watched]) -> Vec<u64> {
		in_order(due, open).iter().map(|due| due.id).collect()
	}

	fn other(id: u64, blob: Demanded) -> Due {
		Due { id, blob, own: false }
	}

	#[test]
	fn what_the_report_lacks_that_is_final_soonest_is_enforced_first() {
		let (late, soon) = ((1, 1), (9, 9));
		let open = [
			watched(late, 1, 90, [entries(late, 1)]),
			watched(soon, 2, 40, [output(soon, 0, 3), entries(soon, 2)]),
		];
		let due = vec![
			other(1, entries(late, 1)),
			other(5, output(soon, 0, 3)),
			other(7, entries(soon, 2)),
		];
		assert_eq!(ids(due, &open), [7, 5, 1], "and the report's own blobs before outputs");
	}

	#[test]
	fn demands_that_no_report_waits_for_come_after_those_that_one_does() {
		let period = (2, 2);
		let open = [watched(period, 4, 50, [entries(period, 4)])];
		let payouts = Demanded::Payouts { model: 2, epoch: 2, report: 4 };
		let due = vec![
			other(0, output((1, 1), 0, 0)),
			other(1, Demanded::Contribution { seq: 3 }),
			other(2, payouts),
			other(3, entries(period, 4)),
			Due { own: true, ..other(4, output((1, 1), 0, 1)) },
		];
		assert_eq!(ids(due, &open), [3, 2, 1, 4, 0]);
	}

	#[test]
	fn ones_own_demands_come_before_those_of_others() {
		let period = (2, 2);
		let open = [watched(period, 4, 50, [entries(period, 4)])];
		let due =
			vec![other(1, entries(period, 4)), Due { own: true, ..other(8, entries(period, 4)) }];
		assert_eq!(ids(due, &open), [8, 1]);
	}

	#[test]
	fn reports_are_looked_at_by_when_they_are_final() {
		let open = |period, id, challenge_until| Open {
			period,
			report: ReportView { challenge_until, ..fixture::report(id) },
		};
		let mut all = [open((1, 1), 1, 90), open((7, 7), 2, 40), open((3, 3), 3, 60)];
		soonest_first(&mut all);
		assert_eq!(all.each_ref().map(|open| open.report.id), [2, 3, 1]);
	}

	#[test]
	fn no_list_is_put_off_by_a_longer_one() {
		let lists = || vec![vec![1, 2, 3, 4], vec![10], vec![], vec![20, 21]];
		assert_eq!(in_turn(lists(), 4), [1, 10, 20, 2]);
		assert_eq!(in_turn(lists(), 100), [1, 10, 20, 2, 21, 3, 4]);
		assert_eq!(in_turn(lists(), 0), [0; 0]);
	}
}
