//! Any order of calls keeps the state sound and the money whole. What each account should hold is
//! kept by a second, smaller book that knows the rules alone.

mod book;
mod steps;

use frame_support::traits::fungible::Inspect;
use proptest::prelude::*;
use tributary_primitives::traits::DatasetEarnings;

use self::{
	book::{output, Book, Standing, SYNTHETIC},
	steps::{step, take, Step},
};
use super::fixture::*;
use crate::mock::*;

const MODELS: [u32; 2] = [MODEL, MODEL + 1];
const ACCOUNTS: [AccountId; 8] = [ALICE, BOB, CHARLIE, DAVE, EVE, POTS, TREASURY, TITLES];

fn check_books(book: &Book) {
	check();
	let total = ACCOUNTS.len() as u128 * ENDOWMENT;
	assert_eq!(Balances::total_issuance(), total - book.burned);
	let held: u128 = ACCOUNTS.iter().map(Balances::total_balance).sum();
	assert_eq!(held, Balances::total_issuance());
	for who in ACCOUNTS {
		let growth = book.growth.get(&who).copied().unwrap_or(0);
		assert_eq!(Balances::total_balance(&who) as i128, ENDOWMENT as i128 + growth);
		assert_eq!(bond_of(who), book.bond(who));
		assert_eq!(Attribution::locked(&who), book.locked(who));
		let announced = book.announcements.keys().filter(|(_, announcer)| *announcer == who);
		let deposits = announced.count() as u128 * announcement_deposit();
		assert_eq!(Attribution::announcement_deposits(&who), deposits);
	}
	for place in MODELS.into_iter().flat_map(|model| [(model, 0), (model, 1)]) {
		let known = book.reports.get(&place).map(|known| (known.id, known.until));
		let report = Attribution::report_view(place.0, place.1);
		assert_eq!(report.map(|report| (report.id, report.challenge_until)), known);
	}
	for id in 0..book.next {
		let waiting = book.waiting.get(&id).map(|waiting| {
			let beneficiary = match waiting.standing {
				Standing::Blameless => waiting.report.attributor,
				Standing::Submitted(who) | Standing::Announced(_, who) => who,
			};
			(beneficiary, waiting.amount, waiting.until)
		});
		let reward = Attribution::reward_view(id)
			.map(|reward| (reward.beneficiary, reward.amount, reward.reveal_until));
		assert_eq!(reward, waiting);
	}
	for model in MODELS {
		let earned = book.earned.get(&model).copied().unwrap_or(0);
		assert_eq!(Attribution::dataset_earned(model, DATASET), earned);
	}
	let bucket = Buckets::get(SYNTHETIC).unwrap_or_default();
	assert_eq!((bucket.credited, bucket.left), (book.passed, book.passed - book.paid_of_passed()));
}

/// As many cases as `PROPTEST_CASES` says, and `cases` where it says nothing.
fn cases(cases: u32) -> ProptestConfig {
	let asked = std::env::var_os("PROPTEST_CASES").is_some();
	let config = ProptestConfig::default();
	if asked {
		config
	} else {
		ProptestConfig { cases, ..config }
	}
}

proptest! {
	#![proptest_config(cases(384))]

	#[test]
	fn any_order_of_calls_keeps_the_books(
		synthetic: bool,
		steps in prop::collection::vec(step(), 1..96),
	) {
		run(|| {
			populate();
			for model in MODELS {
				Windows::insert(model, WINDOW);
				Corpora::insert(model, DATASET, 2);
				for epoch in [0, 1] {
					pay(model, epoch, &payments());
				}
			}
			if synthetic {
				Contributed::mutate(SYNTHETIC - 1, |contribution| {
					contribution.as_mut().unwrap().synthetic = Some(output());
				});
			}
			System::set_block_number(REPORT_BLOCK);
			let mut book = Book { synthetic, ..Default::default() };
			let bonds = (ALICE..=CHARLIE).map(|who| Step::Bond(who, 2 * Bond::get()));
			for step in bonds.chain(steps) {
				take(&mut book, step);
				check_books(&book);
			}
		});
	}
}
