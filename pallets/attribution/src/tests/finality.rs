use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use sp_runtime::DispatchError;
use tributary_primitives::views::ReportStateView;

use super::fixture::*;
use crate::{mock::*, Error, Event, ReportState, Reports};

fn finalise() -> sp_runtime::DispatchResult {
	Attribution::finalise(RuntimeOrigin::signed(DAVE), MODEL, EPOCH)
}

fn state() -> ReportStateView {
	Attribution::report_view(MODEL, EPOCH).unwrap().state
}

#[test]
fn anyone_makes_an_unchallenged_report_final() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		System::set_block_number(LAST_BLOCK + 1);
		assert_eq!(state(), ReportStateView::Unchallenged);
		assert_ok!(finalise());
		assert_eq!(state(), ReportStateView::Final);

		let residual = 10_778 - draft.total();
		assert_eq!(Balances::balance(&TREASURY), ENDOWMENT + residual);
		assert_eq!(
			Balances::total_balance(&ALICE),
			ENDOWMENT + FEE,
			"the attributor gets the attribution fee"
		);
		assert_eq!(Attribution::locked(&ALICE), 0);
		assert_eq!(bond_of(ALICE), Bond::get());
		assert_eq!(deposit_of(ALICE), report_deposit());
		let report = Reports::<Test>::get(MODEL, EPOCH).unwrap();
		assert_eq!(report.state, ReportState::Final { claimed: 0 });
		assert_eq!(
			events().last(),
			Some(&Event::Finalised {
				report: 0,
				model: MODEL,
				epoch: EPOCH,
				attributor: ALICE,
				total: draft.total(),
				residual,
			})
		);
	});
}

#[test]
fn a_report_in_its_window_is_not_made_final() {
	run_reported(&Draft::of_world(), || {
		assert_noop!(finalise(), Error::<Test>::NotFinal);
		System::set_block_number(LAST_BLOCK);
		assert_eq!(state(), ReportStateView::Challengeable);
		assert_noop!(finalise(), Error::<Test>::NotFinal);
	});
}

#[test]
fn a_report_is_made_final_once() {
	run_reported(&Draft::of_world(), || {
		System::set_block_number(LAST_BLOCK + 1);
		assert_ok!(finalise());
		assert_noop!(finalise(), Error::<Test>::AlreadyFinal);
	});
}

#[test]
fn no_report_is_not_made_final() {
	run_closed(|| {
		System::set_block_number(LAST_BLOCK + 1);
		assert_noop!(finalise(), Error::<Test>::NotFound);
		assert_eq!(Attribution::report_view(MODEL, EPOCH), None);
	});
}

#[test]
fn finalising_needs_a_signature() {
	run_reported(&Draft::of_world(), || {
		System::set_block_number(LAST_BLOCK + 1);
		assert_noop!(
			Attribution::finalise(RuntimeOrigin::none(), MODEL, EPOCH),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn a_report_that_attributes_nothing_gets_its_deposit_back_at_once() {
	let unowned = Draft { payouts: Vec::new(), ..Draft::of_world() };
	run_reported(&unowned, || {
		assert_eq!(deposit_of(ALICE), report_deposit());
		System::set_block_number(LAST_BLOCK + 1);
		assert_ok!(finalise());
		assert_eq!(deposit_of(ALICE), 0);
		assert_eq!(Balances::balance(&TREASURY), ENDOWMENT + 10_778);
	});
}

#[test]
fn a_pot_that_does_not_settle_leaves_the_report_open() {
	run_reported(&Draft::of_world(), || {
		System::set_block_number(LAST_BLOCK + 1);
		let pot = PotOf::get((MODEL, EPOCH)).unwrap();
		PotOf::insert((MODEL, EPOCH), Pot { unclaimed: Some(1), ..pot });
		assert_noop!(finalise(), DispatchError::Other("the pot is settled"));
		assert_eq!(state(), ReportStateView::Unchallenged);
	});
}
