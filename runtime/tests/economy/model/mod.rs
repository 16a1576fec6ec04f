//! A second model of the money, written from the protocol: who has what after each call, in whole planck.
//!
//! It is told of each call that succeeded. The one amount that it takes from the chain is the fee of a
//! transaction, which weights decide; how a fee is divided, it says itself. Of the other events it takes what
//! is no money: numbers that were given, blocks until which something holds, what was drawn by lot. It has no
//! code of the pallets, and none of their arithmetic; where they accumulate, it goes through everyone.

pub mod accusations;
pub mod acts;
pub mod agents;
pub mod allowances;
pub mod batches;
pub mod channels;
pub mod demands;
pub mod market;
pub mod money;
pub mod parts;
pub mod passed;
pub mod payments;
pub mod registry;
pub mod reports;
pub mod titles;
pub mod vaults;

use std::collections::BTreeMap;

use frame_support::PalletId;
use sp_runtime::{traits::AccountIdConversion, Perbill};
use tributary_primitives::{
	fees::{Settings, DEFAULTS},
	ids::Seq,
	title::Title,
};
use tributary_runtime::{AccountId, Hash, RuntimeCall, RuntimeEvent};

use crate::library::Library;

use self::{
	accusations::Accusations, agents::Agent, channels::Channels, demands::Demands, market::Market,
	money::Money, payments::Payments, registry::*, reports::Reports, titles::TitleBook,
	vaults::Vaults,
};

/// One token.
pub const TRIB: u128 = 1_000_000_000_000;

/// The deposit for `items` records of `bytes` bytes in all.
pub fn deposit(items: u128, bytes: usize) -> u128 {
	items * TRIB / 10 + bytes as u128 * TRIB / 10_000
}

/// A rate in parts of a billion.
pub fn rate(rate: Perbill) -> u128 {
	rate.deconstruct().into()
}

/// What `found` looks for among `events`, which hold it.
pub fn told<T>(events: &[RuntimeEvent], found: impl FnMut(&RuntimeEvent) -> Option<T>) -> T {
	events.iter().find_map(found).expect("the call says so by an event")
}

/// All that there is, and whose it is.
pub struct Expected {
	/// The hash of the first block.
	pub genesis: Hash,
	/// The block that is made.
	pub now: u32,
	/// Who makes it.
	pub author: AccountId,
	pub treasury: AccountId,
	/// The account of payments.
	pub revenue: AccountId,
	/// The account of vaults.
	pub vault: AccountId,
	pub settings: Settings,
	pub money: Money,
	/// The bytes of all that is named.
	pub library: Library,
	pub datasets: Vec<Dataset>,
	pub next_seq: Seq,
	pub commitments: BTreeMap<Seq, Commitment>,
	pub contributions: BTreeMap<Seq, Contribution>,
	pub models: Vec<Model>,
	pub titles: BTreeMap<Title, TitleBook>,
	pub payments: Payments,
	pub reports: Reports,
	pub demands: Demands,
	pub accusations: Accusations,
	pub vaults: Vaults,
	pub channels: Channels,
	pub market: Market,
	pub agents: Vec<Agent>,
	/// How many titles were given away by delegates.
	pub taken: u64,
}

impl Expected {
	/// A chain of that genesis on which nothing has happened, with so much money.
	pub fn new(genesis: Hash, money: Money) -> Self {
		let account = |id: &[u8; 8]| PalletId(*id).into_account_truncating();
		let treasury = account(b"py/trsry");
		Self {
			genesis,
			now: 0,
			author: AccountId::clone(&treasury),
			treasury,
			revenue: account(b"tr/usage"),
			vault: account(b"tr/share"),
			settings: DEFAULTS,
			money,
			library: Library::default(),
			datasets: Vec::new(),
			next_seq: 0,
			commitments: BTreeMap::new(),
			contributions: BTreeMap::new(),
			models: Vec::new(),
			titles: BTreeMap::new(),
			payments: Payments::default(),
			reports: Reports::default(),
			demands: Demands::default(),
			accusations: Accusations::default(),
			vaults: Vaults::default(),
			channels: Channels::default(),
			market: Market::default(),
			agents: Vec::new(),
			taken: 0,
		}
	}

	/// The epoch of the block that is made.
	pub fn epoch(&self) -> u32 {
		self.now / 10
	}

	/// Notes that `call` succeeded, which `signer` has signed, unless it is root's or nobody's.
	pub fn heard(
		&mut self,
		signer: Option<&AccountId>,
		call: &RuntimeCall,
		events: &[RuntimeEvent],
	) {
		let nobody = AccountId::new([0; 32]);
		let who = signer.unwrap_or(&nobody);
		match call {
			RuntimeCall::Datasets(call) => self.dataset_call(who, call),
			RuntimeCall::Models(call) => self.model_call(who, call),
			RuntimeCall::Usage(call) => self.payment_call(who, call),
			RuntimeCall::Attribution(call) => self.report_call(who, call, events),
			RuntimeCall::Availability(call) => self.demand_call(call, events),
			RuntimeCall::Originality(call) => self.accusation_call(who, call, events),
			RuntimeCall::Shares(call) => self.vault_call(who, call, events),
			RuntimeCall::Channels(call) => self.channel_call(who, call),
			RuntimeCall::Nfts(call) => self.title_call(who, call),
			RuntimeCall::Assets(call) => self.asset_call(who, call),
			RuntimeCall::AssetConversion(call) => self.pool_call(who, call, events),
			RuntimeCall::Agents(call) => self.agent_call(who, call, events),
			RuntimeCall::Utility(call) => self.batch_call(signer, call, events),
			RuntimeCall::Balances(pallet_balances::Call::transfer_allow_death { dest, value }) => {
				self.money.pay(who, &titles::account(dest), *value);
			}
			RuntimeCall::Settings(pallet_settings::Call::set { setting }) => {
				self.settings = self.settings.clone().with(setting.clone());
			}
			call => panic!("nothing is known of {call:?}"),
		}
	}

	/// Notes the fee of a transaction, `tip` planck of it a tip.
	pub fn charged(&mut self, who: &AccountId, fee: u128, tip: u128) {
		let treasury = parts::floor(rate(self.settings.treasury_share), fee - tip);
		self.money.pay(who, &self.treasury, treasury);
		self.money.pay(who, &self.author, fee - treasury);
	}
}
