//! Weights of the calls of `pallet_availability`.
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
	/// Of `demand`.
	/// Measured with `c` from 1 to 8.
	/// Measured with `s` from 0 to 8.
	fn demand(c: u32, s: u32) -> Weight;
	/// Of `demand_contribution`.
	fn demand_contribution() -> Weight;
	/// Of `answer`.
	/// Measured with `c` from 1 to 8.
	/// Measured with `s` from 0 to 8.
	fn answer(c: u32, s: u32) -> Weight;
	/// Of `authorize_answer`.
	/// Measured with `c` from 1 to 8.
	/// Measured with `s` from 0 to 8.
	fn authorize_answer(c: u32, s: u32) -> Weight;
	/// Of `enforce_report`.
	fn enforce_report() -> Weight;
	/// Of `enforce_announced_report`.
	fn enforce_announced_report() -> Weight;
	/// Of `enforce_outputs`.
	fn enforce_outputs() -> Weight;
	/// Of `enforce_announced_outputs`.
	fn enforce_announced_outputs() -> Weight;
	/// Of `enforce_contribution`.
	fn enforce_contribution() -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:0)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:0)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:1 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:2 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Availability::NextDemand` (r:1 w:1)
	// Proof: `Availability::NextDemand` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Availability::LastAnswer` (r:1 w:1)
	// Proof: `Availability::LastAnswer` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `Availability::Deadlines` (r:0 w:1)
	// Proof: `Availability::Deadlines` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `Availability::Demands` (r:0 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// The fastest run took 147_922 ns.
	fn demand(c: u32, s: u32) -> Weight {
		Weight::from_parts(43_002_373, 6_012)
			// Standard error: 721_786.
			.saturating_add(Weight::from_parts(11_995_491, 0).saturating_mul(c.into()))
			// Standard error: 635_121.
			.saturating_add(Weight::from_parts(16_629_323, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(8))
	}

	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Usage::ReceiptCount` (r:1 w:0)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Models::Corpus` (r:1 w:0)
	// Proof: `Models::Corpus` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:1 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:2 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Availability::NextDemand` (r:1 w:1)
	// Proof: `Availability::NextDemand` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Availability::Demands` (r:0 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// The fastest run took 128_069 ns.
	fn demand_contribution() -> Weight {
		Weight::from_parts(143_532_000, 6_012)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `Availability::Demands` (r:1 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Availability::LastAnswer` (r:1 w:1)
	// Proof: `Availability::LastAnswer` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Availability::Deadlines` (r:0 w:1)
	// Proof: `Availability::Deadlines` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:0 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// The fastest run took 92_067 ns.
	fn answer(c: u32, s: u32) -> Weight {
		Weight::from_parts(44_372_255, 6_196)
			// Standard error: 258_504.
			.saturating_add(Weight::from_parts(7_447_668, 0).saturating_mul(c.into()))
			// Standard error: 227_671.
			.saturating_add(Weight::from_parts(7_815_911, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `Availability::Demands` (r:1 w:0)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// The fastest run took 15_113 ns.
	fn authorize_answer(c: u32, s: u32) -> Weight {
		Weight::from_parts(18_034_000, 3_630)
			// Standard error: 43_657.
			.saturating_add(Weight::from_parts(2_382_948, 0).saturating_mul(c.into()))
			// Standard error: 44_182.
			.saturating_add(Weight::from_parts(914_208, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Availability::Demands` (r:1 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Agents::AgentOfAccount` (r:1 w:0)
	// Proof: `Agents::AgentOfAccount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:0)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:0 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// The fastest run took 198_476 ns.
	fn enforce_report() -> Weight {
		Weight::from_parts(217_638_000, 6_722)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(8))
	}

	// Storage: `Availability::Demands` (r:1 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Agents::AgentOfAccount` (r:1 w:0)
	// Proof: `Agents::AgentOfAccount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:0)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:1 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Revealing` (r:1 w:1)
	// Proof: `Attribution::Revealing` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:0 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Rewards` (r:0 w:1)
	// Proof: `Attribution::Rewards` (`max_values`: None, `max_size`: Some(776), added: 3251, mode: `MaxEncodedLen`)
	// The fastest run took 133_324 ns.
	fn enforce_announced_report() -> Weight {
		Weight::from_parts(148_808_000, 6_722)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(10))
	}

	// Storage: `Availability::Demands` (r:1 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Availability::LastAnswer` (r:1 w:1)
	// Proof: `Availability::LastAnswer` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:1)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:0)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:0)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Usage::WithheldCount` (r:1 w:1)
	// Proof: `Usage::WithheldCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Availability::Deadlines` (r:0 w:1)
	// Proof: `Availability::Deadlines` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:0 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// The fastest run took 172_261 ns.
	fn enforce_outputs() -> Weight {
		Weight::from_parts(205_844_000, 6_722)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(12))
	}

	// Storage: `Availability::Demands` (r:1 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Availability::LastAnswer` (r:1 w:1)
	// Proof: `Availability::LastAnswer` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:1)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:0)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:0)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:1 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Revealing` (r:1 w:1)
	// Proof: `Attribution::Revealing` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Usage::WithheldCount` (r:1 w:1)
	// Proof: `Usage::WithheldCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Availability::Deadlines` (r:0 w:1)
	// Proof: `Availability::Deadlines` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:0 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Rewards` (r:0 w:1)
	// Proof: `Attribution::Rewards` (`max_values`: None, `max_size`: Some(776), added: 3251, mode: `MaxEncodedLen`)
	// The fastest run took 135_029 ns.
	fn enforce_announced_outputs() -> Weight {
		Weight::from_parts(147_668_000, 4_200)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(11))
	}

	// Storage: `Availability::Demands` (r:1 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Agents::AgentOfAccount` (r:1 w:0)
	// Proof: `Agents::AgentOfAccount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:0 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// The fastest run took 159_837 ns.
	fn enforce_contribution() -> Weight {
		Weight::from_parts(166_800_000, 6_722)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(7))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn demand(c: u32, s: u32) -> Weight {
		Weight::from_parts(43_002_373, 6_012)
			.saturating_add(Weight::from_parts(11_995_491, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(16_629_323, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(8))
	}

	fn demand_contribution() -> Weight {
		Weight::from_parts(143_532_000, 6_012)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn answer(c: u32, s: u32) -> Weight {
		Weight::from_parts(44_372_255, 6_196)
			.saturating_add(Weight::from_parts(7_447_668, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(7_815_911, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn authorize_answer(c: u32, s: u32) -> Weight {
		Weight::from_parts(18_034_000, 3_630)
			.saturating_add(Weight::from_parts(2_382_948, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(914_208, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(1))
	}

	fn enforce_report() -> Weight {
		Weight::from_parts(217_638_000, 6_722)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(8))
	}

	fn enforce_announced_report() -> Weight {
		Weight::from_parts(148_808_000, 6_722)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(10))
	}

	fn enforce_outputs() -> Weight {
		Weight::from_parts(205_844_000, 6_722)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(12))
	}

	fn enforce_announced_outputs() -> Weight {
		Weight::from_parts(147_668_000, 4_200)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(11))
	}

	fn enforce_contribution() -> Weight {
		Weight::from_parts(166_800_000, 6_722)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
}
