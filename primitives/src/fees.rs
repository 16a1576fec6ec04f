//! Parameters that can be changed, and the bounds within which the claims of the protocol hold
//! (protocol 4, 5, 11).
//!
//! The only value that leaves a payment for good is the burned part of the protocol fee. Whoever pays for
//! a model of their own, attributes the epoch and owns every source takes the net amount back, and as the
//! block's author the [author's share](AUTHOR_SHARE) of the fee. What is left is burned, whoever they
//! are: at least the [burned](burned) part of [`PROTOCOL_FEE`]`.least`, as the author's share is never
//! the whole. A coalition that does not make all blocks loses the author's share too in the blocks of
//! others.
//!
//! The same goes for what accounts stake on a claim: half of it is burned when it is lost, so the bounds
//! of bonds need to keep them above nothing only. They also keep a bond or deposit within what an honest
//! participant has.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

#[cfg(feature = "std")]
use crate::views::planck;

/// One token, in planck.
pub const TRIB: u128 = 1_000_000_000_000;

const MILLI_TRIB: u128 = TRIB / 1_000;

/// The values that a parameter may take, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range<T> {
	/// The least.
	pub least: T,
	/// The greatest.
	pub most: T,
}

impl<T: PartialOrd> Range<T> {
	/// Whether the parameter may be `value`.
	pub fn holds(&self, value: &T) -> bool {
		self.least <= *value && *value <= self.most
	}
}

/// The protocol's part of a payment: 0.1 % to 20 %. Something is burned of every payment, and four fifths
/// reach those whom it is for.
pub const PROTOCOL_FEE: Range<Perbill> =
	Range { least: Perbill::from_parts(1_000_000), most: Perbill::from_percent(20) };

/// The block author's part of the protocol fee: at most 75 %. The rest is burned.
pub const AUTHOR_SHARE: Range<Perbill> =
	Range { least: Perbill::zero(), most: Perbill::from_percent(75) };

/// The attributor's part of the data's part of a payment: at most 50 %.
pub const ATTRIBUTION_FEE: Range<Perbill> =
	Range { least: Perbill::zero(), most: Perbill::from_percent(50) };

/// The treasury's part of a transaction's fee: 10 % to 80 %. An author who fills blocks with transactions
/// of its own loses it, and one who takes those of others earns more than one who makes empty blocks.
pub const TREASURY_SHARE: Range<Perbill> =
	Range { least: Perbill::from_percent(10), most: Perbill::from_percent(80) };

/// The least payment: 0.001 TRIB to 100 TRIB.
pub const MIN_PAYMENT: Range<u128> = Range { least: MILLI_TRIB, most: 100 * TRIB };

/// An attributor's bond for each open report: 1 TRIB to 100,000 TRIB.
pub const REPORT_BOND: Range<u128> = Range { least: TRIB, most: 100_000 * TRIB };

/// What a demand for a chunk holds, and its answer is paid: 0.01 TRIB to 100 TRIB.
pub const DEMAND_DEPOSIT: Range<u128> = Range { least: 10 * MILLI_TRIB, most: 100 * TRIB };

/// What an accusation of a copy or a loop holds: 0.1 TRIB to 10,000 TRIB.
pub const ACCUSATION_BOND: Range<u128> = Range { least: 100 * MILLI_TRIB, most: 10_000 * TRIB };

/// What a commitment holds, and loses where nothing is revealed: 0.01 TRIB to 10 TRIB.
pub const COMMIT_DEPOSIT: Range<u128> = Range { least: 10 * MILLI_TRIB, most: 10 * TRIB };

/// The least that a contribution holds: 0.01 TRIB to 100 TRIB.
pub const CONTRIBUTION_DEPOSIT: Range<u128> = Range { least: 10 * MILLI_TRIB, most: 100 * TRIB };

/// The blocks from an accusation to its draw: 2 to 100. With every block more it is that much harder to
/// make all of them.
pub const DRAW_DELAY: Range<u32> = Range { least: 2, most: 100 };

/// The blocks after the draw in which hits may be shown: 5 to 28,800.
pub const PROOF_WINDOW: Range<u32> = Range { least: 5, most: 28_800 };

/// The blocks after a report in which demands and faults are heard: 4 to 201,600.
pub const CHALLENGE_WINDOW: Range<u32> = Range { least: 4, most: 201_600 };

/// The blocks after a demand in which it may be answered: 2 to 28,800, and fewer by 2 at least than those in
/// which faults are heard: a demand that is made with a report is enforced in the block after the last for
/// its answer, and what it shows may be faulted in the block after that.
pub const ANSWER_WINDOW: Range<u32> = Range { least: 2, most: 28_800 };

/// The blocks after a report fell in which announced faults of it may be revealed: 1 to 28,800, and no more
/// than those in which faults are heard.
pub const REWARD_WINDOW: Range<u32> = Range { least: 1, most: 28_800 };

/// An amount in two parts that sum to it, in planck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
	/// The part that the share names, rounded down.
	pub share: u128,
	/// What is left.
	pub rest: u128,
}

/// Divides `amount` planck by `share`. The share rounds down, so that the rest of anything is something
/// where the share is less than the whole.
pub fn divide(amount: u128, share: Perbill) -> Division {
	let part = share.mul_floor(amount);
	Division { share: part, rest: amount.saturating_sub(part) }
}

