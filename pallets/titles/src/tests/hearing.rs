//! Each way in which `pallet-nfts` moves a title is heard, while it still has its owner.

use frame_support::{assert_noop, assert_ok, traits::tokens::nonfungibles_v2::Transfer};
use frame_system::RawOrigin;
use pallet_nfts::{PriceDirection, PriceWithDirection};
use tributary_primitives::{
	title::{Beneficiary, Title},
	traits::Titles as _,
};

use crate::{mock::*, *};

/// What is heard when a title that is not vaulted leaves `from` as the change `changes`.
fn departure(title: Title, from: AccountId, changes: u64) -> [Heard; 2] {
	let owner = Some(from);
	[
		Heard::Beneficiary { title, from: Beneficiary::Owner(from), owner, changes },
		Heard::Owner { title, from, owner },
	]
}

/// Expects the title to have left `from` for `to` in its first change, and that of the chain, and that
/// this was heard.
fn has_left(title: Title, from: AccountId, to: AccountId) {
	assert_eq!(heard(), departure(title, from, 1));
	assert_eq!(Titles::owner(title), Some(to));
	assert_eq!((Titles::changes(), Titles::current_tenure(title)), (1, 1));
	let changed = Event::BeneficiaryChanged { title, tenure: 0, from: Beneficiary::Owner(from) };
	System::assert_has_event(changed.into());
}

#[test]
fn a_title_of_each_kind_is_heard_when_its_owner_transfers_it() {
	for title in [MODEL, DATASET, AGENT] {
		run(|| {
			mint(title, ALICE);
			assert_ok!(sign(ALICE, transfer(title, BOB)));
			has_left(title, ALICE, BOB);
		});
	}
}

#[test]
fn a_transfer_by_an_approved_delegate_is_heard() {
	run(|| {
		mint(MODEL, ALICE);
		assert_ok!(sign(ALICE, approve(MODEL, CHARLIE)));
		assert_eq!(heard(), []);
		assert_ok!(sign(CHARLIE, transfer(MODEL, BOB)));
		has_left(MODEL, ALICE, BOB);
	});
}

#[test]
fn a_transfer_by_a_delegate_that_root_approved_is_heard() {
	run(|| {
		mint(MODEL, ALICE);
		assert_ok!(dispatch(RawOrigin::Root.into(), approve(MODEL, CHARLIE)));
		assert_eq!(heard(), []);
		assert_ok!(sign(CHARLIE, transfer(MODEL, BOB)));
		has_left(MODEL, ALICE, BOB);
	});
}

#[test]
fn a_sale_is_heard_and_paid_to_the_former_owner() {
	run(|| {
		mint(MODEL, ALICE);
		assert_ok!(sign(ALICE, list(MODEL, 500)));
		assert_eq!(heard(), []);
		assert_ok!(sign(BOB, buy(MODEL, 500)));
		has_left(MODEL, ALICE, BOB);
		assert_eq!(Balances::free_balance(ALICE), ENDOWMENT + 500);
	});
}

#[test]
fn a_swap_is_heard_of_both_titles() {
	run(|| {
		mint(MODEL, ALICE);
		mint(DATASET, BOB);
		assert_ok!(sign(ALICE, offer(MODEL, DATASET)));
		assert_eq!(heard(), []);
		assert_ok!(sign(BOB, swap(DATASET, MODEL)));
		assert_eq!(heard(), [departure(DATASET, BOB, 1), departure(MODEL, ALICE, 2)].concat());
		assert_eq!(Titles::owner(MODEL), Some(BOB));
		assert_eq!(Titles::owner(DATASET), Some(ALICE));
		assert_eq!(Titles::current_tenure(MODEL), 1);
		assert_eq!(Titles::current_tenure(DATASET), 1);
	});
}

#[test]
fn a_swap_for_any_title_and_a_price_is_heard_of_both() {
	run(|| {
		mint(MODEL, ALICE);
		mint(OTHER, BOB);
		let price = Some(PriceWithDirection { amount: 300, direction: PriceDirection::Receive });
		let offer = NftsCall::create_swap {
			offered_collection: MODEL.kind.collection(),
			offered_item: MODEL.id,
			desired_collection: OTHER.kind.collection(),
			maybe_desired_item: None,
			maybe_price: price.clone(),
			duration: 5,
		};
		assert_ok!(sign(ALICE, offer));
		let claim = NftsCall::claim_swap {
			send_collection: OTHER.kind.collection(),
			send_item: OTHER.id,
			receive_collection: MODEL.kind.collection(),
			receive_item: MODEL.id,
			witness_price: price,
		};
		assert_ok!(sign(BOB, claim));
		assert_eq!(heard(), [departure(OTHER, BOB, 1), departure(MODEL, ALICE, 2)].concat());
		assert_eq!(Balances::free_balance(ALICE), ENDOWMENT + 300);
	});
}

#[test]
fn a_transfer_by_the_traits_of_the_pallet_is_heard() {
	run(|| {
		mint(MODEL, ALICE);
		let (collection, item) = (MODEL.kind.collection(), MODEL.id);
		assert_ok!(<Nfts as Transfer<AccountId>>::transfer(&collection, &item, &BOB));
		has_left(MODEL, ALICE, BOB);
	});
}

