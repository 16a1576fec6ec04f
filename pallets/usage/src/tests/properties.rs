//! What holds whoever buys, vaults and claims, and when.

use std::collections::BTreeMap;

use frame_support::{assert_ok, traits::fungible::Inspect};
use proptest::prelude::*;
use tributary_primitives::{
	title::{Beneficiary, Payee, Title},
	traits::{Pots as _, Titles as _},
};

use super::money_model::cases;
use crate::mock::*;

const BILLION: u128 = 1_000_000_000;
/// Whoever may own a title. All of them exist as accounts.
const PEOPLE: [AccountId; 4] = [40, 41, 42, 43];
/// Ancestors and what each asks, in parts per billion.
type Lineage = &'static [(u32, u32)];
/// Model, lineage, data rate and first owner.
const MODELS: [(u32, Lineage, u32, AccountId); 3] = [
	(10, &[], 333_333_331, 40),
	(11, &[(10, 333_333_333)], 250_000_001, 41),
	(12, &[(10, 77_777_777), (11, 400_000_009)], 100_000_007, 42),
];

#[derive(Clone, Debug)]
enum Step {
	Pay {
		model: u32,
		amount: u128,
	},
	Sell {
		model: u32,
		to: AccountId,
	},
	Vault {
		model: u32,
	},
	/// All that is the vault's is claimed for it before.
	Unvault {
		model: u32,
		heir: AccountId,
	},
	ClaimOwner {
		model: u32,
	},
	ClaimLineage {
		model: u32,
		ancestor: u32,
		tenure: u32,
	},
	CollectDue {
		who: AccountId,
	},
}

fn history() -> impl Strategy<Value = Vec<Step>> {
	let model = || 10u32..13;
	let who = || prop::sample::select(&PEOPLE[..]);
	let amount = prop_oneof![8u128..60, 8u128..1_000_000];
	let step = prop_oneof![
		6 => (model(), amount).prop_map(|(model, amount)| Step::Pay { model, amount }),
		3 => (model(), who()).prop_map(|(model, to)| Step::Sell { model, to }),
		1 => model().prop_map(|model| Step::Vault { model }),
		1 => (model(), who()).prop_map(|(model, heir)| Step::Unvault { model, heir }),
		1 => model().prop_map(|model| Step::ClaimOwner { model }),
		3 => (model(), model(), 0u32..8).prop_map(
			|(model, ancestor, tenure)| Step::ClaimLineage { model, ancestor, tenure }),
		1 => who().prop_map(|who| Step::CollectDue { who }),
	];
	prop::collection::vec(step, 1..80)
}

/// Who earns: an account, or the vault of a title.
type Earner = (Option<AccountId>, Option<Title>);

fn holder(model: u32) -> Earner {
	let title = Title::model(model);
	match MockTitles::beneficiary(title).unwrap() {
		Beneficiary::Owner(owner) => (Some(owner), None),
		Beneficiary::Vault => (None, Some(title)),
	}
}

/// What everyone has earned by the payments so far: what each added to each part belongs to whoever held
/// the title at that payment.
#[derive(Default)]
struct Earned {
	gross: BTreeMap<u32, u128>,
	by: BTreeMap<Earner, u128>,
	fees: u128,
}

impl Earned {
	fn note(&mut self, model: u32, amount: u128) {
		let (_, lineage, data, _) = MODELS.iter().find(|(id, ..)| *id == model).unwrap();
		let fee = (amount * u128::from(PROTOCOL_FEE)).div_ceil(BILLION);
		let before = self.gross.get(&model).copied().unwrap_or(0);
		let after = before + amount - fee;
		let grown =
			|parts: u32| after * u128::from(parts) / BILLION - before * u128::from(parts) / BILLION;
		for (ancestor, rate) in *lineage {
			*self.by.entry(holder(*ancestor)).or_default() += grown(*rate);
		}
		let aside = grown(lineage.iter().map(|(_, rate)| rate).sum());
		let whole_data = (after - before) * u128::from(*data) / BILLION;
		*self.by.entry(holder(model)).or_default() += after - before - aside - whole_data;
		self.gross.insert(model, after);
		self.fees += fee;
	}
}

fn signed() -> RuntimeOrigin {
	RuntimeOrigin::signed(PAYERS[1])
}

