use std::collections::BTreeSet;

use frame_support::{assert_noop, assert_ok, Hashable};
use sp_runtime::{testing::H256, TokenError};
use tributary_primitives::{availability::drawn_chunk, blob::Content, traits::Demands as _};

use super::fixture::*;
use crate::{mock::*, Demands, Error, Pending};

fn draw(seq: u64) -> sp_runtime::DispatchResult {
	Availability::demand_drawn_chunks(&ALICE, seq)
}

fn chunks(seq: u64) -> BTreeSet<u64> {
	Demands::<Test>::iter_values()
		.filter(|demand| demand.blob == contribution(seq))
		.map(|demand| demand.chunk)
		.collect()
}

/// The chunks that `random` draws.
fn drawn(random: H256, seq: u64) -> BTreeSet<u64> {
	let content = Content::of(&source(seq));
	let seed = |draw: u32| (random, seq, draw).blake2_256();
	[0, 1].map(|draw| drawn_chunk(&seed(draw), &content)).into()
}

fn random(number: u64) -> H256 {
	let random = H256::from_low_u64_be(number);
	Random::put(random);
	random
}

#[test]
fn chunks_are_drawn_by_the_randomness_on_account_of_the_demander() {
	for number in 0..20 {
		run_reported(|| {
			let random = random(number);
			assert_ok!(draw(0));
			assert_eq!(chunks(0), drawn(random, 0));
			assert_eq!(held(ALICE), 100 * chunks(0).len() as u128);
			for demand in Demands::<Test>::iter_values() {
				assert_eq!((demand.demander, demand.respondent), (ALICE, BOB));
				assert_eq!(demand.answer_until, REPORT_BLOCK + ANSWER_WINDOW);
			}
			assert_eq!(Contributed::get(0).unwrap().locks as usize, chunks(0).len());
			assert_eq!(report().unwrap().challenge_until, DEMAND_UNTIL);
		});
	}
}

#[test]
fn every_chunk_may_be_drawn() {
	let all: BTreeSet<_> =
		(0..64).flat_map(|number| drawn(H256::from_low_u64_be(number), 0)).collect();
	assert_eq!(all, (0..5).collect());
}

#[test]
fn without_randomness_the_parent_block_draws() {
	run_reported(|| {
		let parent = H256::repeat_byte(9);
		System::initialize(&(REPORT_BLOCK + 1), &parent, &Default::default());
		assert_ok!(draw(0));
		assert_eq!(chunks(0), drawn(parent, 0));
	});
}

#[test]
fn a_contribution_of_one_chunk_is_demanded_once() {
	run_reported(|| {
		assert_ok!(draw(1));
		assert_eq!(chunks(1), [0].into());
		assert_eq!(held(ALICE), 100);
	});
}

#[test]
fn chunks_that_are_demanded_already_are_left_out() {
	run_reported(|| {
		for chunk in 0..5 {
			assert_ok!(demand(DAVE, contribution(0), chunk));
		}
		assert_ok!(draw(0));
		assert_eq!(held(ALICE), 0);
		assert_eq!(Pending::<Test>::iter().count(), 5);
	});
}

#[test]
fn an_empty_contribution_is_left_out() {
	run_reported(|| {
		change(0, |empty| empty.content = Content::of(&[]));
		assert_ok!(draw(0));
		assert_eq!(Demands::<Test>::iter().count(), 0);
	});
}

#[test]
fn what_cannot_be_demanded_is_not_drawn() {
	run_reported(|| {
		assert_noop!(draw(2), Error::<Test>::NotFound);
		change(0, |withheld| withheld.withheld_at = Some(2));
		assert_noop!(draw(0), Error::<Test>::AlreadyWithheld);
		DemandDeposit::set(ENDOWMENT);
		assert_noop!(draw(1), TokenError::FundsUnavailable);
	});
}

#[test]
fn a_contribution_that_has_ended_is_drawn_while_it_is_in_a_corpus() {
	run_reported(|| {
		change(0, |withdrawn| withdrawn.ended_at = Some(REPORT_BLOCK));
		assert_ok!(draw(0));
		assert!(!chunks(0).is_empty());
	});
}
