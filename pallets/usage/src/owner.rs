//! What the owner of a title earns, and what becomes of it when the title changes hands.

use frame_support::dispatch::DispatchClass;
use sp_runtime::{DispatchError, DispatchResult};
use tributary_primitives::{
	ids::ModelId,
	split::curators_part,
	title::{Beneficiary, Payee, Title, TitleKind},
	traits::{Contributions, OnTitleChange, Titles},
};

use crate::{Config, Dues, Error, Event, Ledgers, Pallet, WeightInfo};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_claim_owner(model: ModelId) -> DispatchResult {
		let owner = T::Titles::owner(Title::model(model)).ok_or(Error::<T>::ModelNotFound)?;
		let mut ledger = Ledgers::<T>::get(model);
		let amount = core::mem::take(&mut ledger.owner);
		if amount > 0 {
			Ledgers::<T>::insert(model, ledger);
			Self::note_claimed(model, amount)?;
			Self::pay_out(&owner, amount)?;
		}
		Self::deposit_event(Event::OwnerClaimed { model, owner, amount });
		Ok(())
	}

	/// Pays `amount` planck that a contribution has earned: the curators' part to whom `beneficiary` says of
	/// the dataset's title, which is not asked where there is no such part, and the rest to the contributor.
	/// Returns the curators' part. A vault that it says must not have ended.
	pub(crate) fn pay_payee(
		payee: &Payee<T::AccountId>,
		amount: u128,
		beneficiary: impl FnOnce(Title) -> Option<Beneficiary<T::AccountId>>,
	) -> Result<u128, DispatchError> {
		let title = Title::dataset(payee.dataset);
		let curators = curators_part(T::Datasets::curator_share(payee.dataset), amount);
		let to = if curators > 0 { beneficiary(title) } else { None };
		let Some(to) = to else {
			Self::pay_out(&payee.contributor, amount)?;
			return Ok(0);
		};
		Self::pay_out(&payee.contributor, amount.saturating_sub(curators))?;
		match to {
			Beneficiary::Owner(owner) => Self::pay_or_leave_due(&owner, curators)?,
			Beneficiary::Vault => Self::pay_vault(title, curators)?,
		}
		Ok(curators)
	}
}

impl<T: Config> OnTitleChange<T::AccountId> for Pallet<T> {
	fn beneficiary_changes(title: Title, from: &Beneficiary<T::AccountId>) {
		let weight = T::WeightInfo::beneficiary_changes();
		frame_system::Pallet::<T>::register_extra_weight_unchecked(weight, DispatchClass::Normal);
		let (TitleKind::Model, Beneficiary::Owner(owner)) = (title.kind, from) else {
			return;
		};
		let mut ledger = Ledgers::<T>::get(title.id);
		let amount = core::mem::take(&mut ledger.owner);
		if amount == 0 {
			return;
		}
		ledger.claimed = ledger.claimed.saturating_add(amount);
		Ledgers::<T>::insert(title.id, ledger);
		let due = Dues::<T>::mutate(owner, |due| {
			*due = due.saturating_add(amount);
			*due
		});
		Self::deposit_event(Event::LeftDue { beneficiary: owner.clone(), due });
	}

	fn owner_changes(_: Title, _: &T::AccountId) {}
}
