//! What is refused leaves nothing behind, and nobody but the registries makes or unmakes a title.

use frame_support::{assert_noop, assert_ok};
use frame_system::RawOrigin;
use pallet_nfts::{
	AttributeNamespace, CollectionConfig, CollectionSetting, CollectionSettings, ItemSetting,
	ItemSettings, MintSettings, MintType, PreSignedMint,
};
use sp_runtime::{testing::TestSignature, ArithmeticError, DispatchError};
use tributary_primitives::{
	title::{Title, TitleKind},
	traits::{Titles as _, VaultedTitles as _},
};

use crate::{mock::*, *};

/// Expects `who` to be refused, and all storage to stay as it is: what was heard too.
fn refused(who: AccountId, call: NftsCall, error: impl Into<DispatchError>) {
	let before = storage_root();
	assert_eq!(sign(who, call), Err(error.into()));
	assert_eq!(storage_root(), before);
}

#[test]
fn a_transfer_by_whom_the_title_does_not_belong_to_leaves_nothing() {
	run(|| {
		mint(MODEL, ALICE);
		refused(BOB, transfer(MODEL, BOB), NftsError::NoPermission);
		refused(Titles::account_id(), transfer(MODEL, BOB), NftsError::NoPermission);
	});
}

#[test]
fn a_transfer_after_its_approval_has_expired_leaves_nothing() {
	run(|| {
		mint(MODEL, ALICE);
		let (collection, item) = (MODEL.kind.collection(), MODEL.id);
		let maybe_deadline = Some(1);
		let approve =
			NftsCall::approve_transfer { collection, item, delegate: BOB, maybe_deadline };
		assert_ok!(sign(ALICE, approve));
		System::set_block_number(3);
		refused(BOB, transfer(MODEL, BOB), NftsError::ApprovalExpired);
	});
}

#[test]
fn an_approval_by_the_former_owner_is_void() {
	run(|| {
		mint(MODEL, ALICE);
		assert_ok!(sign(ALICE, approve(MODEL, CHARLIE)));
		assert_ok!(sign(ALICE, transfer(MODEL, BOB)));
		refused(CHARLIE, transfer(MODEL, CHARLIE), NftsError::NoPermission);
	});
}

#[test]
fn a_sale_that_fails_leaves_nothing() {
	run(|| {
		mint(MODEL, ALICE);
		refused(BOB, buy(MODEL, 500), NftsError::NotForSale);
		assert_ok!(sign(ALICE, list(MODEL, 500)));
		refused(BOB, buy(MODEL, 499), NftsError::BidTooLow);
		refused(ALICE, buy(MODEL, 500), NftsError::NoPermission);
		assert_ok!(sign(ALICE, list(MODEL, 2 * ENDOWMENT)));
		assert!(sign(BOB, buy(MODEL, 2 * ENDOWMENT)).is_err());
		assert_eq!((heard(), Titles::changes()), (vec![], 0));
	});
}

#[test]
fn a_swap_whose_second_title_can_not_leave_leaves_the_first_where_it_was() {
	run(|| {
		mint(MODEL, ALICE);
		mint(DATASET, BOB);
		assert_ok!(sign(ALICE, offer(MODEL, DATASET)));
		let locked = CollectionConfig {
			settings: CollectionSettings::from_disabled(
				CollectionSetting::TransferableItems.into(),
			),
			max_supply: None,
			mint_settings: MintSettings::default(),
		};
		let collection = MODEL.kind.collection();
		let lock = NftsCall::force_collection_config { collection, config: locked };
		assert_ok!(dispatch(RawOrigin::Root.into(), lock));
		refused(BOB, swap(DATASET, MODEL), NftsError::ItemsNonTransferable);
		assert_eq!(Titles::owner(DATASET), Some(BOB));
	});
}

