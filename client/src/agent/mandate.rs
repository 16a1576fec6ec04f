//! Mandates as files: what an agent may do, as its owner writes it, and as it is printed back.

use std::{fmt::Write, path::Path};

use serde::{de::Error as _, Deserialize, Deserializer};
use subxt::utils::AccountId32;
use tributary_primitives::{
	agent::{Budget, Mandate, MandateError},
	views::MandateView,
};

use super::counterparty::counterparties;
use crate::{
	amount::Amount,
	chain::{written::Names, Chain},
	cli::parse_title,
	error::{Error, Result},
	files,
};

/// A mandate as it is written. Unknown keys are refused, so that a misspelt one is noticed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MandateFile {
	/// `Pallet.call`, those that nest others included.
	calls: Vec<String>,
	/// How long the window is that budgets count in.
	window: Span,
	/// For how long from now on the agent may act.
	expires_in: Option<Span>,
	/// The last block in which it may act.
	expires_at: Option<u32>,
	/// The other side of its calls; anyone where it is left out.
	counterparties: Option<Vec<String>>,
	/// What it may spend of TRIB; nothing where it is left out.
	#[serde(default)]
	native: NativeBudget,
	/// What it may spend of shares.
	#[serde(default, rename = "asset")]
	assets: Vec<AssetBudget>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct NativeBudget {
	#[serde(deserialize_with = "text")]
	per_call: Amount,
	#[serde(deserialize_with = "text")]
	per_window: Amount,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct AssetBudget {
	/// The asset's number.
	id: Option<u32>,
	/// The title whose shares it is.
	title: Option<String>,
	per_call: u64,
	per_window: u64,
}

/// A time, as blocks or as seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
	/// So many blocks.
	Blocks(u32),
	/// So many seconds.
	Seconds(u64),
}

impl Span {
	/// As blocks of `block_time` milliseconds each, rounded up; at most as many as there can be.
	pub fn blocks(self, block_time: u64) -> u32 {
		match self {
			Self::Blocks(blocks) => blocks,
			Self::Seconds(seconds) => {
				let blocks = seconds.saturating_mul(1_000).div_ceil(block_time.max(1));
				u32::try_from(blocks).unwrap_or(u32::MAX)
			}
		}
	}
}

impl std::str::FromStr for Span {
	type Err = String;

	fn from_str(text: &str) -> std::result::Result<Self, String> {
		let wrong = || format!("`{text}` is no time: write blocks as 100, or 90s, 15m, 12h or 30d");
		let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
		let number: u64 = digits.parse().map_err(|_| wrong())?;
		let seconds = match text.get(digits.len()..) {
			Some("") => {
				return u32::try_from(number).map(Self::Blocks).map_err(|_| wrong());
			}
			Some("s") => 1,
			Some("m") => 60,
			Some("h") => 3_600,
			Some("d") => 86_400,
			_ => return Err(wrong()),
		};
		number.checked_mul(seconds).map(Self::Seconds).ok_or_else(wrong)
	}
}

impl<'de> Deserialize<'de> for Span {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
		text(deserializer)
	}
}

/// A value that is written as text, or as a whole number.
///
/// # Errors
/// Where it is neither, or not of the type.
pub fn text<'de, D, T>(deserializer: D) -> std::result::Result<T, D::Error>
where
	D: Deserializer<'de>,
	T: std::str::FromStr<Err: std::fmt::Display>,
{
	#[derive(Deserialize)]
	#[serde(untagged)]
	enum Written {
		Number(u64),
		Text(String),
	}
	let written = match Written::deserialize(deserializer)? {
		Written::Number(number) => number.to_string(),
		Written::Text(text) => text,
	};
	written.parse().map_err(D::Error::custom)
}

impl MandateFile {
	/// Reads a mandate.
	///
	/// # Errors
	/// Where the file can not be read, or is no mandate.
	pub fn read(path: &Path) -> Result<Self> {
		let text = files::read(path)?;
		let text = String::from_utf8(text).map_err(Error::usage)?;
		Self::parse(&text).map_err(|error| Error::usage(format!("{}: {error}", path.display())))
	}

