//! Whether the chain has the money where the second model says, and whether that adds up.

use std::collections::BTreeMap;

use frame_support::traits::fungibles::Inspect as _;
use pallet_settings::Store;
use pallet_usage::views::LineageBalance;
use tributary_primitives::{
	ids::{AgentId, ModelId},
	title::Title,
};
use tributary_runtime::{
	AccountId, Agents, Assets, Balances, Nfts, PoolAssets, Runtime, RuntimeHoldReason, Shares,
	System, Usage,
};

use crate::{
	deeds::Scene,
	model::{
		agents::Agent,
		money::{Money, Purse, Reason},
		parts::floor,
		Expected,
	},
};

/// What all accounts of the chain have, as long as nothing is held.
pub fn first_money() -> Money {
	let accounts = frame_system::Account::<Runtime>::iter();
	let purses = accounts.map(|(who, account)| {
		assert_eq!((account.data.reserved, account.data.frozen), (0, Default::default()), "{who}");
		(who, Purse { free: account.data.free, ..Purse::default() })
	});
	Money { purses: purses.collect(), burned: 0 }
}

/// Compares what changes with most calls.
pub fn compare(expected: &Expected) {
	compare_purses(expected);
	compare_payments(expected);
	compare_vaults(expected);
	compare_shares(expected);
	compare_stakes(expected);
	check_models(expected);
	check_all_payments(expected);
	check_vaults(expected);
}

/// Compares all there is.
pub fn compare_all(expected: &Expected) {
	compare(expected);
	compare_tenures(expected);
	compare_agents(expected);
	for (place, pot) in &expected.payments.pots {
		let stored = pallet_usage::Pots::<Runtime>::get(place.0, place.1).expect("it was paid for");
		let settled = match stored.state {
			pallet_usage::PotState::Open => None,
			pallet_usage::PotState::Settled { unclaimed } => Some(unclaimed),
		};
		let known = (pot.data, pot.fee, pot.settled);
		assert_eq!((stored.data, stored.attribution_fee, settled), known, "pot {place:?}");
	}
	let earned: BTreeMap<(u32, u32), u128> = pallet_attribution::DatasetEarned::<Runtime>::iter()
		.map(|(model, dataset, earned)| ((model, dataset), earned))
		.collect();
	assert_eq!(earned, expected.reports.earned, "what datasets have earned");
	let settings = <<Runtime as pallet_settings::Config>::Store as Store>::settings();
	assert_eq!(settings, expected.settings);
	let dues: BTreeMap<AccountId, u128> = pallet_usage::Dues::<Runtime>::iter().collect();
	assert_eq!(dues, expected.payments.dues);
	let owed: BTreeMap<(Title, u32, AccountId), u128> =
		pallet_shares::Owed::<Runtime>::iter().collect();
	assert_eq!(owed, expected.vaults.owed);
}

/// Checks what is left once all was claimed, collected and taken back: deposits for what is kept for good, what
/// rounding has left, and what agents have for which nobody speaks. Returns how much the latter is.
pub fn check_closed(scene: &Scene) -> u128 {
	let expected = &scene.facts;
	check_closed_payments(scene);
	assert_eq!(expected.vaults.owed, BTreeMap::new(), "what vaults owe");
	let mut stranded = 0;
	for (title, vault) in &expected.vaults.open {
		assert_eq!(vault.owed, 0, "what the vault of {title:?} owes");
		for (who, stake) in &vault.stakes {
			assert!(!scene.is_spoken_for(who), "{who} has staked shares of {title:?}");
			stranded += stake.claimable();
		}
	}
	assert!(expected.demands.open.is_empty(), "demands");
	assert!(expected.accusations.open.is_empty(), "accusations");
	assert!(expected.channels.open.is_empty(), "channels");
	assert!(expected.commitments.is_empty(), "commitments");
	assert!(expected.reports.rewards.is_empty(), "rewards");
	for (who, purse) in &expected.money.purses {
		for (reason, amount) in &purse.held {
			match reason {
				Reason::Revenue | Reason::VaultRevenue => {}
				Reason::Dataset | Reason::Model | Reason::Vault => {}
				Reason::AgentDeposit | Reason::AgentPayer => {}
				Reason::AgentStake => {
					let most = purse.bound() - amount;
					let owned = scene.owner_speaks(who);
					assert!(!owned || *amount <= most, "{who} keeps a stake of {amount}");
					stranded += if owned { 0 } else { *amount };
				}
				reason => {
					assert!(!scene.is_spoken_for(who), "{amount} of {who} are held for {reason:?}");
					stranded += amount;
				}
			}
		}
	}
	stranded
}

