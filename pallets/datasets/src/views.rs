//! What other pallets and the runtime API read.

use alloc::vec::Vec;

use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{Perbill, SaturatedConversion};
use tributary_primitives::{
	ids::{DatasetId, Seq, Version},
	title::Title,
	traits::{self, ContributionFacts, Titles},
	views::{
		AdmissionView, ContributionStateView, ContributionView, DatasetView, Page, UseView,
		MAX_PAGE,
	},
};

use crate::{types::*, Commitments, Config, Contributions, Datasets, Entries, Pallet, Roots};

impl<T: Config> traits::Contributions<T::AccountId, BlockNumberFor<T>> for Pallet<T> {
	fn latest_version(dataset: DatasetId) -> Option<Version> {
		Datasets::<T>::get(dataset).map(|dataset| dataset.version)
	}

	fn contribution(seq: Seq) -> Option<ContributionFacts<T::AccountId, BlockNumberFor<T>>> {
		let contribution = Contributions::<T>::get(seq)?;
		let passes_through = !contribution.is_refused_as_synthetic();
		let synthetic = contribution.synthetic.filter(|_| passes_through);
		Some(ContributionFacts {
			content: contribution.content,
			contributor: contribution.contributor,
			dataset: contribution.dataset,
			committed_at: contribution.committed_at,
			index: contribution.accepted.map(|accepted| accepted.index),
			accepted_at: contribution.accepted.map(|accepted| accepted.at),
			ended_at: contribution.ended.map(|ended| ended.at),
			withheld_at: contribution.withheld,
			synthetic,
		})
	}

	fn curator_share(dataset: DatasetId) -> Perbill {
		Datasets::<T>::get(dataset).map_or(Perbill::zero(), |dataset| dataset.terms.curator_share)
	}

	fn allows_training(dataset: DatasetId, generative: bool) -> bool {
		Datasets::<T>::get(dataset).is_some_and(|dataset| {
			let Uses { training, generative_training, .. } = dataset.terms.uses;
			let asked = if generative { generative_training } else { training };
			asked != Use::NotAllowed
		})
	}
}

impl<T: Config> Pallet<T> {
	/// The dataset `id`; `None` where there is none.
	pub fn dataset_view(id: DatasetId) -> Option<DatasetView<T::AccountId>> {
		let Dataset { terms, closed, version, .. } = Datasets::<T>::get(id)?;
		let owner = T::Titles::owner(Title::dataset(id))?;
		let (admission, curators) = match terms.admission {
			Admission::Open => (AdmissionView::Open, Vec::new()),
			Admission::Curated(curators) => (AdmissionView::Curated, curators.into_inner()),
		};
		let uses = terms.uses;
		Some(DatasetView {
			id,
			owner,
			admission,
			curators,
			curator_share: terms.curator_share,
			licence: terms.licence.into_inner(),
			uses: [uses.data_mining, uses.inference, uses.training, uses.generative_training]
				.map(UseView::from),
			contribution_deposit: terms.contribution_deposit,
			metadata: terms.metadata,
			synthetic: terms.synthetic,
			closed,
			version,
		})
	}

	/// Datasets from `from` on, at most `limit` of them (at least 1 and at most [`MAX_PAGE`]).
	pub fn datasets_page(
		from: DatasetId,
		limit: u32,
	) -> Page<DatasetView<T::AccountId>, DatasetId> {
		page(from, limit, Self::dataset_view)
	}

	/// The commitment or contribution `seq`; `None` where there is none or it expired.
	pub fn contribution_view(seq: Seq) -> Option<ContributionView<T::AccountId>> {
		if let Some(committed) = Commitments::<T>::get(seq) {
			let committed_at = committed.committed_at.saturated_into();
			return Some(ContributionView {
				seq,
				contributor: committed.contributor,
				committed_at,
				state: ContributionStateView::Committed,
				since: committed_at,
				dataset: None,
				content: None,
				index: None,
				cause: None,
				withheld_at: None,
				synthetic: None,
				locks: 0,
			});
		}
		let contribution = Contributions::<T>::get(seq)?;
		let (state, since, cause) = match (&contribution.ended, &contribution.accepted) {
			(Some(Ended { how, at }), _) => match how {
				Ending::Rejected => (ContributionStateView::Rejected, *at, None),
				Ending::Withdrawn => (ContributionStateView::Withdrawn, *at, None),
				Ending::Suspended(cause) => (ContributionStateView::Suspended, *at, Some(*cause)),
			},
			(None, Some(accepted)) => (ContributionStateView::Accepted, accepted.at, None),
			(None, None) => (ContributionStateView::Pending, contribution.revealed_at, None),
		};
		Some(ContributionView {
			seq,
			contributor: contribution.contributor,
			committed_at: contribution.committed_at.saturated_into(),
			state,
			since: since.saturated_into(),
			dataset: Some(contribution.dataset),
			content: Some(contribution.content),
			index: contribution.accepted.map(|accepted| accepted.index),
			cause,
			withheld_at: contribution.withheld.map(SaturatedConversion::saturated_into),
			synthetic: contribution.synthetic,
			locks: contribution.locks,
		})
	}

	/// Entries of `dataset` from index `from` on, at most `limit` of them (at least 1 and at most
	/// [`MAX_PAGE`]), those that ended included.
	pub fn contributions_page(
		dataset: DatasetId,
		from: u32,
		limit: u32,
	) -> Page<ContributionView<T::AccountId>, u32> {
		page(from, limit, |index| Self::entry(dataset, index).and_then(Self::contribution_view))
	}

	/// The contribution at `index` of `dataset`; `None` past the last.
	pub fn entry(dataset: DatasetId, index: u32) -> Option<Seq> {
		Entries::<T>::get(dataset, index)
	}

	/// The contribution that has `root`.
	pub fn by_root(root: [u8; 32]) -> Option<Seq> {
		Roots::<T>::get(root)
	}
}

impl From<Use> for UseView {
	fn from(stated: Use) -> Self {
		match stated {
			Use::Allowed => Self::Allowed,
			Use::NotAllowed => Self::NotAllowed,
			Use::Constrained => Self::Constrained,
		}
	}
}

/// Items `from ..` of a list without holes, of which `item` gives each.
fn page<Item>(from: u32, limit: u32, item: impl Fn(u32) -> Option<Item>) -> Page<Item, u32> {
	let end = from.saturating_add(limit.clamp(1, MAX_PAGE));
	let items: Vec<Item> = (from..end).map_while(&item).collect();
	let full = items.len() == usize::try_from(end.saturating_sub(from)).unwrap_or(usize::MAX);
	let next = (full && item(end).is_some()).then_some(end);
	Page { items, next }
}