/// What is burned of a protocol fee of `fee` planck.
pub fn burned(fee: u128, author_share: Perbill) -> u128 {
	divide(fee, author_share).rest
}

/// Why a parameter may not have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
	/// It is outside the parameter's range.
	OutOfRange,
	/// Answers would be heard for as long as faults, or longer, or for one block less.
	AnswerWindowTooLong,
	/// Announced faults could be revealed for longer than faults are heard.
	RewardWindowTooLong,
}

macro_rules! settings {
	($(
		$(#[doc = $docs:literal])+
		$(#[serde($with:meta)])?
		$field:ident, $variant:ident($index:literal): $type:ty, $range:ident, default $default:expr;
	)*) => {
		/// All parameters that can be changed. In JSON, rates are parts per billion and amounts are
		/// decimal strings in planck.
		#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
		#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
		#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
		pub struct Settings {
			$(
				$(#[doc = $docs])+
				$(#[cfg_attr(feature = "std", serde($with))])?
				pub $field: $type,
			)*
		}

		/// The settings of a new chain.
		pub const DEFAULTS: Settings = Settings { $($field: $default),* };

		/// A new value of one parameter.
		#[allow(
			clippy::cast_possible_truncation,
			reason = "the codec derive casts the variant's index, which it has checked"
		)]
		#[derive(
			Clone,
			Debug,
			PartialEq,
			Eq,
			Encode,
			Decode,
			DecodeWithMemTracking,
			MaxEncodedLen,
			TypeInfo,
		)]
		pub enum Setting {
			$(
				$(#[doc = $docs])+
				#[codec(index = $index)]
				$variant($type),
			)*
		}

		impl Setting {
			/// Whether the value is within the parameter's range.
			pub fn is_within_range(&self) -> bool {
				match self {
					$(Self::$variant(value) => $range.holds(value),)*
				}
			}
		}

		impl Settings {
			/// One by one, in order of their indices.
			pub fn each(&self) -> impl Iterator<Item = Setting> {
				[$(Setting::$variant(self.$field)),*].into_iter()
			}

			/// These, but for one that has a new value.
			pub fn with(self, setting: Setting) -> Self {
				match setting {
					$(Setting::$variant($field) => Self { $field, ..self },)*
				}
			}
		}
	};
}

settings! {
	/// The protocol's part of every payment.
	protocol_fee, ProtocolFee(0): Perbill, PROTOCOL_FEE, default Perbill::from_percent(2);
	/// The block author's part of the protocol fee; the rest is burned.
	author_share, AuthorShare(1): Perbill, AUTHOR_SHARE, default Perbill::from_percent(50);
	/// The attributor's part of the data's part of a payment.
	attribution_fee, AttributionFee(2): Perbill, ATTRIBUTION_FEE, default Perbill::from_percent(5);
	/// The treasury's part of a transaction's fee; the rest, and tips, are the block author's.
	treasury_share, TreasuryShare(3): Perbill, TREASURY_SHARE, default Perbill::from_percent(20);
	/// The least payment.
	#[serde(with = "planck")]
	min_payment, MinPayment(4): u128, MIN_PAYMENT, default 10 * MILLI_TRIB;
	/// An attributor's bond for each open report.
	#[serde(with = "planck")]
	report_bond, ReportBond(5): u128, REPORT_BOND, default 100 * TRIB;
	/// What a demand for a chunk holds, and its answer is paid.
	#[serde(with = "planck")]
	demand_deposit, DemandDeposit(6): u128, DEMAND_DEPOSIT, default TRIB;
	/// What an accusation of a copy or a loop holds.
	#[serde(with = "planck")]
	accusation_bond, AccusationBond(7): u128, ACCUSATION_BOND, default 10 * TRIB;
	/// What a commitment holds, and loses where nothing is revealed.
	#[serde(with = "planck")]
	commit_deposit, CommitDeposit(8): u128, COMMIT_DEPOSIT, default 100 * MILLI_TRIB;
	/// The least that a contribution holds.
	#[serde(with = "planck")]
	contribution_deposit, ContributionDeposit(9): u128, CONTRIBUTION_DEPOSIT, default TRIB;
	/// The blocks from an accusation to its draw.
	draw_delay, DrawDelay(10): u32, DRAW_DELAY, default 2;
	/// The blocks after the draw in which hits may be shown.
	proof_window, ProofWindow(11): u32, PROOF_WINDOW, default 10;
	/// The blocks after a report in which demands and faults are heard. Demands put off the end for faults.
	challenge_window, ChallengeWindow(12): u32, CHALLENGE_WINDOW, default 10;
	/// The blocks after a demand in which it may be answered.
	answer_window, AnswerWindow(13): u32, ANSWER_WINDOW, default 6;
	/// The blocks after a report fell in which announced faults of it may be revealed.
	reward_window, RewardWindow(14): u32, REWARD_WINDOW, default 6;
}

impl Settings {
	/// Checks all of them together.
	///
	/// # Errors
	/// The first reason why they may not be so.
	pub fn check(&self) -> Result<(), Refusal> {
		if self.each().any(|setting| !setting.is_within_range()) {
			return Err(Refusal::OutOfRange);
		}
		if self.answer_window.saturating_add(1) >= self.challenge_window {
			return Err(Refusal::AnswerWindowTooLong);
		}
		if self.reward_window > self.challenge_window {
			return Err(Refusal::RewardWindowTooLong);
		}
		Ok(())
	}
}

#[cfg(test)]
mod tests;
