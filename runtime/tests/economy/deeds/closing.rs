//! What is left to do when nothing new happens: all that can be claimed, collected or taken back.

use pallet_agents::{Call as Agents, Holding};
use pallet_attribution::Call as Attribution;
use pallet_availability::Call as Availability;
use pallet_channels::Call as Channels;
use pallet_datasets::Call as Datasets;
use pallet_originality::Call as Originality;
use pallet_shares::Call as Shares;
use pallet_usage::Call as Usage;
use sp_keyring::Sr25519Keyring as Account;
use tributary_primitives::{
	agent::{AgentState, Budget, Mandate},
	ids::{AgentId, ModelId},
	title::{Title, TitleKind},
};
use tributary_runtime::{
	params::{ReceiptRetention, RevealWindow},
	AccountId, Runtime, RuntimeCall,
};

use super::{address, agents::allowed, blocks, Actor, Deed, Scene, Who, POOR};
use crate::model::{
	agents::MIN_STAKE,
	money::{Reason, EXISTENTIAL},
	TRIB,
};

/// What may be left to do of one kind.
pub type Duty = fn(&mut Scene) -> Vec<Deed>;

/// Who does what anyone may do.
const ANYONE: Account = Account::Alice;

/// What has everyone exist.
pub const ENDOW: &[Duty] = &[Scene::endow];

/// What has every agent owned by a person that can be.
pub const FREE: &[Duty] = &[Scene::free_titles];

/// What has every agent act that is owned by a person and not retired.
pub const EMPLOY: &[Duty] = &[Scene::employ_all];

/// What is done until none of it is left, in this order.
pub const SETTLE: &[Duty] = &[
	Scene::enforce_all,
	Scene::close_accusations,
	Scene::expire_all,
	Scene::finish_channels,
	Scene::report_all,
	Scene::finalise_all,
	Scene::claim_sources,
	Scene::pay_rewards,
	Scene::withdraw_announcements,
	Scene::claim_all_passed,
	Scene::claim_models,
	Scene::unstake_all,
	Scene::collect_dues,
	Scene::release_receipts,
	Scene::unbond_all,
	Scene::withdraw_contributions,
];

/// What leaves agents without a stake, so that none of them acts any more.
pub const END_AGENTS: &[Duty] =
	&[Scene::unbond_agents, Scene::withdraw_stakes, Scene::empty_agents];

/// What ends agents for good.
pub const RETIRE: &[Duty] = &[Scene::retire_agents];

fn by_anyone(call: impl Into<RuntimeCall>) -> Deed {
	Deed { who: Who::Actor(ANYONE.into()), call: call.into() }
}

impl Scene {
	/// The deeds of whoever is named, of those who can act.
	fn each_by<C: Into<RuntimeCall>>(
		&self,
		calls: impl IntoIterator<Item = (AccountId, C)>,
	) -> Vec<Deed> {
		let deed =
			|(who, call): (AccountId, C)| self.by_operator(Deed::of(self.holder(&who)?, call)?);
		calls.into_iter().filter_map(deed).collect()
	}

	/// The agents with an owner who is a person.
	fn owned_agents(&self) -> Vec<(AgentId, Account)> {
		let all = 0..self.facts.agents.len() as AgentId;
		let owned = all.filter_map(|id| {
			match self.holder(&self.facts.titles[&Title::agent(id)].owner)? {
				Actor::Person(owner) => Some((id, owner)),
				Actor::Agent(_) => None,
			}
		});
		owned.collect()
	}

	/// Whether somebody can still speak for the account: it is no agent's, or that of one that acts.
	pub fn is_spoken_for(&self, who: &AccountId) -> bool {
		self.facts.agents.iter().all(|agent| agent.account != *who) || self.holder(who).is_some()
	}

	/// Whether the account is an agent's that a person owns.
	pub fn owner_speaks(&self, who: &AccountId) -> bool {
		let owned = self.owned_agents();
		owned.iter().any(|(agent, _)| self.facts.agents[*agent as usize].account == *who)
	}

