use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo, traits::fungible::Inspect};
use sp_runtime::{DispatchError, TokenError};
use tributary_primitives::{availability::Demanded, blob::Content};

use super::fixture::*;
use crate::{mock::*, Call, Demand, Demands, Error, Event, NextDemand, Pending, WeightInfo};

#[test]
fn a_demand_is_recorded_and_its_deposit_is_held() {
	run_reported(|| {
		assert_ok!(demand(DAVE, entries_of(REPORT), 2));
		let answer_until = REPORT_BLOCK + ANSWER_WINDOW;
		assert_eq!(
			stored(0),
			Demand {
				blob: entries_of(REPORT),
				content: Content::of(&entries()),
				chunk: 2,
				demander: DAVE,
				respondent: ALICE,
				deposit: 100,
				answer_until,
			}
		);
		assert_eq!(Pending::<Test>::get((entries_of(REPORT), 2)), Some(0));
		assert_eq!(NextDemand::<Test>::get(), 1);
		assert_eq!(held(DAVE), 100);
		assert_eq!(Balances::balance(&DAVE), ENDOWMENT - 100);
		let event = Event::Demanded {
			demand: 0,
			blob: entries_of(REPORT),
			chunk: 2,
			demander: DAVE,
			respondent: ALICE,
			answer_until,
		};
		assert_eq!(events(), [event]);
	});
}

#[test]
fn the_attributor_answers_for_entries_and_payouts() {
	run_reported(|| {
		assert_ok!(demand(DAVE, entries_of(REPORT), 0));
		assert_ok!(demand(DAVE, payouts_of(REPORT), 0));
		assert_eq!(stored(0).respondent, ALICE);
		assert_eq!(stored(1).respondent, ALICE);
		assert_eq!(stored(1).content, Content::of(&payouts()));
		assert_eq!(held(DAVE), 200);
	});
}

#[test]
fn a_chunk_past_the_end_is_refused() {
	run_reported(|| {
		for (blob, chunk) in
			[(entries_of(REPORT), 3), (entries_of(REPORT), u64::MAX), (payouts_of(REPORT), 1)]
		{
			assert_noop!(demand(DAVE, blob, chunk), Error::<Test>::ChunkOutOfRange);
		}
	});
}

#[test]
fn an_empty_blob_is_refused() {
	run_reported(|| {
		let report = Report { payouts: Content::of(&[]), ..report().unwrap() };
		Posted::insert((MODEL, EPOCH), report);
		assert_noop!(demand(DAVE, payouts_of(REPORT), 0), Error::<Test>::EmptyBlob);
	});
}

#[test]
fn a_chunk_is_demanded_once_at_a_time() {
	run_reported(|| {
		assert_ok!(demand(DAVE, entries_of(REPORT), 1));
		assert_noop!(demand(EVE, entries_of(REPORT), 1), Error::<Test>::AlreadyDemanded);
		assert_ok!(demand(EVE, entries_of(REPORT), 0));
		assert_ok!(answer(0));
		assert_ok!(demand(EVE, entries_of(REPORT), 1));
		assert_eq!(Pending::<Test>::get((entries_of(REPORT), 1)), Some(2));
	});
}

#[test]
fn a_demand_that_nobody_enforces_blocks_no_consequence() {
	run_reported(|| {
		assert_ok!(demand(ALICE, entries_of(REPORT), 1));
		System::set_block_number(DEMAND_UNTIL);
		assert_ok!(demand(DAVE, entries_of(REPORT), 1));
		assert_eq!(held(DAVE), 0);
		assert_ok!(enforce(0));
		assert_eq!(report(), None);
	});
}

#[test]
fn demands_are_heard_through_the_last_block_and_no_longer() {
	run_reported(|| {
		System::set_block_number(DEMAND_UNTIL);
		assert_ok!(demand(DAVE, entries_of(REPORT), 0));
		System::set_block_number(DEMAND_UNTIL + 1);
		assert!(report().unwrap().challenge_until > DEMAND_UNTIL + 1);
		assert_noop!(demand(DAVE, entries_of(REPORT), 1), Error::<Test>::DemandsOver);
		assert_noop!(demand(DAVE, payouts_of(REPORT), 0), Error::<Test>::DemandsOver);
		assert_noop!(demand(DAVE, items_of(0), 0), Error::<Test>::DemandsOver);
		assert_noop!(demand(DAVE, output_of(0, 0), 0), Error::<Test>::DemandsOver);
		assert_noop!(demand_for_report(DAVE, 0), Error::<Test>::DemandsOver);
	});
}

#[test]
fn a_report_stays_open_for_an_answer_and_its_enforcement() {
	run_reported(|| {
		System::set_block_number(DEMAND_UNTIL - 2 * ANSWER_WINDOW);
		assert_ok!(demand(DAVE, entries_of(REPORT), 0));
		assert_eq!(report().unwrap().challenge_until, DEMAND_UNTIL);

		System::set_block_number(DEMAND_UNTIL);
		assert_ok!(demand(DAVE, entries_of(REPORT), 1));
		assert_eq!(report().unwrap().challenge_until, DEMAND_UNTIL + 2 * ANSWER_WINDOW);
		assert_eq!(stored(1).answer_until, DEMAND_UNTIL + ANSWER_WINDOW);
	});
}

