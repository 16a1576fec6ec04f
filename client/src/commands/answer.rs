//! `answer`: showing chunks that are demanded.

mod choice;
mod desk;
mod openings;

use std::{collections::BTreeSet, fmt::Display, future::pending, process::ExitCode};

use serde_json::{json, Value as Json};
use subxt::utils::AccountId32;
use tributary_engine::{BlobSource, BlobStore};
use tributary_primitives::blob::{Content, Opening};

use self::{
	choice::Demand,
	desk::{Desk, Found, Given, Office},
	openings::open_chunks,
};
use super::{
	demand::describe,
	follow::{follow, Follower},
	race::{self, send_unless_decided, unless_late, with_grace},
	stored::is_here,
};
use crate::{
	amount::Amount,
	chain::{calls, BlockId, Chain},
	cli::Answering,
	context::{Answer, Context},
	error::{Error, Result},
};

/// Blocks after the last one in which a demand is answered, until an answer that stands in none is given
/// up: a reorganisation may bring it back. Those come to them in which somebody else's shows.
const GRACE: u64 = 2;

pub async fn run(context: &Context, arguments: &Answering) -> Result<ExitCode> {
	let mine = own_accounts(context)?;
	if mine.is_empty() {
		context.note(
			"no key and no agent is named, so that demands for your own bytes have their turn among all \
			 others; name who you are with --key or --agent to have them answered first",
		);
	}
	let chain = context.chain().await?;
	let mut answerer = Answerer {
		context,
		store: context.store()?,
		desk: Desk::new(mine, arguments.once),
		from: 0,
		first: None,
	};
	if !arguments.once {
		context.note("answering demands; end with Ctrl-C");
		follow(context, chain, &mut answerer).await?;
		return Ok(ExitCode::SUCCESS);
	}
	let Round { answers, lacking, settled } = answerer.once(&chain).await?;
	let mut lines: Vec<_> = answers.iter().map(|answer| answer.text.clone()).collect();
	lines.extend(lacking.iter().map(|demand| {
		format!("demand {} is for {}, which is not here", demand.id, describe(&demand.blob))
	}));
	if lines.is_empty() {
		lines.push("nothing is demanded".to_owned());
	}
	let answers: Vec<_> = answers.into_iter().map(|answer| answer.json).collect();
	let json = json!({ "answers": answers, "lacking": lacking });
	context.print(&Answer::new(json, lines.join("\n")));
	Ok(if settled { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The accounts of which the demands are answered first: the agent's, and the key's.
fn own_accounts(context: &Context) -> Result<BTreeSet<AccountId32>> {
	let mut mine = BTreeSet::new();
	if context.has_key() {
		mine.insert(context.account(None)?);
		// An agent is named without a key where nothing is signed.
		mine.extend(context.key().ok().map(|key| key.operator()));
	}
	Ok(mine)
}

struct Answerer<'a> {
	context: &'a Context,
	store: BlobStore,
	desk: Desk<'a>,
	/// No demand below this one pends, in a block that is final.
	from: u64,
	/// The first demand that pends in a block that may still be left behind, and with it answers.
	first: Option<(BlockId, u64)>,
}

/// Demands that pend in a block.
struct Listed {
	best: u64,
	/// Those for bytes that the store has.
	here: Vec<Demand>,
	/// Those for others.
	lacking: Vec<Demand>,
}

/// All that was demanded once.
struct Round {
	answers: Vec<Answer>,
	/// Demands for bytes that the store lacks.
	lacking: Vec<Demand>,
	/// Whether none of the answers was refused.
	settled: bool,
}

impl Follower for Answerer<'_> {
	async fn on_block(&mut self, chain: &Chain, _: u64) -> Result<()> {
		let served = self.serve(chain).await;
		if served.is_err() {
			// What is on its way goes through a connection that may be gone.
			self.desk.abandon();
		}
		served
	}
}

impl<'a> Answerer<'a> {
	/// Leaves demands behind that are decided for good.
	async fn go_on(&mut self, chain: &Chain) -> Result<()> {
		let Some((block, first)) = self.first else { return Ok(()) };
		if chain.finalised().await?.number >= block.number {
			if chain.stands(block).await? {
				self.from = first;
			}
			self.first = None;
		}
		Ok(())
	}

	async fn list(&mut self, chain: &Chain) -> Result<Listed> {
		self.go_on(chain).await?;
		let block = chain.best().await?;
		let pending = chain.demands(self.from).await?;
		let first = pending.iter().map(|demand| demand.id).min();
		self.first = self.first.or(first.map(|first| (block, first)));
		let (here, lacking) =
			pending.into_iter().partition(|demand| is_here(&self.store, &demand.content));
		Ok(Listed { best: block.number, here, lacking })
	}

	/// Answers what is demanded until there is another block, or nothing is left to do.
	async fn serve(&mut self, chain: &Chain) -> Result<()> {
		let Listed { best, here, .. } = self.list(chain).await?;
		self.desk.list(here, best);
		let (context, node) = (self.context, self.node(chain));
		let mut said = |given: Given| context.print(&given.answer);
		self.desk.serve(&node, best, &mut said).await?;
		Ok(())
	}

	/// Answers what is demanded now, each demand once.
	async fn once(&mut self, chain: &Chain) -> Result<Round> {
		let (mut answers, mut settled) = (Vec::new(), true);
		let Listed { mut best, here, mut lacking } = self.list(chain).await?;
		lacking.retain(|demand| u64::from(demand.answer_until) > best);
		let asked: BTreeSet<u64> = here.iter().map(|demand| demand.id).collect();
		let mut left = here;
		let node = self.node(chain);
		loop {
			self.desk.list(left, best);
			let mut said = |given: Given| {
				settled &= !given.refused;
				answers.push(given.answer);
			};
			if self.desk.serve(&node, best, &mut said).await? {
				return Ok(Round { answers, lacking, settled });
			}
			Listed { best, here: left, .. } = self.list(chain).await?;
			left.retain(|demand| asked.contains(&demand.id));
		}
	}

	fn node(&self, chain: &Chain) -> Node<'a> {
		Node { context: self.context, store: self.store.clone(), chain: chain.clone() }
	}
}

