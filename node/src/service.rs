//! The node put together: database and client, pool, BABE and GRANDPA, network, JSON-RPC.

use std::{sync::Arc, time::Duration};

use futures::{FutureExt, StreamExt};
use sc_client_api::{Backend, BlockBackend};
use sc_consensus_babe::{BabeLink, BabeWorkerHandle, SlotProportion};
use sc_consensus_grandpa::{FinalityProofProvider, SharedVoterState};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_network::{
	config::FullNetworkConfiguration, service::traits::NetworkService, Event, NetworkBackend,
	NetworkEventStream,
};
use sc_service::{
	error::Error, Configuration, PartialComponents, SpawnTaskHandle, TaskManager, WarpSyncConfig,
};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_babe::{
	inherents::{BabeCreateInherentDataProviders, InherentDataProvider as SlotProvider},
	SlotDuration,
};
use sp_runtime::{generic, traits::NumberFor, OpaqueExtrinsic};
use sp_timestamp::InherentDataProvider as TimestampProvider;
use substrate_prometheus_endpoint::Registry;
use tributary_runtime::{apis::RuntimeApi, Header};

use crate::{
	rpc,
	sealing::{self, Sealing},
};

/// A block whose extrinsics only the runtime reads.
pub type Block = generic::Block<Header, OpaqueExtrinsic>;
/// The hash of a block, and of a transaction.
pub type Hash = sp_core::H256;
/// The chain: database and runtime.
pub type FullClient = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// The database.
pub type FullBackend = sc_service::TFullBackend<Block>;
/// Chooses the block to build on.
pub type FullSelectChain = sc_consensus::LongestChain<FullBackend, Block>;
/// The transaction pool.
pub type FullPool = sc_transaction_pool::TransactionPoolHandle<Block, FullClient>;
/// Fills blocks from the pool.
pub type ProposerFactory = sc_basic_authorship::ProposerFactory<FullPool, FullClient>;
/// The way of a block into the chain: BABE's checks, then GRANDPA's.
pub type FullBabeBlockImport = sc_consensus_babe::BabeBlockImport<
	Block,
	FullClient,
	FullGrandpaBlockImport,
	BabeCreateInherentDataProviders<Block>,
	FullSelectChain,
>;
/// What a node has before it has a network.
pub type Partial = PartialComponents<
	FullClient,
	FullBackend,
	FullSelectChain,
	sc_consensus::DefaultImportQueue<Block>,
	FullPool,
	Consensus,
>;

type Executor = sc_executor::WasmExecutor<sp_io::SubstrateHostFunctions>;
type FullGrandpaBlockImport =
	sc_consensus_grandpa::GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;
type GrandpaLink = sc_consensus_grandpa::LinkHalf<Block, FullClient, FullSelectChain>;

/// GRANDPA keeps a justification at least this often, in blocks: where a light client may start.
const JUSTIFICATION_PERIOD: u32 = 512;
/// How long a GRANDPA message is expected to take to everyone.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// The consensus half of [`Partial`].
pub struct Consensus {
	block_import: FullBabeBlockImport,
	babe_link: BabeLink<Block>,
	babe_worker: BabeWorkerHandle<Block>,
	grandpa_link: GrandpaLink,
	inherents: BabeCreateInherentDataProviders<Block>,
	telemetry: Option<Telemetry>,
}

/// Opens the database and sets up everything that needs no network.
///
/// # Errors
/// Where the database, the keystore or the chain specification can not be used.
pub fn new_partial(config: &Configuration, sealing: Option<Sealing>) -> Result<Partial, Error> {
	let telemetry = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
		.map(|endpoints| -> Result<_, sc_telemetry::Error> {
			let worker = TelemetryWorker::new(16)?;
			let telemetry = worker.handle().new_telemetry(endpoints);
			Ok((worker, telemetry))
		})
		.transpose()?;

	let executor: Executor = sc_service::new_wasm_executor(&config.executor);
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			executor,
			Vec::new(),
		)?;
	let client = Arc::new(client);

	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});
	let telemetry_handle = telemetry.as_ref().map(Telemetry::handle);

	let select_chain = sc_consensus::LongestChain::new(backend.clone());
	let transaction_pool = Arc::from(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (grandpa_block_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry_handle.clone(),
	)?;
	let babe_config = sc_consensus_babe::configuration(&*client)?;
	let slot_duration = babe_config.slot_duration();
	let inherents = match sealing {
		Some(_) => sealing::inherents(client.clone(), slot_duration),
		None => slot_inherents(slot_duration),
	};
	let (block_import, babe_link) = sc_consensus_babe::block_import(
		babe_config,
		grandpa_block_import.clone(),
		client.clone(),
		inherents.clone(),
		select_chain.clone(),
		OffchainTransactionPoolFactory::new(transaction_pool.clone()),
	)?;
	let (import_queue, babe_worker) =
		sc_consensus_babe::import_queue(sc_consensus_babe::ImportQueueParams {
			link: babe_link.clone(),
			block_import: block_import.clone(),
			justification_import: Some(Box::new(grandpa_block_import)),
			client: client.clone(),
			slot_duration,
			spawner: &task_manager.spawn_essential_handle(),
			registry: config.prometheus_registry(),
			telemetry: telemetry_handle,
		})?;

	Ok(PartialComponents {
		client,
		backend,
		task_manager,
		keystore_container,
		select_chain,
		import_queue,
		transaction_pool,
		other: Consensus {
			block_import,
			babe_link,
			babe_worker,
			grandpa_link,
			inherents,
			telemetry,
		},
	})
}

