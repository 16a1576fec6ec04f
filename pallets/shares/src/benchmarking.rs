//! Benchmarks of all calls.

use alloc::vec;

use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{Inspect as _, InspectHold as _, Mutate as _, MutateHold as _},
	fungibles::{Inspect as _, Mutate as _},
	tokens::Preservation,
	AccountTouch as _, Get,
};
use frame_system::RawOrigin;
use sp_runtime::{DispatchResult, Saturating};
use tributary_primitives::{dividend::Dividend, title::Title, traits::Vaults as _};

use crate::*;

/// Sets up what other pallets know.
pub trait BenchmarkHelper<AccountId> {
	/// Makes a title of `owner`, which has no vault.
	fn title(owner: &AccountId) -> Title;

	/// Lets `delegate` transfer a unit of the asset that `owner` has.
	///
	/// # Errors
	/// Those of the assets.
	fn approve(asset: u32, owner: &AccountId, delegate: &AccountId) -> DispatchResult;
}

const SUPPLY: u64 = 1_000_000;

fn text() -> Text {
	Text::truncate_from(vec![b'x'; usize::try_from(MAX_TEXT).unwrap_or_default()])
}

/// More than all deposits.
fn plenty<T: Config>() -> u128 {
	let deposits = T::VaultDeposit::get().saturating_add(T::StakeDeposit::get());
	deposits.max(T::Currency::minimum_balance()).saturating_mul(1_000_000)
}

fn funded<T: Config>(name: &'static str, index: u32) -> Result<T::AccountId, BenchmarkError> {
	let who: T::AccountId = account(name, index, 0);
	T::Currency::mint_into(&who, plenty::<T>())?;
	Ok(who)
}

/// A title with a vault, and its owner, who has all shares.
struct Scene<T: Config> {
	owner: T::AccountId,
	title: Title,
	asset: u32,
}

impl<T: Config> Scene<T> {
	fn issued() -> Result<Self, BenchmarkError> {
		Pallet::<T>::endow_account()?;
		let owner = funded::<T>("owner", 0)?;
		let title = T::BenchmarkHelper::title(&owner);
		let origin = RawOrigin::Signed(owner.clone()).into();
		Pallet::<T>::issue(origin, title, SUPPLY, text(), text())?;
		let asset = Vaults::<T>::get(title).ok_or("the title has a vault")?.asset;
		Ok(Self { owner, title, asset })
	}

	/// As [`Self::issued`]; all shares are staked and have earned, and their owner is owed something too.
	fn earned() -> Result<Self, BenchmarkError> {
		let scene = Self::issued()?;
		let origin = RawOrigin::Signed(scene.owner.clone()).into();
		Pallet::<T>::stake(origin, scene.title, SUPPLY)?;
		T::Currency::mint_into(&Pallet::<T>::account_id(), plenty::<T>())?;
		Pallet::<T>::credit(scene.title, plenty::<T>())?;
		scene.owe()?;
		Ok(scene)
	}

	/// Has the vault owe something to its owner.
	fn owe(&self) -> Result<(), BenchmarkError> {
		self.owe_to(&self.owner)
	}

	/// Has the vault owe something to `who`.
	fn owe_to(&self, who: &T::AccountId) -> Result<(), BenchmarkError> {
		let owed = T::Currency::minimum_balance();
		self.receive(owed)?;
		Vaults::<T>::mutate_extant(self.title, |vault| vault.owed.saturating_accrue(owed));
		Owed::<T>::insert((self.title, self.asset, who), owed);
		Ok(())
	}

	/// Has the vault hold `amount` planck more, which are nobody's.
	fn receive(&self, amount: u128) -> Result<(), BenchmarkError> {
		let account = Pallet::<T>::account_id();
		T::Currency::mint_into(&account, amount)?;
		T::Currency::hold(&HoldReason::Revenue.into(), &account, amount)?;
		Vaults::<T>::mutate_extant(self.title, |vault| vault.received.saturating_accrue(amount));
		Ok(())
	}

	/// Whether all that was held is paid.
	fn is_paid(&self) -> bool {
		T::Currency::balance_on_hold(&HoldReason::Revenue.into(), &Pallet::<T>::account_id()) == 0
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn issue() -> Result<(), BenchmarkError> {
		Pallet::<T>::endow_account()?;
		let owner = funded::<T>("owner", 0)?;
		let title = T::BenchmarkHelper::title(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), title, SUPPLY, text(), text());

		assert!(Vaults::<T>::contains_key(title));
		Ok(())
	}

	#[benchmark]
	fn stake() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::issued()?;
		scene.owe()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.owner.clone()), scene.title, SUPPLY);

		assert!(Stakes::<T>::contains_key(scene.title, &scene.owner));
		assert!(scene.is_paid());
		Ok(())
	}

	#[benchmark]
	fn unstake() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::earned()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.owner.clone()), scene.title, SUPPLY);

		assert!(!Stakes::<T>::contains_key(scene.title, &scene.owner));
		assert!(scene.is_paid());
		Ok(())
	}

	#[benchmark]
	fn claim_dividends() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::earned()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.owner.clone()), scene.title);

		assert!(scene.is_paid());
		Ok(())
	}

	/// Whoever dissolves the vault has a share left, has staked all others and is owed something too; one share
	/// is lost.
	#[benchmark]
	fn dissolve() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::issued()?;
		let asset = scene.asset;
		for index in 0..MAX_REMOVALS {
			let who = funded::<T>("holder", index)?;
			T::Assets::touch(asset, &who, &who)?;
			let approver = funded::<T>("approver", index)?;
			T::BenchmarkHelper::approve(asset, &approver, &scene.owner)?;
		}
		let holder = funded::<T>("holder of all", 0)?;
		let (all, lost) = (u128::from(SUPPLY), 1);
		let account = Pallet::<T>::account_id();
		T::Assets::transfer(asset, &scene.owner, &account, lost, Preservation::Expendable)?;
		let rest = all.saturating_sub(lost);
		T::Assets::transfer(asset, &scene.owner, &holder, rest, Preservation::Expendable)?;
		let staked = SUPPLY.saturating_sub(2);
		Pallet::<T>::stake(RawOrigin::Signed(holder.clone()).into(), scene.title, staked)?;
		T::Currency::mint_into(&account, plenty::<T>())?;
		Pallet::<T>::credit(scene.title, plenty::<T>())?;
		scene.owe()?;
		scene.owe_to(&holder)?;
		scene.receive(1)?;
		Vaults::<T>::mutate_extant(scene.title, |vault| vault.pool.residue = Dividend::whole(1));

		#[extrinsic_call]
		_(RawOrigin::Signed(holder), scene.title);

		assert!(!T::Assets::asset_exists(asset));
		assert!(scene.is_paid());
		Ok(())
	}

	#[benchmark]
	fn collect_owed() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::issued()?;
		scene.owe()?;
		let caller = funded::<T>("caller", 0)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), scene.title, scene.asset, scene.owner.clone());

		assert!(scene.is_paid());
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, mock::ext(), mock::Test);
}
