//! The collections of titles: at genesis, and on a chain that gets the pallet later.

use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::Inspect as _, tokens::nonfungibles_v2::InspectRole as _},
};
use frame_system::RawOrigin;
use sp_runtime::traits::AccountIdConversion;
use tributary_primitives::{title::TitleKind, traits::Titles as _};

use crate::{mock::*, *};

/// A collection of somebody else, which root creates.
fn foreign() -> NftsCall {
	let config = pallet_nfts::CollectionConfig {
		settings: pallet_nfts::CollectionSettings::all_enabled(),
		max_supply: None,
		mint_settings: pallet_nfts::MintSettings::default(),
	};
	NftsCall::force_create { owner: BOB, config }
}

#[test]
fn they_belong_to_the_account_of_the_pallet_from_genesis_on_with_all_their_roles() {
	run(|| {
		let account: AccountId = TitlesPalletId::get().into_account_truncating();
		assert_eq!(Titles::account_id(), account);
		for collection in [0, 1, 2] {
			assert_eq!(Nfts::collection_owner(collection), Some(account));
			assert!(Nfts::is_issuer(&collection, &account));
			assert!(Nfts::is_admin(&collection, &account));
			assert!(Nfts::is_freezer(&collection, &account));
		}
		assert_eq!(Nfts::collection_owner(3), None);
	});
}

#[test]
fn a_title_takes_no_deposit_of_anyone() {
	run(|| {
		for (title, owner) in [(MODEL, ALICE), (DATASET, BOB), (AGENT, 99)] {
			mint(title, owner);
			assert_eq!(Titles::owner(title), Some(owner));
		}
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT);
		assert_eq!(Balances::free_balance(ALICE), ENDOWMENT);
		assert_eq!(Balances::total_balance(&Titles::account_id()), 0);
	});
}

#[test]
fn creating_them_again_changes_nothing() {
	run(|| {
		let before = storage_root();
		assert_ok!(Titles::create_collections());
		assert_eq!(storage_root(), before);
	});
}

#[test]
fn a_chain_that_gets_the_pallet_later_creates_them_before_the_first_title() {
	sp_io::TestExternalities::default().execute_with(|| {
		assert_noop!(Titles::mint(MODEL, &ALICE), NftsError::UnknownCollection);
		assert!(Titles::do_try_state().is_err());
		assert_ok!(Titles::create_collections());
		mint(MODEL, ALICE);
		assert_eq!(Titles::owner(MODEL), Some(ALICE));
		Titles::do_try_state().unwrap();
	});
}

#[test]
fn numbers_that_another_collection_has_taken_are_refused() {
	sp_io::TestExternalities::default().execute_with(|| {
		assert_ok!(dispatch(RawOrigin::Root.into(), foreign()));
		assert_noop!(Titles::create_collections(), Error::<Test>::CollectionTaken);
		for kind in TitleKind::ALL {
			assert_ne!(Nfts::collection_owner(kind.collection()), Some(Titles::account_id()));
		}
		assert!(Titles::do_try_state().is_err());
	});
}

#[test]
fn another_collection_after_them_is_no_matter() {
	run(|| {
		assert_ok!(dispatch(RawOrigin::Root.into(), foreign()));
		assert_eq!(Nfts::collection_owner(3), Some(BOB));
		assert_ok!(Titles::create_collections());
	});
}
