//! Views of agents.

use serde_json::json;

use super::*;
use crate::agent::{
	Act, AgentState, Breach, Budget, CallIndex, Currency, Flow, ModelRate, Outcome,
};

#[test]
fn an_agent_says_whose_it_is_and_what_answers_for_it() {
	for (state, name) in [
		(AgentState::Active, "active"),
		(AgentState::Paused, "paused"),
		(AgentState::Retired, "retired"),
	] {
		let view = AgentView::<String> {
			id: 3,
			owner: "5Own".into(),
			account: "5Acc".into(),
			operator: None,
			state,
			models: vec![ModelRate { model: 7, rate: Perbill::from_percent(10) }],
			retention: Perbill::from_percent(50),
			metadata: Content { root: [1; 32], len: 2 },
			bonded: u128::MAX,
			unbonding: vec![UnbondingView { amount: 5, free_at: 90 }],
		};
		let json = json!({
			"id": 3,
			"owner": "5Own",
			"account": "5Acc",
			"operator": null,
			"state": name,
			"models": [{ "model": 7, "rate": 100_000_000 }],
			"retention": 500_000_000,
			"metadata": { "root": format!("0x{}", "01".repeat(32)), "len": 2 },
			"bonded": u128::MAX.to_string(),
			"unbonding": [{ "amount": "5", "freeAt": 90 }],
		});
		is_json(view, json);
	}
}

#[test]
fn a_mandate_says_what_of_each_budget_is_used() {
	let budget = Budget { per_call: 5, per_window: u128::MAX };
	let view = MandateView::<String> {
		calls: vec![CallIndex { pallet: 30, call: 4 }],
		native: BudgetView { budget, spent: 6 },
		assets: vec![AssetBudgetView { asset: 9, budget: BudgetView { budget, spent: 0 } }],
		window: 16,
		counterparties: Some(vec!["5Bob".into()]),
		expires_at: 100,
		depositor: "5Own".into(),
		deposit: 7,
	};
	let most = u128::MAX.to_string();
	let json = json!({
		"calls": [{ "pallet": 30, "call": 4 }],
		"native": { "perCall": "5", "perWindow": most, "spent": "6" },
		"assets": [{ "asset": 9, "perCall": "5", "perWindow": most, "spent": "0" }],
		"window": 16,
		"counterparties": ["5Bob"],
		"expiresAt": 100,
		"depositor": "5Own",
		"deposit": "7",
	});
	is_json(view, json);
}

#[test]
fn a_history_and_a_reputation_are_short() {
	let head = format!("0x{}", "02".repeat(32));
	is_json(HistoryView { head: [2; 32], length: 9 }, json!({ "head": head, "length": 9 }));
	let view = ReputationView::<String> {
		score: 12,
		payers: 2,
		parts: Page {
			items: vec![PayerView { payer: "5Bob".into(), amount: 12 }],
			next: Some("5Bob".into()),
		},
	};
	let json = json!({
		"score": "12",
		"payers": 2,
		"parts": { "items": [{ "payer": "5Bob", "amount": "12" }], "next": "5Bob" },
	});
	is_json(view, json);
}

#[test]
fn an_act_says_what_became_of_it() {
	let call = CallIndex { pallet: 30, call: 4 };
	let call_json = json!({ "pallet": 30, "call": 4 });
	let currency = Currency::Asset(9);
	let over = json!({ "currency": { "asset": 9 }, "spent": "6", "budget": "5" });
	for (outcome, shown) in [
		(Outcome::Done, json!("done")),
		(Outcome::Failed, json!("failed")),
		(Outcome::Breached(Breach::Expired), json!({ "breached": "expired" })),
		(
			Outcome::Breached(Breach::NotAllowed(call)),
			json!({ "breached": { "notAllowed": call_json } }),
		),
		(
			Outcome::Breached(Breach::CallBudget { currency, spent: 6, budget: 5 }),
			json!({ "breached": { "callBudget": over } }),
		),
		(
			Outcome::Breached(Breach::WindowBudget { currency, spent: 6, budget: 5 }),
			json!({ "breached": { "windowBudget": over } }),
		),
	] {
		let flow = Flow { currency: Currency::Native, spent: 3, earned: 0 };
		let act = Act {
			block: 4,
			index: 2,
			call_hash: [5; 32],
			outcome,
			flows: vec![flow].try_into().unwrap(),
		};
		let json = json!({
			"index": 2,
			"block": 4,
			"callHash": format!("0x{}", "05".repeat(32)),
			"outcome": shown,
			"flows": [{ "currency": "native", "spent": "3", "earned": "0" }],
		});
		is_json(ActView::from(act), json);
	}
}
