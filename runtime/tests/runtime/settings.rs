//! Parameters: changed within their bounds by root, and by nobody and nothing else.

use frame_support::traits::Get;
use frame_system::RawOrigin;
use pallet_settings::Error;
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::{DispatchError, DispatchResult, Perbill};
use tributary_primitives::{
	blob::Content,
	fees::{self, burned, Setting, AUTHOR_SHARE, DEFAULTS, MIN_PAYMENT, PROTOCOL_FEE},
	split::protocol_fee,
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	configs::settings::{chain as stored, RuntimeParameters},
	params::TRIB,
	OriginCaller, Runtime, RuntimeCall, RuntimeEvent, Usage as UsagePallet,
};

use crate::{
	chain::Chain,
	report::OWNER,
	scene::{pay_for, register_model, tail, text, PAID},
};

type Parameters = pallet_parameters::Call<Runtime>;
type Settings = pallet_settings::Call<Runtime>;
type Sudo = pallet_sudo::Call<Runtime>;
type Utility = pallet_utility::Call<Runtime>;

const ROOT: Account = Account::Alice;

/// Has root call, and returns what that came to.
fn sudo(chain: &mut Chain, call: impl Into<RuntimeCall>) -> DispatchResult {
	chain.run(ROOT, Sudo::sudo { call: Box::new(call.into()) });
	chain
		.find_event(|event| match event {
			RuntimeEvent::Sudo(pallet_sudo::Event::Sudid { sudo_result }) => Some(sudo_result),
			_ => None,
		})
		.expect("it was tried")
}

fn set(setting: Setting) -> Settings {
	Settings::set { setting }
}

/// An author's share of the whole, as the store would take it.
fn everything_to_the_author() -> Parameters {
	Parameters::set_parameter {
		key_value: RuntimeParameters::Chain(stored::Parameters::AuthorShare(
			stored::AuthorShare,
			Some(Perbill::one()),
		)),
	}
}

#[test]
fn every_setting_can_be_changed_by_root_and_is_what_readers_see() {
	let mut chain = Chain::start("development");
	let changed = fees::Settings {
		protocol_fee: Perbill::from_percent(3),
		author_share: Perbill::from_percent(10),
		attribution_fee: Perbill::from_percent(7),
		treasury_share: Perbill::from_percent(30),
		min_payment: TRIB,
		report_bond: 2 * TRIB,
		demand_deposit: 3 * TRIB,
		accusation_bond: 4 * TRIB,
		commit_deposit: TRIB / 2,
		contribution_deposit: 5 * TRIB,
		draw_delay: 9,
		proof_window: 40,
		challenge_window: 50,
		answer_window: 20,
		reward_window: 30,
	};
	// The windows come last, and the one for faults first of them.
	for setting in changed.each() {
		assert_eq!(sudo(&mut chain, set(setting)), Ok(()));
	}
	chain.ext.execute_with(|| {
		assert_eq!(Runtime::settings(), changed);
		assert_eq!(<Runtime as pallet_usage::Config>::MinPayment::get(), TRIB);
		assert_eq!(<Runtime as pallet_attribution::Config>::Bond::get(), 2 * TRIB);
		assert_eq!(<Runtime as pallet_attribution::Config>::ChallengeWindow::get(), 50);
		assert_eq!(<Runtime as pallet_availability::Config>::DemandDeposit::get(), 3 * TRIB);
		assert_eq!(<Runtime as pallet_originality::Config>::AccusationBond::get(), 4 * TRIB);
		assert_eq!(<Runtime as pallet_datasets::Config>::ContributionDeposit::get(), 5 * TRIB);
	});
	chain.check();
}

#[test]
fn a_value_outside_its_range_is_refused_for_root_too() {
	let mut chain = Chain::start("development");
	let one = Perbill::from_parts(1);
	let refused: [(Setting, Error<Runtime>); 7] = [
		(Setting::AuthorShare(AUTHOR_SHARE.most + one), Error::AuthorShareOutOfRange),
		(Setting::ProtocolFee(PROTOCOL_FEE.least - one), Error::ProtocolFeeOutOfRange),
		(Setting::ProtocolFee(PROTOCOL_FEE.most + one), Error::ProtocolFeeOutOfRange),
		(Setting::MinPayment(MIN_PAYMENT.least - 1), Error::MinPaymentOutOfRange),
		(Setting::ReportBond(0), Error::ReportBondOutOfRange),
		(Setting::DrawDelay(0), Error::DrawDelayOutOfRange),
		(Setting::AnswerWindow(9), Error::AnswerWindowTooLong),
	];
	for (setting, error) in refused {
		assert_eq!(sudo(&mut chain, set(setting)), Err(error.into()));
	}
	chain.ext.execute_with(|| assert_eq!(Runtime::settings(), DEFAULTS));
	chain.check();
}

