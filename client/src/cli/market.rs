//! Titles, shares and the market.

use clap::{ArgGroup, Args, Subcommand};
use tributary_primitives::title::{Title, TitleKind};

use crate::amount::{Amount, Rate};

/// Titles. TITLE is `model:0`, `dataset:3` or `agent:1`.
#[derive(Debug, Subcommand)]
pub enum TitleCommand {
	/// Show whom a title belongs to, what it is listed for, and whom its revenue went to
	Show {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
	},
	/// Give a title to somebody
	Transfer {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
		/// To whom
		#[arg(long, value_name = "ACCOUNT")]
		to: String,
	},
	/// List a title for sale, at a price
	List {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
		/// The price
		#[arg(long, value_name = "AMOUNT")]
		price: Amount,
		/// The only one who may buy it; without it, anyone
		#[arg(long, value_name = "ACCOUNT")]
		buyer: Option<String>,
	},
	/// Take a title off the market
	Unlist {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
	},
	/// Buy a title that is listed
	Buy {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
		/// The most that is paid; without it, the price of now
		#[arg(long, value_name = "AMOUNT")]
		max_price: Option<Amount>,
	},
}

/// Shares of titles.
#[derive(Debug, Subcommand)]
pub enum Shares {
	/// Issue shares of a title: its revenue goes to whoever has staked them from then on
	Issue {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
		/// How many
		#[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
		supply: u64,
		/// What wallets call them
		#[arg(long, value_name = "TEXT", default_value = "")]
		name: String,
		/// Their short name
		#[arg(long, value_name = "TEXT", default_value = "")]
		symbol: String,
	},
	/// Stake shares, so that they earn
	Stake(SomeShares),
	/// Take staked shares back, and what they have earned
	Unstake(SomeShares),
	/// Take what the account's stake has earned
	Claim {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
		/// Have what the vault owes to this account paid to it, whoever signs
		#[arg(long, value_name = "ACCOUNT")]
		owed_to: Option<String>,
	},
	/// Give shares to somebody
	Transfer {
		/// Which
		#[command(flatten)]
		some: SomeShares,
		/// To whom
		#[arg(long, value_name = "ACCOUNT")]
		to: String,
	},
	/// Burn all shares of a title, all of which the account has, staked or not: its revenue goes to its owner
	/// again
	Dissolve {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
	},
	/// Show the vault of a title, and what an account has of its shares
	Show {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
		/// The account; without one, the key's, if there is one
		#[arg(long, value_name = "ACCOUNT")]
		account: Option<String>,
	},
}

/// Shares of a title.
#[derive(Clone, Copy, Debug, Args)]
pub struct SomeShares {
	/// The title, such as model:0
	#[arg(value_parser = parse_title)]
	pub title: Title,
	/// How many
	#[arg(value_parser = clap::value_parser!(u64).range(1..))]
	pub shares: u64,
}

/// Pools of TRIB and the shares of a title.
#[derive(Debug, Subcommand)]
pub enum Market {
	/// Make the pool of a title's shares, for the chain's fee
	Pool {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
	},
	/// Show what is in a pool, and what an account has of it
	Show {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
		/// The account; without one, the key's, if there is one
		#[arg(long, value_name = "ACCOUNT")]
		account: Option<String>,
	},
	/// Put TRIB and shares into a pool, in its proportion; the first to do so sets it
	Add {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
		/// The most TRIB
		#[arg(long)]
		amount: Amount,
		/// The most shares
		#[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
		shares: u64,
		/// How much less of one of the two may go in
		#[arg(long, value_name = "RATE", default_value = "1%")]
		slippage: Rate,
	},
	/// Take TRIB and shares out of a pool
	#[command(group = ArgGroup::new("what").required(true).args(["units", "all"]))]
	Remove {
		/// The title, such as model:0
		#[arg(value_parser = parse_title)]
		title: Title,
		/// Units of liquidity, as `market show` has them
		#[arg(long, value_name = "N")]
		units: Option<u128>,
		/// All that the account has
		#[arg(long)]
		all: bool,
		/// How much less may come out than would now
		#[arg(long, value_name = "RATE", default_value = "1%")]
		slippage: Rate,
	},
	/// Swap TRIB for shares, or shares for TRIB
	Swap {
		/// What for what
		#[command(flatten)]
		trade: Trade,
		/// How much less may come out than would now
		#[arg(long, value_name = "RATE", default_value = "1%", conflicts_with = "least")]
		slippage: Rate,
		/// The least that may come out: shares, or TRIB
		#[arg(long, value_name = "AMOUNT")]
		least: Option<String>,
	},
	/// Say what a swap would give now
	Quote(Trade),
}

/// A trade.
#[derive(Clone, Copy, Debug, Args)]
#[command(group = ArgGroup::new("given").required(true).args(["pay", "sell"]))]
pub struct Trade {
	/// The title, such as model:0
	#[arg(value_parser = parse_title)]
	pub title: Title,
	/// TRIB that are given for shares
	#[arg(long, value_name = "AMOUNT")]
	pub pay: Option<Amount>,
	/// Shares that are given for TRIB
	#[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
	pub sell: Option<u64>,
}

/// A title, such as `model:0`.
///
/// # Errors
/// Where it is none.
pub fn parse_title(text: &str) -> Result<Title, String> {
	let wrong = || format!("`{text}` is no title: write model:0, dataset:3 or agent:1");
	let (kind, id) = text.split_once(':').ok_or_else(wrong)?;
	let kind = match kind {
		"dataset" => TitleKind::Dataset,
		"model" => TitleKind::Model,
		"agent" => TitleKind::Agent,
		_ => return Err(wrong()),
	};
	Ok(Title { kind, id: id.parse().map_err(|_| wrong())? })
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn titles_are_read_by_kind_and_number() {
		assert_eq!(parse_title("model:0"), Ok(Title::model(0)));
		assert_eq!(parse_title("dataset:3"), Ok(Title::dataset(3)));
		assert_eq!(parse_title("agent:1"), Ok(Title { kind: TitleKind::Agent, id: 1 }));
		for wrong in ["", "model", "model:", "model:x", "model:-1", "1", "asset:1"] {
			assert!(parse_title(wrong).is_err(), "{wrong}");
		}
	}
}
