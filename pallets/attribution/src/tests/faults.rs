use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use sp_runtime::DispatchError;
use tributary_primitives::{
	blob::{self, Opening},
	fault::{EntryProof, Fault},
};

use super::fixture::*;
use crate::{mock::*, Error, Event, Reports};

/// A way to get a report wrong, and the fault that shows it. Of an honest report it shows nothing.
pub struct Lie {
	pub tell: fn(&mut Draft),
	pub fault: fn(&Draft) -> Fault,
}

fn item(receipt: usize, item: u64) -> Opening {
	open_records(&payments()[receipt].items(), item, 1)
}

/// The output that the first four entries are of, the first with its windows 0 to 76 in source 1
/// from byte 100.
fn output() -> Vec<u8> {
	payments()[0].outputs[0].clone()
}

fn with_payouts(draft: &mut Draft) {
	*draft = Draft::of(core::mem::take(&mut draft.entries));
}

/// One lie for each kind of fault.
pub fn lies() -> [Lie; 8] {
	[
		Lie {
			tell: |draft| {
				draft.entries.remove(1);
				with_payouts(draft);
			},
			fault: |draft| Fault::Structure { entry: draft.entry(0, 2), item: Some(item(0, 0)) },
		},
		Lie {
			tell: |draft| {
				draft.entries[1].source = 99;
				with_payouts(draft);
			},
			fault: |draft| Fault::Foreign { entry: draft.entry(1, 1) },
		},
		Lie {
			tell: |draft| draft.entries[0].offset += 1,
			fault: |draft| {
				let [source, _] = sources();
				let differs = |at: &usize| output()[*at] != source[101 + at];
				let position = (0..100).find(differs).unwrap() as u64;
				Fault::Mismatch {
					entry: draft.entry(0, 1),
					item: item(0, 0),
					position,
					bytes: Some((
						blob::open(&output(), position, 1).unwrap(),
						blob::open(&source, 101 + position, 1).unwrap(),
					)),
				}
			},
		},
		Lie {
			tell: |draft| {
				draft.entries[0].source = 0;
				draft.entries[0].offset = 0;
				with_payouts(draft);
			},
			fault: |draft| Fault::Prior {
				entry: draft.entry(0, 1),
				item: item(0, 0),
				position: 5,
				output: blob::open(&output(), 5, u64::from(WINDOW)).unwrap(),
				source: 1,
				offset: 105,
				bytes: blob::open(&sources()[0], 105, u64::from(WINDOW)).unwrap(),
			},
		},
		Lie {
			tell: |draft| {
				draft.entries[0].amount += 1;
				with_payouts(draft);
			},
			fault: |draft| Fault::Amount { entry: draft.entry(0, 1), item: Some(item(0, 0)) },
		},
		Lie {
			tell: |draft| draft.payouts.swap(0, 1),
			fault: |draft| Fault::Order { index: 0, payouts: draft.payout(0, 2) },
		},
		Lie {
			tell: |draft| draft.payouts[0].amount -= 1,
			fault: |draft| Fault::Unequal {
				index: 0,
				payout: draft.payout(0, 1),
				entry: Some(draft.entry(0, 1).opening),
			},
		},
		Lie {
			tell: |draft| {
				draft.payouts.remove(1);
			},
			fault: |draft| Fault::Absent {
				entry: draft.entry(2, 1),
				index: 1,
				payouts: Some(draft.payout(0, 2)),
			},
		},
	]
}

#[test]
fn the_world_divides_as_its_texts_say() {
	let draft = Draft::of_world();
	let runs = draft.entries.iter().map(|entry| (entry.source, entry.start, entry.count));
	assert_eq!(
		runs.collect::<Vec<_>>(),
		[(1, 0, 77), (0, 77, 23), (2, 100, 37), (0, 0, 37), (2, 0, 77)]
	);
	assert_eq!(draft.payouts.len(), 3);
}

#[test]
fn every_kind_of_fault_voids_the_report_that_it_is_about() {
	for Lie { tell, fault } in lies() {
		let mut draft = Draft::of_world();
		tell(&mut draft);
		run_reported(&draft, || {
			assert_eq!(Attribution::check_fault(MODEL, EPOCH, &fault(&draft)), Some(Ok(())));
			assert_ok!(submit(0, fault(&draft)));
			assert_eq!(Reports::<Test>::get(MODEL, EPOCH), None);
		});
	}
}

#[test]
fn no_kind_of_fault_touches_an_honest_report() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		for Lie { fault, .. } in lies() {
			assert_noop!(submit(0, fault(&draft)), Error::<Test>::NoFault);
		}
	});
}

#[test]
fn a_fault_burns_half_of_the_bond_and_pays_the_other_half() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		let issuance = Balances::total_issuance();
		assert_eq!(Bond::get(), 1_001);
		assert_ok!(submit(0, fault));
		assert_eq!(bond_of(ALICE), 0);
		assert_eq!(Attribution::locked(&ALICE), 0);
		assert_eq!(deposit_of(ALICE), 0);
		assert_eq!(Balances::balance(&ALICE), ENDOWMENT - 1_001);
		assert_eq!(Balances::balance(&EVE), ENDOWMENT + 500);
		assert_eq!(Balances::total_issuance(), issuance - 501);
		assert_eq!(
			events().last(),
			Some(&Event::Voided {
				report: 0,
				model: MODEL,
				epoch: EPOCH,
				attributor: ALICE,
				challenger: EVE,
				slashed: 1_001,
				reward: 500,
				forfeited: 0,
			})
		);
	});
}

