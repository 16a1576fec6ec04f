//! What an agent may do.

use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use super::{
	Budget, CallIndex, Currency, MAX_ALLOWED_CALLS, MAX_BUDGETED_ASSETS, MAX_COUNTERPARTIES,
};

/// What an operator may have an agent do. Lists are in strictly ascending order, so that a mandate is
/// written in one way.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Mandate<AccountId> {
	/// The calls that it may make, those that nest others included.
	pub calls: BoundedVec<CallIndex, ConstU32<MAX_ALLOWED_CALLS>>,
	/// What it may spend of the native token.
	pub native: Budget,
	/// What it may spend of assets, by their ids; of others nothing.
	pub assets: BoundedVec<(u32, Budget), ConstU32<MAX_BUDGETED_ASSETS>>,
	/// The blocks of the window that budgets count in, at least 1.
	pub window: u32,
	/// The other side of its calls, where they have one; `None` for anyone.
	pub counterparties: Option<BoundedVec<AccountId, ConstU32<MAX_COUNTERPARTIES>>>,
	/// The last block in which it may act.
	pub expires_at: u32,
}

/// Why a mandate is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MandateError {
	/// The calls are not in ascending order, or one of them is there twice.
	CallsNotSorted,
	/// The assets are not in ascending order, or one of them is there twice.
	AssetsNotSorted,
	/// The counterparties are not in ascending order, or one of them is there twice.
	CounterpartiesNotSorted,
	/// The window has no blocks.
	ZeroWindow,
}

impl<AccountId: Ord> Mandate<AccountId> {
	/// Checks the mandate's form.
	///
	/// # Errors
	/// What is wrong with it.
	pub fn check(&self) -> Result<(), MandateError> {
		let ascending = |sorted: bool, error| if sorted { Ok(()) } else { Err(error) };
		ascending(is_ascending(self.calls.iter()), MandateError::CallsNotSorted)?;
		let assets = self.assets.iter().map(|(asset, _)| asset);
		ascending(is_ascending(assets), MandateError::AssetsNotSorted)?;
		let counterparties = self.counterparties.iter().flatten();
		ascending(is_ascending(counterparties), MandateError::CounterpartiesNotSorted)?;
		ascending(self.window > 0, MandateError::ZeroWindow)
	}

	/// Whether `call` is one of those that may be made.
	pub fn allows(&self, call: &CallIndex) -> bool {
		self.calls.binary_search(call).is_ok()
	}

	/// Whether `account` may be the other side of a call.
	pub fn allows_counterparty(&self, account: &AccountId) -> bool {
		self.counterparties.as_ref().is_none_or(|allowed| allowed.binary_search(account).is_ok())
	}

	/// What may be spent of `currency`: nothing of an asset that has no budget.
	pub fn budget(&self, currency: Currency) -> Budget {
		match currency {
			Currency::Native => self.native,
			Currency::Asset(asset) => self
				.assets
				.iter()
				.find(|(budgeted, _)| *budgeted == asset)
				.map_or_else(Budget::default, |(_, budget)| *budget),
		}
	}

	/// The currencies that have a budget, the native token first.
	pub fn currencies(&self) -> impl Iterator<Item = Currency> + '_ {
		let assets = self.assets.iter().map(|(asset, _)| Currency::Asset(*asset));
		core::iter::once(Currency::Native).chain(assets)
	}
}

/// Whether each item is less than the next one.
fn is_ascending<Item: Ord>(items: impl Iterator<Item = Item> + Clone) -> bool {
	items.clone().zip(items.skip(1)).all(|(first, second)| first < second)
}
