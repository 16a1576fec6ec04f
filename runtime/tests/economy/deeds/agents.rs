//! Agents: how they are made, employed, paid and ended. What they do is what others do.

use pallet_agents::{Call as Agents, Holding};
use scale_info::{meta_type, MetaType, TypeDef};
use sp_runtime::Perbill;
use tributary_primitives::{
	agent::{AgentState, Budget, CallIndex, Mandate, ModelRate},
	ids::{AgentId, ModelId},
	title::Title,
};
use tributary_runtime::{AccountId, Runtime, RuntimeCall};

use super::{address, Actor, Deed, Scene};
use crate::model::{
	agents::{Agent, MIN_STAKE},
	money::EXISTENTIAL,
	TRIB,
};

/// What mandates allow, as a rule. Some of it is for no agent all the same.
const ALLOWED: [(&str, &[&str]); 14] = [
	("Utility", &["batch_all"]),
	("Balances", &["transfer_allow_death"]),
	("Assets", &["transfer", "transfer_keep_alive"]),
	(
		"AssetConversion",
		&[
			"create_pool",
			"add_liquidity",
			"remove_liquidity",
			"swap_exact_tokens_for_tokens",
			"swap_tokens_for_exact_tokens",
		],
	),
	(
		"Datasets",
		&[
			"create",
			"commit",
			"reveal",
			"accept",
			"reject",
			"withdraw",
			"expire",
			"set_curators",
			"set_closed",
		],
	),
	("Models", &["register", "set_lineage_rate"]),
	("Usage", &["pay", "claim_owner", "claim_lineage", "release_receipt", "collect_due"]),
	(
		"Attribution",
		&[
			"bond",
			"unbond",
			"report",
			"finalise",
			"claim",
			"announce",
			"reveal_announcement",
			"pay_reward",
			"withdraw_announcement",
			"claim_passed",
		],
	),
	("Availability", &["demand", "enforce"]),
	("Originality", &["accuse", "show_hits", "close"]),
	("Shares", &["issue", "stake", "unstake", "claim_dividends", "dissolve", "collect_owed"]),
	("Channels", &["open", "top_up", "close", "request_close", "finish"]),
	("Agents", &["pay", "pause"]),
	("Nfts", &["buy_item", "transfer"]),
];

/// The variants of an enum: their names, their numbers and what is in them.
fn variants(of: MetaType) -> Vec<(&'static str, u8, Option<MetaType>)> {
	let TypeDef::Variant(all) = of.type_info().type_def else { return Vec::new() };
	let variant = |variant: &scale_info::Variant| {
		(variant.name, variant.index, variant.fields.first().map(|field| field.ty))
	};
	all.variants.iter().map(variant).collect()
}

/// The numbers of all that is allowed as a rule.
pub(super) fn allowed() -> Vec<CallIndex> {
	let pallets = variants(meta_type::<RuntimeCall>());
	let of_pallet = |(name, names): &(&str, &[&str])| {
		let known = pallets.iter().find(|(pallet, ..)| pallet == name);
		let (_, pallet, calls) = known.expect("there is such a pallet");
		let calls = variants(calls.expect("it has calls"));
		let calls = calls.into_iter().filter(|(call, ..)| names.contains(call));
		let calls: Vec<_> = calls.map(|(_, call, _)| CallIndex { pallet: *pallet, call }).collect();
		assert_eq!(calls.len(), names.len(), "{name} has these calls");
		calls
	};
	let mut all: Vec<CallIndex> = ALLOWED.iter().flat_map(of_pallet).collect();
	all.sort_unstable();
	all
}

impl Scene {
	fn any_agent(&mut self) -> Option<AgentId> {
		self.numbers.pick(0..self.facts.agents.len() as AgentId)
	}

	/// An agent that fits, and who owns it.
	fn agent_where(&mut self, fits: impl Fn(&Agent) -> bool) -> Option<(AgentId, Actor)> {
		let all = (0..).zip(&self.facts.agents);
		let fitting: Vec<AgentId> =
			all.filter(|(_, agent)| fits(agent)).map(|(id, _)| id).collect();
		let id = self.numbers.pick(fitting)?;
		Some((id, self.holder(&self.facts.titles[&Title::agent(id)].owner)?))
	}

	/// One that is not retired.
	fn working_agent(&mut self) -> Option<(AgentId, Actor)> {
		self.agent_where(|agent| agent.state != AgentState::Retired)
	}

