//! A second, independent model of the money, run beside the pallet through random interleavings.
//!
//! It shares no arithmetic, storage layout or error logic with the pallet: amounts are plain integers,
//! rates are parts per billion, and lineage is kept as what had been paid when each tenure began and what
//! has been since. After each step it predicts every balance.

mod books;
mod deeds;
mod step;

use std::collections::BTreeMap;

use frame_support::storage::with_storage_layer;
use proptest::prelude::*;
use sp_runtime::DispatchError;
use tributary_primitives::{
	title::Title,
	traits::{PassedCredit as _, Pots as _, Receipts as _, WithholdReceipts as _},
};

use self::{
	books::{Currency, Money, Pallet, DATASETS, MODELS},
	step::{part_of, step, Step, PEOPLE},
};
use crate::{mock::*, Dues, Passed};

fn dispatch(step: &Step) -> Result<(), DispatchError> {
	let signed = RuntimeOrigin::signed;
	match *step {
		Step::Pay { payer, model, amount } => pay(payer, model, amount),
		Step::ClaimOwner { model } => Usage::claim_owner(signed(PAYERS[1]), model),
		Step::ClaimLineage { model, ancestor, tenure } => {
			Usage::claim_lineage(signed(PAYERS[1]), model, ancestor, tenure)
				.map(|_| ())
				.map_err(|refused| refused.error)
		}
		Step::Settle { model, epoch, attributor, permille } => {
			let data = Usage::pot_view(model, epoch).map_or(0, |pot| pot.data);
			Usage::settle(model, epoch, &attributor, part_of(data, permille)).map(|_| ())
		}
		Step::PaySource { model, epoch, ref payee, amount } => {
			Usage::pay_source(model, epoch, payee, amount).map(|_| ())
		}
		Step::Release { who, model, epoch, index } => {
			Usage::release_receipt(signed(who), model, epoch, index)
		}
		Step::Withhold { model, epoch, index } => Usage::withhold(model, epoch, index),
		Step::PassOn { model, epoch, source, permille } => {
			let unclaimed = Usage::pot_view(model, epoch).map_or(0, |pot| match pot.settled {
				true => pot.unclaimed,
				false => pot.data,
			});
			Usage::pass_on(model, epoch, source, part_of(unclaimed, permille))
		}
		Step::PayPassed { source, ref to, permille } => {
			let left = Passed::<Test>::get(source).left;
			Usage::pay_passed(source, to, part_of(left, permille))
		}
		Step::CollectDue { who } => Usage::collect_due(signed(PAYERS[0]), who),
		Step::Sell { title, to } => {
			MockTitles::transfer(title, to);
			Ok(())
		}
		Step::Vault { title } => {
			MockTitles::vault(title);
			Ok(())
		}
		Step::Unvault { title, heir } => {
			MockTitles::unvault(title, heir);
			Ok(())
		}
		Step::Donate { amount } => {
			Balances::transfer_keep_alive(signed(PAYERS[0]), Usage::account_id(), amount)
		}
		Step::Wait { blocks } => {
			System::set_block_number(System::block_number() + blocks);
			Ok(())
		}
	}
}

fn agree(money: &Money, step: &Step) {
	let others = [FEES, TUNE_OWNER, PAYERS[1], VAULTS, Usage::account_id()];
	for who in PEOPLE.into_iter().chain(others) {
		assert_eq!(free(who), money.free(who), "free balance of {who} after {step:?}");
		let held = match who == Usage::account_id() {
			true => money.held,
			false => money.deposits.get(&who).copied().unwrap_or(0),
		};
		assert_eq!(Balances::reserved_balance(who), held, "holds of {who} after {step:?}");
	}
	let books = Usage::books_view();
	assert_eq!(
		(books.deposited, books.claimed, books.held),
		(money.paid_in, money.paid_out, money.held),
		"books after {step:?}"
	);
	for (model, _, lineage, _) in MODELS {
		let view = Usage::claimable_view(model).unwrap();
		assert_eq!(view.owner, money.owners.get(&model).copied().unwrap_or(0));
		for (ancestor, rate) in lineage {
			let tenures = Usage::lineage_tenures(model, *ancestor, 0, 256).items;
			assert_eq!(tenures.len(), money.deeds.tenures(Title::model(*ancestor)));
			for (index, seen) in (0..).zip(tenures) {
				let left = money.claimable_lineage(model, (*ancestor, *rate), index);
				assert_eq!((seen.tenure, seen.amount), (index, left), "after {step:?}");
			}
		}
	}
	let titles = MODELS.map(|(id, ..)| Title::model(id)).into_iter();
	for title in titles.chain(DATASETS.map(|(id, ..)| Title::dataset(id))) {
		let credited = money.vaults.get(&title).copied().unwrap_or(0);
		assert_eq!(MockVaults::credited(title), credited, "vault of {title:?} after {step:?}");
	}
	assert_eq!(Dues::<Test>::iter().collect::<BTreeMap<_, _>>(), money.due, "after {step:?}");
	for source in 0..5 {
		let left = money.passing.get(&source).map_or(0, |passing| passing.left);
		let earned = money.passing.get(&source).map_or(0, |passing| passing.earned);
		assert_eq!(Passed::<Test>::get(source).left, left, "left of {source} after {step:?}");
		assert_eq!(Usage::passed(source), earned, "earned by {source} after {step:?}");
	}
	for (model, epoch) in (0..4).flat_map(|model| (0..3).map(move |epoch| (model, epoch))) {
		let withheld = money.withheld.range((model, epoch, 0)..(model, epoch + 1, 0)).count();
		assert_eq!(Usage::withheld_count(model, epoch) as usize, withheld, "after {step:?}");
	}
	assert!(money.residue() < 6, "residue after {step:?}");
}

/// As many cases as `PROPTEST_CASES` says, and `cases` where it says nothing.
pub fn cases(cases: u32) -> ProptestConfig {
	let asked = std::env::var_os("PROPTEST_CASES").is_some();
	let config = ProptestConfig::default();
	if asked {
		config
	} else {
		ProptestConfig { cases, ..config }
	}
}

proptest! {
	#![proptest_config(cases(384))]

	#[test]
	fn every_interleaving_moves_the_money_that_a_second_model_predicts(
		steps in prop::collection::vec(step(), 1..160),
	) {
		run(|| {
			for (model, owner, lineage, data) in MODELS {
				MockModels::put(model, owner, lineage, data);
			}
			for (dataset, owner, share) in DATASETS {
				MockDatasets::put(dataset, owner, share);
			}
			let issued = Balances::total_issuance();
			let mut money = Money::genesis();
			for step in &steps {
				let done = with_storage_layer(|| dispatch(step));
				match money.apply(step) {
					Ok(()) => assert_eq!(done, Ok(()), "{step:?}"),
					Err(Pallet(error)) => assert_eq!(done, Err(error.into()), "{step:?}"),
					Err(Currency) => assert!(done.is_err(), "{step:?}"),
				}
				agree(&money, step);
				assert_eq!(Balances::total_issuance(), issued);
				check();
			}
		});
	}
}
