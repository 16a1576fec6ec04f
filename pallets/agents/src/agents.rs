//! Agents: how they are made and changed, and what their owners take out of their accounts.

use frame_support::{
	dispatch::DispatchClass,
	ensure,
	traits::{
		fungible::{Inspect as _, Mutate as _, MutateHold as _},
		fungibles::Mutate as _,
		tokens::Preservation,
		Get,
	},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{AccountIdConversion, Zero},
	DispatchError, DispatchResult, Perbill,
};
use tributary_primitives::{
	agent::{AgentState, History, MAX_METADATA},
	blob::Content,
	ids::AgentId,
	split::sum_rates,
	title::{Beneficiary, Title, TitleKind},
	traits::{Models, OnTitleChange, Titles},
};

use crate::{
	pallet::{
		AgentOfAccount, Agents, Config, Error, Event, Histories, HoldReason, ModelRates, NextAgent,
		Pallet,
	},
	rules::TitleTransfer,
	types::{AgentOf, Holding},
	weights::WeightInfo,
};

impl<T: Config> Pallet<T> {
	/// The account of the agent `id`.
	pub fn account_of(id: AgentId) -> T::AccountId {
		T::PalletId::get().into_sub_account_truncating(id)
	}

	/// The agent `id`, if its title is `owner`'s, and no agent acts.
	pub(crate) fn owned(owner: &T::AccountId, id: AgentId) -> Result<AgentOf<T>, DispatchError> {
		Self::ensure_not_acting()?;
		let agent = Agents::<T>::get(id).ok_or(Error::<T>::AgentNotFound)?;
		ensure!(T::Titles::owner(Title::agent(id)).as_ref() == Some(owner), Error::<T>::NotOwner);
		Ok(agent)
	}

	/// As [`Self::owned`], if it is not retired.
	pub(crate) fn working(owner: &T::AccountId, id: AgentId) -> Result<AgentOf<T>, DispatchError> {
		let agent = Self::owned(owner, id)?;
		ensure!(agent.state != AgentState::Retired, Error::<T>::Retired);
		Ok(agent)
	}

	pub(crate) fn do_create(
		owner: T::AccountId,
		metadata: Content,
		models: ModelRates,
		retention: Perbill,
		stake: u128,
	) -> DispatchResult {
		Self::ensure_not_acting()?;
		check_metadata::<T>(&metadata)?;
		check_models::<T>(&models)?;
		ensure!(stake >= T::MinStake::get(), Error::<T>::StakeTooLow);
		let id = NextAgent::<T>::get();
		NextAgent::<T>::put(id.checked_add(1).ok_or(Error::<T>::TooManyAgents)?);

		let account = Self::account_of(id);
		let deposit = T::AgentDeposit::get();
		T::Currency::hold(&HoldReason::Deposit.into(), &owner, deposit)?;
		let existential = T::Currency::minimum_balance();
		T::Currency::transfer(&owner, &account, existential, Preservation::Preserve)?;
		Self::add_stake(&owner, id, &account, stake)?;
		T::Titles::mint(Title::agent(id), &owner)?;
		AgentOfAccount::<T>::insert(&account, id);
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		Histories::<T>::insert(id, History::origin(&genesis, id));
		Agents::<T>::insert(
			id,
			AgentOf::<T> {
				depositor: owner.clone(),
				deposit,
				account: account.clone(),
				operator: None,
				models,
				metadata,
				retention,
				state: AgentState::Active,
			},
		);
		Self::deposit_event(Event::Created { agent: id, owner, account, stake });
		Ok(())
	}

	pub(crate) fn do_set_operator(
		owner: T::AccountId,
		id: AgentId,
		operator: Option<T::AccountId>,
	) -> DispatchResult {
		let agent = Self::working(&owner, id)?;
		Agents::<T>::insert(id, AgentOf::<T> { operator: operator.clone(), ..agent });
		Self::deposit_event(Event::OperatorSet { agent: id, operator });
		Ok(())
	}

	pub(crate) fn do_set_metadata(
		owner: T::AccountId,
		id: AgentId,
		metadata: Content,
	) -> DispatchResult {
		let agent = Self::working(&owner, id)?;
		check_metadata::<T>(&metadata)?;
		Agents::<T>::insert(id, AgentOf::<T> { metadata, ..agent });
		Self::deposit_event(Event::MetadataSet { agent: id, metadata });
		Ok(())
	}