#[test]
fn a_title_that_is_frozen_stays_and_nothing_is_heard() {
	run(|| {
		let frozen = ItemSettings::from_disabled(ItemSetting::Transferable.into());
		let item_config = pallet_nfts::ItemConfig { settings: frozen };
		let (collection, item) = (MODEL.kind.collection(), MODEL.id);
		let call = NftsCall::force_mint { collection, item, mint_to: ALICE, item_config };
		assert_ok!(dispatch(RawOrigin::Root.into(), call));
		refused(ALICE, transfer(MODEL, BOB), NftsError::ItemLocked);
		assert_eq!(heard(), []);
	});
}

#[test]
fn a_title_is_locked_when_its_changes_can_not_be_counted_any_more() {
	run(|| {
		mint(MODEL, ALICE);
		Changes::<Test>::put(u64::MAX);
		refused(ALICE, transfer(MODEL, BOB), NftsError::ItemLocked);
		assert_noop!(Titles::vault(MODEL), ArithmeticError::Overflow);
		Changes::<Test>::kill();

		TenureCount::<Test>::insert(MODEL, u32::MAX);
		refused(ALICE, transfer(MODEL, BOB), NftsError::ItemLocked);
		assert_noop!(Titles::vault(MODEL), ArithmeticError::Overflow);
		TenureCount::<Test>::remove(MODEL);
	});
}

#[test]
fn a_title_is_made_once() {
	run(|| {
		mint(MODEL, ALICE);
		assert_noop!(Titles::mint(MODEL, &ALICE), NftsError::AlreadyExists);
		assert_noop!(Titles::mint(MODEL, &BOB), NftsError::AlreadyExists);
	});
}

#[test]
fn nobody_mints_a_title() {
	run(|| {
		mint(MODEL, ALICE);
		for kind in TitleKind::ALL {
			let (collection, item, mint_to) = (kind.collection(), 9, ALICE);
			let witness_data = None;
			let mint = NftsCall::mint { collection, item, mint_to, witness_data };
			refused(ALICE, mint, NftsError::NoPermission);
			let item_config = Default::default();
			let mint = NftsCall::force_mint { collection, item, mint_to, item_config };
			refused(ALICE, mint, NftsError::NoPermission);

			let data = PreSignedMint {
				collection,
				item,
				attributes: vec![],
				metadata: vec![],
				only_account: None,
				deadline: 100,
				mint_price: None,
			};
			let signature = TestSignature(BOB, codec::Encode::encode(&data));
			let mint_data = Box::new(data);
			let mint = NftsCall::mint_pre_signed { mint_data, signature, signer: BOB };
			refused(ALICE, mint, NftsError::NoPermission);
			assert_eq!(Titles::owner(Title { kind, id: item }), None);
		}
	});
}

#[test]
fn nobody_burns_a_title() {
	run(|| {
		mint(MODEL, ALICE);
		for who in [ALICE, BOB, Titles::account_id()] {
			refused(who, burn(MODEL), frame_system::Error::<Test>::CallFiltered);
		}
		assert_eq!(Titles::owner(MODEL), Some(ALICE));
	});
}

#[test]
fn nobody_creates_or_destroys_a_collection() {
	run(|| {
		let config = CollectionConfig {
			settings: CollectionSettings::all_enabled(),
			max_supply: None,
			mint_settings: MintSettings::default(),
		};
		refused(ALICE, NftsCall::create { admin: ALICE, config }, DispatchError::BadOrigin);
		refused(ALICE, NftsCall::force_create { owner: ALICE, config }, DispatchError::BadOrigin);
		for collection in TitleKind::ALL.map(TitleKind::collection) {
			let witness =
				pallet_nfts::DestroyWitness { item_metadatas: 0, item_configs: 0, attributes: 0 };
			refused(ALICE, NftsCall::destroy { collection, witness }, NftsError::NoPermission);
		}
	});
}

