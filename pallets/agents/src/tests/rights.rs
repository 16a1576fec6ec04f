//! Ways past a mandate that are closed.

use frame_support::{assert_noop, assert_ok, BoundedVec};
use tributary_primitives::{
	agent::{Breach, Mandate, Outcome},
	title::Title,
};

use super::fixture::*;
use crate::{
	mock::{probe::pallet::Call as ProbeCall, world::Seller, *},
	Acting, Error, Event,
};

fn agents(call: crate::Call<Test>) -> RuntimeCall {
	call.into()
}

#[test]
fn the_other_side_of_a_call_is_one_of_the_mandates_counterparties() {
	run(|| {
		let id = agent();
		let only_bob = Some(BoundedVec::truncate_from(vec![BOB]));
		set_mandate(id, Mandate { counterparties: only_bob, ..mandate() });
		let to_stranger = send(STRANGER, 1);
		let refused = Breach::Counterparty(index_of(&to_stranger));
		assert_eq!(breach(id, to_stranger.clone()), refused);
		assert_eq!(breach(id, batch(vec![send(BOB, 1), to_stranger])), refused);
		assert_eq!(outcome(id, batch(vec![send(BOB, 1), remark()])), Outcome::Done);
		let nobody = Some(BoundedVec::new());
		set_mandate(id, Mandate { counterparties: nobody, ..mandate() });
		assert!(matches!(breach(id, send(BOB, 1)), Breach::Counterparty(_)));
		assert_eq!(outcome(id, remark()), Outcome::Done);
	});
}

#[test]
fn a_rule_is_asked_again_after_the_calls_before() {
	run(|| {
		let id = agent();
		make_asset(ASSET, account(id), 10);
		let only_bob = Some(BoundedVec::truncate_from(vec![BOB]));
		set_mandate(id, Mandate { counterparties: only_bob, ..mandate() });
		let pay = || probe(ProbeCall::pay_seller { asset: ASSET });
		let change = probe(ProbeCall::change_seller { to: STRANGER });
		assert_eq!(flows(id, pay()), [asset(ASSET, 1, 0)]);
		let refused = Breach::Counterparty(index_of(&pay()));
		assert_eq!(breach(id, batch(vec![change, pay()])), refused);
		assert_eq!(Seller::get(), BOB);
	});
}

#[test]
fn an_agent_neither_acts_nor_changes_agents_by_an_act() {
	run(|| {
		let id = agent();
		let pause = agents(crate::Call::pause { agent: id });
		assert_eq!(breach(id, pause.clone()), Breach::NotDelegable(index_of(&pause)));
		let act = agents(crate::Call::act { agent: id, call: Box::new(remark()) });
		assert_eq!(breach(id, act.clone()), Breach::NotAllowed(index_of(&act)));
	});
}

/// A runtime whose rules forget a wrapper does not let an agent act in an act, or be changed by one.
#[test]
fn acts_do_not_nest_even_where_the_rules_have_a_hole() {
	run(|| {
		let (id, other) = (agent(), agent());
		assert_ok!(sell(other, account(id)));
		assert_ok!(Agents::set_operator(signed(account(id)), other, Some(account(id))));
		let forward = |call| probe(ProbeCall::forward { call: Box::new(call) });
		let as_owner = |call| probe(ProbeCall::forward_as { who: ALICE, call: Box::new(call) });
		let half = sp_runtime::Perbill::from_percent(50);
		let holding = crate::Holding::Native(1);
		let stake = STAKE;
		let (metadata, models) = (metadata(), rates(&[]));
		let within: Vec<RuntimeCall> = vec![
			forward(agents(crate::Call::act { agent: other, call: Box::new(remark()) })),
			as_owner(agents(crate::Call::set_mandate { agent: id, mandate: None })),
			as_owner(agents(crate::Call::set_operator { agent: id, operator: Some(BOB) })),
			as_owner(agents(crate::Call::set_metadata { agent: id, metadata })),
			as_owner(agents(crate::Call::set_models {
				agent: id,
				models: models.clone(),
				retention: half,
			})),
			as_owner(agents(crate::Call::pause { agent: id })),
			as_owner(agents(crate::Call::resume { agent: id })),
			as_owner(agents(crate::Call::retire { agent: id })),
			as_owner(agents(crate::Call::unbond { agent: id, amount: 1 })),
			as_owner(agents(crate::Call::withdraw { agent: id, holding })),
			forward(agents(crate::Call::bond { agent: id, amount: 1 })),
			forward(agents(crate::Call::create { metadata, models, retention: half, stake })),
		];
		for call in within {
			assert_eq!(outcome(id, call.clone()), Outcome::Failed, "{call:?}");
			let Event::ActFailed { error, .. } = last_event() else { panic!("{call:?}") };
			assert_eq!(error, Error::<Test>::WithinAct.into(), "{call:?}");
		}
		assert!(!Acting::<Test>::exists());
		assert_eq!(outcome(id, remark()), Outcome::Done);
	});
}

