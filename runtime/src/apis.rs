//! What the node, and through it everybody else, may ask of the runtime.

// What the macro generates has no docs; those of each function are where its API is declared.
#![allow(missing_docs)]

use alloc::vec::Vec;

use codec::Encode;
use frame_support::{
	genesis_builder_helper::{build_state, get_preset},
	traits::KeyOwnerProofSystem,
	weights::Weight,
};
use pallet_settings::Store;
use pallet_transaction_payment::{FeeDetails, RuntimeDispatchInfo};
use sp_core::{crypto::KeyTypeId, OpaqueMetadata};
use sp_runtime::{
	traits::{Block as BlockT, NumberFor},
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, ExtrinsicInclusionMode,
};
use sp_session::OpaqueGeneratedSessionKeys;
use sp_version::RuntimeVersion;
use tributary_primitives::{
	fault::{Fault, FaultError},
	fees,
	ids::{AgentId, ChannelId, DatasetId, EpochIndex, ModelId, ReportId, Seq},
	title::Title,
	views::{
		AccusationView, AgentView, AncestorView, BooksView, ChannelView, ClaimableLineageView,
		ClaimableView, ContributionView, CorpusEntryView, DatasetView, DemandView, EpochView,
		HistoryView, MandateView, ModelView, Page, PotView, ReceiptView, ReportView,
		ReputationView, RewardView, SharesView, StakeView, TenureView, TitleView, VaultView,
	},
};

use crate::{
	configs::{consensus::EpochDuration, market::TradedAsset, settings::Kept},
	genesis_presets, reads, AccountId, Agents, AssetConversion, Attribution, AuthorityDiscovery,
	Availability, Babe, Balance, Block, Channels, Datasets, Executive, Grandpa, Historical,
	InherentDataExt, Models, Nonce, Originality, Runtime, RuntimeCall, RuntimeGenesisConfig,
	SessionKeys, Shares, System, Titles, TransactionPayment, Usage, VERSION,
};

