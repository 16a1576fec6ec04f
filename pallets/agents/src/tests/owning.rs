//! What the owner of an agent's title may do, and nobody else.

use frame_support::{assert_noop, assert_ok, dispatch::RawOrigin};
use sp_runtime::{DispatchError, Perbill, TokenError};
use tributary_primitives::{
	agent::{AgentState, Outcome, MAX_METADATA},
	blob::Content,
	title::Title,
	traits::OnTitleChange,
};

use super::fixture::*;
use crate::{mock::*, Error, Event, HoldReason, Holding, Mandates, Spending};

/// What an owner may call, of the agent `id`.
fn owner_calls(id: u32) -> Vec<RuntimeCall> {
	let half = Perbill::from_percent(50);
	let calls: [crate::Call<Test>; 9] = [
		crate::Call::set_operator { agent: id, operator: Some(BOB) },
		crate::Call::set_mandate { agent: id, mandate: Some(mandate()) },
		crate::Call::set_metadata { agent: id, metadata: metadata() },
		crate::Call::set_models { agent: id, models: rates(&[]), retention: half },
		crate::Call::pause { agent: id },
		crate::Call::resume { agent: id },
		crate::Call::unbond { agent: id, amount: 1 },
		crate::Call::withdraw { agent: id, holding: Holding::Native(1) },
		crate::Call::retire { agent: id },
	];
	calls.map(RuntimeCall::Agents).to_vec()
}

fn dispatch(call: RuntimeCall, origin: RuntimeOrigin) -> Result<(), DispatchError> {
	use sp_runtime::traits::Dispatchable;
	call.dispatch(origin).map(|_| ()).map_err(|failure| failure.error)
}

#[test]
fn nobody_but_the_owner_changes_an_agent() {
	run(|| {
		let id = agent();
		for call in owner_calls(id) {
			for who in [OPERATOR, STRANGER, account(id)] {
				assert_noop!(dispatch(call.clone(), signed(who)), Error::<Test>::NotOwner);
			}
			assert_noop!(dispatch(call, RawOrigin::None.into()), DispatchError::BadOrigin);
		}
		for call in owner_calls(id + 1) {
			assert_noop!(dispatch(call, signed(ALICE)), Error::<Test>::AgentNotFound);
		}
	});
}

#[test]
fn the_owner_names_an_operator_and_takes_it_away() {
	run(|| {
		let id = agent();
		assert_ok!(Agents::set_operator(signed(ALICE), id, Some(BOB)));
		assert_eq!(last_event(), Event::OperatorSet { agent: id, operator: Some(BOB) });
		assert_noop!(act(id, remark()), Error::<Test>::NotOperator);
		assert_ok!(Agents::act(signed(BOB), id, Box::new(remark())));
		assert_ok!(Agents::set_operator(signed(ALICE), id, None));
		assert_eq!(last_event(), Event::OperatorSet { agent: id, operator: None });
		let call = Agents::act(signed(BOB), id, Box::new(remark()));
		assert_noop!(call, Error::<Test>::NotOperator);
	});
}

#[test]
fn a_new_owner_finds_no_operator_and_is_the_only_one_obeyed() {
	run(|| {
		let id = agent();
		assert_ok!(sell(id, BOB));
		assert_eq!(last_event(), Event::OperatorSet { agent: id, operator: None });
		assert_noop!(act(id, remark()), Error::<Test>::NotOperator);
		assert_noop!(
			Agents::set_operator(signed(ALICE), id, Some(OPERATOR)),
			Error::<Test>::NotOwner
		);
		assert_ok!(Agents::set_operator(signed(BOB), id, Some(STRANGER)));
		assert_ok!(Agents::act(signed(STRANGER), id, Box::new(remark())));
	});
}

