//! Why a peer does not give a blob.

use iroh_blobs::{
	get::{
		fsm::{AtBlobHeaderNextError, DecodeError},
		GetError,
	},
	protocol::ERR_LIMIT,
};

use crate::error::Error;

/// Why one peer did not give a blob.
#[derive(Debug)]
pub enum Failure {
	/// It can not be reached, or stopped answering.
	Unreachable(String),
	/// It has given others, and does not begin with this one.
	Busy(String),
	/// It answers, and does not give it.
	NotServed(String),
	/// The time is over, whoever is asked.
	OutOfTime,
	/// Something on this machine.
	Local(Error),
}

/// What an error of a transfer says of the peer.
pub fn failure(error: &GetError) -> Failure {
	let not_served = || Failure::NotServed("does not serve it".into());
	match error {
		GetError::LocalFailure { .. } | GetError::IrpcSend { .. } => {
			Failure::Local(Error::usage(format!("the folder .fetch of the store fails: {error:#}")))
		}
		GetError::AtBlobHeaderNext { source: AtBlobHeaderNextError::NotFound { .. }, .. } => {
			not_served()
		}
		GetError::Decode { source, .. } => match source {
			DecodeError::ParentHashMismatch { .. } | DecodeError::LeafHashMismatch { .. } => {
				Failure::NotServed("sends other bytes under that hash".into())
			}
			DecodeError::ChunkNotFound { .. }
			| DecodeError::ParentNotFound { .. }
			| DecodeError::LeafNotFound { .. } => Failure::NotServed("has only a part of it".into()),
			DecodeError::Write { source, .. } => Failure::Local(Error::usage(format!(
				"the folder .fetch of the store can not be written: {source}"
			))),
			_ => reset_or_lost(error),
		},
		error => reset_or_lost(error),
	}
}

/// A peer that resets a stream says no to the request; without a reset, the connection is gone.
fn reset_or_lost(error: &GetError) -> Failure {
	match error.iroh_error_code() {
		Some(code) if code == ERR_LIMIT => Failure::Unreachable("has too many connections".into()),
		Some(_) => Failure::NotServed("does not serve it".into()),
		None => Failure::Unreachable(format!("stopped answering: {error:#}")),
	}
}
