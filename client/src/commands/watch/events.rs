//! What blocks say.

use serde_json::json;

use super::{state::Period, Watcher};
use crate::{
	amount::Amount,
	chain::{events::Event, BlockId},
	context::Answer,
	error::Result,
};

impl Watcher<'_> {
	/// Reads the events of the blocks up to `newest` that were not read and in which a report that may
	/// still be challenged can have been posted.
	pub(super) async fn read_events(&mut self, newest: u64) -> Result<()> {
		let settings = self.chain.settings().await?;
		// A demand in the last block for it keeps a report open for two more windows.
		let answers = u64::from(settings.answer_window).saturating_mul(2);
		let window = u64::from(settings.challenge_window).saturating_add(answers);
		let oldest = newest.saturating_sub(window);
		let first = match self.last {
			Some(last) if self.chain.stands(last).await? => {
				oldest.max(last.number.saturating_add(1))
			}
			// The first blocks of all, or others after a reorganisation.
			last => {
				self.take_back(last.is_some()).await?;
				oldest
			}
		};
		for number in first..=newest {
			let block = BlockId { number, hash: self.chain.hash_of(number).await? };
			match self.chain.events(block.hash, None).await {
				Ok(events) => self.take(block, &events)?,
				Err(error) => {
					// A node that still answers has only lost this block's state.
					self.chain.best().await?;
					self.context
						.note(format!("the events of block {number} are left out: {error}"));
				}
			}
			self.last = Some(block);
		}
		Ok(())
	}

	/// Takes back what was found and done in blocks that do not stand any more; where they have stood
	/// while the watch ran, demands may have been lost with them, or be open again.
	async fn take_back(&mut self, demands_too: bool) -> Result<()> {
		for mark in self.file.state.marks() {
			if !self.chain.stands(mark.into()).await? {
				self.file.state.take_back(&mark);
			}
		}
		if demands_too {
			self.find_own_demands().await?;
		}
		self.file.save()
	}

	fn take(&mut self, block: BlockId, events: &[Event]) -> Result<()> {
		for event in events {
			match (event.pallet.as_str(), event.name.as_str()) {
				("Attribution", "Reported" | "KeptOpen") => {
					let period = period_of(event);
					let wanted = period
						.filter(|(model, _)| self.model.is_none_or(|wanted| wanted == *model));
					if let Some(period) = wanted {
						self.periods.insert(period, true);
					}
				}
				// What was right may be wrong now: no corpus has the contribution any more.
				("Datasets", "Withheld") => {
					self.file.state.reports.iter_mut().for_each(|known| known.settled_in = None);
					self.lacking.clear();
				}
				("Availability", "Answered") => {
					self.heard.hear(block, event);
					self.demand_decided(event)?;
				}
				("Availability", "Enforced" | "Lapsed") => self.demand_decided(event)?,
				_ => {}
			}
		}
		Ok(())
	}

	/// Says what became of a demand of the account, unless this watch did it.
	fn demand_decided(&mut self, event: &Event) -> Result<()> {
		let demands = &mut self.file.state.demands;
		let id = event.number("demand");
		let Some(at) = demands.iter().position(|demand| Some(demand.id) == id) else {
			return Ok(());
		};
		let demand = demands.remove(at);
		self.file.save()?;
		let mut json = json!({ "demand": demand.id, "blob": demand.blob });
		let about = format!("demand {}", demand.id);
		let text = match event.name.as_str() {
			"Answered" => {
				let paid = event.amount("paid").unwrap_or_default();
				json["action"] = json!("answered");
				json["paid"] = json!(paid.to_string());
				format!("{about} was answered; {} was paid", Amount(paid))
			}
			"Enforced" => {
				let reward = event.amount("reward").unwrap_or_default();
				json["action"] = json!("enforced");
				json["reward"] = json!(reward.to_string());
				format!("{about} was enforced by somebody; {} is yours", Amount(reward))
			}
			_ => {
				json["action"] = json!("lapsed");
				format!("{about} has lapsed")
			}
		};
		self.tell_action(Answer::new(json, text));
		Ok(())
	}
}

fn period_of(event: &Event) -> Option<Period> {
	let number = |field: &str| event.number(field).and_then(|number| u32::try_from(number).ok());
	number("model").zip(number("epoch"))
}
