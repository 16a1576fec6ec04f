//! The codes with which a fault transaction is refused before it reaches a block: the `n` of
//! [`InvalidTransaction::Custom`]. They are part of the interface and never change their meaning. Codes
//! 16 to 31 are those of openings: [`tributary_primitives::blob::OpeningError::code`].

use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use tributary_primitives::{fault::FaultError, run::RunError};

use crate::{Config, Error};

/// There is no report on that epoch of that model.
pub const NO_REPORT: u8 = 1;
/// The report that stands has another id: the one that the fault is for is void or never was.
pub const WRONG_REPORT: u8 = 2;
/// The report is final.
pub const ALREADY_FINAL: u8 = 3;
/// The report's challenge window is over.
pub const CHALLENGE_OVER: u8 = 4;
/// The fault names a receipt, item, entry, payout or source that does not exist.
pub const FAULT_NOT_FOUND: u8 = 32;
/// The fault says something about a place that the entry does not cover.
pub const FAULT_OUT_OF_RANGE: u8 = 33;
/// What the fault shows is as it should be.
pub const NO_FAULT: u8 = 34;

/// Why the open report cannot be challenged by a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
	/// [`NO_REPORT`].
	NoReport,
	/// [`WRONG_REPORT`].
	WrongReport,
	/// [`ALREADY_FINAL`].
	AlreadyFinal,
	/// [`CHALLENGE_OVER`].
	ChallengeOver,
	/// The fault shows nothing.
	Fault(FaultError),
}

impl Refusal {
	/// The code of the refusal.
	pub fn code(self) -> u8 {
		match self {
			Self::NoReport => NO_REPORT,
			Self::WrongReport => WRONG_REPORT,
			Self::AlreadyFinal => ALREADY_FINAL,
			Self::ChallengeOver => CHALLENGE_OVER,
			Self::Fault(FaultError::Opening(error)) => error.code(),
			Self::Fault(FaultError::NotFound) => FAULT_NOT_FOUND,
			Self::Fault(FaultError::OutOfRange) => FAULT_OUT_OF_RANGE,
			Self::Fault(FaultError::NoFault) => NO_FAULT,
		}
	}
}

impl From<FaultError> for Refusal {
	fn from(error: FaultError) -> Self {
		Self::Fault(error)
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
			Refusal::NoReport => Self::NotFound,
			Refusal::WrongReport => Self::WrongReport,
			Refusal::AlreadyFinal => Self::AlreadyFinal,
			Refusal::ChallengeOver => Self::ChallengeOver,
			Refusal::Fault(FaultError::Opening(error)) => error.into(),
			Refusal::Fault(FaultError::NotFound) => Self::FaultNotFound,
			Refusal::Fault(FaultError::OutOfRange) => Self::FaultOutOfRange,
			Refusal::Fault(FaultError::NoFault) => Self::NoFault,
		}
	}
}

impl<T: Config> From<RunError> for Error<T> {
	fn from(error: RunError) -> Self {
		match error {
			RunError::Opening(error) => error.into(),
			RunError::WrongRun => Self::WrongRun,
		}
	}
}
