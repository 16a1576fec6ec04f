//! Making agents.

use frame_support::{assert_noop, assert_ok};
use sp_runtime::{Perbill, TokenError};
use tributary_primitives::{
	agent::{AgentState, History, MAX_METADATA},
	blob::Content,
	title::Title,
};

use super::fixture::*;
use crate::{mock::*, types::Agent, AgentOfAccount, Error, Event, Histories, HoldReason, Stakes};

const HALF: Perbill = Perbill::from_percent(50);

#[test]
fn whoever_makes_an_agent_owns_its_title_and_pays_for_all_of_it() {
	run(|| {
		let models = rates(&[(3, 10), (0, 0)]);
		assert_ok!(Agents::create(signed(ALICE), metadata(), models.clone(), HALF, STAKE));
		let account = account(0);
		assert_eq!(World::owner_of(Title::agent(0)), ALICE);
		assert_eq!(
			crate::Agents::<Test>::get(0),
			Some(Agent {
				depositor: ALICE,
				deposit: AGENT_DEPOSIT,
				account,
				operator: None,
				models,
				metadata: metadata(),
				retention: HALF,
				state: AgentState::Active,
			})
		);
		assert_eq!(free(account), EXISTENTIAL_DEPOSIT);
		assert_eq!(held(HoldReason::Stake, account), STAKE);
		assert_eq!(Stakes::<Test>::get(0).bonded, STAKE);
		assert_eq!(held(HoldReason::Deposit, ALICE), AGENT_DEPOSIT);
		assert_eq!(free(ALICE), ENDOWMENT - AGENT_DEPOSIT - STAKE - EXISTENTIAL_DEPOSIT);
		assert_eq!(last_event(), Event::Created { agent: 0, owner: ALICE, account, stake: STAKE });
	});
}

#[test]
fn each_agent_has_an_id_an_account_and_a_history_of_its_own() {
	run(|| {
		let (first, second) = (create(), create());
		assert_eq!((first, second), (0, 1));
		assert_ne!(account(first), account(second));
		assert_eq!(AgentOfAccount::<Test>::get(account(second)), Some(second));
		let genesis = System::block_hash(0);
		for id in [first, second] {
			assert_eq!(Histories::<Test>::get(id), Some(History::origin(&genesis, id)));
		}
		assert_ne!(Histories::<Test>::get(first), Histories::<Test>::get(second));
	});
}

#[test]
fn an_account_that_somebody_funded_before_makes_no_difference() {
	run(|| {
		endow(account(0), 50);
		assert_eq!(create(), 0);
		assert_eq!(free(account(0)), 50 + EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn an_agent_has_at_least_the_least_stake() {
	run(|| {
		let too_low = Agents::create(signed(ALICE), metadata(), rates(&[]), HALF, MIN_STAKE - 1);
		assert_noop!(too_low, Error::<Test>::StakeTooLow);
		assert_ok!(Agents::create(signed(ALICE), metadata(), rates(&[]), HALF, MIN_STAKE));
	});
}

#[test]
fn what_an_owner_can_not_pay_is_refused() {
	run(|| {
		let stake = ENDOWMENT - AGENT_DEPOSIT - EXISTENTIAL_DEPOSIT;
		let make = |stake| Agents::create(signed(ALICE), metadata(), rates(&[]), HALF, stake);
		assert_noop!(make(stake), TokenError::FundsUnavailable);
		assert_ok!(make(stake - EXISTENTIAL_DEPOSIT));
		assert_eq!(free(ALICE), EXISTENTIAL_DEPOSIT);
		let poor = Agents::create(signed(NOBODY), metadata(), rates(&[]), HALF, STAKE);
		assert_noop!(poor, TokenError::FundsUnavailable);
	});
}

#[test]
fn metadata_has_at_most_64_kib() {
	run(|| {
		let make = |len| {
			let metadata = Content { len, ..metadata() };
			Agents::create(signed(ALICE), metadata, rates(&[]), HALF, STAKE)
		};
		assert_noop!(make(MAX_METADATA + 1), Error::<Test>::MetadataTooLong);
		assert_ok!(make(MAX_METADATA));
	});
}

#[test]
fn an_agent_runs_on_models_that_exist_each_named_once_with_at_most_the_whole() {
	run(|| {
		let make =
			|models: &[_]| Agents::create(signed(ALICE), metadata(), rates(models), HALF, STAKE);
		assert_noop!(make(&[(world::MODELS, 1)]), Error::<Test>::ModelNotFound);
		assert_noop!(make(&[(1, 1), (0, 1), (1, 1)]), Error::<Test>::DuplicateModel);
		assert_noop!(make(&[(0, 60), (1, 41)]), Error::<Test>::RatesExceedWhole);
		assert_ok!(make(&[(0, 60), (1, 40)]));
	});
}

#[test]
fn no_agent_is_made_once_all_ids_are_given() {
	ext().execute_with(|| {
		crate::NextAgent::<Test>::put(u32::MAX);
		let made = Agents::create(signed(ALICE), metadata(), rates(&[]), HALF, STAKE);
		assert_noop!(made, Error::<Test>::TooManyAgents);
	});
}
