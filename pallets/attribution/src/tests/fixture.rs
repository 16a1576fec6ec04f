//! A small world to report on, honest reports on it, and what proves things about them.

use frame_support::{dispatch::DispatchResult, traits::fungible::InspectHold};
use tributary_primitives::{
	blob::{self, Content, Opening},
	fault::{EntryProof, Fault},
	ids::{announcement, DatasetId, EpochIndex, ModelId, Salt},
	report::{Entry, Item, Payout, Record, RECORD_LEN},
	window::{item_amount, window_count, worth},
};

use super::faults::lies;
use crate::{mock::*, types, HoldReason, PayoutProof};

pub const MODEL: ModelId = 7;
pub const EPOCH: EpochIndex = 0;
pub const DATASET: DatasetId = 3;
pub const WINDOW: u32 = 24;
pub const FEE: u128 = 50;

/// The first block in which [`EPOCH`] can be reported on.
pub const REPORT_BLOCK: u32 = EPOCH_LENGTH;
/// The last block in which a report of [`REPORT_BLOCK`] can be challenged.
pub const LAST_BLOCK: u32 = REPORT_BLOCK + CHALLENGE_WINDOW;

/// `len` bytes that no other seed has a window of.
pub fn text(seed: u64, len: usize) -> Vec<u8> {
	let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
	let mut next = || {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		(state >> 32) as u8
	};
	(0..len).map(|_| next()).collect()
}

/// A payment: its outputs and its data amount.
pub struct Paying {
	pub outputs: Vec<Vec<u8>>,
	pub data_amount: u128,
}

impl Paying {
	/// The blob of items.
	pub fn items(&self) -> Vec<u8> {
		let items = self
			.outputs
			.iter()
			.map(|output| Item { output: Content::of(output), reserved: [0; 24] })
			.collect::<Vec<_>>();
		blob_of(&items)
	}
}

/// The bytes of `source` 1 and 2, of Bob and Charlie.
pub fn sources() -> [Vec<u8>; 2] {
	[text(1, 2_500), text(2, 1_800)]
}

/// Two payments: the first quotes both sources, and has an output that nobody owns.
pub fn payments() -> [Paying; 2] {
	let [first, second] = sources();
	let both = [&first[100..200], &second[1_000..1_060]].concat();
	[
		Paying { outputs: vec![both, text(9, 60)], data_amount: 10_001 },
		Paying { outputs: vec![second[500..600].to_vec()], data_amount: 777 },
	]
}

/// Registers what [`sources`] and [`payments`] describe for [`MODEL`] and [`EPOCH`].
pub fn populate() {
	let [first, second] = sources();
	contribute(0, BOB, &first, Some(0));
	contribute(1, CHARLIE, &second, Some(1));
	Windows::insert(MODEL, WINDOW);
	Corpora::insert(MODEL, DATASET, 2);
	pay(MODEL, EPOCH, &payments());
}

/// A contribution to [`DATASET`], accepted in block 1.
pub fn contribute(seq: u64, contributor: AccountId, bytes: &[u8], index: Option<u32>) {
	let content = Content::of(bytes);
	Contributed::insert(seq, Contribution::accepted(contributor, content, DATASET, index));
}

/// Receipts for `payments`, and their pot.
pub fn pay(model: ModelId, epoch: EpochIndex, payments: &[Paying]) {
	for (index, payment) in payments.iter().enumerate() {
		let outputs = Content::of(&payment.items());
		let receipt = Receipt { outputs, data_amount: payment.data_amount, withheld: None };
		Paid::insert((model, epoch, index as u32), receipt);
	}
	let data = payments.iter().map(|payment| payment.data_amount).sum();
	PotOf::insert((model, epoch), Pot { data, attribution_fee: FEE, unclaimed: None });
}

pub fn blob_of<R: Record>(records: &[R]) -> Vec<u8> {
	records.iter().flat_map(Record::to_bytes).collect()
}

