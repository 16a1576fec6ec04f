//! What an agent may do for its operator at all, whatever its mandate says (protocol 9).
//!
//! A mandate lists calls. This says what each call of the runtime means for one: whether the operator may
//! make it in the agent's name, whom it deals with, and which assets it may move. A call that is not named
//! here is for no operator, so a pallet that is new, and a call that a pallet got, is so too.
//!
//! Three rules decide.
//!
//! - What gives rights away, or value at a later time, is for no operator: proxies, multisigs, session keys,
//!   approvals, price lists and swaps of titles, curators, what a model asks of those who build on it, and the
//!   agent's own mandate. So is what uses a right that others gave the agent, an allowance or a curator's
//!   vote: it would move their money past the measure.
//! - What carries other calls is for no operator, but `Utility.batch_all`, whose calls are looked at one by
//!   one.
//! - The counterparties of a call are the accounts that it names, the account of each pool that it trades
//!   with, whoever answers a demand or is accused, and whoever owns what it pays for; where the revenue of
//!   that is its vault's, the account of the vaults too, as those who staked have it then. The agent itself
//!   is none. Where one of them can not be found the call is for no operator: what it means could only be
//!   seen when it is made. A demand or an accusation of what is not there fails in any case, or is of what
//!   the act itself makes.
//!
//! # What no counterparty is named for
//!
//! Deposits and bonds leave the free balance when they are held, and are spent then. Whoever proves that the
//! agent reported or contributed wrongly gets a part of them: who that is, is not known before. Whoever
//! contributed a source that a report lists as unseen is paid for showing the chunks that are drawn of it. What
//! a payment for a model gives to its ancestors and sources is its owner's choice. What the agent will earn by a
//! model, contribution or dataset that the act itself makes is divided as its terms say.

mod common;
mod ours;

use alloc::{vec, vec::Vec};

use codec::{Encode, Output};
use pallet_agents::{CallRule, CallRules};
use sp_runtime::traits::StaticLookup;
use tributary_primitives::{
	agent::CallIndex,
	ids::{AgentId, Seq},
	title::{Beneficiary, Title},
	traits::{Contributions as _, Titles as _, Vaults as _},
};

use crate::{AccountId, Address, Datasets, Runtime, RuntimeCall, Shares, Titles};

/// The rules for the calls of this runtime.
pub struct Delegable;

impl CallRules<AccountId, RuntimeCall> for Delegable {
	fn index(call: &RuntimeCall) -> CallIndex {
		let mut first = FirstBytes::default();
		call.encode_to(&mut first);
		let [pallet, call] = first.bytes;
		CallIndex { pallet, call }
	}

	fn rule<'a>(agent: &AccountId, call: &'a RuntimeCall) -> CallRule<'a, AccountId, RuntimeCall> {
		if let RuntimeCall::Utility(pallet_utility::Call::batch_all { calls }) = call {
			return CallRule::Nest(calls);
		}
		match leaf(agent, call) {
			Some(Leaf { mut counterparties, mut assets }) => {
				counterparties.retain(|account| account != agent);
				counterparties.sort();
				counterparties.dedup();
				assets.sort();
				assets.dedup();
				CallRule::Leaf { counterparties, assets }
			}
			None => CallRule::NotDelegable,
		}
	}
}

/// Keeps the first two bytes of what is written to it: of a call, the indices of its pallet and of itself.
#[derive(Default)]
struct FirstBytes {
	bytes: [u8; 2],
	len: usize,
}

impl Output for FirstBytes {
	fn write(&mut self, bytes: &[u8]) {
		for (kept, byte) in self.bytes.iter_mut().skip(self.len).zip(bytes) {
			*kept = *byte;
			self.len = self.len.saturating_add(1);
		}
	}
}

/// A call that carries no other: whom it deals with, and what it may move beside the native token.
#[derive(Default)]
struct Leaf {
	counterparties: Vec<AccountId>,
	assets: Vec<u32>,
}

impl Leaf {
	/// One that deals with nobody.
	fn alone() -> Option<Self> {
		Some(Self::default())
	}

	/// One that deals with these.
	fn with(counterparties: Vec<AccountId>) -> Option<Self> {
		Some(Self { counterparties, ..Self::default() })
	}

	/// One that deals with nobody, and may move this asset.
	fn moving(asset: u32) -> Option<Self> {
		Some(Self { assets: vec![asset], ..Self::default() })
	}
}

/// What a call that carries no other means; `None` where it is for no operator.
fn leaf(agent: &AccountId, call: &RuntimeCall) -> Option<Leaf> {
	match call {
		RuntimeCall::System(call) => common::system(call),
		RuntimeCall::Balances(call) => common::balances(call),
		RuntimeCall::Nfts(call) => common::nfts(call),
		RuntimeCall::Assets(call) => common::assets(call),
		RuntimeCall::AssetConversion(call) => common::pools(agent, call),
		RuntimeCall::Datasets(call) => ours::datasets(call),
		RuntimeCall::Models(call) => ours::models(call),
		RuntimeCall::Usage(call) => ours::usage(call),
		RuntimeCall::Attribution(call) => ours::attribution(call),
		RuntimeCall::Availability(call) => ours::availability(call),
		RuntimeCall::Originality(call) => ours::originality(call),
		RuntimeCall::Shares(call) => ours::shares(call),
		RuntimeCall::Channels(call) => ours::channels(call),
		RuntimeCall::Agents(call) => ours::agents(agent, call),
		_ => None,
	}
}

fn account(address: &Address) -> Option<AccountId> {
	<Runtime as frame_system::Config>::Lookup::lookup(address.clone()).ok()
}

/// Whom a payment for a title is with: its owner, and its vault.
fn earners(title: Title) -> Option<Vec<AccountId>> {
	let owner = Titles::owner(title)?;
	Some([owner].into_iter().chain(vault(title)?).collect())
}

/// The account of the vaults, where what the title earns goes there; `None` where there is no such title.
fn vault(title: Title) -> Option<Option<AccountId>> {
	Some(match Titles::beneficiary(title)? {
		Beneficiary::Owner(_) => None,
		Beneficiary::Vault => Some(Shares::account()),
	})
}

fn shares_of(title: Title) -> Option<u32> {
	pallet_shares::Vaults::<Runtime>::get(title).map(|vault| vault.asset)
}

/// Whoever made a contribution; `None` where there is none.
fn contributor(seq: Seq) -> Option<AccountId> {
	Datasets::contribution(seq).map(|contribution| contribution.contributor)
}

fn agent_account(id: AgentId) -> Option<AccountId> {
	pallet_agents::Agents::<Runtime>::get(id).map(|agent| agent.account)
}
