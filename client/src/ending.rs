//! When the program is asked to end.

#[cfg(unix)]
use tokio::signal::unix::{signal, Signal, SignalKind};

use crate::error::{Error, Result};

/// Hears when the process is asked to end: by Ctrl-C (SIGINT), or by SIGTERM, as `kill` and service
/// managers send it.
///
/// Both are heard from [`Self::listen`] on, also in a process that was started with SIGINT ignored, as shells
/// start jobs in the background of a script. A SIGINT that such a process gets before is lost; SIGTERM ends
/// any process before just as well, so that is what scripts should send.
#[derive(Debug)]
pub struct Ending {
	#[cfg(unix)]
	interrupt: Signal,
	#[cfg(unix)]
	terminate: Signal,
}

impl Ending {
	/// Begins to listen.
	///
	/// # Errors
	/// Where the system does not let a process listen to signals.
	#[cfg(unix)]
	pub fn listen() -> Result<Self> {
		let listen = |kind| signal(kind).map_err(unheard);
		Ok(Self {
			interrupt: listen(SignalKind::interrupt())?,
			terminate: listen(SignalKind::terminate())?,
		})
	}

	/// Begins to listen.
	///
	/// # Errors
	/// None here.
	#[cfg(not(unix))]
	pub fn listen() -> Result<Self> {
		Ok(Self {})
	}

	/// Completes when the process is asked to end, or was since [`Self::listen`].
	///
	/// # Errors
	/// Where the system does not let a process listen to Ctrl-C.
	pub async fn asked(&mut self) -> Result<()> {
		#[cfg(unix)]
		tokio::select! {
			_ = self.interrupt.recv() => {}
			_ = self.terminate.recv() => {}
		}
		#[cfg(not(unix))]
		tokio::signal::ctrl_c().await.map_err(unheard)?;
		Ok(())
	}
}

fn unheard(error: std::io::Error) -> Error {
	Error::usage(format!("the signals that end the program can not be waited for: {error}"))
}