	fn parse(text: &str) -> std::result::Result<Self, String> {
		let file: Self = toml::from_str(text).map_err(|error| error.to_string())?;
		if file.expires_at.is_some() == file.expires_in.is_some() {
			return Err("one of expires_in and expires_at is to be given".into());
		}
		match file.assets.iter().all(|asset| asset.id.is_some() != asset.title.is_some()) {
			true => Ok(file),
			false => Err("an asset is named by one of id and title".into()),
		}
	}

	/// The mandate, by the names and in the blocks of the chain of now.
	///
	/// # Errors
	/// Where something in it is unknown to the chain, or it has more of something than a mandate may.
	pub async fn resolve(&self, chain: &Chain) -> Result<Mandate<AccountId32>> {
		let names = chain.names().await?;
		let mut calls = Vec::new();
		for name in &self.calls {
			calls.push(names.index(name)?);
		}
		calls.sort_unstable();
		calls.dedup();
		let mut assets = Vec::new();
		for asset in &self.assets {
			let id = match (asset.id, &asset.title) {
				(Some(id), _) => id,
				(None, title) => {
					let title = title.as_deref().unwrap_or_default();
					chain.vault(parse_title(title).map_err(Error::usage)?).await?.asset
				}
			};
			let budget =
				Budget { per_call: asset.per_call.into(), per_window: asset.per_window.into() };
			assets.push((id, budget));
		}
		assets.sort_unstable_by_key(|(id, _)| *id);
		let mut others = Vec::new();
		for name in self.counterparties.iter().flatten() {
			others.extend(counterparties(chain, name).await?);
		}
		others.sort_unstable();
		others.dedup();
		let block_time = chain.block_time().await?;
		let best = u32::try_from(chain.best().await?.number).unwrap_or(u32::MAX);
		let expires_at = match (self.expires_at, self.expires_in) {
			(Some(block), _) => block,
			(None, span) => best.saturating_add(span.map_or(0, |span| span.blocks(block_time))),
		};
		let many = |what: &str| Error::usage(format!("the mandate has too many {what}"));
		let mandate = Mandate {
			calls: calls.try_into().map_err(|_| many("calls"))?,
			native: Budget {
				per_call: self.native.per_call.0,
				per_window: self.native.per_window.0,
			},
			assets: assets.try_into().map_err(|_| many("assets"))?,
			window: self.window.blocks(block_time),
			counterparties: match self.counterparties {
				Some(_) => Some(others.try_into().map_err(|_| many("counterparties"))?),
				None => None,
			},
			expires_at,
		};
		mandate.check().map_err(|error| {
			Error::usage(match error {
				MandateError::ZeroWindow => "the window has no blocks: write 1 or more",
				MandateError::AssetsNotSorted => "two budgets are for the same asset",
				_ => "something stands in the mandate twice",
			})
		})?;
		Ok(mandate)
	}
}

