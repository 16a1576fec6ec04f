//! Strategies: what an agent does when it runs by itself, as a file says.

use std::{fmt::Display, net::SocketAddr, ops::RangeInclusive, path::Path};

use serde::{Deserialize, Deserializer};
use tributary_primitives::{
	ids::{AgentId, EpochIndex, ModelId},
	title::Title,
};

use super::{mandate::text, pool::Rules};
use crate::{
	amount::{Amount, Rate},
	chain::calls::Pair,
	cli::{parse_title, GatewayServe, Watch, ANSWER_SECONDS, DEFAULT_MAX_BYTES, PROGRAMS_AT_ONCE},
	error::{Error, Result},
	exchange::Peer,
	files,
};

/// What an agent does. Unknown keys are refused, so that a misspelt one is noticed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strategy {
	/// Who acts.
	pub agent: AgentId,
	/// Keep what it has of a title's shares in balance.
	pub pool: Option<PoolStrategy>,
	/// Sell a program's answers.
	pub serve: Option<ServeStrategy>,
	/// Report on finished epochs.
	pub attribute: Option<AttributeStrategy>,
	/// Check the reports of others.
	pub watch: Option<WatchStrategy>,
}

/// Keeping a position in balance.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolStrategy {
	/// Whose shares.
	#[serde(deserialize_with = "title")]
	pub title: Title,
	/// The part of the whole that is to be TRIB.
	#[serde(deserialize_with = "text")]
	pub target: Rate,
	/// How far off it may be.
	#[serde(deserialize_with = "text", default = "five_percent")]
	pub tolerance: Rate,
	/// The most TRIB that one swap gives.
	#[serde(deserialize_with = "text")]
	pub most: Amount,
	/// The most shares that one swap gives.
	pub most_shares: u64,
	/// TRIB that it keeps in any case.
	#[serde(deserialize_with = "text", default = "one_trib")]
	pub reserve: Amount,
	/// How much less than quoted may come out.
	#[serde(deserialize_with = "text", default = "one_percent")]
	pub slippage: Rate,
	/// The fewest blocks between two swaps.
	#[serde(default = "ten")]
	pub every: u32,
}

/// Selling answers: the options of `gateway serve`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServeStrategy {
	model: ModelId,
	command: String,
	#[serde(deserialize_with = "text")]
	price: Amount,
	#[serde(default = "local")]
	listen: SocketAddr,
	#[serde(deserialize_with = "maybe_amount", default)]
	settle_at: Option<Amount>,
	#[serde(default = "twenty")]
	margin: u32,
	#[serde(default = "prompt_bytes")]
	max_prompt: u64,
	#[serde(default = "answer_bytes")]
	max_answer: u64,
	#[serde(default = "sixty")]
	timeout: u64,
	#[serde(default = "four")]
	at_once: u32,
}

/// Reporting.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeStrategy {
	/// Whose epochs.
	pub models: Vec<ModelId>,
	/// The first epoch that is reported on; without it, the one before that in which it first ran.
	pub from_epoch: Option<EpochIndex>,
	/// Whether sources that the store lacks are left out.
	#[serde(default)]
	pub partial: bool,
	/// Whether what is missing of the bond is bonded.
	#[serde(default)]
	pub bond: bool,
}

/// Watching: the options of `watch`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WatchStrategy {
	model: Option<ModelId>,
	#[serde(default)]
	peers: Vec<String>,
	#[serde(default = "max_bytes")]
	max_bytes: u64,
	#[serde(default)]
	demand: bool,
	#[serde(default = "sixty_four")]
	max_demands: u32,
	#[serde(default)]
	announce: bool,
}

impl Strategy {
	/// Reads a strategy.
	///
	/// # Errors
	/// Where the file can not be read, or is no strategy.
	pub fn read(path: &Path) -> Result<Self> {
		let text = String::from_utf8(files::read(path)?).map_err(Error::usage)?;
		Self::parse(&text).map_err(|error| Error::usage(format!("{}: {error}", path.display())))
	}

	fn parse(text: &str) -> std::result::Result<Self, String> {
		let strategy: Self = toml::from_str(text).map_err(|error| error.to_string())?;
		let Self { pool, serve, attribute, watch, .. } = &strategy;
		if pool.is_none() && serve.is_none() && attribute.is_none() && watch.is_none() {
			return Err(
				"there is nothing to do: it needs one of [pool], [serve], [attribute] and \
			            [watch]"
					.into(),
			);
		}
		if attribute.as_ref().is_some_and(|attribute| attribute.models.is_empty()) {
			return Err("[attribute] names no models".into());
		}
		if let Some(serve) = serve {
			within("timeout", serve.timeout, &ANSWER_SECONDS)?;
			within("at_once", serve.at_once.into(), &PROGRAMS_AT_ONCE)?;
		}
		Ok(strategy)
	}
}

/// Whether an option of `[serve]` is in its range.
fn within<T: PartialOrd + Display>(
	name: &str,
	value: T,
	range: &RangeInclusive<T>,
) -> std::result::Result<(), String> {
	if range.contains(&value) {
		return Ok(());
	}
	Err(format!("{name} of [serve] is from {} to {}, not {value}", range.start(), range.end()))
}

impl PoolStrategy {
	/// What is in balance.
	pub fn rules(&self) -> Rules {
		let most = Pair { planck: self.most.0, shares: self.most_shares.into() };
		Rules { target: self.target, tolerance: self.tolerance, most }
	}
}

