//! How an agent acts.

use alloc::{collections::BTreeSet, vec, vec::Vec};

use codec::Encode;
use frame_support::{
	dispatch::{extract_actual_weight, GetDispatchInfo},
	ensure,
	storage::with_storage_layer,
	traits::{fungible::Inspect as _, fungibles::Inspect as _, Get},
	weights::Weight,
};
use frame_system::RawOrigin;
use sp_io::hashing::blake2_256;
use sp_runtime::{
	traits::{Dispatchable, SaturatedConversion},
	BoundedVec, DispatchError, DispatchResult,
};
use tributary_primitives::{
	agent::{
		Act, AgentState, Breach, Currency, Mandate, Outcome, Tally, Windows, MAX_CALLS_OF_ACT,
	},
	ids::AgentId,
	title::Title,
	traits::Titles,
};

use crate::{
	pallet::{Acting, Agents, Config, Error, Event, Histories, Mandates, Pallet, Spending, Stakes},
	rules::{CallRule, CallRules, MAX_RULE_READS},
	weights::WeightInfo,
};

type CallOf<T> = <T as Config>::RuntimeCall;

/// Why nothing was done.
enum Stop {
	Breach(Breach),
	/// After so many calls were made.
	Failed(u32, DispatchError),
}

impl From<Breach> for Stop {
	fn from(breach: Breach) -> Self {
		Self::Breach(breach)
	}
}

impl From<DispatchError> for Stop {
	fn from(error: DispatchError) -> Self {
		Self::Failed(0, error)
	}
}

impl<T: Config> Pallet<T> {
	/// The number of this block.
	pub(crate) fn block() -> u32 {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	/// Agents neither act nor are changed while one acts.
	///
	/// # Errors
	/// [`Error::WithinAct`] then.
	pub(crate) fn ensure_not_acting() -> DispatchResult {
		ensure!(!Acting::<T>::exists(), Error::<T>::WithinAct);
		Ok(())
	}

	/// Returns what it weighed.
	pub(crate) fn do_act(
		operator: &T::AccountId,
		id: AgentId,
		call: &CallOf<T>,
	) -> Result<Weight, DispatchError> {
		Self::ensure_not_acting()?;
		let agent = Agents::<T>::get(id).ok_or(Error::<T>::AgentNotFound)?;
		ensure!(agent.operator.as_ref() == Some(operator), Error::<T>::NotOperator);
		ensure!(agent.state == AgentState::Active, Error::<T>::NotActive);
		ensure!(Stakes::<T>::get(id).bonded >= T::MinStake::get(), Error::<T>::StakeTooLow);
		let mandate = Mandates::<T>::get(id).ok_or(Error::<T>::NoMandate)?.mandate;
		let history = Histories::<T>::get(id).ok_or(Error::<T>::AgentNotFound)?;
		let block = Self::block();
		let mut spending =
			Spending::<T>::get(id).unwrap_or_else(|| Windows::of(&mandate, None, block));

		let mut run = Run::<T> {
			title: Title::agent(id),
			account: &agent.account,
			mandate: &mandate,
			spending: &spending,
			block,
			tally: Tally::default(),
			seen: 0,
			made: 0,
			weight: Weight::zero(),
		};
		Acting::<T>::put(id);
		let result = with_storage_layer(|| run.make(call));
		Acting::<T>::kill();
		let (flows, seen, weight) = (run.tally.flows(), run.seen, run.weight);

		let (call_hash, size) = call.using_encoded(|bytes| (blake2_256(bytes), bytes.len()));
		let act = |outcome, flows| Act { block, index: history.length, call_hash, outcome, flows };
		let (act, failure) = match result {
			Ok(()) => (act(Outcome::Done, flows), None),
			Err(Stop::Breach(breach)) => (act(Outcome::Breached(breach), BoundedVec::new()), None),
			Err(Stop::Failed(made, error)) => {
				(act(Outcome::Failed, BoundedVec::new()), Some((made, error)))
			}
		};
		let mut spent = false;
		for flow in act.flows.iter().filter(|flow| flow.spent > 0) {
			spending.spend(flow.currency, block, flow.spent);
			spent = true;
		}
		if spent {
			Spending::<T>::insert(id, spending);
		}
		let history = history.followed_by(&act).ok_or(Error::<T>::TooManyActs)?;
		Histories::<T>::insert(id, history);
		let index = act.index;
		Self::deposit_event(Event::Acted { agent: id, act, head: history.head });
		if let Some((call, error)) = failure {
			Self::deposit_event(Event::ActFailed { agent: id, index, call, error });
		}
		Ok(act_weight::<T>(seen, size).saturating_add(weight))
	}
}

/// What an act of so many calls weighs that has `size` bytes, without what its calls weigh.
pub(crate) fn act_weight<T: Config>(calls: u32, size: usize) -> Weight {
	let reads = MAX_RULE_READS.saturating_mul(calls.into());
	T::WeightInfo::act(calls, u32::try_from(size).unwrap_or(u32::MAX))
		.saturating_add(T::DbWeight::get().reads(reads))
}

/// One act while it runs.
struct Run<'a, T: Config> {
	title: Title,
	account: &'a T::AccountId,
	mandate: &'a Mandate<T::AccountId>,
	spending: &'a Windows,
	block: u32,
	tally: Tally,
	/// The calls that were looked at, those that nest others included.
	seen: u32,
	/// The calls that were made.
	made: u32,
	/// What the calls weighed, the one that failed included.
	weight: Weight,
}

