//! Shares that change hands, and pools that trade them.

use pallet_asset_conversion::Call as Pools;
use pallet_assets::Call as Assets;
use tributary_runtime::Runtime;

use super::{address, Deed, Scene};
use crate::model::{market::Traded, TRIB};

impl Scene {
	pub(super) fn move_shares(&mut self) -> Option<Deed> {
		let assets: Vec<u32> = self.facts.market.shares.keys().map(|(asset, _)| *asset).collect();
		let id = self.numbers.pick(assets)?;
		let (who, own) = self.any_holder(id)?;
		let target = address(self.anyone());
		let amount = self.numbers.within(1, own);
		if self.numbers.once_in(2) {
			Deed::of(self.holder(&who)?, Assets::<Runtime>::transfer { id, target, amount })
		} else {
			Deed::of(
				self.holder(&who)?,
				Assets::<Runtime>::transfer_keep_alive { id, target, amount },
			)
		}
	}

	pub(super) fn create_pool(&mut self) -> Option<Deed> {
		// One vault in three has none, so that some can be dissolved.
		let assets = self.facts.vaults.open.values().map(|vault| vault.asset);
		let asset = self.numbers.pick(assets.filter(|asset| asset % 3 > 0))?;
		let (who, _) = self.any_holder(asset)?;
		let (asset1, asset2) = (Box::new(Traded::Native), Box::new(Traded::WithId(asset)));
		Deed::of(self.holder(&who)?, Pools::<Runtime>::create_pool { asset1, asset2 })
	}

	fn any_pool(&mut self) -> Option<u32> {
		self.numbers.pick(self.facts.market.pools.keys().copied())
	}

	/// Puts liquidity into a pool, or takes some out.
	pub(super) fn change_liquidity(&mut self) -> Option<Deed> {
		let asset = self.any_pool()?;
		let (asset1, asset2) = (Box::new(Traded::Native), Box::new(Traded::WithId(asset)));
		let providers = self.facts.market.pools[&asset].liquidity.iter();
		let providers = providers.filter_map(|(who, own)| Some((self.holder(who)?, *own)));
		let providers: Vec<_> = providers.filter(|(_, own)| *own > 0).collect();
		if let Some((who, own)) = self.numbers.pick(providers).filter(|_| self.numbers.once_in(3)) {
			let call = Pools::<Runtime>::remove_liquidity {
				asset1,
				asset2,
				lp_token_burn: self.numbers.within(1, own),
				amount1_min_receive: 1,
				amount2_min_receive: 1,
				withdraw_to: self.rich().to_account_id(),
			};
			return Deed::of(who, call);
		}
		let (who, own) = self.any_holder(asset)?;
		let call = Pools::<Runtime>::add_liquidity {
			asset1,
			asset2,
			amount1_desired: self.numbers.within(TRIB / 100, 100 * TRIB),
			amount2_desired: self.numbers.within(1, own),
			amount1_min: 1,
			amount2_min: 1,
			mint_to: self.rich().to_account_id(),
		};
		Deed::of(self.holder(&who)?, call)
	}

	/// Buys shares, sells them, or gives some for others.
	pub(super) fn trade(&mut self) -> Option<Deed> {
		let (first, second) = (self.any_pool()?, self.any_pool()?);
		let path = match self.numbers.below(3) {
			0 => vec![Traded::Native, Traded::WithId(second)],
			1 => vec![Traded::WithId(first), Traded::Native],
			_ => vec![Traded::WithId(first), Traded::Native, Traded::WithId(second)],
		};
		let (who, most) = match path[0] {
			Traded::Native => (self.rich(), 20 * TRIB),
			Traded::WithId(asset) => {
				let (who, own) = self.any_holder(asset)?;
				(self.holder(&who)?, own)
			}
		};
		let send_to = self.rich().to_account_id();
		let keep_alive = self.numbers.once_in(2);
		let exact_in = self.numbers.once_in(2);
		let last = path[path.len() - 1].clone();
		let out = match &last {
			Traded::WithId(asset) => self.facts.pool_has(*asset, &last),
			Traded::Native => self.facts.pool_has(first, &last),
		};
		let path = path.into_iter().map(Box::new).collect();
		if exact_in {
			let amount_in = self.numbers.within(1, most);
			let call = Pools::<Runtime>::swap_exact_tokens_for_tokens {
				path,
				amount_in,
				amount_out_min: 1,
				send_to,
				keep_alive,
			};
			Deed::of(who, call)
		} else {
			let amount_out = self.numbers.within(1, (out / 4).max(1));
			let amount_in_max = most;
			let call = Pools::<Runtime>::swap_tokens_for_exact_tokens {
				path,
				amount_out,
				amount_in_max,
				send_to,
				keep_alive,
			};
			Deed::of(who, call)
		}
	}
}