sp_api::impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			Executive::execute_block(block)
		}

		fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(Runtime::metadata().into())
		}

		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			Runtime::metadata_at_version(version)
		}

		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}

		fn finalize_block() -> <Block as BlockT>::Header {
			Executive::finalize_block()
		}

		fn inherent_extrinsics(data: sp_inherents::InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
			data.create_extrinsics()
		}

		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: sp_inherents::InherentData,
		) -> sp_inherents::CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			tx: <Block as BlockT>::Extrinsic,
			block_hash: <Block as BlockT>::Hash,
		) -> TransactionValidity {
			Executive::validate_transaction(source, tx, block_hash)
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &<Block as BlockT>::Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(
			owner: Vec<u8>,
			seed: Option<Vec<u8>>,
		) -> OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}

		fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl sp_consensus_babe::BabeApi<Block> for Runtime {
		fn configuration() -> sp_consensus_babe::BabeConfiguration {
			let epoch = Babe::epoch_config().unwrap_or(genesis_presets::BABE_EPOCH_CONFIG);
			sp_consensus_babe::BabeConfiguration {
				slot_duration: Babe::slot_duration(),
				epoch_length: EpochDuration::get(),
				c: epoch.c,
				authorities: Babe::authorities().to_vec(),
				randomness: Babe::randomness(),
				allowed_slots: epoch.allowed_slots,
			}
		}

		fn current_epoch_start() -> sp_consensus_babe::Slot {
			Babe::current_epoch_start()
		}

		fn current_epoch() -> sp_consensus_babe::Epoch {
			Babe::current_epoch()
		}

		fn next_epoch() -> sp_consensus_babe::Epoch {
			Babe::next_epoch()
		}

		fn generate_key_ownership_proof(
			_: sp_consensus_babe::Slot,
			authority_id: sp_consensus_babe::AuthorityId,
		) -> Option<sp_consensus_babe::OpaqueKeyOwnershipProof> {
			Historical::prove((sp_consensus_babe::KEY_TYPE, authority_id))
				.map(|proof| sp_consensus_babe::OpaqueKeyOwnershipProof::new(proof.encode()))
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_babe::EquivocationProof<<Block as BlockT>::Header>,
			key_owner_proof: sp_consensus_babe::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			Babe::submit_unsigned_equivocation_report(
				equivocation_proof,
				key_owner_proof.decode()?,
			)
		}
	}

	impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
		fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
			Grandpa::grandpa_authorities()
		}

		fn current_set_id() -> sp_consensus_grandpa::SetId {
			Grandpa::current_set_id()
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_grandpa::EquivocationProof<
				<Block as BlockT>::Hash,
				NumberFor<Block>,
			>,
			key_owner_proof: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			Grandpa::submit_unsigned_equivocation_report(
				equivocation_proof,
				key_owner_proof.decode()?,
			)
		}

		fn generate_key_ownership_proof(
			_: sp_consensus_grandpa::SetId,
			authority_id: sp_consensus_grandpa::AuthorityId,
		) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
			Historical::prove((sp_consensus_grandpa::KEY_TYPE, authority_id))
				.map(|proof| sp_consensus_grandpa::OpaqueKeyOwnershipProof::new(proof.encode()))
		}
	}

	impl sp_authority_discovery::AuthorityDiscoveryApi<Block> for Runtime {
		fn authorities() -> Vec<sp_authority_discovery::AuthorityId> {
			AuthorityDiscovery::authorities()
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			System::account_nonce(account)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance>
		for Runtime
	{
		fn query_info(
			uxt: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_info(uxt, len)
		}

		fn query_fee_details(uxt: <Block as BlockT>::Extrinsic, len: u32) -> FeeDetails<Balance> {
			TransactionPayment::query_fee_details(uxt, len)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<
		Block,
		Balance,
		RuntimeCall,
	> for Runtime
	{
		fn query_call_info(call: RuntimeCall, len: u32) -> RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_call_info(call, len)
		}

		fn query_call_fee_details(call: RuntimeCall, len: u32) -> FeeDetails<Balance> {
			TransactionPayment::query_call_fee_details(call, len)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
			build_state::<RuntimeGenesisConfig>(config)
		}

		fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			get_preset::<RuntimeGenesisConfig>(id, genesis_presets::get_preset)
		}

		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			genesis_presets::preset_names()
		}
	}

	impl crate::attribution_api::AttributionApi<Block, AccountId> for Runtime {
		fn dataset(id: DatasetId) -> Option<DatasetView<AccountId>> {
			Datasets::dataset_view(id)
		}

		fn datasets(from: DatasetId, limit: u32) -> Page<DatasetView<AccountId>, DatasetId> {
			Datasets::datasets_page(from, limit)
		}

		fn contribution(seq: Seq) -> Option<ContributionView<AccountId>> {
			Datasets::contribution_view(seq)
		}

		fn contribution_by_root(root: [u8; 32]) -> Option<Seq> {
			Datasets::by_root(root)
		}

		fn contributions(
			dataset: DatasetId,
			from: u32,
			limit: u32,
		) -> Page<ContributionView<AccountId>, u32> {
			Datasets::contributions_page(dataset, from, limit)
		}

		fn model(id: ModelId) -> Option<ModelView<AccountId>> {
			Models::model_view(id)
		}

		fn lineage(id: ModelId) -> Option<Vec<AncestorView<AccountId>>> {
			reads::lineage(id)
		}

		fn shares(id: ModelId) -> Option<SharesView<AccountId>> {
			Models::shares_view(id)
		}

		fn shares_history(
			id: ModelId,
			from: ModelId,
			limit: u32,
		) -> Option<Page<SharesView<AccountId>, ModelId>> {
			Models::shares_history(id, from, limit)
		}

		fn corpus(
			model: ModelId,
			epoch: Option<EpochIndex>,
			cursor: u64,
			limit: u32,
		) -> Option<Page<CorpusEntryView, u64>> {
			reads::corpus_page(model, epoch, cursor, limit)
		}

		fn epoch() -> EpochView {
			Usage::epoch_view()
		}

		fn receipt(
			model: ModelId,
			epoch: EpochIndex,
			index: u32,
		) -> Option<ReceiptView<AccountId>> {
			Usage::receipt_view(model, epoch, index)
		}

		fn receipts(
			model: ModelId,
			epoch: EpochIndex,
			from: u32,
			limit: u32,
		) -> Page<ReceiptView<AccountId>, u32> {
			Usage::receipts_page(model, epoch, from, limit)
		}

		fn pot(model: ModelId, epoch: EpochIndex) -> Option<PotView> {
			Usage::pot_view(model, epoch)
		}

		fn report(model: ModelId, epoch: EpochIndex) -> Option<ReportView<AccountId>> {
			Attribution::report_view(model, epoch)
		}

		fn claimable(model: ModelId) -> Option<ClaimableView> {
			Usage::claimable_view(model)
		}

		fn lineage_tenures(
			model: ModelId,
			ancestor: ModelId,
			from: u32,
			limit: u32,
		) -> Page<ClaimableLineageView, u32> {
			Usage::lineage_tenures(model, ancestor, from, limit)
		}

		fn books() -> BooksView {
			Usage::books_view()
		}

		fn check_fault(
			model: ModelId,
			epoch: EpochIndex,
			fault: Fault,
		) -> Option<Result<(), FaultError>> {
			Attribution::check_fault(model, epoch, &fault)
		}

		fn demand(id: u64) -> Option<DemandView<AccountId>> {
			Availability::demand_view(id)
		}

		fn demands(from: u64, limit: u32) -> Page<DemandView<AccountId>, u64> {
			Availability::demands_page(from, limit)
		}

		fn accusation(accused: Seq, challenger: AccountId) -> Option<AccusationView<AccountId>> {
			Originality::accusation_view(accused, &challenger)
		}

		fn accusations(accused: Seq) -> Vec<AccusationView<AccountId>> {
			Originality::accusations(accused)
		}

		fn reward(report: ReportId) -> Option<RewardView<AccountId>> {
			Attribution::reward_view(report)
		}

		fn title(title: Title) -> Option<TitleView<AccountId>> {
			Titles::title_view(title)
		}

		fn tenures(title: Title, from: u32, limit: u32) -> Page<TenureView<AccountId>, u32> {
			Titles::tenures_page(title, from, limit)
		}

		fn vault(title: Title) -> Option<VaultView<AccountId>> {
			Shares::vault_view(title)
		}

		fn stake(title: Title, account: AccountId) -> Option<StakeView<AccountId>> {
			Shares::stake_view(title, &account)
		}

		fn channel(id: ChannelId) -> Option<ChannelView<AccountId>> {
			Channels::channel_view(id)
		}

		fn channels(
			account: AccountId,
			from: ChannelId,
			limit: u32,
		) -> Page<ChannelView<AccountId>, ChannelId> {
			Channels::channels_page(&account, from, limit)
		}

		fn agent(id: AgentId) -> Option<AgentView<AccountId>> {
			Agents::agent_view(id)
		}

		fn agents(from: AgentId, limit: u32) -> Page<AgentView<AccountId>, AgentId> {
			Agents::agents_page(from, limit)
		}

		fn agent_of(account: AccountId) -> Option<AgentId> {
			Agents::agent_of(&account)
		}

		fn mandate(id: AgentId) -> Option<MandateView<AccountId>> {
			Agents::mandate_view(id)
		}

		fn agent_history(id: AgentId) -> Option<HistoryView> {
			Agents::history_view(id)
		}

		fn reputation(
			id: AgentId,
			after: Option<AccountId>,
			limit: u32,
		) -> Option<ReputationView<AccountId>> {
			Agents::reputation_view(id, after, limit)
		}

		fn settings() -> fees::Settings {
			Kept::settings()
		}
	}

	impl pallet_asset_conversion::AssetConversionApi<Block, Balance, TradedAsset> for Runtime {
		fn quote_price_tokens_for_exact_tokens(
			asset1: TradedAsset,
			asset2: TradedAsset,
			amount: Balance,
			include_fee: bool,
		) -> Option<Balance> {
			AssetConversion::quote_price_tokens_for_exact_tokens(asset1, asset2, amount, include_fee)
		}

		fn quote_price_exact_tokens_for_tokens(
			asset1: TradedAsset,
			asset2: TradedAsset,
			amount: Balance,
			include_fee: bool,
		) -> Option<Balance> {
			AssetConversion::quote_price_exact_tokens_for_tokens(asset1, asset2, amount, include_fee)
		}

		fn get_reserves(asset1: TradedAsset, asset2: TradedAsset) -> Option<(Balance, Balance)> {
			AssetConversion::get_reserves(asset1, asset2).ok()
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(
			extra: bool,
		) -> (Vec<frame_benchmarking::BenchmarkList>, Vec<frame_support::traits::StorageInfo>) {
			crate::benchmarks::metadata(extra)
		}

		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
			crate::benchmarks::dispatch(config)
		}
	}

	#[cfg(feature = "try-runtime")]
	impl frame_try_runtime::TryRuntime<Block> for Runtime {
		// The interface has no error: a failed check must stop the tool that runs it.
		#[allow(clippy::expect_used)]
		fn on_runtime_upgrade(checks: frame_try_runtime::UpgradeCheckSelect) -> (Weight, Weight) {
			let weight = Executive::try_runtime_upgrade(checks)
				.expect("a migration, or a check before or after it, failed; see the log");
			(weight, crate::configs::system::RuntimeBlockWeights::get().max_block)
		}

		// The interface has no error: a failed check must stop the tool that runs it.
		#[allow(clippy::expect_used)]
		fn execute_block(
			block: <Block as BlockT>::LazyBlock,
			state_root_check: bool,
			signature_check: bool,
			select: frame_try_runtime::TryStateSelect,
		) -> Weight {
			Executive::try_execute_block(block, state_root_check, signature_check, select)
				.expect("a block, or a check of the state after it, failed; see the log")
		}
	}
}
