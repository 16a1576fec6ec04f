//! Agents: what is deposited, staked and paid for them (protocol 9).

use std::collections::BTreeMap;

use codec::Encode;
use frame_support::PalletId;
use pallet_agents::{Call, Event, Holding};
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::AccountIdConversion, Perbill};
use tributary_primitives::{
	agent::{AgentState, Mandate, ModelRate},
	blob::Content,
	ids::{AgentId, ModelId},
	title::Title,
};
use tributary_runtime::{AccountId, Runtime, RuntimeEvent};

use super::{
	acts::Spends,
	deposit,
	money::{Reason, EXISTENTIAL},
	parts::{ceil, floor},
	rate,
	titles::TitleBook,
	Expected, TRIB,
};

/// The least stake of an agent that acts.
pub const MIN_STAKE: u128 = 10 * TRIB;
/// The least number of blocks until a stake that is taken out is free.
const MIN_UNBONDING: u32 = 200;
/// The part of a reputation that an epoch keeps: half of it is left after 86,400 of them.
const KEPT: f64 = 0.999_991_978;

/// What an agent may do, as its owner says.
pub struct Orders {
	pub mandate: Mandate<AccountId>,
	/// Who has deposited for it.
	depositor: AccountId,
	pub spends: Spends,
}

impl Orders {
	/// Whether its last block is over.
	pub fn is_over(&self, now: u32) -> bool {
		now > self.mandate.expires_at
	}
}

pub struct Agent {
	depositor: AccountId,
	pub account: AccountId,
	pub operator: Option<AccountId>,
	/// The models that it runs on, and the part of a payment that each gets.
	models: Vec<(ModelId, u128)>,
	retention: u128,
	pub state: AgentState,
	pub mandate: Option<Orders>,
	pub bonded: u128,
	/// What was taken out of the stake and is not paid out, and when it may be.
	pub unbonding: Vec<(u128, u32)>,
	/// What each payer has burned, and in which epoch.
	pub payers: BTreeMap<AccountId, Vec<(u32, u128)>>,
	/// Its history.
	pub head: [u8; 32],
	pub acts: u64,
}

impl Agent {
	/// What is left in `epoch` of what payers have burned, of all of them or of one.
	pub fn reputation(&self, of: Option<&AccountId>, epoch: u32) -> f64 {
		let payers = self.payers.iter().filter(|(payer, _)| of.is_none_or(|of| of == *payer));
		let left = |(then, burned): &(u32, u128)| *burned as f64 * KEPT.powi((epoch - then) as i32);
		payers.flat_map(|(_, burned)| burned).map(left).sum()
	}
}

/// The account of an agent.
pub fn account_of(agent: AgentId) -> AccountId {
	PalletId(*b"tr/agent").into_sub_account_truncating(agent)
}

fn agent_deposit() -> u128 {
	deposit(6, 600)
}

fn mandate_deposit() -> u128 {
	deposit(2, 2_200)
}

fn payer_deposit() -> u128 {
	deposit(1, 76)
}

fn rates(models: &[ModelRate]) -> Vec<(ModelId, u128)> {
	models.iter().map(|entry| (entry.model, rate(entry.rate))).collect()
}

/// Takes an amount out of parts, or all of them, the first ones first. Returns what was taken.
fn take_from<'a>(parts: impl Iterator<Item = &'a mut u128>, amount: u128) -> u128 {
	let mut left = amount;
	for part in parts {
		let taken = left.min(*part);
		*part -= taken;
		left -= taken;
	}
	amount - left
}

impl Expected {
	pub(super) fn agent(&mut self, id: AgentId) -> &mut Agent {
		&mut self.agents[id as usize]
	}

	fn owner_of(&self, agent: AgentId) -> AccountId {
		self.titles[&Title::agent(agent)].owner.clone()
	}

	pub(super) fn agent_call(
		&mut self,
		who: &AccountId,
		call: &Call<Runtime>,
		events: &[RuntimeEvent],
	) {
		match call {
			Call::act { agent, call } => self.act(who, *agent, call, events),
			Call::create { models, retention, stake, .. } => {
				self.create_agent(who, models, *retention, *stake);
			}
			Call::pay { agent, outputs, amount, .. } => {
				self.pay_agent(who, *agent, *outputs, *amount, events);
			}
			Call::bond { agent, amount } => self.add_stake(who, *agent, *amount),
			Call::withdraw_unbonded { agent } => self.withdraw_unbonded(*agent),
			Call::forget_payer { agent, payer } => {
				let known = self.agent(*agent).payers.remove(payer);
				assert!(known.is_some(), "it is known");
				self.money.release(payer, Reason::AgentPayer, payer_deposit());
			}
			call => self.owner_call(who, call),
		}
	}