/// Slot and timestamp by the clock.
fn slot_inherents(slot_duration: SlotDuration) -> BabeCreateInherentDataProviders<Block> {
	Arc::new(move |_: Hash, (): ()| async move {
		let timestamp = TimestampProvider::from_system_time();
		let slot = SlotProvider::from_timestamp_and_slot_duration(*timestamp, slot_duration);
		Ok((slot, timestamp))
	})
}

/// Takes back what BABE and GRANDPA keep on the newest `blocks` blocks; the blocks themselves are the
/// caller's to revert.
///
/// # Errors
/// Where the database can not be read or written.
pub fn revert(
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	blocks: NumberFor<Block>,
) -> sc_cli::Result<()> {
	sc_consensus_babe::revert(client.clone(), backend, blocks)?;
	sc_consensus_grandpa::revert(client, blocks)?;
	Ok(())
}

/// Starts a node over the network backend `N`: with `sealing` a development chain of its own, without
/// it a member of a BABE and GRANDPA chain.
///
/// # Errors
/// Where a part of the node can not be started.
pub fn new_full<N: NetworkBackend<Block, Hash>>(
	config: Configuration,
	sealing: Option<Sealing>,
) -> Result<TaskManager, Error> {
	let PartialComponents {
		client,
		backend,
		mut task_manager,
		keystore_container,
		select_chain,
		import_queue,
		transaction_pool,
		other:
			Consensus { block_import, babe_link, babe_worker, grandpa_link, inherents, mut telemetry },
	} = new_partial(&config, sealing)?;

	let role = config.role;
	let keystore = keystore_container.keystore();
	let force_authoring = config.force_authoring;
	let enable_grandpa = sealing.is_none() && !config.disable_grandpa;
	let name = config.network.node_name.clone();
	let registry = config.prometheus_registry().cloned();
	let discovery = discovery_config(&config);
	let pool_factory = OffchainTransactionPoolFactory::new(transaction_pool.clone());

	let metrics = N::register_notification_metrics(registry.as_ref());
	let mut net_config =
		FullNetworkConfiguration::<_, _, N>::new(&config.network, registry.clone());
	let genesis_hash = client
		.block_hash(0)?
		.ok_or_else(|| Error::Other("the database holds no genesis block; purge it".into()))?;
	let grandpa_protocol =
		sc_consensus_grandpa::protocol_standard_name(&genesis_hash, &config.chain_spec);
	let (grandpa_protocol_config, grandpa_notifications) =
		sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
			grandpa_protocol.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
	net_config.add_notification_protocol(grandpa_protocol_config);
	let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	));

	let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	if config.offchain_worker.enabled {
		let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
			runtime_api_provider: client.clone(),
			keystore: Some(keystore.clone()),
			offchain_db: backend.offchain_storage(),
			transaction_pool: Some(pool_factory.clone()),
			network_provider: Arc::new(network.clone()),
			is_validator: role.is_authority(),
			enable_http_requests: true,
			custom_extensions: |_| Vec::new(),
		})?;
		task_manager.spawn_handle().spawn(
			"offchain-workers-runner",
			"offchain-worker",
			workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
		);
	}

	let voter_state = SharedVoterState::empty();
	let rpc_deps = rpc::Deps {
		client: client.clone(),
		pool: transaction_pool.clone(),
		select_chain: select_chain.clone(),
		keystore: keystore.clone(),
		chain_spec: config.chain_spec.cloned_box(),
		babe_worker,
		authority_set: grandpa_link.shared_authority_set().clone(),
		voter_state: voter_state.clone(),
		justifications: grandpa_link.justification_stream(),
		finality_proofs: FinalityProofProvider::new_for_service(
			backend.clone(),
			Some(grandpa_link.shared_authority_set().clone()),
		),
	};
	sc_service::spawn_tasks(sc_service::SpawnTasksParams {
		config,
		backend,
		client: client.clone(),
		keystore: keystore.clone(),
		network: network.clone(),
		rpc_builder: Box::new(move |executor| rpc::module(&rpc_deps, executor).map_err(Into::into)),
		transaction_pool: transaction_pool.clone(),
		task_manager: &mut task_manager,
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;
	let telemetry = telemetry.as_ref().map(Telemetry::handle);

	if role.is_authority() {
		let proposer = ProposerFactory::new(
			task_manager.spawn_handle(),
			client.clone(),
			transaction_pool.clone(),
			registry.as_ref(),
			telemetry.clone(),
		);
		match sealing {
			Some(sealing) => {
				let parts = sealing::Parts {
					block_import,
					babe_link,
					client: client.clone(),
					select_chain,
					keystore: keystore.clone(),
					pool: transaction_pool,
					proposer,
					inherents,
				};
				sealing::start(&task_manager, sealing, parts)?;
			}
			None => {
				let babe = sc_consensus_babe::start_babe(sc_consensus_babe::BabeParams {
					keystore: keystore.clone(),
					client: client.clone(),
					select_chain,
					env: proposer,
					block_import,
					sync_oracle: sync_service.clone(),
					justification_sync_link: sync_service.clone(),
					create_inherent_data_providers: inherents,
					force_authoring,
					backoff_authoring_blocks: Some(
						BackoffAuthoringOnFinalizedHeadLagging::default(),
					),
					babe_link,
					block_proposal_slot_portion: SlotProportion::new(0.5),
					max_block_proposal_slot_portion: None,
					telemetry: telemetry.clone(),
				})?;
				task_manager.spawn_essential_handle().spawn_blocking(
					"babe-proposer",
					Some("block-authoring"),
					babe,
				);
				let role = sc_authority_discovery::Role::PublishAndDiscover(keystore.clone());
				start_discovery(
					&task_manager.spawn_handle(),
					discovery,
					role,
					client,
					network.clone(),
					registry.clone(),
				);
			}
		}
	}

	if enable_grandpa {
		let voter = sc_consensus_grandpa::run_grandpa_voter(sc_consensus_grandpa::GrandpaParams {
			config: sc_consensus_grandpa::Config {
				gossip_duration: GOSSIP_DURATION,
				justification_generation_period: JUSTIFICATION_PERIOD,
				observer_enabled: false,
				local_role: role,
				name: Some(name),
				keystore: role.is_authority().then_some(keystore),
				telemetry: telemetry.clone(),
				protocol_name: grandpa_protocol,
			},
			link: grandpa_link,
			network,
			sync: Arc::new(sync_service),
			notification_service: grandpa_notifications,
			voting_rule: sc_consensus_grandpa::VotingRulesBuilder::default().build(),
			prometheus_registry: registry,
			shared_voter_state: voter_state,
			telemetry,
			offchain_tx_pool_factory: pool_factory,
		})?;
		task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
	}

	Ok(task_manager)
}

fn discovery_config(config: &Configuration) -> sc_authority_discovery::WorkerConfig {
	sc_authority_discovery::WorkerConfig {
		publish_non_global_ips: config.network.allow_non_globals_in_dht,
		public_addresses: config.network.public_addresses.clone(),
		persisted_cache_directory: config.network.net_config_path.clone(),
		..Default::default()
	}
}

/// Makes the authorities' addresses known to each other through the network's hash table.
fn start_discovery(
	spawner: &SpawnTaskHandle,
	config: sc_authority_discovery::WorkerConfig,
	role: sc_authority_discovery::Role,
	client: Arc<FullClient>,
	network: Arc<dyn NetworkService>,
	registry: Option<Registry>,
) {
	let events = network.event_stream("authority-discovery").filter_map(|event| async move {
		match event {
			Event::Dht(event) => Some(event),
			_ => None,
		}
	});
	let (worker, _service) = sc_authority_discovery::new_worker_and_service_with_config(
		config,
		client,
		Arc::new(network),
		Box::pin(events),
		role,
		registry,
		spawner.clone(),
	);
	spawner.spawn("authority-discovery-worker", Some("networking"), worker.run());
}
