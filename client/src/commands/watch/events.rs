//! What blocks say.

use std::collections::BTreeMap;

use serde_json::json;
use subxt::utils::H256;
use tributary_primitives::availability::Demanded;

use super::{
	answers::demanded,
	backoff::Backoff,
	others::Other,
	state::{OwnDemand, Period},
	Watcher,
};
use crate::{
	amount::Amount,
	chain::{events::Event, BlockId},
	context::Answer,
	error::{Error, Result},
};

/// The most blocks that are read again at a time.
const READ_AGAIN: usize = 16;

/// Blocks whose events the node did not give.
#[derive(Debug, Default)]
pub struct Unread {
	blocks: BTreeMap<u64, H256>,
	failed: Backoff<u64>,
}

impl Unread {
	/// Notes that the events of `block` were not read in the block `now`.
	pub fn put_off(&mut self, block: BlockId, now: u64) {
		self.blocks.insert(block.number, block.hash);
		self.failed.failed(block.number, now);
	}

	/// The blocks that are read again in the block `now`.
	pub fn due(&self, now: u64) -> Vec<BlockId> {
		let due = self.blocks.iter().filter(|(number, _)| self.failed.is_due(number, now));
		due.map(|(number, hash)| BlockId { number: *number, hash: *hash })
			.take(READ_AGAIN)
			.collect()
	}

	/// Forgets a block that was read.
	fn forget(&mut self, number: u64) {
		self.blocks.remove(&number);
		self.failed.forget(&number);
	}