/// Of payments nothing is left but what rounding has left of lineages and of what is passed on.
fn check_closed_payments(scene: &Scene) {
	let expected = &scene.facts;
	let payments = &expected.payments;
	assert_eq!(payments.dues, BTreeMap::new(), "what is due");
	for (place, pot) in &payments.pots {
		assert_eq!(pot.settled, Some(0), "pot {place:?}");
	}
	let mut rounded = 0;
	for id in 0..expected.models.len() as ModelId {
		assert_eq!(owed_by(expected, id), (0, 0), "what is claimable of model {id}");
		rounded += residue(expected, id);
	}
	for (source, bucket) in &payments.passed {
		let entries = scene.entries_passed(source - 1).len() as u128;
		assert!(bucket.left < entries, "{} of {entries} entries of {source}", bucket.left);
		rounded += bucket.left;
	}
	let held = expected.money.held(&expected.revenue, Reason::Revenue);
	assert_eq!(held, rounded, "what is left of payments");
}

fn compare_purses(expected: &Expected) {
	assert_eq!(Balances::total_issuance(), expected.money.issued(), "the issuance");
	for (who, purse) in &expected.money.purses {
		let account = System::account(who).data;
		assert_eq!(account.free, purse.free, "what is free of {who}");
		assert_eq!(account.reserved, purse.bound(), "what is not free of {who}");
		let held: Vec<(RuntimeHoldReason, u128)> = pallet_balances::Holds::<Runtime>::get(who)
			.into_iter()
			.map(|hold| (hold.id, hold.amount))
			.collect();
		for (reason, amount) in &purse.held {
			let known = held.contains(&(reason.name(), *amount));
			assert!(known, "{amount} are held of {who} for {reason:?}: {held:?}");
		}
		assert_eq!(held.len(), purse.held.len(), "what is held of {who}: {held:?}");
	}
}

fn compare_payments(expected: &Expected) {
	let payments = &expected.payments;
	assert_eq!(pallet_usage::Deposited::<Runtime>::get(), payments.deposited);
	assert_eq!(pallet_usage::Claimed::<Runtime>::get(), payments.claimed);
	for (id, model) in (0..).zip(&expected.models) {
		let ledger = pallet_usage::Ledgers::<Runtime>::get(id);
		let known = (model.gross, model.owner, model.claimed);
		assert_eq!((ledger.gross, ledger.owner, ledger.claimed), known, "the books of model {id}");
		for ancestor in model.ancestors.keys() {
			let tenures = &expected.titles[&Title::model(*ancestor)].tenures;
			let today = tenures.len() - 1;
			let page = Usage::lineage_tenures(id, *ancestor, today as u32, 2);
			assert_eq!((page.items.len(), page.next), (1, None), "the tenures of {ancestor}");
			let left = left_of(expected, id, *ancestor, today);
			assert_eq!(page.items[0].amount, left, "what model {id} owes to {ancestor}");
		}
	}
	for (who, due) in &payments.dues {
		assert_eq!(pallet_usage::Dues::<Runtime>::get(who), *due, "what is due to {who}");
	}
	for (source, bucket) in &payments.passed {
		let passing = pallet_usage::Passed::<Runtime>::get(source);
		let known = (bucket.credited, bucket.left);
		assert_eq!((passing.credited, passing.left), known, "what {source} passes on");
	}
	// Older ones are looked at with all there is.
	let recent = expected.epoch().saturating_sub(2);
	for (place, pot) in payments.pots.iter().filter(|((_, epoch), _)| *epoch >= recent) {
		let stored = Usage::pot_view(place.0, place.1).expect("it was paid for");
		let unclaimed = pot.settled.unwrap_or(0);
		let known = (pot.data, pot.fee, pot.settled.is_some(), unclaimed);
		let found = (stored.data, stored.attribution_fee, stored.settled, stored.unclaimed);
		assert_eq!(found, known, "pot {place:?}");
	}
}