#[test]
fn no_owner_of_a_title_changes_the_settings_of_its_collection_or_freezes_it() {
	run(|| {
		mint(MODEL, ALICE);
		let (collection, item) = (MODEL.kind.collection(), MODEL.id);
		let bytes = || vec![1].try_into().unwrap();
		let mint_settings = MintSettings { mint_type: MintType::Public, ..Default::default() };
		let lock_settings = CollectionSettings::all_enabled();
		let team = Some(ALICE);
		let calls = [
			NftsCall::lock_collection { collection, lock_settings },
			NftsCall::set_team { collection, issuer: team, admin: team, freezer: team },
			NftsCall::set_collection_max_supply { collection, max_supply: 1 },
			NftsCall::update_mint_settings { collection, mint_settings },
			NftsCall::set_collection_metadata { collection, data: bytes() },
			NftsCall::clear_collection_metadata { collection },
			NftsCall::redeposit { collection, items: vec![item] },
			NftsCall::lock_item_transfer { collection, item },
			NftsCall::unlock_item_transfer { collection, item },
			NftsCall::set_metadata { collection, item, data: bytes() },
			NftsCall::lock_item_properties {
				collection,
				item,
				lock_metadata: true,
				lock_attributes: true,
			},
			NftsCall::set_attribute {
				collection,
				maybe_item: None,
				namespace: AttributeNamespace::CollectionOwner,
				key: bytes(),
				value: bytes(),
			},
		];
		for call in calls {
			refused(ALICE, call, NftsError::NoPermission);
		}
		let config = CollectionConfig { settings: lock_settings, max_supply: None, mint_settings };
		for call in [
			NftsCall::force_collection_owner { collection, owner: ALICE },
			NftsCall::force_collection_config { collection, config },
		] {
			refused(ALICE, call, DispatchError::BadOrigin);
		}
	});
}

#[test]
fn a_collection_is_not_handed_over_to_whoever_accepts_it() {
	run(|| {
		let collection = MODEL.kind.collection();
		let accept = NftsCall::set_accept_ownership { maybe_collection: Some(collection) };
		assert_ok!(sign(ALICE, accept));
		let hand_over = NftsCall::transfer_ownership { collection, new_owner: ALICE };
		refused(ALICE, hand_over, NftsError::NoPermission);
	});
}

#[test]
fn attributes_that_an_owner_sets_lock_nothing_and_stay_with_the_title() {
	run(|| {
		mint(MODEL, ALICE);
		let (collection, item) = (MODEL.kind.collection(), MODEL.id);
		let disabled = pallet_nfts::PalletAttributes::<u32>::TransferDisabled;
		let key = codec::Encode::encode(&disabled);
		for namespace in [AttributeNamespace::ItemOwner, AttributeNamespace::Pallet] {
			let set = NftsCall::set_attribute {
				collection,
				maybe_item: Some(item),
				namespace: namespace.clone(),
				key: key.clone().try_into().unwrap(),
				value: vec![].try_into().unwrap(),
			};
			let allowed = namespace == AttributeNamespace::ItemOwner;
			assert_eq!(sign(ALICE, set).is_ok(), allowed, "{namespace:?}");
		}
		let approve = NftsCall::approve_item_attributes { collection, item, delegate: CHARLIE };
		assert_ok!(sign(ALICE, approve));
		let set = NftsCall::set_attribute {
			collection,
			maybe_item: Some(item),
			namespace: AttributeNamespace::Account(CHARLIE),
			key: vec![1].try_into().unwrap(),
			value: vec![2].try_into().unwrap(),
		};
		assert_ok!(sign(CHARLIE, set));
		assert_eq!((heard(), Titles::changes()), (vec![], 0));

		assert_ok!(sign(ALICE, transfer(MODEL, BOB)));
		assert_ok!(sign(BOB, transfer(MODEL, CHARLIE)));
		assert_eq!((Titles::owner(MODEL), Titles::changes()), (Some(CHARLIE), 2));
	});
}
