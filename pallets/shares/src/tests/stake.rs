//! Staking, unstaking and claiming.

use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;

use crate::{mock::*, Error, Event, Stakes};

/// Alice has issued 100 shares: 0 is the asset.
fn run_issued(test: impl FnOnce()) {
	run(|| {
		issue(ALICE, MODEL, 100).unwrap();
		test();
	});
}

#[test]
fn staked_shares_are_in_the_vault_and_back_when_they_are_unstaked() {
	run_issued(|| {
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 60));
		assert_eq!((shares(0, ALICE), shares(0, Shares::account_id())), (40, 60));
		let staked = Event::Staked { title: MODEL, who: ALICE, shares: 60, staked: 60, paid: 0 };
		assert_eq!(last_event(), staked);
		assert_ok!(Shares::unstake(signed(ALICE), MODEL, 20));
		let back = Event::Unstaked { title: MODEL, who: ALICE, shares: 20, staked: 40, paid: 0 };
		assert_eq!(last_event(), back);
		assert_eq!((shares(0, ALICE), shares(0, Shares::account_id())), (60, 40));
		assert_ok!(Shares::unstake(signed(ALICE), MODEL, 40));
		assert_eq!((shares(0, ALICE), shares(0, Shares::account_id())), (100, 0));
	});
}

#[test]
fn a_stake_has_a_deposit_until_its_last_share_leaves() {
	run_issued(|| {
		let before = aside(ALICE);
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 1));
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 1));
		assert_eq!(aside(ALICE), before + STAKE_DEPOSIT);
		assert_ok!(Shares::unstake(signed(ALICE), MODEL, 1));
		assert_eq!(aside(ALICE), before + STAKE_DEPOSIT);
		assert_ok!(Shares::unstake(signed(ALICE), MODEL, 1));
		assert_eq!(aside(ALICE), before);
		assert!(!Stakes::<Test>::contains_key(MODEL, ALICE));
	});
}

#[test]
fn nobody_stakes_what_another_has_or_takes_out_what_another_staked() {
	run_issued(|| {
		assert_noop!(Shares::stake(signed(ALICE), MODEL, 101), Error::<Test>::TooFewShares);
		assert_noop!(Shares::stake(signed(BOB), MODEL, 1), Error::<Test>::TooFewShares);
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 60));
		assert_noop!(Shares::stake(signed(ALICE), MODEL, 41), Error::<Test>::TooFewShares);
		assert_noop!(Shares::unstake(signed(ALICE), MODEL, 61), Error::<Test>::ExceedsStake);
		assert_noop!(Shares::unstake(signed(BOB), MODEL, 1), Error::<Test>::ExceedsStake);
		assert_noop!(send(0, ALICE, BOB, 41), pallet_assets::Error::<Test>::BalanceLow);
	});
}

#[test]
fn no_shares_and_no_vault_are_refused() {
	run_issued(|| {
		assert_noop!(Shares::stake(signed(ALICE), MODEL, 0), Error::<Test>::NoShares);
		assert_noop!(Shares::unstake(signed(ALICE), MODEL, 0), Error::<Test>::NoShares);
		assert_noop!(Shares::stake(signed(BOB), DATASET, 1), Error::<Test>::NoVault);
		assert_noop!(Shares::unstake(signed(BOB), DATASET, 1), Error::<Test>::NoVault);
		assert_noop!(Shares::claim_dividends(signed(BOB), DATASET), Error::<Test>::NoVault);
	});
}

#[test]
fn who_can_not_hold_the_deposit_stakes_nothing() {
	run_issued(|| {
		endow(NOBODY);
		assert_ok!(send(0, ALICE, NOBODY, 5));
		assert_noop!(Shares::stake(signed(NOBODY), MODEL, 5), TokenError::FundsUnavailable);
	});
}

#[test]
fn a_claim_pays_the_whole_planck_that_the_stake_has_earned() {
	run_issued(|| {
		assert_ok!(send(0, ALICE, BOB, 1));
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 2));
		assert_ok!(Shares::stake(signed(BOB), MODEL, 1));
		assert_ok!(credit(MODEL, 1_000));
		assert_eq!((claimable(MODEL, ALICE), claimable(MODEL, BOB)), (666, 333));

		let (alice, bob) = (free(ALICE), free(BOB));
		assert_ok!(Shares::claim_dividends(signed(ALICE), MODEL));
		assert_eq!(last_event(), Event::DividendsClaimed { title: MODEL, who: ALICE, amount: 666 });
		assert_ok!(Shares::claim_dividends(signed(BOB), MODEL));
		assert_eq!((free(ALICE), free(BOB)), (alice + 666, bob + 333));
		assert_eq!(Shares::vault_view(MODEL).unwrap().paid, 999);
	});
}

