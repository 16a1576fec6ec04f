//! Former tenures tell who earned when.

use frame_support::assert_ok;
use tributary_primitives::{
	search::digits,
	title::{Beneficiary, Tenure, Title, MAX_TENURE_READS},
	traits::{Titles as _, VaultedTitles as _},
};

use crate::{mock::*, Ends, TenureCount, Tenures};

fn owner(who: AccountId) -> Beneficiary<AccountId> {
	Beneficiary::Owner(who)
}

fn tenure(
	beneficiary: Beneficiary<AccountId>,
	since: u64,
	until: impl Into<Option<u64>>,
) -> Option<Tenure<AccountId>> {
	Some(Tenure { beneficiary, since, until: until.into() })
}

fn give(title: Title, from: AccountId, to: AccountId) {
	assert_ok!(sign(from, transfer(title, to)));
}

#[test]
fn a_title_that_never_changed_hands_has_one_tenure_from_the_first() {
	run(|| {
		mint(MODEL, ALICE);
		assert_eq!(Titles::current_tenure(MODEL), 0);
		assert_eq!(Titles::tenure(MODEL, 0), tenure(owner(ALICE), 0, None));
		assert_eq!(Titles::tenure(MODEL, 1), None);
	});
}

#[test]
fn what_does_not_exist_has_no_tenure_no_owner_and_no_beneficiary() {
	run(|| {
		assert_eq!(Titles::tenure(MODEL, 0), None);
		assert_eq!(Titles::owner(MODEL), None);
		assert_eq!(Titles::beneficiary(MODEL), None);
		assert_eq!((Titles::current_tenure(MODEL), Titles::changes()), (0, 0));
	});
}

#[test]
fn each_tenure_begins_with_the_change_that_ended_the_one_before() {
	run(|| {
		mint(MODEL, ALICE);
		mint(OTHER, DAVE);
		give(MODEL, ALICE, BOB);
		give(OTHER, DAVE, ALICE);
		give(OTHER, ALICE, DAVE);
		give(MODEL, BOB, CHARLIE);
		mint(DATASET, ALICE);
		give(DATASET, ALICE, BOB);

		assert_eq!(Titles::changes(), 5);
		assert_eq!(Titles::tenure(MODEL, 0), tenure(owner(ALICE), 0, 1));
		assert_eq!(Titles::tenure(MODEL, 1), tenure(owner(BOB), 1, 4));
		assert_eq!(Titles::tenure(MODEL, 2), tenure(owner(CHARLIE), 4, None));
		assert_eq!(Titles::tenure(MODEL, 3), None);
		assert_eq!(Titles::tenure(OTHER, 0), tenure(owner(DAVE), 0, 2));
		assert_eq!(Titles::tenure(OTHER, 1), tenure(owner(ALICE), 2, 3));
		assert_eq!(Titles::tenure(OTHER, 2), tenure(owner(DAVE), 3, None));
		assert_eq!(Titles::tenure(DATASET, 0), tenure(owner(ALICE), 0, 5));
		assert_eq!(Titles::tenure(DATASET, 1), tenure(owner(BOB), 5, None));
	});
}

#[test]
fn who_transfers_to_oneself_keeps_both_tenures() {
	run(|| {
		mint(MODEL, ALICE);
		give(MODEL, ALICE, ALICE);
		assert_eq!(Titles::tenure(MODEL, 0), tenure(owner(ALICE), 0, 1));
		assert_eq!(Titles::tenure(MODEL, 1), tenure(owner(ALICE), 1, None));
	});
}

#[test]
fn a_time_in_the_vault_is_a_tenure_of_the_vault_and_then_of_its_heir() {
	run(|| {
		mint(MODEL, ALICE);
		assert_ok!(Titles::vault(MODEL));
		assert_eq!(Titles::tenure(MODEL, 1), tenure(Beneficiary::Vault, 1, None));
		give(MODEL, ALICE, BOB);
		give(MODEL, BOB, CHARLIE);
		assert_eq!(Titles::tenure(MODEL, 1), tenure(Beneficiary::Vault, 1, None));
		assert_ok!(Titles::unvault(MODEL, &DAVE));

		assert_eq!(Titles::changes(), 2);
		assert_eq!(Titles::tenure(MODEL, 0), tenure(owner(ALICE), 0, 1));
		assert_eq!(Titles::tenure(MODEL, 1), tenure(owner(DAVE), 1, 2));
		assert_eq!(Titles::tenure(MODEL, 2), tenure(owner(CHARLIE), 2, None));
	});
}

#[test]
fn a_block_belongs_to_whoever_has_the_title_at_its_end() {
	run(|| {
		mint(MODEL, ALICE);
		System::set_block_number(4);
		give(MODEL, ALICE, BOB);
		System::set_block_number(7);
		give(MODEL, BOB, CHARLIE);
		give(MODEL, CHARLIE, DAVE);
		let expected = [(0, ALICE), (3, ALICE), (4, BOB), (6, BOB), (7, DAVE), (u32::MAX, DAVE)];
		for (block, who) in expected {
			assert_eq!(Titles::beneficiary_as_of(MODEL, block), Some(owner(who)), "{block}");
		}
		assert_eq!(Titles::beneficiary_as_of(OTHER, 4), None);
	});
}

#[test]
fn a_block_in_the_vault_is_the_vaults_and_then_its_heirs() {
	run(|| {
		mint(MODEL, ALICE);
		System::set_block_number(4);
		assert_ok!(Titles::vault(MODEL));
		give(MODEL, ALICE, BOB);
		assert_eq!(Titles::beneficiary_as_of(MODEL, 3), Some(owner(ALICE)));
		assert_eq!(Titles::beneficiary_as_of(MODEL, 4), Some(Beneficiary::Vault));
		System::set_block_number(9);
		assert_ok!(Titles::unvault(MODEL, &CHARLIE));
		let expected = [(3, ALICE), (4, CHARLIE), (8, CHARLIE), (9, BOB)];
		for (block, who) in expected {
			assert_eq!(Titles::beneficiary_as_of(MODEL, block), Some(owner(who)), "{block}");
		}
	});
}

/// Gives the title a past in which each owner is named after its tenure, which ended in that block.
fn put_past(title: Title, ends: &[u32]) {
	for (index, end) in (0u32..).zip(ends) {
		let beneficiary = owner(AccountId::from(index));
		let former = Tenure { beneficiary, since: 0, until: Some(1) };
		Tenures::<Test>::insert(title, index, former);
		Ends::<Test>::insert(title, index, end);
	}
	TenureCount::<Test>::insert(title, ends.len() as u32);
}

#[test]
fn whoever_had_a_title_is_found_among_a_thousand_tenures() {
	ext().execute_with(|| {
		mint(MODEL, ALICE);
		let ends: Vec<u32> = (0..1_000).map(|index| 2 * index / 3).collect();
		put_past(MODEL, &ends);
		for block in 0..=ends[999] {
			let index = ends.iter().position(|end| *end > block);
			let whose = index.map_or(ALICE, |index| index as AccountId);
			assert_eq!(Titles::beneficiary_as_of(MODEL, block), Some(owner(whose)), "{block}");
		}
	});
}

#[test]
fn no_search_reads_more_than_is_weighed() {
	assert_eq!(MAX_TENURE_READS, 1 + digits(u32::MAX) + 1);
}
