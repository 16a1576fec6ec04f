use super::*;
use crate::commands::watch::fixture::{self, mark};
use proptest::{collection::vec, prelude::*};
use std::fs;
use tributary_primitives::{
	blob::{open_tail, Content},
	fault::EntryProof,
};

/// A report with entries of these bytes.
fn report(id: ReportId, bytes: &[u8]) -> ReportView<AccountId32> {
	ReportView { entries: Content::of(bytes), ..fixture::report(id) }
}

#[test]
fn what_rests_on_a_block_that_was_left_behind_is_taken_back() {
	let fault =
		Fault::Foreign { entry: EntryProof { index: 3, opening: open_tail(b"abc").unwrap() } };
	let mut state = State::default();
	state.know(&report(7, b"a"), (1, 2)).settled_in = Some(mark(5));
	state.know(&report(8, b"b"), (1, 3)).settled_in = Some(mark(6));
	let mut announcement = Announcement::new((1, 4), &report(9, b"c"), [9; 32], &fault);
	(announcement.revealed, announcement.returned) = (true, true);
	announcement.revealed_in = Some(mark(5));
	state.announcements.push(announcement);
	let blob = Demanded::Contribution { seq: 6 };
	let asked = |number| Asked { blob, chunk: number, asked_in: Some(mark(number)), sent_in: None };
	state.know(&report(8, b"b"), (1, 3)).asked = vec![asked(5), asked(6), asked(7)];
	state.know(&report(8, b"b"), (1, 3)).asked[2].asked_in = None;
	assert_eq!(state.marks(), BTreeSet::from([mark(5), mark(6)]));

	state.take_back(&Mark { hash: [8; 32], ..mark(5) });
	assert_eq!(state.marks().len(), 2, "another block of that number is not it");
	state.take_back(&mark(5));
	assert_eq!(state.known((1, 2)).unwrap().settled_in, None);
	let stands = state.known((1, 3)).unwrap();
	assert_eq!(stands.settled_in, Some(mark(6)));
	let asked: Vec<_> = stands.asked.iter().map(|asked| (asked.chunk, asked.sent_in)).collect();
	assert_eq!(
		asked,
		[(5, Some(5)), (6, None), (7, None)],
		"it may enter another block, and counts"
	);
	let announcement = state.announced(&report(9, b"c")).unwrap();
	assert!(!announcement.revealed && !announcement.returned);
}

#[test]
fn a_block_that_is_not_to_be_had_leaves_what_was_settled_before_it_in_doubt() {
	let mut state = State::default();
	state.know(&report(7, b"a"), (1, 2)).settled_in = Some(mark(5));
	state.know(&report(8, b"b"), (1, 3)).settled_in = Some(mark(6));
	state.doubt(6);
	let settled = |period| state.known(period).unwrap().settled_in;
	assert_eq!((settled((1, 2)), settled((1, 3))), (None, Some(mark(6))));
}

#[test]
fn the_file_of_the_release_before_is_read() {
	let dir = tempfile::tempdir().unwrap();
	let path = dir.path().join("state.json");
	let root = format!("0x{}", "00".repeat(32));
	let known = serde_json::json!({
		"model": 1, "epoch": 2, "report": 7, "entries": root, "payouts": root,
		"challengeUntil": 20, "settled": true, "said": "right", "demanded": 3,
		"asked": [{ "blob": { "kind": "contribution", "seq": 6 }, "chunk": 4 }],
	});
	let announced = serde_json::json!({
		"model": 1, "epoch": 2, "report": 7, "salt": root, "fault": "", "revealed": true,
		"returned": false,
	});
	let old = serde_json::json!({
		"reports": [known], "announcements": [announced],
		"demands": [{ "id": 5, "blob": { "kind": "contribution", "seq": 6 }, "answerUntil": 30 }],
	});
	fs::write(&path, old.to_string()).unwrap();
	let state = StateFile::open(path, true).unwrap().state;
	assert_eq!(state.known((1, 2)).unwrap().settled_in, None);
	assert_eq!(state.known((1, 2)).unwrap().asked[0].asked_in, None);
	assert_eq!((state.demands[0].chunk, state.demands_from), (None, 0));
	assert!(state.announced(&report(7, b"a")).unwrap().revealed);
}

