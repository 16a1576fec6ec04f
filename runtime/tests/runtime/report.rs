//! Payments for outputs whose sources are known, and honest reports on them.

use sp_keyring::Sr25519Keyring as Account;
use tributary_primitives::{
	blob::{Content, Opening},
	fault::{EntryProof, Fault},
	fees::DEFAULTS,
	ids::ReportId,
	report::{Entry, Item, Payout},
	traits::SyntheticPolicy,
	window::{item_amount, window_count, worth},
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi, params::EpochLength,
	Runtime, RuntimeEvent, UncheckedExtrinsic,
};

use crate::{
	chain::{general, Chain},
	scene::{
		blocks, contribute, create_dataset, pay_for, record_opening, records, register_model, tail,
		text, DATA_AMOUNT, WINDOW,
	},
};

pub type Attribution = pallet_attribution::Call<Runtime>;
type Pallet = pallet_attribution::Pallet<Runtime>;

/// What an open report locks, in planck.
pub const BOND: u128 = DEFAULTS.report_bond;

pub const FIRST: Account = Account::Charlie;
pub const SECOND: Account = Account::Dave;
pub const OWNER: Account = Account::Ferdie;
pub const ATTRIBUTOR: Account = Account::CharlieStash;
pub const WATCHER: Account = Account::DaveStash;

/// A part of an output: its windows, and the source that they stand in.
#[derive(Clone, Copy, Debug)]
pub struct Run {
	/// The number of windows.
	pub count: u64,
	/// One more than the contribution, or 0.
	pub source: u64,
	/// Where the part starts in the source; 0 where nobody owns it.
	pub offset: u64,
}

/// An output, and who owns its windows.
#[derive(Clone, Debug)]
pub struct Output {
	pub bytes: Vec<u8>,
	pub runs: Vec<Run>,
}

impl Output {
	/// An output that stands in one source, or in none.
	pub fn whole(bytes: &[u8], source: u64, offset: u64) -> Self {
		let count = window_count(bytes.len() as u64, WINDOW);
		Self { bytes: bytes.to_vec(), runs: vec![Run { count, source, offset }] }
	}

	/// The number of its windows.
	pub fn windows(&self) -> u64 {
		window_count(self.bytes.len() as u64, WINDOW)
	}
}

/// The outputs of one payment.
#[derive(Clone, Debug)]
pub struct Receipt {
	pub outputs: Vec<Output>,
	pub withheld: bool,
}

impl Receipt {
	pub fn of(outputs: impl Into<Vec<Output>>) -> Self {
		Self { outputs: outputs.into(), withheld: false }
	}

	/// The blob of items.
	pub fn items(&self) -> Vec<u8> {
		let item = |output: &Output| Item { output: Content::of(&output.bytes), reserved: [0; 24] };
		records(&self.outputs.iter().map(item).collect::<Vec<_>>())
	}

	/// Pays for the outputs.
	pub fn pay(&self, chain: &mut Chain, model: u32) {
		let items = self.items();
		pay_for(chain, model, Content::of(&items), tail(&items));
	}

	fn entries(&self, receipt: u32) -> Vec<Entry> {
		if self.withheld {
			return vec![Entry { receipt, amount: DATA_AMOUNT, ..Default::default() }];
		}
		let items = self.outputs.len() as u64;
		let of_output = |(item, output): (u32, &Output)| {
			let carried = item_amount(DATA_AMOUNT, items, item.into());
			let windows = output.windows();
			let mut start = 0;
			let mut entries = Vec::new();
			for Run { count, source, offset } in &output.runs {
				let amount = worth(carried, windows, start, *count);
				entries.push(Entry {
					receipt,
					item,
					start,
					count: *count,
					source: *source,
					offset: *offset,
					amount,
					reserved: 0,
				});
				start += count;
			}
			assert_eq!(start, windows, "the runs cover the output");
			entries
		};
		(0u32..).zip(&self.outputs).flat_map(of_output).collect()
	}
}

