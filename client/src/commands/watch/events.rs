//! What blocks say, and what stands in them.

use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;
use tributary_primitives::availability::Demanded;

use super::{
	answers::demanded,
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

/// The most blocks that are gone through one by one; where there are more, what stands is asked for instead.
const FOLLOWED: u64 = 64;
/// How long blocks are read that came before those that are followed, with each block.
const TURN: Duration = Duration::from_secs(2);

/// Why a block's events are not to be had.
struct Unreadable {
	error: Error,
	/// Whether they are not asked for any more.
	given_up: bool,
}

impl Watcher<'_> {
	/// Learns what has happened up to the block `newest`: from events, and where there are too many blocks
	/// for that, or none was read before, from what stands.
	pub(super) async fn read_events(&mut self, newest: u64) -> Result<()> {
		let chain = &self.chain;
		let before = self.trail.last();
		let ancestor = self.trail.ancestor(async |block| chain.stands(block).await).await?;
		if before.is_none() || ancestor != before {
			self.take_back(ancestor).await?;
			self.trail.go_back(ancestor);
		}
		let first = ancestor.map(|block| block.number.saturating_add(1));
		match first {
			Some(first) if newest.saturating_sub(first) < FOLLOWED => {
				self.read_on(first, newest).await?;
			}
			_ => {
				let block = BlockId { number: newest, hash: self.chain.hash_of(newest).await? };
				self.find_all().await?;
				// What a report lacked may have been withheld meanwhile: without it the report may be wrong.
				self.learned.doubt(newest);
				self.learned.backlog.extend(first.unwrap_or(0), newest);
				self.trail.push(block);
			}
		}
		let final_block = self.chain.finalised().await?;
		self.trail.finalised(final_block.number);
		self.leave_demands_behind(final_block).await
	}

	/// Reads the blocks from `first` to `newest`, and those again that were not to be had.
	async fn read_on(&mut self, first: u64, newest: u64) -> Result<()> {
		let mut lacking: Option<(u64, Error)> = None;
		for number in first..=newest {
			let block = BlockId { number, hash: self.chain.hash_of(number).await? };
			if let Some(Unreadable { error, .. }) = self.read(block, newest).await? {
				lacking.get_or_insert((number, error));
			}
			self.trail.push(block);
		}
		if let Some((number, error)) = lacking {
			self.context.note(format!(
				"the events of block {number}, and maybe of others up to {newest}, are read later: {error}"
			));
			// What was reported and demanded in them stands all the same.
			self.find_all().await?;
		}
		let mut given_up = false;
		for block in self.learned.unread.due(newest) {
			given_up |=
				self.read(block, newest).await?.is_some_and(|unreadable| unreadable.given_up);
		}
		if given_up {
			self.find_all().await?;
		}
		Ok(())
	}

	/// Reads the events of a block. Where the node does not give them they are read later, and this says why.
	async fn read(&mut self, block: BlockId, newest: u64) -> Result<Option<Unreadable>> {
		match self.chain.events(block.hash, None).await {
			Ok(events) => {
				self.learned.unread.forget(block.number);
				self.take(block, &events, true)?;
				Ok(None)
			}
			Err(error) => {
				// A node that still answers has only lost this block's state, and may find it again.
				self.chain.best().await?;
				let given_up = self.learned.unread.put_off(block, newest);
				// Until it is read it may be too late for a report that was right before it.
				self.doubt(block.number);
				Ok(Some(Unreadable { error, given_up }))
			}
		}
	}

	/// Reads blocks that came before those that are followed, as long as it has time, for the answers that
	/// they hold.
	pub(super) async fn read_backlog(&mut self, newest: u64) -> Result<()> {
		let settings = self.chain.settings().await?;
		// A demand in the last block for it keeps a report open for two more windows.
		let answers = u64::from(settings.answer_window).saturating_mul(2);
		let window = u64::from(settings.challenge_window).saturating_add(answers);
		self.learned.backlog.forget_before(newest.saturating_sub(window));
		let until = Instant::now() + TURN;
		while let Some(number) = self.learned.backlog.pop() {
			let block = BlockId { number, hash: self.chain.hash_of(number).await? };
			match self.chain.events(block.hash, None).await {
				Ok(events) => self.take(block, &events, false)?,
				Err(error) => {
					self.chain.best().await?;
					self.learned.backlog.give_up();
					self.doubt(number);
					self.context.note(format!(
						"answers to demands in blocks up to {number} are not looked for: {error}"
					));
				}
			}
			if !self.once && Instant::now() >= until {
				break;
			}
		}
		self.file.save()
	}

	/// Learns from what stands which reports may be challenged and which demands pend.
	async fn find_all(&mut self) -> Result<()> {
		for period in self.chain.open_reports(self.model).await? {
			self.periods.insert(period, true);
		}
		self.find_demands().await
	}

	/// Takes back what was found and done in blocks that do not stand any more: where the watch was running,
	/// all that was learned above `ancestor`, the last block that was read and stands.
	async fn take_back(&mut self, ancestor: Option<BlockId>) -> Result<()> {
		let mut gone = Vec::new();
		for mark in self.file.state.marks() {
			let above = ancestor.is_none_or(|ancestor| mark.number > ancestor.number);
			if above && !self.chain.stands(mark.into()).await? {
				gone.push(mark);
			}
		}
		// What pends in the best chain is found below for what does not stand any more.
		gone.iter().for_each(|mark| self.file.state.take_back(mark));
		let was_running = self.trail.last().is_some();
		if was_running {
			// A report that was void may stand again, and a demand be gone and its number another's.
			let pending = self.chain.demands(self.file.state.demands_from).await?;
			let best = self.chain.best().await?;
			for period in self.chain.open_reports(self.model).await? {
				self.periods.insert(period, true);
			}
			self.learned.take_back(ancestor.map(|ancestor| ancestor.number));
			self.file.state.demands.clear();
			self.note_demands(&pending, best)?;
		}
		self.file.save()
	}

	/// Learns from the events of a block; where it is not `followed`, what stands is known without them.
	fn take(&mut self, block: BlockId, events: &[Event], followed: bool) -> Result<()> {
		for event in events {
			match (event.pallet.as_str(), event.name.as_str()) {
				("Attribution", "Reported" | "KeptOpen") if followed => {
					let period = period_of(event);
					let wanted = period
						.filter(|(model, _)| self.model.is_none_or(|wanted| wanted == *model));
					if let Some(period) = wanted {
						self.periods.insert(period, true);
					}
				}
				// What was right may be wrong now: no corpus has the contribution any more.
				("Datasets", "Withheld") if !followed => self.doubt(block.number),
				("Datasets", "Withheld") => {
					self.file.state.reports.iter_mut().for_each(|known| known.settled_in = None);
					self.learned.lacking.clear();
					self.learned.unread_parts.clear();
				}
				("Availability", "Demanded") if followed => self.take_demand(block, event)?,
				("Availability", "Demanded") => self.find_sent(block, event),
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

	/// Has reports checked again that were checked before the block `number`, of which it is not known what
	/// happened in it.
	fn doubt(&mut self, number: u64) {
		self.file.state.doubt(number);
		self.learned.doubt(number);
	}

	/// Notes a demand that was made in `block`, whoever made it.
	fn take_demand(&mut self, block: BlockId, event: &Event) -> Result<()> {
		let Some((id, demand)) = other(event) else { return Ok(()) };
		if self.is_own(event) {
			self.own_demand(id, &demand, block)
		} else {
			self.other_demand(id, demand);
			Ok(())
		}
	}

	/// Notes that a demand was made which this watch had sent. It may be decided by now.
	fn find_sent(&mut self, block: BlockId, event: &Event) {
		let Some((id, Other { blob, chunk, .. })) = other(event) else { return };
		let demands = &self.file.state.demands;
		if self.is_own(event) && demands.iter().all(|known| known.id != id) {
			self.file.state.found(&blob, chunk, block.into());
		}
	}

	/// Whether a demand was made by the account.
	fn is_own(&self, demanded: &Event) -> bool {
		demanded.text("demander") == Some(self.account.to_string().as_str())
	}

	/// Notes a demand of the account, which stands in the state of `block`.
	pub(super) fn own_demand(&mut self, id: u64, demand: &Other, block: BlockId) -> Result<()> {
		let Other { blob, chunk, answer_until } = *demand;
		let state = &mut self.file.state;
		match state.demands.iter_mut().find(|known| known.id == id) {
			Some(known) => known.chunk = Some(chunk),
			None => {
				state.demands.push(OwnDemand { id, blob, chunk: Some(chunk), answer_until });
				state.found(&blob, chunk, block.into());
			}
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
}