	/// Forgets the blocks before `oldest`, which say nothing of a report that may still be challenged.
	fn forget_before(&mut self, oldest: u64) {
		self.blocks = self.blocks.split_off(&oldest);
		self.failed.retain(|number| *number >= oldest);
	}
}

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
		self.learned.unread.forget_before(oldest);
		for block in self.learned.unread.due(newest) {
			self.read(block, newest).await?;
		}
		// A node that is started without old states lacks many.
		let mut lacking: Option<(u64, Error)> = None;
		for number in first..=newest {
			let block = BlockId { number, hash: self.chain.hash_of(number).await? };
			if let Some(error) = self.read(block, newest).await? {
				lacking.get_or_insert((number, error));
			}
			self.last = Some(block);
		}
		if let Some((number, error)) = lacking {
			self.context.note(format!(
				"the events of block {number}, and maybe of others up to {newest}, are read later: {error}"
			));
		}
		Ok(())
	}

	/// Reads the events of a block. Where the node does not give them they are read later, and this says why.
	async fn read(&mut self, block: BlockId, newest: u64) -> Result<Option<Error>> {
		match self.chain.events(block.hash, None).await {
			Ok(events) => {
				self.learned.unread.forget(block.number);
				self.take(block, &events)?;
				Ok(None)
			}
			Err(error) => {
				// A node that still answers has only lost this block's state, and may find it again.
				self.chain.best().await?;
				self.learned.unread.put_off(block, newest);
				Ok(Some(error))
			}
		}
	}

	/// Takes back what was found and done in blocks that do not stand any more. Where they have stood
	/// while the watch ran, nothing holds that was learned from any block: all of it is read again.
	async fn take_back(&mut self, was_running: bool) -> Result<()> {
		let mut gone = Vec::new();
		for mark in self.file.state.marks() {
			if !self.chain.stands(mark.into()).await? {
				gone.push(mark);
			}
		}
		self.learned.take_back(&mut self.file.state, &gone, was_running);
		if was_running {
			self.periods.values_mut().for_each(|happened| *happened = true);
			self.find_demands().await?;
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
					self.learned.lacking.clear();
				}
				("Availability", "Demanded") => self.take_demand(event)?,
				("Availability", "Answered") => {
					self.learned.heard.hear(block, event);
					self.demand_decided(event)?;
				}
				("Availability", "Enforced" | "Lapsed") => self.demand_decided(event)?,
				_ => {}
			}
		}
		Ok(())
	}

	/// Notes a demand, whoever made it.
	fn take_demand(&mut self, event: &Event) -> Result<()> {
		let Some((id, demand)) = other(event) else { return Ok(()) };
		if event.text("demander") == Some(self.account.to_string().as_str()) {
			self.own_demand(id, demand.blob, demand.answer_until)
		} else {
			self.other_demand(id, demand);
			Ok(())
		}
	}

	/// Notes a demand of the account.
	pub(super) fn own_demand(&mut self, id: u64, blob: Demanded, answer_until: u32) -> Result<()> {
		let demands = &mut self.file.state.demands;
		if !demands.iter().any(|known| known.id == id) {
			demands.push(OwnDemand { id, blob, answer_until });
		}
		self.file.save()
	}

	/// Notes a demand of somebody else, if something that is watched may depend on it.
	pub(super) fn other_demand(&mut self, id: u64, demand: Other) {
		let of_model = model_of(&demand.blob).zip(self.model);
		let watched = of_model.is_none_or(|(model, wanted)| model == wanted);
		if self.max_demands > 0 && watched {
			self.learned.others.note(id, demand);
		}
	}

	/// Says what became of a demand of the account, unless this watch did it.
	fn demand_decided(&mut self, event: &Event) -> Result<()> {
		let demands = &mut self.file.state.demands;
		let id = event.number("demand");
		id.into_iter().for_each(|id| self.learned.others.forget(id));
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

/// The demand that an event says was made, and its number.
fn other(event: &Event) -> Option<(u64, Other)> {
	let blob = demanded(event)?;
	let answer_until = u32::try_from(event.number("answerUntil")?).ok()?;
	let demand = Other { blob, chunk: event.number("chunk")?, answer_until };
	Some((event.number("demand")?, demand))
}

/// The model whose reports a blob matters to, where it is one.
fn model_of(blob: &Demanded) -> Option<u32> {
	match *blob {
		Demanded::Entries { model, .. }
		| Demanded::Payouts { model, .. }
		| Demanded::Items { model, .. }
		| Demanded::Output { model, .. } => Some(model),
		Demanded::Contribution { .. } => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn block(number: u64) -> BlockId {
		BlockId { number, hash: H256::from_low_u64_be(number) }
	}

	#[test]
	fn a_demand_is_read_off_its_event() {
		let fields = json!({
			"demand": 5,
			"blob": { "Entries": { "model": 1, "epoch": 2, "report": 3 } },
			"chunk": 4,
			"demander": "somebody",
			"answerUntil": 60,
		});
		let event = Event {
			pallet: "Availability".into(),
			name: "Demanded".into(),
			fields: fields.as_object().cloned().unwrap_or_default(),
		};
		let blob = Demanded::Entries { model: 1, epoch: 2, report: 3 };
		assert_eq!(other(&event), Some((5, Other { blob, chunk: 4, answer_until: 60 })));
		assert_eq!(model_of(&blob), Some(1));
		for field in ["demand", "blob", "chunk", "answerUntil"] {
			let mut event = event.clone();
			event.fields.remove(field);
			assert_eq!(other(&event), None, "without {field}");
		}
	}

	#[test]
	fn blocks_that_were_not_read_are_read_again() {
		let mut unread = Unread::default();
		unread.put_off(block(7), 10);
		unread.put_off(block(8), 10);
		assert_eq!(unread.due(10), []);
		assert_eq!(unread.due(11), [block(7), block(8)]);
		unread.put_off(block(7), 11);
		unread.forget(8);
		assert_eq!(unread.due(12), []);
		assert_eq!(unread.due(13), [block(7)]);
	}

	#[test]
	fn only_blocks_that_still_matter_are_read_again_and_some_at_a_time() {
		let mut unread = Unread::default();
		(0..100).for_each(|number| unread.put_off(block(number), 100));
		assert_eq!(unread.due(101).len(), READ_AGAIN);
		unread.forget_before(95);
		assert_eq!(unread.due(101), [95, 96, 97, 98, 99].map(block));
	}
}
