use frame_support::assert_ok;
use tributary_primitives::{
	blob::Content,
	views::{DemandView, MAX_PAGE},
};

use super::fixture::*;
use crate::{mock::*, views::MAX_SCAN, NextDemand};

/// The numbers on a page and where the next starts.
fn page(from: u64, limit: u32) -> (Vec<u64>, Option<u64>) {
	let page = Availability::demands_page(from, limit);
	(page.items.into_iter().map(|demand| demand.id).collect(), page.next)
}

#[test]
fn a_demand_is_shown_while_it_pends() {
	run_reported(|| {
		assert_ok!(demand(DAVE, output_of(0, 0), 1));
		let view = DemandView {
			id: 0,
			blob: output_of(0, 0),
			content: Content::of(&served(0)[0]),
			chunk: 1,
			demander: DAVE,
			respondent: FERDIE,
			deposit: 100,
			answer_until: REPORT_BLOCK + ANSWER_WINDOW,
		};
		assert_eq!(Availability::demand_view(0), Some(view.clone()));
		assert_eq!(Availability::demands_page(0, 10).items, [view]);
		assert_ok!(answer(0));
		assert_eq!(Availability::demand_view(0), None);
		assert_eq!(Availability::demand_view(1), None);
	});
}

#[test]
fn pages_hold_what_pends_and_say_where_to_go_on() {
	run_reported(|| {
		assert_eq!(page(0, 10), (vec![], None));
		for chunk in 0..5 {
			assert_ok!(demand(DAVE, contribution(0), chunk));
		}
		assert_ok!(answer(1));
		assert_eq!(page(0, 10), (vec![0, 2, 3, 4], None));
		assert_eq!(page(0, 2), (vec![0, 2], Some(3)));
		assert_eq!(page(3, 2), (vec![3, 4], None));
		assert_eq!(page(0, 0), (vec![0], Some(1)));
		assert_eq!(page(1, 1), (vec![2], Some(3)));
		assert_eq!(page(5, 10), (vec![], None));
		assert_eq!(page(u64::MAX, 10), (vec![], None));
	});
}

#[test]
fn a_page_looks_at_so_many_numbers_and_no_more() {
	run_reported(|| {
		assert_ok!(demand(DAVE, entries_of(REPORT), 0));
		NextDemand::<Test>::put(u64::from(MAX_SCAN) + 5);
		assert_ok!(demand(DAVE, entries_of(REPORT), 1));
		let scan = u64::from(MAX_SCAN);
		assert_eq!(page(0, MAX_PAGE), (vec![0], Some(scan)));
		assert_eq!(page(1, MAX_PAGE), (vec![], Some(scan + 1)));
		assert_eq!(page(scan, MAX_PAGE), (vec![scan + 5], None));
	});
}

#[test]
fn a_page_is_of_limited_length() {
	run_reported(|| {
		change(0, |large| large.content.len = 300 * 1024);
		for chunk in 0..300 {
			assert_ok!(demand(DAVE, contribution(0), chunk));
		}
		let (items, next) = page(0, u32::MAX);
		assert_eq!(items.len() as u32, MAX_PAGE);
		assert_eq!(next, Some(MAX_PAGE.into()));
	});
}
