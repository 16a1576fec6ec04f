//! From a contribution to a claim, by signed transactions in real blocks, with every planck counted.

use frame_support::traits::Get;
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::Perbill;
use tributary_primitives::{
	blob::{open, open_tail, Content, Opening},
	fault::{EntryProof, Fault},
	ids::{commitment, source_of},
	report::{Entry, Item, Payout, Record, RECORD_LEN},
	views::{ContributionStateView, ReportStateView},
	window::{item_amount, worth},
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	configs::tributary::Treasury,
	genesis_presets::ENDOWMENT,
	params::{ChallengeWindow, EpochLength, TRIB},
	Hash, Runtime, RuntimeEvent, System,
};

use crate::chain::{general, Chain};

type Datasets = pallet_datasets::Call<Runtime>;
type Models = pallet_models::Call<Runtime>;
type Usage = pallet_usage::Call<Runtime>;
type Attribution = pallet_attribution::Call<Runtime>;

const CURATOR: Account = Account::Bob;
const FIRST: Account = Account::Charlie;
const SECOND: Account = Account::Dave;
const ANCESTOR: Account = Account::Eve;
const OWNER: Account = Account::Ferdie;
const PAYER: Account = Account::BobStash;
const ATTRIBUTOR: Account = Account::CharlieStash;
const WATCHER: Account = Account::DaveStash;

const WINDOW: u32 = 24;
const PARENT: u32 = 0;
const MODEL: u32 = 1;
const EPOCH: u32 = 0;
const PAID: u128 = 100 * TRIB;

fn blocks<Span: Get<u32>>() -> u32 {
	Span::get()
}

fn text(seed: u8, len: usize) -> Vec<u8> {
	(0..len).map(|at| seed.wrapping_add((at * 7 % 251) as u8)).collect()
}

fn tail(data: &[u8]) -> Box<Opening> {
	Box::new(open_tail(data).expect("every blob has a last chunk"))
}

fn records<R: Record>(list: &[R]) -> Vec<u8> {
	list.iter().flat_map(Record::to_bytes).collect()
}

/// The chunk of a blob that holds its record `index`.
fn record_opening(blob: &[u8], index: usize) -> Opening {
	let at = (index * RECORD_LEN) as u64;
	open(blob, at, RECORD_LEN as u64).expect("the record is there")
}

/// Three outputs under one receipt: one from each contribution, and one from nowhere.
struct Report {
	outputs: Vec<u8>,
	entries: Vec<Entry>,
}

