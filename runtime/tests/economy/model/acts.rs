//! What agents do: whether they may, and what they spend (protocol 9).

use std::collections::{BTreeMap, BTreeSet};

use codec::Encode;
use pallet_agents::Event;
use sp_io::hashing::blake2_256;
use tributary_primitives::{
	agent::{Act, AgentState, Budget, CallIndex, Currency, Flow, Mandate, Outcome},
	ids::AgentId,
};
use tributary_runtime::{AccountId, RuntimeCall, RuntimeEvent};

use super::{
	agents::{Orders, MIN_STAKE},
	told, Expected,
};

/// What was spent under a mandate, of what, and in which block.
#[derive(Default)]
pub struct Spends(Vec<(u32, Currency, u128)>);

impl Spends {
	/// What was spent of `currency` in the last `window` blocks.
	fn last(&self, currency: Currency, window: u32, now: u32) -> u128 {
		let counted =
			|(block, of, _): &&(u32, Currency, u128)| *of == currency && block + window > now;
		self.0.iter().filter(counted).map(|(_, _, amount)| amount).sum()
	}
}

/// The calls that are made, in their order, and those that hold them.
fn parts(call: &RuntimeCall) -> (Vec<&RuntimeCall>, Vec<&RuntimeCall>) {
	let RuntimeCall::Utility(pallet_utility::Call::batch_all { calls }) = call else {
		return (vec![call], Vec::new());
	};
	let (mut leaves, mut nests) = (Vec::new(), vec![call]);
	for (more, around) in calls.iter().map(parts) {
		leaves.extend(more);
		nests.extend(around);
	}
	(leaves, nests)
}

fn index_of(call: &RuntimeCall) -> CallIndex {
	let bytes = call.encode();
	CallIndex { pallet: bytes[0], call: bytes[1] }
}

/// Whether agents may make a call: not what gives their owners' rights away, or those of others.
fn is_delegable(call: &RuntimeCall) -> bool {
	match call {
		RuntimeCall::Agents(call) => matches!(call, pallet_agents::Call::pay { .. }),
		RuntimeCall::Nfts(call) => matches!(call, pallet_nfts::Call::buy_item { .. }),
		RuntimeCall::Models(call) => !matches!(call, pallet_models::Call::set_lineage_rate { .. }),
		RuntimeCall::Datasets(call) => !matches!(
			call,
			pallet_datasets::Call::set_curators { .. }
				| pallet_datasets::Call::accept { .. }
				| pallet_datasets::Call::reject { .. }
		),
		_ => true,
	}
}

/// What may be spent of `currency`: nothing of an asset that the mandate does not name.
fn budget(mandate: &Mandate<AccountId>, currency: Currency) -> Budget {
	let Currency::Asset(asset) = currency else { return mandate.native };
	let named = mandate.assets.iter().find(|(named, _)| *named == asset);
	named.map(|(_, budget)| *budget).unwrap_or_default()
}

impl Expected {
	pub(super) fn act(
		&mut self,
		who: &AccountId,
		id: AgentId,
		call: &RuntimeCall,
		events: &[RuntimeEvent],
	) {
		let (act, head) = told(events, |event| match event {
			RuntimeEvent::Agents(Event::Acted { agent, act, head }) if *agent == id => {
				Some((act.clone(), *head))
			}
			_ => None,
		});
		let now = self.now;
		let agent = self.agent(id);
		assert_eq!(agent.operator.as_ref(), Some(who), "nobody else acts for it");
		assert_eq!(agent.state, AgentState::Active);
		assert!(agent.bonded >= MIN_STAKE, "an agent that acts has a stake");
		let orders = agent.mandate.as_ref().expect("it has a mandate");
		let done = act.outcome == Outcome::Done;
		assert!(!done || !orders.is_over(now), "its mandate is not over");
		let known = (act.block, act.index, act.call_hash);
		assert_eq!(known, (now, agent.acts, blake2_256(&call.encode())));
		agent.head = blake2_256(&(agent.head, &act).encode());
		agent.acts += 1;
		assert_eq!(agent.head, head);
		if done {
			self.do_act(id, call, &act, events);
		} else {
			assert!(act.flows.is_empty(), "nothing was done");
		}
	}

	fn do_act(&mut self, id: AgentId, call: &RuntimeCall, act: &Act, events: &[RuntimeEvent]) {
		let (leaves, nests) = parts(call);
		let (now, account) = (self.now, self.agent(id).account.clone());
		let orders = self.agent(id).mandate.take().expect("it has a mandate");
		let Orders { mandate, .. } = &orders;
		let mut moved: BTreeMap<Currency, (u128, u128)> = BTreeMap::new();
		for call in nests.iter().chain(&leaves) {
			assert!(mandate.calls.contains(&index_of(call)), "it may not call {call:?}");
		}
		for leaf in leaves {
			assert!(is_delegable(leaf), "no agent may call {leaf:?}");
			let before = self.holdings(&account);
			self.heard(Some(&account), leaf, events);
			let after = self.holdings(&account);
			let currencies: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
			for currency in currencies {
				let of = |all: &BTreeMap<Currency, u128>| all.get(&currency).copied().unwrap_or(0);
				let (had, has) = (of(&before), of(&after));
				let (spent, earned) = (had.saturating_sub(has), has.saturating_sub(had));
				let most = budget(mandate, currency).per_call;
				assert!(spent <= most, "a call spent {spent} of {currency:?}, and may {most}");
				// Shares that a call issues have no number before it, and are not measured.
				let issued = matches!(leaf, RuntimeCall::Shares(pallet_shares::Call::issue { .. }));
				if had != has && !(issued && currency != Currency::Native) {
					let (all_spent, all_earned) = moved.entry(currency).or_default();
					*all_spent += spent;
					*all_earned += earned;
				}
			}
		}
		let flow = |(currency, (spent, earned))| Flow { currency, spent, earned };
		let flows: Vec<Flow> = moved.into_iter().map(flow).collect();
		assert_eq!(act.flows.to_vec(), flows, "what was spent and earned");
		self.agent(id).mandate = Some(orders);
		self.note_spends(id, now, &flows);
	}

	/// What is free in an account, of the native token and of each asset.
	fn holdings(&self, account: &AccountId) -> BTreeMap<Currency, u128> {
		let shares = self.market.shares.iter().filter(|((_, who), _)| who == account);
		let shares = shares.map(|((asset, _), own)| (Currency::Asset(*asset), *own));
		[(Currency::Native, self.money.free(account))].into_iter().chain(shares).collect()
	}

	fn note_spends(&mut self, id: AgentId, now: u32, flows: &[Flow]) {
		let orders = self.agent(id).mandate.as_mut().expect("it has a mandate");
		for Flow { currency, spent, .. } in flows.iter().filter(|flow| flow.spent > 0) {
			orders.spends.0.push((now, *currency, *spent));
			let all = orders.spends.last(*currency, orders.mandate.window, now);
			let most = budget(&orders.mandate, *currency).per_window;
			assert!(all <= most, "{all} of {currency:?} were spent in a window, and not {most}");
		}
	}
}
