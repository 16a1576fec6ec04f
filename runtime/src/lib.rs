//! The Tributary runtime: which pallets there are, what each is told, and what the node may ask.
//!
//! - [`params`]: the numbers
//! - [`configs`]: what each pallet is told, by subject
//! - [`apis`]: what the node may ask
//! - [`attribution_api`]: what readers may ask about datasets, models, payments and reports
//! - [`genesis_presets`]: the chains that can be started by name

#![cfg_attr(not(feature = "std"), no_std)]
// `#[frame_support::runtime]` expands to something nested this deep.
#![recursion_limit = "512"]
// What it generates beside the pallets has no docs, and it stands at the top of the crate.
#![allow(missing_docs)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::cast_lossless
	)
)]

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

extern crate alloc;

pub mod apis;
#[warn(missing_docs)]
pub mod attribution_api;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
#[warn(missing_docs)]
pub mod configs;
#[warn(missing_docs)]
pub mod genesis_presets;
#[warn(missing_docs)]
pub mod params;
mod reads;

use alloc::{borrow::Cow, vec::Vec};

use sp_runtime::{
	generic,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

pub use configs::consensus::SessionKeys;

/// A signature: sr25519, ed25519 or ECDSA.
pub type Signature = MultiSignature;
/// An account: what a signature's public key is known by.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// An account as a transaction names it.
pub type Address = MultiAddress<AccountId, ()>;
/// An amount, in planck.
pub type Balance = u128;
/// How many transactions an account has sent.
pub type Nonce = u32;
/// A hash: BLAKE2b with 256 bits.
pub type Hash = sp_core::H256;
/// A block's place in the chain.
pub type BlockNumber = u32;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A block, signed by its author.
pub type SignedBlock = generic::SignedBlock<Block>;
/// A block's hash or number.
pub type BlockId = generic::BlockId<Block>;

/// What every transaction carries and is checked by, in order. Authorised calls come first, so that
/// what follows sees their origin; what a transaction did not use is given back last.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckMortality<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// A transaction as it travels.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What a signature of a transaction covers.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// Runs blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

/// The runtime's version.
///
/// `spec_version` grows with every release of the runtime, `transaction_version` when a call's or an
/// extension's encoding or index changes.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("tributary"),
	impl_name: Cow::Borrowed("tributary-node"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;

	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;

	#[runtime::pallet_index(2)]
	pub type Babe = pallet_babe;

	#[runtime::pallet_index(3)]
	pub type Authorship = pallet_authorship;

	#[runtime::pallet_index(4)]
	pub type Balances = pallet_balances;

	#[runtime::pallet_index(5)]
	pub type TransactionPayment = pallet_transaction_payment;

	#[runtime::pallet_index(6)]
	pub type Offences = pallet_offences;

	#[runtime::pallet_index(7)]
	pub type Historical = pallet_session::historical;

	#[runtime::pallet_index(8)]
	pub type Session = pallet_session;

	#[runtime::pallet_index(9)]
	pub type Grandpa = pallet_grandpa;

	#[runtime::pallet_index(10)]
	pub type AuthorityDiscovery = pallet_authority_discovery;

	#[runtime::pallet_index(11)]
	pub type Utility = pallet_utility;

	#[runtime::pallet_index(12)]
	pub type Proxy = pallet_proxy;

	#[runtime::pallet_index(13)]
	pub type Multisig = pallet_multisig;

	#[runtime::pallet_index(14)]
	pub type Sudo = pallet_sudo;

	#[runtime::pallet_index(15)]
	pub type Parameters = pallet_parameters;

	#[runtime::pallet_index(16)]
	pub type Nfts = pallet_nfts;

	#[runtime::pallet_index(17)]
	pub type Assets = pallet_assets;

	#[runtime::pallet_index(18)]
	pub type PoolAssets = pallet_assets<Instance2>;

	#[runtime::pallet_index(19)]
	pub type AssetConversion = pallet_asset_conversion;

	#[runtime::pallet_index(40)]
	pub type Datasets = pallet_datasets;

	#[runtime::pallet_index(41)]
	pub type Models = pallet_models;

	#[runtime::pallet_index(42)]
	pub type Usage = pallet_usage;

	#[runtime::pallet_index(43)]
	pub type Attribution = pallet_attribution;

	#[runtime::pallet_index(44)]
	pub type Availability = pallet_availability;

	#[runtime::pallet_index(45)]
	pub type Originality = pallet_originality;

	#[runtime::pallet_index(46)]
	pub type Titles = pallet_titles;

	#[runtime::pallet_index(47)]
	pub type Shares = pallet_shares;

	#[runtime::pallet_index(48)]
	pub type Channels = pallet_channels;

	#[runtime::pallet_index(49)]
	pub type Settings = pallet_settings;

	#[runtime::pallet_index(50)]
	pub type Agents = pallet_agents;
}
