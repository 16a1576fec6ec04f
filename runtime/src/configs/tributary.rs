//! Our own pallets, and who of them answers whom.

use frame_support::{
	parameter_types,
	traits::{ConstU32, Get},
	weights::Weight,
};
use sp_runtime::traits::{AccountIdConversion, Verify};

use crate::{
	configs::{
		consensus::BlockRandomness,
		money::BurnFees,
		settings::chain::{
			AccusationBond, AnswerWindow, AttributionFee, ChallengeWindow, CommitDeposit,
			ContributionDeposit, DemandDeposit, DrawDelay, MinPayment, ProofWindow, ProtocolFee,
			ReportBond, RewardWindow,
		},
	},
	params::{
		ChannelDeposit, CloseWindow, DepositBase, DepositPerByte, DrawnChunks, EpochLength,
		ReceiptDeposit, ReceiptRetention, RevealWindow, TreasuryPalletId, UsagePalletId,
	},
	AccountId, Agents, Attribution, Availability, Balances, Datasets, Models, Runtime,
	RuntimeHoldReason, Shares, Signature, Titles, Usage,
};

parameter_types! {
	/// Takes the part of a pot that no source has earned.
	pub Treasury: AccountId = TreasuryPalletId::get().into_account_truncating();
}

/// What the answers to all demands for one unseen source may weigh.
pub struct UnseenAnswers;

impl Get<Weight> for UnseenAnswers {
	fn get() -> Weight {
		pallet_availability::largest_answer::<<Runtime as pallet_availability::Config>::WeightInfo>(
		)
		.saturating_mul(<DrawnChunks as Get<u32>>::get().into())
	}
}

impl pallet_datasets::Config for Runtime {
	type CommitDeposit = CommitDeposit;
	type ContributionDeposit = ContributionDeposit;
	type Currency = Balances;
	type DepositBase = DepositBase;
	type DepositPerByte = DepositPerByte;
	type MaxCurators = ConstU32<16>;
	type OnSlash = Agents;
	type RevealWindow = RevealWindow;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Titles = Titles;
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
	type Earnings = Attribution;
	type ProtocolFee = ProtocolFee;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Titles = Titles;
	type WeightInfo = pallet_models::weights::SubstrateWeight<Runtime>;
}

impl pallet_usage::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
	type Currency = Balances;
	type Datasets = Datasets;
	type EpochLength = EpochLength;
	type FeeDestination = BurnFees;
	type MinPayment = MinPayment;
	type Models = Models;
	type PalletId = UsagePalletId;
	type ReceiptDeposit = ReceiptDeposit;
	type ReceiptRetention = ReceiptRetention;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Titles = Titles;
	type Treasury = Treasury;
	type Vaults = Shares;
	type WeightInfo = pallet_usage::weights::SubstrateWeight<Runtime>;
}

impl pallet_attribution::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
	type Availability = Availability;
	type Bond = ReportBond;
	type ChallengeWindow = ChallengeWindow;
	type Currency = Balances;
	type Datasets = Datasets;
	type DepositBase = DepositBase;
	type DepositPerByte = DepositPerByte;
	type Models = Models;
	type OnSlash = Agents;
	type RewardWindow = RewardWindow;
	type UnseenAnswers = UnseenAnswers;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Usage = Usage;
	type WeightInfo = pallet_attribution::weights::SubstrateWeight<Runtime>;
}

impl pallet_availability::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
	type AnswerWindow = AnswerWindow;
	type Currency = Balances;
	type Datasets = Datasets;
	type DemandDeposit = DemandDeposit;
	type DrawnChunks = DrawnChunks;
	type Models = Models;
	type Randomness = BlockRandomness;
	type Reports = Attribution;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Usage = Usage;
	type WeightInfo = pallet_availability::weights::SubstrateWeight<Runtime>;
}

impl pallet_originality::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
	type AccusationBond = AccusationBond;
	type Currency = Balances;
	type Datasets = Datasets;
	type DrawDelay = DrawDelay;
	type Models = Models;
	type OnSlash = Agents;
	type ProofWindow = ProofWindow;
	type Randomness = BlockRandomness;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Usage = Usage;
	type WeightInfo = pallet_originality::weights::SubstrateWeight<Runtime>;
}

impl pallet_channels::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
	type ChannelDeposit = ChannelDeposit;
	type CloseWindow = CloseWindow;
	type Currency = Balances;
	type Models = Models;
	type Payments = Usage;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Signature = Signature;
	type Signer = <Signature as Verify>::Signer;
	type WeightInfo = pallet_channels::weights::SubstrateWeight<Runtime>;
}
