use super::*;
use std::{cell::RefCell, rc::Rc};

use serde_json::json;
use tokio::sync::watch;
use tributary_primitives::availability::Demanded;

const ME: AccountId32 = AccountId32([1; 32]);
const OTHER: AccountId32 = AccountId32([2; 32]);
const FOREIGN: &[u8] = b"a public contribution";
const OWN: &[u8] = b"the entries of my report";

/// A chain that puts every answer into the next block, with exceptions.
struct World {
	block: watch::Sender<u64>,
	pending: BTreeMap<u64, Demand>,
	/// The answers that were sent, with the best block then, in order.
	sent: Vec<(u64, u64)>,
	/// The blobs that were read, in order.
	read: Vec<Content>,
	notes: Vec<String>,
	/// The blobs of which answers stay on their way for good.
	stuck: BTreeSet<Content>,
	/// The blobs that take for ever to read.
	slow: BTreeSet<Content>,
	/// The blobs that are damaged.
	damaged: BTreeSet<Content>,
	/// The blobs of which answers are refused, after a block.
	refused: BTreeSet<Content>,
}

#[derive(Clone)]
struct Fake(Rc<RefCell<World>>);

impl Fake {
	fn new() -> Self {
		Self(Rc::new(RefCell::new(World {
			block: watch::Sender::new(1),
			pending: BTreeMap::new(),
			sent: Vec::new(),
			read: Vec::new(),
			notes: Vec::new(),
			stuck: BTreeSet::new(),
			slow: BTreeSet::new(),
			damaged: BTreeSet::new(),
			refused: BTreeSet::new(),
		})))
	}

	fn best(&self) -> u64 {
		*self.0.borrow().block.borrow()
	}

	/// Demands a chunk, which is answered up to the block `answer_until`. Returns the demand's number.
	fn demand(&self, respondent: AccountId32, blob: &[u8], answer_until: u32) -> u64 {
		let pending = &mut self.0.borrow_mut().pending;
		let id = pending.last_key_value().map_or(0, |(last, _)| last + 1);
		let demand = Demand {
			id,
			blob: Demanded::Contribution { seq: 0 },
			content: Content::of(blob),
			chunk: id,
			demander: OTHER,
			respondent,
			deposit: 1,
			answer_until,
		};
		pending.insert(id, demand);
		id
	}

	/// Demands `count` chunks of somebody else.
	fn flood(&self, count: u64, blob: &[u8], answer_until: u32) {
		for _ in 0..count {
			self.demand(OTHER, blob, answer_until);
		}
	}

	/// The demands whose answers were sent when `block` was the best.
	fn sent_in(&self, block: u64) -> Vec<u64> {
		let world = self.0.borrow();
		world.sent.iter().filter(|(at, _)| *at == block).map(|(_, demand)| *demand).collect()
	}

	/// Serves until `blocks` more are there.
	async fn serve(&self, desk: &mut Desk<'static>, blocks: u64) {
		let end = self.best() + blocks;
		while self.best() < end {
			let best = self.best();
			desk.list(self.0.borrow().pending.values().cloned().collect(), best);
			if desk.serve(self, best, &mut |_| ()).await.unwrap() {
				self.next_block(best).await.unwrap();
			}
		}
	}
}

impl Office for Fake {
	async fn open(&self, content: Content, chunks: BTreeSet<u64>) -> Found {
		let (slow, damaged) = {
			let mut world = self.0.borrow_mut();
			world.read.push(content);
			(world.slow.contains(&content), world.damaged.contains(&content))
		};
		match (slow, damaged) {
			(true, _) => std::future::pending().await,
			(_, true) => Err("the file is damaged".into()),
			_ => Ok(chunks.into_iter().map(|chunk| (chunk, Opening::default())).collect()),
		}
	}

