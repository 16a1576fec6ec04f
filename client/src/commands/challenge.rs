//! `challenge`: showing that a contribution repeats earlier bytes.

use std::process::ExitCode;

use serde_json::{json, Map, Value as Json};
use subxt::utils::AccountId32;
use tributary_engine::{find_hits, trace, BlobSource, Corpus, Index};
use tributary_primitives::{
	blob::Content,
	ids::Seq,
	originality::{Hit, REQUIRED_HITS, SAMPLES, SAMPLE_WINDOW},
	views::{AccusationView, OriginalView},
};

use super::{checked, dataset::list, demand::named_output, sent};
use crate::{
	amount::Amount,
	chain::{
		calls::{self, Original, HITS_AT_ONCE},
		tx::{Included, Outcome, Via},
		Chain,
	},
	cli::Challenge,
	context::{Answer, Context},
	error::{Error, Result},
	keys::{self, Signer},
};

pub async fn run(context: &Context, command: Challenge) -> Result<ExitCode> {
	let chain = context.chain().await?;
	let answer = match command {
		Challenge::Copy { accused, of, anyway } => {
			let content = chain.content_of(of).await?;
			let original = Original::Contribution(of);
			return accuse(context, chain, accused, original, content, anyway).await;
		}
		Challenge::Loop { accused, model, epoch, receipt, item, anyway } => {
			let (content, opening) =
				named_output(context, &chain, (model, epoch, receipt, item)).await?;
			let original = Original::Output { model, epoch, receipt, item, opening };
			return accuse(context, chain, accused, original, content, anyway).await;
		}
		Challenge::Show { accused } => show(&chain, accused).await?,
		Challenge::Close { accused, account } => {
			let account = keys::account(&account)?;
			let call = calls::close_accusation(accused, &account);
			let outcome = context.send(&chain, &call, &context.key()?, Via::Pool).await?;
			sent(&outcome, || closed(&outcome))
		}
	};
	context.print(&answer);
	Ok(ExitCode::SUCCESS)
}

/// Accuses, waits for the draw, and shows the drawn windows.
async fn accuse(
	context: &Context,
	chain: Chain,
	accused: Seq,
	original: Original,
	content: Content,
	anyway: bool,
) -> Result<ExitCode> {
	let store = context.store()?;
	let read = |content: &Content| match store.get(content) {
		Ok(bytes) => Ok(bytes.into_owned()),
		Err(error) => Err(Error::usage(format!("{error}, with `blob fetch` for instance"))),
	};
	let ours = read(&chain.content_of(accused).await?)?;
	let theirs = read(&content)?;
	let key = context.key()?;
	let account = key.account();
	let share = Share::of(&ours, &theirs)?;
	let case = Case {
		context,
		chain,
		key,
		account,
		accused,
		ours,
		theirs,
		sent: Vec::new(),
		facts: Map::new(),
	};
	case.run(&original, share, anyway).await
}

/// How much of a blob stands in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Share {
	windows: u64,
	shown: u64,
}

impl Share {
	fn of(accused: &[u8], original: &[u8]) -> Result<Self> {
		let mut corpus = Corpus::new();
		corpus.push(1, original).map_err(Error::usage)?;
		let index = Index::build(corpus, SAMPLE_WINDOW).map_err(Error::usage)?;
		let traced = trace(&index, accused);
		Ok(Self { windows: traced.windows, shown: traced.owned.get(&1).copied().unwrap_or(0) })
	}

	/// Whether more draws than not show enough windows.
	fn suffices(self) -> bool {
		let drawn = u128::from(self.shown) * u128::from(SAMPLES);
		self.windows > 0 && drawn >= u128::from(self.windows) * u128::from(REQUIRED_HITS)
	}
}

/// How an accusation ended.
enum Ended {
	/// Enough windows were shown.
	Upheld { slashed: u128, reward: u128 },
	/// Too few drawn windows stand in the original.
	Failed,
	/// There is nothing to decide any more, or the windows were not drawn.
	Moot,
}

struct Case<'a> {
	context: &'a Context,
	chain: Chain,
	key: Signer,
	account: AccountId32,
	accused: Seq,
	ours: Vec<u8>,
	theirs: Vec<u8>,
	/// The JSON of each transaction.
	sent: Vec<Json>,
	/// What is known so far, for the answer.
	facts: Map<String, Json>,
}