#[test]
fn what_was_written_is_read_again() {
	let dir = tempfile::tempdir().unwrap();
	let path = dir.path().join("watch/state.json");
	let fault =
		Fault::Foreign { entry: EntryProof { index: 3, opening: open_tail(b"abc").unwrap() } };
	let mut file = StateFile::open(path.clone(), true).unwrap();
	assert_eq!(file.state, State::default());
	let blob = Demanded::Output { model: 1, epoch: 2, receipt: 3, item: 4 };
	let known = file.state.know(&report(7, b"a"), (1, 2));
	known.asked.push(Asked { blob, chunk: 6, asked_in: Some(mark(9)), sent_in: None });
	known.asked.push(Asked { blob, chunk: 7, asked_in: None, sent_in: Some(9) });
	known.settled_in = Some(mark(8));
	file.state.demands.push(OwnDemand { id: 5, blob, chunk: Some(2), answer_until: 30 });
	file.state.announcements.push(Announcement::new((1, 2), &report(7, b"a"), [9; 32], &fault));
	file.save().unwrap();
	let state = file.state.clone();
	drop(file);

	let again = StateFile::open(path, true).unwrap();
	assert_eq!(again.state, state);
	assert_eq!(again.state.announced(&report(7, b"a")).unwrap().fault().unwrap(), fault);
}

#[test]
fn two_watches_do_not_share_a_file() {
	let dir = tempfile::tempdir().unwrap();
	let path = dir.path().join("state.json");
	let first = StateFile::open(path.clone(), true).unwrap();
	let second = StateFile::open(path.clone(), true).unwrap_err();
	assert!(second.to_string().contains("--state"));
	drop(first);
	assert!(StateFile::open(path, true).is_ok());
}

