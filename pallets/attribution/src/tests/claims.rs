use frame_support::{
	assert_noop, assert_ok,
	dispatch::{extract_actual_weight, GetDispatchInfo},
	traits::{fungible::Inspect, UnfilteredDispatchable},
	weights::{RuntimeDbWeight, Weight},
};
use sp_runtime::{DispatchError, Perbill};
use tributary_primitives::{
	blob,
	report::{Entry, Payout},
	title::MAX_TENURE_READS,
	traits::DatasetEarnings,
};

use super::fixture::*;
use crate::{mock::*, Call, Claims, Error, Event, PayoutProof, ReportState, Reports};

/// The contributor of source 1, 2, 3, 4 and 5. Alice is the attributor as well.
const CONTRIBUTORS: [AccountId; 5] = [BOB, CHARLIE, DAVE, EVE, ALICE];

/// A world in which `draft` is unchallenged, and the five accounts have a contribution each.
fn run_unchallenged(draft: &Draft, test: impl FnOnce()) {
	run_reported(draft, || {
		for (seq, contributor) in CONTRIBUTORS.into_iter().enumerate() {
			contribute(seq as u64, contributor, &text(seq as u64, 100), Some(seq as u32));
		}
		System::set_block_number(LAST_BLOCK + 1);
		test();
	});
}

/// Runs of 1, 2, 16, 17 and 40 payouts, that is 76 payouts in five chunks.
fn runs() -> Draft {
	Draft::of_runs(&[(1, 1), (2, 2), (3, 16), (4, 17), (5, 40)])
}

#[test]
fn runs_of_every_length_are_claimed_across_chunk_borders() {
	let lengths = [1, 2, 16, 17, 40];
	for first in 0..5 {
		for step in [1, 2, 3, 4] {
			let run = |place: u64| (place + 1, lengths[(first + step * place as usize) % 5]);
			let draft = Draft::of_runs(&[0, 1, 2, 3, 4].map(run));
			run_unchallenged(&draft, || {
				for (source, contributor) in (1..).zip(CONTRIBUTORS) {
					let before = Balances::balance(&contributor);
					let held = deposit_of(contributor);
					let fee = if contributor == ALICE { 0 } else { held };
					assert_ok!(draft.claim(contributor, source));
					let returned = held - fee - deposit_of(contributor);
					assert_eq!(
						Balances::balance(&contributor),
						before + draft.earned(source) + returned
					);
				}
				let report = Reports::<Test>::get(MODEL, EPOCH).unwrap();
				assert_eq!(report.state, ReportState::Final { claimed: draft.total() });
				assert_eq!(PotOf::get((MODEL, EPOCH)).unwrap().unclaimed, Some(0));
			});
		}
	}
}

#[test]
fn a_claim_pays_what_the_source_earned_and_says_so() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK + 1);
		assert_ok!(draft.claim(CHARLIE, 2));
		let amount = draft.payouts[1].amount + draft.payouts[2].amount;
		assert_eq!(Balances::balance(&CHARLIE), ENDOWMENT + amount);
		assert_eq!(Claims::<Test>::get(0, 2), Some(amount));
		assert_eq!(
			events().last(),
			Some(&Event::Claimed {
				model: MODEL,
				epoch: EPOCH,
				source: 2,
				contributor: CHARLIE,
				dataset: DATASET,
				amount,
				curators: 0,
			})
		);
	});
}

#[test]
fn a_claim_makes_the_report_final_if_nobody_has() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK + 1);
		assert_ok!(draft.claim(BOB, 1));
		assert!(matches!(events()[2], Event::Finalised { report: 0, .. }));
		assert_eq!(Attribution::locked(&ALICE), 0);
		assert_noop!(
			Attribution::finalise(RuntimeOrigin::signed(BOB), MODEL, EPOCH),
			Error::<Test>::AlreadyFinal
		);
	});
}

#[test]
fn the_last_claim_returns_the_reports_deposit() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK + 1);
		assert_ok!(draft.claim(CHARLIE, 2));
		assert_eq!(deposit_of(ALICE), report_deposit());
		assert_ok!(draft.claim(BOB, 1));
		assert_eq!(deposit_of(ALICE), 0);
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH).unwrap().deposit, 0);
	});
}

#[test]
fn a_claim_before_finality_is_refused() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		assert_noop!(draft.claim(BOB, 1), Error::<Test>::NotFinal);
		System::set_block_number(LAST_BLOCK);
		assert_noop!(draft.claim(BOB, 1), Error::<Test>::NotFinal);
	});
}

