//! Where settings come from: a flag, then the environment, then the config file, then the default.

use std::{
	env, fs,
	path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::{
	error::{Error, Result},
	exchange::Peer,
};

/// The node that is asked where nothing else is said.
pub const DEFAULT_URL: &str = "ws://127.0.0.1:9944";

/// What the config file may say. Unknown keys are refused, so that a misspelt one is noticed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
	/// The node's WebSocket address.
	pub url: Option<String>,
	/// Who signs: see [`crate::keys`].
	pub key: Option<String>,
	/// The folder of blobs.
	pub store: Option<PathBuf>,
	/// Whom blobs are fetched from.
	#[serde(default)]
	pub peers: Vec<String>,
}

/// What flags and the environment say; the first of the two is already chosen.
#[derive(Clone, Debug, Default)]
pub struct Given {
	/// The node's WebSocket address.
	pub url: Option<String>,
	/// Who signs.
	pub key: Option<String>,
	/// The folder of blobs.
	pub store: Option<PathBuf>,
}

/// The settings that a command runs with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
	/// The node's WebSocket address.
	pub url: String,
	/// Who signs, if anybody.
	pub key: Option<String>,
	/// The folder of blobs.
	pub store: PathBuf,
	/// Whom blobs are fetched from where the command names nobody.
	pub peers: Vec<Peer>,
	/// The folder of everything that must survive a crash.
	pub data: PathBuf,
}

impl Settings {
	/// Resolves the settings.
	///
	/// # Errors
	/// Where the config file can not be read, or where no home folder is known and none is given.
	pub fn resolve(given: Given) -> Result<Self> {
		let file = match config_dir() {
			Some(dir) => File::read(&dir.join("config.toml"))?,
			None => File::default(),
		};
		let data = data_dir().ok_or_else(|| {
			Error::usage("no place for data: set HOME, or XDG_DATA_HOME to a folder")
		})?;
		Self::join(given, file, data)
	}

	fn join(given: Given, file: File, data: PathBuf) -> Result<Self> {
		let peers = file.peers.iter().map(|peer| peer.parse::<Peer>());
		let peers = peers.collect::<std::result::Result<_, _>>();
		Ok(Self {
			peers: peers.map_err(|error| Error::usage(format!("config.toml: {error}")))?,
			url: given.url.or(file.url).unwrap_or_else(|| DEFAULT_URL.to_owned()),
			key: given.key.or(file.key),
			store: given.store.or(file.store).unwrap_or_else(|| data.join("blobs")),
			data,
		})
	}
}

impl File {
	fn read(path: &Path) -> Result<Self> {
		match fs::read_to_string(path) {
			Ok(text) => Self::parse(&text)
				.map_err(|error| Error::usage(format!("{}: {error}", path.display()))),
			Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
			Err(error) => Err(Error::file(path, error)),
		}
	}

	fn parse(text: &str) -> std::result::Result<Self, String> {
		toml::from_str(text).map_err(|error| {
			format!("{error}\nThe keys are url, key and store, each a string, and peers, a list of strings.")
		})
	}
}

/// `$XDG_CONFIG_HOME/tributary`, or `~/.config/tributary`.
fn config_dir() -> Option<PathBuf> {
	xdg("XDG_CONFIG_HOME", ".config")
}

/// `$XDG_DATA_HOME/tributary`, or `~/.local/share/tributary`.
fn data_dir() -> Option<PathBuf> {
	xdg("XDG_DATA_HOME", ".local/share")
}

/// The XDG specification says to ignore a relative path.
fn xdg(variable: &str, below_home: &str) -> Option<PathBuf> {
	env::var_os(variable)
		.map(PathBuf::from)
		.filter(|path| path.is_absolute())
		.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(below_home)))
		.map(|path| path.join("tributary"))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn file() -> File {
		File::parse("url = \"ws://file\"\nkey = \"bob\"\nstore = \"/file\"").unwrap()
	}

	#[test]
	fn what_is_given_goes_before_the_file() {
		let given = Given {
			url: Some("ws://flag".into()),
			key: Some("alice".into()),
			store: Some("/flag".into()),
		};
		let settings = Settings::join(given, file(), "/data".into()).unwrap();
		assert_eq!(settings.url, "ws://flag");
		assert_eq!(settings.key.as_deref(), Some("alice"));
		assert_eq!(settings.store, Path::new("/flag"));
	}

	#[test]
	fn the_file_goes_before_the_defaults() {
		let settings = Settings::join(Given::default(), file(), "/data".into()).unwrap();
		assert_eq!(settings.url, "ws://file");
		assert_eq!(settings.key.as_deref(), Some("bob"));
		assert_eq!(settings.store, Path::new("/file"));
	}

	#[test]
	fn without_anything_the_local_node_and_the_data_folder_are_used() {
		let settings = Settings::join(Given::default(), File::default(), "/data".into()).unwrap();
		assert_eq!(settings.url, DEFAULT_URL);
		assert_eq!(settings.key, None);
		assert_eq!(settings.store, Path::new("/data/blobs"));
	}

	#[test]
	fn peers_are_taken_from_the_file() {
		let peer = format!("{}@127.0.0.1:9946", iroh::SecretKey::from_bytes(&[7; 32]).public());
		let join = |text: &str| {
			let file = File::parse(text).unwrap();
			Settings::join(Given::default(), file, "/data".into())
		};
		let settings = join(&format!("peers = [{peer:?}]")).unwrap();
		assert_eq!(settings.peers, [peer.parse().unwrap()]);
		assert!(join("peers = [\"nobody\"]").unwrap_err().to_string().contains("nobody"));
	}

	#[test]
	fn a_misspelt_key_is_refused() {
		assert!(File::parse("ulr = \"ws://x\"").is_err());
	}
}
