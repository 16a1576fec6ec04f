//! The calls of pallets that other chains have too.

use alloc::{boxed::Box, vec, vec::Vec};

use frame_support::traits::Get;
use pallet_asset_conversion::PoolLocator;

use super::{account, Leaf};
use crate::{configs::market::TradedAsset, AccountId, Nfts, Runtime};

pub fn system(call: &frame_system::Call<Runtime>) -> Option<Leaf> {
	use frame_system::Call;

	match call {
		Call::remark { remark: _ } | Call::remark_with_event { remark: _ } => Leaf::alone(),
		_ => None,
	}
}

pub fn balances(call: &pallet_balances::Call<Runtime>) -> Option<Leaf> {
	use pallet_balances::Call;

	match call {
		Call::transfer_allow_death { dest, value: _ }
		| Call::transfer_keep_alive { dest, value: _ }
		| Call::transfer_all { dest, keep_alive: _ } => Leaf::with(vec![account(dest)?]),
		Call::burn { value: _, keep_alive: _ } => Leaf::alone(),
		_ => None,
	}
}

/// A title can be bought, and stays with the agent: its owner alone takes it out.
pub fn nfts(call: &pallet_nfts::Call<Runtime>) -> Option<Leaf> {
	use pallet_nfts::Call;

	match call {
		Call::buy_item { collection, item, bid_price: _ } => {
			Leaf::with(vec![Nfts::owner(*collection, *item)?])
		}
		_ => None,
	}
}

/// Shares can be given away. Units of liquidity can not: nothing measures them.
pub fn assets(call: &pallet_assets::Call<Runtime>) -> Option<Leaf> {
	use pallet_assets::Call;

	match call {
		Call::transfer { id, target: to, amount: _ }
		| Call::transfer_keep_alive { id, target: to, amount: _ }
		| Call::transfer_all { id, dest: to, keep_alive: _ } => {
			Some(Leaf { counterparties: vec![account(to)?], assets: vec![*id] })
		}
		_ => None,
	}
}

pub fn pools(agent: &AccountId, call: &pallet_asset_conversion::Call<Runtime>) -> Option<Leaf> {
	use pallet_asset_conversion::Call;

	match call {
		Call::create_pool { asset1, asset2 } | Call::touch { asset1, asset2 } => {
			traded(&[asset1, asset2])
		}
		Call::add_liquidity {
			asset1,
			asset2,
			amount1_desired: _,
			amount2_desired: _,
			amount1_min: _,
			amount2_min: _,
			mint_to: to,
		}
		| Call::remove_liquidity {
			asset1,
			asset2,
			lp_token_burn: _,
			amount1_min_receive: _,
			amount2_min_receive: _,
			withdraw_to: to,
		} if to == agent => traded(&[asset1, asset2]),
		Call::swap_exact_tokens_for_tokens {
			path,
			amount_in: _,
			amount_out_min: _,
			send_to,
			keep_alive: _,
		}
		| Call::swap_tokens_for_exact_tokens {
			path,
			amount_out: _,
			amount_in_max: _,
			send_to,
			keep_alive: _,
		} => {
			let mut leaf = traded(&path.iter().map(Box::as_ref).collect::<Vec<_>>())?;
			leaf.counterparties.push(send_to.clone());
			Some(leaf)
		}
		_ => None,
	}
}

/// A trade along `path`: with the pool of each pair, and in each asset. `None` where the path is longer than
/// pools let one be, or no pool can trade a pair.
fn traded(path: &[&TradedAsset]) -> Option<Leaf> {
	use pallet_asset_conversion::Config;

	let longest: u32 = <Runtime as Config>::MaxSwapPathLength::get();
	if u32::try_from(path.len()).ok()? > longest {
		return None;
	}
	let counterparties = path
		.iter()
		.zip(path.iter().skip(1))
		.map(|(from, to)| <Runtime as Config>::PoolLocator::pool_address(from, to).ok())
		.collect::<Option<_>>()?;
	let asset = |traded: &&TradedAsset| match traded {
		TradedAsset::Native => None,
		TradedAsset::WithId(asset) => Some(*asset),
	};
	Some(Leaf { counterparties, assets: path.iter().filter_map(asset).collect() })
}
