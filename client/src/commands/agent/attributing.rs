//! An agent that reports on finished epochs.

use serde_json::json;
use tributary_primitives::ids::{EpochIndex, ModelId};

use crate::{
	agent::{
		attribute::{due, to_look_at, Due},
		journal::{Journal, OpenEpoch, MAX_OPEN},
		strategy::AttributeStrategy,
	},
	chain::Chain,
	cli::{Period, Report},
	commands::{follow::Follower, report},
	context::{Answer, Context},
	error::{Error, Result},
};

/// Blocks after which an epoch that could not be reported on is looked at again.
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
			let next = state.epochs.get(&model).copied().unwrap_or(begun);
			let epochs = to_look_at(next, now, state.open.len(), MAX_OPEN);
			let (end, mut found) = (epochs.end, Vec::new());
			for epoch in epochs {
				if chain.pot(model, epoch).await?.is_some() {
					found.push(OpenEpoch { model, epoch, again: 0 });
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
			// Bytes that are not here may come, and what the chain refuses now it may take later.
			Err(Error::Usage(message) | Error::Refused { message, .. }) => {
				self.note(model, epoch, &message);
				Ok(Some(number.saturating_add(AGAIN)))
			}
			Err(error) => Err(error),
		}
	}

	fn note(&self, model: ModelId, epoch: EpochIndex, message: &str) {
		self.context.note(format!("epoch {epoch} of model {model}: {message}"));
	}
}

impl Follower for Attributing<'_> {
	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()> {
		let Some(journal) = self.context.journal() else { return Ok(()) };
		self.take_up(chain, journal).await?;
		let open = journal.state().open;
		for open in open.into_iter().filter(|open| open.again <= number).take(AT_ONCE) {
			let again = self.look(chain, open, number).await?;
			journal.change(|state| {
				let is = |other: &OpenEpoch| (other.model, other.epoch) == (open.model, open.epoch);
				match again {
					None => state.open.retain(|other| !is(other)),
					Some(again) => {
						state.open.iter_mut().filter(|other| is(other)).for_each(|other| {
							other.again = again;
						});
					}
				}
			})?;
		}
		Ok(())
	}
}
