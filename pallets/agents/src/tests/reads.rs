//! What is read of agents.

use frame_support::{assert_ok, BoundedVec};
use tributary_primitives::{
	agent::{AgentState, Budget, Mandate},
	views::{AssetBudgetView, BudgetView, HistoryView, MandateView, UnbondingView},
};

use super::fixture::*;
use crate::{mock::*, Histories};

#[test]
fn an_agent_is_read_with_its_owner_and_its_stake() {
	run(|| {
		let id = agent();
		assert_ok!(Agents::unbond(signed(ALICE), id, 300));
		let view = Agents::agent_view(id).unwrap();
		assert_eq!((view.id, view.owner, view.account), (id, ALICE, account(id)));
		assert_eq!((view.operator, view.state), (Some(OPERATOR), AgentState::Active));
		assert_eq!(view.bonded, STAKE - 300);
		let unbonding = UnbondingView { amount: 300, free_at: 1 + UNBONDING_PERIOD };
		assert_eq!(view.unbonding, [unbonding]);
		assert_ok!(sell(id, BOB));
		let view = Agents::agent_view(id).unwrap();
		assert_eq!((view.owner, view.operator), (BOB, None));
		assert_eq!(Agents::agent_view(id + 1), None);
		assert_eq!(Agents::agent_of(&account(id)), Some(id));
		assert_eq!(Agents::agent_of(&ALICE), None);
	});
}

#[test]
fn agents_are_read_in_pages() {
	run(|| {
		for _ in 0..5 {
			create();
		}
		let ids = |from, limit| {
			let page = Agents::agents_page(from, limit);
			(page.items.iter().map(|view| view.id).collect::<Vec<_>>(), page.next)
		};
		assert_eq!(ids(0, 2), (vec![0, 1], Some(2)));
		assert_eq!(ids(2, 2), (vec![2, 3], Some(4)));
		assert_eq!(ids(4, 2), (vec![4], None));
		assert_eq!(ids(0, 0), (vec![0], Some(1)));
		assert_eq!(ids(0, u32::MAX), (vec![0, 1, 2, 3, 4], None));
		assert_eq!(ids(5, 2), (vec![], None));
		assert_eq!(ids(u32::MAX, u32::MAX), (vec![], None));
	});
}

#[test]
fn a_mandate_is_read_with_what_of_its_budgets_is_used() {
	run(|| {
		let id = agent();
		make_asset(ASSET, account(id), 1_000);
		let counterparties = Some(BoundedVec::truncate_from(vec![BOB]));
		set_mandate(id, Mandate { counterparties, ..mandate() });
		assert_ok!(act(id, batch(vec![send(BOB, 7), send_asset(ASSET, BOB, 9)])));
		let expected = MandateView {
			calls: mandate().calls.to_vec(),
			native: BudgetView { budget: mandate().native, spent: 7 },
			assets: vec![AssetBudgetView {
				asset: ASSET,
				budget: BudgetView { budget: Budget { per_call: 100, per_window: 250 }, spent: 9 },
			}],
			window: 16,
			counterparties: Some(vec![BOB]),
			expires_at: 1_000,
			depositor: ALICE,
			deposit: FOR_MANDATE,
		};
		assert_eq!(Agents::mandate_view(id), Some(expected));
		wait(18);
		let view = Agents::mandate_view(id).unwrap();
		assert_eq!((view.native.spent, view.assets[0].budget.spent), (0, 0));
		assert_eq!(Agents::mandate_view(id + 1), None);
	});
}

#[test]
fn a_history_is_read_by_its_head_and_its_length() {
	run(|| {
		let id = agent();
		assert_ok!(act(id, remark()));
		let head = Histories::<Test>::get(id).unwrap().head;
		assert_eq!(Agents::history_view(id), Some(HistoryView { head, length: 1 }));
		assert_eq!(Agents::history_view(id + 1), None);
	});
}

#[test]
fn a_reputation_is_read_with_its_parts_in_pages() {
	run(|| {
		let id = create();
		let payers = [BOB, OPERATOR, STRANGER, PAYER, REVENUE];
		for (index, payer) in payers.into_iter().enumerate() {
			assert_ok!(pay(payer, id, 10_000 * (index as u128 + 1)));
		}
		let (mut after, mut seen) = (None, Vec::new());
		loop {
			let view = Agents::reputation_view(id, after, 2).unwrap();
			assert_eq!((view.score, view.payers), (1_500, 5));
			assert!(view.parts.items.len() <= 2);
			seen.extend(view.parts.items.into_iter().map(|part| (part.payer, part.amount)));
			after = view.parts.next;
			if after.is_none() {
				break;
			}
		}
		seen.sort_unstable();
		let expected = [(BOB, 100), (OPERATOR, 200), (STRANGER, 300), (PAYER, 400), (REVENUE, 500)];
		assert_eq!(seen, expected);
		assert_eq!(Agents::reputation_view(id + 1, None, 2), None);
	});
}