/// The last event says that `contributor` claimed `source` and was paid nothing.
fn paid_nothing(source: u64, contributor: AccountId) -> bool {
	events().last()
		== Some(&Event::Claimed {
			model: MODEL,
			epoch: EPOCH,
			source,
			contributor,
			dataset: DATASET,
			amount: 0,
			curators: 0,
		})
}

#[test]
fn a_second_claim_pays_nothing_and_succeeds() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK + 1);
		assert_ok!(draft.claim(CHARLIE, 2));
		let (balance, claims) = (Balances::balance(&CHARLIE), Claims::<Test>::get(0, 2));
		let report = Reports::<Test>::get(MODEL, EPOCH);
		for _ in 0..2 {
			assert_ok!(draft.claim(CHARLIE, 2));
			assert!(paid_nothing(2, CHARLIE));
		}
		assert_eq!(Balances::balance(&CHARLIE), balance);
		assert_eq!(Claims::<Test>::get(0, 2), claims);
		assert_eq!(Reports::<Test>::get(MODEL, EPOCH), report);
		assert_ok!(draft.claim(BOB, 1));
		assert_ok!(draft.claim(CHARLIE, 2));
		assert_eq!(deposit_of(ALICE), 0);
	});
}

#[test]
fn a_second_claim_by_wrong_ends_is_refused() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK + 1);
		assert_ok!(draft.claim(CHARLIE, 2));
		let part = PayoutProof { index: 2, opening: Box::new(draft.payout(1, 2)) };
		assert_noop!(claim(CHARLIE, 2, part.clone(), part), Error::<Test>::WrongRun);
	});
}

#[test]
fn curators_get_their_share_rounded_down_and_the_contributor_the_rest() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		CuratorShare::put(Perbill::from_percent(7));
		System::set_block_number(LAST_BLOCK + 1);
		assert_ok!(draft.claim(BOB, 1));
		let amount = draft.earned(1);
		let curators = 7 * amount / 100;
		assert!(7 * amount % 100 > 50, "so that it matters how it is rounded");
		assert_eq!(Balances::balance(&TITLES), ENDOWMENT + curators);
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + amount - curators);
		let claimed = Event::Claimed {
			model: MODEL,
			epoch: EPOCH,
			source: 1,
			contributor: BOB,
			dataset: DATASET,
			amount,
			curators,
		};
		assert_eq!(events().last(), Some(&claimed));
	});
}

#[test]
fn what_a_dataset_earned_by_a_model_adds_up_over_its_sources_and_epochs() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		CuratorShare::put(Perbill::from_percent(50));
		Contributed::mutate(1, |second| second.as_mut().unwrap().dataset = DATASET + 1);
		System::set_block_number(2 * EPOCH_LENGTH);
		assert_eq!(Attribution::dataset_earned(MODEL, DATASET), 0);
		assert_ok!(draft.claim(BOB, 1));
		assert_ok!(draft.claim(CHARLIE, 2));
		assert_ok!(draft.claim(BOB, 1));
		pay(MODEL, 1, &payments());
		assert_ok!(draft.post_on(ALICE, MODEL, 1, draft.total()));
		System::set_block_number(2 * EPOCH_LENGTH + CHALLENGE_WINDOW + 1);
		let (first, last) = draft.ends(1);
		assert_ok!(Attribution::claim(RuntimeOrigin::signed(BOB), MODEL, 1, 1, first, last));
		assert_eq!(Attribution::dataset_earned(MODEL, DATASET), 2 * draft.earned(1));
		assert_eq!(Attribution::dataset_earned(MODEL, DATASET + 1), draft.earned(2));
		assert_eq!(Attribution::dataset_earned(MODEL + 1, DATASET), 0);
	});
}

#[test]
fn whoever_claims_the_contributor_is_paid() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK + 1);
		for (who, source, contributor) in [(BOB, 2, CHARLIE), (EVE, 1, BOB)] {
			let [claimant, paid] = [who, contributor].map(|who| Balances::balance(&who));
			assert_ok!(draft.claim(who, source));
			assert_eq!(Balances::balance(&who), claimant);
			assert_eq!(Balances::balance(&contributor), paid + draft.earned(source));
			let Some(Event::Claimed { contributor: named, .. }) = events().pop() else {
				panic!("it is claimed")
			};
			assert_eq!(named, contributor);
		}
	});
}

