//! The runtime API that every reader of the attribution state goes through: the node's JSON-RPC,
//! light clients and indexers.
//!
//! Lists are paged: `limit` is cut to [`tributary_primitives::views::MAX_PAGE`], and a page names the
//! cursor of the next one. Amounts are in planck.

use alloc::vec::Vec;

use codec::Codec;
use tributary_primitives::{
	fault::{Fault, FaultError},
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

sp_api::decl_runtime_apis! {
	/// Datasets, models, titles and their shares, payments, channels, reports, demands, accusations, agents
	/// and settings as of a block.
	#[api_version(4)]
	pub trait AttributionApi<AccountId>
	where
		AccountId: Codec,
	{
		/// The dataset `id`; `None` where there is no such dataset.
		fn dataset(id: DatasetId) -> Option<DatasetView<AccountId>>;
		/// Datasets in order of creation, from `from` on.
		fn datasets(from: DatasetId, limit: u32) -> Page<DatasetView<AccountId>, DatasetId>;
		/// The commitment or contribution `seq`; `None` where there is none, or none any more.
		fn contribution(seq: Seq) -> Option<ContributionView<AccountId>>;
		/// The contribution of the blob with this BLAKE3 hash; `None` where nobody revealed it.
		fn contribution_by_root(root: [u8; 32]) -> Option<Seq>;
		/// The accepted contributions of a dataset in order of acceptance, from index `from` on. Those
		/// that were withdrawn later keep their place.
		fn contributions(
			dataset: DatasetId,
			from: u32,
			limit: u32,
		) -> Page<ContributionView<AccountId>, u32>;
		/// The model `id`; `None` where there is no such model.
		fn model(id: ModelId) -> Option<ModelView<AccountId>>;
		/// Every ancestor of the model, with what it earned; `None` where there is no such model.
		fn lineage(id: ModelId) -> Option<Vec<AncestorView<AccountId>>>;
		/// How a payment for the model is divided: what its owner, each ancestor and each dataset gets of
		/// one unit; `None` where there is no such model.
		fn shares(id: ModelId) -> Option<SharesView<AccountId>>;
		/// How payments for the model's ancestors and for the model itself are divided, in order of their
		/// ids, from `from` on: what has become of everybody's part from version to version. `None` where
		/// there is no such model. `limit` is cut to [`tributary_primitives::views::MAX_HISTORY_PAGE`].
		fn shares_history(
			id: ModelId,
			from: ModelId,
			limit: u32,
		) -> Option<Page<SharesView<AccountId>, ModelId>>;
		/// The contributions in the model's corpus as of the last block of `epoch`, or as of this
		/// block. `None` where there is no such model.
		///
		/// A cursor is `pin << 32 | index`, the pin's place in the corpus of the model view and the
		/// contribution's place in the pinned dataset; start from 0. Contributions whose bytes are
		/// withheld are left out, whatever the epoch.
		fn corpus(
			model: ModelId,
			epoch: Option<EpochIndex>,
			cursor: u64,
			limit: u32,
		) -> Option<Page<CorpusEntryView, u64>>;
		/// Where the chain is in its epochs.
		fn epoch() -> EpochView;
		/// One payment for the model in the epoch; `None` where there is none, or none any more.
		fn receipt(model: ModelId, epoch: EpochIndex, index: u32) -> Option<ReceiptView<AccountId>>;
		/// The payments for the model in the epoch, from index `from` on.
		fn receipts(
			model: ModelId,
			epoch: EpochIndex,
			from: u32,
			limit: u32,
		) -> Page<ReceiptView<AccountId>, u32>;
		/// What the model's sources share for the epoch; `None` where nothing was paid.
		fn pot(model: ModelId, epoch: EpochIndex) -> Option<PotView>;
		/// The report, open or final; `None` where none was posted, or it was voided.
		fn report(model: ModelId, epoch: EpochIndex) -> Option<ReportView<AccountId>>;
		/// What the model's owner and the tenures of its ancestors' titles may claim, of former tenures the
		/// newest; `None` where there is no such model.
		fn claimable(model: ModelId) -> Option<ClaimableView>;
		/// What the tenures of an ancestor's title may claim of the model's revenue, from index `from` on;
		/// none where it is no ancestor of the model.
		fn lineage_tenures(
			model: ModelId,
			ancestor: ModelId,
			from: u32,
			limit: u32,
		) -> Page<ClaimableLineageView, u32>;
		/// The books of all payments.
		fn books() -> BooksView;
		/// Whether the fault shows the report to be wrong, and why not; `None` where no report is open,
		/// whether none was posted, it was voided or it is final.
		fn check_fault(
			model: ModelId,
			epoch: EpochIndex,
			fault: Fault,
		) -> Option<Result<(), FaultError>>;
		/// A demand for bytes; `None` where there is none, or it was answered, enforced or lapsed.
		fn demand(id: u64) -> Option<DemandView<AccountId>>;
		/// The demands that are open, in order, from number `from` on. A page may hold fewer than
		/// `limit`, or none, and still name a next one.
		fn demands(from: u64, limit: u32) -> Page<DemandView<AccountId>, u64>;
		/// The open accusation of `accused` by `challenger`; `None` where there is none.
		fn accusation(accused: Seq, challenger: AccountId) -> Option<AccusationView<AccountId>>;
		/// The open accusations of `accused`: at most as many as a page holds.
		fn accusations(accused: Seq) -> Vec<AccusationView<AccountId>>;
		/// The reward for the fall of a report that waits for announced faults; `None` where none
		/// waits.
		fn reward(report: ReportId) -> Option<RewardView<AccountId>>;
		/// A title; `None` where there is none.
		fn title(title: Title) -> Option<TitleView<AccountId>>;
		/// The tenures of a title in order, that of today last, from index `from` on.
		fn tenures(title: Title, from: u32, limit: u32) -> Page<TenureView<AccountId>, u32>;
		/// The vault of a title; `None` where there are no shares of it.
		fn vault(title: Title) -> Option<VaultView<AccountId>>;
		/// What an account has staked in the vault of a title; `None` where it has nothing there.
		fn stake(title: Title, account: AccountId) -> Option<StakeView<AccountId>>;
		/// A channel; `None` where it was never opened, or is closed.
		fn channel(id: ChannelId) -> Option<ChannelView<AccountId>>;
		/// The open channels that an account pays or serves, in order of their numbers, from `from` on.
		fn channels(
			account: AccountId,
			from: ChannelId,
			limit: u32,
		) -> Page<ChannelView<AccountId>, ChannelId>;
		/// The agent `id`; `None` where there is no such agent.
		fn agent(id: AgentId) -> Option<AgentView<AccountId>>;
		/// Agents in order of creation, from `from` on.
		fn agents(from: AgentId, limit: u32) -> Page<AgentView<AccountId>, AgentId>;
		/// The agent whose own account this is; `None` where it is no agent's.
		fn agent_of(account: AccountId) -> Option<AgentId>;
		/// What the agent `id` may do, and what of its budgets is used; `None` where it has no mandate.
		fn mandate(id: AgentId) -> Option<MandateView<AccountId>>;
		/// The head and the length of the agent's history; `None` where there is no such agent.
		fn agent_history(id: AgentId) -> Option<HistoryView>;
		/// What others have burned for the agent, and a page of what each of them has, after the payer
		/// `after`; `None` where there is no such agent. Payers are in the order of storage, so one who pays
		/// between two pages may be missed.
		fn reputation(
			id: AgentId,
			after: Option<AccountId>,
			limit: u32,
		) -> Option<ReputationView<AccountId>>;
		/// The parameters that can be changed.
		fn settings() -> Settings;
	}
}
