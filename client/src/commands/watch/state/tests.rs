use super::*;
use tributary_primitives::{
	blob::{open_tail, Content},
	fault::EntryProof,
	views::ReportStateView,
};

fn report(id: ReportId, bytes: &[u8]) -> ReportView<AccountId32> {
	ReportView {
		id,
		attributor: AccountId32([1; 32]),
		entries: Content::of(bytes),
		payouts: Content::of(b""),
		total: 0,
		posted_at: 10,
		demand_until: 20,
		challenge_until: 20,
		unseen: Vec::new(),
		state: ReportStateView::Challengeable,
	}
}

fn mark(number: u64) -> Mark {
	Mark { number, hash: [7; 32] }
}

#[test]
fn what_rests_on_a_block_that_was_left_behind_is_taken_back() {
	let fault =
		Fault::Foreign { entry: EntryProof { index: 3, opening: open_tail(b"abc").unwrap() } };
	let mut state = State::default();
	state.know(&report(7, b"a"), (1, 2)).settled_in = Some(mark(5));
	state.know(&report(8, b"b"), (1, 3)).settled_in = Some(mark(6));
	let mut announcement = Announcement::new((1, 4), 9, [9; 32], &fault);
	(announcement.revealed, announcement.returned) = (true, true);
	announcement.revealed_in = Some(mark(5));
	state.announcements.push(announcement);
	assert_eq!(state.marks(), [mark(5), mark(6), mark(5)]);

	state.take_back(&Mark { hash: [8; 32], ..mark(5) });
	assert_eq!(state.marks().len(), 3, "another block of that number is not it");
	state.take_back(&mark(5));
	assert_eq!(state.known((1, 2)).unwrap().settled_in, None);
	assert_eq!(state.known((1, 3)).unwrap().settled_in, Some(mark(6)));
	let announcement = state.announced(9).unwrap();
	assert!(!announcement.revealed && !announcement.returned);
}

#[test]
fn the_file_of_the_release_before_is_read() {
	let dir = tempfile::tempdir().unwrap();
	let path = dir.path().join("state.json");
	let root = format!("0x{}", "00".repeat(32));
	let report = serde_json::json!({
		"model": 1, "epoch": 2, "report": 7, "entries": root, "payouts": root,
		"challengeUntil": 20, "settled": true, "said": "right", "demanded": 3,
	});
	let announced = serde_json::json!({
		"model": 1, "epoch": 2, "report": 7, "salt": root, "fault": "", "revealed": true,
		"returned": false,
	});
	let old = serde_json::json!({
		"reports": [report], "demands": [], "announcements": [announced],
	});
	fs::write(&path, old.to_string()).unwrap();
	let state = StateFile::open(path, true).unwrap().state;
	assert_eq!(state.known((1, 2)).unwrap().settled_in, None);
	assert!(state.announced(7).unwrap().revealed);
}

#[test]
fn what_was_written_is_read_again() {
	let dir = tempfile::tempdir().unwrap();
	let path = dir.path().join("watch/state.json");
	let fault =
		Fault::Foreign { entry: EntryProof { index: 3, opening: open_tail(b"abc").unwrap() } };
	let mut file = StateFile::open(path.clone(), true).unwrap();
	assert!(!file.existed);
	let blob = Demanded::Output { model: 1, epoch: 2, receipt: 3, item: 4 };
	let known = file.state.know(&report(7, b"a"), (1, 2));
	known.asked.push(Asked { blob, chunk: 6 });
	known.settled_in = Some(mark(8));
	file.state.demands.push(OwnDemand { id: 5, blob, answer_until: 30 });
	file.state.announcements.push(Announcement::new((1, 2), 7, [9; 32], &fault));
	file.save().unwrap();
	let state = file.state.clone();
	drop(file);

	let again = StateFile::open(path, true).unwrap();
	assert!(again.existed);
	assert_eq!(again.state, state);
	assert_eq!(again.state.announced(7).unwrap().fault().unwrap(), fault);
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
