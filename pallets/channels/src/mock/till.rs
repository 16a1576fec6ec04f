//! Payments: a fee is burned, the rest goes to one account, and the payer holds a deposit for the receipt.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	ensure, storage_alias,
	traits::{
		fungible::{Balanced, Mutate, MutateHold},
		tokens::{Fortitude, Precision, Preservation},
	},
	Twox64Concat,
};
use scale_info::TypeInfo;
#[cfg(feature = "runtime-benchmarks")]
use sp_core::{sr25519, Pair};
#[cfg(feature = "runtime-benchmarks")]
use sp_runtime::MultiSignature;
use sp_runtime::{DispatchError, Perbill};
use tributary_primitives::{
	blob::{self, Content, Opening},
	ids::{DatasetId, EpochIndex, ModelId, Version},
	report::{record_count, MAX_ITEMS},
	split::{protocol_fee, Rates},
	traits::{Models, Payments},
};

use super::{AccountId, Balances, MinPayment, ReceiptDeposit, Refuses, System, MODEL, REVENUE};

pub const EPOCH_LENGTH: u32 = 10;
pub const FEE: Perbill = Perbill::from_percent(2);

/// Nothing but a reason for holds.
#[frame_support::pallet(dev_mode)]
pub mod pallet {
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {}

	#[pallet::composite_enum]
	pub enum HoldReason {
		Receipt,
	}
}

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Receipt {
	pub payer: AccountId,
	pub outputs: Content,
	pub amount: u128,
}

/// All receipts, in order.
#[storage_alias]
pub type Receipts = StorageMap<Mock, Twox64Concat, u32, Receipt>;

pub struct Till;

/// What of a payment is burned.
pub fn fee(amount: u128) -> u128 {
	protocol_fee(amount, FEE)
}

impl Payments<AccountId> for Till {
	type Error = DispatchError;

	fn pay(
		payer: &AccountId,
		model: ModelId,
		outputs: Content,
		outputs_tail: &Opening,
		amount: u128,
	) -> Result<(EpochIndex, u32), DispatchError> {
		ensure!(amount >= MinPayment::get(), DispatchError::Other("too small"));
		let items =
			record_count(outputs.len).filter(|items| (1..=u64::from(MAX_ITEMS)).contains(items));
		ensure!(items.is_some(), DispatchError::Other("not a list of items"));
		ensure!(model == MODEL, DispatchError::Other("no such model"));
		blob::verify_tail(&outputs, outputs_tail).map_err(|_| DispatchError::Other("tail"))?;

		let burned = Balances::burn_from(
			payer,
			fee(amount),
			Preservation::Preserve,
			Precision::Exact,
			Fortitude::Force,
		)?;
		let credit = Balances::withdraw(
			payer,
			amount - burned,
			Precision::Exact,
			Preservation::Preserve,
			Fortitude::Force,
		)?;
		Balances::resolve(&REVENUE, credit).map_err(|_| DispatchError::Other("no such account"))?;
		let reason = pallet::HoldReason::Receipt.into();
		Balances::hold(&reason, payer, ReceiptDeposit::get())?;
		let index = (0..).find(|index| !Receipts::contains_key(index)).unwrap();
		Receipts::insert(index, Receipt { payer: payer.clone(), outputs, amount });
		// Last, so that all that was done before has to be undone.
		ensure!(!Refuses::get(), DispatchError::Other("refused"));
		Ok((System::block_number() / EPOCH_LENGTH, index))
	}

	fn receipt_deposit() -> u128 {
		ReceiptDeposit::get()
	}

	fn min_payment() -> u128 {
		MinPayment::get()
	}
}

impl Models<AccountId> for Till {
	fn owner(model: ModelId) -> Option<AccountId> {
		(model == MODEL).then_some(REVENUE)
	}

	fn rates(_: ModelId) -> Option<Rates> {
		None
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

#[cfg(feature = "runtime-benchmarks")]
const SEED: [u8; 32] = [7; 32];

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId, MultiSignature> for Till {
	fn model() -> ModelId {
		MODEL
	}

	fn signer() -> AccountId {
		AccountId::new(sr25519::Pair::from_seed(&SEED).public().0)
	}

	fn sign(message: &[u8]) -> MultiSignature {
		sr25519::Pair::from_seed(&SEED).sign(message).into()
	}
}