impl ServeStrategy {
	/// As the options of `gateway serve`.
	pub fn arguments(self) -> GatewayServe {
		let Self {
			model,
			command,
			price,
			listen,
			settle_at,
			margin,
			max_prompt,
			max_answer,
			timeout,
			at_once,
		} = self;
		GatewayServe {
			model,
			command,
			price,
			listen,
			settle_at,
			margin,
			max_prompt,
			max_answer,
			timeout,
			at_once,
			state: None,
		}
	}
}

impl WatchStrategy {
	/// As the options of `watch`.
	///
	/// # Errors
	/// Where a peer is none.
	pub fn arguments(self) -> Result<Watch> {
		let peers: std::result::Result<Vec<Peer>, _> =
			self.peers.iter().map(|peer| peer.parse()).collect();
		Ok(Watch {
			model: self.model,
			once: false,
			peers: peers.map_err(Error::usage)?,
			max_bytes: self.max_bytes,
			demand: self.demand,
			max_demands: self.max_demands,
			announce: self.announce,
			state: None,
		})
	}
}

fn title<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Title, D::Error> {
	let text = String::deserialize(deserializer)?;
	parse_title(&text).map_err(serde::de::Error::custom)
}

fn maybe_amount<'de, D>(deserializer: D) -> std::result::Result<Option<Amount>, D::Error>
where
	D: Deserializer<'de>,
{
	text(deserializer).map(Some)
}

fn max_bytes() -> u64 {
	DEFAULT_MAX_BYTES
}

fn one_percent() -> Rate {
	Rate(10_000_000)
}

fn five_percent() -> Rate {
	Rate(50_000_000)
}

fn one_trib() -> Amount {
	Amount(1_000_000_000_000)
}

fn local() -> SocketAddr {
	([127, 0, 0, 1], 9_950).into()
}

fn four() -> u32 {
	4
}

fn ten() -> u32 {
	10
}

fn twenty() -> u32 {
	20
}

fn sixty() -> u64 {
	60
}

fn sixty_four() -> u32 {
	64
}

fn prompt_bytes() -> u64 {
	64 * 1024
}

fn answer_bytes() -> u64 {
	1024 * 1024
}

#[cfg(test)]
mod tests {
	use super::*;

	const EXAMPLES: [(&str, &str); 4] = [
		("pool", include_str!("../../../docs/examples/agents/pool.toml")),
		("serve", include_str!("../../../docs/examples/agents/serve.toml")),
		("attribute", include_str!("../../../docs/examples/agents/attribute.toml")),
		("watch", include_str!("../../../docs/examples/agents/watch.toml")),
	];

	#[test]
	fn the_examples_of_the_docs_are_strategies() {
		for (name, text) in EXAMPLES {
			let strategy = Strategy::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
			let Strategy { pool, serve, attribute, watch, .. } = strategy;
			let has = [
				("pool", pool.is_some()),
				("serve", serve.is_some()),
				("attribute", attribute.is_some()),
				("watch", watch.is_some()),
			];
			assert_eq!(has.iter().filter(|(_, has)| *has).count(), 1);
			assert!(has.contains(&(name, true)), "{name}");
		}
	}

	#[test]
	fn what_is_not_said_has_a_default() {
		let strategy = Strategy::parse(
			"agent = 3\n[pool]\ntitle = \"model:1\"\ntarget = \"50%\"\nmost = \"0.5\"\nmost_shares = 5",
		);
		let pool = strategy.unwrap().pool.unwrap();
		assert_eq!((pool.title, pool.every), (Title::model(1), 10));
		let most = Pair { planck: 500_000_000_000, shares: 5 };
		assert_eq!(
			pool.rules(),
			Rules { target: Rate(500_000_000), tolerance: five_percent(), most }
		);

		let strategy =
			Strategy::parse("agent = 0\n[serve]\nmodel = 1\ncommand = \"cat -u\"\nprice = 1");
		let serve = strategy.unwrap().serve.unwrap().arguments();
		assert!(serve.listen.ip().is_loopback());
		assert_eq!((serve.price, serve.settle_at), (Amount(1_000_000_000_000), None));

		let watch = Strategy::parse("agent = 0\n[watch]").unwrap().watch.unwrap();
		let watch = watch.arguments().unwrap();
		assert_eq!((watch.once, watch.demand, watch.max_demands), (false, false, 64));
	}

	#[test]
	fn what_is_no_strategy_is_refused_with_the_reason() {
		let refused = |text: &str, why: &str| {
			let error = Strategy::parse(text).unwrap_err();
			assert!(error.contains(why), "{error}");
		};
		refused("", "agent");
		refused("agent = 0", "nothing to do");
		refused("agent = 0\n[poll]", "poll");
		refused("agent = 0\n[watch]\nanounce = true", "anounce");
		refused("agent = 0\n[attribute]\nmodels = []", "no models");
		refused("agent = 0\n[pool]\ntitle = \"model\"", "no title");
		refused("agent = 0\n[serve]\nmodel = 1\ncommand = \"x\"\nprice = \"dear\"", "no amount");
		let serve = "agent = 0\n[serve]\nmodel = 1\ncommand = \"x\"\nprice = \"1\"\n";
		for (option, reason) in [
			("timeout = 0", "from 1 to 3600, not 0"),
			("timeout = 3601", "from 1 to 3600, not 3601"),
			("at_once = 0", "from 1 to 1024, not 0"),
			("at_once = 1025", "from 1 to 1024, not 1025"),
		] {
			refused(&format!("{serve}{option}"), reason);
		}
		assert!(Strategy::parse(&format!("{serve}timeout = 3600\nat_once = 1024")).is_ok());
	}
}
