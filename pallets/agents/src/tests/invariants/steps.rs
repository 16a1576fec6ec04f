//! What may happen to agents, at random.

use frame_support::BoundedVec;
use proptest::prelude::*;
use tributary_primitives::agent::{Budget, Mandate};

use super::super::fixture;
use crate::mock::{probe::pallet::Call as ProbeCall, *};

/// An account, as far as a step can know it.
#[derive(Clone, Copy, Debug)]
pub enum Party {
	Bob,
	Stranger,
	/// The account of an agent, which may be the one that acts.
	Agent(u32),
}

impl Party {
	pub fn account(self) -> AccountId {
		match self {
			Self::Bob => BOB,
			Self::Stranger => STRANGER,
			Self::Agent(id) => fixture::account(id),
		}
	}
}

/// A call that nests no others.
#[derive(Clone, Debug)]
pub enum Leaf {
	Remark,
	Send(Party, u128),
	SendAll(Party),
	SendAsset(u32, Party, u128),
	Hold(u128),
	Release(u128),
	Earn(u128),
	Touch(Vec<u32>),
	ChangeSeller(Party),
	PaySeller(u32),
	LoseTitle(u32),
	Slash(u128),
	Drain,
	/// Transfers in a batch in a wrapper that the rules have forgotten.
	Forward(Vec<(Party, u128)>),
	/// A change of the agent's own mandate by such a wrapper.
	Forge(u32),
	Pay(u32, u128),
	/// A call that no agent makes.
	Pause(u32),
	/// A batch that may leave calls undone.
	Lax,
}

/// A call.
#[derive(Clone, Debug)]
pub enum Tree {
	Leaf(Leaf),
	Nest(Vec<Tree>),
}

impl Tree {
	pub fn call(&self) -> RuntimeCall {
		let leaf = match self {
			Self::Nest(trees) => return fixture::batch(trees.iter().map(Self::call).collect()),
			Self::Leaf(leaf) => leaf,
		};
		let probe = match leaf.clone() {
			Leaf::Remark => return fixture::remark(),
			Leaf::Send(to, value) => return fixture::send(to.account(), value),
			Leaf::SendAll(to) => return fixture::send_all(to.account()),
			Leaf::SendAsset(asset, to, amount) => {
				return fixture::send_asset(asset, to.account(), amount)
			}
			Leaf::Pay(agent, amount) => return fixture::pay_call(agent, amount).into(),
			Leaf::Pause(agent) => return crate::Call::pause { agent }.into(),
			Leaf::Lax => {
				return pallet_utility::Call::batch { calls: vec![fixture::remark()] }.into()
			}
			Leaf::Hold(amount) => ProbeCall::hold { amount },
			Leaf::Release(amount) => ProbeCall::release { amount },
			Leaf::Earn(amount) => ProbeCall::earn { amount },
			Leaf::Touch(assets) => ProbeCall::touch { assets },
			Leaf::ChangeSeller(to) => ProbeCall::change_seller { to: to.account() },
			Leaf::PaySeller(asset) => ProbeCall::pay_seller { asset },
			Leaf::LoseTitle(agent) => ProbeCall::lose_title { agent, to: BOB },
			Leaf::Slash(amount) => ProbeCall::be_slashed { amount },
			Leaf::Drain => ProbeCall::drain {},
			Leaf::Forward(sends) => {
				let sends = sends.iter().map(|(to, value)| fixture::send(to.account(), *value));
				ProbeCall::forward { call: Box::new(fixture::batch(sends.collect())) }
			}
			Leaf::Forge(agent) => {
				let call = crate::Call::set_mandate { agent, mandate: None };
				ProbeCall::forward_as { who: ALICE, call: Box::new(call.into()) }
			}
		};
		fixture::probe(probe)
	}

	/// Whether it gives away the title of the agent `id`.
	pub fn sells(&self, id: u32) -> bool {
		matches!(self, Self::Leaf(Leaf::LoseTitle(sold)) if *sold == id)
	}

	/// The calls that it is made of, those that nest others included.
	pub fn all(&self) -> Vec<&Self> {
		match self {
			Self::Leaf(_) => vec![self],
			Self::Nest(trees) => {
				[self].into_iter().chain(trees.iter().flat_map(Self::all)).collect()
			}
		}
	}
}

/// What happens.
#[derive(Clone, Debug)]
pub enum Step {
	Act(u32, Tree),
	Wait(u32),
	SetMandate(u32, Box<Terms>),
	RemoveMandate(u32),
	Pause(u32),
	Resume(u32),
	/// Whether the new owner names the operator again.
	Sell(u32, bool),
	Bond(u32, u128),
	Unbond(u32, u128),
	WithdrawUnbonded(u32),
	Pay(u32, u128),
	Fund(u32, u128),
	FundAsset(u32, u32, u128),
}

/// What a mandate says, with blocks counted from the one in which it is set.
#[derive(Clone, Debug)]
pub struct Terms {
	/// The calls of the fixture's mandate that it lacks.
	lacks: u32,
	native: Budget,
	assets: Vec<(u32, Budget)>,
	window: u32,
	counterparties: Option<Vec<Party>>,
	lasts: u32,
}

