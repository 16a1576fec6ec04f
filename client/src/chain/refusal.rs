//! Why the chain refuses, in words.

use subxt::{
	error::DispatchError, metadata::ArcMetadata, transactions::TransactionInvalid,
	transactions::TransactionUnknown,
};

use crate::error::Error;

/// The error of a call that was executed and failed. A pallet's error carries its own documentation,
/// which says what was wrong and what to do.
pub fn dispatch_error(bytes: &[u8], metadata: &ArcMetadata) -> Error {
	let error = match DispatchError::decode_from(bytes, metadata.clone()) {
		Ok(error) => error,
		Err(error) => {
			return Error::refused(format!(
				"the call failed with an error that this program does not know: {error}"
			))
		}
	};
	if let DispatchError::Module(module) = &error {
		if let Ok(details) = module.details() {
			let name = format!("{}::{}", details.pallet.name(), details.variant.name);
			let docs = details.variant.docs.join(" ");
			let docs = docs.trim();
			let message = if docs.is_empty() { name.clone() } else { format!("{docs} ({name})") };
			return Error::Refused { name: Some(name), message };
		}
	}
	Error::refused(with_advice(&error))
}

fn with_advice(error: &DispatchError) -> String {
	let advice = match error {
		DispatchError::Token(_) => "Look at the account with `tributary balance`, and fund it.",
		DispatchError::BadOrigin => "Sign with the account that this call is for.",
		_ => "",
	};
	format!("{error} {advice}").trim_end().to_owned()
}

/// The error of a transaction that would not enter a block.
pub fn invalid(reason: &TransactionInvalid) -> Error {
	Error::refused(match reason {
		TransactionInvalid::Payment => {
			"the account can not pay the transaction's fee. Fund it first.".to_owned()
		}
		TransactionInvalid::Stale | TransactionInvalid::Future => {
			"another transaction of the account took its place. Try again.".to_owned()
		}
		TransactionInvalid::BadProof => {
			"the chain does not accept the signature: node and program are of different releases."
				.to_owned()
		}
		TransactionInvalid::ExhaustsResources => {
			"the transaction is larger than a block takes. Send less at once.".to_owned()
		}
		TransactionInvalid::Custom(code) => {
			format!("the chain refuses the transaction with code {code}; see docs/integrator.md")
		}
		other => format!("the chain refuses the transaction: {other:?}"),
	})
}

/// The error of a transaction of which the chain can not say whether it is valid.
pub fn unknown(reason: &TransactionUnknown) -> Error {
	Error::refused(format!("the chain can not check the transaction: {reason:?}"))
}
