//! From a contribution to a claim, by signed transactions in real blocks, with every planck counted.

use sp_keyring::Sr25519Keyring as Account;
use tributary_primitives::{
	fees::DEFAULTS,
	ids::source_of,
	traits::SyntheticPolicy,
	views::{ContributionStateView, ReportStateView},
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	genesis_presets::ENDOWMENT,
	params::{EpochLength, TRIB},
	Hash, Runtime,
};

use crate::{
	chain::Chain,
	report::{
		bond, fault_transaction, Output, Receipt, Report, ATTRIBUTOR, FIRST, OWNER, SECOND, WATCHER,
	},
	scene::{
		blocks, contribute, create_dataset, register_model, text, Datasets, Usage, DATA_AMOUNT,
		PAID,
	},
};

const ANCESTOR: Account = Account::Eve;

/// What an accepted contribution holds.
const CONTRIBUTION: u128 = DEFAULTS.contribution_deposit;

const PARENT: u32 = 0;
const MODEL: u32 = 1;
const EPOCH: u32 = 0;

/// Three outputs under one receipt: one from each contribution, and one from nowhere.
fn receipt(first: &[u8], second: &[u8]) -> Receipt {
	Receipt::of([
		Output::whole(first, 1, 0),
		Output::whole(&second[8..], 2, 8),
		Output::whole(&text(200, 40), 0, 0),
	])
}

/// A dataset of two contributions, a model with one ancestor, a payment, and the epoch closed. Returns the
/// payment and what is right about it.
fn paid(chain: &mut Chain) -> (Receipt, Report) {
	let (first, second) = (text(1, 2_000), text(90, 64));
	create_dataset(chain, SyntheticPolicy::Refuse);
	assert_eq!(source_of(contribute(chain, FIRST, &first)), Some(1));
	assert_eq!(source_of(contribute(chain, SECOND, &second)), Some(2));
	register_model(chain, ANCESTOR, Vec::new(), 2);
	register_model(chain, OWNER, vec![PARENT], 0);
	let receipt = receipt(&first, &second);
	receipt.pay(chain, MODEL);
	assert!(chain.number() < blocks::<EpochLength>(), "all of this fits into the first epoch");
	chain.ext.execute_with(|| {
		assert_eq!(Runtime::pot(MODEL, EPOCH).map(|pot| pot.data), Some(DATA_AMOUNT));
	});
	chain.until(blocks::<EpochLength>() - 1);
	let report = Report::honest(MODEL, EPOCH, std::slice::from_ref(&receipt));
	(receipt, report)
}

#[test]
fn contributors_are_paid_and_every_planck_is_accounted_for() {
	let mut chain = Chain::start("development");
	let issued = chain.issuance();
	let (_, report) = paid(&mut chain);
	// Of the fee, 2 TRIB, one half was burned; nothing else leaves or enters the chain.
	let issued_after = issued - TRIB;
	assert_eq!(chain.issuance(), issued_after);

	bond(&mut chain);
	report.post(&mut chain);
	chain.ext.execute_with(|| {
		let posted = Runtime::report(MODEL, EPOCH).expect("it stands");
		assert_eq!(posted.state, ReportStateView::Challengeable);
		assert_eq!(posted.total, report.total());
	});
	let posted_at = chain.number();
	chain.until(posted_at + DEFAULTS.challenge_window);
	let before = chain.free(&ATTRIBUTOR.to_account_id());
	report.finalise(&mut chain);
	let fee = chain.fee_of(&ATTRIBUTOR.to_account_id());
	let attribution_fee = 1_470_000_000_000;
	assert_eq!(chain.free(&ATTRIBUTOR.to_account_id()), before - fee + attribution_fee);

	let residual = DATA_AMOUNT - report.total();
	assert_eq!(chain.treasury(), residual);

	for (who, claimant, source) in [(FIRST, FIRST, 1), (SECOND, WATCHER, 2)] {
		let funds = [who, claimant].map(|account| chain.before_fees(account));
		chain.run(claimant, report.claim(source));
		let earned = report.earned(source);
		assert_eq!(chain.before_fees(who), funds[0] + earned, "whoever claims");
		if claimant != who {
			assert_eq!(chain.before_fees(claimant), funds[1]);
		}
		chain.run(claimant, report.claim(source));
		assert_eq!(chain.before_fees(who), ENDOWMENT - CONTRIBUTION + earned, "it is paid once");
	}

	let takes = [
		(OWNER, Usage::claim_owner { model: MODEL }, 58_800_000_000_000),
		(
			ANCESTOR,
			Usage::claim_lineage { model: MODEL, ancestor: PARENT, tenure: 0 },
			9_800_000_000_000,
		),
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
	let (receipt, mut report) = paid(&mut chain);
	report.entries[0].amount += 1;
	bond(&mut chain);
	let id = report.post(&mut chain);
	let issued = chain.issuance();

	let fault = report.amount_fault(0, &receipt.items());
	chain.ext.execute_with(|| {
		assert_eq!(Runtime::check_fault(MODEL, EPOCH, fault.clone()), Some(Ok(())));
	});
	let transaction = fault_transaction(&report, id, WATCHER, fault);
	assert_eq!(chain.try_block(transaction.clone()), Ok(Ok(())));
	assert_eq!(chain.free(&WATCHER.to_account_id()), ENDOWMENT + 50 * TRIB);
	assert_eq!(chain.issuance(), issued - 50 * TRIB);
	chain.ext.execute_with(|| assert_eq!(Runtime::report(MODEL, EPOCH), None));
	assert!(chain.try_block(transaction).is_err());
	chain.check();
}

#[test]
fn a_fault_against_an_honest_report_never_enters_the_pool() {
	use sp_runtime::transaction_validity::TransactionSource;
	use tributary_runtime::Executive;

	let mut chain = Chain::start("development");
	let (receipt, report) = paid(&mut chain);
	bond(&mut chain);
	let id = report.post(&mut chain);
	let fault = report.amount_fault(0, &receipt.items());
	let transaction = fault_transaction(&report, id, WATCHER, fault);
	chain.ext.execute_with(|| {
		let validity =
			Executive::validate_transaction(TransactionSource::External, transaction, Hash::zero());
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
