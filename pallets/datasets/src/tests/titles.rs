//! Rights move with the title; money on hold and what was contributed do not.

use sp_runtime::TokenError;

use crate::{mock::*, Call, Contributions, Datasets as Stored, Entries, Error, HoldReason};

fn set_curators(dataset: u32, of: &[AccountId]) -> Call<Test> {
	Call::set_curators { dataset, curators: curators(of) }
}

fn held_of(who: AccountId) -> u128 {
	held(HoldReason::Dataset, who)
}

#[test]
fn whoever_owns_the_title_decides_and_nobody_else() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		sell(0, BOB);
		for call in [set_curators(0, &[ALICE]), Call::set_closed { dataset: 0, closed: true }] {
			refused(ALICE, call, Error::<Test>::NotAuthorized);
		}
		dispatch(BOB, Call::set_closed { dataset: 0, closed: true }).unwrap();
		assert!(Stored::<Test>::get(0).unwrap().closed);
		assert_eq!(Datasets::dataset_view(0).unwrap().owner, BOB);
	});
}

#[test]
fn the_deposit_stays_with_its_depositor_until_a_later_owner_changes_the_curators() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		let before = held_of(ALICE);
		sell(0, BOB);
		dispatch(BOB, Call::set_closed { dataset: 0, closed: true }).unwrap();
		assert_eq!((held_of(ALICE), held_of(BOB)), (before, 0));

		dispatch(BOB, set_curators(0, &[BOB, CAROL])).unwrap();
		assert_eq!((held_of(ALICE), held_of(BOB)), (0, before + 80));
		assert_eq!(Balances::free_balance(ALICE), RICH);
		assert_eq!(Balances::free_balance(BOB), RICH - before - 80);
		let stored = Stored::<Test>::get(0).unwrap();
		assert_eq!((stored.depositor, stored.deposit), (BOB, before + 80));

		sell(0, ALICE);
		dispatch(ALICE, set_curators(0, &[CAROL])).unwrap();
		assert_eq!((held_of(ALICE), held_of(BOB)), (before, 0));
		assert_eq!(Balances::free_balance(BOB), RICH);
	});
}

#[test]
fn a_later_owner_who_cannot_hold_the_deposit_changes_no_curators() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		sell(0, PAUPER);
		refused(PAUPER, set_curators(0, &[BOB]), TokenError::FundsUnavailable);
		assert_eq!(Stored::<Test>::get(0).unwrap().depositor, ALICE);
	});
}

#[test]
fn deposits_of_many_datasets_go_back_one_by_one() {
	test_ext(|| {
		let one = {
			dataset(curated(&[CAROL]));
			held_of(ALICE)
		};
		dataset(curated(&[CAROL]));
		sell(0, BOB);
		dispatch(BOB, set_curators(0, &[BOB])).unwrap();
		assert_eq!((held_of(ALICE), held_of(BOB)), (one, one));
	});
}

#[test]
fn a_sale_changes_neither_versions_nor_entries_nor_who_is_paid() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		let seqs = [&b"a"[..], b"b", b"c"].map(|data| contributed(BOB, 0, data));
		dispatch(CAROL, Call::accept { seq: seqs[0] }).unwrap();
		dispatch(CAROL, Call::accept { seq: seqs[2] }).unwrap();
		let seen = || {
			let entries: Vec<_> = (0..3).map(|index| Entries::<Test>::get(0, index)).collect();
			let contributions = seqs.map(Contributions::<Test>::get);
			(Stored::<Test>::get(0).unwrap().version, entries, contributions)
		};
		let before = seen();
		sell(0, CAROL);
		assert_eq!(seen(), before);
		dispatch(CAROL, set_curators(0, &[ALICE])).unwrap();
		dispatch(CAROL, Call::set_closed { dataset: 0, closed: true }).unwrap();
		assert_eq!(seen(), before);
		refused(CAROL, Call::accept { seq: seqs[1] }, Error::<Test>::NotAuthorized);
		dispatch(ALICE, Call::accept { seq: seqs[1] }).unwrap();
		assert_eq!(Stored::<Test>::get(0).unwrap().version, 3);
	});
}
