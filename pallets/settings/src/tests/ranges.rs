//! Every parameter is refused outside its range, by an error that says the range.

use std::fmt::Display;

use frame_support::{assert_noop, assert_ok};
use scale_info::{TypeDef, TypeInfo};
use sp_runtime::{DispatchError, Perbill};
use tributary_primitives::fees::{self, Range, Setting, TRIB};

use crate::{
	mock::{run, KeptSettings, RuntimeOrigin, Settings, Test},
	Error,
};

/// What an error's docs say.
fn docs(error: &str) -> String {
	let TypeDef::Variant(errors) = Error::<Test>::type_info().type_def else {
		panic!("errors are an enum")
	};
	let found = errors.variants.iter().find(|variant| variant.name == error);
	found.expect("the error exists").docs.join(" ")
}

/// Makes room for every window within its range.
fn widen() {
	let windows = fees::Settings {
		challenge_window: fees::CHALLENGE_WINDOW.most,
		answer_window: fees::ANSWER_WINDOW.least,
		reward_window: fees::REWARD_WINDOW.least,
		..fees::DEFAULTS
	};
	KeptSettings::set(&windows);
}

/// Checks that `setting` takes the ends of the range and refuses `below` and `above` with `error`, whose
/// docs name the ends as `words` writes them.
fn check<V: Copy>(
	setting: fn(V) -> Setting,
	range: Range<V>,
	(below, above): (Option<V>, V),
	error: Error<Test>,
	words: [String; 2],
) {
	let name = format!("{error:?}");
	let error = DispatchError::from(error);
	run(|| {
		widen();
		for end in [range.least, range.most] {
			assert_ok!(Settings::set(RuntimeOrigin::root(), setting(end)));
		}
		for beyond in below.into_iter().chain([above]) {
			assert_noop!(Settings::set(RuntimeOrigin::root(), setting(beyond)), error);
		}
		let [least, most] = words;
		let range = format!("{least} to {most}");
		assert!(docs(&name).contains(&range), "{name} says {}, not {range}", docs(&name));
	});
}

/// A number with a comma between thousands.
fn grouped(number: u128) -> String {
	let digits = number.to_string();
	let mut out = String::new();
	for (place, digit) in digits.chars().enumerate() {
		if place > 0 && (digits.len() - place).is_multiple_of(3) {
			out.push(',');
		}
		out.push(digit);
	}
	out
}

/// A number of parts of a unit, as a decimal fraction.
fn decimal(parts: u128, unit: u128, name: impl Display) -> String {
	let (whole, fraction) = (parts / unit, parts % unit);
	let mut text = grouped(whole);
	if fraction > 0 {
		let width = unit.ilog10() as usize;
		let fraction = format!("{fraction:0width$}");
		text = format!("{text}.{}", fraction.trim_end_matches('0'));
	}
	format!("{text} {name}")
}

fn check_rate(setting: fn(Perbill) -> Setting, range: Range<Perbill>, error: Error<Test>) {
	let one = Perbill::from_parts(1);
	let below = (range.least > Perbill::zero()).then(|| range.least - one);
	let words =
		[range.least, range.most].map(|rate| decimal(rate.deconstruct().into(), 10_000_000, "%"));
	check(setting, range, (below, range.most + one), error, words);
}

fn check_amount(setting: fn(u128) -> Setting, range: Range<u128>, error: Error<Test>) {
	let words = [range.least, range.most].map(|amount| decimal(amount, TRIB, "TRIB"));
	check(setting, range, (Some(range.least - 1), range.most + 1), error, words);
}

fn check_span(setting: fn(u32) -> Setting, range: Range<u32>, error: Error<Test>) {
	let words = [range.least, range.most].map(|blocks| grouped(blocks.into()));
	check(setting, range, (Some(range.least - 1), range.most + 1), error, words);
}

#[test]
fn rates_are_refused_outside_their_ranges() {
	check_rate(Setting::ProtocolFee, fees::PROTOCOL_FEE, Error::ProtocolFeeOutOfRange);
	check_rate(Setting::AuthorShare, fees::AUTHOR_SHARE, Error::AuthorShareOutOfRange);
	check_rate(Setting::AttributionFee, fees::ATTRIBUTION_FEE, Error::AttributionFeeOutOfRange);
	check_rate(Setting::TreasuryShare, fees::TREASURY_SHARE, Error::TreasuryShareOutOfRange);
}

#[test]
fn amounts_are_refused_outside_their_ranges() {
	check_amount(Setting::MinPayment, fees::MIN_PAYMENT, Error::MinPaymentOutOfRange);
	check_amount(Setting::ReportBond, fees::REPORT_BOND, Error::ReportBondOutOfRange);
	check_amount(Setting::DemandDeposit, fees::DEMAND_DEPOSIT, Error::DemandDepositOutOfRange);
	check_amount(Setting::AccusationBond, fees::ACCUSATION_BOND, Error::AccusationBondOutOfRange);
	check_amount(Setting::CommitDeposit, fees::COMMIT_DEPOSIT, Error::CommitDepositOutOfRange);
	check_amount(
		Setting::ContributionDeposit,
		fees::CONTRIBUTION_DEPOSIT,
		Error::ContributionDepositOutOfRange,
	);
}

#[test]
fn spans_are_refused_outside_their_ranges() {
	check_span(Setting::DrawDelay, fees::DRAW_DELAY, Error::DrawDelayOutOfRange);
	check_span(Setting::ProofWindow, fees::PROOF_WINDOW, Error::ProofWindowOutOfRange);
	check_span(Setting::AnswerWindow, fees::ANSWER_WINDOW, Error::AnswerWindowOutOfRange);
	check_span(Setting::RewardWindow, fees::REWARD_WINDOW, Error::RewardWindowOutOfRange);
	check_span(Setting::ChallengeWindow, fees::CHALLENGE_WINDOW, Error::ChallengeWindowOutOfRange);
}
