//! Weights of the calls of `pallet_attribution`.
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
	/// Of `bond`.
	fn bond() -> Weight;
	/// Of `unbond`.
	fn unbond() -> Weight;
	/// Of `report`.
	/// Measured with `c` from 2 to 9.
	/// Measured with `s` from 0 to 8.
	/// Measured with `u` from 0 to 64.
	fn report(c: u32, s: u32, u: u32) -> Weight;
	/// Of `submit_fault`.
	/// Measured with `c` from 4 to 18.
	/// Measured with `s` from 0 to 16.
	fn submit_fault(c: u32, s: u32) -> Weight;
	/// Of `submit_announced_fault`.
	/// Measured with `c` from 4 to 18.
	/// Measured with `s` from 0 to 16.
	fn submit_announced_fault(c: u32, s: u32) -> Weight;
	/// Of `authorize_submit_fault`.
	/// Measured with `c` from 4 to 18.
	/// Measured with `s` from 0 to 16.
	fn authorize_submit_fault(c: u32, s: u32) -> Weight;
	/// Of `finalise`.
	fn finalise() -> Weight;
	/// Of `claim`.
	/// Measured with `c` from 2 to 16.
	/// Measured with `s` from 0 to 16.
	fn claim(c: u32, s: u32) -> Weight;
	/// Of `announce`.
	fn announce() -> Weight;
	/// Of `reveal_announcement`.
	/// Measured with `c` from 4 to 18.
	/// Measured with `s` from 0 to 16.
	fn reveal_announcement(c: u32, s: u32) -> Weight;
	/// Of `pay_reward`.
	fn pay_reward() -> Weight;
	/// Of `withdraw_announcement`.
	fn withdraw_announcement() -> Weight;
	/// Of `claim_passed`.
	/// Measured with `c` from 1 to 8.
	/// Measured with `s` from 0 to 8.
	fn claim_passed(c: u32, s: u32) -> Weight;
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// The fastest run took 44_760 ns.
	fn bond() -> Weight {
		Weight::from_parts(47_711_000, 3_730)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:0)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// The fastest run took 43_255 ns.
	fn unbond() -> Weight {
		Weight::from_parts(45_937_000, 3_730)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Usage::ReceiptCount` (r:1 w:0)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Usage::WithheldCount` (r:1 w:0)
	// Proof: `Usage::WithheldCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:0)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Attribution::NextReport` (r:1 w:1)
	// Proof: `Attribution::NextReport` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Availability::LastAnswer` (r:1 w:0)
	// Proof: `Availability::LastAnswer` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(740), added: 3215, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:64 w:64)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Models::Corpus` (r:1 w:0)
	// Proof: `Models::Corpus` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Babe::NextRandomness` (r:1 w:0)
	// Proof: `Babe::NextRandomness` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	// Storage: `Babe::EpochStart` (r:1 w:0)
	// Proof: `Babe::EpochStart` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Babe::AuthorVrfRandomness` (r:1 w:0)
	// Proof: `Babe::AuthorVrfRandomness` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	// Storage: `System::ParentHash` (r:1 w:0)
	// Proof: `System::ParentHash` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	// Storage: `Availability::Pending` (r:128 w:128)
	// Proof: `Availability::Pending` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// Storage: `Availability::NextDemand` (r:1 w:1)
	// Proof: `Availability::NextDemand` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Availability::Demands` (r:0 w:128)
	// Proof: `Availability::Demands` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// The fastest run took 149_206 ns.
	fn report(c: u32, _s: u32, u: u32) -> Weight {
		Weight::from_parts(151_111_000, 5_527)
			// Standard error: 12_073_260.
			.saturating_add(Weight::from_parts(61_039_380, 0).saturating_mul(c.into()))
			// Standard error: 1_567_676.
			.saturating_add(Weight::from_parts(114_140_538, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().reads(3).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(T::DbWeight::get().writes(5).saturating_mul(u.into()))
			.saturating_add(Weight::from_parts(0, 5_048).saturating_mul(u.into()))
	}

	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(740), added: 3215, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:0)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Models::Corpus` (r:1 w:0)
	// Proof: `Models::Corpus` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Usage::ReceiptCount` (r:1 w:0)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:0)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:0)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// The fastest run took 229_219 ns.
	fn submit_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(183_409_548, 6_196)
			// Standard error: 224_907.
			.saturating_add(Weight::from_parts(3_539_528, 0).saturating_mul(c.into()))
			// Standard error: 196_599.
			.saturating_add(Weight::from_parts(3_211_756, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(740), added: 3215, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:0)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Models::Corpus` (r:1 w:0)
	// Proof: `Models::Corpus` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Usage::ReceiptCount` (r:1 w:0)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:0)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:0)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Rewards` (r:0 w:1)
	// Proof: `Attribution::Rewards` (`max_values`: None, `max_size`: Some(776), added: 3251, mode: `MaxEncodedLen`)
	// The fastest run took 145_266 ns.
	fn submit_announced_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(116_037_398, 5_527)
			// Standard error: 156_760.
			.saturating_add(Weight::from_parts(3_188_675, 0).saturating_mul(c.into()))
			// Standard error: 137_029.
			.saturating_add(Weight::from_parts(2_190_884, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `Attribution::Reports` (r:1 w:0)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(740), added: 3215, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:0)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Models::Corpus` (r:1 w:0)
	// Proof: `Models::Corpus` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Usage::ReceiptCount` (r:1 w:0)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:0)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	// The fastest run took 71_390 ns.
	fn authorize_submit_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(36_225_009, 5_527)
			// Standard error: 90_648.
			.saturating_add(Weight::from_parts(3_402_311, 0).saturating_mul(c.into()))
			// Standard error: 79_239.
			.saturating_add(Weight::from_parts(1_720_567, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(6))
	}

	// Storage: `System::Account` (r:3 w:3)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:1)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Usage::Ledgers` (r:1 w:1)
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
	// Storage: `Usage::Dues` (r:2 w:0)
	// Proof: `Usage::Dues` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// The fastest run took 175_545 ns.
	fn finalise() -> Weight {
		Weight::from_parts(184_838_000, 8_799)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(10))
	}

	// Storage: `Datasets::Contributions` (r:1 w:0)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Claims` (r:1 w:1)
	// Proof: `Attribution::Claims` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:1)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Usage::Ledgers` (r:1 w:1)
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
	// Storage: `Usage::Dues` (r:2 w:0)
	// Proof: `Usage::Dues` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:3 w:3)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// The fastest run took 208_206 ns.
	fn claim(c: u32, s: u32) -> Weight {
		Weight::from_parts(105_555_433, 8_799)
			// Standard error: 354_719.
			.saturating_add(Weight::from_parts(7_175_148, 0).saturating_mul(c.into()))
			// Standard error: 310_073.
			.saturating_add(Weight::from_parts(6_728_214, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(12))
	}

	// Storage: `Attribution::Reports` (r:1 w:0)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:1)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Attribution::NextAnnouncement` (r:1 w:1)
	// Proof: `Attribution::NextAnnouncement` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// The fastest run took 81_466 ns.
	fn announce() -> Weight {
		Weight::from_parts(92_731_000, 4_200)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `Attribution::Rewards` (r:1 w:1)
	// Proof: `Attribution::Rewards` (`max_values`: None, `max_size`: Some(776), added: 3251, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:1)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	// Storage: `Usage::WithheldCount` (r:1 w:0)
	// Proof: `Usage::WithheldCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(740), added: 3215, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:0)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Models::Corpus` (r:1 w:0)
	// Proof: `Models::Corpus` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Usage::ReceiptCount` (r:1 w:0)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:0)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// The fastest run took 194_613 ns.
	fn reveal_announcement(c: u32, s: u32) -> Weight {
		Weight::from_parts(171_979_770, 6_470)
			// Standard error: 310_070.
			.saturating_add(Weight::from_parts(4_765_516, 0).saturating_mul(c.into()))
			// Standard error: 271_044.
			.saturating_add(Weight::from_parts(2_740_776, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Rewards` (r:1 w:1)
	// Proof: `Attribution::Rewards` (`max_values`: None, `max_size`: Some(776), added: 3251, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// The fastest run took 132_460 ns.
	fn pay_reward() -> Weight {
		Weight::from_parts(144_956_000, 6_196)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `Attribution::Announcements` (r:1 w:1)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Rewards` (r:1 w:0)
	// Proof: `Attribution::Rewards` (`max_values`: None, `max_size`: Some(776), added: 3251, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:0)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// The fastest run took 74_672 ns.
	fn withdraw_announcement() -> Weight {
		Weight::from_parts(86_163_000, 4_241)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Datasets::Contributions` (r:2 w:0)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:0)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Usage::Passed` (r:1 w:1)
	// Proof: `Usage::Passed` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Attribution::PassedClaims` (r:1 w:1)
	// Proof: `Attribution::PassedClaims` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// The fastest run took 103_243 ns.
	fn claim_passed(c: u32, s: u32) -> Weight {
		Weight::from_parts(44_349_417, 6_352)
			// Standard error: 349_871.
			.saturating_add(Weight::from_parts(7_673_379, 0).saturating_mul(c.into()))
			// Standard error: 307_862.
			.saturating_add(Weight::from_parts(8_889_260, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(7))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn bond() -> Weight {
		Weight::from_parts(47_711_000, 3_730)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn unbond() -> Weight {
		Weight::from_parts(45_937_000, 3_730)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn report(c: u32, _s: u32, u: u32) -> Weight {
		Weight::from_parts(151_111_000, 5_527)
			.saturating_add(Weight::from_parts(61_039_380, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(114_140_538, 0).saturating_mul(u.into()))
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().reads(3).saturating_mul(u.into()))
			.saturating_add(ParityDbWeight::get().writes(6))
			.saturating_add(ParityDbWeight::get().writes(5).saturating_mul(u.into()))
			.saturating_add(Weight::from_parts(0, 5_048).saturating_mul(u.into()))
	}

	fn submit_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(183_409_548, 6_196)
			.saturating_add(Weight::from_parts(3_539_528, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(3_211_756, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn submit_announced_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(116_037_398, 5_527)
			.saturating_add(Weight::from_parts(3_188_675, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(2_190_884, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn authorize_submit_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(36_225_009, 5_527)
			.saturating_add(Weight::from_parts(3_402_311, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(1_720_567, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(6))
	}

	fn finalise() -> Weight {
		Weight::from_parts(184_838_000, 8_799)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(10))
	}

	fn claim(c: u32, s: u32) -> Weight {
		Weight::from_parts(105_555_433, 8_799)
			.saturating_add(Weight::from_parts(7_175_148, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(6_728_214, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().writes(12))
	}

	fn announce() -> Weight {
		Weight::from_parts(92_731_000, 4_200)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn reveal_announcement(c: u32, s: u32) -> Weight {
		Weight::from_parts(171_979_770, 6_470)
			.saturating_add(Weight::from_parts(4_765_516, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(2_740_776, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn pay_reward() -> Weight {
		Weight::from_parts(144_956_000, 6_196)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn withdraw_announcement() -> Weight {
		Weight::from_parts(86_163_000, 4_241)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn claim_passed(c: u32, s: u32) -> Weight {
		Weight::from_parts(44_349_417, 6_352)
			.saturating_add(Weight::from_parts(7_673_379, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(8_889_260, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
}
