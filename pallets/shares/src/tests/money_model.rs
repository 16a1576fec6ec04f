//! A second, independent model of shares and money, run beside the pallet through random interleavings.
//!
//! It shares no arithmetic, storage layout or error logic with the pallet. After each step it predicts
//! every balance to the planck.

mod books;
mod step;

use std::collections::BTreeSet;

use frame_support::storage::with_storage_layer;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sp_runtime::DispatchError;
use tributary_primitives::title::Title;

use self::{
	books::{Elsewhere, Money, Pallet, VAULTS},
	step::{history, Step, KINDS, PEOPLE, TITLES},
};
use crate::{mock::*, Event, Owed, Text, Vaults};

/// What Charlie has: not enough for every deposit.
pub const FEW: u128 = VAULT_DEPOSIT + STAKE_DEPOSIT + 40;

fn asset(title: Title) -> Option<u32> {
	Vaults::<Test>::get(title).map(|vault| vault.asset)
}

fn dispatch(step: &Step) -> Result<(), DispatchError> {
	let no_asset = DispatchError::Other("no asset");
	match *step {
		Step::Issue { who, title, supply, named } => {
			let text: &[u8] = if named { b"River" } else { b"" };
			let text = Text::truncate_from(text.to_vec());
			Shares::issue(signed(who), title, supply, text.clone(), text)
		}
		Step::Stake { who, title, shares } => Shares::stake(signed(who), title, shares),
		Step::StakeAll { who, title } => {
			let all = asset(title).map_or(1, |asset| shares(asset, who));
			Shares::stake(signed(who), title, all.try_into().unwrap())
		}
		Step::Unstake { who, title, shares } => Shares::unstake(signed(who), title, shares),
		Step::UnstakeAll { who, title } => {
			let staked = || Shares::stake_view(title, &who).map_or(0, |view| view.staked);
			let all = asset(title).map_or(1, |_| staked());
			Shares::unstake(signed(who), title, all.try_into().unwrap())
		}
		Step::Credit { title, amount } => credit(title, amount),
		Step::Claim { who, title } => Shares::claim_dividends(signed(who), title),
		Step::Send { title, from, to, shares } => {
			send(asset(title).ok_or(no_asset)?, from, to, shares.into())
		}
		Step::SendAll { title, from, to } => {
			let asset = asset(title).ok_or(no_asset)?;
			send(asset, from, to, shares(asset, from))
		}
		Step::Lose { title, from, shares } => {
			send(asset(title).ok_or(no_asset)?, from, Shares::account_id(), shares.into())
		}
		Step::Burn { title, who } => {
			Assets::refund(signed(who), asset(title).ok_or(no_asset)?, true)
		}
		Step::Dissolve { who, title } => Shares::dissolve(signed(who), title),
		Step::Collect { title, asset, who } => Shares::collect_owed(signed(BOB), title, asset, who),
		Step::Sell { title, to } => {
			Owners::insert(title, to);
			Ok(())
		}
		Step::Donate { amount } => {
			Balances::transfer_keep_alive(signed(PAYER), Shares::account_id(), amount)
		}
	}
}

