//! `market`: pools of TRIB and shares.

use serde_json::{json, Value as Json};
use tributary_primitives::title::Title;

use super::{dataset::list, sent};
use crate::{
	amount::{Amount, Rate},
	chain::{
		calls::{self, Pair, Traded},
		market::{title_text, Pool},
		tx::{Outcome, Via},
		Call, Chain,
	},
	cli::{Market, Trade},
	context::{Answer, Context},
	error::{Error, Result},
};

pub async fn run(context: &Context, command: Market) -> Result<Answer> {
	let chain = context.chain().await?;
	match command {
		Market::Pool { title } => {
			let asset = chain.vault(title).await?.asset;
			let outcome = send(context, &chain, calls::create_pool(asset)).await?;
			Ok(sent(&outcome, || {
				format!("there is a pool of TRIB and shares of {}", title_text(&title))
			}))
		}
		Market::Show { title, account } => show(context, &chain, title, account.as_deref()).await,
		Market::Add { title, amount, shares, slippage } => {
			let asset = chain.vault(title).await?.asset;
			let most = Pair { planck: amount.0, shares: shares.into() };
			let to = context.key()?.account();
			let call = calls::add_liquidity(asset, most, floor(most, slippage), &to);
			let outcome = send(context, &chain, call).await?;
			Ok(sent(&outcome, || {
				moved(&outcome, "LiquidityAdded", ["amount1Provided", "amount2Provided"], "put in")
			}))
		}
		Market::Remove { title, units, slippage, .. } => {
			let (asset, pool) = pool(&chain, title).await?;
			let to = context.key()?.account();
			let burn = match units {
				Some(units) => units,
				None => chain.liquidity_of(pool.unit, &to).await?,
			};
			let least = floor(part(&pool, burn), slippage);
			let call = calls::remove_liquidity(asset, burn, least, &to);
			let outcome = send(context, &chain, call).await?;
			Ok(sent(&outcome, || {
				moved(&outcome, "LiquidityRemoved", ["amount1", "amount2"], "taken out")
			}))
		}
		Market::Swap { trade, slippage, least } => {
			let asset = chain.vault(trade.title).await?.asset;
			let quote = quote(&chain, trade, asset).await?;
			let Quote { from, into, given, got } = quote;
			let least = match least.as_deref() {
				Some(least) => parse(into, least)?,
				None => less(got, slippage),
			};
			let to = context.key()?.account();
			let outcome = send(context, &chain, calls::swap(from, into, given, least, &to)).await?;
			let event =
				outcome.included().and_then(|tx| tx.event("AssetConversion", "SwapExecuted"));
			let out = event.and_then(|event| event.amount("amountOut"));
			let mut answer = sent(&outcome, || {
				let out = out.unwrap_or_default();
				format!("{} swapped for {}", text(from, given), text(into, out))
			});
			answer.json["quote"] = quote.to_json();
			answer.json["out"] = json!(out.map(|out| out.to_string()));
			Ok(answer)
		}
		Market::Quote(trade) => {
			let asset = chain.vault(trade.title).await?.asset;
			let quote = quote(&chain, trade, asset).await?;
			let words = format!(
				"{} would be swapped for {}",
				text(quote.from, quote.given),
				text(quote.into, quote.got)
			);
			Ok(Answer::new(quote.to_json(), words))
		}
	}
}

async fn send(context: &Context, chain: &Chain, call: Call) -> Result<Outcome> {
	context.send(chain, &call, &context.key()?, Via::Pool).await
}

/// What a swap would give.
#[derive(Clone, Copy)]
struct Quote {
	from: Traded,
	into: Traded,
	given: u128,
	got: u128,
}

impl Quote {
	fn to_json(self) -> Json {
		let side = |traded: Traded, amount: u128| match traded {
			Traded::Native => json!({ "planck": amount.to_string() }),
			Traded::WithId(asset) => json!({ "asset": asset, "shares": amount.to_string() }),
		};
		json!({ "given": side(self.from, self.given), "got": side(self.into, self.got) })
	}
}

async fn quote(chain: &Chain, trade: Trade, asset: u32) -> Result<Quote> {
	let shares = Traded::WithId(asset);
	let (from, into, given) = match (trade.pay, trade.sell) {
		(Some(amount), _) => (Traded::Native, shares, amount.0),
		(None, sold) => (shares, Traded::Native, sold.unwrap_or_default().into()),
	};
	let got = chain.quote(from, into, given).await?.ok_or_else(|| {
		Error::refused(format!(
			"nothing can be swapped: there is no pool of shares of {}, or too little in it.",
			title_text(&trade.title)
		))
	})?;
	Ok(Quote { from, into, given, got })
}

async fn pool(chain: &Chain, title: Title) -> Result<(u32, Pool)> {
	let asset = chain.vault(title).await?.asset;
	let pool = chain.find_pool(asset).await?.ok_or_else(|| {
		Error::refused(format!(
			"there is no pool of shares of {}. Make one with `market pool`.",
			title_text(&title)
		))
	})?;
	Ok((asset, pool))
}

