//! Pools that trade shares against the native token: a constant product, of which 0.3 % of what is put in
//! stay out.

use std::collections::BTreeMap;

use frame_support::traits::fungible::NativeOrWithId;
use tributary_runtime::{AccountId, Runtime, RuntimeEvent};

use super::{
	allowances::{entry_deposit, Ending},
	parts::{portion, root},
	told, Expected, TRIB,
};

/// What is traded: the native token, or shares.
pub type Traded = NativeOrWithId<u32>;

/// Of the first liquidity so much stays in the pool.
const LOCKED: u128 = 100;

/// What is left of what is put in, of 1,000.
const COUNTED: u128 = 997;

pub struct Pool {
	pub account: AccountId,
	/// The number of the token that its liquidity is counted in.
	pub token: u32,
	/// Who has how much of it.
	pub liquidity: BTreeMap<AccountId, u128>,
}

#[derive(Default)]
pub struct Market {
	/// How many shares of an asset an account has.
	pub shares: BTreeMap<(u32, AccountId), u128>,
	/// How many of an asset's shares an account lets another one move.
	pub allowances: BTreeMap<(u32, AccountId, AccountId), u128>,
	/// Whose entries of an asset are deposited for, and by whom.
	pub touched: BTreeMap<(u32, AccountId), AccountId>,
	/// The assets of which something is left after their vaults are dissolved.
	pub ending: BTreeMap<u32, Ending>,
	/// By the asset that is traded against the native token.
	pub pools: BTreeMap<u32, Pool>,
}

impl Market {
	pub fn of(&self, asset: u32, who: &AccountId) -> u128 {
		self.shares.get(&(asset, who.clone())).copied().unwrap_or(0)
	}

	pub fn supply(&self, asset: u32) -> u128 {
		self.shares.iter().filter(|((of, _), _)| *of == asset).map(|(_, shares)| shares).sum()
	}

	pub fn move_shares(&mut self, asset: u32, from: &AccountId, to: &AccountId, shares: u128) {
		let left = self.of(asset, from).checked_sub(shares).expect("it has as many");
		self.shares.insert((asset, from.clone()), left);
		*self.shares.entry((asset, to.clone())).or_default() += shares;
		self.shares.retain(|_, shares| *shares > 0);
	}
}

fn asset_of(pair: [&Traded; 2]) -> u32 {
	match pair {
		[Traded::Native, Traded::WithId(asset)] | [Traded::WithId(asset), Traded::Native] => *asset,
		pair => panic!("no pool trades {pair:?}"),
	}
}

impl Expected {
	/// What of `what` a pool has.
	pub fn pool_has(&self, asset: u32, what: &Traded) -> u128 {
		let pool = &self.market.pools[&asset].account;
		match what {
			Traded::Native => self.money.free(pool),
			Traded::WithId(asset) => self.market.of(*asset, pool),
		}
	}

	fn move_traded(&mut self, what: &Traded, from: &AccountId, to: &AccountId, amount: u128) {
		match what {
			Traded::Native => self.money.pay(from, to, amount),
			Traded::WithId(asset) => self.market.move_shares(*asset, from, to, amount),
		}
	}

