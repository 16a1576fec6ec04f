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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// The fastest run took 52_908 ns.
	fn bond() -> Weight {
		Weight::from_parts(75_515_000, 3_802)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:0)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// The fastest run took 51_044 ns.
	fn unbond() -> Weight {
		Weight::from_parts(74_191_000, 3_802)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Usage::ReceiptCount` (r:1 w:0)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Availability::Deadlines` (r:1 w:0)
	// Proof: `Availability::Deadlines` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `Usage::WithheldCount` (r:1 w:0)
	// Proof: `Usage::WithheldCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:4 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:0)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Attribution::NextReport` (r:1 w:1)
	// Proof: `Attribution::NextReport` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Availability::LastAnswer` (r:1 w:0)
	// Proof: `Availability::LastAnswer` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Revealing` (r:1 w:0)
	// Proof: `Attribution::Revealing` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(741), added: 3216, mode: `MaxEncodedLen`)
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
	// The fastest run took 324_612 ns.
	fn report(c: u32, s: u32, u: u32) -> Weight {
		Weight::from_parts(355_392_000, 9_750)
			// Standard error: 39_044_307.
			.saturating_add(Weight::from_parts(287_978_382, 0).saturating_mul(s.into()))
			// Standard error: 4_924_957.
			.saturating_add(Weight::from_parts(288_050_849, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().reads(3).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(T::DbWeight::get().writes(5).saturating_mul(u.into()))
			.saturating_add(Weight::from_parts(0, 31).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(0, 27).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(0, 5_048).saturating_mul(u.into()))
	}

	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(741), added: 3216, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:0)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Models::Corpus` (r:1 w:0)
	// Proof: `Models::Corpus` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Usage::ReceiptCount` (r:1 w:0)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:0)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:0)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// The fastest run took 341_000 ns.
	fn submit_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(268_637_692, 6_196)
			// Standard error: 3_558_125.
			.saturating_add(Weight::from_parts(8_741_187, 0).saturating_mul(c.into()))
			// Standard error: 3_110_288.
			.saturating_add(Weight::from_parts(21_961_965, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(741), added: 3216, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:0)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Models::Corpus` (r:1 w:0)
	// Proof: `Models::Corpus` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Usage::ReceiptCount` (r:1 w:0)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:0)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:0)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:1 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Revealing` (r:1 w:1)
	// Proof: `Attribution::Revealing` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Rewards` (r:0 w:1)
	// Proof: `Attribution::Rewards` (`max_values`: None, `max_size`: Some(776), added: 3251, mode: `MaxEncodedLen`)
	// The fastest run took 273_666 ns.
	fn submit_announced_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(283_433_655, 5_527)
			// Standard error: 2_302_558.
			.saturating_add(Weight::from_parts(6_136_610, 0).saturating_mul(c.into()))
			// Standard error: 2_012_750.
			.saturating_add(Weight::from_parts(11_484_514, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `Attribution::Reports` (r:1 w:0)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(741), added: 3216, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:0)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Models::Corpus` (r:1 w:0)
	// Proof: `Models::Corpus` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Usage::ReceiptCount` (r:1 w:0)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:0)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// The fastest run took 122_465 ns.
	fn authorize_submit_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(130_817_000, 5_527)
			// Standard error: 648_087.
			.saturating_add(Weight::from_parts(5_473_653, 0).saturating_mul(c.into()))
			// Standard error: 758_612.
			.saturating_add(Weight::from_parts(4_987_461, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(6))
	}

	// Storage: `System::Account` (r:3 w:3)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Reports` (r:1 w:1)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Usage::Pots` (r:1 w:1)
	// Proof: `Usage::Pots` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	// Storage: `Usage::Ledgers` (r:1 w:1)
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `Usage::Dues` (r:2 w:0)
	// Proof: `Usage::Dues` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// The fastest run took 207_038 ns.
	fn finalise() -> Weight {
		Weight::from_parts(291_864_000, 8_799)
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
	// Proof: `Usage::Ledgers` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `Usage::Dues` (r:2 w:0)
	// Proof: `Usage::Dues` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:3 w:3)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Datasets` (r:1 w:0)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Titles::Vaulted` (r:1 w:0)
	// Proof: `Titles::Vaulted` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	// Storage: `Attribution::DatasetEarned` (r:1 w:1)
	// Proof: `Attribution::DatasetEarned` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	// The fastest run took 314_565 ns.
	fn claim(c: u32, s: u32) -> Weight {
		Weight::from_parts(33_066_835, 8_799)
			// Standard error: 4_482_664.
			.saturating_add(Weight::from_parts(19_728_414, 0).saturating_mul(c.into()))
			// Standard error: 3_918_461.
			.saturating_add(Weight::from_parts(30_522_264, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(12))
	}

	// Storage: `Attribution::Reports` (r:1 w:0)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:1)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// Storage: `Attribution::NextAnnouncement` (r:1 w:1)
	// Proof: `Attribution::NextAnnouncement` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// The fastest run took 125_366 ns.
	fn announce() -> Weight {
		Weight::from_parts(192_834_000, 4_200)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `Attribution::Rewards` (r:1 w:1)
	// Proof: `Attribution::Rewards` (`max_values`: None, `max_size`: Some(776), added: 3251, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:1)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	// Storage: `Models::Models` (r:1 w:0)
	// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(741), added: 3216, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Contributions` (r:1 w:0)
	// Proof: `Datasets::Contributions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
	// Storage: `Models::Corpus` (r:1 w:0)
	// Proof: `Models::Corpus` (`max_values`: None, `max_size`: Some(2062), added: 4537, mode: `MaxEncodedLen`)
	// Storage: `Usage::ReceiptCount` (r:1 w:0)
	// Proof: `Usage::ReceiptCount` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Usage::Receipts` (r:1 w:0)
	// Proof: `Usage::Receipts` (`max_values`: None, `max_size`: Some(165), added: 2640, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// The fastest run took 355_242 ns.
	fn reveal_announcement(c: u32, s: u32) -> Weight {
		Weight::from_parts(247_780_245, 6_614)
			// Standard error: 6_975_325.
			.saturating_add(Weight::from_parts(14_100_297, 0).saturating_mul(c.into()))
			// Standard error: 6_097_388.
			.saturating_add(Weight::from_parts(15_743_736, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Rewards` (r:1 w:1)
	// Proof: `Attribution::Rewards` (`max_values`: None, `max_size`: Some(776), added: 3251, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Revealing` (r:1 w:1)
	// Proof: `Attribution::Revealing` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// The fastest run took 217_034 ns.
	fn pay_reward() -> Weight {
		Weight::from_parts(262_739_000, 6_196)
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// The fastest run took 123_283 ns.
	fn withdraw_announcement() -> Weight {
		Weight::from_parts(167_112_000, 4_241)
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
	// Storage: `Datasets::Datasets` (r:1 w:0)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Titles::Vaulted` (r:1 w:0)
	// Proof: `Titles::Vaulted` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(337), added: 2812, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Attribution::DatasetEarned` (r:1 w:1)
	// Proof: `Attribution::DatasetEarned` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	// The fastest run took 197_324 ns.
	fn claim_passed(c: u32, s: u32) -> Weight {
		Weight::from_parts(69_269_897, 6_352)
			// Standard error: 3_262_140.
			.saturating_add(Weight::from_parts(25_364_979, 0).saturating_mul(c.into()))
			// Standard error: 2_877_804.
			.saturating_add(Weight::from_parts(28_070_144, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(7))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn bond() -> Weight {
		Weight::from_parts(75_515_000, 3_802)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn unbond() -> Weight {
		Weight::from_parts(74_191_000, 3_802)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn report(c: u32, s: u32, u: u32) -> Weight {
		Weight::from_parts(355_392_000, 9_750)
			.saturating_add(Weight::from_parts(287_978_382, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(288_050_849, 0).saturating_mul(u.into()))
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().reads(3).saturating_mul(u.into()))
			.saturating_add(ParityDbWeight::get().writes(6))
			.saturating_add(ParityDbWeight::get().writes(5).saturating_mul(u.into()))
			.saturating_add(Weight::from_parts(0, 31).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(0, 27).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(0, 5_048).saturating_mul(u.into()))
	}

	fn submit_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(268_637_692, 6_196)
			.saturating_add(Weight::from_parts(8_741_187, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(21_961_965, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn submit_announced_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(283_433_655, 5_527)
			.saturating_add(Weight::from_parts(6_136_610, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(11_484_514, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn authorize_submit_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(130_817_000, 5_527)
			.saturating_add(Weight::from_parts(5_473_653, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(4_987_461, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(6))
	}

	fn finalise() -> Weight {
		Weight::from_parts(291_864_000, 8_799)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(10))
	}

	fn claim(c: u32, s: u32) -> Weight {
		Weight::from_parts(33_066_835, 8_799)
			.saturating_add(Weight::from_parts(19_728_414, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(30_522_264, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(18))
			.saturating_add(ParityDbWeight::get().writes(12))
	}

	fn announce() -> Weight {
		Weight::from_parts(192_834_000, 4_200)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn reveal_announcement(c: u32, s: u32) -> Weight {
		Weight::from_parts(247_780_245, 6_614)
			.saturating_add(Weight::from_parts(14_100_297, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(15_743_736, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn pay_reward() -> Weight {
		Weight::from_parts(262_739_000, 6_196)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn withdraw_announcement() -> Weight {
		Weight::from_parts(167_112_000, 4_241)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn claim_passed(c: u32, s: u32) -> Weight {
		Weight::from_parts(69_269_897, 6_352)
			.saturating_add(Weight::from_parts(25_364_979, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(28_070_144, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
}
