//! Balances, and what a transaction costs.

use frame_support::{
	parameter_types,
	traits::{
		fungible::{Balanced, Credit},
		tokens::imbalance::{Imbalance, ResolveTo},
		ConstU128, ConstU32, ConstU8, Get, OnUnbalanced, VariantCountOf,
	},
	weights::ConstantMultiplier,
};
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{
	traits::{Bounded, One},
	FixedPointNumber, Perbill, Perquintill,
};
use tributary_primitives::fees::divide;

use crate::{
	configs::{
		settings::chain::{AuthorShare, TreasuryShare},
		tributary::Treasury,
	},
	params::{EXISTENTIAL_DEPOSIT, MICRO_TRIB},
	AccountId, Authorship, Balance, Balances, Runtime, RuntimeEvent, RuntimeFreezeReason,
	RuntimeHoldReason, System,
};

impl pallet_balances::Config for Runtime {
	type AccountStore = System;
	type Balance = Balance;
	type DoneSlashHandler = ();
	type DustRemoval = ();
	type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type ReserveIdentifier = [u8; 8];
	type RuntimeEvent = RuntimeEvent;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
}

/// Planck for each picosecond of work. With the fee for its bytes, a transfer costs about
/// 0.01 TRIB, and a block full of work about 40 TRIB.
const PLANCK_PER_PICOSECOND: Balance = 20;
/// Planck for each byte of a transaction: the opening of a chunk of a large blob, 2 KB, costs
/// 0.02 TRIB.
const PLANCK_PER_BYTE: Balance = 10 * MICRO_TRIB;

parameter_types! {
	/// The part of a block's room for ordinary transactions above which fees rise, and below which
	/// they fall.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast they do: twenty hours of full blocks double them.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 2_000_000);
	/// An idle chain charges the prices above and no less, so that they can be relied on.
	pub MinimumMultiplier: Multiplier = Multiplier::one();
	/// There is no upper bound to what a flood pays.
	pub MaximumMultiplier: Multiplier = Bounded::max_value();
}

impl pallet_transaction_payment::Config for Runtime {
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Self,
		TargetBlockFullness,
		AdjustmentVariable,
		MinimumMultiplier,
		MaximumMultiplier,
	>;
	type LengthToFee = ConstantMultiplier<Balance, ConstU128<PLANCK_PER_BYTE>>;
	type OnChargeTransaction = FungibleAdapter<Balances, DivideFees>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
	type WeightToFee = ConstantMultiplier<Balance, ConstU128<PLANCK_PER_PICOSECOND>>;
}

/// Divides the fee of a transaction between the treasury and the block's author, who gets the tip too.
///
/// The treasury's part is rounded down. A part is burned where nobody is known to take it, or the account
/// can not exist with it.
pub struct DivideFees;

impl OnUnbalanced<Credit<AccountId, Balances>> for DivideFees {
	fn on_unbalanceds(mut fee_and_tip: impl Iterator<Item = Credit<AccountId, Balances>>) {
		if let Some(fee) = fee_and_tip.next() {
			Self::on_unbalanced(fee);
		}
		fee_and_tip.for_each(ToAuthor::on_unbalanced);
	}

	fn on_nonzero_unbalanced(fee: Credit<AccountId, Balances>) {
		let (treasury, author) = part(fee, TreasuryShare::get());
		ResolveTo::<Treasury, Balances>::on_unbalanced(treasury);
		ToAuthor::on_unbalanced(author);
	}
}

/// Gives the author's share of the protocol fee of a payment, rounded down, to the block's author and burns
/// the rest.
pub struct BurnFees;

impl OnUnbalanced<Credit<AccountId, Balances>> for BurnFees {
	fn on_nonzero_unbalanced(fee: Credit<AccountId, Balances>) {
		let (author, burned) = part(fee, AuthorShare::get());
		drop(burned);
		ToAuthor::on_unbalanced(author);
	}
}

/// Gives an amount to the block's author.
///
/// It is burned where the author is not known, or has no account that the amount could open.
pub struct ToAuthor;

impl OnUnbalanced<Credit<AccountId, Balances>> for ToAuthor {
	fn on_nonzero_unbalanced(amount: Credit<AccountId, Balances>) {
		if let Some(author) = Authorship::author() {
			// What cannot be resolved comes back and is burned when it is dropped.
			drop(Balances::resolve(&author, amount));
		}
	}
}

/// Takes `share` of `amount`, rounded down; with the rest.
fn part(
	amount: Credit<AccountId, Balances>,
	share: Perbill,
) -> (Credit<AccountId, Balances>, Credit<AccountId, Balances>) {
	let taken = divide(amount.peek(), share).share;
	amount.split(taken)
}
