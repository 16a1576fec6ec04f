//! What others read: for the runtime API and for anyone who links the pallet.

use alloc::vec::Vec;

use frame_support::traits::Get;
use sp_runtime::traits::SaturatedConversion;
use tributary_primitives::{
	agent::{Budget, Currency},
	ids::AgentId,
	title::Title,
	traits::Titles,
	views::{
		AgentView, AssetBudgetView, BudgetView, HistoryView, MandateView, Page, PayerView,
		ReputationView, UnbondingView, MAX_PAGE,
	},
};

use crate::pallet::{
	AgentOfAccount, Agents, Config, Histories, Mandates, NextAgent, Pallet, PayersOf, Reputations,
	Spending, Stakes,
};

impl<T: Config> Pallet<T> {
	/// The agent `id`.
	pub fn agent_view(id: AgentId) -> Option<AgentView<T::AccountId>> {
		let agent = Agents::<T>::get(id)?;
		let stake = Stakes::<T>::get(id);
		Some(AgentView {
			id,
			owner: T::Titles::owner(Title::agent(id))?,
			account: agent.account,
			operator: agent.operator,
			state: agent.state,
			models: agent.models.into_inner(),
			retention: agent.retention,
			metadata: agent.metadata,
			bonded: stake.bonded,
			unbonding: stake
				.unbonding
				.into_iter()
				.map(|part| UnbondingView {
					amount: part.amount,
					free_at: part.free_at.saturated_into(),
				})
				.collect(),
		})
	}

	/// The agents in order of their ids, from `from` on: at most `limit` of them, and at most
	/// [`MAX_PAGE`].
	pub fn agents_page(from: AgentId, limit: u32) -> Page<AgentView<T::AccountId>, AgentId> {
		let count = NextAgent::<T>::get();
		let end = from.saturating_add(limit.clamp(1, MAX_PAGE)).min(count);
		let items = (from..end).filter_map(Self::agent_view).collect();
		Page { items, next: Some(end).filter(|end| *end < count && *end > from) }
	}

	/// The agent whose account `account` is.
	pub fn agent_of(account: &T::AccountId) -> Option<AgentId> {
		AgentOfAccount::<T>::get(account)
	}

	/// What the agent `id` may do, and what of its budgets is used now.
	pub fn mandate_view(id: AgentId) -> Option<MandateView<T::AccountId>> {
		let record = Mandates::<T>::get(id)?;
		let spending = Spending::<T>::get(id);
		let now = Self::block();
		let view = |currency: Currency, budget: Budget| BudgetView {
			budget,
			spent: spending.as_ref().map_or(0, |windows| windows.spent(currency, now)),
		};
		let mandate = record.mandate;
		Some(MandateView {
			native: view(Currency::Native, mandate.native),
			assets: mandate
				.assets
				.iter()
				.map(|(asset, budget)| AssetBudgetView {
					asset: *asset,
					budget: view(Currency::Asset(*asset), *budget),
				})
				.collect(),
			calls: mandate.calls.into_inner(),
			window: mandate.window,
			counterparties: mandate.counterparties.map(Into::into),
			expires_at: mandate.expires_at,
			depositor: record.depositor,
			deposit: record.deposit,
		})
	}

	/// The history of the agent `id`.
	pub fn history_view(id: AgentId) -> Option<HistoryView> {
		let history = Histories::<T>::get(id)?;
		Some(HistoryView { head: history.head, length: history.length })
	}

	/// The reputation of the agent `id` now, and what its payers have burned of it: at most `limit` of them,
	/// and at most [`MAX_PAGE`], after `after` in the order of the chain's storage. The cursor of the next
	/// page is the last payer of this one.
	pub fn reputation_view(
		id: AgentId,
		after: Option<T::AccountId>,
		limit: u32,
	) -> Option<ReputationView<T::AccountId>> {
		if !Agents::<T>::contains_key(id) {
			return None;
		}
		let (epoch, keep) = (Self::epoch(), T::Keep::get());
		let limit = usize::try_from(limit.clamp(1, MAX_PAGE)).unwrap_or(usize::MAX);
		let mut payers = match after {
			Some(after) => {
				let after = PayersOf::<T>::hashed_key_for(id, after);
				PayersOf::<T>::iter_prefix_from(id, after)
			}
			None => PayersOf::<T>::iter_prefix(id),
		};
		let items: Vec<_> = payers
			.by_ref()
			.take(limit)
			.map(|(payer, standing)| PayerView { payer, amount: standing.burned.at(epoch, keep) })
			.collect();
		let last = items.last().map(|view| view.payer.clone());
		let next = payers.next().and(last);
		let reputation = Reputations::<T>::get(id);
		Some(ReputationView {
			score: reputation.score.at(epoch, keep),
			payers: reputation.payers,
			parts: Page { items, next },
		})
	}
}
