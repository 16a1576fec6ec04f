//! Titles, shares and pools.

use codec::Encode;
use subxt::{ext::scale_value::Value, utils::AccountId32};
use tributary_primitives::title::Title;

use super::{account, number, Call};

/// Something that a pool trades: the native token, or shares by the number of their asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
pub enum Traded {
	/// The native token.
	Native,
	/// Shares.
	WithId(u32),
}

impl Traded {
	/// As the runtime names it.
	pub fn value(self) -> Value {
		match self {
			Self::Native => Value::unnamed_variant("Native", []),
			Self::WithId(asset) => Value::unnamed_variant("WithId", [number(asset)]),
		}
	}
}

/// An account where the runtime looks one up.
fn lookup(who: &AccountId32) -> Value {
	Value::unnamed_variant("Id", [account(who)])
}

fn optional(value: Option<Value>) -> Value {
	match value {
		Some(value) => Value::unnamed_variant("Some", [value]),
		None => Value::unnamed_variant("None", []),
	}
}

/// A call about the item that a title is.
fn item(call: &'static str, title: Title) -> Call {
	Call::new("Nfts", call)
		.plain("collection", number(title.kind.collection()))
		.plain("item", number(title.id))
}

/// `Nfts.transfer`.
pub fn transfer_title(title: Title, to: &AccountId32) -> Call {
	item("transfer", title).plain("dest", lookup(to))
}

/// `Nfts.set_price`; without a price it is not for sale. With a buyer, it is for nobody else.
pub fn price_title(title: Title, price: Option<u128>, buyer: Option<&AccountId32>) -> Call {
	item("set_price", title)
		.plain("price", optional(price.map(number)))
		.plain("whitelisted_buyer", optional(buyer.map(lookup)))
}

/// `Nfts.buy_item`, for at most `price` planck.
pub fn buy_title(title: Title, price: u128) -> Call {
	item("buy_item", title).plain("bid_price", number(price))
}

/// `Shares.issue`.
pub fn issue_shares(title: Title, supply: u64, name: &str, symbol: &str) -> Call {
	Call::new("Shares", "issue")
		.scale("title", &title)
		.plain("supply", number(supply))
		.scale("name", &name.as_bytes())
		.scale("symbol", &symbol.as_bytes())
}

/// `Shares.stake`.
pub fn stake_shares(title: Title, shares: u64) -> Call {
	Call::new("Shares", "stake").scale("title", &title).plain("shares", number(shares))
}

/// `Shares.unstake`.
pub fn unstake_shares(title: Title, shares: u64) -> Call {
	Call::new("Shares", "unstake").scale("title", &title).plain("shares", number(shares))
}

/// `Shares.claim_dividends`.
pub fn claim_dividends(title: Title) -> Call {
	Call::new("Shares", "claim_dividends").scale("title", &title)
}

/// `Shares.dissolve`.
pub fn dissolve_shares(title: Title) -> Call {
	Call::new("Shares", "dissolve").scale("title", &title)
}

/// `Shares.collect_owed`.
pub fn collect_owed(title: Title, asset: u32, who: &AccountId32) -> Call {
	Call::new("Shares", "collect_owed")
		.scale("title", &title)
		.plain("asset", number(asset))
		.plain("who", account(who))
}

/// `Balances.transfer_keep_alive`, in planck.
pub fn transfer(to: &AccountId32, amount: u128) -> Call {
	Call::new("Balances", "transfer_keep_alive")
		.plain("dest", lookup(to))
		.plain("value", number(amount))
}

/// `Assets.transfer`.
pub fn transfer_shares(asset: u32, to: &AccountId32, shares: u64) -> Call {
	Call::new("Assets", "transfer")
		.plain("id", number(asset))
		.plain("target", lookup(to))
		.plain("amount", number(shares))
}

/// A call about the pool of the native token and the shares `asset`.
fn pool(call: &'static str, asset: u32) -> Call {
	Call::new("AssetConversion", call)
		.plain("asset1", Traded::Native.value())
		.plain("asset2", Traded::WithId(asset).value())
}

/// `AssetConversion.create_pool`.
pub fn create_pool(asset: u32) -> Call {
	pool("create_pool", asset)
}

/// An amount of the native token, in planck, and one of shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
	/// In planck.
	pub planck: u128,
	/// Shares.
	pub shares: u128,
}

/// `AssetConversion.add_liquidity`: at most `most` and at least `least` of both.
pub fn add_liquidity(asset: u32, most: Pair, least: Pair, mint_to: &AccountId32) -> Call {
	pool("add_liquidity", asset)
		.plain("amount1_desired", number(most.planck))
		.plain("amount2_desired", number(most.shares))
		.plain("amount1_min", number(least.planck))
		.plain("amount2_min", number(least.shares))
		.plain("mint_to", account(mint_to))
}

/// `AssetConversion.remove_liquidity` of `burn` units of the pool, for at least `least`.
pub fn remove_liquidity(asset: u32, burn: u128, least: Pair, to: &AccountId32) -> Call {
	pool("remove_liquidity", asset)
		.plain("lp_token_burn", number(burn))
		.plain("amount1_min_receive", number(least.planck))
		.plain("amount2_min_receive", number(least.shares))
		.plain("withdraw_to", account(to))
}

/// `AssetConversion.swap_exact_tokens_for_tokens` of `amount` of `from`, for at least `least` of `into`.
/// The account may be left without any of what it gives only where these are shares.
pub fn swap(from: Traded, into: Traded, amount: u128, least: u128, to: &AccountId32) -> Call {
	Call::new("AssetConversion", "swap_exact_tokens_for_tokens")
		.plain("path", Value::unnamed_composite([from.value(), into.value()]))
		.plain("amount_in", number(amount))
		.plain("amount_out_min", number(least))
		.plain("send_to", account(to))
		.plain("keep_alive", Value::bool(from == Traded::Native))
}