	pub(super) fn pool_call(
		&mut self,
		who: &AccountId,
		call: &pallet_asset_conversion::Call<Runtime>,
		events: &[RuntimeEvent],
	) {
		use pallet_asset_conversion::{Call, Event};
		match call {
			Call::create_pool { asset1, asset2 } => {
				let (account, token) = told(events, |event| match event {
					RuntimeEvent::AssetConversion(Event::PoolCreated {
						pool_account,
						lp_token,
						..
					}) => Some((pool_account.clone(), *lp_token)),
					_ => None,
				});
				self.money.pay(who, &self.treasury, 10 * TRIB);
				// For its entries of the shares and of its liquidity.
				self.money.reserve(who, 2 * entry_deposit());
				let asset = asset_of([asset1, asset2]);
				self.market.touched.insert((asset, account.clone()), who.clone());
				let pool = Pool { account, token, liquidity: BTreeMap::new() };
				self.market.pools.insert(asset, pool);
			}
			Call::add_liquidity {
				asset1,
				asset2,
				amount1_desired,
				amount2_desired,
				mint_to,
				..
			} => {
				self.add_liquidity(
					who,
					[asset1, asset2],
					[*amount1_desired, *amount2_desired],
					mint_to,
				);
			}
			Call::remove_liquidity { asset1, asset2, lp_token_burn, withdraw_to, .. } => {
				let asset = asset_of([asset1, asset2]);
				let pool = self.market.pools.get_mut(&asset).expect("it is known");
				let supply = pool.liquidity.values().sum::<u128>();
				let account = pool.account.clone();
				let left = pool.liquidity.get_mut(who).expect("it has some");
				*left = left.checked_sub(*lp_token_burn).expect("it has as much");
				for what in [asset1, asset2] {
					let taken = portion(self.pool_has(asset, what), *lp_token_burn, supply);
					self.move_traded(what, &account, withdraw_to, taken);
				}
			}
			Call::swap_exact_tokens_for_tokens { path, amount_in, send_to, .. } => {
				let mut amounts = vec![*amount_in];
				for step in path.windows(2) {
					let paid = amounts[amounts.len() - 1];
					let [inside, outside] = self.reserves(&step[0], &step[1]);
					amounts.push(outside * paid * COUNTED / (inside * 1_000 + paid * COUNTED));
				}
				self.swap(who, path, &amounts, send_to);
			}
			Call::swap_tokens_for_exact_tokens { path, amount_out, send_to, .. } => {
				let mut amounts = vec![*amount_out];
				for step in path.windows(2).rev() {
					let got = amounts[amounts.len() - 1];
					let [inside, outside] = self.reserves(&step[0], &step[1]);
					amounts.push(inside * got * 1_000 / ((outside - got) * COUNTED) + 1);
				}
				amounts.reverse();
				self.swap(who, path, &amounts, send_to);
			}
			call => panic!("nothing is known of {call:?}"),
		}
	}

	/// What a pool has of what is put in and of what comes out.
	fn reserves(&self, put: &Traded, got: &Traded) -> [u128; 2] {
		let asset = asset_of([put, got]);
		[self.pool_has(asset, put), self.pool_has(asset, got)]
	}

	fn swap(&mut self, who: &AccountId, path: &[Box<Traded>], amounts: &[u128], to: &AccountId) {
		let pools: Vec<AccountId> = path
			.windows(2)
			.map(|step| self.market.pools[&asset_of([&step[0], &step[1]])].account.clone())
			.collect();
		let holders: Vec<&AccountId> = [who].into_iter().chain(&pools).chain([to]).collect();
		for ((what, amount), step) in path.iter().zip(amounts).zip(holders.windows(2)) {
			self.move_traded(what, step[0], step[1], *amount);
		}
	}

	fn add_liquidity(
		&mut self,
		who: &AccountId,
		pair: [&Traded; 2],
		desired: [u128; 2],
		to: &AccountId,
	) {
		let asset = asset_of(pair);
		let has = pair.map(|what| self.pool_has(asset, what));
		let pool = self.market.pools.get_mut(&asset).expect("it is known");
		let supply = pool.liquidity.values().sum::<u128>();
		let account = pool.account.clone();
		let put = if has.contains(&0) {
			desired
		} else {
			let second = portion(desired[0], has[1], has[0]);
			if second <= desired[1] {
				[desired[0], second]
			} else {
				[portion(desired[1], has[0], has[1]), desired[1]]
			}
		};
		let minted = if supply == 0 {
			pool.liquidity.insert(account.clone(), LOCKED);
			root(put[0] * put[1]) - LOCKED
		} else {
			portion(put[0], supply, has[0]).min(portion(put[1], supply, has[1]))
		};
		*pool.liquidity.entry(to.clone()).or_default() += minted;
		for (what, amount) in pair.into_iter().zip(put) {
			self.move_traded(what, who, &account, amount);
		}
	}
}
