//! Dissolving a vault, and issuing again.

use frame_support::{assert_noop, assert_ok, traits::fungibles::Inspect};

use crate::{mock::*, Error, Event, Text, Vaults, MAX_REMOVALS};

/// Alice has issued 100 shares: 0 is the asset.
fn run_issued(test: impl FnOnce()) {
	run(|| {
		issue(ALICE, MODEL, 100).unwrap();
		test();
	});
}

#[test]
fn the_holder_of_all_shares_dissolves_the_vault() {
	run_issued(|| {
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		let event =
			Event::Dissolved { title: MODEL, who: ALICE, asset: 0, residue: 0, destroyed: true };
		assert_eq!(last_event(), event);
		assert!(!Vaulted::contains_key(MODEL));
		assert_eq!(Shares::vault_view(MODEL), None);
		assert!(!Assets::asset_exists(0));
		// Every deposit is back.
		assert_eq!((free(ALICE), aside(ALICE)), (ENDOWMENT, 0));
		assert_eq!(aside(Shares::account_id()), 0);
		assert_eq!(free(Shares::account_id()), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn the_deposits_go_back_to_who_paid_them_and_the_heir_is_who_dissolves() {
	run(|| {
		let name = Text::truncate_from(b"River".to_vec());
		assert_ok!(Shares::issue(signed(ALICE), MODEL, 100, name.clone(), name));
		assert_ok!(send(0, ALICE, BOB, 100));
		Owners::insert(MODEL, CHARLIE);
		assert_ok!(Shares::dissolve(signed(BOB), MODEL));
		assert_eq!((free(ALICE), aside(ALICE)), (ENDOWMENT, 0));
		assert_eq!(free(BOB), ENDOWMENT);
		assert_eq!(Heirs::get(MODEL), Some(BOB));
	});
}

#[test]
fn the_stake_of_who_dissolves_ends_with_what_it_has_earned() {
	run_issued(|| {
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 99));
		Owners::insert(MODEL, CHARLIE);
		assert_ok!(credit(MODEL, 1_000));
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		let (title, who, shares) = (MODEL, ALICE, 99);
		let unstaked = Event::Unstaked { title, who, shares, staked: 0, paid: 999 };
		assert!(events().contains(&unstaked));
		assert!(matches!(last_event(), Event::Dissolved { residue: 1, destroyed: true, .. }));
		// The residue alone is the owner's.
		assert_eq!((free(ALICE), free(CHARLIE)), (ENDOWMENT + 999, ENDOWMENT + 1));
		assert_eq!((aside(ALICE), Shares::held()), (0, 0));
		assert!(!Assets::asset_exists(0));
	});
}

#[test]
fn what_is_credited_as_the_title_leaves_the_vault_is_the_stakes_of_who_dissolves() {
	run_issued(|| {
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 100));
		Owners::insert(MODEL, CHARLIE);
		LastCredit::put(50);
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		let paid = ENDOWMENT + 50 - free(ALICE);
		assert_eq!(free(CHARLIE), ENDOWMENT + paid);
		assert!(paid <= 1, "but for the residue");
	});
}

#[test]
fn no_share_may_be_staked_by_another_or_be_somebody_elses() {
	run_issued(|| {
		assert_ok!(send(0, ALICE, BOB, 1));
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 99));
		assert_ok!(Shares::stake(signed(BOB), MODEL, 1));
		for who in [ALICE, BOB, CHARLIE] {
			assert_noop!(Shares::dissolve(signed(who), MODEL), Error::<Test>::SharesStaked);
		}
		assert_ok!(Shares::unstake(signed(BOB), MODEL, 1));
		assert_noop!(Shares::dissolve(signed(BOB), MODEL), Error::<Test>::SharesStaked);
		assert_noop!(Shares::dissolve(signed(ALICE), MODEL), Error::<Test>::SharesElsewhere);
		assert_ok!(send(0, BOB, ALICE, 1));
		assert_ok!(Shares::unstake(signed(ALICE), MODEL, 99));
		// A liquidity pool is an account as any.
		assert_ok!(send(0, ALICE, CHARLIE, 1));
		assert_noop!(Shares::dissolve(signed(ALICE), MODEL), Error::<Test>::SharesElsewhere);
		assert_noop!(Shares::dissolve(signed(CHARLIE), MODEL), Error::<Test>::SharesElsewhere);
		assert_noop!(Shares::dissolve(signed(BOB), MODEL), Error::<Test>::SharesElsewhere);
		assert_ok!(send(0, CHARLIE, ALICE, 1));
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		assert_noop!(Shares::dissolve(signed(ALICE), MODEL), Error::<Test>::NoVault);
	});
}