#[test]
fn a_transfer_to_oneself_begins_another_tenure_of_the_same_owner() {
	run(|| {
		mint(MODEL, ALICE);
		assert_ok!(sign(ALICE, transfer(MODEL, ALICE)));
		has_left(MODEL, ALICE, ALICE);
		assert_eq!(Titles::beneficiary(MODEL), Some(Beneficiary::Owner(ALICE)));
	});
}

#[test]
fn no_forced_call_moves_a_title() {
	run(|| {
		mint(MODEL, ALICE);
		let (collection, item) = (MODEL.kind.collection(), MODEL.id);
		let settings = pallet_nfts::CollectionSettings::all_enabled();
		let config = pallet_nfts::CollectionConfig {
			settings,
			max_supply: Some(9),
			mint_settings: pallet_nfts::MintSettings::default(),
		};
		let bytes = || vec![1].try_into().unwrap();
		let forced = [
			NftsCall::force_create { owner: BOB, config },
			NftsCall::force_mint {
				collection,
				item: 99,
				mint_to: BOB,
				item_config: Default::default(),
			},
			NftsCall::force_collection_config { collection, config },
			NftsCall::force_set_attribute {
				set_as: None,
				collection,
				maybe_item: Some(item),
				namespace: pallet_nfts::AttributeNamespace::CollectionOwner,
				key: bytes(),
				value: bytes(),
			},
			NftsCall::clear_all_transfer_approvals { collection, item },
			NftsCall::set_metadata { collection, item, data: bytes() },
			NftsCall::clear_metadata { collection, item },
			NftsCall::lock_item_properties {
				collection,
				item,
				lock_metadata: true,
				lock_attributes: true,
			},
			NftsCall::set_team { collection, issuer: None, admin: Some(BOB), freezer: Some(BOB) },
			NftsCall::set_collection_max_supply { collection, max_supply: 8 },
		];
		for call in forced {
			assert_ok!(dispatch(RawOrigin::Root.into(), call));
		}
		let account = Titles::account_id();
		for owner in [BOB, account] {
			let call = NftsCall::force_collection_owner { collection, owner };
			assert_ok!(dispatch(RawOrigin::Root.into(), call));
		}
		assert_eq!(heard(), []);
		assert_eq!((Titles::owner(MODEL), Titles::changes()), (Some(ALICE), 0));

		assert_ok!(sign(ALICE, transfer(MODEL, BOB)));
		has_left(MODEL, ALICE, BOB);
	});
}

#[test]
fn items_of_other_collections_are_neither_heard_nor_locked() {
	run(|| {
		let origin = || RuntimeOrigin::from(RawOrigin::Root);
		let config = pallet_nfts::CollectionConfig {
			settings: pallet_nfts::CollectionSettings::all_enabled(),
			max_supply: None,
			mint_settings: pallet_nfts::MintSettings::default(),
		};
		assert_ok!(dispatch(origin(), NftsCall::force_create { owner: ALICE, config }));
		let item_config = Default::default();
		let minted = NftsCall::force_mint { collection: 3, item: 7, mint_to: ALICE, item_config };
		assert_ok!(dispatch(origin(), minted));
		assert_ok!(sign(ALICE, NftsCall::transfer { collection: 3, item: 7, dest: BOB }));
		assert_eq!((heard(), Titles::changes()), (vec![], 0));
	});
}

#[test]
fn what_hearing_costs_is_added_to_the_block() {
	run(|| {
		mint(MODEL, ALICE);
		mint(DATASET, BOB);
		let weight = || System::block_weight().total();
		let before = weight();
		assert_ok!(sign(ALICE, transfer(MODEL, ALICE)));
		assert_eq!(weight(), before + <()>::note_change());
		assert_ok!(sign(ALICE, offer(MODEL, DATASET)));
		assert_ok!(sign(BOB, swap(DATASET, MODEL)));
		assert_eq!(weight(), before + <()>::note_change() * 3);
	});
}

#[test]
fn a_title_that_is_not_there_is_not_heard() {
	run(|| {
		mint(MODEL, ALICE);
		assert_noop!(sign(ALICE, transfer(OTHER, BOB)), NftsError::UnknownItem);
		assert_eq!(heard(), []);
	});
}

/// What the call filter is there for: a burn can not be told from a transfer.
#[test]
fn a_burn_that_gets_past_the_filter_ends_the_tenure_and_leaves_a_title_of_nobody() {
	ext().execute_with(|| {
		mint(MODEL, ALICE);
		assert_ok!(dispatch(RawOrigin::Root.into(), burn(MODEL)));
		assert_eq!(heard(), departure(MODEL, ALICE, 1));
		assert_eq!((Titles::owner(MODEL), Titles::beneficiary(MODEL)), (None, None));
		assert_eq!(Titles::tenure(MODEL, 0).map(|tenure| tenure.until), Some(Some(1)));
		assert_eq!(Titles::tenure(MODEL, 1), None);
		assert!(Titles::do_try_state().is_err());

		mint(MODEL, BOB);
		assert_eq!(Titles::tenure(MODEL, 1).map(|tenure| tenure.since), Some(1));
		Titles::do_try_state().unwrap();
	});
}
