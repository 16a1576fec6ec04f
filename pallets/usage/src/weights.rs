//! Weights of the calls of `pallet_usage`.
//!
//! Measured on 2026-11-21 by `scripts/benchmark`, in 20 steps of 10 runs each. Written by it:
//! change the benchmarks, and run it again.

use core::marker::PhantomData;

use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What the calls weigh. A parameter is that of the benchmark of the same name.
pub trait WeightInfo {
	/// Of `pay`.
	/// Measured with `c` from 1 to 8.
	/// Measured with `s` from 0 to 9.
	fn pay(c: u32, s: u32) -> Weight;
	/// Of `claim_owner`.
	fn claim_owner() -> Weight;
	/// Of `claim_lineage`.
	/// Measured with `r` from 1 to 32.
	fn claim_lineage(r: u32) -> Weight;
	/// Of `release_receipt`.
	fn release_receipt() -> Weight;
	/// Of `collect_due`.
	fn collect_due() -> Weight;
	/// Of `beneficiary_changes`.
	fn beneficiary_changes() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Parameters::Parameters` (r:4 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(741), added: 3216, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Titles::Vaulted` (r:1 w:0)
	// Proof: `Titles::Vaulted` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	// Storage: `Usage::Ledgers` (r:1 w:1)
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `Titles::Changes` (r:1 w:0)
	// Proof: `Titles::Changes` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Deposited` (r:1 w:1)
	// Proof: `Usage::Deposited` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:4 w:4)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:3 w:3)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Shares::Vaults` (r:1 w:1)
	// Proof: `Shares::Vaults` (`max_values`: None, `max_size`: Some(169), added: 2644, mode: `MaxEncodedLen`)
	// Storage: `Shares::Owed` (r:1 w:0)
	// Proof: `Shares::Owed` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:1)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Usage::ReceiptCount` (r:1 w:1)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Checkpoints` (r:0 w:1)
	// Proof: `Usage::Checkpoints` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:0 w:1)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// The fastest run took 388_138 ns.
	fn pay(c: u32, s: u32) -> Weight {
		Weight::from_parts(434_275_590, 11_402)
			// Standard error: 814_561.
			.saturating_add(Weight::from_parts(1_133_133, 0).saturating_mul(c.into()))
			// Standard error: 635_331.
			.saturating_add(Weight::from_parts(10_112_349, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(15))
	}

	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Usage::Ledgers` (r:1 w:1)
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// The fastest run took 81_550 ns.
	fn claim_owner() -> Weight {
		Weight::from_parts(88_197_000, 6_196)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Nfts::Item` (r:2 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Models::Ancestors` (r:1 w:0)
	// Proof: `Models::Ancestors` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Titles::TenureCount` (r:1 w:0)
	// Proof: `Titles::TenureCount` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	// Storage: `Titles::Vaulted` (r:1 w:0)
	// Proof: `Titles::Vaulted` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	// Storage: `Titles::Tenures` (r:1 w:0)
	// Proof: `Titles::Tenures` (`max_values`: None, `max_size`: Some(75), added: 2550, mode: `MaxEncodedLen`)
	// Storage: `Usage::Ledgers` (r:1 w:1)
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `Usage::Checkpoints` (r:32 w:0)
	// Proof: `Usage::Checkpoints` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Usage::LineageClaimed` (r:1 w:1)
	// Proof: `Usage::LineageClaimed` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:3 w:3)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Shares::Vaults` (r:1 w:1)
	// Proof: `Shares::Vaults` (`max_values`: None, `max_size`: Some(169), added: 2644, mode: `MaxEncodedLen`)
	// Storage: `Shares::Owed` (r:1 w:0)
	// Proof: `Shares::Owed` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	// The fastest run took 237_694 ns.
	fn claim_lineage(r: u32) -> Weight {
		Weight::from_parts(274_375_585, 8_799)
			// Standard error: 48_043.
			.saturating_add(Weight::from_parts(4_274_387, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().writes(9))
			.saturating_add(Weight::from_parts(0, 2_523).saturating_mul(r.into()))
	}

	// Storage: `Usage::Receipts` (r:1 w:1)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:0)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// The fastest run took 67_977 ns.
	fn release_receipt() -> Weight {
		Weight::from_parts(73_761_000, 3_856)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Usage::Dues` (r:1 w:1)
	// Proof: `Usage::Dues` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// The fastest run took 70_823 ns.
	fn collect_due() -> Weight {
		Weight::from_parts(74_537_000, 6_196)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Usage::Ledgers` (r:1 w:1)
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `Usage::Dues` (r:1 w:1)
	// Proof: `Usage::Dues` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// The fastest run took 15_066 ns.
	fn beneficiary_changes() -> Weight {
		Weight::from_parts(19_394_000, 3_537)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn pay(c: u32, s: u32) -> Weight {
		Weight::from_parts(434_275_590, 11_402)
			.saturating_add(Weight::from_parts(1_133_133, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(10_112_349, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(15))
	}

	fn claim_owner() -> Weight {
		Weight::from_parts(88_197_000, 6_196)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn claim_lineage(r: u32) -> Weight {
		Weight::from_parts(274_375_585, 8_799)
			.saturating_add(Weight::from_parts(4_274_387, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().reads(1).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().writes(9))
			.saturating_add(Weight::from_parts(0, 2_523).saturating_mul(r.into()))
	}

	fn release_receipt() -> Weight {
		Weight::from_parts(73_761_000, 3_856)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn collect_due() -> Weight {
		Weight::from_parts(74_537_000, 6_196)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn beneficiary_changes() -> Weight {
		Weight::from_parts(19_394_000, 3_537)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
}
