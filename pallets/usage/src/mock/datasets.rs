//! Datasets that are nothing but a title and a curator share.

use std::collections::BTreeMap;

use frame_support::parameter_types;
use sp_runtime::Perbill;
use tributary_primitives::{
	ids::{DatasetId, Seq, Version},
	title::Title,
	traits::{ContributionFacts, Contributions},
};

use super::{AccountId, MockTitles};

parameter_types! {
	storage Shares: BTreeMap<DatasetId, Perbill> = BTreeMap::new();
}

pub struct MockDatasets;

impl MockDatasets {
	/// Puts a dataset on the list, and makes its title. The share is in parts per billion.
	pub fn put(dataset: DatasetId, owner: AccountId, share: u32) {
		let mut shares = Shares::get();
		shares.insert(dataset, Perbill::from_parts(share));
		Shares::set(&shares);
		MockTitles::put(Title::dataset(dataset), owner);
	}
}

impl Contributions<AccountId, u64> for MockDatasets {
	fn latest_version(_: DatasetId) -> Option<Version> {
		None
	}

	fn contribution(_: Seq) -> Option<ContributionFacts<AccountId, u64>> {
		None
	}

	fn curator_share(dataset: DatasetId) -> Perbill {
		Shares::get().get(&dataset).copied().unwrap_or_default()
	}

	fn allows_training(_: DatasetId, _: bool) -> bool {
		true
	}
}
