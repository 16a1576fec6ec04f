//! What `frame-omni-bencher` can measure.

mod scene;

pub use scene::Scene;

use alloc::{string::String, vec::Vec};

use frame_benchmarking::{
	baseline::Pallet as Baseline, BenchmarkBatch, BenchmarkConfig, BenchmarkList,
};
use frame_support::traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys};
use frame_system_benchmarking::{
	extensions::Pallet as SystemExtensions, Pallet as SystemBenchmarks,
};

use crate::{
	Agents, AllPalletsWithSystem, Attribution, Availability, Babe, Balances, Channels, Datasets,
	Grandpa, Models, Multisig, Originality, Proxy, Runtime, Settings, Shares, Sudo, Timestamp,
	Titles, TransactionPayment, Usage, Utility,
};

frame_benchmarking::define_benchmarks!(
	[frame_benchmarking, Baseline::<Runtime>]
	[frame_system, SystemBenchmarks::<Runtime>]
	[frame_system_extensions, SystemExtensions::<Runtime>]
	[pallet_timestamp, Timestamp]
	[pallet_babe, Babe]
	[pallet_balances, Balances]
	[pallet_transaction_payment, TransactionPayment]
	[pallet_grandpa, Grandpa]
	[pallet_utility, Utility]
	[pallet_proxy, Proxy]
	[pallet_multisig, Multisig]
	[pallet_sudo, Sudo]
	[pallet_datasets, Datasets]
	[pallet_models, Models]
	[pallet_usage, Usage]
	[pallet_attribution, Attribution]
	[pallet_availability, Availability]
	[pallet_originality, Originality]
	[pallet_titles, Titles]
	[pallet_shares, Shares]
	[pallet_channels, Channels]
	[pallet_settings, Settings]
	[pallet_agents, Agents]
);

impl frame_benchmarking::baseline::Config for Runtime {}
impl frame_system_benchmarking::Config for Runtime {}
impl pallet_transaction_payment::BenchmarkConfig for Runtime {}

/// The benchmarks there are, and the storage that they may touch.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs the benchmarks that `config` selects.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}