	/// What the owner of an agent's title says.
	fn owner_call(&mut self, who: &AccountId, call: &Call<Runtime>) {
		let id = match call {
			Call::set_operator { agent, .. }
			| Call::set_mandate { agent, .. }
			| Call::set_metadata { agent, .. }
			| Call::set_models { agent, .. }
			| Call::pause { agent }
			| Call::resume { agent }
			| Call::retire { agent }
			| Call::unbond { agent, .. }
			| Call::withdraw { agent, .. } => *agent,
			call => panic!("nothing is known of {call:?}"),
		};
		assert_eq!(*who, self.owner_of(id), "nobody else may do that");
		let period = self.unbonding_period();
		let now = self.now;
		let agent = self.agent(id);
		match call {
			Call::set_operator { operator, .. } => agent.operator = operator.clone(),
			Call::set_mandate { mandate, .. } => self.set_mandate(who, id, mandate.clone()),
			Call::set_models { models, retention, .. } => {
				agent.models = rates(models);
				agent.retention = rate(*retention);
			}
			Call::pause { .. } => agent.state = AgentState::Paused,
			Call::resume { .. } => agent.state = AgentState::Active,
			Call::retire { .. } => {
				agent.state = AgentState::Retired;
				agent.operator = None;
				self.set_mandate(who, id, None);
			}
			Call::unbond { amount, .. } => {
				agent.bonded = agent.bonded.checked_sub(*amount).expect("it has as much");
				match agent.unbonding.iter_mut().find(|(_, at)| *at == now + period) {
					Some((sum, _)) => *sum += amount,
					None => agent.unbonding.push((*amount, now + period)),
				}
			}
			Call::withdraw { holding, .. } => self.withdraw_from(id, who, *holding),
			_ => {}
		}
	}

	/// The blocks until a stake that is taken out is free.
	fn unbonding_period(&self) -> u32 {
		let of = &self.settings;
		let proofs = of.challenge_window
			+ of.answer_window
			+ of.reward_window
			+ of.draw_delay
			+ of.proof_window;
		MIN_UNBONDING.max(2 * proofs)
	}

	fn create_agent(
		&mut self,
		who: &AccountId,
		models: &[ModelRate],
		retention: Perbill,
		stake: u128,
	) {
		assert!(stake >= MIN_STAKE, "it could not act");
		let id = self.agents.len() as AgentId;
		let account = account_of(id);
		self.money.hold(who, Reason::AgentDeposit, agent_deposit());
		self.money.pay(who, &account, EXISTENTIAL);
		self.titles.insert(Title::agent(id), TitleBook::of(who, self.now));
		let head = blake2_256(&(*b"tributary/agent", self.genesis, id).encode());
		self.agents.push(Agent {
			depositor: who.clone(),
			account,
			operator: None,
			models: rates(models),
			retention: rate(retention),
			state: AgentState::Active,
			mandate: None,
			bonded: 0,
			unbonding: Vec::new(),
			payers: BTreeMap::new(),
			head,
			acts: 0,
		});
		self.add_stake(who, id, stake);
	}

	fn set_mandate(&mut self, who: &AccountId, id: AgentId, mandate: Option<Mandate<AccountId>>) {
		if let Some(orders) = self.agent(id).mandate.take() {
			self.money.release(&orders.depositor, Reason::AgentDeposit, mandate_deposit());
		}
		if let Some(mandate) = mandate {
			self.money.hold(who, Reason::AgentDeposit, mandate_deposit());
			let orders = Orders { mandate, depositor: who.clone(), spends: Spends::default() };
			self.agent(id).mandate = Some(orders);
		}
	}

	fn add_stake(&mut self, who: &AccountId, id: AgentId, amount: u128) {
		let account = account_of(id);
		self.money.pay(who, &account, amount);
		self.money.hold(&account, Reason::AgentStake, amount);
		self.agent(id).bonded += amount;
	}

