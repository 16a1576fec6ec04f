use proptest::prelude::*;

use super::*;
use crate::split::{entitlement, split, sum_rates, Rates};

/// A setting by its value, and the range of that.
type Ranged<T> = (fn(T) -> Setting, Range<T>);

fn within(range: Range<Perbill>) -> impl Strategy<Value = Perbill> {
	(range.least.deconstruct()..=range.most.deconstruct()).prop_map(Perbill::from_parts)
}

/// The fees of a chain, within their ranges.
#[derive(Clone, Copy, Debug)]
struct Fees {
	protocol: Perbill,
	author: Perbill,
	attribution: Perbill,
}

fn fees() -> impl Strategy<Value = Fees> {
	(within(PROTOCOL_FEE), within(AUTHOR_SHARE), within(ATTRIBUTION_FEE))
		.prop_map(|(protocol, author, attribution)| Fees { protocol, author, attribution })
}

/// A model's rates, of at most the whole together, with up to eight ancestors.
fn model() -> impl Strategy<Value = (Vec<Perbill>, Perbill)> {
	(prop::collection::vec(0u32..=125_000_000, 0..=8), 0u32..=1_000_000_000).prop_map(
		|(lineage, data)| {
			let rates: Vec<_> = lineage.into_iter().map(Perbill::from_parts).collect();
			let left = Perbill::one() - sum_rates(rates.iter().copied()).unwrap();
			(rates, Perbill::from_parts(data.min(left.deconstruct())))
		},
	)
}

/// A payment, and whether the block in which it is made is by a member of the coalition.
fn payments() -> impl Strategy<Value = Vec<(u128, bool)>> {
	prop::collection::vec((MIN_PAYMENT.least..1 << 70, any::<bool>()), 1..20)
}

/// What a coalition has lost that pays a model of its own, and is its owner, all of its ancestors, all
/// sources and the attributor; with the fees that it paid, and what others than its members got of them
/// as authors.
fn self_dealing(
	fees: Fees,
	(lineage, data): &(Vec<Perbill>, Perbill),
	payments: &[(u128, bool)],
) -> (u128, u128, u128) {
	let rates = Rates {
		protocol_fee: fees.protocol,
		lineage: sum_rates(lineage.iter().copied()).unwrap(),
		data: *data,
		attribution_fee: fees.attribution,
	};
	let (mut paid, mut taken, mut gross) = (0, 0, 0);
	let (mut fee_sum, mut to_others) = (0, 0);
	for (amount, own_block) in payments {
		let parts = split(*amount, &rates, gross).unwrap();
		gross += parts.net();
		paid += amount;
		taken += parts.data + parts.attribution_fee + parts.owner;
		let reward = divide(parts.protocol_fee, fees.author).share;
		fee_sum += parts.protocol_fee;
		if *own_block {
			taken += reward;
		} else {
			to_others += reward;
		}
	}
	taken += lineage.iter().map(|rate| entitlement(*rate, gross)).sum::<u128>();
	(paid - taken, fee_sum, to_others)
}

proptest! {
	#[test]
	fn who_pays_oneself_loses_at_least_what_is_burned(
		fees in fees(), model in model(), payments in payments(),
	) {
		let (lost, _, to_others) = self_dealing(fees, &model, &payments);
		let burned: u128 = payments
			.iter()
			.map(|(amount, _)| burned(crate::split::protocol_fee(*amount, fees.protocol), fees.author))
			.sum();
		prop_assert!(lost >= burned + to_others);
		// A thousandth of every payment is the fee at least, and a quarter of that is burned.
		let paid: u128 = payments.iter().map(|(amount, _)| amount).sum();
		prop_assert!(lost * 4_000 >= paid);
		prop_assert!(lost > 0);
	}

	#[test]
	fn a_coalition_without_authors_loses_the_whole_fee(
		fees in fees(), model in model(), payments in payments(),
	) {
		let without: Vec<_> = payments.into_iter().map(|(amount, _)| (amount, false)).collect();
		let (lost, fee_sum, _) = self_dealing(fees, &model, &without);
		prop_assert!(lost >= fee_sum);
	}

	#[test]
	fn a_coalition_that_lacks_one_author_loses_more_than_what_is_burned(
		fees in fees(), model in model(), amount in MIN_PAYMENT.least..1 << 70, authors in 2usize..20,
	) {
		prop_assume!(divide(crate::split::protocol_fee(amount, fees.protocol), fees.author).share > 0);
		let all: Vec<_> = (0..authors).map(|_| (amount, true)).collect();
		let mut but_one = all.clone();
		but_one[0].1 = false;
		let (least, ..) = self_dealing(fees, &model, &all);
		let (lost, ..) = self_dealing(fees, &model, &but_one);
		prop_assert!(lost > least);
	}

	#[test]
	fn cutting_a_payment_burns_no_less(
		fees in fees(), amount in MIN_PAYMENT.least..1 << 70, cut in any::<prop::sample::Index>(),
	) {
		let burned_of = |amount| burned(crate::split::protocol_fee(amount, fees.protocol), fees.author);
		let first = cut.index(1 << 40) as u128 % amount;
		prop_assert!(burned_of(first) + burned_of(amount - first) >= burned_of(amount));
	}

	#[test]
	fn something_is_burned_of_every_payment(fees in fees(), amount in 1u128..1 << 100) {
		prop_assert!(burned(crate::split::protocol_fee(amount, fees.protocol), fees.author) > 0);
	}

	#[test]
	fn who_fills_own_blocks_loses_the_treasurys_share(
		share in within(TREASURY_SHARE), fee in 10u128..1 << 100,
	) {
		let Division { share, rest } = divide(fee, share);
		prop_assert_eq!(share + rest, fee);
		prop_assert!(share >= fee / 10);
		prop_assert!(rest >= fee / 5);
	}
}

