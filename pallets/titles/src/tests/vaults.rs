//! Titles whose revenue goes to their vault.

use frame_support::{assert_noop, assert_ok};
use tributary_primitives::{
	title::{Beneficiary, Tenure},
	traits::{Titles as _, VaultedTitles as _},
};

use crate::{mock::*, *};

#[test]
fn the_revenue_goes_to_the_vault_from_then_on_and_that_is_heard() {
	run(|| {
		mint(MODEL, ALICE);
		assert_ok!(Titles::vault(MODEL));
		assert_eq!(Titles::beneficiary(MODEL), Some(Beneficiary::Vault));
		assert_eq!(Titles::owner(MODEL), Some(ALICE));
		let (title, owner) = (MODEL, Some(ALICE));
		let from = Beneficiary::Owner(ALICE);
		let changed = Event::BeneficiaryChanged { title, tenure: 0, from: from.clone() };
		System::assert_last_event(changed.into());
		assert_eq!(heard(), [Heard::Beneficiary { title, from, owner, changes: 1 }]);
	});
}

#[test]
fn the_revenue_goes_to_the_owner_again_and_the_heir_of_the_vault_has_its_tenure() {
	run(|| {
		mint(MODEL, ALICE);
		assert_ok!(Titles::vault(MODEL));
		heard();
		assert_ok!(Titles::unvault(MODEL, &BOB));
		assert_eq!(Titles::beneficiary(MODEL), Some(Beneficiary::Owner(ALICE)));
		let (title, owner, from) = (MODEL, Some(ALICE), Beneficiary::Vault);
		let changed = Event::BeneficiaryChanged { title, tenure: 1, from: from.clone() };
		System::assert_last_event(changed.into());
		assert_eq!(heard(), [Heard::Beneficiary { title, from, owner, changes: 2 }]);
		let ended = Tenure { beneficiary: Beneficiary::Owner(BOB), since: 1, until: Some(2) };
		assert_eq!(Titles::tenure(MODEL, 1), Some(ended));
	});
}

#[test]
fn saying_what_is_so_already_changes_nothing() {
	run(|| {
		mint(MODEL, ALICE);
		let before = storage_root();
		assert_ok!(Titles::unvault(MODEL, &BOB));
		assert_eq!(storage_root(), before);
		assert_ok!(Titles::vault(MODEL));
		let before = storage_root();
		assert_ok!(Titles::vault(MODEL));
		assert_eq!(storage_root(), before);
	});
}

#[test]
fn a_title_that_does_not_exist_has_no_vault() {
	run(|| {
		assert_noop!(Titles::vault(MODEL), Error::<Test>::NotFound);
		assert_noop!(Titles::unvault(MODEL, &BOB), Error::<Test>::NotFound);
	});
}

#[test]
fn the_owner_of_a_vaulted_title_may_change_and_the_beneficiary_does_not() {
	run(|| {
		mint(MODEL, ALICE);
		assert_ok!(Titles::vault(MODEL));
		assert_ok!(sign(ALICE, list(MODEL, 500)));
		heard();
		assert_ok!(sign(BOB, buy(MODEL, 500)));
		let (title, owner) = (MODEL, Some(ALICE));
		assert_eq!(heard(), [Heard::Owner { title, from: ALICE, owner }]);
		assert_eq!(Titles::owner(MODEL), Some(BOB));
		assert_eq!(Titles::beneficiary(MODEL), Some(Beneficiary::Vault));
		assert_eq!((Titles::changes(), Titles::current_tenure(MODEL)), (1, 1));
	});
}

#[test]
fn a_title_is_not_sold_without_the_revenue_that_it_had_when_the_purchase_was_signed() {
	run(|| {
		VaultLock::set(&10);
		mint(MODEL, ALICE);
		System::set_block_number(5);
		assert_ok!(sign(ALICE, list(MODEL, 500)));
		assert_ok!(Titles::vault(MODEL));
		for block in [5, 14] {
			System::set_block_number(block);
			for call in [buy(MODEL, 500), transfer(MODEL, BOB)] {
				let who = if matches!(call, NftsCall::transfer { .. }) { ALICE } else { BOB };
				let before = storage_root();
				assert!(sign(who, call).is_err());
				assert_eq!(storage_root(), before);
			}
			assert_eq!(Titles::owner(MODEL), Some(ALICE));
		}
		System::set_block_number(15);
		assert_ok!(sign(BOB, buy(MODEL, 500)));
		assert_eq!(Titles::owner(MODEL), Some(BOB));
	});
}

#[test]
fn what_goes_to_the_owner_again_may_be_sold_at_once() {
	run(|| {
		VaultLock::set(&10);
		mint(MODEL, ALICE);
		assert_ok!(Titles::vault(MODEL));
		assert_ok!(Titles::unvault(MODEL, &ALICE));
		assert_ok!(sign(ALICE, transfer(MODEL, BOB)));
		assert_eq!(Titles::owner(MODEL), Some(BOB));
	});
}
