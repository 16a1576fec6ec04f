//! A dataset's curator share of what its contributions earn goes to the dataset's title.

use frame_support::{assert_noop, assert_ok};
use tributary_primitives::{
	title::{Payee, Title},
	traits::{PassedCredit as _, PassedTo, Pots as _},
};

use crate::{mock::*, Dues, Error, Event};

const PAYER: AccountId = PAYERS[0];
const SYNTHETIC: u64 = 7;

fn curated() -> Payee<AccountId> {
	Payee { contributor: SOURCE, dataset: CURATED }
}

/// Settles a pot that holds 2,000 for its sources.
fn settled() {
	assert_ok!(pay(PAYER, BASE, 10_000));
	System::set_block_number(EPOCH_LENGTH);
	assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 2_000), 793);
}

#[test]
fn the_datasets_owner_has_its_share_of_a_claim() {
	run(|| {
		settled();
		assert_ok!(Usage::pay_source(BASE, 0, &curated(), 1_003), 250);
		assert_eq!((free(SOURCE), free(CURATOR)), (753, 250));
		assert_eq!(
			last_event(),
			Event::SourcePaid {
				model: BASE,
				epoch: 0,
				beneficiary: SOURCE,
				dataset: CURATED,
				amount: 1_003,
				curators: 250,
			}
		);
	});
}

#[test]
fn a_sale_after_the_epoch_leaves_the_seller_what_was_earned_in_it() {
	run(|| {
		settled();
		MockTitles::transfer(Title::dataset(CURATED), TUNE_OWNER);
		assert_ok!(Usage::pay_source(BASE, 0, &curated(), 1_000), 250);
		assert_eq!((free(CURATOR), free(TUNE_OWNER)), (250, EXISTENTIAL_DEPOSIT));
	});
}

#[test]
fn a_sale_in_the_epochs_last_block_gives_the_buyer_what_is_earned_in_it() {
	run(|| {
		System::set_block_number(EPOCH_LENGTH - 1);
		MockTitles::transfer(Title::dataset(CURATED), TUNE_OWNER);
		settled();
		MockTitles::transfer(Title::dataset(CURATED), ATTRIBUTOR);
		let attributor = free(ATTRIBUTOR);
		assert_ok!(Usage::pay_source(BASE, 0, &curated(), 1_000), 250);
		assert_eq!((free(CURATOR), free(TUNE_OWNER)), (0, EXISTENTIAL_DEPOSIT + 250));
		assert_eq!(free(ATTRIBUTOR), attributor);
	});
}

#[test]
fn a_seller_who_can_not_take_it_is_left_it_due() {
	run(|| {
		settled();
		MockTitles::transfer(Title::dataset(CURATED), TUNE_OWNER);
		assert_ok!(Usage::pay_source(BASE, 0, &curated(), 36), 9);
		assert_eq!((free(SOURCE), free(CURATOR), Dues::<Test>::get(CURATOR)), (27, 0, 9));
		assert_eq!(free(TUNE_OWNER), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn a_vault_has_it_where_the_datasets_title_was_vaulted_by_the_end_of_the_epoch() {
	run(|| {
		MockTitles::vault(Title::dataset(CURATED));
		settled();
		assert_ok!(Usage::pay_source(BASE, 0, &curated(), 1_000), 250);
		assert_eq!(MockVaults::credited(Title::dataset(CURATED)), 250);
		assert_eq!((free(SOURCE), free(CURATOR)), (750, 0));
	});
}

#[test]
fn a_vault_has_nothing_of_epochs_before_it() {
	run(|| {
		settled();
		MockTitles::vault(Title::dataset(CURATED));
		assert_ok!(Usage::pay_source(BASE, 0, &curated(), 1_000), 250);
		assert_eq!(MockVaults::credited(Title::dataset(CURATED)), 0);
		assert_eq!((free(SOURCE), free(CURATOR)), (750, 250));
	});
}

#[test]
fn the_heir_of_a_vault_that_has_ended_has_it() {
	run(|| {
		MockTitles::vault(Title::dataset(CURATED));
		settled();
		MockTitles::unvault(Title::dataset(CURATED), TUNE_OWNER);
		assert_ok!(Usage::pay_source(BASE, 0, &curated(), 1_000), 250);
		assert_eq!((free(CURATOR), free(TUNE_OWNER)), (0, EXISTENTIAL_DEPOSIT + 250));
	});
}

#[test]
fn what_the_owner_can_not_take_stays_due_and_keeps_no_contributor_waiting() {
	run(|| {
		settled();
		assert_ok!(Usage::pay_source(BASE, 0, &curated(), 36), 9);
		assert_eq!((free(SOURCE), free(CURATOR), Dues::<Test>::get(CURATOR)), (27, 0, 9));
		assert_ok!(Usage::pay_source(BASE, 0, &curated(), 4), 1);
		assert_eq!((free(SOURCE), free(CURATOR), Dues::<Test>::get(CURATOR)), (30, 10, 0));
		assert_ok!(Usage::pay_source(BASE, 0, &curated(), 3), 0);
		assert_eq!((free(SOURCE), free(CURATOR)), (33, 10));
	});
}

#[test]
fn a_contributor_who_can_not_take_the_rest_waits_with_all_of_it() {
	run(|| {
		settled();
		endow(CURATOR);
		assert_noop!(
			Usage::pay_source(BASE, 0, &curated(), 12),
			Error::<Test>::BelowExistentialDeposit
		);
		assert_eq!(Usage::pot_view(BASE, 0).unwrap().unclaimed, 2_000);
	});
}

#[test]
fn a_share_of_the_whole_leaves_the_contributor_nothing() {
	run(|| {
		MockDatasets::put(CURATED, CURATOR, 1_000_000_000);
		settled();
		assert_ok!(Usage::pay_source(BASE, 0, &curated(), 2_000), 2_000);
		assert_eq!((free(SOURCE), free(CURATOR)), (0, 2_000));
	});
}

#[test]
fn a_dataset_that_there_is_not_takes_nothing() {
	run(|| {
		settled();
		let payee = Payee { contributor: SOURCE, dataset: 99 };
		assert_ok!(Usage::pay_source(BASE, 0, &payee, 2_000), 0);
		assert_eq!(free(SOURCE), 2_000);
	});
}

#[test]
fn credit_that_is_passed_on_is_shared_alike() {
	run(|| {
		settled();
		assert_ok!(Usage::pass_on(BASE, 0, SYNTHETIC, 1_003));
		assert_ok!(Usage::pay_passed(SYNTHETIC, &PassedTo::Contributor(curated()), 1_003));
		assert_eq!((free(SOURCE), free(CURATOR)), (753, 250));
		assert_eq!(
			last_event(),
			Event::PassedPaid {
				source: SYNTHETIC,
				beneficiary: SOURCE,
				dataset: Some(CURATED),
				amount: 1_003,
				curators: 250,
			}
		);
	});
}

#[test]
fn of_credit_that_is_passed_on_the_owner_of_the_moment_has_it() {
	run(|| {
		settled();
		assert_ok!(Usage::pass_on(BASE, 0, SYNTHETIC, 1_000));
		MockTitles::transfer(Title::dataset(CURATED), TUNE_OWNER);
		assert_ok!(Usage::pay_passed(SYNTHETIC, &PassedTo::Contributor(curated()), 1_000));
		assert_eq!((free(CURATOR), free(TUNE_OWNER)), (0, EXISTENTIAL_DEPOSIT + 250));
	});
}