	pub(crate) fn do_set_models(
		owner: T::AccountId,
		id: AgentId,
		models: ModelRates,
		retention: Perbill,
	) -> DispatchResult {
		let agent = Self::working(&owner, id)?;
		check_models::<T>(&models)?;
		Agents::<T>::insert(id, AgentOf::<T> { models: models.clone(), retention, ..agent });
		Self::deposit_event(Event::ModelsSet { agent: id, models, retention });
		Ok(())
	}

	pub(crate) fn do_pause(owner: T::AccountId, id: AgentId) -> DispatchResult {
		let agent = Self::owned(&owner, id)?;
		ensure!(agent.state == AgentState::Active, Error::<T>::NotActive);
		Agents::<T>::insert(id, AgentOf::<T> { state: AgentState::Paused, ..agent });
		Self::deposit_event(Event::Paused { agent: id });
		Ok(())
	}

	pub(crate) fn do_resume(owner: T::AccountId, id: AgentId) -> DispatchResult {
		let agent = Self::owned(&owner, id)?;
		ensure!(agent.state == AgentState::Paused, Error::<T>::NotPaused);
		Agents::<T>::insert(id, AgentOf::<T> { state: AgentState::Active, ..agent });
		Self::deposit_event(Event::Resumed { agent: id });
		Ok(())
	}

	pub(crate) fn do_retire(owner: T::AccountId, id: AgentId) -> DispatchResult {
		let agent = Self::working(&owner, id)?;
		Self::remove_mandate(id)?;
		let retired = AgentOf::<T> { state: AgentState::Retired, operator: None, ..agent };
		Agents::<T>::insert(id, retired);
		Self::deposit_event(Event::Retired { agent: id });
		Ok(())
	}

	pub(crate) fn do_withdraw(
		owner: T::AccountId,
		id: AgentId,
		holding: Holding,
	) -> DispatchResult {
		let account = Self::owned(&owner, id)?.account;
		match holding {
			Holding::Native(amount) => {
				T::Currency::transfer(&account, &owner, amount, Preservation::Preserve)?;
			}
			Holding::Asset(asset, amount) => {
				let expendable = Preservation::Expendable;
				T::Assets::transfer(asset, &account, &owner, amount, expendable)?;
			}
			Holding::Title(title) => {
				ensure!(title != Title::agent(id), Error::<T>::OwnTitle);
				ensure!(T::Titles::owner(title) == Some(account), Error::<T>::TitleNotHeld);
				T::TitleTransfer::give(title, &owner)?;
			}
		}
		Self::deposit_event(Event::Withdrawn { agent: id, owner, holding });
		Ok(())
	}
}

fn check_metadata<T: Config>(metadata: &Content) -> DispatchResult {
	ensure!(metadata.len <= MAX_METADATA, Error::<T>::MetadataTooLong);
	Ok(())
}

fn check_models<T: Config>(models: &ModelRates) -> DispatchResult {
	for (index, entry) in models.iter().enumerate() {
		ensure!(T::Models::owner(entry.model).is_some(), Error::<T>::ModelNotFound);
		let duplicate = models.iter().take(index).any(|other| other.model == entry.model);
		ensure!(!duplicate, Error::<T>::DuplicateModel);
	}
	let sum = sum_rates(models.iter().map(|entry| entry.rate));
	ensure!(sum.is_some(), Error::<T>::RatesExceedWhole);
	Ok(())
}

impl<T: Config> OnTitleChange<T::AccountId> for Pallet<T> {
	/// What an agent earns is paid at once: there is nothing to set apart.
	fn beneficiary_changes(_: Title, _: &Beneficiary<T::AccountId>) {}

	/// Takes the operator of an agent away, whom its next owner did not choose.
	fn owner_changes(title: Title, _: &T::AccountId) {
		if title.kind != TitleKind::Agent {
			return;
		}
		let Some(agent) = Agents::<T>::get(title.id).filter(|agent| agent.operator.is_some())
		else {
			return;
		};
		frame_system::Pallet::<T>::register_extra_weight_unchecked(
			T::WeightInfo::operator_cleared(),
			DispatchClass::Normal,
		);
		Agents::<T>::insert(title.id, AgentOf::<T> { operator: None, ..agent });
		Self::deposit_event(Event::OperatorSet { agent: title.id, operator: None });
	}
}