/// What a tenure has earned and was not paid.
fn left_of(expected: &Expected, model: ModelId, ancestor: ModelId, tenure: usize) -> u128 {
	let tenures = &expected.titles[&Title::model(ancestor)].tenures;
	let paid = tenures[tenure].paid.get(&model).copied().unwrap_or(0);
	expected.earned(model, ancestor, tenure) - paid
}

fn compare_tenures(expected: &Expected) {
	for (id, model) in (0..).zip(&expected.models) {
		for (ancestor, rate) in &model.ancestors {
			let tenures = &expected.titles[&Title::model(*ancestor)].tenures;
			let mut from = Some(0);
			let mut items = Vec::new();
			while let Some(next) = from {
				let page = Usage::lineage_tenures(id, *ancestor, next, 64);
				items.extend(page.items);
				from = page.next;
			}
			let left: Vec<u128> = items.iter().map(|item| item.amount).collect();
			let known: Vec<u128> =
				(0..tenures.len()).map(|tenure| left_of(expected, id, *ancestor, tenure)).collect();
			assert_eq!(left, known, "what model {id} owes to {ancestor} by tenure");
			let all: u128 =
				(0..tenures.len()).map(|tenure| expected.earned(id, *ancestor, tenure)).sum();
			assert_eq!(all, floor(*rate, model.gross), "tenures divide all that {ancestor} earned");
			let balance = Usage::lineage_balance(id, *ancestor).expect("it is an ancestor");
			let LineageBalance { earned, claimed } = balance;
			assert_eq!(earned - claimed, known.iter().sum::<u128>());
		}
	}
}

fn compare_vaults(expected: &Expected) {
	for (title, vault) in &expected.vaults.open {
		let stored = Shares::vault_view(*title).expect("it has a vault");
		let found = (stored.asset, stored.staked, stored.received, stored.paid, stored.owed);
		let known = (vault.asset, vault.staked(), vault.received, vault.paid, vault.owed);
		assert_eq!(found, known, "the vault of {title:?}");
		assert_eq!(stored.residue, vault.residue(), "the residue of the vault of {title:?}");
		for (who, stake) in &vault.stakes {
			let owed = expected.vaults.owed.get(&(*title, vault.asset, who.clone()));
			let known = stake.claimable() + owed.copied().unwrap_or(0);
			let stored = Shares::stake_view(*title, who).expect("it has a stake");
			assert_eq!((stored.staked, stored.claimable), (stake.shares, known), "{who}");
		}
	}
	for (key, owed) in &expected.vaults.owed {
		assert_eq!(pallet_shares::Owed::<Runtime>::get(key), *owed, "what is owed: {key:?}");
	}
}

fn compare_shares(expected: &Expected) {
	for (title, book) in &expected.titles {
		let owner = Nfts::owner(title.kind.collection(), title.id);
		assert_eq!(owner.as_ref(), Some(&book.owner), "the owner of {title:?}");
	}
	let market = &expected.market;
	for ((asset, who), shares) in &market.shares {
		assert_eq!(Assets::balance(*asset, who), *shares, "the shares {asset} of {who}");
	}
	for vault in expected.vaults.open.values() {
		let supply = Assets::total_issuance(vault.asset);
		assert_eq!(supply, market.supply(vault.asset), "all shares {}", vault.asset);
		let staked = market.of(vault.asset, &expected.vault);
		assert_eq!(staked, vault.staked(), "the staked shares {}", vault.asset);
	}
	for pool in market.pools.values() {
		for (who, own) in &pool.liquidity {
			assert_eq!(PoolAssets::balance(pool.token, who), *own, "the liquidity of {who}");
		}
		let supply = pool.liquidity.values().sum::<u128>();
		assert_eq!(PoolAssets::total_issuance(pool.token), supply, "all liquidity");
	}
}

fn compare_stakes(expected: &Expected) {
	for (id, agent) in (0..).zip(&expected.agents) {
		let stake = pallet_agents::Stakes::<Runtime>::get(id);
		let known: u128 = agent.unbonding.iter().map(|(amount, _)| amount).sum();
		let unbonding: u128 = stake.unbonding.iter().map(|part| part.amount).sum();
		assert_eq!((stake.bonded, unbonding), (agent.bonded, known), "the stake of agent {id}");
		let held = expected.money.held(&agent.account, Reason::AgentStake);
		assert_eq!(held, agent.bonded + known, "what is on hold for agent {id}");
	}
}

