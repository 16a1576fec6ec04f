//! The errors of the `attribution_` methods, numbered from 10000.
//!
//! | code | name | what happened, and what to do |
//! |---|---|---|
//! | 10001 | [`Error::UnknownBlock`] | `at` names a block that this node does not have, or whose state it has pruned: leave `at` out, or ask an archive node |
//! | 10002 | [`Error::Runtime`] | the runtime could not be called: the block is of another chain or release, or the database is damaged |
//! | 10010 | [`Error::TooLarge`] | the extrinsic is over the method's size bound: split the batch |
//! | 10011 | [`Error::Malformed`] | the bytes are no extrinsic of this runtime: encode with this chain's metadata |
//! | 10012 | [`Error::WrongCall`] | the call is not one that the method carries: use `author_submitExtrinsic` |
//! | 10013 | [`Error::Unsigned`] | the call needs a signature |
//! | 10020 | [`Error::Invalid`] | no block would take the transaction: signature, nonce, age or fee |
//! | 10021 | [`Error::Refused`] | the call would fail: `data` has the pallet and the error |
//! | 10022 | [`Error::AlreadyRegistered`] | somebody registered these bytes before: `data.first` is the contribution |
//! | 10023 | [`Error::NoReport`] | there is no live report to fault |
//! | 10024 | [`Error::NoFault`] | the fault shows nothing wrong |
//! | 10025 | [`Error::NoDemand`] | there is no such open demand: it was answered or enforced, or lapsed |
//! | 10026 | [`Error::AnswerOver`] | the demand may no longer be answered: `data.until` was the last block |
//! | 10027 | [`Error::WrongAnswer`] | the answer does not show the demanded chunk: open `data.chunk` |
//! | 10030 | [`Error::Pool`] | the transaction is good, but the pool does not take it now: try later |
//! | 10031 | [`Error::Busy`] | too many submissions are being checked or wait for it: try later |
//!
//! Parameters that can not be read at all are JSON-RPC's own -32602.

use jsonrpsee::types::{ErrorObject, ErrorObjectOwned};
use serde::Serialize;
use sp_api::ApiError;
use tributary_primitives::{
	blob::OpeningError,
	fault::FaultError,
	ids::{EpochIndex, ModelId, Seq},
};

use crate::service::Hash;

/// Why an `attribution_` method gives no answer. The module's docs list the codes.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// `at` can not be read.
	#[error(
		"block {0:?} is not known here, or its state has been pruned; leave `at` out for the best block, \
		 or ask an archive node"
	)]
	UnknownBlock(Hash),
	/// The runtime could not be called.
	#[error("the runtime could not answer: {0}")]
	Runtime(String),
	/// The extrinsic is over the size bound.
	#[error("the extrinsic has {len} bytes and this method takes at most {limit}; split it")]
	TooLarge {
		/// Its bytes.
		len: usize,
		/// The most that the method takes.
		limit: usize,
	},
	/// The bytes are no extrinsic.
	#[error(
		"the bytes are no extrinsic of this runtime ({0}); encode it with the metadata of this chain"
	)]
	Malformed(String),
	/// The method does not carry this call.
	#[error("{carries}; submit any other call with author_submitExtrinsic")]
	WrongCall {
		/// What the method carries.
		carries: &'static str,
	},
	/// The call needs a signature.
	#[error("the extrinsic is not signed, and this call is made by an account; sign it")]
	Unsigned,
	/// No block would take the transaction.
	#[error("no block would take the transaction: {0}")]
	Invalid(String),
	/// The call would fail.
	#[error("the call would fail: {0}")]
	Refused(Refusal),
	/// The bytes were registered before.
	#[error(
		"the call would fail: the bytes 0x{} were registered first as contribution {first}; only the first \
		 registration of a blob counts",
		hex::encode(.root)
	)]
	AlreadyRegistered {
		/// The BLAKE3 hash of the bytes.
		root: [u8; 32],
		/// Who came first.
		first: Seq,
	},
	/// There is no live report.
	#[error(
		"model {model} has no live report for epoch {epoch}: none was posted, or it was voided already"
	)]
	NoReport {
		/// The model.
		model: ModelId,
		/// The epoch.
		epoch: EpochIndex,
	},
	/// The fault shows nothing wrong.
	#[error("the fault is refused: {}", fault_words(.0))]
	NoFault(FaultError),
	/// There is no such open demand.
	#[error(
		"demand {demand} is not open: it was never made, was answered or enforced, or has lapsed; \
		 attribution_demands lists those that are"
	)]
	NoDemand {
		/// The demand.
		demand: u64,
	},
	/// The demand may no longer be answered.
	#[error("demand {demand} could be answered until block {until}: no answer is heard after it")]
	AnswerOver {
		/// The demand.
		demand: u64,
		/// The last block in which it could be answered.
		until: u32,
	},
	/// The answer does not show the demanded chunk.
	#[error("the answer does not show chunk {chunk}, which demand {demand} is for: {error}")]
	WrongAnswer {
		/// The demand.
		demand: u64,
		/// The chunk that it is for.
		chunk: u64,
		/// What is wrong with the opening.
		error: OpeningError,
	},
	/// The pool does not take the transaction.
	#[error("the pool does not take the transaction now: {0}")]
	Pool(String),
	/// The queue of submissions is full.
	#[error(
		"the node is checking as many submissions as it takes at once ({limit}, with those that wait); \
		 submit again in a few seconds"
	)]
	Busy {
		/// The most that are checked or wait.
		limit: usize,
	},
}

