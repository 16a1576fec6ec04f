//! What a title earned before it is sold belongs to the seller, what it earns after to the buyer.

use frame_support::{assert_noop, assert_ok, assert_storage_noop, dispatch::Pays};
use tributary_primitives::{
	title::{Beneficiary, Title, TitleKind},
	traits::OnTitleChange,
};

use crate::{
	mock::*, Checkpoint, Checkpoints, Dues, Error, Event, Ledgers, LineageClaimed, WeightInfo,
	MAX_CHECKPOINT_READS,
};

const PAYER: AccountId = PAYERS[0];
const BUYER: AccountId = 40;

fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn sell(model: u32, to: AccountId) {
	MockTitles::transfer(Title::model(model), to);
}

fn claim_lineage(tenure: u32) {
	assert_ok!(Usage::claim_lineage(signed(PAYER), TUNE, BASE, tenure));
}

#[test]
fn what_a_model_earned_is_due_to_the_seller() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		let books = Usage::books_view();
		sell(TUNE, BUYER);
		assert_eq!(last_event(), Event::LeftDue { beneficiary: TUNE_OWNER, due: 5_880 });
		assert_eq!(Usage::books_view(), books);
		assert_ok!(Usage::claim_owner(signed(BUYER), TUNE));
		assert_eq!(last_event(), Event::OwnerClaimed { model: TUNE, owner: BUYER, amount: 0 });

		assert_ok!(pay(PAYER, TUNE, 20_000));
		assert_ok!(Usage::claim_owner(signed(PAYER), TUNE));
		assert_eq!(free(BUYER), 11_760);
		assert_ok!(Usage::collect_due(signed(PAYER), TUNE_OWNER));
		assert_eq!(free(TUNE_OWNER), EXISTENTIAL_DEPOSIT + 5_880);
	});
}

#[test]
fn what_several_titles_earned_for_one_seller_is_due_together() {
	run(|| {
		MockModels::put(7, TUNE_OWNER, &[], 0);
		assert_ok!(pay(PAYER, TUNE, 10_000));
		assert_ok!(pay(PAYER, 7, 1_000));
		sell(TUNE, BUYER);
		sell(7, BUYER);
		assert_eq!(last_event(), Event::LeftDue { beneficiary: TUNE_OWNER, due: 6_860 });
		assert_eq!(Dues::<Test>::get(TUNE_OWNER), 6_860);
	});
}

#[test]
fn a_title_that_has_earned_nothing_leaves_nothing_due() {
	run(|| {
		let weight = System::block_weight().total();
		sell(TUNE, BUYER);
		let heard = <() as WeightInfo>::beneficiary_changes();
		assert_eq!(System::block_weight().total(), weight + heard);
		assert_eq!(Dues::<Test>::iter().count() + Ledgers::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_sale_of_a_title_that_is_no_models_moves_no_revenue() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		let from = Beneficiary::Owner(TUNE_OWNER);
		for kind in [TitleKind::Dataset, TitleKind::Agent] {
			Usage::beneficiary_changes(Title { kind, id: TUNE }, &from);
		}
		assert_storage_noop!(Usage::owner_changes(Title::model(TUNE), &BUYER));
		assert_eq!(Usage::claimable_view(TUNE).unwrap().owner, 5_880);
		assert_eq!(Dues::<Test>::iter().count(), 0);
	});
}

#[test]
fn lineage_is_paid_to_whoever_held_the_title_when_it_was_earned() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		sell(BASE, BUYER);
		assert_ok!(pay(PAYER, TUNE, 20_000));
		sell(BASE, BASE_OWNER);
		assert_ok!(pay(PAYER, TUNE, 40_000));
		let amounts = || {
			let view = Usage::claimable_view(TUNE).unwrap();
			view.lineage.iter().map(|item| (item.tenure, item.amount)).collect::<Vec<_>>()
		};
		assert_eq!(amounts(), [(0, 980), (1, 1_960), (2, 3_920)]);
		claim_lineage(1);
		assert_eq!((free(BUYER), free(BASE_OWNER)), (1_960, EXISTENTIAL_DEPOSIT));
		assert_eq!(amounts(), [(0, 980), (2, 3_920)]);
		claim_lineage(2);
		claim_lineage(0);
		assert_eq!((free(BUYER), free(BASE_OWNER)), (1_960, EXISTENTIAL_DEPOSIT + 4_900));
		assert_eq!(amounts(), [(2, 0)]);
		let balance = Usage::lineage_balance(TUNE, BASE).unwrap();
		assert_eq!((balance.earned, balance.claimed), (6_860, 6_860));
		for tenure in 0..3 {
			let books = Usage::books_view();
			claim_lineage(tenure);
			assert_eq!(Usage::books_view(), books, "nobody is paid twice");
		}
	});
}

