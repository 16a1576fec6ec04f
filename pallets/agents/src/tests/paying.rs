//! How what an agent is paid is divided.

use frame_support::{
	assert_noop, assert_ok,
	traits::{LockableCurrency, WithdrawReasons},
};
use sp_runtime::{DispatchError, Perbill};
use tributary_primitives::{
	blob::Content,
	ids::AgentId,
	title::{Beneficiary, Title},
};

use super::fixture::*;
use crate::{
	mock::{
		world::{Burned, Receipts, Vaulted, REFUSED},
		*,
	},
	Error, Event, ModelPayment, Stakes,
};

fn with_models(models: &[(u32, u32)], retention: u32) -> AgentId {
	let id = create();
	let retention = Perbill::from_percent(retention);
	Agents::set_models(signed(ALICE), id, rates(models), retention).unwrap();
	id
}

#[test]
fn a_payment_is_divided_to_the_planck() {
	run(|| {
		let id = with_models(&[(0, 20), (2, 0), (1, 10)], 25);
		let (alice, revenue) = (free(ALICE), free(REVENUE));
		assert_ok!(pay(PAYER, id, 10_001));
		// 2,000 and 1,000 to the models; of 7,001 the fee is 141; of 6,860 a quarter is retained.
		assert_eq!(free(REVENUE), revenue + 1_960 + 980);
		assert_eq!(Stakes::<Test>::get(id).bonded, STAKE + 1_715);
		assert_eq!(free(ALICE), alice + 5_145);
		assert_eq!(free(PAYER), ENDOWMENT - 10_001 - FOR_PAYER);
		// Half of 40, 20 and 141, rounded up.
		assert_eq!(Burned::get(), 20 + 10 + 71);
		let (outputs, _) = outputs();
		let models = [
			ModelPayment { model: 0, amount: 2_000, epoch: 9, receipt: 0 },
			ModelPayment { model: 1, amount: 1_000, epoch: 9, receipt: 0 },
		];
		assert_eq!(
			last_event(),
			Event::Paid {
				agent: id,
				payer: PAYER,
				outputs,
				amount: 10_001,
				models: models.to_vec().try_into().unwrap(),
				protocol_fee: 141,
				retained: 1_715,
				rest: 5_145,
				beneficiary: Beneficiary::Owner(ALICE),
				burned: 101,
			}
		);
	});
}

#[test]
fn each_payment_leaves_a_receipt_for_each_model() {
	run(|| {
		let id = with_models(&[(0, 10), (1, 90)], 0);
		for receipts in 1..3 {
			assert_ok!(pay(PAYER, id, 1_000));
			assert_eq!((Receipts::get(0), Receipts::get(1)), (Some(receipts), Some(receipts)));
		}
	});
}

#[test]
fn what_a_vaulted_title_earns_goes_to_its_vault() {
	run(|| {
		let id = with_models(&[], 10);
		World::vault(Title::agent(id));
		let alice = free(ALICE);
		assert_ok!(pay(PAYER, id, 1_000));
		assert_eq!(Vaulted::get(Title::agent(id)), Some(882));
		assert_eq!(free(VAULTS), ENDOWMENT + 882);
		assert_eq!(free(ALICE), alice);
		let Event::Paid { beneficiary, rest, .. } = last_event() else { panic!("not paid") };
		assert_eq!((beneficiary, rest), (Beneficiary::Vault, 882));
	});
}

#[test]
fn what_the_owners_account_could_not_take_is_retained() {
	run(|| {
		let id = with_models(&[(0, 90)], 0);
		assert_ok!(sell(id, NOBODY));
		assert_ok!(pay(PAYER, id, 120));
		// Of 120, 108 are the model's; of 12 the fee is 1, and 11 are enough for an account.
		assert_eq!(free(NOBODY), 11);
		assert_ok!(sell(id, NOBODY + 1));
		assert_ok!(pay(PAYER, id, 112));
		// Of 112, 100 are the model's; the fee is 1, and 11 are left once more.
		assert_eq!(free(NOBODY + 1), 11);
		assert_ok!(sell(id, NOBODY + 2));
		assert_ok!(Agents::set_models(signed(NOBODY + 2), id, rates(&[(0, 92)]), Perbill::zero()));
		assert_ok!(pay(PAYER, id, 112));
		// Of 112, 103 are the model's; the fee is 1, and 8 are too few.
		assert_eq!(free(NOBODY + 2), 0);
		assert_eq!(Stakes::<Test>::get(id).bonded, STAKE + 8);
		let Event::Paid { retained, rest, .. } = last_event() else { panic!("not paid") };
		assert_eq!((retained, rest), (8, 0));
	});
}

