//! Budgets, counterparties and expiry: what one call, one act and one window may take.

use sp_runtime::MultiAddress;
use tributary_primitives::agent::{Breach, Budget, Currency, Mandate, Outcome};
use tributary_runtime::{
	params::{EXISTENTIAL_DEPOSIT, TRIB},
	Runtime, RuntimeCall,
};

use super::index;
use crate::{
	agents::scene::{
		act, acted, acting, batch_all, breach, counterparties, do_act, gift, mandate, wide, Agents,
		Balances, FRIEND, FUNDS, HOLDER, OPERATOR, STAKE, WINDOW,
	},
	chain::address,
	report::Attribution,
};

type System = frame_system::Call<Runtime>;

/// A mandate for these calls that may take so much by a call, and twice and a half that in a window.
fn bounded(calls: &[RuntimeCall], per_call: u128) -> Mandate<tributary_runtime::AccountId> {
	Mandate { native: Budget { per_call, per_window: per_call * 5 / 2 }, ..wide(calls) }
}

fn over_call(spent: u128, budget: u128) -> Breach {
	Breach::CallBudget { currency: Currency::Native, spent, budget }
}

fn over_window(spent: u128, budget: u128) -> Breach {
	Breach::WindowBudget { currency: Currency::Native, spent, budget }
}

#[test]
fn one_planck_more_than_a_call_may_take() {
	let (mut chain, agent) = acting(&[gift(0)]);
	mandate(&mut chain, &agent, bounded(&[gift(0)], TRIB));
	assert_eq!(breach(&mut chain, &agent, gift(TRIB + 1)), over_call(TRIB + 1, TRIB));
	assert_eq!(chain.free(&agent.account), FUNDS);
	do_act(&mut chain, &agent, gift(TRIB));
	assert_eq!(chain.free(&agent.account), FUNDS - TRIB);
	chain.check();
}

#[test]
fn small_gifts_in_one_batch() {
	let batch = |count: usize| batch_all(vec![gift(TRIB); count]);
	let (mut chain, agent) = acting(&[batch(1)]);
	mandate(&mut chain, &agent, bounded(&[batch(1)], TRIB));
	assert_eq!(breach(&mut chain, &agent, batch(3)), over_window(3 * TRIB, 5 * TRIB / 2));
	assert_eq!(chain.free(&agent.account), FUNDS);
	do_act(&mut chain, &agent, batch(2));
	chain.check();
}

#[test]
fn small_gifts_in_one_window() {
	let (mut chain, agent) = acting(&[gift(0)]);
	mandate(&mut chain, &agent, bounded(&[gift(0)], TRIB));
	do_act(&mut chain, &agent, gift(TRIB));
	let first = chain.number();
	chain.until(first + WINDOW - 3);
	do_act(&mut chain, &agent, gift(TRIB));
	let over = over_window(3 * TRIB, 5 * TRIB / 2);
	assert_eq!(breach(&mut chain, &agent, gift(TRIB)), over);
	assert!(chain.number() < first + WINDOW);
	// A bucket has two blocks, and counts until none of them is in the window.
	chain.until(first + WINDOW + 2);
	do_act(&mut chain, &agent, gift(TRIB));
	assert_eq!(chain.free(&agent.account), FUNDS - 3 * TRIB);
	chain.check();
}

#[test]
fn several_acts_in_one_block() {
	let (mut chain, agent) = acting(&[gift(0)]);
	mandate(&mut chain, &agent, bounded(&[gift(0)], TRIB));
	let acts = (0..4)
		.map(|ahead| {
			let call = Agents::act { agent: agent.id, call: Box::new(gift(TRIB)) };
			chain.signed_ahead(OPERATOR, ahead, call)
		})
		.collect();
	assert_eq!(chain.block(acts), [Ok(()); 4], "each leaves a record");
	assert_eq!(chain.free(&agent.account), FUNDS - 2 * TRIB);
	chain.check();
}

#[test]
fn what_a_batch_brings_in_hides_nothing_that_it_sends_away() {
	let bond = Attribution::bond { amount: 100 * TRIB };
	let back: RuntimeCall = Attribution::unbond { amount: 100 * TRIB }.into();
	let batch = batch_all([back, gift(100 * TRIB)]);
	let calls = [bond.clone().into(), batch.clone()];
	let (mut chain, agent) = acting(&calls);
	do_act(&mut chain, &agent, bond);
	let tight = Budget { per_call: 99 * TRIB, per_window: u128::MAX };
	mandate(&mut chain, &agent, Mandate { native: tight, ..wide(&calls) });
	assert_eq!(breach(&mut chain, &agent, batch), over_call(100 * TRIB, 99 * TRIB));
	assert_eq!(chain.free(&agent.account), FUNDS - 100 * TRIB);
	chain.check();
}

