use frame_support::{assert_noop, assert_ok, assert_storage_noop};
use tributary_primitives::traits::Pots as _;

use crate::{mock::*, Dues, Error, Event, Pots};

const PAYER: AccountId = PAYERS[0];

/// Pays 10,000 for the base model, which puts 2,793 into the pot and 147 aside, and closes the epoch.
fn closed_epoch() {
	assert_ok!(pay(PAYER, BASE, 10_000));
	System::set_block_number(EPOCH_LENGTH);
}

#[test]
fn a_settled_pot_is_divided_between_sources_attributor_and_treasury() {
	run(|| {
		closed_epoch();
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 2_000), 793);
		assert_eq!(
			last_event(),
			Event::PotSettled {
				model: BASE,
				epoch: 0,
				attributor: ATTRIBUTOR,
				attributed: 2_000,
				attribution_fee: 147,
				residual: 793,
			}
		);
		assert_eq!(free(ATTRIBUTOR), EXISTENTIAL_DEPOSIT + 147);
		assert_eq!(free(TREASURY), 793);
		let pot = Usage::pot_view(BASE, 0).unwrap();
		assert_eq!((pot.data, pot.settled, pot.unclaimed), (2_793, true, 2_000));

		assert_ok!(Usage::pay_source(BASE, 0, &payee(SOURCE), 1_500));
		assert_eq!(
			last_event(),
			Event::SourcePaid {
				model: BASE,
				epoch: 0,
				beneficiary: SOURCE,
				dataset: DATASET,
				amount: 1_500,
				curators: 0,
			}
		);
		assert_noop!(Usage::pay_source(BASE, 0, &payee(SOURCE), 501), Error::<Test>::ExceedsPot);
		assert_ok!(Usage::pay_source(BASE, 0, &payee(SOURCE), 500));
		assert_ok!(Usage::pay_source(BASE, 0, &payee(SOURCE), 0));
		assert_eq!(free(SOURCE), 2_000);
		assert_eq!(Usage::pot_view(BASE, 0).unwrap().unclaimed, 0);
	});
}

#[test]
fn all_or_nothing_of_a_pot_may_be_attributed() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		closed_epoch();
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 2_793), 0);
		assert_ok!(Usage::settle(TUNE, 0, &ATTRIBUTOR, 0), 2_793);
		assert_eq!(free(TREASURY), 2_793);
	});
}

#[test]
fn a_pot_is_settled_once_after_its_epoch_and_for_no_more_than_it_holds() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, 10_000));
		System::set_block_number(EPOCH_LENGTH - 1);
		assert_noop!(Usage::settle(BASE, 0, &ATTRIBUTOR, 0), Error::<Test>::EpochOpen);
		System::set_block_number(EPOCH_LENGTH);
		assert_noop!(Usage::settle(TUNE, 0, &ATTRIBUTOR, 0), Error::<Test>::PotNotFound);
		assert_noop!(Usage::settle(BASE, 0, &ATTRIBUTOR, 2_794), Error::<Test>::ExceedsPot);
		assert_noop!(Usage::pay_source(BASE, 0, &payee(SOURCE), 1), Error::<Test>::PotOpen);
		assert_noop!(Usage::pay_source(TUNE, 0, &payee(SOURCE), 1), Error::<Test>::PotNotFound);
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 2_793));
		assert_noop!(Usage::settle(BASE, 0, &ATTRIBUTOR, 2_793), Error::<Test>::PotSettled);
	});
}

#[test]
fn dust_for_a_source_that_does_not_exist_waits_in_the_pot() {
	run(|| {
		closed_epoch();
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 2_000));
		assert_noop!(
			Usage::pay_source(BASE, 0, &payee(SOURCE), EXISTENTIAL_DEPOSIT - 1),
			Error::<Test>::BelowExistentialDeposit
		);
		assert_eq!(Usage::pot_view(BASE, 0).unwrap().unclaimed, 2_000);
		endow(SOURCE);
		assert_ok!(Usage::pay_source(BASE, 0, &payee(SOURCE), EXISTENTIAL_DEPOSIT - 1));
	});
}

#[test]
fn nothing_can_be_paid_to_a_source_that_does_not_exist() {
	run(|| {
		assert_storage_noop!(assert_ok!(Usage::pay_source(BASE, 0, &payee(SOURCE), 0), 0));
		closed_epoch();
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 0), 2_793);
		assert_ok!(Usage::pay_source(BASE, 0, &payee(SOURCE), 0));
		assert!(!System::account_exists(&SOURCE));
	});
}

#[test]
fn a_residual_that_can_not_create_the_treasury_stays_due_to_it() {
	run(|| {
		closed_epoch();
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 2_793 - 9), 9);
		assert_eq!(free(TREASURY), 0);
		assert_eq!(Dues::<Test>::get(TREASURY), 9);
		let events = System::events();
		let left = RuntimeEvent::Usage(Event::LeftDue { beneficiary: TREASURY, due: 9 });
		assert!(events.iter().any(|record| record.event == left));
		assert_noop!(
			Usage::collect_due(RuntimeOrigin::signed(PAYER), TREASURY),
			Error::<Test>::BelowExistentialDeposit
		);
		endow(TREASURY);
		assert_ok!(Usage::collect_due(RuntimeOrigin::signed(PAYER), TREASURY));
		assert_eq!(last_event(), Event::DuePaid { beneficiary: TREASURY, amount: 9 });
		assert_eq!(free(TREASURY), EXISTENTIAL_DEPOSIT + 9);
		assert_ok!(Usage::collect_due(RuntimeOrigin::signed(PAYER), TREASURY));
		assert_eq!(last_event(), Event::DuePaid { beneficiary: TREASURY, amount: 0 });
		assert_eq!(free(TREASURY), EXISTENTIAL_DEPOSIT + 9);
	});
}

#[test]
fn the_next_settlement_pays_what_was_left_due() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		closed_epoch();
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 2_793 - 9), 9);
		assert_ok!(Usage::settle(TUNE, 0, &ATTRIBUTOR, 2_793 - 1), 1);
		assert_eq!(free(TREASURY), 10);
		assert_eq!(Dues::<Test>::iter().count(), 0);
	});
}

#[test]
fn an_attribution_fee_that_can_not_be_paid_stays_due_and_never_blocks() {
	const NOBODY: AccountId = 40;
	run(|| {
		assert_ok!(pay(PAYER, BASE, 200));
		System::set_block_number(EPOCH_LENGTH);
		assert_eq!(Usage::pot_view(BASE, 0).unwrap().attribution_fee, 2);
		assert_ok!(Usage::settle(BASE, 0, &NOBODY, 0));
		assert_eq!(free(NOBODY), 0);
		assert_eq!(Dues::<Test>::get(NOBODY), 2);
		endow(NOBODY);
		assert_ok!(Usage::collect_due(RuntimeOrigin::signed(NOBODY), NOBODY));
		assert_eq!(free(NOBODY), EXISTENTIAL_DEPOSIT + 2);
	});
}

#[test]
fn pots_of_other_epochs_are_untouched() {
	run(|| {
		closed_epoch();
		assert_ok!(pay(PAYER, BASE, 10_000));
		let other = Pots::<Test>::get(BASE, 1);
		assert_ok!(Usage::settle(BASE, 0, &ATTRIBUTOR, 1));
		assert_eq!(Pots::<Test>::get(BASE, 1), other);
	});
}
