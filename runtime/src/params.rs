//! The numbers of this release. Amounts are in planck, spans in blocks unless a name says otherwise.

use frame_support::{
	parameter_types,
	traits::{ConstU128, ConstU32},
	PalletId,
};
use sp_runtime::Perbill;

use crate::{Balance, BlockNumber};

/// Decimals of the token.
pub const DECIMALS: u8 = 12;
/// One token, TRIB.
pub const TRIB: Balance = 1_000_000_000_000;
/// A thousandth of a token.
pub const MILLI_TRIB: Balance = TRIB / 1_000;
/// A millionth of a token.
pub const MICRO_TRIB: Balance = MILLI_TRIB / 1_000;

/// The address prefix of accounts.
pub const SS58_PREFIX: u16 = 42;

/// The length of a slot, in seconds.
pub const SECONDS_PER_BLOCK: u32 = 3;
/// The length of a session and of a BABE epoch, in slots: ten minutes.
pub const SESSION_SLOTS: u32 = 200;
/// Slots in an hour.
pub const HOURS: BlockNumber = 3_600 / SECONDS_PER_BLOCK;
/// Slots in a day.
pub const DAYS: BlockNumber = HOURS * 24;

/// The sessions for which an equivocation can be proven after it happened: one week.
pub const EVIDENCE_SESSIONS: u32 = DAYS * 7 / SESSION_SLOTS;

/// Out of how many slots a BABE authority draws one as its own.
pub const PRIMARY_PROBABILITY: (u64, u64) = (1, 4);

/// The least balance of an account that exists.
pub const EXISTENTIAL_DEPOSIT: Balance = MILLI_TRIB;
/// What storing something costs, whatever its size.
pub const DEPOSIT_BASE: Balance = 100 * MILLI_TRIB;
/// What each stored byte costs.
pub const DEPOSIT_PER_BYTE: Balance = 100 * MICRO_TRIB;

/// The deposit for `items` storage items of `bytes` bytes in all.
pub fn deposit(items: u32, bytes: u32) -> Balance {
	let base = DEPOSIT_BASE.saturating_mul(items.into());
	base.saturating_add(DEPOSIT_PER_BYTE.saturating_mul(bytes.into()))
}

/// The deposit for anything stored, whatever its size.
pub type DepositBase = ConstU128<DEPOSIT_BASE>;
/// The deposit for each byte stored.
pub type DepositPerByte = ConstU128<DEPOSIT_PER_BYTE>;

/// Held from a contributor between commit and reveal, and burned if there is no reveal.
pub type CommitDeposit = ConstU128<{ 100 * MILLI_TRIB }>;
/// The least that a contribution holds.
pub type ContributionDeposit = ConstU128<TRIB>;
/// The blocks after its commit in which a contribution may be revealed.
pub type RevealWindow = ConstU32<20>;

/// Blocks in an attribution epoch.
pub type EpochLength = ConstU32<10>;
/// The least payment.
pub type MinPayment = ConstU128<{ 10 * MILLI_TRIB }>;
/// Held from the payer while the receipt is stored.
pub type ReceiptDeposit = ConstU128<{ 10 * MILLI_TRIB }>;
/// The blocks for which a receipt is kept after the payment.
pub type ReceiptRetention = ConstU32<100>;

/// An attributor's bond for each open report.
pub type Bond = ConstU128<{ 100 * TRIB }>;
/// The blocks after a report in which demands and faults are heard. Demands put off the end for faults.
pub type ChallengeWindow = ConstU32<10>;
/// The blocks after a report fell in which an announced fault of it may be revealed.
pub type RewardWindow = ConstU32<6>;

/// Held from who demands a chunk, and paid to who answers for it when it is shown.
pub type DemandDeposit = ConstU128<TRIB>;
/// The blocks after a demand in which the chunk may be shown.
pub type AnswerWindow = ConstU32<6>;
/// The chunks of an unseen source that a report demands.
pub type DrawnChunks = ConstU32<2>;

/// Held from who accuses a contribution of repeating earlier bytes, until that is shown or is not.
pub type AccusationBond = ConstU128<{ 10 * TRIB }>;
/// The blocks after an accusation at which its windows are drawn.
pub type DrawDelay = ConstU32<2>;
/// The blocks after the draw in which the windows may be shown.
pub type ProofWindow = ConstU32<10>;

parameter_types! {
	/// The protocol's part of every payment.
	pub const ProtocolFee: Perbill = Perbill::from_percent(2);
	/// The attributor's part of the data's part of a payment.
	pub const AttributionFee: Perbill = Perbill::from_percent(5);
	/// Names the account that holds what was paid and is not claimed yet.
	pub const UsagePalletId: PalletId = PalletId(*b"tr/usage");
	/// Names the account that residuals go to. Nothing spends from it in this release.
	pub const TreasuryPalletId: PalletId = PalletId(*b"py/trsry");
}
