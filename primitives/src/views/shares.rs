//! Who gets what of a payment for a model, and of one for each version before it (protocol 3, 4).

use alloc::vec::Vec;

use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

#[cfg(feature = "std")]
use super::planck;
use crate::ids::{DatasetId, ModelId, Version};

/// The most versions in one page of a model's share history.
pub const MAX_HISTORY_PAGE: u32 = 16;

view! {
	/// How one unit paid for a model is divided. What the protocol fee leaves, the net amount, is the
	/// ancestors' rates, the data's rate and the owner's; these make up the whole.
	pub struct SharesView<AccountId> {
		/// The model.
		pub model: ModelId,
		/// Whom it belongs to now.
		pub owner: AccountId,
		/// The protocol's part of a payment that is made now.
		pub protocol_fee: Perbill,
		/// Each ancestor's part of the net amount, in order of their ids. It was fixed when the model was
		/// registered.
		pub ancestors: Vec<AncestorShareView<AccountId>>,
		/// The data's part of the net amount, in which each output decides which contributions share.
		pub data_rate: Perbill,
		/// The attributor's part of the data's, of a payment that is made now.
		pub attribution_fee: Perbill,
		/// The datasets of the model's corpus, in order of their ids.
		pub datasets: Vec<DatasetShareView<AccountId>>,
		/// The owner's part of the net amount.
		pub owner_rate: Perbill,
	}
}

view! {
	/// What an ancestor gets of a payment for a model.
	pub struct AncestorShareView<AccountId> {
		/// The ancestor.
		pub model: ModelId,
		/// Whom it belongs to now.
		pub owner: AccountId,
		/// Its part of the net amount.
		pub rate: Perbill,
	}
}

view! {
	/// What a dataset of a model's corpus gets of payments for the model.
	pub struct DatasetShareView<AccountId> {
		/// The dataset.
		pub dataset: DatasetId,
		/// Its version in the corpus.
		pub version: Version,
		/// Whom it belongs to now.
		pub owner: AccountId,
		/// The part of what its contributions earn that goes to its title.
		pub curator_share: Perbill,
		/// What its contributions have claimed of the model's revenue so far, its title's part included,
		/// in planck.
		#[cfg_attr(feature = "std", serde(with = "planck"))]
		pub earned: u128,
	}
}
