//! What the other pallets know: titles, models, payments and vaults, all in storage, so that a failed call
//! leaves it as it was.

use frame_support::{
	ensure, parameter_types, storage_alias,
	traits::{
		fungible::{Credit, Mutate},
		tokens::{Fortitude, Precision, Preservation},
		Contains, Imbalance as _, OnUnbalanced,
	},
	Twox64Concat,
};
use sp_runtime::{DispatchError, DispatchResult, Perbill};
use tributary_primitives::{
	blob::{self, Content, Opening},
	ids::{DatasetId, EpochIndex, ModelId, Version},
	split::{protocol_fee, Rates},
	title::{Beneficiary, Tenure, Title},
	traits::{Models, OnTitleChange, Payments, Titles, Vaults},
};

use super::{
	free, AccountId, Agents, Balances, RuntimeCall, Test, BOB, MIN_PAYMENT, PROTOCOL_FEE, REVENUE,
	VAULTS,
};
use crate::TitleTransfer;

/// Who owns what, what there is, and what was paid.
pub struct World;

#[storage_alias]
pub type Owners = StorageMap<Mock, Twox64Concat, Title, AccountId>;
/// The titles whose revenue goes to their vault, and what that was credited with.
#[storage_alias]
pub type Vaulted = StorageMap<Mock, Twox64Concat, Title, u128>;
/// The number of receipts of each model.
#[storage_alias]
pub type Receipts = StorageMap<Mock, Twox64Concat, ModelId, u32>;

parameter_types! {
	/// Whom [`super::probe`] pays.
	pub storage Seller: AccountId = BOB;
	/// All fees that payments had burned.
	pub storage Burned: u128 = 0;
}

/// The number of models.
pub const MODELS: ModelId = 5;
/// A model that is never paid, whatever is asked.
pub const REFUSED: ModelId = 4;

impl World {
	pub fn owner_of(title: Title) -> AccountId {
		Owners::get(title).unwrap()
	}

	/// Gives the title to somebody else, as its owner does.
	pub fn transfer(title: Title, to: AccountId) -> DispatchResult {
		let from = Owners::get(title).ok_or(DispatchError::Other("no such title"))?;
		Agents::owner_changes(title, &from);
		Owners::insert(title, to);
		Ok(())
	}

	/// Makes a title.
	pub fn put(title: Title, owner: AccountId) {
		Owners::insert(title, owner);
	}

	/// Sends the revenue of the title to its vault.
	pub fn vault(title: Title) {
		Vaulted::insert(title, 0);
	}
}

impl Titles<AccountId> for World {
	type Error = DispatchError;

	fn mint(title: Title, owner: &AccountId) -> DispatchResult {
		ensure!(!Owners::contains_key(title), DispatchError::Other("the title exists"));
		Owners::insert(title, owner);
		Ok(())
	}

	fn owner(title: Title) -> Option<AccountId> {
		Owners::get(title)
	}

	fn beneficiary(title: Title) -> Option<Beneficiary<AccountId>> {
		let owner = Owners::get(title)?;
		Some(match Vaulted::contains_key(title) {
			true => Beneficiary::Vault,
			false => Beneficiary::Owner(owner),
		})
	}

	fn beneficiary_as_of(title: Title, _: u32) -> Option<Beneficiary<AccountId>> {
		Self::beneficiary(title)
	}

	fn changes() -> u64 {
		0
	}

	fn current_tenure(_: Title) -> u32 {
		0
	}

	fn tenure(_: Title, _: u32) -> Option<Tenure<AccountId>> {
		None
	}
}

impl TitleTransfer<AccountId> for World {
	fn give(title: Title, to: &AccountId) -> DispatchResult {
		Self::transfer(title, *to)
	}
}

impl Models<AccountId> for World {
	fn owner(model: ModelId) -> Option<AccountId> {
		(model < MODELS).then_some(REVENUE)
	}