	/// What of a stake that was taken out can be paid: as much of the stake stays as is on hold for anything
	/// else in the agent's account.
	pub fn free_stake(&self, id: AgentId) -> u128 {
		let agent = &self.agents[id as usize];
		let free = agent.unbonding.iter().filter(|(_, at)| *at <= self.now);
		let stake = self.money.held(&agent.account, Reason::AgentStake);
		let other = self.money.bound(&agent.account) - stake;
		free.map(|(amount, _)| amount).sum::<u128>().min(stake.saturating_sub(other))
	}

	fn withdraw_unbonded(&mut self, id: AgentId) {
		let (now, owner, account) = (self.now, self.owner_of(id), account_of(id));
		let free = self.free_stake(id);
		let unbonding = &mut self.agent(id).unbonding;
		take_from(
			unbonding.iter_mut().filter(|(_, at)| *at <= now).map(|(amount, _)| amount),
			free,
		);
		unbonding.retain(|(amount, _)| *amount > 0);
		self.money.pay_held(&account, Reason::AgentStake, &owner, free);
	}

	fn withdraw_from(&mut self, id: AgentId, owner: &AccountId, holding: Holding) {
		let account = account_of(id);
		match holding {
			Holding::Native(amount) => {
				self.money.pay(&account, owner, amount);
				assert!(self.money.free(&account) >= EXISTENTIAL, "its account stays");
			}
			Holding::Asset(asset, amount) => {
				self.market.move_shares(asset, &account, owner, amount);
			}
			Holding::Title(title) => {
				assert_eq!(self.titles[&title].owner, account, "it has the title");
				self.give_title(title, owner);
			}
		}
	}

	fn pay_agent(
		&mut self,
		payer: &AccountId,
		id: AgentId,
		outputs: Content,
		amount: u128,
		events: &[RuntimeEvent],
	) {
		let (fee_rate, author_share) =
			(rate(self.settings.protocol_fee), rate(self.settings.author_share));
		let burned_of = |fee: u128| fee - floor(author_share, fee);
		let models = self.agent(id).models.clone();
		let (mut left, mut burned) = (amount, 0);
		for (model, asked) in models.into_iter().filter(|(_, asked)| *asked > 0) {
			let part = floor(asked, amount);
			self.pay(payer, model, outputs, part);
			left -= part;
			burned += burned_of(ceil(fee_rate, part));
		}
		let fee = ceil(fee_rate, left);
		self.pay_fee(payer, fee);
		burned += burned_of(fee);

		let net = left - fee;
		let mut retained = floor(self.agent(id).retention, net);
		let rest = net - retained;
		let title = Title::agent(id);
		match self.titles[&title].beneficiary() {
			Some(owner) if self.money.can_take(&owner, rest) => {
				self.money.pay(payer, &owner, rest);
			}
			Some(_) => retained += rest,
			None => {
				let vault = self.vault.clone();
				self.money.pay(payer, &vault, rest);
				self.credit_vault(title, rest);
			}
		}
		self.add_stake(payer, id, retained);

		let (owner, epoch) = (self.owner_of(id), self.epoch());
		let agent = self.agent(id);
		let own = [Some(&owner), Some(&agent.depositor), agent.operator.as_ref()];
		if own.contains(&Some(payer)) {
			burned = 0;
		}
		if burned > 0 {
			let known = agent.payers.contains_key(payer);
			agent.payers.entry(payer.clone()).or_default().push((epoch, burned));
			if !known {
				self.money.hold(payer, Reason::AgentPayer, payer_deposit());
			}
		}
		let paid = |event: &RuntimeEvent| match event {
			RuntimeEvent::Agents(Event::Paid {
				agent,
				amount: paid,
				protocol_fee,
				retained: kept,
				burned: counted,
				..
			}) => {
				(*agent, *paid, *protocol_fee, *kept, *counted)
					== (id, amount, fee, retained, burned)
			}
			_ => false,
		};
		assert!(events.iter().any(paid), "the event says what was paid");
	}

	/// Takes of an agent's stake what its account has lost for a wrong that was shown, once more.
	pub(super) fn answer_for(&mut self, who: &AccountId, lost: u128) {
		let Some(agent) = self.agents.iter_mut().find(|agent| agent.account == *who) else {
			return;
		};
		let unbonding = agent.unbonding.iter_mut().map(|(amount, _)| amount);
		let taken = take_from([&mut agent.bonded].into_iter().chain(unbonding), lost);
		agent.unbonding.retain(|(amount, _)| *amount > 0);
		self.money.burn_held(who, Reason::AgentStake, taken);
	}
}
