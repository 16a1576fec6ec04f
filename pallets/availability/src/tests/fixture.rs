//! A small world in which there is something to demand.

use frame_support::{dispatch::DispatchResult, traits::fungible::InspectHold};
use tributary_primitives::{
	availability::Demanded,
	blob::{self, Content, Opening, CHUNK_LEN},
	ids::{DatasetId, EpochIndex, ModelId, ReportId, Seq},
	report::{Item, Record, RECORD_LEN},
};

use crate::{mock::*, Demand, DemandOf, Demands, Event, HoldReason};

pub const MODEL: ModelId = 7;
pub const EPOCH: EpochIndex = 0;
pub const DATASET: DatasetId = 3;
/// The report that stands once [`post`] is called.
pub const REPORT: ReportId = 4;

/// The first block in which [`EPOCH`] can be reported on, and the last in which demands on that report
/// are heard.
pub const REPORT_BLOCK: u32 = EPOCH_LENGTH;
pub const DEMAND_UNTIL: u32 = REPORT_BLOCK + CHALLENGE_WINDOW;

/// `len` bytes that tell one seed from another.
pub fn text(seed: u8, len: usize) -> Vec<u8> {
	(0..len).map(|at| seed ^ (at / 7) as u8 ^ (at / 1024) as u8).collect()
}

/// The bytes of contribution `seq`: Bob's, of five chunks, the last of 904 bytes, and Charlie's, of one.
pub fn source(seq: Seq) -> Vec<u8> {
	match seq {
		0 => text(1, 5_000),
		_ => text(2, 700),
	}
}

/// The outputs of both receipts: two chunks of items in the second.
pub fn served(receipt: u32) -> Vec<Vec<u8>> {
	match receipt {
		0 => vec![text(10, 3_000), text(11, 60), vec![]],
		_ => (0..20).map(|item| text(20 + item, 100)).collect(),
	}
}

pub fn item(output: Content) -> [u8; RECORD_LEN] {
	Item { output, reserved: [0; 24] }.to_bytes()
}

/// The list of items of a receipt.
pub fn items(receipt: u32) -> Vec<u8> {
	served(receipt).iter().flat_map(|output| item(Content::of(output))).collect()
}

/// The report's blob of entries, of three chunks, and that of its payouts, of one.
pub fn entries() -> Vec<u8> {
	text(30, 40 * RECORD_LEN)
}

pub fn payouts() -> Vec<u8> {
	text(31, 5 * RECORD_LEN)
}

/// Two contributions, Ferdie's model with both in its corpus, and two receipts for it.
pub fn populate() {
	contribute(0, BOB);
	contribute(1, CHARLIE);
	Owners::insert(MODEL, FERDIE);
	Corpora::insert((MODEL, DATASET), 2);
	for receipt in [0, 1] {
		let outputs = Content::of(&items(receipt));
		Paid::insert((MODEL, EPOCH, receipt), Receipt { outputs, withheld: false });
	}
}

/// A contribution that was accepted in block 1.
pub fn contribute(seq: Seq, contributor: AccountId) {
	let contribution = Contribution {
		content: Content::of(&source(seq)),
		contributor,
		dataset: DATASET,
		index: Some(seq as u32),
		accepted_at: Some(1),
		ended_at: None,
		withheld_at: None,
		locks: 0,
	};
	Contributed::insert(seq, contribution);
}

pub fn change(seq: Seq, change: impl FnOnce(&mut Contribution)) {
	let mut contribution = Contributed::get(seq).unwrap();
	change(&mut contribution);
	Contributed::insert(seq, contribution);
}

/// Has Alice report on [`EPOCH`] in this block.
pub fn post(id: ReportId) {
	let until = System::block_number() + CHALLENGE_WINDOW;
	let report = Report {
		id,
		attributor: ALICE,
		entries: Content::of(&entries()),
		payouts: Content::of(&payouts()),
		demand_until: until,
		challenge_until: until,
		is_final: false,
	};
	Posted::insert((MODEL, EPOCH), report);
}