/// Why a call would fail.
#[derive(Debug, Serialize)]
pub struct Refusal {
	/// The pallet that refuses it; `None` where it is the system.
	pub pallet: Option<String>,
	/// The error's name.
	pub error: String,
	/// What the error means.
	pub docs: String,
}

impl core::fmt::Display for Refusal {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		if let Some(pallet) = &self.pallet {
			write!(f, "{pallet}.")?;
		}
		f.write_str(&self.error)?;
		if !self.docs.is_empty() {
			write!(f, ": {}", self.docs)?;
		}
		Ok(())
	}
}

impl Error {
	/// The number that the method answers with.
	pub fn code(&self) -> i32 {
		match self {
			Self::UnknownBlock(_) => 10_001,
			Self::Runtime(_) => 10_002,
			Self::TooLarge { .. } => 10_010,
			Self::Malformed(_) => 10_011,
			Self::WrongCall { .. } => 10_012,
			Self::Unsigned => 10_013,
			Self::Invalid(_) => 10_020,
			Self::Refused(_) => 10_021,
			Self::AlreadyRegistered { .. } => 10_022,
			Self::NoReport { .. } => 10_023,
			Self::NoFault(_) => 10_024,
			Self::NoDemand { .. } => 10_025,
			Self::AnswerOver { .. } => 10_026,
			Self::WrongAnswer { .. } => 10_027,
			Self::Pool(_) => 10_030,
			Self::Busy { .. } => 10_031,
		}
	}

	fn data(&self) -> Option<serde_json::Value> {
		match self {
			Self::Refused(refusal) => serde_json::to_value(refusal).ok(),
			Self::AlreadyRegistered { root, first } => Some(serde_json::json!({
				"pallet": "Datasets",
				"error": "AlreadyRegistered",
				"root": format!("0x{}", hex::encode(root)),
				"first": first,
			})),
			Self::NoDemand { demand } => Some(serde_json::json!({ "demand": demand })),
			Self::AnswerOver { demand, until } => {
				Some(serde_json::json!({ "demand": demand, "until": until }))
			}
			Self::WrongAnswer { demand, chunk, .. } => {
				Some(serde_json::json!({ "demand": demand, "chunk": chunk }))
			}
			_ => None,
		}
	}
}

impl From<ApiError> for Error {
	fn from(error: ApiError) -> Self {
		Self::Runtime(error.to_string())
	}
}

impl From<sp_blockchain::Error> for Error {
	fn from(error: sp_blockchain::Error) -> Self {
		Self::Runtime(error.to_string())
	}
}

impl From<Error> for ErrorObjectOwned {
	fn from(error: Error) -> Self {
		ErrorObject::owned(error.code(), error.to_string(), error.data())
	}
}

fn fault_words(error: &FaultError) -> String {
	match error {
		FaultError::Opening(opening) => opening.to_string(),
		FaultError::NotFound => {
			"it names a receipt, item, entry, payout or source that does not exist".into()
		}
		FaultError::OutOfRange => {
			"it speaks of a place that the entry does not cover, or that can not be a fault".into()
		}
		FaultError::NoFault => "what it shows is as it should be".into(),
	}
}
