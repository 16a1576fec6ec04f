//! Faults that were announced before somebody else submitted them.

use sp_keyring::Sr25519Keyring as Account;
use tributary_primitives::{
	fault::Fault,
	ids::{announcement, ReportId},
	traits::SyntheticPolicy,
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi, AccountId, Hash, Runtime,
	System,
};

use crate::{
	chain::Chain,
	report::{bond, fault_transaction, Attribution, Output, Receipt, World, BOND, MODEL, WATCHER},
};

const LATER: Account = Account::EveStash;
const COPIER: Account = Account::FerdieStash;

/// What announces `fault` of report `report` for `who`.
fn announced(chain: &mut Chain, who: Account, report: ReportId, fault: &Fault) -> [u8; 32] {
	let genesis: Hash = chain.ext.execute_with(|| System::block_hash(0));
	announcement(&genesis, report, fault, &who.to_account_id(), &[who as u8; 32])
}

fn reveal(who: Account, report: ReportId, fault: &Fault) -> Attribution {
	let (fault, salt) = (Box::new(fault.clone()), [who as u8; 32]);
	Attribution::reveal_announcement { report, fault, salt }
}

fn beneficiary(chain: &mut Chain, report: ReportId) -> Option<(AccountId, u128)> {
	let reward = chain.ext.execute_with(|| Runtime::reward(report))?;
	Some((reward.beneficiary, reward.amount))
}

/// A world with an open report that is wrong, its id, and the fault that shows it.
fn lied() -> (World, ReportId, Fault) {
	let mut world = World::of(SyntheticPolicy::Refuse, |first, _| {
		vec![Receipt::of([Output::whole(&first[..1_000], 1, 0)])]
	});
	let mut report = world.report();
	report.entries[0].amount -= 1;
	bond(&mut world.chain);
	let id = report.post(&mut world.chain);
	let fault = report.amount_fault(0, &world.receipts[0].items());
	(world, id, fault)
}

#[test]
fn the_reward_goes_to_the_earliest_announcer_though_a_copier_submitted_first() {
	let (mut world, id, fault) = lied();
	let report = world.report();
	let chain = &mut world.chain;
	let funds = [WATCHER, LATER, COPIER].map(|who| chain.before_fees(who));
	let issued = chain.issuance();
	for who in [WATCHER, LATER] {
		let hash = announced(chain, who, id, &fault);
		let epoch = report.epoch;
		chain.run(who, Attribution::announce { model: MODEL, epoch, report: id, hash });
	}
	assert_eq!(beneficiary(chain, id), None);
	let copied = fault_transaction(&report, id, COPIER, fault.clone());
	assert_eq!(chain.try_block(copied), Ok(Ok(())));
	let reward = BOND / 2;
	assert_eq!(beneficiary(chain, id), Some((COPIER.to_account_id(), reward)));
	assert_eq!(chain.before_fees(COPIER), funds[2], "the reward waits");

	// The order of the announcements counts, and not that of their reveals.
	for (who, then) in [(LATER, LATER), (WATCHER, WATCHER)] {
		chain.run(who, reveal(who, id, &fault));
		assert_eq!(beneficiary(chain, id), Some((then.to_account_id(), reward)));
	}
	let unannounced = chain.signed(COPIER, reveal(COPIER, id, &fault));
	let early = chain.signed(LATER, Attribution::pay_reward { report: id });
	assert!(chain.block(vec![unannounced, early]).iter().all(Result::is_err));

	let until = chain.ext.execute_with(|| Runtime::reward(id)).expect("it waits").reveal_until;
	chain.until(until);
	chain.run(LATER, Attribution::pay_reward { report: id });
	assert_eq!(chain.before_fees(WATCHER), funds[0] + reward);
	assert_eq!(chain.before_fees(LATER), funds[1], "deposits come back");
	assert_eq!(chain.before_fees(COPIER), funds[2]);
	assert_eq!(chain.issuance(), issued - BOND / 2);
	assert_eq!(beneficiary(chain, id), None);
	chain.check();
}

#[test]
fn a_reward_that_no_announcer_reveals_for_goes_to_who_submitted_the_fault() {
	let (mut world, id, fault) = lied();
	let report = world.report();
	let chain = &mut world.chain;
	let funds = [WATCHER, COPIER].map(|who| chain.before_fees(who));
	let epoch = report.epoch;
	chain.run(WATCHER, Attribution::announce { model: MODEL, epoch, report: id, hash: [7; 32] });
	let submitted = fault_transaction(&report, id, COPIER, fault.clone());
	assert_eq!(chain.try_block(submitted), Ok(Ok(())));
	let wrong = chain.signed(WATCHER, reveal(WATCHER, id, &fault));
	assert!(chain.block(vec![wrong])[0].is_err(), "that is not what was announced");

	let until = chain.ext.execute_with(|| Runtime::reward(id)).expect("it waits").reveal_until;
	chain.until(until);
	let late = chain.signed(WATCHER, reveal(WATCHER, id, &fault));
	assert!(chain.block(vec![late])[0].is_err());
	chain.run(WATCHER, Attribution::pay_reward { report: id });
	assert_eq!(chain.before_fees(COPIER), funds[1] + BOND / 2);
	chain.run(WATCHER, Attribution::withdraw_announcement { report: id });
	assert_eq!(chain.before_fees(WATCHER), funds[0]);
	chain.check();
}
