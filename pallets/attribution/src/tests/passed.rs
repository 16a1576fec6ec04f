//! Credit of synthetic sources.

use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use proptest::prelude::*;
use sp_runtime::{DispatchError, Perbill};
use tributary_primitives::{
	blob::Content,
	report::Entry,
	title::Payee,
	traits::{DatasetEarnings, PassedTo, ServedOutput},
};

use super::fixture::*;
use crate::{mock::*, Error, Event, PassedClaims};

/// The source that repeats an output, of Dave. It is later than those of the world.
const SYNTHETIC: u64 = 6;

/// The first output of the world's first payment: windows 0 to 76 are of source 1, 77 to 99 unowned, and
/// 100 to 136 of source 2.
fn first_output() -> ServedOutput {
	ServedOutput {
		model: MODEL,
		epoch: EPOCH,
		receipt: 0,
		item: 0,
		output: Content { root: [0; 32], len: 160 },
		windows: 137,
	}
}

/// Makes `source` one of Dave's that repeats `served`.
fn repeat(source: u64, served: ServedOutput) {
	contribute(source - 1, DAVE, b"repeated", None);
	Contributed::mutate(source - 1, |contribution| {
		contribution.as_mut().unwrap().synthetic = Some(served);
	});
}

/// A world in which the report `draft` is final, and [`SYNTHETIC`] repeats `served`.
fn run_final(draft: &Draft, served: ServedOutput, test: impl FnOnce()) {
	run_reported(draft, || {
		repeat(SYNTHETIC, served);
		System::set_block_number(LAST_BLOCK + 1);
		Attribution::finalise(RuntimeOrigin::signed(BOB), MODEL, EPOCH).unwrap();
		test();
	});
}

/// Lets `source` pass `amount` on, out of the pot of an epoch of its own.
fn pass_on(source: u64, amount: u128) {
	use tributary_primitives::traits::PassedCredit;
	PotOf::insert((99, 0), Pot { unclaimed: Some(amount), ..Default::default() });
	World::pass_on(99, 0, source, amount).unwrap();
}

fn contributor(contributor: AccountId) -> PassedTo<AccountId> {
	PassedTo::Contributor(Payee { contributor, dataset: DATASET })
}

fn left(source: u64) -> u128 {
	Buckets::get(source).unwrap_or_default().left
}

#[test]
fn a_claim_for_a_synthetic_source_is_passed_on_whoever_makes_it() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		Contributed::mutate(1, |second| second.as_mut().unwrap().synthetic = Some(first_output()));
		System::set_block_number(LAST_BLOCK + 1);
		assert_ok!(draft.claim(EVE, 2));
		let amount = draft.earned(2);
		assert_eq!(Buckets::get(2), Some(Bucket { credited: amount, left: amount }));
		assert_eq!(Balances::balance(&CHARLIE), ENDOWMENT);
		assert_eq!(
			events().last(),
			Some(&Event::ClaimPassedOn { model: MODEL, epoch: EPOCH, source: 2, amount })
		);
		assert_ok!(draft.claim(CHARLIE, 2));
		assert_eq!(
			events().last(),
			Some(&Event::ClaimPassedOn { model: MODEL, epoch: EPOCH, source: 2, amount: 0 })
		);
		assert_eq!(Attribution::dataset_earned(MODEL, DATASET), 0);
		assert_ok!(draft.claim(BOB, 1));
		assert_eq!(deposit_of(ALICE), 0, "a claim that is passed on counts as one");
	});
}

#[test]
fn each_entry_of_the_output_is_due_its_part_of_the_windows() {
	let draft = Draft::of_world();
	run_final(&draft, first_output(), || {
		pass_on(SYNTHETIC, 1_370);
		let treasury = Balances::balance(&TREASURY);
		for (ordinal, to, amount) in [
			(0, contributor(BOB), 770),
			(1, PassedTo::Treasury, 230),
			(2, contributor(CHARLIE), 370),
		] {
			assert_ok!(claim_passed(&draft, SYNTHETIC, ordinal));
			assert_eq!(
				events().last(),
				Some(&Event::PassedClaimed { source: SYNTHETIC, ordinal, to, amount })
			);
		}
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + 770);
		assert_eq!(Balances::balance(&TREASURY), treasury + 230);
		assert_eq!(Balances::balance(&CHARLIE), ENDOWMENT + 370);
		assert_eq!(left(SYNTHETIC), 0);
		assert_eq!(Attribution::dataset_earned(MODEL, DATASET), 770 + 370);
	});
}