#[test]
fn a_tenure_that_there_was_not_can_not_claim() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		for tenure in [1, u32::MAX] {
			assert_noop!(
				Usage::claim_lineage(signed(PAYER), TUNE, BASE, tenure),
				Error::<Test>::TenureNotFound
			);
		}
	});
}

#[test]
fn a_payment_keeps_one_checkpoint_for_all_changes_since_the_last() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		assert_eq!(Checkpoints::<Test>::iter().count(), 0);
		sell(BASE, BUYER);
		sell(BASE, PAYER);
		sell(BASE, BUYER);
		assert_ok!(pay(PAYER, TUNE, 10_000));
		assert_ok!(pay(PAYER, TUNE, 10_000));
		let kept = |index| Checkpoints::<Test>::get(TUNE, index);
		assert_eq!(kept(0), Some(Checkpoint { changes: 3, gross: 9_800 }));
		assert_eq!(kept(1), None);
		MockTitles::vault(Title::dataset(DATASET));
		assert_ok!(pay(PAYER, TUNE, 10_000));
		assert_eq!(kept(1), Some(Checkpoint { changes: 4, gross: 29_400 }));
		assert_eq!(Ledgers::<Test>::get(TUNE).checkpoints, 2);
	});
}

#[test]
fn a_model_without_ancestors_keeps_no_checkpoints() {
	run(|| {
		sell(BASE, BUYER);
		assert_ok!(pay(PAYER, BASE, 10_000));
		assert_eq!(Checkpoints::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_title_that_was_sold_before_the_first_payment_earned_nothing_for_the_seller() {
	run(|| {
		sell(BASE, BUYER);
		assert_ok!(pay(PAYER, TUNE, 10_000));
		claim_lineage(0);
		assert_eq!(LineageClaimed::<Test>::iter().count(), 0);
		claim_lineage(1);
		assert_eq!((free(BASE_OWNER), free(BUYER)), (EXISTENTIAL_DEPOSIT, 980));
	});
}

#[test]
fn the_dust_of_a_tenure_waits_for_its_account() {
	run(|| {
		sell(BASE, BUYER);
		assert_ok!(pay(PAYER, TUNE, 100));
		sell(BASE, BASE_OWNER);
		assert_noop!(
			Usage::claim_lineage(signed(PAYER), TUNE, BASE, 1),
			Error::<Test>::BelowExistentialDeposit
		);
		endow(BUYER);
		claim_lineage(1);
		assert_eq!(free(BUYER), EXISTENTIAL_DEPOSIT + 9);
	});
}

#[test]
fn a_claim_weighs_what_its_searches_need() {
	run(|| {
		let weigh = |tenure| {
			let info = Usage::claim_lineage(signed(PAYER), TUNE, BASE, tenure).unwrap();
			assert_eq!(info.pays_fee, Pays::Yes);
			info.actual_weight.unwrap()
		};
		assert_eq!(weigh(0), <()>::claim_lineage(0));
		for round in 0..5 {
			sell(BASE, if round % 2 == 0 { BUYER } else { BASE_OWNER });
			assert_ok!(pay(PAYER, TUNE, 10_000));
		}
		assert_eq!(Ledgers::<Test>::get(TUNE).checkpoints, 5);
		assert_eq!(weigh(0), <()>::claim_lineage(3));
		assert_eq!(weigh(2), <()>::claim_lineage(6));
		assert_eq!(weigh(5), <()>::claim_lineage(3));
		Ledgers::<Test>::mutate(TUNE, |ledger| ledger.checkpoints = u32::MAX);
		assert_eq!(weigh(1), <()>::claim_lineage(MAX_CHECKPOINT_READS));
		Ledgers::<Test>::mutate(TUNE, |ledger| ledger.checkpoints = 5);
	});
}

#[test]
fn pages_list_all_tenures_and_the_view_those_of_late() {
	run(|| {
		for _ in 0..20 {
			assert_ok!(pay(PAYER, TUNE, 10_000));
			sell(BASE, BUYER);
		}
		let (mut seen, mut from) = (Vec::new(), Some(0));
		while let Some(cursor) = from {
			let page = Usage::lineage_tenures(TUNE, BASE, cursor, 8);
			assert!(page.items.len() <= 8);
			seen.extend(page.items.iter().map(|item| (item.ancestor, item.tenure, item.amount)));
			from = page.next;
		}
		let mut expected: Vec<_> = (0..20).map(|tenure| (BASE, tenure, 980)).collect();
		expected.push((BASE, 20, 0));
		assert_eq!(seen, expected);
		assert_eq!(Usage::lineage_tenures(TUNE, BASE, 21, 8).items, vec![]);
		assert_eq!(Usage::lineage_tenures(TUNE, BASE, u32::MAX, u32::MAX).next, None);
		let view = Usage::claimable_view(TUNE).unwrap().lineage;
		let tenures: Vec<_> = view.iter().map(|item| item.tenure).collect();
		assert_eq!(tenures, (4..=20).collect::<Vec<_>>());
	});
}
