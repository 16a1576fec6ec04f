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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// The fastest run took 50_025 ns.
	fn bond() -> Weight {
		Weight::from_parts(54_362_000, 3_856)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:0)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// The fastest run took 49_617 ns.
	fn unbond() -> Weight {
		Weight::from_parts(52_158_000, 3_856)
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
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
	// The fastest run took 249_067 ns.
	fn report(c: u32, s: u32, u: u32) -> Weight {
		Weight::from_parts(22_733_816, 9_750)
			// Standard error: 2_113_253.
			.saturating_add(Weight::from_parts(5_175_665, 0).saturating_mul(c.into()))
			// Standard error: 1_867_902.
			.saturating_add(Weight::from_parts(24_749_379, 0).saturating_mul(s.into()))
			// Standard error: 240_735.
			.saturating_add(Weight::from_parts(127_963_190, 0).saturating_mul(u.into()))
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Agents::AgentOfAccount` (r:1 w:0)
	// Proof: `Agents::AgentOfAccount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:0)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// The fastest run took 278_770 ns.
	fn submit_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(202_028_111, 6_196)
			// Standard error: 385_552.
			.saturating_add(Weight::from_parts(5_947_254, 0).saturating_mul(c.into()))
			// Standard error: 337_025.
			.saturating_add(Weight::from_parts(5_004_574, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(12))
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Agents::AgentOfAccount` (r:1 w:0)
	// Proof: `Agents::AgentOfAccount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:0)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `Parameters::Parameters` (r:1 w:0)
	// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Revealing` (r:1 w:1)
	// Proof: `Attribution::Revealing` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Rewards` (r:0 w:1)
	// Proof: `Attribution::Rewards` (`max_values`: None, `max_size`: Some(776), added: 3251, mode: `MaxEncodedLen`)
	// The fastest run took 196_145 ns.
	fn submit_announced_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(160_742_579, 5_527)
			// Standard error: 291_416.
			.saturating_add(Weight::from_parts(4_578_004, 0).saturating_mul(c.into()))
			// Standard error: 254_738.
			.saturating_add(Weight::from_parts(2_916_994, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(13))
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
	// The fastest run took 89_273 ns.
	fn authorize_submit_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(46_636_434, 5_527)
			// Standard error: 207_320.
			.saturating_add(Weight::from_parts(4_213_714, 0).saturating_mul(c.into()))
			// Standard error: 181_226.
			.saturating_add(Weight::from_parts(2_955_389, 0).saturating_mul(s.into()))
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// The fastest run took 204_071 ns.
	fn finalise() -> Weight {
		Weight::from_parts(214_617_000, 8_799)
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
	// Storage: `System::Account` (r:6 w:6)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:3 w:3)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Datasets::Datasets` (r:1 w:0)
	// Proof: `Datasets::Datasets` (`max_values`: None, `max_size`: Some(774), added: 3249, mode: `MaxEncodedLen`)
	// Storage: `Titles::TenureCount` (r:1 w:0)
	// Proof: `Titles::TenureCount` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	// Storage: `Titles::Ends` (r:1 w:0)
	// Proof: `Titles::Ends` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	// Storage: `Titles::Tenures` (r:1 w:0)
	// Proof: `Titles::Tenures` (`max_values`: None, `max_size`: Some(75), added: 2550, mode: `MaxEncodedLen`)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	// Storage: `Titles::Vaulted` (r:1 w:0)
	// Proof: `Titles::Vaulted` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	// Storage: `Shares::Vaults` (r:1 w:1)
	// Proof: `Shares::Vaults` (`max_values`: None, `max_size`: Some(169), added: 2644, mode: `MaxEncodedLen`)
	// Storage: `Shares::Owed` (r:1 w:0)
	// Proof: `Shares::Owed` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	// Storage: `Attribution::DatasetEarned` (r:1 w:1)
	// Proof: `Attribution::DatasetEarned` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	// The fastest run took 497_042 ns.
	fn claim(c: u32, s: u32) -> Weight {
		Weight::from_parts(273_365_896, 16_608)
			// Standard error: 749_002.
			.saturating_add(Weight::from_parts(14_093_878, 0).saturating_mul(c.into()))
			// Standard error: 654_730.
			.saturating_add(Weight::from_parts(15_219_415, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(17))
	}

	// Storage: `Attribution::Reports` (r:1 w:0)
	// Proof: `Attribution::Reports` (`max_values`: None, `max_size`: Some(735), added: 3210, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Announcements` (r:1 w:1)
	// Proof: `Attribution::Announcements` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Attribution::NextAnnouncement` (r:1 w:1)
	// Proof: `Attribution::NextAnnouncement` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// The fastest run took 101_230 ns.
	fn announce() -> Weight {
		Weight::from_parts(116_364_000, 4_200)
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Agents::AgentOfAccount` (r:1 w:0)
	// Proof: `Agents::AgentOfAccount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// The fastest run took 259_448 ns.
	fn reveal_announcement(c: u32, s: u32) -> Weight {
		Weight::from_parts(181_095_274, 6_722)
			// Standard error: 423_177.
			.saturating_add(Weight::from_parts(7_836_886, 0).saturating_mul(c.into()))
			// Standard error: 369_915.
			.saturating_add(Weight::from_parts(5_851_374, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Rewards` (r:1 w:1)
	// Proof: `Attribution::Rewards` (`max_values`: None, `max_size`: Some(776), added: 3251, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Revealing` (r:1 w:1)
	// Proof: `Attribution::Revealing` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Attribution::Locked` (r:1 w:1)
	// Proof: `Attribution::Locked` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// The fastest run took 167_555 ns.
	fn pay_reward() -> Weight {
		Weight::from_parts(182_436_000, 6_196)
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
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// The fastest run took 95_090 ns.
	fn withdraw_announcement() -> Weight {
		Weight::from_parts(115_894_000, 4_241)
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
	// Storage: `System::Account` (r:4 w:4)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(391), added: 2866, mode: `MaxEncodedLen`)
	// Storage: `Usage::Claimed` (r:1 w:1)
	// Proof: `Usage::Claimed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Shares::Vaults` (r:1 w:1)
	// Proof: `Shares::Vaults` (`max_values`: None, `max_size`: Some(169), added: 2644, mode: `MaxEncodedLen`)
	// Storage: `Shares::Owed` (r:1 w:0)
	// Proof: `Shares::Owed` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	// Storage: `Attribution::DatasetEarned` (r:1 w:1)
	// Proof: `Attribution::DatasetEarned` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	// The fastest run took 316_457 ns.
	fn claim_passed(c: u32, s: u32) -> Weight {
		Weight::from_parts(211_765_552, 11_402)
			// Standard error: 663_354.
			.saturating_add(Weight::from_parts(12_379_847, 0).saturating_mul(c.into()))
			// Standard error: 583_705.
			.saturating_add(Weight::from_parts(16_324_206, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(11))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn bond() -> Weight {
		Weight::from_parts(54_362_000, 3_856)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn unbond() -> Weight {
		Weight::from_parts(52_158_000, 3_856)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn report(c: u32, s: u32, u: u32) -> Weight {
		Weight::from_parts(22_733_816, 9_750)
			.saturating_add(Weight::from_parts(5_175_665, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(24_749_379, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(127_963_190, 0).saturating_mul(u.into()))
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().reads(3).saturating_mul(u.into()))
			.saturating_add(ParityDbWeight::get().writes(6))
			.saturating_add(ParityDbWeight::get().writes(5).saturating_mul(u.into()))
			.saturating_add(Weight::from_parts(0, 31).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(0, 27).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(0, 5_048).saturating_mul(u.into()))
	}

	fn submit_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(202_028_111, 6_196)
			.saturating_add(Weight::from_parts(5_947_254, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(5_004_574, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn submit_announced_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(160_742_579, 5_527)
			.saturating_add(Weight::from_parts(4_578_004, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(2_916_994, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn authorize_submit_fault(c: u32, s: u32) -> Weight {
		Weight::from_parts(46_636_434, 5_527)
			.saturating_add(Weight::from_parts(4_213_714, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(2_955_389, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(6))
	}

	fn finalise() -> Weight {
		Weight::from_parts(214_617_000, 8_799)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(10))
	}

	fn claim(c: u32, s: u32) -> Weight {
		Weight::from_parts(273_365_896, 16_608)
			.saturating_add(Weight::from_parts(14_093_878, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(15_219_415, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(17))
	}

	fn announce() -> Weight {
		Weight::from_parts(116_364_000, 4_200)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn reveal_announcement(c: u32, s: u32) -> Weight {
		Weight::from_parts(181_095_274, 6_722)
			.saturating_add(Weight::from_parts(7_836_886, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(5_851_374, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn pay_reward() -> Weight {
		Weight::from_parts(182_436_000, 6_196)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn withdraw_announcement() -> Weight {
		Weight::from_parts(115_894_000, 4_241)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn claim_passed(c: u32, s: u32) -> Weight {
		Weight::from_parts(211_765_552, 11_402)
			.saturating_add(Weight::from_parts(12_379_847, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(16_324_206, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(18))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
}