#[test]
fn nobody_gets_around_the_check_by_the_store() {
	let mut chain = Chain::start("development");
	let direct = everything_to_the_author();
	assert_eq!(sudo(&mut chain, direct.clone()), Err(DispatchError::BadOrigin));

	let signed = chain.signed(ROOT, direct.clone());
	assert_eq!(chain.block(vec![signed]), [Err(DispatchError::BadOrigin)]);

	let anybody = RawOrigin::Signed(Account::Bob.to_account_id());
	for origin in [RawOrigin::Root, RawOrigin::None, anybody] {
		let as_origin = Box::new(OriginCaller::system(origin));
		let call = Box::new(direct.clone().into());
		assert_eq!(sudo(&mut chain, Utility::dispatch_as { as_origin, call }), Ok(()));
		let result = chain.find_event(|event| match event {
			RuntimeEvent::Utility(pallet_utility::Event::DispatchedAs { result }) => Some(result),
			_ => None,
		});
		assert_eq!(result, Some(Err(DispatchError::BadOrigin)));
	}
	chain.ext.execute_with(|| assert_eq!(Runtime::settings(), DEFAULTS));
	chain.check();
}

#[test]
fn who_is_not_root_sets_nothing() {
	let mut chain = Chain::start("development");
	let refused = chain.signed(Account::Bob, set(Setting::DrawDelay(3)));
	assert_eq!(chain.block(vec![refused]), [Err(DispatchError::BadOrigin)]);
	chain.check();
}

#[test]
fn a_payment_is_divided_by_the_fees_of_its_block() {
	let mut chain = Chain::start("development");
	register_model(&mut chain, OWNER, Vec::new(), 0);
	let rate = Perbill::from_percent(5);
	let share = Perbill::from_percent(75);
	for setting in [Setting::ProtocolFee(rate), Setting::AuthorShare(share)] {
		assert_eq!(sudo(&mut chain, set(setting)), Ok(()));
	}
	let author = ROOT.to_account_id();
	let (issued, before) = (chain.issuance(), chain.free(&author));
	let items = text(1, 64);
	pay_for(&mut chain, 0, Content::of(&items), tail(&items));
	let fee = protocol_fee(PAID, rate);
	assert_eq!(issued - chain.issuance(), burned(fee, share));
	assert_eq!(burned(fee, share), PAID / 20 / 4);
	let transaction_fee = chain.find_event(|event| match event {
		RuntimeEvent::TransactionPayment(
			pallet_transaction_payment::Event::TransactionFeePaid { actual_fee, .. },
		) => Some(actual_fee),
		_ => None,
	});
	let of_transaction =
		fees::divide(transaction_fee.expect("it was paid"), DEFAULTS.treasury_share).rest;
	assert_eq!(chain.free(&author), before + fee - burned(fee, share) + of_transaction);
	chain.ext.execute_with(|| {
		let books = UsagePallet::books_view();
		assert_eq!(books.deposited, PAID - fee);
	});
	chain.check();
}

#[test]
fn a_payment_below_the_least_is_refused_from_the_change_on() {
	let mut chain = Chain::start("development");
	register_model(&mut chain, OWNER, Vec::new(), 0);
	assert_eq!(sudo(&mut chain, set(Setting::MinPayment(MIN_PAYMENT.most))), Ok(()));
	let items = text(1, 64);
	let pay = |amount| {
		let (outputs, outputs_tail) = (Content::of(&items), tail(&items));
		pallet_usage::Call::pay { model: 0, outputs, outputs_tail, amount }
	};
	let small = chain.signed(Account::Bob, pay(MIN_PAYMENT.most - 1));
	let refused = Err(pallet_usage::Error::<Runtime>::PaymentTooSmall.into());
	assert_eq!(chain.block(vec![small]), [refused]);
	chain.run(Account::Bob, pay(MIN_PAYMENT.most));
	chain.check();
}
