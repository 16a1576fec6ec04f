//! Benchmarks of all calls.

use frame_benchmarking::v2::*;
use frame_support::traits::EnsureOrigin;
use tributary_primitives::fees::{Setting, REPORT_BOND};

use crate::*;

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set() -> Result<(), BenchmarkError> {
		let origin =
			T::UpdateOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
		let setting = Setting::ReportBond(REPORT_BOND.most);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, setting);
		assert_eq!(T::Store::settings().report_bond, REPORT_BOND.most);
		Ok(())
	}
}
