//! What may happen, and in which proportions.

use proptest::prelude::*;
use tributary_primitives::{
	title::{Payee, Title},
	traits::PassedTo,
};

use crate::mock::*;

/// Claimants, attributors and sources; 51 to 54 do not exist at first.
pub const PEOPLE: [AccountId; 8] = [BASE_OWNER, ATTRIBUTOR, 51, 52, 53, 54, PAYERS[0], TREASURY];

/// The claims on lineage that can succeed: model and ancestor.
const LINEAGE_CLAIMS: [(u32, u32); 6] = [(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)];

/// One thing that somebody does, whether it can succeed or not.
#[derive(Clone, Debug)]
pub enum Step {
	Pay { payer: AccountId, model: u32, amount: u128 },
	ClaimOwner { model: u32 },
	ClaimLineage { model: u32, ancestor: u32, tenure: u32 },
	Settle { model: u32, epoch: u32, attributor: AccountId, permille: u128 },
	PaySource { model: u32, epoch: u32, payee: Payee<AccountId>, amount: u128 },
	Release { who: AccountId, model: u32, epoch: u32, index: u32 },
	CollectDue { who: AccountId },
	Withhold { model: u32, epoch: u32, index: u32 },
	PassOn { model: u32, epoch: u32, source: u64, permille: u128 },
	PayPassed { source: u64, to: PassedTo<AccountId>, permille: u128 },
	Sell { title: Title, to: AccountId },
	Vault { title: Title },
	Unvault { title: Title, heir: AccountId },
	Donate { amount: u128 },
	Wait { blocks: u64 },
}

fn amount() -> impl Strategy<Value = u128> {
	prop_oneof![0u128..40, 8u128..2_000, 1u128..ENDOWMENT * 2, Just(ENDOWMENT / 3)]
}

pub fn step() -> impl Strategy<Value = Step> {
	let model = prop_oneof![9 => 0u32..4, 1 => Just(4)];
	let epoch = 0u32..3;
	let who = || prop::sample::select(&PEOPLE[..]);
	let payee =
		|| (who(), 0u32..4).prop_map(|(contributor, dataset)| Payee { contributor, dataset });
	let title = || prop_oneof![3 => (0u32..4).prop_map(Title::model), 1 => (0u32..3).prop_map(Title::dataset)];
	let source = || 1u64..4;
	let to = prop_oneof![
		payee().prop_map(PassedTo::Contributor),
		source().prop_map(PassedTo::Source),
		Just(PassedTo::Treasury),
	];
	let payer = prop::sample::select(&[PAYERS[0], PAYERS[1], 53][..]);
	let permille = || prop_oneof![0u128..1_002, Just(1_000)];
	prop_oneof![
		6 => (payer, model.clone(), amount())
			.prop_map(|(payer, model, amount)| Step::Pay { payer, model, amount }),
		3 => model.clone().prop_map(|model| Step::ClaimOwner { model }),
		1 => (model.clone(), model.clone(), 0u32..9)
			.prop_map(|(model, ancestor, tenure)| Step::ClaimLineage { model, ancestor, tenure }),
		6 => (prop::sample::select(&LINEAGE_CLAIMS[..]), 0u32..5).prop_map(
			|((model, ancestor), tenure)| Step::ClaimLineage { model, ancestor, tenure }),
		4 => (model.clone(), epoch.clone(), who(), permille()).prop_map(
			|(model, epoch, attributor, permille)| Step::Settle {
				model, epoch, attributor, permille,
			}),
		4 => (model.clone(), epoch.clone(), payee(), amount()).prop_map(
			|(model, epoch, payee, amount)| Step::PaySource { model, epoch, payee, amount }),
		3 => (prop::sample::select(&PAYERS[..]), model.clone(), epoch.clone(), 0u32..3).prop_map(
			|(who, model, epoch, index)| Step::Release { who, model, epoch, index }),
		1 => who().prop_map(|who| Step::CollectDue { who }),
		3 => (model.clone(), epoch.clone(), 0u32..3)
			.prop_map(|(model, epoch, index)| Step::Withhold { model, epoch, index }),
		4 => (model, epoch, source(), permille()).prop_map(
			|(model, epoch, source, permille)| Step::PassOn { model, epoch, source, permille }),
		4 => (source(), to, permille())
			.prop_map(|(source, to, permille)| Step::PayPassed { source, to, permille }),
		3 => (title(), who()).prop_map(|(title, to)| Step::Sell { title, to }),
		2 => title().prop_map(|title| Step::Vault { title }),
		2 => (title(), who()).prop_map(|(title, heir)| Step::Unvault { title, heir }),
		1 => (1u128..100).prop_map(|amount| Step::Donate { amount }),
		4 => (1u64..8).prop_map(|blocks| Step::Wait { blocks }),
	]
}

/// So many thousandths of `whole`, and one planck too much for 1,001 of them.
pub fn part_of(whole: u128, permille: u128) -> u128 {
	match permille {
		1_001 => whole + 1,
		_ => whole * permille / 1_000,
	}
}