/// A report before it is posted.
#[derive(Clone, Debug)]
pub struct Draft {
	pub entries: Vec<Entry>,
	pub payouts: Vec<Payout>,
}

impl Draft {
	/// The entries, with the payouts that they call for.
	pub fn of(entries: Vec<Entry>) -> Self {
		let mut owned: Vec<(u64, u64, u128)> = entries
			.iter()
			.zip(0..)
			.filter(|(entry, _)| entry.source > 0)
			.map(|(entry, ordinal)| (entry.source, ordinal, entry.amount))
			.collect();
		owned.sort_unstable();
		let mut before = 0;
		let payouts = owned
			.into_iter()
			.map(|(source, ordinal, amount)| {
				let payout = Payout { source, ordinal, amount, before, reserved: 0 };
				before += amount;
				payout
			})
			.collect();
		Self { entries, payouts }
	}

	/// The honest report on `payments` with the corpus `sources`.
	pub fn honest(payments: &[Paying], sources: &[Vec<u8>]) -> Self {
		let mut entries = Vec::new();
		for (receipt, payment) in payments.iter().enumerate() {
			let items = payment.outputs.len() as u64;
			for (item, output) in payment.outputs.iter().enumerate() {
				let amount = item_amount(payment.data_amount, items, item as u64);
				entries.extend(runs(output, sources).into_iter().map(|mut entry| {
					entry.receipt = receipt as u32;
					entry.item = item as u32;
					let windows = window_count(output.len() as u64, WINDOW);
					entry.amount = worth(amount, windows, entry.start, entry.count);
					entry
				}));
			}
		}
		Self::of(entries)
	}

	/// An honest report on [`payments`].
	pub fn of_world() -> Self {
		Self::honest(&payments(), &sources())
	}

	/// A report with `count` payouts of 1, 2, 3 ... planck for each of `runs`, given as (source,
	/// count).
	pub fn of_runs(runs: &[(u64, u64)]) -> Self {
		let owners = runs.iter().flat_map(|(source, count)| (0..*count).map(|_| *source));
		let entries =
			owners.zip(1..).map(|(source, amount)| Entry { source, amount, ..Default::default() });
		Self::of(entries.collect())
	}

	pub fn total(&self) -> u128 {
		self.payouts.last().map_or(0, |last| last.before + last.amount)
	}

	/// What `source` earns by it.
	pub fn earned(&self, source: u64) -> u128 {
		let own = self.payouts.iter().filter(|payout| payout.source == source);
		own.map(|payout| payout.amount).sum()
	}

	pub fn entries_blob(&self) -> Vec<u8> {
		blob_of(&self.entries)
	}

	pub fn payouts_blob(&self) -> Vec<u8> {
		blob_of(&self.payouts)
	}

	/// Posts it as `attributor`, with its own total.
	pub fn post(&self, attributor: AccountId) -> DispatchResult {
		self.post_on(attributor, MODEL, EPOCH, self.total())
	}

	/// Posts it as `attributor`, who could not see `sources`.
	pub fn post_unseen(&self, attributor: AccountId, sources: &[u64]) -> DispatchResult {
		self.post_in_full(attributor, (MODEL, EPOCH), self.total(), sources, 0)
	}

	pub fn post_on(
		&self,
		attributor: AccountId,
		model: ModelId,
		epoch: EpochIndex,
		total: u128,
	) -> DispatchResult {
		self.post_in_full(attributor, (model, epoch), total, &[], 0)
	}

	pub fn post_in_full(
		&self,
		attributor: AccountId,
		(model, epoch): (ModelId, EpochIndex),
		total: u128,
		unseen: &[u64],
		withheld: u32,
	) -> DispatchResult {
		let (entries, payouts) = (self.entries_blob(), self.payouts_blob());
		Attribution::report(
			RuntimeOrigin::signed(attributor),
			model,
			epoch,
			Content::of(&entries),
			Box::new(blob::open_tail(&entries).unwrap()),
			Content::of(&payouts),
			Box::new(blob::open_tail(&payouts).unwrap()),
			total,
			unseen.to_vec().try_into().unwrap(),
			withheld,
		)
	}

