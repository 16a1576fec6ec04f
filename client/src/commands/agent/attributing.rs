//! An agent that reports on finished epochs.

use serde_json::json;
use tributary_primitives::ids::{EpochIndex, ModelId};

use crate::{
	agent::{
		attribute::{due, to_look_at, Due},
		journal::{Journal, OpenEpoch, MAX_OPEN},
		rest::Rest,
		strategy::AttributeStrategy,
	},
	chain::Chain,
	cli::{Period, Report},
	commands::{follow::Follower, report},
	context::{Answer, Context},
	error::{Error, Result},
};

/// Blocks after which an epoch is looked at again whose bytes are not here.
const AGAIN: u64 = 20;
/// Open epochs that are looked at in one block.
const AT_ONCE: usize = 16;

/// Posts reports, and makes them final.
pub struct Attributing<'a> {
	context: &'a Context,
	strategy: AttributeStrategy,
}

impl<'a> Attributing<'a> {
	/// By `strategy`.
	pub fn new(context: &'a Context, strategy: AttributeStrategy) -> Self {
		Self { context, strategy }
	}

	/// Takes up the epochs that are finished by now.
	async fn take_up(&self, chain: &Chain, journal: &Journal) -> Result<()> {
		let now = chain.epoch().await?.current;
		for &model in &self.strategy.models {
			let state = journal.state();
			let begun = self.strategy.from_epoch.unwrap_or_else(|| now.saturating_sub(1));
			// A development chain that is begun again has the genesis of the one before.
			let known = state.epochs.get(&model).copied().filter(|next| *next <= now);
			let next = known.unwrap_or(begun);
			let epochs = to_look_at(next, now, state.open.len(), MAX_OPEN);
			let (end, mut found) = (epochs.end, Vec::new());
			for epoch in epochs {
				if chain.pot(model, epoch).await?.is_some() {
					found.push(OpenEpoch { model, epoch, rest: Rest::default() });
				}
			}
			journal.change(|state| {
				state.open.extend(found);
				state.epochs.insert(model, end);
			})?;
		}
		Ok(())
	}

	/// Does what is to be done for one epoch. `None` where nothing will be any more, and otherwise the block in
	/// which it is looked at again.
	///
	/// # Errors
	/// Where the chain refuses, or does not answer.
	async fn look(&self, chain: &Chain, open: OpenEpoch, number: u64) -> Result<Option<u64>> {
		let OpenEpoch { model, epoch, .. } = open;
		let pot = chain.pot(model, epoch).await?;
		let found = chain.find_report(model, epoch).await?;
		let period = Period { model, epoch };
		let command = match due(pot.as_ref(), found.as_ref().map(|report| report.state)) {
			Due::Nothing => return Ok(None),
			Due::Later => {
				let until = found.map_or(0, |report| report.challenge_until);
				return Ok(Some(u64::from(until).saturating_add(1).max(number.saturating_add(1))));
			}
			Due::Post => Report::Post {
				period,
				entries: None,
				payouts: None,
				partial: self.strategy.partial,
				unseen: Vec::new(),
				bond: self.strategy.bond,
			},
			Due::Finalise => Report::Finalise { period },
		};
		let action = if matches!(command, Report::Post { .. }) { "reported" } else { "finalised" };
		match Box::pin(report::run(self.context, command)).await {
			Ok(answer) => {
				let json = json!({
					"action": action,
					"model": model,
					"epoch": epoch,
					"transaction": answer.json,
				});
				self.context.print(&Answer::new(json, answer.text));
				Ok(Some(number.saturating_add(1)))
			}
			// Nothing was sent, and bytes that are not here may come.
			Err(Error::Usage(message)) => {
				self.context.note(about(model, epoch, &message));
				Ok(Some(number.saturating_add(AGAIN)))
			}
			Err(Error::Refused { name, message }) => {
				Err(Error::Refused { name, message: about(model, epoch, &message) })
			}
			Err(error) => Err(error),
		}
	}
}

impl Follower for Attributing<'_> {
	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()> {
		let Some(journal) = self.context.journal() else { return Ok(()) };
		self.take_up(chain, journal).await?;
		let open = journal.state().open;
		for open in open.into_iter().filter(|open| open.rest.is_over(number)).take(AT_ONCE) {
			let looked = self.look(chain, open, number).await;
			let next = after(&looked, open.rest, number);
			journal.change(|state| rest_until(&mut state.open, open, next))?;
			// Each refusal has cost a fee: the whole part rests.
			looked?;
		}
		Ok(())
	}
}

/// When an epoch is looked at again after it was looked at in the block `number`; `None` where it will not be.
fn after(looked: &Result<Option<u64>>, before: Rest, number: u64) -> Option<Rest> {
	match looked {
		Ok(again) => again.map(Rest::until),
		// It rests for longer than the others, so that they have their turn before it.
		Err(Error::Refused { .. }) => {
			let mut rest = before;
			rest.refused(number);
			Some(rest)
		}
		Err(_) => Some(before),
	}
}

fn rest_until(all: &mut Vec<OpenEpoch>, open: OpenEpoch, rest: Option<Rest>) {
	let is = |other: &OpenEpoch| (other.model, other.epoch) == (open.model, open.epoch);
	match rest {
		None => all.retain(|other| !is(other)),
		Some(rest) => all.iter_mut().filter(|other| is(other)).for_each(|other| other.rest = rest),
	}
}

fn about(model: ModelId, epoch: EpochIndex, message: &str) -> String {
	format!("epoch {epoch} of model {model}: {message}")
}

#[cfg(test)]
mod tests {
	use super::*;

	fn open(epoch: EpochIndex) -> OpenEpoch {
		OpenEpoch { model: 1, epoch, rest: Rest::default() }
	}

	#[test]
	fn an_epoch_that_was_refused_rests_for_longer_each_time() {
		let refused = || Err(Error::refused("no"));
		let mut rest = Rest::default();
		for (number, over) in [(100, 110), (110, 130), (130, 170)] {
			rest = after(&refused(), rest, number).unwrap();
			assert!(!rest.is_over(over - 1) && rest.is_over(over), "{number}");
		}
		let later = after(&Ok(Some(180)), rest, 170).unwrap();
		assert_eq!(later, Rest::until(180), "what goes well ends the growth");
	}

	#[test]
	fn a_node_that_went_away_changes_nothing_about_an_epoch() {
		let gone = Err(Error::Unreachable("gone".into()));
		let before = Rest::until(40);
		assert_eq!(after(&gone, before, 50), Some(before));
	}

	#[test]
	fn an_epoch_that_is_done_is_forgotten_and_others_stay() {
		let mut all = vec![open(1), open(2), open(3)];
		rest_until(&mut all, open(2), after(&Ok(None), Rest::default(), 50));
		assert_eq!(all, [open(1), open(3)]);
		rest_until(&mut all, open(3), Some(Rest::until(60)));
		assert_eq!(all, [open(1), OpenEpoch { rest: Rest::until(60), ..open(3) }]);
	}
}