/// The node, and the store of this machine.
#[derive(Clone)]
struct Node<'a> {
	context: &'a Context,
	store: BlobStore,
	chain: Chain,
}

impl Office for Node<'_> {
	async fn open(&self, content: Content, chunks: BTreeSet<u64>) -> Found {
		let store = self.store.clone();
		// The hashes of a large blob would keep everything else waiting.
		let opening = tokio::task::spawn_blocking(move || {
			let bytes = store.get(&content).map_err(|error| error.to_string())?;
			Ok(open_chunks(&bytes, &chunks))
		});
		opening.await.unwrap_or_else(|error| Err(error.to_string()))
	}

	async fn answer(&self, demand: &Demand, opening: &Opening) -> Result<Given> {
		let grace = GRACE + race::patience(self.context.waits_for_finality());
		let given_up = self.chain.wait_for_block(u64::from(demand.answer_until) + grace);
		let sending = send(self.context, &self.chain, demand, opening);
		let given = unless_late(sending, with_grace(given_up, pending())).await?;
		Ok(given.unwrap_or_else(|| refused(demand, "the answer stood in no block in time")))
	}

	async fn next_block(&self, number: u64) -> Result<()> {
		self.chain.wait_for_block(number.saturating_add(1)).await
	}

	fn note(&self, text: String) {
		self.context.note(text);
	}
}

/// What every answer to a demand has in JSON.
fn told(demand: &Demand) -> Json {
	let Demand { id, blob, chunk, .. } = demand;
	json!({ "demand": id, "blob": blob, "chunk": chunk })
}

/// A demand for people.
fn about(demand: &Demand) -> String {
	let Demand { id, blob, chunk, .. } = demand;
	format!("demand {id} (chunk {chunk} of {})", describe(blob))
}

fn refused(demand: &Demand, reason: impl Display) -> Given {
	let mut json = told(demand);
	json["reason"] = json!(reason.to_string());
	let text = format!("{} was not answered: {reason}", about(demand));
	Given { answer: Answer::new(json, text), refused: true }
}

async fn send(
	context: &Context,
	chain: &Chain,
	demand: &Demand,
	opening: &Opening,
) -> Result<Given> {
	let about = about(demand);
	let mut json = told(demand);
	let call = calls::answer(demand.id, opening);
	let decided = || async { Ok(chain.find_demand(demand.id).await?.is_none()) };
	let text = match send_unless_decided(context, chain, &call, decided).await {
		Ok(Some(outcome)) => {
			let paid = outcome
				.included()
				.and_then(|tx| tx.event("Availability", "Answered")?.amount("paid"));
			json["transaction"] = outcome.to_json();
			json["paid"] = json!(paid.map(|paid| paid.to_string()));
			match paid {
				Some(paid) => {
					format!("{about} is answered; {} to {}", Amount(paid), demand.respondent)
				}
				None => format!("{about} can be answered; nothing was sent"),
			}
		}
		Ok(None) => {
			json["meanwhile"] = json!(true);
			format!("{about} was decided meanwhile")
		}
		Err(error @ Error::Refused { .. }) => return Ok(refused(demand, error)),
		Err(error) => return Err(error),
	};
	Ok(Given { answer: Answer::new(json, text), refused: false })
}
