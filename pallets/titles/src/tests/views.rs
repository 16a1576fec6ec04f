//! What others read.

use frame_support::assert_ok;
use tributary_primitives::{
	title::Beneficiary,
	traits::{Titles as _, VaultedTitles as _},
	views::{Page, TenureView, TitleView, MAX_PAGE},
};

use crate::mock::*;

#[test]
fn a_title_is_shown_with_its_owner_its_vault_its_tenures_and_its_price() {
	run(|| {
		assert_eq!(Titles::title_view(MODEL), None);
		mint(MODEL, ALICE);
		let view =
			TitleView { title: MODEL, owner: ALICE, vaulted: false, tenures: 0, price: None };
		assert_eq!(Titles::title_view(MODEL), Some(view.clone()));

		assert_ok!(sign(ALICE, transfer(MODEL, BOB)));
		assert_ok!(Titles::vault(MODEL));
		assert_ok!(sign(BOB, list(MODEL, 500)));
		let changed = TitleView { owner: BOB, vaulted: true, tenures: 2, price: Some(500), ..view };
		assert_eq!(Titles::title_view(MODEL), Some(changed.clone()));

		assert_ok!(sign(CHARLIE, buy(MODEL, 600)));
		let sold = TitleView { owner: CHARLIE, price: None, ..changed };
		assert_eq!(Titles::title_view(MODEL), Some(sold));
	});
}

#[test]
fn tenures_are_listed_in_pages_that_of_today_the_last() {
	run(|| {
		assert_eq!(Titles::tenures_page(MODEL, 0, 10), Page { items: vec![], next: None });
		mint(MODEL, ALICE);
		let changes = MAX_PAGE + 1;
		for _ in 0..changes {
			assert_ok!(sign(ALICE, transfer(MODEL, ALICE)));
		}

		let first = Titles::tenures_page(MODEL, 0, u32::MAX);
		assert_eq!((first.items.len(), first.next), (MAX_PAGE as usize, Some(MAX_PAGE)));
		let rest = Titles::tenures_page(MODEL, MAX_PAGE, u32::MAX);
		let beneficiary = || Beneficiary::Owner(ALICE);
		let all = first.items.iter().chain(&rest.items).cloned().collect::<Vec<_>>();
		let expected = (0..=changes).map(|index| TenureView {
			index,
			beneficiary: beneficiary(),
			since: index.into(),
			until: (index < changes).then_some(u64::from(index) + 1),
		});
		assert_eq!((all, rest.next), (expected.collect::<Vec<_>>(), None));

		let one = Titles::tenures_page(MODEL, changes, 0);
		assert_eq!((one.items.len(), one.next), (1, None));
		let last_but_one = Titles::tenures_page(MODEL, changes - 1, 1);
		assert_eq!((last_but_one.items.len(), last_but_one.next), (1, Some(changes)));
		for from in [changes + 1, u32::MAX] {
			assert_eq!(Titles::tenures_page(MODEL, from, 10), Page { items: vec![], next: None });
		}
		assert_eq!(Titles::current_tenure(MODEL), changes);
	});
}