	/// Models, and the part of a payment that each gets; of some nothing.
	fn model_rates(&mut self) -> pallet_agents::ModelRates {
		let first = self.numbers.below(self.facts.models.len() + 1) as ModelId;
		let models = (first..self.facts.models.len() as ModelId).take(self.numbers.below(4));
		let rates = models.map(|model| {
			let most = if self.numbers.once_in(5) { 0 } else { 330_000_000 };
			ModelRate { model, rate: Perbill::from_parts(self.numbers.within(0, most) as u32) }
		});
		rates.collect::<Vec<_>>().try_into().expect("they are few")
	}

	fn retention(&mut self) -> Perbill {
		Perbill::from_parts(self.numbers.within(0, 600_000_000) as u32)
	}

	pub(super) fn create_agent(&mut self) -> Option<Deed> {
		let working = self.facts.agents.iter().filter(|agent| agent.state != AgentState::Retired);
		if working.count() >= 4 || self.facts.models.is_empty() {
			return None;
		}
		let metadata = self.facts.library.put(b"{\"name\":\"agent\"}".to_vec());
		let extra = self.amount(30);
		let least = if self.numbers.once_in(12) { MIN_STAKE - 30 * TRIB / 4 } else { MIN_STAKE };
		let call = Agents::<Runtime>::create {
			metadata,
			models: self.model_rates(),
			retention: self.retention(),
			stake: least + extra,
		};
		Deed::of(self.person(), call)
	}

	/// Names an operator for an agent that has none, or another one.
	pub(super) fn employ(&mut self) -> Option<Deed> {
		let idle = self
			.agent_where(|agent| agent.state != AgentState::Retired && agent.operator.is_none());
		let any = self.working_agent().filter(|_| self.numbers.once_in(3));
		let (agent, owner) = idle.or(any)?;
		let operator = (!self.numbers.once_in(10)).then(|| self.person().to_account_id());
		Deed::of(owner, Agents::<Runtime>::set_operator { agent, operator })
	}

	/// Says what an agent may do.
	pub(super) fn give_mandate(&mut self) -> Option<Deed> {
		let now = self.facts.now;
		let idle = self.agent_where(|agent| {
			let mandate = agent.mandate.as_ref();
			agent.state != AgentState::Retired && mandate.is_none_or(|known| known.is_over(now))
		});
		let any = self.working_agent().filter(|_| self.numbers.once_in(3));
		let (agent, owner) = idle.or(any)?;
		let mandate = (!self.numbers.once_in(15)).then(|| self.mandate());
		Deed::of(owner, Agents::<Runtime>::set_mandate { agent, mandate })
	}

	fn mandate(&mut self) -> Mandate<AccountId> {
		let mut calls = allowed();
		calls.retain(|_| !self.numbers.once_in(12));
		let mut assets: Vec<u32> =
			self.facts.vaults.open.values().map(|vault| vault.asset).collect();
		assets.sort_unstable();
		assets.retain(|_| !self.numbers.once_in(4));
		assets.truncate(4);
		let assets: Vec<_> = assets.into_iter().map(|asset| (asset, self.budget(20_000))).collect();
		let counterparties = self.numbers.once_in(4).then(|| {
			let mut some: Vec<AccountId> = (0..6).map(|_| self.anyone().to_account_id()).collect();
			some.sort();
			some.dedup();
			some.try_into().expect("they are few")
		});
		Mandate {
			calls: calls.try_into().expect("they are few"),
			native: self.budget(200 * TRIB),
			assets: assets.try_into().expect("they are few"),
			window: 1 + self.numbers.below(60) as u32,
			counterparties,
			expires_at: self.facts.now + self.numbers.within(20, 600) as u32,
		}
	}

	/// Up to `most` for a call, or little, and some times as much for a window.
	fn budget(&mut self, most: u128) -> Budget {
		let most = if self.numbers.once_in(4) { most / 100 } else { most };
		let per_call = self.numbers.within(most / 4, most);
		Budget { per_call, per_window: per_call * self.numbers.within(1, 4) }
	}

	pub(super) fn fund_agent(&mut self) -> Option<Deed> {
		let agent = self.any_agent()?;
		let (dest, value) = (address(Actor::Agent(agent)), self.amount(200));
		let call = pallet_balances::Call::<Runtime>::transfer_allow_death { dest, value };
		Deed::of(self.person(), call)
	}