impl Case<'_> {
	async fn run(mut self, original: &Original, share: Share, anyway: bool) -> Result<ExitCode> {
		let accused = self.accused;
		let Share { windows, shown } = share;
		self.facts.insert("accused".into(), json!(accused));
		self.facts.insert("account".into(), json!(self.account));
		self.facts.insert("share".into(), json!({ "windows": windows, "shown": shown }));
		let open = match self.chain.find_accusation(accused, &self.account).await? {
			Some(open) => {
				self.context.note("accused before; going on from there");
				open
			}
			None => {
				if !share.suffices() && !anyway {
					return Err(Error::refused(format!(
						"{shown} of {windows} windows of contribution {accused} stand in the original, \
						 and {REQUIRED_HITS} of {SAMPLES} drawn ones must: the bond would be lost. Say \
						 --anyway to accuse all the same."
					)));
				}
				let call = calls::accuse(accused, original);
				let outcome = self.context.send(&self.chain, &call, &self.key, Via::Pool).await?;
				if outcome.included().is_none() {
					self.context.print(&Answer::new(outcome.to_json(), checked(&outcome)));
					return Ok(ExitCode::SUCCESS);
				}
				self.sent.push(outcome.to_json());
				match self.chain.find_accusation(accused, &self.account).await? {
					Some(open) => open,
					None => return self.end(0, &Ended::Moot),
				}
			}
		};
		self.facts.insert("original".into(), json!(open.original));
		self.facts.insert("bond".into(), json!(open.bond.to_string()));
		self.facts.insert("drawAt".into(), json!(open.draw_at));
		self.facts.insert("proveUntil".into(), json!(open.prove_until));
		self.context.note(format!(
			"contribution {accused} is accused, for a bond of {}; windows are drawn in block {}",
			Amount(open.bond),
			open.draw_at
		));
		let Some(drawn) = self.wait_for_draw().await? else {
			self.close().await?;
			return self.end(0, &Ended::Moot);
		};
		let hits = self.hits(&drawn)?;
		let before = drawn.hits.count_ones();
		let wanted = REQUIRED_HITS.saturating_sub(before) as usize;
		let total = before.saturating_add(u32::try_from(hits.len()).unwrap_or(u32::MAX));
		if hits.len() < wanted {
			return self.end(total, &Ended::Failed);
		}
		let ended = self.show(&hits[..wanted]).await?;
		if matches!(ended, Ended::Moot) {
			self.close().await?;
		}
		self.end(total.min(REQUIRED_HITS), &ended)
	}

	/// Waits until the windows are drawn; `None` where that can not happen any more.
	async fn wait_for_draw(&self) -> Result<Option<AccusationView<AccountId32>>> {
		let mut heads = self.chain.best_heads().await?;
		loop {
			let best = heads.next().await?;
			let found = self.chain.find_accusation(self.accused, &self.account).await?;
			match found {
				Some(open) if open.seed.is_some() => return Ok(Some(open)),
				Some(open) if best <= open.prove_until.into() => {}
				_ => return Ok(None),
			}
		}
	}

	/// The drawn windows that stand in the original and were not shown yet.
	fn hits(&self, drawn: &AccusationView<AccountId32>) -> Result<Vec<Hit>> {
		let Some(seed) = &drawn.seed else { return Ok(Vec::new()) };
		let mut hits = find_hits(seed, &self.ours, &self.theirs).map_err(Error::usage)?;
		hits.retain(|hit| drawn.hits & 1u32.checked_shl(hit.sample.into()).unwrap_or(0) == 0);
		Ok(hits)
	}

	async fn show(&mut self, hits: &[Hit]) -> Result<Ended> {
		for part in hits.chunks(HITS_AT_ONCE) {
			let call = calls::show_hits(self.accused, part);
			let shown = self.context.send(&self.chain, &call, &self.key, Via::Proof).await;
			let outcome = match shown {
				Err(error) if error.is("NothingToDecide") || error.is("NotAccused") => {
					return Ok(Ended::Moot);
				}
				shown => shown?,
			};
			self.sent.push(outcome.to_json());
			if let Some(ended) = outcome.included().and_then(upheld) {
				return Ok(ended);
			}
		}
		Ok(Ended::Moot)
	}

	/// Gets the bond of a moot accusation back.
	async fn close(&mut self) -> Result<()> {
		let call = calls::close_accusation(self.accused, &self.account);
		match self.context.send(&self.chain, &call, &self.key, Via::Pool).await {
			Ok(outcome) => self.sent.push(outcome.to_json()),
			Err(Error::Refused { message, .. }) => {
				self.context.note(format!("the accusation is not closed: {message}"));
			}
			Err(error) => return Err(error),
		}
		Ok(())
	}

	/// Prints how it ended; anything but an upheld accusation is exit code 1.
	fn end(mut self, hits: u32, ended: &Ended) -> Result<ExitCode> {
		let accused = self.accused;
		let (name, text, code) = match ended {
			Ended::Upheld { slashed, reward } => {
				self.facts.insert("slashed".into(), json!(slashed.to_string()));
				self.facts.insert("reward".into(), json!(reward.to_string()));
				let text = format!(
					"contribution {accused} repeats the original; {} slashed, {} is yours",
					Amount(*slashed),
					Amount(*reward)
				);
				("upheld", text, ExitCode::SUCCESS)
			}
			Ended::Failed => {
				let text = format!(
					"{hits} of {SAMPLES} drawn windows stand in the original, and {REQUIRED_HITS} must: \
					 the bond is lost when the accusation is closed"
				);
				("failed", text, ExitCode::FAILURE)
			}
			Ended::Moot => {
				let text =
					"there is nothing to decide any more, or no windows were drawn; the bond is \
				            free once the accusation is closed";
				("moot", text.to_owned(), ExitCode::FAILURE)
			}
		};
		self.facts.insert("hits".into(), json!(hits));
		self.facts.insert("outcome".into(), json!(name));
		self.facts.insert("transactions".into(), self.sent.into());
		self.context.print(&Answer::new(self.facts.into(), text));
		Ok(code)
	}
}

