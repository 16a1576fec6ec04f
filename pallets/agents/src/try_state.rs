//! What must hold of the pallet's state after every block.

use alloc::collections::BTreeMap;

use frame_support::{ensure, traits::fungible::InspectHold as _};
use sp_runtime::TryRuntimeError;
use tributary_primitives::{
	agent::{AgentState, History, MAX_METADATA},
	ids::AgentId,
	split::sum_rates,
	title::Title,
	traits::Titles,
};

use crate::{
	pallet::{
		Acting, AgentOfAccount, Agents, Config, Histories, HoldReason, Mandates, NextAgent, Pallet,
		PayersOf, Reputations, Spending, Stakes,
	},
	types::AgentOf,
};

impl<T: Config> Pallet<T> {
	/// Checks the pallet's state:
	///
	/// 1. every agent's id was given, and every id that was given has an agent, with a title;
	/// 2. every agent has the account of its id, and the map of accounts names nothing else;
	/// 3. every agent has a history, of which the head is the first one where there are no acts, and else is
	///    not;
	/// 4. what an agent runs on can be paid, and what it says of itself is short enough;
	/// 5. one that is retired has neither an operator nor a mandate;
	/// 6. every mandate is an agent's and well formed, and what is spent of its currencies is counted, and of
	///    no others;
	/// 7. what is on hold in each agent's account is its stake, of which no part that unbonds is 0; nobody
	///    else has one;
	/// 8. what is on hold of each owner is the sum of the deposits for its agents and mandates;
	/// 9. what is on hold of each payer is the sum of its deposits, and each agent counts its payers;
	/// 10. no agent acts.
	///
	/// # Errors
	/// The number and the wording of the first check that fails.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut deposits = BTreeMap::<T::AccountId, u128>::new();
		let mut count = 0u32;
		for (id, agent) in Agents::<T>::iter() {
			count = count.saturating_add(1);
			Self::check_agent(id, &agent)?;
			let sum = deposits.entry(agent.depositor).or_default();
			*sum = sum.saturating_add(agent.deposit);
		}
		ensure!(count == NextAgent::<T>::get(), "agents 1: an id was given that has no agent");
		ensure!(
			AgentOfAccount::<T>::iter().count() == Agents::<T>::iter_keys().count(),
			"agents 2: an account is said to be that of no agent"
		);
		let known = Agents::<T>::contains_key;
		ensure!(Histories::<T>::iter_keys().all(known), "agents 3: a history is of no agent");
		ensure!(Stakes::<T>::iter_keys().all(known), "agents 7: a stake is of no agent");
		ensure!(Reputations::<T>::iter_keys().all(known), "agents 9: a reputation is of no agent");
		Self::check_mandates(&mut deposits)?;
		Self::check_holds(HoldReason::Deposit, deposits, "agents 8: a deposit is not on hold")?;
		Self::check_payers()?;
		ensure!(!Acting::<T>::exists(), "agents 10: an agent acts");
		Ok(())
	}

	fn check_agent(id: AgentId, agent: &AgentOf<T>) -> Result<(), TryRuntimeError> {
		ensure!(id < NextAgent::<T>::get(), "agents 1: an agent has an id that was never given");
		ensure!(T::Titles::owner(Title::agent(id)).is_some(), "agents 1: an agent has no title");
		ensure!(
			agent.account == Self::account_of(id)
				&& AgentOfAccount::<T>::get(&agent.account) == Some(id),
			"agents 2: an agent does not have the account of its id"
		);
		let history = Histories::<T>::get(id).ok_or("agents 3: an agent has no history")?;
		let genesis = frame_system::Pallet::<T>::block_hash(
			frame_system::pallet_prelude::BlockNumberFor::<T>::from(0u32),
		);
		let is_origin = history.head == History::origin(&genesis, id).head;
		ensure!(
			is_origin == (history.length == 0),
			"agents 3: the head of a history is not that of as many acts"
		);
		ensure!(
			sum_rates(agent.models.iter().map(|entry| entry.rate)).is_some(),
			"agents 4: the models of an agent get more than the whole"
		);
		ensure!(agent.metadata.len <= MAX_METADATA, "agents 4: the metadata is too long");
		let idle = agent.operator.is_none() && !Mandates::<T>::contains_key(id);
		ensure!(
			agent.state != AgentState::Retired || idle,
			"agents 5: a retired agent has an operator or a mandate"
		);
		let stake = Stakes::<T>::get(id);
		ensure!(
			T::Currency::balance_on_hold(&HoldReason::Stake.into(), &agent.account) == stake.held(),
			"agents 7: what is on hold is not the stake"
		);
		ensure!(
			stake.unbonding.iter().all(|part| part.amount > 0),
			"agents 7: nothing unbonds in a part of a stake"
		);
		Ok(())
	}

	fn check_mandates(deposits: &mut BTreeMap<T::AccountId, u128>) -> Result<(), TryRuntimeError> {
		for (id, record) in Mandates::<T>::iter() {
			ensure!(Agents::<T>::contains_key(id), "agents 6: a mandate is of no agent");
			ensure!(record.mandate.check().is_ok(), "agents 6: a mandate is malformed");
			let windows = Spending::<T>::get(id).ok_or("agents 6: no spending is counted")?;
			let budgeted = record.mandate.assets.iter().map(|(asset, _)| asset);
			ensure!(
				windows.assets.iter().map(|(asset, _)| asset).eq(budgeted),
				"agents 6: other assets are counted than have a budget"
			);
			let sum = deposits.entry(record.depositor).or_default();
			*sum = sum.saturating_add(record.deposit);
		}
		ensure!(
			Spending::<T>::iter_keys().all(Mandates::<T>::contains_key),
			"agents 6: spending is counted without a mandate"
		);
		Ok(())
	}

	fn check_payers() -> Result<(), TryRuntimeError> {
		let mut deposits = BTreeMap::<T::AccountId, u128>::new();
		let mut payers = BTreeMap::<AgentId, u32>::new();
		for (id, payer, standing) in PayersOf::<T>::iter() {
			ensure!(Agents::<T>::contains_key(id), "agents 9: a payer has paid no agent");
			let sum = deposits.entry(payer).or_default();
			*sum = sum.saturating_add(standing.deposit);
			let count = payers.entry(id).or_default();
			*count = count.saturating_add(1);
		}
		for id in Agents::<T>::iter_keys() {
			ensure!(
				Reputations::<T>::get(id).payers == payers.get(&id).copied().unwrap_or(0),
				"agents 9: an agent does not count its payers"
			);
		}
		Self::check_holds(HoldReason::Payer, deposits, "agents 9: a payer's deposit is not on hold")
	}

	fn check_holds(
		reason: HoldReason,
		deposits: BTreeMap<T::AccountId, u128>,
		wrong: &'static str,
	) -> Result<(), TryRuntimeError> {
		let reason = reason.into();
		for (who, deposit) in deposits {
			ensure!(T::Currency::balance_on_hold(&reason, &who) == deposit, wrong);
		}
		Ok(())
	}
}