	/// Says something else of an agent.
	pub(super) fn describe_agent(&mut self) -> Option<Deed> {
		let (agent, owner) = self.working_agent()?;
		if self.numbers.once_in(3) {
			let metadata = self.facts.library.put(b"{}".to_vec());
			return Deed::of(owner, Agents::<Runtime>::set_metadata { agent, metadata });
		}
		let (models, retention) = (self.model_rates(), self.retention());
		Deed::of(owner, Agents::<Runtime>::set_models { agent, models, retention })
	}

	/// Pauses an agent, lets one go on that is paused, or ends one.
	pub(super) fn switch_agent(&mut self) -> Option<Deed> {
		let paused = self.agent_where(|agent| agent.state == AgentState::Paused);
		if let Some((agent, owner)) = paused {
			return Deed::of(owner, Agents::<Runtime>::resume { agent });
		}
		let (agent, owner) = self.working_agent()?;
		match self.numbers.below(12) {
			0 | 1 => Deed::of(owner, Agents::<Runtime>::retire { agent }),
			2..=4 => Deed::of(owner, Agents::<Runtime>::pause { agent }),
			_ => None,
		}
	}

	/// Adds to a stake, takes out of one, or pays what was taken out.
	pub(super) fn stake_agent(&mut self) -> Option<Deed> {
		let now = self.facts.now;
		let free = self.agent_where(|agent| agent.unbonding.iter().any(|(_, at)| *at <= now));
		if let Some((agent, _)) = free.filter(|_| self.numbers.once_in(2)) {
			return Deed::of(self.anyone(), Agents::<Runtime>::withdraw_unbonded { agent });
		}
		let (agent, owner) = self.agent_where(|_| true)?;
		let bonded = self.facts.agents[agent as usize].bonded;
		let retired = self.facts.agents[agent as usize].state == AgentState::Retired;
		if bonded > 0 && (retired || self.numbers.once_in(4)) {
			let amount = self.numbers.within(1, bonded);
			return Deed::of(owner, Agents::<Runtime>::unbond { agent, amount });
		}
		let amount = self.amount(15);
		Deed::of(self.rich(), Agents::<Runtime>::bond { agent, amount })
	}

	/// Takes out of an agent's account what it has: money, shares or titles.
	pub(super) fn withdraw_from_agent(&mut self) -> Option<Deed> {
		let (agent, owner) = self.agent_where(|_| true)?;
		let account = self.facts.agents[agent as usize].account.clone();
		let titles = self.facts.titles.iter().filter(|(_, book)| book.owner == account);
		let mut held: Vec<Holding> = titles.map(|(title, _)| Holding::Title(*title)).collect();
		let shares = self.facts.market.shares.iter().filter(|((_, who), _)| *who == account);
		held.extend(shares.map(|((asset, _), own)| Holding::Asset(*asset, *own)));
		let holding = match self.numbers.pick(held) {
			Some(holding) if !self.numbers.once_in(3) => holding,
			_ => {
				let free = self.facts.money.free(&account);
				let most = free.saturating_sub(EXISTENTIAL).max(1);
				let amount = self.numbers.within(1, most);
				Holding::Native(if self.numbers.once_in(10) { free } else { amount })
			}
		};
		Deed::of(owner, Agents::<Runtime>::withdraw { agent, holding })
	}

	pub(super) fn pay_agent(&mut self) -> Option<Deed> {
		let (agent, _) = self.working_agent()?;
		let model = self.numbers.pick(0..self.facts.models.len() as ModelId)?;
		let outputs = self.outputs(model);
		let least = self.facts.settings.min_payment;
		let amount = if self.numbers.once_in(4) { least } else { 4 * least + self.amount(60) };
		let outputs_tail = self.facts.library.tail(&outputs);
		Deed::of(self.rich(), Agents::<Runtime>::pay { agent, outputs, outputs_tail, amount })
	}

	pub(super) fn forget_payer(&mut self) -> Option<Deed> {
		let agent = self.any_agent()?;
		let payers = self.facts.agents[agent as usize].payers.keys().cloned();
		let payer = self.numbers.pick(payers)?;
		Deed::of(self.anyone(), Agents::<Runtime>::forget_payer { agent, payer })
	}
}
