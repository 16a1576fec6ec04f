use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use tributary_primitives::title::Beneficiary;

use crate::{mock::*, Error, Event, Ledgers, LineageClaimed};

const PAYER: AccountId = PAYERS[0];

fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn claim_lineage(who: AccountId, model: u32, ancestor: u32) -> DispatchResult {
	match Usage::claim_lineage(signed(who), model, ancestor, 0) {
		Ok(_) => Ok(()),
		Err(refused) => Err(refused.error),
	}
}

/// What the claim of the base model's first tenure says.
fn lineage_claimed(amount: u128) -> Event<Test> {
	let beneficiary = Beneficiary::Owner(BASE_OWNER);
	Event::LineageClaimed { model: TUNE, ancestor: BASE, tenure: 0, beneficiary, amount }
}

#[test]
fn an_owner_is_paid_all_that_its_model_earned_once() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		assert_ok!(pay(PAYER, TUNE, 10_000));
		assert_eq!(Usage::claimable_view(TUNE).unwrap().owner, 11_760);
		for amount in [11_760, 0, 0] {
			assert_ok!(Usage::claim_owner(signed(TUNE_OWNER), TUNE));
			let owner = TUNE_OWNER;
			assert_eq!(last_event(), Event::OwnerClaimed { model: TUNE, owner, amount });
			assert_eq!(free(TUNE_OWNER), EXISTENTIAL_DEPOSIT + 11_760);
		}
	});
}

#[test]
fn whoever_claims_it_is_the_owner_who_is_paid() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		let before = free(PAYER);
		assert_ok!(Usage::claim_owner(signed(PAYER), TUNE));
		assert_ok!(claim_lineage(PAYER, TUNE, BASE));
		assert_eq!(free(PAYER), before);
		assert_eq!(free(TUNE_OWNER), EXISTENTIAL_DEPOSIT + 5_880);
		assert_eq!(free(BASE_OWNER), EXISTENTIAL_DEPOSIT + 980);
	});
}

#[test]
fn a_claim_on_an_unknown_model_is_refused() {
	run(|| {
		assert_noop!(Usage::claim_owner(signed(PAYER), 99), Error::<Test>::ModelNotFound);
		for (model, ancestor) in [(99, BASE), (TUNE, 99)] {
			assert_noop!(claim_lineage(PAYER, model, ancestor), Error::<Test>::ModelNotFound);
		}
	});
}

#[test]
fn an_ancestor_takes_its_rate_of_all_net_payments() {
	run(|| {
		assert_ok!(pay(PAYER, TUNE, 10_000));
		assert_ok!(claim_lineage(BASE_OWNER, TUNE, BASE));
		assert_eq!(last_event(), lineage_claimed(980));
		assert_ok!(pay(PAYER, TUNE, 105));
		assert_ok!(pay(PAYER, TUNE, 105));
		let balance = Usage::lineage_balance(TUNE, BASE).unwrap();
		assert_eq!((balance.earned, balance.claimed, balance.claimable()), (1_000, 980, 20));
		for amount in [20, 0, 0] {
			assert_ok!(claim_lineage(BASE_OWNER, TUNE, BASE));
			assert_eq!(last_event(), lineage_claimed(amount));
			assert_eq!(free(BASE_OWNER), EXISTENTIAL_DEPOSIT + 1_000);
		}
	});
}

#[test]
fn a_model_that_is_no_ancestor_earns_nothing() {
	run(|| {
		assert_ok!(pay(PAYER, BASE, 10_000));
		for (who, ancestor) in [(TUNE_OWNER, TUNE), (BASE_OWNER, BASE)] {
			assert_noop!(claim_lineage(who, BASE, ancestor), Error::<Test>::NotAnAncestor);
		}
		assert_eq!(Usage::lineage_balance(BASE, TUNE), None);
		assert_eq!(Usage::lineage_tenures(BASE, TUNE, 0, 10).items, vec![]);
	});
}

#[test]
fn a_claim_before_a_payment_pays_nothing() {
	run(|| {
		let books = Usage::books_view();
		assert_ok!(Usage::claim_owner(signed(TUNE_OWNER), TUNE));
		assert_ok!(claim_lineage(BASE_OWNER, TUNE, BASE));
		assert_eq!(last_event(), lineage_claimed(0));
		assert_ok!(Usage::collect_due(signed(PAYER), BASE_OWNER));
		assert_eq!(last_event(), Event::DuePaid { beneficiary: BASE_OWNER, amount: 0 });
		assert_eq!(Usage::books_view(), books);
		assert_eq!(LineageClaimed::<Test>::iter().count() + Ledgers::<Test>::iter().count(), 0);
	});
}

#[test]
fn dust_for_an_account_that_does_not_exist_waits() {
	const NOBODY: AccountId = 40;
	run(|| {
		MockModels::put(5, NOBODY, &[], 0);
		MockModels::put(6, NOBODY, &[(5, 50_000_000)], 900_000_000);
		assert_ok!(pay(PAYER, 6, 100));
		let claimable = Usage::claimable_view(6).unwrap();
		assert_eq!((claimable.owner, claimable.lineage[0].amount), (6, 4));
		assert_noop!(Usage::claim_owner(signed(NOBODY), 6), Error::<Test>::BelowExistentialDeposit);
		assert_noop!(claim_lineage(NOBODY, 6, 5), Error::<Test>::BelowExistentialDeposit);
		assert_ok!(pay(PAYER, 6, 100));
		assert_ok!(Usage::claim_owner(signed(NOBODY), 6));
		assert_ok!(claim_lineage(NOBODY, 6, 5));
		assert_eq!(free(NOBODY), 11 + 9);
	});
}

#[test]
fn the_residue_is_what_the_floors_leave() {
	run(|| {
		MockModels::put(8, TUNE_OWNER, &[(BASE, 333_333_333), (TUNE, 333_333_333)], 0);
		assert_ok!(pay(PAYER, 8, 103));
		let view = Usage::claimable_view(8).unwrap();
		let earned: u128 = view.lineage.iter().map(|ancestor| ancestor.amount).sum();
		assert_eq!((earned, view.owner), (66, 100 - 66));
		assert_ok!(pay(PAYER, 8, 104));
		let view = Usage::claimable_view(8).unwrap();
		let earned: u128 = view.lineage.iter().map(|ancestor| ancestor.amount).sum();
		let books = Usage::books_view();
		assert_eq!(books.deposited - view.owner - earned, 1, "one planck of residue");
	});
}

#[test]
fn the_views_say_nothing_of_an_unknown_model() {
	run(|| {
		assert_eq!(Usage::claimable_view(99), None);
		assert_eq!(Usage::pot_view(99, 0), None);
	});
}
