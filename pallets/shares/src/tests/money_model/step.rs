//! What may happen, and in which proportions.

use std::ops::Range;

use proptest::prelude::*;
use tributary_primitives::title::Title;

use crate::mock::*;

pub const TITLES: [Title; 2] = [MODEL, DATASET];

/// Who takes part. Nobody does not exist at first, and has to be paid to.
pub const PEOPLE: [AccountId; 4] = [ALICE, BOB, CHARLIE, NOBODY];

/// The kinds of steps.
pub const KINDS: usize = 15;

/// One thing that somebody does, whether it can succeed or not.
#[derive(Clone, Debug)]
pub enum Step {
	Issue { who: AccountId, title: Title, supply: u64, named: bool },
	Stake { who: AccountId, title: Title, shares: u64 },
	StakeAll { who: AccountId, title: Title },
	Unstake { who: AccountId, title: Title, shares: u64 },
	UnstakeAll { who: AccountId, title: Title },
	Credit { title: Title, amount: u128 },
	Claim { who: AccountId, title: Title },
	Send { title: Title, from: AccountId, to: AccountId, shares: u64 },
	SendAll { title: Title, from: AccountId, to: AccountId },
	Lose { title: Title, from: AccountId, shares: u64 },
	Burn { title: Title, who: AccountId },
	Dissolve { who: AccountId, title: Title },
	Collect { title: Title, asset: u32, who: AccountId },
	Sell { title: Title, to: AccountId },
	Donate { amount: u128 },
}

impl Step {
	/// The name of its kind.
	pub fn kind(&self) -> String {
		format!("{self:?}").chars().take_while(char::is_ascii_alphabetic).collect()
	}
}

fn step() -> impl Strategy<Value = Step> {
	let title = || prop_oneof![3 => Just(MODEL), 1 => Just(DATASET)];
	let who = || prop::sample::select(&PEOPLE[..]);
	let shares = || prop_oneof![0u64..6, 1u64..1_000];
	let supply = prop_oneof![0u64..8, Just(1_000), 1u64..];
	let amount = || prop_oneof![3 => 0u128..25, 2 => 0u128..5_000, 1 => 0u128..ENDOWMENT / 2];
	prop_oneof![
		4 => (who(), title(), supply, any::<bool>())
			.prop_map(|(who, title, supply, named)| Step::Issue { who, title, supply, named }),
		4 => (who(), title(), shares())
			.prop_map(|(who, title, shares)| Step::Stake { who, title, shares }),
		3 => (who(), title()).prop_map(|(who, title)| Step::StakeAll { who, title }),
		3 => (who(), title(), shares())
			.prop_map(|(who, title, shares)| Step::Unstake { who, title, shares }),
		3 => (who(), title()).prop_map(|(who, title)| Step::UnstakeAll { who, title }),
		10 => (title(), amount()).prop_map(|(title, amount)| Step::Credit { title, amount }),
		4 => (who(), title()).prop_map(|(who, title)| Step::Claim { who, title }),
		3 => (title(), who(), who(), shares())
			.prop_map(|(title, from, to, shares)| Step::Send { title, from, to, shares }),
		3 => (title(), who(), who())
			.prop_map(|(title, from, to)| Step::SendAll { title, from, to }),
		1 => (title(), who(), shares())
			.prop_map(|(title, from, shares)| Step::Lose { title, from, shares }),
		2 => (title(), who()).prop_map(|(title, who)| Step::Burn { title, who }),
		5 => (who(), title()).prop_map(|(who, title)| Step::Dissolve { who, title }),
		2 => (title(), 0u32..4, who())
			.prop_map(|(title, asset, who)| Step::Collect { title, asset, who }),
		2 => (title(), who()).prop_map(|(title, to)| Step::Sell { title, to }),
		1 => amount().prop_map(|amount| Step::Donate { amount }),
	]
}

/// Everyone unstakes, and one gets all shares and dissolves the vault: single steps seldom get there.
fn dissolution() -> impl Strategy<Value = Vec<Step>> {
	let who = prop::sample::select(&PEOPLE[..]);
	(who, prop::sample::select(&TITLES[..])).prop_map(|(who, title)| {
		let unstaked = PEOPLE.map(|staker| Step::UnstakeAll { who: staker, title });
		let sent = PEOPLE.map(|from| Step::SendAll { title, from, to: who });
		let dissolved = Step::Dissolve { who, title };
		unstaked.into_iter().chain(sent).chain([dissolved]).collect()
	})
}

/// So many steps, or more where some are dissolutions.
pub fn history(steps: Range<usize>) -> impl Strategy<Value = Vec<Step>> {
	let next = prop_oneof![25 => step().prop_map(|step| vec![step]), 1 => dissolution()];
	prop::collection::vec(next, steps).prop_map(|parts| parts.concat())
}
