//! Balances, and what a transaction costs.

use frame_support::{
	parameter_types,
	traits::{
		fungible::{Balanced, Credit},
		tokens::imbalance::Imbalance,
		ConstU128, ConstU32, ConstU8, OnUnbalanced, VariantCountOf,
	},
	weights::ConstantMultiplier,
};
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{
	traits::{Bounded, One},
	FixedPointNumber, Perquintill,
};

use crate::{
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
	type OnChargeTransaction = FungibleAdapter<Balances, ToAuthor>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
	type WeightToFee = ConstantMultiplier<Balance, ConstU128<PLANCK_PER_PICOSECOND>>;
}

/// Gives all of a fee, tips too, to the block's author.
///
/// It is burned where the author is not known, or has no account that the amount could open.
pub struct ToAuthor;

impl OnUnbalanced<Credit<AccountId, Balances>> for ToAuthor {
	fn on_nonzero_unbalanced(fee: Credit<AccountId, Balances>) {
		if let Some(author) = Authorship::author() {
			// What cannot be resolved comes back and is burned when it is dropped.
			drop(Balances::resolve(&author, fee));
		}
	}
}

/// Gives half of the protocol fee of a payment, rounded down, to the block's author and burns the
/// rest.
pub struct HalfToAuthor;

impl OnUnbalanced<Credit<AccountId, Balances>> for HalfToAuthor {
	fn on_nonzero_unbalanced(fee: Credit<AccountId, Balances>) {
		let (reward, burned) = fee.ration(1, 1);
		drop(burned);
		ToAuthor::on_unbalanced(reward);
	}
}
