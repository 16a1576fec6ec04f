use super::*;
use tributary_primitives::agent::{Act, Outcome as Ended};

fn intention() -> Intention {
	Intention { what: "System.remark".into(), call_hash: [7; 32], nonce: 4, after: 100, until: 164 }
}

fn acted(index: u64, call_hash: [u8; 32]) -> Acted {
	let act = Act { block: 101, index, call_hash, outcome: Ended::Done, flows: Default::default() };
	Acted { agent: 0, act, head: [0; 32], error: None }
}

fn at(number: u64) -> BlockId {
	BlockId { number, hash: H256::zero() }
}

#[test]
fn an_act_that_stands_in_the_history_was_made() {
	let acts = [acted(8, [1; 32]), acted(9, [7; 32])];
	assert_eq!(fate(&intention(), &acts, 5, at(110)), Fate::Done(9));
	assert_eq!(fate(&intention(), &acts, 4, at(200)), Fate::Done(9));
}

#[test]
fn an_act_whose_number_another_has_taken_is_never_made() {
	assert_eq!(fate(&intention(), &[acted(8, [1; 32])], 5, at(101)), Fate::Never);
}

#[test]
fn an_act_may_be_made_until_its_time_is_over() {
	assert_eq!(fate(&intention(), &[], 4, at(100)), Fate::Open);
	assert_eq!(fate(&intention(), &[], 4, at(163)), Fate::Open);
	assert_eq!(fate(&intention(), &[], 4, at(164)), Fate::Never);
}

#[test]
fn what_is_noted_survives_and_is_forgotten_when_told() {
	let dir = tempfile::tempdir().unwrap();
	let path = Journal::default_path(dir.path(), H256([1; 32]), 3);
	let journal = Journal::open(path.clone(), 3).unwrap();
	assert_eq!(journal.state(), State::default());
	journal
		.change(|state| {
			state.pending = Some(intention());
			state.swapped_in = Some(90);
			state.epochs.insert(1, 5);
		})
		.unwrap();
	let remembered = journal.state();
	drop(journal);
	let journal = Journal::open(path.clone(), 3).unwrap();
	assert_eq!(journal.state(), remembered);
	assert_eq!(journal.state().pending, Some(intention()));
	journal.change(|state| state.pending = None).unwrap();
	drop(journal);
	assert_eq!(Journal::open(path, 3).unwrap().state().pending, None);
}

#[test]
fn one_program_at_a_time_runs_an_agent() {
	let dir = tempfile::tempdir().unwrap();
	let path = dir.path().join("3.json");
	let held = Journal::open(path.clone(), 3).unwrap();
	let error = Journal::open(path.clone(), 3).unwrap_err();
	assert!(error.to_string().contains("another program"), "{error}");
	drop(held);
	assert!(Journal::open(path, 3).is_ok());
}

#[test]
fn a_state_that_is_broken_is_refused_and_left_as_it_is() {
	let dir = tempfile::tempdir().unwrap();
	let path = dir.path().join("3.json");
	let long = " ".repeat(64 * 1024 + 1);
	for broken in ["", "{", "[]", "{\"pending\":7}", "{\"pendinf\":null}", long.as_str()] {
		fs::write(&path, broken).unwrap();
		let error = Journal::open(path.clone(), 3).unwrap_err();
		assert_eq!(error.exit_code(), 2);
		assert!(error.to_string().contains("3.json"), "{error}");
		assert_eq!(fs::read_to_string(&path).unwrap(), broken);
	}
}

#[test]
fn the_state_is_bounded() {
	let dir = tempfile::tempdir().unwrap();
	let journal = Journal::open(dir.path().join("3.json"), 3).unwrap();
	let many = (0..2 * MAX_MODELS as u32).map(|model| (model, EpochIndex::MAX));
	journal
		.change(|state| {
			state.pending = Some(intention());
			state.epochs.extend(many);
			let open = OpenEpoch { model: u32::MAX, epoch: EpochIndex::MAX, again: u64::MAX };
			state.open = vec![open; 2 * MAX_OPEN];
		})
		.unwrap();
	assert_eq!(journal.state().epochs.len(), MAX_MODELS);
	assert_eq!(journal.state().open.len(), MAX_OPEN);
	let written = fs::metadata(dir.path().join("3.json")).unwrap().len();
	assert!(written < MAX_BYTES, "{written}");
}