impl Terms {
	pub fn mandate(&self) -> Mandate<AccountId> {
		let mut calls = fixture::mandate().calls;
		let mut at = 0;
		calls.retain(|_| {
			at += 1;
			self.lacks >> (at - 1) & 1 == 0
		});
		let sorted = |parties: &Vec<Party>| {
			let mut accounts: Vec<_> = parties.iter().map(|party| party.account()).collect();
			accounts.sort_unstable();
			accounts.dedup();
			BoundedVec::truncate_from(accounts)
		};
		Mandate {
			calls,
			native: self.native,
			assets: BoundedVec::truncate_from(self.assets.clone()),
			window: self.window,
			counterparties: self.counterparties.as_ref().map(sorted),
			expires_at: System::block_number() + self.lasts,
		}
	}
}

fn agent() -> impl Strategy<Value = u32> {
	0u32..2
}

fn party() -> impl Strategy<Value = Party> {
	prop_oneof![
		3 => Just(Party::Bob),
		1 => Just(Party::Stranger),
		1 => agent().prop_map(Party::Agent),
	]
}

fn amount() -> impl Strategy<Value = u128> {
	prop_oneof![12 => 0u128..600, 1 => 900u128..1_100, 1 => 0u128..200_000]
}

fn asset() -> impl Strategy<Value = u32> {
	prop_oneof![4 => Just(fixture::ASSET), 1 => Just(fixture::OTHER_ASSET), 1 => Just(22u32)]
}

fn leaf() -> impl Strategy<Value = Tree> {
	let leaf = prop_oneof![
		4 => Just(Leaf::Remark),
		10 => (party(), amount()).prop_map(|(to, value)| Leaf::Send(to, value)),
		1 => party().prop_map(Leaf::SendAll),
		8 => (asset(), party(), 0u128..110).prop_map(|(asset, to, amount)| {
			Leaf::SendAsset(asset, to, amount)
		}),
		4 => amount().prop_map(Leaf::Hold),
		3 => amount().prop_map(Leaf::Release),
		3 => amount().prop_map(Leaf::Earn),
		2 => prop::collection::vec(0u32..30, 0..9).prop_map(Leaf::Touch),
		2 => party().prop_map(Leaf::ChangeSeller),
		3 => asset().prop_map(Leaf::PaySeller),
		1 => agent().prop_map(Leaf::LoseTitle),
		1 => (0u128..300).prop_map(Leaf::Slash),
		1 => Just(Leaf::Drain),
		3 => prop::collection::vec((party(), amount()), 0..4).prop_map(Leaf::Forward),
		1 => agent().prop_map(Leaf::Forge),
		3 => (agent(), 100u128..600).prop_map(|(agent, amount)| Leaf::Pay(agent, amount)),
		1 => agent().prop_map(Leaf::Pause),
		1 => Just(Leaf::Lax),
	];
	leaf.prop_map(Tree::Leaf)
}

fn tree() -> impl Strategy<Value = Tree> {
	leaf().prop_recursive(3, 20, 5, |inner| {
		prop_oneof![
			8 => prop::collection::vec(inner, 0..5).prop_map(Tree::Nest),
			1 => (14usize..18).prop_map(|count| Tree::Nest(vec![Tree::Leaf(Leaf::Remark); count])),
		]
	})
}

fn budget(most: u128) -> impl Strategy<Value = Budget> {
	prop_oneof![
		6 => (most / 4..most, most..most * 4),
		1 => (0..most, 0..most),
	]
	.prop_map(|(per_call, per_window)| Budget { per_call, per_window })
}

fn terms() -> impl Strategy<Value = Box<Terms>> {
	let lacks = prop_oneof![3 => Just(0u32), 1 => (0u32..32).prop_map(|call| 1 << call)];
	let assets = (any::<[bool; 3]>(), budget(200)).prop_map(|(has, budget)| {
		let assets = [fixture::ASSET, fixture::OTHER_ASSET, 22];
		let has = assets.into_iter().zip(has).filter(|(_, has)| *has);
		has.map(|(asset, _)| (asset, budget)).collect()
	});
	let counterparties = prop_oneof![
		3 => Just(None),
		1 => prop::collection::vec(party(), 0..4).prop_map(Some),
	];
	(lacks, budget(1_500), assets, 1u32..40, counterparties, 0u32..200).prop_map(
		|(lacks, native, assets, window, counterparties, lasts)| {
			Box::new(Terms { lacks, native, assets, window, counterparties, lasts })
		},
	)
}

pub fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		40 => (agent(), tree()).prop_map(|(agent, tree)| Step::Act(agent, tree)),
		10 => (1u32..12).prop_map(Step::Wait),
		5 => (agent(), terms()).prop_map(|(agent, terms)| Step::SetMandate(agent, terms)),
		1 => agent().prop_map(Step::RemoveMandate),
		1 => agent().prop_map(Step::Pause),
		3 => agent().prop_map(Step::Resume),
		1 => (agent(), any::<bool>()).prop_map(|(agent, named)| Step::Sell(agent, named)),
		2 => (agent(), 1u128..500).prop_map(|(agent, amount)| Step::Bond(agent, amount)),
		2 => (agent(), 1u128..300).prop_map(|(agent, amount)| Step::Unbond(agent, amount)),
		2 => agent().prop_map(Step::WithdrawUnbonded),
		2 => (agent(), 100u128..5_000).prop_map(|(agent, amount)| Step::Pay(agent, amount)),
		2 => (agent(), 1u128..2_000).prop_map(|(agent, amount)| Step::Fund(agent, amount)),
		2 => (agent(), asset(), 1u128..200).prop_map(|(agent, asset, amount)| {
			Step::FundAsset(agent, asset, amount)
		}),
	]
}