impl<T: Config> Run<'_, T> {
	fn make(&mut self, call: &CallOf<T>) -> Result<(), Stop> {
		if self.block > self.mandate.expires_at {
			return Err(Breach::Expired.into());
		}
		let leaves = self.flatten(call)?;
		let owner = T::Titles::owner(self.title);
		for leaf in leaves {
			self.dispatch(leaf)?;
		}
		if T::Titles::owner(self.title) != owner {
			return Err(Breach::TitleLost.into());
		}
		if T::Currency::balance(self.account) < T::Currency::minimum_balance() {
			let error = Error::<T>::BelowExistentialDeposit.into();
			return Err(Stop::Failed(self.made, error));
		}
		Ok(())
	}

	/// The calls that `call` comes to, in their order, if the mandate has all of them and those that nest
	/// them.
	fn flatten<'c>(&mut self, call: &'c CallOf<T>) -> Result<Vec<&'c CallOf<T>>, Breach> {
		let mut leaves = Vec::new();
		let mut pending = vec![call];
		while let Some(call) = pending.pop() {
			self.seen = self.seen.saturating_add(1);
			let index = T::Calls::index(call);
			if !self.mandate.allows(&index) {
				return Err(Breach::NotAllowed(index));
			}
			match T::Calls::rule(self.account, call) {
				CallRule::Leaf { .. } => leaves.push(call),
				CallRule::NotDelegable => return Err(Breach::NotDelegable(index)),
				CallRule::Nest(calls) => {
					let left = MAX_CALLS_OF_ACT.saturating_sub(self.seen);
					let count = calls.len().saturating_add(pending.len());
					if u32::try_from(count).map_or(true, |count| count > left) {
						return Err(Breach::TooManyCalls);
					}
					pending.extend(calls.iter().rev());
				}
			}
		}
		Ok(leaves)
	}

	/// Makes a call that nests no others, and counts what it moves. The calls before it may have changed
	/// what there is to say of it.
	fn dispatch(&mut self, call: &CallOf<T>) -> Result<(), Stop> {
		let index = T::Calls::index(call);
		let CallRule::Leaf { counterparties, assets } = T::Calls::rule(self.account, call) else {
			return Err(Breach::NotDelegable(index).into());
		};
		let allowed = |account| self.mandate.allows_counterparty(account);
		if !counterparties.iter().all(allowed) {
			return Err(Breach::Counterparty(index).into());
		}
		let touched = assets.into_iter().map(Currency::Asset);
		let currencies = self.mandate.currencies().chain(touched).collect::<BTreeSet<_>>();
		self.tally.admit(currencies.iter().copied())?;

		let before = currencies.iter().map(|currency| self.balance(*currency)).collect::<Vec<_>>();
		let info = call.get_dispatch_info();
		let result = call.clone().dispatch(RawOrigin::Signed(self.account.clone()).into());
		self.weight = self.weight.saturating_add(extract_actual_weight(&result, &info));
		result.map_err(|failure| Stop::Failed(self.made, failure.error))?;
		self.made = self.made.saturating_add(1);
		for (currency, before) in currencies.into_iter().zip(before) {
			let balances = (before, self.balance(currency));
			self.tally.count(self.mandate, self.spending, self.block, currency, balances)?;
		}
		Ok(())
	}

	/// What is free of `currency` in the agent's account.
	fn balance(&self, currency: Currency) -> u128 {
		match currency {
			Currency::Native => T::Currency::balance(self.account),
			Currency::Asset(asset) => T::Assets::balance(asset, self.account),
		}
	}
}
