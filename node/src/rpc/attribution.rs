//! The `attribution_` methods: the runtime's `AttributionApi` as JSON, and two ways to submit that say
//! why they refuse.
//!
//! Every reading method takes a last, optional parameter `at`, the hash of the block to read at; without
//! it the best block is read. `null` says that there is no such object. Amounts are decimal strings in
//! planck, roots are 0x-prefixed hex, accounts are SS58, rates are parts per billion. The errors are in
//! [`super::error`].

mod server;

pub use server::Attribution;

use jsonrpsee::proc_macros::rpc;
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
	},
};
use tributary_runtime::AccountId;

use super::error::Error;
use crate::service::Hash;

/// The methods. A page holds at most [`MAX_PAGE`](tributary_primitives::views::MAX_PAGE) items, and at least
/// one is asked for; `next` is the parameter that fetches the page after it.
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

	/// How a payment for the model is divided: what its owner, each ancestor and each dataset gets of one
	/// unit.
	#[method(name = "shares", blocking)]
	fn shares(&self, id: ModelId, at: Option<Hash>)
		-> Result<Option<SharesView<AccountId>>, Error>;

	/// How payments for each ancestor of the model and for the model itself are divided, in order of
	/// their ids, from `from` on. A page holds at most
	/// [`MAX_HISTORY_PAGE`](tributary_primitives::views::MAX_HISTORY_PAGE) of them.
	#[method(name = "sharesHistory", blocking)]
	fn shares_history(
		&self,
		id: ModelId,
		from: ModelId,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Option<Page<SharesView<AccountId>, ModelId>>, Error>;

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

	/// What the model's owner and the tenures of its ancestors' titles may claim. Of former tenures the
	/// newest ones are named that have something left; `attribution_lineageTenures` has all.
	#[method(name = "claimable", blocking)]
	fn claimable(&self, model: ModelId, at: Option<Hash>) -> Result<Option<ClaimableView>, Error>;

	/// What the tenures of an ancestor's title may claim of the model's revenue, from index `from` on: for
	/// whom the ancestor belonged to then.
	#[method(name = "lineageTenures", blocking)]
	fn lineage_tenures(
		&self,
		model: ModelId,
		ancestor: ModelId,
		from: u32,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<ClaimableLineageView, u32>, Error>;

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

	/// The open accusations of a contribution, at most as many as a page holds.
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

	/// Whom a title belongs to, and whether its revenue goes to a vault. A title is
	/// `{"kind": "dataset" | "model" | "agent", "id": number}`.
	#[method(name = "title", blocking)]
	fn title(&self, title: Title, at: Option<Hash>) -> Result<Option<TitleView<AccountId>>, Error>;

	/// Whom a title's revenue went to, in order, from index `from` on; the tenure of today is the last.
	#[method(name = "tenures", blocking)]
	fn tenures(
		&self,
		title: Title,
		from: u32,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<TenureView<AccountId>, u32>, Error>;

	/// The vault of a title of which there are shares.
	#[method(name = "vault", blocking)]
	fn vault(&self, title: Title, at: Option<Hash>) -> Result<Option<VaultView<AccountId>>, Error>;

	/// What `account` has staked in the vault of a title, and may claim.
	#[method(name = "stake", blocking)]
	fn stake(
		&self,
		title: Title,
		account: AccountId,
		at: Option<Hash>,
	) -> Result<Option<StakeView<AccountId>>, Error>;

	/// An open channel.
	#[method(name = "channel", blocking)]
	fn channel(
		&self,
		id: ChannelId,
		at: Option<Hash>,
	) -> Result<Option<ChannelView<AccountId>>, Error>;

	/// The open channels that `account` pays or serves, from number `from` on.
	#[method(name = "channels", blocking)]
	fn channels(
		&self,
		account: AccountId,
		from: ChannelId,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<ChannelView<AccountId>, ChannelId>, Error>;

	/// The agent `id`.
	#[method(name = "agent", blocking)]
	fn agent(&self, id: AgentId, at: Option<Hash>) -> Result<Option<AgentView<AccountId>>, Error>;

	/// Agents in order of creation, from `from` on.
	#[method(name = "agents", blocking)]
	fn agents(
		&self,
		from: AgentId,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Page<AgentView<AccountId>, AgentId>, Error>;

	/// The agent whose own account `account` is.
	#[method(name = "agentOf", blocking)]
	fn agent_of(&self, account: AccountId, at: Option<Hash>) -> Result<Option<AgentId>, Error>;

	/// What the agent `id` may do, and what of its budgets is used.
	#[method(name = "agentMandate", blocking)]
	fn agent_mandate(
		&self,
		id: AgentId,
		at: Option<Hash>,
	) -> Result<Option<MandateView<AccountId>>, Error>;

	/// The head and the length of the agent's history. The acts themselves are the events `Agents.Acted`.
	#[method(name = "agentHistory", blocking)]
	fn agent_history(&self, id: AgentId, at: Option<Hash>) -> Result<Option<HistoryView>, Error>;

	/// What others have burned for the agent, and a page of what each of them has: from the first where `after`
	/// is null, and else after the payer `after`, which is the `next` of the page before.
	#[method(name = "agentReputation", blocking)]
	fn agent_reputation(
		&self,
		id: AgentId,
		after: Option<AccountId>,
		limit: u32,
		at: Option<Hash>,
	) -> Result<Option<ReputationView<AccountId>>, Error>;

	/// The parameters that can be changed: fees, bonds, deposits and windows.
	#[method(name = "settings", blocking)]
	fn settings(&self, at: Option<Hash>) -> Result<Settings, Error>;

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
