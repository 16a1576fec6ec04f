//! While a title is vaulted its revenue goes to the vault, in the call that earns or claims it.

use frame_support::{assert_noop, assert_ok};
use tributary_primitives::{
	title::{Beneficiary, Title},
	traits::Payments,
};

use crate::{mock::*, Dues, Error, Event, Ledgers};

const PAYER: AccountId = PAYERS[0];

fn claim_lineage(tenure: u32) {
	assert_ok!(Usage::claim_lineage(RuntimeOrigin::signed(PAYER), TUNE, BASE, tenure));
}

#[test]
fn the_owners_part_of_a_payment_goes_to_the_vault_at_once() {
	run(|| {
		MockTitles::vault(Title::model(TUNE));
		assert_ok!(pay(PAYER, TUNE, 10_000));
		assert_eq!(free(PAYER), ENDOWMENT - 10_000 - RECEIPT_DEPOSIT);
		assert_eq!(MockVaults::credited(Title::model(TUNE)), 5_880);
		assert_eq!(free(VAULTS), EXISTENTIAL_DEPOSIT + 5_880);
		let books = Usage::books_view();
		assert_eq!((books.deposited, books.claimed, books.held), (9_800, 5_880, 3_920));
		let ledger = Ledgers::<Test>::get(TUNE);
		assert_eq!((ledger.gross, ledger.owner, ledger.claimed), (9_800, 0, 5_880));
		assert_ok!(Usage::claim_owner(RuntimeOrigin::signed(PAYER), TUNE));
		let owner = TUNE_OWNER;
		assert_eq!(last_event(), Event::OwnerClaimed { model: TUNE, owner, amount: 0 });
	});
}

#[test]
fn a_payment_that_is_all_the_owners_leaves_nothing_in_the_account() {
	run(|| {
		MockModels::put(7, TUNE_OWNER, &[], 0);
		MockTitles::vault(Title::model(7));
		assert_ok!(pay(PAYER, 7, MIN_PAYMENT));
		assert_eq!((Usage::held(), MockVaults::credited(Title::model(7))), (0, 7));
	});
}

#[test]
fn a_payment_that_leaves_the_owner_nothing_credits_nothing() {
	run(|| {
		MockModels::put(7, TUNE_OWNER, &[], 1_000_000_000);
		MockTitles::vault(Title::model(7));
		assert_ok!(pay(PAYER, 7, 10_000));
		assert_eq!((Usage::held(), free(VAULTS)), (9_800, EXISTENTIAL_DEPOSIT));
	});
}

#[test]
fn a_payment_that_the_payer_can_not_make_credits_nothing() {
	run(|| {
		MockTitles::vault(Title::model(TUNE));
		let (content, tail) = outputs(1);
		let most = free(PAYER) - EXISTENTIAL_DEPOSIT - RECEIPT_DEPOSIT;
		let pay = |amount| <Usage as Payments<_>>::pay(&PAYER, TUNE, content, &tail, amount);
		assert!(pay(most + 1).is_err());
		assert_eq!(MockVaults::credited(Title::model(TUNE)), 0);
		assert_ok!(pay(most));
		assert_eq!(free(PAYER), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn what_the_owner_earned_before_is_due_to_the_owner() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		MockTitles::vault(Title::model(TUNE));
		assert_eq!(last_event(), Event::LeftDue { beneficiary: TUNE_OWNER, due: 5_880 });
		assert_ok!(pay(PAYER, TUNE, 10_000));
		assert_eq!(Dues::<Test>::get(TUNE_OWNER), 5_880);
		assert_eq!(MockVaults::credited(Title::model(TUNE)), 5_880);
		MockTitles::unvault(Title::model(TUNE), PAYER);
		assert_ok!(pay(PAYER, TUNE, 10_000));
		assert_eq!(Usage::claimable_view(TUNE).unwrap().owner, 5_880);
		assert_eq!(MockVaults::credited(Title::model(TUNE)), 5_880);
	});
}

#[test]
fn a_vault_is_credited_with_the_lineage_of_its_tenure() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		MockTitles::vault(Title::model(BASE));
		assert_ok!(pay(PAYER, TUNE, 20_000));
		claim_lineage(1);
		let beneficiary = Beneficiary::Vault;
		let event = |amount| Event::LineageClaimed {
			model: TUNE,
			ancestor: BASE,
			tenure: 1,
			beneficiary: beneficiary.clone(),
			amount,
		};
		assert_eq!(last_event(), event(1_960));
		assert_eq!(MockVaults::credited(Title::model(BASE)), 1_960);
		claim_lineage(1);
		assert_eq!(last_event(), event(0));
		claim_lineage(0);
		assert_eq!(free(BASE_OWNER), EXISTENTIAL_DEPOSIT + 980);
		assert_eq!(MockVaults::credited(Title::model(BASE)), 1_960);
	});
}

#[test]
fn lineage_that_a_dissolved_vault_was_never_given_is_for_whoever_dissolved_it() {
	const HEIR: AccountId = 41;
	run(|| {
		MockTitles::vault(Title::model(BASE));
		assert_ok!(pay(PAYER, TUNE, 10_000));
		claim_lineage(1);
		assert_ok!(pay(PAYER, TUNE, 10_000));
		MockTitles::unvault(Title::model(BASE), HEIR);
		MockTitles::transfer(Title::model(BASE), TUNE_OWNER);
		claim_lineage(1);
		assert_eq!(MockVaults::credited(Title::model(BASE)), 980);
		assert_eq!(free(HEIR), 980);
	});
}

#[test]
fn a_sale_of_a_vaulted_title_moves_no_revenue() {
	run(|| {
		MockTitles::vault(Title::model(BASE));
		assert_ok!(pay(PAYER, TUNE, 10_000));
		let books = Usage::books_view();
		MockTitles::transfer(Title::model(BASE), TUNE_OWNER);
		assert_eq!(Usage::books_view(), books);
		assert_eq!(Dues::<Test>::iter().count(), 0);
		claim_lineage(1);
		assert_eq!(MockVaults::credited(Title::model(BASE)), 980);
		assert_noop!(
			Usage::claim_lineage(RuntimeOrigin::signed(PAYER), TUNE, BASE, 2),
			Error::<Test>::TenureNotFound
		);
	});
}