fn claim_lineage(model: u32, ancestor: u32, tenure: u32) {
	let asks = MODELS.iter().any(|(id, lineage, ..)| {
		*id == model && lineage.iter().any(|(asking, _)| *asking == ancestor)
	});
	if asks && tenure <= MockTitles::current_tenure(Title::model(ancestor)) {
		assert_ok!(Usage::claim_lineage(signed(), model, ancestor, tenure));
	}
}

fn claim_all() {
	for (model, lineage, ..) in MODELS {
		assert_ok!(Usage::claim_owner(signed(), model));
		for (ancestor, _) in lineage {
			for tenure in 0..=MockTitles::current_tenure(Title::model(*ancestor)) {
				claim_lineage(model, *ancestor, tenure);
			}
		}
	}
	for who in PEOPLE {
		assert_ok!(Usage::collect_due(signed(), who));
	}
}

/// Puts everything in place, lets `steps` happen, and tells what everyone has earned.
fn happen(steps: &[Step]) -> Earned {
	for (model, lineage, data, owner) in MODELS {
		MockModels::put(model, owner, lineage, data);
	}
	PEOPLE.into_iter().for_each(endow);
	let mut earned = Earned::default();
	for step in steps {
		match *step {
			Step::Pay { model, amount } => {
				earned.note(model, amount);
				assert_ok!(pay(PAYERS[0], model, amount));
			}
			Step::Sell { model, to } => MockTitles::transfer(Title::model(model), to),
			Step::Vault { model } => MockTitles::vault(Title::model(model)),
			Step::Unvault { model, heir } => {
				let today = MockTitles::current_tenure(Title::model(model));
				for (descendant, ..) in MODELS {
					claim_lineage(descendant, model, today);
				}
				MockTitles::unvault(Title::model(model), heir);
			}
			Step::ClaimOwner { model } => {
				assert_ok!(Usage::claim_owner(signed(), model));
			}
			Step::ClaimLineage { model, ancestor, tenure } => {
				claim_lineage(model, ancestor, tenure)
			}
			Step::CollectDue { who } => {
				assert_ok!(Usage::collect_due(signed(), who));
			}
		}
	}
	earned
}

/// All that the accounts of everybody but the block authors hold.
fn wealth() -> u128 {
	let others = [ATTRIBUTOR, SOURCE, CURATOR, TREASURY, VAULTS];
	PAYERS.into_iter().chain(PEOPLE).chain(others).map(|who| Balances::total_balance(&who)).sum()
}

proptest! {
	#![proptest_config(cases(256))]

	#[test]
	fn what_a_payment_adds_is_whose_the_title_was_then_whenever_it_is_claimed(steps in history()) {
		run(|| {
			let earned = happen(&steps);
			claim_all();
			for who in PEOPLE {
				let by = earned.by.get(&(Some(who), None)).copied().unwrap_or(0);
				assert_eq!(free(who), EXISTENTIAL_DEPOSIT + by, "{who}");
			}
			for (model, ..) in MODELS {
				let title = Title::model(model);
				let by = earned.by.get(&(None, Some(title))).copied().unwrap_or(0);
				assert_eq!(MockVaults::credited(title), by, "the vault of {model}");
			}
		});
	}

	/// The coalition has every title, contribution, share and report, and the treasury; the authors take no
	/// part in it.
	#[test]
	fn a_coalition_that_pays_itself_loses_every_protocol_fee(
		steps in history(), permille in 0u128..=1_000,
	) {
		run(|| {
			let before = wealth() + EXISTENTIAL_DEPOSIT * PEOPLE.len() as u128;
			let earned = happen(&steps);
			System::set_block_number(EPOCH_LENGTH);
			for (model, ..) in MODELS {
				let Some(pot) = Usage::pot_view(model, 0) else { continue };
				let attributed = pot.data * permille / 1_000;
				assert_ok!(Usage::settle(model, 0, &ATTRIBUTOR, attributed));
				let payee = Payee { contributor: PEOPLE[0], dataset: CURATED };
				assert_ok!(Usage::pay_source(model, 0, &payee, attributed));
			}
			claim_all();
			let due: u128 = crate::Dues::<Test>::iter_values().sum();
			assert_eq!(wealth() + Usage::held() + earned.fees, before);
			assert!(Usage::held() - due < 3, "less than a planck of residue for each ancestor");
			assert_eq!(free(FEES), EXISTENTIAL_DEPOSIT + earned.fees);
		});
	}
}