fn agree(money: &Money, step: &Step) {
	let vaults = Shares::account_id();
	for who in PEOPLE.into_iter().chain([PAYER]) {
		assert_eq!(free(who), money.free(who), "free balance of {who} after {step:?}");
		assert_eq!(aside(who), money.aside(who), "deposits of {who} after {step:?}");
	}
	assert_eq!(free(vaults), money.free(VAULTS), "free balance of the vaults after {step:?}");
	assert_eq!(Shares::held(), money.held(), "revenue after {step:?}");
	assert_eq!(aside(vaults), money.aside(VAULTS) + money.held(), "vaults after {step:?}");
	let owed: Vec<_> = Owed::<Test>::iter().collect();
	assert_eq!(owed.len(), money.owed.len(), "debts after {step:?}");
	for (key, owed) in owed {
		assert_eq!(money.owed.get(&key), Some(&owed), "debts after {step:?}");
	}
	for title in TITLES {
		let view = Shares::vault_view(title);
		assert_eq!(view.is_some(), money.vaults.contains_key(&title), "vaults after {step:?}");
		let (Some(view), Some(vault)) = (view, money.vaults.get(&title)) else { continue };
		let owed = money.owed(title, vault.asset);
		let residue = vault.residue(owed) >> 64;
		assert_eq!((view.asset, view.supply), (vault.asset, vault.supply()), "after {step:?}");
		assert_eq!((view.staked, view.received), (vault.staked(), vault.received));
		assert_eq!((view.paid, view.owed, view.residue), (vault.paid, owed, residue));
		for who in PEOPLE {
			let stake = vault.stake(who);
			let due = money.owed.get(&(title, vault.asset, who)).copied().unwrap_or(0);
			assert_eq!(shares(vault.asset, who), vault.shares(who), "{who} after {step:?}");
			assert_eq!(claimable(title, who), (stake.units >> 64) + due, "{who} after {step:?}");
		}
		let in_vault = vault.staked() + vault.shares(VAULTS);
		assert_eq!(shares(vault.asset, vaults), in_vault, "shares in the vault after {step:?}");
	}
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

/// Takes the steps in both, which must agree after each. Returns the steps that were done, and the events.
fn play(steps: &[Step]) -> (Vec<Step>, Vec<Event<Test>>) {
	let mut accepted = Vec::new();
	let mut seen = Vec::new();
	run(|| {
		Balances::force_set_balance(RuntimeOrigin::root(), CHARLIE, FEW).unwrap();
		let issued = Balances::total_issuance();
		let mut money = Money::genesis();
		for step in steps {
			let done = with_storage_layer(|| dispatch(step));
			match money.apply(step) {
				Ok(()) => assert_eq!(done, Ok(()), "{step:?}"),
				Err(Pallet(error)) => assert_eq!(done, Err(error.into()), "{step:?}"),
				Err(Elsewhere) => assert!(done.is_err(), "{step:?}"),
			}
			agree(&money, step);
			assert_eq!(Balances::total_issuance(), issued);
			check();
			accepted.extend(done.is_ok().then(|| step.clone()));
		}
		seen = events();
	});
	(accepted, seen)
}

/// Else the comparison below would say little.
#[test]
fn interleavings_do_all_that_can_be_done() {
	let mut runner = TestRunner::deterministic();
	let (mut steps, mut events) = (BTreeSet::new(), Vec::new());
	for _ in 0..64 {
		let history = history(120..121).new_tree(&mut runner).unwrap().current();
		let (accepted, seen) = play(&history);
		steps.extend(accepted.iter().map(Step::kind));
		events.extend(seen);
	}
	assert_eq!(steps.len(), KINDS, "{steps:?}");
	type Expected = (&'static str, fn(&Event<Test>) -> bool);
	let expected: [Expected; 6] = [
		("dissolved with a residue", |event| {
			matches!(event, Event::Dissolved { residue: 1.., .. })
		}),
		("dissolved again", |event| matches!(event, Event::Dissolved { asset: 2.., .. })),
		("divided", |event| matches!(event, Event::RevenueDivided { staked: 3.., .. })),
		("to the owner", |event| matches!(event, Event::RevenueToOwner { .. })),
		("left owed", |event| matches!(event, Event::LeftOwed { .. })),
		("paid later", |event| matches!(event, Event::OwedPaid { amount: 1.., .. })),
	];
	for (name, found) in expected {
		assert!(events.iter().any(found), "{name}");
	}
}

proptest! {
	#![proptest_config(cases(384))]

	#[test]
	fn every_interleaving_moves_what_a_second_model_predicts(steps in history(1..120)) {
		play(&steps);
	}
}
