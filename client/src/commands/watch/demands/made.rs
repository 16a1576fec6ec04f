//! Demands that are made, and what becomes of them.

use serde_json::json;
use tributary_primitives::availability::Demanded;

use super::{
	super::{
		answers::demanded,
		batch::send_all,
		order::Open,
		refusal::{says_withheld, Refusal},
		state::{Mark, OwnDemand},
		Watcher,
	},
	Wish,
};
use crate::{
	amount::Amount,
	chain::{events::Event, tx::Outcome},
	commands::demand::{describe, Wanted},
	context::Answer,
	error::{Error, Result},
};

impl Watcher<'_> {
	/// Demands chunks in one transaction. Says whether any was demanded.
	pub(super) async fn demand(&mut self, wishes: Vec<Wish>) -> Result<bool> {
		let calls: Vec<_> = wishes.iter().map(|wish| wish.wanted.call()).collect();
		let now = self.chain.best().await?.number;
		// It counts on the disk before it is sent, whatever is heard of it.
		let counted: Vec<_> = wishes.iter().map(|wish| self.count(wish, now)).collect();
		self.file.save()?;
		let sending = send_all(self.context, &self.chain, &self.key, &calls);
		let sent = self.in_time(sending).await?;
		let now = self.chain.best().await?.number;
		let Some(sent) = sent else {
			self.left_late(now, format!("{} demands are made", wishes.len()));
			// What is counted is sent again in its time; what only repeats is not sent with each block.
			for wish in wishes.iter().filter(|wish| wish.repeats) {
				self.learned.refused.failed((wish.open.report.id, wish.wanted.blob), now);
			}
			return Ok(false);
		};
		let mut made = false;
		for ((wish, counted), sent) in wishes.iter().zip(counted).zip(sent) {
			// What was not made does not count; what was does, even where nothing more is heard of it.
			let is_made = sent.as_ref().is_ok_and(|outcome| is_made(wish, outcome));
			if counted && !is_made {
				let Open { period, report } = &wish.open;
				self.file.state.know(report, *period).uncount(&wish.wanted.blob, wish.wanted.chunk);
			}
			match sent {
				Ok(outcome) => made |= self.demanded(wish, &outcome).await?,
				Err(error) => self.refused(wish, &error, now),
			}
		}
		self.file.save()?;
		Ok(made)
	}

	/// Counts a demand that is about to be sent after the block `now`. Says whether it did not count before.
	fn count(&mut self, Wish { open, wanted, repeats }: &Wish, now: u64) -> bool {
		let known = self.file.state.know(&open.report, open.period);
		!repeats && known.count(wanted.blob, wanted.chunk, now)
	}

	/// Remembers that a demand was refused in the block `now`.
	fn refused(&mut self, wish: &Wish, error: &Error, now: u64) {
		let blob = &wish.wanted.blob;
		let sake = (wish.open.report.id, *blob);
		match Refusal::of(error) {
			// Somebody else waits for the same answer.
			Refusal::Pends => {}
			Refusal::Final => {
				self.context.note(format!("{}: {error}", describe(blob)));
				self.learned.hopeless.insert(sake, now);
				if says_withheld(error) {
					// Without what it lacked, the report may be wrong.
					self.learned.lacking.remove(&wish.open.report.id);
				}
			}
			Refusal::MayPass => {
				self.note_once(format!("{}: {error}", describe(blob)));
				self.learned.refused.failed(sake, now);
			}
		}
	}

	/// Remembers a demand that was made, and shows what it costs. Says whether it was sent.
	async fn demanded(&mut self, wish: &Wish, outcome: &Outcome) -> Result<bool> {
		let Wish { open: Open { period, report }, wanted: Wanted { blob, chunk, .. }, .. } = wish;
		let Some(included) = outcome.included() else {
			let about = describe(blob);
			self.context
				.note(format!("chunk {chunk} of {about} can be demanded; nothing was sent"));
			let now = self.trail.last().map(|block| block.number).unwrap_or_default();
			self.learned.hopeless.insert((report.id, *blob), now);
			return Ok(false);
		};
		self.learned.refused.forget(&(report.id, *blob));
		let Some(event) = about(&included.events, blob, *chunk) else { return Ok(true) };
		let number = |field: &str| event.number(field).unwrap_or_default();
		let id = number("demand");
		let mut json = json!({
			"model": period.0,
			"epoch": period.1,
			"report": report.id,
			"demand": id,
			"blob": blob,
			"chunk": chunk,
			"transaction": outcome.to_json(),
		});
		let text = if event.is("Availability", "Repeated") {
			json["action"] = json!("repeated");
			if let Some(demand) = self.chain.find_demand(id).await? {
				self.note_demand(&demand, included.block)?;
			}
			format!(
				"demand {id} pends for chunk {chunk} of {}; report {} stays open for it",
				describe(blob),
				report.id
			)
		} else {
			let deposit: u128 = self.chain.settings().await?.demand_deposit;
			let until = number("answerUntil");
			let answer_until = u32::try_from(until).unwrap_or(u32::MAX);
			let known = self.file.state.know(report, *period);
			known.stands(*blob, *chunk, Mark::from(included.block));
			let demands = &mut self.file.state.demands;
			if demands.iter().any(|known| known.id == id) {
				// Two reports lacked it, and one demand is for both.
				return Ok(true);
			}
			demands.push(OwnDemand { id, blob: *blob, chunk: Some(*chunk), answer_until });
			self.file.save()?;
			json["action"] = json!("demanded");
			json["deposit"] = json!(deposit.to_string());
			json["answerUntil"] = json!(until);
			format!(
				"demand {id}: chunk {chunk} of {}; {} is held, and the answer is heard up to block {until}",
				describe(blob),
				Amount(deposit)
			)
		};
		self.tell_action(Answer::new(json, text));
		Ok(true)
	}
}

/// Whether a deposit is held for what was wished.
fn is_made(wish: &Wish, outcome: &Outcome) -> bool {
	let Wanted { blob, chunk, .. } = &wish.wanted;
	let events = outcome.included().map(|included| included.events.as_slice());
	let about = events.and_then(|events| about(events, blob, *chunk));
	about.is_some_and(|event| event.is("Availability", "Demanded"))
}

/// What became of the demand for a chunk of `blob`, among the events of its transaction.
pub(super) fn about<'a>(events: &'a [Event], blob: &Demanded, chunk: u64) -> Option<&'a Event> {
	let mut made = events.iter().filter(|event| {
		event.is("Availability", "Demanded") || event.is("Availability", "Repeated")
	});
	made.find(|event| event.number("chunk") == Some(chunk) && demanded(event) == Some(*blob))
}