/// The world before its epoch is over.
pub fn run_paid(test: impl FnOnce()) {
	run(|| {
		populate();
		test();
	});
}

/// The world in which [`REPORT`] was just posted.
pub fn run_reported(test: impl FnOnce()) {
	run_paid(|| {
		System::set_block_number(REPORT_BLOCK);
		post(REPORT);
		test();
	});
}

pub fn entries_of(report: ReportId) -> Demanded {
	Demanded::Entries { model: MODEL, epoch: EPOCH, report }
}

pub fn payouts_of(report: ReportId) -> Demanded {
	Demanded::Payouts { model: MODEL, epoch: EPOCH, report }
}

pub fn items_of(receipt: u32) -> Demanded {
	Demanded::Items { model: MODEL, epoch: EPOCH, receipt }
}

pub fn output_of(receipt: u32, item: u32) -> Demanded {
	Demanded::Output { model: MODEL, epoch: EPOCH, receipt, item }
}

pub fn contribution(seq: Seq) -> Demanded {
	Demanded::Contribution { seq }
}

/// The true bytes of what `blob` names.
pub fn bytes_of(blob: &Demanded) -> Vec<u8> {
	match *blob {
		Demanded::Entries { .. } => entries(),
		Demanded::Payouts { .. } => payouts(),
		Demanded::Items { receipt, .. } => items(receipt),
		Demanded::Output { receipt, item, .. } => served(receipt)[item as usize].clone(),
		Demanded::Contribution { seq } => source(seq),
	}
}

/// The chunk of a receipt's list that holds `item`.
pub fn open_item(receipt: u32, item: u32) -> Opening {
	let at = item as usize * RECORD_LEN;
	blob::open(&items(receipt), at as u64, RECORD_LEN as u64).unwrap()
}

/// The opening of one chunk.
pub fn open(bytes: &[u8], chunk: u64) -> Opening {
	blob::open(bytes, chunk * CHUNK_LEN, 0).unwrap()
}

/// Demands with all that the kind of blob takes, and for no report in particular.
pub fn demand(who: AccountId, blob: Demanded, chunk: u64) -> DispatchResult {
	let item = match blob {
		Demanded::Output { receipt, item, .. } => Some(Box::new(open_item(receipt, item))),
		_ => None,
	};
	Availability::demand(RuntimeOrigin::signed(who), blob, chunk, item, None)
}

/// Demands chunk 0 of a contribution for the sake of the report on [`EPOCH`].
pub fn demand_for_report(who: AccountId, seq: Seq) -> DispatchResult {
	let place = Some((MODEL, EPOCH));
	Availability::demand(RuntimeOrigin::signed(who), contribution(seq), 0, None, place)
}

/// The origin that `AuthorizeCall` gives.
pub fn authorised() -> RuntimeOrigin {
	frame_system::Origin::<Test>::Authorized.into()
}

/// Shows the chunk that `id` demands.
pub fn answer(id: u64) -> DispatchResult {
	let Demand { blob, chunk, .. } = stored(id);
	Availability::answer(authorised(), id, Box::new(open(&bytes_of(&blob), chunk)))
}

pub fn enforce(id: u64) -> DispatchResult {
	let done = Availability::enforce(RuntimeOrigin::signed(EVE), id);
	done.map(|_| ()).map_err(|error| error.error)
}

pub fn stored(id: u64) -> DemandOf<Test> {
	Demands::<Test>::get(id).unwrap()
}

pub fn report() -> Option<Report> {
	Posted::get((MODEL, EPOCH))
}

pub fn held(who: AccountId) -> u128 {
	Balances::balance_on_hold(&HoldReason::Demand.into(), &who)
}

/// The events of the pallet, oldest first.
pub fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Availability(event) => Some(event),
			_ => None,
		})
		.collect()
}
