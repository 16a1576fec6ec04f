//! Why a gateway refuses.

use serde::{Deserialize, Serialize};

use super::wire::Offer;

/// A refusal, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
	/// Which.
	pub error: Kind,
	/// What was wrong and what to do.
	pub message: String,
	/// The answer that has to be paid for before.
	#[serde(skip_serializing_if = "Option::is_none", default)]
	pub offer: Option<Box<Offer>>,
}

/// The kinds of refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
	/// The request is not understood.
	BadRequest,
	/// There is nothing under that path.
	NotFound,
	/// The request or the prompt is too long.
	TooLong,
	/// The channel does not pay for answers of this gateway.
	Channel,
	/// The question is not one of the channel's signer.
	Signature,
	/// The channel's deposit is used up.
	Deposit,
	/// An answer of the channel has to be paid for first.
	Unpaid,
	/// The voucher is not the one that the answer is sold for, or is not signed.
	Voucher,
	/// The program gave no answer.
	Program,
	/// Something on the gateway's side.
	Unavailable,
}

impl Kind {
	/// The status of an HTTP response.
	pub fn status(self) -> u16 {
		match self {
			Self::BadRequest => 400,
			Self::NotFound => 404,
			Self::TooLong => 413,
			Self::Channel | Self::Signature | Self::Voucher => 403,
			Self::Deposit => 402,
			Self::Unpaid => 409,
			Self::Program => 502,
			Self::Unavailable => 503,
		}
	}
}

impl Problem {
	/// A refusal.
	pub fn new(error: Kind, message: impl std::fmt::Display) -> Self {
		Self { error, message: message.to_string(), offer: None }
	}

	/// Something on this side, which a stranger is not told the details of.
	pub fn unavailable(why: impl std::fmt::Display) -> Self {
		eprintln!("a request was not served: {why}");
		Self::new(Kind::Unavailable, "the gateway can not serve that now. Try again later.")
	}
}
