//! What other pallets and the runtime API read.

use alloc::vec::Vec;

use frame_support::traits::Get;
use sp_runtime::{Perbill, SaturatedConversion, Saturating};
use tributary_primitives::{
	ids::{DatasetId, ModelId, Version},
	split::{total_parts, Rates},
	traits,
	views::{ModelView, PinView, SharesView},
};

use crate::{types::*, Ancestors, Config, Corpus, Models, Pallet};

impl<T: Config> traits::Models<T::AccountId> for Pallet<T> {
	fn owner(model: ModelId) -> Option<T::AccountId> {
		Models::<T>::get(model).map(|model| model.owner)
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
		let Registration { relation, parents, pins, terms, artifact, manifest } =
			model.registration;
		Some(ModelView {
			id,
			owner: model.owner,
			relation: relation.name().into(),
			parents: parents.into_inner(),
			pins: pins.into_iter().map(PinView::from).collect(),
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

	/// How one unit paid for `id` is divided; `None` where there is no such model.
	pub fn shares_view(id: ModelId) -> Option<SharesView> {
		let model = Models::<T>::get(id)?;
		let data = model.registration.terms.data_rate;
		Some(SharesView {
			protocol_fee: T::ProtocolFee::get(),
			lineage: Ancestors::<T>::get(id).into_inner(),
			data,
			attribution_fee: T::AttributionFee::get(),
			owner: Perbill::one().saturating_sub(model.lineage_sum).saturating_sub(data),
		})
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
