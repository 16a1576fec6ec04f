//! What must hold of the settings after every block.

use frame_support::ensure;
use sp_runtime::TryRuntimeError;

use crate::{Config, Pallet, Store};

impl<T: Config> Pallet<T> {
	/// Checks the settings:
	///
	/// 1. every parameter is within its range, and the windows are within each other.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		ensure!(T::Store::settings().check().is_ok(), "1: a parameter is outside its bounds");
		Ok(())
	}
}
