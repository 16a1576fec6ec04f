//! What may go wrong, and the exit code that says so.

use std::{fmt::Display, io, path::Path};

use serde_json::{json, Value};

/// Everything that a command may end with other than success.
///
/// Each message says what was wrong and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The chain, or the check that was asked for, said no. Exit code 1.
	#[error("{message}")]
	Refused {
		/// The error's name, `Pallet::Error` where a pallet refused.
		name: Option<String>,
		/// What was wrong and what to do.
		message: String,
	},
	/// Something in the arguments or on this machine is not as it must be. Exit code 2.
	#[error("{0}")]
	Usage(String),
	/// The node can not be reached, or stopped answering. Exit code 3.
	#[error("{0}")]
	Unreachable(String),
}

/// The result of a command.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
	/// A refusal without a pallet's error behind it.
	pub fn refused(message: impl Display) -> Self {
		Self::Refused { name: None, message: message.to_string() }
	}

	/// Wrong arguments, or something on this machine that is not as it must be.
	pub fn usage(message: impl Display) -> Self {
		Self::Usage(message.to_string())
	}

	/// A file that can not be read or written.
	pub fn file(path: &Path, error: io::Error) -> Self {
		Self::Usage(format!("{}: {error}. Check the path and its permissions.", path.display()))
	}

	/// The process's exit code.
	pub fn exit_code(&self) -> u8 {
		match self {
			Self::Refused { .. } => 1,
			Self::Usage(_) => 2,
			Self::Unreachable(_) => 3,
		}
	}

	/// The pallet's error, such as `Datasets::TooEarly`.
	pub fn name(&self) -> Option<&str> {
		match self {
			Self::Refused { name, .. } => name.as_deref(),
			_ => None,
		}
	}

	/// Whether a pallet refused with the error `wanted`, given without the pallet.
	pub fn is(&self, wanted: &str) -> bool {
		self.name().and_then(|name| name.rsplit("::").next()) == Some(wanted)
	}

	/// What `--json` prints.
	pub fn to_json(&self) -> Value {
		json!({
			"error": { "exit": self.exit_code(), "name": self.name(), "message": self.to_string() }
		})
	}
}

impl From<subxt::rpcs::Error> for Error {
	fn from(error: subxt::rpcs::Error) -> Self {
		match error {
			subxt::rpcs::Error::User(user) => {
				let data =
					user.data.and_then(|data| serde_json::from_str::<Value>(data.get()).ok());
				let text = |key: &str| data.as_ref().and_then(|data| data[key].as_str());
				let name = text("pallet")
					.zip(text("error"))
					.map(|(pallet, error)| format!("{pallet}::{error}"));
				let message = match data.as_ref().and_then(Value::as_str) {
					Some(detail) => format!("{}: {detail}", user.message),
					None => user.message,
				};
				Self::Refused { name, message: format!("{message} (RPC error {})", user.code) }
			}
			error @ (subxt::rpcs::Error::Client(_)
			| subxt::rpcs::Error::DisconnectedWillReconnect(_)) => {
				Self::Unreachable(format!("the node stopped answering: {error}. Is it running?"))
			}
			error => Self::Unreachable(format!(
				"the node's answer is not understood: {error}. Are node and program of one release?"
			)),
		}
	}
}

impl From<subxt::Error> for Error {
	fn from(error: subxt::Error) -> Self {
		match error {
			subxt::Error::OtherRpcClientError(error) => error.into(),
			error => Self::Unreachable(format!(
				"the node's answer is not understood: {error}. Are node and program of one release?"
			)),
		}
	}
}

/// Turns the errors of subxt's parts into [`Error`] through [`subxt::Error`].
pub fn from_subxt(error: impl Into<subxt::Error>) -> Error {
	error.into().into()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_pallet_error_is_recognised_without_its_pallet() {
		let error = Error::Refused {
			name: Some("Datasets::AlreadyRegistered".into()),
			message: String::new(),
		};
		assert!(error.is("AlreadyRegistered"));
		assert!(!error.is("Registered"));
		assert!(!Error::usage("x").is("AlreadyRegistered"));
	}

	#[test]
	fn the_node_names_the_error_of_a_call_that_it_tried() {
		let user = serde_json::from_value::<subxt::rpcs::UserError>(json!({
			"code": 10021,
			"message": "the call would fail",
			"data": { "pallet": "Datasets", "error": "TooEarly", "docs": "" },
		}));
		let error = Error::from(subxt::rpcs::Error::User(user.unwrap()));
		assert_eq!(error.name(), Some("Datasets::TooEarly"));
		assert_eq!(error.to_string(), "the call would fail (RPC error 10021)");
	}

	#[test]
	fn each_kind_has_its_exit_code() {
		assert_eq!(Error::refused("").exit_code(), 1);
		assert_eq!(Error::usage("").exit_code(), 2);
		assert_eq!(Error::Unreachable(String::new()).exit_code(), 3);
	}
}
