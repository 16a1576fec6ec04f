//! The block: its weight, its length, its clock.

use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	weights::{
		constants::{
			BlockExecutionWeight, ExtrinsicBaseWeight, RocksDbWeight, WEIGHT_REF_TIME_PER_SECOND,
		},
		Weight,
	},
};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_runtime::traits::AccountIdLookup;
use sp_runtime::Perbill;
use sp_version::RuntimeVersion;

use crate::{
	configs::calls::OpenCalls,
	params::{SECONDS_PER_BLOCK, SS58_PREFIX},
	AccountId, Babe, Balance, Block, BlockNumber, Nonce, PalletInfo, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeOrigin, RuntimeTask, VERSION,
};

/// The part of a block that ordinary transactions may fill; the rest is kept for operational ones.
const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(75);
/// The part of a block that hooks are expected to take on average.
const AVERAGE_ON_INITIALIZE_RATIO: Perbill = Perbill::from_percent(10);
/// Two seconds of the three that a slot has. There is no proof of validity to bound.
const MAXIMUM_BLOCK_WEIGHT: Weight =
	Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND.saturating_mul(2), u64::MAX);
const MAXIMUM_BLOCK_BYTES: u32 = 5 * 1024 * 1024;
const MAXIMUM_HEADER_BYTES: u32 = 100 * 1024;

fn normal_block_weight() -> Weight {
	let ref_time = NORMAL_DISPATCH_RATIO.mul_floor(MAXIMUM_BLOCK_WEIGHT.ref_time());
	MAXIMUM_BLOCK_WEIGHT.set_ref_time(ref_time)
}

fn operational_block_weight() -> Weight {
	let normal = normal_block_weight().ref_time();
	MAXIMUM_BLOCK_WEIGHT.set_ref_time(MAXIMUM_BLOCK_WEIGHT.ref_time().saturating_sub(normal))
}

parameter_types! {
	/// Blocks whose hashes are kept, and so the longest life of a mortal transaction: two hours.
	pub const BlockHashCount: BlockNumber = 2_400;
	/// The runtime's version.
	pub const Version: RuntimeVersion = VERSION;
	/// The address prefix of accounts.
	pub const Ss58Prefix: u16 = SS58_PREFIX;
	/// The least time between two blocks, in milliseconds: half a slot.
	pub MinimumPeriod: u64 = u64::from(SECONDS_PER_BLOCK).saturating_mul(500);
	/// How many bytes a block may hold.
	pub RuntimeBlockLength: BlockLength = BlockLength::builder()
		.max_length(MAXIMUM_BLOCK_BYTES)
		.modify_max_length_for_class(DispatchClass::Normal, |max| {
			*max = NORMAL_DISPATCH_RATIO.mul_floor(*max)
		})
		.max_header_size(MAXIMUM_HEADER_BYTES)
		.build();
	/// How much work a block may hold.
	pub RuntimeBlockWeights: BlockWeights = BlockWeights::builder()
		.base_block(BlockExecutionWeight::get())
		.for_class(DispatchClass::all(), |weights| {
			weights.base_extrinsic = ExtrinsicBaseWeight::get();
		})
		.for_class(DispatchClass::Normal, |weights| {
			weights.max_total = Some(normal_block_weight());
		})
		.for_class(DispatchClass::Operational, |weights| {
			weights.max_total = Some(MAXIMUM_BLOCK_WEIGHT);
			weights.reserved = Some(operational_block_weight());
		})
		.avg_block_initialization(AVERAGE_ON_INITIALIZE_RATIO)
		.build_or_panic();
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type BaseCallFilter = OpenCalls;
	type Block = Block;
	type BlockHashCount = BlockHashCount;
	type BlockLength = RuntimeBlockLength;
	type BlockWeights = RuntimeBlockWeights;
	// The dearer of the two databases that a node may run on.
	type DbWeight = RocksDbWeight;
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
	type Lookup = AccountIdLookup<AccountId, ()>;
	type MaxConsumers = frame_support::traits::ConstU32<128>;
	type Nonce = Nonce;
	type SS58Prefix = Ss58Prefix;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
	type Version = Version;
}

impl pallet_timestamp::Config for Runtime {
	type MinimumPeriod = MinimumPeriod;
	type Moment = u64;
	type OnTimestampSet = Babe;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}