#[test]
fn what_a_forgotten_wrapper_spends_is_measured_all_the_same() {
	run(|| {
		let id = agent();
		let forward = |value| {
			let sent = batch(vec![send(BOB, value)]);
			probe(ProbeCall::forward { call: Box::new(sent) })
		};
		assert!(matches!(breach(id, forward(1_001)), Breach::CallBudget { .. }));
		assert_eq!(flows(id, forward(1_000)), [native(1_000, 0)]);
	});
}

#[test]
fn an_act_that_would_lose_the_agents_own_title_is_undone() {
	run(|| {
		let id = agent();
		let lose = probe(ProbeCall::lose_title { agent: id, to: BOB });
		assert_eq!(breach(id, lose.clone()), Breach::TitleLost);
		assert_eq!(breach(id, batch(vec![lose, remark()])), Breach::TitleLost);
		assert_eq!(World::owner_of(Title::agent(id)), ALICE);
		assert_eq!(outcome(id, remark()), Outcome::Done);
	});
}

#[test]
fn an_agent_that_moves_another_ones_title_keeps_its_own() {
	run(|| {
		let (id, other) = (agent(), agent());
		let lose = probe(ProbeCall::lose_title { agent: other, to: BOB });
		assert_eq!(outcome(id, lose), Outcome::Done);
		assert_noop!(act(other, remark()), Error::<Test>::NotOperator);
	});
}

#[test]
fn a_title_that_went_and_came_back_has_lost_its_operator() {
	run(|| {
		let id = agent();
		let wash = probe(ProbeCall::wash_title { agent: id, to: BOB });
		assert_eq!(outcome(id, wash), Outcome::Done);
		assert_noop!(act(id, remark()), Error::<Test>::NotOperator);
	});
}

#[test]
fn a_stake_that_is_slashed_by_an_act_stays_in_the_books() {
	run(|| {
		let id = agent();
		let slash = probe(ProbeCall::be_slashed { amount: STAKE - MIN_STAKE + 1 });
		assert_eq!(outcome(id, slash), Outcome::Done);
		assert_noop!(act(id, remark()), Error::<Test>::StakeTooLow);
		assert_ok!(Agents::bond(signed(BOB), id, 1));
		let all = probe(ProbeCall::be_slashed { amount: u128::MAX });
		assert_eq!(outcome(id, all), Outcome::Done);
		assert_eq!(Agents::agent_view(id).unwrap().bonded, 0);
	});
}

#[test]
fn an_agent_pays_other_agents_within_its_budget_and_not_itself() {
	run(|| {
		let (id, other) = (agent(), agent());
		// With the deposit for the first payment.
		let first = [native(900 + FOR_PAYER, 0)];
		assert_eq!(flows(id, agents(pay_call(other, 900))), first);
		assert_eq!(flows(id, agents(pay_call(other, 1_000))), [native(1_000, 0)]);
		let over = breach(id, agents(pay_call(other, 1_001)));
		assert!(matches!(over, Breach::CallBudget { .. }));
		assert_eq!(outcome(id, agents(pay_call(id, 500))), Outcome::Failed);
		let Event::ActFailed { error, .. } = last_event() else { panic!("no failure") };
		assert_eq!(error, Error::<Test>::PaysItself.into());
	});
}
