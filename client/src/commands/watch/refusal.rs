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

#[cfg(test)]
mod tests {
	use super::*;

	fn refused(name: &str) -> Error {
		Error::Refused { name: Some(name.into()), message: String::new() }
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
