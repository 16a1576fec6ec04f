//! A final report in which one source has more and more entries, and the claim of what they earned.

use pallet_attribution::PayoutProof;
use sp_keyring::Sr25519Keyring as Account;
use tributary_primitives::{
	blob::{open, Content},
	fees::DEFAULTS,
	report::{Entry, Item, Payout, Record, RECORD_LEN},
	traits::SyntheticPolicy,
};
use tributary_runtime::{params::EpochLength, Attribution, Runtime, UncheckedExtrinsic, Usage};

use crate::{
	chain::Chain,
	run_call,
	scene::{blocks, contribute, create_dataset, pay_for, records, register_model, tail, text},
};

type AttributionCall = pallet_attribution::Call<Runtime>;

const CONTRIBUTOR: Account = Account::Charlie;
const ATTRIBUTOR: Account = Account::CharlieStash;
/// The only model, and the source of all entries.
const MODEL: u32 = 0;
const SOURCE: u64 = 1;

/// How many entries the source has.
pub const ENTRIES: [u32; 5] = [1, 100, 10_000, 100_000, 1_000_000];

/// A chain on which a report is final in which the source has so many entries of a planck each, and the claim
/// on them.
pub fn claim(entries: u32) -> (Chain, UncheckedExtrinsic) {
	let mut chain = Chain::start("development");
	create_dataset(&mut chain, SyntheticPolicy::Refuse);
	contribute(&mut chain, CONTRIBUTOR, &text(1, 4_000));
	register_model(&mut chain, Account::Eve, Vec::new(), 1);
	let items = Item { output: Content::of(b"output"), reserved: [0; 24] }.to_bytes();
	pay_for(&mut chain, MODEL, Content::of(&items), tail(&items));
	let epoch = chain.ext.execute_with(Usage::current_epoch);
	chain.until((epoch + 1) * blocks::<EpochLength>() - 1);

	// Nobody challenges the report: what its entries say of the outputs is not looked at.
	let entry = |_| Entry { source: SOURCE, count: 1, amount: 1, ..Default::default() };
	let entry_blob = records(&(0..entries).map(entry).collect::<Vec<_>>());
	let payout = |ordinal: u32| Payout {
		source: SOURCE,
		ordinal: ordinal.into(),
		amount: 1,
		before: ordinal.into(),
		..Default::default()
	};
	let payout_blob = records(&(0..entries).map(payout).collect::<Vec<_>>());
	run_call(&mut chain, ATTRIBUTOR, AttributionCall::bond { amount: DEFAULTS.report_bond });
	let report = AttributionCall::report {
		model: MODEL,
		epoch,
		entries: Content::of(&entry_blob),
		entries_tail: tail(&entry_blob),
		payouts: Content::of(&payout_blob),
		payouts_tail: tail(&payout_blob),
		total: entries.into(),
		unseen: Default::default(),
		withheld: 0,
	};
	run_call(&mut chain, ATTRIBUTOR, report);
	let until = chain.ext.execute_with(|| Attribution::report_view(MODEL, epoch));
	chain.until(until.expect("it was posted").challenge_until);
	run_call(&mut chain, ATTRIBUTOR, AttributionCall::finalise { model: MODEL, epoch });

	let end = |index: u32| {
		let at = u64::from(index) * RECORD_LEN as u64;
		let opening = open(&payout_blob, at, RECORD_LEN as u64).expect("the payout is there");
		PayoutProof { index: index.into(), opening: Box::new(opening) }
	};
	let (first, last) = (end(0), end(entries - 1));
	let call = AttributionCall::claim { model: MODEL, epoch, source: SOURCE, first, last };
	let claim = chain.signed(CONTRIBUTOR, call);
	(chain, claim)
}
