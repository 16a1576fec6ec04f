//! `agent run`: an agent that runs by itself.

use std::{path::Path, process::ExitCode};

use serde_json::json;

use super::{attributing::Attributing, balancing::Balancing};
use crate::{
	agent::{
		journal::{Fate, Journal},
		strategy::Strategy,
	},
	chain::Chain,
	commands::{
		follow::{follow, Follower},
		gateway::{seller, Seller},
		watch::{self, Watcher},
	},
	context::{Answer, Context},
	error::{Error, Result},
	keys::Signer,
};

/// Blocks for which a part rests that was refused something; each next time for twice as long.
const REST: u64 = 10;
/// The most blocks for which it rests.
const LONGEST_REST: u64 = 640;

pub async fn run(context: &Context, path: &Path) -> Result<ExitCode> {
	if context.dry_run() {
		return Err(Error::usage("an agent that runs acts: it has no --dry-run"));
	}
	let Strategy { agent: id, pool, serve, attribute, watch } = Strategy::read(path)?;
	if context.agent().is_some_and(|given| given != id) {
		return Err(Error::usage(format!("{} is for agent {id}", path.display())));
	}
	let chain = context.chain().await?;
	let operator = context.key()?.operator();
	let agent = chain.agent(id).await?;
	if agent.operator != Some(operator) {
		return Err(Error::refused(format!(
			"{operator} is not the operator of agent {id}. Its owner names one with `agent set-operator`."
		)));
	}
	let journal =
		Journal::open(Journal::default_path(context.data_dir(), chain.genesis(), id), id)?;
	let context = &context.running(id, journal);
	let signer = context.key()?;
	context.agree("what the strategy says", &signer)?;

	let mut parts = Vec::new();
	if let Some(pool) = pool {
		parts.push(Part::new("pool", Work::Pool(Box::new(Balancing::new(context, pool)?))));
	}
	if let Some(attribute) = attribute {
		parts.push(Part::new("attribute", Work::Attribute(Attributing::new(context, attribute))));
	}
	if let Some(watch) = watch {
		let arguments = watch.arguments()?;
		let watcher = Box::pin(watch::follower(context, chain.clone(), arguments)).await?;
		parts.push(Part::new("watch", Work::Watch(Box::new(watcher))));
	}
	if let Some(serve) = serve {
		let seller = Box::pin(seller(context, chain.clone(), serve.arguments())).await?;
		context.print(seller.terms());
		parts.push(Part::new("serve", Work::Serve(Box::new(seller))));
	}
	let names: Vec<_> = parts.iter().map(|part| part.name).collect();
	context.note(format!("agent {id} runs ({}); end with Ctrl-C", names.join(", ")));
	let mut runner = Runner { context, signer, parts, waits: false };
	Box::pin(follow(context, chain, &mut runner)).await?;
	Ok(ExitCode::SUCCESS)
}

/// Shows each block to every part of a strategy, one after the other, so that they never send at the same time.
struct Runner<'a> {
	context: &'a Context,
	signer: Signer,
	parts: Vec<Part<'a>>,
	/// Whether it was said that an earlier act is waited for.
	waits: bool,
}

struct Part<'a> {
	name: &'static str,
	work: Work<'a>,
	rest: Rest,
}

enum Work<'a> {
	Pool(Box<Balancing<'a>>),
	Attribute(Attributing<'a>),
	Watch(Box<Watcher<'a>>),
	Serve(Box<Seller<'a>>),
}

/// When a part that was refused something goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Rest {
	until: u64,
	pause: u64,
}

impl Rest {
	/// After a refusal in the block `number`.
	fn refused(&mut self, number: u64) {
		self.pause = self.pause.saturating_mul(2).clamp(REST, LONGEST_REST);
		self.until = number.saturating_add(self.pause);
	}

	/// Whether it goes on in the block `number`.
	fn is_over(&self, number: u64) -> bool {
		number >= self.until
	}
}

impl<'a> Part<'a> {
	fn new(name: &'static str, work: Work<'a>) -> Self {
		Self { name, work, rest: Rest::default() }
	}

	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()> {
		match &mut self.work {
			Work::Pool(part) => part.on_block(chain, number).await,
			Work::Attribute(part) => part.on_block(chain, number).await,
			Work::Watch(part) => part.on_block(chain, number).await,
			Work::Serve(part) => part.on_block(chain, number).await,
		}
	}
}

impl Follower for Runner<'_> {
	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()> {
		if !self.is_settled(chain).await? {
			return Ok(());
		}
		for part in &mut self.parts {
			if !part.rest.is_over(number) {
				continue;
			}
			match Box::pin(part.on_block(chain, number)).await {
				Ok(()) => part.rest = Rest::default(),
				Err(Error::Refused { message, .. }) => {
					part.rest.refused(number);
					let until = part.rest.until;
					let text = format!("{} rests until block {until}: {message}", part.name);
					self.context.note(text);
				}
				Err(error) => return Err(error),
			}
		}
		Ok(())
	}
}

impl Runner<'_> {
	/// Whether it is known what became of every act. Nothing is sent before.
	async fn is_settled(&mut self, chain: &Chain) -> Result<bool> {
		let Some(journal) = self.context.journal() else { return Ok(true) };
		let pending = journal.state().pending;
		let (found, text) = match journal.settle(chain, &self.signer).await {
			Ok(None) => return Ok(true),
			Ok(Some(Fate::Done(index))) => (Some(index), format!("is act {index} of the history")),
			Ok(Some(_)) => (None, "will not be made".to_owned()),
			Err(Error::Refused { message, .. }) => {
				if !std::mem::replace(&mut self.waits, true) {
					self.context.note(message);
				}
				return Ok(false);
			}
			Err(error) => return Err(error),
		};
		self.waits = false;
		let what = pending.map(|pending| pending.what).unwrap_or_default();
		let json = json!({ "action": "found", "call": what, "act": found });
		let text = format!("{what}, which was sent before, {text}");
		self.context.print(&Answer::new(json, text));
		Ok(true)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_was_refused_is_tried_again_after_growing_rests() {
		let mut rest = Rest::default();
		assert!(rest.is_over(0));
		let mut number = 100;
		for pause in [10, 20, 40, 80, 160, 320, 640, 640] {
			rest.refused(number);
			assert!(!rest.is_over(number + pause - 1), "{pause}");
			assert!(rest.is_over(number + pause), "{pause}");
			number += pause;
		}
	}
}
