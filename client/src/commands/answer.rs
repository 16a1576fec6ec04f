//! `answer`: showing chunks that are demanded.

use std::{collections::BTreeMap, process::ExitCode};

use futures::{stream, StreamExt};
use serde_json::json;
use subxt::utils::AccountId32;
use tributary_engine::{BlobError, BlobSource, BlobStore};
use tributary_primitives::{
	blob::{self, Opening, CHUNK_LEN},
	views::DemandView,
};

use super::{
	demand::describe,
	follow::{follow, Follower},
	race::send_unless_decided,
};
use crate::{
	amount::Amount,
	chain::{calls, BlockId, Chain},
	cli::Answering,
	context::{Answer, Context},
	error::{Error, Result},
};

/// Answers that are on their way at a time: each waits for a block.
const AT_ONCE: usize = 16;
/// How often an answer that the node refuses is sent.
const ATTEMPTS: u32 = 3;

pub async fn run(context: &Context, arguments: &Answering) -> Result<ExitCode> {
	let chain = context.chain().await?;
	let mut answerer = Answerer {
		context,
		store: context.store()?,
		from: 0,
		first: None,
		refused: BTreeMap::new(),
	};
	if !arguments.once {
		context.note("answering demands; end with Ctrl-C");
		follow(context, chain, &mut answerer).await?;
		return Ok(ExitCode::SUCCESS);
	}
	let Round { answers, lacking } = answerer.round(&chain).await?;
	let settled = answers.iter().all(|answer| answer.json["reason"].is_null());
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

struct Answerer<'a> {
	context: &'a Context,
	store: BlobStore,
	/// No demand below this one pends, in a block that is final.
	from: u64,
	/// The first demand that pends in a block that may still be left behind, and with it answers.
	first: Option<(BlockId, u64)>,
	/// How often the answer to a demand was refused.
	refused: BTreeMap<u64, u32>,
}

struct Round {
	answers: Vec<Answer>,
	/// Demands for bytes that the store lacks.
	lacking: Vec<DemandView<AccountId32>>,
}

impl Follower for Answerer<'_> {
	async fn on_block(&mut self, chain: &Chain, _: u64) -> Result<()> {
		for answer in self.round(chain).await?.answers {
			self.context.print(&answer);
		}
		Ok(())
	}
}

impl Answerer<'_> {
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

	/// Answers all that is demanded, heard and here.
	async fn round(&mut self, chain: &Chain) -> Result<Round> {
		self.go_on(chain).await?;
		let block = chain.best().await?;
		let best = block.number;
		let pending = chain.demands(self.from).await?;
		let first = pending.iter().map(|demand| demand.id).min();
		self.first = self.first.or(first.map(|first| (block, first)));
		self.refused.retain(|id, _| *id >= self.from);
		let (mut openings, mut lacking) = (Vec::new(), Vec::new());
		for demand in pending {
			let heard = u64::from(demand.answer_until) > best;
			let hopeless = self.refused.get(&demand.id).is_some_and(|times| *times >= ATTEMPTS);
			if !heard || hopeless {
				continue;
			}
			match open(self.context, &self.store, &demand) {
				Some(opening) => openings.push((demand, opening)),
				None => lacking.push(demand),
			}
		}
		let context = self.context;
		let sending = openings.into_iter().map(|(demand, opening)| async move {
			let answer = send(context, chain, &demand, &opening).await;
			(demand.id, answer)
		});
		let mut sending = stream::iter(sending).buffer_unordered(AT_ONCE);
		let mut answers = Vec::new();
		while let Some((id, answer)) = sending.next().await {
			let answer = answer?;
			if !answer.json["reason"].is_null() {
				*self.refused.entry(id).or_default() += 1;
			}
			answers.push(answer);
		}
		Ok(Round { answers, lacking })
	}
}

/// The demanded chunk, if the store has its blob.
fn open(context: &Context, store: &BlobStore, demand: &DemandView<AccountId32>) -> Option<Opening> {
	let start = demand.chunk.saturating_mul(CHUNK_LEN);
	let opened = match store.get(&demand.content) {
		Ok(bytes) => blob::open(&bytes, start, 1).map_err(|error| error.to_string()),
		Err(BlobError::Missing(_)) => return None,
		Err(error) => Err(error.to_string()),
	};
	// One damaged file is no reason to leave the other demands unanswered.
	opened.map_err(|error| context.note(format!("demand {}: {error}", demand.id))).ok()
}

async fn send(
	context: &Context,
	chain: &Chain,
	demand: &DemandView<AccountId32>,
	opening: &Opening,
) -> Result<Answer> {
	let DemandView { id, blob, chunk, .. } = demand;
	let about = format!("demand {id} (chunk {chunk} of {})", describe(blob));
	let mut json = json!({ "demand": id, "blob": blob, "chunk": chunk });
	let call = calls::answer(*id, opening);
	let decided = || async { Ok(chain.find_demand(*id).await?.is_none()) };
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
		Err(error @ Error::Refused { .. }) => {
			json["reason"] = json!(error.to_string());
			format!("{about} was not answered: {error}")
		}
		Err(error) => return Err(error),
	};
	Ok(Answer::new(json, text))
}