#[test]
fn the_curators_of_an_owners_dataset_get_their_share() {
	let draft = Draft::of_world();
	run_final(&draft, first_output(), || {
		CuratorShare::put(Perbill::from_percent(10));
		pass_on(SYNTHETIC, 1_375);
		assert_ok!(claim_passed(&draft, SYNTHETIC, 0));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + 695);
		assert_eq!(Balances::balance(&TITLES), ENDOWMENT + 77);
		assert_eq!(Attribution::dataset_earned(MODEL, DATASET), 772);
	});
}

#[test]
fn a_part_is_paid_once_and_its_growth_later() {
	let draft = Draft::of_world();
	run_final(&draft, first_output(), || {
		let claims_nothing = || {
			assert_ok!(claim_passed(&draft, SYNTHETIC, 0));
			let to = contributor(BOB);
			let event = Event::PassedClaimed { source: SYNTHETIC, ordinal: 0, to, amount: 0 };
			assert_eq!(events().last(), Some(&event));
		};
		claims_nothing();
		assert!(!PassedClaims::<Test>::contains_key(SYNTHETIC, 0));
		pass_on(SYNTHETIC, 1_000);
		assert_ok!(claim_passed(&draft, SYNTHETIC, 0));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + 562);
		claims_nothing();
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + 562);
		pass_on(SYNTHETIC, 370);
		assert_ok!(claim_passed(&draft, SYNTHETIC, 0));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + 770);
		assert_eq!(PassedClaims::<Test>::get(SYNTHETIC, 0), 770);
	});
}

#[test]
fn entries_of_other_outputs_are_refused() {
	let draft = Draft::of_world();
	run_final(&draft, first_output(), || {
		pass_on(SYNTHETIC, 1_370);
		for ordinal in [3, 4] {
			assert_noop!(claim_passed(&draft, SYNTHETIC, ordinal), Error::<Test>::WrongEntry);
		}
		let mut entry = draft.entry(0, 1);
		entry.index = 99;
		assert_noop!(
			Attribution::claim_passed(RuntimeOrigin::signed(EVE), SYNTHETIC, entry),
			Error::<Test>::OpeningNotCovered
		);
		let mut other = draft.clone();
		other.entries[0].count += 1;
		assert_noop!(claim_passed(&other, SYNTHETIC, 0), Error::<Test>::OpeningRootMismatch);
	});
}

