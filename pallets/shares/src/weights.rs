//! Weights of the calls of `pallet_shares`.
//!
//! Estimated from the storage that each call reads and writes, until they are measured.

use core::marker::PhantomData;

use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// What the calls weigh.
pub trait WeightInfo {
	/// Of `issue`.
	fn issue() -> Weight;
	/// Of `stake`.
	fn stake() -> Weight;
	/// Of `unstake`.
	fn unstake() -> Weight;
	/// Of `claim_dividends`.
	fn claim_dividends() -> Weight;
	/// Of `dissolve`.
	fn dissolve() -> Weight;
	/// Of `collect_owed`.
	fn collect_owed() -> Weight;
}

fn weight(db: RuntimeDbWeight, micros: u64, proof: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(1_000_000), proof)
		.saturating_add(db.reads_writes(reads, writes))
}

/// Weights over the database of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

macro_rules! estimates {
	($implementor:ty $(, $generic:ident)?; $db:expr) => {
		impl $(<$generic: frame_system::Config>)? WeightInfo for $implementor {
			fn issue() -> Weight {
				weight($db, 300, 20_000, 20, 18)
			}

			fn stake() -> Weight {
				weight($db, 180, 15_000, 14, 12)
			}

			fn unstake() -> Weight {
				weight($db, 180, 15_000, 14, 12)
			}

			fn claim_dividends() -> Weight {
				weight($db, 90, 10_000, 8, 7)
			}

			fn dissolve() -> Weight {
				weight($db, 800, 60_000, 50, 48)
			}

			fn collect_owed() -> Weight {
				weight($db, 80, 10_000, 7, 6)
			}
		}
	};
}

estimates!(SubstrateWeight<T>, T; T::DbWeight::get());
estimates!((); ParityDbWeight::get());
