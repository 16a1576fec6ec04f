//! Shares in the revenue of titles, which are assets, and pools that trade them against the native token.

use frame_support::{
	parameter_types,
	traits::{
		tokens::{
			fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
			imbalance::ResolveAssetTo,
		},
		ConstU128, ConstU32,
	},
};
use frame_system::EnsureNever;
use pallet_asset_conversion::{AccountIdConverter, WithFirstAsset};
use pallet_assets::Instance2;
use sp_runtime::Permill;

use crate::{
	configs::tributary::Treasury,
	params::{deposit, DepositBase, DepositPerByte, PoolPalletId, SharesPalletId, TRIB},
	AccountId, Assets, Balance, Balances, PoolAssets, Runtime, RuntimeEvent, RuntimeHoldReason,
	Titles,
};

/// What a pool trades: the native token, or shares by the number of their asset.
pub type TradedAsset = NativeOrWithId<u32>;
/// A pool, by what it trades; the native token comes first.
pub type PoolId = (TradedAsset, TradedAsset);

parameter_types! {
	/// The deposit for a balance in an account that nobody has funded with the native token.
	pub AssetAccountDeposit: Balance = deposit(1, 16);
	/// The deposit for an allowance: two accounts and an amount.
	pub AssetApprovalDeposit: Balance = deposit(1, 16);
	/// The deposit for a vault and for the asset that its shares are.
	pub VaultDeposit: Balance = deposit(2, 400);
	/// The deposit for a stake.
	pub StakeDeposit: Balance = deposit(1, 160);
	/// The native token, as pools name it.
	pub const Native: TradedAsset = NativeOrWithId::Native;
	/// What a swap leaves in the pool: 0.3 %.
	pub const LiquidityFee: Permill = Permill::from_parts(3_000);
	/// What taking liquidity out of a pool leaves in it.
	pub const LiquidityWithdrawalFee: Permill = Permill::zero();
}

/// Assets that belong to accounts for which nobody signs: nobody, not even root, creates one or forces
/// anything on it. Their records are paid for with the vault or the pool.
macro_rules! closed_assets {
	($(<$instance:ident>)?) => {
		impl pallet_assets::Config $(<$instance>)? for Runtime {
			type ApprovalDeposit = AssetApprovalDeposit;
			type AssetAccountDeposit = AssetAccountDeposit;
			type AssetDeposit = ConstU128<0>;
			type AssetId = u32;
			type AssetIdAllocator = ();
			type AssetIdParameter = u32;
			type Balance = Balance;
			#[cfg(feature = "runtime-benchmarks")]
			type BenchmarkHelper = ();
			type CallbackHandle = ();
			type CreateOrigin = EnsureNever<AccountId>;
			type Currency = Balances;
			type Extra = ();
			type ForceOrigin = EnsureNever<AccountId>;
			type Freezer = ();
			type Holder = ();
			type MetadataDepositBase = DepositBase;
			type MetadataDepositPerByte = DepositPerByte;
			type RemoveItemsLimit = ConstU32<100>;
			type ReserveData = ();
			type RuntimeEvent = RuntimeEvent;
			type StringLimit = ConstU32<50>;
			type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
		}
	};
}

// Shares: the account of `pallet_shares` owns them.
closed_assets!();
// What liquidity is counted in: the accounts of pools own it.
closed_assets!(<Instance2>);

impl pallet_shares::Config for Runtime {
	type Assets = Assets;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
	type Currency = Balances;
	type PalletId = SharesPalletId;
	type RuntimeHoldReason = RuntimeHoldReason;
	type StakeDeposit = StakeDeposit;
	type Titles = Titles;
	type VaultDeposit = VaultDeposit;
	type WeightInfo = pallet_shares::weights::SubstrateWeight<Runtime>;
}

/// Anyone makes a pool of the native token and shares; every pool has the same fee.
impl pallet_asset_conversion::Config for Runtime {
	type AdminOrigin = EnsureNever<AccountId>;
	type AssetKind = TradedAsset;
	type Assets = UnionOf<Balances, Assets, NativeFromLeft, TradedAsset, AccountId>;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = pallet_asset_conversion::NativeOrWithIdFactory<u32>;
	type HigherPrecisionBalance = sp_core::U256;
	type LPFee = LiquidityFee;
	type LiquidityWithdrawalFee = LiquidityWithdrawalFee;
	type MaxSwapFee = LiquidityFee;
	// From shares over the native token to other shares.
	type MaxSwapPathLength = ConstU32<3>;
	// Keeps the first provider from making a unit of liquidity worth more than others can provide.
	type MintMinLiquidity = ConstU128<100>;
	type PalletId = PoolPalletId;
	type PoolAssetId = u32;
	type PoolAssets = PoolAssets;
	type PoolId = PoolId;
	type PoolLocator =
		WithFirstAsset<Native, AccountId, TradedAsset, AccountIdConverter<PoolPalletId, PoolId>>;
	type PoolSetupFee = ConstU128<{ 10 * TRIB }>;
	type PoolSetupFeeAsset = Native;
	type PoolSetupFeeTarget = ResolveAssetTo<Treasury, Self::Assets>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_asset_conversion::weights::SubstrateWeight<Runtime>;
}