/// A report on one epoch of one model.
#[derive(Clone, Debug)]
pub struct Report {
	pub model: u32,
	pub epoch: u32,
	pub entries: Vec<Entry>,
	/// The sources that the attributor could not get.
	pub unseen: Vec<u64>,
	/// The withheld receipts that the attributor has seen.
	pub withheld: u32,
}

impl Report {
	/// What is right about the receipts of the epoch.
	pub fn honest(model: u32, epoch: u32, receipts: &[Receipt]) -> Self {
		let entries =
			(0u32..).zip(receipts).flat_map(|(index, receipt)| receipt.entries(index)).collect();
		let withheld = receipts.iter().filter(|receipt| receipt.withheld).count() as u32;
		Self { model, epoch, entries, unseen: Vec::new(), withheld }
	}

	/// The blob of entries.
	pub fn entries_blob(&self) -> Vec<u8> {
		records(&self.entries)
	}

	/// The blob of payouts.
	pub fn payouts_blob(&self) -> Vec<u8> {
		records(&self.payouts())
	}

	/// What all sources earn, in planck.
	pub fn total(&self) -> u128 {
		self.payouts().last().map_or(0, |last| last.before + last.amount)
	}

	/// What `source` earns, in planck.
	pub fn earned(&self, source: u64) -> u128 {
		let own = self.entries.iter().filter(|entry| entry.source == source);
		own.map(|entry| entry.amount).sum()
	}

	fn payouts(&self) -> Vec<Payout> {
		let mut before = 0;
		let mut owned: Vec<_> = (0u64..)
			.zip(&self.entries)
			.filter(|(_, entry)| entry.source > 0)
			.map(|(ordinal, entry)| (entry.source, ordinal, entry.amount))
			.collect();
		owned.sort();
		owned
			.into_iter()
			.map(|(source, ordinal, amount)| {
				let payout = Payout { source, ordinal, amount, before, reserved: 0 };
				before += amount;
				payout
			})
			.collect()
	}

	/// The call that posts it.
	pub fn call(&self) -> Attribution {
		let (entries, payouts) = (self.entries_blob(), self.payouts_blob());
		Attribution::report {
			model: self.model,
			epoch: self.epoch,
			entries: Content::of(&entries),
			entries_tail: tail(&entries),
			payouts: Content::of(&payouts),
			payouts_tail: tail(&payouts),
			total: self.total(),
			unseen: self.unseen.clone().try_into().expect("there are few"),
			withheld: self.withheld,
		}
	}

	/// Posts it, and returns its id.
	pub fn post(&self, chain: &mut Chain) -> ReportId {
		chain.run(ATTRIBUTOR, self.call());
		chain
			.find_event(|event| match event {
				RuntimeEvent::Attribution(pallet_attribution::Event::Reported { id, .. }) => {
					Some(id)
				}
				_ => None,
			})
			.expect("it has an id")
	}

	/// Waits until no fault of it is heard any more, and makes it final.
	pub fn finalise(&self, chain: &mut Chain) {
		let posted = chain.ext.execute_with(|| Runtime::report(self.model, self.epoch));
		chain.until(posted.expect("it stands").challenge_until);
		chain.run(ATTRIBUTOR, Attribution::finalise { model: self.model, epoch: self.epoch });
	}

	/// The chunk with an entry.
	pub fn entry(&self, index: usize) -> EntryProof {
		let opening = record_opening(&self.entries_blob(), index);
		EntryProof { index: index as u64, opening }
	}

