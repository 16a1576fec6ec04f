//! The numbers of this release. Amounts are in planck, spans in blocks unless a name says otherwise.
//!
//! These are the ones that stay: a change would renumber epochs or move what is under way. Those that can be
//! changed are [`Settings`](tributary_primitives::fees::Settings), and start as
//! [`DEFAULTS`](tributary_primitives::fees::DEFAULTS).

use crate::{Balance, BlockNumber};
use frame_support::{
	parameter_types,
	traits::{ConstU128, ConstU32},
	PalletId,
};

pub use tributary_primitives::fees::TRIB;

/// Decimals of the token.
pub const DECIMALS: u8 = 12;
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

/// The blocks after its commit in which a contribution may be revealed.
pub type RevealWindow = ConstU32<20>;

/// Blocks in an attribution epoch.
pub type EpochLength = ConstU32<10>;
/// Held from the payer while the receipt is stored.
pub type ReceiptDeposit = ConstU128<{ 10 * MILLI_TRIB }>;
/// The blocks for which a receipt is kept after the payment.
pub type ReceiptRetention = ConstU32<100>;
/// The blocks that a server has to close a channel once its payer asks to.
pub type CloseWindow = ConstU32<20>;

/// The blocks after its shares were issued in which a title can not be transferred, so that nobody buys one
/// whose revenue has just left it.
pub type VaultLock = ConstU32<64>;

/// The least stake of an agent that acts.
pub const MIN_AGENT_STAKE: Balance = 10 * TRIB;
/// The least number of blocks from unbonding an agent's stake until it is free.
pub const MIN_UNBONDING: BlockNumber = 200;

/// The chunks of an unseen source that a report demands.
pub type DrawnChunks = ConstU32<2>;

parameter_types! {
	/// The deposit for the record of a channel.
	pub ChannelDeposit: Balance = deposit(3, 320);
	/// Names the account that holds what was paid and is not claimed yet.
	pub const UsagePalletId: PalletId = PalletId(*b"tr/usage");
	/// Names the account that owns the collections of titles.
	pub const TitlesPalletId: PalletId = PalletId(*b"tr/title");
	/// Names the account that owns all shares' assets, and holds what vaults have taken in.
	pub const SharesPalletId: PalletId = PalletId(*b"tr/share");
	/// Names the accounts of agents.
	pub const AgentsPalletId: PalletId = PalletId(*b"tr/agent");
	/// Names the accounts of pools.
	pub const PoolPalletId: PalletId = PalletId(*b"py/ascon");
	/// Names the account that residuals and parts of fees go to. Nothing spends from it in this release.
	pub const TreasuryPalletId: PalletId = PalletId(*b"py/trsry");
}