#[test]
fn however_many_demands_there_are_a_report_is_kept_open_no_longer() {
	run_reported(|| {
		for block in REPORT_BLOCK..=DEMAND_UNTIL + CHALLENGE_WINDOW {
			System::set_block_number(block);
			for blob in [entries_of(REPORT), payouts_of(REPORT), items_of(0), items_of(1)] {
				for chunk in 0..3 {
					let _ = demand(DAVE, blob, chunk);
				}
			}
			for id in Demands::<Test>::iter_keys().collect::<Vec<_>>() {
				assert_ok!(answer(id));
			}
		}
		assert_eq!(report().unwrap().challenge_until, DEMAND_UNTIL + 2 * ANSWER_WINDOW);
	});
}

#[test]
fn another_or_a_final_report_is_refused() {
	run_reported(|| {
		assert_noop!(demand(DAVE, entries_of(REPORT + 1), 0), Error::<Test>::DemandsOver);
		let elsewhere = Demanded::Entries { model: MODEL + 1, epoch: EPOCH, report: REPORT };
		assert_noop!(demand(DAVE, elsewhere, 0), Error::<Test>::DemandsOver);
		let report = Report { is_final: true, ..report().unwrap() };
		Posted::insert((MODEL, EPOCH), report);
		assert_noop!(demand(DAVE, entries_of(REPORT), 0), Error::<Test>::DemandsOver);
	});
}

#[test]
fn only_outputs_come_with_an_item_and_only_contributions_with_a_report() {
	run_reported(|| {
		let item = || Some(Box::new(open_item(0, 0)));
		let place = Some((MODEL, EPOCH));
		let dave = || RuntimeOrigin::signed(DAVE);
		for blob in [entries_of(REPORT), payouts_of(REPORT), items_of(0), contribution(0)] {
			assert_noop!(
				Availability::demand(dave(), blob, 0, item(), None),
				Error::<Test>::UnexpectedItem
			);
		}
		for (blob, item) in [
			(entries_of(REPORT), None),
			(payouts_of(REPORT), None),
			(items_of(0), None),
			(output_of(0, 0), item()),
		] {
			assert_noop!(
				Availability::demand(dave(), blob, 0, item.clone(), place),
				Error::<Test>::UnexpectedReport
			);
		}
	});
}

#[test]
fn a_demand_needs_a_signature_and_its_deposit() {
	run_reported(|| {
		let blob = entries_of(REPORT);
		assert_noop!(
			Availability::demand(RuntimeOrigin::none(), blob, 0, None, None),
			DispatchError::BadOrigin
		);
		DemandDeposit::set(ENDOWMENT);
		assert_noop!(demand(DAVE, blob, 0), TokenError::FundsUnavailable);
	});
}

#[test]
fn a_demand_keeps_the_deposit_and_the_window_of_its_own_block() {
	for (deposit, window) in [(1, 2), (900, 50)] {
		run_reported(|| {
			assert_ok!(demand(DAVE, entries_of(REPORT), 0));
			assert_ok!(demand(EVE, entries_of(REPORT), 1));
			DemandDeposit::set(deposit);
			CurrentAnswerWindow::set(window);
			let before = Balances::balance(&ALICE);
			System::set_block_number(REPORT_BLOCK + ANSWER_WINDOW);
			assert_ok!(answer(0));
			assert_eq!(Balances::balance(&ALICE), before + 100);
			assert_noop!(enforce(1), Error::<Test>::AnswerOpen);
			System::set_block_number(REPORT_BLOCK + ANSWER_WINDOW + 1);
			assert_noop!(answer(1), Error::<Test>::AnswerOver);
			assert_ok!(enforce(1));
			assert_eq!((held(DAVE), held(EVE)), (0, 0));
			assert_eq!(Balances::balance(&EVE), ENDOWMENT + BOND / 2);

			post(REPORT + 1);
			let now = System::block_number();
			assert_ok!(demand(DAVE, entries_of(REPORT + 1), 0));
			assert_eq!((stored(2).deposit, stored(2).answer_until), (deposit, now + window));
		});
	}
}

#[test]
fn to_enforce_a_demand_takes_no_more_of_a_block_than_was_paid_for_it() {
	let weight = |call: Call<Test>| call.get_dispatch_info().call_weight;
	let enforce = weight(Call::enforce { demand: 0 });
	let item = Some(Box::new(open_item(1, 0)));
	for (blob, item) in [(items_of(1), None), (output_of(1, 0), item)] {
		let demand = Call::demand { blob, chunk: 0, item, keep_open: None };
		assert!(weight(demand).all_gte(enforce));
	}
}

#[test]
fn a_demand_pays_for_the_largest_answer() {
	let demand = |blob, item| {
		let call = Call::<Test>::demand { blob, chunk: 0, item, keep_open: None };
		call.get_dispatch_info().call_weight
	};
	let answer = <() as WeightInfo>::answer(8, 108) + <() as WeightInfo>::authorize_answer(8, 108);
	let item = Some(Box::new(open_item(1, 0)));
	assert!(demand(entries_of(0), None).all_gte(answer));
	assert!(demand(contribution(0), None).all_gte(answer));
	assert!(demand(output_of(1, 0), item).ref_time() > demand(items_of(1), None).ref_time());
}