#[test]
fn the_rest_of_a_planck_is_kept_for_the_next_claim() {
	run_issued(|| {
		assert_ok!(send(0, ALICE, BOB, 1));
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 3));
		assert_ok!(Shares::stake(signed(BOB), MODEL, 1));
		let before = free(BOB);
		for expected in [0, 0, 0, 1] {
			assert_ok!(credit(MODEL, 1));
			assert_ok!(Shares::claim_dividends(signed(BOB), MODEL));
			let claimed = Event::DividendsClaimed { title: MODEL, who: BOB, amount: expected };
			assert_eq!(last_event(), claimed);
		}
		assert_eq!(free(BOB), before + 1);
	});
}

#[test]
fn who_has_nothing_to_claim_gets_nothing() {
	run_issued(|| {
		for who in [ALICE, BOB] {
			assert_ok!(Shares::claim_dividends(signed(who), MODEL));
			assert_eq!(last_event(), Event::DividendsClaimed { title: MODEL, who, amount: 0 });
		}
		assert_eq!(free(BOB), ENDOWMENT);
	});
}

#[test]
fn shares_earn_nothing_of_what_came_in_before_they_were_staked() {
	run_issued(|| {
		assert_ok!(send(0, ALICE, BOB, 50));
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 50));
		assert_ok!(credit(MODEL, 1_000));
		assert_ok!(Shares::stake(signed(BOB), MODEL, 50));
		assert_eq!((claimable(MODEL, ALICE), claimable(MODEL, BOB)), (1_000, 0));
		assert_ok!(credit(MODEL, 1_000));
		assert_eq!((claimable(MODEL, ALICE), claimable(MODEL, BOB)), (1_500, 500));
	});
}

#[test]
fn what_a_stake_has_earned_is_paid_when_it_changes() {
	run_issued(|| {
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 50));
		assert_ok!(credit(MODEL, 1_000));
		let before = free(ALICE);
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 10));
		let more = Event::Staked { title: MODEL, who: ALICE, shares: 10, staked: 60, paid: 1_000 };
		assert_eq!(last_event(), more);
		assert_ok!(credit(MODEL, 600));
		assert_ok!(Shares::unstake(signed(ALICE), MODEL, 60));
		let less = Event::Unstaked { title: MODEL, who: ALICE, shares: 60, staked: 0, paid: 600 };
		assert_eq!(last_event(), less);
		assert_eq!(free(ALICE), before + 1_600 + STAKE_DEPOSIT);
	});
}

#[test]
fn shares_that_are_sold_take_no_dividends_with_them() {
	run_issued(|| {
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 100));
		assert_ok!(credit(MODEL, 1_000));
		assert_ok!(Shares::unstake(signed(ALICE), MODEL, 100));
		assert_ok!(send(0, ALICE, BOB, 100));
		assert_ok!(Shares::stake(signed(BOB), MODEL, 100));
		assert_eq!(claimable(MODEL, BOB), 0);
		assert_eq!(Shares::held(), 0);
	});
}

/// With assets of no worth anyone can use up the references of an account.
#[test]
fn the_vaults_take_shares_of_any_number_of_titles() {
	run(|| {
		let titles = MAX_CONSUMERS + 3;
		for id in 0..titles {
			let title = tributary_primitives::title::Title::dataset(id);
			let owner = AccountId::from(100 + id);
			Balances::force_set_balance(RuntimeOrigin::root(), owner, ENDOWMENT).unwrap();
			Owners::insert(title, owner);
			assert_ok!(issue(owner, title, 10));
			assert_ok!(Shares::stake(signed(owner), title, 10));
			assert_ok!(credit(title, 10));
		}
		assert_eq!(Shares::held(), u128::from(titles) * 10);
	});
}

#[test]
fn who_can_hold_no_further_asset_unstakes_after_touching_this_one() {
	run_issued(|| {
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 100));
		for asset in 100..100 + MAX_CONSUMERS {
			let worthless = Assets::force_create(RuntimeOrigin::root(), asset, PAYER, false, 1);
			assert_ok!(worthless);
			assert_ok!(Assets::mint(signed(PAYER), asset, PAYER, 5));
			let sent = send(asset, PAYER, ALICE, 5);
			assert_eq!(sent.is_ok(), asset < 100 + MAX_CONSUMERS - 2, "{asset}");
		}
		assert_noop!(Shares::unstake(signed(ALICE), MODEL, 100), TokenError::CannotCreate);
		assert_ok!(Assets::touch(signed(ALICE), 0));
		assert_ok!(Shares::unstake(signed(ALICE), MODEL, 100));
		assert_eq!(shares(0, ALICE), 100);
	});
}