#[test]
fn the_weight_for_finding_the_curators_is_given_back_where_there_is_no_part_of_theirs() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK + 1);
		let claim = |source: u64| {
			let (first, last) = draft.ends(source);
			let call = Call::<Test>::claim { model: MODEL, epoch: EPOCH, source, first, last };
			let info = call.get_dispatch_info();
			let done = call.dispatch_bypass_filter(RuntimeOrigin::signed(BOB));
			assert_ok!(done);
			info.call_weight - extract_actual_weight(&done, &info)
		};
		let weight: RuntimeDbWeight = <Test as frame_system::Config>::DbWeight::get();
		let tenures = weight.reads(MAX_TENURE_READS.into());
		assert!(tenures.ref_time() > 0);
		assert_eq!(claim(1), tenures);
		CuratorShare::put(Perbill::from_percent(10));
		assert_eq!(claim(2), Weight::zero());
		assert_eq!(claim(2), tenures);
	});
}

#[test]
fn a_claim_needs_a_signature() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK + 1);
		let (first, last) = draft.ends(1);
		assert_noop!(
			Attribution::claim(RuntimeOrigin::root(), MODEL, EPOCH, 1, first, last),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn a_claim_on_what_does_not_exist_is_refused() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK + 1);
		let (first, last) = draft.ends(1);
		for source in [0, 3, u64::MAX] {
			assert_noop!(claim(BOB, source, first.clone(), last.clone()), Error::<Test>::NotFound);
		}
		assert_noop!(
			Attribution::claim(RuntimeOrigin::signed(BOB), MODEL, EPOCH + 1, 1, first, last),
			Error::<Test>::NotFound
		);
	});
}

#[test]
fn a_source_that_earned_nothing_has_no_run_to_show() {
	let draft = Draft::of_runs(&[(1, 3), (3, 3)]);
	run_unchallenged(&draft, || {
		for source in [1, 3] {
			let (first, last) = draft.ends(source);
			assert_noop!(claim(CHARLIE, 2, first, last), Error::<Test>::WrongRun);
		}
		assert_noop!(claim(CHARLIE, 2, draft.first(3), draft.last(2)), Error::<Test>::WrongRun);
	});
}

#[test]
fn a_run_that_is_worth_nothing_pays_nothing_and_succeeds() {
	let mut draft = Draft::of_runs(&[(1, 1), (2, 2)]);
	draft.entries[0].amount = 0;
	let draft = Draft::of(draft.entries);
	run_unchallenged(&draft, || {
		for _ in 0..2 {
			assert_ok!(draft.claim(BOB, 1));
			assert!(paid_nothing(1, BOB));
		}
		assert!(!Claims::<Test>::contains_key(0, 1));
		assert_eq!(
			Reports::<Test>::get(MODEL, EPOCH).unwrap().state,
			ReportState::Final { claimed: 0 }
		);
		assert_ok!(draft.claim(CHARLIE, 2));
		assert_eq!(deposit_of(ALICE), 0);
	});
}

#[test]
fn a_batch_of_claims_does_not_fail_for_an_empty_one() {
	let draft = Draft::of_world();
	let empty =
		Draft::of(draft.entries.iter().map(|entry| Entry { amount: 0, ..*entry }).collect());
	run_reported(&draft, || {
		System::set_block_number(2 * EPOCH_LENGTH);
		pay(MODEL, 1, &payments());
		assert_ok!(draft.claim(BOB, 1));
		assert_ok!(empty.post_on(ALICE, MODEL, 1, 0));
		System::set_block_number(2 * EPOCH_LENGTH + CHALLENGE_WINDOW + 1);
		let claim = |draft: &Draft, epoch| {
			let (first, last) = draft.ends(1);
			Call::<Test>::claim { model: MODEL, epoch, source: 1, first, last }
		};
		for call in [claim(&draft, 0), claim(&empty, 1), claim(&empty, 1), claim(&draft, 0)] {
			assert_ok!(call.dispatch_bypass_filter(RuntimeOrigin::signed(BOB)));
			assert!(matches!(events().last(), Some(Event::Claimed { amount: 0, .. })));
		}
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + draft.earned(1));
	});
}

#[test]
fn anything_but_the_whole_run_is_refused() {
	let draft = runs();
	run_unchallenged(&draft, || {
		let (first, last) = (3, 18);
		let (starts, ends) = ([2, 4, 19], [2, 17, 19, 75]);
		let tried =
			starts.map(|start| (start, last)).into_iter().chain(ends.map(|end| (first, end)));
		for (start, end) in tried.chain([(last, first), (2, 19), (19, 35)]) {
			assert_noop!(
				claim(DAVE, 3, draft.first(start), draft.last(end)),
				Error::<Test>::WrongRun
			);
		}
		assert_ok!(claim(DAVE, 3, draft.first(first), draft.last(last)));
	});
}