#[test]
fn money_that_is_held_and_not_sent() {
	let bond = Attribution::bond { amount: TRIB + 1 };
	let calls = [bond.clone().into()];
	let (mut chain, agent) = acting(&calls);
	mandate(&mut chain, &agent, bounded(&calls, TRIB));
	assert_eq!(breach(&mut chain, &agent, bond), over_call(TRIB + 1, TRIB));
	do_act(&mut chain, &agent, Attribution::bond { amount: TRIB });
	chain.check();
}

#[test]
fn all_that_there_is() {
	let all: [RuntimeCall; 3] = [
		Balances::transfer_all { dest: address(FRIEND), keep_alive: false }.into(),
		Balances::transfer_all { dest: address(FRIEND), keep_alive: true }.into(),
		Balances::burn { value: FUNDS - EXISTENTIAL_DEPOSIT, keep_alive: false }.into(),
	];
	let (mut chain, agent) = acting(&all);
	mandate(&mut chain, &agent, bounded(&all, TRIB));
	for call in all {
		let spent = match breach(&mut chain, &agent, call) {
			Breach::CallBudget { currency: Currency::Native, spent, .. } => spent,
			other => panic!("{other:?}"),
		};
		assert!(spent >= FUNDS - EXISTENTIAL_DEPOSIT, "{spent}");
		assert_eq!(chain.free(&agent.account), FUNDS);
	}
	chain.check();
}

#[test]
fn what_is_staked() {
	let (mut chain, agent) = acting(&[gift(0)]);
	assert_eq!(act(&mut chain, &agent, gift(FUNDS + STAKE / 2)), Outcome::Failed);
	assert_eq!(chain.free(&agent.account), FUNDS);
	chain.check();
}

#[test]
fn somebody_who_is_no_counterparty() {
	let calls = [batch_all([gift(0)])];
	let (mut chain, agent) = acting(&calls);
	let counterparties = counterparties([HOLDER.to_account_id()]);
	mandate(&mut chain, &agent, Mandate { counterparties, ..wide(&calls) });
	let expected = Breach::Counterparty(index(&gift(0)));
	assert_eq!(breach(&mut chain, &agent, gift(TRIB)), expected);
	let home: RuntimeCall =
		Balances::transfer_keep_alive { dest: address(HOLDER), value: TRIB }.into();
	assert_eq!(breach(&mut chain, &agent, batch_all([gift(TRIB)])), expected);
	assert_eq!(breach(&mut chain, &agent, home.clone()), Breach::NotAllowed(index(&home)));
	let to_holder = Balances::transfer_allow_death { dest: address(HOLDER), value: TRIB };
	do_act(&mut chain, &agent, to_holder);
	chain.check();
}

#[test]
fn an_address_that_names_no_account() {
	let bytes: [u8; 32] = FRIEND.to_account_id().into();
	let dest = MultiAddress::Raw(bytes.to_vec());
	let call: RuntimeCall = Balances::transfer_allow_death { dest, value: TRIB }.into();
	let (mut chain, agent) = acting(std::slice::from_ref(&call));
	let expected = Breach::NotDelegable(index(&call));
	assert_eq!(breach(&mut chain, &agent, call), expected);
	chain.check();
}

#[test]
fn fees_and_tips_of_the_transaction() {
	let remark: RuntimeCall = System::remark { remark: vec![0; 1_000] }.into();
	let calls = [remark.clone()];
	let (mut chain, agent) = acting(&calls);
	mandate(&mut chain, &agent, bounded(&calls, 0));
	let act = Agents::act { agent: agent.id, call: Box::new(remark) };
	let tipped = chain.tipped(OPERATOR, 50 * TRIB, act);
	assert_eq!(chain.block(vec![tipped]), [Ok(())]);
	assert_eq!(acted(&mut chain).0.outcome, Outcome::Done);
	assert_eq!(chain.free(&agent.account), FUNDS, "the operator pays them");
	chain.check();
}

#[test]
fn a_mandate_that_has_expired() {
	let calls = [gift(0)];
	let (mut chain, agent) = acting(&calls);
	let expires_at = chain.number() + 4;
	mandate(&mut chain, &agent, Mandate { expires_at, ..wide(&calls) });
	chain.until(expires_at - 1);
	do_act(&mut chain, &agent, gift(TRIB));
	assert_eq!(breach(&mut chain, &agent, gift(TRIB)), Breach::Expired);
	assert_eq!(chain.free(&agent.account), FUNDS - TRIB);
	chain.check();
}