#[test]
fn burned_shares_and_those_sent_to_the_vaults_are_no_obstacle() {
	run_issued(|| {
		assert_ok!(send(0, ALICE, Shares::account_id(), 7));
		assert_ok!(send(0, ALICE, BOB, 3));
		assert_ok!(Assets::refund(signed(BOB), 0, true));
		assert_eq!(Shares::vault_view(MODEL).unwrap().supply, 97);
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		assert!(!Assets::asset_exists(0));
	});
}

#[test]
fn a_vault_whose_shares_nobody_has_is_dissolved_by_the_owner_of_the_title() {
	run_issued(|| {
		assert_ok!(send(0, ALICE, Shares::account_id(), 60));
		assert_ok!(Assets::refund(signed(ALICE), 0, true));
		Owners::insert(MODEL, CHARLIE);
		// Who has none would otherwise inherit what the vault was not credited with.
		assert_noop!(Shares::dissolve(signed(ALICE), MODEL), Error::<Test>::NotAuthorized);
		assert_ok!(Shares::dissolve(signed(CHARLIE), MODEL));
		assert_eq!(Heirs::get(MODEL), Some(CHARLIE));
	});
}

#[test]
fn the_residue_is_the_owners() {
	run_issued(|| {
		assert_ok!(send(0, ALICE, BOB, 1));
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 2));
		assert_ok!(Shares::stake(signed(BOB), MODEL, 1));
		assert_ok!(credit(MODEL, 1_000));
		assert_ok!(Shares::unstake(signed(ALICE), MODEL, 2));
		assert_ok!(Shares::unstake(signed(BOB), MODEL, 1));
		assert_eq!(Shares::vault_view(MODEL).unwrap().residue, 1);
		assert_ok!(send(0, BOB, ALICE, 1));
		Owners::insert(MODEL, CHARLIE);
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		assert_eq!(free(CHARLIE), ENDOWMENT + 1);
		assert_eq!(Shares::held(), 0);
		assert!(matches!(last_event(), Event::Dissolved { residue: 1, .. }));
	});
}

#[test]
fn what_is_owed_stays_owed_whoever_issues_next() {
	run_issued(|| {
		Owners::insert(MODEL, NOBODY);
		assert_ok!(credit(MODEL, 4));
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		assert_eq!(Shares::held(), 4);
		check();

		Owners::insert(MODEL, BOB);
		assert_ok!(issue(BOB, MODEL, 10));
		assert_eq!(Shares::vault_view(MODEL).unwrap().owed, 0);
		endow(NOBODY);
		assert_ok!(Shares::claim_dividends(signed(NOBODY), MODEL));
		assert_eq!(Shares::held(), 4);
		assert_ok!(Shares::collect_owed(signed(BOB), MODEL, 0, NOBODY));
		assert_eq!((free(NOBODY), Shares::held()), (EXISTENTIAL_DEPOSIT + 4, 0));
	});
}