	async fn answer(&self, demand: &Demand, _: &Opening) -> Result<Given> {
		let (mut blocks, stuck, refused) = {
			let mut world = self.0.borrow_mut();
			let best = *world.block.borrow();
			world.sent.push((best, demand.id));
			let among = |blobs: &BTreeSet<Content>| blobs.contains(&demand.content);
			(world.block.subscribe(), among(&world.stuck), among(&world.refused))
		};
		if stuck {
			return std::future::pending().await;
		}
		blocks.changed().await.unwrap();
		if !refused {
			self.0.borrow_mut().pending.remove(&demand.id);
		}
		Ok(Given { answer: Answer::new(json!({}), ""), refused })
	}

	async fn next_block(&self, number: u64) -> Result<()> {
		// Whatever else can go on does.
		tokio::task::yield_now().await;
		self.0.borrow().block.send_if_modified(|best| {
			let next = *best == number;
			*best += u64::from(next);
			next
		});
		Ok(())
	}

	fn note(&self, text: String) {
		self.0.borrow_mut().notes.push(text);
	}
}

fn desk() -> Desk<'static> {
	Desk::new(BTreeSet::from([ME]), false)
}

#[tokio::test]
async fn ones_own_answer_goes_into_the_first_block_behind_200_demands_of_others() {
	let (fake, mut desk) = (Fake::new(), desk());
	fake.flood(200, FOREIGN, 6);
	let own = fake.demand(ME, OWN, 7);
	assert_eq!(own, 200);
	fake.serve(&mut desk, 1).await;
	assert_eq!(fake.sent_in(1)[0], own);
	fake.serve(&mut desk, 1).await;
	assert!(!fake.0.borrow().pending.contains_key(&own));
}

#[tokio::test]
async fn answers_of_others_that_hang_hold_up_none_of_ones_own() {
	let (fake, mut desk) = (Fake::new(), desk());
	fake.0.borrow_mut().stuck.insert(Content::of(FOREIGN));
	fake.flood(200, FOREIGN, 100);
	fake.serve(&mut desk, 2).await;
	let own = fake.demand(ME, OWN, 9);
	fake.serve(&mut desk, 1).await;
	assert_eq!(fake.sent_in(3), [own]);
	assert_eq!(fake.sent_in(1).len(), Lane::Foreign.slots());
}

#[tokio::test]
async fn a_blob_of_others_that_takes_long_to_read_holds_up_none_of_ones_own() {
	let (fake, mut desk) = (Fake::new(), desk());
	fake.0.borrow_mut().slow.insert(Content::of(FOREIGN));
	fake.demand(OTHER, FOREIGN, 100);
	fake.serve(&mut desk, 2).await;
	let own = fake.demand(ME, OWN, 9);
	fake.serve(&mut desk, 1).await;
	assert_eq!(fake.sent_in(3), [own]);
}

#[tokio::test]
async fn nothing_of_others_is_read_before_ones_own_is_on_its_way() {
	let (fake, mut desk) = (Fake::new(), desk());
	fake.0.borrow_mut().slow.insert(Content::of(OWN));
	fake.demand(OTHER, FOREIGN, 6);
	fake.demand(ME, OWN, 9);
	fake.serve(&mut desk, 2).await;
	assert_eq!(fake.0.borrow().read, [Content::of(OWN)]);
}

#[tokio::test]
async fn a_blob_is_read_once_for_all_of_its_demands() {
	let (fake, mut desk) = (Fake::new(), desk());
	fake.flood(200, FOREIGN, 100);
	fake.serve(&mut desk, 14).await;
	assert_eq!(fake.0.borrow().pending.len(), 0);
	assert_eq!(fake.0.borrow().read, [Content::of(FOREIGN)]);
	let slots = Lane::Foreign.slots();
	assert!((1..=12).all(|block| fake.sent_in(block).len() == slots));
	assert_eq!(fake.sent_in(13).len(), 200 - 12 * slots);
}

#[tokio::test]
async fn the_slot_of_a_demand_that_somebody_else_answered_is_free_at_once() {
	let (fake, mut desk) = (Fake::new(), desk());
	fake.0.borrow_mut().stuck.insert(Content::of(FOREIGN));
	fake.flood(200, FOREIGN, 100);
	fake.serve(&mut desk, 1).await;
	let first = fake.sent_in(1);
	fake.0.borrow_mut().pending.retain(|demand, _| !first.contains(demand));
	fake.serve(&mut desk, 1).await;
	assert_eq!(fake.sent_in(2).len(), Lane::Foreign.slots());
	assert!(fake.sent_in(2).iter().all(|demand| !first.contains(demand)));
}

