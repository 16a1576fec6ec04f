//! What must hold of the storage after every block.

use alloc::collections::{BTreeMap, BTreeSet};

use frame_support::{ensure, traits::fungible::hold::Inspect};
use sp_runtime::TryRuntimeError;
use tributary_primitives::{
	ids::ModelId,
	split::sum_rates,
	title::Title,
	traits::{Contributions, Titles},
	window::WINDOW_BOUNDS,
};

use crate::{types::*, Ancestors, Config, Corpus, HoldReason, Models, NextModel, Pallet};

impl<T: Config> Pallet<T> {
	/// Checks the storage.
	///
	/// 1. Every model has an id below [`NextModel`], none below is missing, and each has ancestors and
	///    a corpus, as has nothing else.
	/// 2. Its parents are distinct, as many as its relation admits, and have smaller ids.
	/// 3. Its ancestors are, in order and once each, its parents and theirs.
	/// 4. Its lineage sum is the sum of its ancestors' rates, and with the data rate at most the whole.
	/// 5. Its corpus is, in order and once each, the greatest version of each dataset among its pins and
	///    its parents' corpora, and every version exists.
	/// 6. Its window is in bounds.
	/// 7. Its deposit is that of its size, and what each depositor has on hold is the sum of them.
	/// 8. It has a title.
	/// 9. The datasets that it pins allow training, and where it is generative all of its corpus that of
	///    generative models.
	///
	/// # Errors
	/// Names the first check that fails.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut held = BTreeMap::<T::AccountId, u128>::new();
		let mut models: u32 = 0;
		for (id, model) in Models::<T>::iter() {
			models = models.saturating_add(1);
			ensure!(id < NextModel::<T>::get(), "1: a model is past the counter");
			Self::check_lineage(id, &model)?;
			Self::check_corpus(id, &model)?;
			let window = model.registration.terms.window;
			ensure!(WINDOW_BOUNDS.contains(&window), "6: a window is out of bounds");
			let (ancestors, corpus) = (Ancestors::<T>::get(id), Corpus::<T>::get(id));
			let deposit = Self::model_deposit(&model, &ancestors, &corpus);
			ensure!(model.deposit == deposit, "7: a deposit is off");
			let owner = T::Titles::owner(Title::model(id));
			ensure!(owner.is_some(), "8: a model has no title");
			let sum = held.entry(model.depositor).or_default();
			*sum = sum.saturating_add(deposit);
		}
		ensure!(models == NextModel::<T>::get(), "1: a model is missing");
		let count = |keys: usize| u32::try_from(keys) == Ok(models);
		ensure!(count(Ancestors::<T>::iter_keys().count()), "1: ancestors of no model, or missing");
		ensure!(count(Corpus::<T>::iter_keys().count()), "1: a corpus of no model, or missing");
		for (depositor, sum) in held {
			let on_hold = T::Currency::balance_on_hold(&HoldReason::Model.into(), &depositor);
			ensure!(on_hold == sum, "7: a depositor holds another sum than its models ask");
		}
		Ok(())
	}

	fn check_lineage(id: ModelId, model: &ModelOf<T>) -> Result<(), TryRuntimeError> {
		let Registration { relation, parents, terms, .. } = &model.registration;
		let mut expected: BTreeSet<ModelId> = parents.iter().copied().collect();
		ensure!(expected.len() == parents.len(), "2: a parent is named twice");
		ensure!(relation.admits(parents.len()), "2: a relation does not admit its parents");
		ensure!(parents.iter().all(|parent| *parent < id), "2: a parent is no older");
		for parent in parents {
			expected.extend(Ancestors::<T>::get(parent).into_iter().map(|(ancestor, _)| ancestor));
		}
		let ancestors = Ancestors::<T>::get(id);
		let stored = ancestors.iter().map(|(ancestor, _)| *ancestor);
		ensure!(stored.eq(expected), "3: ancestors are not the parents and theirs");
		let rates = || ancestors.iter().map(|(_, rate)| *rate);
		ensure!(sum_rates(rates()) == Some(model.lineage_sum), "4: a lineage sum is off");
		let net = sum_rates(rates().chain([terms.data_rate]));
		ensure!(net.is_some(), "4: rates exceed the whole");
		Ok(())
	}

	fn check_corpus(id: ModelId, model: &ModelOf<T>) -> Result<(), TryRuntimeError> {
		let Registration { parents, pins, generative, .. } = &model.registration;
		let mut expected = BTreeMap::new();
		let inherited = parents.iter().flat_map(Corpus::<T>::get);
		for Pin { dataset, version } in pins.iter().copied().chain(inherited) {
			let greatest = expected.entry(dataset).or_insert(version);
			*greatest = version.max(*greatest);
		}
		let corpus = Corpus::<T>::get(id);
		let stored = corpus.iter().map(|pin| (pin.dataset, pin.version));
		ensure!(stored.eq(expected), "5: a corpus is not the union of its pins and its parents'");
		for Pin { dataset, version } in corpus {
			let latest =
				T::Datasets::latest_version(dataset).ok_or("5: a pinned dataset is gone")?;
			ensure!((1..=latest).contains(&version), "5: a pinned version does not exist");
			let allowed = !generative || T::Datasets::allows_training(dataset, true);
			ensure!(allowed, "9: a dataset does not allow training of a generative model");
		}
		for pin in pins {
			let allowed = T::Datasets::allows_training(pin.dataset, *generative);
			ensure!(allowed, "9: a pinned dataset does not allow training");
		}
		Ok(())
	}
}