	/// The last block of all that ends by itself.
	pub fn last_deadline(&self) -> u32 {
		let facts = &self.facts;
		let demands = facts.demands.open.values().map(|open| open.answer_until);
		let reports = facts.reports.standing.values().filter(|report| !report.is_final);
		let reports = reports.map(|report| report.challenge_until);
		let rewards = facts.reports.rewards.values().map(|reward| reward.reveal_until);
		let accusations = facts.accusations.open.values().map(|open| open.prove_until);
		let channels = facts.channels.open.values().map(|open| open.expires_at);
		let commitments = facts.commitments.values().map(|open| open.at + blocks::<RevealWindow>());
		let receipts = facts.payments.receipts.values().flatten();
		let receipts = receipts.filter(|receipt| !receipt.released);
		let receipts = receipts.map(|receipt| receipt.block + blocks::<ReceiptRetention>());
		let unbonding = facts.agents.iter().flat_map(|agent| &agent.unbonding);
		let unbonding = unbonding.map(|(_, free_at)| *free_at);
		let ends = demands.chain(reports).chain(rewards).chain(accusations).chain(channels);
		let ends = ends.chain(commitments).chain(receipts).chain(unbonding);
		ends.fold(facts.epoch() * 10 + 9, u32::max)
	}

	fn endow(&mut self) -> Vec<Deed> {
		let give = |poor: Account| {
			let (dest, value) = (address(poor), 1_000 * TRIB);
			by_anyone(pallet_balances::Call::<Runtime>::transfer_allow_death { dest, value })
		};
		POOR.map(give).into()
	}

	/// Takes out of agents' accounts the titles of others, so that these have an owner who speaks.
	fn free_titles(&mut self) -> Vec<Deed> {
		let owned = self.owned_agents().into_iter().flat_map(|(agent, owner)| {
			let account = self.facts.agents[agent as usize].account.clone();
			let titles = self.facts.titles.iter().filter(move |(title, book)| {
				title.kind == TitleKind::Agent && book.owner == account
			});
			titles.filter_map(move |(title, _)| {
				Deed::of(
					owner,
					Agents::<Runtime>::withdraw { agent, holding: Holding::Title(*title) },
				)
			})
		});
		owned.collect()
	}

	/// Has owners act for their agents themselves, whatever there is to do.
	fn employ_all(&mut self) -> Vec<Deed> {
		let most = Budget { per_call: u128::MAX / 4, per_window: u128::MAX / 4 };
		let mandate = Mandate {
			calls: allowed().try_into().expect("they are few"),
			native: most,
			assets: Vec::new().try_into().expect("there is none"),
			window: 1,
			counterparties: None,
			expires_at: u32::MAX,
		};
		let mut deeds = Vec::new();
		for (agent, owner) in self.owned_agents() {
			let known = &self.facts.agents[agent as usize];
			if known.state == AgentState::Retired {
				continue;
			}
			if known.state == AgentState::Paused {
				deeds.extend(Deed::of(owner, Agents::<Runtime>::resume { agent }));
			}
			let (operator, mandate) = (Some(owner.to_account_id()), Some(mandate.clone()));
			deeds.push(by_anyone(Agents::<Runtime>::bond { agent, amount: MIN_STAKE }));
			deeds.extend(Deed::of(owner, Agents::<Runtime>::set_operator { agent, operator }));
			deeds.extend(Deed::of(owner, Agents::<Runtime>::set_mandate { agent, mandate }));
		}
		deeds
	}

	fn enforce_all(&mut self) -> Vec<Deed> {
		let open = self.facts.demands.open.iter();
		let over = open.filter(|(_, open)| self.facts.now > open.answer_until);
		let demands = over.map(|(demand, _)| *demand);
		demands.map(|demand| by_anyone(Availability::<Runtime>::enforce { demand })).collect()
	}

	fn close_accusations(&mut self) -> Vec<Deed> {
		let open = self.facts.accusations.open.iter();
		let over = open.filter(|(_, open)| self.facts.now > open.prove_until);
		let close = |(accused, challenger): &(u64, AccountId)| Originality::<Runtime>::close {
			accused: *accused,
			challenger: challenger.clone(),
		};
		over.map(|(key, _)| by_anyone(close(key))).collect()
	}

	fn expire_all(&mut self) -> Vec<Deed> {
		let old = |at: u32| self.facts.now > at + blocks::<RevealWindow>();
		let open = self.facts.commitments.iter().filter(|(_, open)| old(open.at));
		open.map(|(seq, _)| by_anyone(Datasets::<Runtime>::expire { seq: *seq })).collect()
	}

