//! The bytes of answered demands. An answer stands in a block, whoever demanded it, and shows its chunk
//! to everybody: what is missing is put together from them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{json, Value as Json};
use subxt::utils::H256;
use tributary_primitives::{availability::Demanded, blob::Content};

use super::{backoff::Backoff, demands::Lacking, Watcher};
use crate::{
	chain::{events::Event, BlockId},
	commands::demand::describe,
	context::{root_text, Answer},
	error::{Error, Result},
};

/// Answers that are remembered until a check asks for their bytes; the oldest make room for others.
const MAX_HEARD: usize = 16_384;

/// Where answers stand that nobody has asked for yet, by block and demand.
#[derive(Clone, Debug, Default)]
pub struct Heard {
	answers: BTreeMap<(u64, H256, u64), Demanded>,
	/// Blocks that could not be read.
	failed: Backoff<H256>,
}

impl Heard {
	/// Remembers an `Availability.Answered` of a block.
	pub fn hear(&mut self, block: BlockId, event: &Event) {
		let Some((demand, blob)) = event.number("demand").zip(demanded(event)) else { return };
		self.answers.insert((block.number, block.hash, demand), blob);
		while self.answers.len() > MAX_HEARD {
			self.answers.pop_first();
		}
	}

	/// Forgets answers in blocks above `ancestor`, which do not stand any more.
	pub fn take_back(&mut self, ancestor: u64) {
		self.answers.retain(|(number, ..), _| *number <= ancestor);
		self.failed.take_back(ancestor);
	}

	/// How many answers are remembered.
	#[cfg(test)]
	pub fn len(&self) -> usize {
		self.answers.len()
	}

	/// The demands for blobs in `wanted` that each block answers, but for blocks that could not be read and
	/// are left alone in the block `now`.
	fn of(
		&self,
		wanted: &BTreeMap<Demanded, Content>,
		now: u64,
	) -> BTreeMap<H256, BTreeMap<u64, Demanded>> {
		let mut blocks: BTreeMap<H256, BTreeMap<u64, Demanded>> = BTreeMap::new();
		for ((_, block, demand), blob) in &self.answers {
			if wanted.contains_key(blob) && self.failed.is_due(block, now) {
				blocks.entry(*block).or_default().insert(*demand, *blob);
			}
		}
		blocks
	}

	/// Leaves a block for later that could not be read in the block `now`.
	fn put_off(&mut self, block: H256, now: u64) {
		self.failed.failed(block, now);
	}

	/// Forgets answers in a block that was read.
	fn forget(&mut self, block: H256, demands: &BTreeMap<u64, Demanded>) {
		self.failed.forget(&block);
		self.answers.retain(|(_, at, demand), _| *at != block || !demands.contains_key(demand));
	}
}

impl Watcher<'_> {
	/// Keeps what answers have shown of the missing blobs. Returns the number of those that are in the
	/// store now.
	pub(super) async fn take_answers(&mut self, lacking: &Lacking) -> Result<usize> {
		let wanted = lacking.blobs.iter();
		let wanted = wanted.filter(|(missing, _)| self.chunks.takes(&missing.content));
		let wanted: BTreeMap<_, _> = wanted
			.filter_map(|(missing, name)| Some((name.as_ref()?.0, missing.content)))
			.collect();
		let now = self.chain.best().await?.number;
		let mut whole = BTreeSet::new();
		for (block, demands) in self.learned.heard.of(&wanted, now) {
			let shown = match self.chain.answers(block).await {
				Ok(shown) => shown,
				Err(error) => {
					// A node that still answers has only lost this block, and may find it again.
					self.chain.best().await?;
					self.note_once(format!(
						"the answers in block {block:?} are read later: {error}"
					));
					self.learned.heard.put_off(block, now);
					continue;
				}
			};
			let mut kept = true;
			for (demand, opening) in shown {
				let Some(blob) = demands.get(&demand) else { continue };
				let Some(content) = wanted.get(blob) else { continue };
				if whole.contains(content) {
					continue;
				}
				match self.chunks.keep(content, &opening) {
					Ok(true) => {
						whole.insert(*content);
						self.tell_assembled(blob, content);
					}
					Ok(false) => {}
					Err(error) => {
						// What belongs to no blob never will; what this machine can not keep, it may later.
						kept &= matches!(error, Error::Refused { .. });
						self.note_once(format!("the answer to demand {demand}: {error}"));
					}
				}
			}
			match kept {
				true => self.learned.heard.forget(block, &demands),
				false => self.learned.heard.put_off(block, now),
			}
		}
		Ok(whole.len())
	}

	fn tell_assembled(&mut self, blob: &Demanded, content: &Content) {
		let json = json!({ "action": "assembled", "blob": blob, "content": content });
		let text = format!(
			"{}, blob {}, is put together from answers to demands",
			describe(blob),
			root_text(content)
		);
		self.tell_action(Answer::new(json, text));
	}
}

