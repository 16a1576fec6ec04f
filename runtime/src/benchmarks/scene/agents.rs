//! What the benchmarks of agents need.

use alloc::vec::Vec;

use frame_system::RawOrigin;
use tributary_primitives::{ids::ModelId, title::Title};

use super::{descendant, fund, register, somebody, vault, Scene};
use crate::{AccountId, Address, Assets, Runtime, RuntimeCall};

impl pallet_agents::benchmarking::BenchmarkHelper<AccountId, RuntimeCall> for Scene {
	fn model(_: u32) -> ModelId {
		descendant()
	}

	fn asset(_: u32, account: &AccountId, amount: u128) -> u32 {
		let owner = somebody();
		let title = Title::model(register(&owner, Vec::new(), Vec::new()));
		vault(title, &owner);
		let asset = pallet_shares::Vaults::<Runtime>::get(title).expect("it was made").asset;
		let to = Address::Id(account.clone());
		Assets::transfer(RawOrigin::Signed(owner).into(), asset, to, amount)
			.expect("the owner has all shares, and the account exists");
		asset
	}

	fn send(to: &AccountId, amount: u128) -> RuntimeCall {
		pallet_balances::Call::transfer_allow_death { dest: Address::Id(to.clone()), value: amount }
			.into()
	}

	fn nest(calls: Vec<RuntimeCall>) -> RuntimeCall {
		pallet_utility::Call::batch_all { calls }.into()
	}

	fn title(owner: &AccountId) -> Title {
		fund(owner);
		Title::model(register(owner, Vec::new(), Vec::new()))
	}

	fn vault(title: Title, owner: &AccountId) {
		fund(owner);
		vault(title, owner);
	}
}