#[test]
fn the_sale_of_another_title_or_of_an_agent_without_operator_changes_nothing() {
	run(|| {
		let id = agent();
		let before = events().len();
		for title in [Title::model(id), Title::dataset(id), Title::agent(id + 1)] {
			Agents::owner_changes(title, &ALICE);
		}
		assert_eq!(events().len(), before);
		assert_ok!(act(id, remark()));
		let idle = create();
		let before = events().len();
		assert_ok!(sell(idle, BOB));
		assert_eq!(events().len(), before);
	});
}

#[test]
fn the_owner_says_what_the_agent_is() {
	run(|| {
		let id = agent();
		let longest = Content { root: [8; 32], len: MAX_METADATA };
		assert_ok!(Agents::set_metadata(signed(ALICE), id, longest));
		assert_eq!(last_event(), Event::MetadataSet { agent: id, metadata: longest });
		assert_eq!(Agents::agent_view(id).unwrap().metadata, longest);
		let longer = Content { len: MAX_METADATA + 1, ..longest };
		let call = Agents::set_metadata(signed(ALICE), id, longer);
		assert_noop!(call, Error::<Test>::MetadataTooLong);
	});
}

#[test]
fn the_owner_says_what_models_it_runs_on() {
	run(|| {
		let id = agent();
		let quarter = Perbill::from_percent(25);
		let set = |models: &[_]| Agents::set_models(signed(ALICE), id, rates(models), quarter);
		assert_noop!(set(&[(world::MODELS, 1)]), Error::<Test>::ModelNotFound);
		assert_noop!(set(&[(2, 1), (2, 1)]), Error::<Test>::DuplicateModel);
		assert_noop!(set(&[(0, 50), (1, 51)]), Error::<Test>::RatesExceedWhole);
		assert_ok!(set(&[(2, 30), (1, 70)]));
		let models = rates(&[(2, 30), (1, 70)]);
		let view = Agents::agent_view(id).unwrap();
		assert_eq!((view.models, view.retention), (models.to_vec(), quarter));
		let set = Event::ModelsSet { agent: id, models, retention: quarter };
		assert_eq!(last_event(), set);
	});
}

#[test]
fn a_pause_takes_effect_in_the_same_block() {
	run(|| {
		let id = agent();
		assert_eq!(outcome(id, remark()), Outcome::Done);
		assert_ok!(Agents::pause(signed(ALICE), id));
		assert_eq!(last_event(), Event::Paused { agent: id });
		assert_noop!(act(id, remark()), Error::<Test>::NotActive);
		assert_noop!(Agents::pause(signed(ALICE), id), Error::<Test>::NotActive);
		assert_ok!(Agents::resume(signed(ALICE), id));
		assert_eq!(last_event(), Event::Resumed { agent: id });
		assert_eq!(outcome(id, remark()), Outcome::Done);
		assert_noop!(Agents::resume(signed(ALICE), id), Error::<Test>::NotPaused);
	});
}

