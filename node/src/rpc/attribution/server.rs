//! The methods over the node's chain and its pool.

use std::sync::Arc;

use jsonrpsee::core::async_trait;
use sp_api::{ApiError, ApiRef, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_core::Bytes;
use tributary_primitives::{
	fees::Settings,
	ids::{AgentId, ChannelId, DatasetId, EpochIndex, ModelId, ReportId, Seq},
	title::Title,
	views::{
		AccusationView, AgentView, AncestorView, BooksView, ChannelView, ClaimableLineageView,
		ClaimableView, ContributionView, CorpusEntryView, DatasetView, DemandView, EpochView,
		HistoryView, MandateView, ModelView, Page, PotView, ReceiptView, ReportView,
		ReputationView, RewardView, SharesView, StakeView, TenureView, TitleView, VaultView,
		MAX_HISTORY_PAGE, MAX_PAGE,
	},
};
use tributary_runtime::{attribution_api::AttributionApi, AccountId};

use super::AttributionServer;
use crate::{
	rpc::{
		error::Error,
		submission::{Kind, Submitter},
	},
	service::{Block, FullClient, FullPool, Hash},
};

/// The methods over a chain and a pool.
pub struct Attribution {
	client: Arc<FullClient>,
	submitter: Submitter,
}

impl Attribution {
	/// Methods that read `client` and submit to `pool`.
	pub fn new(client: Arc<FullClient>, pool: Arc<FullPool>) -> Self {
		let submitter = Submitter::new(client.clone(), pool);
		Self { client, submitter }
	}

	fn read<T>(
		&self,
		at: Option<Hash>,
		call: impl FnOnce(
			ApiRef<'_, <FullClient as ProvideRuntimeApi<Block>>::Api>,
			Hash,
		) -> Result<T, ApiError>,
	) -> Result<T, Error> {
		let at = match at {
			Some(at) if self.client.header(at)?.is_none() => return Err(Error::UnknownBlock(at)),
			Some(at) => at,
			None => self.client.info().best_hash,
		};
		call(self.client.runtime_api(), at).map_err(|error| match error {
			ApiError::UnknownBlock(_) => Error::UnknownBlock(at),
			error => error.into(),
		})
	}
}

fn page(limit: u32) -> u32 {
	limit.clamp(1, MAX_PAGE)
}

#[async_trait]
impl AttributionServer for Attribution {
	fn dataset(
		&self,
		id: DatasetId,
		at: Option<Hash>,
	) -> Result<Option<DatasetView<AccountId>>, Error> {
		self.read(at, |api, at| api.dataset(at, id))
	}

	fn datasets(
		&self,
		from: DatasetId,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<DatasetView<AccountId>, DatasetId>, Error> {
		self.read(at, |api, at| api.datasets(at, from, page(limit)))
	}

	fn contribution(
		&self,
		id: Seq,
		at: Option<Hash>,
	) -> Result<Option<ContributionView<AccountId>>, Error> {
		self.read(at, |api, at| api.contribution(at, id))
	}

	fn contribution_by_root(&self, root: Hash, at: Option<Hash>) -> Result<Option<Seq>, Error> {
		self.read(at, |api, at| api.contribution_by_root(at, root.to_fixed_bytes()))
	}

	fn contributions(
		&self,
		dataset: DatasetId,
		from: u32,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<ContributionView<AccountId>, u32>, Error> {
		self.read(at, |api, at| api.contributions(at, dataset, from, page(limit)))
	}

	fn model(&self, id: ModelId, at: Option<Hash>) -> Result<Option<ModelView<AccountId>>, Error> {
		self.read(at, |api, at| api.model(at, id))
	}

	fn lineage(
		&self,
		id: ModelId,
		at: Option<Hash>,
	) -> Result<Option<Vec<AncestorView<AccountId>>>, Error> {
		self.read(at, |api, at| api.lineage(at, id))
	}

	fn shares(
		&self,
		id: ModelId,
		at: Option<Hash>,
	) -> Result<Option<SharesView<AccountId>>, Error> {
		self.read(at, |api, at| api.shares(at, id))
	}

	fn shares_history(
		&self,
		id: ModelId,
		from: ModelId,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Option<Page<SharesView<AccountId>, ModelId>>, Error> {
		let limit = limit.clamp(1, MAX_HISTORY_PAGE);
		self.read(at, |api, at| api.shares_history(at, id, from, limit))
	}

	fn corpus(
		&self,
		model: ModelId,
		epoch: Option<EpochIndex>,
		cursor: u64,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Option<Page<CorpusEntryView, u64>>, Error> {
		self.read(at, |api, at| api.corpus(at, model, epoch, cursor, page(limit)))
	}

	fn epoch(&self, at: Option<Hash>) -> Result<EpochView, Error> {
		self.read(at, |api, at| api.epoch(at))
	}

	fn receipt(
		&self,
		model: ModelId,
		epoch: EpochIndex,
		index: u32,
		at: Option<Hash>,
	) -> Result<Option<ReceiptView<AccountId>>, Error> {
		self.read(at, |api, at| api.receipt(at, model, epoch, index))
	}

	fn receipts(
		&self,
		model: ModelId,
		epoch: EpochIndex,
		from: u32,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<ReceiptView<AccountId>, u32>, Error> {
		self.read(at, |api, at| api.receipts(at, model, epoch, from, page(limit)))
	}

	fn pot(
		&self,
		model: ModelId,
		epoch: EpochIndex,
		at: Option<Hash>,
	) -> Result<Option<PotView>, Error> {
		self.read(at, |api, at| api.pot(at, model, epoch))
	}

	fn report(
		&self,
		model: ModelId,
		epoch: EpochIndex,
		at: Option<Hash>,
	) -> Result<Option<ReportView<AccountId>>, Error> {
		self.read(at, |api, at| api.report(at, model, epoch))
	}

	fn claimable(&self, model: ModelId, at: Option<Hash>) -> Result<Option<ClaimableView>, Error> {
		self.read(at, |api, at| api.claimable(at, model))
	}

	fn lineage_tenures(
		&self,
		model: ModelId,
		ancestor: ModelId,
		from: u32,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<ClaimableLineageView, u32>, Error> {
		self.read(at, |api, at| api.lineage_tenures(at, model, ancestor, from, page(limit)))
	}

	fn books(&self, at: Option<Hash>) -> Result<BooksView, Error> {
		self.read(at, |api, at| api.books(at))
	}

	fn demand(&self, id: u64, at: Option<Hash>) -> Result<Option<DemandView<AccountId>>, Error> {
		self.read(at, |api, at| api.demand(at, id))
	}

	fn demands(
		&self,
		from: u64,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<DemandView<AccountId>, u64>, Error> {
		self.read(at, |api, at| api.demands(at, from, page(limit)))
	}

	fn accusation(
		&self,
		accused: Seq,
		challenger: AccountId,
		at: Option<Hash>,
	) -> Result<Option<AccusationView<AccountId>>, Error> {
		self.read(at, |api, at| api.accusation(at, accused, challenger))
	}

	fn accusations(
		&self,
		accused: Seq,
		at: Option<Hash>,
	) -> Result<Vec<AccusationView<AccountId>>, Error> {
		self.read(at, |api, at| api.accusations(at, accused))
	}

	fn reward(
		&self,
		id: ReportId,
		at: Option<Hash>,
	) -> Result<Option<RewardView<AccountId>>, Error> {
		self.read(at, |api, at| api.reward(at, id))
	}

	fn title(&self, title: Title, at: Option<Hash>) -> Result<Option<TitleView<AccountId>>, Error> {
		self.read(at, |api, at| api.title(at, title))
	}

	fn tenures(
		&self,
		title: Title,
		from: u32,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<TenureView<AccountId>, u32>, Error> {
		self.read(at, |api, at| api.tenures(at, title, from, page(limit)))
	}

	fn vault(&self, title: Title, at: Option<Hash>) -> Result<Option<VaultView<AccountId>>, Error> {
		self.read(at, |api, at| api.vault(at, title))
	}

	fn stake(
		&self,
		title: Title,
		account: AccountId,
		at: Option<Hash>,
	) -> Result<Option<StakeView<AccountId>>, Error> {
		self.read(at, |api, at| api.stake(at, title, account))
	}

	fn channel(
		&self,
		id: ChannelId,
		at: Option<Hash>,
	) -> Result<Option<ChannelView<AccountId>>, Error> {
		self.read(at, |api, at| api.channel(at, id))
	}

	fn channels(
		&self,
		account: AccountId,
		from: ChannelId,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<ChannelView<AccountId>, ChannelId>, Error> {
		self.read(at, |api, at| api.channels(at, account, from, page(limit)))
	}

	fn agent(&self, id: AgentId, at: Option<Hash>) -> Result<Option<AgentView<AccountId>>, Error> {
		self.read(at, |api, at| api.agent(at, id))
	}

	fn agents(
		&self,
		from: AgentId,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<AgentView<AccountId>, AgentId>, Error> {
		self.read(at, |api, at| api.agents(at, from, page(limit)))
	}

	fn agent_of(&self, account: AccountId, at: Option<Hash>) -> Result<Option<AgentId>, Error> {
		self.read(at, |api, at| api.agent_of(at, account))
	}

	fn agent_mandate(
		&self,
		id: AgentId,
		at: Option<Hash>,
	) -> Result<Option<MandateView<AccountId>>, Error> {
		self.read(at, |api, at| api.mandate(at, id))
	}

	fn agent_history(&self, id: AgentId, at: Option<Hash>) -> Result<Option<HistoryView>, Error> {
		self.read(at, |api, at| api.agent_history(at, id))
	}

	fn agent_reputation(
		&self,
		id: AgentId,
		after: Option<AccountId>,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Option<ReputationView<AccountId>>, Error> {
		self.read(at, |api, at| api.reputation(at, id, after, page(limit)))
	}

	fn settings(&self, at: Option<Hash>) -> Result<Settings, Error> {
		self.read(at, |api, at| api.settings(at))
	}

	async fn submit_contribution(&self, extrinsic: Bytes) -> Result<Hash, Error> {
		self.submitter.submit(Kind::Contribution, extrinsic.0).await
	}

	async fn submit_proof(&self, extrinsic: Bytes) -> Result<Hash, Error> {
		self.submitter.submit(Kind::Proof, extrinsic.0).await
	}
}
