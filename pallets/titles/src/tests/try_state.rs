//! `do_try_state` finds what is broken.

use frame_support::assert_ok;
use frame_system::RawOrigin;
use tributary_primitives::{
	title::{Beneficiary, Tenure},
	traits::VaultedTitles as _,
};

use crate::{mock::*, Changes, Ends, TenureCount, Tenures, Vaulted};

/// Breaks the state of a model that has changed hands, was vaulted and is so again, and expects the check
/// `number` to say so.
fn finds(number: u32, harm: impl FnOnce()) {
	ext().execute_with(|| {
		mint(MODEL, ALICE);
		mint(DATASET, ALICE);
		System::set_block_number(3);
		assert_ok!(sign(ALICE, transfer(MODEL, BOB)));
		assert_ok!(Titles::vault(MODEL));
		assert_ok!(Titles::unvault(MODEL, &CHARLIE));
		assert_ok!(Titles::vault(MODEL));
		Titles::do_try_state().unwrap();
		harm();
		let found = format!("{:?}", Titles::do_try_state().unwrap_err());
		assert!(found.contains(&format!("titles {number}: ")), "{found}");
	});
}

fn change(index: u32, change: impl FnOnce(&mut Tenure<AccountId>)) {
	let former = |it: &mut Option<_>| change(it.as_mut().expect("it is a former tenure"));
	Tenures::<Test>::mutate(MODEL, index, former);
}

#[test]
fn a_collection_that_is_anothers() {
	finds(1, || {
		let call = NftsCall::force_collection_owner { collection: 2, owner: ALICE };
		assert_ok!(dispatch(RawOrigin::Root.into(), call));
	});
}

#[test]
fn a_title_of_nobody() {
	finds(2, || {
		assert_ok!(dispatch(RawOrigin::Root.into(), burn(DATASET)));
	});
	finds(2, || TenureCount::<Test>::insert(OTHER, 1));
	finds(2, || Vaulted::<Test>::insert(OTHER, 0));
}

#[test]
fn tenures_that_are_missing_uncounted_or_apart() {
	finds(3, || Tenures::<Test>::remove(MODEL, 1));
	finds(3, || TenureCount::<Test>::insert(MODEL, 3));
	finds(3, || change(0, |it| it.since = 1));
	finds(3, || change(2, |it| it.since = 1));
	finds(3, || change(3, |it| it.until = None));
	finds(3, || change(3, |it| it.until = Some(3)));
}

#[test]
fn a_vault_without_an_heir_or_from_the_first() {
	finds(4, || change(2, |it| it.beneficiary = Beneficiary::Vault));
	finds(4, || Vaulted::<Test>::insert(DATASET, 0));
}

#[test]
fn changes_that_ended_no_tenure_or_two() {
	finds(5, || Changes::<Test>::put(5));
	finds(5, || Changes::<Test>::put(3));
	finds(5, || change(3, |it| it.until = Some(5)));
	finds(5, || {
		change(3, |it| it.until = Some(5));
		Changes::<Test>::put(5);
	});
	finds(5, || {
		let ended = Tenure { beneficiary: Beneficiary::Owner(ALICE), since: 0, until: Some(2) };
		Tenures::<Test>::insert(DATASET, 0, ended);
		Ends::<Test>::insert(DATASET, 0, 3);
		TenureCount::<Test>::insert(DATASET, 1);
	});
}

#[test]
fn ends_that_are_missing_unknown_out_of_order_or_to_come() {
	finds(6, || Ends::<Test>::remove(MODEL, 1));
	finds(6, || Ends::<Test>::insert(MODEL, 4, 3));
	finds(6, || Ends::<Test>::insert(MODEL, 1, 2));
	finds(6, || Ends::<Test>::insert(MODEL, 3, 4));
}