	/// Opens entries `index .. index + count`.
	pub fn entry(&self, index: u64, count: u64) -> EntryProof {
		EntryProof { index, opening: open_records(&self.entries_blob(), index, count) }
	}

	/// Opens payouts `index .. index + count`.
	pub fn payout(&self, index: u64, count: u64) -> Opening {
		open_records(&self.payouts_blob(), index, count)
	}

	/// The two ends of the run of `source`, as a claim shows them.
	pub fn ends(&self, source: u64) -> (PayoutProof, PayoutProof) {
		let own = |payout: &Payout| payout.source == source;
		let first = self.payouts.iter().position(own).expect("the source has payouts");
		let last = self.payouts.iter().rposition(own).expect("the source has payouts");
		(self.first(first as u64), self.last(last as u64))
	}

	/// The payout `index` with the one before it, if there is one.
	pub fn first(&self, index: u64) -> PayoutProof {
		let before = index.min(1);
		PayoutProof { index, opening: Box::new(self.payout(index - before, 1 + before)) }
	}

	/// The payout `index` with the one after it, if there is one.
	pub fn last(&self, index: u64) -> PayoutProof {
		let after = (self.payouts.len() as u64 - 1 - index).min(1);
		PayoutProof { index, opening: Box::new(self.payout(index, 1 + after)) }
	}

	/// Claims `source` as `contributor` by its true ends.
	pub fn claim(&self, contributor: AccountId, source: u64) -> DispatchResult {
		let (first, last) = self.ends(source);
		claim(contributor, source, first, last)
	}
}

pub fn claim(
	contributor: AccountId,
	source: u64,
	first: PayoutProof,
	last: PayoutProof,
) -> DispatchResult {
	Attribution::claim(RuntimeOrigin::signed(contributor), MODEL, EPOCH, source, first, last)
		.map(|_| ())
		.map_err(|refused| refused.error)
}

pub fn open_records(blob: &[u8], index: u64, count: u64) -> Opening {
	let len = RECORD_LEN as u64;
	blob::open(blob, index * len, count * len).unwrap()
}

/// The entries of one output by a naive search, without receipt, item and amount.
fn runs(output: &[u8], sources: &[Vec<u8>]) -> Vec<Entry> {
	let mut entries: Vec<Entry> = Vec::new();
	for (start, window) in output.windows(WINDOW as usize).enumerate() {
		let place = |source: &Vec<u8>| source.windows(window.len()).position(|at| at == window);
		let owner = sources
			.iter()
			.zip(1..)
			.find_map(|(bytes, source)| place(bytes).map(|offset| (source, offset as u64)));
		let (source, offset) = owner.unwrap_or((0, 0));
		match entries.last_mut() {
			Some(run)
				if run.source == source && (source == 0 || run.offset + run.count == offset) =>
			{
				run.count += 1;
			}
			_ => entries.push(Entry {
				start: start as u64,
				count: 1,
				source,
				offset,
				..Default::default()
			}),
		}
	}
	entries
}

/// A world in which Alice is bonded for one report and [`EPOCH`] has just closed.
pub fn run_closed(test: impl FnOnce()) {
	run(|| {
		populate();
		Attribution::bond(RuntimeOrigin::signed(ALICE), Bond::get()).unwrap();
		System::set_block_number(REPORT_BLOCK);
		test();
	});
}

/// A world in which Alice has posted `draft`.
pub fn run_reported(draft: &Draft, test: impl FnOnce()) {
	run_closed(|| {
		draft.post(ALICE).unwrap();
		test();
	});
}

/// The origin that `AuthorizeCall` gives.
pub fn authorised() -> RuntimeOrigin {
	frame_system::Origin::<Test>::Authorized.into()
}