#[test]
fn a_run_past_the_end_is_refused() {
	let draft = runs();
	run_unchallenged(&draft, || {
		for index in [76, u64::MAX] {
			let past = PayoutProof { index, ..draft.last(75) };
			assert_noop!(claim(ALICE, 5, draft.first(36), past.clone()), Error::<Test>::WrongRun);
			assert_noop!(claim(ALICE, 5, past.clone(), past), Error::<Test>::WrongRun);
		}
	});
}

#[test]
fn an_end_without_its_neighbour_is_refused() {
	let draft = Draft::of_runs(&[(1, 16), (2, 16), (3, 16)]);
	run_unchallenged(&draft, || {
		let (first, last) = draft.ends(2);
		let bare = |index| PayoutProof { index, opening: Box::new(draft.payout(index, 1)) };
		assert_noop!(claim(CHARLIE, 2, bare(16), last.clone()), Error::<Test>::OpeningNotCovered);
		assert_noop!(claim(CHARLIE, 2, first.clone(), bare(31)), Error::<Test>::OpeningNotCovered);
		assert_ok!(claim(CHARLIE, 2, first, last));
	});
}

#[test]
fn ends_that_do_not_verify_are_refused() {
	let draft = runs();
	run_unchallenged(&draft, || {
		let (first, last) = draft.ends(3);
		let spoil = |end: &PayoutProof, spoil: fn(&mut blob::Opening)| {
			let mut end = end.clone();
			spoil(&mut end.opening);
			end
		};
		type Spoil = fn(&mut blob::Opening);
		let spoilt = || -> [(Spoil, Error<Test>); 4] {
			[
				(|opening| opening.first_chunk = 5, Error::OpeningOutOfRange),
				(
					|opening| opening.bytes.truncate(opening.bytes.len() - 1),
					Error::OpeningBadLength,
				),
				(
					|opening| opening.siblings.truncate(opening.siblings.len() - 1),
					Error::OpeningBadSiblings,
				),
				(|opening| opening.bytes[0] ^= 1, Error::OpeningRootMismatch),
			]
		};
		for (how, error) in spoilt() {
			let first = spoil(&first, how);
			assert_noop!(claim(DAVE, 3, first, last.clone()), error);
		}
		for (how, error) in spoilt() {
			let last = spoil(&last, how);
			assert_noop!(claim(DAVE, 3, first.clone(), last), error);
		}
		let other = Draft::of_runs(&[(3, 76)]);
		assert_noop!(
			claim(DAVE, 3, other.first(0), other.last(75)),
			Error::<Test>::OpeningRootMismatch
		);
	});
}

/// Payouts as nobody has challenged them, each (source, amount, before).
fn unsound(payouts: &[(u64, u128, u128)]) -> Draft {
	let payout = |(at, (source, amount, before)): (usize, &(u64, u128, u128))| Payout {
		source: *source,
		ordinal: at as u64,
		amount: *amount,
		before: *before,
		reserved: 0,
	};
	Draft { payouts: payouts.iter().enumerate().map(payout).collect(), ..Draft::of_world() }
}

#[test]
fn sums_that_fall_are_no_run() {
	let draft = unsound(&[(1, 5, 100), (1, 5, 10), (2, 5, 15)]);
	run_unchallenged(&draft, || {
		assert_noop!(draft.claim(BOB, 1), Error::<Test>::WrongRun);
	});
	let draft = unsound(&[(1, 2, u128::MAX), (2, 5, 15)]);
	run_unchallenged(&draft, || {
		assert_noop!(draft.claim(BOB, 1), Error::<Test>::WrongRun);
	});
}

#[test]
fn a_claim_above_what_the_pot_holds_changes_nothing() {
	let draft = unsound(&[(1, 100, 0), (2, 5, 0)]);
	run_unchallenged(&draft, || {
		let (first, last) = draft.ends(1);
		let call = Call::<Test>::claim { model: MODEL, epoch: EPOCH, source: 1, first, last };
		assert_noop!(
			call.dispatch_bypass_filter(RuntimeOrigin::signed(BOB)),
			DispatchError::Other("the pot holds less")
		);
		assert_ok!(draft.claim(CHARLIE, 2));
	});
}

#[test]
fn claims_of_a_report_do_not_count_for_the_next() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		System::set_block_number(2 * EPOCH_LENGTH);
		assert_ok!(draft.claim(BOB, 1));
		pay(MODEL, 1, &payments());
		assert_ok!(draft.post_on(ALICE, MODEL, 1, draft.total()));
		System::set_block_number(2 * EPOCH_LENGTH + CHALLENGE_WINDOW + 1);
		let (first, last) = draft.ends(1);
		assert_ok!(Attribution::claim(RuntimeOrigin::signed(BOB), MODEL, 1, 1, first, last));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + 2 * draft.earned(1));
	});
}