/// The blob of an event, from the shape that [`crate::chain::events`] gives it.
pub(super) fn demanded(event: &Event) -> Option<Demanded> {
	let (name, fields) = event.fields.get("blob")?.as_object()?.iter().next()?;
	let mut blob = fields.as_object()?.clone();
	let (first, rest) = name.split_at_checked(1)?;
	blob.insert("kind".into(), json!(first.to_ascii_lowercase() + rest));
	serde_json::from_value(Json::Object(blob)).ok()
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use scale_info::{meta_type, PortableRegistry, Registry};
	use subxt::ext::scale_value::scale::decode_as_type;

	/// The event as a block has it.
	fn answered(demand: u64, blob: Demanded) -> Event {
		let mut registry = Registry::new();
		let id = registry.register_type(&meta_type::<Demanded>()).id;
		let types: PortableRegistry = registry.into();
		let value = decode_as_type(&mut blob.encode().as_slice(), id, &types).unwrap();
		let blob = crate::chain::events::to_json(&value, &types);
		let fields = json!({ "demand": demand, "blob": blob, "chunk": 3 });
		Event {
			pallet: "Availability".into(),
			name: "Answered".into(),
			fields: fields.as_object().cloned().unwrap_or_default(),
		}
	}

	fn block(number: u64) -> BlockId {
		BlockId { number, hash: H256::from_low_u64_be(number) }
	}

	#[test]
	fn the_blob_of_every_answer_is_understood() {
		for blob in [
			Demanded::Entries { model: 1, epoch: 2, report: 3 },
			Demanded::Payouts { model: 1, epoch: 2, report: 3 },
			Demanded::Items { model: 1, epoch: 2, receipt: 3 },
			Demanded::Output { model: 1, epoch: 2, receipt: 3, item: 4 },
			Demanded::Contribution { seq: 6 },
		] {
			assert_eq!(demanded(&answered(5, blob)), Some(blob));
		}
	}

	#[test]
	fn only_answers_for_wanted_blobs_are_asked_for_and_each_once() {
		let (wanted, other) =
			(Demanded::Contribution { seq: 6 }, Demanded::Contribution { seq: 7 });
		let mut heard = Heard::default();
		heard.hear(block(3), &answered(0, wanted));
		heard.hear(block(3), &answered(0, wanted));
		heard.hear(block(3), &answered(1, other));
		heard.hear(block(4), &answered(2, wanted));
		let contents = BTreeMap::from([(wanted, Content::of(b"abc"))]);
		let blocks = heard.of(&contents, 9);
		let hash = |number| block(number).hash;
		assert_eq!(blocks[&hash(3)], BTreeMap::from([(0, wanted)]));
		assert_eq!(blocks[&hash(4)], BTreeMap::from([(2, wanted)]));
		heard.forget(hash(3), &blocks[&hash(3)]);
		assert_eq!(heard.of(&contents, 9).len(), 1);
		let contents = BTreeMap::from([(other, Content::of(b"abc"))]);
		assert_eq!(heard.of(&contents, 9).len(), 1, "what nobody wanted is still there");
	}

	#[test]
	fn a_block_that_could_not_be_read_is_read_later() {
		let wanted = Demanded::Contribution { seq: 6 };
		let contents = BTreeMap::from([(wanted, Content::of(b"abc"))]);
		let mut heard = Heard::default();
		heard.hear(block(3), &answered(0, wanted));
		heard.hear(block(4), &answered(1, wanted));
		heard.put_off(block(3).hash, 10);
		heard.put_off(block(3).hash, 11);
		let blocks = |heard: &Heard, now| heard.of(&contents, now).into_keys().collect::<Vec<_>>();
		assert_eq!(blocks(&heard, 12), [block(4).hash]);
		assert_eq!(blocks(&heard, 13), [block(3).hash, block(4).hash]);
		heard.forget(block(3).hash, &heard.of(&contents, 13)[&block(3).hash]);
		assert_eq!(blocks(&heard, 100), [block(4).hash]);
	}

	#[test]
	fn the_number_of_answers_that_are_remembered_is_bounded() {
		let mut heard = Heard::default();
		let blob = Demanded::Contribution { seq: 6 };
		for demand in 0..MAX_HEARD as u64 + 10 {
			heard.hear(block(demand), &answered(demand, blob));
		}
		assert_eq!(heard.len(), MAX_HEARD);
		assert!(heard.answers.keys().all(|(number, ..)| *number >= 10));
	}
}
