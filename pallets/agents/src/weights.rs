//! Weights of the calls of `pallet_agents`.
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
	/// Of `create`.
	/// Measured with `m` from 0 to 4.
	fn create(m: u32) -> Weight;
	/// Of `set_operator`.
	fn set_operator() -> Weight;
	/// Of `set_mandate`.
	fn set_mandate() -> Weight;
	/// Of `set_metadata`.
	fn set_metadata() -> Weight;
	/// Of `set_models`.
	/// Measured with `m` from 0 to 4.
	fn set_models(m: u32) -> Weight;
	/// Of `pause`.
	fn pause() -> Weight;
	/// Of `resume`.
	fn resume() -> Weight;
	/// Of `retire`.
	fn retire() -> Weight;
	/// Of `bond`.
	fn bond() -> Weight;
	/// Of `unbond`.
	fn unbond() -> Weight;
	/// Of `withdraw_unbonded`.
	fn withdraw_unbonded() -> Weight;
	/// Of `withdraw_native`.
	fn withdraw_native() -> Weight;
	/// Of `withdraw_asset`.
	fn withdraw_asset() -> Weight;
	/// Of `withdraw_title`.
	fn withdraw_title() -> Weight;
	/// Of `act`.
	/// Measured with `n` from 2 to 15.
	/// Measured with `l` from 0 to 1000000.
	fn act(n: u32, l: u32) -> Weight;
	/// Of `pay`.
	/// Measured with `m` from 0 to 4.
	/// Measured with `c` from 1 to 8.
	/// Measured with `s` from 0 to 9.
	fn pay(m: u32, c: u32, s: u32) -> Weight;
	/// Of `forget_payer`.
	fn forget_payer() -> Weight;
	/// Of `stake_slashed`.
	fn stake_slashed() -> Weight;
	/// Of `operator_cleared`.
	fn operator_cleared() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:5 w:1)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Agents::NextAgent` (r:1 w:1)
	// Proof: `Agents::NextAgent` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Agents::Stakes` (r:1 w:1)
	// Proof: `Agents::Stakes` (`max_values`: None, `max_size`: Some(189), added: 2664, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Collection` (r:1 w:1)
	// Proof: `Nfts::Collection` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	// Storage: `Nfts::CollectionConfigOf` (r:1 w:0)
	// Proof: `Nfts::CollectionConfigOf` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Nfts::ItemConfigOf` (r:1 w:1)
	// Proof: `Nfts::ItemConfigOf` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:0 w:1)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Agents::Histories` (r:0 w:1)
	// Proof: `Agents::Histories` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Agents::AgentOfAccount` (r:0 w:1)
	// Proof: `Agents::AgentOfAccount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Account` (r:0 w:1)
	// Proof: `Nfts::Account` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
	// The fastest run took 183_829 ns.
	fn create(m: u32) -> Weight {
		Weight::from_parts(218_101_669, 6_722)
			// Standard error: 193_692.
			.saturating_add(Weight::from_parts(12_508_621, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(13))
			.saturating_add(Weight::from_parts(0, 3_336).saturating_mul(m.into()))
	}

	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:1)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// The fastest run took 27_530 ns.
	fn set_operator() -> Weight {
		Weight::from_parts(34_336_000, 4_326)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:0)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Agents::Spending` (r:1 w:1)
	// Proof: `Agents::Spending` (`max_values`: None, `max_size`: Some(789), added: 3264, mode: `MaxEncodedLen`)
	// Storage: `Agents::Mandates` (r:1 w:1)
	// Proof: `Agents::Mandates` (`max_values`: None, `max_size`: Some(1401), added: 3876, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// The fastest run took 136_696 ns.
	fn set_mandate() -> Weight {
		Weight::from_parts(154_590_000, 6_722)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:1)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// The fastest run took 27_516 ns.
	fn set_metadata() -> Weight {
		Weight::from_parts(39_530_000, 4_326)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:1)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:5 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// The fastest run took 22_326 ns.
	fn set_models(m: u32) -> Weight {
		Weight::from_parts(31_477_230, 4_326)
			// Standard error: 62_076.
			.saturating_add(Weight::from_parts(10_051_399, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(Weight::from_parts(0, 3_336).saturating_mul(m.into()))
	}

	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:1)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// The fastest run took 27_090 ns.
	fn pause() -> Weight {
		Weight::from_parts(39_931_000, 4_326)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:1)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// The fastest run took 28_394 ns.
	fn resume() -> Weight {
		Weight::from_parts(39_524_000, 4_326)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:1)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Agents::Mandates` (r:1 w:1)
	// Proof: `Agents::Mandates` (`max_values`: None, `max_size`: Some(1401), added: 3876, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Agents::Spending` (r:0 w:1)
	// Proof: `Agents::Spending` (`max_values`: None, `max_size`: Some(789), added: 3264, mode: `MaxEncodedLen`)
	// The fastest run took 78_228 ns.
	fn retire() -> Weight {
		Weight::from_parts(102_422_000, 4_866)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:0)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Agents::Stakes` (r:1 w:1)
	// Proof: `Agents::Stakes` (`max_values`: None, `max_size`: Some(189), added: 2664, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// The fastest run took 69_860 ns.
	fn bond() -> Weight {
		Weight::from_parts(90_187_000, 6_196)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:0)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:5 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Agents::Stakes` (r:1 w:1)
	// Proof: `Agents::Stakes` (`max_values`: None, `max_size`: Some(189), added: 2664, mode: `MaxEncodedLen`)
	// The fastest run took 44_473 ns.
	fn unbond() -> Weight {
		Weight::from_parts(59_410_000, 13_545)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Agents::Agents` (r:1 w:0)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Agents::Stakes` (r:1 w:1)
	// Proof: `Agents::Stakes` (`max_values`: None, `max_size`: Some(189), added: 2664, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// The fastest run took 89_215 ns.
	fn withdraw_unbonded() -> Weight {
		Weight::from_parts(112_934_000, 6_196)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:0)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// The fastest run took 77_387 ns.
	fn withdraw_native() -> Weight {
		Weight::from_parts(101_734_000, 6_196)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:0)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	// Storage: `Assets::Account` (r:2 w:2)
	// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// The fastest run took 95_463 ns.
	fn withdraw_asset() -> Weight {
		Weight::from_parts(111_472_000, 6_208)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Agents::Acting` (r:1 w:0)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:0)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:2 w:1)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Collection` (r:1 w:0)
	// Proof: `Nfts::Collection` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	// Storage: `Titles::Vaulted` (r:1 w:0)
	// Proof: `Titles::Vaulted` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	// Storage: `Titles::TenureCount` (r:1 w:1)
	// Proof: `Titles::TenureCount` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	// Storage: `Titles::Changes` (r:1 w:1)
	// Proof: `Titles::Changes` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Ledgers` (r:1 w:0)
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Attribute` (r:1 w:0)
	// Proof: `Nfts::Attribute` (`max_values`: None, `max_size`: Some(479), added: 2954, mode: `MaxEncodedLen`)
	// Storage: `Nfts::CollectionConfigOf` (r:1 w:0)
	// Proof: `Nfts::CollectionConfigOf` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Nfts::ItemConfigOf` (r:1 w:0)
	// Proof: `Nfts::ItemConfigOf` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Account` (r:0 w:2)
	// Proof: `Nfts::Account` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
	// Storage: `Nfts::ItemPriceOf` (r:0 w:1)
	// Proof: `Nfts::ItemPriceOf` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	// Storage: `Nfts::PendingSwapOf` (r:0 w:1)
	// Proof: `Nfts::PendingSwapOf` (`max_values`: None, `max_size`: Some(71), added: 2546, mode: `MaxEncodedLen`)
	// Storage: `Titles::Ends` (r:0 w:1)
	// Proof: `Titles::Ends` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	// Storage: `Titles::Tenures` (r:0 w:1)
	// Proof: `Titles::Tenures` (`max_values`: None, `max_size`: Some(75), added: 2550, mode: `MaxEncodedLen`)
	// The fastest run took 119_629 ns.
	fn withdraw_title() -> Weight {
		Weight::from_parts(144_170_000, 7_662)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(9))
	}

	// Storage: `Agents::Acting` (r:1 w:1)
	// Proof: `Agents::Acting` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Agents::Agents` (r:1 w:0)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Agents::Stakes` (r:1 w:0)
	// Proof: `Agents::Stakes` (`max_values`: None, `max_size`: Some(189), added: 2664, mode: `MaxEncodedLen`)
	// Storage: `Agents::Mandates` (r:1 w:0)
	// Proof: `Agents::Mandates` (`max_values`: None, `max_size`: Some(1401), added: 3876, mode: `MaxEncodedLen`)
	// Storage: `Agents::Histories` (r:1 w:1)
	// Proof: `Agents::Histories` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Agents::Spending` (r:1 w:1)
	// Proof: `Agents::Spending` (`max_values`: None, `max_size`: Some(789), added: 3264, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Assets::Account` (r:4 w:0)
	// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	// The fastest run took 501_073 ns.
	fn act(n: u32, l: u32) -> Weight {
		Weight::from_parts(357_419_351, 11_426)
			// Standard error: 826_273.
			.saturating_add(Weight::from_parts(15_615_364, 0).saturating_mul(n.into()))
			// Standard error: 11.
			.saturating_add(Weight::from_parts(2_250, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Agents::Agents` (r:1 w:0)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:4 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:9 w:9)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:5 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Titles::Vaulted` (r:5 w:0)
	// Proof: `Titles::Vaulted` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:4 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(741), added: 3216, mode: `MaxEncodedLen`)
	// Storage: `Usage::Ledgers` (r:4 w:4)
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `Titles::Changes` (r:1 w:0)
	// Proof: `Titles::Changes` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Deposited` (r:1 w:1)
	// Proof: `Usage::Deposited` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:4 w:4)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Shares::Vaults` (r:5 w:5)
	// Proof: `Shares::Vaults` (`max_values`: None, `max_size`: Some(169), added: 2644, mode: `MaxEncodedLen`)
	// Storage: `Shares::Owed` (r:5 w:0)
	// Proof: `Shares::Owed` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:4 w:4)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Usage::ReceiptCount` (r:4 w:4)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Agents::Stakes` (r:1 w:1)
	// Proof: `Agents::Stakes` (`max_values`: None, `max_size`: Some(189), added: 2664, mode: `MaxEncodedLen`)
	// Storage: `Agents::Reputations` (r:1 w:1)
	// Proof: `Agents::Reputations` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Agents::PayersOf` (r:1 w:1)
	// Proof: `Agents::PayersOf` (`max_values`: None, `max_size`: Some(96), added: 2571, mode: `MaxEncodedLen`)
	// Storage: `Usage::Checkpoints` (r:0 w:4)
	// Proof: `Usage::Checkpoints` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:0 w:4)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// The fastest run took 484_853 ns.
	fn pay(m: u32, c: u32, s: u32) -> Weight {
		Weight::from_parts(157_178_591, 11_962)
			// Standard error: 5_146_859.
			.saturating_add(Weight::from_parts(357_317_491, 0).saturating_mul(m.into()))
			// Standard error: 3_080_126.
			.saturating_add(Weight::from_parts(10_720_263, 0).saturating_mul(c.into()))
			// Standard error: 2_419_672.
			.saturating_add(Weight::from_parts(39_636_794, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(19))
			.saturating_add(T::DbWeight::get().reads(10).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(12))
			.saturating_add(T::DbWeight::get().writes(8).saturating_mul(m.into()))
			.saturating_add(Weight::from_parts(0, 43).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(0, 3_336).saturating_mul(m.into()))
			.saturating_add(Weight::from_parts(0, 33).saturating_mul(s.into()))
	}

	// Storage: `Agents::PayersOf` (r:1 w:1)
	// Proof: `Agents::PayersOf` (`max_values`: None, `max_size`: Some(96), added: 2571, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Agents::Reputations` (r:1 w:1)
	// Proof: `Agents::Reputations` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// The fastest run took 75_333 ns.
	fn forget_payer() -> Weight {
		Weight::from_parts(99_279_000, 3_856)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `Agents::AgentOfAccount` (r:1 w:0)
	// Proof: `Agents::AgentOfAccount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Agents::Stakes` (r:1 w:1)
	// Proof: `Agents::Stakes` (`max_values`: None, `max_size`: Some(189), added: 2664, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// The fastest run took 57_940 ns.
	fn stake_slashed() -> Weight {
		Weight::from_parts(84_881_000, 3_856)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Agents::Agents` (r:1 w:1)
	// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(203), added: 2678, mode: `MaxEncodedLen`)
	// The fastest run took 15_609 ns.
	fn operator_cleared() -> Weight {
		Weight::from_parts(22_503_000, 3_668)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn create(m: u32) -> Weight {
		Weight::from_parts(218_101_669, 6_722)
			.saturating_add(Weight::from_parts(12_508_621, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().reads(1).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().writes(13))
			.saturating_add(Weight::from_parts(0, 3_336).saturating_mul(m.into()))
	}

	fn set_operator() -> Weight {
		Weight::from_parts(34_336_000, 4_326)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn set_mandate() -> Weight {
		Weight::from_parts(154_590_000, 6_722)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn set_metadata() -> Weight {
		Weight::from_parts(39_530_000, 4_326)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn set_models(m: u32) -> Weight {
		Weight::from_parts(31_477_230, 4_326)
			.saturating_add(Weight::from_parts(10_051_399, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().reads(1).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().writes(1))
			.saturating_add(Weight::from_parts(0, 3_336).saturating_mul(m.into()))
	}

	fn pause() -> Weight {
		Weight::from_parts(39_931_000, 4_326)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn resume() -> Weight {
		Weight::from_parts(39_524_000, 4_326)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn retire() -> Weight {
		Weight::from_parts(102_422_000, 4_866)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn bond() -> Weight {
		Weight::from_parts(90_187_000, 6_196)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn unbond() -> Weight {
		Weight::from_parts(59_410_000, 13_545)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn withdraw_unbonded() -> Weight {
		Weight::from_parts(112_934_000, 6_196)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn withdraw_native() -> Weight {
		Weight::from_parts(101_734_000, 6_196)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn withdraw_asset() -> Weight {
		Weight::from_parts(111_472_000, 6_208)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn withdraw_title() -> Weight {
		Weight::from_parts(144_170_000, 7_662)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(9))
	}

	fn act(n: u32, l: u32) -> Weight {
		Weight::from_parts(357_419_351, 11_426)
			.saturating_add(Weight::from_parts(15_615_364, 0).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(2_250, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn pay(m: u32, c: u32, s: u32) -> Weight {
		Weight::from_parts(157_178_591, 11_962)
			.saturating_add(Weight::from_parts(357_317_491, 0).saturating_mul(m.into()))
			.saturating_add(Weight::from_parts(10_720_263, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(39_636_794, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(19))
			.saturating_add(ParityDbWeight::get().reads(10).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().writes(12))
			.saturating_add(ParityDbWeight::get().writes(8).saturating_mul(m.into()))
			.saturating_add(Weight::from_parts(0, 43).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(0, 3_336).saturating_mul(m.into()))
			.saturating_add(Weight::from_parts(0, 33).saturating_mul(s.into()))
	}

	fn forget_payer() -> Weight {
		Weight::from_parts(99_279_000, 3_856)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn stake_slashed() -> Weight {
		Weight::from_parts(84_881_000, 3_856)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn operator_cleared() -> Weight {
		Weight::from_parts(22_503_000, 3_668)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
}