	fn rates(model: ModelId) -> Option<Rates> {
		let rates = Rates { protocol_fee: PROTOCOL_FEE, ..Default::default() };
		(model < MODELS).then_some(rates)
	}

	fn window(_: ModelId) -> Option<u32> {
		None
	}

	fn lineage_rate(_: ModelId, _: ModelId) -> Option<Perbill> {
		None
	}

	fn ancestors(_: ModelId) -> Vec<(ModelId, Perbill)> {
		Vec::new()
	}

	fn corpus_version(_: ModelId, _: DatasetId) -> Option<Version> {
		None
	}
}

impl Payments<AccountId> for World {
	type Error = DispatchError;

	fn pay(
		payer: &AccountId,
		model: ModelId,
		outputs: Content,
		outputs_tail: &Opening,
		amount: u128,
	) -> Result<(EpochIndex, u32), DispatchError> {
		ensure!(model < MODELS && model != REFUSED, DispatchError::Other("no such model"));
		ensure!(amount >= MIN_PAYMENT, DispatchError::Other("too small"));
		let tail = blob::verify_tail(&outputs, outputs_tail);
		ensure!(tail.is_ok(), DispatchError::Other("not the tail"));
		let fee = protocol_fee(amount, PROTOCOL_FEE);
		let (keep, exact) = (Preservation::Preserve, Precision::Exact);
		Balances::burn_from(payer, fee, keep, exact, Fortitude::Force)?;
		note_fee(fee);
		Balances::transfer(payer, &REVENUE, amount - fee, Preservation::Preserve)?;
		let receipt = Receipts::get(model).unwrap_or(0);
		Receipts::insert(model, receipt + 1);
		Ok((9, receipt))
	}

	fn receipt_deposit() -> u128 {
		0
	}

	fn min_payment() -> u128 {
		MIN_PAYMENT
	}
}

impl Vaults<AccountId> for World {
	type Error = DispatchError;

	fn account() -> AccountId {
		VAULTS
	}

	fn credit(title: Title, amount: u128) -> DispatchResult {
		ensure!(free(VAULTS) >= amount, DispatchError::Other("nothing came in"));
		Vaulted::try_mutate(title, |sum| {
			let sum = sum.as_mut().ok_or(DispatchError::Other("no vault"))?;
			*sum += amount;
			Ok(())
		})
	}
}

/// Counts what a payment's fee burns.
fn note_fee(fee: u128) {
	Burned::set(&(Burned::get() + fee - super::AUTHOR_SHARE.mul_floor(fee)));
}

/// Burns fees.
pub struct BurnFees;

impl OnUnbalanced<Credit<AccountId, Balances>> for BurnFees {
	fn on_nonzero_unbalanced(credit: Credit<AccountId, Balances>) {
		note_fee(credit.peek());
	}
}

/// A filter of calls that refuses one.
pub struct NoCallToSetHeapPages;

impl Contains<RuntimeCall> for NoCallToSetHeapPages {
	fn contains(call: &RuntimeCall) -> bool {
		!matches!(call, RuntimeCall::System(frame_system::Call::<Test>::set_heap_pages { .. }))
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId, RuntimeCall> for World {
	fn model(index: u32) -> ModelId {
		index
	}

	fn asset(index: u32, account: &AccountId, amount: u128) -> u32 {
		super::make_asset(index, *account, amount);
		index
	}

	fn send(to: &AccountId, amount: u128) -> RuntimeCall {
		pallet_balances::Call::<Test>::transfer_allow_death { dest: *to, value: amount }.into()
	}

	fn nest(calls: Vec<RuntimeCall>) -> RuntimeCall {
		pallet_utility::Call::<Test>::batch_all { calls }.into()
	}

	fn title(owner: &AccountId) -> Title {
		let title = Title::model(0);
		Self::put(title, *owner);
		title
	}

	fn vault(title: Title, _: &AccountId) {
		Self::vault(title);
	}
}
