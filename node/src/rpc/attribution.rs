//! The `attribution_` methods: the runtime's `AttributionApi` as JSON, and two ways to submit that say
//! why they refuse.
//!
//! Every reading method takes a last, optional parameter `at`, the hash of the block to read at; without
//! it the best block is read. `null` says that there is no such object. Amounts are decimal strings in
//! planck, roots are 0x-prefixed hex, accounts are SS58, rates are parts per billion. The errors are in
//! [`super::error`].

use std::sync::Arc;

use jsonrpsee::{core::async_trait, proc_macros::rpc};
use sp_api::{ApiError, ApiRef, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_core::Bytes;
use tributary_primitives::{
	ids::{DatasetId, EpochIndex, ModelId, ReportId, Seq},
	views::{
		AccusationView, AncestorView, BooksView, ClaimableView, ContributionView, CorpusEntryView,
		DatasetView, DemandView, EpochView, ModelView, Page, PotView, ReceiptView, ReportView,
		RewardView, SharesView, MAX_PAGE,
	},
};
use tributary_runtime::{attribution_api::AttributionApi, AccountId};

use super::{
	error::Error,
	submission::{Kind, Submitter},
};
use crate::service::{Block, FullClient, FullPool, Hash};

/// The methods. A page holds at most [`MAX_PAGE`] items, and at least one is asked for; `next` is the
/// parameter that fetches the page after it.
#[rpc(server, namespace = "attribution")]
pub trait Attribution {
	/// The dataset `id`.
	#[method(name = "dataset", blocking)]
	fn dataset(
		&self,
		id: DatasetId,
		at: Option<Hash>,
	) -> Result<Option<DatasetView<AccountId>>, Error>;

	/// Datasets in order of creation, from `from` on.
	#[method(name = "datasets", blocking)]
	fn datasets(
		&self,
		from: DatasetId,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<DatasetView<AccountId>, DatasetId>, Error>;

	/// The commitment or contribution with sequence number `id`.
	#[method(name = "contribution", blocking)]
	fn contribution(
		&self,
		id: Seq,
		at: Option<Hash>,
	) -> Result<Option<ContributionView<AccountId>>, Error>;

	/// The contribution whose bytes have the BLAKE3 hash `root`.
	#[method(name = "contributionByRoot", blocking)]
	fn contribution_by_root(&self, root: Hash, at: Option<Hash>) -> Result<Option<Seq>, Error>;

	/// The accepted contributions of a dataset, from index `from` on.
	#[method(name = "contributions", blocking)]
	fn contributions(
		&self,
		dataset: DatasetId,
		from: u32,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<ContributionView<AccountId>, u32>, Error>;

	/// The model `id`.
	#[method(name = "model", blocking)]
	fn model(&self, id: ModelId, at: Option<Hash>) -> Result<Option<ModelView<AccountId>>, Error>;

	/// The model's ancestors, and what each earned of its revenue.
	#[method(name = "lineage", blocking)]
	fn lineage(
		&self,
		id: ModelId,
		at: Option<Hash>,
	) -> Result<Option<Vec<AncestorView<AccountId>>>, Error>;

	/// How a payment for the model is divided.
	#[method(name = "shares", blocking)]
	fn shares(&self, id: ModelId, at: Option<Hash>) -> Result<Option<SharesView>, Error>;

	/// The contributions that the model's output is traced to: as of the last block of `epoch`, or as of
	/// the block that is read where `epoch` is null. `cursor` is 0 for the first page.
	#[method(name = "corpus", blocking)]
	fn corpus(
		&self,
		model: ModelId,
		epoch: Option<EpochIndex>,
		cursor: u64,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Option<Page<CorpusEntryView, u64>>, Error>;

	/// Where the chain is in its epochs.
	#[method(name = "epoch", blocking)]
	fn epoch(&self, at: Option<Hash>) -> Result<EpochView, Error>;

	/// One payment for the model in the epoch.
	#[method(name = "receipt", blocking)]
	fn receipt(
		&self,
		model: ModelId,
		epoch: EpochIndex,
		index: u32,
		at: Option<Hash>,
	) -> Result<Option<ReceiptView<AccountId>>, Error>;

	/// The payments for the model in the epoch, from index `from` on.
	#[method(name = "receipts", blocking)]
	fn receipts(
		&self,
		model: ModelId,
		epoch: EpochIndex,
		from: u32,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<ReceiptView<AccountId>, u32>, Error>;

	/// What the model's sources share for the epoch.
	#[method(name = "pot", blocking)]
	fn pot(
		&self,
		model: ModelId,
		epoch: EpochIndex,
		at: Option<Hash>,
	) -> Result<Option<PotView>, Error>;

	/// The live report for the model in the epoch.
	#[method(name = "report", blocking)]
	fn report(
		&self,
		model: ModelId,
		epoch: EpochIndex,
		at: Option<Hash>,
	) -> Result<Option<ReportView<AccountId>>, Error>;

	/// What the model's owner and its ancestors may claim.
	#[method(name = "claimable", blocking)]
	fn claimable(&self, model: ModelId, at: Option<Hash>) -> Result<Option<ClaimableView>, Error>;

	/// The books of all payments.
	#[method(name = "books", blocking)]
	fn books(&self, at: Option<Hash>) -> Result<BooksView, Error>;

	/// An open demand for bytes.
	#[method(name = "demand", blocking)]
	fn demand(&self, id: u64, at: Option<Hash>) -> Result<Option<DemandView<AccountId>>, Error>;

	/// The open demands for bytes, from number `from` on. A page may hold none and still name a next
	/// one.
	#[method(name = "demands", blocking)]
	fn demands(
		&self,
		from: u64,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<DemandView<AccountId>, u64>, Error>;

	/// The open accusation of a contribution by `challenger`.
	#[method(name = "accusation", blocking)]
	fn accusation(
		&self,
		accused: Seq,
		challenger: AccountId,
		at: Option<Hash>,
	) -> Result<Option<AccusationView<AccountId>>, Error>;

	/// The open accusations of a contribution, at most [`MAX_PAGE`] of them.
	#[method(name = "accusations", blocking)]
	fn accusations(
		&self,
		accused: Seq,
		at: Option<Hash>,
	) -> Result<Vec<AccusationView<AccountId>>, Error>;

	/// The reward for the fall of report `id` while it waits for announced faults.
	#[method(name = "reward", blocking)]
	fn reward(
		&self,
		id: ReportId,
		at: Option<Hash>,
	) -> Result<Option<RewardView<AccountId>>, Error>;

	/// Submits a signed `Datasets.commit` or `Datasets.reveal`, or a `Utility.batch_all` of them, and
	/// gives its hash. Runs it on the best block first, after the signer's transactions in the pool, and
	/// refuses with the reason what would fail. A transaction that is in the pool already is not submitted
	/// again.
	#[method(name = "submitContribution")]
	async fn submit_contribution(&self, extrinsic: Bytes) -> Result<Hash, Error>;

	/// Submits what carries openings as `attribution_submitContribution` does: an
	/// `Attribution.submit_fault` or `Availability.answer`, which nobody signs, or a signed
	/// `Attribution.claim`, `claim_passed`, `reveal_announcement` or `Originality.show_hits`.
	#[method(name = "submitProof")]
	async fn submit_proof(&self, extrinsic: Bytes) -> Result<Hash, Error>;
}

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

	fn shares(&self, id: ModelId, at: Option<Hash>) -> Result<Option<SharesView>, Error> {
		self.read(at, |api, at| api.shares(at, id))
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

	async fn submit_contribution(&self, extrinsic: Bytes) -> Result<Hash, Error> {
		self.submitter.submit(Kind::Contribution, extrinsic.0).await
	}

	async fn submit_proof(&self, extrinsic: Bytes) -> Result<Hash, Error> {
		self.submitter.submit(Kind::Proof, extrinsic.0).await
	}
}
