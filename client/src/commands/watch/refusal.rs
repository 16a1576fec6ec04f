//! Why a demand is refused.

use crate::error::Error;

/// Why `Availability.demand` refuses for good, whatever happens in later blocks.
const FINAL: [&str; 17] = [
	"NotFound",
	"ChunkOutOfRange",
	"EmptyBlob",
	"DemandsOver",
	"PotSettled",
	"AlreadyWithheld",
	"MissingItem",
	"UnexpectedItem",
	"UnexpectedReport",
	"OutsideCorpus",
	"ContributionEnded",
	"OpeningOutOfRange",
	"OpeningBadLength",
	"OpeningBadSiblings",
	"OpeningRootMismatch",
	"OpeningNotTail",
	"OpeningNotCovered",
];

/// What a refusal means for later demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
	/// The chunk is demanded.
	Pends,
	/// No demand for the blob will be heard.
	Final,
	/// It may be heard later: the account may be funded, or the pool have room.
	MayPass,
}

impl Refusal {
	/// What `error` of a demand means.
	pub fn of(error: &Error) -> Self {
		match error.name().and_then(|name| name.strip_prefix("Availability::")) {
			Some("AlreadyDemanded") => Self::Pends,
			Some(name) if FINAL.contains(&name) => Self::Final,
			_ => Self::MayPass,
		}
	}
}

/// Whether a demand is refused because what it is for does not count any more.
pub fn says_withheld(error: &Error) -> bool {
	let name = error.name().and_then(|name| name.strip_prefix("Availability::"));
	matches!(name, Some("AlreadyWithheld" | "OutsideCorpus"))
}

/// Why `Attribution.reveal_announcement` refuses for good, as long as the report stays void.
const UNREVEALABLE: [&str; 6] = [
	"NotAnnounced",
	"WrongAnnouncement",
	"FaultNotFound",
	"FaultOutOfRange",
	"NoFault",
	"NobodyToBlame",
];

/// Whether there is nothing left to reveal after a refusal. Any other may pass: the account may be funded, or the
/// pool have room.
pub fn ends_reveal(error: &Error) -> bool {
	let name = error.name().and_then(|name| name.strip_prefix("Attribution::"));
	name.is_some_and(|name| UNREVEALABLE.contains(&name) || name.starts_with("Opening"))
}

/// Whether there is no announcement to reveal, or none any more.
pub fn says_not_announced(error: &Error) -> bool {
	error.name() == Some("Attribution::NotAnnounced")
}

#[cfg(test)]
mod tests {
	use super::*;

	fn refused(name: &str) -> Error {
		Error::Refused { name: Some(name.into()), message: String::new() }
	}

	#[test]
	fn a_reveal_is_over_only_where_the_chain_has_judged_it() {
		for name in UNREVEALABLE.into_iter().chain(["OpeningRootMismatch"]) {
			assert!(ends_reveal(&refused(&format!("Attribution::{name}"))), "{name}");
		}
		for passing in [
			Error::refused("too many submissions are being checked (RPC error 10031)"),
			Error::refused("the pool does not take it now (RPC error 10030)"),
			Error::refused("the account can not pay the transaction's fee. Fund it first."),
			Error::refused("the transaction entered none of 64 blocks"),
			refused("Availability::NotFound"),
			// The report may be void again after a reorganisation.
			refused("Attribution::NoReward"),
		] {
			assert!(!ends_reveal(&passing), "{passing:?}");
		}
	}

	#[test]
	fn what_is_withheld_is_told_from_what_is_not_there() {
		for name in ["AlreadyWithheld", "OutsideCorpus"] {
			let error = refused(&format!("Availability::{name}"));
			assert!(says_withheld(&error) && Refusal::of(&error) == Refusal::Final);
		}
		assert!(!says_withheld(&refused("Availability::EmptyBlob")));
		assert!(!says_withheld(&Error::refused("AlreadyWithheld")));
	}

	#[test]
	fn only_an_error_that_is_named_and_final_ends_the_demands_for_a_blob() {
		for name in FINAL {
			assert_eq!(Refusal::of(&refused(&format!("Availability::{name}"))), Refusal::Final);
		}
		assert_eq!(Refusal::of(&refused("Availability::AlreadyDemanded")), Refusal::Pends);
		for passing in [
			Error::refused("the account can not pay the transaction's fee"),
			Error::refused("the pool is full"),
			refused("Datasets::TooManyLocks"),
			refused("Utility::NotFound"),
			refused("Balances::InsufficientBalance"),
			refused("Availability::AnErrorOfALaterRelease"),
		] {
			assert_eq!(Refusal::of(&passing), Refusal::MayPass, "{passing:?}");
		}
	}
}
