//! Titles of datasets, models and agents, in collections of `pallet-nfts`.

use frame_support::{
	parameter_types,
	traits::{ConstU128, ConstU32, Get},
};
use frame_system::EnsureNever;
use pallet_nfts::PalletFeatures;
use sp_runtime::traits::Verify;

use crate::{
	params::{deposit, DepositPerByte, TitlesPalletId, VaultLock},
	AccountId, Agents, Balance, Balances, BlockNumber, Nfts, Runtime, RuntimeEvent, Signature,
	System, Titles, Usage,
};

parameter_types! {
	/// What the pallet can do: everything.
	pub NftFeatures: PalletFeatures = PalletFeatures::all_enabled();
	/// The deposit for a description of an item, whatever its length.
	pub NftMetadataDeposit: Balance = deposit(1, 40);
	/// The deposit for an attribute of an item, whatever its length.
	pub NftAttributeDeposit: Balance = deposit(1, 80);
	/// The most blocks that a swap may stand open: half of those for which a title is locked whose revenue
	/// went to a vault. A swap that was offered for the title before that, and one that was signed before it
	/// and comes into a block as late as in the first half, is over when the title may go again. So neither
	/// takes the title without its revenue.
	pub MaxSwapDuration: BlockNumber = <VaultLock as Get<BlockNumber>>::get() / 2;
}

/// The collections are those of titles alone. Their owner is the account of [`pallet_titles`], for which
/// nobody signs, and not even root creates one or forces anything on an item: a title can not be made ahead
/// of what it stands for, nor taken away from its owner.
impl pallet_nfts::Config for Runtime {
	type ApprovalsLimit = ConstU32<20>;
	type AttributeDepositBase = NftAttributeDeposit;
	type BlockNumberProvider = System;
	// Titles are paid for with the record of what they stand for.
	type CollectionDeposit = ConstU128<0>;
	type CollectionId = u32;
	type CreateOrigin = EnsureNever<AccountId>;
	type Currency = Balances;
	type DepositPerByte = DepositPerByte;
	type Features = NftFeatures;
	type ForceOrigin = EnsureNever<AccountId>;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = ();
	type ItemAttributesApprovalsLimit = ConstU32<20>;
	type ItemDeposit = ConstU128<0>;
	type ItemId = u32;
	type KeyLimit = ConstU32<64>;
	type Locker = Titles;
	type MaxAttributesPerCall = ConstU32<10>;
	type MaxDeadlineDuration = MaxSwapDuration;
	type MaxTips = ConstU32<10>;
	type MetadataDepositBase = NftMetadataDeposit;
	type OffchainPublic = <Signature as Verify>::Signer;
	type OffchainSignature = Signature;
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<256>;
	type ValueLimit = ConstU32<256>;
	type WeightInfo = pallet_nfts::weights::SubstrateWeight<Runtime>;
}

impl pallet_titles::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
	type Nfts = Nfts;
	type OnChange = (Usage, Agents);
	type PalletId = TitlesPalletId;
	type VaultLock = VaultLock;
	type WeightInfo = pallet_titles::weights::SubstrateWeight<Runtime>;
}
