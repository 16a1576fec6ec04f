//! What the calls do: ancestors, corpus and rates of a registration.

use alloc::collections::{BTreeMap, BTreeSet};

use codec::Encode;
use frame_support::{
	ensure,
	traits::{fungible::hold::Mutate, Get},
};
use sp_runtime::{DispatchError, DispatchResult, Perbill};
use tributary_primitives::{
	blob::{verify_tail, Opening},
	ids::{DatasetId, ModelId, Version},
	split::{sum_rates, total_parts},
	title::Title,
	traits::{Contributions, Titles},
	window::WINDOW_BOUNDS,
};

use crate::{
	types::*, work::Work, Ancestors, Config, Corpus, Error, Event, HoldReason, Models, NextModel,
	Pallet,
};

impl<T: Config> Pallet<T> {
	/// Registers a model, and says what that took.
	pub(crate) fn do_register(
		owner: T::AccountId,
		registration: Registration,
		max_lineage: Perbill,
		[artifact_tail, manifest_tail]: [&Opening; 2],
	) -> Result<Work, DispatchError> {
		let Registration { relation, parents, pins, generative, terms, artifact, manifest } =
			&registration;
		ensure!(WINDOW_BOUNDS.contains(&terms.window), Error::<T>::WindowOutOfRange);
		ensure!(relation.admits(parents.len()), Error::<T>::WrongParents);
		let ancestors = Self::ancestors_through(parents)?;
		let corpus = Self::corpus_through(parents, pins)?;
		let asked = Self::ensure_training_allowed(parents, pins, *generative)?;
		let lineage_sum = Self::ensure_whole(&ancestors, terms.data_rate)?;
		ensure!(lineage_sum <= max_lineage, Self::above_maximum(lineage_sum));
		let id = NextModel::<T>::get();
		let next = id.checked_add(1).ok_or(Error::<T>::NoNumberLeft)?;
		verify_tail(artifact, artifact_tail).map_err(Error::<T>::from)?;
		verify_tail(manifest, manifest_tail).map_err(Error::<T>::from)?;
		let most = Work::most(parents, pins, [artifact_tail, manifest_tail]);
		let work = most.after(ancestors.len(), asked);

		let relation = *relation;
		let registered_at = frame_system::Pallet::<T>::block_number();
		let depositor = owner.clone();
		let mut model = Model { depositor, registration, lineage_sum, registered_at, deposit: 0 };
		model.deposit = Self::model_deposit(&model, &ancestors, &corpus);
		T::Currency::hold(&HoldReason::Model.into(), &owner, model.deposit)?;
		T::Titles::mint(Title::model(id), &owner)?;
		NextModel::<T>::put(next);
		Models::<T>::insert(id, model);
		Ancestors::<T>::insert(id, ancestors);
		Corpus::<T>::insert(id, corpus);
		Self::deposit_event(Event::Registered { model: id, owner, relation });
		Ok(work)
	}

	pub(crate) fn do_set_lineage_rate(
		owner: &T::AccountId,
		id: ModelId,
		rate: Perbill,
	) -> DispatchResult {
		let mut model = Models::<T>::get(id).ok_or(Error::<T>::NotFound)?;
		let owns = T::Titles::owner(Title::model(id)).as_ref() == Some(owner);
		ensure!(owns, Error::<T>::NotAuthorized);
		model.registration.terms.lineage_rate = rate;
		Models::<T>::insert(id, model);
		Self::deposit_event(Event::LineageRateSet { model: id, rate });
		Ok(())
	}

	/// The distinct models reachable through `parents`, each with what it asks now.
	pub(crate) fn ancestors_through(parents: &[ModelId]) -> Result<AncestorRates, DispatchError> {
		let mut ids = BTreeSet::new();
		for parent in parents {
			ensure!(Models::<T>::contains_key(parent), Error::<T>::NotFound);
			ids.extend(Ancestors::<T>::get(parent).into_iter().map(|(ancestor, _)| ancestor));
			ensure!(ids.len() <= AncestorRates::bound(), Error::<T>::TooManyAncestors);
		}
		// A parent may be an ancestor of another, so the parents join last and are told apart from
		// one named twice.
		let named: BTreeSet<ModelId> = parents.iter().copied().collect();
		ensure!(named.len() == parents.len(), Error::<T>::DuplicateParent);
		ids.extend(named);
		// Before any rate is read, as no more are paid for.
		ensure!(ids.len() <= AncestorRates::bound(), Error::<T>::TooManyAncestors);

		let mut ancestors = AncestorRates::new();
		for id in ids {
			let model = Models::<T>::get(id).ok_or(Error::<T>::NotFound)?;
			let rate = model.registration.terms.lineage_rate;
			ancestors.try_push((id, rate)).map_err(|_| Error::<T>::TooManyAncestors)?;
		}
		Ok(ancestors)
	}

