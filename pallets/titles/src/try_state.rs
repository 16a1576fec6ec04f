//! What must hold of the pallet's state after every block.

use alloc::collections::BTreeSet;

use frame_support::{ensure, traits::tokens::nonfungibles_v2::Inspect as _};
use sp_runtime::TryRuntimeError;
use tributary_primitives::title::{Beneficiary, TitleKind};

use crate::{Changes, Config, Pallet, TenureCount, Tenures, Vaulted};

impl<T: Config> Pallet<T> {
	/// Checks the pallet's state:
	///
	/// 1. the collections belong to the pallet's account;
	/// 2. a title that has changed hands or is vaulted has an owner;
	/// 3. the former tenures of a title are as many as are counted, and each begins where the one before
	///    it ended, the first at 0;
	/// 4. a former tenure is an account's, and a vaulted title has one;
	/// 5. each change ended one tenure.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let account = Self::account_id();
		for collection in TitleKind::ALL.map(TitleKind::collection) {
			let owner = T::Nfts::collection_owner(&collection);
			ensure!(owner.as_ref() == Some(&account), "titles 1: a collection is another's");
		}

		for (title, index) in Tenures::<T>::iter_keys() {
			let count = TenureCount::<T>::get(title);
			ensure!(index < count, "titles 3: a tenure is not counted");
		}
		let mut changes = BTreeSet::new();
		for (title, count) in TenureCount::<T>::iter() {
			ensure!(Self::owner_of(title).is_some(), "titles 2: a title is nobody's");
			let mut since = 0;
			for index in 0..count {
				let tenure =
					Tenures::<T>::get(title, index).ok_or("titles 3: a tenure is missing")?;
				ensure!(tenure.since == since, "titles 3: tenures leave a gap or overlap");
				since = tenure.until.ok_or("titles 3: a former tenure goes on")?;
				ensure!(since > tenure.since, "titles 3: a tenure ended before it began");
				ensure!(changes.insert(since), "titles 5: a change ended two tenures");
				let vault = tenure.beneficiary == Beneficiary::Vault;
				ensure!(!vault, "titles 4: a former tenure has no heir");
			}
		}
		for title in Vaulted::<T>::iter_keys() {
			ensure!(Self::owner_of(title).is_some(), "titles 2: a vaulted title is nobody's");
			ensure!(
				TenureCount::<T>::get(title) > 0,
				"titles 4: a title was vaulted from the first"
			);
		}

		let all = Changes::<T>::get();
		ensure!(
			changes.last().copied().unwrap_or(0) == all
				&& u64::try_from(changes.len()).is_ok_and(|ended| ended == all),
			"titles 5: a change ended no tenure"
		);
		Ok(())
	}
}
