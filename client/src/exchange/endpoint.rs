//! QUIC endpoints, and the key of the one that serves.

use std::{
	fs,
	net::SocketAddr,
	path::{Path, PathBuf},
};

use iroh::{
	endpoint::{presets, Builder},
	Endpoint, RelayMode, SecretKey,
};

use crate::{
	error::{Error, Result},
	files, random,
};

/// An endpoint that listens at `address` under the key of the store in `dir`.
///
/// # Errors
/// Where the key can not be read or made, or the address is taken.
pub async fn listening(dir: &Path, address: SocketAddr) -> Result<Endpoint> {
	let refused = |why: String| {
		Error::usage(format!(
			"can not listen at {address}: {why}. Name another address with --listen."
		))
	};
	let builder = direct().secret_key(secret_key(&key_path(dir)?)?).clear_ip_transports();
	let builder = builder.bind_addr(address).map_err(|error| refused(error.to_string()))?;
	builder.bind().await.map_err(|error| refused(format!("{error:#}")))
}

/// An endpoint that only asks others. Its key is made anew each time.
///
/// # Errors
/// Where the system gives no socket.
pub async fn asking() -> Result<Endpoint> {
	direct().bind().await.map_err(|error| {
		Error::usage(format!("the system gives no UDP socket to ask peers from: {error:#}"))
	})
}

fn direct() -> Builder {
	Endpoint::builder(presets::Minimal).relay_mode(RelayMode::Disabled)
}

/// The key stands beside the store and not in it, so that copying the store to somebody gives no key
/// away.
fn key_path(dir: &Path) -> Result<PathBuf> {
	let dir = fs::canonicalize(dir).map_err(|error| Error::file(dir, error))?;
	let mut name = dir.file_name().unwrap_or_default().to_owned();
	name.push(".endpoint");
	Ok(dir.with_file_name(name))
}

/// The key in the file `path`, which is made where there is none.
fn secret_key(path: &Path) -> Result<SecretKey> {
	if !path.exists() {
		// Another program may be as fast; the file that is there then counts.
		files::create_private(path, hex::encode(random::secret()?).as_bytes())?;
	}
	let text = files::read(path)?;
	let mut bytes = [0; 32];
	hex::decode_to_slice(text.trim_ascii(), &mut bytes).map_err(|error| {
		Error::usage(format!(
			"{} holds no key of 64 hex digits: {error}. Delete it, and a new one is made.",
			path.display()
		))
	})?;
	Ok(SecretKey::from_bytes(&bytes))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_key_is_made_once_and_stands_beside_the_store() {
		let dir = tempfile::tempdir().unwrap();
		let store = dir.path().join("blobs");
		fs::create_dir(&store).unwrap();
		let path = key_path(&store).unwrap();
		assert_eq!(path.file_name().unwrap(), "blobs.endpoint");
		assert_eq!(path.parent(), fs::canonicalize(dir.path()).ok().as_deref());
		let first = secret_key(&path).unwrap();
		assert_eq!(secret_key(&path).unwrap().public(), first.public());
		#[cfg(unix)]
		{
			use std::os::unix::fs::PermissionsExt;
			assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
		}
		fs::write(&path, "no key").unwrap();
		assert!(secret_key(&path).unwrap_err().to_string().contains("64 hex digits"));
	}
}
