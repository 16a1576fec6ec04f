//! `watch`: check reports while they may be challenged, prove the wrong ones wrong, and demand what is
//! withheld.

mod announce;
mod answers;
mod asked;
mod backoff;
mod batch;
mod check;
mod demands;
mod enforce;
mod events;
#[cfg(test)]
mod fixture;
mod learned;
mod order;
mod others;
mod plan;
mod prove;
mod refusal;
mod sought;
mod state;
mod trail;

use std::{
	collections::{BTreeMap, BTreeSet},
	process::ExitCode,
};

use serde_json::{json, Value as Json};
use subxt::utils::AccountId32;
use tributary_primitives::ids::{ModelId, ReportId};

use self::{
	learned::Learned,
	state::{Period, StateFile},
	trail::Trail,
};
use super::follow::{follow, Follower};
use crate::{
	chain::{BlockId, Chain},
	cli::Watch,
	context::{Answer, Context},
	error::Result,
	exchange::{Chunks, Fetcher, PROMPT},
	keys::Signer,
};

/// Notes that are remembered.
const MAX_NOTED: usize = 1_024;

pub async fn run(context: &Context, arguments: Watch) -> Result<ExitCode> {
	let chain = context.chain().await?;
	let once = arguments.once;
	let mut watch = follower(context, chain.clone(), arguments).await?;
	if once {
		return watch.once().await;
	}
	context.note("watching; end with Ctrl-C");
	follow(context, chain, &mut watch).await?;
	Ok(ExitCode::SUCCESS)
}

/// A watch on `chain`, which has read its state and no block yet.
///
/// # Errors
/// Where there is no key, the chain has no such model, or another watch uses the state file.
pub async fn follower<'a>(
	context: &'a Context,
	chain: Chain,
	arguments: Watch,
) -> Result<Watcher<'a>> {
	let key = context.key()?;
	let account = key.account();
	if let Some(model) = arguments.model {
		chain.model(model).await?;
	}
	let path = arguments
		.state
		.unwrap_or_else(|| StateFile::default_path(context.data_dir(), chain.genesis(), &account));
	let file = StateFile::open(path, !context.dry_run())?;
	let wanted = |model: ModelId| arguments.model.is_none_or(|wanted| wanted == model);
	let known = file.state.reports.iter().filter(|known| wanted(known.model));
	let max_demands = if arguments.demand { arguments.max_demands } else { 0 };
	Ok(Watcher {
		context,
		fetcher: match arguments.once {
			true => context.fetcher(&arguments.peers)?,
			// A turn is short, and every peer is to be asked in it.
			false => context.fetcher(&arguments.peers)?.answering_within(PROMPT),
		},
		max_bytes: arguments.max_bytes,
		chunks: Chunks::new(context.store()?, context.store_dir(), max_demands.into()),
		periods: known.map(|known| (known.period(), true)).collect(),
		chain,
		key,
		account,
		model: arguments.model,
		once: arguments.once,
		max_demands,
		announces: arguments.announce,
		file,
		trail: Trail::default(),
		lowest: None,
		late: None,
		learned: Learned::default(),
		noted: BTreeSet::new(),
		unsaid: BTreeMap::new(),
		verdicts: Vec::new(),
		actions: Vec::new(),
	})
}

/// Whoever watches reports, block by block.
pub struct Watcher<'a> {
	context: &'a Context,
	chain: Chain,
	key: Signer,
	account: AccountId32,
	fetcher: Fetcher,
	/// The longest blob that is fetched or read.
	max_bytes: u64,
	/// What demands have brought.
	chunks: Chunks,
	model: Option<ModelId>,
	/// Whether it ends after one look.
	once: bool,
	/// The most demands for the sake of one report.
	max_demands: u32,
	/// Whether faults are announced.
	announces: bool,
	file: StateFile,
	/// The blocks that were read and may be left behind.
	trail: Trail,
	/// The first demand that pended in a block that may be left behind, or before it.
	lowest: Option<(BlockId, u64)>,
	/// The block in which the last transaction was left that stood in none.
	late: Option<u64>,
	/// What blocks and checks have shown since it was started.
	learned: Learned,
	/// What is reported on and may be challenged, and whether something has happened to it since it was
	/// looked at.
	periods: BTreeMap<Period, bool>,
	/// What was noted, and is not noted again.
	noted: BTreeSet<String>,
	/// What is to be said of reports that lack something, unless it arrives.
	unsaid: BTreeMap<ReportId, (Json, String)>,
	/// What was said, where it is said at the end.
	verdicts: Vec<Answer>,
	actions: Vec<Answer>,
}

impl Follower for Watcher<'_> {
	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()> {
		self.chain = chain.clone();
		// What a look waits for is nested too deeply to stand in its caller's future.
		Box::pin(self.look(number)).await
	}
}

impl Watcher<'_> {
	/// Looks at what stands now, and prints one summary.
	async fn once(&mut self) -> Result<ExitCode> {
		let best = self.chain.best().await?.number;
		Box::pin(self.look(best)).await?;
		self.follow_announcements().await?;
		self.fetcher.close().await;
		let text: Vec<_> = self.actions.iter().chain(&self.verdicts).collect();
		let text = match text.as_slice() {
			[] => "no report may be challenged now".to_owned(),
			said => said.iter().map(|said| said.text.as_str()).collect::<Vec<_>>().join("\n"),
		};
		let values = |answers: &[Answer]| -> Vec<_> {
			answers.iter().map(|answer| answer.json.clone()).collect()
		};
		let json = json!({ "checked": values(&self.verdicts), "actions": values(&self.actions) });
		self.context.print(&Answer::new(json, text));
		let settled = self.verdicts.iter().all(|verdict| verdict.json["reason"].is_null());
		Ok(if settled { ExitCode::SUCCESS } else { ExitCode::FAILURE })
	}

	/// Reads what has happened up to the block `number`, and does what is to be done. What is wrong with what is
	/// at hand is proven before anything is waited for.
	async fn look(&mut self, number: u64) -> Result<()> {
		self.read_events(number).await?;
		let open = self.open_reports().await?;
		self.check_at_hand(&open).await?;
		self.enforce_demands().await?;
		self.follow_announcements().await?;
		self.read_backlog(number).await?;
		let open = self.open_reports().await?;
		self.fetch_and_check(&open).await?;
		self.demand_missing(&open).await
	}

	/// Says something that comes up with each block, the first time.
	fn note_once(&mut self, text: String) {
		// What was said long ago may be said again: the list must not grow for ever.
		if self.noted.len() >= MAX_NOTED {
			self.noted.clear();
		}
		if self.noted.insert(text.clone()) {
			self.context.note(text);
		}
	}

	/// Says what became of a report.
	fn tell_verdict(&mut self, verdict: Answer) {
		match self.once {
			true => self.verdicts.push(verdict),
			false => self.context.print(&verdict),
		}
	}

	/// Says what was done, or was seen to happen to what was done before.
	fn tell_action(&mut self, action: Answer) {
		match self.once {
			true => self.actions.push(action),
			false => self.context.print(&action),
		}
	}
}