/// A mandate as a file that gives it again, with what is used of its budgets in remarks.
pub fn to_text(mandate: &MandateView<AccountId32>, names: &Names) -> String {
	let mut text = String::from("calls = [\n");
	for call in &mandate.calls {
		let _ = writeln!(text, "\t\"{}\",", names.name(*call));
	}
	let MandateView { window, expires_at, .. } = mandate;
	let _ = write!(text, "]\nwindow = {window} # blocks\nexpires_at = {expires_at} # block\n");
	if let Some(counterparties) = &mandate.counterparties {
		let list: Vec<_> = counterparties.iter().map(|account| format!("\"{account}\"")).collect();
		let _ = writeln!(text, "counterparties = [{}]", list.join(", "));
	}
	let native = &mandate.native;
	let _ = write!(
		text,
		"\n[native]\nper_call = \"{}\"\nper_window = \"{}\" # {} spent in this window\n",
		Amount(native.budget.per_call),
		Amount(native.budget.per_window),
		Amount(native.spent)
	);
	for asset in &mandate.assets {
		let Budget { per_call, per_window } = asset.budget.budget;
		let _ = write!(
			text,
			"\n[[asset]]\nid = {}\nper_call = {per_call}\nper_window = {per_window} # {} spent in this \
			 window\n",
			asset.asset, asset.budget.spent
		);
	}
	text
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{chain::written::tests::names, keys::account};
	use tributary_primitives::{
		agent::CallIndex,
		views::{AssetBudgetView, BudgetView},
	};

	const FILE: &str = r#"
		calls = ["Utility.batch_all", "System.remark"]
		window = "1h"
		expires_in = "30d"
		counterparties = ["bob", "pool:model:0"]
		[native]
		per_call = "0.5"
		per_window = 10
		[[asset]]
		title = "model:0"
		per_call = 5
		per_window = 50
	"#;

	#[test]
	fn a_mandate_is_read_as_people_write_it() {
		let file = MandateFile::parse(FILE).unwrap();
		assert_eq!(file.calls.len(), 2);
		assert_eq!(file.window, Span::Seconds(3_600));
		assert_eq!(file.expires_in, Some(Span::Seconds(30 * 86_400)));
		assert_eq!(file.native.per_call, Amount(500_000_000_000));
		assert_eq!(file.native.per_window, Amount(10_000_000_000_000));
		assert_eq!(file.assets[0].title.as_deref(), Some("model:0"));
		assert_eq!((file.assets[0].per_call, file.assets[0].per_window), (5, 50));
	}

	#[test]
	fn what_is_missing_doubled_or_misspelt_is_refused() {
		let without = |line: &str| MandateFile::parse(&FILE.replace(line, ""));
		assert!(without("window = \"1h\"").is_err());
		assert!(without("expires_in = \"30d\"").unwrap_err().contains("expires_at"));
		assert!(without("title = \"model:0\"").unwrap_err().contains("id and title"));
		assert!(without("counterparties = [\"bob\", \"pool:model:0\"]").is_ok());
		let with = |line: &str| MandateFile::parse(&format!("{line}\n{FILE}"));
		assert!(with("expires_at = 9").unwrap_err().contains("expires_in"));
		assert!(with("budget = 9").is_err());
		assert!(MandateFile::parse(&FILE.replace("\"0.5\"", "\"half\"")).is_err());
	}

	#[test]
	fn times_are_blocks_or_seconds() {
		let span = |text: &str| text.parse::<Span>();
		assert_eq!(span("100"), Ok(Span::Blocks(100)));
		assert_eq!(span("90s"), Ok(Span::Seconds(90)));
		assert_eq!(span("2d"), Ok(Span::Seconds(172_800)));
		for wrong in ["", "h", "1w", "-1", "1.5h", "4294967296", "99999999999999999999d"] {
			assert!(span(wrong).is_err(), "{wrong}");
		}
		assert_eq!(Span::Seconds(10).blocks(3_000), 4, "rounded up");
		assert_eq!(Span::Seconds(u64::MAX).blocks(1), u32::MAX);
	}

	#[test]
	fn a_mandate_is_printed_as_a_file_that_gives_it_again() {
		let budget = |per_call, per_window, spent| BudgetView {
			budget: Budget { per_call, per_window },
			spent,
		};
		let view = MandateView {
			calls: vec![CallIndex { pallet: 43, call: 3 }, CallIndex { pallet: 43, call: 5 }],
			native: budget(1_500_000_000_000, 7, 3),
			assets: vec![AssetBudgetView { asset: 4, budget: budget(5, 50, 0) }],
			window: 100,
			counterparties: Some(vec![account("bob").unwrap()]),
			expires_at: 9_000,
			depositor: account("alice").unwrap(),
			deposit: 1,
		};
		let file = MandateFile::parse(&to_text(&view, &names())).unwrap();
		assert_eq!(file.calls, ["Test.transfer", "Test.batch"]);
		assert_eq!((file.window, file.expires_at), (Span::Blocks(100), Some(9_000)));
		let NativeBudget { per_call, per_window } = file.native;
		assert_eq!((per_call, per_window), (Amount(1_500_000_000_000), Amount(7)));
		let asset = AssetBudget { id: Some(4), title: None, per_call: 5, per_window: 50 };
		assert_eq!(file.assets, [asset]);
		let bob = account("bob").unwrap().to_string();
		assert_eq!(file.counterparties, Some(vec![bob]));
		let anyone = MandateView { counterparties: None, ..view };
		let file = MandateFile::parse(&to_text(&anyone, &names())).unwrap();
		assert_eq!(file.counterparties, None);
	}
}
