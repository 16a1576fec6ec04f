//! Agents: their stakes, their deposits and what their reputation keeps.

use frame_support::{
	parameter_types,
	traits::{tokens::nonfungibles_v2::Transfer, ConstU128, Get},
};
use sp_runtime::{DispatchResult, Perbill};
use tributary_primitives::title::Title;

use crate::{
	configs::{
		mandates::Delegable,
		money::BurnFees,
		settings::chain::{
			AnswerWindow, AuthorShare, ChallengeWindow, DrawDelay, ProofWindow, ProtocolFee,
			RewardWindow,
		},
	},
	params::{deposit, AgentsPalletId, EpochLength, MIN_AGENT_STAKE, MIN_UNBONDING},
	AccountId, Assets, Balance, Balances, BlockNumber, Models, Nfts, Runtime, RuntimeCall,
	RuntimeHoldReason, Shares, Titles, Usage,
};

parameter_types! {
	/// The deposit for an agent, its history, its stake and its reputation, which stay.
	pub AgentDeposit: Balance = deposit(6, 600);
	/// The deposit for a mandate, however long it is, and what was spent under it.
	pub MandateDeposit: Balance = deposit(2, 2_200);
	/// The deposit for what an agent's reputation says of one payer.
	pub PayerDeposit: Balance = deposit(1, 76);
	/// The part of a reputation that each epoch of ten blocks keeps: half of it is left after thirty days.
	pub const Keep: Perbill = Perbill::from_parts(999_991_978);
}

/// The blocks from unbonding a stake until it is free.
///
/// What is open when it is unbonded must be over by then: a report waits for faults and for demands, an
/// accusation for its draw and its proof, and what was announced for its reward. Twice the sum leaves time for
/// one that begins late in another. A contribution may be accused for good: the stake that answers for its
/// deposit stays until that is released, however long that takes.
pub struct UnbondingPeriod;

impl Get<BlockNumber> for UnbondingPeriod {
	fn get() -> BlockNumber {
		let proofs = [
			ChallengeWindow::get(),
			AnswerWindow::get(),
			RewardWindow::get(),
			DrawDelay::get(),
			ProofWindow::get(),
		];
		let all = proofs.into_iter().fold(0, BlockNumber::saturating_add);
		all.saturating_mul(2).max(MIN_UNBONDING)
	}
}

/// Gives away titles as their owner's transfer does: listings and approvals end, a locked title stays.
pub struct GiveTitle;

impl pallet_agents::TitleTransfer<AccountId> for GiveTitle {
	fn give(title: Title, to: &AccountId) -> DispatchResult {
		<Nfts as Transfer<AccountId>>::transfer(&title.kind.collection(), &title.id, to)
	}
}

impl pallet_agents::Config for Runtime {
	type AgentDeposit = AgentDeposit;
	type Assets = Assets;
	type AuthorShare = AuthorShare;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
	type Calls = Delegable;
	type Currency = Balances;
	type EpochLength = EpochLength;
	type FeeDestination = BurnFees;
	type Keep = Keep;
	type MandateDeposit = MandateDeposit;
	type MinStake = ConstU128<MIN_AGENT_STAKE>;
	type Models = Models;
	type PalletId = AgentsPalletId;
	type PayerDeposit = PayerDeposit;
	type Payments = Usage;
	type ProtocolFee = ProtocolFee;
	type RuntimeCall = RuntimeCall;
	type RuntimeHoldReason = RuntimeHoldReason;
	type TitleTransfer = GiveTitle;
	type Titles = Titles;
	type UnbondingPeriod = UnbondingPeriod;
	type Vaults = Shares;
	type WeightInfo = pallet_agents::weights::SubstrateWeight<Runtime>;
}