#[test]
fn a_residue_that_the_owner_can_not_take_is_owed() {
	run_issued(|| {
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 3));
		assert_ok!(credit(MODEL, 1));
		assert_ok!(Shares::unstake(signed(ALICE), MODEL, 3));
		Owners::insert(MODEL, NOBODY);
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		let left = Event::LeftOwed { title: MODEL, asset: 0, who: NOBODY, owed: 1 };
		assert!(events().contains(&left));
		assert_eq!(Shares::held(), 1);
	});
}

#[test]
fn what_is_credited_as_the_title_leaves_the_vault_is_the_owners() {
	run_issued(|| {
		LastCredit::put(50);
		let before = free(ALICE);
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		let deposits = VAULT_DEPOSIT + ENTRY_DEPOSIT;
		assert_eq!(free(ALICE), before + deposits + 50);
		assert_eq!(Shares::held(), 0);
	});
}

#[test]
fn shares_that_are_issued_again_are_another_asset() {
	run_issued(|| {
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		assert_ok!(issue(ALICE, MODEL, 7));
		assert_eq!(Vaults::<Test>::get(MODEL).unwrap().asset, 1);
		assert_eq!((shares(0, ALICE), shares(1, ALICE)), (0, 7));
		assert!(Vaulted::contains_key(MODEL));
	});
}

/// Makes `count` empty accounts of the asset and as many approvals.
fn litter(count: u32) {
	for index in 0..count {
		let who = AccountId::from(1_000 + index);
		Balances::force_set_balance(RuntimeOrigin::root(), who, 1_000).unwrap();
		assert_ok!(Assets::touch(signed(who), 0));
		assert_ok!(Assets::approve_transfer(signed(who), 0, ALICE, 5));
	}
}

fn is_clean(count: u32) -> bool {
	(0..count).all(|index| aside(AccountId::from(1_000 + index)) == 0)
}

#[test]
fn an_asset_is_destroyed_with_as_many_accounts_and_approvals_as_one_call_removes() {
	run(|| {
		let name = Text::truncate_from(b"River".to_vec());
		assert_ok!(Shares::issue(signed(ALICE), MODEL, 100, name.clone(), name));
		litter(MAX_REMOVALS);
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		assert!(matches!(last_event(), Event::Dissolved { destroyed: true, .. }));
		assert!(!Assets::asset_exists(0));
		assert!(is_clean(MAX_REMOVALS));
		assert_eq!((free(ALICE), aside(ALICE)), (ENDOWMENT, 0));
	});
}

#[test]
fn what_one_call_does_not_remove_anyone_removes_and_the_deposit_for_the_name_is_returned() {
	run(|| {
		let name = Text::truncate_from(b"River".to_vec());
		assert_ok!(Shares::issue(signed(ALICE), MODEL, 100, name.clone(), name));
		litter(MAX_REMOVALS + 1);
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		assert!(matches!(last_event(), Event::Dissolved { destroyed: false, .. }));
		assert_eq!(Shares::vault_view(MODEL), None);
		assert_eq!(aside(ALICE), NAME_DEPOSIT + 10 * BYTE_DEPOSIT);
		check();

		assert_ok!(Assets::destroy_accounts(signed(BOB), 0));
		assert_ok!(Assets::destroy_approvals(signed(BOB), 0));
		assert_ok!(Assets::finish_destroy(signed(BOB), 0));
		assert!(is_clean(MAX_REMOVALS + 1));
		assert_eq!((free(ALICE), aside(ALICE)), (ENDOWMENT, 0));
	});
}

#[test]
fn the_old_asset_is_nobodys_to_use_while_it_is_being_destroyed() {
	run_issued(|| {
		litter(MAX_REMOVALS + 1);
		assert_ok!(Shares::dissolve(signed(ALICE), MODEL));
		let gone = pallet_assets::Error::<Test>::AssetNotLive;
		assert_noop!(Assets::set_metadata(signed(ALICE), 0, vec![1], vec![1], 0), gone);
		assert!(Assets::mint(signed(ALICE), 0, ALICE, 1).is_err());
		assert_ok!(issue(ALICE, MODEL, 5));
	});
}