	/// The claim of all that `source` earned, where its run stands in one chunk.
	pub fn claim(&self, source: u64) -> Attribution {
		let payouts = self.payouts();
		let end = |index: Option<usize>| {
			let index = index.expect("it earned");
			let opening: Box<Opening> = Box::new(record_opening(&records(&payouts), index));
			pallet_attribution::PayoutProof { index: index as u64, opening }
		};
		Attribution::claim {
			model: self.model,
			epoch: self.epoch,
			source,
			first: end(payouts.iter().position(|payout| payout.source == source)),
			last: end(payouts.iter().rposition(|payout| payout.source == source)),
		}
	}

	/// The fault that entry `index` is worth something else, of a receipt with these items.
	pub fn amount_fault(&self, index: usize, items: &[u8]) -> Fault {
		let item = self.entries[index].item as usize;
		Fault::Amount { entry: self.entry(index), item: Some(record_opening(items, item)) }
	}
}

/// The transaction that nobody signs by which `challenger` shows a fault of report `id`.
pub fn fault_transaction(
	report: &Report,
	id: u32,
	challenger: Account,
	fault: Fault,
) -> UncheckedExtrinsic {
	general(Attribution::submit_fault {
		model: report.model,
		epoch: report.epoch,
		report: id,
		challenger: challenger.to_account_id(),
		fault: Box::new(fault),
	})
}

/// Has the attributor bond enough for one open report.
pub fn bond(chain: &mut Chain) {
	chain.run(ATTRIBUTOR, Attribution::bond { amount: BOND });
}

/// What of the attributor's bond is free, in planck.
pub fn free_bond(chain: &mut Chain) -> u128 {
	let who = ATTRIBUTOR.to_account_id();
	chain.ext.execute_with(|| Pallet::bonded(&who) - Pallet::locked(&who))
}

/// What was slashed and paid for the report that fell in the last block, in planck; `None` where none
/// fell.
pub fn voided(chain: &mut Chain) -> Option<(u128, u128)> {
	chain.find_event(|event| match event {
		RuntimeEvent::Attribution(pallet_attribution::Event::Voided {
			slashed, reward, ..
		}) => Some((slashed, reward)),
		_ => None,
	})
}

/// The only model of a [`World`].
pub const MODEL: u32 = 0;

/// A chain with two contributions, a model that pins them, and payments for it in one epoch, which is over.
pub struct World {
	pub chain: Chain,
	/// The bytes of source 1.
	pub first: Vec<u8>,
	pub receipts: Vec<Receipt>,
	pub epoch: u32,
}

impl World {
	/// The world in which was paid for what `receipts` makes of the two contributions.
	pub fn of(
		synthetic: SyntheticPolicy,
		receipts: impl FnOnce(&[u8], &[u8]) -> Vec<Receipt>,
	) -> Self {
		let mut chain = Chain::start("development");
		let (first, second) = (text(1, 20_000), text(2, 90_000));
		create_dataset(&mut chain, synthetic);
		contribute(&mut chain, FIRST, &first);
		contribute(&mut chain, SECOND, &second);
		register_model(&mut chain, OWNER, Vec::new(), 2);
		let receipts = receipts(&first, &second);
		let epoch = pay_all(&mut chain, MODEL, &receipts);
		Self { chain, first, receipts, epoch }
	}

	/// What is right about the payments.
	pub fn report(&self) -> Report {
		Report::honest(MODEL, self.epoch, &self.receipts)
	}
}

/// Pays for all of this in one epoch, and ends it. Returns the epoch.
pub fn pay_all(chain: &mut Chain, model: u32, receipts: &[Receipt]) -> u32 {
	let length = blocks::<EpochLength>();
	let number = chain.number();
	if number % length + receipts.len() as u32 >= length {
		chain.until((number / length + 1) * length - 1);
	}
	for receipt in receipts {
		receipt.pay(chain, model);
	}
	let epoch = chain.number() / length;
	chain.until((epoch + 1) * length - 1);
	chain.ext.execute_with(|| {
		let paid = Runtime::receipts(model, epoch, 0, 256).items;
		assert_eq!(paid.len(), receipts.len(), "all is paid in one epoch");
	});
	epoch
}
