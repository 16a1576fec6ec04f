//! What must hold of the pallet's state after every block.

use alloc::collections::BTreeSet;

use frame_support::{ensure, traits::tokens::nonfungibles_v2::Inspect as _};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Zero, TryRuntimeError};
use tributary_primitives::title::{Beneficiary, TitleKind};

use crate::{Changes, Config, Ends, Pallet, TenureCount, Tenures, Vaulted};

impl<T: Config> Pallet<T> {
	/// Checks the pallet's state:
	///
	/// 1. the collections belong to the pallet's account;
	/// 2. a title that has changed hands or is vaulted has an owner;
	/// 3. the former tenures of a title are as many as are counted, and each begins where the one before
	///    it ended, the first at 0;
	/// 4. a former tenure is an account's, and a vaulted title has one;
	/// 5. each change ended one tenure;
	/// 6. of each former tenure, and of nothing else, the block of its end is kept: none before that of the
	///    tenure before it, and none to come.
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
		for (title, index) in Ends::<T>::iter_keys() {
			let count = TenureCount::<T>::get(title);
			ensure!(index < count, "titles 6: a tenure has ended that is not counted");
		}
		let now = frame_system::Pallet::<T>::block_number();
		let mut changes = BTreeSet::new();
		for (title, count) in TenureCount::<T>::iter() {
			ensure!(Self::owner_of(title).is_some(), "titles 2: a title is nobody's");
			let mut since = 0;
			let mut end = BlockNumberFor::<T>::zero();
			for index in 0..count {
				let tenure =
					Tenures::<T>::get(title, index).ok_or("titles 3: a tenure is missing")?;
				ensure!(tenure.since == since, "titles 3: tenures leave a gap or overlap");
				since = tenure.until.ok_or("titles 3: a former tenure goes on")?;
				ensure!(since > tenure.since, "titles 3: a tenure ended before it began");
				ensure!(changes.insert(since), "titles 5: a change ended two tenures");
				let vault = tenure.beneficiary == Beneficiary::Vault;
				ensure!(!vault, "titles 4: a former tenure has no heir");
				let ended = Ends::<T>::get(title, index)
					.ok_or("titles 6: the end of a former tenure is missing")?;
				ensure!(ended >= end, "titles 6: a tenure ended before the one before it");
				ensure!(ended <= now, "titles 6: a former tenure is yet to end");
				end = ended;
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