#[test]
fn a_dry_run_leaves_no_trace() {
	let dir = tempfile::tempdir().unwrap();
	let mut file = StateFile::open(dir.path().join("state.json"), false).unwrap();
	file.state.know(&report(7, b"a"), (1, 2));
	file.save().unwrap();
	assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_report_in_the_place_of_another_is_a_new_one() {
	let mut state = State::default();
	state.know(&report(7, b"a"), (1, 2)).settled_in = Some(mark(5));
	assert_eq!(state.know(&report(7, b"a"), (1, 2)).settled_in, Some(mark(5)));
	assert_eq!(state.know(&report(7, b"b"), (1, 2)).settled_in, None);
	state.know(&report(7, b"b"), (1, 2)).settled_in = Some(mark(5));
	assert_eq!(state.know(&report(8, b"b"), (1, 2)).settled_in, None);
	assert_eq!(state.know(&report(9, b"c"), (1, 3)).settled_in, None);
	assert_eq!(state.reports.len(), 2);
	state.forget((1, 2));
	assert_eq!(state.known((1, 2)), None);
}

#[test]
fn what_was_announced_of_another_report_of_that_number_is_not_used() {
	let fault =
		Fault::Foreign { entry: EntryProof { index: 3, opening: open_tail(b"abc").unwrap() } };
	let (first, second) = (report(7, b"a"), report(7, b"b"));
	let mut state = State::default();
	assert_eq!(state.replace(Announcement::new((1, 2), &first, [9; 32], &fault)), None);
	assert!(state.announced(&first).is_some());
	assert!(state.announced(&second).is_none());
	let earlier = state.replace(Announcement::new((1, 2), &second, [8; 32], &fault)).unwrap();
	assert_eq!((earlier.salt, state.announcements.len()), ([9; 32], 1));
	assert!(state.announced(&second).is_some());
}

/// What opening a file of these bytes gives.
fn opened(bytes: &[u8]) -> Result<State> {
	let dir = tempfile::tempdir().unwrap();
	let path = dir.path().join("state.json");
	fs::write(&path, bytes).unwrap();
	Ok(StateFile::open(path, false)?.state)
}

#[test]
fn a_file_that_is_too_long_is_not_read() {
	let dir = tempfile::tempdir().unwrap();
	let path = dir.path().join("state.json");
	File::create(&path).unwrap().set_len(MAX_FILE + 1).unwrap();
	let error = StateFile::open(path, true).unwrap_err().to_string();
	assert!(error.contains("more than 268435456 bytes"), "{error}");
}

#[test]
fn a_fault_that_is_none_is_named_by_its_report() {
	let fault =
		Fault::Foreign { entry: EntryProof { index: 3, opening: open_tail(b"abc").unwrap() } };
	let announced = Announcement::new((1, 2), &report(7, b"a"), [9; 32], &fault);
	let whole = announced.fault.clone();
	for text in [
		String::new(),
		"zz".into(),
		whole[2..].into(),
		format!("{whole}00"),
		"0".repeat(2 * MAX_FAULT + 2),
	] {
		let broken = Announcement { fault: text, ..announced.clone() };
		let error = broken.fault().unwrap_err().to_string();
		assert!(error.contains("no fault for report 7"), "{error}");
	}
	assert_eq!(announced.fault().unwrap(), fault);
}

fn marks() -> impl Strategy<Value = Option<Mark>> {
	proptest::option::of((any::<u64>(), any::<[u8; 32]>()))
		.prop_map(|mark| mark.map(|(number, hash)| Mark { number, hash }))
}

fn blobs() -> impl Strategy<Value = Demanded> {
	(any::<[u32; 4]>(), any::<u64>(), 0..5).prop_map(|([model, epoch, number, item], seq, kind)| {
		match kind {
			0 => Demanded::Entries { model, epoch, report: number },
			1 => Demanded::Payouts { model, epoch, report: number },
			2 => Demanded::Items { model, epoch, receipt: number },
			3 => Demanded::Output { model, epoch, receipt: number, item },
			_ => Demanded::Contribution { seq },
		}
	})
}

fn states() -> impl Strategy<Value = State> {
	let asked = (blobs(), any::<u64>(), marks(), any::<Option<u64>>())
		.prop_map(|(blob, chunk, asked_in, sent_in)| Asked { blob, chunk, asked_in, sent_in });
	let reports = (any::<[u32; 4]>(), any::<[[u8; 32]; 2]>(), marks(), any::<Option<String>>())
		.prop_map(
			|([model, epoch, report, challenge_until], [entries, payouts], settled_in, said)| {
				let asked = Vec::new();
				Known {
					model,
					epoch,
					report,
					entries,
					payouts,
					challenge_until,
					settled_in,
					said,
					asked,
				}
			},
		);
	let reports = (reports, vec(asked, 0..4)).prop_map(|(known, asked)| Known { asked, ..known });
	let demands = (any::<u64>(), blobs(), any::<Option<u64>>(), any::<u32>())
		.prop_map(|(id, blob, chunk, answer_until)| OwnDemand { id, blob, chunk, answer_until });
	let announcements = (any::<[u32; 2]>(), any::<[u8; 32]>(), any::<[bool; 2]>(), marks())
		.prop_map(|([epoch, id], salt, [revealed, returned], revealed_in)| {
			let fault = Fault::Foreign {
				entry: EntryProof { index: id.into(), opening: open_tail(&salt).unwrap() },
			};
			let announced = Announcement::new((1, epoch), &report(id, &salt), salt, &fault);
			Announcement { revealed, returned, revealed_in, ..announced }
		});
	(vec(reports, 0..4), vec(demands, 0..4), vec(announcements, 0..4), any::<u64>()).prop_map(
		|(reports, demands, announcements, demands_from)| State {
			reports,
			demands,
			announcements,
			demands_from,
		},
	)
}

proptest! {
	#[test]
	fn every_state_is_read_as_it_is_written(state in states()) {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("state.json");
		let mut file = StateFile::open(path.clone(), true).unwrap();
		file.state = state.clone();
		file.save().unwrap();
		// A program that another test starts at this moment may hold the lock for a while.
		let again = StateFile::open(path, false).unwrap();
		prop_assert_eq!(again.state, state);
	}

	#[test]
	fn any_bytes_are_a_state_or_are_refused_in_words(bytes in any::<Vec<u8>>()) {
		if let Err(error) = opened(&bytes) {
			prop_assert!(error.to_string().contains("repair it, or move it away"));
			prop_assert_eq!(error.exit_code(), 2);
		}
	}

	#[test]
	fn a_damaged_file_is_a_state_or_is_refused_in_words(
		state in states(),
		at in any::<prop::sample::Index>(),
		damage in prop_oneof![
			any::<u8>().prop_map(|byte| vec![byte]),
			Just(Vec::new()),
			Just(b"[[[[[[[[".to_vec()),
			Just(b"99999999999999999999".to_vec()),
			Just(b"\"0x\"".to_vec()),
		],
	) {
		let mut bytes = serde_json::to_vec(&state).unwrap();
		let at = at.index(bytes.len());
		bytes.splice(at..=at, damage);
		match opened(&bytes) {
			Ok(state) => {
				// What is read by chance is still no reason to end.
				let marks = state.marks();
				let mut taken = state.clone();
				marks.iter().for_each(|mark| taken.take_back(mark));
				prop_assert!(taken.marks().is_empty());
				for announced in &state.announcements {
					if let Err(error) = announced.fault() {
						prop_assert!(error.to_string().contains("holds no fault"));
					}
				}
			}
			Err(error) => prop_assert!(error.to_string().contains("move it away")),
		}
	}
}
