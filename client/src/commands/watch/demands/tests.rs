use super::{made::about, *};
use crate::{
	chain::events::Event,
	commands::watch::{
		fixture::report,
		state::{Asked, State},
	},
};
use serde_json::json;

#[test]
fn a_report_is_kept_open_for_a_demand_that_was_made_for_no_report() {
	let report = report(0);
	assert!(outlasts(18, 6, &report));
	assert!(!outlasts(14, 6, &report));
	assert!(!outlasts(18, 6, &ReportView { challenge_until: 24, ..report }));
	let seq = Demanded::Contribution { seq: 4 };
	assert_eq!(wanted_of((1, 2), seq, 3, None).keep_open, Some((1, 2)));
	let entries = Demanded::Entries { model: 1, epoch: 2, report: 0 };
	assert_eq!(wanted_of((1, 2), entries, 3, None).keep_open, None);
}

#[test]
fn ones_own_demand_for_one_report_is_repeated_for_another() {
	let blob = Demanded::Contribution { seq: 4 };
	let mut state = State::default();
	let first = state.know(&report(1), (1, 2));
	first.asked.push(Asked { blob, chunk: 3, asked_in: None, sent_in: None });
	let first = first.clone();
	let second = state.know(&report(2), (1, 3)).clone();
	let own = |chunk| OwnDemand { id: 7, blob, chunk, answer_until: 18 };
	let mut others = Others::default();
	assert_eq!(repeatable(&[own(Some(3))], &others, &first, &blob), [], "it is for that report");
	assert_eq!(repeatable(&[own(Some(3))], &others, &second, &blob), [(3, 18)]);
	assert_eq!(repeatable(&[own(None)], &others, &second, &blob), [], "of an unknown chunk");
	others.note(9, Other { blob, chunk: 5, answer_until: 19 });
	assert_eq!(repeatable(&[own(Some(3))], &others, &second, &blob), [(3, 18), (5, 19)]);
	let other_blob = Demanded::Contribution { seq: 5 };
	assert_eq!(repeatable(&[own(Some(3))], &others, &second, &other_blob), []);
}

#[test]
fn each_demand_of_a_batch_is_found_by_its_chunk() {
	let event = |name: &str, demand: u64, chunk: u64| Event {
		pallet: "Availability".into(),
		name: name.into(),
		fields: json!({
			"demand": demand,
			"blob": { "Contribution": { "seq": 4 } },
			"chunk": chunk,
		})
		.as_object()
		.cloned()
		.unwrap_or_default(),
	};
	let events = [event("Repeated", 5, 0), event("Demanded", 9, 1), event("Answered", 2, 2)];
	let blob = Demanded::Contribution { seq: 4 };
	let of = |blob: &Demanded, chunk| about(&events, blob, chunk)?.number("demand");
	assert_eq!([0, 1, 2].map(|chunk| of(&blob, chunk)), [Some(5), Some(9), None]);
	assert_eq!(of(&Demanded::Contribution { seq: 5 }, 0), None);
}
