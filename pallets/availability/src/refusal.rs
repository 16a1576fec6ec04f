//! The codes with which an answer is refused before it reaches a block: the `n` of
//! [`InvalidTransaction::Custom`]. They are part of the interface and never change their meaning. Those
//! of openings are [`OpeningError::code`].

use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use tributary_primitives::blob::OpeningError;

use crate::{Config, Error};

/// There is no such demand: it was answered or enforced, or never was.
pub const NO_DEMAND: u8 = 64;
/// The demand's last block is over.
pub const ANSWER_OVER: u8 = 65;

/// Why a demand is not answered by an opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
	/// [`NO_DEMAND`].
	NoDemand,
	/// [`ANSWER_OVER`].
	AnswerOver,
	/// The opening does not show the chunk.
	Opening(OpeningError),
}

impl Refusal {
	/// The code of the refusal.
	pub fn code(self) -> u8 {
		match self {
			Self::NoDemand => NO_DEMAND,
			Self::AnswerOver => ANSWER_OVER,
			Self::Opening(error) => error.code(),
		}
	}
}

impl From<OpeningError> for Refusal {
	fn from(error: OpeningError) -> Self {
		Self::Opening(error)
	}
}

impl From<Refusal> for TransactionValidityError {
	fn from(refusal: Refusal) -> Self {
		InvalidTransaction::Custom(refusal.code()).into()
	}
}

impl<T: Config> From<Refusal> for Error<T> {
	fn from(refusal: Refusal) -> Self {
		match refusal {
			Refusal::NoDemand => Self::NotFound,
			Refusal::AnswerOver => Self::AnswerOver,
			Refusal::Opening(error) => error.into(),
		}
	}
}