	fn finish_channels(&mut self) -> Vec<Deed> {
		let open = self.facts.channels.open.iter();
		let over = open.filter(|(_, channel)| self.facts.now > channel.expires_at);
		over.map(|(id, _)| by_anyone(Channels::<Runtime>::finish { channel: *id })).collect()
	}

	/// Reports what is right about every epoch that is over and that nobody has reported.
	fn report_all(&mut self) -> Vec<Deed> {
		let places = self.unreported();
		let amount = self.facts.settings.report_bond * places.len() as u128;
		let mut deeds = Vec::new();
		if amount > 0 {
			deeds.push(by_anyone(Attribution::<Runtime>::bond { amount }));
		}
		for place in places {
			let entries = self.facts.entries(place, &self.facts.corpus(place));
			deeds.push(by_anyone(self.report_of(place, &entries, Vec::new())));
		}
		deeds
	}

	fn finalise_all(&mut self) -> Vec<Deed> {
		let standing = self.facts.reports.standing.iter();
		let ripe = standing
			.filter(|(_, report)| !report.is_final && self.facts.now > report.challenge_until);
		let finalise = |(model, epoch)| Attribution::<Runtime>::finalise { model, epoch };
		ripe.map(|(place, _)| by_anyone(finalise(*place))).collect()
	}

	fn claim_sources(&mut self) -> Vec<Deed> {
		let mut deeds = Vec::new();
		for ((model, epoch), report) in &self.facts.reports.standing {
			let rows = self.facts.library.rows(&report.entries);
			let mut sources: Vec<u64> = rows.iter().map(|row| row.source).collect();
			sources.sort_unstable();
			sources.dedup();
			sources.retain(|source| *source > 0 && !report.claims.contains_key(source));
			for source in sources.into_iter().filter(|_| report.is_final) {
				let (first, last) = self.run(&report.payouts, source).expect("it has a run");
				let (model, epoch) = (*model, *epoch);
				let call = Attribution::<Runtime>::claim { model, epoch, source, first, last };
				deeds.push(by_anyone(call));
			}
		}
		deeds
	}

	fn pay_rewards(&mut self) -> Vec<Deed> {
		let waiting = self.facts.reports.rewards.iter();
		let over = waiting.filter(|(_, reward)| self.facts.now > reward.reveal_until);
		over.map(|(id, _)| by_anyone(Attribution::<Runtime>::pay_reward { report: *id })).collect()
	}

	fn withdraw_announcements(&mut self) -> Vec<Deed> {
		let reports = &self.facts.reports;
		let over = reports.announcements.iter().filter(|((id, _), announced)| {
			let standing = reports.standing.get(&announced.place);
			let open = standing.is_some_and(|report| report.id == *id && !report.is_final);
			!open && !reports.rewards.contains_key(id)
		});
		self.each_by(over.map(|((report, who), _)| {
			(who.clone(), Attribution::<Runtime>::withdraw_announcement { report: *report })
		}))
	}

	/// The latest sources first: they pass on to earlier ones.
	fn claim_all_passed(&mut self) -> Vec<Deed> {
		let mut deeds = Vec::new();
		for seq in self.facts.contributions.keys().rev() {
			let entries = self.entries_passed(*seq).into_iter().map(|(index, _)| index);
			let due = entries.filter(|index| self.facts.passed_left(seq + 1, *index) > 0);
			deeds.extend(due.map(|index| by_anyone(self.claim_of_passed(*seq, index))));
		}
		deeds
	}

	fn claim_models(&mut self) -> Vec<Deed> {
		let mut deeds = Vec::new();
		for (model, of) in (0..).zip(&self.facts.models) {
			if of.owner > 0 {
				deeds.push(by_anyone(Usage::<Runtime>::claim_owner { model }));
			}
			let ancestors = of.ancestors.keys();
			let open = ancestors.flat_map(|id| {
				self.open_tenures(model, *id).into_iter().map(move |tenure| (*id, tenure))
			});
			deeds.extend(open.map(|(ancestor, tenure)| {
				by_anyone(Usage::<Runtime>::claim_lineage { model, ancestor, tenure })
			}));
		}
		deeds
	}

	/// The tenures of an ancestor of which something can be claimed.
	pub(super) fn open_tenures(&self, model: ModelId, ancestor: ModelId) -> Vec<u32> {
		let tenures = &self.facts.titles[&Title::model(ancestor)].tenures;
		let open = tenures.iter().enumerate().filter(|(index, tenure)| {
			let paid = tenure.paid.get(&model).copied().unwrap_or(0);
			self.facts.earned(model, ancestor, *index) > paid
		});
		open.map(|(index, _)| index as u32).collect()
	}

