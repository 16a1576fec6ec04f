use frame_support::{
	assert_noop, assert_ok, derive_impl, parameter_types,
	traits::fungible::{Inspect, InspectHold, MutateHold},
};
use sp_runtime::{BuildStorage, TokenError};

use super::*;

type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system::Pallet<Test>;

	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u128>;
}

parameter_types! {
	pub const ExistentialDeposit: u128 = 10;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type RuntimeHoldReason = u8;
}

const REASON: u8 = 7;
const ALICE: AccountId = 1;
const BOB: AccountId = 2;
const NOBODY: AccountId = 3;
const ENDOWMENT: u128 = 1_000;
const HELD: u128 = 101;

/// A world in which Alice and Bob have funds, of which Alice has [`HELD`] on hold.
fn run(test: impl FnOnce()) {
	let genesis = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: vec![(ALICE, ENDOWMENT), (BOB, ENDOWMENT)],
			..Default::default()
		},
		..Default::default()
	};
	let mut ext = sp_io::TestExternalities::new(genesis.build_storage().unwrap());
	ext.execute_with(|| {
		Balances::hold(&REASON, &ALICE, HELD).unwrap();
		test();
	});
}

fn held() -> u128 {
	Balances::balance_on_hold(&REASON, &ALICE)
}

/// What was burned so far.
fn burned() -> u128 {
	2 * ENDOWMENT - Balances::total_issuance()
}

#[test]
fn half_goes_to_who_showed_the_wrong_and_the_odd_planck_is_burned() {
	run(|| {
		let slash = slash::<Balances, _>(&REASON, &ALICE, &BOB, HELD);
		assert_eq!(slash, Ok(Slash { slashed: 101, reward: 50 }));
		assert_eq!(Balances::balance(&BOB), ENDOWMENT + 50);
		assert_eq!((held(), burned()), (0, 51));
	});
}

#[test]
fn part_of_what_is_on_hold_is_taken() {
	run(|| {
		let slash = slash::<Balances, _>(&REASON, &ALICE, &BOB, 40);
		assert_eq!(slash, Ok(Slash { slashed: 40, reward: 20 }));
		assert_eq!((held(), burned()), (61, 20));
	});
}

#[test]
fn who_shows_a_wrong_of_ones_own_loses_the_rest() {
	run(|| {
		let slash = slash::<Balances, _>(&REASON, &ALICE, &ALICE, HELD);
		assert_eq!(slash, Ok(Slash { slashed: 101, reward: 50 }));
		assert_eq!(Balances::balance(&ALICE), ENDOWMENT - 51);
		assert_eq!((held(), burned()), (0, 51));
	});
}

#[test]
fn a_half_that_could_not_exist_is_burned_as_well() {
	for (amount, reward) in [(19, 0), (20, 10)] {
		run(|| {
			let slash = slash::<Balances, _>(&REASON, &ALICE, &NOBODY, amount);
			assert_eq!(slash, Ok(Slash { slashed: amount, reward }));
			assert_eq!(Balances::balance(&NOBODY), reward);
			assert_eq!(burned(), amount - reward);
		});
	}
}

#[test]
fn a_slash_of_one_planck_or_none_rewards_nobody() {
	for amount in [0, 1] {
		run(|| {
			let slash = slash::<Balances, _>(&REASON, &ALICE, &BOB, amount);
			assert_eq!(slash, Ok(Slash { slashed: amount, reward: 0 }));
			assert_eq!((held(), burned()), (HELD - amount, amount));
		});
	}
}

#[test]
fn what_is_paid_whole_goes_to_its_receiver_or_back_or_is_burned() {
	for (to, paid) in [(BOB, 9), (ALICE, 9), (NOBODY, 0)] {
		run(|| {
			let before = Balances::balance(&to);
			assert_eq!(pay_or_burn::<Balances, _>(&REASON, &ALICE, &to, 9), Ok(paid));
			assert_eq!(Balances::balance(&to), before + paid);
			assert_eq!((held(), burned()), (HELD - 9, 9 - paid));
		});
	}
}

#[test]
fn more_than_is_on_hold_is_refused() {
	run(|| {
		let more = HELD + 1;
		let refused = TokenError::Frozen;
		assert_noop!(pay_or_burn::<Balances, _>(&REASON, &ALICE, &BOB, more), refused);
		assert_noop!(burn::<Balances, _>(&REASON, &ALICE, more), refused);
		assert_ok!(burn::<Balances, _>(&REASON, &ALICE, HELD));
	});
}
