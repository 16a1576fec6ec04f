//! Revenue that comes in, and what is owed.

use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;
use tributary_primitives::{
	dividend::{Dividend, Pool},
	traits::Vaults as _,
};

use crate::{mock::*, Error, Event, Owed, Vaults};

/// Alice has issued 100 shares: 0 is the asset.
fn run_issued(test: impl FnOnce()) {
	run(|| {
		issue(ALICE, MODEL, 100).unwrap();
		test();
	});
}

/// The title is somebody's who has no account.
fn give_title_to_nobody() {
	Owners::insert(MODEL, NOBODY);
}

#[test]
fn revenue_is_divided_among_the_staked_shares_and_held() {
	run_issued(|| {
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 3));
		assert_ok!(credit(MODEL, 1_000));
		let divided = Event::RevenueDivided { title: MODEL, amount: 1_000, staked: 3 };
		assert_eq!(last_event(), divided);
		assert_eq!(Shares::held(), 1_000);
		let view = Shares::vault_view(MODEL).unwrap();
		assert_eq!((view.received, view.paid, view.owed, view.residue), (1_000, 0, 0, 0));
		assert_eq!(claimable(MODEL, ALICE), 999);
	});
}

#[test]
fn revenue_goes_to_the_owner_at_once_while_nothing_is_staked() {
	run_issued(|| {
		let before = free(ALICE);
		assert_ok!(credit(MODEL, 1_000));
		let event = Event::RevenueToOwner { title: MODEL, owner: ALICE, amount: 1_000 };
		assert_eq!(last_event(), event);
		assert_eq!(free(ALICE), before + 1_000);
		assert_eq!(Shares::held(), 0);
		let view = Shares::vault_view(MODEL).unwrap();
		assert_eq!((view.received, view.paid), (1_000, 1_000));
	});
}

#[test]
fn a_title_that_is_sold_while_vaulted_earns_for_the_same_shares() {
	run_issued(|| {
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 100));
		Owners::insert(MODEL, BOB);
		assert_ok!(credit(MODEL, 1_000));
		assert_eq!(claimable(MODEL, ALICE), 1_000);
		assert_ok!(Shares::unstake(signed(ALICE), MODEL, 100));
		// But what comes in while nothing is staked is the new owner's.
		let before = free(BOB);
		assert_ok!(credit(MODEL, 500));
		assert_eq!(free(BOB), before + 500);
	});
}

#[test]
fn what_the_owner_can_not_take_stays_owed_and_goes_with_the_next() {
	run_issued(|| {
		give_title_to_nobody();
		assert_ok!(credit(MODEL, 4));
		let left = Event::LeftOwed { title: MODEL, asset: 0, who: NOBODY, owed: 4 };
		assert!(events().contains(&left));
		assert_eq!((free(NOBODY), Shares::held()), (0, 4));
		assert_eq!(Shares::vault_view(MODEL).unwrap().owed, 4);
		assert_eq!(claimable(MODEL, NOBODY), 4);

		assert_ok!(credit(MODEL, 6));
		let paid = Event::OwedPaid { title: MODEL, asset: 0, who: NOBODY, amount: 4 };
		assert!(events().contains(&paid));
		assert_eq!((free(NOBODY), Shares::held()), (10, 0));
		let view = Shares::vault_view(MODEL).unwrap();
		assert_eq!((view.received, view.paid, view.owed), (10, 10, 0));
	});
}

#[test]
fn anyone_collects_for_an_account_what_it_is_owed() {
	run_issued(|| {
		give_title_to_nobody();
		assert_ok!(credit(MODEL, 4));
		assert_ok!(Shares::collect_owed(signed(BOB), MODEL, 0, NOBODY));
		assert_eq!(Shares::held(), 4);
		let left = Event::LeftOwed { title: MODEL, asset: 0, who: NOBODY, owed: 4 };
		assert_eq!(last_event(), left);
		endow(NOBODY);
		assert_ok!(Shares::collect_owed(signed(BOB), MODEL, 0, NOBODY));
		let paid = Event::OwedPaid { title: MODEL, asset: 0, who: NOBODY, amount: 4 };
		assert_eq!(last_event(), paid);
		assert_eq!((free(NOBODY), Shares::held()), (EXISTENTIAL_DEPOSIT + 4, 0));
	});
}

