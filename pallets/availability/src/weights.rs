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
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:0)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(740), added: 3215, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:1 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Availability::NextDemand` (r:1 w:1)
	// Proof: `Availability::NextDemand` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Availability::LastAnswer` (r:1 w:1)
	// Proof: `Availability::LastAnswer` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `Availability::Demands` (r:0 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// The fastest run took 115_163 ns.
	fn demand(c: u32, s: u32) -> Weight {
		Weight::from_parts(50_378_188, 4_205)
			// Standard error: 264_284.
			.saturating_add(Weight::from_parts(8_134_000, 0).saturating_mul(c.into()))
			// Standard error: 232_761.
			.saturating_add(Weight::from_parts(9_301_099, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(9))
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
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Availability::NextDemand` (r:1 w:1)
	// Proof: `Availability::NextDemand` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Availability::Demands` (r:0 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// The fastest run took 103_735 ns.
	fn demand_contribution() -> Weight {
		Weight::from_parts(109_122_000, 5_527)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `Availability::Demands` (r:1 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:0 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// The fastest run took 80_147 ns.
	fn answer(c: u32, s: u32) -> Weight {
		Weight::from_parts(43_917_300, 6_196)
			// Standard error: 159_335.
			.saturating_add(Weight::from_parts(5_443_183, 0).saturating_mul(c.into()))
			// Standard error: 140_330.
			.saturating_add(Weight::from_parts(5_385_776, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `Availability::Demands` (r:1 w:0)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// The fastest run took 12_268 ns.
	fn authorize_answer(c: u32, s: u32) -> Weight {
		Weight::from_parts(2_298_360, 3_630)
			// Standard error: 37_788.
			.saturating_add(Weight::from_parts(3_145_938, 0).saturating_mul(c.into()))
			// Standard error: 33_281.
			.saturating_add(Weight::from_parts(1_332_311, 0).saturating_mul(s.into()))
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:0 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// The fastest run took 158_975 ns.
	fn enforce_report() -> Weight {
		Weight::from_parts(167_610_000, 6_470)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(10))
	}

	// By hand: what waits takes two reads and two writes more than what is paid at once.
	fn enforce_announced_report() -> Weight {
		Weight::from_parts(167_610_000, 6_470)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(12))
	}

	// Storage: `Availability::Demands` (r:1 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Availability::LastAnswer` (r:1 w:1)
	// Proof: `Availability::LastAnswer` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:1)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:0)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Usage::WithheldCount` (r:1 w:1)
	// Proof: `Usage::WithheldCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:0 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// The fastest run took 136_980 ns.
	fn enforce_outputs() -> Weight {
		Weight::from_parts(144_790_000, 6_470)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(14))
	}

	// By hand: what waits takes two reads and two writes more than what is paid at once.
	fn enforce_announced_outputs() -> Weight {
		Weight::from_parts(144_790_000, 6_470)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(16))
	}

	// Storage: `Availability::Demands` (r:1 w:1)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:1)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:0 w:1)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// The fastest run took 132_795 ns.
	fn enforce_contribution() -> Weight {
		Weight::from_parts(140_092_000, 6_470)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(7))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn demand(c: u32, s: u32) -> Weight {
		Weight::from_parts(50_378_188, 4_205)
			.saturating_add(Weight::from_parts(8_134_000, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(9_301_099, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(8))
	}

	fn demand_contribution() -> Weight {
		Weight::from_parts(109_122_000, 5_527)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn answer(c: u32, s: u32) -> Weight {
		Weight::from_parts(43_917_300, 6_196)
			.saturating_add(Weight::from_parts(5_443_183, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(5_385_776, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn authorize_answer(c: u32, s: u32) -> Weight {
		Weight::from_parts(2_298_360, 3_630)
			.saturating_add(Weight::from_parts(3_145_938, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(1_332_311, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(1))
	}

	fn enforce_report() -> Weight {
		Weight::from_parts(167_610_000, 6_470)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(10))
	}

	fn enforce_announced_report() -> Weight {
		Weight::from_parts(167_610_000, 6_470)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(12))
	}

	fn enforce_outputs() -> Weight {
		Weight::from_parts(144_790_000, 6_470)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(14))
	}

	fn enforce_announced_outputs() -> Weight {
		Weight::from_parts(144_790_000, 6_470)
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().writes(16))
	}

	fn enforce_contribution() -> Weight {
		Weight::from_parts(140_092_000, 6_470)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
}