	/// The union of `pins` and of the corpora of `parents`, which hold those of all ancestors.
	fn corpus_through(parents: &[ModelId], pins: &[Pin]) -> Result<CorpusPins, DispatchError> {
		let mut corpus = BTreeMap::<DatasetId, Version>::new();
		for Pin { dataset, version } in pins {
			let latest =
				T::Datasets::latest_version(*dataset).ok_or(Error::<T>::DatasetNotFound)?;
			ensure!((1..=latest).contains(version), Error::<T>::VersionNotFound);
			ensure!(corpus.insert(*dataset, *version).is_none(), Error::<T>::DuplicatePin);
		}
		for parent in parents {
			for Pin { dataset, version } in Corpus::<T>::get(parent) {
				let greatest = corpus.entry(dataset).or_default();
				*greatest = version.max(*greatest);
			}
			ensure!(corpus.len() <= CorpusPins::bound(), Error::<T>::TooManyPins);
		}
		let mut sorted = CorpusPins::new();
		for (dataset, version) in corpus {
			sorted.try_push(Pin { dataset, version }).map_err(|_| Error::<T>::TooManyPins)?;
		}
		Ok(sorted)
	}

	/// Makes sure that the owners of the datasets that a model is trained on allow it. Returns how many
	/// inherited ones were asked about.
	///
	/// What a parent has in its corpus was asked about when that was registered, if it is generative as the
	/// model is, or as the model is not; and what an owner says never changes.
	fn ensure_training_allowed(
		parents: &[ModelId],
		pins: &[Pin],
		generative: bool,
	) -> Result<usize, DispatchError> {
		let refusal = || match generative {
			true => Error::<T>::GenerativeTrainingNotAllowed,
			false => Error::<T>::TrainingNotAllowed,
		};
		let mut inherited = BTreeSet::new();
		for parent in parents {
			let stored = Models::<T>::get(parent).ok_or(Error::<T>::NotFound)?;
			if stored.registration.generative != generative {
				inherited.extend(Corpus::<T>::get(parent).into_iter().map(|pin| pin.dataset));
			}
		}
		for dataset in pins.iter().map(|pin| &pin.dataset).chain(&inherited) {
			let allowed = T::Datasets::allows_training(*dataset, generative);
			ensure!(allowed, Self::refused_by(*dataset, refusal()));
		}
		Ok(inherited.len())
	}

	/// Notes which dataset a registration was refused for, which an error can not say.
	fn refused_by(dataset: DatasetId, error: Error<T>) -> Error<T> {
		log::debug!(target: "models", "registration refused for dataset {dataset}: {error:?}");
		error
	}

	/// Notes what the ancestors of a refused registration ask, which an error can not say.
	fn above_maximum(lineage_sum: Perbill) -> Error<T> {
		log::debug!(target: "models", "registration refused: the ancestors ask {lineage_sum:?}");
		Error::LineageAboveMaximum
	}

	/// The sum of the ancestors' rates, where that, the data rate and the protocol fee are at most the
	/// whole.
	fn ensure_whole(
		ancestors: &AncestorRates,
		data_rate: Perbill,
	) -> Result<Perbill, DispatchError> {
		let rates = || ancestors.iter().map(|(_, rate)| *rate);
		let all = || rates().chain([data_rate, T::ProtocolFee::get()]);
		if sum_rates(all()).is_none() {
			let parts = total_parts(all());
			log::debug!(target: "models", "registration refused: rates sum to {parts} in 1,000,000,000");
			return Err(Error::<T>::RatesExceedWhole.into());
		}
		sum_rates(rates()).ok_or(Error::<T>::RatesExceedWhole.into())
	}

	/// What the depositor of a model has on hold for it, in planck. The record's own `deposit` field counts
	/// with the same bytes whatever it says.
	pub(crate) fn model_deposit(
		model: &ModelOf<T>,
		ancestors: &AncestorRates,
		corpus: &CorpusPins,
	) -> u128 {
		let bytes = u128::try_from((model, ancestors, corpus).encoded_size()).unwrap_or(u128::MAX);
		T::DepositBase::get().saturating_add(T::DepositPerByte::get().saturating_mul(bytes))
	}
}