#[test]
fn a_source_that_repeats_nothing_passes_nothing_on() {
	let draft = Draft::of_world();
	run_final(&draft, first_output(), || {
		assert_noop!(claim_passed(&draft, 1, 0), Error::<Test>::NotSynthetic);
		for source in [0, 77] {
			assert_noop!(claim_passed(&draft, source, 0), Error::<Test>::NotFound);
		}
		let entry = draft.entry(0, 1);
		assert_noop!(
			Attribution::claim_passed(RuntimeOrigin::root(), SYNTHETIC, entry),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn credit_waits_for_the_outputs_own_report_to_be_final() {
	let draft = Draft::of_world();
	run_closed(|| {
		repeat(SYNTHETIC, first_output());
		pass_on(SYNTHETIC, 1_370);
		assert_noop!(claim_passed(&draft, SYNTHETIC, 0), Error::<Test>::NotFound);
		assert_ok!(draft.post(ALICE));
		assert_noop!(claim_passed(&draft, SYNTHETIC, 0), Error::<Test>::NotFinal);
		System::set_block_number(LAST_BLOCK + 1);
		assert_noop!(claim_passed(&draft, SYNTHETIC, 0), Error::<Test>::NotFinal);
		assert_ok!(Attribution::finalise(RuntimeOrigin::signed(BOB), MODEL, EPOCH));
		assert_ok!(claim_passed(&draft, SYNTHETIC, 0));
	});
}

#[test]
fn an_owner_that_passes_credit_on_itself_passes_it_further() {
	let draft = Draft::of_world();
	run_final(&draft, first_output(), || {
		Contributed::mutate(1, |second| second.as_mut().unwrap().synthetic = Some(first_output()));
		pass_on(SYNTHETIC, 1_370);
		assert_ok!(claim_passed(&draft, SYNTHETIC, 2));
		assert_eq!(
			events().last(),
			Some(&Event::PassedClaimed {
				source: SYNTHETIC,
				ordinal: 2,
				to: PassedTo::Source(2),
				amount: 370,
			})
		);
		assert_eq!(Buckets::get(2), Some(Bucket { credited: 370, left: 370 }));
		assert_ok!(claim_passed(&draft, 2, 0));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + 370 * 77 / 137);
	});
}

#[test]
fn credit_never_comes_back_to_who_passes_it_on() {
	for owner in [SYNTHETIC, SYNTHETIC + 1] {
		let mut draft = Draft::of_world();
		draft.entries[0].source = owner;
		let draft = Draft::of(draft.entries);
		run_final(&draft, first_output(), || {
			repeat(SYNTHETIC + 1, first_output());
			pass_on(SYNTHETIC, 1_370);
			let treasury = Balances::balance(&TREASURY);
			assert_ok!(claim_passed(&draft, SYNTHETIC, 0));
			assert_eq!(Balances::balance(&TREASURY), treasury + 770);
		});
	}
}

#[test]
fn an_output_without_windows_passes_all_to_the_treasury() {
	let entries = vec![
		Entry { amount: 10_001, ..Default::default() },
		Entry { receipt: 1, amount: 777, ..Default::default() },
	];
	let draft = Draft::of(entries);
	let output = Content { root: [0; 32], len: 23 };
	run_final(&draft, ServedOutput { output, windows: 0, ..first_output() }, || {
		pass_on(SYNTHETIC, 99);
		let treasury = Balances::balance(&TREASURY);
		assert_ok!(claim_passed(&draft, SYNTHETIC, 0));
		assert_eq!(Balances::balance(&TREASURY), treasury + 99);
		assert_noop!(claim_passed(&draft, SYNTHETIC, 1), Error::<Test>::WrongEntry);
	});
}

#[test]
fn an_output_of_a_withheld_receipt_passes_all_to_the_treasury() {
	let mut entries = vec![
		Entry { amount: 10_001, ..Default::default() },
		Entry { receipt: 1, amount: 777, ..Default::default() },
	];
	for (receipt, item) in [(0, 0), (0, 1), (1, 1)] {
		let draft = Draft::of(entries.clone());
		run_final(&draft, ServedOutput { receipt, item, ..first_output() }, || {
			pass_on(SYNTHETIC, 99);
			let treasury = Balances::balance(&TREASURY);
			let ordinal = u64::from(receipt);
			assert_ok!(claim_passed(&draft, SYNTHETIC, ordinal));
			assert_eq!(Balances::balance(&TREASURY), treasury + 99);
		});
	}

	// A first item without windows stands for itself alone where others follow it.
	entries.insert(1, Entry { item: 1, count: 137, ..Default::default() });
	let draft = Draft::of(entries);
	run_final(&draft, ServedOutput { item: 1, ..first_output() }, || {
		pass_on(SYNTHETIC, 99);
		assert_noop!(claim_passed(&draft, SYNTHETIC, 0), Error::<Test>::WrongEntry);
		assert_ok!(claim_passed(&draft, SYNTHETIC, 1));
	});
}

#[test]
fn no_more_is_paid_than_was_passed_on_whatever_a_final_report_says() {
	let mut draft = Draft::of_world();
	draft.entries[0].count = 137;
	let draft = Draft::of(draft.entries);
	run_final(&draft, first_output(), || {
		pass_on(SYNTHETIC, 1_370);
		assert_ok!(claim_passed(&draft, SYNTHETIC, 0));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + 1_370);
		assert_noop!(
			claim_passed(&draft, SYNTHETIC, 1),
			DispatchError::Other("the source has less left")
		);
	});
}

#[derive(Clone, Debug)]
enum Turn {
	PassOn(u128),
	Claim(u64),
}

fn turn() -> impl Strategy<Value = Turn> {
	prop_oneof![(1u128..500).prop_map(Turn::PassOn), (0u64..3).prop_map(Turn::Claim)]
}

proptest! {
	#[test]
	fn neither_the_order_of_claims_nor_their_number_matters(
		turns in prop::collection::vec(turn(), 1..40),
	) {
		let draft = Draft::of_world();
		run_final(&draft, first_output(), || {
			let mut passed = 0;
			for turn in turns {
				match turn {
					Turn::PassOn(amount) => {
						pass_on(SYNTHETIC, amount);
						passed += amount;
					}
					Turn::Claim(ordinal) => {
						assert_ok!(claim_passed(&draft, SYNTHETIC, ordinal));
					}
				}
				let paid: u128 = (0..3).map(|at| PassedClaims::<Test>::get(SYNTHETIC, at)).sum();
				assert_eq!(paid + left(SYNTHETIC), passed);
			}
			for ordinal in 0..3 {
				assert_ok!(claim_passed(&draft, SYNTHETIC, ordinal));
			}
			let due = [77, 23, 37].map(|count| passed * count / 137);
			let paid = [0, 1, 2].map(|at| PassedClaims::<Test>::get(SYNTHETIC, at));
			assert_eq!(paid, due);
			assert!(left(SYNTHETIC) < 3);
		});
	}
}
