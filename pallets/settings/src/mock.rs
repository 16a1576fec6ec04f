//! A runtime with this pallet, whose settings are kept in one value.

use frame_support::{derive_impl, parameter_types};
use frame_system::EnsureRoot;
use sp_io::TestExternalities;
use sp_runtime::BuildStorage;
use tributary_primitives::fees::{self, Setting};

use crate as pallet_settings;

pub type AccountId = u64;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;

	#[runtime::pallet_index(1)]
	pub type Settings = pallet_settings;
}

type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

impl pallet_settings::Config for Test {
	type Store = Kept;
	type UpdateOrigin = EnsureRoot<AccountId>;
	type WeightInfo = ();
}

parameter_types! {
	pub storage KeptSettings: fees::Settings = fees::DEFAULTS;
}

/// The settings in storage.
pub struct Kept;

impl pallet_settings::Store for Kept {
	fn put(setting: Setting) {
		KeptSettings::set(&KeptSettings::get().with(setting));
	}

	fn settings() -> fees::Settings {
		KeptSettings::get()
	}
}

/// Runs `test` in block 1, and checks the state after it.
pub fn run(test: impl FnOnce()) {
	let genesis = frame_system::GenesisConfig::<Test>::default().build_storage();
	TestExternalities::new(genesis.unwrap()).execute_with(|| {
		System::set_block_number(1);
		test();
		assert_eq!(Settings::do_try_state(), Ok(()));
	});
}