async fn show(
	context: &Context,
	chain: &Chain,
	title: Title,
	named: Option<&str>,
) -> Result<Answer> {
	let (asset, pool) = pool(chain, title).await?;
	let Pool { reserves, unit, supply } = pool;
	let mut lines = vec![
		("title", title_text(&title)),
		("asset", asset.to_string()),
		("in the pool", format!("{} and {} shares", Amount(reserves.planck), reserves.shares)),
		("units", supply.to_string()),
	];
	let mut json = json!({
		"title": title,
		"asset": asset,
		"planck": reserves.planck.to_string(),
		"shares": reserves.shares.to_string(),
		"unit": unit,
		"units": supply.to_string(),
		"own": null,
	});
	if named.is_some() || context.has_key() {
		let account = context.account(named)?;
		let own = chain.liquidity_of(unit, &account).await?;
		let Pair { planck, shares } = part(&pool, own);
		lines.push(("account", account.to_string()));
		lines.push(("its units", format!("{own}, worth {} and {shares} shares", Amount(planck))));
		json["own"] = json!(own.to_string());
	}
	Ok(Answer::new(json, list(&lines)))
}

/// What `units` of a pool's liquidity stand for, rounded down.
fn part(pool: &Pool, units: u128) -> Pair {
	let of = |reserve: u128| scale(reserve, units, pool.supply);
	Pair { planck: of(pool.reserves.planck), shares: of(pool.reserves.shares) }
}

/// `floor(amount * part / whole)` for `part <= whole`; 0 where `whole` is 0. Of factors of more than 64 bits the
/// last are dropped, which gives less and never more.
fn scale(amount: u128, part: u128, whole: u128) -> u128 {
	let dropped = (u128::BITS - whole.leading_zeros()).saturating_sub(u64::BITS - 1);
	let part = part.min(whole) >> dropped;
	let whole = if dropped == 0 { whole } else { (whole >> dropped) + 1 };
	let (Some(times), Some(rest)) = (amount.checked_div(whole), amount.checked_rem(whole)) else {
		return 0;
	};
	times * part + rest * part / whole
}

/// Both of a pair, less `slippage`, rounded down.
fn floor(pair: Pair, slippage: Rate) -> Pair {
	Pair { planck: less(pair.planck, slippage), shares: less(pair.shares, slippage) }
}

/// An amount less `slippage`, rounded down.
pub fn less(amount: u128, slippage: Rate) -> u128 {
	const WHOLE: u32 = 1_000_000_000;
	scale(amount, WHOLE.saturating_sub(slippage.0).into(), WHOLE.into())
}

fn text(traded: Traded, amount: u128) -> String {
	match traded {
		Traded::Native => Amount(amount).to_string(),
		Traded::WithId(_) => format!("{amount} shares"),
	}
}

/// An amount of what is traded, as people write it.
fn parse(traded: Traded, text: &str) -> Result<u128> {
	match traded {
		Traded::Native => text.parse::<Amount>().map(|amount| amount.0).map_err(Error::usage),
		Traded::WithId(_) => {
			text.parse().map_err(|_| Error::usage(format!("`{text}` is no number of shares")))
		}
	}
}

fn moved(outcome: &Outcome, name: &str, fields: [&str; 2], how: &str) -> String {
	let event = outcome.included().and_then(|tx| tx.event("AssetConversion", name));
	let [planck, shares] =
		fields.map(|field| event.and_then(|event| event.amount(field)).unwrap_or_default());
	format!("{} and {shares} shares {how}", Amount(planck))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn slippage_is_taken_off_and_rounded_down() {
		let rate = |text: &str| text.parse::<Rate>().unwrap();
		assert_eq!(less(1_000, rate("1%")), 990);
		assert_eq!(less(99, rate("1%")), 98);
		assert_eq!(less(1_000, rate("0%")), 1_000);
		assert_eq!(less(1_000, rate("100%")), 0);
		assert_eq!(less(u128::MAX, rate("0%")), u128::MAX);
		assert_eq!(less(u128::MAX, rate("50%")), u128::MAX / 2);
	}

	#[test]
	fn liquidity_stands_for_its_part_of_the_pool() {
		let reserves = Pair { planck: 1_000, shares: 31 };
		let pool = Pool { reserves, unit: 0, supply: 100 };
		assert_eq!(part(&pool, 50), Pair { planck: 500, shares: 15 });
		assert_eq!(part(&pool, 200), reserves, "no more than all of it");
		assert_eq!(part(&Pool { supply: 0, ..pool }, 1), Pair { planck: 0, shares: 0 });
	}

	#[test]
	fn large_numbers_are_scaled_closely_and_never_up() {
		let whole = 10u128.pow(30);
		for part in [0, 1, whole / 3, whole - 1, whole] {
			let scaled = scale(10u128.pow(36), part, whole);
			let exact = part * 1_000_000;
			assert!(scaled <= exact && exact - scaled < 10u128.pow(18), "{part}: {scaled}");
		}
		assert!(u128::MAX - scale(u128::MAX, u128::MAX, u128::MAX) < 1 << 66);
	}

	#[test]
	fn the_least_is_read_in_what_comes_out() {
		assert_eq!(parse(Traded::Native, "0.5").unwrap(), 500_000_000_000);
		assert_eq!(parse(Traded::WithId(3), "7").unwrap(), 7);
		assert!(parse(Traded::WithId(3), "0.5").is_err());
	}
}