	fn unstake_all(&mut self) -> Vec<Deed> {
		let stakes = self.facts.vaults.open.iter().flat_map(|(title, vault)| {
			vault.stakes.iter().map(move |(who, stake)| (*title, who.clone(), stake.shares))
		});
		self.each_by(stakes.map(|(title, who, shares)| {
			(who, Shares::<Runtime>::unstake { title, shares: shares as u64 })
		}))
	}

	fn collect_dues(&mut self) -> Vec<Deed> {
		let dues = self.facts.payments.dues.keys().cloned();
		let dues = dues.map(|beneficiary| by_anyone(Usage::<Runtime>::collect_due { beneficiary }));
		let owed = self.facts.vaults.owed.keys().cloned();
		let owed = owed.map(|(title, asset, who)| {
			by_anyone(Shares::<Runtime>::collect_owed { title, asset, who })
		});
		dues.chain(owed).collect()
	}

	fn release_receipts(&mut self) -> Vec<Deed> {
		let last = self.facts.now.saturating_sub(blocks::<ReceiptRetention>());
		let mut calls = Vec::new();
		for ((model, epoch), receipts) in &self.facts.payments.receipts {
			let settled = self.facts.payments.is_settled((*model, *epoch));
			let old = (0..)
				.zip(receipts)
				.filter(|(_, receipt)| settled && !receipt.released && receipt.block <= last);
			calls.extend(old.map(|(index, receipt)| {
				let (model, epoch) = (*model, *epoch);
				let call = Usage::<Runtime>::release_receipt { model, epoch, index };
				(receipt.payer.clone(), call)
			}));
		}
		self.each_by(calls)
	}

	fn unbond_all(&mut self) -> Vec<Deed> {
		let locked = self.locked_bonds();
		let bonded = self.facts.money.purses.keys().filter_map(|who| {
			let bonded = self.facts.money.held(who, Reason::Bond);
			let amount = bonded - locked.get(who).copied().unwrap_or(0);
			(amount > 0).then(|| (who.clone(), Attribution::<Runtime>::unbond { amount }))
		});
		self.each_by(bonded)
	}

	fn withdraw_contributions(&mut self) -> Vec<Deed> {
		let standing = self.facts.contributions.iter();
		let standing = standing.filter(|(_, contribution)| contribution.ended.is_none());
		self.each_by(standing.map(|(seq, contribution)| {
			(contribution.who.clone(), Datasets::<Runtime>::withdraw { seq: *seq })
		}))
	}

	fn unbond_agents(&mut self) -> Vec<Deed> {
		let unbond = |(agent, owner): (AgentId, Account)| {
			let amount = self.facts.agents[agent as usize].bonded;
			let call = Agents::<Runtime>::unbond { agent, amount };
			(amount > 0).then(|| Deed::of(owner, call)).flatten()
		};
		self.owned_agents().into_iter().filter_map(unbond).collect()
	}

	fn retire_agents(&mut self) -> Vec<Deed> {
		let owned = self.owned_agents().into_iter();
		let working = owned
			.filter(|(agent, _)| self.facts.agents[*agent as usize].state != AgentState::Retired);
		let retire = |(agent, owner)| Deed::of(owner, Agents::<Runtime>::retire { agent });
		working.filter_map(retire).collect()
	}

	fn withdraw_stakes(&mut self) -> Vec<Deed> {
		let all = (0..self.facts.agents.len() as AgentId)
			.filter(|agent| self.facts.free_stake(*agent) > 0);
		all.map(|agent| by_anyone(Agents::<Runtime>::withdraw_unbonded { agent })).collect()
	}

	fn empty_agents(&mut self) -> Vec<Deed> {
		let withdraw = |(agent, owner): (AgentId, Account)| {
			let account = &self.facts.agents[agent as usize].account;
			let amount = self.facts.money.free(account).saturating_sub(EXISTENTIAL);
			let holding = Holding::Native(amount);
			let call = Agents::<Runtime>::withdraw { agent, holding };
			(amount > 0).then(|| Deed::of(owner, call)).flatten()
		};
		self.owned_agents().into_iter().filter_map(withdraw).collect()
	}
}
