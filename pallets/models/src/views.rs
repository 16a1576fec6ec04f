//! What other pallets and the runtime API read.

use alloc::vec::Vec;

use frame_support::traits::Get;
use sp_runtime::{Perbill, SaturatedConversion, Saturating};
use tributary_primitives::{
	ids::{DatasetId, ModelId, Version},
	split::{total_parts, Rates},
	title::Title,
	traits::{self, Contributions, DatasetEarnings, Models as _, Titles},
	views::{
		AncestorShareView, DatasetShareView, ModelView, Page, PinView, SharesView, MAX_HISTORY_PAGE,
	},
};

use crate::{types::*, Ancestors, Config, Corpus, Models, Pallet};

impl<T: Config> traits::Models<T::AccountId> for Pallet<T> {
	fn owner(model: ModelId) -> Option<T::AccountId> {
		T::Titles::owner(Title::model(model))
	}

	fn rates(model: ModelId) -> Option<Rates> {
		let model = Models::<T>::get(model)?;
		Some(Rates {
			protocol_fee: T::ProtocolFee::get(),
			lineage: model.lineage_sum,
			data: model.registration.terms.data_rate,
			attribution_fee: T::AttributionFee::get(),
		})
	}

	fn window(model: ModelId) -> Option<u32> {
		Models::<T>::get(model).map(|model| model.registration.terms.window)
	}

	fn lineage_rate(model: ModelId, ancestor: ModelId) -> Option<Perbill> {
		let ancestors = Ancestors::<T>::get(model);
		let place = ancestors.binary_search_by_key(&ancestor, |(id, _)| *id).ok()?;
		ancestors.get(place).map(|(_, rate)| *rate)
	}

	fn ancestors(model: ModelId) -> Vec<(ModelId, Perbill)> {
		Ancestors::<T>::get(model).into_inner()
	}

	fn corpus_version(model: ModelId, dataset: DatasetId) -> Option<Version> {
		let corpus = Corpus::<T>::get(model);
		let place = corpus.binary_search_by_key(&dataset, |pin| pin.dataset).ok()?;
		corpus.get(place).map(|pin| pin.version)
	}
}

impl<T: Config> Pallet<T> {
	/// The model `id`; `None` where there is none.
	pub fn model_view(id: ModelId) -> Option<ModelView<T::AccountId>> {
		let model = Models::<T>::get(id)?;
		let Registration { relation, parents, pins, generative, terms, artifact, manifest } =
			model.registration;
		Some(ModelView {
			id,
			owner: Self::owner(id)?,
			relation: relation.name().into(),
			parents: parents.into_inner(),
			pins: pins.into_iter().map(PinView::from).collect(),
			generative,
			corpus: Corpus::<T>::get(id).into_iter().map(PinView::from).collect(),
			artifact,
			manifest,
			lineage_rate: terms.lineage_rate,
			data_rate: terms.data_rate,
			window: terms.window,
			registered_at: model.registered_at.saturated_into(),
		})
	}

	/// The corpus of `id` in order of the datasets' ids; `None` where there is no such model.
	pub fn corpus(id: ModelId) -> Option<Vec<Pin>> {
		Models::<T>::contains_key(id).then(|| Corpus::<T>::get(id).into_inner())
	}

	/// How one unit paid for `id` is divided; `None` where there is no such model. Long, as it names
	/// every ancestor and every dataset.
	pub fn shares_view(id: ModelId) -> Option<SharesView<T::AccountId>> {
		let model = Models::<T>::get(id)?;
		let data_rate = model.registration.terms.data_rate;
		let ancestors = Ancestors::<T>::get(id).into_iter().map(|(model, rate)| {
			let owner = T::Titles::owner(Title::model(model))?;
			Some(AncestorShareView { model, owner, rate })
		});
		let datasets = Corpus::<T>::get(id).into_iter().map(|Pin { dataset, version }| {
			Some(DatasetShareView {
				dataset,
				version,
				owner: T::Titles::owner(Title::dataset(dataset))?,
				curator_share: T::Datasets::curator_share(dataset),
				earned: T::Earnings::dataset_earned(id, dataset),
			})
		});
		Some(SharesView {
			model: id,
			owner: Self::owner(id)?,
			protocol_fee: T::ProtocolFee::get(),
			ancestors: ancestors.collect::<Option<_>>()?,
			data_rate,
			attribution_fee: T::AttributionFee::get(),
			datasets: datasets.collect::<Option<_>>()?,
			owner_rate: Perbill::one().saturating_sub(model.lineage_sum).saturating_sub(data_rate),
		})
	}

	/// How one unit paid for each version of `id` is divided: for its ancestors and itself, in order of
	/// their ids, those from `from` on, at most `limit` of them (at least 1 and at most
	/// [`MAX_HISTORY_PAGE`]). `None` where there is no such model.
	pub fn shares_history(
		id: ModelId,
		from: ModelId,
		limit: u32,
	) -> Option<Page<SharesView<T::AccountId>, ModelId>> {
		Models::<T>::get(id)?;
		let ancestors = Ancestors::<T>::get(id).into_iter().map(|(ancestor, _)| ancestor);
		let mut versions = ancestors.chain([id]).skip_while(|version| *version < from);
		let mut items = Vec::new();
		for _ in 0..limit.clamp(1, MAX_HISTORY_PAGE) {
			let Some(version) = versions.next() else { break };
			items.push(Self::shares_view(version)?);
		}
		Some(Page { items, next: versions.next() })
	}

	/// What the rates of a registration with these `parents` and `data_rate` would sum to now, in parts
	/// per billion, the protocol fee included: above 1,000,000,000 it is refused. `None` where the
	/// parents are.
	pub fn registration_parts(parents: &[ModelId], data_rate: Perbill) -> Option<u64> {
		let ancestors = Self::ancestors_through(parents).ok()?;
		let rates = ancestors.iter().map(|(_, rate)| *rate);
		Some(total_parts(rates.chain([data_rate, T::ProtocolFee::get()])))
	}
}

impl From<Pin> for PinView {
	fn from(Pin { dataset, version }: Pin) -> Self {
		Self { dataset, version }
	}
}