#[test]
fn a_retired_agent_stays_so_and_its_owner_gets_back_what_it_has() {
	run(|| {
		let id = agent();
		assert_ok!(Agents::retire(signed(ALICE), id));
		assert_eq!(last_event(), Event::Retired { agent: id });
		let view = Agents::agent_view(id).unwrap();
		assert_eq!((view.state, view.operator), (AgentState::Retired, None));
		assert!(!Mandates::<Test>::contains_key(id) && !Spending::<Test>::contains_key(id));
		assert_eq!(held(HoldReason::Deposit, ALICE), AGENT_DEPOSIT);
		let half = Perbill::from_percent(50);
		assert_noop!(
			Agents::set_operator(signed(ALICE), id, Some(OPERATOR)),
			Error::<Test>::Retired
		);
		assert_noop!(
			Agents::set_mandate(signed(ALICE), id, Some(mandate())),
			Error::<Test>::Retired
		);
		assert_noop!(Agents::set_metadata(signed(ALICE), id, metadata()), Error::<Test>::Retired);
		assert_noop!(
			Agents::set_models(signed(ALICE), id, rates(&[]), half),
			Error::<Test>::Retired
		);
		assert_noop!(Agents::retire(signed(ALICE), id), Error::<Test>::Retired);
		assert_noop!(Agents::pause(signed(ALICE), id), Error::<Test>::NotActive);
		assert_noop!(Agents::resume(signed(ALICE), id), Error::<Test>::NotPaused);
		assert_noop!(act(id, remark()), Error::<Test>::NotOperator);

		assert_ok!(Agents::withdraw(
			signed(ALICE),
			id,
			Holding::Native(FUNDS - EXISTENTIAL_DEPOSIT)
		));
		assert_ok!(Agents::unbond(signed(ALICE), id, STAKE));
		wait(UNBONDING_PERIOD);
		assert_ok!(Agents::withdraw_unbonded(signed(STRANGER), id));
		assert_eq!(Agents::account_of(id), account(id));
		assert_eq!(free(account(id)), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn a_paused_agent_can_be_retired() {
	run(|| {
		let id = create();
		assert_ok!(Agents::pause(signed(ALICE), id));
		assert_ok!(Agents::retire(signed(ALICE), id));
	});
}

#[test]
fn the_owner_takes_out_what_is_free_but_the_existential_deposit() {
	run(|| {
		let id = agent();
		let before = free(ALICE);
		let take = |amount| Agents::withdraw(signed(ALICE), id, Holding::Native(amount));
		assert_noop!(take(FUNDS - EXISTENTIAL_DEPOSIT + 1), TokenError::Frozen);
		assert_ok!(take(FUNDS - EXISTENTIAL_DEPOSIT));
		assert_eq!(free(ALICE), before + FUNDS - EXISTENTIAL_DEPOSIT);
		assert_eq!(held(HoldReason::Stake, account(id)), STAKE);
		let holding = Holding::Native(FUNDS - EXISTENTIAL_DEPOSIT);
		assert_eq!(last_event(), Event::Withdrawn { agent: id, owner: ALICE, holding });
	});
}

#[test]
fn the_owner_takes_out_assets() {
	run(|| {
		let id = agent();
		make_asset(ASSET, account(id), 70);
		assert_ok!(Agents::withdraw(signed(ALICE), id, Holding::Asset(ASSET, 70)));
		assert_eq!(Assets::balance(ASSET, ALICE), 70);
		let holding = Holding::Asset(ASSET, 70);
		assert_eq!(last_event(), Event::Withdrawn { agent: id, owner: ALICE, holding });
		let more = Agents::withdraw(signed(ALICE), id, Holding::Asset(ASSET, 1));
		assert!(more.is_err());
	});
}

#[test]
fn the_owner_takes_out_titles_that_the_agent_holds_but_its_own() {
	run(|| {
		let id = agent();
		let take = |title| Agents::withdraw(signed(ALICE), id, Holding::Title(title));
		let title = Title::model(3);
		World::put(title, account(id));
		assert_ok!(take(title));
		assert_eq!(World::owner_of(title), ALICE);
		let holding = Holding::Title(title);
		assert_eq!(last_event(), Event::Withdrawn { agent: id, owner: ALICE, holding });
		assert_noop!(take(title), Error::<Test>::TitleNotHeld);
		assert_noop!(take(Title::model(9)), Error::<Test>::TitleNotHeld);
		assert_noop!(take(Title::agent(id)), Error::<Test>::OwnTitle);
	});
}

#[test]
fn an_agent_that_belongs_to_another_one_is_the_owners_of_that() {
	run(|| {
		let (outer, inner) = (agent(), agent());
		assert_ok!(sell(inner, account(outer)));
		let title = Title::agent(inner);
		assert_ok!(Agents::withdraw(signed(ALICE), outer, Holding::Title(title)));
		assert_eq!(World::owner_of(title), ALICE);
	});
}