fn upheld(tx: &Included) -> Option<Ended> {
	let event = tx.event("Originality", "Upheld")?;
	Some(Ended::Upheld { slashed: event.amount("slashed")?, reward: event.amount("reward")? })
}

fn closed(outcome: &Outcome) -> String {
	let failed = outcome.included().and_then(|tx| tx.event("Originality", "Failed"));
	match failed.and_then(|event| event.amount("forfeited")) {
		Some(forfeited) => {
			format!("the accusation was not shown; {} is forfeited", Amount(forfeited))
		}
		None => "the accusation is closed; the bond is released".to_owned(),
	}
}

async fn show(chain: &Chain, accused: Seq) -> Result<Answer> {
	let accusations = chain.accusations(accused).await?;
	let blocks: Vec<_> = accusations.iter().map(describe).collect();
	let text = match blocks.is_empty() {
		true => format!("contribution {accused} is not accused"),
		false => blocks.join("\n\n"),
	};
	Ok(Answer::new(json!({ "accusations": accusations }), text))
}

fn describe(accusation: &AccusationView<AccountId32>) -> String {
	let original = match &accusation.original {
		OriginalView::Contribution(seq) => format!("contribution {seq}"),
		OriginalView::Output(served) => format!(
			"item {} of receipt {}, epoch {} of model {}",
			served.item, served.receipt, served.epoch, served.model
		),
	};
	list(&[
		("accused by", accusation.challenger.to_string()),
		("of repeating", original),
		("bond", Amount(accusation.bond).to_string()),
		("windows are drawn", format!("in block {}", accusation.draw_at)),
		("shown", format!("{} of {REQUIRED_HITS}", accusation.hits.count_ones())),
		("hits are heard", format!("up to block {}", accusation.prove_until)),
	])
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_share_says_whether_a_bond_is_well_placed() {
		let original: Vec<u8> = (0u32..2_000).flat_map(|word| word.to_be_bytes()).collect();
		let other = vec![255; original.len()];
		let share = |accused: &[u8]| Share::of(accused, &original).unwrap();
		assert!(share(&original[1..]).suffices());
		assert!(share(&[&original[..], &other[..1_000]].concat()).suffices());
		assert!(!share(&[&original[..], &other].concat()).suffices());
		assert_eq!(share(&other).shown, 0);
		assert!(!share(&original[..31]).suffices());
	}
}
