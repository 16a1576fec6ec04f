//! Weights of the calls of `pallet_agents`, and of what others' calls set off here.
//!
//! Estimated from what they read and write. `scripts/benchmark` writes the measured ones.

use core::marker::PhantomData;

use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What the calls weigh. A parameter is that of the benchmark of the same name.
pub trait WeightInfo {
	/// Of `create`.
	/// Estimated with `m` from 0 to 4.
	fn create(m: u32) -> Weight;
	/// Of `set_operator`.
	fn set_operator() -> Weight;
	/// Of `set_mandate`.
	fn set_mandate() -> Weight;
	/// Of `set_metadata`.
	fn set_metadata() -> Weight;
	/// Of `set_models`.
	/// Estimated with `m` from 0 to 4.
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
	/// Estimated with `n`, the calls in one that nests them, from 2 to 15.
	/// Estimated with `l`, the bytes of the call, from 0 to 1000000.
	fn act(n: u32, l: u32) -> Weight;
	/// Of `pay`.
	/// Estimated with `m` from 0 to 4.
	/// Estimated with `c` from 1 to 8.
	/// Estimated with `s` from 0 to 9.
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
	fn create(m: u32) -> Weight {
		Weight::from_parts(260_000_000, 6_500)
			.saturating_add(Weight::from_parts(6_000_000, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(17))
	}

	fn set_operator() -> Weight {
		Weight::from_parts(45_000_000, 4_400)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	fn set_mandate() -> Weight {
		Weight::from_parts(130_000_000, 6_200)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	fn set_metadata() -> Weight {
		Weight::from_parts(45_000_000, 4_400)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	fn set_models(m: u32) -> Weight {
		Weight::from_parts(45_000_000, 4_400)
			.saturating_add(Weight::from_parts(6_000_000, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	fn pause() -> Weight {
		Weight::from_parts(45_000_000, 4_400)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	fn resume() -> Weight {
		Weight::from_parts(45_000_000, 4_400)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	fn retire() -> Weight {
		Weight::from_parts(110_000_000, 6_200)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	fn bond() -> Weight {
		Weight::from_parts(130_000_000, 4_000)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	fn unbond() -> Weight {
		Weight::from_parts(55_000_000, 4_400)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	fn withdraw_unbonded() -> Weight {
		Weight::from_parts(130_000_000, 4_400)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	fn withdraw_native() -> Weight {
		Weight::from_parts(90_000_000, 4_400)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	fn withdraw_asset() -> Weight {
		Weight::from_parts(120_000_000, 6_200)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	fn withdraw_title() -> Weight {
		Weight::from_parts(250_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(10))
	}

	fn act(n: u32, l: u32) -> Weight {
		Weight::from_parts(240_000_000, 12_000)
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(4_000, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	fn pay(m: u32, c: u32, s: u32) -> Weight {
		Weight::from_parts(420_000_000, 9_000)
			.saturating_add(Weight::from_parts(460_000_000, 0).saturating_mul(m.into()))
			.saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(90_000_000, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().reads(18).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(14))
			.saturating_add(T::DbWeight::get().writes(12).saturating_mul(m.into()))
	}

	fn forget_payer() -> Weight {
		Weight::from_parts(90_000_000, 4_000)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	fn stake_slashed() -> Weight {
		Weight::from_parts(90_000_000, 4_000)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	fn operator_cleared() -> Weight {
		Weight::from_parts(25_000_000, 4_000)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

/// Weights over the database that the node uses, for tests.
impl WeightInfo for () {
	fn create(m: u32) -> Weight {
		Weight::from_parts(260_000_000, 6_500)
			.saturating_add(Weight::from_parts(6_000_000, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().reads(1).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().writes(17))
	}

	fn set_operator() -> Weight {
		Weight::from_parts(45_000_000, 4_400)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn set_mandate() -> Weight {
		Weight::from_parts(130_000_000, 6_200)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn set_metadata() -> Weight {
		Weight::from_parts(45_000_000, 4_400)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn set_models(m: u32) -> Weight {
		Weight::from_parts(45_000_000, 4_400)
			.saturating_add(Weight::from_parts(6_000_000, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().reads(1).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn pause() -> Weight {
		Weight::from_parts(45_000_000, 4_400)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn resume() -> Weight {
		Weight::from_parts(45_000_000, 4_400)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn retire() -> Weight {
		Weight::from_parts(110_000_000, 6_200)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn bond() -> Weight {
		Weight::from_parts(130_000_000, 4_000)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn unbond() -> Weight {
		Weight::from_parts(55_000_000, 4_400)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn withdraw_unbonded() -> Weight {
		Weight::from_parts(130_000_000, 4_400)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn withdraw_native() -> Weight {
		Weight::from_parts(90_000_000, 4_400)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn withdraw_asset() -> Weight {
		Weight::from_parts(120_000_000, 6_200)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn withdraw_title() -> Weight {
		Weight::from_parts(250_000_000, 8_000)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(10))
	}

	fn act(n: u32, l: u32) -> Weight {
		Weight::from_parts(240_000_000, 12_000)
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(4_000, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn pay(m: u32, c: u32, s: u32) -> Weight {
		Weight::from_parts(420_000_000, 9_000)
			.saturating_add(Weight::from_parts(460_000_000, 0).saturating_mul(m.into()))
			.saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(90_000_000, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().reads(18).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().writes(14))
			.saturating_add(ParityDbWeight::get().writes(12).saturating_mul(m.into()))
	}

	fn forget_payer() -> Weight {
		Weight::from_parts(90_000_000, 4_000)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn stake_slashed() -> Weight {
		Weight::from_parts(90_000_000, 4_000)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn operator_cleared() -> Weight {
		Weight::from_parts(25_000_000, 4_000)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
}