#[test]
fn a_fault_takes_no_more_than_the_bond_of_its_report() {
	let (draft, fault) = foreign();
	run_closed(|| {
		assert_ok!(Attribution::bond(RuntimeOrigin::signed(ALICE), 2_000));
		Windows::insert(8, WINDOW);
		pay(8, EPOCH, &payments());
		assert_ok!(draft.post(ALICE));
		let honest = Draft::of_world();
		assert_ok!(honest.post_on(ALICE, 8, EPOCH, honest.total()));
		assert_ok!(submit(0, fault));
		assert_eq!(bond_of(ALICE), 2_000);
		assert_eq!(Attribution::locked(&ALICE), 1_001);
		assert_eq!(deposit_of(ALICE), report_deposit());
	});
}

#[test]
fn who_challenges_oneself_loses_half() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		let issuance = Balances::total_issuance();
		assert_ok!(Attribution::submit_fault(
			authorised(),
			MODEL,
			EPOCH,
			0,
			ALICE,
			Box::new(fault)
		));
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT - 501);
		assert_eq!(Balances::total_issuance(), issuance - 501);
	});
}

#[test]
fn a_challenger_without_an_account_gets_one() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		let challenger = 77;
		assert_ok!(Attribution::submit_fault(
			authorised(),
			MODEL,
			EPOCH,
			0,
			challenger,
			Box::new(fault)
		));
		assert_eq!(Balances::balance(&challenger), 500);
	});
}

#[test]
fn a_reward_too_small_for_an_account_is_burned() {
	let (draft, fault) = foreign();
	run_closed(|| {
		Bond::set(2 * EXISTENTIAL_DEPOSIT - 1);
		assert_ok!(draft.post(ALICE));
		let issuance = Balances::total_issuance();
		let challenger = 77;
		assert_ok!(Attribution::submit_fault(
			authorised(),
			MODEL,
			EPOCH,
			0,
			challenger,
			Box::new(fault)
		));
		assert_eq!(Balances::balance(&challenger), 0);
		assert_eq!(Balances::total_issuance(), issuance - 19);
		assert!(matches!(events().last(), Some(Event::Voided { slashed: 19, reward: 0, .. })));
	});
}

#[test]
fn a_voided_report_reopens_the_epoch_for_another() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_ok!(submit(0, fault.clone()));
		assert_noop!(Draft::of_world().post(ALICE), Error::<Test>::BondTooSmall);

		System::set_block_number(REPORT_BLOCK + 2);
		assert_ok!(Attribution::bond(RuntimeOrigin::signed(BOB), Bond::get()));
		assert_ok!(Draft::of_world().post(BOB));
		let report = Attribution::report_view(MODEL, EPOCH).unwrap();
		assert_eq!((report.id, report.attributor), (1, BOB));
		assert_eq!(report.challenge_until, LAST_BLOCK + 2);
		assert_noop!(submit(0, fault.clone()), Error::<Test>::WrongReport);
		assert_noop!(submit(1, fault), Error::<Test>::OpeningRootMismatch);
	});
}

#[test]
fn a_fault_against_no_report_is_refused() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		assert_noop!(submit(1, fault.clone()), Error::<Test>::WrongReport);
		assert_ok!(submit(0, fault.clone()));
		assert_noop!(submit(0, fault.clone()), Error::<Test>::NotFound);
		assert_eq!(Attribution::check_fault(MODEL, EPOCH, &fault), None);
	});
}

#[test]
fn a_fault_is_heard_until_the_windows_last_block() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK);
		assert_ok!(submit(0, fault.clone()));
	});
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK + 1);
		assert_noop!(submit(0, fault.clone()), Error::<Test>::ChallengeOver);
		assert_ok!(Attribution::finalise(RuntimeOrigin::signed(BOB), MODEL, EPOCH));
		assert_noop!(submit(0, fault.clone()), Error::<Test>::AlreadyFinal);
		assert_eq!(Attribution::check_fault(MODEL, EPOCH, &fault), None);
	});
}

#[test]
fn a_fault_about_what_is_not_there_is_refused() {
	let (draft, _) = foreign();
	run_reported(&draft, || {
		let EntryProof { opening, .. } = draft.entry(0, 1);
		let entry = EntryProof { index: 99, opening };
		assert_noop!(submit(0, Fault::Foreign { entry }), Error::<Test>::FaultNotFound);
		let fault = Fault::Mismatch {
			entry: draft.entry(0, 1),
			item: item(0, 0),
			position: 100,
			bytes: None,
		};
		assert_noop!(submit(0, fault), Error::<Test>::FaultOutOfRange);
	});
}

#[test]
fn a_fault_needs_an_authorised_origin() {
	let (draft, fault) = foreign();
	run_reported(&draft, || {
		let origins = [RuntimeOrigin::signed(EVE), RuntimeOrigin::root(), RuntimeOrigin::none()];
		for origin in origins {
			let fault = Box::new(fault.clone());
			assert_noop!(
				Attribution::submit_fault(origin, MODEL, EPOCH, 0, EVE, fault),
				DispatchError::BadOrigin
			);
		}
	});
}