fn compare_agents(expected: &Expected) {
	for (id, agent) in (0..).zip(&expected.agents) {
		let stored = pallet_agents::Agents::<Runtime>::get(id).expect("it was made");
		let found = (&stored.account, &stored.operator, stored.state);
		assert_eq!(found, (&agent.account, &agent.operator, agent.state), "agent {id}");
		let mandate = pallet_agents::Mandates::<Runtime>::get(id).map(|record| record.mandate);
		let known = agent.mandate.as_ref().map(|orders| &orders.mandate);
		assert_eq!(mandate.as_ref(), known, "the mandate of agent {id}");
		let history = pallet_agents::Histories::<Runtime>::get(id).expect("it has one");
		assert_eq!((history.head, history.length), (agent.head, agent.acts), "what agent {id} did");
		compare_reputation(id, agent);
	}
}

/// What fades is rounded down when something is added, and when it is read.
fn compare_reputation(id: AgentId, agent: &Agent) {
	let view = Agents::reputation_view(id, None, 64).expect("it was made");
	let near = |found: u128, known: f64, rounded: usize| {
		let off = known - found as f64;
		assert!(
			(-0.5..=1.0 + rounded as f64).contains(&off),
			"{found} for agent {id}, not {known}"
		);
	};
	// Blocks may have been made since the last call.
	let epoch = System::block_number() / 10;
	let added = agent.payers.values().map(Vec::len).sum();
	near(view.score, agent.reputation(None, epoch), added);
	assert_eq!(view.parts.items.len(), agent.payers.len(), "the payers of agent {id}");
	for part in &view.parts.items {
		let added = agent.payers[&part.payer].len();
		near(part.amount, agent.reputation(Some(&part.payer), epoch), added);
	}
}

/// What of a model's revenue is not paid: claimable, and in pots.
fn owed_by(expected: &Expected, id: ModelId) -> (u128, u128) {
	let model = &expected.models[id as usize];
	let mut claimable = model.owner;
	for ancestor in model.ancestors.keys() {
		let tenures = expected.titles[&Title::model(*ancestor)].tenures.len();
		claimable += (0..tenures).map(|of| left_of(expected, id, *ancestor, of)).sum::<u128>();
	}
	let own = expected.payments.pots.range((id, 0)..(id + 1, 0));
	(claimable, own.map(|(_, pot)| pot.held()).sum())
}

fn residue(expected: &Expected, id: ModelId) -> u128 {
	let model = &expected.models[id as usize];
	let each = model.ancestors.values().map(|rate| floor(*rate, model.gross)).sum::<u128>();
	let residue = floor(model.lineage(), model.gross) - each;
	assert!(residue < 1.max(model.ancestors.len() as u128), "the residue of model {id}");
	residue
}

/// `deposited == claimed + claimable + pots + residue`, for each model.
fn check_models(expected: &Expected) {
	for (id, model) in (0..).zip(&expected.models) {
		let (claimable, pots) = owed_by(expected, id);
		let sum = model.claimed + claimable + pots + residue(expected, id);
		assert_eq!(model.gross, sum, "the books of model {id} add up");
	}
}

/// The same for all payments, and for what is on hold for them.
fn check_all_payments(expected: &Expected) {
	let payments = &expected.payments;
	let dues = payments.dues.values().sum::<u128>();
	let passed = payments.passed.values().map(|bucket| bucket.left).sum::<u128>();
	let mut sum = payments.claimed + dues + passed;
	for id in 0..expected.models.len() as ModelId {
		let (claimable, pots) = owed_by(expected, id);
		sum += claimable + pots + residue(expected, id);
	}
	assert_eq!(payments.deposited, sum, "the books of all payments add up");
	let held = expected.money.held(&expected.revenue, Reason::Revenue);
	assert_eq!(held, payments.deposited - payments.claimed, "what is on hold for payments");
}

/// `received == paid + owed + claimable + residue` for each vault, and what is on hold for all.
fn check_vaults(expected: &Expected) {
	let mut sum = expected.vaults.owed.values().sum::<u128>();
	for (title, vault) in &expected.vaults.open {
		let all = vault.paid + vault.owed + vault.unowed();
		assert_eq!(vault.received, all, "the books of the vault of {title:?} add up");
		sum += vault.unowed();
	}
	let held = expected.money.held(&expected.vault, Reason::VaultRevenue);
	assert_eq!(held, sum, "what is on hold for vaults");
}