/// Dispatches a fault against report `id` as if it was authorised, with Eve as the challenger.
pub fn submit(id: u32, fault: Fault) -> DispatchResult {
	Attribution::submit_fault(authorised(), MODEL, EPOCH, id, EVE, Box::new(fault))
}

/// A report that differs from the honest one in that its second entry names a source that does not
/// exist, and the fault that shows it.
pub fn foreign() -> (Draft, Fault) {
	let mut draft = Draft::of_world();
	draft.entries[1].source = 99;
	let draft = Draft::of(draft.entries);
	let fault = Fault::Foreign { entry: draft.entry(1, 1) };
	(draft, fault)
}

/// A report that calls the windows of source 1 unowned, and the fault that shows them there.
pub fn hidden() -> (Draft, Fault) {
	let lie = &lies()[3];
	let mut draft = Draft::of_world();
	(lie.tell)(&mut draft);
	let fault = (lie.fault)(&draft);
	(draft, fault)
}

/// A report with two lies: as [`foreign`], and with a wrong amount; and the faults that show them.
pub fn twice_wrong() -> (Draft, [Fault; 2]) {
	let mut draft = Draft::of_world();
	draft.entries[0].amount += 1;
	draft.entries[1].source = 99;
	let draft = Draft::of(draft.entries);
	let foreign = Fault::Foreign { entry: draft.entry(1, 1) };
	let items = payments()[0].items();
	let amount = Fault::Amount { entry: draft.entry(0, 1), item: Some(open_records(&items, 0, 1)) };
	(draft, [foreign, amount])
}

fn salt_of(who: AccountId) -> Salt {
	[who as u8; 32]
}

/// Announces that `who` knows `fault` of report `id` on [`MODEL`] and [`EPOCH`].
pub fn announce(who: AccountId, id: u32, fault: &Fault) -> DispatchResult {
	let hash = announcement(&System::block_hash(0), id, fault, &who, &salt_of(who));
	Attribution::announce(RuntimeOrigin::signed(who), MODEL, EPOCH, id, hash)
}

/// Reveals what `who` has announced with [`announce`].
pub fn reveal(who: AccountId, id: u32, fault: &Fault) -> DispatchResult {
	let fault = Box::new(fault.clone());
	Attribution::reveal_announcement(RuntimeOrigin::signed(who), id, fault, salt_of(who))
}

pub fn pay_reward(id: u32) -> DispatchResult {
	Attribution::pay_reward(RuntimeOrigin::signed(DAVE), id)
}

pub fn withdraw(who: AccountId, id: u32) -> DispatchResult {
	Attribution::withdraw_announcement(RuntimeOrigin::signed(who), id)
}

/// Claims the part of entry `ordinal` of `draft` in what `source` passes on.
pub fn claim_passed(draft: &Draft, source: u64, ordinal: u64) -> DispatchResult {
	let entry = draft.entry(ordinal, 1);
	Attribution::claim_passed(RuntimeOrigin::signed(EVE), source, entry)
}

pub fn bond_of(who: AccountId) -> u128 {
	Balances::balance_on_hold(&HoldReason::Bond.into(), &who)
}

pub fn deposit_of(who: AccountId) -> u128 {
	Balances::balance_on_hold(&HoldReason::ReportDeposit.into(), &who)
}

/// What is held for the storage of a report without unseen sources.
pub fn report_deposit() -> u128 {
	report_deposit_of(0)
}

/// What is held for the storage of a report with so many unseen sources.
pub fn report_deposit_of(unseen: usize) -> u128 {
	types::report_deposit::<Test>(unseen)
}

/// What is held for the storage of an announcement.
pub fn announcement_deposit() -> u128 {
	types::announcement_deposit::<Test>()
}

/// The events of the pallet, oldest first.
pub fn events() -> Vec<crate::Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Attribution(event) => Some(event),
			_ => None,
		})
		.collect()
}
