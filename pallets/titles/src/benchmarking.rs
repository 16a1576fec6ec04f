//! Benchmarks of making a title and of hearing that one changes hands. The pallet has no calls.

use frame_benchmarking::v2::*;
use frame_support::traits::tokens::Locker;
use tributary_primitives::{
	title::{Beneficiary, Tenure, Title, TitleKind},
	traits::Titles as _,
};

use crate::*;

/// Sets up what other pallets know.
pub trait BenchmarkHelper<AccountId> {
	/// Makes a title of `owner` that has no former tenures, so that its change costs all who hear of it as
	/// much as a change can.
	fn earning_title(owner: &AccountId) -> Title;
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn mint() {
		let owner: T::AccountId = account("owner", 0, 0);
		let title = Title { kind: TitleKind::Model, id: u32::MAX };
		let minted;

		#[block]
		{
			minted = Pallet::<T>::mint(title, &owner);
		}

		assert_eq!(minted, Ok(()));
		assert_eq!(Pallet::<T>::owner(title), Some(owner));
	}

	#[benchmark]
	fn note_change() {
		let owner: T::AccountId = account("owner", 0, 0);
		let title = T::BenchmarkHelper::earning_title(&owner);
		let change = Changes::<T>::get().saturating_add(1);
		let former =
			Tenure { beneficiary: Beneficiary::Owner(owner), since: 0, until: Some(change) };
		Tenures::<T>::insert(title, 0, former);
		TenureCount::<T>::insert(title, 1);
		Changes::<T>::put(change);
		let locked;

		#[block]
		{
			locked = Pallet::<T>::is_locked(title.kind.collection(), title.id);
		}

		assert!(!locked);
		assert_eq!(TenureCount::<T>::get(title), 2);
	}

	impl_benchmark_test_suite!(Pallet, mock::ext(), mock::Test);
}