#[test]
fn all_of_it_may_be_the_models_or_retained() {
	run(|| {
		let id = with_models(&[(0, 100)], 100);
		assert_ok!(pay(PAYER, id, 1_000));
		assert_eq!(Stakes::<Test>::get(id).bonded, STAKE);
		let id = with_models(&[], 100);
		let alice = free(ALICE);
		assert_ok!(pay(PAYER, id, 1_000));
		assert_eq!(Stakes::<Test>::get(id).bonded, STAKE + 980);
		assert_eq!(free(ALICE), alice);
	});
}

#[test]
fn a_payment_or_a_part_below_the_least_payment_is_refused() {
	run(|| {
		let id = with_models(&[(0, 50)], 0);
		assert_noop!(pay(PAYER, id, MIN_PAYMENT - 1), Error::<Test>::PaymentTooSmall);
		assert_noop!(pay(PAYER, id, 2 * MIN_PAYMENT - 1), Error::<Test>::ModelPartTooSmall);
		assert_ok!(pay(PAYER, id, 2 * MIN_PAYMENT));
	});
}

#[test]
fn what_a_payment_for_a_model_fails_with_fails_it() {
	run(|| {
		let id = with_models(&[(0, 10), (REFUSED, 10)], 0);
		assert_noop!(pay(PAYER, id, 10_000), DispatchError::Other("no such model"));
	});
}

#[test]
fn the_outputs_are_shown_whether_a_model_is_paid_or_not() {
	run(|| {
		for (models, error) in [
			(vec![], Error::<Test>::BadOutputsTail.into()),
			(vec![(0, 50)], DispatchError::Other("not the tail")),
		] {
			let id = with_models(&models, 0);
			let (outputs, tail) = outputs();
			let other = Content { len: outputs.len + 64, ..outputs };
			let call = Agents::pay(signed(PAYER), id, other, tail, 10_000);
			assert_eq!(call.unwrap_err().error, error);
		}
	});
}

#[test]
fn a_paused_agent_is_paid_and_a_retired_one_is_not() {
	run(|| {
		let id = create();
		assert_ok!(Agents::pause(signed(ALICE), id));
		assert_ok!(pay(PAYER, id, 1_000));
		assert_ok!(Agents::retire(signed(ALICE), id));
		assert_noop!(pay(PAYER, id, 1_000), Error::<Test>::Retired);
		assert_noop!(pay(PAYER, id + 1, 1_000), Error::<Test>::AgentNotFound);
	});
}

#[test]
fn nobody_pays_what_is_not_there_or_is_frozen() {
	run(|| {
		let id = with_models(&[(0, 100)], 0);
		let most = ENDOWMENT - EXISTENTIAL_DEPOSIT;
		assert_noop!(pay(PAYER, id, most + 1), Error::<Test>::InsufficientFunds);
		Balances::set_lock(*b"freezing", &PAYER, ENDOWMENT - 500, WithdrawReasons::all());
		assert_noop!(pay(PAYER, id, 501), Error::<Test>::InsufficientFunds);
		assert_ok!(pay(PAYER, id, 500));
	});
}

#[test]
fn an_owner_pays_its_own_agent_at_the_cost_of_the_fees() {
	run(|| {
		let id = with_models(&[], 0);
		let alice = free(ALICE);
		assert_ok!(pay(ALICE, id, 1_000));
		assert_eq!(free(ALICE), alice - 20);
	});
}

#[test]
fn an_agent_whose_stake_was_lost_earns_it_back() {
	run(|| {
		use tributary_primitives::traits::OnSlash;
		let id = with_models(&[], 50);
		Agents::slashed(&account(id), u128::MAX);
		assert_ok!(pay(PAYER, id, 2_000));
		assert_eq!(Stakes::<Test>::get(id).bonded, 980);
	});
}