#[tokio::test]
async fn what_is_sent_is_not_sent_again_while_it_is_on_its_way() {
	let (fake, mut desk) = (Fake::new(), desk());
	fake.0.borrow_mut().stuck.insert(Content::of(OWN));
	let own = fake.demand(ME, OWN, 100);
	fake.serve(&mut desk, 5).await;
	assert_eq!(fake.0.borrow().sent, [(1, own)]);
}

#[tokio::test]
async fn an_answer_of_ones_own_that_is_refused_is_sent_as_long_as_it_is_heard() {
	let (fake, mut desk) = (Fake::new(), desk());
	let refused = [Content::of(OWN), Content::of(FOREIGN)];
	fake.0.borrow_mut().refused.extend(refused);
	let (own, foreign) = (fake.demand(ME, OWN, 6), fake.demand(OTHER, FOREIGN, 6));
	fake.serve(&mut desk, 10).await;
	let times = |id| fake.0.borrow().sent.iter().filter(|(_, demand)| *demand == id).count();
	assert_eq!(times(own), 5, "in each block before the last in which it is heard");
	assert_eq!(times(foreign), ATTEMPTS as usize);
}

#[tokio::test]
async fn many_answers_that_are_refused_for_good_leave_room_for_others() {
	let (fake, mut desk) = (Fake::new(), desk());
	fake.0.borrow_mut().refused.insert(Content::of(FOREIGN));
	let refused = MAX_OPENED as u64 + 50;
	fake.flood(refused, FOREIGN, 200);
	fake.flood(20, b"another", 201);
	fake.serve(&mut desk, 70).await;
	assert_eq!(fake.0.borrow().pending.len() as u64, refused);
}

#[tokio::test]
async fn where_each_demand_is_answered_once_a_refusal_is_the_end() {
	let fake = Fake::new();
	let mut desk = Desk::new(BTreeSet::from([ME]), true);
	fake.0.borrow_mut().refused.insert(Content::of(OWN));
	fake.0.borrow_mut().damaged.insert(Content::of(FOREIGN));
	let own = fake.demand(ME, OWN, 100);
	fake.demand(OTHER, FOREIGN, 100);
	fake.serve(&mut desk, 5).await;
	assert_eq!(fake.0.borrow().sent, [(1, own)]);
	assert_eq!(fake.0.borrow().read, [Content::of(OWN), Content::of(FOREIGN)]);
	assert!(desk.under_way.is_empty());
}

#[tokio::test]
async fn a_damaged_blob_is_named_once_and_holds_up_no_other() {
	let (fake, mut desk) = (Fake::new(), desk());
	fake.0.borrow_mut().damaged.insert(Content::of(OWN));
	fake.demand(ME, OWN, 100);
	let other = fake.demand(ME, b"another", 100);
	let foreign = fake.demand(OTHER, FOREIGN, 100);
	fake.serve(&mut desk, 3).await;
	assert_eq!(fake.sent_in(1), [other, foreign]);
	assert_eq!(fake.0.borrow().notes, ["demand 0: the file is damaged"]);
	fake.0.borrow_mut().damaged.clear();
	fake.serve(&mut desk, 1).await;
	assert_eq!(fake.sent_in(4), [0], "once the file is mended");
}

#[tokio::test]
async fn openings_that_wait_are_bounded_and_those_of_decided_demands_are_dropped() {
	let (fake, mut desk) = (Fake::new(), desk());
	for blob in [FOREIGN, b"another"] {
		fake.0.borrow_mut().stuck.insert(Content::of(blob));
		fake.flood(2000, blob, 100);
	}
	fake.serve(&mut desk, 3).await;
	assert!((1..=MAX_OPENED).contains(&desk.opened.len()));
	fake.0.borrow_mut().pending.clear();
	fake.serve(&mut desk, 1).await;
	assert_eq!(desk.opened.len(), 0);
}
