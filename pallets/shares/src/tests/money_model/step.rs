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

fn title() -> impl Strategy<Value = Title> {
	prop_oneof![3 => Just(MODEL), 1 => Just(DATASET)]
}

fn who() -> impl Strategy<Value = AccountId> {
	prop::sample::select(&PEOPLE[..])
}

fn shares() -> impl Strategy<Value = u64> {
	prop_oneof![0u64..6, 1u64..1_000]
}

fn supply() -> impl Strategy<Value = u64> {
	prop_oneof![0u64..8, Just(1_000), 1u64..]
}

fn amount() -> impl Strategy<Value = u128> {
	prop_oneof![3 => 0u128..12, 2 => 0u128..5_000, 1 => 0u128..ENDOWMENT / 2]
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		6 => (who(), title(), supply(), any::<bool>())
			.prop_map(|(who, title, supply, named)| Step::Issue { who, title, supply, named }),
		8 => (who(), title(), shares())
			.prop_map(|(who, title, shares)| Step::Stake { who, title, shares }),
		6 => (who(), title()).prop_map(|(who, title)| Step::StakeAll { who, title }),
		8 => (who(), title(), shares())
			.prop_map(|(who, title, shares)| Step::Unstake { who, title, shares }),
		2 => (who(), title()).prop_map(|(who, title)| Step::UnstakeAll { who, title }),
		12 => (title(), amount()).prop_map(|(title, amount)| Step::Credit { title, amount }),
		5 => (who(), title()).prop_map(|(who, title)| Step::Claim { who, title }),
		8 => (title(), who(), who(), shares())
			.prop_map(|(title, from, to, shares)| Step::Send { title, from, to, shares }),
		2 => (title(), who(), who())
			.prop_map(|(title, from, to)| Step::SendAll { title, from, to }),
		1 => (title(), who(), shares())
			.prop_map(|(title, from, shares)| Step::Lose { title, from, shares }),
		1 => (title(), who()).prop_map(|(title, who)| Step::Burn { title, who }),
		1 => (who(), title()).prop_map(|(who, title)| Step::Dissolve { who, title }),
		4 => (title(), 0u32..4, who())
			.prop_map(|(title, asset, who)| Step::Collect { title, asset, who }),
		3 => (title(), who()).prop_map(|(title, to)| Step::Sell { title, to }),
		1 => amount().prop_map(|amount| Step::Donate { amount }),
	]
}

/// One issues shares of a title, sends some to everyone, and all stake what they have.
fn launch() -> impl Strategy<Value = Vec<Step>> {
	let issuer = prop::sample::select(&[ALICE, BOB][..]);
	let sent = prop::array::uniform4(shares());
	(issuer, title(), supply(), sent).prop_map(|(who, title, supply, sent)| {
		let issued = Step::Issue { who, title, supply, named: true };
		let sent = PEOPLE.into_iter().zip(sent).map(|(to, shares)| Step::Send {
			title,
			from: who,
			to,
			shares,
		});
		let staked = PEOPLE.map(|who| Step::StakeAll { who, title });
		[Step::Sell { title, to: who }, issued].into_iter().chain(sent).chain(staked).collect()
	})
}

fn all_unstake(title: Title) -> impl Iterator<Item = Step> {
	PEOPLE.into_iter().map(move |who| Step::UnstakeAll { who, title })
}

/// A little comes in while nothing is staked, for an owner who may not exist.
fn debt() -> impl Strategy<Value = Vec<Step>> {
	(title(), prop::array::uniform3(0u128..12)).prop_map(|(title, amounts)| {
		let credited = amounts.map(|amount| Step::Credit { title, amount });
		let sold = Step::Sell { title, to: NOBODY };
		all_unstake(title).chain([sold]).chain(credited).collect()
	})
}

/// Everyone unstakes, and one gets all shares, may stake them and earn, and dissolves the vault.
fn dissolution() -> impl Strategy<Value = Vec<Step>> {
	(who(), title(), prop::option::of(amount())).prop_map(|(who, title, earned)| {
		let sent = PEOPLE.map(|from| Step::SendAll { title, from, to: who });
		let earned = earned
			.into_iter()
			.flat_map(|amount| [Step::StakeAll { who, title }, Step::Credit { title, amount }]);
		let dissolved = [Step::Dissolve { who, title }];
		all_unstake(title).chain(sent).chain(earned).chain(dissolved).collect()
	})
}

/// So many steps, or more where some are of those that single steps seldom come to.
pub fn history(steps: Range<usize>) -> impl Strategy<Value = Vec<Step>> {
	let next = prop_oneof![
		36 => step().prop_map(|step| vec![step]),
		3 => launch(),
		1 => debt(),
		1 => dissolution(),
	];
	prop::collection::vec(next, steps).prop_map(|parts| parts.concat())
}