#[test]
fn an_author_share_of_the_whole_would_let_an_author_pay_itself_for_nothing() {
	let fees = Fees {
		protocol: PROTOCOL_FEE.most,
		author: Perbill::one(),
		attribution: ATTRIBUTION_FEE.most,
	};
	assert!(!AUTHOR_SHARE.holds(&fees.author));
	let (lost, ..) = self_dealing(fees, &(vec![], Perbill::from_percent(30)), &[(TRIB, true)]);
	assert_eq!(lost, 0);
}

#[test]
fn the_settings_of_a_new_chain_are_within_their_ranges() {
	assert_eq!(DEFAULTS.check(), Ok(()));
	assert_eq!(DEFAULTS.each().count(), 15);
	for setting in DEFAULTS.each() {
		assert_eq!(DEFAULTS.with(setting), DEFAULTS);
	}
}

#[test]
fn the_ends_of_a_range_are_within_it_and_what_is_beyond_is_not() {
	let one = Perbill::from_parts(1);
	let rates: [Ranged<Perbill>; 4] = [
		(Setting::ProtocolFee, PROTOCOL_FEE),
		(Setting::AuthorShare, AUTHOR_SHARE),
		(Setting::AttributionFee, ATTRIBUTION_FEE),
		(Setting::TreasuryShare, TREASURY_SHARE),
	];
	for (setting, range) in rates {
		assert!(setting(range.least).is_within_range());
		assert!(setting(range.most).is_within_range());
		assert!(!setting(range.most + one).is_within_range());
		if range.least > Perbill::zero() {
			assert!(!setting(range.least - one).is_within_range());
		}
	}
	let amounts: [Ranged<u128>; 6] = [
		(Setting::MinPayment, MIN_PAYMENT),
		(Setting::ReportBond, REPORT_BOND),
		(Setting::DemandDeposit, DEMAND_DEPOSIT),
		(Setting::AccusationBond, ACCUSATION_BOND),
		(Setting::CommitDeposit, COMMIT_DEPOSIT),
		(Setting::ContributionDeposit, CONTRIBUTION_DEPOSIT),
	];
	for (setting, range) in amounts {
		assert!(setting(range.least).is_within_range());
		assert!(setting(range.most).is_within_range());
		assert!(!setting(range.most + 1).is_within_range());
		assert!(!setting(range.least - 1).is_within_range());
	}
	let spans: [Ranged<u32>; 5] = [
		(Setting::DrawDelay, DRAW_DELAY),
		(Setting::ProofWindow, PROOF_WINDOW),
		(Setting::ChallengeWindow, CHALLENGE_WINDOW),
		(Setting::AnswerWindow, ANSWER_WINDOW),
		(Setting::RewardWindow, REWARD_WINDOW),
	];
	for (setting, range) in spans {
		assert!(setting(range.least).is_within_range());
		assert!(setting(range.most).is_within_range());
		assert!(!setting(range.most + 1).is_within_range());
		assert!(!setting(range.least - 1).is_within_range());
	}
}

#[test]
fn answers_are_due_before_faults_and_announced_faults_are_revealed_no_later() {
	let windows = |challenge_window, answer_window, reward_window| {
		Settings { challenge_window, answer_window, reward_window, ..DEFAULTS }.check()
	};
	assert_eq!(windows(10, 8, 10), Ok(()));
	assert_eq!(windows(10, 9, 10), Err(Refusal::AnswerWindowTooLong));
	assert_eq!(windows(10, 10, 10), Err(Refusal::AnswerWindowTooLong));
	assert_eq!(windows(10, 8, 11), Err(Refusal::RewardWindowTooLong));
	assert_eq!(windows(CHALLENGE_WINDOW.least, ANSWER_WINDOW.least, 1), Ok(()));
	assert_eq!(windows(3, 2, 1), Err(Refusal::OutOfRange));
}

#[test]
fn settings_read_as_json_by_name() {
	let json = serde_json::to_value(&DEFAULTS).unwrap();
	assert_eq!(json["protocolFee"], 20_000_000);
	assert_eq!(json["minPayment"], "10000000000");
	assert_eq!(json["drawDelay"], 2);
	assert_eq!(serde_json::from_value::<Settings>(json).unwrap(), DEFAULTS);
}
