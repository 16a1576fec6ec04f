//! Issuing shares.

use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;
use tributary_primitives::title::Title;

use crate::{mock::*, Error, Event, Text, Vaults};

fn text(bytes: &[u8]) -> Text {
	Text::truncate_from(bytes.to_vec())
}

#[test]
fn the_owner_of_a_title_gets_all_shares_and_its_revenue_goes_to_the_vault() {
	run(|| {
		assert_ok!(issue(ALICE, MODEL, 1_000));
		assert_eq!(shares(0, ALICE), 1_000);
		assert!(Vaulted::contains_key(MODEL));
		assert_eq!(
			last_event(),
			Event::Issued { title: MODEL, owner: ALICE, asset: 0, supply: 1_000 }
		);
		let view = Shares::vault_view(MODEL).unwrap();
		assert_eq!((view.title, view.owner, view.asset), (MODEL, ALICE, 0));
		assert_eq!((view.supply, view.staked), (1_000, 0));
		assert_eq!((view.received, view.paid, view.owed, view.residue), (0, 0, 0, 0));
	});
}

#[test]
fn the_shares_have_the_name_that_the_owner_gives_them() {
	run(|| {
		let (name, symbol) = (text(b"River, base model"), text(b"RVR"));
		assert_ok!(Shares::issue(signed(ALICE), MODEL, 10, name, symbol));
		let metadata = Assets::get_metadata(0).unwrap();
		assert_eq!(metadata.name.to_vec(), b"River, base model");
		assert_eq!(metadata.symbol.to_vec(), b"RVR");
		assert_eq!(metadata.decimals, 0);
		let named = NAME_DEPOSIT + 20 * BYTE_DEPOSIT;
		assert_eq!(aside(ALICE), VAULT_DEPOSIT + named);
		assert_eq!(free(ALICE), ENDOWMENT - VAULT_DEPOSIT - named - ENTRY_DEPOSIT);
		assert_eq!(aside(Shares::account_id()), ENTRY_DEPOSIT);
	});
}

#[test]
fn shares_without_a_name_cost_no_deposit_for_one() {
	run(|| {
		assert_ok!(issue(ALICE, MODEL, 10));
		assert_eq!(aside(ALICE), VAULT_DEPOSIT);
		assert_eq!(free(ALICE), ENDOWMENT - VAULT_DEPOSIT - ENTRY_DEPOSIT);
	});
}

#[test]
fn nobody_else_issues_shares_of_a_title() {
	run(|| {
		assert_noop!(issue(BOB, MODEL, 10), Error::<Test>::NotAuthorized);
		let unknown = Title { id: 77, ..MODEL };
		assert_noop!(issue(ALICE, unknown, 10), Error::<Test>::TitleNotFound);
	});
}

#[test]
fn a_title_has_one_vault() {
	run(|| {
		assert_ok!(issue(ALICE, MODEL, 10));
		assert_noop!(issue(ALICE, MODEL, 10), Error::<Test>::AlreadyIssued);
		// Nor does the one who buys the title issue others.
		Owners::insert(MODEL, BOB);
		assert_noop!(issue(BOB, MODEL, 10), Error::<Test>::AlreadyIssued);
	});
}

#[test]
fn each_vault_has_an_asset_of_its_own() {
	run(|| {
		assert_ok!(issue(ALICE, MODEL, 10));
		assert_ok!(issue(BOB, DATASET, 20));
		assert_eq!(Vaults::<Test>::get(DATASET).unwrap().asset, 1);
		assert_eq!((shares(0, BOB), shares(1, BOB)), (0, 20));
	});
}

#[test]
fn the_supply_is_between_one_and_all_that_64_bits_hold() {
	run(|| {
		assert_noop!(issue(ALICE, MODEL, 0), Error::<Test>::NoShares);
		assert_ok!(issue(ALICE, MODEL, u64::MAX));
		assert_ok!(issue(BOB, DATASET, 1));
		assert_ok!(Shares::stake(signed(ALICE), MODEL, u64::MAX));
		assert_ok!(Shares::stake(signed(BOB), DATASET, 1));
		assert_ok!(credit(MODEL, 1_000));
		assert_ok!(credit(DATASET, 1_000));
		assert_eq!(claimable(MODEL, ALICE), 999);
		assert_eq!(claimable(DATASET, BOB), 1_000);
	});
}

#[test]
fn who_can_not_pay_the_deposits_issues_nothing() {
	run(|| {
		let all = VAULT_DEPOSIT + ENTRY_DEPOSIT + EXISTENTIAL_DEPOSIT;
		Owners::insert(MODEL, NOBODY);
		let endow = |amount| Balances::force_set_balance(RuntimeOrigin::root(), NOBODY, amount);
		assert_ok!(endow(all - 1));
		assert_noop!(issue(NOBODY, MODEL, 10), TokenError::Frozen);
		assert_ok!(endow(all));
		assert_ok!(issue(NOBODY, MODEL, 10));
	});
}

#[test]
fn nobody_mints_freezes_or_renames_shares() {
	run(|| {
		assert_ok!(issue(ALICE, MODEL, 10));
		let refused = pallet_assets::Error::<Test>::NoPermission;
		assert_noop!(Assets::mint(signed(ALICE), 0, ALICE, 1), refused);
		let refused = pallet_assets::Error::<Test>::NoPermission;
		assert_noop!(Assets::burn(signed(ALICE), 0, ALICE, 1), refused);
		let refused = pallet_assets::Error::<Test>::NoPermission;
		assert_noop!(Assets::freeze_asset(signed(ALICE), 0), refused);
		let refused = pallet_assets::Error::<Test>::NoPermission;
		assert_noop!(Assets::start_destroy(signed(ALICE), 0), refused);
		let refused = pallet_assets::Error::<Test>::NoPermission;
		let (name, symbol) = (b"other".to_vec(), b"O".to_vec());
		assert_noop!(Assets::set_metadata(signed(ALICE), 0, name, symbol, 0), refused);
	});
}

#[test]
fn an_account_without_an_existential_deposit_can_not_hold_shares() {
	run(|| {
		assert_ok!(issue(ALICE, MODEL, 10));
		assert_noop!(send(0, ALICE, NOBODY, 1), TokenError::CannotCreate);
		endow(NOBODY);
		assert_ok!(send(0, ALICE, NOBODY, 1));
	});
}