impl Report {
	fn honest(first: &[u8], second: &[u8], data_amount: u128) -> Self {
		let outputs = [first.to_vec(), second[8..].to_vec(), text(200, 40)];
		let owners = [(1, 0), (2, 8), (0, 0)];
		let items: Vec<_> = outputs
			.iter()
			.map(|output| Item { output: Content::of(output), reserved: [0; 24] })
			.collect();
		let entries = (0u32..)
			.zip(outputs.iter().zip(owners))
			.map(|(item, (output, (source, offset)))| {
				let count = output.len() as u64 - u64::from(WINDOW) + 1;
				let carried = item_amount(data_amount, outputs.len() as u64, item.into());
				let amount = worth(carried, count, 0, count);
				Entry { item, count, source, offset, amount, ..Default::default() }
			})
			.collect();
		Self { outputs: records(&items), entries }
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

	fn total(&self) -> u128 {
		self.payouts().last().map_or(0, |last| last.before + last.amount)
	}

	fn call(&self) -> Attribution {
		let (entries, payouts) = (records(&self.entries), records(&self.payouts()));
		Attribution::report {
			model: MODEL,
			epoch: EPOCH,
			entries: Content::of(&entries),
			entries_tail: tail(&entries),
			payouts: Content::of(&payouts),
			payouts_tail: tail(&payouts),
			total: self.total(),
		}
	}

	fn claim(&self, source: u64) -> Attribution {
		let payouts = self.payouts();
		let index = payouts.iter().position(|payout| payout.source == source).expect("it earned");
		let opening = Box::new(record_opening(&records(&payouts), index));
		let proof = pallet_attribution::PayoutProof { index: index as u64, opening };
		Attribution::claim { model: MODEL, epoch: EPOCH, source, first: proof.clone(), last: proof }
	}
}

fn contribute(chain: &mut Chain, who: Account, data: &[u8]) -> u64 {
	let (content, salt) = (Content::of(data), [7; 32]);
	let genesis: Hash = chain.ext.execute_with(|| System::block_hash(0));
	let hash = commitment(&genesis, 0, &who.to_account_id(), &content, &salt);
	chain.run(who, Datasets::commit { hash });
	let seq = chain
		.events()
		.into_iter()
		.find_map(|event| match event {
			RuntimeEvent::Datasets(pallet_datasets::Event::Committed { seq, .. }) => Some(seq),
			_ => None,
		})
		.expect("the commitment has a place");
	chain.run(who, Datasets::reveal { seq, dataset: 0, content, salt, tail: tail(data) });
	seq
}

fn create_dataset(chain: &mut Chain) {
	use pallet_datasets::{Admission, Use, Uses};

	let metadata = b"{}";
	let call = Datasets::create {
		admission: Admission::Open,
		curator_share: Perbill::zero(),
		licence: b"CC-BY-4.0".to_vec().try_into().expect("it is short"),
		uses: Uses {
			data_mining: Use::Allowed,
			inference: Use::Allowed,
			training: Use::Allowed,
			generative_training: Use::Constrained,
		},
		contribution_deposit: 0,
		metadata: Content::of(metadata),
		metadata_tail: tail(metadata),
	};
	chain.run(CURATOR, call);
}

fn register_model(chain: &mut Chain, owner: Account, parents: Vec<u32>, pinned: bool) {
	use pallet_models::{Pin, Relation, Terms};

	let (artifact, manifest) = (text(owner as u8, 3_000), b"steps = 1".to_vec());
	let pins = if pinned { vec![Pin { dataset: 0, version: 2 }] } else { Vec::new() };
	let call = Models::register {
		relation: if parents.is_empty() { Relation::Pretrain } else { Relation::Finetune },
		parents: parents.try_into().expect("there are few"),
		pins: pins.try_into().expect("there are few"),
		terms: Terms {
			lineage_rate: Perbill::from_percent(10),
			data_rate: Perbill::from_percent(30),
			window: WINDOW,
		},
		artifact: Content::of(&artifact),
		artifact_tail: tail(&artifact),
		manifest: Content::of(&manifest),
		manifest_tail: tail(&manifest),
	};
	chain.run(owner, call);
}

/// A dataset of two contributions, a model with one ancestor, a payment, and the epoch closed.
fn paid(chain: &mut Chain) -> Report {
	let (first, second) = (text(1, 2_000), text(90, 64));
	create_dataset(chain);
	assert_eq!(source_of(contribute(chain, FIRST, &first)), Some(1));
	assert_eq!(source_of(contribute(chain, SECOND, &second)), Some(2));
	register_model(chain, ANCESTOR, Vec::new(), true);
	register_model(chain, OWNER, vec![PARENT], false);

	// 2 % of 100 TRIB are the fee; of the rest 30 % go to the data, and 5 % of that to the attributor.
	let data_amount = 27_930_000_000_000;
	let report = Report::honest(&first, &second, data_amount);
	let call = Usage::pay {
		model: MODEL,
		outputs: Content::of(&report.outputs),
		outputs_tail: tail(&report.outputs),
		amount: PAID,
	};
	chain.run(PAYER, call);
	assert!(chain.number() < blocks::<EpochLength>(), "all of this fits into the first epoch");
	chain.ext.execute_with(|| {
		assert_eq!(Runtime::pot(MODEL, EPOCH).map(|pot| pot.data), Some(data_amount));
	});
	chain.until(blocks::<EpochLength>() - 1);
	report
}

#[test]
fn contributors_are_paid_and_every_planck_is_accounted_for() {
	let mut chain = Chain::start("development");
	let issued = chain.issuance();
	let report = paid(&mut chain);
	// Of the fee, 2 TRIB, one half was burned; nothing else leaves or enters the chain.
	let issued_after = issued - TRIB;
	assert_eq!(chain.issuance(), issued_after);

	chain.run(ATTRIBUTOR, Attribution::bond { amount: 100 * TRIB });
	chain.run(ATTRIBUTOR, report.call());
	chain.ext.execute_with(|| {
		let posted = Runtime::report(MODEL, EPOCH).expect("it stands");
		assert_eq!(posted.state, ReportStateView::Challengeable);
		assert_eq!(posted.total, report.total());
	});
	let posted_at = chain.number();
	chain.until(posted_at + blocks::<ChallengeWindow>());
	let before = chain.free(&ATTRIBUTOR.to_account_id());
	chain.run(ATTRIBUTOR, Attribution::finalise { model: MODEL, epoch: EPOCH });
	let fee = chain.fee_of(&ATTRIBUTOR.to_account_id());
	let attribution_fee = 1_470_000_000_000;
	assert_eq!(chain.free(&ATTRIBUTOR.to_account_id()), before - fee + attribution_fee);

	let residual = 27_930_000_000_000 - report.total();
	assert_eq!(chain.free(&Treasury::get()), residual);

	for (who, source) in [(FIRST, 1), (SECOND, 2)] {
		let account = who.to_account_id();
		let before = chain.free(&account);
		chain.run(who, report.claim(source));
		let earned = report.entries[source as usize - 1].amount;
		assert_eq!(chain.free(&account), before - chain.fee_of(&account) + earned);
		let again = chain.signed(who, report.claim(source));
		assert!(chain.block(vec![again])[0].is_err());
	}

	let takes = [
		(OWNER, Usage::claim_owner { model: MODEL }, 58_800_000_000_000),
		(ANCESTOR, Usage::claim_lineage { model: MODEL, ancestor: PARENT }, 9_800_000_000_000),
	];
	for (who, call, amount) in takes {
		let account = who.to_account_id();
		let before = chain.free(&account);
		chain.run(who, call);
		assert_eq!(chain.free(&account), before - chain.fee_of(&account) + amount);
	}

	chain.ext.execute_with(|| {
		let books = Runtime::books();
		assert_eq!(books.deposited, PAID - 2 * TRIB);
		assert_eq!(books.claimed, books.deposited);
		assert_eq!(books.held, 0);
	});
	assert_eq!(chain.issuance(), issued_after);
	chain.check();
}

#[test]
fn a_wrong_report_is_voided_by_a_transaction_that_nobody_signs() {
	let mut chain = Chain::start("development");
	let mut report = paid(&mut chain);
	report.entries[0].amount += 1;
	chain.run(ATTRIBUTOR, Attribution::bond { amount: 100 * TRIB });
	chain.run(ATTRIBUTOR, report.call());
	let issued = chain.issuance();

	let entries = records(&report.entries);
	let fault = Fault::Amount {
		entry: EntryProof { index: 0, opening: record_opening(&entries, 0) },
		item: record_opening(&report.outputs, 0),
	};
	let id = chain.ext.execute_with(|| {
		assert_eq!(Runtime::check_fault(MODEL, EPOCH, fault.clone()), Some(Ok(())));
		Runtime::report(MODEL, EPOCH).expect("it stands").id
	});
	let call = Attribution::submit_fault {
		model: MODEL,
		epoch: EPOCH,
		report: id,
		challenger: WATCHER.to_account_id(),
		fault: Box::new(fault),
	};
	assert_eq!(chain.try_block(general(call.clone())), Ok(Ok(())));
	assert_eq!(chain.free(&WATCHER.to_account_id()), ENDOWMENT + 50 * TRIB);
	assert_eq!(chain.issuance(), issued - 50 * TRIB);
	chain.ext.execute_with(|| assert_eq!(Runtime::report(MODEL, EPOCH), None));
	assert!(chain.try_block(general(call)).is_err());
	chain.check();
}

#[test]
fn a_fault_against_an_honest_report_never_enters_the_pool() {
	use sp_runtime::transaction_validity::TransactionSource;
	use tributary_runtime::Executive;

	let mut chain = Chain::start("development");
	let report = paid(&mut chain);
	chain.run(ATTRIBUTOR, Attribution::bond { amount: 100 * TRIB });
	chain.run(ATTRIBUTOR, report.call());
	let fault = Fault::Amount {
		entry: EntryProof { index: 0, opening: record_opening(&records(&report.entries), 0) },
		item: record_opening(&report.outputs, 0),
	};
	let call = Attribution::submit_fault {
		model: MODEL,
		epoch: EPOCH,
		report: 0,
		challenger: WATCHER.to_account_id(),
		fault: Box::new(fault),
	};
	chain.ext.execute_with(|| {
		let validity = Executive::validate_transaction(
			TransactionSource::External,
			general(call),
			Hash::zero(),
		);
		assert!(validity.is_err());
	});
	chain.check();
}

#[test]
fn the_api_pages_through_a_corpus_as_of_an_epoch() {
	let mut chain = Chain::start("development");
	paid(&mut chain);
	chain.run(SECOND, Datasets::withdraw { seq: 1 });
	chain.ext.execute_with(|| {
		assert_eq!(Runtime::corpus(7, None, 0, 10), None);
		let seqs = |epoch, cursor, limit| {
			let page = Runtime::corpus(MODEL, epoch, cursor, limit).expect("the model exists");
			(page.items.into_iter().map(|entry| entry.seq).collect::<Vec<_>>(), page.next)
		};
		assert_eq!(seqs(Some(EPOCH), 0, 10), (vec![0, 1], None));
		assert_eq!(seqs(None, 0, 10), (vec![0], None));
		assert_eq!(seqs(Some(EPOCH), 0, 1), (vec![0], Some(1)));
		assert_eq!(seqs(Some(EPOCH), 1, 1), (vec![1], None));
		assert_eq!(seqs(Some(EPOCH), u64::MAX, 1), (vec![], None));

		let withdrawn = Runtime::contribution(1).expect("it was committed");
		assert_eq!(withdrawn.state, ContributionStateView::Withdrawn);
		let lineage = Runtime::lineage(MODEL).expect("the model exists");
		assert_eq!(lineage.len(), 1);
		assert_eq!((lineage[0].model, lineage[0].earned), (PARENT, 9_800_000_000_000));
		assert_eq!(Runtime::lineage(7), None);
		assert_eq!(Runtime::datasets(0, 10).items.len(), 1);
		assert_eq!(Runtime::receipts(MODEL, EPOCH, 0, 10).items.len(), 1);
		assert_eq!(Runtime::epoch().length, blocks::<EpochLength>());
	});
	chain.check();
}