#[test]
fn collecting_where_nothing_is_owed_pays_nothing() {
	run_issued(|| {
		for (title, asset) in [(MODEL, 0), (MODEL, 1), (DATASET, 0)] {
			assert_ok!(Shares::collect_owed(signed(BOB), title, asset, NOBODY));
			assert_eq!(last_event(), Event::OwedPaid { title, asset, who: NOBODY, amount: 0 });
		}
	});
}

#[test]
fn a_claim_takes_what_is_owed_too() {
	run_issued(|| {
		give_title_to_nobody();
		assert_ok!(credit(MODEL, 4));
		endow(NOBODY);
		assert_ok!(Shares::claim_dividends(signed(NOBODY), MODEL));
		let claimed = Event::DividendsClaimed { title: MODEL, who: NOBODY, amount: 4 };
		assert_eq!(last_event(), claimed);
		assert!(!Owed::<Test>::contains_key((MODEL, 0, NOBODY)));
	});
}

#[test]
fn what_is_sent_to_the_account_is_never_taken_for_revenue() {
	run_issued(|| {
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 1));
		let account = Shares::account_id();
		assert_ok!(Balances::transfer_keep_alive(signed(PAYER), account, 777));
		assert_eq!(Shares::held(), 0);
		assert_ok!(credit(MODEL, 5));
		assert_eq!((claimable(MODEL, ALICE), Shares::held()), (5, 5));
	});
}

#[test]
fn a_title_of_the_vaults_own_account_loses_its_revenue_and_harms_nobody() {
	run_issued(|| {
		let account = Shares::account_id();
		Owners::insert(MODEL, account);
		assert_ok!(credit(MODEL, 10));
		assert_eq!((free(account), Shares::held()), (EXISTENTIAL_DEPOSIT + 10, 0));
	});
}

#[test]
fn a_title_without_a_vault_is_not_credited() {
	run(|| {
		assert_noop!(credit(MODEL, 10), Error::<Test>::NoVault);
		assert_noop!(credit(MODEL, 0), Error::<Test>::NoVault);
	});
}

#[test]
fn more_than_the_account_has_is_not_credited() {
	run_issued(|| {
		assert_noop!(Shares::credit(MODEL, 1), TokenError::FundsUnavailable);
		assert_ok!(Shares::stake(signed(ALICE), MODEL, 1));
		assert_noop!(Shares::credit(MODEL, 1), TokenError::FundsUnavailable);
	});
}

#[test]
fn nothing_is_credited_as_nothing() {
	run_issued(|| {
		let before = events().len();
		assert_ok!(credit(MODEL, 0));
		assert_eq!(events().len(), before);
		assert_eq!(Shares::vault_view(MODEL).unwrap().received, 0);
	});
}

#[test]
fn more_than_the_books_can_hold_is_refused() {
	ext().execute_with(|| {
		issue(ALICE, MODEL, 100).unwrap();
		let full = |pool| {
			Vaults::<Test>::mutate(MODEL, |vault| {
				let vault = vault.as_mut().unwrap();
				vault.received = u128::MAX;
				vault.pool = pool;
			});
		};
		full(Pool::default());
		assert_noop!(credit(MODEL, 1), Error::<Test>::TooMuchRevenue);
		let per_share = Dividend::whole(u128::MAX);
		full(Pool { shares: 1, per_share, ..Pool::default() });
		assert_noop!(credit(MODEL, 1), Error::<Test>::TooMuchRevenue);
	});
}
