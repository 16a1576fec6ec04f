//! The chains that the program knows by name. Their genesis is a preset of the runtime.

use sc_chain_spec::ChainSpecExtension;
use sc_service::{ChainType, GenericChainSpec, Properties};
use serde::{Deserialize, Serialize};
use tributary_runtime::WASM_BINARY;

use crate::service::Block;

/// What a specification may hold besides genesis and boot nodes.
#[derive(Clone, Default, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub struct Extensions {
	/// Blocks of which only the named one is taken at its height.
	pub fork_blocks: sc_client_api::ForkBlocks<Block>,
	/// Blocks that are never taken.
	pub bad_blocks: sc_client_api::BadBlocks<Block>,
	/// Where a light client may start; `sync_state_genSyncSpec` fills it.
	pub light_sync_state: sc_sync_state_rpc::LightSyncStateExtension,
}

/// A chain specification.
pub type ChainSpec = GenericChainSpec<Extensions>;

/// One authority, Alice, and funded development accounts.
///
/// # Errors
/// Where the program was built without the runtime's wasm.
pub fn development() -> Result<ChainSpec, String> {
	from_preset(
		"Tributary Development",
		"tributary_dev",
		ChainType::Development,
		sp_genesis_builder::DEV_RUNTIME_PRESET,
	)
}

/// Four authorities, Alice to Dave, for nodes on one machine or in one network.
///
/// # Errors
/// Where the program was built without the runtime's wasm.
pub fn local_testnet() -> Result<ChainSpec, String> {
	from_preset(
		"Tributary Local Testnet",
		"tributary_local_testnet",
		ChainType::Local,
		sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET,
	)
}

fn from_preset(
	name: &str,
	id: &str,
	chain_type: ChainType,
	preset: &str,
) -> Result<ChainSpec, String> {
	let code = WASM_BINARY.ok_or(
		"This program was built without the runtime (SKIP_WASM_BUILD was set); build it again without \
		 that, or name a chain specification file with --chain.",
	)?;
	Ok(ChainSpec::builder(code, Extensions::default())
		.with_name(name)
		.with_id(id)
		.with_chain_type(chain_type)
		.with_protocol_id(id)
		.with_properties(properties())
		.with_genesis_config_preset_name(preset)
		.build())
}

/// What wallets show amounts and addresses with.
fn properties() -> Properties {
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), "TRIB".into());
	properties.insert("tokenDecimals".into(), 12.into());
	properties.insert("ss58Format".into(), 42.into());
	properties
}

#[cfg(test)]
mod tests {
	use sp_runtime::BuildStorage;

	use super::*;

	#[test]
	fn every_named_chain_builds_its_genesis() {
		for spec in [development().unwrap(), local_testnet().unwrap()] {
			let storage = spec.build_storage().unwrap();
			assert!(storage.top.contains_key(sp_core::storage::well_known_keys::CODE));
		}
	}
}
