//! The JSON-RPC surface: what every node of the SDK answers, BABE's and GRANDPA's own methods, and
//! [`attribution`].

mod attribution;
mod error;
mod gate;
mod module_errors;
mod submission;

use std::sync::Arc;

use jsonrpsee::RpcModule;
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_babe_rpc::{Babe, BabeApiServer};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sc_service::ChainSpec;
use sc_sync_state_rpc::{SyncState, SyncStateApiServer};
use sp_keystore::KeystorePtr;
use sp_runtime::traits::NumberFor;
use substrate_frame_rpc_system::{System, SystemApiServer};

use self::attribution::{Attribution, AttributionServer};
use crate::service::{Block, FullBackend, FullClient, FullPool, FullSelectChain, Hash};

/// What the methods read and write.
pub struct Deps {
	/// The chain.
	pub client: Arc<FullClient>,
	/// Where transactions go.
	pub pool: Arc<FullPool>,
	/// Knows the best chain.
	pub select_chain: FullSelectChain,
	/// The node's keys.
	pub keystore: KeystorePtr,
	/// The chain's specification.
	pub chain_spec: Box<dyn ChainSpec>,
	/// Knows BABE's epochs.
	pub babe_worker: BabeWorkerHandle<Block>,
	/// GRANDPA's authorities.
	pub authority_set: SharedAuthoritySet<Hash, NumberFor<Block>>,
	/// GRANDPA's rounds.
	pub voter_state: SharedVoterState,
	/// GRANDPA's justifications, as they come.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Proofs that a block is final.
	pub finality_proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// All methods that are not the SDK's defaults.
///
/// # Errors
/// Where two methods have one name, or the specification can hold no light client's start.
pub fn module(
	deps: &Deps,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn std::error::Error + Send + Sync>> {
	let Deps {
		client,
		pool,
		select_chain,
		keystore,
		chain_spec,
		babe_worker,
		authority_set,
		voter_state,
		justifications,
		finality_proofs,
	} = deps;
	let mut module = RpcModule::new(());
	module.merge(System::new(client.clone(), pool.clone()).into_rpc())?;
	module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
	module.merge(
		Babe::new(client.clone(), babe_worker.clone(), keystore.clone(), select_chain.clone())
			.into_rpc(),
	)?;
	module.merge(
		Grandpa::new(
			executor,
			authority_set.clone(),
			voter_state.clone(),
			justifications.clone(),
			finality_proofs.clone(),
		)
		.into_rpc(),
	)?;
	module.merge(
		SyncState::new(
			chain_spec.cloned_box(),
			client.clone(),
			authority_set.clone(),
			babe_worker.clone(),
		)?
		.into_rpc(),
	)?;
	module.merge(Attribution::new(client.clone(), pool.clone()).into_rpc())?;
	Ok(module)
}
