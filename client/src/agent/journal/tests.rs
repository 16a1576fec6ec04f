use super::*;
use tributary_primitives::agent::{Act, Outcome as Ended};

fn intention() -> Intention {
	Intention { what: "System.remark".into(), call_hash: [7; 32], nonce: 4, after: 100, until: 164 }
}

/// A chain with its final block, the number of the operator's next transaction, the acts that are final, and the
/// first block whose state the node keeps.
struct Fake {
	final_block: u64,
	nonce: u64,
	acts: Vec<(u32, [u8; 32])>,
	kept_from: u64,
}

impl Fake {
	fn at(final_block: u64, nonce: u64, acts: &[(u32, [u8; 32])]) -> Self {
		Self { final_block, nonce, acts: acts.to_vec(), kept_from: 0 }
	}

	/// With the states of the last 256 final blocks alone.
	fn pruned(self) -> Self {
		let kept_from = self.final_block.saturating_sub(256);
		Self { kept_from, ..self }
	}

	async fn fate(&self) -> Result<Fate> {
		fate(self, 0, &AccountId32([2; 32]), &intention()).await
	}
}

impl Ledger for Fake {
	async fn newest_final(&self) -> Result<BlockId> {
		Ok(BlockId { number: self.final_block, hash: H256::zero() })
	}

	async fn next_number(&self, _: &AccountId32, block: BlockId) -> Result<u64> {
		assert_eq!(block.number, self.final_block, "what is not final may change");
		Ok(self.nonce)
	}

	async fn acts_in(&self, agent: AgentId, blocks: RangeInclusive<u64>) -> Result<Vec<Acted>> {
		if *blocks.start() < self.kept_from {
			return Err(Error::refused("State already discarded"));
		}
		let within = self.acts.iter().zip(8..);
		let within = within.filter(|((block, _), _)| blocks.contains(&u64::from(*block)));
		Ok(within
			.map(|(&(block, call_hash), index)| {
				let (outcome, flows) = (Ended::Done, Default::default());
				let act = Act { block, index, call_hash, outcome, flows };
				Acted { agent, act, head: [0; 32], error: None }
			})
			.collect())
	}
}

#[test]
fn a_swap_is_rested_after_and_one_of_a_chain_that_is_gone_is_not() {
	let state = State { swapped_in: Some(5_000), ..State::default() };
	for (number, rests) in
		[(10, false), (4_998, true), (5_000, true), (5_009, true), (5_010, false)]
	{
		assert_eq!(state.rests_after_swap(number, 10), rests, "{number}");
	}
	assert!(!State::default().rests_after_swap(5, 10));
}

#[tokio::test]
async fn an_act_that_stands_in_the_history_was_made() {
	let acts = [(101, [1; 32]), (102, [7; 32])];
	assert_eq!(Fake::at(110, 5, &acts).fate().await.unwrap(), Fate::Done(9));
	assert_eq!(Fake::at(200, 5, &acts).fate().await.unwrap(), Fate::Done(9));
}

#[tokio::test]
async fn the_same_call_of_another_transaction_is_not_what_was_sent() {
	let by_hand = [(101, [7; 32])];
	assert_eq!(Fake::at(110, 4, &by_hand).fate().await.unwrap(), Fate::Open);
	assert_eq!(Fake::at(164, 4, &by_hand).fate().await.unwrap(), Fate::Never);
}

#[tokio::test]
async fn an_act_whose_number_another_has_taken_is_never_made() {
	assert_eq!(Fake::at(101, 5, &[(101, [1; 32])]).fate().await.unwrap(), Fate::Never);
}

#[tokio::test]
async fn an_act_may_be_made_until_its_time_is_over() {
	for (number, expected) in [(100, Fate::Open), (163, Fate::Open), (164, Fate::Never)] {
		assert_eq!(Fake::at(number, 4, &[]).fate().await.unwrap(), expected, "{number}");
	}
}

#[tokio::test]
async fn an_act_is_found_in_another_fork_below_what_was_the_best_block() {
	let anchor = BlockId { number: 100, hash: H256::zero() };
	// The best block was 109 when it was signed; a fork whose block 101 has it became final.
	let prepared = Prepared::unsigned(anchor, 4, b"a call".to_vec());
	let noted = Intention::of("System.remark".into(), &prepared);
	assert_eq!(noted, Intention { call_hash: noted.call_hash, ..intention() });
	let hash = sp_crypto_hashing::blake2_256(b"a call");
	let fork = Fake::at(110, 5, &[(100, hash), (101, hash)]);
	let found = fate(&fork, 0, &AccountId32([2; 32]), &noted).await.unwrap();
	assert_eq!(found, Fate::Done(9), "and not the same call of the block that it is bound to");
}

#[test]
fn an_act_is_looked_for_in_every_block_that_it_may_stand_in_and_in_no_other() {
	assert_eq!(intention().blocks(110), 101..=110);
	assert_eq!(intention().blocks(9_000), 101..=164);
	assert!(intention().blocks(100).is_empty());
}

#[tokio::test]
async fn an_act_of_long_ago_is_decided_where_the_node_has_thrown_its_states_away() {
	let dir = tempfile::tempdir().unwrap();
	let journal = Journal::open(dir.path().join("0.json"), 0).unwrap();
	let operator = AccountId32([2; 32]);
	let note = || journal.change(|state| state.pending = Some(intention())).unwrap();
	let acts = [(102, [7; 32])];

	note();
	let made = Fake::at(1_000, 5, &acts).pruned();
	let Some(Fate::Unknown(why)) = journal.settle_by(&made, &operator).await.unwrap() else {
		panic!("its number is taken, and nobody knows by what")
	};
	assert!(why.contains("discarded"), "{why}");
	assert_eq!(journal.state().pending, None);
	assert_eq!(journal.settle_by(&made, &operator).await.unwrap(), None);

	note();
	let lost = Fake::at(1_000, 4, &[]).pruned();
	let fate = journal.settle_by(&lost, &operator).await.unwrap();
	assert_eq!(fate, Some(Fate::Never), "its number is free and its time is over");
	assert_eq!(journal.state().pending, None);
}

#[tokio::test]
async fn an_act_that_may_still_be_made_is_waited_for_whatever_states_are_gone() {
	let dir = tempfile::tempdir().unwrap();
	let journal = Journal::open(dir.path().join("0.json"), 0).unwrap();
	journal.change(|state| state.pending = Some(intention())).unwrap();
	let operator = AccountId32([2; 32]);
	let chain = Fake { kept_from: 140, ..Fake::at(150, 4, &[]) };
	for chain in [chain, Fake::at(150, 4, &[])] {
		let error = journal.settle_by(&chain, &operator).await.unwrap_err();
		assert_eq!(error.exit_code(), 1);
		assert_eq!(journal.state().pending, Some(intention()));
	}
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
			let mut rest = Rest::until(u64::MAX);
			(0..8).for_each(|_| {
				rest.refused(u64::MAX);
			});
			let open = OpenEpoch { model: u32::MAX, epoch: EpochIndex::MAX, rest };
			state.open = vec![open; 2 * MAX_OPEN];
		})
		.unwrap();
	assert_eq!(journal.state().epochs.len(), MAX_MODELS);
	assert_eq!(journal.state().open.len(), MAX_OPEN);
	let written = fs::metadata(dir.path().join("3.json")).unwrap().len();
	assert!(written < MAX_BYTES, "{written}");
}
