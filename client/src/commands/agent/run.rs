//! `agent run`: an agent that runs by itself.

use std::{path::Path, process::ExitCode};

use serde_json::json;
use tributary_primitives::ids::AgentId;

use super::{attributing::Attributing, balancing::Balancing};
use crate::{
	agent::{
		journal::{Fate, Journal},
		rest::Rest,
		standing::{Hindered, Standing},
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
	gateway::settle::RETRY,
	keys::Signer,
};

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
	let hindered = Hindered::default();
	let mut runner = Runner { context, id, signer, parts, waits: false, hindered };
	Box::pin(follow(context, chain, &mut runner)).await?;
	Ok(ExitCode::SUCCESS)
}

/// Shows each block to every part of a strategy, one after the other, so that they never send at the same time.
struct Runner<'a> {
	context: &'a Context,
	id: AgentId,
	signer: Signer,
	parts: Vec<Part<'a>>,
	/// Whether it was said that an earlier act is waited for.
	waits: bool,
	/// Why it may not act.
	hindered: Hindered,
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

impl<'a> Part<'a> {
	fn new(name: &'static str, work: Work<'a>) -> Self {
		Self { name, work, rest: Rest::default() }
	}

	/// A gateway sells only what it can close channels for.
	fn set_may_act(&self, may_act: bool) {
		if let Work::Serve(seller) = &self.work {
			seller.set_sells(may_act);
		}
	}

	/// Rests after a refusal in the block `number`. Gives the block in which that is over.
	fn refused(&mut self, number: u64) -> u64 {
		self.set_may_act(false);
		let settles = matches!(self.work, Work::Serve(_));
		rest_after(&mut self.rest, number, settles)
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
		let may_act = self.is_settled(chain).await? && self.may_act(chain, number).await?;
		for part in &self.parts {
			part.set_may_act(may_act && part.rest.is_over(number));
		}
		if !may_act {
			return Ok(());
		}
		for part in &mut self.parts {
			if !part.rest.is_over(number) {
				continue;
			}
			match Box::pin(part.on_block(chain, number)).await {
				Ok(()) => part.rest = Rest::default(),
				Err(Error::Refused { message, .. }) => {
					let until = part.refused(number);
					let text = format!("{} rests until block {until}: {message}", part.name);
					self.context.note(text);
				}
				Err(error) => return Err(error),
			}
		}
		Ok(())
	}
}

/// What `settles` channels has windows to meet, and rests shortly however often it is refused.
fn rest_after(rest: &mut Rest, number: u64, settles: bool) -> u64 {
	if !settles {
		return rest.refused(number);
	}
	let until = number.saturating_add(RETRY);
	*rest = Rest::until(until);
	until
}

impl Runner<'_> {
	/// Whether an act would be made in the block after `number`. Says so when that changes.
	async fn may_act(&mut self, chain: &Chain, number: u64) -> Result<bool> {
		let standing = Standing {
			agent: chain.agent(self.id).await?,
			mandate: chain.mandate(self.id).await?,
			min_stake: chain.constant("Agents", "MinStake").await?,
		};
		let hindrance = standing.hindrance(&self.signer.operator(), number.saturating_add(1));
		let may = hindrance.is_none();
		if let Some(text) = self.hindered.now(hindrance) {
			self.context.note(format!("agent {}: {text}", self.id));
		}
		Ok(may)
	}

	/// Whether it is known what became of every act. Nothing is sent before.
	async fn is_settled(&mut self, chain: &Chain) -> Result<bool> {
		let Some(journal) = self.context.journal() else { return Ok(true) };
		let pending = journal.state().pending;
		let (known, found, text) = match journal.settle(chain, &self.signer).await {
			Ok(None) => return Ok(true),
			Ok(Some(Fate::Done(index))) => {
				(true, Some(index), format!("is act {index} of the history"))
			}
			Ok(Some(Fate::Unknown(why))) => (
				false,
				None,
				format!(
					"was made, or another transaction took its place: the node does not keep the states \
					 that say which ({why}). The agent goes on from the state of now"
				),
			),
			Ok(Some(_)) => (true, None, "will not be made".to_owned()),
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
		let json = json!({ "action": "found", "call": what, "act": found, "known": known });
		let text = format!("{what}, which was sent before, {text}");
		self.context.print(&Answer::new(json, text));
		Ok(true)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::gateway::settle::LAST_CALL;

	#[test]
	fn a_gateway_that_is_refused_again_and_again_still_meets_the_windows_of_its_channels() {
		let (mut gateway, mut other) = (Rest::default(), Rest::default());
		let mut number = 100;
		for _ in 0..8 {
			rest_after(&mut other, number, false);
			let until = rest_after(&mut gateway, number, true);
			assert!(until - number < LAST_CALL);
			assert!(!gateway.is_over(until - 1) && gateway.is_over(until));
			number = until;
		}
		assert!(!other.is_over(number + LAST_CALL), "others rest ever longer");
	}
}
