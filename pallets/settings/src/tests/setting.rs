//! Changing parameters.

use frame_support::{assert_noop, assert_ok};
use proptest::prelude::*;
use sp_runtime::{DispatchError, Perbill};
use tributary_primitives::fees::{self, Setting, DEFAULTS, TRIB};

use crate::{
	mock::{run, Kept, KeptSettings, RuntimeEvent, RuntimeOrigin, Settings, System, Test},
	Error, Event, Store,
};

#[test]
fn root_sets_a_parameter_and_nothing_else_changes() {
	run(|| {
		let setting = Setting::ReportBond(5 * TRIB);
		assert_ok!(Settings::set(RuntimeOrigin::root(), setting.clone()));
		assert_eq!(Kept::settings(), fees::Settings { report_bond: 5 * TRIB, ..DEFAULTS });
		System::assert_last_event(RuntimeEvent::Settings(Event::Set { setting }));
	});
}

#[test]
fn every_parameter_can_be_set_to_what_it_is() {
	run(|| {
		for setting in DEFAULTS.each() {
			assert_ok!(Settings::set(RuntimeOrigin::root(), setting));
		}
		assert_eq!(Kept::settings(), DEFAULTS);
	});
}

#[test]
fn nobody_but_root_sets_a_parameter() {
	run(|| {
		for origin in [RuntimeOrigin::signed(1), RuntimeOrigin::none()] {
			let setting = Setting::DrawDelay(3);
			assert_noop!(Settings::set(origin, setting), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn a_value_outside_its_range_in_the_store_is_found() {
	run(|| {
		KeptSettings::set(&fees::Settings { author_share: Perbill::one(), ..DEFAULTS });
		let found = Settings::do_try_state();
		assert_eq!(found, Err("1: a parameter is outside its bounds".into()));
		KeptSettings::set(&DEFAULTS);
	});
}

#[test]
fn windows_stay_within_the_one_for_faults() {
	run(|| {
		let set = |setting| Settings::set(RuntimeOrigin::root(), setting);
		assert_noop!(set(Setting::AnswerWindow(9)), Error::<Test>::AnswerWindowTooLong);
		assert_noop!(set(Setting::RewardWindow(11)), Error::<Test>::RewardWindowTooLong);
		assert_noop!(set(Setting::ChallengeWindow(7)), Error::<Test>::AnswerWindowTooLong);
		assert_ok!(set(Setting::AnswerWindow(3)));
		assert_noop!(set(Setting::ChallengeWindow(5)), Error::<Test>::RewardWindowTooLong);
		assert_ok!(set(Setting::ChallengeWindow(20)));
		assert_ok!(set(Setting::RewardWindow(20)));
		assert_ok!(set(Setting::AnswerWindow(18)));
	});
}

fn any_setting() -> impl Strategy<Value = Setting> {
	let rate = || (0u32..=1_000_000_000).prop_map(Perbill::from_parts);
	let amount = || prop_oneof![0u128..1_000_000 * TRIB, Just(u128::MAX)];
	let span = || prop_oneof![0u32..200, any::<u32>()];
	prop_oneof![
		rate().prop_map(Setting::ProtocolFee),
		rate().prop_map(Setting::AuthorShare),
		rate().prop_map(Setting::AttributionFee),
		rate().prop_map(Setting::TreasuryShare),
		amount().prop_map(Setting::MinPayment),
		amount().prop_map(Setting::ReportBond),
		amount().prop_map(Setting::DemandDeposit),
		amount().prop_map(Setting::AccusationBond),
		amount().prop_map(Setting::CommitDeposit),
		amount().prop_map(Setting::ContributionDeposit),
		span().prop_map(Setting::DrawDelay),
		span().prop_map(Setting::ProofWindow),
		span().prop_map(Setting::ChallengeWindow),
		span().prop_map(Setting::AnswerWindow),
		span().prop_map(Setting::RewardWindow),
	]
}

proptest! {
	#[test]
	fn whatever_is_set_the_settings_stay_within_their_ranges(
		settings in prop::collection::vec(any_setting(), 1..50),
	) {
		run(|| {
			for setting in settings {
				let before = KeptSettings::get();
				let result = Settings::set(RuntimeOrigin::root(), setting.clone());
				match before.clone().with(setting.clone()).check() {
					Ok(()) => {
						assert_ok!(result);
						assert!(Kept::settings().each().any(|now| now == setting));
					}
					Err(refusal) => {
						let error = Error::<Test>::refused(refusal, &setting);
						assert_eq!(result, Err(error.into()));
						assert_eq!(Kept::settings(), before);
					}
				}
				assert_eq!(Settings::do_try_state(), Ok(()));
			}
		});
	}
}
