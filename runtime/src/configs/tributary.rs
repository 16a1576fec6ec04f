//! Our four pallets, and who of them answers whom.

use frame_support::{parameter_types, traits::ConstU32};
use sp_runtime::traits::AccountIdConversion;

use crate::{
	configs::money::HalfToAuthor,
	params::{
		AttributionFee, Bond, ChallengeWindow, CommitDeposit, ContributionDeposit, DepositBase,
		DepositPerByte, EpochLength, MinPayment, ProtocolFee, ReceiptDeposit, ReceiptRetention,
		RevealWindow, TreasuryPalletId, UsagePalletId,
	},
	AccountId, Balances, Datasets, Models, Runtime, RuntimeHoldReason, Usage,
};

parameter_types! {
	/// Takes the part of a pot that no source has earned.
	pub Treasury: AccountId = TreasuryPalletId::get().into_account_truncating();
}

impl pallet_datasets::Config for Runtime {
	type CommitDeposit = CommitDeposit;
	type ContributionDeposit = ContributionDeposit;
	type Currency = Balances;
	type DepositBase = DepositBase;
	type DepositPerByte = DepositPerByte;
	type MaxCurators = ConstU32<16>;
	type RevealWindow = RevealWindow;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = pallet_datasets::weights::SubstrateWeight<Runtime>;
}

impl pallet_models::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
	type AttributionFee = AttributionFee;
	type Currency = Balances;
	type Datasets = Datasets;
	type DepositBase = DepositBase;
	type DepositPerByte = DepositPerByte;
	type ProtocolFee = ProtocolFee;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = pallet_models::weights::SubstrateWeight<Runtime>;
}

impl pallet_usage::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
	type Currency = Balances;
	type EpochLength = EpochLength;
	type FeeDestination = HalfToAuthor;
	type MinPayment = MinPayment;
	type Models = Models;
	type PalletId = UsagePalletId;
	type ReceiptDeposit = ReceiptDeposit;
	type ReceiptRetention = ReceiptRetention;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Treasury = Treasury;
	type WeightInfo = pallet_usage::weights::SubstrateWeight<Runtime>;
}

impl pallet_attribution::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
	type Bond = Bond;
	type ChallengeWindow = ChallengeWindow;
	type Currency = Balances;
	type Datasets = Datasets;
	type DepositBase = DepositBase;
	type DepositPerByte = DepositPerByte;
	type Models = Models;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Usage = Usage;
	type WeightInfo = pallet_attribution::weights::SubstrateWeight<Runtime>;
}
